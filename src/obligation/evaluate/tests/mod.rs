//! Indicators evaluated on drawn campaigns.

mod amounts;
mod continued;
mod cycles;
mod days;
mod grades;

use super::Verdict;
use crate::obligation::fixture::{Drawn, drawn};

/// Each comparison in short: unit, span, what is missing.
fn told(campaign: &Drawn) -> Vec<String> {
    let (_, obligations) = campaign.settle();
    let tests = obligations.evaluated.tests.iter().map(|test| {
        let verdict = match test.verdict {
            Verdict::Evaluated => "✓".to_owned(),
            Verdict::Short => test.sentence.zh.to_string(),
            Verdict::Unknown | Verdict::Undated => format!("? {}", test.sentence.zh),
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

#[track_caller]
fn check(drawing: &str, expected: &[&str]) {
    assert_eq!(told(&drawn(drawing)), expected, "{drawing}");
}
