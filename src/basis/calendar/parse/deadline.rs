//! Deadlines as the division writes them: 4月10日前, 6月底, 年底前, 8-9月, 每月28日前, 长期.

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime};

pub use super::each::Start;
use super::partial::Years;
use super::{each, scan};
use crate::basis::calendar::window::end_of;
use crate::basis::calendar::{Cycle, Window};
use crate::basis::text::{chinese_number, fold};

/// The deadline (完成时限) of a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deadline {
    /// 长期坚持, or nothing written: owed in every window.
    Standing,
    /// By a moment. A day without a clock time means the end of that day; so do 6月底, 年底前, "五一"前 and months.
    By(NaiveDateTime),
    /// A phase (8-9月): owed from its first to its last day. One without an end (8月起) ends on [`NaiveDate::MAX`].
    Phase(NaiveDate, NaiveDate),
    /// Once in every period of a cycle (每月28日前, 每周五前, 每季度末).
    Each {
        /// The cycle that repeats.
        cycle: Cycle,
        /// Day of the period, counted from 1; a number beyond its end means its last day.
        day: u32,
        /// From where the day is counted.
        from: Start,
        /// Months (1–12) for which nothing is owed (1月免报).
        except: Vec<u32>,
    },
}

/// Words that set no end.
const STANDING: &[&str] = &[
    "长期", "常态", "全年", "持续", "经常", "日常", "贯穿", "始终", "不间断", "每日", "每天", "每周", "每旬", "每半月",
    "每月", "每季", "每半年", "每年",
];

/// Festivals that fall on the same day of each year.
const FESTIVALS: &[(&str, u32, u32)] = &[
    ("元旦", 1, 1),
    ("学雷锋", 3, 5),
    ("雷锋日", 3, 5),
    ("三八", 3, 8),
    ("妇女节", 3, 8),
    ("植树节", 3, 12),
    ("五一", 5, 1),
    ("劳动节", 5, 1),
    ("五四", 5, 4),
    ("青年节", 5, 4),
    ("六一", 6, 1),
    ("儿童节", 6, 1),
    ("七一", 7, 1),
    ("建党节", 7, 1),
    ("八一", 8, 1),
    ("建军节", 8, 1),
    ("教师节", 9, 10),
    ("国庆", 10, 1),
    ("十一", 10, 1),
    ("宪法日", 12, 4),
    ("志愿者日", 12, 5),
    ("国际志愿者日", 12, 5),
];

impl Deadline {
    /// Reads a deadline. A missing year is the year of `near`, because a plan is written for one year. Of several moments
    /// the last counts. None when the text names no deadline (P508).
    pub fn parse(text: &str, near: NaiveDate) -> Option<Deadline> {
        let folded = fold(text).replace('"', "");
        if matches!(folded.trim_matches(['-', '/', '.', '。']), "" | "无") {
            return Some(Deadline::Standing);
        }
        // A placeholder (__月份, ××日) is not guessed.
        if folded.contains("__") || folded.contains(['×', '_']) || folded.contains("xx") {
            return None;
        }
        let (folded, except) = exemptions(&folded);
        if let Some((cycle, day, from)) = each::each(&folded) {
            return Some(Deadline::Each { cycle, day, from, except });
        }
        // 6月20日前、12月20日前
        let text = ["前、", "前和", "前及"].iter().fold(text.to_owned(), |text, joint| text.replace(joint, "前，"));
        let clauses = text.split(['，', '；', '。', '\n', ';']).filter(|clause| !clause.trim().is_empty());
        let latest = clauses.filter_map(|clause| single(clause, near)).max_by_key(|found| match found {
            Deadline::By(at) => *at,
            Deadline::Phase(_, last) => end_of(*last),
            _ => end_of(near),
        });
        let stands = || STANDING.iter().any(|word| folded.contains(word)) && !each::names_a_day(&folded);
        latest.or_else(|| stands().then_some(Deadline::Standing))
    }

    /// The moment that applies to a window. A fixed deadline is the same for every window. Of a repeated one it is that of
    /// the last period ending in the window, or, if none ends there, of the period whose day lies in it. None for
    /// standing tasks and exempted months.
    pub fn moment(&self, window: &Window) -> Option<NaiveDateTime> {
        match self {
            Deadline::Standing => None,
            Deadline::By(at) => Some(*at),
            Deadline::Phase(_, last) => (*last != NaiveDate::MAX).then(|| end_of(*last)),
            Deadline::Each { cycle, day, from, except } => {
                let moment = |turn: &Window| {
                    let base = match from {
                        Start::Period => *turn,
                        Start::FirstMonth => Window::containing(Cycle::Month, turn.start),
                        Start::LastMonth => Window::containing(Cycle::Month, turn.end),
                        Start::Next => turn.next(),
                    };
                    let offset = u64::from(*day).min(base.days().unsigned_abs()).saturating_sub(1);
                    let exempt = *cycle == Cycle::Month && except.contains(&turn.start.month());
                    base.start.checked_add_days(Days::new(offset)).filter(|_| !exempt)
                };
                let ending = window.parts(*cycle).last().map(moment);
                let inside = || {
                    let turn = Window::containing(*cycle, window.end);
                    [turn, turn.previous()].iter().filter_map(moment).find(|day| window.contains(*day))
                };
                ending.unwrap_or_else(inside).map(end_of)
            }
        }
    }
}

