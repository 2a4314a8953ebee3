//! When usable reports of a window were first received, even if they were later corrected, saved again, moved or removed.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDateTime;
use rusqlite::{Transaction, params};

use super::recall::parsed;
use super::record::moment;
use super::{History, unusable};
use crate::basis::text::{code_key, name_key};
use crate::basis::{TaskId, UnitId};
use crate::campaign::intake::Incoming;
use crate::campaign::open::Opened;
use crate::campaign::stop::Stop;
use crate::division::Context;
use crate::obligation::content::{self, Content};
use crate::obligation::prior_reports::FirstReports;
use crate::obligation::{FileState, RunFile, SubPeriods};
use crate::outcome::Outcome;

/// The table. `arrived` is never a time of the register, which may be corrected any day; `seen` is the moment of the run
/// that read the report, because a repetition of an earlier run must not know about it.
pub(super) const TABLE: &str = "CREATE TABLE IF NOT EXISTS first_reports (
    window  TEXT NOT NULL,
    period  TEXT NOT NULL,
    task    TEXT NOT NULL,
    unit    TEXT NOT NULL,
    hash    TEXT NOT NULL,
    name    TEXT NOT NULL,
    arrived TEXT NOT NULL,
    seen    TEXT NOT NULL,
    PRIMARY KEY (window, period, task, unit, hash)
) WITHOUT ROWID";

/// Stores when the usable reports of this run were received.
pub(super) fn write(db: &Transaction<'_>, outcome: &Outcome, incoming: &[Incoming]) -> rusqlite::Result<()> {
    let cx = Context {
        settings: &outcome.settings,
        division: &outcome.division,
        window: outcome.window,
        as_of: outcome.as_of,
    };
    let sub_periods = SubPeriods::new(&cx);
    let (window, seen) = (outcome.window.label(), moment(outcome.as_of));
    let mut row = db.prepare_cached(
        "INSERT INTO first_reports VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         ON CONFLICT DO UPDATE SET arrived = min(arrived, excluded.arrived), seen = min(seen, excluded.seen)",
    )?;
    for (file, incoming) in outcome.files.iter().zip(incoming) {
        if !matches!(file.state, FileState::Merged | FileState::Superseded) || file.window != Some(outcome.window) {
            continue;
        }
        for (task, unit, period) in reported(outcome, &sub_periods, file) {
            let (task, unit) = (&outcome.division.task(task).code, &outcome.division.unit(unit).name);
            let Incoming { name, hash, first, .. } = incoming;
            row.execute(params![window, period, task, unit, hash, name, moment(*first), seen])?;
        }
    }
    Ok(())
}

/// The reports in a file: task, unit and label of the period.
fn reported(outcome: &Outcome, sub_periods: &SubPeriods, file: &RunFile) -> BTreeSet<(TaskId, UnitId, String)> {
    let mut all = BTreeSet::new();
    let whole = outcome.window.label();
    let mut nil: Vec<UnitId> = file.unit.filter(|_| content::nil_in_words(file.one()).is_some()).into_iter().collect();
    for entry in file.one().entries().filter(|entry| Content::of(*entry) == Content::Usable) {
        let Some(task) = entry.record.task else {
            if content::is_nil_for_all(entry) {
                nil.extend(entry.units());
            }
            continue;
        };
        let periods: Vec<String> = match sub_periods.of(task) {
            Some(parts) => {
                let reported = sub_periods.reported(task, entry, &outcome.window);
                reported.iter().filter_map(|at| parts.get(*at)).map(|(part, _)| part.label()).collect()
            }
            None => vec![whole.clone()],
        };
        all.extend(periods.iter().flat_map(|period| entry.units().map(move |unit| (task, unit, period.clone()))));
    }
    // a nil report for everything counts for each obligation
    for owed in outcome.obligations.all.iter().filter(|owed| nil.contains(&owed.unit)) {
        all.insert((owed.task, owed.unit, owed.period.label()));
    }
    all
}

impl History {
    /// When reports of this window were first received whose files are no longer in the inbox, or came back later.
    ///
    /// # Errors
    /// [`Stop::Start`] when the history cannot be read.
    pub(super) fn first_reports(&self, opened: &Opened, incoming: &[Incoming]) -> Result<FirstReports, Stop> {
        let division = &opened.division;
        let tasks: BTreeMap<&str, TaskId> =
            division.tasks.iter().enumerate().map(|(at, task)| (&*task.code_key, TaskId(at as u32))).collect();
        let mut here: HashMap<&str, NaiveDateTime> = HashMap::new();
        for file in incoming {
            here.entry(&file.hash).and_modify(|first| *first = (*first).min(file.first)).or_insert(file.first);
        }
        // a line of the register applies to its file as it is now, whatever it contained before
        let registered = |name: &str| incoming.iter().any(|file| file.name == name && file.received != file.first);
        let read = || -> rusqlite::Result<FirstReports> {
            let mut first = FirstReports::new();
            if self.is_old()? {
                return Ok(first);
            }
            let mut rows = self.db.prepare(
                "SELECT period, task, unit, hash, name, arrived FROM first_reports
                 WHERE window = ?1 AND seen <= ?2 AND arrived <= ?2",
            )?;
            let mut rows = rows.query([opened.window.label(), moment(opened.as_of)])?;
            while let Some(row) = rows.next()? {
                let (period, task, unit): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
                let (hash, name): (String, String) = (row.get(3)?, row.get(4)?);
                let arrived = parsed(row, 5)?;
                if here.get(&*hash).is_some_and(|first| *first <= arrived) || registered(&name) {
                    continue;
                }
                let task = tasks.get(&*code_key(&task));
                let (Some(&task), Some(&unit)) = (task, division.roster.names.get(&name_key(&unit))) else { continue };
                let known = first.entry((task, unit, period)).or_insert(arrived);
                *known = (*known).min(arrived);
            }
            Ok(first)
        };
        read().map_err(|error| unusable(&error))
    }
}
