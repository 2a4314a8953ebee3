//! Reads the history: when files were first found, since when findings exist, the runs and their differences.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rusqlite::{OptionalExtension as _, params};

use super::{History, unusable};
use crate::basis::settings::Settings;
use crate::campaign::intake::{Fate, Incoming, Known};
use crate::campaign::stop::Stop;
use crate::outcome::Outcome;

/// A finding in the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastFinding {
    /// Its code.
    pub code: String,
    /// The unit it concerns.
    pub unit: Option<String>,
    /// The code of the task it concerns.
    pub task: Option<String>,
    /// The place.
    pub place: String,
    /// The message.
    pub message: String,
    /// The day it was first found.
    pub first: String,
    /// The day it reappeared, if it had been resolved before.
    pub back: Option<String>,
}

/// The differences between two runs of a window.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// The day of the earlier run, if there is one.
    pub since: Option<String>,
    /// The ids of findings that are new.
    pub new: Vec<String>,
    /// The ids of findings that no longer exist.
    pub gone: Vec<String>,
}

/// A recorded run.
#[derive(Clone, Debug)]
pub struct PastRun {
    /// Its number.
    pub id: i64,
    /// The label of its window.
    pub window: String,
    /// The moment as of which it judged.
    pub as_of: String,
    /// The hash of its division.
    pub division: String,
    /// Counts of files and rows by name.
    pub tally: BTreeMap<String, u32>,
    /// Counts of obligations by name.
    pub coverage: BTreeMap<String, u32>,
    /// The numbers of errors, warnings and infos.
    pub counts: [u32; 3],
}

impl History {
    /// Since when each file in the inbox at the last run was there, by hash, whatever its name.
    ///
    /// # Errors
    /// [`Stop::Start`] when the history cannot be read.
    pub fn known(&self) -> Result<Known, Stop> {
        let read = || -> rusqlite::Result<Known> {
            let mut rows = self.db.prepare("SELECT hash, min(first) FROM files GROUP BY hash")?;
            let rows = rows.query_map([], |row| Ok((row.get(0)?, parsed(row, 1)?)))?;
            rows.collect()
        };
        read().map_err(|error| unusable(&error))
    }

    /// The number of submitted files in the inbox at the latest run of a window; none when there was no run.
    ///
    /// # Errors
    /// [`Stop::Start`] when the history cannot be read.
    pub fn files_last_time(&self, window: &str) -> Result<Option<usize>, Stop> {
        let read = || -> rusqlite::Result<Option<usize>> {
            let run: Option<i64> = self
                .db
                .query_row("SELECT id FROM runs WHERE window = ?1 ORDER BY as_of DESC LIMIT 1", [window], |row| {
                    row.get(0)
                })
                .optional()?;
            let Some(run) = run else { return Ok(None) };
            let mut fates = self.db.prepare("SELECT fate FROM inputs WHERE run = ?1")?;
            let fates = fates.query_map([run], |row| row.get::<_, String>(0))?;
            let sent = |fate: &String| !matches!(serde_json::from_str(fate), Ok(Fate::Ignored(_)));
            Ok(Some(fates.collect::<rusqlite::Result<Vec<_>>>()?.iter().filter(|fate| sent(fate)).count()))
        };
        read().map_err(|error| unusable(&error))
    }

    /// Sets for every issue the day it was first found.
    ///
    /// # Errors
    /// [`Stop::Start`] when the history cannot be read.
    pub fn date(&self, outcome: &mut Outcome) -> Result<(), Stop> {
        let today = outcome.as_of.date();
        let read = || -> rusqlite::Result<BTreeMap<String, NaiveDate>> {
            let mut rows = self.db.prepare("SELECT id, first FROM findings WHERE window = ?1")?;
            let rows = rows.query_map([outcome.window.label()], |row| Ok((row.get(0)?, parsed(row, 1)?)))?;
            rows.collect()
        };
        let first = read().map_err(|error| unusable(&error))?;
        for issue in &mut outcome.issues {
            issue.since = Some(first.get(&issue.id).map_or(today, |&first| first.min(today)));
        }
        Ok(())
    }

