//! What was made of each file, kept so that one new file costs one file: what was read of it, and its marked copy; and of
//! what the notices in the set were made.
//!
//! A result is found again by everything that decides it; that of a reading also by the days it speaks of, since a day
//! that had not come yet may have come. `cache/<window>/` holds what the last run of the window used and nothing else; of
//! the windows only those that ran last stay. All of it may be deleted at any time.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::emit::Made;
use super::worker::wire::Sent;
use crate::basis::finding::Findings;
use crate::basis::place::{Place, Source, SourceId};
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
    /// The names of those that this run used.
    used: Mutex<BTreeSet<String>>,
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
        Cache { folder: Some(root.join(window)), basis, used: Mutex::default() }
    }

    /// Keeps nothing, so that everything is made anew.
    pub fn none() -> Cache {
        Cache { folder: None, basis: String::new(), used: Mutex::default() }
    }

    /// What was read of a file, if nothing that decides it has changed.
    pub fn reading(&self, source: &Source, today: NaiveDate) -> Option<(FileReading, Findings)> {
        let bytes = self.bytes(&self.name_of(source))?;
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
            self.keep(&self.name_of(source), &[&kept, &sent]);
        }
    }

    fn name_of(&self, source: &Source) -> String {
        let Source { id: _, name, hash, received, claim, size } = source;
        self.name(&format!("{name}|{hash}|{received}|{claim:?}|{size}"))
    }

    /// What files of the set that stands were made of.
    pub fn made(&self) -> Made {
        let bytes = self.bytes(&self.name(MADE));
        bytes.and_then(|bytes| postcard::from_bytes(&bytes).ok()).unwrap_or_default()
    }

    /// Keeps what files of the set were made of.
    pub fn keep_made(&self, made: &Made) {
        if let Ok(bytes) = postcard::to_stdvec(made) {
            self.keep(&self.name(MADE), &[&bytes]);
        }
    }

    /// The name under which the result of `what` is kept.
    pub fn name(&self, what: &str) -> String {
        blake3::hash([&self.basis, "|", what].concat().as_bytes()).to_hex()[..32].to_owned()
    }

    /// The bytes kept under a name, if they are whole.
    pub fn bytes(&self, name: &str) -> Option<Vec<u8>> {
        let mut bytes = fs::read(self.folder.as_ref()?.join(name)).ok()?;
        let end = bytes.len().checked_sub(blake3::OUT_LEN)?;
        let whole = blake3::hash(&bytes[..end]).as_bytes() == &bytes[end..];
        bytes.truncate(end);
        whole.then(|| {
            self.uses(name);
            bytes
        })
    }

    /// Keeps bytes under a name, given in parts. What cannot be kept is made again.
    pub fn keep(&self, name: &str, parts: &[&[u8]]) {
        let Some(folder) = &self.folder else { return };
        let write = || -> io::Result<()> {
            fs::create_dir_all(folder)?;
            let mut file = fs::File::create(folder.join(name))?;
            let mut sum = blake3::Hasher::new();
            for part in parts {
                sum.update(part);
                file.write_all(part)?;
            }
            file.write_all(sum.finalize().as_bytes())
        };
        if write().is_ok() {
            self.uses(name);
        }
    }

    fn uses(&self, name: &str) {
        self.used.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned());
    }

    /// Takes away what this run did not use, and the results of windows that ran long ago. What cannot be removed does no
    /// harm.
    pub fn tidy(&self) {
        let Some(folder) = &self.folder else { return };
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        for entry in fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
            if !entry.file_name().to_str().is_some_and(|name| used.contains(name)) {
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
        let first = at("2014-01");
        first.keep("a", &[b"1"]);
        first.keep("b", &[b"2"]);
        let second = at("2014-01");
        assert_eq!(second.bytes("a").as_deref(), Some(&b"1"[..]));
        second.keep("c", &[b"3"]);
        second.tidy();
        assert_eq!(names(dir.path()), ["2014-01", "2014-01/a", "2014-01/c"]);
        for window in ["2014-02", "2014-03", "2014-04"] {
            std::thread::sleep(std::time::Duration::from_millis(20));
            let cache = at(window);
            cache.keep("a", &[b"1"]);
            cache.tidy();
        }
        assert_eq!(names(dir.path()).iter().filter(|name| !name.contains('/')).count(), WINDOWS);
        assert!(at("2014-04").bytes("a").is_some() && at("2014-01").bytes("a").is_none());
    }

    #[test]
    fn what_is_not_whole_or_was_made_of_something_else_is_made_again() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let cache = Cache::of(dir.path(), "2014-01", "basis".into());
        cache.keep("a", &[b"rows"]);
        let path = dir.path().join("2014-01/a");
        let whole = fs::read(&path).expect("written");
        for cut in [0, 3, whole.len() - 1] {
            fs::write(&path, &whole[..cut]).expect("cut");
            assert_eq!(cache.bytes("a"), None, "{cut}");
        }
        fs::write(&path, [b"r0ws", &whole[4..]].concat()).expect("altered");
        assert_eq!(cache.bytes("a"), None);
        let other = Cache::of(dir.path(), "2014-01", "another division".into());
        assert_ne!(cache.name("x"), other.name("x"));
        Cache::none().keep("a", &[b"rows"]);
        assert_eq!(Cache::none().bytes("a"), None);
    }
}
