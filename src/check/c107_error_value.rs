//! An error value such as `#N/A`.

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::scope::Scope;
use crate::check::support::columns::note_cells;
use crate::check::{OneFile, Rule};
use crate::division::Context;
use crate::ledger::{Ledger, Value};

/// The kind.
pub static KIND: Kind = Kind {
    code: "C107",
    name: "error-value",
    scope: Scope::Submission,
    severity: Severity::Error,
    zh: Wording {
        title: "单元格报错",
        message: "“{heading}”显示错误值[“{seen}”][（共 {cells} 格）]",
        why: "错误值不是数据，不能汇总。",
        mend: "请改正公式，或直接填写结果，重新报送。",
        example: "不合格：“#REF!”“#DIV/0!”。合格：填写实际数值。",
    },
    en: Wording {
        title: "Error value",
        message: "{heading} shows an error value[ “{seen}”][ ({cells} cells)]",
        why: "An error value is no data and cannot be merged.",
        mend: "Correct the formula or write the result, and submit the file again.",
        example: "Bad: #REF!, #DIV/0!. Good: the number itself.",
    },
};

/// Finds error values.
#[derive(Debug)]
pub struct ErrorValue;

impl Rule for ErrorValue {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn ledger(&self, _: &Context<'_>, file: &OneFile<'_>, ledger: &Ledger, out: &mut Findings) {
        let fault = |cell: crate::ledger::Cell| matches!(cell.value, Value::Fault);
        note_cells(out, &KIND, (file, ledger), |_| true, |_, cell| fault(cell), |_, _, _| {});
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn an_error_value_is_told() {
        check(
            &ErrorValue,
            "
            division | 1-1 广告整治 | 综合科
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 次数
            '1-1 | 广告整治 | 正在推进 | #REF!           <- C107 @D
            '1-1 | 广告整治 | 正在推进 | 3
            ",
        );
    }
}
