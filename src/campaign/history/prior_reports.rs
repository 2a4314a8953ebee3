//! What earlier windows reported, for the windows after them: the files themselves may have left the inbox. Every report
//! on every task is kept, also where the task was not owed in the window it came in: a quarterly report handed in in
//! January, a one-off task done in February.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;
use hashbrown::HashMap;
use rusqlite::{Connection, params};

use super::History;
use super::dates::{moment, parsed};
use super::names::Names;
use super::remembered::PastReport;
use crate::basis::calendar::Window;
use crate::basis::place::SourceId;
use crate::basis::{TaskId, UnitId};
use crate::campaign::intake::Incoming;
use crate::ledger::{Entry, content::Content};
use crate::obligation::{Coverage, Obligation, PriorReport, RunFile};
use crate::outcome::Outcome;

/// Keeps what the files of this run report last on each task, those of other windows too. What a file reported before it
/// was corrected in place is forgotten; what a file reported that is no longer there stays.
pub(super) fn write(
    db: &Connection,
    outcome: &Outcome,
    incoming: &[Incoming],
    (run, numbering): (i64, i64),
) -> rusqlite::Result<()> {
    let mut row = db.prepare_cached(
        "INSERT INTO reports VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
         ON CONFLICT DO UPDATE SET \"end\" = excluded.\"end\", name = excluded.name, received = excluded.received,
             done = excluded.done, status = excluded.status, seen = min(seen, excluded.seen), run = excluded.run,
             numbering = excluded.numbering
         WHERE excluded.seen < seen OR (\"end\", name, received, done, status, run, numbering)
             IS NOT (excluded.\"end\", excluded.name, excluded.received, excluded.done, excluded.status, excluded.run,
             excluded.numbering)",
    )?;
    db.execute_batch(
        "CREATE TEMP TABLE told (hash TEXT NOT NULL, name TEXT NOT NULL, window TEXT NOT NULL);
         CREATE INDEX told_hash ON told (hash); CREATE INDEX told_name ON told (name, window);",
    )?;
    let mut told = db.prepare_cached("INSERT INTO told VALUES (?1, ?2, ?3)")?;
    let seen = moment(outcome.as_of);
    let nil = nil_reports(outcome);
    let (mut rows, mut told_by) = (Vec::new(), Vec::new());
    for (file, incoming) in outcome.files.iter().zip(incoming) {
        let Some(window) = file.window.filter(|_| file.tells()) else { continue };
        let nil = nil.get(&file.source.id).map(Vec::as_slice).unwrap_or_default();
        for ((task, unit), one) in reports(file, window, nil) {
            let (task, unit) = (&outcome.division.task(task).code, &outcome.division.unit(unit).name);
            rows.push((task, unit, told_by.len(), one));
        }
        told_by.push((incoming, window.label(), window.end.to_string()));
        told.execute(params![incoming.hash, incoming.name, window.label()])?;
    }
    // In the order of the table, which otherwise turns its pages for each row.
    rows.sort_by_key(|(task, unit, ..)| (*task, *unit));
    let mut moments: HashMap<NaiveDateTime, String> = HashMap::new();
    for (task, unit, by, one) in rows {
        let (Incoming { hash, name, .. }, label, end) = &told_by[by];
        let status = one.status.and_then(|status| serde_json::to_string(&status).ok());
        let received = &*moments.entry(one.received).or_insert_with(|| moment(one.received));
        row.execute(params![label, end, task, unit, hash, name, received, one.done, status, seen, run, numbering])?;
    }
    // Once for all files: the table holds every report of the campaign.
    db.execute(
        "DELETE FROM reports WHERE run <> ?1 AND (hash IN (SELECT hash FROM told) OR EXISTS
             (SELECT 1 FROM told WHERE told.name = reports.name AND told.window = reports.window))",
        [run],
    )?;
    drop(told);
    db.execute_batch("DROP TABLE told")
}

