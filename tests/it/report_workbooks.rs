//! 汇总台账.xlsx and 缺项报告.xlsx as a second reader sees them.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};

use crate::report_fixture::{HOSTILE, rendered, report};

/// The cells of every sheet, as text, with their formulas.
pub(crate) struct Seen {
    /// Sheets in their order.
    pub(crate) names: Vec<String>,
    /// Rows of each.
    pub(crate) sheets: BTreeMap<String, Vec<Vec<String>>>,
    /// All formulas.
    pub(crate) formulas: Vec<String>,
}

/// Reads a workbook.
pub(crate) fn seen(bytes: &[u8]) -> Seen {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook");
    let names = book.sheet_names();
    let mut sheets = BTreeMap::new();
    let mut formulas = Vec::new();
    for name in &names {
        let range = book.worksheet_range(name).expect("a sheet");
        let rows = range.rows().map(|row| row.iter().map(Data::to_string).collect()).collect();
        sheets.insert(name.clone(), rows);
        let found = book.worksheet_formula(name).expect("formulas");
        formulas.extend(found.cells().map(|(_, _, formula)| formula.clone()).filter(|formula| !formula.is_empty()));
    }
    Seen { names, sheets, formulas }
}

impl Seen {
    /// The rows below the row whose cells include all these headings, by heading.
    pub(crate) fn table(&self, sheet: &str, headings: &[&str]) -> Vec<BTreeMap<String, String>> {
        let rows = &self.sheets[sheet];
        let head = rows.iter().position(|row| headings.iter().all(|wanted| row.iter().any(|cell| cell == wanted)));
        let head = head.unwrap_or_else(|| panic!("{sheet} has no row with {headings:?}"));
        let names = &rows[head];
        rows[head + 1..].iter().map(|row| names.iter().cloned().zip(row.iter().cloned()).collect()).collect()
    }
}

#[test]
fn the_ledger_has_the_contracts_sheets_and_each_record_once() {
    let report = report();
    let book = seen(&rendered(&report)["汇总台账.xlsx"]);
    assert_eq!(
        book.names,
        ["封面", "统计", "汇总台账", "综合科", "管理一科", "车辆管理所", "单位·汇总台账", "资料目录", "未归类", "来源"]
    );
    let headings =
        ["任务编号", "工作任务", "责任单位", "完成情况", "佐证材料", "备注", "来源文件", "来源工作表", "来源行"];
    let rows = book.table("汇总台账", &headings);
    assert_eq!(rows.len(), report.consolidated.lines.len());
    let records: Vec<_> = rows.iter().filter(|row| !row["来源文件"].is_empty()).collect();
    assert_eq!(records.len() as u32, report.tally.rows_merged);
    let places: Vec<_> = records.iter().map(|row| format!("{}!{}", row["来源工作表"], row["来源行"])).collect();
    assert_eq!(places, ["8月台账!4", "8月台账!5", "Sheet1!4", "8月台账!6", "Sheet1!5", "Sheet1!6"]);
    let missing: Vec<_> = rows
        .iter()
        .filter(|row| row["来源文件"].is_empty())
        .map(|row| format!("{} {} {}", row["任务编号"], row["责任单位"], row["完成情况"]))
        .collect();
    assert_eq!(
        missing,
        [
            "1-2 车辆管理所 缺报",
            "2-1 车辆管理所 缺报",
            "2-2 车辆管理所 缺报",
            "2-2 汇总台账 不可用",
            "2-3 综合科 缺报",
            "2-3 汇总台账 不可用"
        ]
    );
    assert_eq!(book.table("未归类", &headings).len(), 1);
}

#[test]
fn nothing_a_unit_wrote_is_lost_or_run() {
    let report = report();
    let book = seen(&rendered(&report)["汇总台账.xlsx"]);
    assert!(book.formulas.is_empty(), "{:?}", book.formulas);
    let rows = book.table("汇总台账", &["任务编号"]);
    // An unknown column keeps its heading, a date that cannot be read its text, a mark its meaning.
    let third = &rows[3];
    assert_eq!((&*third["满意度"], &*third["完成日期"], &*third["完成情况"]), ("95%", "8月下旬", "已完成（√）"));
    assert_eq!(third["备注"], "=1+1");
    assert_eq!(third["填报原文"], "工作任务：志愿服务");
    assert_eq!(rows[0]["人数"], "46");
    let shown: String = HOSTILE.chars().filter(|c| !c.is_control()).collect();
    assert!(rows.iter().any(|row| row["备注"] == shown), "{HOSTILE}");
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    assert_eq!(rendered(&report()), rendered(&report()));
}
