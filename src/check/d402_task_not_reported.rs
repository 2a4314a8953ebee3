//! A task that a unit owed but did not report, although it submitted something.

use crate::basis::Bilingual;
use crate::basis::calendar::format::moment_words;
use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::Place;
use crate::basis::scope::{GapKind, Scope};
use crate::check::support::{Sent, demand, gaps, heard_from};
use crate::check::{Batch, Rule};
use crate::division::Context;
use crate::obligation::State;

/// The kind.
pub static KIND: Kind = Kind {
    code: "D402",
    name: "task-not-reported",
    scope: Scope::Owed(GapKind::NotReported),
    severity: Severity::Error,
    zh: Wording {
        title: "漏报任务",
        message: "{unit}已报台账，但没有报{period}的“{task}”[：{gap} 是空格]",
        why: "任务分工确定该任务由本单位负责，报来的台账里没有这一项。",
        mend: "请在台账中补上这项任务的一行（写明任务编号），重新报送；确无进展的写“未开始”，不涉及的写“不涉及”并说明理由。",
        example: "应报 1-1、1-2、1-3，只报了 1-1、1-3：漏报 1-2。",
    },
    en: Wording {
        title: "Task not reported",
        message: "{unit} submitted, but did not report “{task}” ({period})[: {gap} is empty]",
        why: "The division makes the unit responsible, and its ledger has no row on the task.",
        mend: "Add a row with the task's number and submit again; write 未开始 if nothing was done, 不涉及 if it does not apply.",
        example: "1-1, 1-2 and 1-3 were owed, 1-1 and 1-3 came: 1-2 is missing.",
    },
};

/// Finds tasks that were not reported.
#[derive(Debug)]
pub struct TaskNotReported;

impl Rule for TaskNotReported {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn batch(&self, cx: &Context<'_>, batch: &Batch<'_>, out: &mut Findings) {
        let (heard, mut gaps, sent) = (heard_from(batch), gaps(batch), Sent::of(batch));
        // a task owed several times may have a row or a cell for each
        let next = |places: &mut Vec<Place>| if places.len() > 1 { places.remove(0) } else { places[0] };

        for obligation in batch.obligations.all.iter().filter(|d| d.state == State::Missing && heard.contains(&d.unit))
        {
            let gap = gaps.get_mut(&(obligation.unit, obligation.task)).map(next);
            let file = || sent.file(obligation.unit).map(|file| Place::file(file.source.id));
            let place = gap.or_else(file).unwrap_or(demand(cx, obligation));
            let finding = out.note(&KIND, place);
            if let Some(area) = gap.and_then(|gap| gap.area) {
                finding.fact("gap", area);
            }
            finding
                .unit(obligation.unit)
                .task(obligation.task)
                .period(obligation.period.label())
                .expected(Bilingual::each(|lang| moment_words(obligation.due, lang)))
                .related(demand(cx, obligation));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn a_task_left_out_is_told_at_the_units_file() {
        check(
            &TaskNotReported,
            "
            division | 1-1 广告整治 | 综合科、后勤中心
            division | 1-2 环境整治 | 综合科、后勤中心、车管科
            --- 综合科.xlsx                               <- D402 1-2 综合科
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进
            --- 后勤中心.xlsx
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进
            '1-2 | 环境整治 | 未开始
            ",
        );
    }

    #[test]
    fn rows_without_a_day_report_the_part_of_the_window_they_stand_under() {
        check(
            &TaskNotReported,
            "
            division | 1-1 广告整治 | 综合科、后勤中心、车管科 | 报送周期=每旬
            --- 综合科.xlsx
            旬次 | 任务编号 | 工作任务 | 完成情况
            上旬 | '1-1 | 广告整治 | 已完成
            中旬 | '1-1 | 广告整治 | 已完成
            下旬 | '1-1 | 广告整治 | 已完成
            --- 后勤中心.xlsx                              <- D402 1-1 后勤中心 ~8月中旬
            任务编号 | 工作任务 | 完成情况
            上旬
            '1-1 | 广告整治 | 已完成
            下旬
            '1-1 | 广告整治 | 已完成
            --- 车管科8月上旬.xlsx
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 已完成
            --- 车管科8月中旬.xlsx                          <- D402 1-1 车管科 ~8月下旬
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 已完成
            ",
        );
    }

    #[test]
    fn an_untouched_row_of_a_form_is_the_place() {
        let form = "
            division | 1-1 广告整治 | 综合科
            division | 1-2 环境整治 | 综合科 | 报送周期=每半月
            division | 1-3 秩序整治 | 综合科
            --- 综合科.xlsx
            === 台账
            任务编号 | 工作任务 | 日期 | 完成情况
            '1-1 | 广告整治 | | 已完成
            '1-2 | 环境整治 | |                      <- D402 1-2 综合科 @D3 ~8月上半月
            '1-2 | 环境整治 | |                      <- D402 1-2 综合科 @D4 ~8月下半月
            '1-3 | 秩序整治 | |                      <- D402 1-3 综合科 @D5 ~D5是空格
            === 填表说明
            填表说明
            1. 灰色单元格由办公室填好，请勿改动；白色单元格由填报单位填写。
            ";
        check(&TaskNotReported, form);
        // nothing filled in: S18 says it
        let blank = form.lines().map(|line| line.split("<- ").next().unwrap_or_default().replace("已完成", ""));
        check(&TaskNotReported, &blank.collect::<Vec<_>>().join("\n"));
    }

    #[test]
    fn an_empty_cell_of_a_cross_tab_is_the_place() {
        check(
            &TaskNotReported,
            "
            division | 1-1 广告整治 | 综合科、后勤中心
            division | 1-2 环境整治 | 综合科、后勤中心、车管科
            --- 汇总.xlsx
            工作任务 | 综合科 | 后勤中心 | 车管科
            广告整治 | 已完成 | 推进中 |
            环境整治 | 已完成 | |                     <- D402 1-2 后勤中心 @C3; D402 1-2 车管科 @D3
            ",
        );
    }
}
