//! Reads dates out of text, token by token.

use chrono::{Datelike, NaiveDate};

use super::partial::{Partial, Stretch, Within, Years, complete, resolve};
use super::tokens::Scan;

/// Partial dates, one after another.
#[derive(Clone, Debug, Default)]
pub(super) struct Listed {
    pub(super) parts: Vec<Partial>,
    /// For each date, whether it is the end of a range that the date before it begins (5月6日-8日).
    pub(super) ends_range: Vec<bool>,
    /// The text after the dates.
    pub(super) rest: String,
}

/// Reads the dates at the beginning of a text, without supplying missing parts.
pub(super) fn listed(text: &str, near: NaiveDate) -> Option<Listed> {
    let mut scan = Scan::new(text, near)?;
    scan.skip_any(&["截至", "截止", "从", "自", "于", "在", "至", "到", "(", "\"", "即日起"]);
    scan.skip_any(&["至", "到", "-", "~"]);
    let (parts, ends_range) = scan.list()?;
    Some(Listed { parts, ends_range, rest: scan.rest() })
}

/// Reads the dates at the beginning of a text (a range or list gives several) and returns them with the text after them.
pub(super) fn dates(text: &str, near: NaiveDate, years: Years) -> Option<(Vec<Stretch>, String)> {
    let mut listed = listed(text, near)?;
    complete(&mut listed.parts, None);
    Some((resolve(&listed.parts, near, years)?, listed.rest))
}

impl Scan {
    /// One date or several, and for each whether it ends a range.
    pub(super) fn list(&mut self) -> Option<(Vec<Partial>, Vec<bool>)> {
        let (mut parts, mut ends_range) = (vec![self.date()?], vec![false]);
        loop {
            let before = self.at;
            self.skip_any(&["起", "开始"]);
            let range = self.skip_any(&["至", "到", "-", "~"]);
            let joined = range || self.skip_any(&["、", ",", ";", "和", "及", "与"]);
            let dashed = joined && self.skip("-");
            if !joined {
                self.skip("/");
            }
            // 5月6日 5月13日, 5月6日/5月13日: without a separator that says so only a date written with 月 counts.
            if let Some(part) = self.date().filter(|part| joined || part.marked && part.month.is_some()) {
                parts.push(part);
                ends_range.push(range || dashed);
            } else {
                self.at = before;
                return Some((parts, ends_range));
            }
        }
    }

    /// Reads one date with its weekday and clock time.
    fn date(&mut self) -> Option<Partial> {
        let mut date = self.bare_date()?;
        let bracket = self.at;
        let open = self.skip("(");
        let weekday = self.skip_any(&["星期", "礼拜", "周"])
            && self.skip_any(&["一", "二", "三", "四", "五", "六", "日", "天"])
            && (!open || self.skip(")"));
        if !weekday {
            self.at = bracket;
        }
        let before = self.at;
        if self.sign(0) == Some('t') && self.number(1).is_some() || self.sign(0) == Some(',') {
            self.at += 1;
        }
        date.clock = self.clock();
        if date.clock.is_none() {
            self.at = before;
            self.skip_any(HALVES_OF_DAY);
        } else {
            let before = self.at;
            match self.skip_any(&["-", "~", "至", "到"]).then(|| self.clock()).flatten() {
                Some(later) => date.clock = Some(later),
                None => self.at = before,
            }
        }
        Some(date)
    }

    fn bare_date(&mut self) -> Option<Partial> {
        if let Some((year, year_after)) = self.year_word() {
            let date = self.in_year().unwrap_or_default();
            return Some(Partial { year, year_after, marked: true, ..date });
        }
        if let Some((year, digits @ (2 | 4))) = self.number(0)
            && self.sign(1) == Some('年')
        {
            self.at += 2;
            self.skip_any(&["度", "的", "全年"]);
            if self.skip_any(&["底", "末", "内"]) {
                let year = Some(full_year(year, digits)?);
                return Some(Partial { year, within: Within::YearEnd, marked: true, ..Partial::default() });
            }
            let date = self.in_year().unwrap_or_default();
            return Some(Partial { year: Some(full_year(year, digits)?), marked: true, ..date });
        }
        if let Some(date) = self.separated() {
            return Some(date);
        }
        if let Some(date) = self.label() {
            return Some(date);
        }
        if let Some((number, 6)) = self.number(0)
            && let Some(year) = full_year(number / 100, 4)
            && let month @ 1..=12 = number % 100
        {
            self.at += 1;
            return Some(Partial { year: Some(year), month: Some(month), ..Partial::default() });
        }
        if let Some((number, 8)) = self.number(0) {
            let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
            self.at += 1;
            let year = Some(full_year(year, 4)?);
            return Some(Partial { year, month: Some(month), within: Within::Day(day), ..Partial::default() });
        }
        self.in_year()
    }

