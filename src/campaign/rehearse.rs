//! `rehearse`: what a changed division or settings file would have found in past windows. Each archived window is judged
//! twice, with the old inputs and with the change. Nothing is written.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::archive::{Archive, temporary_archive};
use super::change::Change;
use super::folders::{Folders, SETTINGS};
use super::gather::Progress;
use super::history::{History, PastRun};
use super::open::{load, stop_at_errors, stopped};
use super::readers::Readers;
use super::rerun::{MadeOf, derive};
use super::settings::Layer;
use super::stop::Stop;
use crate::basis::Bilingual;
use crate::basis::calendar::Window;
use crate::basis::finding::Severity;
use crate::basis::settings::Settings;
use crate::check::support::refusal;
use crate::obligation::State;
use crate::outcome::{Outcome, labels};

/// The effect of the change on a past window.
#[derive(Debug)]
pub struct Rehearsed {
    /// Its label.
    pub window: String,
    /// Obligations that would fail under the change.
    pub failing: Vec<Turn>,
    /// Obligations that failed and would pass.
    pub passing: Vec<Turn>,
}

/// An obligation whose state changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// The unit.
    pub unit: String,
    /// The task, by code.
    pub task: String,
    /// The period.
    pub period: String,
    /// The state as it was; none if it was not owed.
    pub then: Option<String>,
    /// The state under the change; none if it would not be owed.
    pub now: Option<String>,
}

/// Judges every archived window again under a changed division or settings file. Windows that cannot be judged again are
/// named in `complaints`.
///
/// # Errors
/// [`Stop::Start`] when the file cannot be used.
pub fn rehearse(
    folders: &Folders,
    file: &Path,
    readers: &dyn Readers,
    progress: &dyn Progress,
    complaints: &mut Vec<Bilingual>,
) -> Result<Vec<Rehearsed>, Stop> {
    let change = change(folders, file, readers)?;
    let archive = Archive::new(&folders.archive());
    let mut last: BTreeMap<String, PastRun> = BTreeMap::new();
    for run in History::read_only(&folders.database())?.runs()? {
        last.insert(run.window.clone(), run);
    }
    let mut runs: Vec<PastRun> = last.into_values().collect();
    runs.sort_by(|a, b| a.as_of.cmp(&b.as_of));
    let mut rehearsed = Vec::new();
    for run in runs {
        let Some(inputs) = run.inputs else {
            complaints.push(Bilingual::new(
                format!("{}：由较早的版本运行，没有存下输入，未预演", run.window),
                format!("{}: run by an earlier version that kept no inputs; left out", run.window),
            ));
            continue;
        };
        let judged = |change: Option<&Change>| {
            let made_of = MadeOf::recalled(&archive, &run.window, inputs.clone())?;
            derive(folders, &archive, made_of, change, readers, progress)
        };
        match judged(None).and_then(|then| Ok((then, judged(Some(&change))?))) {
            Ok((then, now)) => {
                if let Change::Division { .. } = change {
                    stop_at_errors(&now.opened.division, &now.opened.settings)?;
                }
                rehearsed.push(compared(&run.window, &then.outcome, &now.outcome));
            }
            Err(stop) => complaints.extend(stop.said().iter().map(|said| {
                Bilingual::new(
                    format!("{}：未预演：{}", run.window, said.zh),
                    format!("{}: left out: {}", run.window, said.en),
                )
            })),
        }
    }
    Ok(rehearsed)
}

