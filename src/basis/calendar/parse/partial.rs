//! Dates as far as they are written, and how their missing years and months are supplied.

use chrono::{Datelike, Days, NaiveDate, NaiveTime, Weekday};

use crate::basis::calendar::window::last_day;
use crate::basis::calendar::{Cycle, Window};

/// Which days within its month, or which months within its year, a date names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Within {
    /// All of it.
    #[default]
    Whole,
    Day(u32),
    /// 上旬 中旬 下旬.
    Tenth(u32),
    /// 上半月 下半月.
    Half(u32),
    /// 第N周: of its month the Nth ISO week whose Thursday lies in it, without a month that of the year.
    Week(u32),
    /// 底, 末 of its month.
    End,
    /// 年底, 年内.
    YearEnd,
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
    /// What was written for it.
    pub(super) within: Within,
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

/// Supplies what neighbours say of each other (8月15-16日, 8-9月). Days that no neighbour gives a month (5日、12日) are
/// days of `window`, where only one day of it can be meant.
pub(super) fn complete(parts: &mut [Partial], window: Option<&Window>) {
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
    if let Some(first) = parts.first_mut()
        && let Within::Day(day) = first.within
        && first.month.is_none()
        && let Some(meant) = window.and_then(|window| only_day(window, day))
    {
        (first.year, first.month) = (first.year.or(Some(meant.year())), Some(meant.month()));
    }
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
}

/// The only day of a window with this number in its month.
fn only_day(window: &Window, number: u32) -> Option<NaiveDate> {
    let days = window.start.iter_days().take_while(|day| *day <= window.end);
    // Three months hold each number more than once.
    let mut fitting = days.take(93).filter(|day| day.day() == number);
    fitting.next().filter(|_| fitting.next().is_none())
}

/// The stretches that parts name, with their years.
pub(super) fn resolve(parts: &[Partial], near: NaiveDate, years: Years) -> Option<Vec<Stretch>> {
    let own_year = parts.iter().position(|part| part.year.is_some());
    let mut year = match (own_year, years) {
        (Some(at), _) => parts[at].year?,
        (None, Years::Same) => near.year(),
        (None, Years::Nearest) => {
            let first = parts.first()?;
            (near.year() - 1..=near.year() + 1)
                .filter_map(|year| Some((first.stretch(year)?.away(near), year)))
                .min()?
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
    for part in parts {
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
            (_, Within::Bare(_)) | (None, Within::Day(_) | Within::Tenth(_) | Within::Half(_) | Within::End) => {
                return None;
            }
            (_, Within::Months(first, last)) => (day(first, 1)?, last_day(year, last)?),
            (_, Within::YearEnd) => (day(12, 1)?, day(12, 31)?),
            (None, Within::Week(nth)) => {
                let monday = NaiveDate::from_isoywd_opt(year, nth, Weekday::Mon)?;
                (monday, monday.checked_add_days(Days::new(6))?)
            }
            (Some(month), Within::Week(nth)) => {
                let thursday =
                    NaiveDate::from_weekday_of_month_opt(year, month, Weekday::Thu, u8::try_from(nth).ok()?)?;
                (thursday.checked_sub_days(Days::new(3))?, thursday.checked_add_days(Days::new(3))?)
            }
            (Some(month), Within::Half(1)) => (day(month, 1)?, day(month, 15)?),
            (Some(month), Within::Half(_)) => (day(month, 16)?, last_day(year, month)?),
            (None, Within::Whole) => (day(1, 1)?, day(12, 31)?),
            (Some(month), Within::Day(on)) => (day(month, on)?, day(month, on)?),
            (Some(month), Within::Whole | Within::End) => (day(month, 1)?, last_day(year, month)?),
            (Some(month), Within::Tenth(3)) => (day(month, 21)?, last_day(year, month)?),
            (Some(month), Within::Tenth(tenth)) => (day(month, tenth * 10 - 9)?, day(month, tenth * 10)?),
        };
        Some(Stretch { first, last, within: self.within, clock: self.clock, marked: self.marked })
    }

    /// The length of the period it names; none of a day, an end or a number alone.
    pub(super) fn cycle(&self) -> Option<Cycle> {
        Some(match self.within {
            Within::Day(_) | Within::Bare(_) | Within::End | Within::YearEnd => return None,
            Within::Week(_) => Cycle::Week,
            Within::Tenth(_) => Cycle::TenDays,
            Within::Half(_) => Cycle::HalfMonth,
            Within::Months(first, last) if last - first > 2 => Cycle::HalfYear,
            Within::Months(..) => Cycle::Quarter,
            Within::Whole if self.month.is_some() => Cycle::Month,
            Within::Whole => Cycle::Year,
        })
    }
}

impl Stretch {
    /// Whether a single day was written.
    pub(super) fn is_day(&self) -> bool {
        matches!(self.within, Within::Day(_))
    }

    /// How many days lie between it and a day; 0 when it holds the day.
    fn away(&self, day: NaiveDate) -> i64 {
        (self.first - day).num_days().max((day - self.last).num_days()).max(0)
    }
}
