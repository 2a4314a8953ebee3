//! What the codes of tasks meant in rulings when they were first obeyed: a ruling goes on for its task, whatever number that
//! gets.

use rusqlite::{Connection, OptionalExtension as _, params};

use super::names::Names;
use super::{History, unusable};
use crate::campaign::stop::Stop;
use crate::division::Division;
use crate::outcome::Outcome;
use crate::ruling::Written;

/// Notes under which numbering the rulings of a run were obeyed, once for each.
pub(super) fn write(db: &Connection, outcome: &Outcome, numbering: i64) -> rusqlite::Result<()> {
    let rulings = &outcome.division.rulings;
    let mut row = db.prepare_cached("INSERT OR IGNORE INTO ruled VALUES (?1, ?2, ?3)")?;
    let lines = rulings.written.iter().flat_map(|one| &one.lines);
    for line in lines.filter(|line| rulings.with_id(line.id).is_some()) {
        row.execute(params![line.id, line.words(), numbering])?;
    }
    Ok(())
}

impl History {
    /// Tells rulings what became of the codes in them.
    ///
    /// # Errors
    /// [`Stop::Start`] when the history cannot be read.
    pub fn renumber(&self, written: &mut [Written], division: &Division) -> Result<(), Stop> {
        let mut tell = || -> rusqlite::Result<()> {
            let names = Names::of(&self.db, division)?;
            let mut known = self.db.prepare("SELECT numbering FROM ruled WHERE id = ?1 AND words = ?2")?;
            for line in written.iter_mut().flat_map(|one| &mut one.lines).filter(|line| line.is_ruled()) {
                let numbering = known.query_row(params![line.id, line.words()], |row| row.get(0)).optional()?;
                let renumbered = numbering.and_then(|numbering| names.renumbered(numbering));
                line.renumbered = renumbered.cloned().unwrap_or_default();
            }
            Ok(())
        };
        tell().map_err(|error| unusable(&error))
    }
}
