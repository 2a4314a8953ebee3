//! The history: made anew when it is lost or damaged, brought up to date from earlier versions, forgetting one run.

use std::fs;
use std::path::Path;
use std::process::Output;

use serde_json::Value;

use crate::cli::program;
use crate::half_year::{begun, half_year, receive, run, told, verified};
use crate::render::workbooks::seen;
use crate::whole_run::{list, text};

fn ask(dir: &Path, arguments: &[&str]) -> Output {
    let (command, rest) = arguments.split_first().expect("a command");
    program().arg(command).arg(dir).args(rest).output().expect("started")
}

fn runs(dir: &Path) -> Vec<Value> {
    let answer = ask(dir, &["history", "--format", "json"]);
    serde_json::from_slice(&answer.stdout).unwrap_or_else(|_| panic!("{answer:?}"))
}

fn database(dir: &Path) -> std::path::PathBuf {
    dir.join(".taizhang/state.db")
}

/// June once more, and what the run says of the history.
fn june(dir: &Path) -> (Value, String) {
    let done = ask(dir, &["run", "--window", "2014-06", "--as-of", "2014-07-25"]);
    assert!(done.status.success(), "{done:?}");
    let run = fs::read(dir.join("输出/2014-06/run.json")).expect("written");
    (serde_json::from_slice(&run).expect("JSON"), String::from_utf8_lossy(&done.stderr).into_owned())
}

/// What a run came to without the day it was made.
fn essence(run: &Value) -> Vec<String> {
    let findings = list(run, "findings").iter().map(|one| format!("{} {}", text(one, "id"), text(one, "since")));
    let owed = list(run, "obligations")
        .iter()
        .map(|o| format!("{} {} {}", text(o, "task"), text(o, "unit"), text(o, "state")));
    findings.chain(owed).collect()
}

#[test]
fn a_history_that_is_lost_is_made_anew_from_outputs_and_archive() {
    let dir = begun("");
    half_year(dir.path());
    let before = essence(&june(dir.path()).0);
    let trend: Vec<Value> = runs(dir.path()).iter().map(|run| run["coverage"].clone()).collect();
    for damage in ["lost", "empty", "no database", "a page overwritten"] {
        match damage {
            "lost" => fs::remove_file(database(dir.path())).expect("removed"),
            "empty" => fs::write(database(dir.path()), b"").expect("emptied"),
            "no database" => fs::write(database(dir.path()), b"damaged".repeat(2_000)).expect("written"),
            _ => {
                let mut bytes = fs::read(database(dir.path())).expect("there");
                let half = bytes.len() / 8;
                bytes[half..].fill(0x5a);
                fs::write(database(dir.path()), bytes).expect("written");
            }
        }
        let (again, said) = june(dir.path());
        assert!(said.contains("重建") && said.contains("2014-01") && said.contains("2014-06"), "{damage}: {said}");
        let aside = fs::read_dir(dir.path().join(".taizhang")).expect("there").filter_map(Result::ok);
        let aside = aside.filter(|entry| entry.file_name().to_string_lossy().ends_with(".damaged")).count();
        assert_eq!(aside > 0, ["no database", "a page overwritten"].contains(&damage), "{damage}");
        assert_eq!(essence(&again), before, "{damage}: since, and what January and February reported");
        let (_, said) = june(dir.path());
        assert!(!said.contains("重建"), "{damage}: once");
        let now = runs(dir.path());
        assert_eq!(now.len(), 6, "{damage}");
        assert!(now.iter().all(|run| trend.contains(&run["coverage"])), "{damage}");
        for month in 1..=6 {
            verified(dir.path(), &format!("2014-{month:02}"));
        }
        if aside > 0 {
            for entry in fs::read_dir(dir.path().join(".taizhang")).expect("there").filter_map(Result::ok) {
                if entry.file_name().to_string_lossy().ends_with(".damaged") {
                    fs::remove_file(entry.path()).expect("removed");
                }
            }
        }
    }
}

#[test]
fn without_the_archive_numbers_and_findings_come_back() {
    let dir = begun("");
    receive(dir.path(), 1, &[("综合科", "1 正在推进")]);
    run(dir.path(), 1, 8);
    fs::remove_dir_all(dir.path().join(".taizhang")).expect("removed");
    receive(dir.path(), 2, &[("综合科", "1 正在推进")]);
    let story = told(dir.path(), 2, &run(dir.path(), 2, 8));
    assert!(story.contains("D401 驻村小组 - since 02-08") && story.contains("通知 驻村小组 整改"), "{story}");
    assert_eq!(runs(dir.path()).len(), 2);
    let record = ask(dir.path(), &["history", "--unit", "综合科", "--format", "json"]);
    let record: Value = serde_json::from_slice(&record.stdout).expect("JSON");
    let in_time: Vec<_> =
        record.as_array().expect("windows").iter().map(|one| one["coverage"]["timely"].clone()).collect();
    assert_eq!(in_time, [1, 1], "what units came to is told by the obligations");
}

