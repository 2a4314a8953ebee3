//! A cell under a date heading that is not a date.

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::scope::Scope;
use crate::check::support::columns::note_cells;
use crate::check::{OneFile, Rule};
use crate::division::{Context, FieldType};
use crate::ledger::{Ledger, Value};

/// The kind.
pub static KIND: Kind = Kind {
    code: "C102",
    name: "not-a-date",
    scope: Scope::Submission,
    severity: Severity::Error,
    zh: Wording {
        title: "不是日期",
        message: "“{heading}”应填日期，现为“{seen}”[（共 {cells} 格）]",
        why: "日期认不出来，就无法核对是否在本期、是否按时。",
        mend: "请改为具体日期，如 {expected}，重新报送。",
        example: "不合格：“中旬”“2014.13.1”。合格：“2014-08-15”“8月15日”。",
    },
    en: Wording {
        title: "Not a date",
        message: "{heading} wants a date; it holds “{seen}”[ ({cells} cells)]",
        why: "Without a date nobody can tell whether it lies in the period or was in time.",
        mend: "Write the day, such as {expected}, and submit the file again.",
        example: "Bad: 中旬, 2014.13.1. Good: 2014-08-15, 8月15日.",
    },
};

/// Finds cells that are not a date where one is required.
#[derive(Debug)]
pub struct NotADate;

impl Rule for NotADate {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn ledger(&self, cx: &Context<'_>, file: &OneFile<'_>, ledger: &Ledger, out: &mut Findings) {
        let dates = |field| matches!(cx.division.fields.spec(field).kind, FieldType::Date | FieldType::Time);
        note_cells(
            out,
            &KIND,
            (file, ledger),
            |column| column.field.is_some_and(dates),
            |_, cell| matches!(cell.value, Value::Unfit),
            |finding, _, _| {
                finding.expected(cx.window.end.to_string());
            },
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn a_text_that_is_no_date_is_told() {
        check(
            &NotADate,
            "
            division | 1-1 广告整治 | 综合科
            division | 1-2 环境整治 | 综合科
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 日期
            '1-1 | 广告整治 | 正在推进 | 中旬           <- C102 @D2 1-1
            '1-2 | 环境整治 | 正在推进 | 8月15日
            '1-2 | 环境整治 | 正在推进 | @2014-08-16
            ",
        );
    }

    #[test]
    fn a_column_without_any_date_is_one_finding() {
        check(
            &NotADate,
            "
            division | 1-1 广告整治 | 综合科
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 日期
            '1-1 | 广告整治 | 正在推进 | 一楼           <- C102 @D2:D6 1-1
            '1-1 | 广告整治 | 正在推进 | 二楼
            '1-1 | 广告整治 | 正在推进 | 三楼
            '1-1 | 广告整治 | 正在推进 |
            '1-1 | 广告整治 | 正在推进 | 四楼
            ",
        );
    }
}
