//! The rows of a division's sheet by column; merged cells are repeated, and every cell keeps its place.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveDateTime};

use super::columns::Columns;
use crate::basis::calendar::format::code_of_day;
use crate::basis::calendar::written;
use crate::basis::place::{Area, Place, SourceId};
use crate::basis::pool::Texts;
use crate::read::{Dayless, Raw, Row, Sheet, Workbook};
use crate::table::{FieldId, Furniture, RowClass, Table, locate, shown};

/// The tables of one sheet.
pub(crate) struct Lines<'a> {
    sheet: &'a Sheet,
    texts: &'a Texts,
    number: u16,
    /// The tables from top to bottom.
    pub(crate) tables: Vec<Table>,
    /// The columns of each field, by table; the one with the field's own name comes first.
    columns: Vec<BTreeMap<FieldId, Vec<u32>>>,
    /// Merged regions by column and first row.
    merges: BTreeMap<u32, BTreeMap<u32, Area>>,
}

/// A cell; every cell of a merged region has the same content.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    /// The displayed text, trimmed.
    pub(crate) text: String,
    /// The stored value.
    pub(crate) raw: Raw,
    /// What its date is shown as, where that names no day.
    pub(crate) dayless: Option<Dayless>,
    /// The cell itself, or the merged region it belongs to.
    pub(crate) place: Place,
    /// The first row of that region.
    pub(crate) top: u32,
}

/// A row of a table.
#[derive(Clone, Debug)]
pub(crate) enum Line {
    /// A row of data: its table and row.
    Data(usize, u32),
    /// A section title: 一、…
    Section(String, Place),
}

