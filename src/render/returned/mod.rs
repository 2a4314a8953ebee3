//! 退回/<文件>.xlsx: what a unit sent, sheet by sheet, with the faulty cells filled and noted, and before it a sheet that
//! lists every fault with a link to its cell and room for the unit's answer.

pub(in crate::render) mod copy;
mod index;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use anyhow::Result;

use super::file_names::FileNames;
use super::workbook::{Book, Names};
use super::{Output, RenderInput, Rendered};
use crate::basis::calendar::Cycle;
use crate::basis::finding::Severity;
use crate::basis::place::SourceId;
use crate::ledger::returned::{COPY_OF, GENERATIONS, INDEX};
use crate::ledger::stamp;
use crate::obligation::{FileState, RunFile};
use crate::outcome::{Issue, Outcome};
use crate::read::{self, Workbook};

/// Files beyond this size get the list alone: nobody mends a copy of so many rows by hand.
const LARGEST: u64 = 8 << 20;
/// Cells of a workbook beyond which the same holds.
const MOST_CELLS: usize = 300_000;

/// The output.
pub struct Returned;

impl Output for Returned {
    fn render(&self, from: RenderInput<'_>) -> Result<Vec<Rendered>> {
        let outcome = from.outcome;
        let mut by_file: BTreeMap<SourceId, Vec<&Issue>> = BTreeMap::new();
        for issue in &outcome.issues {
            by_file.entry(issue.finding.place.source).or_default().push(issue);
        }
        let mut names = FileNames::default();
        let mut wanted = Vec::new();
        for file in outcome.files.iter().filter(|file| file.state == FileState::Merged) {
            let Some(issues) = by_file.get(&file.source.id) else { continue };
            if issues.iter().any(|issue| is_theirs(issue)) {
                wanted.push((file, issues.as_slice(), names.give(&file_name(outcome, file))));
            }
        }
        super::each(&wanted, |(file, issues, name)| {
            let bytes = write(from, file, issues)?;
            Ok(Rendered::new(format!("退回/{name}.xlsx"), bytes))
        })
    }
}

/// Whether a fault is for the unit to mend in this file: an error, or a warning that still wants an answer.
fn is_theirs(issue: &Issue) -> bool {
    issue.severity >= Severity::Warning
        && issue.answer.is_none()
        && issue.finding.kind.code.starts_with(['S', 'C', 'R', 'X', 'D', 'F'])
}

/// The path below the inbox in one word, without its ending: `管理一科_8月台账`.
fn file_name(outcome: &Outcome, file: &RunFile) -> String {
    let name = file.source.name.strip_prefix(&outcome.settings.inbox).unwrap_or(&file.source.name);
    let name = name.trim_start_matches('/').replace(['/', '!'], "_");
    match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && ending.len() <= 5 && ending.is_ascii() => stem.to_owned(),
        _ => name,
    }
}

fn write(from: RenderInput<'_>, file: &RunFile, issues: &[&Issue]) -> Result<Vec<u8>> {
    let outcome = from.outcome;
    let original = if file.source.size > LARGEST {
        None
    } else {
        let bytes = from.originals.bytes(file.source.id)?;
        original(&bytes, &file.source.name)
    };
    let name = file.source.name.rsplit(['/', '!']).next().unwrap_or(&file.source.name);
    let mut book = Book::new(&outcome.settings, &format!("{name} 退回修改"), outcome.as_of)?;
    book.stamp(&properties(outcome, file));
    let mut names = Names::keeping(&[INDEX]);
    // The list of an earlier round gives way to this one.
    let old = |at: usize| file.reading.returned.as_ref().is_some_and(|earlier| earlier.index.contains(&(at as u16)));
    let sheets = original.iter().flat_map(|book| book.sheets.iter().enumerate());
    let sheets: Vec<String> =
        sheets.map(|(at, sheet)| if old(at) { String::new() } else { names.give(&sheet.name) }).collect();
    index::write(&mut book, outcome, file, issues, &sheets)?;
    if let Some(original) = &original {
        for (at, sheet) in original.sheets.iter().enumerate().filter(|(at, _)| !old(*at)) {
            let marks = copy::Marks::of(outcome, at as u16, issues);
            copy::write(&mut book, &sheets[at], original, sheet, file, at as u16, &marks)?;
        }
    }
    book.finish()
}

/// By what the copy is known again when it comes back, under whatever name: the file it is a copy of, the unit, the
/// window, and the form it was if it was one of ours.
fn properties(outcome: &Outcome, file: &RunFile) -> Vec<(&'static str, String)> {
    let earlier = file.reading.returned.iter().flat_map(|returned| &returned.of);
    let hashes: Vec<&str> =
        std::iter::once(&file.source.hash).chain(earlier).take(GENERATIONS).map(String::as_str).collect();
    let mut properties = vec![(COPY_OF, hashes.join(" "))];
    properties.extend(file.reading.stamp.as_ref().map(|stamp| (stamp::DIVISION, stamp.division.clone())));
    properties.extend(file.unit.map(|unit| (stamp::UNIT, outcome.division.unit(unit).name.clone())));
    // A file about a week of the month stays one about that week.
    let stretch = file.reading.window.map(|(said, _)| said);
    let stretch = stretch.filter(|said| said.cycle < outcome.window.cycle && said.cycle != Cycle::Day);
    properties.extend(stretch.or(file.window).map(|window| (stamp::WINDOW, window.label())));
    properties
}

/// The workbook as it was sent. None when it is too large, or cannot be read a second time: the list is given then.
fn original(bytes: &[u8], name: &str) -> Option<Workbook> {
    let read = catch_unwind(AssertUnwindSafe(|| read::read(bytes, name))).ok()?.ok()?;
    let cells: usize = read.sheets.iter().flat_map(|sheet| &sheet.grid.rows).map(|row| row.cells.len()).sum();
    (cells <= MOST_CELLS).then_some(read)
}
