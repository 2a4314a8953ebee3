//! The second reader agrees on everything ordinary, and what becomes of it never costs the file.

use std::fs;
use std::process::Command;

use serde_json::Value;
use taizhang::read::second::{self, Region};
use taizhang::read::{self, SecondReading};
use taizhang::render::package::Package;

use crate::build::{root, workbook_of};
use crate::hostile::build::{biff, compound, label97, record, strings97};
use crate::render::workbooks::seen;
use crate::whole_run::{list, outputs, run_in_process, run_json, text};

/// What it makes of all cells of a file.
fn whole(bytes: &[u8], name: &str) -> SecondReading {
    let book = read::read(bytes, name).expect("read");
    let regions = book.sheets.iter().enumerate().filter_map(|(at, sheet)| {
        let extent = sheet.grid.extent()?;
        let rows = sheet.grid.rows.iter().map(|row| row.index).collect();
        Some(Region { sheet: at as u16, rows, cols: (extent.left, extent.right) })
    });
    second::read_again(bytes, &book, &regions.collect::<Vec<_>>())
}

#[test]
fn both_readers_see_the_same_in_every_sample() {
    let (mut agreed, mut files) = (0, 0);
    for entry in walkdir::WalkDir::new(root().join("samples")).sort_by_file_name() {
        let path = entry.expect("readable").into_path();
        let Ok(bytes) = fs::read(&path) else { continue };
        let name = path.to_string_lossy().into_owned();
        if !read::read(&bytes, &name).is_ok_and(|book| second::knows(book.format)) {
            continue;
        }
        let seen = whole(&bytes, &name);
        assert_eq!((seen.differing, seen.silent), (vec![], None), "{name}");
        assert!(seen.excused.is_empty(), "{name}: {:?}", seen.excused);
        (agreed, files) = (agreed + seen.agreed, files + 1);
    }
    assert!(agreed > 1_000 && files > 30, "{agreed} cells of {files} files");
}

#[test]
fn what_the_library_is_known_to_get_wrong_is_no_difference() {
    // 甲 and 乙 are its shared texts.
    let base = workbook_of("sheet: 台账\n甲 | 乙\n");
    let of = |rows: &str| {
        let mut package = Package::open(&base).expect("a package");
        let part = package.book().expect("a workbook").sheets[0].part.clone();
        let sheet = String::from_utf8(package.document(&part).expect("a sheet")).expect("text");
        let (before, rest) = sheet.split_once("<sheetData>").expect("begun");
        let (_, behind) = rest.split_once("</sheetData>").expect("ended");
        package.set(&part, format!("{before}<sheetData>{rows}</sheetData>{behind}").into_bytes());
        whole(&package.finish().expect("written"), "a.xlsx")
    };
    for rows in [
        "<row r='1'><c r='A1' t='s'><v>1 </v></c></row>",
        "<row r='1'><c r='A1'><v><![CDATA[12]]></v></c></row>",
        "<row r='1'><c r='A1'><v>INF</v></c></row>",
    ] {
        let seen = of(rows);
        assert_eq!((seen.differing, seen.excused.values().sum::<u32>()), (vec![], 1), "{rows}");
    }
    // Another text than the first of the workbook, or another number, is one.
    let twice = "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='A1' t='s'><v>1</v></c></row>";
    let numbers = "<row r='1'><c r='A1'><v>1</v></c><c r='A1'><v>1.5</v></c></row>";
    for (rows, values) in [(twice, ["甲", "乙"]), (numbers, ["1", "1.5"])] {
        let seen = of(rows).differing;
        assert_eq!(seen.iter().map(|one| [one.ours.as_str(), one.theirs.as_str()]).collect::<Vec<_>>(), [values]);
    }
    assert_eq!(of("<row r='1'><c r='A1'><v>41866</v></c><c r='B1' t='b'><v>1</v></c></row>").agreed, 2);
}

/// A file on which the library uses up the memory of a worker: laid out whole, a table from A1 to IV65536 is too large.
fn deadly() -> Vec<u8> {
    let texts = ["任务编号", "工作任务", "完成情况", "1-1", "公益广告整治", "正在推进"];
    let mut cells: Vec<Vec<u8>> =
        (0u16..2).flat_map(|row| (0u16..3).map(move |col| label97(row, col, u32::from(row * 3 + col)))).collect();
    let far = [&[0xFF, 0xFF, 0xFF, 0, 0, 0][..], &1f64.to_le_bytes()].concat();
    cells.push(record(0x0203, &far));
    compound(&[("/Workbook", &biff(&[strings97(&texts)], &cells, 0))])
}

