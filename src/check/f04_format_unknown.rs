//! A file that is not a table: a letter, a scan, a picture.

use crate::basis::Bilingual;
use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::Place;
use crate::basis::scope::Scope;
use crate::check::support::refusal::SPECIAL_FILE;
use crate::check::{OneFile, Rule};
use crate::division::Context;
use crate::read::Refusal;

/// The kind.
pub static KIND: Kind = Kind {
    code: "F04",
    name: "format-unknown",
    scope: Scope::Submission,
    severity: Severity::Warning,
    zh: Wording {
        title: "不是表格文件",
        message: "这不是表格文件[（内容是 {format}）]，没有读取",
        why: "只有表格里的内容能汇总；旧格式的文档（doc、wps、rtf）、扫描件、图片不读。",
        mend: "如是台账，请另存为 xlsx 或 docx 重新报送；如是佐证材料，请放入“佐证材料”文件夹，或在台账的佐证材料栏写明文件名。",
        example: "不合格：把台账扫描成 PDF 报送。合格：报送 xlsx 或 docx，PDF 放入“佐证材料”。",
    },
    en: Wording {
        title: "Not a table",
        message: "This is no table[ but {format}]; it was not read",
        why: "Only tables can be merged; documents of older formats (doc, wps, rtf), scans and pictures are not read.",
        mend: "Save a ledger as xlsx or docx and submit it again; put evidence into a folder 佐证材料, or name the file in the ledger's evidence column.",
        example: "Bad: the ledger as a scanned pdf. Good: the ledger as xlsx, the scan among the evidence.",
    },
};

/// Finds files that are not tables.
#[derive(Debug)]
pub struct FormatUnknown;

impl Rule for FormatUnknown {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn file(&self, _: &Context<'_>, file: &OneFile<'_>, out: &mut Findings) {
        let format = match &file.reading.refusal {
            Some(Refusal::NotATable(format)) => format.as_ref().map(Bilingual::from),
            Some(Refusal::SpecialFile) => Some(SPECIAL_FILE),
            _ => return,
        };
        let finding = out.note(&KIND, Place::file(file.source.id)).unit(file.sender());
        finding.expected(Bilingual::new("xlsx 或 docx", "xlsx or docx"));
        if let Some(format) = format {
            finding.fact("format", format);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn a_scan_is_no_ledger() {
        check(
            &FormatUnknown,
            "
            division | 1-1 广告整治 | 综合科、后勤中心
            --- 综合科.pdf pdf                        <- F04 warning
            --- 后勤中心.xlsx damaged
            ",
        );
    }
}
