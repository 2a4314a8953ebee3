//! What a changed division or settings file would have found, and why something is missing.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::campaign::copied;
use crate::cli::{program, tree};
use crate::half_year::{DIVISION, begun, half_year, receive, run};
use crate::whole_run::{list, text};

fn rehearse(dir: &Path, file: &Path) -> Vec<Value> {
    let done = program().arg("rehearse").arg(file).arg(dir).args(["--format", "json"]).output().expect("started");
    assert!(done.status.success(), "{done:?}");
    let answer: Value = serde_json::from_slice(&done.stdout).expect("JSON");
    list(&answer, "windows").to_vec()
}

/// Unit, task and what it would be, of a list of turns.
fn turns(window: &Value, list_of: &str) -> Vec<String> {
    let one = |turn: &Value| format!("{} {} {}", text(turn, "unit"), text(turn, "task"), text(turn, "now"));
    list(window, list_of).iter().map(one).collect()
}

#[test]
fn a_changed_division_is_tried_on_the_windows_of_the_past() {
    let dir = begun("");
    half_year(dir.path());
    // 综合科 shall do the quarterly task every month, and the silent unit nothing any more.
    let changed =
        DIVISION.replace("2,评选文明科室,综合科,每季,", "2,评选文明科室,综合科,每月,").replace("、驻村小组", "");
    let file = dir.path().join("新分工.csv");
    fs::write(&file, &changed).expect("written");
    let before = tree(dir.path());
    let windows = rehearse(dir.path(), &file);
    assert_eq!(tree(dir.path()), before, "nothing is written");
    assert_eq!(windows.len(), 6);
    assert_eq!(turns(&windows[0], "failing"), Vec::<String>::new(), "it was reported in January");
    assert_eq!(turns(&windows[1], "failing"), ["综合科 2 缺报"]);
    assert_eq!(turns(&windows[1], "passing"), ["驻村小组 1 -"], "not owed any more");
    // The same division in a copy, and the last month run as it was.
    let other = copied(dir.path(), &[]);
    fs::write(other.path().join("任务分工.csv"), &changed).expect("written");
    let real = run(other.path(), 6, 20);
    let missing: Vec<String> = list(&real, "obligations")
        .iter()
        .filter(|owed| text(owed, "state") == "missing")
        .map(|owed| format!("{} {}", text(owed, "unit"), text(owed, "task")))
        .collect();
    assert_eq!(missing, ["综合科 2"]);
    assert_eq!(turns(&windows[5], "failing"), Vec::<String>::new(), "it is missing either way");
    assert_eq!(turns(&windows[5], "passing"), ["驻村小组 1 -"]);
}

#[test]
fn changed_settings_are_tried_too_and_faulty_files_are_refused() {
    let dir = begun("");
    receive(dir.path(), 1, &[("综合科", "1 正在推进；2 已完成"), ("后勤中心", "1 正在推进；4 正在推进")]);
    run(dir.path(), 1, 8);
    let file = dir.path().join("新设置.toml");
    fs::write(&file, "due = \"+1d 17:00\"\nfull_marks = 0\n").expect("written");
    let windows = rehearse(dir.path(), &file);
    assert_eq!(turns(&windows[0], "failing"), ["后勤中心 1 迟报", "后勤中心 4 迟报", "综合科 1 迟报"]);
    let unchanged = rehearse(dir.path(), &dir.path().join("taizhang.toml"));
    assert!(turns(&unchanged[0], "failing").is_empty() && turns(&unchanged[0], "passing").is_empty());
    fs::write(&file, "deu = 3\n").expect("written");
    let done = program().arg("rehearse").arg(&file).arg(dir.path()).output().expect("started");
    assert_eq!(done.status.code(), Some(2), "{done:?}");
    fs::write(dir.path().join("坏分工.csv"), "没有,任务\n").expect("written");
    let done = program().arg("rehearse").arg(dir.path().join("坏分工.csv")).arg(dir.path()).output().expect("started");
    assert_eq!(done.status.code(), Some(2), "{done:?}");
}

