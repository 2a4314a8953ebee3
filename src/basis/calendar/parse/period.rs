//! The reporting period in a title, sheet name or file name: 2014年8月, 三季度, 上半年, 8月第2周, 8月总结9月计划.

use chrono::{Days, NaiveDate};

use super::partial::{Partial, Within, Years, complete, resolve};
use super::tokens::Scan;
use crate::basis::calendar::{Cycle, Window};
use crate::basis::text::fold;

/// Words before a number that is not a month: in 附件3月度台账 the 3 numbers the annex.
const NUMBERING: &[&str] = &["附件", "附表", "附录", "附", "表", "no.", "no", "№"];

/// Words after a month that make it a deadline or a start, not a reporting period.
const LIMITS: &[&str] = &["前", "之前", "以前", "底前", "末前", "起", "以来", "以后", "后"];

/// Words after a period that is being reported on.
const REPORTED: &[&str] = &["总结", "小结", "情况", "完成", "回顾", "汇报"];
/// Words after a period that is being planned.
const PLANNED: &[&str] = &["计划", "安排", "打算", "部署"];

/// Names of a week's report.
const WEEKLY: &[&str] = &["周报", "周台账", "周工作", "周情况", "周小结", "周总结", "周汇总", "周进展"];

/// Festivals named after a month or a day of the lunar calendar.
const FESTIVALS: &[&str] = &["十月国庆", "二月二", "三月三", "五月五", "六月六", "七月七", "八月十五", "九月九"];

/// A text without the name of a festival; in 三月三周 and 六月六项 the last number counts something.
fn without(text: &str, festival: &str) -> String {
    let Some((before, after)) = text.split_once(festival) else { return text.to_owned() };
    if after.starts_with(['周', '旬', '项', '个', '家', '次', '处', '场', '期']) {
        text.to_owned()
    } else {
        format!("{before}，{after}")
    }
}

/// A period found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// The period in its own cycle: a month stays a month whatever the cycle of the campaign.
    pub window: Window,
    /// Whether the year was written.
    pub with_year: bool,
    /// Whether it is all that the text is about: neither one of several (7-9月, 7月、8月) nor the month in which the report on
    /// a longer period may have been printed (三季度台账（9月）).
    pub alone: bool,
}

/// Finds the reporting period in a text. A missing year is `year`, else the year that puts the period nearest to `near`
/// (on a tie the earlier one).
///
/// Of several periods the shortest counts; of several months the one reported on rather than the one planned, else
/// the last; of a range (1-8月) its last month. 第N周 without a month is an ISO week and is read only where `cycle` is
/// a week or shorter. Two days that are as far apart as the ends of one `cycle` (8月18日-24日) name the one that most of
/// them lie in, unless the text names a period in words; in a weekly report they name their week in any campaign. None
/// when the text has no period, a single day, or two years.
pub fn period(text: &str, year: Option<i32>, near: NaiveDate, cycle: Cycle) -> Option<Named> {
    let text = FESTIVALS.iter().fold(fold(text), |text, name| without(&text, name));
    let mut found = candidates(&text, near, cycle)?;
    let own = |one: &Candidate| one.part.year.or(one.days.and_then(|days| days.0[0].year));
    let own: Vec<Option<i32>> = found.iter().map(own).collect();
    for (at, candidate) in found.iter_mut().enumerate() {
        // 2014年创建台账（1-8月）, 8月台账（2014年）.
        let around = own[..at].iter().rev().chain(&own[at..]).find_map(|year| *year);
        candidate.with_year = around.is_some();
        candidate.part.year = around.or(year);
    }
    if found
        .iter()
        .any(|candidate| candidate.cycle().is_some_and(|cycle| cycle < Cycle::Year) && candidate.days.is_none())
    {
        found.retain(|candidate| candidate.days.is_none());
    }
    if found.iter().any(|candidate| !candidate.planned()) {
        found.retain(|candidate| !candidate.planned());
    }
    let shortest = found.iter().filter_map(Candidate::cycle).min()?;
    let longer = |cycle: Cycle| cycle > shortest && cycle < Cycle::Year && shortest >= Cycle::Month;
    let beside_longer = found.iter().filter_map(Candidate::cycle).any(longer);
    found.retain(|candidate| candidate.cycle() == Some(shortest));
    // 8月台账（7月未完成事项）
    if found.iter().any(|candidate| !candidate.bracketed) {
        found.retain(|candidate| !candidate.bracketed);
    }
    if found.iter().any(Candidate::reported) {
        found.retain(Candidate::reported);
    }
    let meant = found.last()?;
    let alone = found.len() == 1 && !meant.several && !beside_longer;
    let with_year = meant.with_year;
    if let Some(([mut from, to], cycle)) = meant.days {
        from.year = from.year.or(meant.part.year.filter(|_| to.year.is_none()));
        let days = resolve(&[from, to], near, Years::Nearest)?;
        let length = (days[1].last - days[0].first).num_days().unsigned_abs();
        let middle = days[0].first.checked_add_days(Days::new(length / 2))?;
        return Some(Named { window: Window::containing(cycle, middle), with_year, alone });
    }
    let first = resolve(&[meant.part], near, Years::Nearest)?.first()?.first;
    Some(Named { window: Window::containing(shortest, first), with_year, alone })
}