    /// What changed between the latest run of this window on an earlier day and the run on this day.
    ///
    /// # Errors
    /// [`Stop::Start`] when the history cannot be read.
    pub fn changes(&self, window: &str, day: NaiveDate) -> Result<Changes, Stop> {
        let day = day.to_string();
        let find = |sql: &str| {
            let row = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?));
            self.db.query_row(sql, params![window, day], row).optional()
        };
        let read = || -> rusqlite::Result<Changes> {
            let earlier = find("SELECT id, day FROM runs WHERE window = ?1 AND day < ?2 ORDER BY day DESC LIMIT 1")?;
            let this = find("SELECT id, day FROM runs WHERE window = ?1 AND day = ?2")?;
            let (Some((earlier, day)), Some((this, _))) = (earlier, this) else { return Ok(Changes::default()) };
            Ok(difference(Some(day), &self.stood(earlier)?, &self.stood(this)?))
        };
        read().map_err(|error| unusable(&error))
    }

    /// What changed between two runs, given by number.
    ///
    /// # Errors
    /// [`Stop::Start`] when the history cannot be read.
    pub fn between(&self, earlier: i64, later: i64) -> Result<Changes, Stop> {
        let read = || Ok(difference(None, &self.stood(earlier)?, &self.stood(later)?));
        read().map_err(|error: rusqlite::Error| unusable(&error))
    }

    fn stood(&self, run: i64) -> rusqlite::Result<BTreeSet<String>> {
        let mut rows = self.db.prepare("SELECT id FROM stood WHERE run = ?1")?;
        let rows = rows.query_map([run], |row| row.get(0))?;
        rows.collect()
    }

    /// All runs, latest last.
    ///
    /// # Errors
    /// [`Stop::Start`] when the history cannot be read.
    pub fn runs(&self) -> Result<Vec<PastRun>, Stop> {
        let read = || -> rusqlite::Result<Vec<PastRun>> {
            let mut rows = self.db.prepare(
                "SELECT id, window, as_of, division, tally, coverage, errors, warnings, infos FROM runs ORDER BY as_of, window",
            )?;
            let rows = rows.query_map([], |row| {
                let counts = |at| row.get::<_, String>(at).map(|text| serde_json::from_str(&text).unwrap_or_default());
                Ok(PastRun {
                    id: row.get(0)?,
                    window: row.get(1)?,
                    as_of: row.get(2)?,
                    division: row.get(3)?,
                    tally: counts(4)?,
                    coverage: counts(5)?,
                    counts: [row.get(6)?, row.get(7)?, row.get(8)?],
                })
            })?;
            rows.collect()
        };
        read().map_err(|error| unusable(&error))
    }

    /// A finding of a window by id.
    ///
    /// # Errors
    /// [`Stop::Start`] when the history cannot be read.
    pub fn finding(&self, window: &str, id: &str) -> Result<Option<PastFinding>, Stop> {
        self.db
            .query_row(
                "SELECT code, unit, task, place, message, first, back FROM findings WHERE window = ?1 AND id = ?2",
                params![window, id],
                |row| {
                    Ok(PastFinding {
                        code: row.get(0)?,
                        unit: row.get(1)?,
                        task: row.get(2)?,
                        place: row.get(3)?,
                        message: row.get(4)?,
                        first: row.get(5)?,
                        back: row.get(6)?,
                    })
                },
            )
            .optional()
            .map_err(|error| unusable(&error))
    }

    /// The settings and files of a run, to repeat it.
    ///
    /// # Errors
    /// [`Stop::Start`] when the history cannot be read.
    pub fn inputs(&self, run: i64) -> Result<(Settings, Vec<Incoming>), Stop> {
        let read = || -> rusqlite::Result<(Option<Settings>, Vec<Incoming>)> {
            let settings: String =
                self.db.query_row("SELECT settings FROM runs WHERE id = ?1", [run], |row| row.get(0))?;
            let first = if self.is_old()? { "NULL" } else { "first" };
            let mut rows = self.db.prepare(&format!(
                "SELECT name, hash, size, received, claim, fate, {first} FROM inputs WHERE run = ?1 ORDER BY name"
            ))?;
            let rows = rows.query_map([run], |row| {
                let received = parsed(row, 3)?;
                let fate: String = row.get(5)?;
                Ok(Incoming {
                    name: row.get(0)?,
                    path: std::path::PathBuf::new(),
                    hash: row.get(1)?,
                    size: row.get::<_, i64>(2)?.unsigned_abs(),
                    received,
                    first: row.get::<_, Option<String>>(6)?.map_or(Ok(received), |_| parsed(row, 6))?,
                    claim: row.get(4)?,
                    fate: serde_json::from_str(&fate).unwrap_or(Fate::Read),
                })
            })?;
            Ok((serde_json::from_str(&settings).ok(), rows.collect::<Result<_, _>>()?))
        };
        let (settings, inputs) = read().map_err(|error| unusable(&error))?;
        let settings = settings.ok_or_else(|| {
            Stop::start("历史中的设置由另一版本写成，不能重算", "the recorded settings are of another version")
        })?;
        Ok((settings, inputs))
    }
}

fn difference(since: Option<String>, then: &BTreeSet<String>, now: &BTreeSet<String>) -> Changes {
    Changes { since, new: now.difference(then).cloned().collect(), gone: then.difference(now).cloned().collect() }
}

/// Reads a day or moment stored as ISO text.
pub(super) fn parsed<T>(row: &rusqlite::Row<'_>, at: usize) -> rusqlite::Result<T>
where
    T: std::str::FromStr,
    T::Err: std::error::Error + Send + Sync + 'static,
{
    let text: String = row.get(at)?;
    text.parse()
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(at, rusqlite::types::Type::Text, Box::new(error)))
}
