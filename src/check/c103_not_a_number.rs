//! A cell under a number heading that is not a number.

use crate::basis::Bilingual;
use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::scope::Scope;
use crate::check::support::columns::note_cells;
use crate::check::{OneFile, Rule};
use crate::division::{Context, FieldType};
use crate::ledger::{Ledger, Value};

/// The kind.
pub static KIND: Kind = Kind {
    code: "C103",
    name: "not-a-number",
    scope: Scope::Submission,
    severity: Severity::Error,
    zh: Wording {
        title: "不是数字",
        message: "“{heading}”应填{expected}，现为“{seen}”[（共 {cells} 格）]",
        why: "不是数字就不能求和、计率；程序不会把它当作 0。",
        mend: "请改为具体{expected}，确实没有的填 0，重新报送。",
        example: "不合格：“若干”“多次”。合格：“5”“2000万”“85%”。",
    },
    en: Wording {
        title: "Not a number",
        message: "{heading} wants {expected}; it holds “{seen}”[ ({cells} cells)]",
        why: "What is no number can be neither summed nor rated; it is never taken for 0.",
        mend: "Write the number, 0 if there is none, and submit the file again.",
        example: "Bad: 若干, 多次. Good: 5, 2000万, 85%.",
    },
};

/// Finds cells that are not a number where one is required.
#[derive(Debug)]
pub struct NotANumber;

impl Rule for NotANumber {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn ledger(&self, cx: &Context<'_>, file: &OneFile<'_>, ledger: &Ledger, out: &mut Findings) {
        let kind = |field| cx.division.fields.spec(field).kind;
        note_cells(
            out,
            &KIND,
            (file, ledger),
            |column| {
                let numeric =
                    |field| matches!(kind(field), FieldType::Integer | FieldType::Decimal | FieldType::Percent);
                column.field.is_some_and(numeric)
            },
            |_, cell| matches!(cell.value, Value::Unfit),
            |finding, column, _| {
                let expected = match column.field.map(kind) {
                    Some(FieldType::Integer) => Bilingual::fixed("整数", "a whole number"),
                    Some(FieldType::Percent) => Bilingual::fixed("百分比", "a percentage"),
                    _ => Bilingual::fixed("数字", "a number"),
                };
                finding.expected(expected);
            },
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn a_text_that_is_no_number_is_told() {
        check(
            &NotANumber,
            "
            division | 1-1 广告整治 | 综合科
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 次数 | 人数
            '1-1 | 广告整治 | 正在推进 | 若干 | 3       <- C103 @D
            '1-1 | 广告整治 | 正在推进 | 5 | 约50人
            ",
        );
    }

    #[test]
    fn what_is_expected_instead_depends_on_the_field() {
        check(
            &NotANumber,
            "
            division | 1-1 广告整治 | 综合科
            field | 亮灯率 | 类型=百分比
            field | 投资额 | 类型=小数
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 次数 | 亮灯率 | 投资额 | 备注
            '1-1 | 广告整治 | 正在推进 | 3 | 多数 | 4 | 若干         <- C103 @E
            '1-1 | 广告整治 | 正在推进 | 3 | 85% | 不详 | 若干       <- C103 @F
            ",
        );
    }
}
