//! A run of the past whose inputs are lost, as its run.json alone tells it: numbers, findings, obligations.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use rusqlite::params;
use serde_json::Value;

use super::dates::moment;
use super::names::Names;
use super::record::counts;
use super::remembered::thread_of;
use super::{History, unusable};
use crate::basis::calendar::{Cycle, Window};
use crate::campaign::stop::Stop;
use crate::obligation::Coverage;
use crate::outcome::{Chain, labels};

impl History {
    /// Writes down a run from its run.json; `ran` is when it ran.
    ///
    /// # Errors
    /// [`Stop::Start`] when the history cannot be written.
    pub fn note(&mut self, run: &Value, ran: NaiveDateTime) -> Result<(), Stop> {
        let (window, day) = (&run["window"], run["as_of"].as_str().and_then(|day| day.parse().ok()));
        // Of a label that is a day only this tells the window; all others name their cycle.
        let cycle = if window["start"] == window["end"] { Cycle::Day } else { Cycle::Month };
        let window = window["label"].as_str().and_then(|label| Window::parse(label, cycle));
        // What was noted of the windows before tells over how many of them a fault stood.
        let chains = match window.zip(day) {
            Some((window, day)) => self.chains(window, day, &Names::default()).map_err(|error| unusable(&error))?,
            None => BTreeMap::new(),
        };
        let transaction = self.db.transaction().map_err(|error| unusable(&error))?;
        write(&transaction, run, ran, &chains).and_then(|()| transaction.commit()).map_err(|error| unusable(&error))
    }
}

fn write(
    db: &rusqlite::Connection,
    run: &Value,
    ran: NaiveDateTime,
    chains: &BTreeMap<String, Chain>,
) -> rusqlite::Result<()> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let list = |name: &str| run[name].as_array().cloned().unwrap_or_default();
    let (window, day) = (text(&run["window"]["label"]), text(&run["as_of"]));
    let as_of = run["inputs"]["as_of"].as_str().map_or_else(|| format!("{day}T23:59:59"), str::to_owned);
    let count = |severity: &str| list("findings").iter().filter(|one| one["severity"] == severity).count() as u32;
    let (mut coverage, mut units): (Coverage, BTreeMap<String, Coverage>) = Default::default();
    for one in list("obligations") {
        let name = text(&one["state"]);
        let Some(state) = labels::STATES.into_iter().find(|state| state.name() == name) else { continue };
        let in_time = one["reported"].as_str().zip(one["due"].as_str()).is_some_and(|(came, due)| came <= due);
        coverage.add(state, in_time);
        units.entry(text(&one["unit"])).or_default().add(state, in_time);
    }
    let files = &run["tally"];
    let of = |name: &str| files[name].as_u64().unwrap_or(0);
    let sent = of("files").saturating_sub(of("files_ignored")) as u32;
    let id: i64 = db.query_row(
        "INSERT INTO runs (turn, ran, window, day, as_of, version, division, inputs, sent, tally, coverage, errors, warnings, infos)
         VALUES ((SELECT ifnull(max(turn), 0) + 1 FROM runs), ?1, ?2, ?3, ?13, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
         RETURNING id",
        params![
            moment(ran),
            window,
            day,
            text(&run["tool"]["version"]),
            text(&run["division"]["hash"]),
            Some(&run["inputs"]).filter(|inputs| !inputs.is_null()).map(Value::to_string),
            sent,
            files.to_string(),
            counts(&coverage).to_string(),
            count("error"),
            count("warning"),
            count("info"),
            as_of,
        ],
        |row| row.get(0),
    )?;
    for one in list("findings") {
        let (code, place) = (text(&one["code"]), &one["place"]);
        let place =
            ["file", "sheet", "cell"].iter().filter_map(|part| place[part].as_str()).collect::<Vec<_>>().join("!");
        let (unit, task) = (one["unit"].as_str(), one["task"].as_str());
        let thread = thread_of(&code, unit.unwrap_or_default(), task.unwrap_or_default(), &place);
        let (id_of, message) = (text(&one["id"]), text(&one["message"]));
        db.execute(
            "INSERT OR IGNORE INTO findings (window, id, thread, code, unit, task, place, message)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![window, id_of, thread, code, unit, task, place, message],
        )?;
        let since = one["since"].as_str().unwrap_or(&day);
        // Over how many windows it stood is not told; that it began before this one is.
        let earlier = u32::from(run["window"]["start"].as_str().is_some_and(|start| since < start));
        let chain = chains.get(&thread).filter(|chain| chain.since.to_string() == since);
        let windows = chain.map_or(earlier, |chain| chain.windows);
        db.execute("INSERT OR IGNORE INTO stood VALUES (?1, ?2, ?3, ?4)", params![id, id_of, since, windows])?;
    }
    for one in list("obligations") {
        db.execute(
            "INSERT OR REPLACE INTO obligations VALUES (?1, ?2, ?3, ?4, ?5)",
            params![window, text(&one["task"]), text(&one["unit"]), text(&one["period"]), text(&one["state"])],
        )?;
    }
    for (unit, coverage) in units {
        let coverage = counts(&coverage).to_string();
        db.execute("INSERT OR REPLACE INTO units VALUES (?1, ?2, ?3)", params![id, unit, coverage])?;
    }
    Ok(())
}
