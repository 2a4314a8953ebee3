//! Days, weeks and months as the headings of columns.

use super::super::heading::leaf;
use super::super::shape::Column;
use super::super::words;

/// So many days or headings of days in a run are no accident.
const RUN: usize = 3;

/// Whether a number is a year and a month: 2018.9, 2018.12.
pub(in super::super) fn is_month(value: f64) -> bool {
    let month = value.fract() * 100.0;
    let whole = |number: f64| (number - number.round()).abs() < 1e-6;
    let (one, two) = ((month / 10.0).round(), month.round());
    (1990.0..2100.0).contains(&value)
        && (whole(month / 10.0) && (1.0..=9.0).contains(&one) || whole(month) && (10.0..=12.0).contains(&two))
}

/// Whether days are all different and of two months at most, in whatever order.
pub(super) fn are_near(days: &[chrono::NaiveDate]) -> bool {
    const TWO_MONTHS: i64 = 62;
    let mut sorted = days.to_vec();
    sorted.sort_unstable();
    let spread = sorted.last().zip(sorted.first()).map_or(0, |(last, first)| (*last - *first).num_days());
    spread <= TWO_MONTHS && sorted.windows(2).all(|pair| pair[0] < pair[1])
}

/// Whether days run on twice, near one another: 4 to 8 August, then 4 to 6 August.
pub(super) fn stand_twice(days: &[chrono::NaiveDate]) -> bool {
    let mut sorted = days.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    let runs: Vec<_> = days.chunk_by(|a, b| a < b).collect();
    runs.len() == 2 && runs.iter().all(|run| run.len() >= RUN) && are_near(&sorted)
}

/// The first and the last column of the longest axis of days, weeks or months.
pub(in super::super) fn axis_of_days(columns: &[Column]) -> Option<(u32, u32)> {
    let of_axis = |c: &Column| {
        let leaf = leaf(c);
        leaf.chars().count() <= 10 && (leaf.contains(|c: char| c.is_ascii_digit()) || leaf.starts_with(['周', '第']))
    };
    let runs = columns.chunk_by(|a, b| of_axis(a) == of_axis(b)).filter(|run| of_axis(&run[0]) && run.len() >= RUN);
    let longest = runs.max_by_key(|run| run.len())?;
    Some((longest.first()?.col, longest.last()?.col))
}

/// How many headings belong to an axis of days, weeks or months: three or more adjacent ones with a digit, or weekdays.
pub(super) fn axis(leaves: &[String]) -> usize {
    let digit = |leaf: &String| {
        leaf.chars().count() <= 10 && leaf.chars().any(|c| c.is_ascii_digit()) || words::is_weekday(leaf)
    };
    leaves
        .chunk_by(|a, b| digit(a) == digit(b))
        .filter(|run| digit(&run[0]) && run.len() >= RUN)
        .map(<[String]>::len)
        .sum()
}
