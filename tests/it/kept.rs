//! What is kept from run to run: what was made of each file, what people changed in the outputs, and for how long.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use chrono::{NaiveDateTime, TimeDelta};
use taizhang::basis::finding::Findings;
use taizhang::basis::place::Source;
use taizhang::campaign::archive::Archive;
use taizhang::campaign::disk::RealDisk;
use taizhang::campaign::gather::Silent;
use taizhang::campaign::intake::Unpacked;
use taizhang::campaign::open::Switches;
use taizhang::campaign::readers::{InProcess, Readers, refused};
use taizhang::campaign::{RunRequest, RunResult, run};
use taizhang::division::Context;
use taizhang::draft::Draft;
use taizhang::ledger::FileReading;
use taizhang::read::{BookAppearance, Lack, Refusal, Trouble, Workbook};
use taizhang::render::returned::CopyOrder;

use crate::campaign::campaign;
use crate::cli::{program, tree};
use crate::half_year::{begun, receive, verified};

/// Reads in this process, and counts the files read and the copies made.
#[derive(Default)]
struct Counting {
    read: AtomicUsize,
    copied: AtomicUsize,
    /// Whether this machine has no memory for any of them.
    short: bool,
}

impl Readers for Counting {
    fn workbook(&self, file: &Path, name: &str) -> Result<Workbook, Refusal> {
        InProcess.workbook(file, name)
    }

    fn unpack(&self, file: &Path, name: &str, archive: &Archive) -> Result<Option<Vec<Unpacked>>, Refusal> {
        InProcess.unpack(file, name, archive)
    }

    fn plan(&self, file: &Path, name: &str) -> Result<Draft, Refusal> {
        InProcess.plan(file, name)
    }

    fn take_in(&self, file: &Path, source: &Source, cx: &Context<'_>) -> (FileReading, Findings) {
        self.read.fetch_add(1, Ordering::Relaxed);
        if self.short {
            return refused(Refusal::NotAccessible(Trouble::Shortage(Lack::Memory)), source, cx);
        }
        InProcess.take_in(file, source, cx)
    }

    fn appearance(&self, file: &Path, name: &str) -> Result<Option<BookAppearance>, Refusal> {
        InProcess.appearance(file, name)
    }

    fn health(&self, file: &Path, name: &str) -> Result<taizhang::read::Health, Refusal> {
        InProcess.health(file, name)
    }

    fn marked(&self, file: &Path, name: &str, order: &CopyOrder) -> Result<Option<Vec<u8>>, Refusal> {
        self.copied.fetch_add(1, Ordering::Relaxed);
        InProcess.marked(file, name, order)
    }
}

/// Runs as of a moment, or on the clock that shows it; how many files were read, and how many copies were made.
fn at(dir: &Path, moment: &str, pinned: bool) -> (RunResult, usize, usize) {
    let readers = Counting::default();
    let result = by(&readers, dir, moment, pinned);
    (result, readers.read.into_inner(), readers.copied.into_inner())
}

fn by(readers: &Counting, dir: &Path, moment: &str, pinned: bool) -> RunResult {
    let now: NaiveDateTime = moment.parse().expect("a moment");
    let switches = Switches { as_of: pinned.then(|| moment.to_owned()), ..Switches::default() };
    let request = RunRequest { root: dir.to_owned(), switches, now: Some(now), ..RunRequest::default() };
    run(&request, readers, &Silent, &RealDisk).unwrap_or_else(|stop| panic!("{moment}: {stop}"))
}

/// The set of outputs by path from its folder.
fn set(dir: &Path) -> Vec<(String, Vec<u8>)> {
    let name = |path: &Path| path.strip_prefix(dir).expect("below").to_string_lossy().into_owned();
    tree(&dir.join("输出")).into_iter().map(|(path, bytes)| (name(&path), bytes)).collect()
}

