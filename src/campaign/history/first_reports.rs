//! When usable reports of a window were first received, even if they were later corrected, saved again, moved or removed.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDateTime;
use rusqlite::{Connection, params};

use super::History;
use super::dates::{moment, parsed};
use super::names::Names;
use crate::basis::calendar::{Cycle, Window};
use crate::basis::{TaskId, UnitId};
use crate::campaign::intake::Incoming;
use crate::ledger::content::{self, Content};
use crate::obligation::{FileState, RunFile, SubPeriods, counts_for};
use crate::outcome::Outcome;

/// Keeps when the usable reports of this run arrived.
pub(super) fn write(db: &Connection, outcome: &Outcome, incoming: &[Incoming], numbering: i64) -> rusqlite::Result<()> {
    let sub_periods = SubPeriods::new(&outcome.context());
    let (window, seen) = (outcome.window.label(), moment(outcome.as_of));
    // What came before this run by its clock came then at the latest; what is known better stays, since that may be wrong.
    let mut row = db.prepare_cached(
        "INSERT INTO first_reports VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT DO UPDATE SET numbering = excluded.numbering,
             seen = iif(numbering = excluded.numbering, min(seen, excluded.seen), excluded.seen),
             arrived = iif(numbering <> excluded.numbering, excluded.arrived,
                 iif(excluded.arrived = excluded.seen, arrived, min(arrived, excluded.arrived)))
         WHERE numbering <> excluded.numbering OR excluded.seen < seen
             OR excluded.arrived <> excluded.seen AND excluded.arrived < arrived",
    )?;
    for old in numbered_otherwise(db, &window, numbering, &Names::of(db, &outcome.division)?)? {
        let OldReport { period, task, unit, hash, name, arrived, seen } = old;
        row.execute(params![window, period, task, unit, hash, name, arrived, seen, numbering])?;
    }
    let mut rows = Vec::new();
    let arrived: Vec<String> = incoming.iter().map(|one| moment(one.first)).collect();
    let label = |period: Window| if period == outcome.window { window.clone() } else { period.label() };
    for (file, (incoming, arrived)) in outcome.files.iter().zip(incoming.iter().zip(&arrived)) {
        if !matches!(file.state, FileState::Merged | FileState::Superseded) || file.window != Some(outcome.window) {
            continue;
        }
        for (task, unit, period) in reported(outcome, &sub_periods, file) {
            let (task, unit) = (&outcome.division.task(task).code, &outcome.division.unit(unit).name);
            rows.push((label(period), task, unit, incoming, arrived));
        }
    }
    // In the order of the table, which otherwise turns its pages for each row.
    rows.sort_by(|a, b| (&a.0, a.1, a.2).cmp(&(&b.0, b.1, b.2)));
    for (period, task, unit, Incoming { name, hash, .. }, arrived) in rows {
        row.execute(params![window, period, task, unit, hash, name, arrived, seen, numbering])?;
    }
    Ok(())
}

/// A row that was written down under another numbering, with the code that its task has now.
struct OldReport {
    period: String,
    task: String,
    unit: String,
    hash: String,
    name: String,
    arrived: String,
    seen: String,
}

/// Takes out what was written down of a window under another numbering, to be written anew; what is about a task that is
/// gone stays, until another has its code.
fn numbered_otherwise(
    db: &Connection,
    window: &str,
    numbering: i64,
    names: &Names<'_>,
) -> rusqlite::Result<Vec<OldReport>> {
    let mut rows = db.prepare(
        "SELECT period, task, unit, hash, name, arrived, seen, numbering FROM first_reports
         WHERE window = ?1 AND numbering <> ?2",
    )?;
    let rows = rows.query_map(params![window, numbering], |row| {
        let task: String = row.get(1)?;
        let now = names.task(row.get(7)?, &task).map(str::to_owned);
        let old = |task| -> rusqlite::Result<OldReport> {
            Ok(OldReport {
                period: row.get(0)?,
                task,
                unit: row.get(2)?,
                hash: row.get(3)?,
                name: row.get(4)?,
                arrived: row.get(5)?,
                seen: row.get(6)?,
            })
        };
        Ok((task, now.map(old).transpose()?))
    })?;
    let known: Vec<(String, Option<OldReport>)> = rows.collect::<rusqlite::Result<_>>()?;
    let known: Vec<(String, OldReport)> = known.into_iter().filter_map(|(was, old)| Some((was, old?))).collect();
    let mut gone =
        db.prepare("DELETE FROM first_reports WHERE (window, period, task, unit, hash) = (?1, ?2, ?3, ?4, ?5)")?;
    for (was, old) in &known {
        gone.execute(params![window, old.period, was, old.unit, old.hash])?;
    }
    Ok(known.into_iter().map(|(_, old)| old).collect())
}

