//! Ledgers and their records, kept compact because there may be millions of rows.

use std::sync::OnceLock;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::value::Value;
use crate::basis::place::{Area, Place, SourceId};
use crate::basis::pool::Text;
use crate::basis::{TaskId, UnitId};
use crate::table::{Column, Crossed, FieldId, Furniture};

/// A cell of a record, without the gap that its number would be given to begin at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[repr(Rust, packed(4))]
pub struct Cell {
    /// The displayed text in the pool of the file: trimmed, dates as `2014-08-15`, numbers without trailing zeros.
    pub text: Text,
    /// The value by the type of its field.
    pub value: Value,
}

/// A row that reports something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// 0-based row of the sheet.
    pub row: u32,
    /// The 0-based column of its cell in a cross-tab, of its first cell in a form; none in a list.
    pub col: Option<u32>,
    /// The unit that reports: 责任单位 of the row, else the unit of the ledger.
    pub unit: Option<UnitId>,
    /// Further units, if the row names several and the submitting unit is not among them.
    pub also: Box<[UnitId]>,
    /// The task it reports.
    pub task: Option<TaskId>,
    /// How the task was found.
    pub by: Attribution,
    /// Pictures anchored to the row.
    pub pictures: u16,
    /// Whether the row is hidden in the sheet.
    pub hidden: bool,
    /// For a row that does not say the whole day: the days it is about by its own column or its surroundings, by position
    /// in [`Ledger::parts`].
    pub part: Option<u16>,
    /// One bit for each of the first 64 columns: whether the cell repeats a merged region that begins in a row above.
    pub repeats: u64,
    /// Whether it goes on with the record above it, and so tells more of that one and is none of its own to count.
    pub goes_on: bool,
    /// One cell for each column of the ledger. Cells of a merged region all have its value.
    pub cells: Box<[Cell]>,
}

/// How the task of a record was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Attribution {
    /// By its code alone, or code and text agree.
    Code,
    /// By its code, although its text is that of another task (R207 as a warning).
    CodeAgainstText(TaskId),
    /// By its text, equal after normalisation.
    Text,
    /// By the likeness of its text in percent (R207).
    Likeness(u8),
    /// By the stamp of a blank form.
    Stamp,
    /// By the surroundings, because the row names none.
    Around(TaskFrom),
    /// By a ruling, with its 编号; without a task it stays in 未归类.
    Ruling(u32),
    /// Not found (R201): the likeness in percent of the best candidate, which was too low or too close to the next.
    None {
        /// The best candidate, if any.
        best: Option<TaskId>,
        /// Its likeness in percent.
        likeness: u8,
    },
}

/// Where the task of a row was found in its surroundings, in order of preference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TaskFrom {
    /// The section row above.
    Section,
    /// A title of its block.
    Title,
    /// A label line: 工作任务：….
    Label,
    /// The sheet's name.
    Sheet,
    /// The file's name.
    File,
}

/// Where the unit that submits was found, in the order of preference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum UnitFrom {
    /// A ruling, with its 编号.
    Ruling(u32),
    /// The register of received files.
    Register,
    /// 填报单位 in the sheet, at this place.
    Sheet(Place),
    /// The stamp of a blank form.
    Stamp,
    /// The file name.
    FileName,
    /// The sub-folder of the inbox.
    Folder,
}

/// A row of totals: 小计, 合计.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Total {
    /// 0-based row of the sheet.
    pub row: u32,
    /// One cell for each column of the ledger; blank where a merged region from above covers it.
    pub cells: Box<[Cell]>,
}

/// A ledger: one table of a sheet.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Ledger {
    /// The file.
    pub source: SourceId,
    /// The sheet, by position in its file.
    pub sheet: u16,
    /// The heading rows; all rows if it has no heading of its own.
    pub heading: Area,
    /// Whether it has no heading of its own: a continuation, or rows of unknown meaning.
    pub headless: bool,
    /// Why these rows were taken for the heading, for `inspect`.
    pub why: String,
    /// Its columns; records have a cell for each.
    pub columns: Vec<Column>,
    /// The axis columns of a cross-tab; empty for a list.
    pub axes: Vec<Column>,
    /// Its records, by row and cell.
    pub records: Vec<Record>,
    /// The rows of a blank form that nobody touched. They are no records and are counted among the blank rows.
    pub untouched: Vec<Record>,
    /// The empty cells of a cross-tab in which a unit could have reported on a task.
    pub gaps: Vec<Gap>,
    /// The number of blank rows.
    pub rows_blank: u32,
    /// Rows below the heading that are part of the form.
    pub furniture: Vec<(u32, Furniture)>,
    /// The rows of totals among them, with their cells.
    pub totals: Vec<Total>,
    /// The number of rows below the heading, counted before they are classified.
    pub rows_seen: u32,
    /// The first and last days of the parts of the file's window that its rows are about.
    pub parts: Vec<(NaiveDate, NaiveDate)>,
    /// The unit that submits it, and how it was found.
    pub unit: Option<(UnitId, UnitFrom)>,
    /// Whether a signature line of the sheet has a name (签审).
    pub signed: bool,
    /// What [`Ledger::column`] looks fields up in.
    #[serde(skip)]
    pub bound: Bound,
}

