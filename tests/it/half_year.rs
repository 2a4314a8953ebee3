//! Half a year through the program: what is remembered from month to month, and how reminders become rectification.
//!
//! Every month the inbox holds that month's files alone; runs are made before the due time, after it, and once more.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::cli::program;
use crate::render::returned::words;
use crate::render::workbooks::seen;
use crate::whole_run::{list, text};

pub(crate) const DIVISION: &str = "任务编号,工作任务,责任单位,报送周期,完成时限
1,设置公益广告,综合科、后勤中心、驻村小组,每月,
2,评选文明科室,综合科,每季,
3,更换破损座椅,后勤中心,一次性,2014年4月底前
4,整治楼道杂物,后勤中心,,2014年2月底前
";

/// What each unit reports in each month: task and state. 驻村小组 is silent.
const MONTHS: [(&str, &str, &str); 6] = [
    ("01", "1 正在推进；2 已完成", "1 正在推进；4 正在推进"),
    ("02", "1 正在推进", "1 正在推进；3 已完成；4 正在推进"),
    ("03", "1 正在推进", "4 正在推进"),
    ("04", "1 正在推进", "1 正在推进；4 正在推进"),
    ("05", "1 正在推进", "1 正在推进；4 已完成"),
    ("06", "1 正在推进", "1 正在推进"),
];

/// The campaign with the settings given, without any file.
pub(crate) fn begun(settings: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let settings =
        format!("division = \"任务分工.csv\"\nfull_marks = 0\n{settings}\n[office]\ndocument_mark = \"创建办\"\n");
    fs::write(dir.path().join("taizhang.toml"), settings).expect("written");
    fs::write(dir.path().join("任务分工.csv"), DIVISION).expect("written");
    fs::create_dir(dir.path().join("收件")).expect("made");
    dir
}

/// Replaces the inbox by the files of a month, received on the second of the next one.
pub(crate) fn receive(dir: &Path, month: u32, sent: &[(&str, &str)]) {
    let inbox = dir.join("收件");
    fs::remove_dir_all(&inbox).expect("emptied");
    fs::create_dir(&inbox).expect("made");
    let mut register = "文件,收件时间\n".to_owned();
    for (unit, reports) in sent {
        let mut rows = format!("{month}月工作台账,,\n填报单位：{unit},,\n任务编号,完成情况,日期\n");
        for (task, state) in reports.split('；').filter_map(|report| report.split_once(' ')) {
            writeln!(rows, "{task},{state},2014年{month}月12日").expect("written to memory");
        }
        fs::write(inbox.join(format!("{unit}.csv")), rows).expect("written");
        writeln!(register, "{unit}.csv,2014-{:02}-02 10:00", month + 1).expect("written to memory");
    }
    fs::write(inbox.join("收件登记.csv"), register).expect("written");
}

/// Runs for a month as of a day of the next one, and proves that the set can be made again.
pub(crate) fn run(dir: &Path, month: u32, day: u32) -> Value {
    let (window, as_of) = (format!("2014-{month:02}"), format!("2014-{:02}-{day:02}", month + 1));
    let done = program().arg("run").arg(dir).args(["--window", &window, "--as-of", &as_of]).output().expect("started");
    assert!(done.status.success(), "{window} as of {as_of}: {done:?}");
    verified(dir, &window);
    let place = dir.join("输出").join(window).join("run.json");
    serde_json::from_slice(&fs::read(place).expect("written")).expect("JSON")
}

pub(crate) fn verified(dir: &Path, window: &str) {
    let verify = program().arg("verify").arg(dir.join("输出").join(window)).output().expect("started");
    assert!(verify.status.success(), "{window}: {verify:?}");
}

/// A month in words: what is owed and how it stands, the duties not met with since when, the notices and their steps.
pub(crate) fn told(dir: &Path, month: u32, run: &Value) -> String {
    let mut told = format!("{month}月\n");
    let states = list(run, "obligations")
        .iter()
        .map(|owed| format!("{} {} {}", text(owed, "task"), text(owed, "unit"), text(owed, "state")));
    writeln!(told, "  {}", states.collect::<Vec<_>>().join("；")).expect("written to memory");
    let duties = list(run, "findings").iter().filter(|one| text(one, "code").starts_with('D'));
    for one in duties {
        let about = [text(one, "code"), text(one, "unit"), text(one, "task")].join(" ");
        writeln!(told, "  {about} since {}", &text(one, "since")[5..]).expect("written to memory");
    }
    for unit in ["综合科", "后勤中心", "驻村小组"] {
        let letter = dir.join(format!("输出/2014-{month:02}/通知/{unit}.docx"));
        let Ok(letter) = fs::read(letter) else { continue };
        let letter = words(&letter);
        let step = ["提醒", "催报", "整改"].into_iter().find(|step| letter.contains(&format!("{step}〔2014〕")));
        writeln!(told, "  通知 {unit} {}", step.expect("a step")).expect("written to memory");
    }
    told
}

