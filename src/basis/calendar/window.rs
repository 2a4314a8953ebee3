//! Windows: the days one report covers, and their label.

use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, Weekday};
use serde::{Deserialize, Serialize};

use super::Cycle;

/// One period of a cycle, from its first to its last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Window {
    /// First day.
    pub start: NaiveDate,
    /// Last day.
    pub end: NaiveDate,
    /// The cycle it is a period of.
    pub cycle: Cycle,
}

impl Window {
    /// The window of a cycle that contains a day. `Cycle::Once` has windows of a year.
    pub fn containing(cycle: Cycle, day: NaiveDate) -> Window {
        let (year, month) = (day.year(), day.month());
        let span = match cycle {
            Cycle::Day => Some((day, day)),
            Cycle::Week => {
                let week = day.week(Weekday::Mon);
                week.checked_first_day().zip(week.checked_last_day())
            }
            Cycle::TenDays => match day.day() {
                1..=10 => NaiveDate::from_ymd_opt(year, month, 1).zip(NaiveDate::from_ymd_opt(year, month, 10)),
                11..=20 => NaiveDate::from_ymd_opt(year, month, 11).zip(NaiveDate::from_ymd_opt(year, month, 20)),
                _ => NaiveDate::from_ymd_opt(year, month, 21).zip(last_day(year, month)),
            },
            Cycle::HalfMonth if day.day() <= 15 => {
                NaiveDate::from_ymd_opt(year, month, 1).zip(NaiveDate::from_ymd_opt(year, month, 15))
            }
            Cycle::HalfMonth => NaiveDate::from_ymd_opt(year, month, 16).zip(last_day(year, month)),
            Cycle::Month => months(year, month, 1),
            Cycle::Quarter => months(year, (month - 1) / 3 * 3 + 1, 3),
            Cycle::HalfYear => months(year, (month - 1) / 6 * 6 + 1, 6),
            Cycle::Year | Cycle::Once => months(year, 1, 12),
        };
        // None only at the ends of chrono's calendar, 260,000 years away.
        let (start, end) = span.unwrap_or((day, day));
        Window { start, end, cycle }
    }

    /// The latest window of a cycle that has ended at `at`. A window ends with the last second of its last day.
    pub fn last_ended(cycle: Cycle, at: NaiveDateTime) -> Window {
        let current = Window::containing(cycle, at.date());
        if at >= end_of(current.end) { current } else { current.previous() }
    }

    /// The label: `2018-W17`, `2019-08-T1`, `2019-08-H2`, `2014-08`, `2019-Q3`, `2021-H1`, `2019`, `2014-08-15`.
    pub fn label(&self) -> String {
        let Window { start, cycle, .. } = self;
        let (year, month) = (start.year(), start.month());
        match cycle {
            Cycle::Day => start.to_string(),
            Cycle::Week => format!("{}-W{:02}", start.iso_week().year(), start.iso_week().week()),
            Cycle::TenDays => format!("{year}-{month:02}-T{}", (start.day() - 1) / 10 + 1),
            Cycle::HalfMonth => format!("{year}-{month:02}-H{}", (start.day() - 1) / 15 + 1),
            Cycle::Month => format!("{year}-{month:02}"),
            Cycle::Quarter => format!("{year}-Q{}", (month - 1) / 3 + 1),
            Cycle::HalfYear => format!("{year}-H{}", (month - 1) / 6 + 1),
            Cycle::Year | Cycle::Once => year.to_string(),
        }
    }

    /// The windows of another cycle that are owed within this one, in order. Of a shorter cycle these are the sub-periods
    /// that lie wholly inside: a week that began before the window was reported with the window before. Of a longer cycle
    /// it is the one that ends inside, if any.
    pub fn parts(&self, cycle: Cycle) -> Vec<Window> {
        let mut parts = Vec::new();
        let mut part = Window::containing(cycle, self.start);
        while part.end <= self.end {
            if part.start >= self.start || cycle > self.cycle {
                parts.push(part);
            }
            let next = part.next();
            if next.start <= part.start {
                break;
            }
            part = next;
        }
        parts
    }

    /// The window after it.
    pub fn next(&self) -> Window {
        self.end.succ_opt().map_or(*self, |day| Window::containing(self.cycle, day))
    }

