//! What was made of each file, kept so that one new file costs one file: what was read of it, and its marked copy; and of
//! what the notices in the set were made.
//!
//! A result is found again by everything that decides it; that of a reading also by the days it speaks of, since a day
//! that had not come yet may have come. `cache/<window>/` holds what the last run of the window used, in one file, and nothing
//! else, except where a run did not come to its end; of the windows only those that ran last stay. All of it may be deleted
//! at any time.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::emit::Made;
use super::results::{Adding, Name, Results};
use super::worker::wire::Sent;
use crate::basis::finding::Findings;
use crate::basis::place::{Place, Source, SourceId};
use crate::basis::side_by_side::lock;
use crate::ledger::{Entry, FileReading, OneFile};
use crate::read::{Refusal, SecondReading};

/// The results of so many windows stay.
const WINDOWS: usize = 3;

/// Under this name is kept what files of the set were made of.
const MADE: &str = "made";

/// The results kept for a window.
#[derive(Debug)]
pub struct Cache {
    folder: Option<PathBuf>,
    /// What decides all of them.
    basis: String,
    /// What earlier runs kept; none before it is asked for.
    before: Mutex<Option<Vec<Results>>>,
    /// What this run made or used.
    now: Mutex<Now>,
}

/// What a run keeps.
#[derive(Debug, Default)]
enum Now {
    /// Nothing yet.
    #[default]
    Nothing,
    /// In a file of this number.
    In(u32, Adding),
    /// What was written is cut off.
    Failed,
}

/// What is kept of the reading of a file before the bytes in which a worker sent it.
#[derive(Serialize, Deserialize)]
struct Kept {
    /// The number that the file had then.
    id: SourceId,
    /// The last day among those it speaks of that had come, and the first that had not.
    days: (Option<NaiveDate>, Option<NaiveDate>),
    /// What the second reader saw.
    second: Option<SecondReading>,
}

impl Cache {
    /// The results for a window; `basis` is the digest of what decides them beside the files.
    pub fn of(root: &Path, window: &str, basis: String) -> Cache {
        Cache { folder: Some(root.join(window)), basis, before: Mutex::default(), now: Mutex::default() }
    }

    /// Keeps nothing, so that everything is made anew.
    pub fn none() -> Cache {
        Cache { folder: None, basis: String::new(), before: Mutex::default(), now: Mutex::default() }
    }

    /// What was read of a file, if nothing that decides it has changed.
    pub fn reading(&self, source: &Source, today: NaiveDate) -> Option<(FileReading, Findings)> {
        let bytes = self.bytes(self.name_of(source))?;
        let (kept, sent): (Kept, &[u8]) = postcard::take_from_bytes(&bytes).ok()?;
        let Kept { id, days: (from, until), second } = kept;
        if from.is_some_and(|day| today < day) || until.is_some_and(|day| today >= day) {
            return None;
        }
        let (mut reading, mut findings) = Sent::read(sent)?;
        reading.second = second;
        if id != source.id {
            reading.renumber(source.id);
            let places = |place: &mut Place| {
                if place.source == id {
                    place.source = source.id;
                }
            };
            findings
                .0
                .iter_mut()
                .for_each(|finding| std::iter::once(&mut finding.place).chain(&mut finding.related).for_each(places));
        }
        Some((reading, findings))
    }

    /// Keeps what was read of a file, unless it says more about this machine at this moment than about the file: the bytes
    /// in which it was `sent`, if it was.
    pub fn keep_reading(
        &self,
        source: &Source,
        today: NaiveDate,
        reading: &FileReading,
        findings: &Findings,
        sent: Option<Sent>,
    ) {
        use Refusal::{NotAccessible, OverBudget, OverTime, Stopped};
        let dear = matches!(reading.refusal, Some(NotAccessible(_) | OverBudget(_) | OverTime(_) | Stopped(_)));
        let unsure = reading.second.as_ref().is_some_and(|second| second.silent.is_some());
        if self.folder.is_none() || dear || unsure {
            return;
        }
        let days = || OneFile { source, reading }.entries().flat_map(Entry::days);
        let days = (days().filter(|day| *day <= today).max(), days().filter(|day| *day > today).min());
        let kept = postcard::to_stdvec(&Kept { id: source.id, days, second: reading.second.clone() });
        if let (Ok(kept), Some(Sent(sent))) = (kept, sent.or_else(|| Sent::of(reading, findings))) {
            self.keep(self.name_of(source), &[&kept, &sent]);
        }
    }

    fn name_of(&self, source: &Source) -> Name {
        let Source { id: _, name, hash, received, claim, size } = source;
        self.name(&format!("{name}|{hash}|{received}|{claim:?}|{size}"))
    }

    /// What files of the set that stands were made of.
    pub fn made(&self) -> Made {
        let bytes = self.bytes(self.name(MADE));
        bytes.and_then(|bytes| postcard::from_bytes(&bytes).ok()).unwrap_or_default()
    }

    /// Keeps what files of the set were made of.
    pub fn keep_made(&self, made: &Made) {
        if let Ok(bytes) = postcard::to_stdvec(made) {
            self.keep(self.name(MADE), &[&bytes]);
        }
    }

    /// The name under which the result of `what` is kept.
    pub fn name(&self, what: &str) -> Name {
        *blake3::hash([&self.basis, "|", what].concat().as_bytes()).as_bytes()
    }

