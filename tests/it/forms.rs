//! Blank forms: handed out, sent back empty, filled in and renamed.

use std::fs;
use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::campaign::campaign;
use crate::cli::program;

/// A form with texts written into empty cells of its first sheet, as a clerk would.
fn filled(form: &Path, answers: &[(&str, &str)]) -> Vec<u8> {
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
    let answers = [("H4", "已完成"), ("I4", "2014-08-20"), ("M4", "工作台账1份"), ("H5", "零报告")];
    fs::write(inbox.join("新建文件.xlsx"), filled(&form("管理二科"), &answers)).expect("written");
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
