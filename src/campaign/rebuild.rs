//! Rebuilds a lost or damaged history from the sets of outputs and the archive.
//!
//! The run.json of each set names its inputs. The newest set of each window is judged again from the archive, in
//! chronological order, and recorded as if it had just been run: runs, trend, since when each fault has stood, and what
//! was reported on every task. Earlier runs of the same window are lost.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;

use super::archive::Archive;
use super::folders::Folders;
use super::gather::Silent;
use super::history::History;
use super::intake::local;
use super::readers::Readers;
use super::rerun::{MadeOf, derive};
use super::stop::Stop;
use crate::basis::Bilingual;
use crate::basis::settings::Settings;

/// Opens the history of a campaign. A lost history is rebuilt first, which adds a remark to `complaints`.
///
/// # Errors
/// [`Stop::Start`] when it cannot be used or written.
pub(super) fn open(
    folders: &Folders,
    settings: &Settings,
    archive: &Archive,
    readers: &dyn Readers,
    complaints: &mut Vec<Bilingual>,
) -> Result<History, Stop> {
    let path = folders.database();
    if History::is_there(&path) {
        return History::open(&path);
    }
    let sets = sets(&folders.output(settings));
    if !sets.is_empty() {
        complaints.push(rebuild(folders, &sets, archive, readers)?);
    }
    History::open(&path)
}

/// Renames a damaged history and deletes its journal files.
///
/// # Errors
/// [`Stop::Start`] when it cannot be moved.
pub(super) fn set_aside(folders: &Folders) -> Result<Bilingual, Stop> {
    let path = folders.database();
    let stamp = super::now::now().format("%Y-%m-%dT%H%M%S");
    let aside = path.with_file_name(format!("state.db.{stamp}.damaged"));
    let refused = |error| Stop::io("不能移开损坏的历史记录", "cannot set the damaged history aside", &path, &error);
    fs::rename(&path, &aside).map_err(refused)?;
    for end in ["db-wal", "db-shm"] {
        // A journal cannot be read without its database.
        let _ = fs::remove_file(path.with_extension(end));
    }
    let name = aside.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(Bilingual::new(
        format!("历史记录已损坏，移为 .taizhang/{name}"),
        format!("the history was damaged; it is now .taizhang/{name}"),
    ))
}

/// A set of outputs: its run.json, and when that was written.
type Set = (serde_json::Value, NaiveDateTime);

/// The sets of all windows, in the order of their moments.
fn sets(output: &Path) -> Vec<Set> {
    let folders = fs::read_dir(output).into_iter().flatten().filter_map(Result::ok);
    let files = folders.map(|folder| folder.path().join("run.json"));
    let read = |file: PathBuf| -> Option<Set> {
        let written = fs::metadata(&file).and_then(|meta| meta.modified()).ok()?;
        Some((serde_json::from_slice(&fs::read(file).ok()?).ok()?, local(written)))
    };
    let mut sets: Vec<Set> = files.filter_map(read).filter(|(set, _)| set["schema"].is_string()).collect();
    let moment = |(set, _): &Set| set["inputs"]["as_of"].as_str().or(set["as_of"].as_str()).map(str::to_owned);
    sets.sort_by_key(moment);
    sets
}

fn rebuild(folders: &Folders, sets: &[Set], archive: &Archive, readers: &dyn Readers) -> Result<Bilingual, Stop> {
    let path = folders.database();
    // An incomplete history must not be taken for a complete one.
    let new = path.with_file_name("rebuilt.db");
    for end in ["db", "db-wal", "db-shm"] {
        let _ = fs::remove_file(new.with_extension(end));
    }
    let mut history = History::open(&new)?;
    let (mut whole, mut numbers) = (Vec::new(), Vec::new());
    for (set, ran) in sets {
        let label = set["window"]["label"].as_str().unwrap_or_default().to_owned();
        let made = MadeOf::of_set(folders, archive, set)
            .and_then(|made_of| derive(folders, archive, made_of, None, readers, &Silent));
        if let Ok(made) = made {
            history.begin(&made.outcome, &made.incoming, *ran)?;
            history.keep()?;
            whole.push(label);
        } else {
            history.note(set, *ran)?;
            numbers.push(label);
        }
    }
    history.close()?;
    for end in ["db-wal", "db-shm"] {
        // What a lost history left beside it belongs to no other.
        let _ = fs::remove_file(path.with_extension(end));
    }
    fs::rename(&new, &path).map_err(|error| Stop::io("不能写", "cannot write", &path, &error))?;
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    if !whole.is_empty() {
        zh.push(format!("已由各期输出和存档重建：{}", whole.join("、")));
        en.push(format!("it is made anew from outputs and archive: {}", whole.join(", ")));
    }
    if !numbers.is_empty() {
        zh.push(format!("存档不全，由各期输出重建，只恢复数字和问题：{}", numbers.join("、")));
        en.push(format!("numbers and findings only, for want of archived files: {}", numbers.join(", ")));
    }
    Ok(Bilingual::new(
        format!("没有找到历史记录 .taizhang/state.db，{}", zh.join("；")),
        format!("the history .taizhang/state.db was lost; {}", en.join("; ")),
    ))
}
