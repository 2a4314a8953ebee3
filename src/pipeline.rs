//! The stages strung together; pure: bytes in, report out. No clock, no disk, no environment.

use crate::basis::finding::Findings;
use crate::basis::place::Source;
use crate::check::{FileState, OneFile, RunFile, check_file};
use crate::division::Context;
use crate::duty::{Coverage, Duties};
use crate::ledger::{FileSeen, understand};
use crate::merge::{Consolidated, Tally};
use crate::read;
use crate::report::Report;

/// The left half of the road, for one file: read, understand, check what stands in it.
/// Runs in a worker process or in this one, with the same result.
pub fn take_in(bytes: &[u8], source: &Source, cx: &Context<'_>) -> (FileSeen, Findings) {
    let seen = understand(read::read(bytes, &source.name), source, cx);
    let findings = check_file(cx, &OneFile { source, seen: &seen });
    (seen, findings)
}

/// The right half: which file counts, obligations, checks over everything, merge, tally. `files` are those of the
/// inbox in the order of their names, each with what [`take_in`] gave.
pub fn conclude(cx: &Context<'_>, files: Vec<TakenIn>) -> Report {
    let files = files
        .into_iter()
        .map(|TakenIn { source, seen, .. }| RunFile {
            live: seen.ledgers.iter().map(|ledger| vec![true; ledger.records.len()]).collect(),
            source,
            unit: seen.unit.map(|(unit, _)| unit),
            window: None,
            seen,
            state: FileState::Merged,
            why: None,
            replaced_by: Vec::new(),
        })
        .collect();
    Report {
        settings: cx.settings.clone(),
        division: cx.division.clone(),
        window: cx.window,
        due: cx.settings.due.due(&cx.window),
        as_of: cx.as_of,
        files,
        duties: Duties::default(),
        coverage: Coverage::default(),
        consolidated: Consolidated::default(),
        tally: Tally::default(),
        issues: Vec::new(),
    }
}

/// A file after the left half.
#[derive(Clone, Debug)]
pub struct TakenIn {
    /// What is known of it from outside.
    pub source: Source,
    /// What was seen in it.
    pub seen: FileSeen,
    /// What the rules found in it.
    pub findings: Findings,
    /// Why it is left aside before reading (lock file, not yet received, evidence …): (zh, en).
    pub ignored: Option<(String, String)>,
}
