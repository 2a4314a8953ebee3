//! The disk lies: what cannot be listed, read or trusted is said to be so, and never taken for a unit that sent nothing.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, Output};

use crate::campaign::campaign;
use crate::cli::{program, tree};
use crate::half_year::{begun, receive};
use crate::render::returned::words;

/// The findings, files and obligations of the last run.
fn outcome(dir: &Path) -> serde_json::Value {
    serde_json::from_slice(&fs::read(dir.join("输出/2014-08/run.json")).expect("written")).expect("JSON")
}

fn codes(run: &serde_json::Value) -> Vec<&str> {
    run["findings"].as_array().expect("findings").iter().filter_map(|finding| finding["code"].as_str()).collect()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Runs as somebody for whom permissions count; none where this user is nobody else.
fn as_nobody(dir: &Path, switches: &[&str]) -> Output {
    let mut command = program();
    if may_do_everything() {
        for entry in walkdir::WalkDir::new(dir).into_iter().filter_map(Result::ok) {
            let mode = if entry.file_type().is_dir() { 0o777 } else { 0o666 };
            let locked = entry.metadata().is_ok_and(|meta| meta.permissions().mode().trailing_zeros() >= 9);
            if !locked {
                fs::set_permissions(entry.path(), fs::Permissions::from_mode(mode)).expect("opened");
            }
        }
        command.uid(65_534).gid(65_534);
    }
    command.arg("run").arg(dir).args(switches).output().expect("started")
}

/// Whether this user may do everything.
fn may_do_everything() -> bool {
    Path::new("/proc/self").metadata().is_ok_and(|meta| std::os::unix::fs::MetadataExt::uid(&meta) == 0)
}

fn lock(path: &Path) {
    fs::set_permissions(path, fs::Permissions::from_mode(0o000)).expect("locked");
}

fn unlock(path: &Path) {
    fs::set_permissions(path, fs::Permissions::from_mode(0o777)).expect("unlocked");
}

#[test]
fn a_folder_that_cannot_be_listed_stops_the_run_and_is_named() {
    let dir = campaign("bureau");
    let shut = dir.path().join("收件/上锁的文件夹");
    fs::create_dir(&shut).expect("made");
    lock(&shut);
    let output = as_nobody(dir.path(), &[]);
    unlock(&shut);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(said(&output).contains("上锁的文件夹"), "{output:?}");
    assert!(!dir.path().join("输出").exists());
    assert_eq!(as_nobody(dir.path(), &[]).status.code(), Some(0), "the same folder, open");
}

#[test]
fn an_inbox_that_lost_its_files_stops_the_run_unless_it_is_meant() {
    let dir = campaign("bureau");
    let run = |switches: &[&str]| program().arg("run").arg(dir.path()).args(switches).output().expect("started");
    assert_eq!(run(&[]).status.code(), Some(0));
    let before = tree(&dir.path().join("输出"));
    // What is left of a share that is not mounted: the folder.
    fs::rename(dir.path().join("收件"), dir.path().join("elsewhere")).expect("moved");
    let output = run(&[]);
    assert_eq!(output.status.code(), Some(2), "no inbox: {output:?}");
    fs::create_dir(dir.path().join("收件")).expect("made");
    let output = run(&[]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(said(&output).contains("--empty-ok"), "{output:?}");
    assert_eq!(tree(&dir.path().join("输出")), before, "nothing was written");
    let output = run(&["--window", "2014-09", "--as-of", "2014-10-06"]);
    assert_eq!(output.status.code(), Some(0), "a window that begins: {output:?}");
    assert!(said(&output).contains("是空的"), "{output:?}");
    assert_eq!(run(&["--empty-ok"]).status.code(), Some(0));
    assert_eq!(run(&[]).status.code(), Some(0), "empty as at the last run");
}

#[test]
fn what_may_not_be_used_of_the_state_is_named_and_of_use_once_it_may() {
    let dir = campaign("bureau");
    assert_eq!(as_nobody(dir.path(), &[]).status.code(), Some(0));
    let state = dir.path().join(".taizhang");
    for (of, code) in [("archive", 4), ("state.db", 2)] {
        let path = state.join(of);
        // Nobody's own: locked to that user too.
        lock(&path);
        let output = as_nobody(dir.path(), &["--as-of", "2014-09-07"]);
        assert_eq!(output.status.code(), Some(code), "{of}: {output:?}");
        assert!(said(&output).contains(of) && said(&output).contains("没有权限"), "{output:?}");
        unlock(&path);
        assert_eq!(as_nobody(dir.path(), &["--as-of", "2014-09-07"]).status.code(), Some(0), "{of}");
    }
    let path = state.join("state.db");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).expect("set");
    fs::write(dir.path().join("收件/新.csv"), "任务编号,完成情况\n1,已完成\n").expect("written");
    if may_do_everything() {
        std::os::unix::fs::chown(&path, Some(0), None).expect("given to another");
        let mut command = program();
        command.uid(65_534).gid(65_534).arg("run").arg(dir.path());
        let output = command.output().expect("started");
        assert!(output.status.code() == Some(2) && said(&output).contains("没有权限"), "{output:?}");
        assert!(!state.join("state.db-shm").exists(), "nothing is left that keeps the history from use");
    }
    unlock(&path);
    assert_eq!(as_nobody(dir.path(), &[]).status.code(), Some(0));
}

#[test]
fn a_file_that_may_not_be_read_blames_nobody() {
    let dir = campaign("bureau");
    assert_eq!(as_nobody(dir.path(), &[]).status.code(), Some(0));
    let before = outcome(dir.path());
    // The only file of its unit.
    let files = before["files"].as_array().expect("files");
    let of = |unit: &serde_json::Value| files.iter().filter(|file| file["unit"] == *unit).count();
    let one = files.iter().find(|file| file["state"] == "merged" && of(&file["unit"]) == 1).expect("such a file");
    let (path, unit) = (dir.path().join(one["path"].as_str().expect("a path")), one["unit"].as_str().expect("a unit"));
    assert!(path.file_name().is_some_and(|name| name.to_string_lossy().contains(&unit[..6])), "{path:?}: {unit}");
    lock(&path);
    let output = as_nobody(dir.path(), &[]);
    unlock(&path);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let after = outcome(dir.path());
    assert_eq!(codes(&after).iter().filter(|code| **code == "W903").count(), 1);
    let about = |finding: &&serde_json::Value| finding["unit"] == unit;
    let blamed: Vec<_> = after["findings"].as_array().expect("findings").iter().filter(about).collect();
    assert!(blamed.is_empty(), "{blamed:?}");
    let owed = after["obligations"].as_array().expect("obligations").iter().filter(|owed| owed["unit"] == unit);
    assert!(owed.clone().count() > 0 && owed.clone().all(|owed| owed["state"] == "unusable"), "{owed:?}");
    assert!(!dir.path().join(format!("输出/2014-08/通知/{unit}.docx")).exists());
    assert_eq!(as_nobody(dir.path(), &[]).status.code(), Some(0));
    assert_eq!(codes(&outcome(dir.path())), codes(&before), "nothing is remembered against the file");
}

#[test]
fn an_altered_copy_is_written_again_and_costs_nobody_anything() {
    let dir = campaign("bureau");
    let run = || program().arg("run").arg(dir.path()).output().expect("started").status.code();
    assert_eq!(run(), Some(0));
    let (set, copies) = (tree(&dir.path().join("输出")), tree(&dir.path().join(".taizhang/archive")));
    for (copy, bytes) in &copies {
        let mut bytes = bytes.clone();
        for byte in &mut bytes {
            *byte ^= 0x55;
        }
        fs::write(copy, bytes).expect("altered");
    }
    fs::remove_dir_all(dir.path().join("输出")).expect("removed");
    assert_eq!(run(), Some(0));
    assert_eq!(tree(&dir.path().join("输出")), set);
    assert!(tree(&dir.path().join(".taizhang/archive")) == copies, "the copies are mended");
}

/// An archive with these entries.
fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write as _;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).expect("an entry");
        archive.write_all(bytes).expect("written");
    }
    archive.finish().expect("finished").into_inner()
}