impl<'a> Lines<'a> {
    /// Finds the tables of the sheet with this number.
    pub(crate) fn read(book: &'a Workbook, number: u16, lexicon: &Columns) -> Lines<'a> {
        Lines::of(book, number, lexicon, locate(&book.sheets[number as usize], &book.texts, lexicon))
    }

    /// The lines of these tables of a sheet.
    pub(super) fn of(book: &'a Workbook, number: u16, lexicon: &Columns, tables: Vec<Table>) -> Lines<'a> {
        let sheet = &book.sheets[number as usize];
        let columns: Vec<BTreeMap<FieldId, Vec<u32>>> = tables
            .iter()
            .map(|table| {
                let mut known: BTreeMap<FieldId, Vec<u32>> = BTreeMap::new();
                for own_name in [true, false] {
                    for column in &table.columns {
                        let leaf = column.heading.rsplit('/').next().unwrap_or_default();
                        // Of two columns for one field only one is bound, but the units under 责任单位 and 责任部门 all owe a report.
                        if let Some(id) = column.field.or(column.also)
                            && lexicon.is_canonical(id, leaf) == own_name
                        {
                            known.entry(id).or_default().push(column.col);
                        }
                    }
                }
                known
            })
            .collect();
        let mut merges: BTreeMap<u32, BTreeMap<u32, Area>> = BTreeMap::new();
        let mut used: Vec<u32> = columns.iter().flat_map(BTreeMap::values).flatten().copied().collect();
        used.sort_unstable();
        used.dedup();
        for area in &sheet.merges {
            for &col in used.iter().filter(|col| (area.left..=area.right).contains(col)) {
                merges.entry(col).or_default().insert(area.top, *area);
            }
        }
        Lines { sheet, texts: &book.texts, number, tables, columns, merges }
    }

    /// Rows of data and section titles, in the order of the sheet.
    pub(crate) fn all(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        for (at, table) in self.tables.iter().enumerate() {
            for &(row, class) in &table.rows {
                match class {
                    RowClass::Data => lines.push(Line::Data(at, row)),
                    RowClass::Furniture(Furniture::Section) => {
                        let cell = self.sheet.grid.row(row).and_then(|row| row.cells.first().copied());
                        if let Some((col, raw)) = cell {
                            let place = Place::cell(SourceId::DIVISION, self.number, row, col);
                            lines.push(Line::Section(shown(raw, self.texts).into_owned(), place));
                        }
                    }
                    RowClass::Blank | RowClass::Furniture(_) => {}
                }
            }
        }
        lines
    }

    /// The texts of all cells that stand in no row of data: headings, titles, notes.
    pub(crate) fn outside(&self) -> impl Iterator<Item = String> {
        let rows = self.tables.iter().flat_map(|table| &table.rows).filter(|row| row.1 == RowClass::Data);
        let data: BTreeSet<u32> = rows.map(|row| row.0).collect();
        let rows = self.sheet.grid.rows.iter().filter(move |row| !data.contains(&row.index));
        rows.flat_map(|row| &row.cells).map(|(_, raw)| shown(*raw, self.texts).into_owned())
    }

    /// Whether any table has this column.
    pub(crate) fn has(&self, id: FieldId) -> bool {
        self.columns.iter().any(|columns| columns.contains_key(&id))
    }

    /// The cells of a row for a field, one for each of its columns, including blank ones.
    pub(crate) fn cells(&self, table: usize, row: u32, id: FieldId) -> Vec<Cell> {
        let columns = self.columns[table].get(&id).map(Vec::as_slice).unwrap_or_default();
        columns.iter().map(|&col| self.cell_at(row, col)).collect()
    }

    /// The first non-empty cell of a row for a field, else the first one; none without such a column.
    pub(crate) fn cell(&self, table: usize, row: u32, id: FieldId) -> Option<Cell> {
        let mut cells = self.cells(table, row, id);
        let at = cells.iter().position(|cell| !cell.text.is_empty()).unwrap_or(0);
        (at < cells.len()).then(|| cells.swap_remove(at))
    }

    /// The text of a row for a field; empty without such a column.
    pub(crate) fn text(&self, table: usize, row: u32, id: FieldId) -> String {
        self.cell(table, row, id).map(|cell| cell.text).unwrap_or_default()
    }

    /// The distinct texts of all rows in the nth column of a field.
    pub(crate) fn texts(&self, id: FieldId, nth: usize) -> std::collections::BTreeSet<String> {
        let mut texts = std::collections::BTreeSet::new();
        for line in self.all() {
            if let Line::Data(table, row) = line
                && let Some(cell) = self.cells(table, row, id).into_iter().nth(nth).filter(|cell| !cell.text.is_empty())
            {
                texts.insert(cell.text);
            }
        }
        texts
    }

    /// The headings that are no column of this sheet, although cells below them are filled, with their places.
    pub(crate) fn unknown(&self) -> Vec<(&str, Place)> {
        let mut unknown = Vec::new();
        for table in &self.tables {
            let filled = |col: u32| {
                let data = table.rows.iter().filter(|row| row.1 == RowClass::Data);
                data.map(|row| self.cell_at(row.0, col)).any(|cell| !cell.text.is_empty())
            };
            let open = table.columns.iter().filter(|c| c.field.or(c.also).is_none() && !c.heading.is_empty());
            let open = open.filter(|c| filled(c.col));
            unknown.extend(open.map(|c| (c.heading.as_str(), self.place().at(c.area))));
        }
        unknown
    }

    /// The first row that is in no heading, one of several cells if there is any, where no row is one of data: nobody knows
    /// what stands there. A title alone is none.
    pub(crate) fn unread(&self) -> Option<(String, Place)> {
        let headings = || self.tables.iter().map(|table| table.heading.top..=table.heading.bottom);
        let filled = |row: &Row| -> Vec<(u32, String)> {
            let cells = row.cells.iter().map(|&(col, raw)| (col, shown(raw, self.texts).into_owned()));
            cells.filter(|cell| !cell.1.is_empty()).collect()
        };
        let is_data = |row: &(u32, RowClass)| row.1 == RowClass::Data;
        if self.tables.iter().any(|table| table.rows.iter().any(is_data)) {
            return None;
        }
        let rows = self.sheet.grid.rows.iter().filter(|row| !headings().any(|heading| heading.contains(&row.index)));
        let rows: Vec<_> = rows.map(|row| (row.index, filled(row))).filter(|row| !row.1.is_empty()).collect();
        let wide: Vec<_> = rows.iter().filter(|row| row.1.len() > 1).collect();
        let (row, cells) = match wide[..] {
            [first, ..] if wide.len() > 1 || !self.tables.is_empty() => first,
            [] if self.tables.is_empty() && rows.len() > 1 => rows.first()?,
            _ => return None,
        };
        let row = *row;
        let area = Area { top: row, left: cells.first()?.0, bottom: row, right: cells.last()?.0 };
        let texts: Vec<&str> = cells.iter().map(|cell| cell.1.as_str()).collect();
        Some((texts.join("、"), self.place().at(area)))
    }

    /// A row of a table as a place.
    pub(crate) fn row_place(&self, table: usize, row: u32) -> Place {
        let heading = self.tables[table].heading;
        Place::sheet(SourceId::DIVISION, self.number).at(Area {
            top: row,
            left: heading.left,
            bottom: row,
            right: heading.right,
        })
    }

    /// The sheet as a whole.
    pub(crate) fn place(&self) -> Place {
        Place::sheet(SourceId::DIVISION, self.number)
    }

    fn cell_at(&self, row: u32, col: u32) -> Cell {
        let above = self.merges.get(&col).and_then(|of| of.range(..=row).next_back()).map(|(_, area)| *area);
        let area = above.filter(|area| area.contains(row, col)).unwrap_or(Area::cell(row, col));
        let raw = self.sheet.grid.get(area.top, area.left);
        let dayless = self.sheet.dayless(area.top, area.left);
        let text = match (raw, dayless) {
            (Raw::Date(moment), Some(dayless)) => dayless.shown(moment.date()),
            _ => shown(raw, self.texts).into_owned(),
        };
        Cell { text, raw, dayless, place: self.place().at(area), top: area.top }
    }
}

impl Cell {
    /// The first and last day of the cell, stored as a date or written as text: a day, a month, a range. A missing year is
    /// that of `near`.
    pub(crate) fn days(&self, near: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
        match self.moment() {
            Some(moment) => Some((moment.date(), moment.date())),
            None => written::stretch_of_year(&self.text, near),
        }
    }

    /// The moment in a cell that is stored as one and shown with its day. 2014年9月 is stored as 1 September, but means the
    /// month.
    pub(crate) fn moment(&self) -> Option<NaiveDateTime> {
        match self.raw {
            Raw::Date(moment) if self.dayless.is_none() => Some(moment),
            _ => None,
        }
    }

    /// The number in the cell, whether stored as one or written as text: `12`, `12人`, `2.5分`, `10%`.
    pub(crate) fn number(&self) -> Option<f64> {
        if let Raw::Number { value, .. } = self.raw {
            return Some(value);
        }
        let folded = crate::basis::text::fold(&self.text).replace(',', "");
        let bare = folded.trim_end_matches(['分', '人', '名']);
        let (bare, scale) = bare.strip_suffix('%').map_or((bare, 1.0), |bare| (bare, 0.01));
        bare.parse::<f64>().ok().filter(|n| n.is_finite()).map(|n| n * scale)
    }

    /// The task code. Spreadsheets turn the code 1-3 into 3 January; this turns it back.
    pub(crate) fn code(&self) -> String {
        match self.raw {
            Raw::Date(moment) => code_of_day(moment.date()),
            _ => self.text.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_that_became_a_date_is_turned_back() {
        let day = NaiveDate::from_ymd_opt(2014, 1, 3).expect("a day").and_time(chrono::NaiveTime::MIN);
        let cell = Cell {
            text: "2014-01-03".into(),
            raw: Raw::Date(day),
            dayless: None,
            place: Place::file(SourceId::DIVISION),
            top: 0,
        };
        assert_eq!(cell.code(), "1-3");
    }
}
