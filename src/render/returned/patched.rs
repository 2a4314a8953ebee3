//! The marked copy of an xlsx: the submitted package with faulty cells filled and noted, and the list inserted as the
//! first sheet. Drop-down lists, widths, formulas, pictures and print settings are kept.

use std::collections::BTreeMap;

use super::copy::{Marks, tone};
use super::index;
use super::order::CopyOrder;
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
            let style = styles.filled(layout.style(cell.0, cell.1), ground);
            (cell, Patch { content: Content::Keep, style: Some(style) })
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
        let mut book = Book::new(&order.settings, &order.title, order.made)?;
        index::write(&mut book, order, name, sheets)?;
        book.finish()
    };
    written().map_err(|error: anyhow::Error| Unfit(format!("{error:#}").into()))
}

/// The fill colours of marks.
fn grounds() -> Vec<u32> {
    [Tone::Bad, Tone::Warn, Tone::Mute].into_iter().filter_map(Tone::ground).collect()
}

/// Whether the copy, when read again, has every cell, merged region and hidden row of the original sheets.
fn is_whole(copy: &[u8], original: &Workbook, order: &CopyOrder) -> bool {
    let Ok(read) = read::read(copy, "a.xlsx") else { return false };
    let kept = original.sheets.iter().enumerate().filter(|(at, _)| !order.is_old_list(*at)).map(|(_, sheet)| sheet);
    let text = |book: &Workbook, raw: Raw| match raw {
        Raw::Text(text) | Raw::Fault(text) | Raw::DigitsLost(text) => Some(book.texts.get(text).to_owned()),
        _ => None,
    };
    let is_same = |was: Raw, is: Raw| match (text(original, was), text(&read, is)) {
        (None, None) => was == is,
        (was, is) => was == is,
    };
    let same = |was: &Sheet, is: &Sheet| {
        let cells = |sheet: &Sheet| -> Vec<(u32, u32, Raw)> {
            let rows = sheet.grid.rows.iter();
            rows.flat_map(|row| row.cells.iter().map(move |(col, raw)| (row.index, *col, *raw))).collect()
        };
        let (was_cells, is_cells) = (cells(was), cells(is));
        was.merges == is.merges
            && was.hidden_rows == is.hidden_rows
            && was.visibility == is.visibility
            && was.pictures == is.pictures
            && was_cells.len() == is_cells.len()
            && was_cells.iter().zip(&is_cells).all(|(w, i)| (w.0, w.1) == (i.0, i.1) && is_same(w.2, i.2))
    };
    let sheets: Vec<&Sheet> = kept.collect();
    read.sheets.len() == sheets.len() + 1 && sheets.iter().zip(&read.sheets[1..]).all(|(was, is)| same(was, is))
}