/// The fields of a ledger's columns, side by side. They are looked up for every cell that is printed, and the columns
/// themselves are large: of thousands of ledgers they would have to be fetched from memory each time.
#[derive(Clone, Debug, Default)]
pub struct Bound(OnceLock<Fields>);

/// The fields of columns, and of each field the position of its first column and one.
#[derive(Clone, Debug)]
struct Fields {
    of: Box<[Option<FieldId>]>,
    first: Box<[u16]>,
}

impl Fields {
    fn of(columns: &[Column]) -> Fields {
        let of: Box<[Option<FieldId>]> = columns.iter().map(|column| column.field).collect();
        let most = of.iter().flatten().map(|field| usize::from(field.0) + 1).max().unwrap_or(0);
        let mut first = vec![0; most].into_boxed_slice();
        for (at, field) in of.iter().enumerate().filter_map(|(at, field)| Some((at, (*field)?))).rev() {
            first[usize::from(field.0)] = at as u16 + 1;
        }
        Fields { of, first }
    }
}

/// An empty cell of a cross-tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// 0-based row of the sheet.
    pub row: u32,
    /// 0-based column of the sheet.
    pub col: u32,
    /// The unit by its row or heading.
    pub unit: UnitId,
    /// The task by its row or heading.
    pub task: TaskId,
}

impl Record {
    /// Its displayed text in one of [`Ledger::shown_columns`]; in a cross-tab only its own cell of the axis has text.
    pub fn shown(&self, column: &Column, ledger: &Ledger) -> Text {
        if let Some(at) = ledger.columns.iter().position(|own| own.crossed.is_none() && own.is_at(column)) {
            return self.cells[at].text;
        }
        let said = |own: &Column, cell: &Cell| own.crossed == Some(Crossed::Cell) && !cell.text.is_empty();
        let own = ledger.columns.iter().zip(&self.cells).find(|(own, cell)| said(own, cell));
        own.filter(|_| self.col == Some(column.col)).map_or_else(Text::default, |(_, cell)| cell.text)
    }

    /// Whether its cell in a column (by position) only repeats a merged region that begins in a row above.
    pub fn repeats(&self, column: usize) -> bool {
        column < 64 && self.repeats >> column & 1 == 1
    }
}

impl Ledger {
    /// Its first row below the heading.
    pub fn first_row(&self) -> u32 {
        if self.headless { self.heading.top } else { self.heading.bottom + 1 }
    }

    /// Its heading area; none if it has no heading of its own.
    pub fn own_heading(&self) -> Option<Area> {
        (!self.headless).then_some(self.heading)
    }

    /// In a form, the cell with the value of a label; of several equal forms, that of the first.
    pub fn form_cell(&self, column: &Column) -> Option<Area> {
        column.below.map(|below| Area::cell(self.heading.top + below, column.col))
    }

    /// The position of the column bound to a field.
    pub fn column(&self, field: FieldId) -> Option<usize> {
        match self.bound() {
            Some(fields) => fields.first.get(usize::from(field.0)).and_then(|at| at.checked_sub(1)).map(usize::from),
            None => self.columns.iter().position(|column| column.field == Some(field)),
        }
    }

    /// The fields of its columns.
    pub fn fields(&self) -> impl Iterator<Item = Option<FieldId>> {
        let bound = self.bound();
        (0..self.columns.len()).map(move |at| bound.map_or_else(|| self.columns[at].field, |fields| fields.of[at]))
    }

    /// Whether a column is the one that its field is read from; of several of one field the first is.
    pub fn is_read(&self, at: usize, field: FieldId) -> bool {
        self.column(field) == Some(at)
    }

    /// The fields that its columns answer, each once.
    pub fn answered(&self) -> impl Iterator<Item = FieldId> {
        let fields = self.fields().enumerate().filter_map(|(at, field)| Some((at, field?)));
        fields.filter(|(at, field)| self.is_read(*at, *field)).map(|(_, field)| field)
    }

    /// The fields side by side; none while a cross-tab still gets further columns.
    fn bound(&self) -> Option<&Fields> {
        let fields = self.bound.0.get_or_init(|| Fields::of(&self.columns));
        (fields.of.len() == self.columns.len()).then_some(fields)
    }

    /// The columns of the sheet that were read, from left to right, including the axis.
    pub fn shown_columns(&self) -> Vec<&Column> {
        let mut columns: Vec<&Column> =
            self.columns.iter().filter(|column| column.crossed.is_none()).chain(&self.axes).collect();
        columns.sort_by_key(|column| column.col);
        columns
    }

    /// The number of a part of the window among those that its rows are about; none where there are too many.
    pub(super) fn part(&mut self, days: (NaiveDate, NaiveDate)) -> Option<u16> {
        let at = self.parts.iter().position(|known| *known == days).unwrap_or_else(|| {
            self.parts.push(days);
            self.parts.len() - 1
        });
        u16::try_from(at).ok()
    }

    /// The unit that submits it; none if unknown.
    pub fn sender(&self) -> Option<UnitId> {
        self.unit.map(|(unit, _)| unit)
    }
}
