//! The turns of cycles shorter than the window, and which of them a row reports.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};

use crate::basis::TaskId;
use crate::basis::calendar::{Cycle, Window};
use crate::division::Context;
use crate::ledger::{Ledger, Record};

/// For each cycle shorter than the window that some task has: its turns, with their due times.
#[derive(Clone, Debug)]
pub struct Turns {
    of_task: Vec<Option<Cycle>>,
    of_cycle: BTreeMap<Cycle, Vec<(Window, NaiveDateTime)>>,
}

impl Turns {
    /// The turns of all tasks of the division in the run's window.
    pub fn new(cx: &Context<'_>) -> Turns {
        let shorter = |cycle: &Cycle| *cycle < cx.window.cycle;
        let of_task: Vec<_> = cx.division.tasks.iter().map(|task| task.cycle.filter(shorter)).collect();
        let mut of_cycle = BTreeMap::new();
        for cycle in of_task.iter().flatten() {
            of_cycle.entry(*cycle).or_insert_with(|| {
                let parts = cx.window.parts(*cycle).into_iter();
                parts.map(|part| (part, cx.settings.due.due(&part))).collect()
            });
        }
        Turns { of_task, of_cycle }
    }

    /// The turns of a task in order, each with its due time; none when the task is owed once in the window or less.
    pub fn of(&self, task: TaskId) -> Option<&[(Window, NaiveDateTime)]> {
        let cycle = self.of_task.get(task.0 as usize).copied().flatten()?;
        self.of_cycle.get(&cycle).map(Vec::as_slice)
    }

    /// The turn (by position) that a row of a task reports: the one that holds its day. None when the task has no
    /// turns, or the day lies in none of them.
    pub fn reported(&self, task: TaskId, ledger: &Ledger, record: &Record, received: NaiveDateTime) -> Option<usize> {
        let turns = self.of(task)?;
        match super::content::day(ledger, record) {
            Some(day) => holding(turns, day),
            None => next_due(turns, received),
        }
    }
}

fn holding(turns: &[(Window, NaiveDateTime)], day: NaiveDate) -> Option<usize> {
    let at = turns.partition_point(|(turn, _)| turn.end < day);
    turns.get(at).filter(|(turn, _)| turn.contains(day)).map(|_| at)
}

/// The turn that something without a date is about: the one whose due time comes next, after the last one the last.
pub fn next_due(turns: &[(Window, NaiveDateTime)], received: NaiveDateTime) -> Option<usize> {
    Some(turns.partition_point(|(_, due)| *due < received).min(turns.len().checked_sub(1)?))
}
