//! A grade below the best one.

use std::collections::BTreeMap;

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::Place;
use crate::basis::scope::{GapKind, Scope};
use crate::check::support::{Sent, record};
use crate::check::{Batch, Entry, Rule};
use crate::division::Context;
use crate::obligation::FileState;

/// The kind.
pub static KIND: Kind = Kind {
    code: "D411",
    name: "below-grade",
    scope: Scope::Owed(GapKind::Incomplete),
    severity: Severity::Warning,
    zh: Wording {
        title: "未达最高等次",
        message: "{unit}“{task}”按记录评为“{grade}”[，计 {score} 分（分值 {marks}）][：{shortfall}]",
        why: "任务分工规定了分等条件，现有记录够不上最高一等。",
        mend: "请按所缺条件补足工作和记录；已做未报的，补记到台账。",
        example: "符合要 3 处，现有 2 处：评为“基本符合”。",
    },
    en: Wording {
        title: "Below the best grade",
        message: "{unit}, “{task}”: the records come to “{grade}”[, {score} of {marks} marks][: {shortfall}]",
        why: "The division sets what each grade asks, and the records do not reach the best.",
        mend: "Make up for what is missing and report it; add what was done and not reported.",
        example: "符合 asks for 3 places, there are 2: 基本符合.",
    },
};

/// Finds grades below the best.
#[derive(Debug)]
pub struct BelowGrade;

impl Rule for BelowGrade {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn batch(&self, cx: &Context<'_>, batch: &Batch<'_>, out: &mut Findings) {
        let by_grade = batch.obligations.evaluated.scores.iter().filter(|scored| scored.by_grade);
        let scores: BTreeMap<_, _> = by_grade.filter_map(|s| Some(((s.task, s.unit), (s.score, s.of?)))).collect();
        let sent = Sent::of(batch);
        for graded in batch.obligations.evaluated.grades.iter().filter(|graded| graded.rank > 0) {
            let terms = cx.division.task(graded.task).terms(graded.unit);
            let demand = terms.indicator.as_ref().map_or(terms.place, |indicator| indicator.place);
            // what earlier windows reported counts, and is not what this window's ledger is returned for
            let own = graded.records.iter().find(|at| batch.files[at.file as usize].state != FileState::Ignored);
            let row = own.and_then(|&at| record(batch, at)).map(Entry::row_place);
            let file = || sent.file(graded.unit).map(|file| Place::file(file.source.id));
            let finding = out.note(&KIND, row.or_else(file).unwrap_or(demand)).unit(graded.unit).task(graded.task);
            finding.period(cx.window.label()).seen(&graded.grade).fact("grade", &graded.grade).related(demand);
            if let Some(&(score, marks)) = scores.get(&(graded.task, graded.unit)) {
                finding.fact("score", score).fact("marks", marks);
            }
            if !graded.sentence.is_empty() {
                finding.fact("shortfall", graded.sentence.clone());
            }
            if graded.rank + 1 < graded.of {
                finding.severity(Severity::Info);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn a_middle_grade_is_an_info_and_the_last_a_warning() {
        check(
            &BelowGrade,
            "
            division | 1-1 公益广告 | 综合科、后勤中心、车管科 | 考核指标=符合：处数≥3；基本符合：处数≥1；否则：不符合
            field | 处数 | 类型=整数
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 处数
            '1-1 | 公益广告 | 正在推进 | 2                      <- D411 info 综合科 1-1 ~“基本符合”：
            --- 后勤中心.xlsx
            任务编号 | 工作任务 | 完成情况 | 处数
            '1-1 | 公益广告 | 正在推进 | 0                      <- D411 warning 后勤中心
            --- 车管科.xlsx
            任务编号 | 工作任务 | 完成情况 | 处数
            '1-1 | 公益广告 | 正在推进 | 3
            ",
        );
    }

    #[test]
    fn of_two_grades_the_lower_one_is_the_last() {
        check(
            &BelowGrade,
            "
            division | 1-1 公益广告 | 综合科、后勤中心 | 考核指标=符合：处数≥3；否则：不符合
            field | 处数 | 类型=整数
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 处数
            '1-1 | 公益广告 | 正在推进 | 2                      <- D411 warning 综合科 1-1
            --- 后勤中心.xlsx
            任务编号 | 工作任务 | 完成情况 | 处数
            '1-1 | 公益广告 | 正在推进 | 3
            ",
        );
    }

    #[test]
    fn it_stands_in_the_ledger_of_its_window_not_in_an_earlier_one() {
        check(
            &BelowGrade,
            "
            division | 1-1 公益广告 | 综合科 | 考核指标=符合：次数≥3/月；否则：不符合
            --- 综合科7月台账.xlsx
            任务编号 | 工作任务 | 完成情况
            '1-1 | 公益广告 | 正在推进
            --- 综合科8月台账.xlsx
            任务编号 | 工作任务 | 完成情况
            '1-1 | 公益广告 | 正在推进                      <- D411 warning 综合科 1-1
            ",
        );
        check(
            &BelowGrade,
            "
            window 2014-09
            as-of 2014-10-06 18:00
            division | 1-1 公益广告 | 综合科 | 报送周期=每季 | 考核指标=符合：次数≥3；否则：不符合
            division | 1-2 学习宣传 | 综合科
            --- 综合科8月台账.xlsx
            任务编号 | 工作任务 | 完成情况
            '1-1 | 公益广告 | 正在推进
            --- 综合科9月台账.xlsx                          <- D411 warning 综合科 1-1
            任务编号 | 工作任务 | 完成情况
            '1-2 | 学习宣传 | 正在推进
            ",
        );
    }
}