/// The outputs in a folder with their bytes and what tells one file from another.
#[cfg(unix)]
fn files(dir: &Path, folder: &str) -> std::collections::BTreeMap<std::path::PathBuf, (Vec<u8>, u64)> {
    use std::os::unix::fs::MetadataExt as _;
    let files = tree(&dir.join("输出")).into_iter().filter(|(path, _)| path.to_string_lossy().contains(folder));
    files.map(|(path, bytes)| (path.clone(), (bytes, fs::metadata(&path).expect("there").ino()))).collect()
}

#[cfg(unix)]
#[test]
fn a_notice_that_says_the_same_is_the_same_file() {
    let dir = begun("");
    receive(dir.path(), 1, &[("综合科", "1 正在推进；2 已完成")]);
    at(dir.path(), "2014-02-08T09:00:00", true);
    let before = files(dir.path(), "通知/");
    let words = |path: &Path| path.file_stem().expect("a name").to_string_lossy().into_owned();
    assert!(before.keys().any(|path| words(path) == "驻村小组") && before.keys().any(|path| words(path) == "后勤中心"));
    receive(dir.path(), 1, &[("综合科", "1 正在推进；2 已完成"), ("后勤中心", "1 正在推进")]);
    at(dir.path(), "2014-02-08T11:05:00", true);
    let after = files(dir.path(), "通知/");
    for (path, one) in &before {
        assert_eq!(after.get(path) == Some(one), words(path) == "驻村小组", "{}", path.display());
    }
    // What the cache held is gone: the same is made again.
    fs::remove_dir_all(dir.path().join(".taizhang/cache")).expect("removed");
    receive(dir.path(), 1, &[("综合科", "1 正在推进；2 已完成")]);
    at(dir.path(), "2014-02-08T09:00:00", true);
    let again = files(dir.path(), "通知/");
    assert!(again.values().map(|one| &one.0).eq(before.values().map(|one| &one.0)));
    assert!(again.iter().all(|(path, one)| after.get(path) != Some(one)));
}

#[test]
fn one_file_more_costs_one_file_and_the_set_is_what_a_run_without_memory_makes() {
    for sample in ["bureau", "street", "township", "construction", "three-lists", "index"] {
        let dir = campaign(sample);
        let settings = fs::read_to_string(dir.path().join("taizhang.toml")).expect("there");
        let pinned: toml::Table = settings.parse().expect("TOML");
        let pinned = pinned["as_of"].as_str().expect("a sample pins its day").to_owned();
        let day: chrono::NaiveDate = pinned.get(..10).and_then(|day| day.parse().ok()).expect("a day");
        let moment = |days: i64| format!("{}T18:00:00", day + TimeDelta::days(days));
        let (first, read, copied) = at(dir.path(), &moment(0), true);
        assert!(read > 2, "{sample}: {read}");
        // Its name comes before all others, so that every file has another number; and on a later day.
        let window = first.summary.window.0.clone();
        let body = "填报单位：某某科\n序号,工作任务,完成情况\n1,没有这样的任务,正在推进\n";
        fs::write(dir.path().join("收件/!先来的台账.csv"), body).expect("written");
        let register = dir.path().join("收件/收件登记.csv");
        let known = fs::read_to_string(&register).unwrap_or_else(|_| "文件,收件时间\n".into());
        let line = format!("!先来的台账.csv,{}\n", day - TimeDelta::days(3));
        fs::write(&register, known.trim_end().to_owned() + "\n" + &line).expect("written");
        #[cfg(unix)]
        let sent_back = files(dir.path(), "退回/");
        let without = crate::campaign::copied(dir.path(), &[]);
        fs::remove_dir_all(without.path().join(".taizhang/cache")).expect("removed");
        for days in [0, 1, 40] {
            let (_, read_now, copied_now) = at(dir.path(), &moment(days), true);
            let (_, read_anew, copied_anew) = at(without.path(), &moment(days), true);
            assert!(set(dir.path()) == set(without.path()), "{sample}: {days} days later");
            match days {
                0 => {
                    #[cfg(unix)]
                    for (path, copy) in files(dir.path(), "退回/") {
                        let same = sent_back.get(&path).is_none_or(|before| before.0 != copy.0 || before.1 == copy.1);
                        assert!(same, "{sample}: {} is made again", path.display());
                    }
                    assert_eq!((read_now, copied_now <= 1), (1, true), "{sample}: {copied_now} copies");
                    assert!(read_anew > read && copied_anew >= copied, "{sample}");
                }
                // Only what speaks of days that have come since, or falls into another window, is looked at again.
                1 => assert!(read_now < read, "{sample}: {read_now} of {read}"),
                _ => {}
            }
        }
        verified(dir.path(), &window);
    }
}

