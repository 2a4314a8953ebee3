//! Problems that units reported, as the last run of each window left them: the windows after it go on from there, though
//! the files have left the inbox.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate, NaiveDateTime};
use rusqlite::{Connection, OptionalExtension as _, params};

use super::History;
use super::dates::moment;
use super::names::Names;
use super::remembered::PastProblem;
use crate::basis::UnitId;
use crate::basis::calendar::Window;
use crate::obligation::Problem;
use crate::outcome::Outcome;

/// A problem that was closed so many days ago and comes back is another one.
const FORGOTTEN: u64 = 366;
/// Of the problems that a unit has closed the last ones are kept, so many.
const CLOSED: usize = 20;

/// Keeps the problems that later windows must know of: those that are open, and those that were closed not long ago and
/// may come back.
pub(super) fn write(db: &Connection, outcome: &Outcome) -> rusqlite::Result<()> {
    let (label, end) = (outcome.window.label(), outcome.window.end.to_string());
    db.execute("DELETE FROM problems WHERE window = ?1", [&label])?;
    let mut row = db.prepare_cached("INSERT INTO problems VALUES (?1, ?2, ?3, ?4, ?5)")?;
    // That the window was run is known also where nothing is left of it.
    row.execute(params![label, end, moment(outcome.as_of), 0, None::<String>])?;
    let problems = &outcome.obligations.problems;
    let gone = long_closed(problems, outcome.window);
    for (number, (_, one)) in (1..).zip(problems.iter().enumerate().filter(|(at, _)| !gone.contains(at))) {
        let problem = serde_json::to_string(&PastProblem::of(one, &outcome.division)).unwrap_or_default();
        row.execute(params![label, end, moment(outcome.as_of), number, problem])?;
    }
    Ok(())
}

/// The positions of the problems that need not be known any more.
fn long_closed(problems: &[Problem], window: Window) -> BTreeSet<usize> {
    let since = window.start.checked_sub_days(Days::new(FORGOTTEN)).unwrap_or(NaiveDate::MIN);
    let mut closed: Vec<(UnitId, NaiveDate, usize)> =
        problems.iter().enumerate().filter_map(|(at, one)| Some((one.unit, one.closed?, at))).collect();
    closed.sort();
    let too_many =
        closed.chunk_by(|a, b| a.0 == b.0).flat_map(|of_unit| &of_unit[..of_unit.len().saturating_sub(CLOSED)]);
    let too_old = closed.iter().filter(|(_, day, _)| *day < since);
    too_many.chain(too_old).map(|(.., at)| *at).collect()
}

impl History {
    /// The problems that the last window before this one left, as far as it was run by a moment.
    pub(super) fn past_problems(
        &self,
        window: Window,
        as_of: NaiveDateTime,
        names: &Names<'_>,
    ) -> rusqlite::Result<Vec<PastProblem>> {
        let last = self.db.query_row(
            "SELECT window FROM problems WHERE \"end\" < ?1 AND as_of <= ?2 ORDER BY \"end\" DESC LIMIT 1",
            params![window.start.to_string(), moment(as_of)],
            |row| row.get::<_, String>(0),
        );
        let Some(last) = last.optional()? else { return Ok(Vec::new()) };
        let numbering = self.numbering(&last)?;
        let mut rows = self
            .db
            .prepare("SELECT problem FROM problems WHERE window = ?1 AND problem IS NOT NULL ORDER BY number")?;
        let rows = rows.query_map([last], |row| row.get::<_, String>(0))?;
        let texts: Vec<String> = rows.collect::<rusqlite::Result<_>>()?;
        let problems = texts.iter().filter_map(|text| serde_json::from_str(text).ok());
        Ok(problems.map(|problem: PastProblem| problem.today(numbering, names)).collect())
    }
}
