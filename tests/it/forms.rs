//! Blank forms: handed out, sent back empty, filled in and renamed.

use std::fs;
use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;

use taizhang::basis::place::Area;
use taizhang::read::Raw;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::campaign::campaign;
use crate::cli::program;

/// A form with texts written into empty cells of its first sheet, as a clerk would.
fn filled(form: &Path, answers: &[(String, &str)]) -> Vec<u8> {
    let mut zip = ZipArchive::new(Cursor::new(fs::read(form).expect("a form"))).expect("a workbook");
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..zip.len() {
        let mut part = zip.by_index(at).expect("a part");
        let (name, mut bytes) = (part.name().expect("a name").into_owned(), Vec::new());
        part.read_to_end(&mut bytes).expect("readable");
        if name == "xl/worksheets/sheet1.xml" {
            let mut xml = String::from_utf8(bytes).expect("XML");
            for (cell, answer) in answers {
                let begin = xml.find(&format!("<c r=\"{cell}\" ")).unwrap_or_else(|| panic!("no cell {cell}"));
                let end = begin + xml[begin..].find("/>").expect("an empty cell");
                let open = xml[begin..end].to_owned();
                xml.replace_range(begin..end + 2, &format!("{open} t=\"inlineStr\"><is><t>{answer}</t></is></c>"));
            }
            bytes = xml.into_bytes();
        }
        out.start_file(name, SimpleFileOptions::default()).expect("a part");
        out.write_all(&bytes).expect("written");
    }
    out.finish().expect("a workbook").into_inner()
}

/// The cell of a form below a heading, in a row counted from 1.
fn cell(form: &Path, heading: &str, row: u32) -> String {
    let book = taizhang::read::read(&fs::read(form).expect("a form"), "a.xlsx").expect("readable");
    let grid = &book.sheets[0].grid;
    let said = |col: &u32| matches!(grid.get(2, *col), Raw::Text(text) if book.texts.get(text) == heading);
    let col = (0..40).find(said).unwrap_or_else(|| panic!("no heading {heading}"));
    Area::cell(row - 1, col).to_string()
}