#[test]
fn without_the_archive_a_set_that_is_made_again_still_demands_what_it_demanded() {
    let dir = begun("");
    for month in [1, 2, 3] {
        receive(dir.path(), month, &[("综合科", "1 正在推进")]);
        run(dir.path(), month, 8);
    }
    let before = told(dir.path(), 3, &run(dir.path(), 3, 8));
    assert!(before.contains("D401 驻村小组 - since 02-08") && before.contains("通知 驻村小组 整改"), "{before}");
    fs::remove_dir_all(dir.path().join(".taizhang")).expect("removed");
    let again = ask(dir.path(), &["run", "--window", "2014-03", "--as-of", "2014-04-08"]);
    let said = String::from_utf8_lossy(&again.stderr).into_owned();
    assert!(!said.contains("：；") && said.contains("只恢复数字和问题：2014-01、2014-02、2014-03"), "{said}");
    assert!(said.contains("看不出有没有被人改过") && !said.contains("被人改过或另外放入"), "{said}");
    assert_eq!(told(dir.path(), 3, &run(dir.path(), 3, 8)), before);
}

#[test]
fn a_window_that_is_run_again_is_the_last_one() {
    let dir = begun("");
    receive(dir.path(), 1, &[("综合科", "1 正在推进")]);
    run(dir.path(), 1, 8);
    assert!(ask(dir.path(), &["run", "--as-of", "2031-03-08"]).status.success());
    let again = ask(dir.path(), &["run", "--window", "2014-01", "--as-of", "2014-02-08"]);
    assert!(String::from_utf8_lossy(&again.stderr).contains("没有变化"), "{again:?}");
    let status: Value = serde_json::from_slice(&ask(dir.path(), &["status", "--format", "json"]).stdout).expect("JSON");
    assert_eq!(status["window"], "2014-01");
}

#[cfg(unix)]
#[test]
fn what_keeps_the_history_from_use_is_told_as_what_it_is() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = begun("");
    receive(dir.path(), 1, &[("综合科", "1 正在推进")]);
    run(dir.path(), 1, 8);
    let bytes = fs::read(database(dir.path())).expect("there");
    // A folder in its place cannot be opened by anybody.
    fs::remove_file(database(dir.path())).expect("removed");
    fs::create_dir(database(dir.path())).expect("made");
    fs::write(database(dir.path()).join("x"), b"x").expect("written");
    let done = ask(dir.path(), &["run", "--window", "2014-01", "--as-of", "2014-02-09"]);
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert_eq!(done.status.code(), Some(2), "{said}");
    assert!(said.contains("这是文件夹") && !said.contains("丢失"), "{said}");
    fs::remove_dir_all(database(dir.path())).expect("removed");
    fs::write(database(dir.path()), &bytes).expect("written");
    fs::set_permissions(database(dir.path()), fs::Permissions::from_mode(0o600)).expect("set");
    // Another program that holds it.
    let holder = rusqlite_lock(&database(dir.path()));
    let done = ask(dir.path(), &["run", "--window", "2014-01", "--as-of", "2014-02-10"]);
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.code() == Some(2) && said.contains("正被其他程序使用"), "{said}");
    drop(holder);
    run(dir.path(), 1, 11);
}

#[cfg(unix)]
fn rusqlite_lock(path: &Path) -> rusqlite::Connection {
    let db = rusqlite::Connection::open(path).expect("opened");
    db.execute_batch("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; UPDATE runs SET id = id; COMMIT;")
        .expect("held");
    db
}

#[test]
fn histories_of_earlier_versions_are_brought_up_to_date() {
    for version in [1, 2, 3, 4, 5, 6] {
        let dir = begun("");
        fs::create_dir(dir.path().join(".taizhang")).expect("made");
        let sql =
            fs::read_to_string(crate::build::root().join(format!("tests/it/state_db/v{version}.sql"))).expect("there");
        let db = rusqlite::Connection::open(database(dir.path())).expect("opened");
        db.execute_batch(&sql).expect("a history");
        db.close().expect("closed");
        let before = fs::read(database(dir.path())).expect("there");
        assert_eq!(runs(dir.path()).len(), 2, "version {version}, looked at");
        assert_eq!(fs::read(database(dir.path())).expect("there"), before, "looking changes nothing");
        receive(dir.path(), 2, &[("综合科", "1 正在推进"), ("后勤中心", "1 正在推进")]);
        let story = told(dir.path(), 2, &run(dir.path(), 2, 8));
        assert!(story.contains("D401 驻村小组 - since 02-06"), "version {version}: {story}");
        assert!(story.contains("通知 驻村小组 整改"), "version {version}: {story}");
        assert!(!story.contains("4 后勤中心"), "it was done in January, version {version}: {story}");
        assert_eq!(runs(dir.path()).len(), 3);
        let known = ask(dir.path(), &["history", "1", "2", "--format", "json"]);
        let known: Value = serde_json::from_slice(&known.stdout).expect("JSON");
        assert_eq!(known["gone"][0]["code"], "C102", "version {version}");
    }
}