#[test]
fn what_decides_a_reading_has_it_made_again() {
    let dir = begun("");
    receive(dir.path(), 1, &[("综合科", "1 正在推进；2 已完成"), ("后勤中心", "1 正在推进")]);
    let read = |moment: &str| at(dir.path(), moment, false).1;
    assert_eq!(read("2014-02-08T09:00:00"), 2);
    assert_eq!(read("2014-02-08T09:01:00"), 0, "nothing has changed");
    fs::write(dir.path().join("收件/驻村小组.csv"), "填报单位：驻村小组\n任务编号,完成情况\n1,正在推进\n")
        .expect("written");
    assert_eq!(read("2014-02-09T09:00:00"), 1, "one more");
    let register = "文件,收件时间\n综合科.csv,2014-02-02 10:00\n后勤中心.csv,2014-02-07 10:00\n";
    fs::write(dir.path().join("收件/收件登记.csv"), register).expect("written");
    assert_eq!(read("2014-02-09T09:01:00"), 1, "one line of the register");
    let settings = dir.path().join("taizhang.toml");
    fs::write(&settings, "division = \"任务分工.csv\"\nfull_marks = 0\nhidden_rows = false\n").expect("written");
    assert_eq!(read("2014-02-09T09:02:00"), 3, "a setting");
    let division = fs::read_to_string(dir.path().join("任务分工.csv")).expect("there");
    fs::write(dir.path().join("任务分工.csv"), division + "5,另一项任务,综合科,每月,\n").expect("written");
    assert_eq!(read("2014-02-09T09:03:00"), 3, "the division");
    fs::remove_dir_all(dir.path().join(".taizhang/cache")).expect("removed");
    fs::write(dir.path().join("输出/2014-01/records.csv"), "changed").expect("changed");
    assert_eq!(read("2014-02-09T09:04:00"), 3, "what was kept is gone");
}

