//! Due times: days after the end of the window, a clock time, and how weekends and holidays move them.

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Weekday};
use serde::{Deserialize, Serialize};

use super::{Cycle, Window, written};
use crate::basis::text::fold;

/// How a due time that falls on a weekend or holiday moves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Weekend {
    /// It does not move.
    #[default]
    None,
    /// It moves to the last working day before.
    Earlier,
    /// It moves to the next working day.
    Later,
}

impl Weekend {
    /// Reads none, earlier, later or their Chinese words 不变, 提前, 顺延.
    pub fn parse(text: &str) -> Option<Weekend> {
        match fold(text).as_str() {
            "none" | "不变" | "不移" | "不顺延" => Some(Weekend::None),
            "earlier" | "提前" => Some(Weekend::Earlier),
            "later" | "顺延" | "推后" | "延后" => Some(Weekend::Later),
            _ => None,
        }
    }
}

/// When submissions for a window are due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueRule {
    /// Calendar days after the window's last day; may be negative.
    pub days: i64,
    /// Clock time on that day.
    pub clock: NaiveTime,
    /// How it moves off weekends and holidays.
    pub weekend: Weekend,
    /// Dates on which nobody works.
    pub holidays: Vec<NaiveDate>,
    /// Weekend days that are worked (调休).
    pub workdays: Vec<NaiveDate>,
}

impl Default for DueRule {
    /// Five days after the window's end, at 17:00.
    fn default() -> DueRule {
        DueRule {
            days: 5,
            clock: NaiveTime::from_hms_opt(17, 0, 0).unwrap_or_default(),
            weekend: Weekend::None,
            holidays: Vec::new(),
            workdays: Vec::new(),
        }
    }
}

/// A due time is moved over at most so many days off. A longer run means that the list of holidays is wrong, and the
/// due time stays.
const LONGEST_BREAK: usize = 60;

impl DueRule {
    /// Reads `+5d 17:00`, `-2d`, `5天 12:00`: days after the window's end (at most a year) and the clock time (17:00 if
    /// not given). Weekend mode and holidays are those of the default.
    pub fn parse(text: &str) -> Option<DueRule> {
        let text = text.trim().to_lowercase();
        let (offset, clock) = text.split_once(char::is_whitespace).unwrap_or((&text, ""));
        let offset = ["days", "day", "d", "天", "日"].iter().find_map(|unit| offset.strip_suffix(unit))?;
        let days = offset.trim().parse().ok().filter(|days: &i64| days.abs() <= 366)?;
        let usual = DueRule::default();
        let clock = if clock.trim().is_empty() { usual.clock } else { written::clock(clock)? };
        Some(DueRule { days, clock, ..usual })
    }

    /// When a report for this window, or part of one, is due.
    pub fn due(&self, window: &Window) -> NaiveDateTime {
        let day = window.end.checked_add_signed(TimeDelta::days(self.days)).unwrap_or(window.end);
        self.working_day(day).unwrap_or(day).and_time(self.clock)
    }

    /// The window whose due time comes next after `at`: with reports due on the 5th, on 2 September that is August, on
    /// 10 September it is September.
    pub fn next(&self, cycle: Cycle, at: NaiveDateTime) -> Window {
        let begin = TimeDelta::try_days(self.days).and_then(|days| at.checked_sub_signed(days)).unwrap_or(at);
        let mut window = Window::containing(cycle, begin.date());
        // Weekends and holidays move a due time by days only, so a few steps reach the window.
        for _ in 0..100 {
            let previous = window.previous();
            if self.due(&window) < at {
                window = window.next();
            } else if self.due(&previous) >= at && previous != window {
                window = previous;
            } else {
                break;
            }
        }
        window
    }

    /// The day so many days after another, moved off weekends and holidays as due times are, but never to that day or before.
    pub fn after(&self, day: NaiveDate, days: u32) -> NaiveDate {
        let reached = day.checked_add_days(Days::new(u64::from(days))).unwrap_or(day);
        let moved = self.working_day(reached).filter(|moved| *moved > day);
        let later = || DueRule { weekend: Weekend::Later, ..self.clone() }.working_day(reached);
        moved.or_else(later).unwrap_or(reached)
    }

    /// The day a due time moves to: the day itself where it is a working day or due times do not move.
    fn working_day(&self, day: NaiveDate) -> Option<NaiveDate> {
        let mut moved = day;
        for _ in 0..LONGEST_BREAK {
            if self.weekend == Weekend::None || !self.is_off(moved) {
                return Some(moved);
            }
            moved = match self.weekend {
                Weekend::Earlier => moved.checked_sub_days(Days::new(1))?,
                Weekend::None | Weekend::Later => moved.checked_add_days(Days::new(1))?,
            };
        }
        None
    }