#[test]
fn what_is_refused_keeps_its_unit() {
    let inner = zipped(&[("a.csv", b"a,b")]);
    let deep = zipped(&[("内.zip", &zipped(&[("再内.zip", &inner)]))]);
    for (name, bytes) in [
        ("节能科报送材料.zip", zipped(&[])),
        ("节能科报送材料.zip", deep),
        ("节能科报送材料.zip", zipped(&[("../台账.xlsx", b"x")])),
        ("节能科/台账.zip", b"PK\x03\x04 cut off".to_vec()),
    ] {
        let dir = campaign("bureau");
        let inbox = dir.path().join("收件");
        fs::remove_file(inbox.join("节能科报送材料.zip")).expect("removed");
        fs::create_dir(inbox.join("节能科")).expect("made");
        fs::write(inbox.join(name), bytes).expect("written");
        fs::write(inbox.join("收件登记.csv"), format!("文件,收件时间\n{name},2014-09-03 10:00\n")).expect("written");
        let output = program().arg("run").arg(dir.path()).output().expect("started");
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        let run = outcome(dir.path());
        let findings = run["findings"].as_array().expect("findings").iter();
        let about: Vec<_> = findings.filter(|finding| finding["unit"] == "公共机构节能监督指导科").collect();
        let has = |code: &str| about.iter().any(|finding| finding["code"] == code);
        assert!(has("D412") && !has("D401") && !has("D402"), "{name}: {about:?}");
        assert!(!run.to_string().contains("0 字节"), "{name}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_shortage_of_handles_costs_no_file() {
    let (dir, other) = (campaign("bureau"), campaign("bureau"));
    assert!(program().arg("run").arg(dir.path()).output().expect("started").status.success());
    // Enough for one worker, and for what whoever runs this test has left open, but not for sixteen.
    let limit = "ulimit -n $((16 + $(ls /dev/fd | wc -l)))";
    let short = format!("{limit}; exec {} run \"$1\" --jobs 16", env!("CARGO_BIN_EXE_taizhang"));
    let output = Command::new("sh").args(["-c", &short, "sh"]).arg(other.path()).output().expect("started");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(!other.path().join(".taizhang/quarantine").exists());
    let (one, two) = (outcome(dir.path()), outcome(other.path()));
    for part in ["tally", "coverage", "obligations"] {
        assert_eq!(one[part], two[part]);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_shortage_of_processes_and_threads_is_told_or_costs_nothing() {
    if !may_do_everything() {
        return;
    }
    let whole = campaign("bureau");
    assert!(program().arg("run").arg(whole.path()).output().expect("started").status.success());
    let whole = outcome(whole.path());
    let mut ended = Vec::new();
    for limit in [2, 4, 8, 14, 20, 60] {
        let dir = campaign("bureau");
        // The limit counts all that a user runs, and does not hold for root: this user runs nothing else.
        let nobody = 60_000 + limit;
        let owned = Command::new("chown").args(["-R", &nobody.to_string()]).arg(dir.path()).status().expect("started");
        assert!(owned.success());
        let short = format!("ulimit -u {limit}; exec {} run \"$1\"", env!("CARGO_BIN_EXE_taizhang"));
        let output =
            Command::new("sh").args(["-c", &short, "sh"]).arg(dir.path()).uid(nobody).output().expect("started");
        let said = said(&output);
        match output.status.code() {
            Some(0) => {
                let run = outcome(dir.path());
                for part in ["tally", "coverage", "obligations"] {
                    assert_eq!(run[part], whole[part], "{limit}");
                }
            }
            Some(2) => assert!(said.contains("本机不能再启动程序"), "{limit}: {said}"),
            other => panic!("{limit}: {other:?} {said}"),
        }
        ended.push(output.status.code());
    }
    assert_eq!(ended.last(), Some(&Some(0)));
}

#[cfg(target_os = "linux")]
#[test]
fn a_limit_on_the_size_of_files_is_a_disk_error() {
    let dir = campaign("bureau");
    // too little for a copy, for an empty history, for a run in it
    for (blocks, code) in [(1, 4), (40, 2), (240, 4)] {
        let short = format!("ulimit -f {blocks}; exec {} run \"$1\"", env!("CARGO_BIN_EXE_taizhang"));
        let output = Command::new("sh").args(["-c", &short, "sh"]).arg(dir.path()).output().expect("started");
        assert_eq!(output.status.code(), Some(code), "{blocks}: {output:?}");
        assert!(!dir.path().join("输出/2014-08").exists() && dir.path().join("上次运行失败.txt").exists(), "{blocks}");
    }
    assert_eq!(program().arg("run").arg(dir.path()).output().expect("started").status.code(), Some(0));
    assert!(!dir.path().join("上次运行失败.txt").exists());
}

#[test]
fn names_longer_than_a_file_system_holds_are_cut() {
    let dir = campaign("bureau");
    let long = format!("{}.csv", "综合管理科的补充台账".repeat(8));
    assert!(long.len() > 240 && long.len() <= 255);
    let text = "任务编号,工作任务,完成情况,日期\n1-1,,已完成,某日\n9-9,未列的任务,已完成,某日\n";
    fs::write(dir.path().join("收件").join(&long), text).expect("written");
    fs::create_dir(dir.path().join("收件/补充材料")).expect("made");
    fs::write(dir.path().join("收件/补充材料").join(&long), text.replace("某日", "某某日")).expect("written");
    for folder in ["收件", "收件/补充材料"] {
        let file = fs::File::options().append(true).open(dir.path().join(folder).join(&long)).expect("there");
        let received = std::time::UNIX_EPOCH + std::time::Duration::from_hours(24 * 16_314);
        file.set_modified(received).expect("dated");
    }
    let output = program().arg("run").arg(dir.path()).output().expect("started");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let returned = dir.path().join("输出/2014-08/退回");
    let names: Vec<String> =
        fs::read_dir(returned).expect("made").filter_map(|e| e.ok()?.file_name().into_string().ok()).collect();
    assert!(names.iter().any(|name| name.contains("综合管理科的补充台账综合")), "{names:?}");
}

#[test]
fn what_a_unit_lacks_stands_as_it_stood_while_its_file_may_not_be_read() {
    let dir = begun("");
    let sent = [("综合科", "1 正在推进；2 已完成"), ("后勤中心", "4 正在推进")];
    let run = |window: &str, as_of: &str| {
        let output = as_nobody(dir.path(), &["--window", window, "--as-of", as_of]);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        let place = dir.path().join("输出").join(window);
        let run: serde_json::Value =
            serde_json::from_slice(&fs::read(place.join("run.json")).expect("written")).expect("JSON");
        let letter = fs::read(place.join("通知/后勤中心.docx")).map_or(String::new(), |letter| words(&letter));
        let found = run["findings"].as_array().expect("findings").iter();
        let since =
            found.filter(|one| one["unit"] == "后勤中心" && one["code"] == "D402").map(|one| one["since"].clone());
        let report = words(&fs::read(place.join("工作报告.docx")).expect("written"));
        (since.collect::<Vec<_>>(), letter.contains("限期整改"), report)
    };
    receive(dir.path(), 1, &sent);
    run("2014-01", "2014-02-08");
    receive(dir.path(), 2, &sent);
    let (since, rectify, report) = run("2014-02", "2014-03-08");
    assert_eq!((&*since, rectify), (&["2014-02-08".into()][..], true));
    assert!(report.contains("后勤中心1项（1）"), "{report}");
    let file = dir.path().join("收件/后勤中心.csv");
    for as_of in ["2014-03-09", "2014-03-10"] {
        lock(&file);
        let (since, rectify, report) = run("2014-02", as_of);
        unlock(&file);
        assert_eq!((&*since, rectify), (&[][..], false), "nobody is blamed");
        assert!(report.contains("2项暂计不可用（后勤中心）") && !report.contains("后勤中心2项"), "{report}");
        let log = fs::read_to_string(dir.path().join("输出/2014-02/运行记录.log")).expect("written");
        assert!(!log.contains("已消除 D4"), "nothing is known of what was not read: {log}");
    }
    let (since, rectify, _) = run("2014-02", "2014-03-11");
    assert_eq!((&*since, rectify), (&["2014-02-08".into()][..], true), "as it stood");
    // What is read and mended is gone.
    receive(dir.path(), 2, &[sent[0], ("后勤中心", "1 正在推进；4 正在推进")]);
    assert!(run("2014-02", "2014-03-12").0.is_empty());
    let log = fs::read_to_string(dir.path().join("输出/2014-02/运行记录.log")).expect("written");
    assert!(log.contains("已消除 D402"), "{log}");
}
