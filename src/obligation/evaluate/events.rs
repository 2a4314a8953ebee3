//! Collects the records of each unit on each task for its indicators.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::super::content::{self, Content};
use super::super::model::{Obligations, State};
use super::super::prior_reports::PriorReports;
use super::super::report::is_work;
use super::super::run_file::{FileState, RecordRef, RunFile, entry};
use crate::basis::calendar::{Occasion, Window};
use crate::basis::{TaskId, UnitId};
use crate::division::{Context, fields};
use crate::ledger::Entry;

/// A record, once for each occasion in its date.
#[derive(Clone, Copy, Debug)]
pub(super) struct Event {
    pub(super) at: RecordRef,
    /// When it took place; none without a date.
    pub(super) occasion: Option<Occasion>,
    /// Whether it is the last occasion of its record; the numbers of the record count only with that one.
    pub(super) last: bool,
    /// Whether the record reports work: not 零报告, 未开始, 不涉及 or 有异议.
    pub(super) counts: bool,
    /// For a record of an earlier window, the last day of that window.
    pub(super) earlier: Option<NaiveDate>,
}

impl Event {
    /// The last day of the occasion.
    pub(super) fn day(&self) -> Option<NaiveDate> {
        self.occasion.map(|occasion| occasion.last)
    }
}

/// The events of every unit that reported on a task in this window, preceded by its events of earlier windows.
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
    let counting = |file| RunFile::counting(file).map(move |(at, entry)| (file, at, entry));
    for (file, at, entry) in merged.flat_map(counting) {
        let wanted = |task: TaskId| asks[task.0 as usize] || entry.cell(fields::SCORE).is_some();
        let Some(task) = entry.record.task.filter(|task| wanted(*task)) else { continue };
        if Content::of(entry) == Content::Usable {
            let told = told(at, entry, cx.window);
            for unit in file.units(at, entry) {
                events.entry((task, unit)).or_default().extend(&told);
            }
        }
    }
    // exempt and disputed tasks are not measured
    for obligation in
        obligations.all.iter().filter(|obligation| matches!(obligation.state, State::Exempt | State::Disputed))
    {
        if obligation.period.cycle >= cx.window.cycle {
            events.remove(&(obligation.task, obligation.unit));
        }
    }
    for (&(task, unit), of_unit) in &mut events {
        let own = of_unit.len();
        // a ledger continued from month to month already contains the earlier rows
        let kept_on = of_unit.iter().any(|event| event.day().is_some_and(|day| day < cx.window.start));
        for earlier in prior.of(task, unit).iter().filter(|_| !kept_on) {
            let Some(at) = earlier.record else { continue };
            let Some(entry) = entry(files, at) else { continue };
            let own = files[at.file as usize].window;
            for event in told(at, entry, own.unwrap_or(cx.window)) {
                let of_its_window = own.is_none_or(|own| event.day().is_none_or(|day| own.contains(day)));
                if of_its_window {
                    of_unit.push(Event { earlier: Some(earlier.window_end), ..event });
                }
            }
        }
        of_unit.rotate_left(own);
    }
    events
}

/// The events of a record: one for each occasion of its date, or one if it has no date.
fn told(at: RecordRef, entry: Entry<'_>, window: Window) -> Vec<Event> {
    let counts = is_work(entry.status());
    let one = |occasion, last| Event { at, occasion, last, counts, earlier: None };
    let occasions = content::occasions(entry, &window);
    let mut told: Vec<Event> = occasions.into_iter().map(|occasion| one(Some(occasion), false)).collect();
    match told.last_mut() {
        Some(last) => last.last = true,
        None => told.push(one(None, true)),
    }
    told
}
