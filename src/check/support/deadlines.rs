//! Tasks not reported as done before their deadline, for D408 and D409.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;

use crate::basis::place::Place;
use crate::basis::{TaskId, UnitId};
use crate::check::Batch;
use crate::check::support::{demand, record};
use crate::division::{Context, fields};
use crate::obligation::{Obligation, PriorReport, RecordRef, State};

/// A task that a unit has not reported as done.
pub(in crate::check) struct Undone {
    pub(in crate::check) unit: UnitId,
    pub(in crate::check) task: TaskId,
    /// Its deadline.
    pub(in crate::check) until: NaiveDateTime,
    /// The cell of its state, else where the division demands it.
    pub(in crate::check) place: Place,
    /// The state in the last report.
    pub(in crate::check) seen: Option<String>,
    /// Whether the report of the window is not yet due and was not received.
    pub(in crate::check) not_due: bool,
}

/// The tasks with a deadline that their units have not reported as done, in the order of the division.
pub(in crate::check) fn undone(cx: &Context<'_>, batch: &Batch<'_>) -> Vec<Undone> {
    let mut obligations: BTreeMap<(TaskId, UnitId), Vec<&Obligation>> = BTreeMap::new();
    for obligation in &batch.obligations.all {
        obligations.entry((obligation.task, obligation.unit)).or_default().push(obligation);
    }
    let mut found = Vec::new();
    for ((task, unit), obligations) in obligations {
        let Some(until) = cx.deadline(task, unit) else { continue };
        // a file this machine could not read may report it as done
        let excused = obligations
            .iter()
            .all(|obligation| matches!(obligation.state, State::Exempt | State::Disputed) || obligation.out_of_reach);
        let reported = obligations.iter().rfind(|obligation| obligation.done.is_some());
        if excused || obligations.iter().any(|obligation| obligation.done == Some(true)) {
            continue;
        }
        let window_of = |at: RecordRef| batch.files.get(at.file as usize).and_then(|file| file.window);
        let told = |&at: &RecordRef| Some((PriorReport::of(record(batch, at)?, window_of(at)?.end).order(), at));
        // a nil report for everything names no task
        let records = reported.or(obligations.last()).map_or(&[][..], |obligation| &obligation.records);
        let last = records.iter().filter_map(told).max().and_then(|(_, at)| record(batch, at));
        found.push(Undone {
            unit,
            task,
            until,
            place: last.map_or(demand(cx, obligations[0]), |entry| entry.place(fields::STATUS)),
            seen: last.map(|entry| entry.text(fields::STATUS)).filter(|text| !text.is_empty()).map(str::to_owned),
            not_due: obligations.iter().all(|obligation| obligation.state == State::NotDue),
        });
    }
    found
}
