//! 延期豁免: extensions and exemptions that were granted to units.

use chrono::NaiveDate;

use crate::basis::place::Place;
use crate::basis::{TaskId, UnitId};

/// What was granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaiverKind {
    /// 延期: reports and the task's deadline are due on this day instead, at its end.
    Extension(NaiveDate),
    /// 豁免: nothing is owed up to and including this day; without one, for good.
    Exemption(Option<NaiveDate>),
}

/// One line of 延期豁免.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// The tasks it is for; empty = every task of the units.
    pub tasks: Vec<TaskId>,
    /// The units it is for; empty = every unit of the tasks.
    pub units: Vec<UnitId>,
    /// What was granted.
    pub grant: WaiverKind,
    /// 原因.
    pub reason: String,
    /// Its line.
    pub place: Place,
}

impl Waiver {
    /// Whether it is for this obligation.
    pub fn covers(&self, task: TaskId, unit: UnitId) -> bool {
        (self.tasks.is_empty() || self.tasks.contains(&task)) && (self.units.is_empty() || self.units.contains(&unit))
    }
}
