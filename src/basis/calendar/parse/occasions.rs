//! The days listed in one cell on which something took place: 5月6日、5月13日, 5月6日-8日, 5月上旬, 每周一9:00.

use chrono::{Datelike, Days, NaiveDate, NaiveTime};

use super::partial::{Partial, Within, Years, complete, resolve};
use super::{scan, written};
use crate::basis::calendar::window::last_day;
use crate::basis::calendar::{Cycle, Window};
use crate::basis::text::{chinese_number, fold};

/// One occasion: a day, or consecutive days that count once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occasion {
    /// First day.
    pub first: NaiveDate,
    /// Last day.
    pub last: NaiveDate,
    /// The clock time; of two, the later one.
    pub clock: Option<NaiveTime>,
    /// Whether the days themselves are given; 5月上旬 leaves open which day it was.
    pub exact: bool,
}

impl Occasion {
    /// Whether it took place on a day.
    pub fn is_on(&self, day: NaiveDate) -> bool {
        (self.exact || self.first == self.last) && (self.first..=self.last).contains(&day)
    }
}

/// Reads the occasions in a text, in the order written. None when there is no date, or anything besides dates.
///
/// A missing year is the one that puts the first day nearest to the end of `window`, of one of half a year or more to its
/// middle, so that a day of it stays in it. A day without a month (5日) and a
/// repeated day (每周一, 每月5日) are taken inside the window. A month alone is not a day.
pub fn occasions(text: &str, window: &Window) -> Option<Vec<Occasion>> {
    if let Some(days) = repeated(text, window) {
        return Some(days).filter(|days| !days.is_empty());
    }
    let mut listed = scan::listed(text, window.end)?;
    complete(&mut listed.parts, Some(window));
    listed.parts.iter_mut().for_each(|part| of_the_month(part, window));
    if !written::is_end(&listed.rest) {
        return None;
    }
    let mut occasions: Vec<Occasion> = Vec::new();
    for (stretch, ends_range) in
        resolve(&listed.parts, near(window), Years::Nearest)?.into_iter().zip(listed.ends_range)
    {
        let first = match stretch.within {
            Within::Day(_) | Within::Tenth(_) | Within::Half(_) | Within::Week(_) => stretch.first,
            // 5月底 is taken as the last day of the month.
            Within::End => stretch.last,
            _ => return None,
        };
        let own = Occasion { first, last: stretch.last, clock: stretch.clock, exact: stretch.is_day() };
        match occasions.last_mut().filter(|_| ends_range) {
            Some(begun) => {
                begun.last = begun.last.max(own.last);
                begun.clock = own.clock.or(begun.clock);
                begun.exact &= own.exact;
            }
            None => occasions.push(own),
        }
    }
    Some(occasions)
}

/// The day near which days without a year are read: 5月12日 in the ledger of 2016 is not of 2017, though nearer to its end.
fn near(window: &Window) -> NaiveDate {
    let half = Days::new(window.days().unsigned_abs() / 2);
    let middle = window.start.checked_add_days(half).filter(|_| window.cycle >= Cycle::HalfYear);
    middle.unwrap_or(window.end)
}

/// In the ledger of a month, 第三周 is its third week and not that of the year.
fn of_the_month(part: &mut Partial, window: &Window) {
    if let Within::Week(1..=5) = part.within
        && part.month.is_none()
        && part.year.is_none()
        && window.cycle == Cycle::Month
    {
        (part.year, part.month) = (Some(window.start.year()), Some(window.start.month()));
    }
}

/// The days of a window on which 每周一, 每周二、四 or 每月5日 falls, with the clock time that follows.
fn repeated(text: &str, window: &Window) -> Option<Vec<Occasion>> {
    let folded = fold(text);
    let rest = folded.strip_prefix('每')?;
    let week = ["周", "星期", "礼拜"].iter().find_map(|word| rest.strip_prefix(word));
    let (named, asked): (&str, Box<dyn Fn(NaiveDate) -> bool>) = if let Some(rest) = week {
        let end = rest.find(|c| !"一二三四五六日天、,和及周至-".contains(c)).unwrap_or(rest.len());
        let days = weekdays(&rest[..end])?;
        (&rest[end..], Box::new(move |day| days.contains(&day.weekday().num_days_from_monday())))
    } else {
        let rest = rest.strip_prefix('个').unwrap_or(rest).strip_prefix('月')?;
        let end = rest.find(['日', '号'])?;
        let number = rest[..end].parse().ok().or_else(|| chinese_number(&rest[..end]))?;
        let last = |day: NaiveDate| last_day(day.year(), day.month()).map_or(31, |last| last.day());
        let after = rest[end..].trim_start_matches(['日', '号']);
        (after, Box::new(move |day| day.day() == number && number <= last(day)))
    };
    let clock = if named.is_empty() { None } else { Some(written::clock(named)?) };
    let days = window.start.iter_days().take_while(|day| *day <= window.end).filter(|day| asked(*day));
    Some(days.map(|day| Occasion { first: day, last: day, clock, exact: true }).collect())
}

