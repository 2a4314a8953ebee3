//! The records of each unit on each task that indicators count.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::super::content::{self, Content};
use super::super::model::{Obligations, RecordRef, State};
use super::super::prior_reports::PriorReports;
use super::super::run_file::{FileState, RunFile};
use crate::basis::calendar::{Occasion, Window};
use crate::basis::{TaskId, UnitId};
use crate::division::{Context, fields};
use crate::ledger::Status;

/// A record that may count, once for each occasion its date names.
#[derive(Clone, Copy, Debug)]
pub(super) struct Event {
    pub(super) at: RecordRef,
    /// When it took place; none without a date.
    pub(super) occasion: Option<Occasion>,
    /// Whether it is the last occasion of its record: what the record says in numbers counts with that one alone.
    pub(super) last: bool,
    /// Whether it tells of something that took place: not 零报告, 未开始, 不涉及, 有异议.
    pub(super) counts: bool,
    /// The last day of its window when that is an earlier one.
    pub(super) earlier: Option<NaiveDate>,
}

impl Event {
    /// The day on which it was over.
    pub(super) fn day(&self) -> Option<NaiveDate> {
        self.occasion.map(|occasion| occasion.last)
    }
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
    for (f, file) in files.iter().enumerate().filter(|(_, file)| file.state == FileState::Merged) {
        for (l, ledger) in file.reading.ledgers.iter().enumerate() {
            let sender = ledger.unit.map(|(unit, _)| unit);
            let scored = ledger.column(fields::SCORE).is_some();
            for (r, record) in ledger.records.iter().enumerate().filter(|(r, _)| file.live[l][*r]) {
                let Some(task) = record.task.filter(|task| scored || asks[task.0 as usize]) else { continue };
                if Content::of(ledger, record) != Content::Usable {
                    continue;
                }
                let at = RecordRef { file: f as u32, ledger: l as u32, record: r as u32 };
                let told = told(at, file, cx.window);
                for unit in record.unit.or(sender).into_iter().chain(record.also.iter().copied()) {
                    events.entry((task, unit)).or_default().extend(&told);
                }
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
        let kept_on = of_unit.iter().any(|event| event.day().is_some_and(|day| day < cx.window.start));
        for earlier in prior.of(task, unit).iter().filter(|_| !kept_on) {
            let Some(at) = earlier.record else { continue };
            let Some(file) = files.get(at.file as usize) else { continue };
            let window = file.window.unwrap_or(cx.window);
            for event in told(at, file, window) {
                let of_its_window = file.window.is_none_or(|w| event.day().is_none_or(|day| w.contains(day)));
                if of_its_window {
                    of_unit.push(Event { earlier: Some(earlier.window_end), ..event });
                }
            }
        }
        of_unit.rotate_left(own);
    }
    events
}

/// A record as events: one for each occasion of its date, one in all without a date.
fn told(at: RecordRef, file: &RunFile, window: Window) -> Vec<Event> {
    let ledger = &file.reading.ledgers[at.ledger as usize];
    let record = &ledger.records[at.record as usize];
    let status = ledger.cell(record, fields::STATUS).and_then(|cell| cell.value.status());
    let counts = !matches!(status, Some(Status::Nil | Status::NotStarted | Status::Exempt | Status::Disputed));
    let one = |occasion, last| Event { at, occasion, last, counts, earlier: None };
    let occasions = content::occasions(ledger, record, &file.reading.texts, &window);
    let mut told: Vec<Event> = occasions.into_iter().map(|occasion| one(Some(occasion), false)).collect();
    match told.last_mut() {
        Some(last) => last.last = true,
        None => told.push(one(None, true)),
    }
    told
}
