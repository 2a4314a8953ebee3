//! Results of runs that need not be repeated, because nothing that decides the outputs has changed.

use chrono::NaiveDateTime;
use rusqlite::{OptionalExtension as _, params};
use serde::{Deserialize, Serialize};

use super::dates::{moment, parsed};
use super::{History, unusable};
use crate::basis::calendar::Window;
use crate::campaign::opened::Opened;
use crate::campaign::stop::Stop;
use crate::campaign::summary::Summary;
use crate::outcome::{Outcome, next_change};

/// What a settled run came to.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Settled {
    /// Its numbers.
    pub summary: Summary,
    /// Its outputs by path and hash.
    pub outputs: Vec<(String, String)>,
    /// The next moment at which time alone changes it.
    #[serde(default)]
    pub until: Option<NaiveDateTime>,
}

impl Settled {
    /// What is remembered of a run with these outputs.
    pub fn new(outcome: &Outcome, outputs: Vec<(String, String)>) -> Settled {
        Settled { summary: Summary::of(outcome), outputs, until: next_change(outcome) }
    }
}

impl History {
    /// The moment of the run that ran last for a window; none when there was none.
    ///
    /// # Errors
    /// [`Stop::Start`] when the history cannot be read.
    pub fn last_moment(&self, window: Window) -> Result<Option<NaiveDateTime>, Stop> {
        self.db
            .query_row("SELECT as_of FROM runs WHERE window = ?1 ORDER BY turn DESC LIMIT 1", [window.label()], |row| {
                parsed(row, 0)
            })
            .optional()
            .map_err(|error| unusable(&error))
    }

    /// Notes that a run stands that was made as of this moment: it is the last one again, though others ran since.
    ///
    /// # Errors
    /// [`Stop::Start`] when the history cannot be written.
    pub fn stands(&self, window: Window, as_of: NaiveDateTime, ran: NaiveDateTime) -> Result<(), Stop> {
        let again = "UPDATE runs SET turn = (SELECT max(turn) + 1 FROM runs), ran = ?3 WHERE window = ?1 AND day = ?2";
        let day = as_of.date().to_string();
        let noted = self.db.execute(again, params![window.label(), day, moment(ran)]);
        noted.map(drop).map_err(|error| unusable(&error))
    }

    /// The stored result for this window and day, if the digest is the same.
    ///
    /// # Errors
    /// [`Stop::Start`] when the history cannot be read.
    pub fn settled(&self, opened: &Opened, digest: &str) -> Result<Option<Settled>, Stop> {
        let text: Option<String> = self
            .db
            .query_row(
                "SELECT result FROM settled JOIN runs ON id = run WHERE window = ?1 AND day = ?2 AND digest = ?3",
                params![opened.window.label(), opened.as_of.date().to_string(), digest],
                |row| row.get(0),
            )
            .optional()
            .map_err(|error| unusable(&error))?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
    }
}
