//! The task division (任务分工): who owes what, with what evidence, how often, by when, reaching what.

#[cfg(test)]
pub(crate) mod fixture;
pub mod fields;
pub mod lookup;
pub mod indicator;
pub mod lint;
mod load;
mod owed;
pub mod roster;
pub mod task;
pub mod waiver;

pub use fields::{Aggregate, FieldSet, FieldSpec, FieldType, Required};
pub(crate) use load::columns;
pub use load::{load, parameters};
pub use roster::{Meaning, Roster, Unit};
pub use task::Task;
pub use waiver::{Waiver, WaiverKind};

use crate::basis::calendar::Window;
use crate::basis::finding::Findings;
use crate::basis::settings::Settings;
use crate::basis::{TaskId, UnitId};

/// The division, loaded and narrowed once.
#[derive(Clone, Debug, Default)]
pub struct Division {
    /// `blake3:` and the digest of its bytes.
    pub hash: String,
    /// Names of its workbook's sheets, for places.
    pub sheets: Vec<String>,
    /// The tasks in the order of the sheet.
    pub tasks: Vec<Task>,
    /// The units.
    pub roster: Roster,
    /// The fields a ledger may have: the built-in ones and those of 台账字段.
    pub fields: FieldSet,
    /// Extensions and exemptions that were granted (延期豁免).
    pub waivers: Vec<Waiver>,
    /// Faults of the division (codes P…).
    pub findings: Findings,
    /// The tasks prepared for finding them again ([`Division::index`]).
    pub lookup: lookup::Lookup,
}

impl Division {
    /// The task with this number.
    pub fn task(&self, id: TaskId) -> &Task {
        &self.tasks[id.0 as usize]
    }

    /// The tasks by code, text and likeness; made when first asked for.
    pub fn index(&self) -> &lookup::Index {
        self.lookup.index(&self.tasks)
    }

    /// The unit with this number.
    pub fn unit(&self, id: UnitId) -> &Unit {
        &self.roster.units[id.0 as usize]
    }
}

/// What every stage after the division needs to know: nothing here comes from a clock or a disk.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The settings.
    pub settings: &'a Settings,
    /// The division.
    pub division: &'a Division,
    /// The window of the run.
    pub window: Window,
    /// The moment as of which the run judges.
    pub as_of: chrono::NaiveDateTime,
}
