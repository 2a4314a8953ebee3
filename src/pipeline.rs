//! The stages strung together; pure: bytes in, report out. No clock, no disk, no environment.

use crate::basis::Bilingual;
use crate::basis::finding::Findings;
use crate::basis::place::Source;
use crate::check::{Batch, OneFile, check_batch, check_file};
use crate::division::Context;
use crate::ledger::{FileReading, understand};
use crate::obligation::{self, Coverage, PriorReports};
use crate::outcome::merge::{Consolidated, Tally};
use crate::outcome::{Outcome, issues};
use crate::read;

/// The left half of the road, for one file: read, understand, check what stands in it.
/// Runs in a worker process or in this one, with the same result.
pub fn take_in(bytes: &[u8], source: &Source, cx: &Context<'_>) -> (FileReading, Findings) {
    // What its columns mean does not change with the day on which a file is looked at.
    let then = Context { as_of: source.received.min(cx.as_of), ..*cx };
    let reading = understand(read::read(bytes, &source.name), source, &then);
    let findings = check_file(cx, &OneFile { source, reading: &reading });
    (reading, findings)
}

/// The right half: which file counts, obligations, checks over everything, merge, tally. `files` are those of the
/// inbox in the order of their names, numbered from 1, each with what [`take_in`] gave.
pub fn conclude(cx: &Context<'_>, files: Vec<TakenIn>) -> Outcome {
    conclude_after(cx, files, PriorReports::default())
}

/// As [`conclude`], with what the history knows of earlier windows whose files are no longer in the inbox.
pub fn conclude_after(cx: &Context<'_>, files: Vec<TakenIn>, mut prior: PriorReports) -> Outcome {
    let trend = std::mem::take(&mut prior.windows);
    let (mut incoming, mut noticed) = (Vec::with_capacity(files.len()), Vec::with_capacity(files.len()));
    for TakenIn { source, reading, findings, ignored } in files {
        incoming.push((source, reading, ignored));
        noticed.push(findings);
    }
    let (files, obligations) = obligation::settle(cx, incoming, prior);
    let coverage = Coverage::of(&obligations.all);
    let mut findings = cx.division.findings.0.clone();
    findings.extend(files.iter().zip(noticed).flat_map(|(file, found)| issues::concerning(file, found)));
    findings.extend(check_batch(cx, &Batch { files: &files, obligations: &obligations, coverage: &coverage }).0);
    let consolidated = Consolidated::of(cx.division, &files, &obligations);
    Outcome {
        settings: cx.settings.clone(),
        division: cx.division.clone(),
        window: cx.window,
        due: cx.settings.due.due(&cx.window),
        as_of: cx.as_of,
        issues: issues::finish(cx, &files, findings),
        tally: Tally::of(&files, &consolidated),
        files,
        obligations,
        coverage,
        trend,
        changes: None,
        inputs: None,
        consolidated,
    }
}

/// A file after the left half.
#[derive(Clone, Debug)]
pub struct TakenIn {
    /// What is known of it from outside.
    pub source: Source,
    /// What was seen in it.
    pub reading: FileReading,
    /// What the rules found in it.
    pub findings: Findings,
    /// Why it is left aside before reading (lock file, not yet received, evidence …).
    pub ignored: Option<Bilingual>,
}

impl TakenIn {
    /// The file as the rules see it.
    pub fn one(&self) -> OneFile<'_> {
        OneFile { source: &self.source, reading: &self.reading }
    }
}