#[test]
fn what_a_person_did_to_the_outputs_is_put_aside_and_nothing_is_read() {
    let dir = campaign("bureau");
    let moment = |minute: u32| format!("2014-09-06T18:{minute:02}:00");
    let (first, ..) = at(dir.path(), &moment(0), true);
    let place = first.place.clone();
    let copy = first.written.iter().find(|path| path.starts_with("退回/")).expect("a marked copy").clone();
    let whole = set(dir.path());
    fs::write(place.join(&copy), "a clerk's notes").expect("changed");
    fs::write(place.join("run.json"), "by hand").expect("changed");
    fs::remove_file(place.join("records.csv")).expect("removed");
    fs::create_dir(place.join("附件")).expect("made");
    fs::write(place.join("附件/说明.txt"), "put there").expect("written");
    fs::write(place.join("~$汇总台账.xlsx"), "open").expect("written");
    let (result, read, copied) = at(dir.path(), &moment(0), true);
    assert_eq!((read, copied), (0, 0), "nothing is parsed");
    let said: Vec<&str> =
        result.complaints.iter().map(|said| &*said.zh).filter(|said| said.contains("改动/")).collect();
    assert!(said.len() == 1 && said[0].contains("3 个文件") && said[0].contains("附件/说明.txt"), "{said:?}");
    let aside = place.join("改动/2014-09-06T180000");
    assert_eq!(fs::read(aside.join(&copy)).expect("moved"), b"a clerk's notes");
    assert_eq!(fs::read(aside.join("附件/说明.txt")).expect("moved"), b"put there");
    assert!(!aside.join("~$汇总台账.xlsx").exists() && !place.join("附件").exists());
    let log = fs::read_to_string(place.join("运行记录.log")).expect("written");
    assert!(log.contains("附件/说明.txt"), "{log}");
    let ours = |dir: &Path| set(dir).into_iter().filter(|(path, _)| !path.contains("改动/")).collect::<Vec<_>>();
    assert!(ours(dir.path()) == whole, "the set is whole again");
    verified(dir.path(), &result.summary.window.0);
    // It goes over to each later set, and our own files of an earlier day are nobody's edits.
    let (later, ..) = at(dir.path(), "2014-09-08T18:00:00", true);
    assert!(!later.complaints.iter().any(|said| said.zh.contains("改动/")), "{:?}", later.complaints);
    assert_eq!(fs::read(aside.join(&copy)).expect("still there"), b"a clerk's notes");
    // Nor are they after the history was lost, or the whole state.
    fs::remove_file(dir.path().join(".taizhang/state.db")).expect("removed");
    let (rebuilt, ..) = at(dir.path(), "2014-09-09T18:00:00", true);
    assert!(!rebuilt.complaints.iter().any(|said| said.zh.contains("改动/")), "{:?}", rebuilt.complaints);
    // On a schedule only the log tells what is said on the screen.
    let log = fs::read_to_string(place.join("运行记录.log")).expect("written");
    let said = rebuilt.complaints.iter().find(|said| said.zh.contains("历史记录")).expect("it was rebuilt");
    assert_eq!(log.matches(&*said.zh).count(), 1, "{log}");
    fs::remove_dir_all(dir.path().join(".taizhang")).expect("removed");
    let before = set(dir.path());
    at(dir.path(), "2014-09-10T18:00:00", true);
    let kept = fs::read_dir(place.join("改动")).expect("there").count();
    assert_eq!(kept, 2, "nobody can tell what was whose, so all of it is kept");
    let run = before.iter().find(|(path, _)| path.ends_with("2014-08/run.json")).expect("there");
    assert!(fs::read(place.join("改动/2014-09-10T180000/run.json")).expect("kept") == run.1);
}

