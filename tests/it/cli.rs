//! The program as its users see it: commands, exit codes, what is written and what is not.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use taizhang::campaign::Folders;

use crate::campaign::campaign;

/// The program.
pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_taizhang"));
    command.env_remove("NO_COLOR");
    command
}

/// All files below a folder with their bytes, but for the log, which says when each run ran.
pub(crate) fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file() && entry.file_name() != "运行记录.log")
        .map(|entry| (entry.path().to_owned(), fs::read(entry.path()).expect("readable")))
        .collect()
}

fn run(dir: &Path, switches: &[&str]) -> Output {
    program().arg("run").arg(dir).args(switches).output().expect("started")
}

fn exit(output: &Output) -> i32 {
    output.status.code().expect("ended by itself")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

fn json(output: &Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("no JSON: {output:?}"))
}

#[test]
fn a_run_writes_its_outputs_and_says_where() {
    let dir = campaign("bureau");
    let output = run(dir.path(), &[]);
    assert_eq!(exit(&output), 0, "{output:?}");
    let screen = text(&output.stdout);
    let outputs = dir.path().join("输出/2014-08");
    for file in ["汇总台账.xlsx", "缺项报告.xlsx", "run.json", "records.csv"] {
        assert!(outputs.join(file).is_file() && screen.contains(file), "{file}: {screen}");
    }
    assert!(!screen.contains('\u{1b}'), "no colours into a pipe");
    let report: serde_json::Value =
        serde_json::from_slice(&fs::read(outputs.join("run.json")).expect("written")).expect("JSON");
    assert_eq!(report["schema"], "taizhang/run/v1");
    assert!(report["tally"]["rows_merged"].as_u64() > Some(0));
    assert_eq!(exit(&run(dir.path(), &["--fail-on", "error"])), 1);
}

