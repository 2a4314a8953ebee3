//! The period that a title or a file name names: 2014年8月, 三季度, 上半年, 第17周.

use chrono::{Datelike, NaiveDate};

use crate::basis::calendar::{Cycle, Window};
use crate::basis::text::{chinese_number, fold};

/// What a text names, piece by piece.
#[derive(Clone, Copy, Debug, Default)]
struct Named {
    year: Option<i32>,
    half: Option<u32>,
    quarter: Option<u32>,
    month: Option<u32>,
    /// 上旬 中旬 下旬 as 1 to 3.
    tenth: Option<u32>,
    /// 上半月 下半月 as 1 and 2.
    half_month: Option<u32>,
    week: Option<u32>,
    day: bool,
}

/// The period a text names, in its own cycle (a month is a month, whatever the campaign's cycle); a year that is not
/// written is the one that puts it nearest to `near`. Of a range of months the last one counts: 1-8月 is a report of
/// August. None when it names none, or a single day.
pub(super) fn period(text: &str, near: NaiveDate) -> Option<Window> {
    let named = scan(&fold(text));
    let middle = |month: u32, day: u32| match named.year {
        Some(year) => NaiveDate::from_ymd_opt(year, month, day),
        None => (near.year() - 1..=near.year() + 1)
            .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day))
            .min_by_key(|candidate| (*candidate - near).num_days().abs()),
    };
    let window = |cycle, day| Some(Window::containing(cycle, day));
    match named {
        Named { week: Some(week), .. } => {
            let year = named.year.unwrap_or(near.year());
            NaiveDate::from_isoywd_opt(year, week, chrono::Weekday::Mon).and_then(|day| window(Cycle::Week, day))
        }
        Named { month: Some(month), tenth: Some(tenth), .. } => window(Cycle::TenDays, middle(month, tenth * 10 - 5)?),
        Named { month: Some(month), half_month: Some(half), .. } => window(Cycle::HalfMonth, middle(month, half * 12)?),
        Named { month: Some(_), day: true, .. } => None,
        Named { month: Some(month), .. } => window(Cycle::Month, middle(month, 15)?),
        Named { quarter: Some(quarter), .. } => window(Cycle::Quarter, middle(quarter * 3 - 1, 15)?),
        Named { half: Some(half), .. } => window(Cycle::HalfYear, middle(half * 6 - 3, 30)?),
        Named { year: Some(year), .. } => window(Cycle::Year, NaiveDate::from_ymd_opt(year, 7, 1)?),
        _ => None,
    }
}

fn scan(folded: &str) -> Named {
    let mut named = Named::default();
    let mut rest = folded;
    while let Some(first) = rest.chars().next() {
        let chinese = rest.len() - rest.trim_start_matches(|c| "〇零○一二三四五六七八九十".contains(c)).len();
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let length = chinese.max(digits);
        if length == 0 {
            for (word, half) in [("上半年", 1), ("下半年", 2)] {
                if rest.starts_with(word) {
                    named.half = Some(half);
                }
            }
            if let Some(quarter) = rest.strip_prefix('q').and_then(|r| r.chars().next()).and_then(|c| c.to_digit(10)) {
                named.quarter = Some(quarter).filter(|q| (1..=4).contains(q)).or(named.quarter);
            }
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let (token, after) = rest.split_at(length);
        let number = if digits > 0 { token.parse().ok() } else { chinese_number(token) };
        rest = after;
        let Some(number) = number else { continue };
        rest = take(&mut named, number, digits, after);
    }
    named
}

/// Reads a number with what follows it, and says where to go on.
fn take<'a>(named: &mut Named, number: u32, digits: usize, after: &'a str) -> &'a str {
    let year = |n: u32| (1990..2100).contains(&n).then_some(n.cast_signed());
    let month = |n: u32| (1..=12).contains(&n).then_some(n);
    let is_digit = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    if let Some(rest) = after.strip_prefix("年") {
        if let Some(year) = year(number) {
            named.year = named.year.or(Some(year));
        }
        return rest;
    }
    if let Some(rest) = after.strip_prefix("月") {
        if rest.starts_with(['前', '底']) && rest.trim_start_matches('底').starts_with('前') {
            return rest; // a deadline
        }
        if let Some(month) = month(number) {
            named.month = Some(month);
            let rest = rest.trim_start_matches('份');
            named.tenth = ["上旬", "中旬", "下旬"].iter().position(|w| rest.starts_with(w)).map(|at| at as u32 + 1);
            named.half_month = ["上半月", "下半月"].iter().position(|w| rest.starts_with(w)).map(|at| at as u32 + 1);
            let day = rest.trim_start_matches(|c: char| c.is_ascii_digit());
            named.day = day.len() < rest.len() && day.starts_with(['日', '号']);
        }
        return rest;
    }
    if let Some(rest) = after.strip_prefix("季度") {
        named.quarter = Some(number).filter(|n| (1..=4).contains(n)).or(named.quarter);
        return rest;
    }
    if let Some(rest) = after.strip_prefix("周").filter(|rest| !rest.starts_with('年')) {
        named.week = Some(number).filter(|n| (1..=53).contains(n)).or(named.week);
        return rest;
    }
    // 2014-08, 2014.8, 2014-08-31, 201408, 20140831.
    if digits == 4
        && let Some(year) = year(number)
        && let Some(rest) = after.strip_prefix(['-', '.', '/', '_'])
        && is_digit(rest)
    {
        let length = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if let Some(found) = rest[..length].parse().ok().and_then(month).filter(|_| length <= 2) {
            (named.year, named.month) = (Some(year), Some(found));
            let tail = &rest[length..];
            named.day = tail.strip_prefix(['-', '.', '/', '_']).is_some_and(is_digit);
            return tail.trim_start_matches(|c: char| c.is_ascii_digit() || "-./_".contains(c));
        }
    }
    let (compact, day) = if digits == 8 { (number / 100, true) } else { (number, false) };
    if (digits == 6 || digits == 8)
        && let (Some(year), Some(month)) = (year(compact / 100), month(compact % 100))
    {
        (named.year, named.month, named.day) = (Some(year), Some(month), day);
    }
    after
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_in_titles_and_names() {
        let near = NaiveDate::from_ymd_opt(2014, 8, 31).expect("a day");
        for (text, label) in [
            ("云州市2014年8月创建工作台账", "2014-08"),
            ("8月份台账", "2014-08"),
            ("二〇一四年八月工作台账", "2014-08"),
            ("综合科台账201408", "2014-08"),
            ("2014-08综合科", "2014-08"),
            ("2014年创建台账（1-8月）", "2014-08"),
            ("2014年第三季度", "2014-Q3"),
            ("三季度台账", "2014-Q3"),
            ("2014年上半年", "2014-H1"),
            ("2014年度创建台账", "2014"),
            ("12月台账", "2014-12"),
            ("2014年8月上旬", "2014-08-T1"),
            ("8月下半月", "2014-08-H2"),
            ("2014年第17周", "2014-W17"),
        ] {
            assert_eq!(period(text, near).map(|w| w.label()).as_deref(), Some(label), "{text}");
        }
        for none in [
            "创文办〔2014〕25号",
            "综合科台账（最终版）(1)",
            "第四届",
            "8月底前完成",
            "2014年8月31日",
            "台账20140831",
            "3月5日活动",
        ] {
            assert_eq!(period(none, near).map(|w| w.label()), None, "{none}");
        }
    }
}
