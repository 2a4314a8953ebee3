//! Reads the history: when files were first found, since when findings exist, the runs and their differences.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveDateTime};
use rusqlite::{OptionalExtension as _, Row, params};

use super::dates::{moment, parsed};
use super::names::Names;
use super::told_apart::Fault;
use super::{History, unusable};
use crate::basis::calendar::Window;
use crate::basis::settings::Settings;
use crate::campaign::intake::{Admission, Incoming, Known};
use crate::campaign::stop::Stop;
use crate::obligation::{NumberedOtherwise, State};
use crate::outcome::{Inputs, PastFault};

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
    /// The message in Chinese.
    pub message: String,
    /// The message in English; none of runs from before that was kept.
    pub english: Option<String>,
    /// The day it was first found.
    pub first: String,
    /// The day it reappeared, if it had been resolved before.
    pub back: Option<String>,
}

/// What differs between two runs, by the ids of findings.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// Faults that stand now and did not then.
    pub new: Vec<String>,
    /// Faults that stand in both.
    pub standing: Vec<String>,
    /// Faults that had been gone then and stand again.
    pub back: Vec<String>,
    /// Faults that no longer stand.
    pub gone: Vec<String>,
}

/// A recorded run.
#[derive(Clone, Debug)]
pub struct PastRun {
    /// Its number.
    pub id: i64,
    /// When it ran, by the machine's clock.
    pub ran: String,
    /// Label of its window.
    pub window: String,
    /// The moment as of which it judged.
    pub as_of: String,
    /// The hash of its division.
    pub division: String,
    /// What it was made of; none of runs from before that was kept.
    pub inputs: Option<Inputs>,
    /// Counts of files and rows by name.
    pub tally: BTreeMap<String, u32>,
    /// Counts of obligations by name.
    pub coverage: BTreeMap<String, u32>,
    /// The numbers of errors, warnings and infos.
    pub counts: [u32; 3],
}

impl History {
    /// Since when each file in the inbox at the last run was there.
    ///
    /// # Errors
    /// [`Stop::Start`] when the history cannot be read.
    pub fn known(&self) -> Result<Known, Stop> {
        let read = || -> rusqlite::Result<Known> {
            let mut rows = self.db.prepare("SELECT hash, name, first FROM files")?;
            let mut rows = rows.query([])?;
            let mut known = Known::default();
            while let Some(row) = rows.next()? {
                known.add(row.get(0)?, row.get(1)?, parsed(row, 2)?);
            }
            Ok(known)
        };
        read().map_err(|error| unusable(&error))
    }

    /// The number of submitted files in the inbox at the latest run of a window; none when there was no run.
    ///
    /// # Errors
    /// [`Stop::Start`] when the history cannot be read.
    pub fn files_last_time(&self, window: &str) -> Result<Option<usize>, Stop> {
        self.db
            .query_row("SELECT sent FROM runs WHERE window = ?1 ORDER BY turn DESC LIMIT 1", [window], |row| {
                row.get::<_, u32>(0)
            })
            .optional()
            .map(|sent| sent.map(|sent| sent as usize))
            .map_err(|error| unusable(&error))
    }

    /// What changed between two runs, given by number, told as the later run tells it itself.
    ///
    /// # Errors
    /// [`Stop::Start`] when the history cannot be read.
    pub fn between(&self, earlier: i64, later: i64) -> Result<Comparison, Stop> {
        let read = || -> rusqlite::Result<Comparison> {
            let ((of, day), (window, _)) = (self.of_run(earlier)?, self.of_run(later)?);
            let names = Names::of_run(&self.db, later)?;
            let before = self.left_by((earlier, day), &of, &window, &names)?;
            let now = self.stood(later)?;
            let waiting = self.waiting(&window, &names)?;
            let waits = |fault: &PastFault| waiting.iter().any(|(unit, task)| fault.is_about(unit, task));
            let apart = before.apart(&window, &now, waits);
            let ids = |list: &[usize]| list.iter().map(|at| now[*at].id.clone()).collect();
            let gone = apart.gone.iter().map(|(id, _)| (*id).to_owned()).collect();
            Ok(Comparison { new: ids(&apart.new), standing: ids(&apart.standing), back: ids(&apart.back), gone })
        };
        read().map_err(|error| unusable(&error))
    }

