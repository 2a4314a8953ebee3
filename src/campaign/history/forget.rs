//! Forgetting one run: one with a wrong clock, a wrong window, a trial.

use chrono::NaiveDateTime;
use rusqlite::{OptionalExtension as _, params};

use super::dates::moment;
use super::{History, unusable};
use crate::campaign::stop::Stop;

impl History {
    /// Forgets a run and what it alone said: when files were there by its clock, and all of its window when no other run
    /// of that is left. Gives the window; none when there is no such run.
    ///
    /// # Errors
    /// [`Stop::Start`] when the history cannot be written.
    pub fn forget(&mut self, run: i64) -> Result<Option<String>, Stop> {
        let transaction = self.db.transaction().map_err(|error| unusable(&error))?;
        let forgotten = forget(&transaction, run).and_then(|window| transaction.commit().map(|()| window));
        forgotten.map_err(|error| unusable(&error))
    }
}

impl History {
    /// Forgets the runs that ran before a moment, and what no run that is left speaks of; how many runs. The last report on
    /// every task stays, and so does the last run of all.
    ///
    /// # Errors
    /// [`Stop::Start`] when the history cannot be written.
    pub fn forget_before(&mut self, since: NaiveDateTime) -> Result<usize, Stop> {
        let transaction = self.db.transaction().map_err(|error| unusable(&error))?;
        let forgotten = forget_before(&transaction, since).and_then(|runs| transaction.commit().map(|()| runs));
        forgotten.map_err(|error| unusable(&error))
    }
}

fn forget_before(db: &rusqlite::Connection, since: NaiveDateTime) -> rusqlite::Result<usize> {
    let runs =
        db.execute("DELETE FROM runs WHERE ran < ?1 AND turn < (SELECT max(turn) FROM runs)", [moment(since)])?;
    for table in ["obligations", "first_reports", "sets", "problems"] {
        db.execute(&format!("DELETE FROM {table} WHERE window NOT IN (SELECT window FROM runs)"), [])?;
    }
    db.execute(
        "DELETE FROM findings WHERE NOT EXISTS (
             SELECT 1 FROM stood JOIN runs ON runs.id = stood.run WHERE runs.window = findings.window AND stood.id = findings.id)",
        [],
    )?;
    db.execute(
        "DELETE FROM reports WHERE \"end\" < ?1 AND window NOT IN (SELECT window FROM runs) AND EXISTS (
             SELECT 1 FROM reports later WHERE (later.task, later.unit, later.numbering) = (reports.task, reports.unit, reports.numbering)
             AND (later.\"end\", later.received, later.hash) > (reports.\"end\", reports.received, reports.hash))",
        [since.date().to_string()],
    )?;
    Ok(runs)
}

fn forget(db: &rusqlite::Connection, run: i64) -> rusqlite::Result<Option<String>> {
    let known = |row: &rusqlite::Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?));
    let found = db.query_row("SELECT window, as_of FROM runs WHERE id = ?1", [run], known).optional()?;
    let Some((window, as_of)) = found else { return Ok(None) };
    db.execute("DELETE FROM runs WHERE id = ?1", [run])?;
    // What is there when a run begins has arrived by its clock at the latest; where that was wrong, so is this.
    db.execute("DELETE FROM files WHERE first = ?1", [&as_of])?;
    db.execute("DELETE FROM first_reports WHERE arrived = ?1", [&as_of])?;
    let left: i64 = db.query_row("SELECT count(*) FROM runs WHERE window = ?1", [&window], |row| row.get(0))?;
    if left == 0 {
        for table in ["findings", "obligations", "reports", "first_reports", "problems"] {
            db.execute(&format!("DELETE FROM {table} WHERE window = ?1"), params![window])?;
        }
    }
    Ok(Some(window))
}
