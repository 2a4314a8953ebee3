//! A file, or a part of one, beyond the limits of the reader.

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::Place;
use crate::basis::scope::Scope;
use crate::check::support::refusal::limit;
use crate::check::{OneFile, Rule};
use crate::division::Context;
use crate::read::{Notice, Refusal};

/// The kind.
pub static KIND: Kind = Kind {
    code: "F05",
    name: "over-budget",
    scope: Scope::Submission,
    severity: Severity::Error,
    zh: Wording {
        title: "文件过大",
        message: "超出读取上限（{what}），{lost}",
        why: "为保证其他单位的文件能正常汇总，过大的文件或空白区域不读。",
        mend: "请删除表格外的空白行列和无关图片，或拆成几个文件，再重新报送。",
        example: "不合格：在第 1048576 行误填一个空格，压缩包里再套三层压缩包。合格：只保留台账本身的行列。",
    },
    en: Wording {
        title: "Too large",
        message: "Beyond what is read ({what}); {lost}",
        why: "Files and blank areas beyond the limits are not read, so that everybody else's files are.",
        mend: "Delete blank rows and columns outside the table and needless pictures, or split the file; submit it again.",
        example: "Bad: a stray blank in row 1048576; archives within archives. Good: only the ledger's own rows.",
    },
};

/// Finds what was not read because of its size.
#[derive(Debug)]
pub struct OverBudget;

impl Rule for OverBudget {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn file(&self, _: &Context<'_>, file: &OneFile<'_>, out: &mut Findings) {
        let whole = Place::file(file.source.id);
        if let Some(Refusal::OverBudget(over)) = &file.reading.refusal {
            let finding = out.note(&KIND, whole).unit(file.sender()).fact("what", limit(*over));
            finding.fact_in("lost", "文件没有读取", "the file was not read");
        }
        for notice in &file.reading.notices {
            let Notice::Budget { sheet, limit: over } = notice else { continue };
            let place = sheet.map_or(whole, |sheet| Place::sheet(file.source.id, sheet));
            let finding = out.note(&KIND, place).unit(file.sender()).fact("what", limit(*over));
            finding.fact_in("lost", "有内容没有读取", "some content was not read");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn a_file_beyond_the_budget_is_told() {
        check(
            &OverBudget,
            "
            division | 1-1 广告整治 | 综合科、后勤中心
            --- 综合科.xlsx bomb                      <- F05 error
            --- 后勤中心.xlsx damaged
            ",
        );
    }
}
