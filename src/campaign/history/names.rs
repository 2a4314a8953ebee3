//! The names that the history wrote down, as the division of a run knows them: units go by other names, and tasks by other
//! numbers, than they did when something was remembered of them.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::basis::Renumbered;
use crate::division::numbering::Numbering;
use crate::division::{Division, Roster};

/// Ends the code of a task that is gone: no task has such a code.
const GONE: char = '†';

/// What a finding was followed by, and what it was about; the columns that [`Names::thread`] reads, of findings (`f`) and
/// runs (`r`).
pub(super) const FOLLOWED: &str = "f.thread, f.code, f.unit, f.task, r.numbering";

/// How names of the past are called now; the default is as they were written.
#[derive(Debug, Default)]
pub(super) struct Names<'a> {
    /// None where runs of the past are held against each other.
    roster: Option<&'a Roster>,
    /// The numberings in which some task has another code.
    renumbered: BTreeMap<i64, Renumbered>,
}

impl<'a> Names<'a> {
    /// As a division knows them.
    pub(super) fn of(db: &Connection, division: &'a Division) -> rusqlite::Result<Names<'a>> {
        let now = Numbering::of(division);
        let id = db.query_row("SELECT id FROM numberings WHERE digest = ?1", [digest(&now)], |row| row.get(0));
        Ok(Names { roster: Some(&division.roster), renumbered: renumbered(db, id.optional()?, &now)? })
    }

    /// As a run of the past knew them.
    pub(super) fn of_run(db: &Connection, run: i64) -> rusqlite::Result<Names<'static>> {
        let known = "SELECT n.id, n.tasks FROM numberings n JOIN runs r ON r.numbering = n.id WHERE r.id = ?1";
        let known = db.query_row(known, [run], |row| Ok((row.get(0)?, numbering(row, 1)?))).optional()?;
        let renumbered = known.map_or_else(|| Ok(BTreeMap::new()), |(id, now)| renumbered(db, Some(id), &now))?;
        Ok(Names { roster: None, renumbered })
    }

    /// The code of a task; none where it is gone.
    pub(super) fn task<'t>(&'t self, numbering: i64, code: &'t str) -> Option<&'t str> {
        self.renumbered.get(&numbering).map_or(Some(code), |moved| moved.code(code))
    }

    /// What became of the codes of a numbering; none where all stayed.
    pub(super) fn renumbered(&self, numbering: i64) -> Option<&Renumbered> {
        self.renumbered.get(&numbering)
    }

    /// The name of a unit; as it was where it is gone.
    pub(super) fn unit<'t>(&'t self, name: &'t str) -> &'t str {
        let known = self.roster.and_then(|roster| Some(&roster.units[roster.find(name)?.0 as usize].name));
        known.map_or(name, String::as_str)
    }

    /// The thread of a finding, whose columns [`FOLLOWED`] a row begins with.
    pub(super) fn thread(&self, row: &Row<'_>) -> rusqlite::Result<String> {
        let (thread, code): (String, String) = (row.get(0)?, row.get(1)?);
        if !code.starts_with('D') {
            return Ok(thread);
        }
        let (unit, task): (Option<String>, Option<String>) = (row.get(2)?, row.get(3)?);
        let (unit, task) = (unit.unwrap_or_default(), task.unwrap_or_default());
        Ok(format!("{code}{}", self.duty(row.get(4)?, &unit, &task)))
    }

    /// The end of the thread of a duty.
    pub(super) fn duty(&self, numbering: i64, unit: &str, task: &str) -> String {
        let gone = || format!("{task}{GONE}");
        duty(self.unit(unit), &self.task(numbering, task).map_or_else(gone, str::to_owned))
    }
}

/// The end of the thread of a duty, from names of one time.
pub(super) fn duty(unit: &str, task: &str) -> String {
    format!("|{unit}|{task}")
}

/// Writes down what the codes of a division mean, once; gives the number under which it is known.
pub(super) fn write(db: &Connection, division: &Division) -> rusqlite::Result<i64> {
    let now = Numbering::of(division);
    let (digest, tasks) = (digest(&now), serde_json::to_string(&now).unwrap_or_default());
    db.execute("INSERT OR IGNORE INTO numberings (digest, tasks) VALUES (?1, ?2)", params![digest, tasks])?;
    db.query_row("SELECT id FROM numberings WHERE digest = ?1", [digest], |row| row.get(0))
}

fn digest(numbering: &Numbering) -> String {
    blake3::hash(&serde_json::to_vec(numbering).unwrap_or_default()).to_hex().to_string()
}

fn numbering(row: &Row<'_>, column: usize) -> rusqlite::Result<Numbering> {
    row.get(column).map(|tasks: String| serde_json::from_str(&tasks).unwrap_or_default())
}

/// The other numberings in which some task has another code than now.
fn renumbered(db: &Connection, id: Option<i64>, now: &Numbering) -> rusqlite::Result<BTreeMap<i64, Renumbered>> {
    let mut rows = db.prepare("SELECT id, tasks FROM numberings WHERE id IS NOT ?1")?;
    let rows = rows.query_map([id], |row| Ok((row.get(0)?, numbering(row, 1)?.until(now))))?;
    let all: Vec<(i64, Renumbered)> = rows.collect::<rusqlite::Result<_>>()?;
    Ok(all.into_iter().filter(|(_, renumbered)| !renumbered.is_empty()).collect())
}