    /// The bytes kept under a name, if they are whole.
    pub fn bytes(&self, name: Name) -> Option<Vec<u8>> {
        let folder = self.folder.as_ref()?;
        let (bytes, sum) = {
            let mut before = lock(&self.before);
            let opened =
                || numbers(folder).into_iter().rev().filter_map(|number| Results::open(&at(folder, number)).ok());
            before.get_or_insert_with(|| opened().collect()).iter_mut().find_map(|one| one.bytes(name))?
        };
        self.add(folder, name, &[&bytes], &sum);
        Some(bytes)
    }

    /// Keeps bytes under a name, given in parts. What cannot be kept is made again.
    pub fn keep(&self, name: Name, parts: &[&[u8]]) {
        let Some(folder) = &self.folder else { return };
        let mut sum = blake3::Hasher::new();
        for part in parts {
            sum.update(part);
        }
        self.add(folder, name, parts, &sum.finalize());
    }

    /// Adds a result to what this run keeps.
    fn add(&self, folder: &Path, name: Name, parts: &[&[u8]], sum: &blake3::Hash) {
        let begin = || -> io::Result<Now> {
            fs::create_dir_all(folder)?;
            let number = numbers(folder).last().map_or(1, |last| last.saturating_add(1));
            Ok(Now::In(number, Adding::begin(&at(folder, number))?))
        };
        let mut now = lock(&self.now);
        if matches!(*now, Now::Nothing) {
            *now = begin().unwrap_or(Now::Failed);
        }
        if let Now::In(_, adding) = &mut *now
            && adding.add(name, parts, sum).is_err()
        {
            *now = Now::Failed;
        }
    }

    /// Takes away what this run did not use, and the results of windows that ran long ago. What cannot be removed does no
    /// harm.
    pub fn tidy(&self) {
        let Some(folder) = &self.folder else { return };
        let number = match std::mem::take(&mut *lock(&self.now)) {
            Now::Nothing => None,
            Now::In(number, adding) => match adding.end() {
                Ok(()) => Some(number),
                Err(_) => return,
            },
            Now::Failed => return,
        };
        // some systems do not remove what is open
        lock(&self.before).take();
        for entry in fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
            if number_of(&entry).is_none_or(|found| Some(found) != number) {
                let _ = fs::remove_file(entry.path());
            }
        }
        let beside = folder.parent().map(fs::read_dir).into_iter().flatten().flatten().filter_map(Result::ok);
        let mut others: Vec<_> = beside
            .filter(|entry| entry.path() != *folder)
            .map(|entry| (entry.metadata().and_then(|meta| meta.modified()).ok(), entry.path()))
            .collect();
        others.sort();
        for (_, old) in others.iter().rev().skip(WINDOWS - 1) {
            let _ = fs::remove_dir_all(old);
        }
    }
}

/// The file of a run.
fn at(folder: &Path, number: u32) -> PathBuf {
    folder.join(number.to_string())
}

/// The numbers of the files in a folder, ascending.
fn numbers(folder: &Path) -> Vec<u32> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut numbers: Vec<u32> = entries.filter_map(|entry| number_of(&entry)).collect();
    numbers.sort_unstable();
    numbers
}

fn number_of(entry: &fs::DirEntry) -> Option<u32> {
    entry.file_name().to_str()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(root: &Path) -> Vec<String> {
        let files = walkdir::WalkDir::new(root).min_depth(1).sort_by_file_name().into_iter().filter_map(Result::ok);
        files.map(|entry| super::super::intake::relative(entry.path(), root)).collect()
    }

    #[test]
    fn only_what_the_last_run_of_a_window_used_stays() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let at = |window: &str| Cache::of(dir.path(), window, "basis".into());
        let [a, b, c] = ["a", "b", "c"].map(|what| at("").name(what));
        let first = at("2014-01");
        first.keep(a, &[b"1"]);
        first.keep(b, &[b"2"]);
        first.tidy();
        assert_eq!(names(dir.path()), ["2014-01", "2014-01/1"]);
        // a run that does not come to its end leaves what it made beside what was there
        let killed = at("2014-01");
        killed.keep(c, &[b"3"]);
        drop(killed);
        // what an earlier version left is no result
        fs::write(dir.path().join("2014-01/0123456789abcdef"), "old").expect("written");
        let third = at("2014-01");
        assert_eq!([a, c].map(|name| third.bytes(name)), [Some(b"1".to_vec()), Some(b"3".to_vec())]);
        third.tidy();
        assert_eq!(names(dir.path()), ["2014-01", "2014-01/3"]);
        assert_eq!([a, b, c].map(|name| at("2014-01").bytes(name).is_some()), [true, false, true]);
        for window in ["2014-02", "2014-03", "2014-04"] {
            std::thread::sleep(std::time::Duration::from_millis(20));
            let cache = at(window);
            cache.keep(a, &[b"1"]);
            cache.tidy();
        }
        assert_eq!(names(dir.path()).iter().filter(|name| !name.contains('/')).count(), WINDOWS);
        assert!(at("2014-04").bytes(a).is_some() && at("2014-01").bytes(a).is_none());
    }

    #[test]
    fn what_was_made_of_something_else_is_made_again() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let cache = |basis: &str| Cache::of(dir.path(), "2014-01", basis.into());
        assert_ne!(cache("basis").name("x"), cache("another division").name("x"));
        let none = Cache::none();
        none.keep(none.name("x"), &[b"rows"]);
        none.tidy();
        assert_eq!((none.bytes(none.name("x")), names(dir.path()).len()), (None, 0));
    }
}