/// Reads the weekdays in 一, 一、三, 一至五; Monday is 0.
fn weekdays(text: &str) -> Option<Vec<u32>> {
    let mut days: Vec<u32> = Vec::new();
    let mut range = false;
    for c in text.chars() {
        match "一二三四五六日".chars().position(|day| day == if c == '天' { '日' } else { c }) {
            Some(day) => {
                let day = day as u32;
                let from = days.last().filter(|_| range).map_or(day, |before| before + 1);
                days.extend(from..=day);
                range = false;
            }
            None => range = matches!(c, '至' | '-'),
        }
    }
    (!days.is_empty()).then_some(days)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Notation: 5.6 is a day, 5.6-5.8 consecutive days, 5.1~5.10 an unknown day in that range.
    fn told(text: &str, window: &str) -> String {
        let window = Window::parse(window, Cycle::Month).expect(window);
        let short = |day: NaiveDate| format!("{}.{}", day.month(), day.day());
        let one = |occasion: &Occasion| {
            let sign = if occasion.exact { "-" } else { "~" };
            let clock = occasion.clock.map_or(String::new(), |clock| clock.format(" %H:%M").to_string());
            match (occasion.first == occasion.last, occasion.exact) {
                (true, true) => format!("{}{clock}", short(occasion.first)),
                _ => format!("{}{sign}{}{clock}", short(occasion.first), short(occasion.last)),
            }
        };
        let all = occasions(text, &window);
        all.map_or("none".into(), |all| all.iter().map(one).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn several_days_in_one_cell() {
        for (text, expected) in [
            ("5月6日", "5.6"),
            ("5月6日、5月13日、5月20日", "5.6 5.13 5.20"),
            ("5月6日、13日、20日", "5.6 5.13 5.20"),
            ("5月6、13、20日", "5.6 5.13 5.20"),
            ("5月6日\n5月13日", "5.6 5.13"),
            ("5月6日/5月13日", "5.6 5.13"),
            ("2014.5.6\n2014.5.13", "5.6 5.13"),
            ("5.6\n5.13", "5.6 5.13"),
            ("2014/5/6 2014/5/13", "5.6 5.13"),
            ("2014.5.6\n9:30", "5.6 09:30"),
            ("2014/5/6 9:30", "5.6 09:30"),
            ("2014.5.6\n2014.5.13\n2014.5.20", "5.6 5.13 5.20"),
            ("2014.5.6，2014.5.13", "5.6 5.13"),
            ("5月6日；5月13日。", "5.6 5.13"),
            ("5月6日-8日", "5.6-5.8"),
            ("5月6日至8日、5月13日", "5.6-5.8 5.13"),
            ("5月6日——8日", "5.6-5.8"),
            ("4月28日、5月6日", "4.28 5.6"),
            ("5月上旬", "5.1~5.10"),
            ("5月第三周", "5.12~5.18"),
            ("第三周", "5.12~5.18"),
            ("第20周", "5.12~5.18"),
            ("5月上半月", "5.1~5.15"),
            ("5月底", "5.31~5.31"),
            ("5日", "5.5"),
            ("5日、12日", "5.5 5.12"),
            ("5、12、19日", "5.5 5.12 5.19"),
            ("5月6日上午9:00", "5.6 09:00"),
            ("每周一9:00", "5.5 09:00 5.12 09:00 5.19 09:00 5.26 09:00"),
            ("每周一至三", "5.5 5.6 5.7 5.12 5.13 5.14 5.19 5.20 5.21 5.26 5.27 5.28"),
            ("每月15日", "5.15"),
        ] {
            assert_eq!(told(text, "2014-05"), expected, "{text}");
        }
    }

    #[test]
    fn what_names_no_days() {
        for text in [
            "5月", "2014年5月", "年底", "上旬", "每周", "每周一次", "每月", "每月32日", "5月6日开展活动3次", "近期",
            "3次", "9:30",
        ] {
            assert_eq!(told(text, "2014-05"), "none", "{text}");
        }
        assert_eq!(told("5日", "2014-Q2"), "none", "each of the three months has one");
        assert_eq!((told("5日", "2014-W40"), told("8日", "2014-W40")), ("10.5".into(), "none".into()));
        assert_eq!(told("31日", "2014-02"), "none");
    }

    #[test]
    fn a_day_without_a_year_is_of_the_window() {
        let year = |text: &str, window: &str| {
            let window = Window::parse(window, Cycle::Month).expect(window);
            occasions(text, &window).and_then(|all| Some(all.first()?.first.year()))
        };
        for (text, window, expected) in [
            ("1月1日", "2014", 2014),
            ("5月12日", "2014", 2014),
            ("12月31日", "2014", 2014),
            ("1月1日", "2016", 2016),
            ("12月31日", "2016", 2016),
            ("7月1日", "2014-H2", 2014),
            ("12月28日", "2014-H1", 2013),
            ("1月3日", "2014-H2", 2015),
            ("7月1日", "2014-Q3", 2014),
            ("3月5日", "2014-08", 2014),
            ("12月30日", "2014-01", 2013),
        ] {
            assert_eq!(year(text, window), Some(expected), "{text} {window}");
        }
    }

    #[test]
    fn an_occasion_is_on_its_days() {
        let on = |text: &str, day: u32| {
            let window = Window::parse("2014-05", Cycle::Month).expect("a window");
            let day = NaiveDate::from_ymd_opt(2014, 5, day).expect("a day");
            occasions(text, &window).expect(text).iter().any(|occasion| occasion.is_on(day))
        };
        assert!(on("5月6日-8日", 7) && !on("5月6日、8日", 7) && !on("5月6日-8日", 9));
        assert!(!on("5月上旬", 5) && on("5月底", 31) && !on("5月底", 30));
    }
}
