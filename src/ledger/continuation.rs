//! Rows without a heading that continue the table before them: the second page of a ledger, a table split in two.
//!
//! They are recognised by the contents of each column, not by the number of columns.

use std::cell::OnceCell;

use super::file_reading::{Unread, WhyUnread};
use super::interpret::{Under, interpret};
use super::lexicon::Words;
use super::sender;
use super::sheets::Surveyed;
use super::status::status;
use crate::basis::place::Area;
use crate::basis::pool::Texts;
use crate::basis::text::{code_key, heading_key, skeleton, unnumbered};
use crate::division::{Context, FieldType, fields};
use crate::read::{Raw, Sheet};
use crate::table::{Column, FieldId, RowClass, Table, headless, shown};

/// The most rows examined for the contents of a column.
const ROWS: usize = 60;
/// The most characters of a state.
const STATE: usize = 12;

/// The contents of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Number,
    Day,
    State,
    Unit,
    Task,
    /// Other text, with its length in characters.
    Text(usize),
    /// Different kinds.
    Mixed,
}

impl Kind {
    /// Whether the kind is distinctive.
    fn is_telling(self) -> bool {
        matches!(self, Kind::Day | Kind::State | Kind::Unit | Kind::Task)
    }

    /// Whether two kinds may occur in one column.
    fn fits(self, other: Kind) -> bool {
        match (self, other) {
            (Kind::Text(a), Kind::Text(b)) => a.max(b) <= a.min(b).max(2) * 6,
            // Units and tasks unknown to the division count as text.
            (Kind::Task, Kind::Text(_)) | (Kind::Text(_), Kind::Task) | (Kind::Mixed, _) | (_, Kind::Mixed) => true,
            _ => self == other,
        }
    }
}

/// A column of the preceding table: its position, contents and last number.
struct Profile {
    col: u32,
    kind: Option<Kind>,
    /// Whether it is filled in nearly every row.
    core: bool,
    /// The running number of the last row.
    last: Option<f64>,
}

/// The preceding table, with which possible continuations are compared.
struct Before<'a> {
    columns: Vec<Column>,
    sheet: &'a Sheet,
    rows: Vec<u32>,
    /// Computed only when there is a possible continuation, which is rare.
    profiles: OnceCell<Vec<Profile>>,
    /// The place of its heading, in words.
    place: String,
}

/// Finds the rows of each sheet that continue the preceding table, in this sheet or the one before, and makes them
/// tables with its columns.
pub(super) fn join(surveyed: &mut [Surveyed], sheets: &[Sheet], texts: &Texts, cx: &Context<'_>) {
    let cells = Cells { texts, cx };
    let mut before: Option<Before<'_>> = None;
    for (surveyed, sheet) in surveyed.iter_mut().zip(sheets) {
        if sheet.is_hidden() {
            continue;
        }
        for area in parts(surveyed) {
            let table = surveyed.tables.iter().find(|table| table.extent() == area);
            let open = table.is_none_or(|table| table.by_shape);
            let whole = with_words_above(surveyed, area);
            let found =
                before.as_ref().filter(|_| open).and_then(|before| match cells.below_heading(before, sheet, area) {
                    Some(rows) => cells.carries_on(before, sheet, rows),
                    None => cells.carries_on(before, sheet, whole).or_else(|| cells.carries_on(before, sheet, area)),
                });
            if let Some(rows) = found
                && let Some(before) = &mut before
                && let (Some(table), rest) =
                    headless(sheet, texts, &Words::of(cx.division), rows, before.columns_at(rows))
            {
                let table = Table { why: format!("接续{}的表", before.place), ..table };
                before.go_on(&cells, sheet, &table);
                take_in(surveyed, area, rows, table);
                super::sheets::keep_loose(surveyed, rest, sheet, texts, cx);
                continue;
            }
            if let Some(table) = surveyed.tables.iter().find(|table| table.extent() == area && !table.headless) {
                before = Some(Before {
                    columns: table.columns.clone(),
                    sheet,
                    rows: data_rows(table),
                    profiles: OnceCell::new(),
                    place: format!("“{}”{} ", sheet.name, table.heading),
                });
            }
        }
    }
}

/// The areas of the tables of a sheet and of possible continuations, in reading order.
fn parts(surveyed: &Surveyed) -> Vec<Area> {
    let may = |unread: &&Unread| matches!(unread.why, WhyUnread::Words | WhyUnread::Headless(_) | WhyUnread::Form);
    let loose = surveyed.unread.iter().filter(may);
    let mut parts: Vec<Area> = surveyed.tables.iter().map(Table::extent).collect();
    parts.extend(loose.map(|unread| unread.area));
    parts.extend(surveyed.aside.iter().filter(|kept| kept.table.by_shape).map(|kept| kept.table.extent()));
    parts.sort_by_key(|area| (area.top, area.left));
    parts
}

