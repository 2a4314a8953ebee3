//! The marked copy of an xlsx: the submitted package with faulty cells filled and noted, and the list inserted as the
//! first sheet. Drop-down lists, widths, formulas, pictures and print settings are kept.

use std::collections::BTreeMap;

use super::copy::{Marks, tone};
use super::index;
use super::order::CopyOrder;
use super::proposal::Placed;
use crate::ledger::returned::INDEX;
use crate::read::{self, Format, Raw, Sheet, Workbook};
use crate::render::package::{Content, Layout, Note, Package, Patch, Styles, Unfit};
use crate::render::workbook::{Book, Tone};

/// The last row and column of a sheet.
const LAST: (u32, u32) = (1_048_575, 16_383);

/// The copy.
///
/// # Errors
/// [`Unfit`] when the package cannot be changed; a new workbook is written instead.
pub(super) fn patched(bytes: &[u8], original: &Workbook, order: &CopyOrder) -> Result<Vec<u8>, Unfit> {
    if original.format != Format::Xlsx {
        return Err(Unfit("no xlsx".into()));
    }
    let mut package = Package::open(bytes)?;
    package.without_macros()?;
    let book = package.book()?;
    if book.sheets.len() != original.sheets.len() {
        return Err(Unfit("sheets that are read differently".into()));
    }
    let kept = |at: &usize| !order.is_old_list(*at);
    let styles_part = package.styles_part()?;
    let mut styles = Styles::of(package.document(&styles_part)?)?;
    let earlier = if order.is_copy { styles.on_grounds(&grounds()) } else { Vec::new() };
    for (at, sheet) in book.sheets.iter().enumerate().filter(|(at, sheet)| kept(at) && sheet.kind == "worksheet") {
        let marks = Marks::of(order, at as u16);
        if marks.tones.is_empty() && !order.is_copy {
            continue;
        }
        let layout = Layout::of(&package.document(&sheet.part)?);
        let mut cells: BTreeMap<(u32, u32), Option<u32>> = layout.styled(&earlier).map(|cell| (cell, None)).collect();
        let marked = marks.tones.iter().filter(|((row, col), _)| *row <= LAST.0 && *col <= LAST.1);
        cells.extend(marked.map(|(cell, severity)| (*cell, tone(*severity).ground())));
        let patches = cells.into_iter().map(|(cell, ground)| {
            let placed = order.placed.iter().find(|one| one.sheet == at as u16 && (one.row, one.col) == cell);
            let (content, like) = match placed {
                // a column that is new looks like the one before it
                Some(placed) if layout.style(cell.0, cell.1) == 0 => {
                    (Content::Text(placed.text.clone()), cell.1.saturating_sub(1))
                }
                Some(placed) => (Content::Text(placed.text.clone()), cell.1),
                None => (Content::Keep, cell.1),
            };
            let style = styles.filled(layout.style(cell.0, like), ground);
            (cell, Patch { content, style: Some(style) })
        });
        package.patch(&sheet.part, &patches.collect())?;
        let notes: Vec<Note> =
            marks.notes.into_iter().filter(|((row, col), _)| *row <= LAST.0 && *col <= LAST.1).collect();
        package.note(&sheet.part, &layout, &notes)?;
    }
    let names: Vec<String> = book.sheets.iter().map(|sheet| sheet.name.clone()).collect();
    let taken = |name: &str| names.iter().enumerate().any(|(at, other)| kept(&at) && other.eq_ignore_ascii_case(name));
    let list = (1u32..).map(|count| if count == 1 { INDEX.to_owned() } else { format!("{INDEX}~{count}") });
    let list = list.into_iter().find(|name| !taken(name)).unwrap_or_default();
    let without: Vec<usize> = (0..names.len()).filter(|at| !kept(at)).collect();
    let linked: Vec<String> =
        names.iter().enumerate().map(|(at, name)| if kept(&at) { name.clone() } else { String::new() }).collect();
    package.graft(&book, &index_alone(order, &list, &linked)?, &mut styles, &without)?;
    package.set(&styles_part, styles.finish()?);
    package.stamp(&order.properties)?;
    let copy = package.finish()?;
    if is_whole(&copy, original, order) { Ok(copy) } else { Err(Unfit("the copy is read differently".into())) }
}

/// A workbook that has only the list.
fn index_alone(order: &CopyOrder, name: &str, sheets: &[String]) -> Result<Vec<u8>, Unfit> {
    let written = || {
        let mut book = Book::new(&order.settings, &order.title, order.made)?.in_lang(order.settings.lang);
        index::write(&mut book, order, name, sheets)?;
        book.finish()
    };
    written().map_err(|error: anyhow::Error| Unfit(format!("{error:#}").into()))
}

/// The fill colours of marks.
fn grounds() -> Vec<u32> {
    [Tone::Bad, Tone::Warn, Tone::Mute].into_iter().filter_map(Tone::ground).collect()
}

/// The text of a cell that holds one.
fn text(book: &Workbook, raw: Raw) -> Option<&str> {
    match raw {
        Raw::Text(text) | Raw::Fault(text) | Raw::DigitsLost(text) => Some(book.texts.get(text)),
        _ => None,
    }
}

/// Whether the copy, when read again, has every cell, merged region and hidden row of the original sheets.
fn is_whole(copy: &[u8], original: &Workbook, order: &CopyOrder) -> bool {
    let Ok(read) = read::read(copy, "a.xlsx") else { return false };
    let is_same = |was: Raw, is: Raw| match (text(original, was), text(&read, is)) {
        (None, None) => was == is,
        (was, is) => was == is,
    };
    let same = |at: usize, was: &Sheet, is: &Sheet| {
        let placed = |row: u32, col: u32| {
            let here = |one: &&Placed| (one.sheet as usize, one.row, one.col) == (at, row, col);
            order.placed.iter().find(here).map(|one| one.text.as_str())
        };
        let cells = |sheet: &Sheet| -> Vec<(u32, u32, Raw)> {
            let rows = sheet.grid.rows.iter();
            rows.flat_map(|row| row.cells.iter().map(move |(col, raw)| (row.index, *col, *raw))).collect()
        };
        let (mut was_cells, mut is_cells) = (cells(was), cells(is));
        let as_placed = |(row, col, raw): &(u32, u32, Raw)| {
            placed(*row, *col).is_some_and(|wanted| text(&read, *raw) == Some(wanted))
        };
        let proposed = is_cells.iter().filter(|cell| as_placed(cell)).count();
        let here = order.placed.iter().filter(|one| one.sheet as usize == at).count();
        was_cells.retain(|(row, col, _)| placed(*row, *col).is_none());
        is_cells.retain(|(row, col, _)| placed(*row, *col).is_none());
        was.merges == is.merges
            && was.hidden_rows == is.hidden_rows
            && was.visibility == is.visibility
            && was.pictures == is.pictures
            && proposed == here
            && was_cells.len() == is_cells.len()
            && was_cells.iter().zip(&is_cells).all(|(w, i)| (w.0, w.1) == (i.0, i.1) && is_same(w.2, i.2))
    };
    let sheets: Vec<(usize, &Sheet)> =
        original.sheets.iter().enumerate().filter(|(at, _)| !order.is_old_list(*at)).collect();
    read.sheets.len() == sheets.len() + 1
        && sheets.iter().zip(&read.sheets[1..]).all(|((at, was), is)| same(*at, was, is))
}
