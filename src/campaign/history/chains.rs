//! Since when a fault stands without a break, within a window and from window to window.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rusqlite::{OptionalExtension as _, params};

use super::History;
use super::dates::parsed;
use super::names::{FOLLOWED, Names};
use super::told_apart::{Before, Followed};
use crate::basis::calendar::Window;
use crate::outcome::{Chain, PastFault};

/// Over so many windows a chain is followed in which the task was not owed.
pub(super) const FARTHEST: usize = 60;

impl History {
    /// The faults that stand without a break up to the day of a run, by thread.
    ///
    /// Within the window the last run of an earlier day says what stands. What has not stood in this window yet goes on
    /// from the window before, when it stood in its last run: a unit that was silent in July is silent in August from
    /// the moment at which August is due. Windows in which a task was not owed are passed over.
    pub(super) fn chains(
        &self,
        window: Window,
        day: NaiveDate,
        names: &Names<'_>,
    ) -> rusqlite::Result<BTreeMap<String, Chain>> {
        let mut chains = match self.last_run(window, day)? {
            Some((run, _)) => self.standing(run, names)?,
            // Of a history made anew only the last day of each window is left, which knows of the days before.
            None => self.same_day(window, day, names)?,
        };
        // What stood in this window and is gone begins anew when it comes back.
        let here = self.seen(window, day, names)?;
        let mut broken: BTreeSet<String> = here.into_iter().filter(|thread| !chains.contains_key(thread)).collect();
        let mut owed_since: BTreeSet<String> = BTreeSet::new();
        let mut earlier = window;
        for _ in 0..FARTHEST {
            earlier = earlier.previous();
            let Some((run, _)) = self.last_run(earlier, day)? else { break };
            let stood = self.standing(run, names)?;
            for (thread, Chain { since, windows }) in &stood {
                let reaches = earlier == window.previous() || passed_over(thread, &owed_since);
                if reaches && !broken.contains(thread) {
                    let chain = Chain { since: *since, windows: windows + 1 };
                    chains.entry(thread.clone()).or_insert(chain);
                }
            }
            broken.extend(self.seen(earlier, day, names)?);
            owed_since.extend(self.owed(earlier, names)?);
        }
        Ok(chains)
    }

    /// The run that a run of a window and day is held against, with what stood in it.
    pub(super) fn before(&self, window: Window, day: NaiveDate, names: &Names<'_>) -> rusqlite::Result<Option<Before>> {
        let same = self.last_run(window, day)?;
        let (of, run) = match same {
            Some(run) => (window, Some(run)),
            None => (window.previous(), self.last_run(window.previous(), day)?),
        };
        let Some((run, day)) = run else { return Ok(None) };
        self.left_by((run, day), &of.label(), &window.label(), names).map(Some)
    }

    /// What a run of a day and window (`of`) left, for a run of `window` to be held against.
    pub(super) fn left_by(
        &self,
        (run, day): (i64, NaiveDate),
        of: &str,
        window: &str,
        names: &Names<'_>,
    ) -> rusqlite::Result<Before> {
        let mut faults = BTreeMap::new();
        let mut rows = self.db.prepare(&format!(
            "SELECT {FOLLOWED}, f.id, place, message, english, since FROM stood s JOIN runs r ON r.id = s.run
             JOIN findings f ON f.id = s.id AND f.window = ?2 WHERE s.run = ?1",
        ))?;
        let mut rows = rows.query(params![run, of])?;
        while let Some(row) = rows.next()? {
            let (unit, task): (Option<String>, Option<String>) = (row.get(2)?, row.get(3)?);
            let numbering = row.get(4)?;
            let fault = PastFault {
                code: row.get(1)?,
                unit: unit.map(|unit| names.unit(&unit).to_owned()),
                task: task.map(|task| names.task(numbering, &task).unwrap_or(&task).to_owned()),
                place: row.get(6)?,
                message: row.get(7)?,
                english: row.get(8)?,
                since: parsed(row, 9)?,
            };
            faults.insert(row.get(5)?, Followed { thread: names.thread(row)?, fault });
        }
        let mut ever = self
            .db
            .prepare("SELECT DISTINCT s.id FROM stood s JOIN runs ON runs.id = s.run WHERE window = ?1 AND day < ?2")?;
        let ever = ever.query_map(params![window, day.to_string()], |row| row.get(0))?;
        let mut gone: BTreeSet<String> = ever.collect::<rusqlite::Result<_>>()?;
        gone.retain(|id| !faults.contains_key(id));
        Ok(Before { window: of.to_owned(), day, faults, gone })
    }

