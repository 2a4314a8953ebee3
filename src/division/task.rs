//! The tasks of the division.

use super::indicator::Indicator;
use super::units::Units;
use crate::basis::calendar::{Cycle, Deadline};
use crate::basis::place::{Place, Traced};

/// A task: one line of 任务分工.
#[derive(Clone, Debug)]
pub struct Task {
    /// The code as printed in reports: `1-3`, or the code as written.
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
    /// 牵头单位, expanded. They owe a report like responsible units.
    pub lead_units: Units,
    /// Every unit that owes a report: lead and responsible units, expanded, in the order written, each once.
    pub units: Units,
    /// Those of `units` that are given only through a group or collective name.
    pub collective: Units,
    /// 配合单位: they owe no report.
    pub supporting: Units,
    /// 完成时限.
    pub deadline: Deadline,
    /// 完成时限 as written.
    pub deadline_text: String,
    /// 报送周期; none = once in each window.
    pub cycle: Option<Cycle>,
    /// 考核指标 as written.
    pub indicator: Option<Traced<String>>,
    /// The indicators parsed from it; the rest is P506.
    pub indicators: Vec<Indicator>,
    /// 佐证材料: the kinds of evidence required.
    pub evidence: Vec<String>,
    /// 签审: whether the lead official must sign.
    pub sign_off: bool,
    /// 分值.
    pub marks: Option<f64>,
    /// Its row in the division.
    pub place: Place,
    /// The cell of its units, which demands the report.
    pub units_place: Place,
}