    /// The faults of a run.
    fn stood(&self, run: i64) -> rusqlite::Result<Vec<Fault>> {
        let mut rows = self.db.prepare(
            "SELECT f.id, thread, s.windows FROM stood s JOIN runs r ON r.id = s.run
             JOIN findings f ON f.window = r.window AND f.id = s.id WHERE s.run = ?1 ORDER BY f.id",
        )?;
        let fault = |row: &Row<'_>| Ok(Fault { id: row.get(0)?, thread: row.get(1)?, windows: row.get(2)? });
        rows.query_map([run], fault)?.collect()
    }

    /// What was not due yet in the latest run of a window: unit and task.
    fn waiting(&self, window: &str, names: &Names<'_>) -> rusqlite::Result<BTreeSet<(String, String)>> {
        let numbering = self.numbering(window)?;
        let mut rows = self.db.prepare("SELECT unit, task FROM obligations WHERE window = ?1 AND state = ?2")?;
        let mut rows = rows.query([window, State::NotDue.name()])?;
        let mut waiting = BTreeSet::new();
        while let Some(row) = rows.next()? {
            let (unit, task): (String, String) = (row.get(0)?, row.get(1)?);
            waiting.extend(names.task(numbering, &task).map(|task| (unit, task.to_owned())));
        }
        Ok(waiting)
    }

    /// What the codes of tasks mean in what the latest run of a window left.
    pub(super) fn numbering(&self, window: &str) -> rusqlite::Result<i64> {
        let latest = "SELECT numbering FROM runs WHERE window = ?1 ORDER BY turn DESC LIMIT 1";
        Ok(self.db.query_row(latest, [window], |row| row.get(0)).optional()?.unwrap_or(0))
    }