/// A possible period and the words after it.
struct Candidate {
    part: Partial,
    /// Two days, and the cycle that they are the ends of.
    days: Option<([Partial; 2], Cycle)>,
    with_year: bool,
    /// Whether it ends a list or a range of periods.
    several: bool,
    /// Whether it stands in brackets.
    bracketed: bool,
    /// The text up to the next period.
    about: String,
}

impl Candidate {
    fn cycle(&self) -> Option<Cycle> {
        self.days.map(|days| days.1).or_else(|| self.part.cycle())
    }

    fn reported(&self) -> bool {
        REPORTED.iter().any(|word| self.about.contains(word))
    }

    fn planned(&self) -> bool {
        !self.reported() && PLANNED.iter().any(|word| self.about.contains(word))
    }
}

/// Everything in a text that may be a period, in the order written. None when the text contains a number that does not
/// fit into 32 bits.
fn candidates(text: &str, near: NaiveDate, cycle: Cycle) -> Option<Vec<Candidate>> {
    let mut scan = Scan::new(text, near)?;
    // 周报（7.21-7.27） is about its week, whatever the windows of the campaign
    let cycle_of_days = if WEEKLY.iter().any(|word| text.contains(word)) { cycle.min(Cycle::Week) } else { cycle };
    let mut found: Vec<(Candidate, usize)> = Vec::new();
    while scan.peek(0).is_some() {
        let start = scan.at;
        let before = scan.between(start.saturating_sub(3), start);
        // A number inside a longer one (1.2.3) or after a letter (v2) does not begin a period.
        let begins = match scan.number(0) {
            Some(_) => !NUMBERING.iter().any(|word| before.ends_with(word)) && !before.ends_with(['v', '.']),
            None => matches!(scan.sign(0), Some('上' | '下' | '第' | 'q')),
        };
        let Some((mut parts, ends_range)) = begins.then(|| scan.list()).flatten() else {
            scan.at = start + 1;
            continue;
        };
        let digits = scan.digits(start);
        complete(&mut parts, None);
        let days = (ends_range == [false, true]).then(|| days_of_one(&parts, near, cycle_of_days)).flatten();
        let last = parts.last().copied().and_then(|part| match days {
            Some(_) => (!LIMITS.iter().any(|word| scan.rest().starts_with(word))).then_some(part),
            None => usable(part, &scan, digits, cycle).filter(|part| !ends_years(*part, &before)),
        });
        if let Some(last) = last {
            if let Some((candidate, end)) = found.last_mut() {
                candidate.about = scan.between(*end, start);
            }
            let ahead = scan.between(0, start);
            let bracketed = ahead.matches('(').count() > ahead.matches(')').count();
            let several = parts.len() > 1 && days.is_none();
            let about = String::new();
            found.push((Candidate { part: last, days, with_year: false, several, bracketed, about }, scan.at));
        }
    }
    if let Some((candidate, end)) = found.last_mut() {
        candidate.about = scan.between(*end, scan.at);
    }
    Some(found.into_iter().map(|found| found.0).collect())
}

