//! A row on a task that the division does not assign to its unit.

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::scope::Scope;
use crate::check::support::listing;
use crate::check::{Entry, Rule};
use crate::division::{Context, fields};

/// The kind.
pub static KIND: Kind = Kind {
    code: "R205",
    name: "not-this-units-task",
    scope: Scope::Submission,
    severity: Severity::Warning,
    zh: Wording {
        title: "不是本单位任务",
        message: "“{task}”的责任单位[是{owners}，]不包括{unit}",
        why: "内容已汇总在该任务下，但不能算作责任单位已报。",
        mend: "请核对任务编号和责任单位；如分工有调整，由办公室修改任务分工。",
        example: "综合科报了只由后勤中心负责的任务。",
    },
    en: Wording {
        title: "Not this unit's task",
        message: "“{task}” is given [to {owners}, ]not to {unit}",
        why: "The row is merged under the task, and fulfils nobody's obligation.",
        mend: "Check the task's number and the unit; if the division has changed, the office corrects it.",
        example: "A section that reports a task of the service centre alone.",
    },
};

/// Finds rows on tasks of other units.
#[derive(Debug)]
pub struct NotThisUnitsTask;

impl Rule for NotThisUnitsTask {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn record(&self, cx: &Context<'_>, entry: Entry<'_>, out: &mut Findings) {
        let (Some(id), Some(unit)) = (entry.record.task, entry.unit()) else { return };
        if entry.repeats_task() {
            return;
        }
        let task = cx.division.task(id);
        let handed = |unit| cx.division.handed.iter().any(|handed| handed.task == id && handed.from == unit);
        let given = |unit| task.units.contains(&unit) || task.supporting.contains(&unit) || handed(unit);
        // a task without units (P501) is a fault of the division, not of the unit that reports it
        if task.units.is_empty() || given(unit) || entry.record.also.iter().copied().any(given) {
            return;
        }
        let field = if entry.ledger.column(fields::CODE).is_some() { fields::CODE } else { fields::TASK };
        let finding = out.note(&KIND, entry.place(field)).unit(unit).task(id).related(task.whole.units_place);
        let owners: Vec<&str> = task.units.iter().map(|&unit| cx.division.unit(unit).name.as_str()).collect();
        if !owners.is_empty() {
            finding.fact("owners", listing(&owners, 5));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn a_row_on_anothers_task_is_told_and_supporting_units_may_report() {
        check(
            &NotThisUnitsTask,
            "
            division | 1-1 广告整治 | 综合科 | 配合单位=车管科
            division | 1-2 环境整治 | 后勤中心
            division | 1-3 图书统计 | 各相关单位
            --- 后勤中心.xlsx
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进                    <- R205 后勤中心 1-1
            '1-2 | 环境整治 | 正在推进
            '1-3 | 图书统计 | 正在推进
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进
            --- 车管科.xlsx
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进
            ",
        );
    }
}