    /// The window before it.
    pub fn previous(&self) -> Window {
        self.start.pred_opt().map_or(*self, |day| Window::containing(self.cycle, day))
    }

    /// Whether a day lies inside.
    pub fn contains(&self, day: NaiveDate) -> bool {
        (self.start..=self.end).contains(&day)
    }

    /// The number of days.
    pub fn days(&self) -> i64 {
        (self.end - self.start).num_days() + 1
    }
}

/// The last second of a day.
pub fn end_of(day: NaiveDate) -> NaiveDateTime {
    day.and_time(NaiveTime::from_hms_opt(23, 59, 59).unwrap_or_default())
}

/// The last day of a month.
pub fn last_day(year: i32, month: u32) -> Option<NaiveDate> {
    months(year, month, 1).map(|(_, last)| last)
}

/// The first and the last day of `count` months.
fn months(year: i32, month: u32, count: u32) -> Option<(NaiveDate, NaiveDate)> {
    let start = NaiveDate::from_ymd_opt(year, month, 1)?;
    let end = start.checked_add_months(Months::new(count))?.checked_sub_days(Days::new(1))?;
    Some((start, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Cycle; 8] = [
        Cycle::Day,
        Cycle::Week,
        Cycle::TenDays,
        Cycle::HalfMonth,
        Cycle::Month,
        Cycle::Quarter,
        Cycle::HalfYear,
        Cycle::Year,
    ];

    fn ymd(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn labels_and_their_days() {
        for (label, start, end) in [
            ("2018-W17", "2018-04-23", "2018-04-29"),
            ("2015-W53", "2015-12-28", "2016-01-03"),
            ("2019-08-T1", "2019-08-01", "2019-08-10"),
            ("2019-08-T3", "2019-08-21", "2019-08-31"),
            ("2016-02-H2", "2016-02-16", "2016-02-29"),
            ("2014-08", "2014-08-01", "2014-08-31"),
            ("2019-Q3", "2019-07-01", "2019-09-30"),
            ("2021-H1", "2021-01-01", "2021-06-30"),
            ("2019", "2019-01-01", "2019-12-31"),
        ] {
            let window = Window::parse(label, Cycle::Month).expect(label);
            assert_eq!((window.start, window.end, window.label()), (ymd(start), ymd(end), label.into()), "{label}");
        }
    }

    #[test]
    fn every_day_lies_in_one_window_of_each_cycle_and_labels_read_back() {
        for day in ymd("2015-12-20").iter_days().take(800) {
            for cycle in ALL {
                let window = Window::containing(cycle, day);
                assert!(window.contains(day));
                assert_eq!(window.next().previous(), window);
                assert_eq!(Window::parse(&window.label(), cycle), Some(window));
            }
        }
    }

    #[test]
    fn parts_are_full_sub_periods_or_the_longer_one_that_ends() {
        let labels = |window: &str, cycle| {
            let window = Window::parse(window, Cycle::Month).expect(window);
            window.parts(cycle).iter().map(Window::label).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(labels("2014-08", Cycle::Week), "2014-W32 2014-W33 2014-W34 2014-W35");
        assert_eq!(labels("2014-08", Cycle::HalfMonth), "2014-08-H1 2014-08-H2");
        assert_eq!(labels("2014-08", Cycle::Month), "2014-08");
        assert_eq!(labels("2014-08", Cycle::Quarter), "");
        assert_eq!(labels("2014-09", Cycle::Quarter), "2014-Q3");
        assert_eq!(labels("2018-W26", Cycle::HalfYear), "2018-H1");
        assert_eq!(labels("2019-08-T2", Cycle::HalfMonth), "2019-08-H1");
        assert_eq!(labels("2019", Cycle::HalfYear), "2019-H1 2019-H2");
        assert_eq!(Window::parse("2016-02", Cycle::Month).map(|w| w.parts(Cycle::Day).len()), Some(29));
    }

    #[test]
    fn the_window_of_a_run_is_the_last_that_ended() {
        for (at, label) in [
            ("2014-08-31T23:59:59", "2014-08"),
            ("2014-08-31T16:00:00", "2014-07"),
            ("2014-09-01T00:00:00", "2014-08"),
            ("2014-09-30T12:00:00", "2014-08"),
        ] {
            assert_eq!(Window::last_ended(Cycle::Month, at.parse().expect("a moment")).label(), label, "{at}");
        }
    }
}
