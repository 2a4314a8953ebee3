//! 人工认定.xlsx: read when a campaign is opened, kept in the archive as far as a person wrote it.

mod book;

pub use book::{plan, put, stands, waits};

use std::path::Path;

use super::archive::{Archive, digest};
use super::folders::Folders;
use super::open::Opened;
use super::readers::Readers;
use super::stop::{Stop, why};
use crate::basis::Bilingual;
use crate::basis::calendar::Window;
use crate::check::support::refusal;
use crate::ruling::{BESIDE, FILE, Field, Written};

/// The file in the state folder that holds the highest 编号 that was ever given.
const LAST: &str = "rulings-last";

/// What a person has settled, as it stands in the folder now: the workbook, and what waits beside it.
///
/// # Errors
/// [`Stop::Start`] when one of them cannot be read.
pub fn read(folders: &Folders, readers: &dyn Readers, window: Window) -> Result<Vec<Written>, Stop> {
    let mut all = Vec::new();
    for name in [FILE, BESIDE] {
        let path = folders.root.join(name);
        if path.exists() {
            all.push(one(&path, name, readers)?);
        }
    }
    if let [standing, beside] = all.as_mut_slice() {
        // What was taken in by a run that could not remove it any more.
        beside.lines.retain(|line| line.id == 0 || standing.lines.iter().all(|known| known.id != line.id));
    }
    number(&mut all, last(folders), window);
    Ok(all)
}

fn one(path: &Path, name: &str, readers: &dyn Readers) -> Result<Written, Stop> {
    let hash = || std::fs::read(path).map(|bytes| digest(&bytes)).map_err(|error| refused(name, &why(&error)));
    // Read where it stands: only what a person wrote in it is kept.
    let before = hash()?;
    let book = readers.workbook(path, name).map_err(|refusal| refused(name, &refusal::words(&refusal)))?;
    if hash()? != before {
        return Err(refused(name, &Bilingual::new("文件正在写入，请稍后再运行", "it is being written")));
    }
    let written = Written::read(&book, name).map(|written| Written { hash: before, ..written });
    written.ok_or_else(|| {
        let said = Bilingual::new(
            "没有找到有“类别、原文、认定”表头的工作表；请恢复表头，或移走该文件后再运行",
            "no sheet has the headings 类别, 原文, 认定",
        );
        refused(name, &said)
    })
}

fn refused(name: &str, why: &Bilingual) -> Stop {
    Stop::failed("读不了", "cannot read", name, why)
}

/// The highest number that was ever given.
fn last(folders: &Folders) -> u32 {
    let text = std::fs::read_to_string(folders.state().join(LAST)).unwrap_or_default();
    text.trim().parse().unwrap_or(0)
}

/// Gives the lines that a person added their number, and the window of the run where they do not name one. Of two lines
/// with one number, as when a line was copied, the second is a new one.
fn number(all: &mut [Written], last: u32, window: Window) {
    let mut known = std::collections::BTreeSet::new();
    for line in all.iter_mut().flat_map(|one| &mut one.lines) {
        if line.id > 0 && !known.insert(line.id) {
            line.id = 0;
        }
    }
    let mut next = known.last().copied().unwrap_or(0).max(last);
    for line in all.iter_mut().flat_map(|one| &mut one.lines).filter(|line| line.is_ruled()) {
        if line.id == 0 {
            next += 1;
            line.id = next;
        }
        if line.get(Field::Window).is_empty() {
            line.set(Field::Window, window.label());
            line.cells.sort_by_key(|cell| cell.0);
        }
    }
}

/// Keeps what a person wrote in the archive and notes its hash: an input of the run.
///
/// # Errors
/// [`Stop::Output`] when the archive cannot be written.
pub fn keep(opened: &mut Opened, archive: &Archive) -> Result<(), Stop> {
    let ruled: Vec<Written> = opened.division.rulings.written.iter().map(ruled_only).collect();
    if ruled.iter().all(|one| one.lines.is_empty()) {
        return Ok(());
    }
    let text = serde_json::to_vec(&ruled).unwrap_or_default();
    let held = archive.keep(&text).map_err(|_| {
        Stop::Output(Bilingual::new("人工认定的存档写不了", "the archive of the rulings cannot be written"))
    })?;
    opened.rulings = Some(held.hash);
    Ok(())
}

fn ruled_only(written: &Written) -> Written {
    let lines = written.lines.iter().filter(|line| line.is_ruled()).cloned().collect();
    Written { lines, ..written.clone() }
}

/// What a person had settled when a run of the past was made.
///
/// # Errors
/// [`Stop::Start`] when the archive no longer holds it.
pub fn recall(hash: Option<&str>, archive: &Archive) -> Result<Vec<Written>, Stop> {
    let Some(hash) = hash else { return Ok(Vec::new()) };
    let lost = || Stop::start("存档中缺少人工认定，或已被改动", "the archive lost the rulings, or they were altered");
    let bytes = archive.bytes(hash).map_err(|_| lost())?;
    serde_json::from_slice(&bytes).map_err(|_| lost())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basis::calendar::Cycle;
    use crate::ruling::Line;

    #[test]
    fn numbers_are_never_given_twice() {
        let line = |id, ruled: bool| {
            let mut line = Line { id, ..Line::default() };
            if ruled {
                line.set(Field::Choice, "①");
            }
            line
        };
        let lines = vec![line(2, true), line(2, true), line(0, true), line(0, false)];
        let mut all = vec![Written { lines, ..Written::default() }];
        number(&mut all, 7, Window::parse("2014-08", Cycle::Month).expect("a window"));
        let ids: Vec<u32> = all[0].lines.iter().map(|line| line.id).collect();
        assert_eq!(ids, [2, 8, 9, 0]);
        assert_eq!(all[0].lines[0].get(Field::Window), "2014-08");
    }
}
