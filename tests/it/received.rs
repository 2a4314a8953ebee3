//! When a report came: what is saved again, mended, moved or copied afterwards came when it first came.

use std::fs;
use std::path::Path;

use crate::cli::program;

/// What happens to the inbox of a campaign.
type Change<'a> = &'a dyn Fn(&Path);

const DIVISION: &str = "任务编号,工作任务,责任单位\n1-1,设置公益广告,综合科\n1-2,整治环境卫生,综合科\n";
const LEDGER: &str = "任务编号,工作任务,完成情况,备注\n1-1,设置公益广告,正在推进,\n1-2,整治环境卫生,正在推进,\n";

/// A campaign of one unit, whose reports for August 2014 are due on 5 September.
fn begun() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder");
    fs::write(dir.path().join("taizhang.toml"), "division = \"任务分工.csv\"\nfull_marks = 0\n").expect("written");
    fs::write(dir.path().join("任务分工.csv"), DIVISION).expect("written");
    fs::create_dir(dir.path().join("收件")).expect("made");
    dir
}

/// Puts a file into the inbox that was saved at noon of that day in September or October 2014, local time.
fn put(dir: &Path, name: &str, text: &str, day: &str) {
    let path = dir.join("收件").join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(&path, text).expect("written");
    date(&path, day);
}

fn date(path: &Path, day: &str) {
    let noon = chrono::NaiveDateTime::parse_from_str(&format!("2014-{day} 12:00"), "%Y-%m-%d %H:%M").expect("a day");
    let noon = noon.and_local_timezone(chrono::Local).earliest().expect("a time");
    fs::File::options().append(true).open(path).and_then(|file| file.set_modified(noon.into())).expect("dated");
}

/// Runs for August as of the end of a day, proves that the set can be made again, and gives the states of the obligations.
fn run(dir: &Path, day: &str) -> String {
    run_for(dir, "2014-08", day)
}

fn run_for(dir: &Path, window: &str, day: &str) -> String {
    let day = format!("2014-{day}");
    let run = program().arg("run").arg(dir).args(["--window", window, "--as-of", &day]).output().expect("started");
    assert!(run.status.success(), "{run:?}");
    let place = dir.join("输出").join(window);
    let verified = program().arg("verify").arg(&place).output().expect("started");
    assert!(verified.status.success(), "{verified:?}");
    let run: serde_json::Value =
        serde_json::from_slice(&fs::read(place.join("run.json")).expect("written")).expect("JSON");
    let owed = run["obligations"].as_array().expect("obligations").iter();
    let states: Vec<&str> = owed.filter_map(|owed| owed["state"].as_str()).collect();
    states.join(" ")
}

#[test]
fn a_file_saved_this_very_second_has_been_received() {
    let dir = begun();
    fs::write(
        dir.path().join("taizhang.toml"),
        "division = \"任务分工.csv\"\nfull_marks = 0\ncycle = \"year\"\ndue = \"+300d\"\n",
    )
    .expect("written");
    fs::write(dir.path().join("收件/综合科.csv"), LEDGER).expect("written");
    // A machine whose clock is ahead: the file is there all the same.
    fs::write(dir.path().join("收件/综合科补充.csv"), LEDGER.replace("正在", "继续")).expect("written");
    let ahead = std::time::SystemTime::now() + std::time::Duration::from_hours(30);
    let file = fs::File::options().append(true).open(dir.path().join("收件/综合科补充.csv")).expect("there");
    file.set_modified(ahead).expect("dated");
    let run = program().arg("run").arg(dir.path()).output().expect("started");
    let screen = String::from_utf8_lossy(&run.stdout).into_owned();
    assert!(run.status.success() && !screen.contains("未计入"), "{run:?}");
}

