//! A row that could not be matched to any task of the division.

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::scope::Scope;
use crate::check::support::is_nil_for_all;
use crate::check::support::phrase::task_name;
use crate::check::{Entry, Rule};
use crate::division::{Context, fields};
use crate::ledger::Attribution;

/// The kind.
pub static KIND: Kind = Kind {
    code: "R201",
    name: "task-unmatched",
    scope: Scope::Submission,
    severity: Severity::Warning,
    zh: Wording {
        title: "对不上任务",
        message: "“{seen}”对不上任务分工中的任何一项[，最接近的是“{best}”（相似度 {likeness}%）]",
        why: "对不上任务就不能算完成了哪一项；这一行列在“未归类”，没有丢失。",
        mend: "请补写任务编号，或把工作任务改为与任务分工一致的文字；确属分工外的工作不用处理。",
        example: "不合格：“搞卫生”。合格：“1-3”或与分工表一致的任务名称。",
    },
    en: Wording {
        title: "Task not found",
        message: "“{seen}” is no task of the division[; the nearest is “{best}” ({likeness} % alike)]",
        why: "Without its task a row fulfils no obligation; it is kept under 未归类.",
        mend: "Write the task's number, or its text as in the division; work beyond the division may stay so.",
        example: "Bad: 搞卫生. Good: 1-3, or the text of the task.",
    },
};

/// The least likeness, in percent, of a task that is suggested.
const WORTH_NAMING: u8 = 25;

/// Finds rows without a task.
#[derive(Debug)]
pub struct TaskUnmatched;

impl Rule for TaskUnmatched {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn record(&self, cx: &Context<'_>, entry: Entry<'_>, out: &mut Findings) {
        let (Attribution::None { best, likeness }, None) = (entry.record.by, entry.record.task) else { return };
        if entry.repeats_task() || is_nil_for_all(entry) {
            return;
        }
        let (task, code) = (entry.text(fields::TASK), entry.text(fields::CODE));
        let (field, reading) = match (task.is_empty(), code.is_empty()) {
            // neither code nor text: C101
            (true, true) => return,
            (true, false) => (fields::CODE, code.to_owned()),
            (false, true) => (fields::TASK, task.to_owned()),
            (false, false) => (fields::TASK, format!("{code} {task}")),
        };
        let finding = out.note(&KIND, entry.place(field)).unit(entry.unit()).seen(reading);
        if let Some(best) = best.filter(|_| likeness >= WORTH_NAMING) {
            finding.fact("best", task_name(cx.division, best)).fact("likeness", likeness);
            finding.related(cx.division.task(best).place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn a_row_without_a_task_is_told_with_the_nearest() {
        check(
            &TaskUnmatched,
            "
            division | 1-1 开展公益广告宣传 | 综合科
            division | 1-2 开展环境卫生整治 | 综合科
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况
             | 修理食堂冰箱 | 已完成                     <- R201 @B 综合科
            '9-9 | | 已完成                              <- R201 @A
             | 开展公益广告宣传 | 正在推进
            ",
        );
    }

    #[test]
    fn a_nil_report_on_everything_needs_no_task() {
        check(
            &TaskUnmatched,
            "
            division | 1-1 开展公益广告宣传 | 综合科、车管科
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况
             | 无 | 零报告
            --- 车管科.xlsx
            任务编号 | 工作任务 | 完成情况
            '1-1 | | 已完成
             | 无 | 零报告                              <- R201 @B 车管科
            ",
        );
    }

    #[test]
    fn a_merged_task_is_told_once() {
        check(
            &TaskUnmatched,
            "
            division | 1-1 开展公益广告宣传 | 综合科
            --- 综合科.xlsx
            工作任务 | 完成情况 | 日期
            修理食堂冰箱 | 正在推进 | 8月1日               <- R201 @A2
            ^ | 正在推进 | 8月2日
            修理食堂门窗 | 正在推进 | 8月3日               <- R201 @A4
            ",
        );
    }
}
