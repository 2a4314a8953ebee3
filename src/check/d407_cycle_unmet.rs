//! A task owed several times in the window that was not reported each time.

use std::collections::BTreeMap;

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::Place;
use crate::basis::scope::{GapKind, Scope};
use crate::basis::{Bilingual, TaskId, UnitId};
use crate::check::support::{Sent, demand, heard_from, listing};
use crate::check::{Batch, Rule};
use crate::division::Context;
use crate::obligation::{Obligation, State};

/// The kind.
pub static KIND: Kind = Kind {
    code: "D407",
    name: "cycle-unmet",
    scope: Scope::Owed(GapKind::TooSeldom),
    severity: Severity::Error,
    zh: Wording {
        title: "报送次数不足",
        message: "{unit}“{task}”{cycle}，本期应报{due}次，已报{came}次，缺{missing}",
        why: "任务分工规定了报送周期，每个周期都要有记录。",
        mend: "请补报所缺周期的记录（写明日期）；当期确无工作的，报“零报告”。",
        example: "每周一次，8 月应报 4 次，缺第 34 周。",
    },
    en: Wording {
        title: "Not reported in every cycle",
        message: "{unit}, “{task}”, {cycle}: {due} reports were due, {came} came; missing {missing}",
        why: "The division sets a cycle, and every sub-period of it wants a record.",
        mend: "Add the records of the missing sub-periods, with their dates; a nil report where there was nothing.",
        example: "Weekly, four times in August: week 34 is missing.",
    },
};

/// Finds tasks that were not reported in every sub-period; one finding for each task and unit.
#[derive(Debug)]
pub struct CycleUnmet;

impl Rule for CycleUnmet {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn batch(&self, cx: &Context<'_>, batch: &Batch<'_>, out: &mut Findings) {
        let mut owed: BTreeMap<(TaskId, UnitId), Vec<&Obligation>> = BTreeMap::new();
        for obligation in batch.obligations.all.iter().filter(|obligation| obligation.period.cycle < cx.window.cycle) {
            owed.entry((obligation.task, obligation.unit)).or_default().push(obligation);
        }
        let (heard, sent) = (heard_from(batch), Sent::of(batch));
        for ((task, unit), obligations) in owed {
            let due: Vec<_> = obligations
                .iter()
                .filter(|obligation| !matches!(obligation.state, State::NotDue | State::Exempt))
                .collect();
            let missing: Vec<_> = due.iter().filter(|obligation| obligation.state == State::Missing).collect();
            let came = due.iter().filter(|d| !d.state.is_lacking()).count();
            // D401 covers units that submitted nothing, D402 tasks with a single sub-period
            if missing.is_empty() || due.len() < 2 || !heard.contains(&unit) {
                continue;
            }
            let demand = demand(cx, obligations[0]);
            let place = sent.file(unit).map_or(demand, |file| Place::file(file.source.id));
            let cycle = obligations[0].period.cycle;
            let finding = out.note(&KIND, place).unit(unit).task(task).period(cx.window.label()).related(demand);
            finding.fact("due", due.len()).fact("came", came);
            finding.fact_in("cycle", cycle.word(crate::basis::Lang::Zh), cycle.word(crate::basis::Lang::En));
            let periods = |lang| missing.iter().map(|obligation| obligation.period.words(lang)).collect::<Vec<_>>();
            finding.fact("missing", Bilingual::each(|lang| listing(&periods(lang), 12).in_lang(lang).to_owned()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn the_turns_of_a_cycle_are_summed_up() {
        check(
            &CycleUnmet,
            "
            division | 1-1 每周清扫 | 综合科、后勤中心 | 报送周期=每半月
            --- 综合科.xlsx                                  <- D407 综合科 1-1
            任务编号 | 工作任务 | 完成情况 | 日期
            '1-1 | 每周清扫 | 已完成 | 8月1日
            --- 后勤中心.xlsx
            任务编号 | 工作任务 | 完成情况 | 日期
            '1-1 | 每周清扫 | 已完成 | 8月1日
            '1-1 | 每周清扫 | 已完成 | 8月20日
            ",
        );
    }

    #[test]
    fn two_that_are_due_are_summed_up_and_one_is_a_task_left_out() {
        check(
            &CycleUnmet,
            "
            division | 1-1 每旬清扫 | 综合科 | 报送周期=每旬
            division | 1-2 每旬巡查 | 综合科 | 报送周期=每旬
            division | 1-3 环境整治 | 综合科
            waiver | 1-1 | 综合科 | 类型=豁免 | 截止日期=2014-08-10
            waiver | 1-2 | 综合科 | 类型=豁免 | 截止日期=2014-08-20
            --- 综合科.xlsx                                  <- D407 综合科 1-1
            任务编号 | 工作任务 | 完成情况
            '1-3 | 环境整治 | 已完成
            ",
        );
    }

    #[test]
    fn of_a_unit_that_sent_nothing_it_says_nothing() {
        check(
            &CycleUnmet,
            "
            division | 1-1 每旬清扫 | 综合科、后勤中心 | 报送周期=每旬
            --- 后勤中心.xlsx
            任务编号 | 工作任务 | 完成情况 | 日期
            '1-1 | 每旬清扫 | 已完成 | 8月10日、8月11日、8月31日
            ",
        );
    }
}
