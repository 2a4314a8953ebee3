//! The reporting period in a title, sheet name or file name: 2014年8月, 三季度, 上半年, 8月第2周, 8月总结9月计划.

use chrono::NaiveDate;

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

/// A period found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// The period in its own cycle: a month stays a month whatever the cycle of the campaign.
    pub window: Window,
    /// Whether the year was written.
    pub with_year: bool,
}

/// Finds the reporting period in a text. A missing year is `year`, else the year that puts the period nearest to `near`
/// (on a tie the earlier one).
///
/// Of several periods the shortest counts; of several months the one reported on rather than the one planned, else
/// the last; of a range (1-8月) its last month. 第N周 without a month is an ISO week and is read only where `cycle` is
/// a week or shorter. None when the text has no period, or a single day.
pub fn period(text: &str, year: Option<i32>, near: NaiveDate, cycle: Cycle) -> Option<Named> {
    // 十月国庆 is a festival, not the month of October.
    let text = fold(text).replace("十月国庆", "国庆");
    let mut found = candidates(&text, near, cycle)?;
    let own: Vec<Option<i32>> = found.iter().map(|candidate| candidate.part.year).collect();
    for (at, candidate) in found.iter_mut().enumerate() {
        // 2014年创建台账（1-8月）, 8月台账（2014年）.
        let around = own[..at].iter().rev().chain(&own[at..]).find_map(|year| *year);
        candidate.with_year = around.is_some();
        candidate.part.year = around.or(year);
    }
    if found.iter().any(|candidate| !candidate.planned()) {
        found.retain(|candidate| !candidate.planned());
    }
    let shortest = found.iter().filter_map(|candidate| candidate.part.cycle()).min()?;
    found.retain(|candidate| candidate.part.cycle() == Some(shortest));
    if found.iter().any(Candidate::reported) {
        found.retain(Candidate::reported);
    }
    let meant = found.last()?;
    let first = resolve(&[meant.part], near, Years::Nearest)?.first()?.first;
    Some(Named { window: Window::containing(shortest, first), with_year: meant.with_year })
}

/// A possible period and the words after it.
struct Candidate {
    part: Partial,
    with_year: bool,
    /// The text up to the next period.
    about: String,
}

impl Candidate {
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
    let mut found: Vec<(Candidate, usize)> = Vec::new();
    while scan.peek(0).is_some() {
        let start = scan.at;
        let before = scan.between(start.saturating_sub(3), start);
        // A number inside a longer one (1.2.3) or after a letter (v2) does not begin a period.
        let begins = match scan.number(0) {
            Some(_) => !NUMBERING.iter().any(|word| before.ends_with(word)) && !before.ends_with(['v', '.']),
            None => matches!(scan.sign(0), Some('上' | '下' | '第' | 'q')),
        };
        let Some((mut parts, _)) = begins.then(|| scan.list()).flatten() else {
            scan.at = start + 1;
            continue;
        };
        let digits = scan.digits(start);
        complete(&mut parts, None);
        if let Some(last) = parts.last().copied().and_then(|part| usable(part, &scan, digits, cycle)) {
            if let Some((candidate, end)) = found.last_mut() {
                candidate.about = scan.between(*end, start);
            }
            found.push((Candidate { part: last, with_year: false, about: String::new() }, scan.at));
        }
    }
    if let Some((candidate, end)) = found.last_mut() {
        candidate.about = scan.between(*end, scan.at);
    }
    Some(found.into_iter().map(|found| found.0).collect())
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
