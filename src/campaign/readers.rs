//! Who reads files: this process, or worker processes that a bad file can only take down with itself.

use std::path::Path;

use crate::basis::finding::Findings;
use crate::basis::place::Source;
use crate::division::Context;
use crate::ledger::FileSeen;
use crate::pipeline;
use crate::read::{self, Refusal, Workbook};

/// Reads files that stand in the vault.
pub trait Readers: Sync {
    /// Reads a workbook as grids: the division, or a file that someone wants to look into.
    ///
    /// # Errors
    /// A [`Refusal`] when nothing of it can be read.
    fn workbook(&self, file: &Path, name: &str) -> Result<Workbook, Refusal>;

    /// The left half of the road for one file.
    fn take_in(&self, file: &Path, source: &Source, cx: &Context<'_>) -> (FileSeen, Findings);
}

/// Reads in this process: for tests, and as what a worker does inside.
#[derive(Clone, Copy, Debug, Default)]
pub struct InProcess;

impl Readers for InProcess {
    fn workbook(&self, file: &Path, name: &str) -> Result<Workbook, Refusal> {
        let bytes = std::fs::read(file).map_err(|error| Refusal::Damaged(super::stop::why(&error).zh))?;
        read::read(&bytes, name)
    }

    fn take_in(&self, file: &Path, source: &Source, cx: &Context<'_>) -> (FileSeen, Findings) {
        match std::fs::read(file) {
            Ok(bytes) => pipeline::take_in(&bytes, source, cx),
            Err(error) => refused(Refusal::Damaged(super::stop::why(&error).zh), source, cx),
        }
    }
}

/// What is known of a file of which nothing could be read.
pub fn refused(refusal: Refusal, source: &Source, cx: &Context<'_>) -> (FileSeen, Findings) {
    let seen = FileSeen { refusal: Some(refusal), ..FileSeen::default() };
    let findings = crate::check::check_file(cx, &crate::check::OneFile { source, seen: &seen });
    (seen, findings)
}
