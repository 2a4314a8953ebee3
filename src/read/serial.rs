//! Serial numbers of days and durations, as spreadsheets store them.

use chrono::TimeDelta;

pub(super) use crate::basis::calendar::parse::serial::moment;

/// A duration stored as a fraction of days; none beyond what a spreadsheet can show.
pub(super) fn duration(days: f64) -> Option<TimeDelta> {
    (days.abs() < 1e7).then(|| TimeDelta::milliseconds((days * 86_400_000.0).round() as i64))
}
