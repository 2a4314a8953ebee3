//! A record that is dated outside the period it is reported for.

use chrono::NaiveDate;

use crate::basis::Bilingual;
use crate::basis::calendar::{Cycle, Window};
use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::scope::Scope;
use crate::check::support::columns::note_cells;
use crate::check::{Entry, OneFile, Rule};
use crate::division::{Context, fields};
use crate::ledger::Ledger;

/// The kind.
pub static KIND: Kind = Kind {
    code: "C104",
    name: "date-outside-window",
    scope: Scope::Submission,
    severity: Severity::Warning,
    zh: Wording {
        title: "日期不在本期",
        message: "“{heading}”{seen} 不在本期（{expected}）内[（共 {cells} 格）]",
        why: "本期台账只报本期的工作；不在本期的日期，多是年份、月份写错，或把别期内容报了进来。",
        mend: "请核对：写错的改正；属于别期的，在备注栏说明。",
        example: "8 月台账里写“2013-08-15”：多半是年份写错。",
    },
    en: Wording {
        title: "Date outside the period",
        message: "{heading} {seen} lies outside the period ({expected})[ ({cells} cells)]",
        why: "A ledger reports its own period; such a date is mostly a slip in the year or month.",
        mend: "Correct it, or say in the remark why another period is reported.",
        example: "2013-08-15 in the ledger of August 2014: the year is wrong.",
    },
};

/// Finds dates outside the period.
#[derive(Debug)]
pub struct DateOutsideWindow;

impl Rule for DateOutsideWindow {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn ledger(&self, cx: &Context<'_>, file: &OneFile<'_>, ledger: &Ledger, out: &mut Findings) {
        for field in [fields::DATE, fields::DONE_ON] {
            let dated = |entry: Entry<'_>| entry.value(fields::DATE).day().is_some();
            note_cells(
                out,
                &KIND,
                (file, ledger),
                |column| column.field == Some(field),
                |entry, cell| {
                    let Some(day) = cell.value.day() else { return false };
                    let states = ledger.column(fields::STATUS).is_some();
                    let ((from, to), planned) = (period(cx, entry), states && !entry.is_done());
                    // the date of a record is 日期, else 完成日期
                    if (from..=to).contains(&day) || (field == fields::DONE_ON && dated(entry)) {
                        return false;
                    }
                    // planned work may be completed later; work done in the future is R203
                    day < from || !(if planned { field == fields::DONE_ON } else { day > cx.as_of.date() })
                },
                |finding, _, entry| {
                    let (from, to) = period(cx, entry);
                    finding.expected(Bilingual::new(format!("{from} 至 {to}"), format!("{from} to {to}")));
                },
            );
        }
    }
}

/// The days a record may be dated: the window, or the period of a longer cycle of its task that contains the window.
fn period(cx: &Context<'_>, entry: Entry<'_>) -> (NaiveDate, NaiveDate) {
    let cycle = entry.record.task.and_then(|task| cx.division.task(task).terms(entry.unit()).cycle);
    match cycle {
        Some(Cycle::Once) => (NaiveDate::MIN, cx.window.end),
        Some(cycle) if cycle > cx.window.cycle => {
            let sub_period = Window::containing(cycle, cx.window.end);
            (sub_period.start.min(cx.window.start), sub_period.end.max(cx.window.end))
        }
        _ => (cx.window.start, cx.window.end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn a_date_of_another_year_is_told() {
        check(
            &DateOutsideWindow,
            "
            division | 1-1 广告整治 | 综合科
            division | 1-2 季度检查 | 综合科 | 报送周期=每季
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 日期
            '1-1 | 广告整治 | 已完成 | 2013-08-15       <- C104 @D2 1-1
            '1-1 | 广告整治 | 已完成 | 2014-08-15
            '1-1 | 广告整治 | 已完成 | 2014-09-15
            '1-1 | 广告整治 | 正在推进 | 2014-10-15     <- C104
            '1-2 | 季度检查 | 已完成 | 2014-07-15
            ",
        );
    }

    #[test]
    fn a_planned_day_of_completion_may_lie_ahead() {
        check(
            &DateOutsideWindow,
            "
            division | 1-1 广告整治 | 综合科
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 完成日期
            '1-1 | 广告整治 | 正在推进 | 2014-12-31
            '1-1 | 广告整治 | 已完成 | 2014-06-30        <- C104
            ",
        );
    }

    #[test]
    fn the_window_begins_on_its_first_day_and_ends_on_its_last() {
        check(
            &DateOutsideWindow,
            "
            division | 1-1 广告整治 | 综合科
            division | 1-2 季度检查 | 综合科 | 报送周期=每季
            division | 1-3 一次验收 | 综合科 | 报送周期=一次性
            division | 1-4 每周清扫 | 综合科 | 报送周期=每周
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 日期
            '1-1 | 广告整治 | 正在推进 | 2014-07-31     <- C104
            '1-1 | 广告整治 | 正在推进 | 2014-08-01
            '1-1 | 广告整治 | 正在推进 | 2014-08-31
            '1-1 | 广告整治 | 正在推进 | 2014-09-01     <- C104
            '1-2 | 季度检查 | 已完成 | 2014-06-30       <- C104 1-2
            '1-2 | 季度检查 | 已完成 | 2014-07-01
            '1-3 | 一次验收 | 已完成 | 2012-01-01
            '1-4 | 每周清扫 | 已完成 | 2014-07-31       <- C104 1-4
            '1-4 | 每周清扫 | 已完成 | 2014-08-01
            ",
        );
    }

    #[test]
    fn what_was_done_after_the_window_is_told_when_its_day_has_come() {
        check(
            &DateOutsideWindow,
            "
            as-of 2014-09-06 18:00
            division | 1-1 广告整治 | 综合科
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 日期 | 完成日期
            '1-1 | 广告整治 | 已完成 | 2014-09-06 |        <- C104 @D
            '1-1 | 广告整治 | 已完成 | 2014-09-07 |
            '1-1 | 广告整治 | 已完成 | 2014-08-05 | 2014-07-01
            '1-1 | 广告整治 | 已完成 | | 2014-07-31        <- C104 @E
            '1-1 | 广告整治 | 正在推进 | | 2014-09-01
            ",
        );
    }

    #[test]
    fn what_is_planned_was_not_completed_before_the_window() {
        check(
            &DateOutsideWindow,
            "
            division | 1-1 广告整治 | 综合科
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 完成日期
            '1-1 | 广告整治 | 正在推进 | 2014-07-31       <- C104 @D
            '1-1 | 广告整治 | 正在推进 | 2014-08-01
            ",
        );
    }
}