/// Half a year of runs; what the last run of each month came to.
pub(crate) fn half_year(dir: &Path) -> String {
    let mut story = String::new();
    for (number, one, other) in MONTHS {
        let month: u32 = number.parse().expect("a month");
        receive(dir, month, &[("综合科", one), ("后勤中心", other)]);
        run(dir, month, 3);
        run(dir, month, 6);
        let last = run(dir, month, 20);
        story += &told(dir, month, &last);
    }
    story
}

#[test]
fn what_was_reported_is_remembered_and_what_is_not_mended_is_escalated() {
    let dir = begun("");
    let story = half_year(dir.path());
    let expected = "\
1月
  1 综合科 on-time；1 后勤中心 on-time；1 驻村小组 missing；4 后勤中心 on-time
  D401 驻村小组 - since 02-06
  通知 驻村小组 催报
2月
  1 综合科 on-time；1 后勤中心 on-time；1 驻村小组 missing；4 后勤中心 on-time
  D401 驻村小组 - since 02-06
  D408 后勤中心 4 since 03-03
  通知 后勤中心 催报
  通知 驻村小组 整改
3月
  1 综合科 on-time；1 后勤中心 missing；1 驻村小组 missing；2 综合科 on-time；4 后勤中心 on-time
  D401 驻村小组 - since 02-06
  D402 后勤中心 1 since 04-06
  D408 后勤中心 4 since 03-03
  通知 后勤中心 整改
  通知 驻村小组 整改
4月
  1 综合科 on-time；1 后勤中心 on-time；1 驻村小组 missing；4 后勤中心 on-time
  D401 驻村小组 - since 02-06
  D408 后勤中心 4 since 03-03
  通知 后勤中心 整改
  通知 驻村小组 整改
5月
  1 综合科 on-time；1 后勤中心 on-time；1 驻村小组 missing；4 后勤中心 on-time
  D401 驻村小组 - since 02-06
  通知 驻村小组 整改
6月
  1 综合科 on-time；1 后勤中心 on-time；1 驻村小组 missing；2 综合科 missing
  D401 驻村小组 - since 02-06
  D402 综合科 2 since 07-06
  通知 综合科 催报
  通知 驻村小组 整改
";
    assert_eq!(story, expected, "\n{story}");
    let log = fs::read_to_string(dir.path().join("输出/2014-06/运行记录.log")).expect("written");
    assert!(log.contains("仍未消除 （2014-02-06 起） D401 驻村小组"), "{log}");
    // What was done in January answers for the quarter, which ends in March.
    let march = |name: &str| fs::read(dir.path().join("输出/2014-03").join(name)).expect("written");
    let lines = seen(&march("汇总台账.xlsx")).table("汇总台账", &["任务编号", "责任单位", "完成情况", "备注"]);
    let quarter: Vec<_> = lines.iter().filter(|line| line["任务编号"] == "2").collect();
    assert_eq!(quarter.len(), 1);
    assert_eq!(quarter[0]["完成情况"], "已完成");
    assert!(quarter[0]["备注"].starts_with("已于2014年1月报送（"), "{quarter:?}");
    let report = words(&march("工作报告.docx"));
    assert!(report.contains("综合科已完成。综合科已于2014年1月报送。"), "{report}");
    // What became known later changes no set that was made before.
    for (month, ..) in MONTHS {
        verified(dir.path(), &format!("2014-{month}"));
    }
    // An old window made again on its own day knows no more than it did, and the trend counts every month.
    let trend = program().args(["history", "--format", "json"]).arg(dir.path()).output().expect("started");
    let runs: Value = serde_json::from_slice(&trend.stdout).expect("JSON");
    assert_eq!(runs.as_array().map(Vec::len), Some(18));
}

#[test]
fn after_how_many_windows_a_reminder_becomes_rectification_is_a_setting() {
    for (windows, expected) in
        [(0, ["催报"; 4]), (1, ["催报", "整改", "整改", "整改"]), (2, ["催报", "催报", "整改", "整改"])]
    {
        let dir = begun(&format!("rectify_windows = {windows}\n"));
        let mut steps = Vec::new();
        for month in 1..=4 {
            receive(dir.path(), month, &[("综合科", "1 正在推进；2 已完成")]);
            let told = told(dir.path(), month, &run(dir.path(), month, 8));
            let silent = told.lines().find_map(|line| line.trim().strip_prefix("通知 驻村小组 ").map(str::to_owned));
            steps.push(silent.expect("a notice"));
        }
        assert_eq!(steps, expected, "{windows}");
    }
}

#[test]
fn a_month_in_which_the_unit_reports_begins_the_count_anew() {
    let dir = begun("");
    let mut steps = Vec::new();
    for month in 1..=4 {
        let village = if month == 3 { "1 正在推进" } else { "" };
        let sent = [("综合科", "1 正在推进；2 已完成"), ("驻村小组", village)];
        receive(dir.path(), month, &sent[..if village.is_empty() { 1 } else { 2 }]);
        let told = told(dir.path(), month, &run(dir.path(), month, 8));
        let silent = told.lines().find_map(|line| line.trim().strip_prefix("通知 驻村小组 ").map(str::to_owned));
        steps.push(silent.unwrap_or_default());
    }
    assert_eq!(steps, ["催报", "整改", "", "催报"]);
}
