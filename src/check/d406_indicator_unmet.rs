//! An indicator that the records do not meet, or fixed days without a record.

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::Place;
use crate::basis::scope::{GapKind, Scope};
use crate::basis::{Bilingual, Lang};
use crate::check::support::{Sent, record};
use crate::check::{Batch, Entry, Rule};
use crate::division::Context;
use crate::obligation::evaluate::{Tested, Verdict};

/// The most related places of a finding.
const NAMED: usize = 50;

/// The kind.
pub static KIND: Kind = Kind {
    code: "D406",
    name: "indicator-unmet",
    scope: Scope::Owed(GapKind::Incomplete),
    severity: Severity::Error,
    zh: Wording {
        title: "指标未达标",
        message: "{unit}“{task}”考核指标“{expected}”：{shortfall}",
        why: "任务分工规定了考核指标，台账记录还达不到。",
        mend: "请补齐缺少的次数或数量并补报记录；台账没有这一栏的，增加该栏如实填写；已做未报的，补记到台账；认为指标有误的，请向办公室说明。",
        example: "每年 4 次，年底只有 3 条记录：缺 1 次。",
    },
    en: Wording {
        title: "Indicator not reached",
        message: "{unit}, “{task}”, indicator {expected}: {shortfall}",
        why: "The division sets an indicator that the records do not reach yet.",
        mend: "Make up for what is missing and report it; add what was done and not reported; correct the division if it is wrong.",
        example: "Four times a year, three records at its end: one is missing.",
    },
};

/// Finds indicators that are not met.
#[derive(Debug)]
pub struct IndicatorUnmet;

impl Rule for IndicatorUnmet {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn batch(&self, cx: &Context<'_>, batch: &Batch<'_>, out: &mut Findings) {
        let unmet = batch.obligations.evaluated.tests.iter();
        let unmet = unmet.filter(|test| !matches!(test.verdict, Verdict::Evaluated | Verdict::Untold));
        // The tests of one indicator stand together, in the order of time.
        let unmet: Vec<&Tested> = unmet.collect();
        let one = |a: &&Tested, b: &&Tested| {
            (a.task, a.unit, a.indicator, &a.asked) == (b.task, b.unit, b.indicator, &b.asked)
        };
        let sent = Sent::of(batch);
        for tests in unmet.chunk_by(one) {
            tell(cx, (batch, &sent), tests, out);
        }
    }
}

/// Tells an indicator that one unit does not reach, in however many spans.
fn tell(cx: &Context<'_>, (batch, sent): (&Batch<'_>, &Sent<'_>), tests: &[&Tested], out: &mut Findings) {
    let test = tests[0];
    let rows = || tests.iter().flat_map(|test| &test.records).filter_map(|&at| record(batch, at));
    let demand = cx.division.task(test.task).terms(test.unit);
    let demand = demand.indicator.as_ref().map_or(demand.place, |indicator| indicator.place);
    let file = || sent.file(test.unit).map(|file| Place::file(file.source.id));
    // What counts is in the rows; what is missing is in none of them.
    let single = tests.iter().all(|test| test.reached.is_none() && test.days.is_empty());
    // The headcount is missing in the office's own roster, not in what the unit sent.
    let of_roster = || test.no_headcount.then(|| cx.division.unit(test.unit).place);
    let own = || rows().map(Entry::row_place).next().filter(|_| single);
    let place = of_roster().or_else(own).or_else(file).unwrap_or(demand);
    // Weeks and days of the window are told together, so that one more of them is no other fault.
    let within = cx.window.start <= test.span.first.start && test.span.last.end <= cx.window.end;
    let period = if within { cx.window.label() } else { test.span.label() };
    let finding = out.note(&KIND, place).unit(test.unit).task(test.task).period(period);
    finding.expected(&test.asked).fact("shortfall", shortfall(tests)).related(demand);
    if single {
        finding.related.extend(rows().map(Entry::row_place).skip(1).take(NAMED));
    }
    if tests.iter().all(|test| test.verdict != Verdict::Short) {
        // Nobody knows that it is not reached: to be looked at.
        finding.severity(Severity::Warning);
    }
}

