//! A task whose deadline has passed and that its unit has not reported as done.

use crate::basis::Bilingual;
use crate::basis::calendar::format::moment_words;
use crate::basis::calendar::window::end_of;
use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::scope::{GapKind, Scope};
use crate::check::support::deadlines::undone;
use crate::check::{Batch, Rule};
use crate::division::Context;

/// The kind.
pub static KIND: Kind = Kind {
    code: "D408",
    name: "overdue",
    scope: Scope::Owed(GapKind::Overdue),
    severity: Severity::Error,
    zh: Wording {
        title: "超期未完成",
        message: "“{task}”完成时限{expected}已过，{unit}[报的是“{seen}”，]未报完成",
        why: "任务分工规定了完成时限，到期没有报告完成。",
        mend: "已完成的，请更正完成情况并附佐证材料；未完成的，说明原因、报新的完成时间，由办公室研究是否延期。",
        example: "时限 8 月 20 日，8 月 31 日仍写“正在推进”。",
    },
    en: Wording {
        title: "Overdue",
        message: "“{task}” was to be done by {expected}, and {unit} did not report it done[; its state says “{seen}”]",
        why: "The division sets a deadline, and the task is not reported done.",
        mend: "If it is done, correct its state and add the evidence; if not, give the reason and a new date.",
        example: "To be done by 20 August; on the 31st it still says 正在推进.",
    },
};

/// Finds overdue tasks.
#[derive(Debug)]
pub struct Overdue;