/// An area with the words right above it, which may be its first row instead of its title.
fn with_words_above(surveyed: &Surveyed, area: Area) -> Area {
    let above = |unread: &&Unread| matches!(unread.why, WhyUnread::Words) && unread.area.bottom + 1 == area.top;
    surveyed.unread.iter().find(above).map_or(area, |words| Area { top: words.area.top, ..area })
}

/// Replaces the region of a continuation, and others among its rows, by a table.
fn take_in(surveyed: &mut Surveyed, area: Area, rows: Area, table: Table) {
    surveyed.aside.retain(|kept| !kept.table.extent().overlaps(area));
    surveyed.unread.retain(|unread| !unread.area.overlaps(area) && !unread.area.overlaps(rows));
    if let Some(at) = surveyed.tables.iter().position(|other| other.extent() == area) {
        surveyed.tables.remove(at);
        surveyed.notes.remove(at);
    }
    let at = surveyed.tables.partition_point(|other| other.heading.top < table.heading.top);
    surveyed.notes.insert(at, super::sheets::notes(&table));
    surveyed.tables.insert(at, table);
    surveyed.skipped = None;
}

fn data_rows(table: &Table) -> Vec<u32> {
    table.rows.iter().filter(|row| row.1 == RowClass::Data).map(|row| row.0).collect()
}

impl Before<'_> {
    fn profiles(&self, cells: &Cells<'_>) -> &[Profile] {
        self.profiles.get_or_init(|| cells.profiles(self.sheet, &self.columns, &self.rows))
    }

    /// A table with the same columns and other rows.
    fn columns_at(&self, rows: Area) -> Vec<Column> {
        let at = |c: &Column| Column { area: Area::cell(rows.top, c.col), ..c.clone() };
        self.columns.iter().map(at).collect()
    }

    /// Moves on to the end of a continuation.
    fn go_on(&mut self, cells: &Cells<'_>, sheet: &Sheet, table: &Table) {
        let more = cells.profiles(sheet, &self.columns, &data_rows(table));
        for (own, more) in self.profiles.get_mut().into_iter().flatten().zip(more) {
            own.last = more.last.or(own.last);
            own.kind = own.kind.or(more.kind);
        }
    }
}

/// The cells of a file, and the campaign that gives them their meaning.
struct Cells<'a> {
    texts: &'a Texts,
    cx: &'a Context<'a>,
}

