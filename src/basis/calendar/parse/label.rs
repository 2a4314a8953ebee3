//! Window labels, also in the forms people write: 2014-08, 2014年8月, 2019年第三季度, 2018年第17周.

use chrono::{NaiveDate, Weekday};

use super::partial::{Years, resolve};
use super::{scan, written};
use crate::basis::calendar::{Cycle, Window};
use crate::basis::text::fold;

impl Window {
    /// Reads a window: a label (`2014-08`), the forms people write (2014年8月, 2019年第三季度, 2021年上半年, 2018年第17周),
    /// or a day, which stands for the window of `cycle` that contains it. A label of another cycle gives a window of that
    /// cycle. None when the year is missing, because it is not guessed here.
    pub fn parse(text: &str, cycle: Cycle) -> Option<Window> {
        if let Some(window) = labelled(text) {
            return Some(window);
        }
        if let Some((day, _)) = written::full(text) {
            return Some(Window::containing(cycle, day));
        }
        let folded = fold(text);
        let bare = ["年度", "全年", "年"].iter().find_map(|end| folded.strip_suffix(end)).unwrap_or(&folded);
        if let Some(year) = bare.parse().ok().filter(|year| bare.len() == 4 && (1900..2200).contains(year)) {
            return Some(Window::containing(Cycle::Year, NaiveDate::from_ymd_opt(year, 1, 1)?));
        }
        // 今年8月 depends on the day it is read, so it must be rejected: read from two days far apart it differs.
        let [early, late] = written::far_apart()?;
        let read = |near| -> Option<Window> {
            let listed = scan::listed(text, near)?;
            let [part] = listed.parts.as_slice() else { return None };
            part.year.filter(|_| listed.rest.is_empty())?;
            let first = resolve(&[*part], near, Years::Same)?.first()?.first;
            Some(Window::containing(part.cycle()?, first))
        };
        read(early).filter(|window| read(late) == Some(*window))
    }
}

/// The window of several days whose label a text is. Every finding has one, and reading it as people's words takes long.
fn labelled(text: &str) -> Option<Window> {
    let number =
        |digits: &[u8]| digits.iter().try_fold(0, |n, &d| d.is_ascii_digit().then(|| n * 10 + u32::from(d - b'0')));
    let (year, rest) = text.as_bytes().split_at_checked(4)?;
    let year = number(year).filter(|year| (1900..2200).contains(year))?.cast_signed();
    let from =
        |month: u32, part: u8, days: u8| NaiveDate::from_ymd_opt(year, month, u32::from((part - b'1') * days) + 1);
    let (cycle, first) = match *rest {
        [] => (Cycle::Year, from(1, b'1', 0)?),
        [b'-', b'H', half @ b'1'..=b'2'] => (Cycle::HalfYear, from(u32::from(half - b'1') * 6 + 1, b'1', 0)?),
        [b'-', b'Q', quarter @ b'1'..=b'4'] => (Cycle::Quarter, from(u32::from(quarter - b'1') * 3 + 1, b'1', 0)?),
        [b'-', b'W', ref week @ ..] if week.len() == 2 => {
            (Cycle::Week, NaiveDate::from_isoywd_opt(year, number(week)?, Weekday::Mon)?)
        }
        [b'-', ref month @ ..] if month.len() == 2 => (Cycle::Month, from(number(month)?, b'1', 0)?),
        [b'-', m, n, b'-', b'H', half @ b'1'..=b'2'] => (Cycle::HalfMonth, from(number(&[m, n])?, half, 15)?),
        [b'-', m, n, b'-', b'T', part @ b'1'..=b'3'] => (Cycle::TenDays, from(number(&[m, n])?, part, 10)?),
        _ => return None,
    };
    Some(Window::containing(cycle, first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_label_is_told_by_itself() {
        let cycles =
            [Cycle::Week, Cycle::TenDays, Cycle::HalfMonth, Cycle::Month, Cycle::Quarter, Cycle::HalfYear, Cycle::Year];
        let first = NaiveDate::from_ymd_opt(2014, 12, 20).expect("a day");
        for (cycle, day) in cycles.iter().flat_map(|&cycle| first.iter_days().take(800).map(move |day| (cycle, day))) {
            let window = Window::containing(cycle, day);
            assert_eq!(labelled(&window.label()), Some(window), "{window:?}");
        }
        for text in ["2014-W53", "2014-13", "2014-00", "2014-Q5", "2014-08-H3", "2014-08-15", "2014-1", "2014年", "九"]
        {
            assert_eq!(labelled(text), None, "{text}");
        }
    }

    #[test]
    fn labels_as_people_write_them() {
        for (text, label) in [
            ("2014年8月", "2014-08"),
            ("2014年八月份", "2014-08"),
            ("２０１４.8", "2014-08"),
            ("201408", "2014-08"),
            ("2018年第17周", "2018-W17"),
            ("2018w17", "2018-W17"),
            ("2019年第三季度", "2019-Q3"),
            ("2019年3季度", "2019-Q3"),
            ("2019q3", "2019-Q3"),
            ("2021年上半年", "2021-H1"),
            ("2019年8月中旬", "2019-08-T2"),
            ("2026年11月上半月", "2026-11-H1"),
            ("2014年8月第1周", "2014-W32"),
            ("2014年", "2014"),
            ("2019年8月下半月", "2019-08-H2"),
            ("2019年度", "2019"),
            ("2014-08-15", "2014-08"),
            ("2014年8月15日", "2014-08"),
        ] {
            assert_eq!(Window::parse(text, Cycle::Month).map(|w| w.label()), Some(label.into()), "{text}");
        }
        let week = Window::parse("2014-08-15", Cycle::Week).map(|w| w.label());
        assert_eq!(week, Some("2014-W33".into()));
        for text in [
            "", "8月", "8月15日", "2014-13", "2014-00", "2014-W54", "2014-Q5", "2014-Q0", "本月", "今年8月",
            "2014年8-9月", "2014年8月台账", "20143", "二〇",
        ] {
            assert_eq!(Window::parse(text, Cycle::Month), None, "{text}");
        }
    }
}
