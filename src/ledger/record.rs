//! Ledgers and their records: compact, since a province sends millions of rows.

use serde::{Deserialize, Serialize};

use super::value::Value;
use crate::basis::place::{Area, Place, SourceId};
use crate::basis::pool::Text;
use crate::basis::{TaskId, UnitId};
use crate::table::{Column, FieldId, Furniture};

/// A cell of a record.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// What the user sees in it (trimmed; dates as `2014-08-15`, numbers without trailing zeros), in the file's pool.
    pub text: Text,
    /// What it means under its field.
    pub value: Value,
}

/// A row that reports something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// 0-based row of the sheet.
    pub row: u32,
    /// Whose report it is: the row's own 责任单位, else the ledger's unit.
    pub unit: Option<UnitId>,
    /// Further units when the row names several and the submitter is none of them.
    pub also: Box<[UnitId]>,
    /// The task it reports.
    pub task: Option<TaskId>,
    /// How the task was found.
    pub by: Attribution,
    /// Pictures anchored to the row.
    pub pictures: u16,
    /// Whether the row is hidden in the sheet.
    pub hidden: bool,
    /// Columns (a bit each, the first 64) whose cell only repeats a merged region that begins in a row above.
    pub repeats: u64,
    /// One cell for each column of the ledger, always. Cells of merged regions repeat the region's value.
    pub cells: Box<[Cell]>,
}

/// How a record found its task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Attribution {
    /// By its code alone, or code and text agree.
    Code,
    /// By its code, while its text is that of another task (R207 as a warning).
    CodeAgainstText(TaskId),
    /// By its text, equal after normalisation.
    Text,
    /// By the likeness of its text in percent (R207).
    Likeness(u8),
    /// By the stamp of a blank form.
    Stamp,
    /// Not found (R201): the likeness in percent of the best candidate, which was too low or too close to the next.
    None {
        /// The best candidate.
        best: Option<TaskId>,
        /// Its likeness in percent.
        likeness: u8,
    },
}

/// Where the unit that submits was found, in the order of preference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum UnitFrom {
    /// The register of received files.
    Register,
    /// 填报单位 in the sheet, at this place.
    Sheet(Place),
    /// The stamp of a blank form.
    Stamp,
    /// The file's name.
    FileName,
    /// The sub-folder it lies in.
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

/// One table of one sheet that is a ledger.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Ledger {
    /// The file.
    pub source: SourceId,
    /// The sheet, by position in its file.
    pub sheet: u16,
    /// The heading rows; all its rows where it has no heading of its own.
    pub heading: Area,
    /// Whether it has no heading of its own: it carries on the ledger before it, or nobody knows what it is.
    pub headless: bool,
    /// Why these rows are the heading.
    pub why: String,
    /// Its columns; records have a cell for each.
    pub columns: Vec<Column>,
    /// Its records, by row.
    pub records: Vec<Record>,
    /// Rows without content among its rows.
    pub rows_blank: u32,
    /// Rows below the heading that are no records, with what they are.
    pub furniture: Vec<(u32, Furniture)>,
    /// The rows among them that give totals, with what they say.
    pub totals: Vec<Total>,
    /// Rows below its heading, counted as they come in, before anything is decided about them.
    pub rows_seen: u32,
    /// The unit that submits it.
    pub unit: Option<(UnitId, UnitFrom)>,
    /// The sign-off: whether a signature line of the sheet holds a name.
    pub signed: bool,
}

impl Record {
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

    /// Its heading as outputs name it; none where it has none of its own.
    pub fn own_heading(&self) -> Option<Area> {
        (!self.headless).then_some(self.heading)
    }

    /// The position of the column bound to a field.
    pub fn column(&self, field: FieldId) -> Option<usize> {
        self.columns.iter().position(|column| column.field == Some(field))
    }

    /// The unit that submits it; none when nobody can tell.
    pub fn sender(&self) -> Option<UnitId> {
        self.unit.map(|(unit, _)| unit)
    }
}
