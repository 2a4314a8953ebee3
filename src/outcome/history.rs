//! What a run takes from earlier runs, and its own inputs.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use crate::basis::Lang;

/// How long a finding has been open without a break (contract 8, `since`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chain {
    /// The first day.
    pub since: NaiveDate,
    /// The number of windows before this one.
    pub windows: u32,
}

/// A finding of an earlier run, as text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastFault {
    /// The code of its kind: D402.
    pub code: String,
    /// The unit concerned.
    pub unit: Option<String>,
    /// The task concerned, by code.
    pub task: Option<String>,
    /// Its place: `file!sheet!cell`, as far as known.
    pub place: String,
    /// The message in Chinese.
    pub message: String,
    /// The message in English; none of runs from before that was kept.
    #[serde(default)]
    pub english: Option<String>,
    /// Since when it was open.
    pub since: NaiveDate,
}

impl PastFault {
    /// The message in a language, as far as it was kept.
    pub fn message(&self, lang: Lang) -> &str {
        lang.pick(&self.message, self.english.as_ref().unwrap_or(&self.message))
    }

    /// Whether it is about what a unit owes on a task, or on any.
    pub fn is_about(&self, unit: &str, task: &str) -> bool {
        self.unit.as_deref() == Some(unit) && self.task.as_deref().is_none_or(|own| own == task)
    }
}

/// What changed since the previous run: the last one of an earlier day of this window, else of the window before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes {
    /// The window of that run.
    pub window: String,
    /// The day of that run.
    pub day: NaiveDate,
    /// New findings, by position in the issues.
    pub new: Vec<usize>,
    /// Findings that are still open.
    pub standing: Vec<usize>,
    /// Findings that were gone and have come back.
    pub back: Vec<usize>,
    /// Findings that are gone.
    pub gone: Vec<PastFault>,
    /// Findings of which nothing is known, since this machine did not read a file: they stand as they stood.
    pub unjudged: Vec<Unjudged>,
}

/// A finding of the previous run that this one could not judge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unjudged {
    /// Its id in that run.
    pub id: String,
    /// The finding.
    pub fault: PastFault,
    /// How long it has been open.
    pub stands: Chain,
}

/// The inputs of a run: the moment, and the hashes of everything else in the archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inputs {
    /// The moment as of which the run judges.
    pub as_of: NaiveDateTime,
    /// The hash of the division.
    pub division: String,
    /// The settings, all layers applied.
    pub settings: String,
    /// The rulings; none if there were none.
    #[serde(default)]
    pub rulings: Option<String>,
    /// The municipal office's form.
    pub form: Option<String>,
    /// The register of received files.
    pub register: Option<String>,
    /// The files of the inbox: name, content, time of receipt.
    pub inbox: String,
    /// The history at the beginning of the run; none if it was empty.
    pub history: Option<String>,
}
