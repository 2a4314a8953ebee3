//! Numbers that stand at the head of adjacent columns and mean days or months.

use chrono::{Datelike, NaiveDate};

use super::shape::Column;
use super::words;
use crate::basis::calendar::parse::serial;

/// So many columns run on before their numbers are days.
const RUN: usize = 5;

/// The number that a heading has in its lowest row but those of weekdays: 4 of 5月/4/日.
pub(super) fn number_of(heading: &str) -> Option<u32> {
    heading.rsplit('/').find(|part| !words::is_weekday(part.trim())).and_then(|part| part.trim().parse().ok())
}

/// Columns with running numbers as headings, each with its period in words: days of a month (1 2 3 …, alone or below 8月),
/// months below 月份, days as decimals (8.1 8.2 …), days without their date format (41852 41853 …).
pub fn numbered(columns: &[Column]) -> Vec<(u32, String)> {
    let number = |c: &Column| number_of(&c.heading);
    let runs =
        columns.chunk_by(|a, b| matches!((number(a), number(b)), (Some(a), Some(b)) if a.checked_add(1) == Some(b)));
    let mut found: Vec<(u32, String)> = Vec::new();
    for run in runs.filter(|run| run.len() >= RUN) {
        let months = |c: &Column| if c.heading.contains("月份") { "月" } else { "日" };
        if run.iter().all(|c| matches!(number(c), Some(1..=31))) {
            found.extend(run.iter().filter_map(|c| Some((c.col, format!("{}{}", number(c)?, months(c))))));
        } else {
            let days: Option<Vec<_>> = run.iter().map(|c| Some((c.col, unformatted(number(c)?)?))).collect();
            found.extend(days.into_iter().flatten());
        }
    }
    found.extend(decimals(columns));
    found
}

/// The day of a serial number between 2000 and 2099.
fn unformatted(number: u32) -> Option<String> {
    let day = serial::moment(f64::from(number), false)?.date();
    (2000..2100).contains(&day.year()).then(|| day.to_string())
}

/// A day as a decimal: 8.1 is 1 August, and 10 August behind 8.9.
type MonthDay = (u32, u32);

/// Columns with days as decimals.
pub(super) fn decimals(columns: &[Column]) -> Vec<(u32, String)> {
    let leaf = |c: &Column| c.heading.rsplit('/').next().unwrap_or(&c.heading).trim().to_owned();
    days(columns.iter().map(|c| (c.col, leaf(c))))
}

/// Those of the texts (by column) that are days as decimals.
pub(super) fn days(texts: impl Iterator<Item = (u32, String)>) -> Vec<(u32, String)> {
    let mut found = Vec::new();
    let mut run: Vec<(u32, MonthDay)> = Vec::new();
    for (col, text) in texts {
        let next = decimal(&text, run.last().map(|last| last.1));
        if next.is_none() {
            keep(&mut run, &mut found);
        }
        run.extend(next.or_else(|| decimal(&text, None)).map(|day| (col, day)));
    }
    keep(&mut run, &mut found);
    found
}

/// Moves a run that is long enough.
fn keep(run: &mut Vec<(u32, MonthDay)>, found: &mut Vec<(u32, String)>) {
    let days = run.drain(..);
    if days.len() >= RUN {
        found.extend(days.map(|(col, (month, day))| (col, format!("{month}月{day}日"))));
    }
}

/// The day that a decimal means, which must be the next one behind `last`.
fn decimal(text: &str, last: Option<MonthDay>) -> Option<MonthDay> {
    let (month, written) = text.split_once('.')?;
    let (month, day): MonthDay = (month.parse().ok()?, written.parse().ok()?);
    // In a leap year, as a plan of February may be of one.
    let exists = |day: &u32| NaiveDate::from_ymd_opt(2000, month, *day).is_some();
    // 8.10 is stored as 8.1.
    let tenths = (written.len() == 1).then(|| day * 10);
    let mut days = std::iter::once(day).chain(tenths).filter(exists);
    let follows = |(m, d): MonthDay, day: u32| m == month && d + 1 == day || m % 12 + 1 == month && day == 1 && d >= 28;
    let day = match last {
        None => days.next(),
        Some(last) => days.find(|&day| follows(last, day)),
    };
    Some((month, day?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_at_the_head_are_days_or_months() {
        let columns = |headings: &str| -> Vec<Column> {
            let column = |(col, heading): (usize, &str)| Column {
                col: col as u32,
                heading: heading.to_owned(),
                field: None,
                also: None,
                unit: None,
                area: crate::basis::place::Area::cell(0, col as u32),
                told_by: None,
                crossed: None,
                together: None,
                below: None,
            };
            headings.split(' ').enumerate().map(column).collect()
        };
        let of =
            |headings: &str| numbered(&columns(headings)).into_iter().map(|one| one.1).collect::<Vec<_>>().join(" ");
        assert_eq!(of("甲 1 2 3 4 5"), "1日 2日 3日 4日 5日");
        assert_eq!(of("甲 1 2 3 4"), "");
        assert_eq!(of("27 28 29 30 31"), "27日 28日 29日 30日 31日");
        assert_eq!(of("28 29 30 31 32"), "", "no day of a month");
        assert_eq!(of("0 1 2 3 4"), "");
        assert_eq!(of("4294967295 0.4294967295 0.42949673 3.5"), "", "numbers of any size");
        assert_eq!(of("7.29 7.3 7.31 8.1 8.2"), "7月29日 7月30日 7月31日 8月1日 8月2日");
        assert_eq!(of("甲 8.8 8.9 8.1 8.11 8.12 乙"), "8月8日 8月9日 8月10日 8月11日 8月12日");
        assert_eq!(of("8.1 8.3 8.4 8.5 8.6"), "", "a day is missing");
        assert_eq!(of("8.1 8.2 8.3 8.4"), "");
        assert_eq!(of("2.1 2.1 2.1 2.1 2.1 2.1"), "");
        assert_eq!(of("12.31 1.1 1.2 1.3 1.4"), "12月31日 1月1日 1月2日 1月3日 1月4日");
        assert_eq!(of("41851 41852 41853 41854 41855").split(' ').next(), Some("2014-07-31"));
        assert_eq!(of("36521 36522 36523 36524 36525"), "", "before 2000");
        assert_eq!(of("月份/1 月份/2 月份/3 月份/4 月份/5"), "1月 2月 3月 4月 5月");
    }
}
