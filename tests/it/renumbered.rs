//! A division whose tasks get other numbers from one month to the next: what is remembered follows the task.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::build::workbook_of;
use crate::half_year::{DIVISION, begun, receive, run, told};

/// The division with a row inserted above the third.
fn inserted() -> String {
    DIVISION
        .replace("\n4,", "\n5,")
        .replace("\n3,", "\n4,")
        .replace("\n4,更换", "\n3,清理卫生死角,后勤中心,,2014年4月底前\n4,更换")
}

fn renumber(dir: &Path) {
    fs::write(dir.join("任务分工.csv"), inserted()).expect("written");
}

/// The files of February beside those of January.
fn add(dir: &Path, sent: &[(&str, &str)]) {
    let inbox = dir.join("收件");
    let mut register = fs::read_to_string(inbox.join("收件登记.csv")).expect("there");
    for (unit, reports) in sent {
        let mut rows = format!("2月工作台账,,\n填报单位：{unit},,\n任务编号,完成情况,日期\n");
        for (task, state) in reports.split('；').filter_map(|report| report.split_once(' ')) {
            writeln!(rows, "{task},{state},2014年2月12日").expect("written to memory");
        }
        fs::write(inbox.join(format!("{unit}2月.csv")), rows).expect("written");
        writeln!(register, "{unit}2月.csv,2014-03-02 10:00").expect("written to memory");
    }
    fs::write(inbox.join("收件登记.csv"), register).expect("written");
}

#[test]
fn what_was_reported_and_what_was_missing_follow_the_task_to_its_new_number() {
    let february = "\
2月
  1 综合科 on-time；1 后勤中心 on-time；1 驻村小组 missing；3 后勤中心 missing；5 后勤中心 missing
  D401 驻村小组 - since 02-06
  D408 后勤中心 5 since 03-06
  D402 后勤中心 3 since 03-06
  D402 后勤中心 5 since 02-06
";
    for kept in [false, true] {
        let dir = begun("");
        receive(dir.path(), 1, &[("综合科", "1 正在推进"), ("后勤中心", "1 正在推进；3 已完成")]);
        run(dir.path(), 1, 6);
        let sent = [("综合科", "1 正在推进"), ("后勤中心", "1 正在推进")];
        if kept {
            add(dir.path(), &sent);
        } else {
            receive(dir.path(), 2, &sent);
        }
        renumber(dir.path());
        run(dir.path(), 2, 3);
        let first = told(dir.path(), 2, &run(dir.path(), 2, 6));
        assert!(first.starts_with(february), "kept {kept}: {first}");
        assert!(first.contains("通知 后勤中心 整改"), "kept {kept}: {first}");
        let again = told(dir.path(), 2, &run(dir.path(), 2, 8));
        assert!(again.starts_with(february), "kept {kept}: {again}");
        let log = fs::read_to_string(dir.path().join("输出/2014-02/运行记录.log")).expect("written");
        let last = log.rsplit("2014-03-08").next().unwrap_or_default();
        assert!(!last.contains("已消除 D402"), "{log}");
    }
}

#[test]
fn within_a_window_a_row_that_is_inserted_is_new_and_the_others_stand() {
    let dir = begun("");
    receive(dir.path(), 1, &[("综合科", "1 正在推进"), ("后勤中心", "1 正在推进")]);
    run(dir.path(), 1, 6);
    renumber(dir.path());
    let story = told(dir.path(), 1, &run(dir.path(), 1, 8));
    assert!(story.contains("D402 后勤中心 3 since 02-08"), "{story}");
    assert!(story.contains("D402 后勤中心 5 since 02-06"), "{story}");
}

#[test]
fn a_unit_that_was_renamed_goes_on_under_its_new_name() {
    let dir = begun("");
    let division = |unit: &str, alias: &str| {
        let text = format!(
            "sheet: 任务分工\nhead: 任务编号 | 工作任务 | 责任单位 | 报送周期\n'1 | 设置公益广告 | {unit}、综合科 | 每月\n\
             '2 | 评选文明科室 | {unit} | 每月\nsheet: 单位名录\nhead: 单位名称 | 别名\n{unit} | {alias}\n综合科 |\n"
        );
        fs::write(dir.path().join("任务分工.csv"), workbook_of(&text)).expect("written");
    };
    division("园林科", "");
    receive(dir.path(), 1, &[("综合科", "1 正在推进"), ("园林科", "1 正在推进")]);
    run(dir.path(), 1, 8);
    division("绿化科", "园林科");
    receive(dir.path(), 2, &[("综合科", "1 正在推进"), ("绿化科", "1 正在推进")]);
    let story = told(dir.path(), 2, &run(dir.path(), 2, 8));
    assert!(story.contains("D402 绿化科 2 since 02-08"), "{story}");
    let log = fs::read_to_string(dir.path().join("输出/2014-02/运行记录.log")).expect("written");
    assert!(!log.contains("已消除") || log.contains("已消除 0"), "{log}");
    for unit in ["绿化科", "园林科"] {
        let mut known = crate::cli::program();
        known.arg("history").arg(dir.path()).args(["--unit", unit, "--format", "json"]);
        let known = known.output().expect("started");
        let known: serde_json::Value = serde_json::from_slice(&known.stdout).expect("JSON");
        assert_eq!(known.as_array().map(Vec::len), Some(2), "{unit}: {known}");
    }
}
