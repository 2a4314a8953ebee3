//! What stands in the inbox, when it was received, and a copy of each file to work on.

pub mod register;
pub mod unpack;
pub mod walk;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;

pub use register::Register;
pub use unpack::{Unpacked, unpack};
pub use walk::{Found, walk};

use super::archive::{Archive, NotStored};
use crate::basis::Bilingual;
use crate::read::{Refusal, Trouble};

/// Since when a content, by its hash, is known to have been there.
pub type Known = BTreeMap<String, NaiveDateTime>;

/// What is to become of a file before anyone looks into it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Fate {
    /// It is read.
    Read,
    /// It is left aside, and why.
    Ignored(Bilingual),
    /// Nothing can be read of it.
    Refused(Refusal),
}

impl Fate {
    /// Whether a file of this fate is looked into.
    pub fn is_read(&self) -> bool {
        *self == Fate::Read
    }

    /// Whether this machine failed at it, and may succeed when it tries again.
    pub fn is_trouble(&self) -> bool {
        matches!(self, Fate::Refused(Refusal::NotAccessible(_)))
    }
}

/// A file of the inbox with its copy.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// Path below the campaign folder with `/`.
    pub name: String,
    /// Where it was found; an archive's entries have the archive's. Empty for a file of a past run.
    pub path: PathBuf,
    /// `blake3:` and the digest; empty where it could not be read at all.
    pub hash: String,
    /// Size in bytes.
    pub size: u64,
    /// When it was received.
    pub received: NaiveDateTime,
    /// The earliest time at which it is known to have been there, whatever the register says.
    pub first: NaiveDateTime,
    /// The unit that the register names.
    pub claim: Option<String>,
    /// What is to become of it.
    pub fate: Fate,
}

impl Incoming {
    /// Whether somebody sent it: not what programs and systems leave behind.
    pub fn is_sent(&self) -> bool {
        !matches!(self.fate, Fate::Ignored(_))
    }
}

/// Copies a file that was found into the archive and says when it was received: by the register, else the earliest time
/// `known` for this content, else its time of modification.
///
/// # Errors
/// When the archive itself cannot be written.
pub fn receive(
    found: &Found,
    register: &Register,
    archive: &Archive,
    known: &Known,
) -> Result<Incoming, std::io::Error> {
    let (mut hash, mut size, mut fate) = (String::new(), found.size, found.fate.clone());
    if fate == Fate::Read {
        match archive.take(&found.path) {
            Ok(held) => (hash, size) = (held.hash, held.size),
            Err(NotStored::Unreadable(error)) => {
                fate = Fate::Refused(Refusal::NotAccessible(Trouble::of(&error)));
            }
            Err(NotStored::TooBig(size)) => fate = Fate::Refused(too_big(size)),
            Err(NotStored::Changing) => {
                fate = Fate::Ignored(Bilingual::new(
                    "正在写入，尚未存完，下次运行时再读",
                    "still being written; read by the next run",
                ));
            }
            Err(NotStored::Archive(error)) => return Err(error),
        }
    }
    let line = register.line(&found.name);
    let earliest = known.get(&hash).copied();
    let first = earliest.map_or(found.modified, |earliest| earliest.min(found.modified));
    let received = line.and_then(|line| line.received).unwrap_or(first);
    let claim = line.and_then(|line| line.unit.clone());
    let path = found.path.clone();
    Ok(Incoming { name: found.name.clone(), path, hash, size, received, first, claim, fate })
}

fn too_big(size: u64) -> Refusal {
    Refusal::OverBudget(format!("{} MB > {} MB", size.div_ceil(1 << 20), super::archive::MAX_FILE >> 20))
}

/// A time of the file system as local time, to the second.
pub(crate) fn local(time: std::time::SystemTime) -> NaiveDateTime {
    use chrono::Timelike as _;
    let local = chrono::DateTime::<chrono::Local>::from(time).naive_local();
    local.with_nanosecond(0).unwrap_or(local)
}

/// A path below another, with `/`; bytes that are no text are shown as `�`.
pub(crate) fn relative(path: &Path, base: &Path) -> String {
    let below = path.strip_prefix(base).unwrap_or(path);
    below.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
