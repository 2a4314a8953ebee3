//! Extensions and exemptions (延期豁免).

use chrono::{NaiveDate, NaiveDateTime};

use crate::basis::place::Place;
use crate::basis::{TaskId, UnitId};

/// What was granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaiverKind {
    /// 延期: reports, and the deadline of the task, are due at this moment instead.
    Extension(NaiveDateTime),
    /// 豁免: nothing is owed up to and including this day; without a day, never.
    Exemption(Option<NaiveDate>),
}

/// One line of 延期豁免.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// The tasks it applies to; empty = all tasks of the units.
    pub tasks: Vec<TaskId>,
    /// The units it applies to; empty = all units of the tasks.
    pub units: Vec<UnitId>,
    /// What was granted.
    pub grant: WaiverKind,
    /// 原因.
    pub reason: String,
    /// Its row.
    pub place: Place,
}

impl Waiver {
    /// Whether it applies to this task and unit.
    pub fn covers(&self, task: TaskId, unit: UnitId) -> bool {
        (self.tasks.is_empty() || self.tasks.contains(&task)) && (self.units.is_empty() || self.units.contains(&unit))
    }
}