#[test]
fn a_difference_is_the_offices_and_no_units() {
    let two = |text: &str, cell: &str| {
        let base = workbook_of(text);
        let mut package = Package::open(&base).expect("a package");
        let part = package.book().expect("a workbook").sheets[0].part.clone();
        let sheet = String::from_utf8(package.document(&part).expect("a sheet")).expect("text");
        let from = sheet.find("<c r=\"C2\"").expect("the cell");
        let end = from + sheet[from..].find("</c>").expect("its end") + 4;
        package.set(&part, format!("{}{cell}{}", &sheet[..end], &sheet[end..]).into_bytes());
        package.finish().expect("written")
    };
    let cell = "<c r=\"C2\" t=\"inlineStr\"><is><t>正在推进</t></is></c>";
    let ledger = "sheet: 台账\nhead: 任务编号 | 工作任务 | 完成情况 | 完成日期\n'1-1 | 公益广告整治 | 已完成 | 近期\n";
    for (setting, found) in [("auto", 1), ("always", 1), ("never", 0)] {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |path: &str, bytes: &[u8]| fs::write(folder.path().join(path), bytes).expect("written");
        fs::create_dir(folder.path().join("收件")).expect("made");
        let settings = "as_of = '2014-09-04T12:00'\nwindow = '2014-08'\nfull_marks = 0\nsecond_reader = ";
        write("taizhang.toml", format!("{settings}'{setting}'\n").as_bytes());
        write(
            "任务分工.xlsx",
            &workbook_of("sheet: 任务分工\nhead: 任务编号 | 工作任务 | 责任单位\n'1-1 | 公益广告整治 | 综合科\n"),
        );
        write("收件/综合科.xlsx", &two(ledger, cell));
        write("收件/收件登记.csv", "文件,收件时间\n综合科.xlsx,2014-09-03 10:00\n".as_bytes());
        run_in_process(folder.path(), 1);
        let outputs = outputs(folder.path());
        let run = run_json(&outputs);
        let told: Vec<_> = list(&run, "findings").iter().filter(|one| text(one, "code") == "F11").collect();
        assert_eq!(told.len(), found, "{setting}");
        for one in told {
            assert_eq!(
                (text(one, "unit"), text(one, "severity"), text(&one["related"][0], "cell")),
                ("-", "warning", "C2")
            );
            assert!(text(one, "message").contains("已完成") && text(one, "message").contains("正在推进"));
        }
        // The day is the unit's to mend, and nothing else is told to it.
        let copy = seen(&outputs["退回/综合科.xlsx"]);
        let codes = copy.table("退回说明", &["问题代码"]);
        assert_eq!(codes.iter().map(|row| row["问题代码"].as_str()).collect::<Vec<_>>(), ["C102"], "{setting}");
        let gaps = seen(&outputs["缺项报告.xlsx"]).table("缺项清单", &["问题代码"]);
        assert!(gaps.iter().all(|row| row["问题代码"] != "F11"));
    }
}

#[test]
fn a_second_reader_that_dies_costs_nothing_but_its_word() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |path: &str, bytes: &[u8]| fs::write(folder.path().join(path), bytes).expect("written");
    fs::create_dir(folder.path().join("收件")).expect("made");
    write("taizhang.toml", b"as_of = '2014-09-04T12:00'\nwindow = '2014-08'\nfull_marks = 0\n");
    let division = "sheet: 任务分工\nhead: 任务编号 | 工作任务 | 责任单位\n'1-1 | 公益广告整治 | 综合科、后勤中心\n";
    write("任务分工.xlsx", &workbook_of(division));
    write("收件/综合科.xls", &deadly());
    write(
        "收件/后勤中心.xlsx",
        &workbook_of("sheet: 台账\nhead: 任务编号 | 工作任务 | 完成情况\n'1-1 | 公益广告整治 | 正在推进\n"),
    );
    write(
        "收件/收件登记.csv",
        "文件,收件时间\n综合科.xls,2014-09-03 10:00\n后勤中心.xlsx,2014-09-03 10:00\n".as_bytes(),
    );
    let call = |arguments: &[&str]| {
        let out = Command::new(env!("CARGO_BIN_EXE_taizhang"))
            .current_dir(folder.path())
            .args(arguments)
            .args(["--format", "json"])
            .output()
            .expect("started");
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        serde_json::from_slice::<Value>(&out.stdout).expect("JSON")
    };
    call(&["run", "--jobs", "1"]);
    let run = fs::read(folder.path().join("输出/2014-08/run.json")).expect("written");
    let run: Value = serde_json::from_slice(&run).expect("JSON");
    assert_eq!((run["tally"]["files_merged"].as_u64(), run["coverage"]["on_time"].as_u64()), (Some(2), Some(2)));
    assert!(list(&run, "findings").iter().all(|one| text(one, "code") != "F11"));
    let seen = call(&["inspect", "收件/综合科.xls"]);
    let second = &seen["files"][0]["second_reader"];
    assert!(second["silent"].is_string() && second["agreed"] == 0, "the fixture kills it: {second}");
    let seen = call(&["inspect", "收件/后勤中心.xlsx"]);
    assert_eq!(seen["files"][0]["second_reader"]["agreed"], 6);
}