    /// The windows before one whose codes meant others than now when they were run last, by label.
    pub(super) fn numbered_otherwise(
        &self,
        window: Window,
        as_of: NaiveDateTime,
        names: &Names<'_>,
    ) -> rusqlite::Result<BTreeMap<String, NumberedOtherwise>> {
        let mut rows = self.db.prepare("SELECT window, numbering, as_of FROM runs WHERE as_of <= ?1 ORDER BY turn")?;
        let mut rows = rows.query([moment(as_of)])?;
        let mut numbered = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let label: String = row.get(0)?;
            if Window::parse(&label, window.cycle).is_some_and(|earlier| earlier.end < window.start) {
                let otherwise = names.renumbered(row.get(1)?).cloned();
                numbered.insert(label, otherwise.map(|codes| (codes, parsed(row, 2))));
            }
        }
        let known = numbered.into_iter().filter_map(|(label, otherwise)| Some((label, otherwise?)));
        known.map(|(label, (codes, until))| Ok((label, NumberedOtherwise { codes, until: until? }))).collect()
    }

    /// The window and the day of a run.
    fn of_run(&self, run: i64) -> rusqlite::Result<(String, NaiveDate)> {
        self.db.query_row("SELECT window, day FROM runs WHERE id = ?1", [run], |row| Ok((row.get(0)?, parsed(row, 1)?)))
    }

    /// All runs in the order in which they ran, the last one last.
    ///
    /// # Errors
    /// [`Stop::Start`] when the history cannot be read.
    pub fn runs(&self) -> Result<Vec<PastRun>, Stop> {
        let read = || -> rusqlite::Result<Vec<PastRun>> {
            let mut rows = self.db.prepare(
                "SELECT id, ran, window, as_of, division, inputs, tally, coverage, errors, warnings, infos FROM runs ORDER BY turn",
            )?;
            let rows = rows.query_map([], |row| {
                let counts = |at| row.get::<_, String>(at).map(|text| serde_json::from_str(&text).unwrap_or_default());
                let inputs: Option<String> = row.get(5)?;
                Ok(PastRun {
                    id: row.get(0)?,
                    ran: row.get(1)?,
                    window: row.get(2)?,
                    as_of: row.get(3)?,
                    division: row.get(4)?,
                    inputs: inputs.and_then(|text| serde_json::from_str(&text).ok()),
                    tally: counts(6)?,
                    coverage: counts(7)?,
                    counts: [row.get(8)?, row.get(9)?, row.get(10)?],
                })
            })?;
            rows.collect()
        };
        read().map_err(|error| unusable(&error))
    }

    /// Counts of a unit's obligations in a run; none when it owed nothing then.
    ///
    /// # Errors
    /// [`Stop::Start`] when the history cannot be read.
    pub fn unit(&self, run: i64, unit: &str) -> Result<Option<BTreeMap<String, u32>>, Stop> {
        let text: Option<String> = self
            .db
            .query_row("SELECT coverage FROM units WHERE run = ?1 AND unit = ?2", params![run, unit], |row| row.get(0))
            .optional()
            .map_err(|error| unusable(&error))?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
    }

    /// A fault of a window by its id.
    ///
    /// # Errors
    /// [`Stop::Start`] when the history cannot be read.
    pub fn finding(&self, window: &str, id: &str) -> Result<Option<PastFinding>, Stop> {
        self.db
            .query_row(
                "SELECT code, unit, task, place, message, min(since), max(since), english FROM findings f
                 JOIN runs r ON r.window = f.window JOIN stood s ON s.run = r.id AND s.id = f.id
                 WHERE f.window = ?1 AND f.id = ?2 GROUP BY f.id",
                params![window, id],
                |row| {
                    Ok(PastFinding {
                        code: row.get(0)?,
                        unit: row.get(1)?,
                        task: row.get(2)?,
                        place: row.get(3)?,
                        message: row.get(4)?,
                        english: row.get(7)?,
                        first: row.get(5)?,
                        back: Some(row.get(6)?)
                            .filter(|day: &String| row.get::<_, String>(5).is_ok_and(|first| first != *day)),
                    })
                },
            )
            .optional()
            .map_err(|error| unusable(&error))
    }

    /// The settings and files of a run from before these were archived.
    ///
    /// # Errors
    /// [`Stop::Start`] when the history cannot be read, or no longer holds them.
    pub fn unarchived(&self, run: i64) -> Result<(Settings, Vec<Incoming>), Stop> {
        let read = || -> rusqlite::Result<(String, Vec<Incoming>)> {
            let settings =
                self.db.query_row("SELECT settings FROM unarchived WHERE run = ?1", [run], |row| row.get(0))?;
            let mut rows = self.db.prepare(
                "SELECT name, hash, size, received, claim, fate, ifnull(first, received) FROM inputs WHERE run = ?1 ORDER BY name",
            )?;
            let rows = rows.query_map([run], |row| {
                let admission: String = row.get(5)?;
                Ok(Incoming {
                    name: row.get(0)?,
                    path: std::path::PathBuf::new(),
                    hash: row.get(1)?,
                    size: row.get::<_, i64>(2)?.unsigned_abs(),
                    received: parsed(row, 3)?,
                    first: parsed(row, 6)?,
                    own: parsed(row, 6)?,
                    claim: row.get(4)?,
                    admission: serde_json::from_str(&admission).unwrap_or(Admission::Read),
                })
            })?;
            Ok((settings, rows.collect::<Result<_, _>>()?))
        };
        let lost =
            || Stop::start("历史中没有保存这次运行的输入，不能重算", "the history does not hold what that run read");
        let (settings, files) = read().map_err(|_| lost())?;
        Ok((serde_json::from_str(&settings).map_err(|_| lost())?, files))
    }
}
