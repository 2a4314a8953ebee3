//! On the clock: what has not changed is not made again, and what time changes is, at its second.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use chrono::NaiveDateTime;
use taizhang::campaign::disk::RealDisk;
use taizhang::campaign::gather::Silent;
use taizhang::campaign::open::Switches;
use taizhang::campaign::readers::InProcess;
use taizhang::campaign::{RunRequest, RunResult, run};

use crate::cli::{program, tree};
use crate::whole_run::{list, text};

const DIVISION: &str = "任务编号,工作任务,责任单位,报送周期,完成时限,考核指标
1,设置公益广告,综合科、后勤中心,每月,,
2,整治楼道杂物,综合科,,2014年9月20日前,
3,巡查食堂,后勤中心,每月,,次数≥4/年
";

/// A campaign of the clock; 综合科 reported on 2 September.
fn begun() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder");
    fs::write(dir.path().join("taizhang.toml"), "division = \"任务分工.csv\"\nfull_marks = 0\n").expect("written");
    fs::write(dir.path().join("任务分工.csv"), DIVISION).expect("written");
    fs::create_dir(dir.path().join("收件")).expect("made");
    let ledger = "任务编号,完成情况,日期\n1,正在推进,2014年8月12日\n2,正在推进,2014年8月13日\n";
    fs::write(dir.path().join("收件/综合科.csv"), ledger).expect("written");
    fs::write(dir.path().join("收件/收件登记.csv"), "文件,收件时间\n综合科.csv,2014-09-02 10:00\n").expect("written");
    dir
}

fn moment(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(&format!("2014-{text}"), "%Y-%m-%dT%H:%M:%S").expect("a moment")
}

/// Runs for August when the clock shows this.
fn at(dir: &Path, text: &str) -> RunResult {
    run_for(dir, "2014-08", text)
}

fn run_for(dir: &Path, window: &str, text: &str) -> RunResult {
    let switches = Switches { window: Some(window.into()), ..Switches::default() };
    let request = RunRequest { root: dir.to_owned(), switches, now: Some(moment(text)), ..RunRequest::default() };
    run(&request, &InProcess, &Silent, &RealDisk).unwrap_or_else(|stop| panic!("{text}: {stop}"))
}

fn log(dir: &Path) -> Vec<String> {
    let log = fs::read_to_string(dir.join("输出/2014-08/运行记录.log")).expect("written");
    log.lines().map(str::to_owned).collect()
}

/// States, findings and steps of notices: what time may change.
fn told(outputs: &Path) -> Vec<String> {
    let run: serde_json::Value =
        serde_json::from_slice(&fs::read(outputs.join("run.json")).expect("written")).expect("JSON");
    let owed = list(&run, "obligations")
        .iter()
        .map(|o| format!("{} {} {}", text(o, "task"), text(o, "unit"), text(o, "state")));
    let found = list(&run, "findings").iter().map(|f| format!("{} {}", text(f, "code"), text(f, "message")));
    let letters = fs::read_dir(outputs.join("通知")).into_iter().flatten().filter_map(Result::ok);
    let mut letters: Vec<String> = letters
        .filter(|letter| letter.path().extension().is_some_and(|ending| ending == "docx"))
        .map(|letter| {
            let words = crate::render::returned::words(&fs::read(letter.path()).expect("there"));
            let step = ["工作台账的提醒", "关于催报", "关于补正", "关于限期整改"]
                .into_iter()
                .find(|step| words.contains(step))
                .unwrap_or_default();
            format!("{} {step}", letter.file_name().to_string_lossy())
        })
        .collect();
    letters.sort();
    owed.chain(found).chain(letters).collect()
}

