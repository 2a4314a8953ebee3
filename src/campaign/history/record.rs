//! Writes a run into the history, in one transaction that is begun beside the making of the outputs and committed once
//! they are in place.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveDateTime};
use hashbrown::HashMap;
use rusqlite::{Connection, params};

use super::dates::moment;
use super::remembered::{thread_of, thread_of_past};
use super::{History, Settled, first_reports, names, prior_reports, problems, ruled, sets, unusable};
use crate::basis::Lang;
use crate::basis::finding::Severity;
use crate::campaign::intake::Incoming;
use crate::campaign::stop::Stop;
use crate::check::support::phrase;
use crate::obligation::{Coverage, Obligation};
use crate::outcome::{Chain, Issue, Outcome, PastFault, Unjudged};

impl History {
    /// Writes a run that `ran` by the machine's clock. It counts once it is [`History::settle`]d or [`History::keep`]t; a
    /// history that is closed before that knows nothing of it.
    ///
    /// # Errors
    /// [`Stop::Output`] when the history cannot be written.
    pub fn begin(&mut self, outcome: &Outcome, incoming: &[Incoming], ran: NaiveDateTime) -> Result<RunId, Stop> {
        let begun = self.db.execute_batch("BEGIN IMMEDIATE").and_then(|()| write(&self.db, outcome, incoming, ran));
        begun.map_err(|error| unwritten(&error))
    }

    /// Keeps what was begun. Without what it came to the next run does it all again.
    ///
    /// # Errors
    /// [`Stop::Output`] when the history cannot be written.
    pub fn keep(&mut self) -> Result<(), Stop> {
        self.db.execute_batch("COMMIT").map_err(|error| unwritten(&error))
    }

    /// Keeps what was begun with what it came to: for the next run too, where a digest of all that decided it is given.
    /// `put` puts its outputs in place; when that fails, nothing is kept.
    ///
    /// # Errors
    /// The error of `put`, or [`Stop::Output`] when the history cannot be written.
    pub fn settle(
        &mut self,
        RunId(run): RunId,
        (digest, settled): (Option<&str>, &Settled),
        put: impl FnOnce() -> Result<(), Stop>,
    ) -> Result<(), Stop> {
        let write = || -> rusqlite::Result<()> {
            if let Some(digest) = digest {
                let result = serde_json::to_string(settled).unwrap_or_default();
                self.db.execute("INSERT INTO settled VALUES (?1, ?2, ?3)", params![run, digest, result])?;
            }
            sets::write(&self.db, &settled.summary.window.0, &settled.outputs)?;
            // a disk that is full says so before the outputs are in place
            self.db.cache_flush()
        };
        write().map_err(|error| unwritten(&error))?;
        put()?;
        // what is kept stands in the journal; History::tidy brings it into the file
        self.db.pragma_update(None, "wal_autocheckpoint", 0).map_err(|error| unusable(&error))?;
        self.keep()
    }

    /// Brings what was kept from the journal into the file, beside other work. What is left is done when it is closed, or
    /// opened again.
    pub fn tidy(&mut self) {
        let _ = self.db.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
    }
}

/// What keeps a run that has started from being written.
fn unwritten(error: &rusqlite::Error) -> Stop {
    unusable(error).at_writing()
}

/// A run that is being written.
#[derive(Clone, Copy, Debug)]
pub struct RunId(i64);

