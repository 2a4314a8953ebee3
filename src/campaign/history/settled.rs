//! Results of runs that need not be repeated, because nothing that decides the outputs has changed.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension as _, params};
use serde::{Deserialize, Serialize};

use super::recall::parsed;
use super::{History, unusable};
use crate::campaign::intake::Incoming;
use crate::campaign::open::Opened;
use crate::campaign::stop::Stop;
use crate::campaign::summary::Summary;
use crate::obligation::PriorReports;
use crate::render::Rendered;

/// The table.
pub(super) const TABLE: &str = "CREATE TABLE IF NOT EXISTS settled (
    run    INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
    digest TEXT NOT NULL,
    result TEXT NOT NULL
)";

/// The stored result of a run.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Settled {
    /// Its numbers.
    pub summary: Summary,
    /// Its outputs by path and hash.
    pub outputs: Vec<(String, String)>,
}

impl Settled {
    /// The result of a run to be stored.
    pub fn new(summary: Summary, rendered: &[Rendered]) -> Settled {
        let outputs = rendered.iter().map(|file| (file.path.clone(), crate::campaign::archive::digest(&file.bytes)));
        Settled { summary, outputs: outputs.collect() }
    }
}

impl History {
    /// The digest of everything that determines the outputs of a run: files, division, settings, day, the history, and the
    /// program itself.
    ///
    /// # Errors
    /// [`Stop::Start`] when the history cannot be read.
    pub fn digest(&self, opened: &Opened, incoming: &[Incoming], prior: &PriorReports) -> Result<String, Stop> {
        let mut hasher = blake3::Hasher::new();
        let mut add = |part: &dyn std::fmt::Debug| {
            hasher.update(format!("{part:?}").as_bytes());
            hasher.update(&[0]);
        };
        let program = std::env::current_exe().and_then(std::fs::metadata);
        add(&env!("CARGO_PKG_VERSION"));
        add(&program.map(|meta| (meta.len(), meta.modified().ok())).ok());
        add(&(&opened.settings, opened.window, opened.as_of, &opened.division.hash));
        for file in incoming {
            add(&(&file.name, &file.hash, file.size, file.received, &file.claim, &file.fate));
        }
        add(&prior);
        // only what was found before this day affects the outputs of this day
        add(&self.first_days(opened)?);
        Ok(hasher.finalize().to_hex().to_string())
    }

    fn first_days(&self, opened: &Opened) -> Result<BTreeMap<String, chrono::NaiveDate>, Stop> {
        let read = || -> rusqlite::Result<_> {
            let mut rows = self.db.prepare("SELECT id, first FROM findings WHERE window = ?1 AND first < ?2")?;
            let today = opened.as_of.date().to_string();
            let rows = rows.query_map([opened.window.label(), today], |row| Ok((row.get(0)?, parsed(row, 1)?)))?;
            rows.collect()
        };
        read().map_err(|error| unusable(&error))
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