#[test]
fn only_what_time_changes_is_made_again() {
    let dir = begun();
    assert!(at(dir.path(), "09-03T09:00:00").outcome.is_some());
    let (set, state) = (tree(&dir.path().join("输出")), tree(&dir.path().join(".taizhang")));
    let lines = log(dir.path()).len();
    for (number, quiet) in ["09-03T09:05:00", "09-04T08:00:00", "09-05T17:00:00"].into_iter().enumerate() {
        let result = at(dir.path(), quiet);
        assert!(result.outcome.is_none(), "{quiet}");
        assert_eq!(result.checked, Some(moment(quiet)));
        assert_eq!(result.summary.as_of, moment("09-03T09:00:00"), "the set stands with its own moment");
        assert_eq!(log(dir.path()).len(), lines + number + 1, "one line");
        assert!(log(dir.path()).last().is_some_and(|line| line.contains("没有变化")));
    }
    assert!(
        tree(&dir.path().join("输出")) == set && tree(&dir.path().join(".taizhang")) == state,
        "nothing is written"
    );
    assert!(at(dir.path(), "09-05T17:00:01").outcome.is_some(), "the reports are due");
    assert!(at(dir.path(), "09-16T23:59:59").outcome.is_none());
    assert!(at(dir.path(), "09-17T00:00:00").outcome.is_some(), "three days before the deadline of a task");
    assert!(at(dir.path(), "09-20T23:59:59").outcome.is_none());
    assert!(at(dir.path(), "09-21T00:00:00").outcome.is_some(), "it has passed");
    assert!(log(dir.path()).iter().any(|line| line.contains("新增 D408")), "{:#?}", log(dir.path()));
    let verify = program().arg("verify").arg(dir.path().join("输出/2014-08")).output().expect("started");
    assert!(verify.status.success(), "{verify:?}");
}

#[test]
fn a_problem_of_a_file_that_is_gone_is_overdue_on_its_day() {
    let dir = begun();
    let july = "七月工作台账\n任务编号,完成情况,日期,存在问题,整改措施,整改时限,整改情况\n\
                1,正在推进,2014年7月12日,东门广告牌破损,更换,2014-09-10,正在整改\n";
    let (file, register) = (dir.path().join("收件/综合科.csv"), dir.path().join("收件/收件登记.csv"));
    let (august, received) = (fs::read(&file).expect("there"), fs::read(&register).expect("there"));
    fs::write(&file, july).expect("written");
    fs::write(&register, "文件,收件时间\n综合科.csv,2014-08-02 10:00\n").expect("written");
    run_for(dir.path(), "2014-07", "08-06T09:00:00");
    fs::write(&file, august).expect("written");
    fs::write(&register, received).expect("written");
    let overdue = || told(&dir.path().join("输出/2014-08")).iter().any(|said| said.starts_with("D414"));
    assert!(at(dir.path(), "09-06T09:00:00").outcome.is_some() && !overdue());
    assert!(at(dir.path(), "09-10T23:59:59").outcome.is_none());
    assert!(at(dir.path(), "09-11T00:00:00").outcome.is_some() && overdue());
}

#[test]
fn what_had_not_come_by_the_day_of_a_run_counts_on_the_clock_once_it_has() {
    let dir = begun();
    let states = || told(&dir.path().join("输出/2014-08"));
    let switches =
        Switches { window: Some("2014-08".into()), as_of: Some("2014-09-01T10:00".into()), ..Switches::default() };
    let request = RunRequest { root: dir.path().to_owned(), switches, ..RunRequest::default() };
    let early = run(&request, &InProcess, &Silent, &RealDisk).unwrap_or_else(|stop| panic!("{stop}"));
    assert!(early.outcome.is_some() && states().contains(&"1 综合科 not-due".to_owned()), "{:?}", states());
    assert!(at(dir.path(), "09-02T10:00:00").outcome.is_some(), "the report has come");
    assert!(states().contains(&"1 综合科 on-time".to_owned()), "{:?}", states());
}

#[test]
fn a_clock_that_was_wrong_once_makes_no_report_earlier() {
    let dir = begun();
    fs::remove_file(dir.path().join("收件/收件登记.csv")).expect("removed");
    let sent = std::time::SystemTime::now();
    let file = fs::File::options().append(true).open(dir.path().join("收件/综合科.csv")).expect("there");
    // Saved by a machine whose clock is ahead: it came when it was found, after the due time.
    file.set_modified(sent).expect("set");
    assert!(at(dir.path(), "09-06T09:00:00").outcome.is_some());
    let late = || told(&dir.path().join("输出/2014-08")).iter().filter(|said| said.starts_with("D403")).count();
    assert_eq!(late(), 1);
    let before = run_for(dir.path(), "2014-08", "08-20T09:00:00");
    assert!(before.complaints.iter().any(|said| said.zh.contains("早于上次运行")), "{:?}", before.complaints);
    assert!(at(dir.path(), "09-07T09:00:00").outcome.is_some());
    assert_eq!(late(), 1);
}

