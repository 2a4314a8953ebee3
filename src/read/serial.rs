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
    fn days_become_a_duration_as_far_as_spreadsheets_reach() {
        assert_eq!(duration(1.5), Some(TimeDelta::hours(36)));
        assert_eq!(duration(-0.25), Some(TimeDelta::hours(-6)));
        assert!(duration(9_999_999.0).is_some() && duration(-9_999_999.0).is_some());
        assert_eq!((duration(1e7), duration(-1e7)), (None, None));
    }

    #[test]
    fn a_time_of_day_is_no_day() {
        let of = |text: &str| dated(text.parse().expect("a moment"));
        assert_eq!(of("1899-12-31T09:30:00"), Raw::Duration(TimeDelta::minutes(570)));
        assert_eq!(of("1899-12-30T00:00:00"), Raw::Duration(TimeDelta::zero()));
        for day in ["1899-12-29", "1898-12-31", "1899-11-30"] {
            assert!(matches!(of(&format!("{day}T09:30:00")), Raw::Date(_)), "{day}");
        }
        assert!(matches!((of("2014-08-15T09:30:00"), of("1900-01-01T00:00:00")), (Raw::Date(_), Raw::Date(_))));
    }
}
