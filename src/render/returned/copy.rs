//! A sheet of a marked copy: the cells as submitted; faulty ones are highlighted and have notes.

use std::borrow::Cow;
use std::collections::BTreeMap;

use anyhow::Result;

use super::order::CopyOrder;
use crate::basis::finding::Severity;
use crate::basis::place::Area;
use crate::ledger::returned::{MOST_PICTURES, PICTURE, UNCALCULATED};
use crate::read::{Raw, Sheet, Visibility, Workbook};
use crate::render::workbook::{Book, Cell, Page, Shape, Size, Tone, What, fit};
use crate::table;

/// The most cells highlighted for one finding; a longer column is highlighted at its beginning.
const MOST_FILLED: u32 = 2_000;
/// The least and greatest column width.
const WIDTHS: (f64, f64) = (6.0, 40.0);

/// What is to be marked on a sheet.
#[derive(Default)]
pub(super) struct Marks {
    /// The worst severity of each cell.
    pub(super) tones: BTreeMap<(u32, u32), Severity>,
    /// The note of each cell.
    pub(super) notes: BTreeMap<(u32, u32), String>,
}

impl Marks {
    /// The marks of one sheet.
    pub(super) fn of(order: &CopyOrder, sheet: u16) -> Marks {
        let mut marks = Marks::default();
        for fault in order.faults.iter().filter(|fault| fault.sheet == Some(sheet)) {
            let Some(area) = fault.area else { continue };
            let all = (area.top..=area.bottom).flat_map(|row| (area.left..=area.right).map(move |col| (row, col)));
            for cell in all.take(MOST_FILLED as usize) {
                let worst = marks.tones.entry(cell).or_insert(fault.severity);
                *worst = (*worst).max(fault.severity);
            }
            let note = marks.notes.entry((area.top, area.left)).or_default();
            if !note.is_empty() {
                note.push('\n');
            }
            note.push_str(&fault.note());
        }
        for placed in order.placed.iter().filter(|placed| placed.sheet == sheet) {
            let cell = (placed.row, placed.col);
            marks.tones.entry(cell).or_insert(Severity::Warning);
            let note = marks.notes.entry(cell).or_default();
            if !note.is_empty() {
                note.push('\n');
            }
            note.push_str(&placed.note);
        }
        marks
    }
}

/// The tone of a severity.
pub(super) fn tone(severity: Severity) -> Tone {
    match severity {
        Severity::Error => Tone::Bad,
        Severity::Warning => Tone::Warn,
        Severity::Info => Tone::Mute,
    }
}

pub(super) fn write(
    book: &mut Book,
    name: &str,
    original: &Workbook,
    sheet: &Sheet,
    order: &CopyOrder,
    at: u16,
) -> Result<()> {
    let marks = Marks::of(order, at);
    let mut page = book.sheet(name, Size::Small, Page::A4)?;
    if sheet.visibility == Visibility::Hidden {
        // hidden sheets stay hidden, so that they are not read as further ledgers
        page.hide();
    }
    let merges = merges(sheet);
    let region = |row: u32, col: u32| merges.iter().find(|area| area.contains(row, col));
    let ledgers: Vec<Area> = order
        .ledgers
        .iter()
        .filter(|ledger| ledger.sheet == at && !ledger.headless)
        .map(|ledger| ledger.heading)
        .collect();
    let mut widths: BTreeMap<u32, f64> = BTreeMap::new();
    for row in &sheet.grid.rows {
        for (col, raw) in &row.cells {
            let text = shown(original, *raw);
            let width = fit::column(&text, WIDTHS.0, WIDTHS.1);
            if region(row.index, *col).is_none_or(|area| area.left == area.right) {
                let widest = widths.entry(*col).or_insert(WIDTHS.0);
                *widest = widest.max(width);
            }
        }
    }
    let last =
        sheet.grid.extent().map_or(0, |extent| extent.right).max(merges.iter().map(|m| m.right).max().unwrap_or(0));
    let all: Vec<f64> = (0..=last.min(300)).map(|col| widths.get(&col).copied().unwrap_or(10.0)).collect();
    page.widths(&all)?;
    for area in &merges {
        let shape = shape(&ledgers, area.top, area.left);
        page.merge(*area, shape)?;
    }
    for row in &sheet.grid.rows {
        let mut lines = 1;
        for (col, raw) in &row.cells {
            let text = shown(original, *raw);
            let room = match region(row.index, *col) {
                Some(area) => (area.left..=area.right).map(|col| all.get(col as usize).copied().unwrap_or(10.0)).sum(),
                None => all.get(*col as usize).copied().unwrap_or(10.0),
            };
            if region(row.index, *col).is_none_or(|area| area.top == area.bottom) {
                lines = lines.max(fit::lines(&text, room));
            }
            let tone = marks.tones.get(&(row.index, *col)).map_or(Tone::Plain, |severity| tone(*severity));
            let cell = cell(original, *raw).tone(tone);
            page.put(row.index, *col as u16, &cell, shape(&ledgers, row.index, *col))?;
        }
        page.lines(row.index, lines)?;
    }
    // empty cells of ledgers are framed; faulty ones are highlighted
    for ledger in order.ledgers.iter().filter(|ledger| ledger.sheet == at) {
        for &row in &ledger.rows {
            for col in ledger.heading.left..=ledger.heading.right.min(300) {
                if sheet.grid.get(row, col) == Raw::Empty && region(row, col).is_none() {
                    page.put(row, col as u16, &Cell::empty(), Shape::Text)?;
                }
            }
        }
    }
    // pictures are not copied; an empty cell with a picture says so
    let mut pictures: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    for at in sheet.pictures.iter().filter(|(row, col)| sheet.grid.get(*row, *col) == Raw::Empty && *col <= 300) {
        *pictures.entry(*at).or_default() += 1;
    }
    for ((row, col), count) in &pictures {
        if region(*row, *col).is_none_or(|area| (area.top, area.left) == (*row, *col)) {
            let tone = marks.tones.get(&(*row, *col)).map_or(Tone::Plain, |severity| tone(*severity));
            let cell = Cell::text(PICTURE.repeat((*count).min(MOST_PICTURES))).tone(tone);
            page.put(*row, *col as u16, &cell, Shape::Text)?;
        }
    }
    for ((row, col), severity) in marks.tones.iter().filter(|(at, _)| !pictures.contains_key(at)) {
        if sheet.grid.get(*row, *col) == Raw::Empty && *col <= 16_000 {
            page.put(*row, *col as u16, &Cell::empty().tone(tone(*severity)), Shape::Text)?;
        }
    }
    for placed in order.placed.iter().filter(|placed| placed.sheet == at) {
        let tone = marks.tones.get(&(placed.row, placed.col)).map_or(Tone::Warn, |severity| tone(*severity));
        page.put(placed.row, placed.col as u16, &Cell::text(placed.text.as_str()).tone(tone), Shape::Head)?;
    }
    for ((row, col), note) in &marks.notes {
        page.note(*row, *col as u16, note)?;
    }
    if let Some(heading) = ledgers.first() {
        page.freeze(heading.bottom + 1, 0, Some((heading.top, heading.bottom)))?;
    }
    Ok(())
}

