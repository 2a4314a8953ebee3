//! Partial dates, and how their missing years and months are supplied.

use chrono::{Datelike, Days, NaiveDate, NaiveTime, Weekday};

use crate::basis::calendar::window::last_day;
use crate::basis::calendar::{Cycle, Window};

/// The part of a month or year a date covers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Within {
    /// The whole month or year.
    #[default]
    Whole,
    Day(u32),
    /// 上旬 中旬 下旬.
    Tenth(u32),
    /// 上半月 下半月.
    Half(u32),
    /// 第N周: the Nth ISO week whose Thursday lies in the month; without a month, the Nth ISO week of the year.
    Week(u32),
    /// The end of the month (底, 末).
    End,
    /// 年底, 年内.
    YearEnd,
    /// A half-year or quarter: its first and last month.
    Months(u32, u32),
    /// A bare number, such as the first in 8-9月 or the second in 8月1-15: a day or a month.
    Bare(u32),
}

/// A date of which parts may be missing.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Partial {
    pub(super) year: Option<i32>,
    /// Whether it says 次年: the year after that of the date before it.
    pub(super) year_after: bool,
    pub(super) month: Option<u32>,
    pub(super) within: Within,
    pub(super) clock: Option<NaiveTime>,
    /// Whether it is written with 年, 月 or 日; two bare numbers may be something other than a date.
    pub(super) marked: bool,
}

/// The days a date stands for, once its missing parts are supplied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    /// First day.
    pub(super) first: NaiveDate,
    /// Last day.
    pub(super) last: NaiveDate,
    /// The part of a month or year that was written.
    pub(super) within: Within,
    /// The clock time; of two, the later one.
    pub(super) clock: Option<NaiveTime>,
    /// Whether it was written with 年, 月 or 日.
    pub(super) marked: bool,
}

/// How a missing year is supplied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Years {
    /// The year that puts the day nearest to the given one; used for records.
    Nearest,
    /// The year of the given day; used for plans, which are written for one year.
    Same,
}

/// Completes dates from their neighbours (8月15-16日, 8-9月). A day that gets no month that way (5日、12日) is taken
/// inside `window` if exactly one day of the window has that number.
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

/// The day of a window with this number, if there is exactly one.
fn only_day(window: &Window, number: u32) -> Option<NaiveDate> {
    let days = window.start.iter_days().take_while(|day| *day <= window.end);
    // Within three months every day number occurs more than once.
    let mut fitting = days.take(93).filter(|day| day.day() == number);
    fitting.next().filter(|_| fitting.next().is_none())
}

/// The days that partial dates stand for, with their years supplied.
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
    // A year written only at the end of a range belongs to the end: 12月28日—2015年1月3日 begins in 2014.
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

    /// The cycle of the period written; none for a day, 月底 or a bare number.
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

    /// The distance to a day in days; 0 if the day lies inside.
    fn away(&self, day: NaiveDate) -> i64 {
        (self.first - day).num_days().max((day - self.last).num_days()).max(0)
    }
}
