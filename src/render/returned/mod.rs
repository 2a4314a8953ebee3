//! 退回/<文件>.xlsx: a copy of what a unit sent, with the faulty cells filled and noted, preceded by a sheet that lists
//! every fault with a link to its cell and space for the unit's answer. An xlsx is changed in place; for other formats, and
//! for packages that cannot be changed, a new workbook is written.

pub(in crate::render) mod copy;
mod index;
mod order;
mod patched;
mod placing;
mod proposal;

use std::collections::BTreeMap;

use anyhow::Result;

use super::file_names::FileNames;
use super::output::{Output, RenderInput, Shelf};
use super::workbook::{Book, Names};
use crate::basis::finding::Severity;
use crate::basis::place::SourceId;
use crate::basis::scope::{GapKind, Scope};
use crate::basis::side_by_side::each;
use crate::ledger::returned::INDEX;
use crate::obligation::{FileState, RunFile};
use crate::outcome::{Issue, Outcome, ailments};
use crate::read::{self, Refusal, Workbook};

pub use order::CopyOrder;

/// Larger files, in bytes, get only the list, because nobody corrects so many rows by hand.
const LARGEST: u64 = 8 << 20;
/// Workbooks with more cells get only the list.
const MOST_CELLS: usize = 300_000;

/// The output.
pub struct Returned;

impl Output for Returned {
    fn render(&self, from: RenderInput<'_>, to: &dyn Shelf) -> Result<()> {
        let outcome = from.outcome;
        let mut by_file: BTreeMap<SourceId, Vec<&Issue>> = BTreeMap::new();
        // Findings for the office, and those that a person settled, do not concern the unit.
        let of_unit = |issue: &&Issue| issue.finding.kind.scope != Scope::Run && issue.counts();
        for issue in outcome.issues.iter().filter(of_unit) {
            by_file.entry(issue.finding.place.source).or_default().push(issue);
        }
        let mut names = FileNames::default();
        let mut wanted = Vec::new();
        for file in outcome.files.iter().filter(|file| can_be_copied(file)) {
            let Some(issues) = by_file.get_mut(&file.source.id) else { continue };
            if issues.iter().any(|issue| is_of_file(issue)) {
                // what is wrong with the file says why nothing of it could be used
                issues.retain(|issue| issue.finding.kind.scope.gap() != Some(GapKind::Unusable));
            }
            if issues.iter().any(|issue| is_theirs(issue)) {
                wanted.push((file, std::mem::take(issues), names.give(&file_name(outcome, file))));
            }
        }
        each(&wanted, |(file, issues, name)| {
            let bytes = write(from, file, issues)?;
            let path = format!("退回/{name}.xlsx");
            // with its path: two files of the set are never one on the disk
            let of = format!("{path}|{}", blake3::hash(&bytes));
            to.put_made(&path, &of, &mut |to| Ok(to.write_all(&bytes)?))
        })
        .map(drop)
    }
}

/// Whether a file can go back marked: one that counts, or in which no ledger was found.
fn can_be_copied(file: &RunFile) -> bool {
    let readable = file.reading.refusal.is_none() && !file.reading.sheets.is_empty();
    file.state == FileState::Merged || file.state == FileState::Refused && readable
}

/// Whether an issue says what is wrong with a file as a whole or with a part of it.
fn is_of_file(issue: &Issue) -> bool {
    issue.severity == Severity::Error && issue.finding.kind.scope == Scope::Submission
}

/// Whether the unit has to correct or explain an issue in this file: an error, or a warning without an answer.
fn is_theirs(issue: &Issue) -> bool {
    issue.severity >= Severity::Warning
        && issue.answer.is_none()
        && issue.counts()
        && issue.finding.kind.scope.is_of_unit()
}

/// A file name from the path below the inbox, without extension: `管理一科_8月台账`.
fn file_name(outcome: &Outcome, file: &RunFile) -> String {
    let name = file.source.name.strip_prefix(&outcome.settings.inbox).unwrap_or(&file.source.name);
    let name = name.trim_start_matches('/').replace(['/', '!'], "_");
    match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && ending.len() <= 5 && ending.is_ascii() => stem.to_owned(),
        _ => name,
    }
}

fn write(from: RenderInput<'_>, file: &RunFile, issues: &[&Issue]) -> Result<Vec<u8>> {
    let order = CopyOrder::of(from.outcome, file, issues);
    let copied = if file.source.size > LARGEST { None } else { from.copies.marked(file.source.id, &order)? };
    copied.map_or_else(|| written(&order, None), Ok)
}

/// The marked copy of a file, made from its bytes in a worker process. None when it is too large to be corrected by hand.
///
/// # Errors
/// When the file cannot be read again or the copy cannot be written.
pub fn marked(bytes: &[u8], name: &str, order: &CopyOrder) -> Result<Option<Vec<u8>>, Refusal> {
    let original = read::read(bytes, name)?;
    let cells: usize = original.sheets.iter().flat_map(|sheet| &sheet.grid.rows).map(|row| row.cells.len()).sum();
    if cells > MOST_CELLS {
        return Ok(None);
    }
    let mut order = order.placed(&original);
    if let Ok(health) = read::health::of_book(&original, bytes) {
        order.health = ailments::lines(&health, order.settings.lang);
    }
    let order = &order;
    if let Ok(copy) = patched::patched(bytes, &original, order) {
        return Ok(Some(copy));
    }
    written(order, Some(&original)).map(Some).map_err(|error| Refusal::Stopped(format!("{error:#}")))
}

/// Writes the workbook: the list, and the sheets of the original if given.
fn written(order: &CopyOrder, original: Option<&Workbook>) -> Result<Vec<u8>> {
    let mut book = Book::new(&order.settings, &order.title, order.made)?;
    book.stamp(&order.properties);
    let mut names = Names::keeping(&[INDEX]);
    let sheets = original.iter().flat_map(|book| book.sheets.iter().enumerate());
    let sheets: Vec<String> =
        sheets.map(|(at, sheet)| if order.is_old_list(at) { String::new() } else { names.give(&sheet.name) }).collect();
    index::write(&mut book, order, INDEX, &sheets)?;
    if let Some(original) = original {
        for (at, sheet) in original.sheets.iter().enumerate().filter(|(at, _)| !order.is_old_list(*at)) {
            copy::write(&mut book, &sheets[at], original, sheet, order, at as u16)?;
        }
    }
    book.finish()
}