impl Cells<'_> {
    fn filled(&self, row: &crate::read::Row) -> usize {
        row.cells.iter().filter(|cell| !shown(cell.1, self.texts).is_empty()).count()
    }

    /// The rows of an area without its first row, where that repeats the heading of the table before.
    fn below_heading(&self, before: &Before<'_>, sheet: &Sheet, area: Area) -> Option<Area> {
        let row = sheet.grid.rows.iter().find(|row| row.index >= area.top && self.filled(row) > 0)?;
        let named = |cell: &&(u32, Raw)| {
            let column = before.columns.iter().find(|column| column.col == cell.0);
            let leaf = column.and_then(|column| column.heading.rsplit('/').next()).unwrap_or_default();
            !leaf.is_empty() && heading_key(leaf) == heading_key(&shown(cell.1, self.texts))
        };
        let same = row.cells.iter().filter(named).count();
        (same > 1 && same * 2 > self.filled(row) && row.index < area.bottom)
            .then_some(Area { top: row.index + 1, ..area })
    }

    /// The rows of an area that continue a table. They must lie within its columns, fill the same columns with the same
    /// kinds of cells, and have a distinctive column or a serial number that runs on.
    fn carries_on(&self, before: &Before<'_>, sheet: &Sheet, area: Area) -> Option<Area> {
        let rows = sheet.grid.rows.iter().filter(|row| (area.top..=area.bottom).contains(&row.index));
        let rows: Vec<&crate::read::Row> = rows.filter(|row| self.filled(row) > 1).collect();
        let (first, last) = (rows.first()?, rows.last()?);
        let known = |col: u32| before.columns.iter().any(|c| c.col == col);
        if rows.iter().any(|row| row.cells.iter().any(|cell| !known(cell.0) && !shown(cell.1, self.texts).is_empty())) {
            return None;
        }
        let own = self.profiles(sheet, &before.columns, &rows.iter().map(|row| row.index).collect::<Vec<_>>());
        let (mut alike, mut telling, mut core, mut held) = (0, 0, 0, 0);
        for (before, own) in before.profiles(self).iter().zip(&own) {
            core += usize::from(before.core);
            held += usize::from(before.core && own.kind.is_some());
            let (Some(a), Some(b)) = (before.kind, own.kind) else { continue };
            if !a.fits(b) {
                return None;
            }
            alike += 1;
            telling += usize::from(a == b && a.is_telling());
            let first = self.number(sheet, first.index, own.col);
            telling +=
                usize::from(before.last.zip(first).is_some_and(|(last, first)| (first - last - 1.0).abs() < 1e-9));
        }
        let enough = alike >= 2 && telling >= 1 && held * 5 >= core * 3;
        enough.then_some(Area {
            top: area.top,
            left: before.columns.first()?.col,
            bottom: last.index.max(area.bottom),
            right: before.columns.last()?.col,
        })
    }

    /// The contents of columns in some rows; without rows, those expected of their fields.
    fn profiles(&self, sheet: &Sheet, columns: &[Column], rows: &[u32]) -> Vec<Profile> {
        let profile = |c: &Column| {
            let sample = rows.iter().take(ROWS).filter_map(|&row| self.kind(sheet.grid.get(row, c.col)));
            let kinds: Vec<Kind> = sample.collect();
            let kind = if rows.is_empty() { c.field.and_then(expected) } else { dominant(&kinds) };
            let last = rows.last().and_then(|&row| self.number(sheet, row, c.col));
            let numbers = kind == Some(Kind::Number);
            Profile {
                col: c.col,
                kind,
                core: kinds.len() * 5 >= rows.len().min(ROWS) * 4,
                last: last.filter(|_| numbers),
            }
        };
        columns.iter().map(profile).collect()
    }

    fn number(&self, sheet: &Sheet, row: u32, col: u32) -> Option<f64> {
        match sheet.grid.get(row, col) {
            Raw::Number { value, percent: false } => Some(value),
            Raw::Text(text) => self.texts.get(text).trim().parse().ok(),
            _ => None,
        }
    }

    /// The kind of a cell; none if it is empty.
    fn kind(&self, raw: Raw) -> Option<Kind> {
        let text = shown(raw, self.texts);
        if text.is_empty() {
            return None;
        }
        let (division, roster) = (self.cx.division, &self.cx.division.roster);
        let length = text.chars().count();
        let under = Under { kind: Some(FieldType::Date), unit: None, window: &self.cx.window, legend: None };
        Some(match raw {
            Raw::Number { .. } | Raw::Duration(_) => Kind::Number,
            Raw::Date(_) => Kind::Day,
            _ if text.parse::<f64>().is_ok() => Kind::Number,
            _ if !division.index().by_code(&code_key(&text)).is_empty() => Kind::Task,
            _ if length <= STATE && status(&text).is_some() => Kind::State,
            _ if text.contains(['日', '/', '.', '-']) && interpret(raw, &text, under).day().is_some() => Kind::Day,
            _ if !sender::in_cell(&text, roster).is_empty() && sender::strangers(&text, roster).is_empty() => {
                Kind::Unit
            }
            _ if length >= 4
                && division
                    .index()
                    .likest(&skeleton(unnumbered(&text)))
                    .first()
                    .is_some_and(|best| best.likeness >= ALIKE) =>
            {
                Kind::Task
            }
            _ => Kind::Text(length),
        })
    }
}

/// The least likeness of a text to a task.
const ALIKE: f64 = 0.66;

/// The kind of most cells of a column; none if it is empty.
fn dominant(kinds: &[Kind]) -> Option<Kind> {
    let same = |a: &Kind, b: &Kind| std::mem::discriminant(a) == std::mem::discriminant(b);
    let most = kinds.iter().max_by_key(|kind| kinds.iter().filter(|other| same(kind, other)).count())?;
    let alike: Vec<&Kind> = kinds.iter().filter(|kind| same(kind, most)).collect();
    if alike.len() * 5 < kinds.len() * 3 {
        return Some(Kind::Mixed);
    }
    let lengths = alike.iter().filter_map(|kind| match kind {
        Kind::Text(length) => Some(*length),
        _ => None,
    });
    let lengths: Vec<usize> = lengths.collect();
    Some(if lengths.is_empty() { *most } else { Kind::Text(lengths.iter().sum::<usize>() / lengths.len()) })
}

/// The kind expected of a field.
fn expected(field: FieldId) -> Option<Kind> {
    match field {
        fields::TASK | fields::CODE => Some(Kind::Task),
        fields::UNITS | fields::LEAD_UNITS | fields::SUBMITTER => Some(Kind::Unit),
        fields::STATUS => Some(Kind::State),
        fields::DATE | fields::DONE_ON => Some(Kind::Day),
        fields::SERIAL => Some(Kind::Number),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
