//! The task division (任务分工): who owes what, with what evidence, how often, by when, and with what result.

#[cfg(test)]
pub(crate) mod fixture;
pub mod fields;
mod field_set;
mod heading_words;
pub mod lookup;
pub mod indicator;
pub mod lint;
mod load;
pub mod numbering;
mod owed;
pub mod roster;
pub mod task;
mod units;
pub mod waiver;

pub use field_set::FieldSet;
pub(crate) use field_set::{is_loose_task, is_work_of_period};
pub use fields::{Aggregate, FieldSpec, FieldType, Required};
pub(crate) use heading_words::{
    is_of_another_period, names_a_day_of_work, names_a_lesser_day, names_another_day, names_another_party,
};
pub(crate) use load::columns;
pub use load::{load, parameters};
pub use roster::{Meaning, Roster, Unit};
pub use task::{Task, Terms};
pub use units::Units;
pub use waiver::{Waiver, WaiverKind};

use chrono::NaiveDate;

use crate::basis::calendar::Window;
use crate::basis::finding::Findings;
use crate::basis::settings::Settings;
use crate::basis::{TaskId, UnitId};
use crate::ruling::Rulings;

/// The division as loaded from its workbook.
#[derive(Clone, Debug, Default)]
pub struct Division {
    /// `blake3:` and the digest of its bytes.
    pub hash: String,
    /// The names of the sheets of its workbook, to print places.
    pub sheets: Vec<String>,
    /// The tasks in the order of the sheet.
    pub tasks: Vec<Task>,
    /// The units.
    pub roster: Roster,
    /// The fields a ledger may have: the built-in ones and those of 台账字段.
    pub fields: FieldSet,
    /// The extensions and exemptions granted (延期豁免).
    pub waivers: Vec<Waiver>,
    /// What a person has settled (人工认定).
    pub rulings: Rulings,
    /// Duties that a ruling gave to another unit in this window; the tasks name the new unit already.
    pub handed: Vec<Handed>,
    /// Faults of the division (codes P…).
    pub findings: Findings,
    /// The index behind [`Division::index`].
    pub lookup: lookup::Lookup,
}

/// A duty that a ruling gave to another unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handed {
    /// The task.
    pub task: TaskId,
    /// Who owed it.
    pub from: UnitId,
    /// Who owes it now.
    pub to: UnitId,
    /// Whether it owed it before too.
    pub own: bool,
    /// What ends on this day or later is owed by the new unit, what ended before by the old one.
    pub since: NaiveDate,
    /// 编号 of the ruling.
    pub ruling: u32,
}

impl Division {
    /// Gives a duty to another unit. Where it is owed several times in the window, the old unit keeps what ended before.
    pub fn hand_over(&mut self, handed: Handed, window: &Window) {
        let Some(task) = self.tasks.get_mut(handed.task.0 as usize) else { return };
        let shared =
            window.start < handed.since && task.terms(handed.from).cycle.is_some_and(|cycle| cycle < window.cycle);
        for units in [&mut task.units, &mut task.lead_units] {
            units.hand_over(handed.from, handed.to, shared);
        }
        if let Some(terms) = task.own.get(&handed.from).cloned() {
            task.own.entry(handed.to).or_insert(terms);
        }
        self.handed.push(handed);
    }

    /// Whether a unit of a task owes it for this period, after what rulings gave to another unit.
    pub fn owes(&self, task: TaskId, unit: UnitId, period: &Window) -> bool {
        self.handed.iter().filter(|handed| handed.task == task).all(|handed| {
            let passed = handed.since <= period.end;
            (handed.from != unit || !passed) && (handed.to != unit || handed.own || passed)
        })
    }

    /// The task with this number.
    pub fn task(&self, id: TaskId) -> &Task {
        &self.tasks[id.0 as usize]
    }

    /// The index of the tasks by code, text and likeness, built on first use.
    pub fn index(&self) -> &lookup::Index {
        self.lookup.index(&self.tasks)
    }

    /// The unit with this number.
    pub fn unit(&self, id: UnitId) -> &Unit {
        &self.roster.units[id.0 as usize]
    }
}

/// What every later stage needs to know. Nothing here comes from a clock or disk.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The settings.
    pub settings: &'a Settings,
    /// The division.
    pub division: &'a Division,
    /// The window of the run.
    pub window: Window,
    /// The moment as of which the run judges (`--as-of`, else the clock).
    pub as_of: chrono::NaiveDateTime,
}

impl Context<'_> {
    /// The deadline of a task (完成时限) for a unit, with its extension; none when the task has no deadline.
    pub fn deadline(&self, task: TaskId, unit: UnitId) -> Option<chrono::NaiveDateTime> {
        let until = self.division.task(task).terms(unit).deadline.moment(&self.window)?;
        let granted = self.division.waivers.iter().filter(|waiver| waiver.covers(task, unit));
        let extended = granted.filter_map(|waiver| match waiver.grant {
            WaiverKind::Extension(until) => Some(until),
            WaiverKind::Exemption(_) => None,
        });
        Some(extended.fold(until, chrono::NaiveDateTime::max))
    }
}