fn write(db: &Connection, outcome: &Outcome, incoming: &[Incoming], ran: NaiveDateTime) -> rusqlite::Result<RunId> {
    let (window, day) = (outcome.window.label(), outcome.as_of.date().to_string());
    let mut file = db.prepare_cached(
        "INSERT INTO files VALUES (?1, ?2, ?3)
         ON CONFLICT DO UPDATE SET first = min(first, excluded.first) WHERE excluded.first <> ?4",
    )?;
    // What came before this run by its clock came then at the latest; what is known better stays, since that may be wrong.
    let now = moment(outcome.as_of);
    for one in incoming.iter().filter(|one| !one.hash.is_empty()) {
        file.execute(params![one.name, one.hash, moment(one.first), now])?;
    }
    // a file that was removed and returns, such as the same nil report every month, counts as new
    if incoming.iter().all(|one| !one.hash.is_empty() || !one.admission.is_trouble()) {
        let here: BTreeSet<(&str, &str)> = incoming.iter().map(|one| (&*one.name, &*one.hash)).collect();
        let mut known = db.prepare("SELECT name, hash FROM files")?;
        let known = known.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let known: Vec<(String, String)> = known.collect::<Result<_, _>>()?;
        for (name, hash) in known.iter().filter(|(name, hash)| !here.contains(&(&**name, &**hash))) {
            db.execute("DELETE FROM files WHERE name = ?1 AND hash = ?2", params![name, hash])?;
        }
    }

    let sent = incoming.iter().filter(|file| file.is_sent()).count();
    let numbering = names::write(db, &outcome.division)?;
    let run = write_run(db, outcome, (sent, ran, numbering), &window, &day)?;
    write_units(db, outcome, run)?;
    write_findings(db, outcome, run, &window)?;
    db.execute("DELETE FROM settled WHERE run = ?1", [run])?;

    write_obligations(db, outcome, &window)?;
    first_reports::write(db, outcome, incoming, numbering)?;
    prior_reports::write(db, outcome, incoming, (run, numbering))?;
    problems::write(db, outcome)?;
    ruled::write(db, outcome, numbering)?;
    Ok(RunId(run))
}

/// Writes the states of what is owed in a window; a state that is as it was is left alone.
fn write_obligations(db: &Connection, outcome: &Outcome, window: &str) -> rusqlite::Result<()> {
    let mut known = db.prepare("SELECT task, unit, period, state FROM obligations WHERE window = ?1")?;
    let known = known.query_map([window], |row| Ok(((row.get(0)?, row.get(1)?, row.get(2)?), row.get(3)?)))?;
    let mut known: BTreeMap<(String, String, String), String> = known.collect::<Result<_, _>>()?;
    let mut obligation = db.prepare_cached("INSERT OR REPLACE INTO obligations VALUES (?1, ?2, ?3, ?4, ?5)")?;
    let named = |one: &Obligation| (&*outcome.division.task(one.task).code, &*outcome.division.unit(one.unit).name);
    // In the order of the table, which otherwise turns its pages for each row.
    let mut owed: Vec<&Obligation> = outcome.obligations.all.iter().collect();
    owed.sort_by(|a, b| named(a).cmp(&named(b)));
    for one in owed {
        let ((task, unit), period, state) = (named(one), one.period.label(), one.state.name());
        let key = (task.to_owned(), unit.to_owned(), period);
        if known.remove(&key).is_none_or(|before| before != state) {
            obligation.execute(params![window, task, unit, key.2, state])?;
        }
    }
    let mut gone =
        db.prepare_cached("DELETE FROM obligations WHERE (window, task, unit, period) = (?1, ?2, ?3, ?4)")?;
    known.into_keys().try_for_each(|(task, unit, period)| gone.execute(params![window, task, unit, period]).map(drop))
}

fn write_run(
    db: &Connection,
    outcome: &Outcome,
    (sent, ran, numbering): (usize, NaiveDateTime, i64),
    window: &str,
    day: &str,
) -> rusqlite::Result<i64> {
    let count =
        |severity| outcome.issues.iter().filter(|issue| issue.severity == severity && issue.counts()).count() as u32;
    let t = &outcome.tally;
    let tally = serde_json::json!({
        "files": t.files, "files_merged": t.files_merged, "files_refused": t.files_refused,
        "files_superseded": t.files_superseded, "files_duplicate": t.files_duplicate, "files_ignored": t.files_ignored,
        "rows_seen": t.rows_seen, "rows_merged": t.rows_merged, "rows_unmatched": t.rows_unmatched,
    });
    db.query_row(
        "INSERT INTO runs (turn, ran, window, day, as_of, version, division, inputs, sent, tally, coverage, errors, warnings,
             infos, numbering)
         VALUES ((SELECT ifnull(max(turn), 0) + 1 FROM runs), ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
         ON CONFLICT (window, day) DO UPDATE SET turn = excluded.turn, ran = excluded.ran, as_of = excluded.as_of,
             version = excluded.version, division = excluded.division, inputs = excluded.inputs, sent = excluded.sent,
             tally = excluded.tally, coverage = excluded.coverage,
             errors = excluded.errors, warnings = excluded.warnings, infos = excluded.infos, numbering = excluded.numbering
         RETURNING id",
        params![
            moment(ran),
            window,
            day,
            moment(outcome.as_of),
            env!("CARGO_PKG_VERSION"),
            outcome.division.hash,
            outcome.inputs.as_ref().and_then(|inputs| serde_json::to_string(inputs).ok()),
            sent as u32,
            tally.to_string(),
            counts(&outcome.coverage).to_string(),
            count(Severity::Error),
            count(Severity::Warning),
            count(Severity::Info),
            numbering
        ],
        |row| row.get(0),
    )
}

