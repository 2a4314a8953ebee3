//! Writes a run into the history, in one transaction that is committed once the outputs are in place.

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension as _, Transaction, params};

use super::{History, Settled, first_reports, prior_reports, unusable};
use crate::basis::Lang;
use crate::basis::finding::Severity;
use crate::campaign::intake::Incoming;
use crate::campaign::stop::Stop;
use crate::check::support::phrase;
use crate::outcome::{Outcome, SourceName};

impl History {
    /// Records a run. `put` puts the outputs in place; if it fails, nothing is recorded.
    ///
    /// # Errors
    /// The error of `put`, or [`Stop::Start`] when the history cannot be written.
    pub fn record(
        &mut self,
        outcome: &Outcome,
        incoming: &[Incoming],
        (digest, settled): (&str, &Settled),
        put: impl FnOnce() -> Result<(), Stop>,
    ) -> Result<(), Stop> {
        let transaction = self.db.transaction().map_err(|error| unusable(&error))?;
        write(&transaction, outcome, incoming, digest, settled).map_err(|error| unusable(&error))?;
        put()?;
        transaction.commit().map_err(|error| unusable(&error))
    }
}

fn write(
    db: &Transaction<'_>,
    outcome: &Outcome,
    incoming: &[Incoming],
    digest: &str,
    settled: &Settled,
) -> rusqlite::Result<()> {
    let (window, day) = (outcome.window.label(), outcome.as_of.date().to_string());
    let mut file = db.prepare_cached(
        "INSERT INTO files VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET first = min(first, excluded.first)",
    )?;
    for one in incoming.iter().filter(|one| !one.hash.is_empty()) {
        file.execute(params![one.name, one.hash, moment(one.first)])?;
    }
    // a file that was removed and returns, such as the same nil report every month, counts as new
    if incoming.iter().all(|one| !one.hash.is_empty() || !one.fate.is_trouble()) {
        let here: BTreeSet<(&str, &str)> = incoming.iter().map(|one| (&*one.name, &*one.hash)).collect();
        let mut known = db.prepare("SELECT name, hash FROM files")?;
        let known = known.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let known: Vec<(String, String)> = known.collect::<Result<_, _>>()?;
        for (name, hash) in known.iter().filter(|(name, hash)| !here.contains(&(&**name, &**hash))) {
            db.execute("DELETE FROM files WHERE name = ?1 AND hash = ?2", params![name, hash])?;
        }
    }

    let run = write_run(db, outcome, &window, &day)?;
    db.execute("DELETE FROM inputs WHERE run = ?1", [run])?;
    let mut input = db.prepare_cached("INSERT INTO inputs VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?;
    for one in incoming {
        let fate = serde_json::to_string(&one.fate).unwrap_or_default();
        let size = i64::try_from(one.size).unwrap_or(i64::MAX);
        let times = (moment(one.received), moment(one.first));
        input.execute(params![run, one.name, one.hash, size, times.0, one.claim, fate, times.1])?;
    }
    write_findings(db, outcome, run, &window, &day)?;
    let result = serde_json::to_string(settled).unwrap_or_default();
    db.execute("INSERT OR REPLACE INTO settled VALUES (?1, ?2, ?3)", params![run, digest, result])?;

    db.execute("DELETE FROM obligations WHERE window = ?1", [&window])?;
    let mut obligation = db.prepare_cached("INSERT OR REPLACE INTO obligations VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for one in &outcome.obligations.all {
        let (task, unit) = (outcome.division.task(one.task), outcome.division.unit(one.unit));
        obligation.execute(params![window, task.code, unit.name, one.period.label(), one.state.name()])?;
    }
    first_reports::write(db, outcome, incoming)?;
    prior_reports::write(db, outcome)
}

fn write_run(db: &Transaction<'_>, outcome: &Outcome, window: &str, day: &str) -> rusqlite::Result<i64> {
    let count = |severity| outcome.issues.iter().filter(|issue| issue.severity == severity).count() as u32;
    let t = &outcome.tally;
    let c = &outcome.coverage;
    let tally = serde_json::json!({
        "files": t.files, "files_merged": t.files_merged, "files_refused": t.files_refused,
        "files_superseded": t.files_superseded, "files_duplicate": t.files_duplicate, "files_ignored": t.files_ignored,
        "rows_seen": t.rows_seen, "rows_merged": t.rows_merged, "rows_unmatched": t.rows_unmatched,
    });
    let coverage = serde_json::json!({
        "expected": c.expected(), "actual": c.actual(), "base": c.base(), "timely": c.timely(),
        "on_time": c.on_time, "late": c.late, "nil": c.nil, "missing": c.missing, "blank": c.blank,
        "unusable": c.unusable, "exempt": c.exempt, "disputed": c.disputed, "not_due": c.not_due,
        "other_in_time": c.other_in_time,
    });
    let settings = serde_json::to_string(&outcome.settings).unwrap_or_default();
    db.query_row(
        "INSERT INTO runs (window, day, as_of, division, settings, tally, coverage, errors, warnings, infos)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
         ON CONFLICT (window, day) DO UPDATE SET as_of = excluded.as_of, division = excluded.division,
             settings = excluded.settings, tally = excluded.tally, coverage = excluded.coverage,
             errors = excluded.errors, warnings = excluded.warnings, infos = excluded.infos
         RETURNING id",
        params![
            window,
            day,
            moment(outcome.as_of),
            outcome.division.hash,
            settings,
            tally.to_string(),
            coverage.to_string(),
            count(Severity::Error),
            count(Severity::Warning),
            count(Severity::Info)
        ],
        |row| row.get(0),
    )
}

fn write_findings(db: &Transaction<'_>, outcome: &Outcome, run: i64, window: &str, day: &str) -> rusqlite::Result<()> {
    db.execute("DELETE FROM stood WHERE run = ?1", [run])?;
    let mut stood = db.prepare_cached("INSERT OR IGNORE INTO stood VALUES (?1, ?2)")?;
    let mut finding = db.prepare_cached(
        "INSERT INTO findings VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, NULL, NULL)
         ON CONFLICT DO UPDATE SET first = min(first, excluded.first), message = excluded.message,
             back = CASE WHEN gone IS NULL THEN back ELSE excluded.first END, gone = NULL",
    )?;
    for issue in &outcome.issues {
        let one = &issue.finding;
        let SourceName { file, sheet, cell } = outcome.name(one.place);
        let place = [Some(file.as_ref()), sheet, cell.as_deref()].into_iter().flatten().collect::<Vec<_>>().join("!");
        let unit = one.unit.map(|unit| outcome.division.unit(unit).name.as_str());
        let task = one.task.map(|task| outcome.division.task(task).code.as_str());
        let message = phrase::message(one, Lang::Zh, &outcome.division);
        finding.execute(params![window, issue.id, one.kind.code, unit, task, place, message, day])?;
        stood.execute(params![run, issue.id])?;
    }
    // findings that no longer exist are resolved since this day, unless the run looks back from an earlier day
    let latest: Option<String> =
        db.query_row("SELECT max(day) FROM runs WHERE window = ?1", [window], |row| row.get(0)).optional()?.flatten();
    if latest.as_deref() == Some(day) {
        let here: BTreeSet<&str> = outcome.issues.iter().map(|issue| issue.id.as_str()).collect();
        let mut open = db.prepare("SELECT id FROM findings WHERE window = ?1 AND gone IS NULL")?;
        let open: Vec<String> = open.query_map([window], |row| row.get(0))?.collect::<Result<_, _>>()?;
        for id in open.iter().filter(|id| !here.contains(id.as_str())) {
            db.execute("UPDATE findings SET gone = ?3 WHERE window = ?1 AND id = ?2", params![window, id, day])?;
        }
    }
    Ok(())
}

/// A moment as stored in the tables; text order is time order.
pub(super) fn moment(at: chrono::NaiveDateTime) -> String {
    at.format("%Y-%m-%dT%H:%M:%S").to_string()
}
