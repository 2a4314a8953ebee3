//! A number with more digits than a spreadsheet keeps, so that the last digits are lost.

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::scope::Scope;
use crate::check::support::columns::note_cells;
use crate::check::{OneFile, Rule};
use crate::division::Context;
use crate::ledger::{Ledger, Value};

/// The kind.
pub static KIND: Kind = Kind {
    code: "C108",
    name: "digits-lost",
    scope: Scope::Submission,
    severity: Severity::Warning,
    zh: Wording {
        title: "长号码丢位",
        message: "“{heading}”的“{seen}”超过 15 位，末尾数字可能已丢失[（共 {cells} 格）]",
        why: "表格软件按数值保存号码只留 15 位，后面的变成 0，无法还原。",
        mend: "请先把单元格设为“文本”格式，再重新填写完整号码。",
        example: "身份证号按数值填写：后三位变成 000。",
    },
    en: Wording {
        title: "Digits lost",
        message: "{heading}: “{seen}” has more than 15 digits; the last ones may be gone[ ({cells} cells)]",
        why: "A spreadsheet keeps 15 digits of a number; the rest become 0 and cannot be restored.",
        mend: "Format the cells as text first, then type the whole number again.",
        example: "An identity number typed as a number ends in 000.",
    },
};

/// Finds numbers that lost digits.
#[derive(Debug)]
pub struct DigitsLost;

impl Rule for DigitsLost {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn ledger(&self, _: &Context<'_>, file: &OneFile<'_>, ledger: &Ledger, out: &mut Findings) {
        let fault = |cell: crate::ledger::Cell| matches!(cell.value, Value::DigitsLost);
        note_cells(out, &KIND, (file, ledger), |_| true, |_, cell| fault(cell), |_, _, _| {});
    }
}