fn report(dir: &Path) -> serde_json::Value {
    let output = program().arg("run").arg(dir).args(["--format", "json"]).output().expect("started");
    assert!(output.status.success(), "{output:?}");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn codes(report: &serde_json::Value, file: &str) -> Vec<String> {
    let findings = report["findings"].as_array().expect("findings").iter();
    findings
        .filter(|one| one["place"]["file"] == file)
        .map(|one| one["code"].as_str().expect("a code").to_owned())
        .collect()
}

#[test]
fn forms_come_back_and_bind_every_row_without_guessing() {
    let dir = campaign("bureau");
    let output = program().arg("forms").arg(dir.path()).args(["--format", "json"]).output().expect("started");
    assert!(output.status.success(), "{output:?}");
    let forms: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(forms["files"].as_array().map(Vec::len), Some(13), "{forms}");
    let again = program().arg("forms").arg(dir.path()).output().expect("started");
    assert!(again.status.success());

    // Only two forms come back: one as it was, one filled in under another name.
    let inbox = dir.path().join("收件");
    fs::remove_dir_all(&inbox).expect("removed");
    fs::create_dir(&inbox).expect("made");
    let form = |unit: &str| dir.path().join("下发").join(format!("{unit}.xlsx"));
    fs::copy(form("管理一科"), inbox.join("空表.xlsx")).expect("copied");
    let second = form("管理二科");
    let answers = [
        ("完成情况", 4, "已完成"),
        ("完成日期", 4, "2014-08-20"),
        ("佐证材料", 4, "工作台账1份"),
        ("完成情况", 5, "零报告"),
    ];
    let answers: Vec<(String, &str)> =
        answers.iter().map(|(heading, row, text)| (cell(&second, heading, *row), *text)).collect();
    fs::write(inbox.join("新建文件.xlsx"), filled(&second, &answers)).expect("written");
    fs::write(
        inbox.join("收件登记.csv"),
        "文件,收件时间\n空表.xlsx,2014-09-01 09:00\n新建文件.xlsx,2014-09-01 09:00\n",
    )
    .expect("written");

    let report = report(dir.path());
    let file =
        |name: &str| report["files"].as_array().expect("files").iter().find(|file| file["path"] == name).cloned();
    let (blank, full) = (file("收件/空表.xlsx").expect("listed"), file("收件/新建文件.xlsx").expect("listed"));
    assert_eq!((&blank["unit"], &full["unit"]), (&"管理一科".into(), &"管理二科".into()));
    assert_eq!(codes(&report, "收件/空表.xlsx"), ["S18"], "{:#}", report["findings"]);
    let noticed = codes(&report, "收件/新建文件.xlsx");
    let guessed = |code: &String| ["R201", "R207", "S10", "S11", "S12", "S17", "C105", "F08"].contains(&code.as_str());
    assert!(!noticed.iter().any(guessed), "{noticed:?}");
    let states: Vec<_> = report["obligations"]
        .as_array()
        .expect("obligations")
        .iter()
        .filter(|obligation| {
            obligation["records"].as_array().is_some_and(|records| !records.is_empty())
                && obligation["unit"] == "管理二科"
        })
        .map(|obligation| obligation["state"].as_str().unwrap_or_default().to_owned())
        .collect();
    assert!(states.contains(&"on-time".to_owned()) && states.contains(&"nil".to_owned()), "{states:?}");
}

/// A campaign of two units without files, its division written as text.
fn small(division: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    fs::create_dir(dir.path().join("收件")).expect("made");
    fs::write(dir.path().join("taizhang.toml"), "division = \"任务分工.csv\"\nas_of = \"2014-09-04\"\n")
        .expect("written");
    fs::write(dir.path().join("任务分工.csv"), division).expect("written");
    dir
}

#[test]
fn a_form_is_outdated_only_by_what_changes_for_its_unit() {
    let base = "任务编号,工作任务,责任单位\n1,公益广告整治,综合科\n2,环境卫生整治,督查科\n";
    let dir = small(base);
    assert!(program().arg("forms").arg(dir.path()).output().expect("started").status.success());
    fs::rename(dir.path().join("下发/综合科.xlsx"), dir.path().join("收件/综合科.xlsx")).expect("moved");
    fs::write(dir.path().join("收件/收件登记.csv"), "文件,收件时间\n综合科.xlsx,2014-09-01 09:00\n").expect("written");
    for (division, outdated) in [
        (base.to_owned(), false),
        (base.replace("卫生整治", "卫生大整治"), false),
        (format!("{base}3,秩序整治,督查科\n"), false),
        (base.replace("督查科", "督查科,\n"), false),
        (base.replace("公益广告", "户外广告"), true),
        (format!("{base}3,秩序整治,综合科\n"), true),
    ] {
        fs::write(dir.path().join("任务分工.csv"), &division).expect("written");
        let told = codes(&report(dir.path()), "收件/综合科.xlsx");
        assert_eq!(told.contains(&"S14".to_owned()), outdated, "{told:?} {division}");
    }
}

#[test]
fn outputs_that_lie_in_the_inbox_are_set_aside() {
    let dir = small("任务编号,工作任务,责任单位\n1,公益广告整治,综合科\n2,环境卫生整治,督查科\n");
    report(dir.path());
    let (out, inbox) = (dir.path().join("输出/2014-08"), dir.path().join("收件"));
    for name in ["汇总台账.xlsx", "缺项报告.xlsx", "通知/综合科.docx", "工作报告.docx"] {
        fs::copy(out.join(name), inbox.join(Path::new(name).file_name().expect("a name"))).expect(name);
    }
    let mut register = "文件,收件时间\n".to_owned();
    for entry in fs::read_dir(&inbox).expect("listed") {
        let name = entry.expect("an entry").file_name().into_string().expect("a name");
        register += &[name.as_str(), ",2014-09-01 09:00\n"].concat();
    }
    fs::write(inbox.join("收件登记.csv"), register).expect("written");
    let report = report(dir.path());
    let files = report["files"].as_array().expect("files");
    assert_eq!(files.len(), 4);
    for file in files {
        assert_eq!(file["state"], "ignored", "{file}");
    }
    assert_eq!(report["coverage"]["not_due"], 2, "{}", report["coverage"]);
}

#[test]
fn each_row_of_a_form_answers_for_the_period_that_is_printed_beside_it() {
    let dir = small(
        "任务编号,工作任务,责任单位,报送周期\n1,公益广告整治,综合科,每周\n2,环境卫生整治,综合科,每半月\n\
         3,秩序整治,综合科,每旬\n4,绿化整治,综合科,每日\n5,设施整治,综合科,\n",
    );
    let owed = report(dir.path())["obligations"].as_array().expect("obligations").len();
    assert!(program().arg("forms").arg(dir.path()).output().expect("started").status.success());
    let form = dir.path().join("下发/综合科.xlsx");
    let done = |row: usize| (cell(&form, "完成情况", row as u32 + 4), "正在推进");
    let mut answers: Vec<(String, &str)> = (0..owed).map(done).collect();
    // done in the next week, and still the first week's row
    answers.push((cell(&form, "完成日期", 4), "2014-08-11"));
    fs::write(dir.path().join("收件/综合科.xlsx"), filled(&form, &answers)).expect("written");
    fs::write(dir.path().join("收件/收件登记.csv"), "文件,收件时间\n综合科.xlsx,2014-09-01 09:00\n").expect("written");
    for one in report(dir.path())["obligations"].as_array().expect("obligations") {
        assert_eq!((&one["state"], one["records"].as_array().map(Vec::len)), (&"on-time".into(), Some(1)), "{one}");
    }
}

/// Fills a form with openpyxl: the first task of each row is done, with what its columns ask for; without the stamp
/// where `bare`.
const FILL: &str = "import sys, datetime, openpyxl
source, target, bare = sys.argv[1:]
book = openpyxl.load_workbook(source)
sheet = book.worksheets[0]
heads = {cell.value: cell.column for cell in sheet[3]}
given = {'完成情况': '已完成', '完成日期': datetime.date(2014, 8, 20), '日期': datetime.date(2014, 8, 20), '进展': '按要求开展',
         '佐证材料': '照片5张', '公益广告处数': 8, '数量': 6}
row = 4
while sheet.cell(row, 1).value:
    for head, value in given.items():
        if head in heads:
            sheet.cell(row, heads[head]).value = value
    row += 1
if bare == 'bare':
    for name in [prop.name for prop in book.custom_doc_props.props]:
        del book.custom_doc_props[name]
book.save(target)
";

#[test]
fn a_form_filled_with_other_programs_owes_nothing() {
    let available = std::process::Command::new("python3").args(["-c", "import openpyxl"]).output();
    if !available.is_ok_and(|out| out.status.success()) {
        return;
    }
    let division = "任务编号,工作任务,责任单位,考核指标,佐证材料\n\
                    1,公益广告整治,综合科,公益广告处数≥5,照片\n\
                    2,发放倡议书,综合科,不少于5份,照片\n\
                    3,环境卫生整治,综合科,每月至少一次,照片\n\
                    4,窗口服务,督查科,,\n";
    let dir = small(division);
    assert!(program().arg("forms").arg(dir.path()).output().expect("started").status.success());
    let form = dir.path().join("下发/综合科.xlsx");
    let filled = |bare: &str| {
        let target = dir.path().join(format!("{bare}.xlsx"));
        let out = std::process::Command::new("python3")
            .args(["-c", FILL])
            .args([&form, &target])
            .arg(bare)
            .output()
            .expect("python runs");
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        fs::read(target).expect("filled")
    };
    let (stamped, bare) = (filled("stamped"), filled("bare"));
    let office = dir.path().join("office.xlsx");
    crate::build::office::convert(&stamped, &office);
    let saved = fs::read(&office).expect("saved");
    for (what, bytes) in [("openpyxl", stamped), ("LibreOffice", saved), ("without the stamp", bare)] {
        let name = "综合科.xlsx";
        fs::write(dir.path().join("收件").join(name), bytes).expect("written");
        fs::write(dir.path().join("收件/收件登记.csv"), format!("文件,收件时间\n{name},2014-09-01 09:00\n"))
            .expect("written");
        let report = report(dir.path());
        let found = report["findings"].as_array().expect("findings").iter();
        // That the page of instructions is no ledger is said where no stamp tells whose page it is (S17, info).
        let of_unit = found.filter(|one| one["unit"] == "综合科" && one["severity"] != "info");
        let of_unit = of_unit.map(|one| one["message"].clone());
        assert_eq!(of_unit.collect::<Vec<_>>(), [""; 0], "{what}");
        let states = report["obligations"].as_array().expect("obligations").iter();
        let states: Vec<_> = states.filter(|one| one["unit"] == "综合科").map(|one| one["state"].clone()).collect();
        assert_eq!(states, ["on-time"; 3], "{what}");
    }
}
