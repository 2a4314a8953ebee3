//! A formula that was saved without its value.

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::scope::Scope;
use crate::check::support::columns::note_cells;
use crate::check::{OneFile, Rule};
use crate::division::Context;
use crate::ledger::{Ledger, Value};

/// The kind.
pub static KIND: Kind = Kind {
    code: "C106",
    name: "formula-not-calculated",
    scope: Scope::Submission,
    severity: Severity::Error,
    zh: Wording {
        title: "公式没有结果",
        message: "“{heading}”是公式，但文件里没有保存计算结果[（共 {cells} 格）]",
        why: "文件里只有公式没有数值，程序不代为计算，以免算错。",
        mend: "请用 Excel 或 WPS 打开，等结果显示后保存，再重新报送。",
        example: "由其他软件导出、从未用 Excel 打开保存过的表。",
    },
    en: Wording {
        title: "Formula without a value",
        message: "{heading} holds a formula that was saved without its value[ ({cells} cells)]",
        why: "The file holds no value, and the program does not calculate in the unit's place.",
        mend: "Open the file in Excel or WPS, let it calculate, save, and submit it again.",
        example: "A table exported by another program and never opened and saved.",
    },
};

/// Finds formulas without a value.
#[derive(Debug)]
pub struct FormulaNotCalculated;

impl Rule for FormulaNotCalculated {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn ledger(&self, _: &Context<'_>, file: &OneFile<'_>, ledger: &Ledger, out: &mut Findings) {
        let fault = |cell: crate::ledger::Cell| matches!(cell.value, Value::Uncalculated);
        note_cells(out, &KIND, (file, ledger), |_| true, |_, cell| fault(cell), |_, _, _| {});
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn a_formula_without_value_is_told_and_not_also_asked_for() {
        check(
            &FormulaNotCalculated,
            "
            division | 1-1 广告整治 | 综合科
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 次数
            '1-1 | 广告整治 | 正在推进 | =              <- C106 @D
            '1-1 | 广告整治 | 正在推进 | 3
            ",
        );
    }
}