/// Whether a year ends a range of years (2013-2015年), which is longer than any period.
fn ends_years(part: Partial, before: &str) -> bool {
    let year = before.strip_suffix(['-', '~', '至', '到']).map(|text| text.trim_end_matches('年'));
    part.month.is_none()
        && part.within == Within::Whole
        && year.is_some_and(|year| year.len() >= 4 && year.bytes().rev().take(4).all(|byte| byte.is_ascii_digit()))
}

/// Two days, if they are as far apart as the first and last day of one cycle; a working week will do.
fn days_of_one(parts: &[Partial], near: NaiveDate, cycle: Cycle) -> Option<([Partial; 2], Cycle)> {
    let [first, last] = resolve(parts, near, Years::Nearest)?[..] else { return None };
    let lengths = match cycle {
        Cycle::Week => 5..=7,
        Cycle::TenDays => 8..=11,
        Cycle::HalfMonth => 13..=16,
        Cycle::Month => 28..=31,
        Cycle::Quarter => 90..=92,
        Cycle::HalfYear => 181..=184,
        Cycle::Year => 365..=366,
        Cycle::Day | Cycle::Once => return None,
    };
    let days = (last.last - first.first).num_days() + 1;
    (first.is_day() && last.is_day() && lengths.contains(&days)).then_some(([parts[0], parts[1]], cycle))
}

