//! Deadlines that come again in every period of a cycle: 每月28日前, 月后18日前, 季末月20日前, 每周五前.

use crate::basis::calendar::Cycle;
use crate::basis::text::chinese_number;

/// From where the day of a repeated deadline is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// The first day of the period.
    Period,
    /// The first day of its first month (每季度首月10日前).
    FirstMonth,
    /// The first day of its last month (季末月20日前).
    LastMonth,
    /// The first day of the period after (月后18日前).
    Next,
}

/// A day that means the last one of any period.
const LAST: u32 = 366;

/// What begins such a deadline: its cycle, and from where its day is counted. Where one word begins with another, the longer
/// one comes first.
const PERIODS: &[(&str, Cycle, Start)] = &[
    ("每个月", Cycle::Month, Start::Period),
    ("每月", Cycle::Month, Start::Period),
    ("次月", Cycle::Month, Start::Next),
    ("月后", Cycle::Month, Start::Next),
    ("当月", Cycle::Month, Start::Period),
    ("月", Cycle::Month, Start::Period),
    ("每个季度", Cycle::Quarter, Start::Period),
    ("每季度", Cycle::Quarter, Start::Period),
    ("每季", Cycle::Quarter, Start::Period),
    ("季度", Cycle::Quarter, Start::Period),
    ("季后", Cycle::Quarter, Start::Next),
    ("季", Cycle::Quarter, Start::Period),
    ("每旬", Cycle::TenDays, Start::Period),
    ("旬", Cycle::TenDays, Start::Period),
    ("每半月", Cycle::HalfMonth, Start::Period),
    ("每半年", Cycle::HalfYear, Start::Period),
    ("每周", Cycle::Week, Start::Period),
    ("每星期", Cycle::Week, Start::Period),
    ("星期", Cycle::Week, Start::Period),
    ("周", Cycle::Week, Start::Period),
];

/// The last month of a quarter or half-year.
const LAST_MONTH: &[&str] = &["末月", "最后一个月", "最后1个月"];
/// The first month of a quarter or half-year.
const FIRST_MONTH: &[&str] = &["首月", "第一个月", "第1个月", "头一个月"];
/// Parts of a month, each with its last day.
const PARTS: &[(&str, u32)] = &[("上旬", 10), ("中旬", 20), ("下旬", LAST), ("上半月", 15), ("下半月", LAST)];
/// What follows the name of a period that is over.
const OVER: &[&str] = &["结束后", "终了后", "期满后", "过后"];

/// Reads such a deadline: the cycle, the day, from where it is counted. Of several days the last counts. `folded` is folded.
pub(super) fn each(folded: &str) -> Option<(Cycle, u32, Start)> {
    let (cycle, rest, from) =
        PERIODS.iter().find_map(|(word, cycle, from)| Some((*cycle, folded.strip_prefix(word)?, *from)))?;
    let rest = rest.strip_prefix('的').unwrap_or(rest);
    let after = |words: &[&str]| words.iter().find_map(|word| rest.strip_prefix(word));
    if matches!(cycle, Cycle::Quarter | Cycle::HalfYear) {
        if let Some(rest) = after(LAST_MONTH) {
            return Some((cycle, days(rest)?, Start::LastMonth));
        }
        if let Some(rest) = after(FIRST_MONTH) {
            return Some((cycle, days(rest)?, Start::FirstMonth));
        }
    }
    if let Some(rest) = after(OVER) {
        return Some((cycle, days(&rest.replacen('天', "日", 1))?, Start::Next));
    }
    if cycle == Cycle::Month {
        // 每月25日至次月5日
        if let Some((_, rest)) = rest.split_once("至次月").or_else(|| rest.split_once("-次月")) {
            return Some((cycle, days(rest)?, Start::Next));
        }
        if let Some((_, day)) = PARTS.iter().find(|(word, _)| rest.starts_with(word)) {
            return Some((cycle, *day, from));
        }
    }
    if rest.starts_with(['底', '末']) {
        let tail = rest.trim_start_matches(['底', '末', '之', '以']);
        return (tail.is_empty() || tail.starts_with(['前', '完', '报'])).then_some((cycle, LAST, from));
    }
    let day = if cycle == Cycle::Week { weekdays(rest) } else { days(rest) };
    Some((cycle, day?, from))
}