#[test]
fn what_stands_is_what_a_run_at_that_moment_would_say() {
    let dir = begun();
    let mut quiet = 0;
    let moments = [
        "09-01T08:00:00", "09-01T23:59:59", "09-02T00:00:00", "09-02T09:59:59", "09-02T12:00:00", "09-05T16:59:59",
        "09-05T17:00:00", "09-05T17:00:01", "09-05T23:59:59", "09-06T00:00:00", "09-12T12:00:00", "09-16T23:59:59",
        "09-17T00:00:00", "09-20T23:59:59", "09-21T00:00:00", "09-30T23:59:59", "10-05T16:59:59", "10-05T17:00:00",
        "10-05T17:00:01",
    ];
    // A file that comes after the due time is August's until September is due.
    let receive_late = |dir: &Path, now: &str| {
        if now >= "09-12" {
            fs::write(dir.join("收件/后勤中心.csv"), "任务编号,完成情况\n1,正在推进\n").expect("written");
            let register = "文件,收件时间\n综合科.csv,2014-09-02 10:00\n后勤中心.csv,2014-09-10 10:00\n";
            fs::write(dir.join("收件/收件登记.csv"), register).expect("written");
        }
    };
    for now in moments {
        receive_late(dir.path(), now);
        // On the clock a register line of a later day does not count: the file stands there.
        quiet += u32::from(at(dir.path(), now).outcome.is_none());
        let fresh = begun();
        receive_late(fresh.path(), now);
        at(fresh.path(), now);
        let place = |dir: &Path| dir.join("输出/2014-08");
        assert_eq!(told(&place(dir.path())), told(&place(fresh.path())), "{now}");
    }
    assert!(quiet > 4, "only {quiet} were quiet");
}

#[test]
fn a_time_in_the_register_that_is_still_to_come_blames_nobody() {
    let dir = begun();
    let set_out = |year: &str| {
        let line = format!("文件,收件时间\n综合科.csv,{year}-09-02 10:00\n");
        fs::write(dir.path().join("收件/收件登记.csv"), line).expect("written");
    };
    set_out("2014");
    at(dir.path(), "09-03T09:00:00");
    // A slip of the pen in the year.
    set_out("2104");
    let slip = at(dir.path(), "09-06T09:00:00");
    assert!(slip.complaints.iter().any(|said| said.zh.contains("收件/综合科.csv 2104-09-02 10:00")));
    let late = told(&dir.path().join("输出/2014-08")).iter().filter(|said| said.starts_with("D403")).count();
    assert_eq!(late, 0, "it was there on the third");
    assert!(at(dir.path(), "09-06T09:05:00").outcome.is_none(), "nothing has changed since");
}

#[test]
fn a_change_of_anything_that_counts_is_seen() {
    let changes: [(&str, &str, &str); 5] = [
        ("a cell", "收件/综合科.csv", "任务编号,完成情况,日期\n1,已完成,2014年8月12日\n2,正在推进,2014年8月13日\n"),
        ("the register", "收件/收件登记.csv", "文件,收件时间\n综合科.csv,2014-09-02 11:00\n"),
        ("the division", "任务分工.csv", "任务编号,工作任务,责任单位\n1,设置公益广告,综合科\n"),
        ("a setting", "taizhang.toml", "division = \"任务分工.csv\"\nfull_marks = 0\ndue_soon = 5\n"),
        ("another file", "收件/后勤中心.csv", "任务编号,完成情况,日期\n1,正在推进,2014年8月12日\n"),
    ];
    for (what, path, text) in changes {
        let dir = begun();
        at(dir.path(), "09-03T09:00:00");
        fs::write(dir.path().join(path), text).expect("written");
        assert!(at(dir.path(), "09-03T09:05:00").outcome.is_some(), "{what}");
        assert!(at(dir.path(), "09-03T09:06:00").outcome.is_none(), "{what}, once");
    }
    // What somebody did to the outputs is put right.
    let dir = begun();
    at(dir.path(), "09-03T09:00:00");
    fs::write(dir.path().join("输出/2014-08/records.csv"), "altered").expect("written");
    assert!(at(dir.path(), "09-03T09:05:00").outcome.is_some());
    // A clock that steps back sees the set of a later moment, and makes its own.
    let back = at(dir.path(), "09-02T12:00:00");
    assert!(back.outcome.is_some());
    assert!(!back.complaints.iter().any(|said| said.zh.contains("没有变化")));
}