/// What a file changes, decided by its content: valid TOML text is a settings file, everything else is a division.
fn change(folders: &Folders, file: &Path, readers: &dyn Readers) -> Result<Change, Stop> {
    let name = file.display().to_string();
    let bytes = std::fs::read(file).map_err(|error| Stop::io("读不了", "cannot read", file, &error))?;
    let toml = std::str::from_utf8(&bytes)
        .ok()
        .map(|text| text.trim_start_matches('\u{feff}'))
        .map(|text| Layer::toml(text, &name));
    let is_settings = file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"));
    match toml {
        Some(Ok(layer)) => {
            let mut complaints = Vec::new();
            layer.apply(&mut Settings::default(), &mut complaints);
            stopped(&complaints)?;
            return Ok(Change::Settings(layer));
        }
        Some(Err(complaint)) if is_settings => {
            return stopped(&[*complaint]).map(|()| Change::Settings(Layer::default()));
        }
        _ => {}
    }
    let archive = temporary_archive()?;
    let refused = |why: &Bilingual| Stop::failed("读不了任务分工表", "cannot read the division", &name, why);
    let busy = Bilingual::fixed("文件过大，或正在写入", "it is too large, or being written");
    let held = archive.take(file).map_err(|_| refused(&busy))?;
    let book =
        readers.workbook(&archive.path(&held.hash), &name).map_err(|refusal| refused(&refusal::words(&refusal)))?;
    let own = match std::fs::read_to_string(folders.settings()) {
        Ok(text) => Layer::toml(text.trim_start_matches('\u{feff}'), SETTINGS)
            .map_err(|complaint| stopped(&[*complaint]).err().unwrap_or_else(|| refused(&SETTINGS.into())))?,
        Err(_) => Layer::default(),
    };
    let change = Change::Division { book: Box::new(book), hash: held.hash.clone(), own };
    if let Change::Division { book, hash, .. } = &change {
        let settings = change.settings(&Settings { division: name.clone(), ..Settings::default() }, book)?;
        let window = Window::containing(settings.cycle, super::now::now().date());
        stop_at_errors(&load(book, hash, &settings, window), &settings)?;
    }
    Ok(change)
}

/// The obligations by unit, task and period, with their states.
fn standing(outcome: &Outcome) -> BTreeMap<(String, String, String), (bool, String)> {
    let mut told = BTreeMap::new();
    for owed in &outcome.obligations.all {
        let mut codes: Vec<&str> = outcome
            .issues
            .iter()
            .filter(|issue| issue.counts() && issue.severity == Severity::Error)
            .filter(|issue| issue.finding.unit == Some(owed.unit))
            .filter(|issue| issue.finding.task == Some(owed.task))
            .filter(|issue| issue.finding.kind.scope.gap().is_some_and(|gap| !gap.is_missing() && !gap.is_reminder()))
            .filter(|issue| {
                let period = issue.finding.period.as_deref();
                period.is_none_or(|period| period == owed.period.label() || period == outcome.window.label())
            })
            .map(|issue| issue.finding.kind.code)
            .collect();
        codes.sort_unstable();
        codes.dedup();
        let fails = owed.state.is_lacking() || owed.state == State::Late;
        let mut words = labels::state(owed.state, outcome.settings.lang).to_owned();
        if !codes.is_empty() {
            words = format!("{words}（{}）", codes.join("、"));
        }
        let key = (
            outcome.division.unit(owed.unit).name.clone(),
            outcome.division.task(owed.task).code.clone(),
            owed.period.label(),
        );
        told.insert(key, (fails || !codes.is_empty(), words));
    }
    told
}

fn compared(window: &str, then: &Outcome, now: &Outcome) -> Rehearsed {
    let (then, now) = (standing(then), standing(now));
    let keys: BTreeSet<_> = then.keys().chain(now.keys()).collect();
    let (mut failing, mut passing): (Vec<Turn>, Vec<Turn>) = (Vec::new(), Vec::new());
    for key in keys {
        let (before, after) = (then.get(key), now.get(key));
        let list = match (before.is_some_and(|one| one.0), after.is_some_and(|one| one.0)) {
            (false, true) => &mut failing,
            (true, false) => &mut passing,
            _ => continue,
        };
        let (unit, task, period) = key.clone();
        let words = |one: Option<&(bool, String)>| one.map(|one| one.1.clone());
        list.push(Turn { unit, task, period, then: words(before), now: words(after) });
    }
    // Under another cycle the periods differ: a report missing for a quarter and one missing for a month of it both fail.
    let turned = |turn: &Turn| (turn.unit.clone(), turn.task.clone());
    let ended: BTreeSet<_> = passing.iter().filter(|turn| turn.now.is_none()).map(turned).collect();
    let begun: BTreeSet<_> = failing.iter().filter(|turn| turn.then.is_none()).map(turned).collect();
    failing.retain(|turn| turn.then.is_some() || !ended.contains(&turned(turn)));
    passing.retain(|turn| turn.now.is_some() || !begun.contains(&turned(turn)));
    Rehearsed { window: window.to_owned(), failing, passing }
}
