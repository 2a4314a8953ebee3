//! A table without the columns that a ledger must have.

use crate::basis::Bilingual;
use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::Place;
use crate::basis::scope::Scope;
use crate::check::{Entry, OneFile, Rule};
use crate::division::{Context, Required};
use crate::ledger::{Ledger, Skipped};
use crate::table::FieldId;

/// The kind.
pub static KIND: Kind = Kind {
    code: "S12",
    name: "heading-missing",
    scope: Scope::Submission,
    severity: Severity::Error,
    zh: Wording {
        title: "缺少必需的列",
        message: "表头缺少“{expected}”列[（现有：{seen}）]",
        why: "没有“工作任务”或“任务编号”就认不出每行报的是哪项任务；必填字段没有列就无从填写。",
        mend: "请在表头补上“{expected}”列并填写，重新报送；或改用下发的空白表。",
        example: "不合格：表头只有“序号、完成情况、备注”。合格：“任务编号、工作任务、完成情况、备注”。",
    },
    en: Wording {
        title: "Column missing",
        message: "The heading lacks the column {expected}[ (it has: {seen})]",
        why: "Without 工作任务 or 任务编号 no row tells its task; a required field without a column cannot be filled in.",
        mend: "Add the column {expected}, fill it in, and submit the file again; or use the blank form.",
        example: "Bad: 序号, 完成情况, 备注. Good: 任务编号, 工作任务, 完成情况, 备注.",
    },
};

/// Finds tables that lack columns they must have.
#[derive(Debug)]
pub struct HeadingMissing;

impl Rule for HeadingMissing {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn file(&self, _: &Context<'_>, file: &OneFile<'_>, out: &mut Findings) {
        for (at, sheet) in file.reading.sheets.iter().enumerate() {
            if let Some(Skipped::HeadingMissing { heading, found }) = &sheet.skipped {
                out.note(&KIND, Place::sheet(file.source.id, at as u16).at(*heading))
                    .unit(file.sender())
                    .seen(found.join("、"))
                    .expected(Bilingual::new("工作任务”或“任务编号", "工作任务 or 任务编号"));
            }
        }
    }

    fn ledger(&self, cx: &Context<'_>, file: &OneFile<'_>, ledger: &Ledger, out: &mut Findings) {
        for (at, spec) in cx.division.fields.fields.iter().enumerate() {
            let field = FieldId(at as u16);
            let wanted = match spec.required {
                Required::Never => false,
                Required::Always => !ledger.records.is_empty(),
                Required::WhenDone => file.entries_of(ledger).any(Entry::is_done),
            };
            if wanted && ledger.column(field).is_none() {
                out.note(&KIND, Place::sheet(ledger.source, ledger.sheet).at(ledger.heading))
                    .unit(ledger.sender())
                    .expected(&spec.name);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn a_heading_without_a_task_is_told() {
        check(
            &HeadingMissing,
            "
            division | 1-1 广告整治 | 综合科、后勤中心
            --- 综合科.xlsx
            序号 | 完成情况 | 完成日期 | 佐证材料 | 备注      <- S12
            1 | 正在推进 | 8月1日 | 照片 |
            --- 后勤中心.xlsx
            任务编号 | 完成情况
            '1-1 | 正在推进
            ",
        );
    }

    #[test]
    fn a_required_field_needs_its_column() {
        check(
            &HeadingMissing,
            "
            division | 1-1 广告整治 | 综合科、后勤中心
            field | 处数 | 类型=整数 | 必填=是
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况              <- S12 综合科
            '1-1 | 广告整治 | 正在推进
            --- 后勤中心.xlsx
            任务编号 | 工作任务 | 完成情况 | 处数
            '1-1 | 广告整治 | 正在推进 | 5
            ",
        );
    }
}
