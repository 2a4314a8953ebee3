//! The gallery: for each code a small campaign in `samples/findings/<code>-<name>/case.txt` that raises it, with a good
//! neighbour that does not. Each is built into real files and goes the whole road.
//!
//! ```text
//! # what the case shows
//! as-of: 2014-09-06T18:00            the default; `window: 2014-08` likewise
//! set: due_soon = 5                  a line of taizhang.toml
//! head: 任务编号 | 工作任务 | 责任单位   the division (`sheet: 任务分工` is understood), in the notation of the builder
//! '1-1 | 广告整治 | 综合科            <- P501
//! --- 综合科.xlsx 2014-09-03 10:00    <- D402 1-2     a file of the inbox: name and time of receipt
//! --- 后勤中心.xlsx = cut              a file that text cannot show: `= builder`
//! --- 人工认定.xlsx                    what a person has settled, beside the division
//! ```
//!
//! A mark names the code, and if it matters the cell (`@C4`) or column (`@C`), the severity, the task or the unit. The
//! findings of the case's own code must be exactly those marked; marks of other codes must be among what is found.

mod case;
mod made;

use case::{Case, Mark};
use taizhang::basis::Lang;
use taizhang::basis::finding::{Finding, Severity};
use taizhang::basis::place::{Source, SourceId, column_letters};
use taizhang::campaign::archive::Archive;
use taizhang::campaign::gather::Silent;
use taizhang::campaign::intake::Unpacked;
use taizhang::campaign::readers::{InProcess, Readers, refused};
use taizhang::campaign::{RunRequest, disk::RealDisk};
use taizhang::check::KINDS;
use taizhang::check::support::{phrase, refusal};
use taizhang::division::{Context, Division};
use taizhang::ledger::FileReading;
use taizhang::read::{Refusal, Workbook};

use crate::build::root;

/// A finding with the names that marks go by.
struct Found {
    code: &'static str,
    severity: Severity,
    /// Line of the case, when it stands on one.
    line: Option<usize>,
    area: Option<String>,
    column: Option<String>,
    task: Option<String>,
    unit: Option<String>,
    message: String,
    /// Whether a ruling lets it count no more.
    ruled: bool,
}

