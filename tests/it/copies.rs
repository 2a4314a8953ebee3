//! Marked copies of xlsx files: the package as it was sent, with marks, and what becomes of it when it comes back.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Cursor, Read as _};
use std::path::Path;

use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, DataValidation, ExcelDateTime, Format, Formula, Note, Workbook,
};
use taizhang::read::{self, Raw};
use taizhang::render::package::{Content, Package, Patch, Styles};

use crate::build::workbook_of;
use crate::hostile::build::zip;
use crate::whole_run::{list, outputs, run_in_process, run_json, text};

/// A ledger with what a copy must not lose. D3 is no day; F2 has lost digits.
fn ledger() -> Vec<u8> {
    let mut book = Workbook::new();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let clock = Format::new().set_num_format("h:mm").set_background_color("#DDEBF7");
    let sheet = book.add_worksheet().set_name("8月'台'账").expect("a name");
    let heads = ["任务编号", "工作任务", "完成情况", "完成日期", "数量", "备注", "开始时间", "合计"];
    for (col, head) in heads.iter().enumerate() {
        sheet.write(0, col as u16, *head).expect("written");
    }
    for (row, (code, task)) in (1u32..).zip([("1-1", "公益广告整治"), ("1-2", "环境卫生整治")]) {
        sheet.write(row, 0, code).and_then(|sheet| sheet.write(row, 1, task)).expect("written");
        sheet.write(row, 2, "已完成").and_then(|sheet| sheet.write(row, 4, 12.5)).expect("written");
        sheet.write_with_format(row, 6, 0.395_833_333_333_333_3, &clock).expect("written");
        sheet.write(row, 7, Formula::new("=E2*2").set_result("25")).expect("written");
    }
    let date = ExcelDateTime::parse_from_str("2014-08-15").expect("a day");
    sheet.write_with_format(1, 3, &date, &day).and_then(|sheet| sheet.write(2, 3, "近期")).expect("written");
    sheet.write(1, 5, 123_456_789_012_345_680.0).expect("written");
    let choices = DataValidation::new().allow_list_strings(&["已完成", "推进中"]).expect("a list");
    let above = ConditionalFormatCell::new().set_rule(ConditionalFormatCellRule::GreaterThan(10)).set_format(&day);
    sheet.add_data_validation(1, 2, 50, 2, &choices).expect("a list");
    sheet.add_conditional_format(1, 4, 50, 4, &above).expect("a rule");
    sheet.insert_note(2, 3, &Note::new("科长：日期待定").set_author("科长")).expect("a note");
    sheet.set_column_width(1, 33.0).expect("a width");
    sheet.set_landscape().set_repeat_rows(0, 0).expect("rows").set_freeze_panes(1, 0).expect("frozen");
    sheet.autofilter(0, 0, 2, 7).expect("a filter");
    book.add_worksheet().set_name("附表").expect("a name").write(4, 4, "附").expect("written");
    book.save_to_buffer().expect("saved")
}

/// A campaign of one unit that sent this file, run; gives its folder and what it wrote.
fn run(file: &str, bytes: &[u8]) -> (tempfile::TempDir, BTreeMap<String, Vec<u8>>) {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |path: &str, bytes: &[u8]| fs::write(folder.path().join(path), bytes).expect("written");
    fs::create_dir(folder.path().join("收件")).expect("made");
    write("taizhang.toml", b"as_of = '2014-09-04T12:00'\nwindow = '2014-08'\nfull_marks = 0\n");
    let division = "sheet: 任务分工\nhead: 任务编号 | 工作任务 | 责任单位\n'1-1 | 公益广告整治 | 综合科\n'1-2 | 环境卫生整治 | 综合科\n";
    write("任务分工.xlsx", &workbook_of(division));
    receive(folder.path(), file, bytes);
    let outputs = outputs(folder.path());
    (folder, outputs)
}