#[test]
fn a_run_that_fails_leaves_word_and_the_next_takes_it_away() {
    let dir = begun();
    let note = dir.path().join("上次运行失败.txt");
    let start = || program().arg("run").arg(dir.path()).args(["--window", "2014-08"]).output().expect("started");
    fs::rename(dir.path().join("收件"), dir.path().join("elsewhere")).expect("moved");
    assert_eq!(start().status.code(), Some(2));
    let said = fs::read_to_string(&note).expect("left");
    assert!(said.contains("收件") && said.contains("时间："), "{said}");
    fs::rename(dir.path().join("elsewhere"), dir.path().join("收件")).expect("moved");
    assert_eq!(start().status.code(), Some(0));
    assert!(!note.exists());
    // A folder that is no campaign is left as it is.
    let empty = tempfile::tempdir().expect("a temporary folder");
    assert_eq!(program().arg("run").arg(empty.path()).output().expect("started").status.code(), Some(2));
    assert_eq!(fs::read_dir(empty.path()).expect("listed").count(), 0);
}

#[test]
fn from_a_folder_inside_the_campaign_is_found_and_nothing_is_left_in_the_inbox() {
    let dir = begun();
    let before = tree(&dir.path().join("收件"));
    let output = program().args(["run", "--window", "2014-08"]).current_dir(dir.path().join("收件")).output();
    assert!(output.expect("started").status.success());
    assert!(dir.path().join("输出/2014-08/run.json").is_file());
    assert_eq!(tree(&dir.path().join("收件")), before);
    // A folder that is named is meant as it is.
    let named = program().args(["run", "."]).current_dir(dir.path().join("收件")).output().expect("started");
    assert_eq!(named.status.code(), Some(2));
    assert_eq!(tree(&dir.path().join("收件")), before);
}

#[cfg(unix)]
#[test]
fn what_is_written_is_for_owner_and_group_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = begun();
    let done = program().arg("run").arg(dir.path()).args(["--window", "2014-08"]).output().expect("started");
    assert!(done.status.success());
    let mut seen: BTreeMap<u32, usize> = BTreeMap::new();
    for top in ["输出", ".taizhang"] {
        for entry in walkdir::WalkDir::new(dir.path().join(top)).into_iter().filter_map(Result::ok) {
            let mode = entry.metadata().expect("there").permissions().mode() & 0o777;
            assert_eq!(mode & 0o027, 0, "{}: {mode:o}", entry.path().display());
            *seen.entry(mode).or_default() += 1;
        }
    }
    assert!(seen.values().sum::<usize>() > 10, "{seen:?}");
    // What is handed out and drafted is for the group too.
    let done = program().arg("forms").arg(dir.path()).args(["--window", "2014-08"]).output().expect("started");
    assert!(done.status.success(), "{done:?}");
    let plan = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/plan/方案.docx");
    let draft = dir.path().join("草稿.xlsx");
    assert!(program().arg("draft").arg(plan).arg("-o").arg(&draft).output().expect("started").status.success());
    for file in tree(&dir.path().join("下发")).into_keys().chain([draft]) {
        let mode = fs::metadata(&file).expect("there").permissions().mode() & 0o777;
        assert_eq!(mode, 0o640, "{}", file.display());
    }
}

#[test]
fn what_a_duty_lacks_still_lacks_it_when_its_report_comes_again_under_another_name() {
    let dir = begun();
    let division = "任务编号,工作任务,责任单位,佐证材料\n1,设置公益广告,综合科,照片\n2,整治楼道杂物,综合科,照片\n";
    fs::write(dir.path().join("任务分工.csv"), division).expect("written");
    let report = |evidence: &str| {
        format!("任务编号,完成情况,日期,佐证材料\n1,已完成,2014年8月12日,\n2,已完成,2014年8月13日,{evidence}\n")
    };
    let inbox = dir.path().join("收件");
    fs::write(inbox.join("综合科.csv"), report("")).expect("written");
    at(dir.path(), "09-03T09:00:00");
    fs::remove_file(inbox.join("综合科.csv")).expect("removed");
    fs::write(inbox.join("综合科补报.csv"), report("照片")).expect("written");
    fs::write(inbox.join("收件登记.csv"), "文件,收件时间\n综合科补报.csv,2014-09-03 10:00\n").expect("written");
    let outcome = at(dir.path(), "09-04T11:00:00").outcome.expect("another inbox");
    let changes = outcome.changes.as_ref().expect("a run before");
    let lacking = |list: &[usize]| {
        let issues = list.iter().map(|at| &outcome.issues[*at].finding);
        issues.filter(|one| one.kind.code == "D404").map(|one| one.task.map_or(0, |task| task.0)).collect::<Vec<_>>()
    };
    assert_eq!((lacking(&changes.standing), lacking(&changes.new)), (vec![0], vec![]));
    let gone: Vec<_> = changes.gone.iter().filter(|one| one.code == "D404").map(|one| one.task.clone()).collect();
    assert_eq!(gone, [Some("2".to_owned())]);
}
