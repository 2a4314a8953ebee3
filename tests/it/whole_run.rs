//! Whole runs over the samples: what must come out (place and code; wording is free), that nothing is lost, and that
//! the same inputs give the same bytes.
//!
//! What a sample must come to stands in its `expected.txt`; `TAIZHANG_BLESS=1` writes it anew, to be read before it is
//! committed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use taizhang::campaign::disk::RealDisk;
use taizhang::campaign::gather::Silent;
use taizhang::campaign::readers::InProcess;
use taizhang::campaign::{RunRequest, run};

use crate::build::{cells, root};
use crate::campaign::campaign;
use crate::render::run_json::misfits;

/// Runs a campaign in this process with so many threads.
pub(crate) fn run_in_process(folder: &Path, jobs: usize) {
    let request = RunRequest { root: folder.to_path_buf(), ..RunRequest::default() };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build().expect("a pool");
    pool.install(|| run(&request, &InProcess, &Silent, &RealDisk)).expect("a run");
}

/// The outputs of the one window that was run, but for the log: path → bytes.
pub(crate) fn outputs(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let windows: Vec<_> = fs::read_dir(folder.join("输出")).expect("outputs").filter_map(Result::ok).collect();
    assert_eq!(windows.len(), 1, "one window, nothing half-written beside it");
    let window = windows[0].file_name();
    windows_outputs(folder, &window.to_string_lossy())
}

/// The outputs of a window: path → bytes.
pub(crate) fn windows_outputs(folder: &Path, window: &str) -> BTreeMap<String, Vec<u8>> {
    let place = folder.join("输出").join(window);
    let files = walkdir::WalkDir::new(&place).into_iter().map(|entry| entry.expect("readable"));
    files
        .filter(|entry| entry.file_type().is_file() && entry.file_name() != "运行记录.log")
        .map(|entry| {
            let name = entry.path().strip_prefix(&place).expect("below").to_string_lossy().replace('\\', "/");
            (name, fs::read(entry.path()).expect("readable"))
        })
        .collect()
}

pub(crate) fn run_json(outputs: &BTreeMap<String, Vec<u8>>) -> Value {
    serde_json::from_slice(&outputs["run.json"]).expect("run.json is JSON")
}

pub(crate) fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

pub(crate) fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or("-")
}

fn count(value: &Value, key: &str) -> u64 {
    value[key].as_u64().unwrap_or_else(|| panic!("{key} is a number in {value}"))
}

/// What a run came to, a line each, without its wording.
pub(crate) fn essence(run: &Value) -> String {
    let mut out = String::new();
    let mut line = |text: String| writeln!(out, "{text}").expect("written to memory");
    let (window, division) = (&run["window"], &run["division"]);
    line(format!("window {} due {} as of {}", text(window, "label"), text(window, "due"), text(run, "as_of")));
    let sizes = ["tasks", "units", "obligations"].map(|key| format!("{} {key}", count(division, key)));
    line(format!("division {}", sizes.join(", ")));
    for part in ["tally", "coverage"] {
        let object = run[part].as_object().expect("an object");
        let counts: Vec<_> =
            object.iter().filter(|(_, n)| n.as_u64() != Some(0)).map(|(k, n)| format!("{k} {n}")).collect();
        line(format!("{part}: {}", counts.join(", ")));
    }
    for file in list(run, "files") {
        let records: u64 = list(file, "sheets").iter().filter_map(|sheet| sheet["records"].as_u64()).sum();
        line(format!("file {} | {} | {} | {records}", text(file, "path"), text(file, "unit"), text(file, "state")));
    }
    let mut lines: Vec<String> = Vec::new();
    for obligation in list(run, "obligations").iter().filter(|obligation| text(obligation, "state") != "on-time") {
        lines.push(format!(
            "{} | {} | {} | {}",
            text(obligation, "state"),
            text(obligation, "unit"),
            text(obligation, "task"),
            text(obligation, "period")
        ));
    }
    for grade in list(run, "grades") {
        lines.push(format!("grade {} | {} | {}", text(grade, "grade"), text(grade, "unit"), text(grade, "task")));
    }
    for score in list(run, "scores") {
        lines.push(format!(
            "score {} of {} | {} | {}",
            score["score"],
            score["of"],
            text(score, "unit"),
            text(score, "task")
        ));
    }
    for finding in list(run, "findings") {
        let place = &finding["place"];
        lines.push(format!(
            "{} {} | {} | {} | {}!{}!{}",
            text(finding, "code"),
            text(finding, "severity"),
            text(finding, "unit"),
            text(finding, "task"),
            text(place, "file"),
            text(place, "sheet"),
            text(place, "cell"),
        ));
    }
    lines.sort();
    lines.into_iter().for_each(line);
    out
}

