//! Windows and days as reports write them: 8月, 第33周, 第三季度.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};

use super::{Cycle, Window};
use crate::basis::Lang;

/// The code that a spreadsheet took for a day: 1-3 of 3 January.
pub fn code_of_day(day: NaiveDate) -> String {
    format!("{}-{}", day.month(), day.day())
}

impl Window {
    /// The window as part of a sentence: in Chinese in words and without the year (unless the window is a year), in
    /// English its label.
    pub fn words(&self, lang: Lang) -> String {
        if lang == Lang::En {
            return self.label();
        }
        let (month, part) = (self.start.month(), (self.start.day() - 1) / 10);
        let of = |names: [&str; 4], at: u32| names.get(at as usize).copied().unwrap_or_default().to_owned();
        match self.cycle {
            Cycle::Day => day_words(self.start, lang),
            Cycle::Week => format!("第{}周（{}）", self.start.iso_week().week(), days_words(self.start, self.end)),
            Cycle::TenDays => format!("{month}月{}", of(["上旬", "中旬", "下旬", "下旬"], part)),
            Cycle::HalfMonth => format!("{month}月{}", if self.start.day() == 1 { "上半月" } else { "下半月" }),
            Cycle::Month => format!("{month}月"),
            Cycle::Quarter => of(["第一季度", "第二季度", "第三季度", "第四季度"], (month - 1) / 3),
            Cycle::HalfYear => if month == 1 { "上半年" } else { "下半年" }.to_owned(),
            Cycle::Year | Cycle::Once => format!("{}年", self.start.year()),
        }
    }

    /// The window in words with its year, as titles and letters write it: 2014年8月, 2014年第三季度. In English its label.
    pub fn full_words(&self, lang: Lang) -> String {
        let words = self.words(lang);
        match (lang, self.cycle) {
            (Lang::En, _) | (Lang::Zh, Cycle::Year | Cycle::Once) => words,
            // The ISO year of a week can differ from the year of its first day.
            (Lang::Zh, Cycle::Week) => format!("{}年{words}", self.start.iso_week().year()),
            (Lang::Zh, _) => format!("{}年{words}", self.start.year()),
        }
    }
}

/// A label as part of a sentence, with its year: `2019-08-T2` becomes 2019年8月中旬. In English, and where the text is
/// not a label, it is returned unchanged.
pub fn label_words(label: &str, lang: Lang) -> Cow<'_, str> {
    match Window::parse(label, Cycle::Day) {
        Some(window) if lang == Lang::Zh => Cow::Owned(window.full_words(lang)),
        _ => Cow::Borrowed(label),
    }
}

/// A moment as part of a sentence: 2014年9月5日17时 in Chinese, 2014-09-05 17:00 in English; of the end of a day only the
/// day.
pub fn moment_words(at: NaiveDateTime, lang: Lang) -> String {
    let words = match (lang, at.hour(), at.minute()) {
        (Lang::Zh, 23, 59) => "%Y年%-m月%-d日",
        (Lang::Zh, _, 0) => "%Y年%-m月%-d日%-H时",
        (Lang::Zh, ..) => "%Y年%-m月%-d日%-H时%-M分",
        (Lang::En, 23, 59) => "%Y-%m-%d",
        (Lang::En, ..) => "%Y-%m-%d %H:%M",
    };
    at.format(words).to_string()
}

/// A period in brackets behind a word; what stands in brackets in it goes behind a comma: （第43周，10月20日至26日）.
pub fn in_brackets(words: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("（{}）", words.trim_end_matches('）').replace('（', "，")),
        Lang::En => format!(" ({words})"),
    }
}

/// Some periods of one cycle in a sentence, those that follow each other as one: 7月上旬至8月中旬、9月上旬.
pub fn periods(periods: &[Window], lang: Lang) -> String {
    let mut sorted = periods.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    let follows = |a: &Window, b: &Window| a.cycle == b.cycle && a.next() == *b;
    let bare = |window: &Window| -> String {
        let words = window.words(lang);
        words.split_once('（').map_or(words.clone(), |(bare, _)| bare.to_owned())
    };
    let run = |run: &[Window]| match run {
        [first, .., last] if run.len() > 2 => {
            let span =
                lang.pick(format!("{}至{}", bare(first), bare(last)), format!("{} to {}", bare(first), bare(last)));
            match (first.cycle, lang) {
                (Cycle::Week, Lang::Zh) => {
                    format!("{span}（{}至{}）", day_words(first.start, lang), day_words(last.end, lang))
                }
                _ => span,
            }
        }
        few => few.iter().map(|window| window.words(lang)).collect::<Vec<_>>().join(lang.pick("、", ", ")),
    };
    sorted.chunk_by(follows).map(run).collect::<Vec<_>>().join(lang.pick("、", ", "))
}