/// The last of the days of a month at the beginning of a text: 28日, 1日至5日, 5、20日, 5日前、20日. The one written last needs 日.
fn days(text: &str) -> Option<u32> {
    let (mut last, mut rest) = (None, text);
    loop {
        let (day, after) = number(rest)?;
        let sign = after.strip_prefix(['日', '号']);
        last = last.max(Some(day).filter(|day| (1..=31).contains(day)));
        let bare = sign.unwrap_or(after);
        let bare = ["之前", "以前", "前"].iter().find_map(|word| bare.strip_prefix(word)).unwrap_or(bare);
        match bare.strip_prefix(JOINTS).filter(|next| number(next).is_some_and(|(_, after)| is_day(after))) {
            Some(next) => rest = next,
            None => return sign.and(last),
        }
    }
}

/// What joins days.
const JOINTS: [char; 8] = ['、', ',', '和', '及', '至', '到', '-', '~'];

/// Whether what follows a number makes a day of it, or joins it to one.
fn is_day(after: &str) -> bool {
    after.starts_with(['日', '号']) || after.strip_prefix(JOINTS).and_then(number).is_some()
}

/// The last of the weekdays at the beginning of a text: 五, 一至周五, 二、四. None for 一次, 三天.
fn weekdays(text: &str) -> Option<u32> {
    let (mut last, mut rest) = (None, text);
    loop {
        let c = rest.chars().next()?;
        let day = "一二三四五六日天".chars().position(|known| known == c)? as u32 + 1;
        last = last.max(Some(day.min(7)));
        let after = &rest[c.len_utf8()..];
        let next = after.strip_prefix(JOINTS).unwrap_or(after);
        let next = ["星期", "礼拜", "周"].iter().find_map(|word| next.strip_prefix(word)).unwrap_or(next);
        if next.len() < after.len() && next.starts_with(|c| "一二三四五六日天".contains(c)) {
            rest = next;
            continue;
        }
        return last.filter(|_| !after.starts_with(|c| "次个场回期篇轮遍份件天条小".contains(c)));
    }
}

/// A number at the beginning of a text, and the rest.
fn number(text: &str) -> Option<(u32, &str)> {
    let is_part = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let (digits, rest) = text.split_at(text.find(|c| !is_part(c)).unwrap_or(text.len()));
    Some((digits.parse().ok().or_else(|| chinese_number(digits))?, rest))
}

/// Whether a text names a day by which something recurs, so that it is not read as standing: 每月25日前, 每周五, 月底.
pub(super) fn names_a_day(folded: &str) -> bool {
    const WORDS: &[&str] = &["月底", "月末", "季末", "季度末", "旬末", "末月", "首月", "个工作日", "个月"];
    let numbered = folded.char_indices().any(|(at, _)| {
        number(&folded[at..]).is_some_and(|(_, after)| {
            after.starts_with(['日', '号']) || ["天内", "天前"].iter().any(|word| after.starts_with(word))
        })
    });
    let weekday = |(at, word): (usize, &str)| weekdays(&folded[at + word.len()..]).is_some();
    numbered
        || ["周", "星期"].iter().any(|week| folded.match_indices(week).any(weekday))
        || WORDS.iter().any(|word| folded.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_days_the_last_counts() {
        for (text, expected) in [
            ("每月28日前", Some((Cycle::Month, 28))),
            ("每月1日至5日", Some((Cycle::Month, 5))),
            ("每月1-5日", Some((Cycle::Month, 5))),
            ("每月5日、20日前", Some((Cycle::Month, 20))),
            ("每月5日前、20日前", Some((Cycle::Month, 20))),
            ("每月5、20日前", Some((Cycle::Month, 20))),
            ("每月20日、5日", Some((Cycle::Month, 20))),
            ("每月10日、20日、30日", Some((Cycle::Month, 30))),
            ("每月十日和二十日", Some((Cycle::Month, 20))),
            ("每月25日前,报送次月计划", Some((Cycle::Month, 25))),
            ("每月25日至次月5日前", Some((Cycle::Month, 5))),
            ("每月中旬", Some((Cycle::Month, 20))),
            ("每月结束后5天内", Some((Cycle::Month, 5))),
            ("每周五下班前", Some((Cycle::Week, 5))),
            ("每周一至周五", Some((Cycle::Week, 5))),
            ("每周二、四", Some((Cycle::Week, 4))),
            ("每周日", Some((Cycle::Week, 7))),
            ("每月32日", None),
            ("每月5至20", None),
            ("每周一次", None),
            ("每周三天", None),
        ] {
            assert_eq!(each(text).map(|(cycle, day, _)| (cycle, day)), expected, "{text}");
        }
    }
}
