//! Which files of outputs runs wrote, so that what else stands among them is known to be a person's.

use std::collections::BTreeSet;

use rusqlite::params;

use super::{History, unusable};
use crate::campaign::stop::Stop;

impl History {
    /// What the last run of a window wrote, by path and hash.
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
}

/// Notes that exactly this stands for a window.
pub(super) fn write(db: &rusqlite::Connection, window: &str, outputs: &[(String, String)]) -> rusqlite::Result<()> {
    db.execute("DELETE FROM sets WHERE window = ?1", [window])?;
    let mut row = db.prepare_cached("INSERT OR IGNORE INTO sets VALUES (?1, ?2, ?3)")?;
    outputs.iter().try_for_each(|(path, hash)| row.execute(params![window, path, hash]).map(drop))
}
