//! Reporting cycles and their periods, told anew: weeks begin on Monday, ten-day periods end on the 10th, the 20th and with
//! the month.

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// A cycle, the shortest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Turn {
    Day,
    Week,
    TenDays,
    HalfMonth,
    Month,
    Quarter,
    HalfYear,
    Year,
}

/// A period: its first and its last day.
pub(super) type Span = (NaiveDate, NaiveDate);

pub(super) fn ymd(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day")
}

fn last_of(year: i32, month: u32) -> NaiveDate {
    let next = if month == 12 { ymd(year + 1, 1, 1) } else { ymd(year, month + 1, 1) };
    next - Days::new(1)
}

impl Turn {
    /// As the settings name it.
    pub(super) fn setting(self) -> &'static str {
        match self {
            Turn::Day => unreachable!("no window is a day"),
            Turn::Week => "week",
            Turn::TenDays => "ten-days",
            Turn::HalfMonth => "half-month",
            Turn::Month => "month",
            Turn::Quarter => "quarter",
            Turn::HalfYear => "half-year",
            Turn::Year => "year",
        }
    }

    /// As the division names it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Turn::Day => "每日",
            Turn::Week => "每周",
            Turn::TenDays => "每旬",
            Turn::HalfMonth => "每半月",
            Turn::Month => "每月",
            Turn::Quarter => "每季",
            Turn::HalfYear => "每半年",
            Turn::Year => "每年",
        }
    }

    /// The period that a day lies in.
    pub(super) fn around(self, day: NaiveDate) -> Span {
        let (year, month) = (day.year(), day.month());
        let months = |first: u32, count: u32| (ymd(year, first, 1), last_of(year, first + count - 1));
        match self {
            Turn::Day => (day, day),
            Turn::Week => {
                let monday = day - Days::new(u64::from(day.weekday().days_since(Weekday::Mon)));
                (monday, monday + Days::new(6))
            }
            Turn::TenDays => match day.day() {
                1..=10 => (ymd(year, month, 1), ymd(year, month, 10)),
                11..=20 => (ymd(year, month, 11), ymd(year, month, 20)),
                _ => (ymd(year, month, 21), last_of(year, month)),
            },
            Turn::HalfMonth if day.day() <= 15 => (ymd(year, month, 1), ymd(year, month, 15)),
            Turn::HalfMonth => (ymd(year, month, 16), last_of(year, month)),
            Turn::Month => months(month, 1),
            Turn::Quarter => months((month - 1) / 3 * 3 + 1, 3),
            Turn::HalfYear => months((month - 1) / 6 * 6 + 1, 6),
            Turn::Year => months(1, 12),
        }
    }

    /// Its periods that lie wholly in another.
    pub(super) fn within(self, (first, last): Span) -> Vec<Span> {
        let mut found = Vec::new();
        let mut day = first;
        while day <= last {
            let span = self.around(day);
            if span.0 >= first && span.1 <= last {
                found.push(span);
            }
            day = span.1 + Days::new(1);
        }
        found
    }

    /// As the program labels one of its periods.
    pub(super) fn label(self, (first, last): Span) -> String {
        let (year, month) = (first.year(), first.month());
        match self {
            Turn::Day => first.to_string(),
            Turn::Week => first.format("%G-W%V").to_string(),
            Turn::TenDays => format!("{year}-{month:02}-T{}", (first.day() - 1) / 10 + 1),
            Turn::HalfMonth => format!("{year}-{month:02}-H{}", if first.day() == 1 { 1 } else { 2 }),
            Turn::Month => format!("{year}-{month:02}"),
            Turn::Quarter => format!("{year}-Q{}", last.month() / 3),
            Turn::HalfYear => format!("{year}-H{}", last.month() / 6),
            Turn::Year => format!("{year}"),
        }
    }

    /// As a title of a ledger says one of its periods.
    pub(super) fn title(self, (first, last): Span) -> String {
        let (year, month) = (first.year(), first.month());
        match self {
            Turn::Day => first.format("%Y年%-m月%-d日").to_string(),
            Turn::Week => first.format("%G年第%V周").to_string(),
            Turn::TenDays => format!("{year}年{month}月{}旬", ["上", "中", "下"][(first.day() as usize - 1) / 10]),
            Turn::HalfMonth => format!("{year}年{month}月{}半月", if first.day() == 1 { "上" } else { "下" }),
            Turn::Month => format!("{year}年{month}月"),
            Turn::Quarter => format!("{year}年第{}季度", last.month() / 3),
            Turn::HalfYear => format!("{year}年{}半年", if last.month() == 6 { "上" } else { "下" }),
            Turn::Year => format!("{year}年度"),
        }
    }
}
