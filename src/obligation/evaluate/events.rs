//! The events of a record: what it reports, once for each occasion.

use chrono::NaiveDate;

use super::super::report::is_work;
use super::super::run_file::RecordRef;
use crate::basis::calendar::{Occasion, Window};
use crate::ledger::{Entry, content};

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
    /// Whether its record goes on with the one above it: what it tells counts, but not as another one.
    pub(super) goes_on: bool,
    /// For a record of an earlier window, the last day of that window.
    pub(super) earlier: Option<NaiveDate>,
}

impl Event {
    /// The last day of the occasion.
    pub(super) fn day(&self) -> Option<NaiveDate> {
        self.occasion.map(|occasion| occasion.last)
    }
}

/// The events of a record: one for each occasion of its date, or one if it has no date.
pub(super) fn told(at: RecordRef, entry: Entry<'_>, window: Window) -> Vec<Event> {
    let counts = is_work(entry.status());
    let one = |occasion, last| Event { at, occasion, last, counts, goes_on: entry.record.goes_on, earlier: None };
    let occasions = content::occasions(entry, &window);
    let mut told: Vec<Event> = occasions.into_iter().map(|occasion| one(Some(occasion), false)).collect();
    match told.last_mut() {
        Some(last) => last.last = true,
        None => told.push(one(None, true)),
    }
    told
}