    /// Reads 今年, 去年 and the like: the year, and whether it is the one after that of the date before (次年).
    fn year_word(&mut self) -> Option<(Option<i32>, bool)> {
        let words: [(&[&str], i32); 3] = [(&["今年", "本年", "当年"], 0), (&["去年", "上年"], -1), (&["明年"], 1)];
        if self.skip_any(&["次年", "翌年"]) {
            return Some((None, true));
        }
        let away = words.iter().find_map(|(words, away)| self.skip_any(words).then_some(away))?;
        self.skip_any(&["度", "的"]);
        Some((Some(self.near.year() + away), false))
    }

    /// Reads numbers with separators: 2014.8.15, 14-8-15, 2014/8 (a month), 8.15.
    fn separated(&mut self) -> Option<Partial> {
        let is_mark = |c: Option<char>| matches!(c, Some('年' | '月' | '日' | '号' | '份' | ':' | '时' | '点'));
        let separator = self.sign(1).filter(|c| ".-/、_".contains(*c))?;
        let ((a, a_digits), (b, b_digits)) = (self.number(0)?, self.number(2)?);
        let third = self.number(4).filter(|(_, digits)| *digits <= 2 && self.sign(3) == Some(separator));
        if let Some((c, _)) = third
            && b_digits <= 2
            && let Some(year) = full_year(a, a_digits)
            && let Some(_) = NaiveDate::from_ymd_opt(year, b, c)
            && (self.sign(5) == Some('日') || !is_mark(self.sign(5)))
        {
            self.at += 5;
            self.skip("日");
            return Some(Partial { year: Some(year), month: Some(b), within: Within::Day(c), ..Partial::default() });
        }
        // 1-2-3 is a task code, 8-15-8-20 a range.
        let code = third.is_some() && self.sign(5) != Some(separator);
        if is_mark(self.sign(3)) || b_digits > 2 || separator == '、' || code {
            return None;
        }
        if a_digits == 4 && (1..=12).contains(&b) {
            self.at += 3;
            let within = self.part_of_month();
            return Some(Partial { year: Some(full_year(a, 4)?), month: Some(b), within, ..Partial::default() });
        }
        // 2012 is a leap year, so 2月29日 passes too.
        (a_digits <= 2 && NaiveDate::from_ymd_opt(2012, a, b).is_some()).then(|| {
            self.at += 3;
            Partial { month: Some(a), within: Within::Day(b), ..Partial::default() }
        })
    }

    /// Reads a window label: 2018-W17, 2018w17, 2019-Q3, 2021-H1.
    fn label(&mut self) -> Option<Partial> {
        let (year, 4) = self.number(0)? else { return None };
        let year = Some(full_year(year, 4)?);
        let ahead = 1 + usize::from(matches!(self.sign(1), Some('-' | '_')));
        let (nth, _) = self.number(ahead + 1)?;
        let within = match (self.sign(ahead)?, nth) {
            ('w', 1..=53) => Within::Week(nth),
            ('q', 1..=4) => Within::Months(nth * 3 - 2, nth * 3),
            ('h', 1..=2) => Within::Months(nth * 6 - 5, nth * 6),
            _ => return None,
        };
        self.at += ahead + 2;
        Some(Partial { year, within, ..Partial::default() })
    }

