//! Intake of the inbox: finds its files, determines when they were received, and copies them into the archive.

pub mod register;
pub mod unpack;
mod unpacked;
pub mod walk;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;
use encoding_rs::GB18030;

pub use register::Register;
pub use unpack::unpack;
pub use unpacked::Unpacked;
pub use walk::{Found, walk};

use super::archive::{Archive, NotStored};
use crate::basis::Bilingual;
use crate::read::{Limit, Refusal, Trouble};

/// Since when contents have been in the inbox, under each of their names.
#[derive(Clone, Debug, Default)]
pub struct Known(BTreeMap<String, BTreeMap<String, NaiveDateTime>>);

impl Known {
    /// Notes since when a content was there under a name.
    pub fn add(&mut self, hash: String, name: String, since: NaiveDateTime) {
        self.0.entry(hash).or_default().insert(name, since);
    }

    /// Since when a content that was last changed at a moment was there: under any name, and under this one.
    fn since(&self, hash: &str, name: &str, changed: NaiveDateTime) -> (NaiveDateTime, NaiveDateTime) {
        let Some(names) = self.0.get(hash) else { return (changed, changed) };
        let first = names.values().copied().fold(changed, NaiveDateTime::min);
        (first, names.get(name).map_or(changed, |own| changed.min(*own)))
    }
}

/// What to do with a file, decided before it is read.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Admission {
    /// It is read.
    Read,
    /// It is left aside, with the reason.
    Ignored(Bilingual),
    /// It cannot be read.
    Refused(Refusal),
}

impl Admission {
    /// Whether the file is read.
    pub fn is_read(&self) -> bool {
        *self == Admission::Read
    }

    /// Whether this machine failed to read it and may succeed on a second try.
    pub fn is_trouble(&self) -> bool {
        matches!(self, Admission::Refused(Refusal::NotAccessible(_)))
    }
}

/// A file of the inbox, copied into the archive.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// Path below the campaign folder with `/`.
    pub name: String,
    /// Its path on disk; for an archive entry that of the archive. Empty for a file of a recorded run.
    pub path: PathBuf,
    /// `blake3:` and the digest; empty if it could not be read.
    pub hash: String,
    /// Size in bytes.
    pub size: u64,
    /// When it was received.
    pub received: NaiveDateTime,
    /// The earliest time at which its content is known to have been there, regardless of the register.
    pub first: NaiveDateTime,
    /// The earliest time at which it is known to have been there under its name.
    pub own: NaiveDateTime,
    /// The unit given in the register.
    pub claim: Option<String>,
    /// What to do with it.
    pub admission: Admission,
}

impl Incoming {
    /// Whether it was submitted, and not left there by a program or the system.
    pub fn is_sent(&self) -> bool {
        !matches!(self.admission, Admission::Ignored(_))
    }
}

/// Copies a file into the archive and determines when it was received: by the register, else the earliest time `known` for
/// this content, else its modification time; `unknown` where nothing but its name could be told.
///
/// # Errors
/// When the archive cannot be written.
pub fn receive(
    found: &Found,
    register: &Register,
    archive: &Archive,
    known: &Known,
    unknown: NaiveDateTime,
) -> Result<Incoming, std::io::Error> {
    let (mut hash, mut size, mut admission) = (String::new(), found.size, found.admission.clone());
    if admission == Admission::Read {
        match archive.take(&found.path) {
            Ok(held) => (hash, size) = (held.hash, held.size),
            Err(NotStored::Unreadable(error)) => {
                admission = Admission::Refused(Refusal::NotAccessible(Trouble::of(&error)));
            }
            Err(NotStored::TooBig(size)) => admission = Admission::Refused(too_big(size)),
            Err(NotStored::Changing) => {
                admission = Admission::Ignored(Bilingual::new(
                    "正在写入，尚未存完，下次运行时再读",
                    "still being written; read by the next run",
                ));
            }
            Err(NotStored::Archive(error)) => return Err(error),
        }
    }
    let line = register.line(&found.name);
    let modified = || std::fs::metadata(&found.path).and_then(|meta| meta.modified()).ok().map(local);
    let modified = found.modified.or_else(modified).unwrap_or(unknown);
    let (first, own) = known.since(&hash, &found.name, modified);
    let received = line.and_then(|line| line.received).unwrap_or(first);
    let claim = line.and_then(|line| line.unit.clone());
    let path = found.path.clone();
    Ok(Incoming { name: found.name.clone(), path, hash, size, received, first, own, claim, admission })
}

/// The refusal for a file that is larger than what is read, in bytes.
pub(super) fn too_big(size: u64) -> Refusal {
    Refusal::OverBudget(Limit::FileSize(Limit::mb(size), Limit::mb(super::archive::MAX_FILE)))
}

/// A file system time as local time, to the second.
pub(crate) fn local(time: std::time::SystemTime) -> NaiveDateTime {
    use chrono::Timelike as _;
    let local = chrono::DateTime::<chrono::Local>::from(time).naive_local();
    local.with_nanosecond(0).unwrap_or(local)
}

/// A path relative to another, with `/`, as [`shown`].
pub(crate) fn relative(path: &Path, base: &Path) -> String {
    let below = path.strip_prefix(base).unwrap_or(path);
    below.components().map(|part| legible(part.as_os_str())).collect::<Vec<_>>().join("/")
}

/// A path with `/`, each name in it as its sender saw it.
pub(crate) fn shown(path: &Path) -> String {
    let steps = path.to_str().map(|text| text.replace('\\', "/"));
    steps.unwrap_or_else(|| relative(path, Path::new("")))
}

/// A name on disk as its sender saw it: UTF-8, else GB18030, which older systems, sticks and unpackers leave on disk; bytes
/// that are neither become `�`.
pub(super) fn legible(name: &OsStr) -> Cow<'_, str> {
    let bytes = name.as_encoded_bytes();
    let gb = || GB18030.decode_without_bom_handling_and_without_replacement(bytes);
    name.to_str().map(Cow::Borrowed).or_else(gb).unwrap_or_else(|| name.to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_listed_and_cannot_be_looked_at_came_in_time_to_be_told_of() {
        let unknown = NaiveDateTime::default();
        let found = Found {
            name: "收件/市容科4月台账.xlsx".to_owned(),
            path: PathBuf::from("no such folder/市容科4月台账.xlsx"),
            size: 0,
            modified: None,
            admission: Admission::Read,
        };
        let archive = crate::campaign::archive::temporary_archive().expect("a temporary folder");
        let register = Register::default();
        let received = receive(&found, &register, &archive, &Known::default(), unknown).expect("received");
        assert!(received.admission.is_trouble(), "{received:?}");
        assert_eq!(received.received, unknown);
    }
}
