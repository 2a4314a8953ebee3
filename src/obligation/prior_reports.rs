//! What earlier windows left behind: tasks done for good, and reports for periods that end only now.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};

use super::Coverage;
use super::content::{self, Content};
use super::model::RecordRef;
use super::run_file::{FileState, RunFile};
use crate::basis::calendar::Window;
use crate::basis::{TaskId, UnitId};
use crate::division::{Context, fields};
use crate::ledger::Status;

/// A report of an earlier window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PriorReport {
    /// The last day of the window it was sent for.
    pub window_end: NaiveDate,
    /// When it came.
    pub received: NaiveDateTime,
    /// Whether it says that the task is done.
    pub done: bool,
    /// What it says.
    pub status: Option<Status>,
    /// The record, when its file still lies in the inbox.
    pub record: Option<RecordRef>,
}

/// When a usable report on a task by a unit first came, by the label of the period it is owed for.
pub type FirstReports = BTreeMap<(TaskId, UnitId, String), NaiveDateTime>;

/// The reports of earlier windows, by task and unit, oldest first. They come from the files of earlier windows that
/// still lie in the inbox and from the history.
#[derive(Clone, Debug, Default)]
pub struct PriorReports {
    /// The reports.
    pub reports: BTreeMap<(TaskId, UnitId), Vec<PriorReport>>,
    /// When reports of this window first came that have been corrected, moved or taken away since, from the history.
    pub first: FirstReports,
    /// What earlier windows of the same length came to, oldest first, from the history.
    pub windows: Vec<(Window, Coverage)>,
}

impl PriorReports {
    /// Adds what the files of earlier windows say.
    pub fn with_files(mut self, cx: &Context<'_>, files: &[RunFile]) -> PriorReports {
        for (f, file) in files.iter().enumerate() {
            let Some(window) = file.window.filter(|window| window.start < cx.window.start) else { continue };
            if file.state != FileState::Ignored {
                continue;
            }
            for (l, ledger) in file.reading.ledgers.iter().enumerate() {
                for (r, record) in ledger.records.iter().enumerate().filter(|(r, _)| file.live[l][*r]) {
                    let unit = record.unit.or(ledger.unit.map(|(unit, _)| unit));
                    let Some((task, unit)) = record.task.zip(unit) else { continue };
                    if Content::of(ledger, record) != Content::Usable {
                        continue;
                    }
                    let earlier = PriorReport {
                        window_end: window.end,
                        received: file.source.received,
                        done: content::is_done(ledger, record),
                        status: ledger.cell(record, fields::STATUS).and_then(|cell| cell.value.status()),
                        record: Some(RecordRef { file: f as u32, ledger: l as u32, record: r as u32 }),
                    };
                    for unit in std::iter::once(unit).chain(record.also.iter().copied()) {
                        self.reports.entry((task, unit)).or_default().push(earlier);
                    }
                }
            }
        }
        for reports in self.reports.values_mut() {
            reports.sort_by_key(|report| (report.window_end, report.received, report.record));
        }
        self
    }

    /// The reports of a unit on a task, oldest first.
    pub fn of(&self, task: TaskId, unit: UnitId) -> &[PriorReport] {
        self.reports.get(&(task, unit)).map_or(&[], Vec::as_slice)
    }

    /// Whether the last report of a unit on a task says that it is done.
    pub fn is_done(&self, task: TaskId, unit: UnitId) -> bool {
        self.of(task, unit).last().is_some_and(|report| report.done)
    }
}
