//! The displayed text of a cell, and of rows outside of tables.

use std::borrow::Cow;

use super::shape::Line;
use crate::basis::calendar::format::in_iso;
use crate::basis::pool::Texts;
use crate::read::{Raw, Row};

/// The text a user sees in a cell: trimmed; days as `2014-08-15`, moments with `HH:MM`, times with seconds where
/// they have some, numbers without trailing zeros
/// and at most 15 digits, rates with `%`; empty for a formula without value.
pub fn shown(raw: Raw, texts: &Texts) -> Cow<'_, str> {
    match raw {
        Raw::Empty | Raw::Uncalculated => Cow::Borrowed(""),
        Raw::Text(text) | Raw::Fault(text) | Raw::DigitsLost(text) => Cow::Borrowed(texts.get(text).trim()),
        Raw::Number { value, percent: true } => Cow::Owned(number(value * 100.0) + "%"),
        Raw::Number { value, percent: false } => Cow::Owned(number(value)),
        Raw::Date(moment) => {
            let day = in_iso(moment.date());
            let midnight = moment.time() == chrono::NaiveTime::MIN;
            Cow::Owned(if midnight { day } else { day + &moment.format(" %H:%M").to_string() })
        }
        Raw::Duration(length) => {
            let (sign, seconds) = (if length.num_seconds() < 0 { "-" } else { "" }, length.num_seconds().abs());
            let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
            let rest = if seconds % 60 == 0 { String::new() } else { format!(":{:02}", seconds % 60) };
            Cow::Owned(format!("{sign}{hours}:{minutes:02}{rest}"))
        }
        Raw::Truth(truth) => Cow::Borrowed(if truth { "TRUE" } else { "FALSE" }),
    }
}

/// A number as spreadsheets display it: 15 significant digits, so that 0.1 + 0.2 is 0.3.
pub fn number(value: f64) -> String {
    if value == 0.0 {
        return "0".into(); // not "-0"
    }
    if value.fract() == 0.0 && value.abs() < 1e15 {
        return format!("{value:.0}");
    }
    let rounded: f64 = format!("{value:.14e}").parse().unwrap_or(value);
    rounded.to_string()
}

/// The texts of rows outside a table, cell by cell.
pub fn lines<'a>(rows: impl IntoIterator<Item = &'a Row>, texts: &Texts) -> Vec<Line> {
    /// The most lines above or below a table that are kept.
    const MOST: usize = 400;
    rows.into_iter()
        .flat_map(|row| row.cells.iter().map(|&(col, raw)| (row.index, col, shown(raw, texts).into_owned())))
        .filter(|line| !line.2.is_empty())
        .take(MOST)
        .collect()
}

/// The cells of a row that show something.
pub(super) fn filled<'r>(row: &'r Row, texts: &'r Texts) -> impl Iterator<Item = &'r (u32, Raw)> {
    row.cells.iter().filter(|cell| !is_blank(cell.1, texts))
}

/// Whether a row shows one cell or nothing.
pub(super) fn is_lone(row: &Row, texts: &Texts) -> bool {
    filled(row, texts).nth(1).is_none()
}

/// The cell of a row, if it has only one that shows something.
pub(super) fn only_cell(row: &Row, texts: &Texts) -> Option<(u32, Raw)> {
    let mut cells = filled(row, texts);
    cells.next().filter(|_| cells.next().is_none()).copied()
}

/// Whether a cell shows nothing.
pub(super) fn is_blank(raw: Raw, texts: &Texts) -> bool {
    match raw {
        Raw::Empty => true,
        Raw::Text(text) => texts.is_blank(text),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_show_as_in_a_spreadsheet() {
        let texts = Texts::default();
        let see = |value, percent| shown(Raw::Number { value, percent }, &texts).into_owned();
        assert_eq!(see(0.1 + 0.2, false), "0.3");
        assert_eq!(see(0.07 * 100.0, false), "7");
        assert_eq!(see(0.855, true), "85.5%");
        assert_eq!(see(-0.0, false), "0");
        assert_eq!((see(999_999_999_999_999.0, false), see(-12.0, false)), ("999999999999999".into(), "-12".into()));
        assert_eq!((see(1e15, false), see(1.5e15, false)), ("1000000000000000".into(), "1500000000000000".into()));
        let time = |seconds: i64| shown(Raw::Duration(chrono::TimeDelta::seconds(seconds)), &texts).into_owned();
        for (seconds, text) in [
            (0, "0:00"),
            (59, "0:00:59"),
            (60, "0:01"),
            (3_599, "0:59:59"),
            (3_600, "1:00"),
            (90_061, "25:01:01"),
            (-60, "-0:01"),
        ] {
            assert_eq!(time(seconds), text);
        }
        let day = |text: &str| shown(Raw::Date(text.parse().expect("a moment")), &texts).into_owned();
        assert_eq!(day("2014-08-15T00:00:00"), "2014-08-15");
        assert_eq!(day("2014-08-15T00:01:00"), "2014-08-15 00:01");
        assert_eq!(
            (shown(Raw::Truth(true), &texts), shown(Raw::Truth(false), &texts)),
            ("TRUE".into(), "FALSE".into())
        );
        assert_eq!(see(1200.0, false), "1200");
    }

    #[test]
    fn days_and_moments_show_apart() {
        let texts = Texts::default();
        let day = chrono::NaiveDate::from_ymd_opt(2014, 8, 15).expect("a day");
        assert_eq!(shown(Raw::Date(day.and_hms_opt(0, 0, 0).expect("midnight")), &texts), "2014-08-15");
        assert_eq!(shown(Raw::Date(day.and_hms_opt(17, 5, 0).expect("a time")), &texts), "2014-08-15 17:05");
        let span = |seconds| shown(Raw::Duration(chrono::TimeDelta::seconds(seconds)), &texts).into_owned();
        assert_eq!([span(95 * 60), span(30), span(-90 * 60)], ["1:35", "0:00:30", "-1:30"]);
    }
}
