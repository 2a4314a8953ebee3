//! A task of the division and what its line demands.

use super::indicator::Indicator;
use crate::basis::UnitId;
use crate::basis::calendar::{Cycle, Deadline};
use crate::basis::place::{Place, Traced};

/// One task.
#[derive(Clone, Debug)]
pub struct Task {
    /// Its code as reports print it: `1-3`, or the code's own text.
    pub code: String,
    /// The code folded for comparison.
    pub code_key: String,
    /// 任务类别, filled down.
    pub category: String,
    /// 工作任务, as written.
    pub text: Traced<String>,
    /// 工作标准.
    pub standard: String,
    /// 牵头领导.
    pub leaders: Vec<String>,
    /// 牵头单位, expanded: they owe like responsible units.
    pub lead_units: Vec<UnitId>,
    /// Every unit that owes this task: lead and responsible units, expanded, in the order written, each once.
    pub units: Vec<UnitId>,
    /// Of `units`, those that were reached only through a group or collective name.
    pub collective: Vec<UnitId>,
    /// 配合单位: owe nothing by themselves.
    pub supporting: Vec<UnitId>,
    /// 完成时限.
    pub deadline: Deadline,
    /// 完成时限 as written.
    pub deadline_text: String,
    /// 报送周期; none = once in each window.
    pub cycle: Option<Cycle>,
    /// 考核指标 as written.
    pub indicator: Option<Traced<String>>,
    /// What can be understood of it; the rest is P506.
    pub indicators: Vec<Indicator>,
    /// 佐证材料: the kinds of evidence owed.
    pub evidence: Vec<String>,
    /// 签审: whether the lead official must sign the ledger.
    pub sign_off: bool,
    /// 分值.
    pub marks: Option<f64>,
    /// Its line in the division.
    pub place: Place,
    /// Where the cell of its units stands: what demands the report.
    pub units_place: Place,
}
