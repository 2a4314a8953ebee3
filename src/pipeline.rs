//! The stages strung together; pure: bytes in, report out. No clock, no disk, no environment.

use std::collections::BTreeMap;

use crate::basis::Bilingual;
use crate::basis::finding::Findings;
use crate::basis::place::Source;
use crate::basis::settings::SecondReader;
use crate::check::{Batch, OneFile, check_batch, check_file};
use crate::division::Context;
use crate::ledger::{FileReading, Ledger, understand};
use crate::obligation::{self, Coverage, PriorReports};
use crate::outcome::merge::{Consolidated, Tally};
use crate::outcome::{Outcome, issues, rulings};
use crate::read::second::{self, Region};
use crate::read::{self, SecondReading, Workbook};

/// Filled cells up to which a file is read a second time unless the settings say more.
const READ_AGAIN: usize = 20_000;

/// The left half of the road, for one file: read, understand, check what stands in it; and what the second reader needs,
/// if it is to read the file again.
/// Runs in a worker process or in this one, with the same result.
pub fn take_in(bytes: &[u8], source: &Source, cx: &Context<'_>) -> (FileReading, Findings, Option<ToReadAgain>) {
    let read = read::read(bytes, &source.name);
    let small = read.as_ref().ok().filter(|book| is_small(book) && cx.settings.second_reader != SecondReader::Never);
    let kept = small.cloned();
    // What its columns mean does not change with the day on which a file is looked at.
    let then = Context { as_of: source.received.min(cx.as_of), ..*cx };
    let reading = understand(read, source, &then);
    let findings = check_file(cx, &OneFile { source, reading: &reading });
    let again = match cx.settings.second_reader {
        SecondReader::Auto => kept.is_some(),
        SecondReader::Always => true,
        SecondReader::Never => false,
    };
    let again = if again { ToReadAgain::of(kept, &reading, source) } else { None };
    (reading, findings, again)
}

fn is_small(book: &Workbook) -> bool {
    book.sheets.iter().flat_map(|sheet| &sheet.grid.rows).map(|row| row.cells.len()).sum::<usize>() <= READ_AGAIN
}

/// What was read of a file, and which of its cells count.
#[derive(Debug)]
pub struct ToReadAgain {
    name: String,
    /// None of a large file, of which two are not held at once while our own answer is made.
    book: Option<Workbook>,
    regions: Vec<Region>,
}

impl ToReadAgain {
    /// Headings and records; none where the file has no ledger, or the second reader does not know its format.
    fn of(book: Option<Workbook>, reading: &FileReading, source: &Source) -> Option<ToReadAgain> {
        let region = |ledger: &Ledger| {
            let mut rows: Vec<u32> = (ledger.heading.top..=ledger.heading.bottom).collect();
            rows.extend(ledger.records.iter().map(|record| record.row));
            Region { sheet: ledger.sheet, rows, cols: (ledger.heading.left, ledger.heading.right) }
        };
        let regions: Vec<Region> = reading.ledgers.iter().map(region).collect();
        let wanted = reading.format.is_some_and(second::knows) && !regions.is_empty();
        wanted.then(|| ToReadAgain { name: source.name.clone(), book, regions })
    }

    /// Reads the same bytes once more, by the second reader.
    pub fn read(&self, bytes: &[u8]) -> SecondReading {
        match &self.book {
            Some(book) => second::read_again(bytes, book, &self.regions),
            None => match read::read(bytes, &self.name) {
                Ok(book) => second::read_again(bytes, &book, &self.regions),
                Err(refusal) => SecondReading::silent(format!("{refusal:?}")),
            },
        }
    }
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
    issues::drop_told_twice(&files, &obligations, &mut findings);
    let consolidated = Consolidated::of(cx.division, &files, &obligations);
    let applied = rulings::applied(cx, &files, &obligations, &findings);
    let mut outcome = Outcome {
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
        open_items: BTreeMap::new(),
        changes: None,
        inputs: None,
        consolidated,
        applied,
        doubts: Vec::new(),
    };
    outcome.settle();
    outcome
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
