//! A unit that submitted nothing.

use std::collections::BTreeMap;

use crate::basis::UnitId;
use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::scope::{GapKind, Scope};
use crate::check::support::moments::moments;
use crate::check::support::{demand, heard_from, listing, task_codes};
use crate::check::{Batch, Rule};
use crate::division::Context;
use crate::obligation::{Obligation, State};

/// The kind.
pub static KIND: Kind = Kind {
    code: "D401",
    name: "not-submitted",
    scope: Scope::Owed(GapKind::NotSubmitted),
    severity: Severity::Error,
    zh: Wording {
        title: "未报送",
        message: "{unit}{period}台账未报送，应报{count}项任务（{tasks}），时限{expected}",
        why: "任务分工确定由该单位负责，到时限仍没有收到任何材料（收件的文件名、文件夹名中也没有该单位）。",
        mend: "请尽快补报台账；本期确无工作的，报“零报告”；已报送的，请与办公室核对收件。",
        example: "13 个单位应报，12 个已报：未报的一个单位列一条。",
    },
    en: Wording {
        title: "Not submitted",
        message: "Nothing came from {unit} for {period}: {count} tasks were due ({tasks}) by {expected}",
        why: "The division makes the unit responsible, and nothing came in time.",
        mend: "Submit the ledger today; a unit with nothing to report sends a nil report.",
        example: "Twelve of thirteen units reported: one finding for the thirteenth.",
    },
};

/// Finds units that submitted nothing.
#[derive(Debug)]
pub struct NotSubmitted;

impl Rule for NotSubmitted {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn batch(&self, cx: &Context<'_>, batch: &Batch<'_>, out: &mut Findings) {
        let heard = heard_from(batch);
        let mut silent: BTreeMap<UnitId, Vec<&Obligation>> = BTreeMap::new();
        for obligation in batch.obligations.all.iter().filter(|d| d.state == State::Missing && !heard.contains(&d.unit))
        {
            silent.entry(obligation.unit).or_default().push(obligation);
        }
        for (unit, obligations) in silent {
            let codes = task_codes(cx, &obligations);
            let finding = out.note(&KIND, cx.division.unit(unit).place).unit(unit).period(cx.window.label());
            finding.fact("count", codes.len());
            finding.expected = moments(cx, &obligations, |obligation| Some(obligation.due));
            finding.fact("tasks", listing(&codes, 10));
            let mut demands: Vec<_> = obligations.iter().map(|obligation| demand(cx, obligation)).collect();
            demands.dedup();
            finding.related = demands;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn a_silent_unit_is_one_finding_however_much_it_owes() {
        check(
            &NotSubmitted,
            "
            division | 1-1 广告整治 | 综合科、后勤中心      <- D401 后勤中心
            division | 1-2 环境整治 | 综合科、后勤中心
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进
            ",
        );
    }

    #[test]
    fn rows_inside_anothers_ledger_are_a_report() {
        check(
            &NotSubmitted,
            "
            division | 1-1 广告整治 | 综合科、后勤中心
            --- 综合科.xlsx
            任务编号 | 工作任务 | 责任单位 | 完成情况
            '1-1 | 广告整治 | 综合科 | 正在推进
            '1-1 | 广告整治 | 后勤中心 | 正在推进
            ",
        );
    }

    #[test]
    fn a_report_of_the_window_before_breaks_no_silence() {
        check(
            &NotSubmitted,
            "
            division | 1-1 广告整治 | 综合科 | 报送周期=每季    <- D401 综合科
            division | 1-2 环境整治 | 综合科
            window 2014-09
            as-of 2014-10-08 18:00
            --- 综合科.xlsx 2014-09-03 10:00
            2014年8月台账
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进
            ",
        );
    }

    #[test]
    fn nobody_is_silent_before_the_due_time() {
        check(
            &NotSubmitted,
            "
            as-of 2014-09-04 12:00
            division | 1-1 广告整治 | 综合科、后勤中心
            ",
        );
    }

    #[test]
    fn what_was_due_at_another_time_is_told_with_it() {
        check(
            &NotSubmitted,
            "
            as-of 2014-09-16
            division | 1-1 广告整治 | 综合科      <- D401 综合科 ~时限2014年9月5日17时（1-1、1-3）、2014年9月15日（1-2）
            division | 1-2 环境整治 | 综合科
            division | 1-3 秩序整治 | 综合科
            waiver | 1-2 | 综合科 | 类型=延期 | 截止日期=2014-09-15
            ",
        );
    }
}
