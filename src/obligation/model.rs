//! The types of obligations: a unit owes a report on a task for a period.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;

use super::evaluate::Evaluated;
use super::problems::Problem;
use super::report::PriorReport;
use super::run_file::RecordRef;
use crate::basis::calendar::Window;
use crate::basis::place::Place;
use crate::basis::{TaskId, UnitId};
use crate::ledger::Status;

/// The state of an obligation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Reported by the due time.
    OnTime,
    /// Reported after the due time.
    Late,
    /// Nil report.
    Nil,
    /// Not reported.
    Missing,
    /// A blank form was received (S18).
    Blank,
    /// What was received cannot be used (D412).
    Unusable,
    /// The unit is exempt, or says that the task does not concern it.
    Exempt,
    /// The unit disputes it.
    Disputed,
    /// Not yet due and not reported.
    NotDue,
}

impl State {
    /// The name used in `run.json`.
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

    /// Whether a report was expected and what came, if anything, is of no use.
    pub fn is_lacking(self) -> bool {
        matches!(self, State::Missing | State::Blank | State::Unusable)
    }
}

/// An obligation with its state.
#[derive(Clone, Debug)]
pub struct Obligation {
    /// The task owed.
    pub task: TaskId,
    /// The unit that owes it.
    pub unit: UnitId,
    /// The period it is owed for: the window, or a sub-period for shorter cycles.
    pub period: Window,
    /// When the report is due.
    pub due: NaiveDateTime,
    /// How it stands at the moment of the run.
    pub state: State,
    /// When the first usable report was received; none when there is none.
    pub reported: Option<NaiveDateTime>,
    /// Whether the report was received in time; also set for nil and disputed reports.
    pub in_time: bool,
    /// Whether a report on it says that the task is done; none where no report names the task.
    pub done: Option<bool>,
    /// The records that fulfil it.
    pub records: Vec<RecordRef>,
    /// Where its unit says that it has nothing to report at all, if that is its report: the cell of a sentence, or a row.
    pub nil: Option<Place>,
    /// Whether it is unusable only because this machine did not read what was received (W903): nobody is at fault.
    pub out_of_reach: bool,
    /// The reports of windows before this one that count for it, oldest first; only where its period is longer.
    pub earlier: Vec<PriorReport>,
    /// 编号 of the ruling that its state follows.
    pub ruling: Option<u32>,
}

impl Obligation {
    /// Whether only reports of windows before this one answer for it.
    pub fn is_reported_before(&self) -> bool {
        let before = |at: &RecordRef| self.earlier.iter().any(|report| report.record == Some(*at));
        !self.earlier.is_empty() && self.records.iter().all(before)
    }

    /// The state of the task that the last of the reports of windows before this one gives, if only they answer for it.
    pub fn status_before(&self) -> Option<Status> {
        let answered = !self.state.is_lacking() && self.nil.is_none() && self.is_reported_before();
        self.last_of_windows().last().filter(|_| answered)?.status
    }

    /// The last of the reports of each window before this one that count for it, oldest first.
    pub fn last_of_windows(&self) -> impl Iterator<Item = &PriorReport> {
        let of_windows = self.earlier.chunk_by(|a, b| a.window_end == b.window_end);
        of_windows.filter_map(|reports| reports.iter().max_by_key(|report| report.order()))
    }
}

/// All obligations of the window, in division order, then unit, then period.
#[derive(Clone, Debug, Default)]
pub struct Obligations {
    /// Each with its state.
    pub all: Vec<Obligation>,
    /// The results of the indicators, with grades and scores.
    pub evaluated: Evaluated,
    /// The problems that units reported, followed up to now.
    pub problems: Vec<Problem>,
    /// The reports of windows before this one in the longer period of a task that this window is part of, whether it is owed
    /// in this window or in one to come; oldest first.
    pub before: BTreeMap<(TaskId, UnitId), Vec<PriorReport>>,
}
