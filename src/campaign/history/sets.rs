//! Which files of outputs runs wrote, so that what else stands among them is known to be a person's.

use std::collections::BTreeSet;

use rusqlite::params;

use super::{History, unusable};
use crate::campaign::stop::Stop;

impl History {
    /// What runs wrote for a window, by path and hash: the set that was put in place last, and one that was about to be.
    ///
    /// # Errors
    /// [`Stop::Start`] when the history cannot be read.
    pub fn written(&self, window: &str) -> Result<BTreeSet<(String, String)>, Stop> {
        let read = || -> rusqlite::Result<_> {
            let mut rows = self.db.prepare("SELECT path, hash FROM sets WHERE window = ?1")?;
            rows.query_map([window], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        };
        read().map_err(|error| unusable(&error))
    }

    /// Notes what is about to be written, beside what stands: a run that is killed before it is recorded has still put its
    /// set in place.
    pub(super) fn about_to_write(&mut self, window: &str, outputs: &[(String, String)]) -> rusqlite::Result<()> {
        let transaction = self.db.transaction()?;
        note(&transaction, window, outputs)?;
        transaction.commit()
    }
}

/// Notes that exactly this stands for a window.
pub(super) fn write(db: &rusqlite::Connection, window: &str, outputs: &[(String, String)]) -> rusqlite::Result<()> {
    db.execute("DELETE FROM sets WHERE window = ?1", [window])?;
    note(db, window, outputs)
}

fn note(db: &rusqlite::Connection, window: &str, outputs: &[(String, String)]) -> rusqlite::Result<()> {
    let mut row = db.prepare_cached("INSERT OR IGNORE INTO sets VALUES (?1, ?2, ?3)")?;
    outputs.iter().try_for_each(|(path, hash)| row.execute(params![window, path, hash]).map(drop))
}
