//! A deadline, or a report, that is due in a few days.

use crate::basis::calendar::format::moment_words;
use crate::basis::calendar::window::end_of;
use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::scope::{GapKind, Scope};
use crate::basis::{Bilingual, Lang};
use crate::check::support::deadlines::undone;
use crate::check::support::moments::due;
use crate::check::support::{by_unit_and_period, demand};
use crate::check::{Batch, Rule};
use crate::division::Context;
use crate::obligation::State;

/// The kind.
pub static KIND: Kind = Kind {
    code: "D409",
    name: "due-soon",
    scope: Scope::Owed(GapKind::DueSoon),
    severity: Severity::Info,
    zh: Wording {
        title: "即将到期",
        message: "{unit}[的“{task}”]{what}，时限{expected}[（{tasks}）]",
        why: "到期前提醒，避免逾期。",
        mend: "请在时限前完成并报送；有困难的，到期前申请延期，写明原因和新的时间。",
        example: "时限 9 月 5 日，9 月 3 日提醒。",
    },
    en: Wording {
        title: "Due soon",
        message: "{unit}[, “{task}”]: {what}, due {expected}[ ({tasks})]",
        why: "A reminder before it is too late.",
        mend: "Finish and submit it in time; ask for an extension before it is due.",
        example: "Due on 5 September, reminded on the 3rd.",
    },
};

/// Finds what is due soon.
#[derive(Debug)]
pub struct DueSoon;

impl Rule for DueSoon {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn batch(&self, cx: &Context<'_>, batch: &Batch<'_>, out: &mut Findings) {
        let today = cx.as_of.date();
        let soon = |moment: chrono::NaiveDateTime| {
            let days = (moment.date() - today).num_days();
            moment >= cx.as_of && days <= i64::from(cx.settings.due_soon)
        };
        for item in undone(cx, batch).into_iter().filter(|item| soon(item.until)) {
            let finding = out.note(&KIND, item.place).unit(item.unit).task(item.task).period(cx.window.label());
            finding.expected(Bilingual::each(|lang| moment_words(end_of(item.until.date()), lang)));
            finding
                .fact_in("what", "即将到完成时限", "to be done")
                .related(cx.division.task(item.task).terms(item.unit).place);
            finding.seen = item.seen;
        }
        for obligations in
            by_unit_and_period(batch, |obligation| obligation.state == State::NotDue && soon(obligation.due))
        {
            let Some(&first) = obligations.first() else { continue };
            let finding = out.note(&KIND, demand(cx, first)).unit(first.unit).period(first.period.label());
            due(cx, &obligations, finding);
            let period = |lang| first.period.full_words(lang);
            finding.fact_in(
                "what",
                format!("{}台账尚未报送", period(Lang::Zh)),
                format!("no report for {} yet", period(Lang::En)),
            );
            finding.related = obligations.iter().map(|obligation| demand(cx, obligation)).collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn a_deadline_in_three_days_is_told() {
        check(
            &DueSoon,
            "
            division | 1-1 广告整治 | 综合科、后勤中心 | 完成时限=2014年9月8日
            division | 1-2 环境整治 | 综合科 | 完成时限=2014年9月20日
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 日期
            '1-1 | 广告整治 | 正在推进 |                    <- D409 @C 1-1 综合科
            '1-2 | 环境整治 | 正在推进 |
            --- 后勤中心.xlsx
            任务编号 | 工作任务 | 完成情况 | 日期
            '1-1 | 广告整治 | 已完成 | 8月19日
            ",
        );
    }

    #[test]
    fn a_report_that_is_due_in_three_days_is_told() {
        check(
            &DueSoon,
            "
            as-of 2014-09-03 12:00
            division | 1-1 广告整治 | 综合科、后勤中心        <- D409 后勤中心
            division | 1-2 环境整治 | 综合科、后勤中心
            --- 综合科.xlsx 2014-09-02 10:00
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进
            '1-2 | 环境整治 | 正在推进
            ",
        );
    }

    #[test]
    fn soon_is_from_today_to_so_many_days_ahead() {
        check(
            &DueSoon,
            "
            as-of 2014-09-06 18:00
            due-soon 3
            division | 1-1 广告整治 | 综合科 | 完成时限=2014年9月5日
            division | 1-2 环境整治 | 综合科 | 完成时限=2014年9月6日
            division | 1-3 秩序整治 | 综合科 | 完成时限=2014年9月9日
            division | 1-4 绿化整治 | 综合科 | 完成时限=2014年9月10日
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进
            '1-2 | 环境整治 | 正在推进                    <- D409 1-2
            '1-3 | 秩序整治 | 正在推进                    <- D409 1-3
            '1-4 | 绿化整治 | 正在推进
            ",
        );
    }

    #[test]
    fn a_report_is_due_soon_until_the_minute_it_is_due() {
        for (as_of, told) in [
            ("2014-09-01 23:59", false),
            ("2014-09-02 00:00", true),
            ("2014-09-05 17:00", true),
            ("2014-09-05 17:01", false),
        ] {
            let mark = if told { "<- D409 综合科" } else { "" };
            check(&DueSoon, &format!("as-of {as_of}\ndivision | 1-1 广告整治 | 综合科   {mark}"));
        }
    }

    #[test]
    fn an_extension_moves_what_is_due() {
        check(
            &DueSoon,
            "
            as-of 2014-09-06 18:00
            division | 1-1 广告整治 | 综合科 | 完成时限=2014年8月20日
            division | 1-2 环境整治 | 综合科 | 完成时限=2014年8月20日
            waiver | 1-1 | 综合科 | 类型=延期 | 截止日期=2014-09-09
            waiver | 1-2 | 综合科 | 类型=延期 | 截止日期=2014-09-10
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进                    <- D409 1-1
            '1-2 | 环境整治 | 正在推进
            ",
        );
    }

    #[test]
    fn on_its_last_day_a_task_is_still_due_soon() {
        for (as_of, mark) in
            [("2014-09-06", "<- D409 ~2014年9月8日"), ("2014-09-08", "<- D409"), ("2014-09-09 00:00", "")]
        {
            let drawing = format!(
                "as-of {as_of}
                 division | 1-1 广告整治 | 综合科 | 完成时限=2014年9月8日
                 --- 综合科.xlsx
                 任务编号 | 工作任务 | 完成情况
                 '1-1 | 广告整治 | 正在推进   {mark}"
            );
            check(&DueSoon, &drawing);
        }
    }

    #[test]
    fn reports_that_are_due_at_different_times_are_told_with_them() {
        check(
            &DueSoon,
            "
            as-of 2014-09-04 12:00
            division | 1-1 广告整治 | 综合科      <- D409 综合科 ~时限2014年9月5日17时（1-1）、2014年9月6日（1-2）
            division | 1-2 环境整治 | 综合科
            waiver | 1-2 | 综合科 | 类型=延期 | 截止日期=2014-09-06
            ",
        );
    }
}
