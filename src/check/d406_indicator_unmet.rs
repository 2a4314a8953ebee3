//! An indicator that the records do not meet, or fixed days without a record.

use std::collections::BTreeSet;

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::Place;
use crate::basis::scope::{GapKind, Scope};
use crate::check::support::{file_of, record};
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
        message: "{unit}“{task}”考核指标 {expected}：{shortfall}",
        why: "任务分工规定了考核指标，台账记录还达不到。",
        mend: "请补齐缺少的次数或数量并补报记录；已做未报的，补记到台账；指标有误的，由办公室修改任务分工。",
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
        let mut untold = BTreeSet::new();
        // what cannot be evaluated is noted once for each cause, not for each period
        let mut told_before = |test: &Tested| {
            test.verdict == Verdict::Unknown
                && !untold.insert((test.task, test.unit, test.asked.clone(), test.sentence.clone()))
        };
        let unmet = batch
            .obligations
            .reached
            .tests
            .iter()
            .filter(|test| matches!(test.verdict, Verdict::Short | Verdict::Unknown));
        for test in unmet.filter(|test| !told_before(test)) {
            let task = cx.division.task(test.task);
            let rows = test.records.iter().filter_map(|&at| record(batch, at));
            let mut rows = rows.map(Entry::row_place);
            let demand = task.indicator.as_ref().map_or(task.place, |indicator| indicator.place);
            let file = || file_of(batch, test.unit).map(|file| Place::file(file.source.id));
            // only faults of single records have places in rows
            let single = test.reached.is_none() && test.days.is_empty();
            // the headcount is missing in the roster of the office, not in the submission
            let of_roster = || test.no_headcount.then(|| cx.division.unit(test.unit).place);
            let place = of_roster().or_else(|| rows.next().filter(|_| single)).or_else(file).unwrap_or(demand);
            let finding = out.note(&KIND, place).unit(test.unit).task(test.task).period(test.span.label());
            finding.expected(&test.asked).fact("shortfall", test.sentence.clone()).related(demand);
            if single {
                finding.related.extend(rows.take(NAMED));
            }
            if test.verdict == Verdict::Unknown {
                // it may be met, so a person has to check
                finding.severity(Severity::Warning);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

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
