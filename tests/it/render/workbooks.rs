//! 汇总台账.xlsx and 缺项报告.xlsx as a second reader sees them.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use taizhang::outcome::Figures;
use taizhang::render::consolidated::LedgerBook;
use taizhang::render::layout::Layout;
use taizhang::render::{InMemory, Output, RenderInput};

use super::fixture::{AsSent, HOSTILE, outcome, rendered};

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
    every_row_stands_once(bytes);
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

/// Rows come in order, each once, and the dimension names the last.
fn every_row_stands_once(bytes: &[u8]) {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    for at in 0..package.len() {
        let mut part = package.by_index(at).expect("a part");
        let name = part.name().expect("a name").to_string();
        if !name.starts_with("xl/worksheets/sheet") {
            continue;
        }
        let mut sheet = String::new();
        part.read_to_string(&mut sheet).expect("text");
        let number = |text: &str| text.split('"').next().and_then(|number| number.parse::<u32>().ok());
        let rows: Vec<u32> = sheet.split("<row r=\"").skip(1).filter_map(number).collect();
        assert!(rows.is_sorted_by(|a, b| a < b), "{name}: {rows:?}");
        let filled = sheet.split("<c r=\"").skip(1).filter_map(|cell| cell.split('"').next());
        let last = filled.filter_map(|cell| cell.trim_start_matches(char::is_alphabetic).parse::<u32>().ok()).max();
        let dimension = sheet.split("<dimension ref=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("one");
        let bottom = dimension.rsplit(|c: char| !c.is_ascii_digit()).next().and_then(|row| row.parse::<u32>().ok());
        assert!(bottom >= last, "{name}: {dimension}, {last:?}");
    }
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
    let outcome = outcome();
    let book = seen(&rendered(&outcome)["汇总台账.xlsx"]);
    assert_eq!(
        book.names,
        ["封面", "统计", "汇总台账", "综合科", "管理一科", "车辆管理所", "单位·汇总台账", "资料目录", "未归类", "来源"]
    );
    let headings =
        ["任务编号", "工作任务", "责任单位", "完成情况", "佐证材料", "备注", "来源文件", "来源工作表", "来源行"];
    let rows = book.table("汇总台账", &headings);
    assert_eq!(rows.len(), outcome.consolidated.lines.len());
    let records: Vec<_> = rows.iter().filter(|row| !row["来源文件"].is_empty()).collect();
    assert_eq!(records.len() as u32, outcome.tally.rows_merged);
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
            "1-2 车辆管理所 缺报", "2-1 车辆管理所 缺报", "2-2 车辆管理所 缺报", "2-2 汇总台账 不可用",
            "2-3 综合科 缺报", "2-3 汇总台账 不可用"
        ]
    );
    assert_eq!(book.table("未归类", &headings).len(), 1);
}

#[test]
fn nothing_a_unit_wrote_is_lost_or_run() {
    let outcome = outcome();
    let book = seen(&rendered(&outcome)["汇总台账.xlsx"]);
    assert!(book.formulas.is_empty(), "{:?}", book.formulas);
    let rows = book.table("汇总台账", &["任务编号"]);
    // An unknown column keeps its heading, a date that cannot be read its text, a mark its meaning.
    let third = &rows[3];
    assert_eq!((&*third["满意度"], &*third["完成日期"], &*third["完成情况"]), ("95%", "8月下旬", "已完成"));
    assert_eq!(third["备注"], "=1+1");
    assert_eq!(third["填报原文"], "工作任务：志愿服务；完成情况：√");
    assert_eq!(rows[0]["人数"], "46");
    // A heading like ours, and one that stands twice, keep what is below them under names of their own.
    assert_eq!((&*rows[2]["来源行"], &*rows[2]["来源行（原表）"], &*rows[2]["备注（原表）"]), ("4", "第7行", "后补"));
    let shown: String = HOSTILE.chars().filter(|c| !c.is_control()).collect();
    assert!(rows.iter().any(|row| row["备注"] == shown), "{HOSTILE}");
}

#[test]
fn the_same_outcome_gives_the_same_bytes() {
    let (first, second) = (rendered(&outcome()), rendered(&outcome()));
    let differ: Vec<&String> = first.keys().filter(|name| first[*name] != second[*name]).collect();
    assert!(differ.is_empty() && first.len() == second.len(), "{differ:?}");
}

