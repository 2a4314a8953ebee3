//! The task division (任务分工): who owes what, with what evidence, how often, by when, reaching what.

pub mod fields;
pub mod roster;
pub mod task;

pub use fields::{Aggregate, FieldSet, FieldSpec, FieldType, Required};
pub use roster::{Roster, Unit};
pub use task::Task;

use crate::basis::calendar::Window;
use crate::basis::finding::Findings;
use crate::basis::place::Traced;
use crate::basis::settings::Settings;
use crate::basis::{TaskId, UnitId};
use crate::read::Workbook;

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
    /// Faults of the division (codes P…).
    pub findings: Findings,
}

impl Division {
    /// The task with this number.
    pub fn task(&self, id: TaskId) -> &Task {
        &self.tasks[id.0 as usize]
    }

    /// The unit with this number.
    pub fn unit(&self, id: UnitId) -> &Unit {
        &self.roster.units[id.0 as usize]
    }
}

/// Loads a division and collects every fault in it; never stops at the first.
pub fn load(book: &Workbook, hash: &str, settings: &Settings) -> Division {
    let _ = (book, settings);
    Division { hash: hash.into(), ..Division::default() }
}

/// 参数: the settings written in the division, in Chinese or English names, with their places.
pub fn parameters(book: &Workbook) -> Vec<Traced<(String, String)>> {
    let _ = book;
    Vec::new()
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