#[test]
fn a_newer_history_is_left_alone() {
    let dir = begun("");
    receive(dir.path(), 1, &[("综合科", "1 正在推进")]);
    run(dir.path(), 1, 8);
    let db = rusqlite::Connection::open(database(dir.path())).expect("opened");
    db.execute_batch("PRAGMA user_version = 99").expect("set");
    db.close().expect("closed");
    let done = ask(dir.path(), &["run", "--window", "2014-01", "--as-of", "2014-02-09"]);
    assert_eq!(done.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&done.stderr).contains("更新版本"), "{done:?}");
}

#[test]
fn a_run_with_a_wrong_clock_is_forgotten() {
    let dir = begun("");
    receive(dir.path(), 1, &[("综合科", "1 正在推进；2 已完成")]);
    run(dir.path(), 1, 8);
    let wrong = ask(dir.path(), &["run", "--as-of", "2031-03-08"]);
    assert!(wrong.status.success(), "{wrong:?}");
    let right = run(dir.path(), 1, 9);
    let status: Value = serde_json::from_slice(&ask(dir.path(), &["status", "--format", "json"]).stdout).expect("JSON");
    assert_eq!(status["window"], "2014-01", "the newest by the time of running");
    let wrong = runs(dir.path()).into_iter().find(|run| run["window"] == "2031-02").expect("it is there");
    let number = wrong["run"].to_string();
    let done = program().args(["history", "forget", &number]).arg(dir.path()).output().expect("started");
    assert!(done.status.success(), "{done:?}");
    assert!(runs(dir.path()).iter().all(|run| run["window"] == "2014-01"));
    assert_eq!(essence(&run(dir.path(), 1, 10)), essence(&right));
    let done = program().args(["history", "forget", &number]).arg(dir.path()).output().expect("started");
    assert_eq!(done.status.code(), Some(2), "it is gone already");
}

#[test]
fn a_unit_has_a_record_over_windows() {
    let dir = begun("");
    for month in 1..=2 {
        receive(dir.path(), month, &[("综合科", "1 正在推进；2 已完成")]);
        run(dir.path(), month, 8);
    }
    let record = ask(dir.path(), &["history", "--unit", "驻村小组", "--format", "json"]);
    let record: Value = serde_json::from_slice(&record.stdout).expect("JSON");
    let missing: Vec<_> =
        record.as_array().expect("windows").iter().map(|one| one["coverage"]["missing"].clone()).collect();
    assert_eq!(missing, [1, 1]);
    assert_eq!(ask(dir.path(), &["history", "--unit", "没有的科"]).status.code(), Some(2));
    let screen = String::from_utf8_lossy(&ask(dir.path(), &["status"]).stdout).into_owned();
    assert!(screen.contains("及时率") && screen.contains("2014-01"), "{screen}");
}

#[test]
fn what_is_gone_is_told_in_the_language_of_the_run_and_by_one_count() {
    let dir = begun("language = \"en\"");
    let sent = [("综合科", "1 正在推进"), ("后勤中心", "1 正在推进；4 正在推进"), ("驻村小组", "1 正在推进")];
    receive(dir.path(), 1, &sent[..2]);
    run(dir.path(), 1, 6);
    receive(dir.path(), 1, &sent);
    run(dir.path(), 1, 20);
    let told = "Nothing came from 驻村小组";
    let place = dir.path().join("输出/2014-01");
    let log = fs::read_to_string(place.join("运行记录.log")).expect("a log");
    assert!(log.contains(&format!("gone D401 {told}")), "{log}");
    let report = seen(&fs::read(place.join("缺项报告.xlsx")).expect("a report"));
    let overview = report.sheets["Overview"].concat().concat();
    assert!(overview.contains(&format!("gone: D401 {told}")), "{overview}");
    let known = ask(dir.path(), &["history", "1", "2", "--format", "json"]);
    let known: Value = serde_json::from_slice(&known.stdout).expect("JSON");
    assert!(text(&known["gone"][0], "message").starts_with(told), "{known}");
    let status = String::from_utf8(ask(dir.path(), &["status"]).stdout).expect("text");
    let counts = status.lines().find(|line| line.contains("since 2014-02-06")).expect("what changed").trim();
    assert!(log.contains(counts), "{counts}\n{log}");
}