fn receive(folder: &Path, file: &str, bytes: &[u8]) {
    fs::write(folder.join("收件").join(file), bytes).expect("written");
    let register = format!("文件,收件时间\n{file},2014-09-03 10:00\n");
    fs::write(folder.join("收件/收件登记.csv"), register).expect("written");
    run_in_process(folder, 1);
}

/// Codes and cells of what is found in the files of a run, hints aside.
fn found(outputs: &BTreeMap<String, Vec<u8>>) -> BTreeSet<String> {
    let run = run_json(outputs);
    let findings = list(&run, "findings").iter().filter(|one| text(one, "severity") != "info");
    findings.map(|one| format!("{} {}", text(one, "code"), text(&one["place"], "cell"))).collect()
}

/// The parts of a package.
fn parts(package: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = ::zip::ZipArchive::new(Cursor::new(package)).expect("a package");
    let mut parts = BTreeMap::new();
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).expect("a part");
        let (name, mut bytes) = (entry.name().expect("a name").into_owned(), Vec::new());
        entry.read_to_end(&mut bytes).expect("read");
        parts.insert(name, bytes);
    }
    parts
}

/// What stands between two words of a text, both included.
fn piece<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let start = text.find(from).unwrap_or_else(|| panic!("{from} in {text}"));
    let end = start + text[start..].find(to).unwrap_or_else(|| panic!("{to} in {text}"));
    &text[start..end + to.len()]
}

#[test]
fn a_copy_is_the_file_that_was_sent_with_marks() {
    let sent = ledger();
    let (_folder, outputs) = run("综合科.xlsx", &sent);
    assert_eq!(found(&outputs), ["C102 D3", "C108 F2"].map(String::from).into());
    let copy = &outputs["退回/综合科.xlsx"];
    let (before, after) = (parts(&sent), parts(copy));
    let touched = [
        "[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
        "xl/worksheets/sheet1.xml", "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml",
    ];
    for (name, bytes) in before.iter().filter(|(name, _)| !touched.contains(&name.as_str())) {
        assert!(after.get(name) == Some(bytes), "{name} is carried as it was");
    }
    let sheet =
        |parts: &BTreeMap<String, Vec<u8>>| String::from_utf8(parts["xl/worksheets/sheet1.xml"].clone()).expect("text");
    let (was, is) = (sheet(&before), sheet(&after));
    for (from, to) in [
        ("<cols>", "</cols>"),
        ("<pane", "/>"),
        ("<autoFilter", "/>"),
        ("<conditionalFormatting", "</conditionalFormatting>"),
        ("<dataValidations", "</dataValidations>"),
        ("<pageSetup", "/>"),
        ("<c r=\"H3\"", "</c>"),
        ("<c r=\"G2\"", "</c>"),
    ] {
        assert!(is.contains(piece(&was, from, to)), "{}", piece(&was, from, to));
    }
    assert!(was.contains("tabSelected") && !is.contains("tabSelected"), "only the list is selected");
    let notes = String::from_utf8(after["xl/comments1.xml"].clone()).expect("text");
    assert!(notes.contains("科长：日期待定") && notes.contains("应填日期"), "both notes stand on D3: {notes}");

    let mut package = Package::open(copy).expect("a package");
    let book = package.book().expect("a workbook");
    let names: Vec<&str> = book.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(names, ["退回说明", "8月'台'账", "附表"]);
    let part = package.styles_part().expect("styles");
    let styles = Styles::of(package.document(&part).expect("a part")).expect("styles");
    let layout = taizhang::render::package::Layout::of(is.as_bytes());
    let filled: Vec<_> = layout.styled(&styles.on_grounds(&[0x00FB_E4E1, 0x00FF_F3D1])).collect();
    assert_eq!(filled, [(1, 5), (2, 3)], "the two faults are filled");
    let workbook = String::from_utf8(after["xl/workbook.xml"].clone()).expect("text");
    for local in ["_xlnm._FilterDatabase\" localSheetId=\"1\"", "_xlnm.Print_Titles\" localSheetId=\"1\""] {
        assert!(workbook.contains(local), "what is named for a sheet goes with it: {workbook}");
    }
}