#[test]
fn the_same_again_and_any_number_of_jobs_give_the_same_bytes() {
    let dir = campaign("bureau");
    let sets: Vec<_> = [&["--jobs", "1"][..], &["--jobs", "4"], &["--quiet"]]
        .iter()
        .map(|switches| {
            assert_eq!(exit(&run(dir.path(), switches)), 0);
            let set = tree(&dir.path().join("输出"));
            // Otherwise the next run would see that nothing has changed, and what was read before.
            for made in ["输出", ".taizhang/cache"] {
                fs::remove_dir_all(dir.path().join(made)).expect("removed");
            }
            set
        })
        .collect();
    assert!(sets[0].len() >= 4);
    assert!(sets.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn an_unchanged_inbox_is_not_read_again_and_a_damaged_output_is_written_again() {
    let dir = campaign("bureau");
    let first = run(dir.path(), &[]);
    let outputs = dir.path().join("输出/2014-08");
    let written = |name: &str| fs::metadata(outputs.join(name)).and_then(|meta| meta.modified()).expect("there");
    let then = written("汇总台账.xlsx");
    let set = tree(&outputs);
    let second = run(dir.path(), &[]);
    assert_eq!(text(&first.stdout), text(&second.stdout), "the same screen");
    assert_eq!(written("汇总台账.xlsx"), then, "nothing was written");
    fs::write(outputs.join("run.json"), b"damaged").expect("written");
    run(dir.path(), &[]);
    let mut mended = tree(&outputs);
    mended.retain(|path, _| !path.starts_with(outputs.join("改动")));
    assert_eq!(mended, set);
    // Another time of receipt is another input.
    fs::write(dir.path().join("收件/收件登记.csv"), "文件,收件时间\n").expect("written");
    run(dir.path(), &[]);
    assert_ne!(tree(&outputs), set);
}

#[test]
fn the_submitted_files_stay_as_they_are() {
    let dir = campaign("bureau");
    let before = tree(&dir.path().join("收件"));
    run(dir.path(), &[]);
    assert_eq!(tree(&dir.path().join("收件")), before);
}

#[test]
fn a_dry_run_names_files_and_writes_none() {
    let dir = campaign("bureau");
    let before = tree(dir.path());
    let output = run(dir.path(), &["--dry-run", "--format", "json"]);
    assert_eq!(exit(&output), 0, "{output:?}");
    assert_eq!(tree(dir.path()), before);
    let plan = json(&output);
    let names = |list: &str| -> Vec<String> { serde_json::from_value(plan[list].clone()).expect("a list") };
    assert!(names("read").contains(&"任务分工.xlsx".to_owned()));
    assert!(names("read").iter().any(|name| name.starts_with("收件/") && name != "收件/收件登记.csv"));
    assert!(names("write").contains(&"输出/2014-08/run.json".to_owned()), "{plan}");
    run(dir.path(), &[]);
    let written: Vec<_> = tree(&dir.path().join("输出")).into_keys().collect();
    for path in written {
        let name = path.strip_prefix(dir.path()).expect("below").to_string_lossy().replace('\\', "/");
        assert!(names("write").contains(&name), "{name} was not announced");
    }
}

#[test]
fn wrong_settings_stop_everything_and_are_all_said() {
    let dir = campaign("bureau");
    fs::write(dir.path().join("taizhang.toml"), "titel = 'x'\nweekend = 'maybe'\n").expect("written");
    let output = run(dir.path(), &["--lang", "en"]);
    assert_eq!(exit(&output), 2);
    let said = text(&output.stderr);
    assert!(said.contains("did you mean “title”?") && said.contains("weekend"), "{said}");
    assert!(!dir.path().join("输出").exists());
}

#[test]
fn usage_a_missing_folder_and_a_missing_division_are_2() {
    let empty = tempfile::tempdir().expect("a temporary folder");
    assert_eq!(exit(&program().arg("walk").output().expect("started")), 2);
    assert_eq!(exit(&run(Path::new("no such folder"), &[])), 2);
    assert_eq!(exit(&run(empty.path(), &[])), 2);
    let dir = campaign("bureau");
    fs::write(dir.path().join("任务分工.xlsx"), b"no workbook").expect("written");
    let output = run(dir.path(), &[]);
    assert_eq!(exit(&output), 2, "{output:?}");
}

#[test]
fn a_folder_that_is_held_is_3() {
    let dir = campaign("bureau");
    let lock = Folders::open(dir.path()).and_then(|folders| folders.lock()).expect("free");
    assert_eq!(exit(&run(dir.path(), &[])), 3);
    drop(lock);
    assert_eq!(exit(&run(dir.path(), &[])), 0);
}

#[test]
fn an_output_that_cannot_be_written_is_4() {
    let dir = campaign("bureau");
    fs::write(dir.path().join("输出"), b"a file where the folder should be").expect("written");
    let output = run(dir.path(), &[]);
    assert_eq!(exit(&output), 4, "{output:?}");
    assert!(text(&output.stderr).contains("W902"));
}

#[test]
fn verify_says_the_same_until_something_is_altered() {
    let dir = campaign("bureau");
    run(dir.path(), &[]);
    let out = dir.path().join("输出/2014-08");
    let verify = || program().arg("verify").arg(&out).args(["--format", "json"]).output().expect("started");
    assert_eq!(exit(&verify()), 0, "{:?}", verify());
    // What stands in the inbox by now does not matter; what was read was kept.
    fs::remove_dir_all(dir.path().join("收件")).expect("removed");
    assert_eq!(exit(&verify()), 0);
    fs::write(out.join("records.csv"), b"altered").expect("written");
    fs::write(out.join("more.txt"), b"more").expect("written");
    let output = verify();
    assert_eq!(exit(&output), 5);
    let differences = json(&output)["differences"].clone();
    assert_eq!(
        differences,
        serde_json::json!([{"path": "more.txt", "is": "extra"}, {"path": "records.csv", "is": "changed"}])
    );
}

#[test]
fn every_row_is_traced_to_its_cell_and_back() {
    let dir = campaign("bureau");
    run(dir.path(), &[]);
    let trace = |place: &str| {
        let output =
            program().arg("trace").arg(dir.path()).args([place, "--format", "json"]).output().expect("started");
        (exit(&output), serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap_or_default())
    };
    let mut traced = 0;
    for row in 2..80 {
        let (0, there) = trace(&format!("汇总台账!{row}")) else { continue };
        if !there[0]["state"].is_null() {
            assert_eq!(
                (&there[0]["state"], &there[0]["division"]["file"]),
                (&"missing".into(), &"任务分工.xlsx".into())
            );
            continue;
        }
        let source = &there[0];
        let place = format!(
            "{}!{}!A{}",
            source["file"].as_str().expect("a file"),
            source["sheet"].as_str().expect("a sheet"),
            source["source_row"]
        );
        let (exit, back) = trace(&place);
        let rows: Vec<u64> = back.as_array().expect("rows").iter().filter_map(|line| line["row"].as_u64()).collect();
        assert!(exit == 0 && rows.contains(&row), "{place}: {back}");
        traced += 1;
    }
    assert!(traced > 20, "only {traced} rows were traced");
    assert_eq!(trace("汇总台账!9999").0, 2);
    // The sheets of units and of the evidence name their sources too.
    for (row, file) in [("管理一科!4", "收件/管理一科工作台账.xls"), ("资料目录!6", "收件/管理二科.ods")]
    {
        let (_, there) = trace(row);
        assert_eq!(there[0]["file"], file, "{row}: {there}");
    }
    let (_, missing) = trace("汇总台账.xlsx!管理一科!6");
    assert_eq!((&missing[0]["task"], &missing[0]["unit"]), (&"1-3".into(), &"管理一科".into()), "{missing}");
    let gone = "收件/综合管理科/附件2：综合管理科8月份创城工作台账.xlsx!台账!5";
    let output = program().arg("trace").arg(dir.path()).arg(gone).output().expect("started");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(exit(&output) == 2 && said.contains("替换") && said.contains("2014-08"), "{said}");
}

#[test]
fn status_and_history_remember() {
    let dir = campaign("bureau");
    let ask = |command: &str, more: &[&str]| {
        program().arg(command).arg(dir.path()).args(more).args(["--format", "json"]).output().expect("started")
    };
    assert_eq!(exit(&ask("status", &[])), 2, "nothing has been run yet");
    assert_eq!(exit(&run(dir.path(), &["--as-of", "2014-09-06"])), 0);
    let first = json(&ask("status", &[]));
    assert_eq!((&first["window"], &first["coverage"]["expected"]), (&"2014-08".into(), &36.into()));
    // A file goes away: what it reported is missing the next day.
    let submitted =
        tree(&dir.path().join("收件")).into_keys().find(|path| path.extension().is_some_and(|e| e == "ods"));
    fs::remove_file(submitted.expect("an ods")).expect("removed");
    assert_eq!(exit(&run(dir.path(), &["--as-of", "2014-09-07"])), 0);
    let runs = json(&ask("history", &[]));
    assert_eq!(runs.as_array().map(Vec::len), Some(2), "{runs}");
    let changes = json(&ask("history", &["1", "2"]));
    assert!(changes["new"].as_array().is_some_and(|new| new.iter().any(|one| one["code"] == "D401")), "{changes}");
    assert!(json(&ask("status", &[]))["since"]["new"].as_array().is_some_and(|new| !new.is_empty()));
    // The same day again changes nothing.
    let before = fs::read(dir.path().join("输出/2014-08/run.json")).expect("written");
    assert_eq!(exit(&run(dir.path(), &["--as-of", "2014-09-07"])), 0);
    assert_eq!(fs::read(dir.path().join("输出/2014-08/run.json")).expect("written"), before);
    assert_eq!(json(&ask("history", &[])).as_array().map(Vec::len), Some(2));
}

#[test]
fn findings_keep_the_day_they_were_first_seen() {
    let dir = campaign("bureau");
    let since = |day: &str| {
        let output = run(dir.path(), &["--as-of", day, "--format", "json"]);
        let report = json(&output);
        let findings = report["findings"].as_array().expect("findings").clone();
        findings.into_iter().find(|one| one["code"] == "D401").expect("a silent unit")["since"].clone()
    };
    assert_eq!(since("2014-09-06"), "2014-09-06");
    assert_eq!(since("2014-09-08"), "2014-09-06");
}

#[test]
fn check_looks_at_files_alone_and_writes_nothing() {
    let dir = campaign("bureau");
    let before = tree(dir.path());
    let check = |files: &[&str]| {
        let files = files.iter().map(|file| dir.path().join("收件").join(file));
        let division = dir.path().join("任务分工.xlsx");
        let mut command = program();
        command.arg("check").args(files).arg("--division").arg(division).args(["--format", "json"]);
        command.output().expect("started")
    };
    let output = check(&["云锦餐厅.xlsx", "管理二科.ods"]);
    assert!([0, 1].contains(&exit(&output)), "{output:?}");
    for finding in json(&output)["findings"].as_array().expect("findings") {
        assert!(finding["place"]["file"].as_str().is_some_and(|file| file.contains("收件/")), "{finding}");
    }
    assert_eq!(exit(&check(&["没有.xlsx"])), 2);
    assert_eq!(tree(dir.path()), before);
}

#[test]
fn check_takes_the_day_of_filling_in_for_the_window_that_is_due_next() {
    let dir = tempfile::tempdir().expect("a folder");
    let bureau = campaign("bureau");
    let division = bureau.path().join("任务分工.xlsx");
    let outside = |day: &str| {
        let text = format!("工作台账\n填报日期：{day}\n任务编号,完成情况,日期\n1-1,已完成,2014-08-15\n");
        fs::write(dir.path().join("综合管理科.csv"), text).expect("written");
        let mut command = program();
        command.current_dir(dir.path()).args(["check", "综合管理科.csv", "--format", "json", "--division"]);
        let said = json(&command.arg(&division).output().expect("started"));
        said["findings"].as_array().expect("findings").iter().any(|finding| finding["code"] == "C104")
    };
    assert!(!outside("2014年9月3日"), "August is due on the fifth of September");
    assert!(outside("2014年9月20日"), "it is September that is due next");
}

#[test]
fn init_makes_a_folder_that_explains_itself_and_keeps_what_is_there() {
    let parent = tempfile::tempdir().expect("a temporary folder");
    let dir = parent.path().join("创建");
    let init = || program().arg("init").arg(&dir).output().expect("started");
    assert_eq!(exit(&init()), 0);
    assert!(dir.join("收件").is_dir() && dir.join("任务分工.xlsx").is_file());
    let guide = fs::read_to_string(dir.join("使用说明.html")).expect("a guide");
    assert!(guide.contains("<meta charset=\"utf-8\">") && guide.contains("<td><code>任务分工.xlsx</code></td>"));
    fs::write(dir.join("taizhang.toml"), "title = '已填'\n").expect("written");
    assert_eq!(exit(&init()), 0);
    assert_eq!(fs::read_to_string(dir.join("taizhang.toml")).expect("there"), "title = '已填'\n");
    let again = text(&init().stdout);
    assert!(!again.contains("建立"), "everything is there: {again}");
}

#[test]
fn completions_the_manual_and_schedules_are_printed() {
    for arguments in [&["completions", "bash"][..], &["man"], &["schedule", ".", "--kind", "cron"], &["--help"]] {
        let output = program().args(arguments).output().expect("started");
        assert!(exit(&output) == 0 && !output.stdout.is_empty(), "{arguments:?}");
        assert!(!text(&output.stdout).contains("read-for-parent"), "{arguments:?}: workers are nobody's command");
    }
}

#[test]
fn days_without_a_month_are_those_of_the_period_a_file_names() {
    let dir = tempfile::tempdir().expect("a folder");
    let files = [("甲.csv", "2014年8月", "2014-08-05"), ("乙.csv", "2013年11月", "2013-11-05")];
    for (name, period, _) in files {
        let text = format!("{period}工作台账\n工作任务,完成情况,日期\n广告整治,已完成,5日\n");
        fs::write(dir.path().join(name), text).expect("written");
    }
    let inspect = |switches: &[&str]| {
        let mut command = program();
        command.current_dir(dir.path()).args(["inspect", "甲.csv", "乙.csv", "--format", "json"]).args(switches);
        json(&command.output().expect("started"))
    };
    let date = |seen: &serde_json::Value, name: &str| {
        let file = seen["files"].as_array().expect("files").iter().find(|file| file["path"] == name);
        file.expect("the file")["sheets"][0]["ledgers"][0]["records"][0]["date"].clone()
    };
    let seen = inspect(&[]);
    for (name, _, day) in files {
        assert_eq!(date(&seen, name), day, "{name}: {seen}");
    }
}
