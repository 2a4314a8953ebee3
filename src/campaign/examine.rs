//! Checks single files against a division; nothing is written.

use std::fs;
use std::path::PathBuf;

use super::archive::{Archive, temporary_archive};
use super::cache::Cache;
use super::folders::Folders;
use super::gather::{Progress, receive_all, take_in};
use super::history::Remembered;
use super::intake::{Admission, Found, Incoming, Known, Register, local, register, walk};
use super::judge::judge;
use super::open::{Opened, Switches, load, open};
use super::quarantine::Quarantine;
use super::readers::Readers;
use super::stop::Stop;
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
        let named = taken.iter().filter_map(|file| file.reading.window).map(|(window, _)| window);
        if let Some(window) = named.max_by_key(|window| window.end).filter(|window| *window != opened.window) {
            opened.window = window;
            let written = opened.division.rulings.written.clone();
            opened.division = load(&opened.book, &opened.division.hash, &opened.settings, window);
            crate::ledger::settle(&mut opened.division, written, window);
            taken = take_in(&incoming, &opened, &archive, &Quarantine::none(), &Cache::none(), readers, progress);
        }
    }
    judge(&opened, taken, &Remembered::default(), None)
}

/// Reads these files (or all files of these folders). The day of the campaign becomes that of the latest file, so that
/// all count as received.
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
    Ok(take_in(&incoming, opened, archive, &Quarantine::none(), &Cache::none(), readers, progress))
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
        let shown = file.to_string_lossy().replace('\\', "/");
        match fs::metadata(file) {
            Ok(meta) if meta.is_dir() => found.extend(walk(file, &shown, &[file.join(register::NAME)])?),
            Ok(meta) if meta.is_file() => found.push(Found {
                name: shown,
                path: file.clone(),
                size: meta.len(),
                modified: meta.modified().map_or_else(|_| chrono::NaiveDateTime::default(), local),
                admission: Admission::Read,
            }),
            Ok(_) => return Err(Stop::start(format!("{shown} 不是普通文件"), format!("{shown} is no regular file"))),
            Err(error) => return Err(Stop::io("读不了", "cannot read", file, &error)),
        }
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found.dedup_by(|a, b| a.name == b.name);
    receive_all(&found, &Register::default(), archive, &Known::new(), &Quarantine::none(), readers)
}
