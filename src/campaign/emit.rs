//! Puts outputs in place: writes the new set next to the old one, reads it back, flushes it, and exchanges both in one
//! step.
//!
//! While a run for window `2014-08` works, `输出/` contains `.2014-08.new` (the set being written); where two folders cannot
//! be exchanged atomically, also `.2014-08.old` between two renames. The next run cleans up after a killed one: an old
//! set without a new one is put back, everything else is removed.
//!
//! What people changed in a set, or put beside it, is theirs: it goes to `改动/` in the new set, and from there to every
//! set after it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;

use super::archive::{digest_of, patiently};
use super::disk::Disk;
use super::intake::{relative, walk};
use super::stop::{Stop, why};
use crate::basis::Bilingual;
use crate::basis::numbered::apart;
use crate::read::Trouble;

pub use new_set::{Made, NewSet};

/// The log in a window's folder, which is carried over to each new set.
pub const LOG: &str = "运行记录.log";

/// The folder beside the outputs for what people changed in them.
pub const EDITS: &str = "改动";

/// The folders that a window's outputs pass through.
#[derive(Clone, Debug)]
pub struct Slot {
    /// The label of the window.
    pub window: String,
    parent: PathBuf,
    /// The final folder of the set.
    pub place: PathBuf,
    new: PathBuf,
    old: PathBuf,
    /// Old sets that could not be removed.
    rest: PathBuf,
}

impl Slot {
    /// The slot of a window in the output folder.
    pub fn new(output: &Path, window: &str) -> Slot {
        let place = output.join(window);
        let beside = |end: &str| output.join(format!(".{window}.{end}"));
        Slot {
            window: window.to_owned(),
            parent: output.to_owned(),
            place,
            new: beside("new"),
            old: beside("old"),
            rest: beside("rest"),
        }
    }

    /// Cleans up after a run that was killed while writing. What cannot be removed, since others put folders of their own
    /// into it, is set aside ([`Slot::left`]).
    ///
    /// # Errors
    /// [`Stop::Output`] on disk errors.
    pub fn recover(&self, disk: &dyn Disk) -> Result<(), Stop> {
        let tidy = || -> io::Result<()> {
            if self.rest.exists() {
                // it may be possible by now
                let _ = disk.remove_folder(&self.rest);
            }
            if self.old.exists() {
                if self.place.exists() {
                    self.remove(&self.old, disk)?;
                } else {
                    disk.rename(&self.old, &self.place)?;
                    disk.sync_folder(&self.parent)?;
                }
            }
            if self.new.exists() {
                self.remove(&self.new, disk)?;
            }
            Ok(())
        };
        tidy().map_err(|error| refused(&self.place, &error))
    }

    fn remove(&self, folder: &Path, disk: &dyn Disk) -> io::Result<()> {
        disk.remove_folder(folder).or_else(|error| {
            disk.make_folder(&self.rest)?;
            let mut places = (1..).map(|number: u32| self.rest.join(number.to_string()));
            disk.rename(folder, &places.find(|place| !place.exists()).ok_or(error)?)
        })
    }

    /// Says where old sets lie that could not be removed. What people put into them stands in 改动 of the new one.
    pub fn left(&self) -> Option<Bilingual> {
        let rest = self.rest.exists().then(|| self.rest.display())?;
        Some(Bilingual::new(
            format!(
                "以前的输出中有他人放入、本程序删不掉的文件夹，留在 {rest}；其中的文件已另存到{EDITS}，请放入的人删除"
            ),
            format!(
                "folders that somebody put into former outputs could not be removed and are left in {rest}; their files were \
                 copied to {EDITS}"
            ),
        ))
    }

    /// Whether exactly these files stand in place beside the log and what people put aside: path and hash.
    pub fn holds(&self, files: &[(String, String)]) -> bool {
        let same = |(path, hash): &(String, String)| {
            hash_of(&self.place.join(path)).is_ok_and(|found| found.is_some_and(|found| found == *hash))
        };
        standing(&self.place).is_ok_and(|found| found.len() == files.len()) && files.iter().all(same)
    }

    /// What people changed in the set that stands, or put beside it: all whose path and hash no run of ours wrote.
    ///
    /// # Errors
    /// [`Stop::Output`] when a folder in it cannot be listed: what stands there would be lost; when the machine is too short
    /// of something to tell.
    pub fn edits(&self, ours: &BTreeSet<(String, String)>, now: NaiveDateTime) -> Result<Edits, Stop> {
        let stand = standing(&self.place).map_err(|error| {
            let place = error.path().unwrap_or(&self.place).to_owned();
            refused(&place, &error.into())
        })?;
        let mut files = Vec::new();
        for (name, path) in stand {
            let hash = hash_of(&path).map_err(|error| refused(&path, &error))?;
            if !hash.is_some_and(|hash| ours.contains(&(name.clone(), hash))) {
                files.push((name, path));
            }
        }
        let time = now.format("%Y-%m-%dT%H%M%S").to_string();
        let numbered = (2..).map(|number| format!("{time}-{number}"));
        let mut names = std::iter::once(time.clone()).chain(numbered);
        let free = names.find(|name| !self.place.join(EDITS).join(name).exists());
        let doubtful = ours.is_empty() && files.iter().any(|(name, _)| name == "run.json");
        Ok(Edits { folder: format!("{EDITS}/{}", free.unwrap_or(time)), files, doubtful })
    }

    /// What the log says so far.
    pub fn log(&self) -> String {
        fs::read(self.place.join(LOG)).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
    }