/// Splits off a bracketed exemption such as (1月免报): the text without it, and the exempted months.
fn exemptions(folded: &str) -> (String, Vec<u32>) {
    let bracket = folded.find('(').zip(folded.find(')')).filter(|(open, close)| open < close);
    match bracket.map(|(open, close)| (&folded[..open], &folded[open + 1..close], &folded[close + 1..])) {
        Some((head, inside, tail)) if inside.contains('免') => {
            let months = inside.split('月').next().unwrap_or_default().split(['、', ',', '和', '及']);
            let months = months.filter_map(|n| n.parse().ok().or_else(|| chinese_number(n)));
            (format!("{head}{tail}"), months.filter(|month| (1..=12).contains(month)).collect())
        }
        _ => (folded.to_owned(), Vec::new()),
    }
}

/// The deadline that one clause names.
fn single(clause: &str, near: NaiveDate) -> Option<Deadline> {
    if let Some(day) = festival(clause, near) {
        return Some(Deadline::By(end_of(day)));
    }
    let clause = fold(clause).strip_prefix("每年").map_or_else(|| clause.to_owned(), ToOwned::to_owned);
    let (dates, rest) = scan::dates(&clause, near, Years::Same)?;
    let (first, last) = (dates.first()?, dates.iter().max_by_key(|date| date.last)?);
    // 2-3次 looks like a date too: one without 年, 月 or 日 counts only at the end of the text.
    let ends = rest.trim_start_matches([')', '"', '.', '份']);
    let follows = ["前", "之前", "以前", "止", "底", "起", "开始"].iter().any(|word| ends.starts_with(word));
    if !(ends.is_empty() || follows || dates.iter().any(|date| date.marked)) {
        return None;
    }
    if dates.len() > 1 {
        return Some(Deadline::Phase(first.first, last.last));
    }
    if ends.starts_with('起') || ends.starts_with("开始") {
        return Some(Deadline::Phase(first.first, NaiveDate::MAX));
    }
    Some(Deadline::By(last.clock.map_or_else(|| end_of(last.last), |clock| last.last.and_time(clock))))
}

