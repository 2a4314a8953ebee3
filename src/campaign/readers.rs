//! Who reads files: this process, or worker processes that a bad file can only take down with itself.

use std::path::Path;

use super::archive::Archive;
use super::intake::Unpacked;
use super::open::Opened;
use crate::basis::finding::Findings;
use crate::basis::place::Source;
use crate::division::Context;
use crate::draft::{self, Draft};
use crate::ledger::FileReading;
use crate::pipeline;
use crate::read::{self, Format, Refusal, Workbook, sniff, zip_entries};

/// Reads files that stand in the archive.
pub trait Readers: Sync {
    /// Tells the readers which campaign the files are for that they take in from now on.
    fn begin(&self, opened: &Opened) {
        let _ = opened;
    }

    /// Reads a workbook as grids: the division, or a file that someone wants to look into.
    ///
    /// # Errors
    /// A [`Refusal`] when nothing of it can be read.
    fn workbook(&self, file: &Path, name: &str) -> Result<Workbook, Refusal>;

    /// The files in an archive, each copied into the archive; none when the file is no archive.
    ///
    /// # Errors
    /// A [`Refusal`] when the archive cannot be opened.
    fn unpack(&self, file: &Path, name: &str, archive: &Archive) -> Result<Option<Vec<Unpacked>>, Refusal>;

    /// The draft of a division that a plan document gives.
    ///
    /// # Errors
    /// A [`Refusal`] when it cannot be read or is no such document.
    fn plan(&self, file: &Path, name: &str) -> Result<Draft, Refusal>;

    /// The left half of the road for one file.
    fn take_in(&self, file: &Path, source: &Source, cx: &Context<'_>) -> (FileReading, Findings);
}

/// Reads in this process: for tests, and as what a worker does inside.
#[derive(Clone, Copy, Debug, Default)]
pub struct InProcess;

impl Readers for InProcess {
    fn workbook(&self, file: &Path, name: &str) -> Result<Workbook, Refusal> {
        read::read(&bytes(file)?, name)
    }

    fn unpack(&self, file: &Path, name: &str, archive: &Archive) -> Result<Option<Vec<Unpacked>>, Refusal> {
        let bytes = bytes(file)?;
        if sniff::sniff(&bytes, name) != Ok(Format::Zip) {
            return Ok(None);
        }
        let mut unpacked = Vec::new();
        zip_entries::each(&bytes, &mut |entry| {
            let held = entry.bytes.and_then(|bytes| match archive.keep(&bytes) {
                Ok(held) => Ok((held.hash, held.size)),
                Err(_) => Err(Refusal::Stopped("存档写不了".into())),
            });
            unpacked.push(Unpacked { name: entry.name, modified: entry.modified, held });
        })?;
        Ok(Some(unpacked))
    }

    fn plan(&self, file: &Path, name: &str) -> Result<Draft, Refusal> {
        Ok(draft::draft(draft::file::read(&bytes(file)?, name)?))
    }

    fn take_in(&self, file: &Path, source: &Source, cx: &Context<'_>) -> (FileReading, Findings) {
        match bytes(file) {
            Ok(bytes) => pipeline::take_in(&bytes, source, cx),
            Err(refusal) => refused(refusal, source, cx),
        }
    }
}

fn bytes(file: &Path) -> Result<Vec<u8>, Refusal> {
    std::fs::read(file).map_err(|error| Refusal::Damaged(super::stop::why(&error).zh))
}

/// What is known of a file of which nothing could be read.
pub fn refused(refusal: Refusal, source: &Source, cx: &Context<'_>) -> (FileReading, Findings) {
    let reading = FileReading { refusal: Some(refusal), ..FileReading::default() };
    let findings = crate::check::check_file(cx, &crate::check::OneFile { source, reading: &reading });
    (reading, findings)
}