#[test]
fn what_came_in_time_stays_in_time_whatever_is_done_to_the_file() {
    let mended = LEDGER.replace("1-2,整治环境卫生,正在推进", "1-2,整治环境卫生,已完成");
    let saved_again = LEDGER.replace('\n', "\r\n");
    let changes: [(&str, Change<'_>); 5] = [
        ("mended in place", &|dir| put(dir, "综合科.csv", &mended, "09-08")),
        ("saved again", &|dir| put(dir, "综合科.csv", &saved_again, "09-08")),
        ("moved", &|dir| {
            fs::remove_file(dir.join("收件/综合科.csv")).expect("removed");
            put(dir, "八月/综合科.csv", LEDGER, "09-08");
        }),
        ("copied", &|dir| {
            put(dir, "八月/综合科.csv", LEDGER, "09-08");
            date(&dir.join("收件/综合科.csv"), "09-08");
        }),
        ("sent anew under another name", &|dir| {
            fs::remove_file(dir.join("收件/综合科.csv")).expect("removed");
            put(dir, "综合科（改）.csv", &mended, "09-08");
        }),
    ];
    for (what, change) in changes {
        let dir = begun();
        put(dir.path(), "综合科.csv", LEDGER, "09-03");
        assert_eq!(run(dir.path(), "09-04"), "on-time on-time");
        change(dir.path());
        assert_eq!(run(dir.path(), "09-09"), "on-time on-time", "{what}");
        assert_eq!(run(dir.path(), "09-10"), "on-time on-time", "{what}");
        // Nobody knew of it before.
        let dir = begun();
        put(dir.path(), "综合科.csv", LEDGER, "09-03");
        change(dir.path());
        for file in fs::read_dir(dir.path().join("收件")).expect("listed").filter_map(Result::ok) {
            if file.file_type().is_ok_and(|kind| kind.is_file()) {
                date(&file.path(), "09-08");
            }
        }
        assert_eq!(run(dir.path(), "09-09"), "late late", "{what}, and never seen before");
    }
}

#[test]
fn only_what_was_of_use_came_in_time() {
    let dir = begun();
    put(dir.path(), "综合科.csv", &LEDGER.replace("1-2,整治环境卫生,正在推进", "1-2,整治环境卫生,"), "09-03");
    run(dir.path(), "09-04");
    put(dir.path(), "综合科.csv", LEDGER, "09-08");
    assert_eq!(run(dir.path(), "09-09"), "on-time late");
}

#[test]
fn the_register_counts_as_it_stands_now() {
    let dir = begun();
    let register = |text: &str| {
        fs::write(dir.path().join("收件/收件登记.csv"), format!("文件,收件时间\n{text}")).expect("written");
    };
    put(dir.path(), "综合科.csv", LEDGER, "09-03");
    assert_eq!(run(dir.path(), "09-04"), "on-time on-time");
    put(dir.path(), "综合科.csv", &LEDGER.replace("正在", "继续"), "09-08");
    register("综合科.csv,2014-09-07 10:00\n");
    assert_eq!(run(dir.path(), "09-09"), "late late", "its line says so, of the first report too");
    register("");
    assert_eq!(run(dir.path(), "09-10"), "on-time on-time", "the line was a mistake");
    register("综合科.csv,2014-09-05 10:00\n");
    assert_eq!(run(dir.path(), "09-11"), "on-time on-time");
}

#[test]
fn the_same_words_in_another_month_are_another_report() {
    let dir = begun();
    put(dir.path(), "综合科零报告.csv", "任务编号,完成情况\n1-1,零报告\n1-2,零报告\n", "09-03");
    assert_eq!(run(dir.path(), "09-04"), "nil nil");
    fs::remove_file(dir.path().join("收件/综合科零报告.csv")).expect("taken away");
    put(dir.path(), "说明.csv", "任务编号,完成情况\n9-9,正在推进\n", "09-04");
    run(dir.path(), "09-20");
    put(dir.path(), "综合科零报告.csv", "任务编号,完成情况\n1-1,零报告\n1-2,零报告\n", "10-03");
    assert_eq!(run_for(dir.path(), "2014-09", "10-06"), "nil nil");
}

/// A division with a task for each month and two for longer periods.
const LONG: &str = "任务编号,工作任务,责任单位,报送周期,完成时限\n1-1,报送季度总结,综合科,每季,\n1-2,整治环境卫生,综合科,每月,\n1-3,报送年度方案,综合科,一次性,2014年9月28日\n";
const OF_ALL: &str =
    "任务编号,工作任务,完成情况\n1-1,报送季度总结,正在推进\n1-2,整治环境卫生,正在推进\n1-3,报送年度方案,正在推进\n";

#[test]
fn a_report_for_a_longer_period_mended_in_place_came_when_it_first_came() {
    let mended = OF_ALL.replace("正在推进", "已完成");
    let dir = begun();
    fs::write(dir.path().join("任务分工.csv"), LONG).expect("written");
    put(dir.path(), "综合科2014年9月台账.csv", OF_ALL, "10-03");
    assert_eq!(run_for(dir.path(), "2014-09", "10-04"), "on-time on-time on-time");
    put(dir.path(), "综合科2014年9月台账.csv", &mended, "10-08");
    assert_eq!(run_for(dir.path(), "2014-09", "10-09"), "on-time on-time on-time");

    // Of a window before, and so from run to run.
    let dir = begun();
    fs::write(dir.path().join("任务分工.csv"), LONG).expect("written");
    put(dir.path(), "综合科2014年8月台账.csv", OF_ALL, "09-03");
    assert_eq!(run(dir.path(), "09-04"), "on-time");
    put(dir.path(), "综合科2014年8月台账.csv", &mended, "10-08");
    for day in ["10-09", "10-10", "10-11"] {
        // What is owed once was reported done.
        assert_eq!(run_for(dir.path(), "2014-09", day), "on-time missing", "{day}");
    }
    // What it said before it was mended is forgotten.
    put(dir.path(), "综合科2014年8月台账.csv", &OF_ALL.replace("正在推进", "不涉及"), "10-12");
    for day in ["10-13", "10-14"] {
        assert_eq!(run_for(dir.path(), "2014-09", day), "exempt missing missing", "{day}");
    }
}

#[test]
fn the_same_words_of_another_unit_or_for_another_month_came_when_they_came() {
    let dir = begun();
    let both = "任务编号,工作任务,责任单位\n1-2,整治环境卫生,综合科、后勤中心\n";
    fs::write(dir.path().join("任务分工.csv"), both).expect("written");
    let nil = "工作台账\n本月零报告\n";
    put(dir.path(), "综合科2014年8月台账.csv", nil, "09-03");
    assert_eq!(run(dir.path(), "09-04"), "nil not-due");
    put(dir.path(), "后勤中心2014年8月台账.csv", nil, "09-09");
    put(dir.path(), "综合科2014年9月台账.csv", nil, "10-09");
    put(dir.path(), "八月/综合科2014年8月台账.csv", nil, "09-10");
    let reported = |window: &str| {
        let run = fs::read(dir.path().join("输出").join(window).join("run.json")).expect("written");
        let run: serde_json::Value = serde_json::from_slice(&run).expect("JSON");
        let owed = run["obligations"].as_array().expect("obligations").clone();
        owed.iter().filter_map(|owed| owed["reported"].as_str().map(|day| day[..10].to_owned())).collect::<Vec<_>>()
    };
    for day in ["10-10", "10-11"] {
        run(dir.path(), day);
        assert_eq!(reported("2014-08"), ["2014-09-03", "2014-09-09"], "{day}");
        run_for(dir.path(), "2014-09", day);
        assert_eq!(reported("2014-09"), ["2014-10-09"], "{day}");
    }
    // What is left of August is the copy.
    fs::remove_file(dir.path().join("收件/综合科2014年8月台账.csv")).expect("removed");
    for day in ["10-12", "10-13"] {
        run(dir.path(), day);
        assert_eq!(reported("2014-08"), ["2014-09-03", "2014-09-09"], "{day}");
    }
}

#[test]
fn what_was_reported_before_for_a_longer_period_is_named() {
    let dir = begun();
    fs::write(dir.path().join("任务分工.csv"), LONG).expect("written");
    put(dir.path(), "综合科2014年8月台账.csv", &OF_ALL.replace("正在推进", "已完成"), "09-03");
    put(dir.path(), "综合科2014年9月台账.csv", "任务编号,工作任务,完成情况\n1-2,整治环境卫生,已完成\n", "10-03");
    run(dir.path(), "09-04");
    let trace = || {
        let done = program().arg("trace").arg(dir.path()).arg("1-1@综合科@2014-Q3").output().expect("started");
        String::from_utf8_lossy(&done.stdout).into_owned()
    };
    assert_eq!(run_for(dir.path(), "2014-09", "10-06"), "on-time on-time");
    assert!(trace().contains("有这项任务的行："), "{}", trace());
    fs::remove_file(dir.path().join("收件/综合科2014年8月台账.csv")).expect("moved away");
    assert_eq!(run_for(dir.path(), "2014-09", "10-07"), "on-time on-time");
    assert!(trace().contains("已在 收件/综合科2014年8月台账.csv 中报送"), "{}", trace());
}

#[test]
fn an_inbox_is_no_place_for_outputs() {
    let dir = begun();
    put(dir.path(), "综合科.csv", LEDGER, "09-03");
    for (setting, switch) in [("output = \"./收件/\"\n", None), ("", Some(dir.path().join("收件")))] {
        let settings = format!("division = \"任务分工.csv\"\nfull_marks = 0\n{setting}");
        fs::write(dir.path().join("taizhang.toml"), settings).expect("written");
        let mut command = program();
        command.arg("run").arg(dir.path()).args(["--window", "2014-08", "--as-of", "2014-09-06"]);
        let run =
            command.args(switch.map(|folder| format!("--output={}", folder.display()))).output().expect("started");
        let said = String::from_utf8_lossy(&run.stderr).into_owned();
        assert_eq!(run.status.code(), Some(2), "{said}");
        assert!(said.contains("output") && said.contains("收件文件夹"), "{said}");
        assert_eq!(fs::read_dir(dir.path().join("收件")).expect("listed").count(), 1);
    }
}

#[test]
fn forms_that_were_handed_out_are_no_reports() {
    let dir = begun();
    let settings = "division = \"任务分工.csv\"\nfull_marks = 0\ninbox = \".\"\n";
    fs::write(dir.path().join("taizhang.toml"), settings).expect("written");
    let forms = program().arg("forms").arg(dir.path()).args(["--window", "2014-08"]).output().expect("started");
    assert!(forms.status.success(), "{forms:?}");
    date(&dir.path().join("下发/综合科.xlsx"), "09-03");
    assert_eq!(run(dir.path(), "09-06"), "missing missing");
    fs::copy(dir.path().join("下发/综合科.xlsx"), dir.path().join("综合科.xlsx")).expect("copied");
    date(&dir.path().join("综合科.xlsx"), "09-03");
    assert_eq!(run(dir.path(), "09-06"), "blank blank", "a form that came back is one");
}
