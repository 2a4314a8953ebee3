//! Single rulings as a person writes them, and what becomes of them.

use std::fmt::Write as _;
use std::fs;

use serde_json::Value;
use taizhang::basis::settings::Settings;
use taizhang::render::rulings::{NewLine, begin};
use taizhang::ruling::{FILE, Field};

use crate::build::workbook_of;
use crate::render::workbooks::seen;
use crate::whole_run::{outputs, run_in_process, run_json};

/// `类别 | 原文 | 认定 | 认定为` of 甲科, as a line of the workbook.
fn line(drawing: &str) -> NewLine {
    let fields = [Field::Kind, Field::Text, Field::Choice, Field::Target];
    let cells = fields.into_iter().zip(drawing.split('|').map(|cell| cell.trim().to_owned()));
    let who = [(Field::Unit, "甲科"), (Field::By, "王某"), (Field::Reason, "已与负责人当面核对")];
    cells.chain(who.into_iter().map(|(field, text)| (field, text.to_owned()))).collect()
}

/// What a run makes of files of 甲科 (name, hour of 3 September, rows) with these rulings.
fn ruled(files: &[(&str, u32, &str)], rulings: &[&str]) -> (Value, Vec<u8>) {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).expect("written");
    let division = "sheet: 任务分工\nhead: 任务编号 | 工作任务 | 责任单位\n'1-1 | 公益广告投放整治 | 甲科\n'1-2 | 道路交通秩序整治 | 甲科\n";
    write("任务分工.xlsx", &workbook_of(division));
    write("taizhang.toml", b"window = \"2014-08\"\nas_of = \"2014-09-06\"\nfull_marks = 0\n");
    fs::create_dir(folder.path().join("收件")).expect("made");
    let mut register = String::from("文件,收件时间\n");
    for (name, hour, rows) in files {
        let sheet = format!("sheet: 台账\nline: 填报单位：甲科\nhead: 任务编号 | 工作任务 | 完成情况\n{rows}");
        write(&format!("收件/{name}"), &workbook_of(&sheet));
        let _ = writeln!(register, "{name},2014-09-03 {hour:02}:00");
    }
    write("收件/收件登记.csv", register.as_bytes());
    let lines: Vec<NewLine> = rulings.iter().map(|drawing| line(drawing)).collect();
    write(FILE, &begin(&Settings::default(), chrono::NaiveDateTime::default(), &lines).expect("written"));
    run_in_process(folder.path(), 1);
    let mut files = outputs(folder.path());
    (run_json(&files), files.remove("缺项报告.xlsx").expect("a report"))
}

fn codes(run: &Value) -> Vec<&str> {
    run["findings"].as_array().into_iter().flatten().filter_map(|one| one["code"].as_str()).collect()
}

fn states(run: &Value) -> Vec<(&str, usize)> {
    let all = run["rulings"].as_array().into_iter().flatten();
    all.map(|one| (one["state"].as_str().unwrap_or_default(), one["places"].as_array().map_or(0, Vec::len))).collect()
}

const ALL: &str = "'1-1 | 公益广告投放整治 | 长期坚持\n'1-2 | 道路交通秩序整治 | 长期坚持\n";

#[test]
fn a_wording_that_is_left_as_it_is_has_its_ruling() {
    let rows = "'1-1 | 公益广告投放整治 | 尚可尚可\n'1-2 | 道路交通秩序整治 | 长期坚持\n";
    let (run, _) = ruled(&[("甲科8月台账.xlsx", 9, rows)], &[]);
    assert_eq!(codes(&run), ["C105"]);
    let (run, _) = ruled(&[("甲科8月台账.xlsx", 9, rows)], &["状态用语 | 尚可尚可 | 不计"]);
    assert!(codes(&run).is_empty(), "{run:#}");
    assert_eq!(states(&run), [("有效", 1)]);
}

#[test]
fn a_later_report_replaces_a_row_by_its_ruling_and_keeps_it() {
    let files = [("甲科8月台账.xlsx", 9, " | 擦洗玻璃 | 正在推进\n"), ("甲科8月台账2.xlsx", 10, ALL)];
    let (run, _) = ruled(&files, &["任务归属 | 擦洗玻璃 | 其他 | 1-2"]);
    assert!(!codes(&run).contains(&"R201") && !codes(&run).contains(&"P516"), "{:?}", codes(&run));
    assert_eq!(run["tally"]["rows_superseded"], 1, "so it is replaced");
    assert_eq!(states(&run), [("有效", 1)]);
    // What is only its state, nobody needs any more.
    let files = [("甲科8月台账.xlsx", 9, "'1-1 | 公益广告投放整治 | 尚可尚可\n"), ("甲科8月台账2.xlsx", 10, ALL)];
    let (run, report) = ruled(&files, &["状态用语 | 尚可尚可 | 其他 | 正在推进"]);
    assert_eq!(states(&run), [("已失效", 0)]);
    let told = seen(&report).table("认定记录", &["状态", "说明"]);
    assert_eq!(told[0]["说明"], "本期没有用到");
}

#[test]
fn a_line_that_is_not_obeyed_says_why_in_the_record() {
    let rulings = ["任务归属 | 擦洗玻璃 | 其他 | 9-9", "职责 | 1-1 | ①"];
    let (run, report) = ruled(&[("甲科8月台账.xlsx", 9, "'1-2 | 道路交通秩序整治 | 长期坚持\n")], &rulings);
    let told = seen(&report).table("认定记录", &["状态", "说明"]);
    let told: Vec<(&str, &str)> = told.iter().map(|row| (row["状态"].as_str(), row["说明"].as_str())).collect();
    assert_eq!(told, [("无效", "任务分工中没有这项任务"), ("有效", "")]);
    // A duty that a person rules off without being asked.
    let owed = run["obligations"].as_array().expect("obligations");
    assert_eq!(owed.iter().find(|one| one["task"] == "1-1").map(|one| &one["state"]), Some(&"exempt".into()));
}