/// The day a festival stands for: the day before it for "五一"前, else the festival itself.
fn festival(clause: &str, near: NaiveDate) -> Option<NaiveDate> {
    let folded = fold(clause).replace(['"', '\''], "");
    let (year, rest) = match folded.split_once('年') {
        Some((year, rest)) => (year.parse().ok().filter(|year| (1900..2200).contains(year))?, rest),
        None => (near.year(), folded.as_str()),
    };
    let (&(name, month, day), rest) = FESTIVALS.iter().find_map(|row| Some((row, rest.strip_prefix(row.0)?)))?;
    let rest = rest.strip_prefix('节').unwrap_or(rest);
    let rest = rest.strip_prefix(['之', '以']).unwrap_or(rest);
    // 元旦前 in the plan for a year means the end of that year, not of the year before.
    let written = folded.contains('年');
    let year = if name == "元旦" && !written { year + 1 } else { year };
    let day = NaiveDate::from_ymd_opt(year, month, day)?;
    if rest.starts_with('前') { day.pred_opt() } else { rest.is_empty().then_some(day) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near() -> NaiveDate {
        "2014-08-31".parse().expect("a date")
    }

    #[test]
    fn moments() {
        for (text, at) in [
            ("4月10日前", "2014-04-10T23:59:59"),
            ("6月底", "2014-06-30T23:59:59"),
            ("6月底前完成", "2014-06-30T23:59:59"),
            ("年底前", "2014-12-31T23:59:59"),
            ("2015年底前", "2015-12-31T23:59:59"),
            ("12月底前", "2014-12-31T23:59:59"),
            ("1月10日前", "2014-01-10T23:59:59"),
            ("7月份", "2014-07-31T23:59:59"),
            ("2014年8月", "2014-08-31T23:59:59"),
            ("2014.9", "2014-09-30T23:59:59"),
            ("3月24日下午5:00前", "2014-03-24T17:00:00"),
            ("“五一”前", "2014-04-30T23:59:59"),
            ("\"五一\"节前", "2014-04-30T23:59:59"),
            ("国庆节前", "2014-09-30T23:59:59"),
            ("2015年国庆前", "2015-09-30T23:59:59"),
            ("元旦前", "2014-12-31T23:59:59"),
            ("2014年元旦前", "2013-12-31T23:59:59"),
            ("即日起至8月底", "2014-08-31T23:59:59"),
            ("9月中旬", "2014-09-20T23:59:59"),
            ("第三季度", "2014-09-30T23:59:59"),
            ("上半年", "2014-06-30T23:59:59"),
            ("6月底前制定方案，11月底前完成", "2014-11-30T23:59:59"),
            ("每年12月底前", "2014-12-31T23:59:59"),
            ("2014-10-20", "2014-10-20T23:59:59"),
            ("二〇一四年十月二十日前", "2014-10-20T23:59:59"),
            ("8月底前完成，长期坚持", "2014-08-31T23:59:59"),
            ("6月20日前、12月20日前", "2014-12-20T23:59:59"),
            ("12月20日前和6月20日前", "2014-12-20T23:59:59"),
        ] {
            assert_eq!(Deadline::parse(text, near()), at.parse().ok().map(Deadline::By), "{text}");
        }
    }

    #[test]
    fn phases() {
        for (text, first, last) in [
            ("8-9月", "2014-08-01", "2014-09-30"),
            ("7、8月份", "2014-07-01", "2014-08-31"),
            ("7月—9月", "2014-07-01", "2014-09-30"),
            ("2021年1月—2023年12月", "2021-01-01", "2023-12-31"),
            ("7月1日至9月30日", "2014-07-01", "2014-09-30"),
            ("10月20日—31日", "2014-10-20", "2014-10-31"),
            ("11月—次年3月", "2014-11-01", "2015-03-31"),
            ("11月-3月", "2014-11-01", "2015-03-31"),
            ("2014年7月-9月", "2014-07-01", "2014-09-30"),
            ("8月1日起至9月底", "2014-08-01", "2014-09-30"),
            ("9月上旬至10月中旬", "2014-09-01", "2014-10-20"),
        ] {
            let expected = Deadline::Phase(first.parse().expect(first), last.parse().expect(last));
            assert_eq!(Deadline::parse(text, near()), Some(expected), "{text}");
        }
        let open = Deadline::Phase("2014-08-01".parse().expect("a date"), NaiveDate::MAX);
        assert_eq!(Deadline::parse("自8月起", near()), Some(open));
    }

    #[test]
    fn repeated_ones() {
        let month = |text: &str| Window::parse(text, Cycle::Month).expect(text);
        for (text, window, at) in [
            ("每月28日前", "2014-08", "2014-08-28"),
            ("每月底前", "2014-09", "2014-09-30"),
            ("月底前", "2014-02", "2014-02-28"),
            ("每月31日前", "2014-02", "2014-02-28"),
            ("月后18日前（1月免报）", "2014-08", "2014-09-18"),
            ("次月5日前", "2014-12", "2015-01-05"),
            ("每季度末", "2014-09", "2014-09-30"),
            ("每周五下班前", "2014-W33", "2014-08-15"),
            ("每月15日", "2014-W33", "2014-08-15"),
            ("每月1日至5日", "2014-08", "2014-08-05"),
            ("每季度末月20日前", "2014-09", "2014-09-20"),
            ("每季度首月10日前", "2014-09", "2014-07-10"),
            ("每季度首月31日前", "2014-06", "2014-04-30"),
            ("每月结束后5日内", "2014-08", "2014-09-05"),
            ("每月25日至次月5日前", "2014-08", "2014-09-05"),
            ("每季度结束后10日内", "2014-12", "2015-01-10"),
            ("每半年末月20日前", "2014-12", "2014-12-20"),
            ("季末月31日前", "2014-06", "2014-06-30"),
        ] {
            let found = Deadline::parse(text, near()).and_then(|deadline| deadline.moment(&month(window)));
            assert_eq!(found, at.parse().ok().map(end_of), "{text}");
        }
        let exempt = Deadline::parse("月后18日前（1月免报）", near()).expect("a deadline");
        assert_eq!(exempt.moment(&month("2014-01")), None);
        let monthly = Deadline::parse("每月15日前", near()).expect("a deadline");
        assert_eq!(monthly.moment(&month("2014-W34")), None);
    }

    #[test]
    fn standing_ones_and_what_is_none() {
        for text in ["", " ", "—", "/", "长期坚持", "常态化", "全年", "长期", "持续推进", "每月", "日常工作", "每天"]
        {
            assert_eq!(Deadline::parse(text, near()), Some(Deadline::Standing), "{text}");
        }
        for text in ["按时", "__月份", "××月", "20__年", "尽快", "2-3次", "13月底", "2月30日前", "国庆期间", "已完成"]
        {
            assert_eq!(Deadline::parse(text, near()), None, "{text}");
        }
    }

    #[test]
    fn what_recurs_by_a_day_that_cannot_be_read_is_not_standing() {
        for text in [
            "长期坚持，每月25日前报送",
            "每月结束后5个工作日内",
            "每季度第二个月10日前",
            "每月前3个工作日",
            "长期坚持，每周五报送",
            "长期坚持，每月底报送",
            "每半年首月",
            "每季度次月5日前",
        ] {
            assert_eq!(Deadline::parse(text, near()), None, "{text}");
        }
        for text in ["每周一次", "每周3次", "每月不少于2次", "每季度", "长期坚持，每周一次", "每月20天以上"]
        {
            assert_eq!(Deadline::parse(text, near()), Some(Deadline::Standing), "{text}");
        }
    }
}