#[test]
fn the_missing_report_has_the_contracts_sheets_and_headings() {
    let outcome = outcome();
    let book = seen(&rendered(&outcome)["缺项报告.xlsx"]);
    assert_eq!(book.names, ["概况", "缺项清单", "单位情况", "任务×单位", "问题清单", "整改销号"]);
    assert!(book.formulas.is_empty());
    let headings =
        ["序号", "责任单位", "任务编号", "工作任务", "牵头领导", "缺项类型", "问题代码", "说明", "时限", "建议"];
    let gaps: Vec<_> = book
        .table("缺项清单", &headings)
        .iter()
        .map(|row| format!("{} {} {}", row["责任单位"], row["任务编号"], row["问题代码"]))
        .collect();
    assert_eq!(
        gaps,
        [
            "综合科 1-2 D404", "综合科 2-3 D402", "车辆管理所 1-2 D401", "车辆管理所 2-1 D401", "车辆管理所 2-2 D401",
            "汇总台账 2-2 D412", "汇总台账 2-3 D412"
        ]
    );
    let headings = [
        "序号", "级别", "问题代码", "责任单位", "任务编号", "文件", "工作表", "单元格", "说明", "现值", "应为", "建议",
    ];
    let problems = book.table("问题清单", &headings);
    assert_eq!(problems.len(), outcome.issues.len());
    assert_eq!((&*problems[3]["文件"], &*problems[3]["单元格"]), ("收件/综合科台账（最终版）(1).xlsx", "D6"));
    let headings = ["应报", "实报", "按时", "迟报", "零报告", "缺报", "上报率", "及时率"];
    let units = book.table("单位情况", &headings);
    let first = &units[0];
    assert_eq!((&*first["责任单位"], &*first["上报率"], &*first["实报÷应报减不涉及"]), ("管理一科", "1", "3÷3"));
    let matrix = book.table("任务×单位", &["任务编号", "综合科"]);
    assert_eq!((&*matrix[4]["综合科"], &*matrix[0]["综合科"], &*matrix[2]["综合科"]), ("缺报", "按时", ""));
}

#[test]
fn a_long_ledger_is_whole_and_its_units_keep_what_they_lack() {
    let mut outcome = outcome();
    let lines = std::mem::take(&mut outcome.consolidated.lines);
    outcome.consolidated.lines = lines.iter().flat_map(|line| vec![*line; 5_100]).collect();
    let figures = Figures::of(&outcome);
    let layout = Layout::of(&outcome);
    let from =
        RenderInput { outcome: &outcome, figures: &figures, layout: &layout, form: None, copies: &AsSent(&outcome) };
    let outputs = InMemory::default();
    LedgerBook.render(from, &outputs).expect("it renders");
    let book = seen(&outputs.files()[0].bytes);
    let rows = book.table("汇总台账", &["任务编号", "来源行"]);
    assert_eq!(rows.len(), outcome.consolidated.lines.len());
    // Nothing is merged here: each row says its task.
    assert!(rows.iter().all(|row| !row["工作任务"].is_empty()));
    let last = &rows[rows.len() - 1];
    assert_eq!((&*last["序号"], &*last["完成情况"], &*last["责任单位"]), ("61200", "不可用", "汇总台账"));
    let unit = book.table("管理一科", &["任务编号"]);
    assert!(unit.is_empty(), "its rows stand in the ledger alone");
    assert!(book.sheets["管理一科"][1][0].contains("另有15300行"));
    assert_eq!(book.table("车辆管理所", &["任务编号"]).len(), 15_300);
}

#[test]
fn openpyxl_reads_every_workbook() {
    let script = "import sys, openpyxl
for path in sys.argv[1:]:
    book = openpyxl.load_workbook(path)
    # behind the list of a marked copy stand the unit's own sheets as they were sent
    for sheet in book.worksheets[:1] if '退回' in path else book:
        assert sheet.oddFooter.center.text == '第 &P 页 共 &N 页', path
        # one page wide, or pages that end where it is told
        wide = sheet.page_setup.fitToHeight == 0 and sheet.sheet_properties.pageSetUpPr.fitToPage
        assert wide or sheet.row_breaks.brk and sheet.page_setup.scale, (path, sheet.title)
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != 'f', (path, sheet.title, cell.coordinate)
                assert not cell.hyperlink or cell.hyperlink.location, (path, cell.coordinate)
    print(path)
";
    let available = std::process::Command::new("python3").args(["-c", "import openpyxl"]).output();
    if !available.is_ok_and(|out| out.status.success()) {
        return;
    }
    let dir = tempfile::tempdir().expect("a folder");
    let mut paths = Vec::new();
    let is_workbook = |name: &str| std::path::Path::new(name).extension().is_some_and(|ending| ending == "xlsx");
    for (name, bytes) in rendered(&outcome()).iter().filter(|(name, _)| is_workbook(name)) {
        let path = dir.path().join(name.replace('/', "_"));
        std::fs::write(&path, bytes).expect("writable");
        paths.push(path);
    }
    assert_eq!(paths.len(), 3);
    let out = std::process::Command::new("python3").arg("-c").arg(script).args(&paths).output().expect("python runs");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
}
