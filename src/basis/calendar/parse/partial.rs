//! Dates as far as they are written, and how their missing years and months are supplied.

use chrono::{Datelike, NaiveDate, NaiveTime};

use crate::basis::calendar::window::last_day;

/// Which days within its month, or which months within its year, a date names.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum Within {
    /// All of it.
    #[default]
    Whole,
    Day(u32),
    /// 上旬 中旬 下旬.
    Tenth(u32),
    /// 底, 末.
    End,
    /// A half-year or quarter: its first and its last month.
    Months(u32, u32),
    /// A number alone, as the first in 8-9月 and the second in 8月1-15: a day or a month.
    Bare(u32),
}

/// A date as far as it is written.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Partial {
    pub(super) year: Option<i32>,
    /// 次年.
    pub(super) year_after: bool,
    pub(super) month: Option<u32>,
    pub(super) within: Within,
    pub(super) clock: Option<NaiveTime>,
    /// Written with 年, 月 or 日, and so no pair of numbers that might mean something else.
    pub(super) marked: bool,
}

/// A date with its missing parts supplied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    /// First day.
    pub(super) first: NaiveDate,
    /// Last day.
    pub(super) last: NaiveDate,
    /// Whether a single day was written.
    pub(super) exact: bool,
    /// The clock time, the later of two.
    pub(super) clock: Option<NaiveTime>,
    /// Written with 年, 月 or 日.
    pub(super) marked: bool,
}

/// Which year is meant where none is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Years {
    /// The one that puts the day nearest to the given one: records.
    Nearest,
    /// That of the given day: plans are written for a year.
    Same,
}

/// Supplies what neighbours say of each other (8月15-16日, 8-9月), then the years.
pub(super) fn resolve(parts: &mut [Partial], near: NaiveDate, years: Years) -> Option<Vec<Stretch>> {
    for at in 1..parts.len() {
        let before = parts[at - 1];
        let part = &mut parts[at];
        if let (Within::Bare(day), Within::Day(_)) = (part.within, before.within) {
            part.within = Within::Day(day);
        }
        if part.month.is_none() && matches!(part.within, Within::Day(_)) {
            part.month = before.month;
        }
    }
    for at in (0..parts.len().saturating_sub(1)).rev() {
        let after = parts[at + 1];
        let part = &mut parts[at];
        if let Within::Bare(number) = part.within {
            (part.month, part.within) = match after.within {
                Within::Day(_) if after.month.is_none() => (None, Within::Day(number)),
                _ => (Some(number), Within::Whole),
            };
            part.marked = after.marked;
        }
    }
    let own_year = parts.iter().position(|part| part.year.is_some());
    let mut year = match (own_year, years) {
        (Some(at), _) => parts[at].year?,
        (None, Years::Same) => near.year(),
        (None, Years::Nearest) => {
            let first = parts.first()?;
            (near.year() - 1..=near.year() + 1)
                .filter_map(|year| Some((first.stretch(year)?.last - near, year)))
                .min_by_key(|(away, _)| away.abs())?
                .1
        }
    };
    // A year written only at the end of a range is that of its end: 12月28日—2015年1月3日 begins the year before.
    if let Some(at) = own_year.filter(|&at| at > 0)
        && parts[0].stretch(year)?.first > parts[at].stretch(year)?.last
    {
        year -= 1;
    }
    let mut stretches: Vec<Stretch> = Vec::with_capacity(parts.len());
    for part in parts.iter() {
        year = part.year.unwrap_or(year + i32::from(part.year_after));
        let mut stretch = part.stretch(year)?;
        if part.year.is_none() && stretches.last().is_some_and(|before| stretch.last < before.first) {
            year += 1;
            stretch = part.stretch(year)?;
        }
        stretches.push(stretch);
    }
    Some(stretches)
}

impl Partial {
    fn stretch(&self, year: i32) -> Option<Stretch> {
        let day = |month, day| NaiveDate::from_ymd_opt(year, month, day);
        let (first, last) = match (self.month, self.within) {
            (_, Within::Bare(_)) | (None, Within::Day(_) | Within::Tenth(_) | Within::End) => return None,
            (_, Within::Months(first, last)) => (day(first, 1)?, last_day(year, last)?),
            (None, Within::Whole) => (day(1, 1)?, day(12, 31)?),
            (Some(month), Within::Day(on)) => (day(month, on)?, day(month, on)?),
            (Some(month), Within::Whole | Within::End) => (day(month, 1)?, last_day(year, month)?),
            (Some(month), Within::Tenth(3)) => (day(month, 21)?, last_day(year, month)?),
            (Some(month), Within::Tenth(tenth)) => (day(month, tenth * 10 - 9)?, day(month, tenth * 10)?),
        };
        let exact = matches!(self.within, Within::Day(_));
        Some(Stretch { first, last, exact, clock: self.clock, marked: self.marked })
    }
}
