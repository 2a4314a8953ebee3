//! One cause once: faults of the cells of a column, gathered into findings with an area. A merged cell is one cell.

use crate::basis::finding::{Finding, Findings, Kind};
use crate::basis::place::{Area, Place};
use crate::check::OneFile;
use crate::check::support::unit_of;
use crate::ledger::{Cell, Ledger, Record};
use crate::table::Column;

/// From so many cells on, a column in which every filled cell is at fault is one finding.
const WHOLE: usize = 4;
/// More faulty cells than this in one column are told by their runs, not one by one.
const APART: usize = 20;

/// Notes the cells that are at fault in the columns that matter, gathered by cause. The place of a finding is its
/// cell, or the area from its first to its last cell; facts: `heading`, and `cells` when there are several.
pub(in crate::check) fn note_cells(
    out: &mut Findings,
    kind: &'static Kind,
    (file, ledger): (&OneFile<'_>, &Ledger),
    matters: impl Fn(&Column) -> bool,
    at_fault: impl Fn(&Record, Cell) -> bool,
    detail: impl Fn(&mut Finding, &Column, &Record),
) {
    for (at, column) in ledger.columns.iter().enumerate().filter(|(_, column)| matters(column)) {
        let faulty: Vec<usize> = (0..ledger.records.len())
            .filter(|&row| {
                !ledger.records[row].repeats(at) && at_fault(&ledger.records[row], ledger.records[row].cells[at])
            })
            .collect();
        if faulty.is_empty() {
            continue;
        }
        let sound = |record: &Record| !record.cells[at].text.is_empty() && !at_fault(record, record.cells[at]);
        let whole = !ledger.records.iter().any(sound);
        for group in gather(&faulty, whole) {
            let records = || group.iter().map(|&row| &ledger.records[row]);
            let Some((first, last)) = records().next().zip(records().next_back()) else { continue };
            let area = Area { top: first.row, left: column.col, bottom: last.row, right: column.col };
            let finding = out.note(kind, Place::sheet(ledger.source, ledger.sheet).at(area));
            finding.unit(shared(records().map(|record| unit_of(ledger, record))));
            finding.task(shared(records().map(|record| record.task))).fact("heading", &column.heading);
            let text = file.reading.texts.get(first.cells[at].text);
            if !text.is_empty() {
                finding.seen(text);
            }
            if group.len() > 1 {
                finding.fact("cells", group.len());
            }
            detail(finding, column, first);
        }
    }
}

/// The groups in which faulty rows (positions of records, ascending) are told; `whole` when nothing else stands in
/// the column.
fn gather(faulty: &[usize], whole: bool) -> Vec<&[usize]> {
    if faulty.len() >= WHOLE && whole {
        return vec![faulty];
    }
    if faulty.len() <= APART {
        return faulty.chunks(1).collect();
    }
    let runs: Vec<_> = faulty.chunk_by(|a, b| a + 1 == *b).collect();
    if runs.len() <= APART { runs } else { vec![faulty] }
}

/// What all have in common.
fn shared<T: PartialEq>(mut all: impl Iterator<Item = Option<T>>) -> Option<T> {
    let first = all.next()??;
    all.all(|next| next.as_ref() == Some(&first)).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_column_is_one_finding_and_single_cells_are_single() {
        let rows: Vec<usize> = (0..312).collect();
        assert_eq!(gather(&rows, true).len(), 1, "all of them");
        assert_eq!(gather(&rows[..3], false).len(), 3, "a few");
        assert_eq!(gather(&rows[..40], false).len(), 1, "one run");
        let scattered: Vec<usize> = (0..30).map(|n| n * 3).collect();
        assert_eq!(gather(&scattered, false).len(), 1, "too many to tell apart");
        assert_eq!(gather(&[0, 1], true).len(), 2, "two cells are told apart even if they are all there is");
    }
}
