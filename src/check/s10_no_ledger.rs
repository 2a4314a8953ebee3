//! A workbook in which no sheet is a ledger.

use crate::basis::Bilingual;
use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::Place;
use crate::basis::scope::Scope;
use crate::check::support::listing;
use crate::check::{OneFile, Rule};
use crate::division::Context;
use crate::ledger::{SheetReading, Skipped};

/// The kind.
pub static KIND: Kind = Kind {
    code: "S10",
    name: "no-ledger",
    scope: Scope::Submission,
    severity: Severity::Error,
    zh: Wording {
        title: "没有台账",
        message: "文件里没有找到台账[（看过的工作表：{sheets}）]",
        why: "台账表头里至少要有“工作任务”或“任务编号”一列，否则认不出每行报的是什么。",
        mend: "请检查是否报错了文件；如是台账，请补上表头行后重新报送，或使用下发的空白表。",
        example: "不合格：只有一页填表说明。合格：有“任务编号、工作任务、完成情况”表头的表格。",
    },
    en: Wording {
        title: "No ledger",
        message: "No ledger was found in the file[ (sheets looked at: {sheets})]",
        why: "A ledger's heading names at least 工作任务 or 任务编号; without either no row can be told.",
        mend: "Check whether the right file was sent; if it is a ledger, add its heading row, or use the blank form.",
        example: "Bad: a page of filling instructions. Good: a table headed 任务编号, 工作任务, 完成情况.",
    },
};

/// Finds workbooks without a ledger.
#[derive(Debug)]
pub struct NoLedger;

impl Rule for NoLedger {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn file(&self, _: &Context<'_>, file: &OneFile<'_>, out: &mut Findings) {
        // A damaged sheet (F01) and what is said of a region (S12, S17, S19) tell more than this would.
        let told = |sheet: &SheetReading| {
            matches!(sheet.skipped, Some(Skipped::Unreadable(_))) || sheet.unread.iter().any(|u| u.why.is_told())
        };
        let reading = file.reading;
        let archive = reading.format == Some(crate::read::Format::Zip);
        if reading.refusal.is_some() || archive || !reading.ledgers.is_empty() || !reading.nil.is_empty() {
            return;
        }
        if reading.sheets.iter().any(told) {
            return;
        }
        let names: Vec<String> = reading.sheets.iter().map(|sheet| format!("“{}”", sheet.name)).collect();
        let finding = out.note(&KIND, Place::file(file.source.id)).unit(file.sender());
        finding.expected(Bilingual::new("含“工作任务”或“任务编号”的表头", "a heading with 工作任务 or 任务编号"));
        if !names.is_empty() {
            finding.fact("sheets", listing(&names, 8));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn a_workbook_without_a_ledger_is_told() {
        check(
            &NoLedger,
            "
            division | 1-1 广告整治 | 综合科、后勤中心
            --- 综合科.xlsx                           <- S10 综合科 ~“台账”
            填表说明
            一、请如实填写
            --- 后勤中心.xlsx
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进
            ",
        );
    }

    #[test]
    fn what_is_said_of_a_region_is_enough() {
        check(
            &NoLedger,
            "
            division | 1-1 广告整治 | 综合科、后勤中心、车管科
            --- 综合科.xlsx
            东湖路 | 12 | 3 | 王某
            西湖路 | 10 | 2 | 李某
            --- 后勤中心.xlsx
            序号 | 完成情况 | 完成日期 | 佐证材料 | 备注
            1 | 正在推进 | 8月1日 | 照片 |
            --- 车管科.xlsx
            用车申请单 | < | < | <
            申请人： | 王某 | 部门： | 车管科
            用车时间： | 8月3日 | 目的地： | 东郊
            事由： | 送材料 | 审批人： |
            ",
        );
    }
}
