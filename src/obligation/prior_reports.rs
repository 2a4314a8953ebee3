//! What earlier windows left behind: tasks done for good, and reports for periods that end only now.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};

use super::Coverage;
use super::content::Content;
use super::model::RecordRef;
use super::run_file::{FileState, RunFile};
use crate::basis::calendar::Window;
use crate::basis::{TaskId, UnitId};
use crate::division::Context;
use crate::ledger::{Entry, Status};

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

impl PriorReport {
    /// What a record says, as a report for the window that ends on a day; without the record itself.
    pub fn of(entry: Entry<'_>, window_end: NaiveDate) -> PriorReport {
        let received = entry.source.received;
        PriorReport { window_end, received, done: entry.is_done(), status: entry.status(), record: None }
    }
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
        for file in files {
            let Some(window) = file.window.filter(|window| window.start < cx.window.start) else { continue };
            if file.state != FileState::Ignored {
                continue;
            }
            for (at, entry) in file.counting() {
                let Some(task) = entry.record.task.filter(|_| entry.unit().is_some()) else { continue };
                if Content::of(entry) != Content::Usable {
                    continue;
                }
                let report = PriorReport { record: Some(at), ..PriorReport::of(entry, window.end) };
                for unit in entry.units() {
                    self.reports.entry((task, unit)).or_default().push(report);
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
