//! The tasks of the division.

use std::collections::BTreeMap;

use super::indicator::Indicator;
use super::units::Units;
use crate::basis::UnitId;
use crate::basis::calendar::{Cycle, Deadline};
use crate::basis::place::{Place, Traced};

/// A task: one or more rows of 任务分工.
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
    /// 牵头单位, expanded. They owe a report like responsible units.
    pub lead_units: Units,
    /// Every unit that owes a report: lead and responsible units, expanded, in the order written, each once.
    pub units: Units,
    /// Those of `units` that are given only through a group or collective name.
    pub collective: Units,
    /// 配合单位: they owe no report.
    pub supporting: Units,
    /// What its rows ask together; of a column that holds one value, the first.
    pub whole: Terms,
    /// What the rows of a unit ask of it, where units have rows of their own.
    pub own: BTreeMap<UnitId, Terms>,
}

/// What a task asks of those who owe it.
#[derive(Clone, Debug)]
pub struct Terms {
    /// 工作标准.
    pub standard: String,
    /// 牵头领导.
    pub leaders: Vec<String>,
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
    /// The first of the rows in the division.
    pub place: Place,
    /// The cell of the units, which demands the report.
    pub units_place: Place,
}

impl Task {
    /// What the task asks of a unit: what its own rows say, else what the task says as a whole.
    pub fn terms(&self, unit: impl Into<Option<UnitId>>) -> &Terms {
        unit.into().and_then(|unit| self.own.get(&unit)).unwrap_or(&self.whole)
    }

    /// What it asks of anybody: of the units with rows of their own and as a whole.
    pub fn all_terms(&self) -> impl Iterator<Item = &Terms> {
        std::iter::once(&self.whole).chain(self.own.values())
    }

    /// Whether a cell or row of the division demands it.
    pub fn is_demanded_at(&self, place: Place) -> bool {
        self.all_terms().any(|terms| terms.place == place || terms.units_place == place)
    }
}

#[cfg(test)]
impl Terms {
    /// Terms that ask for a report and nothing else.
    pub(crate) fn none(place: Place) -> Terms {
        Terms {
            standard: String::new(),
            leaders: Vec::new(),
            deadline: Deadline::Standing,
            deadline_text: String::new(),
            cycle: None,
            indicator: None,
            indicators: Vec::new(),
            evidence: Vec::new(),
            sign_off: false,
            marks: None,
            place,
            units_place: place,
        }
    }
}