/// The partial date, if it can be a period; `digits` is the length of the number it begins with.
fn usable(mut part: Partial, scan: &Scan, digits: usize, cycle: Cycle) -> Option<Partial> {
    if let Within::Day(day) = part.within {
        // 8月3家单位 counts units, and 一月一主题 means one theme a month: a number at the end is no day.
        let counts = part.marked && part.month.is_some() && scan.ends_in_number();
        if !counts || (day, part.month) == (1, Some(1)) {
            return None;
        }
        part.within = Within::Whole;
    }
    part.cycle()?;
    let rest = scan.rest();
    let limited = part.month.is_some() && LIMITS.iter().any(|word| rest.starts_with(word));
    let is_week = matches!(part.within, Within::Week(_));
    // 近10年, 2019年第3号.
    let year_alone = part.month.is_none() && part.within == Within::Whole;
    let number = rest.trim_start_matches(['第', '(', ')']).trim_start_matches(|c: char| c.is_ascii_digit());
    let paper = year_alone && number.len() < rest.len() && number.starts_with('号');
    let unfit = limited
        || is_week && part.month.is_none() && part.year.is_none() && cycle > Cycle::Week
        || year_alone && (digits != 4 || paper);
    (!unfit).then_some(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str, cycle: Cycle) -> Option<String> {
        let near = NaiveDate::from_ymd_opt(2014, 8, 31).expect("a day");
        period(text, None, near, cycle).map(|named| named.window.label())
    }

    #[test]
    fn periods_in_titles_and_names() {
        for (text, label) in [
            ("云州市2014年8月创建工作台账", "2014-08"),
            ("8月份台账", "2014-08"),
            ("8月份台账（7月未完成事项）", "2014-08"),
            ("上月台账（2014年7月）", "2014-07"),
            ("二〇一四年八月工作台账", "2014-08"),
            ("综合科台账201408", "2014-08"),
            ("2014-08综合科", "2014-08"),
            ("综合科_2014_08", "2014-08"),
            ("2014年创建台账（1-8月）", "2014-08"),
            ("8月台账（2013年）", "2013-08"),
            ("2014年第三季度", "2014-Q3"),
            ("三季度台账", "2014-Q3"),
            ("Q3台账", "2014-Q3"),
            ("2014年上半年", "2014-H1"),
            ("2014年度创建台账", "2014"),
            ("12月台账", "2014-12"),
            ("2014年8月上旬", "2014-08-T1"),
            ("8月下半月", "2014-08-H2"),
            ("2014年第17周", "2014-W17"),
            ("8月第1周", "2014-W32"),
            ("8月份第2周台账", "2014-W33"),
            ("报告期：2026-11", "2026-11"),
            ("2026年11月", "2026-11"),
            ("2019-08-H1", "2019-08-H1"),
            ("2019-08-T2综合科", "2019-08-T2"),
            ("2018-W17", "2018-W17"),
            ("8月总结9月计划", "2014-08"),
            ("9月计划及8月完成情况", "2014-08"),
            ("7月、8月台账", "2014-08"),
            ("9月工作计划", "2014-09"),
            ("8月台账（8月31日报）", "2014-08"),
            ("附件3：8月台账", "2014-08"),
            ("8月3家单位台账", "2014-08"),
            ("六月六项工作", "2014-06"),
            ("三月三活动台账（2014年8月）", "2014-08"),
            ("关于印发2019年方案的通知〔2019〕3号", "2019"),
        ] {
            assert_eq!(named(text, Cycle::Month).as_deref(), Some(label), "{text}");
        }
    }

    #[test]
    fn what_names_no_period() {
        for text in [
            "创文办〔2014〕25号",
            "〔2019〕3号",
            "2014-7号",
            "2019年第3号",
            "综合科台账（最终版）(1)",
            "第四届",
            "8月底前完成",
            "8月15日前报",
            "2014年8月31日",
            "台账20140831",
            "3月5日活动",
            "一周情况",
            "本周",
            "第一周",
            "一月一主题",
            "十月国庆",
            "三月三活动台账",
            "迎八月十五中秋",
            "附件3月度台账",
            "三年行动",
            "创建20年",
            "建局10周年",
            "第10周年庆",
            "8.15",
            "2-3次",
            "自8月起",
            "V2.1",
            "99999999999年8月",
        ] {
            assert_eq!(named(text, Cycle::Month), None, "{text}");
        }
    }

    #[test]
    fn a_week_alone_is_one_where_windows_are_weeks() {
        assert_eq!(named("第33周台账", Cycle::Week).as_deref(), Some("2014-W33"));
        assert_eq!(named("第33周台账", Cycle::TenDays), None);
        assert_eq!(named("8月第33周", Cycle::Week), None, "no month has so many");
    }

    #[test]
    fn two_days_name_the_window_they_are_the_ends_of() {
        for (text, cycle, label) in [
            ("8月18日—24日周报", Cycle::Week, Some("2014-W34")),
            ("周报（8.18-8.22）", Cycle::Week, Some("2014-W34")),
            ("周报（7.21-7.27）", Cycle::Month, Some("2014-W30")),
            ("周边整治（7.21-7.27）", Cycle::Month, None),
            ("2014年8月22日至8月28日", Cycle::Week, Some("2014-W35")),
            ("8月18日-24日第33周周报", Cycle::Week, Some("2014-W33")),
            ("8月18日-20日活动", Cycle::Week, None),
            ("8月18日-24日前报送", Cycle::Week, None),
            ("8月18日-24日", Cycle::Month, None),
            ("8月11日-20日台账", Cycle::TenDays, Some("2014-08-T2")),
            ("8月1-15日台账", Cycle::HalfMonth, Some("2014-08-H1")),
            ("2014年7月26日-8月25日台账", Cycle::Month, Some("2014-08")),
            ("2013年台账（12月26日-1月25日）", Cycle::Month, Some("2014-01")),
            ("8月台账（9月1日-30日补报）", Cycle::Month, Some("2014-08")),
            ("2013-2015年创建台账", Cycle::Month, None),
            ("2014-2015年度台账", Cycle::Month, None),
            ("2013年8月至2014年8月台账", Cycle::Month, Some("2014-08")),
        ] {
            assert_eq!(named(text, cycle).as_deref(), label, "{text}");
        }
    }

    #[test]
    fn a_year_that_is_not_written_is_the_nearest() {
        let near = |day: &str| day.parse().expect("a day");
        let of = |text, year, day| period(text, year, near(day), Cycle::Month).map(|named| named.window.label());
        assert_eq!(of("8月台账", None, "2014-09-03").as_deref(), Some("2014-08"));
        assert_eq!(of("8月台账", None, "2015-01-31").as_deref(), Some("2014-08"));
        assert_eq!(of("12月台账", None, "2015-01-03").as_deref(), Some("2014-12"));
        assert_eq!(of("8月台账", Some(2013), "2014-09-03").as_deref(), Some("2013-08"));
        assert_eq!(of("2012年8月台账", Some(2013), "2014-09-03").as_deref(), Some("2012-08"));
    }
}
