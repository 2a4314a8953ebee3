//! Forgets what is older than `keep`: runs of the history, archived files that no run left needs, and what people put
//! aside in 改动/. What a run that is left was made of stays, and so does the last report on every task.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

use chrono::{NaiveDateTime, TimeDelta};
use serde_json::Value;

use super::archive::Archive;
use super::emit::EDITS;
use super::folders::Folders;
use super::history::{History, PastRun};
use super::intake::local;
use super::stop::Stop;
use crate::basis::Bilingual;
use crate::basis::settings::Settings;

/// Nothing is done until something is older than it need be by so many days: to see what is needed costs a look at every
/// run.
const LEEWAY: i64 = 30;

/// A clock that leapt is believed when so many windows have run since.
const SETTLED: usize = 3;

/// A step of up to so many days between two runs is no leap.
const YEAR: i64 = 366;

/// Cleans up after a run, if there is something to clean up. `before` is the run before this one: how old things are is
/// told by the earlier of the two clocks, and nothing is old right after a clock leapt, so that a wrong clock makes nothing
/// old. What was done is said.
///
/// # Errors
/// [`Stop::Start`] when the history cannot be written.
pub(super) fn clean(
    folders: &Folders,
    settings: &Settings,
    archive: &Archive,
    history: &mut History,
    before: Option<&PastRun>,
    now: NaiveDateTime,
) -> Result<Option<Bilingual>, Stop> {
    let Some(before) = before.and_then(|run| run.ran.parse().ok()) else { return Ok(None) };
    let Some(since) = settings.keep.since(now.min(before)) else { return Ok(None) };
    let runs = history.runs()?;
    if leapt(&runs, settings) {
        return Ok(None);
    }
    let old = |run: &PastRun, limit: NaiveDateTime| run.ran.parse().is_ok_and(|ran: NaiveDateTime| ran < limit);
    if !runs.iter().any(|run| old(run, since - TimeDelta::days(LEEWAY))) {
        return Ok(None);
    }
    let runs = history.forget_before(since)?;
    let needed = needed(archive, history)?;
    let files = sweep(archive.root(), since, &needed);
    let aside = edits(&folders.output(settings), since);
    let day = since.date();
    Ok(Some(Bilingual::new(
        format!("按设置 keep 清理 {day} 以前的记录：运行 {runs} 次，存档文件 {files} 个，{EDITS} {aside} 份"),
        format!(
            "kept for as long as `keep` says; from before {day} went {runs} runs, {files} archived files, {aside} folders of {EDITS}"
        ),
    )))
}

/// Whether the clock leapt in one of the last windows so far that all there was before became old at once: it may be
/// wrong for longer than one run, and what is removed does not come back.
fn leapt(runs: &[PastRun], settings: &Settings) -> bool {
    let mut windows = BTreeSet::new();
    let lately = runs.iter().rev().take_while(|run| {
        windows.insert(&run.window);
        windows.len() <= SETTLED + 1
    });
    let clocks: Vec<NaiveDateTime> = lately.filter_map(|run| run.ran.parse().ok()).collect();
    clocks.windows(2).any(|pair| {
        let (later, earlier) = (pair[0].max(pair[1]), pair[0].min(pair[1]));
        later - earlier > TimeDelta::days(YEAR) && settings.keep.since(later).is_some_and(|since| since > earlier)
    })
}

/// The hashes of everything that the runs left were made of.
fn needed(archive: &Archive, history: &History) -> Result<BTreeSet<String>, Stop> {
    let mut needed = BTreeSet::new();
    for run in history.runs()? {
        needed.insert(run.division.clone());
        let Some(inputs) = &run.inputs else {
            // A run of an earlier version names its files in the history itself.
            if let Ok((settings, files)) = history.unarchived(run.id) {
                needed.extend(settings.form_hash);
                needed.extend(files.into_iter().map(|file| file.hash));
            }
            continue;
        };
        hashes(&serde_json::to_value(inputs).unwrap_or_default(), &mut needed);
        let listed = archive.bytes(&inputs.inbox).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        hashes(&listed.unwrap_or_default(), &mut needed);
    }
    Ok(needed)
}

/// Every hash that a value names.
fn hashes(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) if text.starts_with("blake3:") => drop(found.insert(text.clone())),
        Value::Array(all) => all.iter().for_each(|one| hashes(one, found)),
        Value::Object(all) => all.values().for_each(|one| hashes(one, found)),
        _ => {}
    }
}

/// Removes archived files that are old and not needed; how many. One that cannot be removed is left for another time.
fn sweep(root: &Path, since: NaiveDateTime, needed: &BTreeSet<String>) -> usize {
    let needed: BTreeSet<&str> = needed.iter().filter_map(|hash| hash.strip_prefix("blake3:")).collect();
    let files = walkdir::WalkDir::new(root).min_depth(1).max_depth(1).into_iter().filter_map(Result::ok);
    let old = |entry: &walkdir::DirEntry| {
        let made = entry.metadata().ok().and_then(|meta| meta.modified().ok());
        made.is_some_and(|made: SystemTime| local(made) < since)
    };
    let gone = files
        .filter(|entry| !entry.file_name().to_str().is_some_and(|name| needed.contains(name)) && old(entry))
        .filter(|entry| fs::remove_file(entry.path()).is_ok());
    gone.count()
}

/// Removes what people put aside before a day; how many times that was.
fn edits(output: &Path, since: NaiveDateTime) -> usize {
    let windows = fs::read_dir(output).into_iter().flatten().filter_map(Result::ok);
    let times =
        windows.flat_map(|window| fs::read_dir(window.path().join(EDITS)).into_iter().flatten().filter_map(Result::ok));
    let old = |entry: &fs::DirEntry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        let time = name.get(..17).and_then(|time| NaiveDateTime::parse_from_str(time, "%Y-%m-%dT%H%M%S").ok());
        time.is_some_and(|time| time < since)
    };
    times.filter(|entry| old(entry) && fs::remove_dir_all(entry.path()).is_ok()).count()
}
