//! What D408 and D409 share: the day until which a task is to be done, and whether a unit reported it done.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;

use crate::basis::calendar::window::end_of;
use crate::basis::place::Place;
use crate::basis::{TaskId, UnitId};
use crate::check::Batch;
use crate::check::look::{demand, done, record};
use crate::division::{Context, Grant, fields};
use crate::duty::{Obligation, State};

/// A task that a unit has to do by a moment and has not reported done.
pub(super) struct Undone {
    pub(super) unit: UnitId,
    pub(super) task: TaskId,
    /// Until when.
    pub(super) until: NaiveDateTime,
    /// Where its state stands, else where the division demands it.
    pub(super) place: Place,
    /// What the last report on it says.
    pub(super) seen: Option<String>,
    /// Whether the report of the window is not due yet and has not come.
    pub(super) not_due: bool,
}

/// The tasks with a deadline that their units have not reported done, in the order of the division.
pub(super) fn undone(cx: &Context<'_>, batch: &Batch<'_>) -> Vec<Undone> {
    let mut duties: BTreeMap<(TaskId, UnitId), Vec<&Obligation>> = BTreeMap::new();
    for duty in &batch.duties.all {
        duties.entry((duty.task, duty.unit)).or_default().push(duty);
    }
    let mut found = Vec::new();
    for ((task, unit), duties) in duties {
        let Some(until) = until(cx, task, unit) else { continue };
        let excused = duties.iter().all(|duty| matches!(duty.state, State::Exempt | State::Disputed));
        let records = || duties.iter().flat_map(|duty| &duty.records).filter_map(|&at| record(batch, at));
        if excused || records().any(|(_, ledger, record)| done(ledger, record)) {
            continue;
        }
        let last = records().next_back();
        found.push(Undone {
            unit,
            task,
            until,
            place: last.map_or(demand(cx, duties[0]), |(_, ledger, record)| ledger.place(record, fields::STATUS)),
            seen: last.and_then(|(file, ledger, record)| {
                let text = file.seen.texts.get(ledger.cell(record, fields::STATUS)?.text);
                (!text.is_empty()).then(|| text.to_owned())
            }),
            not_due: duties.iter().all(|duty| duty.state == State::NotDue),
        });
    }
    found
}

/// Until when a unit has to do a task, with the extension that was granted to it.
fn until(cx: &Context<'_>, task: TaskId, unit: UnitId) -> Option<NaiveDateTime> {
    let until = cx.division.task(task).deadline.moment(&cx.window)?;
    let extended =
        cx.division.reliefs.iter().filter(|relief| relief.covers(task, unit)).filter_map(|r| match r.grant {
            Grant::Extension(day) => Some(end_of(day)),
            Grant::Exemption(_) => None,
        });
    Some(extended.fold(until, NaiveDateTime::max))
}