/// Counts of obligations with the sums that rates are made of.
pub(super) fn counts(c: &Coverage) -> serde_json::Value {
    serde_json::json!({
        "expected": c.expected(), "actual": c.actual(), "base": c.base(), "timely": c.timely(),
        "on_time": c.on_time, "late": c.late, "nil": c.nil, "missing": c.missing, "blank": c.blank,
        "unusable": c.unusable, "exempt": c.exempt, "disputed": c.disputed, "not_due": c.not_due,
        "other_in_time": c.other_in_time, "out_of_reach": c.out_of_reach,
    })
}

fn write_units(db: &Connection, outcome: &Outcome, run: i64) -> rusqlite::Result<()> {
    db.execute("DELETE FROM units WHERE run = ?1", [run])?;
    let mut units: BTreeMap<_, Vec<&Obligation>> = BTreeMap::new();
    for obligation in &outcome.obligations.all {
        units.entry(obligation.unit).or_default().push(obligation);
    }
    let mut row = db.prepare_cached("INSERT OR REPLACE INTO units VALUES (?1, ?2, ?3)")?;
    for (unit, obligations) in units {
        let coverage = counts(&Coverage::of(obligations)).to_string();
        row.execute(params![run, outcome.division.unit(unit).name, coverage])?;
    }
    Ok(())
}

/// Writes what was found; what stands as it stood is left alone.
fn write_findings(db: &Connection, outcome: &Outcome, run: i64, window: &str) -> rusqlite::Result<()> {
    let mut known = db.prepare("SELECT id, since, windows FROM stood WHERE run = ?1")?;
    let known = known.query_map([run], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?;
    let mut known: HashMap<String, (String, u32)> = known.collect::<Result<_, _>>()?;
    let mut stood = db.prepare_cached(
        "INSERT INTO stood VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT DO UPDATE SET since = excluded.since, windows = excluded.windows",
    )?;
    let mut finding = db.prepare_cached(
        "INSERT INTO findings VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT DO UPDATE SET thread = excluded.thread, message = excluded.message, english = excluded.english
         WHERE (thread, message, english) IS NOT (excluded.thread, excluded.message, excluded.english)",
    )?;
    // In the order of the tables, which otherwise turn their pages for each row.
    let mut issues: Vec<&Issue> = outcome.issues.iter().collect();
    issues.sort_by(|a, b| a.id.cmp(&b.id));
    let mut days: HashMap<NaiveDate, String> = HashMap::new();
    for issue in issues {
        let one = &issue.finding;
        let (code, place) = (one.kind.code, outcome.name(one.place).to_string());
        let unit = one.unit.map(|unit| outcome.division.unit(unit).name.as_str());
        let task = one.task.map(|task| outcome.division.task(task).code.as_str());
        let thread = thread_of(code, unit.unwrap_or_default(), task.unwrap_or_default(), &place);
        let [message, english] = [Lang::Zh, Lang::En].map(|lang| phrase::message(one, lang, &outcome.division));
        finding.execute(params![window, issue.id, thread, code, unit, task, place, message, english])?;
        if let Some(Chain { since, windows }) = issue.stands {
            let since = &*days.entry(since).or_insert_with(|| since.to_string());
            if known.remove(&issue.id).is_none_or(|before| before.0 != *since || before.1 != windows) {
                stood.execute(params![run, issue.id, since, windows])?;
            }
        }
    }
    for Unjudged { id, fault, stands: Chain { since, windows } } in outcome.changes.iter().flat_map(|all| &all.unjudged)
    {
        let PastFault { code, unit, task, place, message, english, since: _ } = fault;
        finding.execute(params![window, id, thread_of_past(fault), code, unit, task, place, message, english])?;
        stood.execute(params![run, id, since.to_string(), windows])?;
        known.remove(id);
    }
    let mut gone = db.prepare_cached("DELETE FROM stood WHERE run = ?1 AND id = ?2")?;
    let mut gone_ids: Vec<String> = known.into_keys().collect();
    gone_ids.sort_unstable();
    gone_ids.iter().try_for_each(|id| gone.execute(params![run, id]).map(drop))
}
