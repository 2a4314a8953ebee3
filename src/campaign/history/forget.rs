//! Forgetting one run: one with a wrong clock, a wrong window, a trial.

use rusqlite::{OptionalExtension as _, params};

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
        for table in ["findings", "obligations", "reports", "first_reports"] {
            db.execute(&format!("DELETE FROM {table} WHERE window = ?1"), params![window])?;
        }
    }
    Ok(Some(window))
}
