//! Checks single files against a division; nothing is written.

use std::fs;
use std::path::PathBuf;

use chrono::NaiveTime;

use super::archive::{Archive, temporary_archive};
use super::cache::Cache;
use super::folders::Folders;
use super::gather::{Progress, receive_all, take_in};
use super::history::Remembered;
use super::intake::{Admission, Found, Incoming, Known, Register, local, register, shown, walk};
use super::judge::judge;
use super::open::{Opened, Switches, load, open};
use super::quarantine::Quarantine;
use super::readers::Readers;
use super::stop::Stop;
use crate::basis::calendar::Window;
use crate::ledger::file_reading::WindowFrom;
use crate::outcome::{Outcome, ailments};
use crate::pipeline::TakenIn;
use crate::read::{Health, Refusal};

/// Checks these files (or all files of these folders) as if they were the whole inbox. Without `--window`, the window
/// stated in the files is used.
///
/// # Errors
/// [`Stop::Start`] when settings or division have errors.
pub fn examine(
    folders: &Folders,
    switches: &Switches,
    files: &[PathBuf],
    readers: &dyn Readers,
    progress: &dyn Progress,
) -> Result<Outcome, Stop> {
    let archive = temporary_archive()?;
    let mut opened = open(folders, switches, readers, &archive, super::now::now())?;
    let incoming = received(files, &archive, readers)?;
    // the files count as received, even if the campaign pins an earlier day
    let latest = incoming.iter().map(|file| file.received).max().unwrap_or(opened.as_of);
    opened.as_of = opened.as_of.max(latest);
    let mut taken = take_in(&incoming, &opened, &archive, &Quarantine::none(), &Cache::none(), readers, progress);
    if switches.window.is_none() {
        // a file that says when it was filled in is of the window that is due next
        let cycle = opened.window.cycle;
        let named = taken.iter().filter_map(|file| file.reading.window).map(|(window, from)| match from {
            WindowFrom::FilledOn => opened.settings.due.next(cycle, window.start.and_time(NaiveTime::MIN)),
            _ => window,
        });
        if let Some(window) = named.max_by_key(|window| window.end).filter(|window| *window != opened.window) {
            go_to(&mut opened, window);
            taken = take_in(&incoming, &opened, &archive, &Quarantine::none(), &Cache::none(), readers, progress);
        }
    }
    judge(&opened, taken, &Remembered::default(), None)
}

/// Makes this window that of the run.
fn go_to(opened: &mut Opened, window: Window) {
    opened.window = window;
    let written = opened.division.rulings.written.clone();
    opened.division = load(&opened.book, &opened.division.hash, &opened.settings, window);
    crate::ledger::settle(&mut opened.division, written, window);
}

/// Reads these files (or all files of these folders). The day of the campaign becomes that of the latest file, so that
/// all count as received. Without `--window` a file that names its period is read as in that window, so that its days
/// without a year or a month are those of the period.
///
/// # Errors
/// [`Stop`] when a file cannot be opened or the temporary copy cannot be written.
pub fn read_files(
    opened: &mut Opened,
    files: &[PathBuf],
    readers: &dyn Readers,
    progress: &dyn Progress,
) -> Result<Vec<TakenIn>, Stop> {
    read_into(&temporary_archive()?, opened, files, readers, progress)
}

fn read_into(
    archive: &Archive,
    opened: &mut Opened,
    files: &[PathBuf],
    readers: &dyn Readers,
    progress: &dyn Progress,
) -> Result<Vec<TakenIn>, Stop> {
    let incoming = received(files, archive, readers)?;
    let latest = incoming.iter().map(|file| file.received).max().unwrap_or(opened.as_of);
    opened.as_of = opened.as_of.max(latest);
    let take = |incoming: &[Incoming], opened: &Opened| {
        take_in(incoming, opened, archive, &Quarantine::none(), &Cache::none(), readers, progress)
    };
    let mut taken = take(&incoming, opened);
    if opened.settings.window.is_none() {
        let run = opened.window;
        for window in named(&taken, run) {
            let of_window = |file: &TakenIn| period(file) == Some(window);
            let own: Vec<usize> = (0..taken.len()).filter(|&at| of_window(&taken[at])).collect();
            let names: Vec<&str> = own.iter().map(|&at| taken[at].source.name.as_str()).collect();
            let again: Vec<Incoming> =
                incoming.iter().filter(|file| names.contains(&file.name.as_str())).cloned().collect();
            go_to(opened, window);
            for file in take(&again, opened) {
                if let Some(old) = taken.iter_mut().find(|old| old.source.name == file.source.name) {
                    *old = file;
                }
            }
        }
        if opened.window != run {
            go_to(opened, run);
        }
    }
    Ok(taken)
}

/// The period that a file names as its own.
fn period(file: &TakenIn) -> Option<Window> {
    file.reading.window.filter(|(_, from)| *from != WindowFrom::FilledOn).map(|(window, _)| window)
}

/// The periods that files name, but that of the run.
fn named(taken: &[TakenIn], run: Window) -> Vec<Window> {
    let mut windows: Vec<Window> = taken.iter().filter_map(period).filter(|window| *window != run).collect();
    windows.sort_by_key(|window| (window.start, window.end));
    windows.dedup();
    windows
}

/// A file and its health.
#[derive(Debug)]
pub struct Examined {
    /// How it is read.
    pub taken: TakenIn,
    /// What is amiss in it, or why it cannot be read.
    pub health: Result<Health, Refusal>,
}

/// Reads these files (or all files of these folders) and says what is amiss in each (体检); what is left aside before
/// reading is left out.
///
/// # Errors
/// As [`read_files`].
pub fn examined(
    opened: &mut Opened,
    files: &[PathBuf],
    readers: &dyn Readers,
    progress: &dyn Progress,
) -> Result<Vec<Examined>, Stop> {
    let archive = temporary_archive()?;
    let taken = read_into(&archive, opened, files, readers, progress)?;
    let examined = taken.into_iter().filter(|file| file.ignored.is_none()).map(|taken| {
        let health = match &taken.reading.refusal {
            Some(why) => Err(why.clone()),
            None => readers.health(&archive.path(&taken.source.hash), &taken.source.name).map(|mut health| {
                ailments::add_ledgers(&mut health, taken.one(), &taken.findings);
                health
            }),
        };
        Examined { taken, health }
    });
    Ok(examined.collect())
}

fn received(files: &[PathBuf], archive: &Archive, readers: &dyn Readers) -> Result<Vec<Incoming>, Stop> {
    let mut found = Vec::new();
    for file in files {
        let shown = shown(file);
        match fs::metadata(file) {
            Ok(meta) if meta.is_dir() => found.extend(walk(file, &shown, &[file.join(register::NAME)])?),
            Ok(meta) if meta.is_file() => found.push(Found {
                name: shown,
                path: file.clone(),
                size: meta.len(),
                modified: meta.modified().ok().map(local),
                admission: Admission::Read,
            }),
            Ok(_) => return Err(Stop::start(format!("{shown} 不是普通文件"), format!("{shown} is no regular file"))),
            Err(error) => return Err(Stop::io("读不了", "cannot read", file, &error)),
        }
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found.dedup_by(|a, b| a.name == b.name);
    let unknown = chrono::NaiveDateTime::default();
    receive_all(&found, &Register::default(), archive, &Known::default(), &Quarantine::none(), readers, unknown)
}