#[test]
fn every_case_raises_its_code_and_nothing_else_of_it() {
    let mut failures = Vec::new();
    for case in cases() {
        let found = found(&case);
        assert!(case.marks.iter().any(|mark| mark.code == case.code), "{}: no mark of its own code", case.name);
        failures.extend(compare(&case, &found));
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// What a person rules: the findings marked in a sample are gone, or stand with the ruling, and nothing else changes.
#[test]
fn every_kind_of_ruling_has_a_sample_that_it_settles() {
    let folder = root().join("samples/rulings");
    let mut kinds = 0;
    let mut failures = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the samples") {
        let folder = entry.expect("readable").path();
        let case = Case::load(&folder);
        let after = found(&case);
        let before = found(&Case::load(&folder).unruled());
        kinds += 1;
        let same = |a: &Found, b: &Found| {
            (a.code, a.line, &a.area, &a.task, &a.unit) == (b.code, b.line, &b.area, &b.task, &b.unit)
        };
        let open = |one: &&Found| after.iter().any(|other| same(one, other) && !other.ruled);
        let settled: Vec<&Found> = before.iter().filter(|one| !open(one)).collect();
        let new: Vec<&Found> = after.iter().filter(|one| !before.iter().any(|other| same(one, other))).collect();
        let met = |mark: &&Mark| settled.iter().any(|found| fits(mark, found));
        let unmet: Vec<&Mark> = case.marks.iter().filter(|mark| !met(mark)).collect();
        if !unmet.is_empty() || settled.len() != case.marks.len() || !new.is_empty() {
            let shown = |all: &[&Found]| all.iter().map(|f| format!("{} {}", f.code, f.message)).collect::<Vec<_>>();
            failures.push(format!("{}: {unmet:?} settled {:?} new {:?}", case.name, shown(&settled), shown(&new)));
        }
    }
    assert_eq!(kinds, taizhang::ruling::RulingKind::ALL.len());
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_case_is_named_after_its_kind() {
    let cases = cases();
    assert!(!cases.is_empty(), "there is a gallery");
    for case in cases {
        let kind = KINDS.iter().find(|kind| kind.code == case.code);
        let kind = kind.unwrap_or_else(|| panic!("{}: there is no such code", case.name));
        assert_eq!(case.name, format!("{}-{}", kind.code.to_lowercase(), kind.name));
    }
}

/// The cases in the order of their codes.
fn cases() -> Vec<Case> {
    let folder = root().join("samples/findings");
    let mut cases: Vec<Case> = std::fs::read_dir(folder)
        .expect("the gallery")
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.join("case.txt").is_file())
        .map(|path| Case::load(&path))
        .collect();
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    cases
}

/// What is found in a case.
fn found(case: &Case) -> Vec<Found> {
    if case.code.starts_with("P5") && !case.is_ruled() {
        let division = case.division();
        return division.findings.0.iter().map(|finding| told(case, &division, finding, None)).collect();
    }
    let folder = tempfile::tempdir().expect("a folder");
    case.build(folder.path());
    let request = RunRequest { root: folder.path().to_path_buf(), dry_run: true, ..RunRequest::default() };
    let outcome = taizhang::campaign::run(&request, &Stopping, &Silent, &RealDisk)
        .unwrap_or_else(|stop| panic!("{}: {stop:?}", case.name));
    let report = outcome.outcome.as_ref().expect("a first run");
    for why in report.files.iter().filter_map(refusal::reason) {
        crate::chinese::assert_chinese(&why.zh, &case.name);
    }
    let told = report.issues.iter().map(|issue| {
        let file = report.name(issue.finding.place).file;
        let file = Some(&*file).filter(|_| issue.finding.place.source != SourceId::DIVISION);
        told(case, &report.division, &issue.finding, file)
    });
    told.collect()
}

fn told(case: &Case, division: &Division, finding: &Finding, file: Option<&str>) -> Found {
    for lang in [Lang::Zh, Lang::En] {
        for text in [phrase::message(finding, lang, division), phrase::advice(finding, lang, division)] {
            assert!(!text.trim().is_empty() && !text.contains(['{', '[']), "{}: {text:?}", finding.kind.code);
        }
    }
    crate::chinese::assert_finding(finding, division);
    let place = finding.place;
    Found {
        code: finding.kind.code,
        severity: finding.severity,
        line: case.line(file, place.sheet, place.area.map(|area| area.top)),
        area: place.area.map(|area| area.to_string()),
        column: place.area.map(|area| column_letters(area.left)),
        task: finding.task.map(|task| division.task(task).code.clone()),
        unit: finding.unit.map(|unit| division.unit(unit).name.clone()),
        message: phrase::message(finding, Lang::Zh, division),
        ruled: finding.ruling.is_some(),
    }
}

/// Where what was found differs from the marks.
fn compare(case: &Case, found: &[Found]) -> Vec<String> {
    let mut open: Vec<&Found> = found.iter().collect();
    let mut failures = Vec::new();
    for mark in &case.marks {
        match open.iter().position(|found| fits(mark, found)) {
            Some(met) => drop(open.remove(met)),
            None => failures.push(format!("{}: marked, not found: {mark:?}", case.name)),
        }
    }
    let own = open.iter().filter(|found| found.code == case.code);
    failures.extend(
        own.map(|f| format!("{}: found, not marked: line {:?} {:?}: {}", case.name, f.line, f.area, f.message)),
    );
    if !failures.is_empty() {
        failures.extend(found.iter().map(|f| format!("    {} line {:?} {:?}: {}", f.code, f.line, f.area, f.message)));
    }
    failures
}

fn fits(mark: &Mark, found: &Found) -> bool {
    mark.code == found.code
        && Some(mark.line) == found.line
        && mark.severity.is_none_or(|severity| severity == found.severity)
        && mark.at.as_ref().is_none_or(|at| found.area.as_ref() == Some(at) || found.column.as_ref() == Some(at))
        && mark.names.iter().all(|name| Some(name) == found.task.as_ref() || Some(name) == found.unit.as_ref())
}

/// Reads in this process, and stops on files that say so: what a worker that crashed comes to.
struct Stopping;

impl Readers for Stopping {
    fn workbook(&self, file: &std::path::Path, name: &str) -> Result<Workbook, Refusal> {
        InProcess.workbook(file, name)
    }

    fn unpack(&self, file: &std::path::Path, name: &str, archive: &Archive) -> Result<Option<Vec<Unpacked>>, Refusal> {
        InProcess.unpack(file, name, archive)
    }

    fn plan(&self, file: &std::path::Path, name: &str) -> Result<taizhang::draft::Draft, Refusal> {
        InProcess.plan(file, name)
    }

    fn appearance(
        &self,
        file: &std::path::Path,
        name: &str,
    ) -> Result<Option<taizhang::read::BookAppearance>, Refusal> {
        InProcess.appearance(file, name)
    }

    fn health(&self, file: &std::path::Path, name: &str) -> Result<taizhang::read::Health, Refusal> {
        InProcess.health(file, name)
    }

    fn marked(
        &self,
        file: &std::path::Path,
        name: &str,
        order: &taizhang::render::returned::CopyOrder,
    ) -> Result<Option<Vec<u8>>, Refusal> {
        InProcess.marked(file, name, order)
    }

    fn take_in(
        &self,
        file: &std::path::Path,
        source: &Source,
        cx: &Context<'_>,
    ) -> (FileReading, taizhang::basis::finding::Findings) {
        if std::fs::read(file).is_ok_and(|bytes| bytes == made::STOPS) {
            return refused(Refusal::Stopped("the worker ended".into()), source, cx);
        }
        InProcess.take_in(file, source, cx)
    }
}
