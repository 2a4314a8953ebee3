//! A cell that must be filled in and is blank.

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::scope::Scope;
use crate::check::support::columns::note_column;
use crate::check::support::{is_blank_form, says_only_nil};
use crate::check::{Entry, OneFile, Rule};
use crate::division::{Context, Required, fields};
use crate::ledger::{Cell, Ledger, Status, Value};

/// The kind.
pub static KIND: Kind = Kind {
    code: "C101",
    name: "required-cell",
    scope: Scope::Submission,
    severity: Severity::Error,
    zh: Wording {
        title: "必填项未填",
        message: "“{heading}”未填[（共 {cells} 格）]",
        why: "缺了这一项，就认不出报的是哪项任务，或不知道完成没有。",
        mend: "请在标出的单元格补填“{heading}”，重新报送。",
        example: "不合格：“完成情况”空着。合格：“完成情况”写“已完成”。",
    },
    en: Wording {
        title: "Required cell is blank",
        message: "{heading} is not filled in[ ({cells} cells)]",
        why: "Without it nobody can tell which task is reported, or whether it is done.",
        mend: "Fill in {heading} in the marked cells and submit the file again.",
        example: "Bad: a blank cell under 完成情况. Good: 已完成.",
    },
};

/// Finds required cells that are blank.
#[derive(Debug)]
pub struct RequiredCell;

impl Rule for RequiredCell {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn ledger(&self, cx: &Context<'_>, file: &OneFile<'_>, ledger: &Ledger, out: &mut Findings) {
        // a blank form is one finding (S18), not one for each cell
        if is_blank_form(*file) {
            return;
        }
        // What a cross-tab tells by one cell asks for no other.
        for (at, column) in ledger.columns.iter().enumerate().filter(|(_, column)| column.crossed.is_none()) {
            let Some(field) = column.field else { continue };
            // code or text identifies the task; if there are both columns, the text is required
            let other = match field {
                fields::TASK => Some(fields::CODE),
                fields::CODE if ledger.column(fields::TASK).is_none() => Some(fields::CODE),
                _ => None,
            };
            let spec = cx.division.fields.spec(field);
            let wanted = |entry: Entry<'_>| {
                if let Some(other) = other {
                    return entry.text(other).is_empty() && !says_only_nil(entry);
                }
                if field == fields::STATUS {
                    return !says_only_nil(entry);
                }
                match spec.required {
                    Required::Never => false,
                    // a unit with nothing to report has no date or place
                    Required::Always => !matches!(entry.status(), Some(Status::Nil | Status::Exempt)),
                    Required::WhenDone => entry.is_done(),
                }
            };
            let at_fault = |entry: Entry<'_>, cell: Cell| matches!(cell.value, Value::Blank) && wanted(entry);
            note_column(out, &KIND, (file, ledger), at, at_fault, |_, _, _| {});
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn a_task_and_its_state_must_be_filled_in() {
        check(
            &RequiredCell,
            "
            division | 1-1 广告整治 | 综合科
            division | 1-2 环境整治 | 综合科
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 备注
            '1-1 | 广告整治 | | 见附件                  <- C101 @C 1-1
            '1-2 | | 正在推进 |
             | | 正在推进 | 第三季度                    <- C101 @B
            ",
        );
    }

    #[test]
    fn a_row_that_says_that_there_is_nothing_lacks_nothing() {
        check(
            &RequiredCell,
            "
            division | 1-1 广告整治 | 综合科、车管科、财务科
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况
            零报告 | |
            --- 财务科.xlsx
            任务编号 | 工作任务 | 完成情况 | 备注
             | | | 本月零报告
            --- 车管科.xlsx
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 已完成
             | 零报告 |
             | 修理食堂冰箱 |                             <- C101 @C
            ",
        );
    }

    #[test]
    fn required_fields_are_asked_for_when_they_apply() {
        check(
            &RequiredCell,
            "
            division | 1-1 广告整治 | 综合科
            division | 1-2 环境整治 | 综合科
            division | 1-3 交通整治 | 综合科
            field | 地点 | 必填=是
            field | 完成日期 | 必填=完成时
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 地点 | 完成日期
            '1-1 | 广告整治 | 已完成 | 一楼 |           <- C101 @E
            '1-2 | 环境整治 | 正在推进 | |              <- C101 @D
            '1-3 | 交通整治 | 零报告 | |
            ",
        );
    }
}