/// The merged regions that can be written: of more than one cell and not overlapping.
pub(in crate::render) fn merges(sheet: &Sheet) -> Vec<Area> {
    let mut kept: Vec<Area> = Vec::new();
    let apart = |a: &Area, b: &Area| a.bottom < b.top || b.bottom < a.top || a.right < b.left || b.right < a.left;
    for area in sheet.merges.iter().filter(|area| (area.top, area.left) != (area.bottom, area.right)) {
        let cells = u64::from(area.bottom - area.top + 1) * u64::from(area.right - area.left + 1);
        if cells <= 20_000 && kept.len() < 3_000 && kept.iter().all(|other| apart(area, other)) {
            kept.push(*area);
        }
    }
    kept
}

/// The style of a cell: framed in a table, shaded in its heading.
fn shape(ledgers: &[Area], row: u32, col: u32) -> Shape {
    if ledgers.iter().any(|heading| heading.contains(row, col)) {
        Shape::Head
    } else if ledgers.iter().any(|heading| row > heading.bottom && (heading.left..=heading.right).contains(&col)) {
        Shape::Text
    } else if row == 0 {
        Shape::Caption
    } else {
        Shape::Line
    }
}

/// A cell as submitted.
pub(in crate::render) fn cell(book: &Workbook, raw: Raw) -> Cell<'_> {
    match raw {
        Raw::Number { value, percent: false } => Cell::number(value),
        Raw::Number { value, percent: true } => Cell { what: What::Share(value), tone: Tone::Plain },
        // Written as a number again: as a text it would look like a code that was typed in full. If the number would lose its
        // long form, it stays a text.
        Raw::DigitsLost(text) if is_long(book.texts.get(text)) => {
            Cell::number(book.texts.get(text).parse().unwrap_or_default())
        }
        Raw::Date(moment) if moment.time() == chrono::NaiveTime::MIN && moment.date().to_string().len() == 10 => {
            Cell::day(moment.date())
        }
        other => Cell::text(shown(book, other)),
    }
}

/// Whether a number, when read again, counts as one with more digits than a spreadsheet keeps.
fn is_long(digits: &str) -> bool {
    digits.parse::<f64>().is_ok_and(|number| (1e15..1e22).contains(&number.abs()))
}

/// A cell as a text.
fn shown(book: &Workbook, raw: Raw) -> Cow<'_, str> {
    match raw {
        Raw::Text(text) | Raw::Fault(text) | Raw::DigitsLost(text) => book.texts.get(text).into(),
        Raw::Uncalculated => UNCALCULATED.into(),
        other => table::shown(other, &book.texts),
    }
}