#[test]
fn before_the_first_run_there_is_nothing_to_rehearse_on() {
    let dir = begun("");
    let file = dir.path().join("任务分工.csv");
    let done = program().arg("rehearse").arg(&file).arg(dir.path()).output().expect("started");
    let said = String::from_utf8_lossy(&done.stdout);
    assert!(done.status.success() && said.contains("还没有运行过"), "{said}");
}

#[test]
fn what_is_missing_is_traced_to_the_division_and_to_the_files_that_were_looked_at() {
    let dir = begun("");
    receive(dir.path(), 1, &[("综合科", "1 正在推进"), ("后勤中心", "1 正在推进")]);
    run(dir.path(), 1, 8);
    receive(dir.path(), 3, &[("综合科", "1 正在推进；2 已完成"), ("后勤中心", "4 正在推进")]);
    run(dir.path(), 3, 8);
    let trace = |place: &str| {
        let done = program().arg("trace").arg(dir.path()).args([place, "--format", "json"]).output().expect("started");
        (done.status.code(), serde_json::from_slice::<Value>(&done.stdout).unwrap_or_default())
    };
    let (code, one) = trace("1@后勤中心");
    assert_eq!(code, Some(0));
    assert_eq!(
        (one[0]["state"].as_str(), one[0]["division"]["cell"].as_str()),
        (Some("missing"), Some("A2:E2")),
        "{one}"
    );
    assert_eq!(one[0]["files"][0]["path"], "收件/后勤中心.csv");
    assert!(text(&one[0]["files"][0], "why").contains("没有这项任务"), "{one}");
    let (_, silent) = trace("1@驻村小组@2014-03");
    assert_eq!(silent[0]["files"].as_array().map(Vec::len), Some(0), "{silent}");
    // The rows of 缺项清单, as the sheet numbers them: the heading is the third.
    let (code, row) = trace("缺项清单!4");
    assert_eq!((code, &row[0]["task"]), (Some(0), &Value::from("1")), "{row}");
    let shown = |place: &str| {
        let done = program().arg("trace").arg(dir.path()).arg(place).output().expect("started");
        String::from_utf8_lossy(&done.stdout).into_owned()
    };
    let said = shown("1@后勤中心");
    assert!(said.contains("状态 缺报，时限 2014-04-05 17:00") && said.contains("已汇总"), "{said}");
    // A period of another window is looked for where it was owed.
    let said = shown("1@后勤中心@2014-01");
    assert!(said.contains("1@后勤中心@2014-01") && said.contains("按时"), "{said}");
    // A row about what a unit reported and does not owe in this window is answered by its finding.
    let division =
        "任务编号,工作任务,责任单位,报送周期,佐证材料\n1,设置公益广告,综合科,每月,\n2,评选文明科室,综合科,每季,照片\n";
    fs::write(dir.path().join("任务分工.csv"), division).expect("written");
    let ledger =
        "4月工作台账,,,\n任务编号,完成情况,日期,佐证材料\n1,正在推进,2014年4月12日,\n2,已完成,2014年4月13日,\n";
    receive(dir.path(), 4, &[("综合科", "")]);
    fs::write(dir.path().join("收件/综合科.csv"), ledger).expect("written");
    run(dir.path(), 4, 8);
    let (code, row) = trace("缺项清单!4");
    assert_eq!((code, text(&row[0], "code"), &row[0]["task"]), (Some(0), "D404", &Value::from("2")), "{row}");
    assert!(shown("缺项清单!4").contains("位置 收件/综合科.csv!"), "{}", shown("缺项清单!4"));
    for nothing in ["9@后勤中心", "1@没有的科", "缺项清单!2", "缺项清单!900"] {
        assert_eq!(trace(nothing).0, Some(2), "{nothing}");
    }
}