#[test]
fn a_mended_copy_binds_every_row_and_owes_nothing_new() {
    let (folder, outputs) = run("综合科.xlsx", &ledger());
    let first = outputs["退回/综合科.xlsx"].clone();
    fs::remove_file(folder.path().join("收件/综合科.xlsx")).expect("removed");
    // One fault is mended, one is not: the next copy marks that one alone and has one list.
    let mut package = Package::open(&first).expect("a package");
    let sheet = package.book().expect("a workbook").sheets[1].part.clone();
    let day = Patch { content: Content::Number(41866.0), style: Some(1) };
    package.patch(&sheet, &[((2, 3), day)].into()).expect("fit");
    receive(folder.path(), "回复.xlsx", &package.finish().expect("written"));
    let outputs = crate::whole_run::outputs(folder.path());
    assert_eq!(found(&outputs), ["C108 F2"].map(String::from).into());
    let run = run_json(&outputs);
    assert_eq!((run["tally"]["rows_merged"].as_u64(), run["coverage"]["on_time"].as_u64()), (Some(2), Some(2)));

    let second = &outputs["退回/回复.xlsx"];
    let book = read::read(second, "a.xlsx").expect("read");
    let names: Vec<&str> = book.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(names, ["退回说明", "8月'台'账", "附表"]);
    assert!(
        matches!(book.sheets[1].grid.get(1, 5), Raw::DigitsLost(_))
            && matches!(book.sheets[1].grid.get(1, 6), Raw::Duration(_))
    );
    let mut package = Package::open(second).expect("a package");
    let part = package.styles_part().expect("styles");
    let styles = Styles::of(package.document(&part).expect("a part")).expect("styles");
    let layout = taizhang::render::package::Layout::of(&package.document(&sheet).expect("a sheet"));
    assert_eq!(layout.styled(&styles.on_grounds(&[0x00FB_E4E1, 0x00FF_F3D1])).collect::<Vec<_>>(), [(1, 5)]);
}

#[test]
fn macros_do_not_go_out_again() {
    let mut held = parts(&ledger());
    let edit = |part: &mut Vec<u8>, from: &str, to: &str| {
        let text = String::from_utf8(std::mem::take(part)).expect("text");
        assert!(text.contains(from), "{text}");
        *part = text.replace(from, to).into_bytes();
    };
    let sheet_main = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
    let types = held.get_mut("[Content_Types].xml").expect("types");
    edit(types, sheet_main, "application/vnd.ms-excel.sheet.macroEnabled.main+xml");
    edit(
        types,
        "</Types>",
        "<Default Extension=\"bin\" ContentType=\"application/vnd.ms-office.vbaProject\"/></Types>",
    );
    let macros = "<Relationship Id=\"rId99\" Type=\"http://schemas.microsoft.com/office/2006/relationships/vbaProject\" Target=\"vbaProject.bin\"/></Relationships>";
    edit(held.get_mut("xl/_rels/workbook.xml.rels").expect("relations"), "</Relationships>", macros);
    held.insert("xl/vbaProject.bin".into(), b"Sub AutoOpen".to_vec());
    let list: Vec<(&str, &[u8])> = held.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let (_folder, outputs) = run("综合科.xlsm", &zip(&list));
    let copy = parts(&outputs["退回/综合科.xlsx"]);
    let types = String::from_utf8(copy["[Content_Types].xml"].clone()).expect("text");
    assert!(types.contains(sheet_main) && !types.contains("macroEnabled"), "{types}");
    assert!(!copy.contains_key("xl/vbaProject.bin") && copy.contains_key("xl/comments1.xml"));
    assert!(!String::from_utf8_lossy(&copy["xl/_rels/workbook.xml.rels"]).contains("vbaProject"));
    assert!(String::from_utf8_lossy(&copy["xl/worksheets/sheet1.xml"]).contains("<dataValidations"));
}