    /// The last run of a window on an earlier day.
    pub(super) fn last_run(&self, window: Window, day: NaiveDate) -> rusqlite::Result<Option<(i64, NaiveDate)>> {
        self.db
            .query_row(
                "SELECT id, day FROM runs WHERE window = ?1 AND day < ?2 ORDER BY day DESC LIMIT 1",
                params![window.label(), day.to_string()],
                |row| Ok((row.get(0)?, parsed(row, 1)?)),
            )
            .optional()
    }

    /// What stood in the run of this very day since an earlier one.
    fn same_day(&self, window: Window, day: NaiveDate, names: &Names<'_>) -> rusqlite::Result<BTreeMap<String, Chain>> {
        let run = self.db.query_row(
            "SELECT id FROM runs WHERE window = ?1 AND day = ?2",
            params![window.label(), day.to_string()],
            |row| row.get(0),
        );
        let mut chains = run.optional()?.map_or_else(|| Ok(BTreeMap::new()), |run| self.standing(run, names))?;
        chains.retain(|_, chain| chain.since < day);
        Ok(chains)
    }

    /// What stood in a run, by thread.
    fn standing(&self, run: i64, names: &Names<'_>) -> rusqlite::Result<BTreeMap<String, Chain>> {
        let mut rows = self.db.prepare(&format!(
            "SELECT {FOLLOWED}, since, s.windows FROM stood s JOIN runs r ON r.id = s.run
             JOIN findings f ON f.window = r.window AND f.id = s.id WHERE s.run = ?1",
        ))?;
        let mut rows = rows.query([run])?;
        let mut standing: BTreeMap<String, Chain> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let one = Chain { since: parsed(row, 5)?, windows: row.get(6)? };
            let all = standing.entry(names.thread(row)?).or_insert(one);
            *all = Chain { since: all.since.min(one.since), windows: all.windows.max(one.windows) };
        }
        Ok(standing)
    }

    /// The threads that ever stood in a window before a day.
    fn seen(&self, window: Window, day: NaiveDate, names: &Names<'_>) -> rusqlite::Result<BTreeSet<String>> {
        let mut rows = self.db.prepare(&format!(
            "SELECT DISTINCT {FOLLOWED} FROM stood s JOIN runs r ON r.id = s.run
             JOIN findings f ON f.window = r.window AND f.id = s.id WHERE r.window = ?1 AND r.day < ?2",
        ))?;
        let rows = rows.query_map(params![window.label(), day.to_string()], |row| names.thread(row))?;
        rows.collect()
    }

    /// The ends of threads (`|unit|task`, `|unit|`) of what was owed in a window.
    fn owed(&self, window: Window, names: &Names<'_>) -> rusqlite::Result<BTreeSet<String>> {
        let numbering = self.numbering(&window.label())?;
        let mut rows = self.db.prepare("SELECT DISTINCT unit, task FROM obligations WHERE window = ?1")?;
        let mut owed = BTreeSet::new();
        let mut rows = rows.query([window.label()])?;
        while let Some(row) = rows.next()? {
            let (unit, task): (String, String) = (row.get(0)?, row.get(1)?);
            owed.insert(names.duty(numbering, &unit, &task));
            owed.insert(names.duty(numbering, &unit, ""));
        }
        Ok(owed)
    }
}

/// Whether a thread may have been silent in windows in which these were owed: a duty, and none of them its own.
fn passed_over(thread: &str, owed: &BTreeSet<String>) -> bool {
    thread.starts_with('D') && thread.find('|').is_some_and(|at| !owed.contains(&thread[at..]))
}
