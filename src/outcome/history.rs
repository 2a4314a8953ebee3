//! What a run knows of the runs before it, and what it was made of.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

/// How long a fault has stood without a break (contract 8, `since`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chain {
    /// The first day.
    pub since: NaiveDate,
    /// Over how many windows before this one.
    pub windows: u32,
}

/// A fault of an earlier run, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastFault {
    /// Its code.
    pub code: String,
    /// The unit concerned.
    pub unit: Option<String>,
    /// The task concerned, by code.
    pub task: Option<String>,
    /// Where it stood.
    pub place: String,
    /// What it said, in Chinese.
    pub message: String,
    /// Since when it stood.
    pub since: NaiveDate,
}

/// What changed since the run before: the last one of an earlier day of this window, else of the window before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes {
    /// The window of that run.
    pub window: String,
    /// Its day.
    pub day: NaiveDate,
    /// Faults that stand now and never stood before, by position in the issues.
    pub new: Vec<usize>,
    /// Those that stood then and stand still.
    pub standing: Vec<usize>,
    /// Those that had gone by then and have come back.
    pub back: Vec<usize>,
    /// Those that stood then and no longer do.
    pub gone: Vec<PastFault>,
}

/// What decides a run: the moment, and the hashes under which the archive keeps everything else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inputs {
    /// As of when it judges.
    pub as_of: NaiveDateTime,
    /// The division.
    pub division: String,
    /// The settings, all layers applied.
    pub settings: String,
    /// What a person had settled; none when that was nothing.
    #[serde(default)]
    pub rulings: Option<String>,
    /// The municipal office's form.
    pub form: Option<String>,
    /// The register of received files.
    pub register: Option<String>,
    /// The files of the inbox: name, content, time of receipt.
    pub inbox: String,
    /// What the history held when the run began; none when that was nothing.
    pub history: Option<String>,
}
