//! What a unit gets back: its notice, from all that it sent and owes, and the copies of its files.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use tempfile::TempDir;

use crate::build::workbook_of;
use crate::render::returned::words;
use crate::whole_run::{outputs, run_in_process};

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
        // Once in the list of what to do, once in the table of what is lacking.
        assert_eq!(count(&text, why), 2, "{text}");
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
