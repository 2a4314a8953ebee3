//! Replaces archives in the inbox by their files: `收件/a.zip!dir/b.xlsx`.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use super::unpacked::Unpacked;
use super::walk::left_aside;
use super::{Admission, Incoming, Known, Register};
use crate::basis::place;
use crate::campaign::archive::Archive;
use crate::campaign::quarantine::Quarantine;
use crate::campaign::readers::Readers;
use crate::read::{Refusal, Trouble};

/// The files in an archive, or the file itself if it is not an archive. An archive that is empty or cannot be opened stays
/// as it is.
pub fn unpack(
    file: Incoming,
    register: &Register,
    archive: &Archive,
    known: &Known,
    quarantine: &Quarantine,
    readers: &dyn Readers,
) -> Vec<Incoming> {
    let copy = archive.path(&file.hash);
    if !file.admission.is_read() {
        return vec![file];
    }
    match may_be_archive(&file.path).or_else(|_| may_be_archive(&copy)) {
        Ok(true) => {}
        Ok(false) => return vec![file],
        Err(error) => return refused(file, Refusal::NotAccessible(Trouble::of(&error))),
    }
    if let Err(trouble) = archive.mend(&file.hash, &file.path) {
        return refused(file, Refusal::NotAccessible(trouble));
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
    file.admission = Admission::Refused(refusal);
    vec![file]
}

impl Unpacked {
    fn into_incoming(self, archive: &Incoming, register: &Register, known: &Known) -> Incoming {
        let name = format!("{}!{}", archive.name, self.name);
        let (hash, size, mut admission) = match self.held {
            Ok((hash, size)) => (hash, size, Admission::Read),
            Err(refusal) => (String::new(), 0, Admission::Refused(refusal)),
        };
        let bare = place::base(&self.name);
        if let Some(why) = left_aside(bare) {
            admission = Admission::Ignored(why);
        }
        let packed = self.modified.unwrap_or(archive.first);
        let (first, own) = known.since(&hash, &name, packed);
        let line = register.line(&name);
        let received = line.and_then(|line| line.received).unwrap_or(first);
        let claim = line.and_then(|line| line.unit.clone());
        Incoming { name, path: archive.path.clone(), hash, size, received, first, own, claim, admission }
    }
}

/// Whether a file begins like a zip archive that is not a workbook. Only a quick test, so that not every workbook has to
/// be sent to a worker process to find out.
///
/// # Errors
/// When it cannot be read.
fn may_be_archive(path: &Path) -> io::Result<bool> {
    const WORKBOOK: [&[u8]; 6] = [b"[Content_Types]", b"_rels/", b"docProps/", b"xl/", b"customXml", b"mimetype"];
    let mut head = Vec::with_capacity(64);
    File::open(path)?.take(64).read_to_end(&mut head)?;
    let first = head.get(30..).unwrap_or_default();
    Ok(head.starts_with(b"PK") && !WORKBOOK.iter().any(|name| first.starts_with(name)))
}
