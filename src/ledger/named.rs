//! The units named in a file or its path, whichever unit submitted it.

use super::about;
use super::file_reading::Skipped;
use super::sender::{in_cell, in_words, strangers};
use super::sheets::{Kept, Surveyed};
use crate::basis::UnitId;
use crate::basis::place::{Place, Source};
use crate::basis::pool::Texts;
use crate::basis::text::list;
use crate::division::{Roster, fields};
use crate::read::Sheet;
use crate::table::{RowClass, lines, shown};

/// The most characters of a cell that may name units; a longer one is running text.
const CELL: usize = 30;

/// The units named in the folders, archive and file name of a path, each once; a name may list several
/// (综合科、财务科.xlsx).
pub fn in_path(source: &Source, inbox: &str, roster: &Roster) -> Vec<UnitId> {
    let path = source.name.strip_prefix(inbox).unwrap_or(&source.name);
    let mut units = Vec::new();
    for part in path.split(['/', '!']) {
        // without the extension, which would become part of the last name
        let part = part.rsplit_once('.').map_or(part, |(stem, _)| stem);
        for unit in list(part).into_iter().chain([part]).filter_map(|words| in_words(words, roster)) {
            if !units.contains(&unit) {
                units.push(unit);
            }
        }
    }
    units
}

/// The units named outside of records, each with its first place: in the sheet name, in a 填报单位 line, or in a unit
/// column of rows that are not records.
pub(super) fn in_sheets(
    surveyed: &[Surveyed],
    sheets: &[Sheet],
    texts: &Texts,
    source: &Source,
    roster: &Roster,
) -> Vec<(UnitId, Place)> {
    let mut named: Vec<(UnitId, Place)> = Vec::new();
    let mut add = |unit: UnitId, place: Place| {
        if !named.iter().any(|known| known.0 == unit) {
            named.push((unit, place));
        }
    };
    for (at, (surveyed, sheet)) in (0u16..).zip(surveyed.iter().zip(sheets)) {
        if sheet.is_hidden() || matches!(surveyed.skipped, Some(Skipped::OtherWindow(_) | Skipped::Empty)) {
            continue;
        }
        if let Some(unit) = in_words(&sheet.name, roster) {
            add(unit, Place::sheet(source.id, at));
        }
        let all = if surveyed.tables.is_empty() { about::notes(&lines(&sheet.grid.rows, texts)) } else { Vec::new() };
        let kept = surveyed.aside.iter().flat_map(|kept| &kept.notes);
        for note in surveyed.notes.iter().flatten().chain(kept).chain(&all).filter(|note| about::names_sender(&note.2))
        {
            if let Some(unit) = roster.find(&note.3).or_else(|| in_words(&note.3, roster)) {
                add(unit, super::lines_outside::line_place(source.id, at, note.0, note.1));
            }
        }
        for kept in &surveyed.aside {
            under_unit_columns(kept, sheet, texts, roster, |unit, row, col| {
                add(unit, Place::cell(source.id, at, row, col));
            });
        }
    }
    named
}

/// The units in unit columns: those with such a heading, and those with only units in their cells.
fn under_unit_columns(
    kept: &Kept,
    sheet: &Sheet,
    texts: &Texts,
    roster: &Roster,
    mut add: impl FnMut(UnitId, u32, u32),
) {
    let rows = || kept.table.rows.iter().filter(|row| row.1 == RowClass::Data).map(|row| row.0);
    for column in &kept.table.columns {
        let cell = |row: u32| shown(sheet.grid.get(row, column.col), texts).into_owned();
        let named = |text: &str| text.chars().count() <= CELL && !in_cell(text, roster).is_empty();
        let all = || rows().map(cell).filter(|text| !text.is_empty());
        let by_heading = matches!(column.field, Some(fields::UNITS | fields::LEAD_UNITS | fields::SUBMITTER));
        let by_cells =
            || all().all(|text| named(&text) && strangers(&text, roster).is_empty()) && all().next().is_some();
        if by_heading || column.field.is_none() && by_cells() {
            for row in rows() {
                let text = cell(row);
                for unit in in_cell(&text, roster).units.into_iter().filter(|_| text.chars().count() <= CELL) {
                    add(unit, row, column.col);
                }
            }
        }
    }
}