    /// Reads the end of a window label after its month: 2019-08-T2, 2019-08-H1.
    fn part_of_month(&mut self) -> Within {
        let within = match (self.sign(0), self.sign(1), self.number(2)) {
            (Some('-' | '_'), Some('t'), Some((nth @ 1..=3, 1))) => Within::Tenth(nth),
            (Some('-' | '_'), Some('h'), Some((nth @ 1..=2, 1))) => Within::Half(nth),
            _ => return Within::Whole,
        };
        self.at += 3;
        within
    }

    /// Reads 第17周, 第三个星期; 第10周年 is an anniversary, not a week.
    fn nth_week(&mut self) -> Option<u32> {
        let before = self.at;
        self.skip("的");
        let nth = self.skip("第").then(|| self.number(0)).flatten().filter(|(nth, _)| (1..=53).contains(nth));
        if let Some((nth, _)) = nth {
            self.at += 1;
            self.skip("个");
            if self.skip_any(&["周", "星期"]) && self.sign(0) != Some('年') {
                return Some(nth);
            }
        }
        self.at = before;
        None
    }

    /// Reads what may follow a year: 8月15日, 8月底, 上半年, 三季度, 年底; also a day or a bare number.
    fn in_year(&mut self) -> Option<Partial> {
        let marked = |month, within| Some(Partial { month, within, marked: true, ..Partial::default() });
        if self.skip_any(&["上半年"]) {
            return marked(None, Within::Months(1, 6));
        }
        if self.skip_any(&["下半年"]) {
            return marked(None, Within::Months(7, 12));
        }
        if self.skip_any(&["年底", "年末", "年内", "年终"]) {
            return marked(None, Within::YearEnd);
        }
        if let Some(nth) = self.nth_week() {
            return marked(None, Within::Week(nth));
        }
        if let (Some('q'), Some((quarter @ 1..=4, 1))) = (self.sign(0), self.number(1)) {
            self.at += 2;
            return marked(None, Within::Months(quarter * 3 - 2, quarter * 3));
        }
        let ordinal = self.at;
        self.skip("第");
        if let Some((quarter @ 1..=4, _)) = self.number(0)
            && self.sign(1) == Some('季')
        {
            self.at += 2;
            self.skip("度");
            self.skip_any(&["末", "底"]);
            return marked(None, Within::Months(quarter * 3 - 2, quarter * 3));
        }
        self.at = ordinal;
        let (number, digits) = self.number(0)?;
        match self.sign(1) {
            Some('月') if (1..=12).contains(&number) => {
                self.at += 2;
                self.skip("份");
                marked(Some(number), self.in_month())
            }
            Some('日' | '号') if (1..=31).contains(&number) => {
                self.at += 2;
                marked(None, Within::Day(number))
            }
            _ if digits <= 2 => {
                self.at += 1;
                Some(Partial { within: Within::Bare(number), ..Partial::default() })
            }
            _ => None,
        }
    }

    fn in_month(&mut self) -> Within {
        for (tenth, word) in ["上旬", "中旬", "下旬"].iter().enumerate() {
            if self.skip(word) {
                return Within::Tenth(tenth as u32 + 1);
            }
        }
        for (half, word) in ["上半月", "下半月"].iter().enumerate() {
            if self.skip(word) {
                return Within::Half(half as u32 + 1);
            }
        }
        if self.skip_any(&["底", "末"]) {
            return Within::End;
        }
        if let Some(nth) = self.nth_week() {
            return Within::Week(nth);
        }
        match (self.number(0), self.sign(1)) {
            (Some((day, 1..=2)), follows) if !matches!(follows, Some('月' | '年' | ':' | '时' | '点')) => {
                self.at += 1;
                self.skip_any(&["日", "号"]);
                Within::Day(day)
            }
            _ => Within::Whole,
        }
    }
}

const HALVES_OF_DAY: &[&str] = &["上午", "下午", "早上", "晚上", "中午", "全天"];

/// A year from four digits, or from two digits in this century.
fn full_year(year: u32, digits: usize) -> Option<i32> {
    match (year, digits) {
        (1900..2200, 4) => i32::try_from(year).ok(),
        (_, 2) => i32::try_from(2000 + year).ok(),
        _ => None,
    }
}
