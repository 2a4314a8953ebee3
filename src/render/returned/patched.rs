//! The marked copy of an xlsx: the submitted package with faulty cells filled and noted, and the list inserted as the
//! first sheet. Drop-down lists, widths, formulas, pictures and print settings are kept.

use std::collections::BTreeMap;

use super::copy::{Marks, tone};
use super::index;
use super::order::CopyOrder;
use crate::basis::numbered::apart;
use crate::ledger::returned::INDEX;
use crate::read::{Format, Workbook};
use crate::render::package::{Content, Layout, Note, Package, Patch, Styles, Texts, Unfit};
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
        let of_marks = |row: u32| order.is_copy || marks.tones.range((row, 0)..=(row, u32::MAX)).next().is_some();
        let layout = Layout::of_cells(&package.document(&sheet.part)?, of_marks);
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
    let list = apart(|end| format!("{INDEX}{end}"), |name| !taken(name));
    let without: Vec<usize> = (0..names.len()).filter(|at| !kept(at)).collect();
    let linked: Vec<String> =
        names.iter().enumerate().map(|(at, name)| if kept(&at) { name.clone() } else { String::new() }).collect();
    package.graft(&book, &index_alone(order, &list, &linked)?, &mut styles, &without)?;
    package.set(&styles_part, styles.finish()?);
    package.stamp(&order.properties)?;
    let copy = package.finish_quickly()?;
    let mut placed: BTreeMap<usize, Texts<'_>> = BTreeMap::new();
    for one in &order.placed {
        placed.entry(one.sheet as usize).or_default().insert((one.row, one.col), &one.text);
    }
    if package.is_held_by(&book, &copy, &without, &placed)? {
        Ok(copy)
    } else {
        Err(Unfit("the copy does not hold the original".into()))
    }
}

/// A workbook that has only the list.
fn index_alone(order: &CopyOrder, name: &str, sheets: &[String]) -> Result<Vec<u8>, Unfit> {
    let written = || {
        let mut book = Book::new(&order.settings, &order.title, order.made)?.in_lang(order.settings.lang);
        index::write(&mut book, order, name, sheets)?;
        book.finish_loose()
    };
    written().map_err(|error: anyhow::Error| Unfit(format!("{error:#}").into()))
}

/// The fill colours of marks.
fn grounds() -> Vec<u32> {
    [Tone::Bad, Tone::Warn, Tone::Mute].into_iter().filter_map(Tone::ground).collect()
}