/// What is missing in all spans: those of which the same is to be said stand together before it.
fn shortfall(tests: &[&Tested]) -> Bilingual {
    let mut said: Vec<(&Bilingual, Vec<&Tested>)> = Vec::new();
    for test in tests {
        let what = if test.lacking.is_empty() { &test.sentence } else { &test.lacking };
        match said.iter_mut().find(|(known, _)| *known == what) {
            Some((_, spans)) => spans.push(test),
            None => said.push((what, vec![test])),
        }
    }
    Bilingual::each(|lang| {
        let sentence = |(what, tests): &(&Bilingual, Vec<&Tested>)| {
            if tests.len() == 1 || tests[0].lacking.is_empty() {
                return tests[0].sentence.in_lang(lang).to_owned();
            }
            let spans: Vec<String> = tests.iter().map(|test| test.span.words(lang)).collect();
            let what = what.in_lang(lang);
            match lang {
                Lang::Zh if what.starts_with('应') => format!("{}均{what}", spans.join("、")),
                Lang::Zh => format!("{}每期{what}", spans.join("、")),
                Lang::En => format!("{}, each: {what}", spans.join(", ")),
            }
        };
        said.iter().map(sentence).collect::<Vec<_>>().join(lang.pick("；", "; "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;
    use crate::obligation::fixture::drawn;

    #[test]
    fn a_count_that_falls_short_is_told() {
        check(
            &IndicatorUnmet,
            "
            division | 1-1 学习宣传 | 综合科、后勤中心 | 考核指标=次数≥3/月
            --- 综合科.xlsx                                  <- D406 综合科 1-1
            任务编号 | 工作任务 | 完成情况 | 日期
            '1-1 | 学习宣传 | 已完成 | 8月1日
            '1-1 | 学习宣传 | 已完成 | 8月2日
            --- 后勤中心.xlsx
            任务编号 | 工作任务 | 完成情况 | 日期
            '1-1 | 学习宣传 | 已完成 | 8月1日
            '1-1 | 学习宣传 | 已完成 | 8月2日
            '1-1 | 学习宣传 | 已完成 | 8月3日
            ",
        );
    }

    #[test]
    fn a_cell_of_a_cross_tab_without_a_count_is_one_record() {
        check(
            &IndicatorUnmet,
            "
            division | 1-1 学习宣传 | 综合科 | 考核指标=次数≥1/月
            division | 1-2 路灯管护 | 综合科 | 考核指标=次数≥3/月
            --- 综合科.xlsx                                  <- D406 综合科 1-2 ~已2次
            工作任务 | 7月 | 8月
            学习宣传 | 讲课 | 讲课十五家
            路灯管护 | 1场 | 2场
            ",
        );
    }

    #[test]
    fn a_single_record_is_told_where_it_stands() {
        check(
            &IndicatorUnmet,
            "
            division | 1-1 路灯管护 | 综合科 | 考核指标=亮灯率≥99%
            field | 亮灯率 | 类型=百分比
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 日期 | 亮灯率
            '1-1 | 路灯管护 | 已完成 | 8月1日 | 99.5%
            '1-1 | 路灯管护 | 已完成 | 8月2日 | 90%             <- D406 error 1-1
            ",
        );
    }

    #[test]
    fn what_goes_on_with_a_record_is_not_counted_once_more() {
        check(
            &IndicatorUnmet,
            "
            division | 1-1 路灯巡查 | 综合科、后勤中心 | 考核指标=次数≥2/月；巡查人数≥2/次；形式≥2种
            field | 巡查人数 | 类型=整数
            --- 综合科.xlsx                      <- D406 综合科 1-1 ~缺1次
            工作任务 | 完成情况 | 日期 | 巡查人数 | 备注 | 形式
            路灯巡查 | 已完成 | 8月1日 | 2 | 甲路 | 步行
             | | | | 乙路 | 乘车
            --- 后勤中心.xlsx
            工作任务 | 完成情况 | 日期 | 巡查人数 | 备注 | 形式
            路灯巡查 | 已完成 | 8月1日 | 2 | 甲路 | 步行
             | | | | 乙路 | 乘车
            路灯巡查 | 已完成 | 8月2日 | 2 | 丙路 | 步行
            ",
        );
    }

    #[test]
    fn the_weeks_that_fall_short_are_one_finding() {
        check(
            &IndicatorUnmet,
            "
            division | 1-1 志愿服务 | 综合科、后勤中心 | 考核指标=次数≥2/周
            --- 综合科.xlsx                      <- D406 综合科 1-1
            任务编号 | 工作任务 | 完成情况 | 日期
            '1-1 | 志愿服务 | 已完成 | 8月5日
            '1-1 | 志愿服务 | 已完成 | 8月12日
            '1-1 | 志愿服务 | 已完成 | 8月13日
            --- 后勤中心.xlsx                    <- D406 error 后勤中心 1-1
            任务编号 | 工作任务 | 完成情况 | 日期
            '1-1 | 志愿服务 | 已完成 | 8月5日、6日、12日、13日、19日、20日、26日
            '1-1 | 志愿服务 | 已完成 | 8月1日、2日
            ",
        );
    }

    #[test]
    fn spans_of_which_the_same_is_said_stand_together() {
        let campaign = drawn(
            "2014-08 as of 2014-09-06
             1 | 甲科 | | | 次数≥2/周
             --- 甲科 2014-09-03T10:00 a.xlsx
             1 | 已完成 | 2014-08-05
             1 | 已完成 | 2014-08-12",
        );
        let (_, obligations) = campaign.settle();
        let tests: Vec<&Tested> = obligations.evaluated.tests.iter().collect();
        assert_eq!(
            shortfall(&tests).zh,
            "第32周（8月4日至10日）、第33周（8月11日至17日）均应不少于2次，已1次，缺1次；\
             第34周（8月18日至24日）、第35周（8月25日至31日）均应不少于2次，已0次，缺2次"
        );
        assert_eq!(shortfall(&tests[..1]).en, "2014-W32: ≥2 required, 1 so far, 1 missing");
    }

    #[test]
    fn what_cannot_be_told_for_one_cause_is_told_once() {
        check(
            &IndicatorUnmet,
            "
            division | 1-1 志愿服务 | 综合科 | 考核指标=志愿服务时长≥2/人/周       <- D406 warning 综合科 1-1
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 日期 | 时长
            '1-1 | 志愿服务 | 已完成 | 8月5日 | 2
            '1-1 | 志愿服务 | 已完成 | 8月12日 | 2
            ",
        );
    }
}
