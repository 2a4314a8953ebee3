//! When a file was received, from the cells of its line: one with the moment, or one with the day and one with the time.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use crate::basis::calendar::written;

/// A cell that leaves a moment unclear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unclear<'a> {
    /// It should give a day with its year.
    Day(&'a str),
    /// It should give the time of day.
    Clock(&'a str),
}

/// The moment that filled cells give, those that count first before the others: the first day, with its time or that of a
/// cell that gives a time alone. A day without a time means its beginning, in favour of the sender.
pub(super) fn moment<'a>(cells: impl Iterator<Item = &'a str>) -> (Option<NaiveDateTime>, Option<Unclear<'a>>) {
    let cells: Vec<(&str, Option<Said>)> = cells.map(|text| (text, Said::of(text))).collect();
    let said = || cells.iter().filter_map(|(_, said)| said.as_ref());
    // a day that is stored as a moment begins at midnight
    let clock = |said: &Said| said.clock.filter(|clock| *clock != NaiveTime::MIN);
    let Some((day, own)) = said().find_map(|said| Some((said.day?, clock(said)))) else {
        return (None, cells.first().map(|(text, _)| Unclear::Day(text)));
    };
    let beside = || said().filter(|said| said.day.is_none_or(|other| other == day)).find_map(clock);
    let clock = own.or_else(beside);
    let unread = || cells.iter().find(|(_, said)| said.is_none()).map(|(text, _)| Unclear::Clock(text));
    (Some(day.and_time(clock.unwrap_or(NaiveTime::MIN))), if clock.is_none() { unread() } else { None })
}

/// What a cell says of a moment: a day with its year, the time of a day, or both.
pub(super) struct Said {
    pub(super) day: Option<NaiveDate>,
    pub(super) clock: Option<NaiveTime>,
}

impl Said {
    /// None where a cell says neither.
    pub(super) fn of(text: &str) -> Option<Said> {
        if let Some((day, clock)) = written::full(text) {
            return Some(Said { day: Some(day), clock });
        }
        // in a spreadsheet a time alone is a part of a day
        let part = || {
            let part = text.parse::<f64>().ok().filter(|part| *part > 0.0 && *part < 1.0)?;
            Some(NaiveTime::MIN.overflowing_add_signed(TimeDelta::seconds((part * 86_400.0).round() as i64)).0)
        };
        written::clock(text).or_else(part).map(|clock| Said { day: None, clock: Some(clock) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cells: &[&str]) -> Option<String> {
        moment(cells.iter().copied()).0.map(|at| at.to_string())
    }

    #[test]
    fn times_as_people_write_them() {
        for (written, expected) in [
            ("2014年9月3日下午4:00", Some("2014-09-03 16:00:00")),
            ("2014年9月3日", Some("2014-09-03 00:00:00")),
            ("2014.9.3 9时30分", Some("2014-09-03 09:30:00")),
            ("2014-09-03T10:00:05", Some("2014-09-03 10:00:05")),
            ("20140903", Some("2014-09-03 00:00:00")),
            ("9月3日", None),
            ("2014年9月", None),
        ] {
            assert_eq!(read(&[written]).as_deref(), expected, "{written}");
        }
    }

    #[test]
    fn a_day_and_a_time_in_cells_of_their_own_are_one_moment() {
        for time in ["16:30", "下午4:30", "16时30分", "0.6875", "2014-09-05 16:30"] {
            assert_eq!(read(&["2014-09-05", time]).as_deref(), Some("2014-09-05 16:30:00"), "{time}");
            assert_eq!(read(&[time, "2014年9月5日"]).as_deref(), Some("2014-09-05 16:30:00"), "{time}");
        }
        assert_eq!(read(&["2014/9/5 0:00", "16:30"]).as_deref(), Some("2014-09-05 16:30:00"));
        assert_eq!(read(&["2014-09-05 9:00", "16:30"]).as_deref(), Some("2014-09-05 09:00:00"));
        assert_eq!(read(&["2014-09-05", "2014-09-04 16:30"]).as_deref(), Some("2014-09-05 00:00:00"));
        assert_eq!(read(&[]), None);
    }

    #[test]
    fn what_leaves_it_unclear_is_told() {
        let unclear = |cells: &[&'static str]| moment(cells.iter().copied()).1;
        assert_eq!(unclear(&["2014-09-05", "下班前"]), Some(Unclear::Clock("下班前")));
        assert_eq!(unclear(&["2014-09-05 16:30", "下班前"]), None);
        assert_eq!(unclear(&["16:30", "昨天"]), Some(Unclear::Day("16:30")));
        assert_eq!(unclear(&["2014-09-05"]), None);
        assert_eq!(unclear(&[]), None);
    }
}
