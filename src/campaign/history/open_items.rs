//! Since when what a unit owes stands open without a break, whatever it was told as: nothing came, the task was left out,
//! the form was blank, the file could not be used. A finding for all that a unit lacks does not tell that of each task.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rusqlite::params;

use super::History;
use super::chains::FARTHEST;
use super::dates::parsed;
use super::names::Names;
use crate::basis::calendar::Window;
use crate::outcome::Chain;

impl History {
    /// The items, as the ends of threads (`|unit|task`), that stood open in the windows before that of a run up to its
    /// day. Windows in which an item was not owed are passed over; one that was told in this window and then no more
    /// begins anew.
    pub(super) fn open_items(
        &self,
        window: Window,
        day: NaiveDate,
        names: &Names<'_>,
    ) -> rusqlite::Result<BTreeMap<String, Chain>> {
        let mut chains: BTreeMap<String, Chain> = BTreeMap::new();
        let mut ended: BTreeSet<String> = BTreeSet::new();
        let here = self.told(window, day, names)?;
        let mut earlier = window;
        for _ in 0..FARTHEST {
            earlier = earlier.previous();
            let told = self.told(earlier, day, names)?;
            if told.is_empty() && self.last_run(earlier, day)?.is_none() {
                break;
            }
            for (item, is_open) in self.items(earlier, names)? {
                if ended.contains(&item) {
                    continue;
                }
                let broken = about(&here, &item).is_some_and(|(_, stands)| !stands);
                match about(&told, &item).filter(|_| is_open && !broken) {
                    Some((since, _)) => {
                        let windows = chains.get(&item).map_or(0, |chain| chain.windows) + 1;
                        chains.insert(item, Chain { since, windows });
                    }
                    None => drop(ended.insert(item)),
                }
            }
        }
        Ok(chains)
    }

    /// What was told as lacking in a window before a day, as the ends of threads (those of a unit as a whole: `|unit|`):
    /// since when, and whether it was in the last run.
    fn told(
        &self,
        window: Window,
        day: NaiveDate,
        names: &Names<'_>,
    ) -> rusqlite::Result<BTreeMap<String, (NaiveDate, bool)>> {
        // what stood in the window before already is told here since the run
        let mut rows = self.db.prepare(
            "SELECT ifnull(f.unit, ''), ifnull(f.task, ''), r.numbering,
                    min(CASE WHEN s.windows = 0 THEN s.since ELSE r.day END),
                    max(r.day) = (SELECT max(day) FROM runs WHERE window = ?1 AND day < ?2)
             FROM stood s JOIN runs r ON r.id = s.run JOIN findings f ON f.window = r.window AND f.id = s.id
             WHERE r.window = ?1 AND r.day < ?2 AND f.code IN ('D401', 'D402', 'D412', 'S18') GROUP BY 1, 2, 3",
        )?;
        let mut rows = rows.query(params![window.label(), day.to_string()])?;
        let mut told = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let (unit, task): (String, String) = (row.get(0)?, row.get(1)?);
            let (since, stands): (NaiveDate, bool) = (parsed(row, 3)?, row.get(4)?);
            let all = told.entry(names.duty(row.get(2)?, &unit, &task)).or_insert((since, stands));
            *all = (all.0.min(since), all.1 || stands);
        }
        Ok(told)
    }

    /// What was owed in a window, and whether it was left open.
    fn items(&self, window: Window, names: &Names<'_>) -> rusqlite::Result<Vec<(String, bool)>> {
        let numbering = self.numbering(&window.label())?;
        let mut rows = self.db.prepare(
            "SELECT unit, task, max(state IN ('missing', 'blank', 'unusable')) FROM obligations
             WHERE window = ?1 GROUP BY unit, task",
        )?;
        let rows = rows.query_map([window.label()], |row| {
            let (unit, task): (String, String) = (row.get(0)?, row.get(1)?);
            Ok((names.duty(numbering, &unit, &task), row.get(2)?))
        })?;
        rows.collect()
    }
}

/// What was told of an item, by itself or of its unit as a whole: since when, and whether it is told still.
fn about(told: &BTreeMap<String, (NaiveDate, bool)>, item: &str) -> Option<(NaiveDate, bool)> {
    let of_unit = item.rfind('|').map(|at| &item[..=at]);
    let both = [Some(item), of_unit].into_iter().flatten().filter_map(|key| told.get(key).copied());
    both.reduce(|a, b| (a.0.min(b.0), a.1 || b.1))
}