#[test]
fn what_is_older_than_keep_goes_and_what_is_kept_can_be_made_again() {
    let dir = begun("keep = \"6m\"\n");
    let archive = dir.path().join(".taizhang/archive");
    let run_on = |month: u32, day: u32| {
        let moment = format!("2014-{:02}-{day:02}T09:00:00", month + 1);
        // Archived files are as old as the clock says.
        let (result, ..) = at(dir.path(), &moment, false);
        let now: NaiveDateTime = moment.parse().expect("a moment");
        for (path, _) in tree(&archive) {
            let file = fs::File::options().append(true).open(&path).expect("there");
            let known = file.metadata().and_then(|meta| meta.modified()).expect("a time");
            if chrono::DateTime::<chrono::Local>::from(known).naive_local() > now + TimeDelta::days(400) {
                let local = now.and_local_timezone(chrono::Local).single().expect("a local time");
                file.set_modified(local.into()).expect("set");
            }
        }
        result
    };
    for month in 1..=9 {
        let mut sent = vec![("综合科", "1 正在推进；2 已完成"), ("后勤中心", "1 正在推进")];
        if month == 1 {
            sent[1].1 = "1 正在推进；4 已完成";
        }
        receive(dir.path(), month, &sent);
        let (early, result) = (run_on(month, 3), run_on(month, 8));
        let cleaned = |result: &RunResult| result.complaints.iter().any(|said| said.zh.contains("keep"));
        assert_eq!((cleaned(&early), cleaned(&result)), (month == 9, false), "{month}");
        if month == 1 {
            fs::create_dir_all(result.place.join("改动/2014-02-08T090000")).expect("made");
            fs::write(result.place.join("改动/2014-02-08T090000/x"), "x").expect("written");
        }
    }
    let history = program().args(["history", "--format", "json"]).arg(dir.path()).output().expect("started");
    let runs: serde_json::Value = serde_json::from_slice(&history.stdout).expect("JSON");
    let windows: Vec<&str> = runs.as_array().expect("runs").iter().filter_map(|run| run["window"].as_str()).collect();
    assert_eq!(windows.first(), Some(&"2014-02"), "its last run was half a year ago to the hour: {windows:?}");
    assert_eq!(windows.last(), Some(&"2014-09"));
    assert!(!dir.path().join("输出/2014-01/改动/2014-02-08T090000").exists());
    for month in 2..=9 {
        verified(dir.path(), &format!("2014-{month:02}"));
    }
    let january = program().arg("verify").arg(dir.path().join("输出/2014-01")).output().expect("started");
    assert_eq!(january.status.code(), Some(2), "its files are gone: {january:?}");
    // The last report on a task stays however old it is: task 4 was done in January for good.
    receive(dir.path(), 10, &[("综合科", "1 正在推进"), ("后勤中心", "1 正在推进")]);
    let result = run_on(10, 8);
    let outcome = result.outcome.expect("a new window");
    let overdue = outcome.issues.iter().filter(|issue| issue.finding.kind.code == "D408");
    assert_eq!(overdue.filter(|issue| outcome.message(issue).contains("楼道")).count(), 0);
}

#[test]
fn a_fault_that_waited_for_the_due_time_is_still_open_and_not_new() {
    let dir = begun("");
    let july = [("综合科", "1 正在推进；2 已完成"), ("后勤中心", "1 正在推进；4 已完成")];
    receive(dir.path(), 1, &july);
    at(dir.path(), "2014-02-08T09:00:00", false);
    receive(dir.path(), 2, &[("综合科", "1 正在推进")]);
    at(dir.path(), "2014-03-03T09:00:00", false);
    let outcome = at(dir.path(), "2014-03-08T09:00:00", false).0.outcome.expect("the reports are due");
    let changes = outcome.changes.as_ref().expect("a run before");
    let named = |list: &[usize]| -> Vec<String> {
        let told = list.iter().map(|at| &outcome.issues[*at]);
        told.map(|issue| {
            format!("{} {}", issue.finding.kind.code, outcome.message(issue).split("2014").next().unwrap_or_default())
        })
        .collect()
    };
    assert_eq!(named(&changes.standing), ["D401 驻村小组"], "silent since January");
    assert_eq!(named(&changes.new), ["D401 后勤中心"]);
    // The same between two runs that somebody asks about.
    let asked =
        program().arg("history").arg(dir.path()).args(["1", "3", "--format", "json"]).output().expect("started");
    let asked: serde_json::Value = serde_json::from_slice(&asked.stdout).expect("JSON");
    let units =
        |name: &str| asked[name].as_array().expect("a list").iter().map(|one| one["unit"].clone()).collect::<Vec<_>>();
    assert_eq!((units("new"), units("gone")), (vec!["后勤中心".into()], vec![]), "{asked}");
}

