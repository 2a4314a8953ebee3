//! 延期豁免: extensions and exemptions that were granted to units.

use chrono::NaiveDate;

use crate::basis::place::Place;
use crate::basis::{TaskId, UnitId};

/// What was granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grant {
    /// 延期: reports and the task's deadline are due on this day instead, at its end.
    Extension(NaiveDate),
    /// 豁免: nothing is owed up to and including this day; without one, for good.
    Exemption(Option<NaiveDate>),
}

/// One line of 延期豁免.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relief {
    /// The tasks it is for; empty = every task of the units.
    pub tasks: Vec<TaskId>,
    /// The units it is for; empty = every unit of the tasks.
    pub units: Vec<UnitId>,
    /// What was granted.
    pub grant: Grant,
    /// 原因.
    pub reason: String,
    /// Its line.
    pub place: Place,
}

impl Relief {
    /// Whether it is for this duty.
    pub fn covers(&self, task: TaskId, unit: UnitId) -> bool {
        (self.tasks.is_empty() || self.tasks.contains(&task)) && (self.units.is_empty() || self.units.contains(&unit))
    }
}