    /// Whether a day is a holiday, or a weekend day that is not in `workdays`.
    pub fn is_off(&self, day: NaiveDate) -> bool {
        let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        self.holidays.contains(&day) || weekend && !self.workdays.contains(&day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ymd(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn due(rule: &DueRule, window: &str) -> String {
        rule.due(&Window::parse(window, Cycle::Month).expect("a window")).format("%Y-%m-%dT%H:%M").to_string()
    }

    #[test]
    fn offsets_and_clock_times() {
        for (text, window, expected) in [
            ("+5d 17:00", "2014-08", "2014-09-05T17:00"),
            ("5d", "2014-08", "2014-09-05T17:00"),
            ("-2d 12:00", "2014-08", "2014-08-29T12:00"),
            ("+0d 09:30", "2016-02", "2016-02-29T09:30"),
            ("+1天 下午5:00", "2014-12", "2015-01-01T17:00"),
            ("+1d 12:00", "2018-W17", "2018-04-30T12:00"),
        ] {
            assert_eq!(due(&DueRule::parse(text).expect(text), window), expected, "{text}");
        }
        for text in ["", "5", "soon", "+5d 25:00", "+5d noonish", "+5000d", "d"] {
            assert_eq!(DueRule::parse(text), None, "{text}");
        }
    }

    #[test]
    fn weekends_and_holidays_move_it() {
        // 2014-10-05 is a Sunday inside a week of holidays; 10-11 was a working Saturday.
        let holidays = (1..=7).map(|day| ymd(&format!("2014-10-0{day}"))).collect::<Vec<_>>();
        let rule = |weekend, workdays: &[&str]| DueRule {
            weekend,
            holidays: holidays.clone(),
            workdays: workdays.iter().map(|day| ymd(day)).collect(),
            ..DueRule::default()
        };
        assert_eq!(due(&rule(Weekend::None, &[]), "2014-09"), "2014-10-05T17:00");
        assert_eq!(due(&rule(Weekend::Earlier, &[]), "2014-09"), "2014-09-30T17:00");
        assert_eq!(due(&rule(Weekend::Later, &[]), "2014-09"), "2014-10-08T17:00");
        let late = DueRule { days: 11, ..rule(Weekend::Later, &[]) };
        assert_eq!(due(&late, "2014-09"), "2014-10-13T17:00");
        let worked = DueRule { days: 11, ..rule(Weekend::Later, &["2014-10-11"]) };
        assert_eq!(due(&worked, "2014-09"), "2014-10-11T17:00");
    }

    #[test]
    fn the_window_due_next() {
        let next = |rule: &str, at: &str| {
            DueRule::parse(rule).expect(rule).next(Cycle::Month, at.parse().expect("a moment")).label()
        };
        assert_eq!(next("+5d", "2014-09-02T08:00:00"), "2014-08");
        assert_eq!(next("+5d", "2014-09-05T17:00:00"), "2014-08", "at the due time itself");
        assert_eq!(next("+5d", "2014-09-05T17:00:01"), "2014-09");
        assert_eq!(next("+5d", "2014-09-10T08:00:00"), "2014-09");
        assert_eq!(next("-2d", "2014-08-30T08:00:00"), "2014-09", "August was due on the 29th");
        assert_eq!(next("+40d", "2014-09-02T08:00:00"), "2014-07");
    }

    #[test]
    fn a_mistaken_list_of_holidays_moves_nothing() {
        let holidays = ymd("2014-08-01").iter_days().take(400).collect();
        let rule = DueRule { weekend: Weekend::Later, holidays, ..DueRule::default() };
        assert_eq!(due(&rule, "2014-08"), "2014-09-05T17:00");
    }

    #[test]
    fn a_limit_moves_off_weekends_and_stays_ahead() {
        let rule = |weekend| DueRule { weekend, ..DueRule::default() };
        // 2014-09-05 is a Friday
        for (weekend, from, days, reached) in [
            (Weekend::None, "2014-09-05", 1, "2014-09-06"),
            (Weekend::Later, "2014-09-05", 1, "2014-09-08"),
            (Weekend::Later, "2014-09-05", 3, "2014-09-08"),
            (Weekend::Earlier, "2014-09-04", 2, "2014-09-05"),
            (Weekend::Earlier, "2014-09-05", 2, "2014-09-08"),
        ] {
            assert_eq!(rule(weekend).after(ymd(from), days), ymd(reached), "{weekend:?} {from} {days}");
        }
    }
}
