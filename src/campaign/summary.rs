//! The numbers of a run, as printed on the screen and stored for runs without changes.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use crate::basis::Lang;
use crate::basis::finding::Severity;
use crate::obligation::Coverage;
use crate::outcome::merge::Tally;
use crate::outcome::{Changes, Figures, Outcome};

/// A run in numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// The title printed on the outputs.
    pub title: String,
    /// The label of the window and its first and last day.
    pub window: (String, NaiveDate, NaiveDate),
    /// When submissions were due.
    pub due: NaiveDateTime,
    /// The moment as of which it was judged.
    pub as_of: NaiveDateTime,
    /// The language of reports.
    pub lang: Lang,
    /// The counts of files and rows.
    pub tally: Tally,
    /// The counts of obligations.
    pub coverage: Coverage,
    /// The numbers of findings by severity.
    pub findings: Vec<(Severity, u32)>,
    /// The number of warnings that units explained.
    #[serde(default)]
    pub answered: u32,
    /// What a person could settle.
    #[serde(default)]
    pub doubts: u32,
    /// Units with missing items or errors, worst first.
    pub units: Vec<UnitGaps>,
    /// What changed since the run before.
    #[serde(default)]
    pub changes: Option<ChangeCounts>,
}

/// What changed since the run before, in numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeCounts {
    /// The window of that run.
    pub window: String,
    /// Its day.
    pub day: NaiveDate,
    /// Faults that are new.
    pub new: usize,
    /// Faults that stand still.
    pub standing: usize,
    /// Faults that are gone.
    pub gone: usize,
    /// Faults that have come back.
    pub back: usize,
}

impl ChangeCounts {
    fn of(changes: &Changes) -> ChangeCounts {
        ChangeCounts {
            window: changes.window.clone(),
            day: changes.day,
            new: changes.new.len(),
            standing: changes.standing.len(),
            gone: changes.gone.len(),
            back: changes.back.len(),
        }
    }

    /// In words: 比 2014-09-06：新增 3，仍未消除 12，消除 2，再次出现 1.
    pub fn said(&self, window: &str, lang: Lang) -> String {
        let ChangeCounts { day, new, standing, gone, back, .. } = self;
        let than = if self.window == window { day.to_string() } else { format!("{}（{day}）", self.window) };
        lang.pick(
            format!("比 {than}：新增问题 {new}，仍未消除 {standing}，已消除 {gone}，再次出现 {back}"),
            format!("since {than}: {new} new findings, {standing} still open, {gone} gone, {back} come back"),
        )
    }
}

/// A unit with missing items or errors.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitGaps {
    /// Its name.
    pub name: String,
    /// Its obligations.
    pub coverage: Coverage,
    /// The number of its errors.
    pub errors: u32,
}

impl Summary {
    /// Computes the numbers of a run.
    pub fn of(outcome: &Outcome) -> Summary {
        let count = |severity| {
            outcome.issues.iter().filter(|issue| issue.severity == severity && issue.counts()).count() as u32
        };
        let severities = [Severity::Error, Severity::Warning, Severity::Info];
        let open = |c: &Coverage| c.missing + c.blank + c.unusable;
        let units = Figures::of(outcome).units;
        let units = units.iter().rev().filter(|unit| open(&unit.coverage) > 0 || unit.errors > 0);
        Summary {
            title: outcome.settings.title.clone(),
            window: (outcome.window.label(), outcome.window.start, outcome.window.end),
            due: outcome.due,
            as_of: outcome.as_of,
            lang: outcome.settings.lang,
            tally: outcome.tally,
            coverage: outcome.coverage,
            answered: outcome.issues.iter().filter(|issue| issue.answer.is_some()).count() as u32,
            doubts: outcome.doubts.len() as u32,
            findings: severities.map(|severity| (severity, count(severity))).into(),
            units: units
                .map(|unit| UnitGaps {
                    name: outcome.division.unit(unit.key).name.clone(),
                    coverage: unit.coverage,
                    errors: unit.errors,
                })
                .collect(),
            changes: outcome.changes.as_ref().map(ChangeCounts::of),
        }
    }

    /// The number of findings with this severity.
    pub fn count(&self, severity: Severity) -> u32 {
        self.findings.iter().find(|(one, _)| *one == severity).map_or(0, |(_, count)| *count)
    }

    /// The severities of the findings that need action; explained warnings do not.
    pub fn severities(&self) -> impl Iterator<Item = Severity> {
        let open = |(severity, count): &&(Severity, u32)| match severity {
            Severity::Warning => *count > self.answered,
            _ => *count > 0,
        };
        self.findings.iter().filter(open).map(|(severity, _)| *severity)
    }
}