#[test]
fn a_clock_that_stays_wrong_makes_nothing_old() {
    let dir = begun("keep = \"6m\"\n");
    receive(dir.path(), 1, &[("综合科", "1 正在推进；2 已完成")]);
    at(dir.path(), "2014-02-08T09:00:00", false);
    at(dir.path(), "2031-02-08T09:00:00", false);
    receive(dir.path(), 1, &[("综合科", "1 正在推进；2 已完成"), ("后勤中心", "1 正在推进")]);
    at(dir.path(), "2031-02-09T09:00:00", false);
    let (month, ..) = at(dir.path(), "2031-03-09T09:00:00", false);
    assert!(!month.complaints.iter().any(|said| said.zh.contains("keep")), "{:?}", month.complaints);
    verified(dir.path(), "2014-01");
    // Windows that go on running make it a clock to be believed.
    let later = ["2031-04-09T09:00:00", "2031-05-09T09:00:00", "2031-06-09T09:00:00", "2031-07-09T09:00:00"];
    let cleaned = later.map(|moment| at(dir.path(), moment, false).0);
    assert!(cleaned.iter().any(|month| month.complaints.iter().any(|said| said.zh.contains("keep"))));
}

#[test]
fn one_wrong_clock_makes_nothing_old() {
    let dir = begun("keep = \"6m\"\n");
    receive(dir.path(), 1, &[("综合科", "1 正在推进；2 已完成")]);
    at(dir.path(), "2014-02-08T09:00:00", false);
    at(dir.path(), "2031-02-08T09:00:00", false);
    receive(dir.path(), 1, &[("综合科", "1 正在推进；2 已完成"), ("后勤中心", "1 正在推进")]);
    at(dir.path(), "2014-02-09T09:00:00", false);
    verified(dir.path(), "2014-01");
    let history = program().args(["history", "--format", "json"]).arg(dir.path()).output().expect("started");
    let runs: serde_json::Value = serde_json::from_slice(&history.stdout).expect("JSON");
    assert_eq!(runs.as_array().map(Vec::len), Some(3), "{runs}");
}

#[test]
fn what_this_machine_could_not_read_is_read_by_the_next_run() {
    let (dir, other) = (begun(""), begun(""));
    for dir in [&dir, &other] {
        receive(dir.path(), 1, &[("综合科", "1 正在推进；2 已完成")]);
    }
    let moment = "2014-02-08T09:00:00";
    let short = Counting { short: true, ..Counting::default() };
    let outcome = by(&short, dir.path(), moment, true).outcome.expect("a first run");
    assert!(outcome.issues.iter().any(|issue| issue.finding.kind.code == "W903"));
    let (again, read, _) = at(dir.path(), moment, true);
    assert!(again.outcome.is_some() && read > 0, "nothing changed but the machine");
    at(other.path(), moment, true);
    let set = |dir: &Path| -> Vec<_> {
        let files = tree(&dir.join("输出/2014-01")).into_iter();
        files.filter(|(path, _)| !path.to_string_lossy().ends_with("运行记录.log")).map(|(_, bytes)| bytes).collect()
    };
    assert!(set(dir.path()) == set(other.path()), "the set of a run that was not disturbed");
}

#[test]
fn a_file_that_is_still_being_copied_is_not_called_damaged() {
    let dir = begun("");
    let path = dir.path().join("收件/综合科.xlsx");
    fs::write(&path, b"PK\x03\x04").expect("begun");
    let register = "文件,收件时间\n综合科.xlsx,2014-02-03 10:00\n";
    fs::write(dir.path().join("收件/收件登记.csv"), register).expect("written");
    let done = AtomicBool::new(false);
    let outcome = std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                let mut file = fs::File::options().append(true).open(&path).expect("there");
                file.write_all(b"half").expect("written");
                std::thread::sleep(std::time::Duration::from_millis(30));
            }
        });
        let outcome = at(dir.path(), "2014-02-08T09:00:00", true).0.outcome;
        done.store(true, Ordering::Relaxed);
        outcome.expect("a first run")
    });
    let codes: Vec<&str> = outcome.issues.iter().map(|issue| issue.finding.kind.code).collect();
    assert!(codes.contains(&"W903") && !codes.contains(&"F01") && !codes.contains(&"D412"), "{codes:?}");
}
