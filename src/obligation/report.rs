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

    /// Of the reports of earlier windows the last by this order tells whether the task is done: the one for the latest
    /// window that was received last, of whose rows one that is done is enough; else the row with the latest day.
    pub fn order(&self) -> (NaiveDate, NaiveDateTime, bool, NaiveDate) {
        (self.window_end, self.received, self.done, self.day)
    }
}

/// Whether a record of this state reports work: not 零报告, 未开始, 不涉及 or 有异议.
pub(super) fn is_work(status: Option<Status>) -> bool {
    !matches!(status, Some(Status::Nil | Status::NotStarted | Status::Exempt | Status::Disputed))
}
