//! Readers of files: this process, or worker processes, so that a bad file can only crash a worker.

use std::path::Path;

use super::archive::{Archive, NotStored};
use super::intake::Unpacked;
use super::open::Opened;
use super::worker::wire::Sent;
use crate::basis::finding::Findings;
use crate::basis::place::Source;
use crate::division::Context;
use crate::draft::{self, Draft};
use crate::ledger::FileReading;
use crate::pipeline::{self, ToReadAgain};
use crate::read::{
    self, BookAppearance, Format, Health, Refusal, SecondReading, Trouble, Workbook, sniff, zip_entries,
};
use crate::render::returned::{self, CopyOrder};

/// Reads files of the archive.
pub trait Readers: Sync {
    /// Sets the campaign for subsequent calls of [`Readers::take_in`].
    fn begin(&self, opened: &Opened) {
        let _ = opened;
    }

    /// Reads a workbook as grids.
    ///
    /// # Errors
    /// A [`Refusal`] when it cannot be read.
    fn workbook(&self, file: &Path, name: &str) -> Result<Workbook, Refusal>;

    /// Unpacks a zip archive into the archive of the campaign; none when the file is not a zip archive.
    ///
    /// # Errors
    /// A [`Refusal`] when the archive cannot be opened.
    fn unpack(&self, file: &Path, name: &str, archive: &Archive) -> Result<Option<Vec<Unpacked>>, Refusal>;

    /// Drafts a division from a plan document.
    ///
    /// # Errors
    /// A [`Refusal`] when it cannot be read or is not such a document.
    fn plan(&self, file: &Path, name: &str) -> Result<Draft, Refusal>;

    /// Reads and checks one file: the part of the pipeline that runs in workers.
    fn take_in(&self, file: &Path, source: &Source, cx: &Context<'_>) -> (FileReading, Findings);

    /// As [`Readers::take_in`], with the bytes in which it was sent, if it was.
    fn take_in_as_sent(&self, file: &Path, source: &Source, cx: &Context<'_>) -> (FileReading, Findings, Option<Sent>) {
        let (reading, findings) = self.take_in(file, source, cx);
        (reading, findings, None)
    }

    /// The appearance of a workbook; none for formats other than xlsx.
    ///
    /// # Errors
    /// A [`Refusal`] when it cannot be read.
    fn appearance(&self, file: &Path, name: &str) -> Result<Option<BookAppearance>, Refusal>;

    /// The health of a workbook (体检).
    ///
    /// # Errors
    /// A [`Refusal`] when it cannot be read.
    fn health(&self, file: &Path, name: &str) -> Result<Health, Refusal>;

    /// The marked copy of a file; none when it is too large to be corrected by hand.
    ///
    /// # Errors
    /// A [`Refusal`] when the file cannot be read or copied.
    fn marked(&self, file: &Path, name: &str, order: &CopyOrder) -> Result<Option<Vec<u8>>, Refusal>;
}

/// Reads in this process; used by tests and inside workers.
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
                Err(NotStored::Archive(error) | NotStored::Unreadable(error)) => {
                    Err(Refusal::NotAccessible(Trouble::of(&error)))
                }
                Err(NotStored::TooBig(size)) => Err(super::intake::too_big(size)),
                Err(NotStored::Changing) => Err(Refusal::NotAccessible(Trouble::Busy)),
            });
            unpacked.push(Unpacked { name: entry.name, modified: entry.modified, held });
        })?;
        Ok(Some(unpacked))
    }

    fn plan(&self, file: &Path, name: &str) -> Result<Draft, Refusal> {
        Ok(draft::draft(draft::file::read(&bytes(file)?, name)?))
    }

    fn take_in(&self, file: &Path, source: &Source, cx: &Context<'_>) -> (FileReading, Findings) {
        let (mut reading, findings, again) = first(file, source, cx);
        reading.second = again.map(|again| again.read());
        (reading, findings)
    }

    fn appearance(&self, file: &Path, name: &str) -> Result<Option<BookAppearance>, Refusal> {
        read::appearance(&bytes(file)?, name)
    }

    fn health(&self, file: &Path, name: &str) -> Result<Health, Refusal> {
        read::health(&bytes(file)?, name)
    }

    fn marked(&self, file: &Path, name: &str, order: &CopyOrder) -> Result<Option<Vec<u8>>, Refusal> {
        returned::marked(&bytes(file)?, name, order)
    }
}

/// A file that was read, to be read again by the second reader.
#[derive(Debug)]
pub struct Again {
    bytes: Vec<u8>,
    first: ToReadAgain,
}

impl Again {
    /// What the second reader sees.
    pub fn read(&self) -> SecondReading {
        self.first.read(&self.bytes)
    }
}

/// The left half of the road for one file, and what is left to do for the second reader.
pub fn first(file: &Path, source: &Source, cx: &Context<'_>) -> (FileReading, Findings, Option<Again>) {
    match bytes(file) {
        Ok(bytes) => {
            let (reading, findings, again) = pipeline::take_in(&bytes, source, cx);
            (reading, findings, again.map(|first| Again { bytes, first }))
        }
        Err(refusal) => {
            let (reading, findings) = refused(refusal, source, cx);
            (reading, findings, None)
        }
    }
}

fn bytes(file: &Path) -> Result<Vec<u8>, Refusal> {
    std::fs::read(file).map_err(|error| Refusal::NotAccessible(Trouble::of(&error)))
}

/// The reading of a file that could not be read, with its unit and window as far as register, name and folder give them.
pub fn refused(refusal: Refusal, source: &Source, cx: &Context<'_>) -> (FileReading, Findings) {
    let reading = crate::ledger::understand(Err(refusal), source, cx);
    let findings = crate::check::check_file(cx, &crate::check::OneFile { source, reading: &reading });
    (reading, findings)
}
