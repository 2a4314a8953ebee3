//! Spreadsheet serial numbers of times and durations.

use chrono::{Datelike, NaiveDateTime, NaiveTime, TimeDelta};

use super::grid::Raw;
pub(super) use crate::basis::calendar::parse::serial::moment;

/// A duration stored in days; none beyond the range of spreadsheets.
pub(super) fn duration(days: f64) -> Option<TimeDelta> {
    (days.abs() < 1e7).then(|| TimeDelta::milliseconds((days * 86_400_000.0).round() as i64))
}

/// The cell value of a moment from a format without serial numbers. On 1899-12-31 it is a time of day without a date.
pub(super) fn dated(moment: NaiveDateTime) -> Raw {
    let before = matches!((moment.year(), moment.month(), moment.day()), (1899, 12, 30 | 31));
    if before { Raw::Duration(moment.time() - NaiveTime::MIN) } else { Raw::Date(moment) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_day_is_no_day() {
        let of = |text: &str| dated(text.parse().expect("a moment"));
        assert_eq!(of("1899-12-31T09:30:00"), Raw::Duration(TimeDelta::minutes(570)));
        assert!(matches!((of("2014-08-15T09:30:00"), of("1900-01-01T00:00:00")), (Raw::Date(_), Raw::Date(_))));
    }
}
