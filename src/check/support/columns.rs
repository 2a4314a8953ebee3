//! Groups faulty cells of a column with the same cause into one finding with an area. A merged cell counts once.

use crate::basis::finding::{Finding, Findings, Kind};
use crate::basis::place::{Area, Place};
use crate::check::{Entry, OneFile};
use crate::ledger::{Cell, Ledger};
use crate::table::Column;

/// A column with at least so many filled cells, all of them faulty, is one finding.
const WHOLE: usize = 4;
/// More faulty cells in a column are grouped by runs of consecutive rows.
const APART: usize = 20;

/// Notes the faulty cells of the selected columns, grouped by cause. The place of a finding is its cell, or the area from
/// its first to its last cell. Facts: `heading`, and `cells` if there are several.
pub(in crate::check) fn note_cells<'a>(
    out: &mut Findings,
    kind: &'static Kind,
    (file, ledger): (&OneFile<'a>, &'a Ledger),
    matters: impl Fn(&Column) -> bool,
    at_fault: impl Fn(Entry<'a>, Cell) -> bool,
    detail: impl Fn(&mut Finding, &Column, Entry<'a>),
) {
    for at in (0..ledger.columns.len()).filter(|&at| matters(&ledger.columns[at])) {
        note_column(out, kind, (file, ledger), at, &at_fault, &detail);
    }
}

/// Notes the faulty cells of the column at this position, as [`note_cells`] does.
pub(in crate::check) fn note_column<'a>(
    out: &mut Findings,
    kind: &'static Kind,
    (file, ledger): (&OneFile<'a>, &'a Ledger),
    at: usize,
    at_fault: impl Fn(Entry<'a>, Cell) -> bool,
    detail: impl Fn(&mut Finding, &Column, Entry<'a>),
) {
    let column = &ledger.columns[at];
    let fails = |entry: Entry<'a>| at_fault(entry, entry.record.cells[at]);
    let faulty: Vec<usize> = file
        .entries_of(ledger)
        .enumerate()
        .filter(|(_, entry)| !entry.record.repeats(at) && fails(*entry))
        .map(|(row, _)| row)
        .collect();
    let sound = |entry: Entry<'a>| !entry.record.cells[at].text.is_empty() && !fails(entry);
    let whole = !file.entries_of(ledger).any(sound);
    for group in gather(&faulty, whole) {
        let entries = || group.iter().map(|&row| file.entry(ledger, &ledger.records[row]));
        let Some(first) = entries().next() else { continue };
        let finding = out.note(kind, Place::sheet(ledger.source, ledger.sheet).at(area(column, entries())));
        finding.unit(shared(entries().map(Entry::unit)));
        finding.task(shared(entries().map(|entry| entry.record.task))).fact("heading", &column.heading);
        let text = first.text_of(first.record.cells[at]);
        if !text.is_empty() {
            finding.seen(text);
        }
        if group.len() > 1 {
            finding.fact("cells", group.len());
        }
        detail(finding, column, first);
    }
}

/// The area that these records' cells of a column take up.
fn area<'a>(column: &Column, entries: impl Iterator<Item = Entry<'a>>) -> Area {
    let cells = entries.filter_map(|entry| entry.place_in(column).area);
    let join = |a: Area, b: Area| Area {
        top: a.top.min(b.top),
        left: a.left.min(b.left),
        bottom: a.bottom.max(b.bottom),
        right: a.right.max(b.right),
    };
    cells.reduce(join).unwrap_or(column.area)
}

/// Groups faulty rows (positions of records, ascending), one group for each finding; `whole` if the column contains
/// nothing else.
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

/// The value common to all, if there is one.
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

    #[test]
    fn faulty_rows_are_gathered_by_number_and_runs() {
        let rows = |count: usize, apart: usize| (0..count).map(|n| n * apart).collect::<Vec<usize>>();
        for (count, apart, whole, groups) in [
            (WHOLE, 1, true, 1),
            (WHOLE - 1, 1, true, WHOLE - 1),
            (WHOLE, 1, false, WHOLE),
            (APART, 1, false, APART),
            (APART + 1, 1, false, 1),
            (APART + 1, 2, false, 1),
        ] {
            assert_eq!(gather(&rows(count, apart), whole).len(), groups, "{count} {apart} {whole}");
        }
        let runs = |runs: usize| (0..runs).flat_map(|run| [run * 5, run * 5 + 1]).collect::<Vec<usize>>();
        assert_eq!((gather(&runs(APART), false).len(), gather(&runs(APART + 1), false).len()), (APART, 1));
    }

    #[test]
    fn what_all_have_in_common() {
        assert_eq!(shared([Some(1), Some(1)].into_iter()), Some(1));
        assert_eq!(shared([Some(1), Some(2)].into_iter()), None);
        assert_eq!(shared([Some(1), None].into_iter()), None);
        assert_eq!((shared([None, Some(1)].into_iter()), shared(std::iter::empty::<Option<u8>>())), (None, None));
    }
}
