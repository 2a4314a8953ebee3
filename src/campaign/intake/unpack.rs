//! Archives of the inbox become the files in them, each with its own line: `收件/a.zip!dir/b.xlsx`.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use super::walk::left_aside;
use super::{Fate, Incoming, Known, Register};
use crate::campaign::archive::Archive;
use crate::campaign::quarantine::Quarantine;
use crate::campaign::readers::Readers;
use crate::read::{Refusal, Trouble};

/// The files that a file of the inbox stands for: those in it when it is an archive, else itself. An archive that
/// cannot be opened, or is empty, keeps its own line.
pub fn unpack(
    file: Incoming,
    register: &Register,
    archive: &Archive,
    known: &Known,
    quarantine: &Quarantine,
    readers: &dyn Readers,
) -> Vec<Incoming> {
    let copy = archive.path(&file.hash);
    if !file.fate.is_read() || !may_be_archive(&file.path) {
        return vec![file];
    }
    if !archive.mend(&file.hash, &file.path) {
        return refused(file, Refusal::NotAccessible(Trouble::Device("the copy was altered".into())));
    }
    if let Some(refusal) = quarantine.answer(&file.hash) {
        return refused(file, refusal);
    }
    match readers.unpack(&copy, &file.name, archive) {
        Ok(None) => vec![file],
        Ok(Some(entries)) if entries.is_empty() => refused(file, Refusal::Empty),
        Ok(Some(entries)) => entries.into_iter().map(|entry| entry.into_incoming(&file, register, known)).collect(),
        Err(refusal) => {
            quarantine.keep(&file.name, &file.hash, &refusal, archive);
            refused(file, refusal)
        }
    }
}

fn refused(mut file: Incoming, refusal: Refusal) -> Vec<Incoming> {
    file.fate = Fate::Refused(refusal);
    vec![file]
}

/// An entry of an archive with its copy in the archive; `Serialize` because a worker unpacks.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Unpacked {
    /// Path inside the archive.
    pub name: String,
    /// The archive's own time for it.
    pub modified: Option<chrono::NaiveDateTime>,
    /// Hash and size of its copy, or why there is none.
    pub held: Result<(String, u64), Refusal>,
}

impl Unpacked {
    fn into_incoming(self, archive: &Incoming, register: &Register, known: &Known) -> Incoming {
        let name = format!("{}!{}", archive.name, self.name);
        let (hash, size, mut fate) = match self.held {
            Ok((hash, size)) => (hash, size, Fate::Read),
            Err(refusal) => (String::new(), 0, Fate::Refused(refusal)),
        };
        let bare = self.name.rsplit(['/', '!']).next().unwrap_or(&self.name);
        if let Some(why) = left_aside(bare) {
            fate = Fate::Ignored(why);
        }
        let packed = self.modified.unwrap_or(archive.first);
        let earliest = known.get(&hash).copied();
        let first = earliest.map_or(packed, |earliest| earliest.min(packed));
        let line = register.line(&name);
        let received = line.and_then(|line| line.received).unwrap_or(first);
        let claim = line.and_then(|line| line.unit.clone());
        Incoming { name, path: archive.path.clone(), hash, size, received, first, claim, fate }
    }
}

/// Whether a file begins as a zip archive does whose first entry is not that of a workbook. Which it really is, the
/// reader says; this only spares it the question for every workbook.
fn may_be_archive(path: &Path) -> bool {
    const WORKBOOK: [&[u8]; 6] = [b"[Content_Types]", b"_rels/", b"docProps/", b"xl/", b"customXml", b"mimetype"];
    let mut head = [0; 64];
    let read = File::open(path).and_then(|mut file| file.read(&mut head)).unwrap_or(0);
    let head = &head[..read];
    let first = head.get(30..).unwrap_or_default();
    head.starts_with(b"PK") && !WORKBOOK.iter().any(|name| first.starts_with(name))
}
