//! A row that could not be matched to any task of the division.

use std::collections::HashMap;

use crate::basis::UnitId;
use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::scope::Scope;
use crate::basis::text::fold;
use crate::check::support::phrase::task_name;
use crate::check::support::{is_blank_form, is_nil_for_all};
use crate::check::{Entry, OneFile, Rule};
use crate::division::{Context, fields};
use crate::ledger::Attribution;
use crate::table::FieldId;

/// The kind.
pub static KIND: Kind = Kind {
    code: "R201",
    name: "task-unmatched",
    scope: Scope::Submission,
    severity: Severity::Warning,
    zh: Wording {
        title: "对不上任务",
        message: "“{seen}”[（共 {rows} 行）]对不上任务分工中的任何一项[，最接近的是“{best}”（相似度 {likeness}%）]",
        why: "对不上任务就不能算完成了哪一项；这一行列在“未归类”，没有丢失。",
        mend: "请补写任务编号，或把工作任务改为与任务分工一致的文字；确属分工外的工作不用处理。",
        example: "不合格：“搞卫生”。合格：“1-3”或与分工表一致的任务名称。",
    },
    en: Wording {
        title: "Task not found",
        message: "“{seen}”[ ({rows} rows)] is no task of the division[; the nearest is “{best}” ({likeness} % alike)]",
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

    fn file(&self, cx: &Context<'_>, file: &OneFile<'_>, out: &mut Findings) {
        // of a blank form S18 says enough
        if is_blank_form(*file) {
            return;
        }
        // A text that stands in many rows is one question, asked at the first of them.
        let mut asked: HashMap<(Option<UnitId>, String), Vec<Entry<'_>>> = HashMap::new();
        let mut order = Vec::new();
        for entry in file.entries().filter(|entry| is_unmatched(*entry)) {
            let Some((_, reading)) = reading(entry) else { continue };
            let key = (entry.unit(), fold(&reading));
            let rows = asked.entry(key.clone()).or_default();
            if rows.is_empty() {
                order.push(key);
            }
            rows.push(entry);
        }
        for key in order {
            let rows = &asked[&key];
            let first = rows[0];
            let (Attribution::None { best, likeness }, Some((field, reading))) = (first.record.by, reading(first))
            else {
                continue;
            };
            let finding = out.note(&KIND, first.place(field)).unit(first.unit()).seen(reading);
            if rows.len() > 1 {
                finding.fact("rows", rows.len());
            }
            if let Some(best) = best.filter(|_| likeness >= WORTH_NAMING) {
                finding.fact("best", task_name(cx.division, best)).fact("likeness", likeness);
                finding.related(cx.division.task(best).whole.place);
            }
            finding.related.extend(rows[1..].iter().map(|row| row.place(field)));
        }
    }
}

/// Whether a row names a task that is none of the division.
fn is_unmatched(entry: Entry<'_>) -> bool {
    matches!(entry.record.by, Attribution::None { .. })
        && entry.record.task.is_none()
        && !entry.repeats_task()
        && !is_nil_for_all(entry)
}

/// What a row says its task is, and in which field; none where nothing is written (C101 asks for it).
fn reading(entry: Entry<'_>) -> Option<(FieldId, String)> {
    let (task, code) = (entry.text(fields::TASK), entry.text(fields::CODE));
    match (task.is_empty(), code.is_empty()) {
        (true, true) => None,
        (true, false) => Some((fields::CODE, code.to_owned())),
        (false, true) => Some((fields::TASK, task.to_owned())),
        (false, false) => Some((fields::TASK, format!("{code} {task}"))),
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
    fn one_text_in_many_rows_is_told_once_for_each_unit() {
        check(
            &TaskUnmatched,
            "
            division | 1-1 开展公益广告宣传 | 综合科、车管科
            --- 综合科.xlsx
            工作任务 | 责任单位 | 完成情况 | 日期
            修理食堂冰箱 | 综合科 | 正在推进 | 8月1日               <- R201 @A 综合科
            修理食堂冰箱 | 综合科 | 正在推进 | 8月2日
            修理食堂门窗 | 综合科 | 正在推进 | 8月3日               <- R201 @A 综合科
            修理 食堂冰箱 | 车管科 | 正在推进 | 8月4日               <- R201 @A 车管科
            修理食堂冰箱 | 综合科 | 正在推进 | 8月5日
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
    fn words_for_nothing_need_no_task_wherever_they_stand() {
        check(
            &TaskUnmatched,
            "
            division | 1-1 开展公益广告宣传 | 综合科、车管科、后勤中心、办公室、人事科、园林所
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 备注
            无 | 无 | 无 | 本月没有相关活动
            --- 车管科.xlsx
            任务编号 | 工作任务 | 完成情况
            零报告 | |
            --- 后勤中心.xlsx
            任务编号 | 工作任务 | 完成情况
            '1 | 本月无 | 无
            --- 办公室.xlsx
            任务编号 | 工作任务 | 完成情况
            '1 | 修理食堂冰箱 | 无                     <- R201 @B 办公室
            --- 人事科.xlsx
            任务编号 | 工作任务 | 完成情况
             | 各项任务 | 零报告
            --- 园林所.xlsx
            任务编号 | 工作任务 | 完成情况
            '7 | |
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

    #[test]
    fn rows_that_say_the_same_are_counted() {
        check(
            &TaskUnmatched,
            "
            division | 1-1 开展公益广告宣传 | 综合科
            --- 综合科.xlsx
            工作任务 | 完成情况
            修理食堂冰箱 | 正在推进                    <- R201 @A2 ~“修理食堂冰箱”（共2行）对不上
            修理食堂冰箱 | 已完成
            修理食堂门窗 | 正在推进                    <- R201 @A4 ~“修理食堂门窗”对不上
            ",
        );
    }
}
