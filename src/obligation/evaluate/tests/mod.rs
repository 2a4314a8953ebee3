//! Indicators evaluated on drawn campaigns.

mod amounts;
mod continued;
mod cycles;
mod days;
mod grades;

use chrono::NaiveDate;

use super::Verdict;
use crate::basis::{TaskId, UnitId};
use crate::ledger::Status;
use crate::obligation::fixture::{Drawn, drawn};
use crate::obligation::{PriorReport, PriorReports, settle};

/// Each comparison in short: unit, span, what is missing.
fn told(campaign: &Drawn) -> Vec<String> {
    told_after(campaign, PriorReports::default())
}

/// As [`told`], with what the history knows.
fn told_after(campaign: &Drawn, prior: PriorReports) -> Vec<String> {
    let (_, obligations) = settle(&campaign.context(), campaign.files.clone(), prior);
    let tests = obligations.evaluated.tests.iter().map(|test| {
        let verdict = match test.verdict {
            Verdict::Evaluated => "✓".to_owned(),
            Verdict::Short => test.sentence.zh.to_string(),
            Verdict::Unknown | Verdict::Undated | Verdict::Away => format!("? {}", test.sentence.zh),
            Verdict::Untold => "told at its cell".to_owned(),
        };
        format!("{} {} {verdict}", campaign.division.unit(test.unit).name, test.span.label())
    });
    let grades = obligations.evaluated.grades.iter().map(|graded| {
        let name = &campaign.division.unit(graded.unit).name;
        format!("{name} {} {}/{} {}", graded.grade, graded.rank, graded.of, graded.sentence.zh).trim_end().to_owned()
    });
    tests.chain(grades).collect()
}

/// A report of the first unit on the first task for the window that ends on a day, whose file is no longer in the inbox.
fn moved_away(end: &str, status: Status) -> PriorReports {
    let end: NaiveDate = end.parse().expect("a day");
    let (received, done) = (end.and_time(chrono::NaiveTime::MIN), status == Status::Done);
    let file = "收件/July.xlsx".to_owned();
    let report = PriorReport { window_end: end, received, day: end, done, status: Some(status), record: None, file };
    PriorReports { reports: [((TaskId(0), UnitId(0)), vec![report])].into(), ..PriorReports::default() }
}

#[track_caller]
fn check(drawing: &str, expected: &[&str]) {
    assert_eq!(told(&drawn(drawing)), expected, "{drawing}");
}
