//! The records of each unit on each task that indicators count.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::super::content::Content;
use super::super::model::{Obligations, RecordRef, State};
use super::super::prior_reports::PriorReports;
use super::super::run_file::{FileState, RunFile, entry};
use crate::basis::{TaskId, UnitId};
use crate::division::{Context, fields};
use crate::ledger::{Entry, Status};

/// A record that may count.
#[derive(Clone, Copy, Debug)]
pub(super) struct Event {
    pub(super) at: RecordRef,
    pub(super) day: Option<NaiveDate>,
    /// Whether it tells of something that took place: not 零报告, 未开始, 不涉及, 有异议.
    pub(super) counts: bool,
    /// The last day of its window when that is an earlier one.
    pub(super) earlier: Option<NaiveDate>,
}

/// The events of every unit that reported on a task in this window, those of earlier windows first.
pub(super) fn gather(
    cx: &Context<'_>,
    files: &[RunFile],
    prior: &PriorReports,
    obligations: &Obligations,
) -> BTreeMap<(TaskId, UnitId), Vec<Event>> {
    let asks: Vec<bool> =
        cx.division.tasks.iter().map(|task| !task.indicators.is_empty() || task.marks.is_some()).collect();
    let mut events: BTreeMap<(TaskId, UnitId), Vec<Event>> = BTreeMap::new();
    let merged = files.iter().filter(|file| file.state == FileState::Merged);
    for (at, entry) in merged.flat_map(RunFile::counting) {
        let wanted = |task: TaskId| asks[task.0 as usize] || entry.cell(fields::SCORE).is_some();
        let Some(task) = entry.record.task.filter(|task| wanted(*task)) else { continue };
        if Content::of(entry) == Content::Usable {
            for unit in entry.units() {
                events.entry((task, unit)).or_default().push(event(at, entry));
            }
        }
    }
    // What a unit is excused from, or disputes, is not measured.
    for obligation in
        obligations.all.iter().filter(|obligation| matches!(obligation.state, State::Exempt | State::Disputed))
    {
        if obligation.period.cycle >= cx.window.cycle {
            events.remove(&(obligation.task, obligation.unit));
        }
    }
    for (&(task, unit), of_unit) in &mut events {
        let own = of_unit.len();
        // A ledger kept on from month to month holds the earlier rows itself.
        let kept_on = of_unit.iter().any(|event| event.day.is_some_and(|day| day < cx.window.start));
        for earlier in prior.of(task, unit).iter().filter(|_| !kept_on) {
            let Some(at) = earlier.record else { continue };
            let Some(entry) = entry(files, at) else { continue };
            let (event, window) = (event(at, entry), files[at.file as usize].window);
            let of_its_window = window.is_none_or(|window| event.day.is_none_or(|day| window.contains(day)));
            if of_its_window {
                of_unit.push(Event { earlier: Some(earlier.window_end), ..event });
            }
        }
        of_unit.rotate_left(own);
    }
    events
}

fn event(at: RecordRef, entry: Entry<'_>) -> Event {
    let counts = !matches!(entry.status(), Some(Status::Nil | Status::NotStarted | Status::Exempt | Status::Disputed));
    Event { at, day: entry.day(), counts, earlier: None }
}
