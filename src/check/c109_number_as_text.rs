//! A number entered as text; it is read as a number.

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::scope::Scope;
use crate::check::support::columns::note_cells;
use crate::check::{OneFile, Rule};
use crate::division::Context;
use crate::ledger::{Ledger, Value};
use crate::read::Format;

/// The kind.
pub static KIND: Kind = Kind {
    code: "C109",
    name: "number-as-text",
    scope: Scope::Submission,
    severity: Severity::Info,
    zh: Wording {
        title: "数字按文本填写",
        message: "“{heading}”的“{seen}”是文本，已按数字读取[（共 {cells} 格）]",
        why: "文本格式的数字在表格软件里不参加求和，单位自己的合计会漏掉它。",
        mend: "本次不用重报；以后请把单元格设为“常规”或“数值”格式。",
        example: "左上角带绿色三角的“12”。",
    },
    en: Wording {
        title: "Number typed as text",
        message: "{heading}: “{seen}” is text and was read as a number[ ({cells} cells)]",
        why: "A spreadsheet leaves such cells out of its own sums.",
        mend: "Nothing to do now; format the cells as numbers from now on.",
        example: "A 12 with a green triangle in its corner.",
    },
};

/// Finds numbers entered as text.
#[derive(Debug)]
pub struct NumberAsText;

impl Rule for NumberAsText {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn ledger(&self, _: &Context<'_>, file: &OneFile<'_>, ledger: &Ledger, out: &mut Findings) {
        // formats in which every cell is text
        if file.reading.format.is_some_and(Format::is_text_only) {
            return;
        }
        let fault = |cell: crate::ledger::Cell| matches!(cell.value, Value::NumberAsText(_));
        note_cells(out, &KIND, (file, ledger), |_| true, |_, cell| fault(cell), |_, _, _| {});
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn a_number_typed_as_text_is_told() {
        check(
            &NumberAsText,
            "
            division | 1-1 广告整治 | 综合科
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 次数
            '1-1 | 广告整治 | 正在推进 | '12             <- C109 @D info
            '1-1 | 广告整治 | 正在推进 | 3
            ",
        );
    }
}