impl Rule for Overdue {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn batch(&self, cx: &Context<'_>, batch: &Batch<'_>, out: &mut Findings) {
        // while the report is not yet due, the task may be done
        for item in undone(cx, batch).into_iter().filter(|item| item.until < cx.as_of && !item.not_due) {
            let terms = cx.division.task(item.task).terms(item.unit);
            let finding = out.note(&KIND, item.place).unit(item.unit).task(item.task).period(cx.window.label());
            finding
                .expected(Bilingual::each(|lang| moment_words(end_of(item.until.date()), lang)))
                .related(terms.place);
            finding.seen = item.seen;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn a_deadline_that_passed_is_told_until_the_task_is_done() {
        check(
            &Overdue,
            "
            division | 1-1 广告整治 | 综合科、后勤中心 | 完成时限=2014年8月20日
            division | 1-2 环境整治 | 综合科 | 完成时限=2014年12月底
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 日期
            '1-1 | 广告整治 | 正在推进 |                    <- D408 @C 1-1 综合科
            '1-2 | 环境整治 | 正在推进 |
            --- 后勤中心.xlsx
            任务编号 | 工作任务 | 完成情况 | 日期
            '1-1 | 广告整治 | 已完成 | 8月19日
            ",
        );
    }

    #[test]
    fn each_unit_has_the_deadline_of_its_own_row() {
        check(
            &Overdue,
            "
            division | 1-1 广告整治 | 综合科 | 完成时限=2014年8月20日
            division | 1-1 广告整治 | 后勤中心 | 完成时限=2014年12月底
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 日期
            '1-1 | 广告整治 | 正在推进 |                    <- D408 @C 1-1 综合科
            --- 后勤中心.xlsx
            任务编号 | 工作任务 | 完成情况 | 日期
            '1-1 | 广告整治 | 正在推进 |
            ",
        );
    }

    #[test]
    fn a_deadline_has_passed_when_its_day_is_over() {
        check(
            &Overdue,
            "
            as-of 2014-09-06 18:00
            division | 1-1 广告整治 | 综合科 | 完成时限=2014年9月6日
            division | 1-2 环境整治 | 综合科 | 完成时限=2014年9月5日
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进
            '1-2 | 环境整治 | 正在推进                    <- D408 @C 1-2
            ",
        );
    }

    #[test]
    fn while_the_report_may_still_come_nobody_is_overdue() {
        let silent = "
            as-of 2014-09-05 17:00
            division | 1-1 广告整治 | 综合科 | 完成时限=2014年8月20日
            ";
        check(&Overdue, silent);
        check(&Overdue, &silent.replace("17:00", "17:01").replace("8月20日", "8月20日   <- D408 综合科 1-1"));
        // What came before it is due says itself that it is not done.
        check(
            &Overdue,
            "
            as-of 2014-09-03 12:00
            division | 1-1 广告整治 | 综合科 | 完成时限=2014年8月20日
            --- 综合科.xlsx 2014-09-03 10:00
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进                    <- D408 @C 1-1
            ",
        );
    }

    #[test]
    fn an_extension_moves_the_deadline_of_whom_it_was_granted() {
        check(
            &Overdue,
            "
            as-of 2014-09-06 18:00
            division | 1-1 广告整治 | 综合科、后勤中心 | 完成时限=2014年8月20日
            division | 1-2 环境整治 | 综合科 | 完成时限=2014年8月20日
            division | 1-3 秩序整治 | 综合科 | 完成时限=2014年8月20日
            waiver | 1-1 | 综合科 | 类型=延期 | 截止日期=2014-09-06
            waiver | 1-2 | 综合科 | 类型=延期 | 截止日期=2014-09-05
            waiver | 1-3 | 综合科 | 类型=延期 | 截止日期=2014-08-01
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进
            '1-2 | 环境整治 | 正在推进                    <- D408 1-2
            '1-3 | 秩序整治 | 正在推进                    <- D408 1-3
            --- 后勤中心.xlsx
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进                    <- D408 1-1 后勤中心
            ",
        );
    }

    #[test]
    fn who_is_excused_or_disputes_it_is_not_overdue() {
        check(
            &Overdue,
            "
            division | 1-1 广告整治 | 综合科 | 完成时限=2014年8月20日
            division | 1-2 环境整治 | 综合科 | 完成时限=2014年8月20日
            division | 1-3 秩序整治 | 综合科 | 完成时限=2014年8月20日
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 不涉及
            '1-2 | 环境整治 | 有异议
            '1-3 | 秩序整治 | 零报告                      <- D408 1-3
            ",
        );
    }

    #[test]
    fn on_its_last_day_a_task_is_not_overdue_and_the_next_day_it_is() {
        for (as_of, mark) in [("2014-09-05", ""), ("2014-09-06 00:00", "<- D408"), ("2014-09-07", "<- D408")] {
            let drawing = format!(
                "as-of {as_of}
                 division | 1-1 广告整治 | 综合科 | 完成时限=2014年9月5日
                 --- 综合科.xlsx
                 任务编号 | 工作任务 | 完成情况
                 '1-1 | 广告整治 | 正在推进   {mark}"
            );
            check(&Overdue, &drawing);
        }
    }

    #[test]
    fn one_row_that_says_done_is_enough() {
        for (rows, mark) in [
            (["正在推进 | 8月15日", "已完成 | 8月18日"], ""),
            (["已完成 | 8月18日", "正在推进 | 8月19日"], ""),
            (["正在推进 |", "已完成 |"], ""),
            (["正在推进 | 8月18日", "未开始 | 8月15日"], "<- D408 ~正在推进"),
        ] {
            // The mark stands at the state that was told last.
            let rows = rows.map(|row| {
                let mark = if row.starts_with("正") { mark } else { "" };
                format!("'1-1 | 广告整治 | {row}   {mark}")
            });
            let drawing = format!(
                "division | 1-1 广告整治 | 综合科 | 完成时限=2014年8月20日
                 --- 综合科.xlsx
                 任务编号 | 工作任务 | 完成情况 | 日期
                 {}
                 {}",
                rows[0], rows[1]
            );
            check(&Overdue, &drawing);
        }
    }

    #[test]
    fn a_report_of_the_period_whose_file_was_moved_away_may_have_said_done() {
        use crate::basis::{TaskId, UnitId};
        use crate::obligation::fixture::drawn;
        use crate::obligation::{Coverage, PriorReport, PriorReports, settle};
        let campaign = drawn("2014-09 as of 2014-10-10\n1 | 甲科 | 每季 | 2014年9月20日");
        for (end, done, expected) in [("2014-07-31", true, 0), ("2014-07-31", false, 1), ("2014-06-30", true, 1)] {
            let end = end.parse().expect("a day");
            let received = "2014-08-03T10:00:00".parse().expect("a moment");
            let file = "收件/a.xlsx".to_owned();
            let report = PriorReport { window_end: end, received, day: end, done, status: None, record: None, file };
            let reports = [((TaskId(0), UnitId(0)), vec![report])].into();
            let prior = PriorReports { reports, ..PriorReports::default() };
            let cx = campaign.context();
            let (files, obligations) = settle(&cx, Vec::new(), prior);
            let coverage = Coverage::of(&obligations.all);
            let mut out = Findings::default();
            let batch = Batch { files: &files, obligations: &obligations, coverage: &coverage };
            Overdue.batch(&cx, &batch, &mut out);
            assert_eq!(out.0.len(), expected, "{end} {done}");
        }
    }
}
