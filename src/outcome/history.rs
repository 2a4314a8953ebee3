//! What a run takes from earlier runs, and its own inputs.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

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
    /// Since when it was open.
    pub since: NaiveDate,
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
