//! One obligation: a unit owes a report on a task for a period.

use chrono::NaiveDateTime;

use crate::basis::calendar::Window;
use crate::basis::{TaskId, UnitId};

/// A record of the run: file (position among the run's files), ledger of the file, record of the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordRef {
    /// Position in the list of files.
    pub file: u32,
    /// Position among the file's ledgers.
    pub ledger: u32,
    /// Position among the ledger's records.
    pub record: u32,
}

/// What became of an obligation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Reported by the due time.
    OnTime,
    /// Reported after it.
    Late,
    /// Nil report.
    Nil,
    /// Nothing came.
    Missing,
    /// A blank form came (S18).
    Blank,
    /// What came could not be used (D412).
    Unusable,
    /// The unit says it does not concern it, or is excused.
    Exempt,
    /// The unit disputes it.
    Disputed,
    /// Not yet due and nothing came.
    NotDue,
}

impl State {
    /// Its name in run.json.
    pub fn name(self) -> &'static str {
        match self {
            State::OnTime => "on-time",
            State::Late => "late",
            State::Nil => "nil",
            State::Missing => "missing",
            State::Blank => "blank",
            State::Unusable => "unusable",
            State::Exempt => "exempt",
            State::Disputed => "disputed",
            State::NotDue => "not-due",
        }
    }
}

/// One obligation with its state.
#[derive(Clone, Debug)]
pub struct Obligation {
    /// The task.
    pub task: TaskId,
    /// The unit that owes it.
    pub unit: UnitId,
    /// The period it is owed for: the window, or a part of it for shorter cycles.
    pub period: Window,
    /// When the report is due.
    pub due: NaiveDateTime,
    /// What became of it.
    pub state: State,
    /// Whether what came, came in time (also for nil and disputed reports).
    pub in_time: bool,
    /// The records that fulfil it.
    pub records: Vec<RecordRef>,
}

/// All obligations of the window, in division order, then unit, then period.
#[derive(Clone, Debug, Default)]
pub struct Obligations {
    /// The obligations.
    pub all: Vec<Obligation>,
    /// What the indicators came to, with grades and scores.
    pub reached: super::Evaluated,
}