/// The nil reports on everything, by file: they name no task, the obligations they answer for do.
fn nil_reports(outcome: &Outcome) -> BTreeMap<SourceId, Vec<(&Obligation, Entry<'_>)>> {
    let mut nil: BTreeMap<SourceId, Vec<(&Obligation, Entry<'_>)>> = BTreeMap::new();
    for owed in &outcome.obligations.all {
        for &at in &owed.records {
            let entry = outcome.entry(at);
            if entry.record.task.is_none() && Content::of(entry) == Content::Usable {
                nil.entry(outcome.files[at.file as usize].source.id).or_default().push((owed, entry));
            }
        }
    }
    nil
}

/// The last report of a file on each task by each unit.
fn reports(
    file: &RunFile,
    window: Window,
    nil: &[(&Obligation, Entry<'_>)],
) -> BTreeMap<(TaskId, UnitId), PriorReport> {
    let mut last: BTreeMap<(TaskId, UnitId), PriorReport> = BTreeMap::new();
    let mut add = |about, this: PriorReport| {
        let known = last.entry(about).or_insert_with(|| this.clone());
        if known.order() <= this.order() {
            *known = this;
        }
    };
    for (at, entry) in file.counting().filter(|(_, entry)| Content::of(*entry) == Content::Usable) {
        let Some(task) = entry.record.task else { continue };
        file.units(at, entry).for_each(|unit| add((task, unit), PriorReport::of(entry, window.end)));
    }
    for (owed, entry) in nil {
        add((owed.task, owed.unit), PriorReport::of(*entry, window.end));
    }
    last
}

impl History {
    /// What windows before this one reported, as far as it was known at a moment, from contents that are not in the inbox:
    /// those that are speak for themselves.
    pub(super) fn past_reports(
        &self,
        window: Window,
        as_of: NaiveDateTime,
        incoming: &[Incoming],
        names: &Names<'_>,
    ) -> rusqlite::Result<Vec<PastReport>> {
        let here: BTreeSet<&str> = incoming.iter().map(|file| &*file.hash).filter(|hash| !hash.is_empty()).collect();
        let mut rows = self.db.prepare(
            "SELECT hash, task, unit, \"end\", received, done, status, name, numbering FROM reports
             WHERE \"end\" < ?1 AND seen <= ?2 ORDER BY \"end\", received, name, hash, task, unit",
        )?;
        let mut rows = rows.query(params![window.start.to_string(), moment(as_of)])?;
        let mut reports = Vec::new();
        while let Some(row) = rows.next()? {
            let hash: String = row.get(0)?;
            if here.contains(&*hash) {
                continue;
            }
            let task: String = row.get(1)?;
            let Some(task) = names.task(row.get(8)?, &task) else { continue };
            let status: Option<String> = row.get(6)?;
            reports.push(PastReport {
                file: row.get(7)?,
                task: task.to_owned(),
                unit: row.get(2)?,
                end: parsed(row, 3)?,
                received: parsed(row, 4)?,
                done: row.get(5)?,
                status: status.and_then(|status| serde_json::from_str(&status).ok()),
            });
        }
        Ok(reports)
    }

    /// What the latest run of each earlier window of the same length came to, by label, oldest first.
    pub(super) fn windows_before(&self, window: Window) -> rusqlite::Result<Vec<(String, Coverage)>> {
        /// As many as a chart shows.
        const MOST: usize = 12;
        let mut rows = self.db.prepare("SELECT window, coverage FROM runs ORDER BY as_of")?;
        let rows = rows.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
        let mut latest = BTreeMap::new();
        for row in rows {
            let (label, counts) = row?;
            let Some(earlier) = Window::parse(&label, window.cycle).filter(|w| w.cycle == window.cycle) else {
                continue;
            };
            if let Some(counts) = Some(counts).filter(|_| earlier.end < window.start).and_then(|text| coverage(&text)) {
                latest.insert(earlier, counts);
            }
        }
        let skip = latest.len().saturating_sub(MOST);
        Ok(latest.into_iter().skip(skip).map(|(window, counts)| (window.label(), counts)).collect())
    }
}

/// The counts of a run, as [`super::record`] keeps them.
pub(super) fn coverage(text: &str) -> Option<Coverage> {
    let counts: BTreeMap<String, u32> = serde_json::from_str(text).ok()?;
    let count = |name: &str| counts.get(name).copied().unwrap_or(0);
    Some(Coverage {
        on_time: count("on_time"),
        late: count("late"),
        nil: count("nil"),
        missing: count("missing"),
        blank: count("blank"),
        unusable: count("unusable"),
        exempt: count("exempt"),
        disputed: count("disputed"),
        not_due: count("not_due"),
        other_in_time: count("other_in_time"),
        out_of_reach: count("out_of_reach"),
    })
}