/// The reports in a file: task, unit and period.
fn reported(outcome: &Outcome, sub_periods: &SubPeriods, file: &RunFile) -> BTreeSet<(TaskId, UnitId, Window)> {
    let mut all = BTreeSet::new();
    let mut nil: Vec<UnitId> = content::nil_in_words(file.one()).filter_map(|nil| nil.unit).collect();
    for entry in file.one().entries().filter(|entry| Content::of(*entry) == Content::Usable) {
        let Some(task) = entry.record.task else {
            if content::is_nil_for_all(entry) {
                nil.extend(entry.units());
            }
            continue;
        };
        for unit in entry.units() {
            let terms = outcome.division.task(task).terms(unit);
            let periods: Vec<Window> = match sub_periods.of(terms) {
                Some(parts) => {
                    let reported = sub_periods.reported(terms, entry, &outcome.window);
                    reported.iter().filter_map(|at| parts.get(*at)).map(|(part, _)| *part).collect()
                }
                None => vec![counts_for(terms, outcome.window)],
            };
            all.extend(periods.into_iter().map(|period| (task, unit, period)));
        }
    }
    // a nil report for everything counts for each obligation
    let owing = if nil.is_empty() { &[] } else { outcome.obligations.all.as_slice() };
    for owed in owing.iter().filter(|owed| nil.contains(&owed.unit)) {
        all.insert((owed.task, owed.unit, owed.period));
    }
    all
}

impl History {
    /// When reports of this window, or of a longer period that ends in it, first came whose contents are no longer in the
    /// inbox, or came back to it later: task, unit, period, moment.
    pub(super) fn first_reports(
        &self,
        window: Window,
        as_of: NaiveDateTime,
        incoming: &[Incoming],
        names: &Names<'_>,
    ) -> rusqlite::Result<Vec<(String, String, String, NaiveDateTime)>> {
        let mut here: HashMap<&str, NaiveDateTime> = HashMap::new();
        for file in incoming {
            here.entry(&file.hash).and_modify(|first| *first = (*first).min(file.first)).or_insert(file.first);
        }
        // A line of the register counts for its file as it stands now, whatever was in the file before.
        let registered: BTreeSet<&str> =
            incoming.iter().filter(|file| file.received != file.first).map(|file| &*file.name).collect();
        let mut rows = self.db.prepare(
            "SELECT task, unit, period, hash, name, arrived, numbering FROM first_reports
             WHERE (window = ?1 OR period IN (SELECT value FROM json_each(?3))) AND seen <= ?2 AND arrived <= ?2",
        )?;
        let longer = Cycle::ALL.into_iter().filter(|cycle| *cycle > window.cycle);
        let longer: Vec<String> = longer.flat_map(|cycle| window.parts(cycle)).map(|period| period.label()).collect();
        let mut rows = rows.query([window.label(), moment(as_of), serde_json::json!(longer).to_string()])?;
        let mut first: BTreeMap<(String, String, String), NaiveDateTime> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let (hash, name): (String, String) = (row.get(3)?, row.get(4)?);
            let arrived = parsed(row, 5)?;
            if here.get(&*hash).is_some_and(|first| *first <= arrived) || registered.contains(&*name) {
                continue;
            }
            let task: String = row.get(0)?;
            let Some(task) = names.task(row.get(6)?, &task) else { continue };
            let known = first.entry((task.to_owned(), row.get(1)?, row.get(2)?)).or_insert(arrived);
            *known = (*known).min(arrived);
        }
        Ok(first.into_iter().map(|((task, unit, period), arrived)| (task, unit, period, arrived)).collect())
    }
}