/// Runs a sample and compares it with its `expected.txt`.
fn holds(name: &str) -> Value {
    let folder = campaign(name);
    run_in_process(folder.path(), 2);
    let outputs = outputs(folder.path());
    let run = run_json(&outputs);
    assert_eq!(misfits(&run), Vec::<String>::new(), "{name}");
    balances(&run);
    every_record_once(&run, &outputs["汇总台账.xlsx"]);
    let path = root().join("samples").join(name).join("expected.txt");
    let seen = essence(&run);
    if std::env::var_os("TAIZHANG_BLESS").is_some() {
        fs::write(&path, &seen).expect("written");
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    let only = |a: &str, b: &str, mark: &str| {
        let rest: Vec<&str> = b.lines().collect();
        let lines = a.lines().filter(|line| !rest.contains(line)).map(|line| format!("{mark} {line}"));
        lines.collect::<Vec<_>>().join("\n")
    };
    assert!(seen == expected, "{name}:\n{}\n{}", only(&expected, &seen, "-"), only(&seen, &expected, "+"));
    run
}

/// Counts add up, and agree with the lists they count.
fn balances(run: &Value) {
    let (tally, coverage) = (&run["tally"], &run["coverage"]);
    let sum = |of: &Value, keys: &[&str]| keys.iter().map(|key| count(of, key)).sum::<u64>();
    let files = ["files_merged", "files_refused", "files_superseded", "files_duplicate", "files_ignored"];
    assert_eq!(count(tally, "files"), sum(tally, &files));
    assert_eq!(count(tally, "files"), list(run, "files").len() as u64);
    let rows = ["rows_merged", "rows_unmatched", "rows_superseded", "rows_blank", "rows_furniture"];
    assert_eq!(count(tally, "rows_seen"), sum(tally, &rows));
    let states = ["on_time", "late", "nil", "missing", "blank", "unusable", "exempt", "disputed"];
    assert_eq!(count(coverage, "expected"), sum(coverage, &states));
    for state in states.into_iter().chain(["not_due"]) {
        let named = state.replace('_', "-");
        let listed = list(run, "obligations").iter().filter(|obligation| text(obligation, "state") == named).count();
        assert_eq!(count(coverage, state), listed as u64, "{state}");
    }
}

/// Each merged record stands on exactly one row of 汇总台账, a nil report for everything on one of each item, the unmatched
/// ones in 未归类 only.
fn every_record_once(run: &Value, workbook: &[u8]) {
    let sources = |sheet: &str| {
        let cells = cells(workbook).expect("the consolidated workbook");
        let here: BTreeMap<(u32, u32), String> = cells
            .into_iter()
            .filter(|((name, ..), _)| name == sheet)
            .map(|((_, row, col), text)| ((row, col), text))
            .collect();
        let column = |heading: &str| {
            let found = here.iter().find(|(_, text)| *text == heading);
            found.map_or_else(|| panic!("{sheet} has no {heading}"), |((row, col), _)| (*row, *col))
        };
        let ((top, file), (_, in_sheet), (_, row)) = (column("来源文件"), column("来源工作表"), column("来源行"));
        let state = column("完成情况").1;
        let rows = here.keys().map(|(row, _)| *row).filter(|row| *row > top).collect::<BTreeSet<_>>();
        let at = |line: u32, col: u32| here.get(&(line, col)).cloned().unwrap_or_default();
        let source = |line: u32| format!("{}!{}!{}", at(line, file), at(line, in_sheet), at(line, row));
        let sources = rows.into_iter().map(|line| (source(line), at(line, state).starts_with("零报告")));
        sources.filter(|(source, _)| source != "!!").collect::<Vec<(String, bool)>>()
    };
    let obligations = list(run, "obligations");
    let records: Vec<&str> =
        obligations.iter().flat_map(|one| list(one, "records")).filter_map(Value::as_str).collect();
    let (nil, mut merged): (Vec<_>, Vec<_>) = sources("汇总台账").into_iter().partition(|(_, is_nil)| *is_nil);
    // a sentence is no record
    let nil: BTreeSet<_> = nil.into_iter().filter(|(source, _)| records.contains(&source.as_str())).collect();
    merged.extend(nil);
    let only = |found: Vec<(String, bool)>| found.into_iter().map(|(source, _)| source).collect::<Vec<_>>();
    let (merged, unmatched) = (only(merged), only(sources("未归类")));
    assert_eq!(merged.len() as u64, count(&run["tally"], "rows_merged"), "rows of 汇总台账");
    assert_eq!(unmatched.len() as u64, count(&run["tally"], "rows_unmatched"), "rows of 未归类");
    let mut all = [merged, unmatched].concat();
    all.sort();
    assert!(all.windows(2).all(|pair| pair[0] != pair[1]), "a record stands on two rows");
    for record in records {
        assert!(all.iter().any(|source| source == record), "{record} is nowhere");
    }
}

#[test]
fn the_bureau() {
    let run = holds("bureau");
    let sizes = ["tasks", "units", "obligations"].map(|key| count(&run["division"], key));
    assert_eq!(sizes, [14, 13, 36]);
    // What was planted, from the comments of the sources; the rest stands in expected.txt.
    let planted = [
        ("D401", "驻村小组"),
        ("D402", "管理一科"),
        ("D403", "机关党委"),
        ("D404", "后勤服务中心"),
        ("D405", "人事教育科"),
        ("D406", "办公室"),
        ("D406", "管理一科"),
        ("D410", "云锦餐厅"),
        ("D413", "计划财务科"),
        ("C102", "管理一科"),
        ("C105", "管理二科"),
        ("R201", "人事教育科"),
        ("R204", "后勤服务中心"),
        ("R205", "云锦餐厅"),
        ("R206", "管理二科"),
        ("R207", "人事教育科"),
    ];
    for (code, unit) in planted {
        let found = list(&run, "findings").iter().any(|f| text(f, "code") == code && text(f, "unit") == unit);
        assert!(found, "{code} of {unit}");
    }
}

#[test]
fn the_three_lists_with_their_patrols() {
    holds("three-lists");
}

#[test]
fn the_three_year_plan() {
    holds("three-year");
}

#[test]
fn the_index_with_its_scores() {
    holds("index");
}

#[test]
fn the_street_with_its_grades() {
    holds("street");
}

#[test]
fn the_construction_committee_with_two_levels() {
    holds("construction");
}

#[test]
fn the_township_with_its_deadlines() {
    holds("township");
}

#[test]
fn the_division_drafted_from_a_plan_runs() {
    holds("plan");
}

#[test]
fn a_second_run_and_any_number_of_threads_give_the_same_bytes() {
    let folder = campaign("bureau");
    run_in_process(folder.path(), 1);
    let first = outputs(folder.path());
    run_in_process(folder.path(), 1);
    assert_same(&first, &outputs(folder.path()), "a second run");
    for jobs in [2, 4] {
        let folder = campaign("bureau");
        run_in_process(folder.path(), jobs);
        assert_same(&first, &outputs(folder.path()), &format!("{jobs} threads"));
    }
}

fn assert_same(a: &BTreeMap<String, Vec<u8>>, b: &BTreeMap<String, Vec<u8>>, what: &str) {
    assert!(a.keys().eq(b.keys()), "{what}: {:?} and {:?}", a.keys(), b.keys());
    let odd: Vec<_> = a.iter().filter(|(name, bytes)| b[*name] != **bytes).map(|(name, _)| name).collect();
    assert!(odd.is_empty(), "{what}: other bytes in {odd:?}");
}

#[test]
fn the_program_itself_writes_what_the_library_writes() {
    let (by_program, by_library) = (campaign("bureau"), campaign("bureau"));
    run_in_process(by_library.path(), 2);
    let program = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_taizhang")).args(arguments).arg(by_program.path()).output();
        output.expect("the program runs")
    };
    let dry = program(&["run", "--dry-run"]);
    assert!(dry.status.success() && !by_program.path().join("输出").exists(), "a dry run writes nothing");
    let done = program(&["run", "--jobs", "2"]);
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    assert!(!done.stdout.is_empty());
    assert_same(&outputs(by_library.path()), &outputs(by_program.path()), "the program");
    assert_eq!(program(&["run", "--fail-on", "error"]).status.code(), Some(1));
}
