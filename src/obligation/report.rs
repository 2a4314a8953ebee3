//! A report on a task by a unit, and which of several is the last.

use chrono::{NaiveDate, NaiveDateTime};

use super::run_file::RecordRef;
use crate::ledger::{Entry, Status};

/// A report on a task by a unit: a record, or what the history keeps of the records of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriorReport {
    /// The last day of the window it was sent for.
    pub window_end: NaiveDate,
    /// When it was received.
    pub received: NaiveDateTime,
    /// Its day; without one it says how things stand when its window ends.
    pub day: NaiveDate,
    /// Whether it reports the task as done.
    pub done: bool,
    /// The state it reports.
    pub status: Option<Status>,
    /// The record, if its file is still in the inbox.
    pub record: Option<RecordRef>,
    /// The name that its file had, if it is no longer in the inbox.
    pub file: String,
}

impl PriorReport {
    /// Makes a report for the window that ends on `window_end` of a record; `record` is not set.
    pub fn of(entry: Entry<'_>, window_end: NaiveDate) -> PriorReport {
        PriorReport {
            window_end,
            received: entry.source.received,
            day: entry.day().unwrap_or(window_end),
            done: entry.is_done(),
            status: entry.status(),
            record: None,
            file: String::new(),
        }
    }

    /// Of several reports the last by this order tells whether the task is done: of those for the latest window one that
    /// says so is enough, for what is owed is owed until it is reported done; of several the one received last, and of its
    /// rows the one with the latest day.
    pub fn order(&self) -> ReportOrder {
        (self.window_end, self.done, self.received, self.day)
    }
}

/// See [`PriorReport::order`].
pub type ReportOrder = (NaiveDate, bool, NaiveDateTime, NaiveDate);

/// Whether a record of this state reports work: not 零报告, 未开始, 不涉及 or 有异议.
pub(super) fn is_work(status: Option<Status>) -> bool {
    !matches!(status, Some(Status::Nil | Status::NotStarted | Status::Exempt | Status::Disputed))
}
