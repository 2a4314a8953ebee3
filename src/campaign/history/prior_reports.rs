//! Stores the reports of each window for later windows, since the files may no longer be in the inbox.

use std::collections::BTreeMap;

use rusqlite::{Transaction, params};

use super::recall::parsed;
use super::record::moment;
use super::{History, unusable};
use crate::basis::calendar::Window;
use crate::basis::text::{code_key, name_key};
use crate::basis::{TaskId, UnitId};
use crate::campaign::intake::Incoming;
use crate::campaign::open::Opened;
use crate::campaign::stop::Stop;
use crate::obligation::content::Content;
use crate::obligation::{Coverage, PriorReport, PriorReports};
use crate::outcome::Outcome;

/// Stores the last report of this window on each task by each unit.
pub(super) fn write(db: &Transaction<'_>, outcome: &Outcome) -> rusqlite::Result<()> {
    let mut last: BTreeMap<(TaskId, UnitId), PriorReport> = BTreeMap::new();
    for obligation in &outcome.obligations.all {
        for &at in &obligation.records {
            let entry = outcome.entry(at);
            let of_before =
                outcome.files[at.file as usize].window.is_some_and(|window| window.start < outcome.window.start);
            if of_before || Content::of(entry) != Content::Usable {
                continue;
            }
            let this = PriorReport::of(entry, outcome.window.end);
            let known = last.entry((obligation.task, obligation.unit)).or_insert(this);
            if (this.received, this.done) >= (known.received, known.done) {
                *known = this;
            }
        }
    }
    let window = outcome.window.label();
    db.execute("DELETE FROM reports WHERE window = ?1", [&window])?;
    let mut row = db.prepare_cached("INSERT OR REPLACE INTO reports VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
    for ((task, unit), one) in last {
        let (task, unit) = (&outcome.division.task(task).code, &outcome.division.unit(unit).name);
        let status = one.status.and_then(|status| serde_json::to_string(&status).ok());
        row.execute(params![window, one.window_end.to_string(), task, unit, moment(one.received), one.done, status])?;
    }
    Ok(())
}

impl History {
    /// The reports of earlier windows, and those of this window received before the current files. Tasks and units that are
    /// no longer in the division are left out.
    ///
    /// # Errors
    /// [`Stop::Start`] when the history cannot be read.
    pub fn prior(&self, opened: &Opened, incoming: &[Incoming]) -> Result<PriorReports, Stop> {
        let division = &opened.division;
        let tasks: BTreeMap<&str, TaskId> =
            division.tasks.iter().enumerate().map(|(at, task)| (&*task.code_key, TaskId(at as u32))).collect();
        let read = || -> rusqlite::Result<PriorReports> {
            let mut prior = PriorReports::default();
            let mut rows = self.db.prepare(
                "SELECT task, unit, \"end\", received, done, status FROM reports WHERE \"end\" < ?1 ORDER BY \"end\", received",
            )?;
            let mut rows = rows.query([opened.window.start.to_string()])?;
            while let Some(row) = rows.next()? {
                let (task, unit): (String, String) = (row.get(0)?, row.get(1)?);
                let task = tasks.get(&*code_key(&task));
                let (Some(&task), Some(&unit)) = (task, division.roster.names.get(&name_key(&unit))) else { continue };
                let status: Option<String> = row.get(5)?;
                prior.reports.entry((task, unit)).or_default().push(PriorReport {
                    window_end: parsed(row, 2)?,
                    received: parsed(row, 3)?,
                    done: row.get(4)?,
                    status: status.and_then(|status| serde_json::from_str(&status).ok()),
                    record: None,
                });
            }
            prior.windows = self.windows_before(opened.window)?;
            Ok(prior)
        };
        let first = self.first_reports(opened, incoming)?;
        read().map(|prior| PriorReports { first, ..prior }).map_err(|error| unusable(&error))
    }

    /// The counts of the latest run of each earlier window of the same length, oldest first.
    fn windows_before(&self, window: Window) -> rusqlite::Result<Vec<(Window, Coverage)>> {
        /// The most windows, as many as a chart shows.
        const MOST: usize = 12;
        let mut rows = self.db.prepare("SELECT window, coverage FROM runs ORDER BY as_of")?;
        let rows = rows.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
        let mut latest = BTreeMap::new();
        for row in rows {
            let (label, counts) = row?;
            let Some(earlier) = Window::parse(&label, window.cycle).filter(|w| w.cycle == window.cycle) else {
                continue;
            };
            if let Some(counts) = Some(counts).filter(|_| earlier.end < window.start).and_then(|text| coverage(&text)) {
                latest.insert(earlier, counts);
            }
        }
        let skip = latest.len().saturating_sub(MOST);
        Ok(latest.into_iter().skip(skip).collect())
    }
}

/// Reads the counts of a run as stored by [`super::record`].
fn coverage(text: &str) -> Option<Coverage> {
    let counts: BTreeMap<String, u32> = serde_json::from_str(text).ok()?;
    let count = |name: &str| counts.get(name).copied().unwrap_or(0);
    Some(Coverage {
        on_time: count("on_time"),
        late: count("late"),
        nil: count("nil"),
        missing: count("missing"),
        blank: count("blank"),
        unusable: count("unusable"),
        exempt: count("exempt"),
        disputed: count("disputed"),
        not_due: count("not_due"),
        other_in_time: count("other_in_time"),
    })
}
