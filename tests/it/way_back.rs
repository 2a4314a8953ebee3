//! What a unit gets back: its notice, from all that it sent and owes, and the copies of its files.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use tempfile::TempDir;

use crate::build::{cells, workbook_of};
use crate::render::returned::words;
use crate::render::workbooks::seen;
use crate::whole_run::{outputs, run_in_process, run_json};

const TASKS: [&str; 6] = [
    "公益广告投放整治", "道路交通秩序整治", "老旧小区环境治理", "农贸市场秩序规范", "校园周边食品检查",
    "志愿服务站点建设",
];

/// A campaign of six tasks that every unit owes, with these files in its inbox, all in time: name and bytes.
fn campaign(units: &[&str], files: &[(&str, Vec<u8>)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let mut division = String::from("sheet: 任务分工\nhead: 任务编号 | 工作任务 | 责任单位\n");
    for (at, task) in TASKS.iter().enumerate() {
        let _ = writeln!(division, "'1-{} | {task} | {}", at + 1, units.join("、"));
    }
    fs::write(folder.path().join("任务分工.xlsx"), workbook_of(&division)).expect("written");
    fs::write(folder.path().join("taizhang.toml"), "window = \"2014-08\"\nas_of = \"2014-09-06\"\n").expect("written");
    fs::create_dir(folder.path().join("收件")).expect("made");
    let mut register = String::from("文件,收件时间\n");
    for (name, bytes) in files {
        fs::write(folder.path().join("收件").join(name), bytes).expect("written");
        let _ = writeln!(register, "{name},2014-09-03 10:00");
    }
    fs::write(folder.path().join("收件/收件登记.csv"), register).expect("written");
    folder
}

/// What a run over such a campaign writes.
fn written(units: &[&str], files: &[(&str, Vec<u8>)]) -> BTreeMap<String, Vec<u8>> {
    let folder = campaign(units, files);
    run_in_process(folder.path(), 2);
    outputs(folder.path())
}

/// How often a text holds another.
fn count(text: &str, of: &str) -> usize {
    text.matches(of).count()
}

#[test]
fn a_notice_tells_why_a_file_was_of_no_use_once() {
    let book = |text: &str| workbook_of(&format!("sheet: 台账\n{text}"));
    let files = written(
        &["甲科", "乙科", "丙科", "丁科"],
        &[
            ("甲科8月台账.xlsx", Vec::new()),
            ("乙科8月台账.xlsx", book("line: 通讯录\nhead: 姓名 | 电话\n张某 | 1\n李某 | 2")),
            (
                "丙科8月台账.xlsx",
                book(
                    "head: 序号 | 事由 | 完成情况 | 完成日期 | 佐证材料\n1 | 走访商户 | 已完成 | 2014-08-15 | 照片\n\
                     2 | 张贴通告 | 已完成 | 2014-08-16 | 照片",
                ),
            ),
        ],
    );
    let notice = |unit: &str| words(&files[&format!("通知/{unit}.docx")]);
    for (unit, why) in [("甲科", "文件是空的"), ("乙科", "没有找到台账"), ("丙科", "缺少“工作任务”或“任务编号”列")]
    {
        let text = notice(unit);
        assert!(text.contains(&format!("重新报送“{unit}8月台账.xlsx”（1-1、1-2、1-3、1-4、1-5、1-6）")), "{text}");
        assert!(text.contains("需要办理的事项"), "{text}");
        assert_eq!(count(&text, why), 1, "in the list of what to do alone: {text}");
        assert!(text.contains("有6项未报"), "the file is no seventh: {text}");
        assert!(!text.contains("收到的文件无法使用") && !text.contains("问题清单"), "{text}");
    }
    assert!(!notice("丙科").contains("办公室"), "what only the office can do");
    let silent = notice("丁科");
    assert_eq!(count(&silent, "本期没有收到报送的材料"), 1, "{silent}");
    assert!(silent.contains("1-6 志愿服务站点建设") && silent.contains("第2至7行"), "{silent}");
}

#[test]
fn a_notice_begins_with_what_to_do_from_all_files() {
    let files = written(
        &["甲科"],
        &[
            (
                "甲科8月台账.xlsx",
                workbook_of(
                    "sheet: 台账\nhead: 任务编号 | 完成情况 | 完成日期\n'1-1 | 已完成 | 某天\n'1-2 | 差不多了 |",
                ),
            ),
            ("甲科补报.xlsx", Vec::new()),
        ],
    );
    let text = words(&files["通知/甲科.docx"]);
    let place = |what: &str| text.find(what).unwrap_or_else(|| panic!("{what} is not in {text}"));
    assert!(place("需要办理的事项") < place("未报的具体情况"));
    assert!(text.contains("补报（1-3、1-4、1-5、1-6）"), "{text}");
    assert!(text.contains("改正退回的“甲科8月台账.xlsx”后重新报送：1处必须改正，1处需改正或说明"), "{text}");
}

#[test]
fn a_table_that_was_not_understood_comes_back_with_the_headings_it_lacks() {
    let rows = "走访商户";
    let book =
        |heading: &str| workbook_of(&format!("sheet: 台账\nhead: 序号 | {heading} | 完成情况\n1 | {rows} | 已完成\n"));
    let folder = campaign(
        &["甲科", "乙科"],
        &[
            ("甲科8月台账.xlsx", book("事由")),
            (
                "乙科8月台账.xlsx",
                workbook_of(
                    "sheet: 台账\nhead: 序号 | 完成情况 | 完成日期\n1 | 已完成 | 2014-08-15\n2 | 已完成 | 2014-08-16\n",
                ),
            ),
        ],
    );
    run_in_process(folder.path(), 1);
    let files = outputs(folder.path());
    let copy = &files["退回/甲科8月台账.xlsx"];
    let cell =
        |bytes: &[u8], at: (u32, u32)| cells(bytes).expect("a workbook").get(&("台账".to_owned(), at.0, at.1)).cloned();
    assert_eq!(cell(copy, (0, 1)).as_deref(), Some("工作任务"), "in place of 事由");
    assert_eq!(cell(copy, (1, 1)).as_deref(), Some(rows), "with its rows");
    let list = seen(copy).table("退回说明", &["问题代码", "怎么改"]);
    let told: Vec<&str> = list.iter().map(|row| row["问题代码"].as_str()).collect();
    assert_eq!(told, ["S12"], "and not the same again as D412");
    assert!(list[0]["怎么改"].contains("B1 写上“工作任务”") && !list[0]["怎么改"].contains("办公室"), "{list:?}");
    let added = &files["退回/乙科8月台账.xlsx"];
    assert_eq!(cell(added, (0, 3)).as_deref(), Some("任务编号"), "in a column of its own");

    // Sent back as it is, its rows are read.
    fs::write(folder.path().join("收件/甲科改正.xlsx"), copy).expect("written");
    let register = folder.path().join("收件/收件登记.csv");
    let lines = fs::read_to_string(&register).expect("there") + "甲科改正.xlsx,2014-09-04 10:00\n";
    fs::write(&register, lines).expect("written");
    run_in_process(folder.path(), 1);
    let run = run_json(&outputs(folder.path()));
    let of = |code: &str| list_of(&run, code).filter(|place| place.contains("甲科")).count();
    assert_eq!((of("S12"), of("R201")), (0, 1), "{run:#}");
}

/// The places of findings with a code.
fn list_of<'a>(run: &'a serde_json::Value, code: &'a str) -> impl Iterator<Item = String> + 'a {
    let findings = run["findings"].as_array().into_iter().flatten();
    findings
        .filter(move |one| one["code"] == code)
        .map(|one| one["place"]["file"].as_str().unwrap_or_default().to_owned())
}

#[test]
fn a_file_without_a_ledger_comes_back_too() {
    let files = written(
        &["甲科"],
        &[("甲科8月台账.xlsx", workbook_of("sheet: 通讯录\nhead: 姓名 | 电话\n张某 | 1\n李某 | 2"))],
    );
    let copy = seen(&files["退回/甲科8月台账.xlsx"]);
    assert_eq!(copy.names, ["退回说明", "通讯录"]);
    let list = copy.table("退回说明", &["问题代码", "问题"]);
    assert!(list[0]["问题"].contains("没有找到台账"), "{list:?}");
}

#[test]
fn what_was_wrong_with_a_file_is_history_once_a_good_one_came() {
    let good = |unit: &str| {
        let mut rows = String::new();
        for at in 1..=6 {
            let _ = writeln!(rows, "'1-{at} | 长期坚持");
        }
        workbook_of(&format!("sheet: 台账\nline: 填报单位：{unit}\nhead: 任务编号 | 完成情况\n{rows}"))
    };
    let lacking = workbook_of("sheet: 台账\nhead: 序号 | 事由 | 完成情况\n1 | 走访商户 | 已完成\n");
    let blank = workbook_of("sheet: 台账\nhead: 任务编号 | 工作任务 | 完成情况\n'1-1 | 公益广告投放整治 |\n");
    let folder = campaign(
        &["甲科", "乙科", "丙科", "丁科"],
        &[
            ("甲科8月台账.xlsx", Vec::new()),
            ("乙科8月台账.xlsx", lacking),
            ("丙科8月台账.xlsx", blank),
            ("丁科8月台账.xlsx", Vec::new()),
        ],
    );
    let run = || {
        run_in_process(folder.path(), 1);
        run_json(&outputs(folder.path()))
    };
    let codes = |run: &serde_json::Value| {
        let findings = run["findings"].as_array().into_iter().flatten();
        findings.map(|one| one["code"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    let before = codes(&run());
    for code in ["F01", "S12", "S18", "D412"] {
        assert!(before.iter().any(|one| one == code), "{code} is not in {before:?}");
    }
    let message = String::from_utf8(outputs(folder.path()).remove("通知/丁科.txt").expect("a message")).expect("text");
    assert_eq!(message.matches("“丁科8月台账.xlsx”不能使用：").count(), 1, "{message}");
    let register = folder.path().join("收件/收件登记.csv");
    let mut lines = fs::read_to_string(&register).expect("there");
    for unit in ["甲科", "乙科", "丙科"] {
        let name = format!("{unit}（更正）.xlsx");
        fs::write(folder.path().join("收件").join(&name), good(unit)).expect("written");
        let _ = writeln!(lines, "{name},2014-09-04 10:00");
    }
    // A part of what it owes is no correction.
    let part = workbook_of("sheet: 台账\nline: 填报单位：丁科\nhead: 任务编号 | 完成情况\n'1-1 | 长期坚持\n");
    fs::write(folder.path().join("收件/丁科补.xlsx"), part).expect("written");
    fs::write(&register, lines + "丁科补.xlsx,2014-09-04 10:00\n").expect("written");
    let after = run();
    let units = |code: &str| list_of(&after, code).collect::<Vec<_>>();
    assert_eq!(units("F01"), ["收件/丁科8月台账.xlsx"]);
    assert_eq!((units("S12").len(), units("S18").len()), (0, 0), "{after:#}");
    assert_eq!(units("F07").len(), 3);
    let files = outputs(folder.path());
    assert_eq!(
        files.keys().filter(|path| path.starts_with("通知/")).collect::<Vec<_>>(),
        ["通知/丁科.docx", "通知/丁科.txt"]
    );
    let copies: Vec<_> = files.keys().filter(|path| path.starts_with("退回/")).collect();
    assert_eq!(copies, ["退回/丁科补.xlsx"], "what it left out");
}