    /// Adds a line to the log. One that cannot be written is no reason to stop: nothing depends on it.
    pub fn note(&self, line: &str) {
        use std::io::Write as _;
        let log = fs::File::options().append(true).create(true).open(self.place.join(LOG));
        let _ = log.and_then(|mut log| log.write_all(format!("{line}\r\n").as_bytes()));
    }

    fn swap(&self, disk: &dyn Disk) -> io::Result<()> {
        if !self.place.exists() {
            disk.rename(&self.new, &self.place)?;
            return disk.sync_folder(&self.parent);
        }
        match disk.exchange(&self.new, &self.place) {
            Ok(()) => {
                disk.sync_folder(&self.parent)?;
                // the old set now has the temporary name; the new one is in place even if this fails
                let _ = disk.remove_folder(&self.new);
                Ok(())
            }
            Err(error) if error.kind() == io::ErrorKind::Unsupported => {
                disk.rename(&self.place, &self.old)?;
                disk.rename(&self.new, &self.place)?;
                disk.sync_folder(&self.parent)?;
                let _ = disk.remove_folder(&self.old);
                Ok(())
            }
            Err(error) => Err(error),
        }
    }
}

/// What people changed in a set of outputs, or put beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edits {
    /// The folder below that of the window to which it goes.
    pub folder: String,
    /// The files: path below the folder of the window as it is shown, and where each is.
    pub files: Vec<(String, PathBuf)>,
    /// Whether nothing is known of the set any more that a run put there, so that they may be as it wrote them.
    pub doubtful: bool,
}

impl Edits {
    /// What became of it; none where there was nothing.
    pub fn said(&self) -> Option<Bilingual> {
        /// As many are named.
        const MOST: usize = 5;
        let count = self.files.len();
        let shown = || self.files.iter().take(MOST).map(|(name, _)| name.as_str());
        let named = |between: &str| shown().collect::<Vec<_>>().join(between);
        let (zh, en) = if count > MOST { (" 等", " and others") } else { ("", "") };
        let (said_zh, said_en) = if self.doubtful {
            (
                "是原来的输出，历史和存档已不在，看不出有没有被人改过",
                "cannot be told from what somebody changed, for want of history and archive,",
            )
        } else {
            ("被人改过或另外放入", "were changed or put there by somebody")
        };
        (count > 0).then(|| {
            Bilingual::new(
                format!("输出中有 {count} 个文件{said_zh}，已移到 {}：{}{zh}", self.folder, named("、")),
                format!("{count} files of the outputs {said_en} and are now in {}: {}{en}", self.folder, named(", ")),
            )
        })
    }
}

/// The files of a set of outputs by path below its folder, without the log, what people put aside, and lock files.
///
/// # Errors
/// When a folder in it cannot be listed.
pub fn standing(place: &Path) -> walkdir::Result<BTreeMap<String, PathBuf>> {
    files_below(place, |entry| {
        let top = |name: &str| entry.depth() == 1 && entry.file_name() == name;
        !top(LOG) && !top(EDITS) && !walk::is_lock(&entry.file_name().to_string_lossy())
    })
}

/// All files below a folder by their path from there, without what is not `wanted` and what is below that. Names that are
/// shown alike, since they are not all UTF-8, are told apart by `~2`.
fn files_below(
    folder: &Path,
    wanted: impl Fn(&walkdir::DirEntry) -> bool,
) -> walkdir::Result<BTreeMap<String, PathBuf>> {
    let mut files = BTreeMap::new();
    if !folder.exists() {
        return Ok(files);
    }
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_entry(wanted) {
        let entry = entry?;
        if entry.file_type().is_dir() {
            continue;
        }
        let shown = relative(entry.path(), folder);
        let name = apart(|end| format!("{shown}{end}"), |name| !files.contains_key(name));
        files.insert(name, entry.into_path());
    }
    Ok(files)
}

/// The hash of a file; none of one that cannot be read.
///
/// # Errors
/// When the machine is short of something, which says nothing of the file.
fn hash_of(path: &Path) -> io::Result<Option<String>> {
    if_readable(in_time(|| hash(path)))
}

/// What was read; none where it is the file that cannot be read.
fn if_readable<T>(read: io::Result<T>) -> io::Result<Option<T>> {
    match read {
        Err(error) if Trouble::of(&error).is_shortage() => Err(error),
        read => Ok(read.ok()),
    }
}

/// Tries again while handles are short, which those who are about to close theirs need not be told.
fn in_time<T>(attempt: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    patiently(attempt, |error| Trouble::of(error).is_shortage())
}

/// The hash of a file.
fn hash(path: &Path) -> io::Result<String> {
    digest_of(fs::File::open(path)?)
}

fn refused(place: &Path, error: &io::Error) -> Stop {
    use io::ErrorKind as K;
    let (why, place) = (why(error), place.display());
    let advice = match error.kind() {
        K::PermissionDenied | K::ResourceBusy | K::DirectoryNotEmpty => Bilingual::new(
            "；请关闭正在打开的输出文件，或检查写入权限后重试",
            "; close them or look at the permissions",
        ),
        K::StorageFull | K::QuotaExceeded => Bilingual::new("；请清理磁盘空间后重试", "; make room on the disk"),
        K::ReadOnlyFilesystem => Bilingual::new("；请用 --output 写到别的磁盘", "; write elsewhere with --output"),
        _ => Bilingual::new("；请检查该磁盘或网络后重试", "; look at the disk or the network"),
    };
    Stop::Output(Bilingual::new(
        format!("W902 输出未能写入 {place}：{}。原有输出保持不变{}", why.zh, advice.zh),
        format!(
            "W902 the outputs could not be written to {place}: {}. The old ones stand as they were{}",
            why.en, advice.en
        ),
    ))
}

mod new_set;
#[cfg(test)]
mod tests;