/// A day as part of a sentence: 8月15日 in Chinese, 2014-08-15 in English.
pub fn day_words(day: NaiveDate, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{}月{}日", day.month(), day.day()),
        Lang::En => day.to_string(),
    }
}

/// A day as 2014-08-15. Ledgers hold one in every row, and the general formatter takes ten times as long.
pub fn in_iso(day: NaiveDate) -> String {
    let Some(year) = u32::try_from(day.year()).ok().filter(|year| *year < 10_000) else { return day.to_string() };
    let mut text = String::with_capacity("2014-08-15".len());
    for (nth, number) in [year / 100, year % 100, day.month(), day.day()].into_iter().enumerate() {
        if nth > 1 {
            text.push('-');
        }
        text.extend([number / 10, number % 10].map(|digit| char::from(b'0' + digit as u8)));
    }
    text
}

/// Two days as part of a sentence: 8月11日至17日, 12月31日至1月6日.
fn days_words(first: NaiveDate, last: NaiveDate) -> String {
    let until = if first.month() == last.month() { format!("{}日", last.day()) } else { day_words(last, Lang::Zh) };
    format!("{}至{until}", day_words(first, Lang::Zh))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_digits() {
        for (year, month, day) in [(2014, 8, 15), (1, 1, 1), (9999, 12, 31), (10_000, 10, 9), (-1, 2, 3), (0, 11, 30)] {
            let day = NaiveDate::from_ymd_opt(year, month, day).expect("a day");
            assert_eq!(in_iso(day), day.to_string());
        }
    }

    #[test]
    fn windows_in_words() {
        for (label, words) in [
            ("2014-08", "8月"),
            ("2014-W33", "第33周（8月11日至17日）"),
            ("2014-08-T3", "8月下旬"),
            ("2014-08-H2", "8月下半月"),
            ("2014-Q3", "第三季度"),
            ("2014-H2", "下半年"),
            ("2014", "2014年"),
        ] {
            let window = Window::parse(label, Cycle::Month).expect(label);
            assert_eq!((window.words(Lang::Zh), window.words(Lang::En)), (words.into(), label.into()));
        }
    }

    #[test]
    fn a_period_in_brackets_has_no_brackets_of_its_own() {
        let zh = |words| in_brackets(words, Lang::Zh);
        assert_eq!(zh("第43周（10月20日至26日）"), "（第43周，10月20日至26日）");
        assert_eq!(
            (zh("8月下半月").as_str(), in_brackets("2014-08-H2", Lang::En).as_str()),
            ("（8月下半月）", " (2014-08-H2)")
        );
    }

    #[test]
    fn moments_in_words() {
        for (at, zh, en) in [
            ("2014-09-05T17:00:00", "2014年9月5日17时", "2014-09-05 17:00"),
            ("2014-09-05T08:05:59", "2014年9月5日8时5分", "2014-09-05 08:05"),
            ("2014-09-05T23:58:00", "2014年9月5日23时58分", "2014-09-05 23:58"),
            ("2014-09-05T23:59:59", "2014年9月5日", "2014-09-05"),
        ] {
            let at = at.parse().expect("a moment");
            assert_eq!((moment_words(at, Lang::Zh), moment_words(at, Lang::En)), (zh.into(), en.into()));
        }
    }

    #[test]
    fn labels_in_words_with_their_year() {
        for (label, words) in [
            ("2014-08", "2014年8月"),
            ("2019-08-T2", "2019年8月中旬"),
            ("2019-W01", "2019年第1周（12月31日至1月6日）"),
            ("2021-H1", "2021年上半年"),
            ("2019-08-11", "2019年8月11日"),
            ("2014", "2014年"),
            ("2014-07 – 2014-08", "2014-07 – 2014-08"),
        ] {
            assert_eq!((label_words(label, Lang::Zh), label_words(label, Lang::En)), (words.into(), label.into()));
        }
    }

    #[test]
    fn periods_that_follow_each_other_are_one() {
        let of = |labels: &[&str]| {
            let windows: Vec<Window> = labels.iter().filter_map(|label| Window::parse(label, Cycle::Month)).collect();
            assert_eq!(windows.len(), labels.len());
            periods(&windows, Lang::Zh)
        };
        assert_eq!(of(&["2025-07-T1", "2025-07-T3", "2025-07-T2", "2025-08-T1"]), "7月上旬至8月上旬");
        assert_eq!(of(&["2025-07-T1", "2025-07-T2"]), "7月上旬、7月中旬");
        assert_eq!(of(&["2025-W28", "2025-W29", "2025-W30"]), "第28周至第30周（7月7日至7月27日）");
        assert_eq!(of(&["2025-W28"]), "第28周（7月7日至13日）");
        assert_eq!(of(&["2025-07", "2025-09"]), "7月、9月");
    }
}
