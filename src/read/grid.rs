//! Workbooks as grids of raw cells, addressed from A1; blank rows count.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta};
use serde::{Deserialize, Serialize};

use super::outcome::{Format, Notice};
use crate::basis::place::Area;
use crate::basis::pool::{Text, Texts};

/// A workbook as read from its file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Workbook {
    /// The format of the file, by its content.
    pub format: Format,
    /// The texts of its cells.
    pub texts: Texts,
    /// The sheets in order, including hidden ones.
    pub sheets: Vec<Sheet>,
    /// Problems noticed while reading.
    pub notices: Vec<Notice>,
    /// Custom document properties; blank forms carry their stamp there.
    pub properties: BTreeMap<String, String>,
}

/// Whether users see a sheet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Visibility {
    /// Shown.
    #[default]
    Visible,
    /// Hidden by the user, or by a program (`veryHidden`).
    Hidden,
}

/// One sheet.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Sheet {
    /// The name as written.
    pub name: String,
    /// Whether users see it.
    pub visibility: Visibility,
    /// Its cells.
    pub grid: Grid,
    /// Merged regions; their value is in the top left cell.
    pub merges: Vec<Area>,
    /// Hidden rows (0-based, ascending).
    pub hidden_rows: Vec<u32>,
    /// Cells whose date is shown without its day: row and column, 0-based, and what is shown; ascending.
    pub dayless: Vec<(u32, u32, Dayless)>,
    /// Cells with hidden text, which was not read: (row, column), 0-based.
    pub hidden_cells: Vec<(u32, u32)>,
    /// Lines of text before it that are outside of all cells, as before a table in a Word document.
    pub before: Vec<String>,
    /// Such lines after it. Text between two tables counts as before the second.
    pub after: Vec<String>,
    /// The cells to which pictures are anchored: (row, column), 0-based.
    pub pictures: Vec<(u32, u32)>,
    /// The picture files, where they are small enough.
    pub images: Vec<Image>,
    /// Why the sheet could not be read, if it could not.
    pub unreadable: Option<String>,
    /// The type of a sheet that has no cells: a chart, dialog or macro sheet.
    pub other: Option<String>,
}

impl Sheet {
    /// Whether it is hidden from users.
    pub fn is_hidden(&self) -> bool {
        self.visibility == Visibility::Hidden
    }

    /// What the date in a cell is shown as, where that names no day.
    pub fn dayless(&self, row: u32, col: u32) -> Option<Dayless> {
        let found = self.dayless.binary_search_by_key(&(row, col), |&(row, col, _)| (row, col));
        found.ok().map(|at| self.dayless[at].2)
    }
}

/// What a date is shown as whose format names no day: it is stored as a day all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Dayless {
    /// 2014年9月.
    Month,
    /// 2014年.
    Year,
}

impl Dayless {
    /// A day as it is shown: always with its year, even where the format leaves that out too.
    pub fn shown(self, day: NaiveDate) -> String {
        match self {
            Dayless::Month => format!("{}年{}月", day.year(), day.month()),
            Dayless::Year => format!("{}年", day.year()),
        }
    }
}

/// A picture file and the 0-based cell it is anchored to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    /// Row.
    pub row: u32,
    /// Column.
    pub col: u32,
    /// The unchanged file: PNG, JPEG, GIF or BMP.
    pub bytes: Vec<u8>,
}

/// The non-empty cells by row, ascending.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Grid {
    /// Rows with at least one cell, ascending by [`Row::index`].
    pub rows: Vec<Row>,
}

/// A row with at least one cell.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Row {
    /// 0-based row number in the sheet.
    pub index: u32,
    /// (0-based column, cell), ascending by column, no `Empty` among them.
    pub cells: Vec<(u32, Raw)>,
}

/// The raw content of a cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Raw {
    /// Nothing.
    #[default]
    Empty,
    /// A text of the workbook's pool.
    Text(Text),
    /// A number. `percent` when its format shows it as a percentage (0.85 shown as 85%).
    Number {
        /// The number as stored, always finite.
        value: f64,
        /// Whether the format shows a percentage.
        percent: bool,
    },
    /// A number whose format shows a date or time.
    Date(NaiveDateTime),
    /// A number whose format shows a duration.
    Duration(TimeDelta),
    /// TRUE or FALSE.
    Truth(bool),
    /// An error value such as `#N/A`, as shown.
    Fault(Text),
    /// A formula saved without its value.
    Uncalculated,
    /// A number with more digits than a spreadsheet keeps, or cut to exponent notation: the digits as stored.
    DigitsLost(Text),
}

impl Grid {
    /// The cell at a 0-based row and column.
    pub fn get(&self, row: u32, col: u32) -> Raw {
        self.row(row).map_or(Raw::Empty, |row| row.get(col))
    }

    /// The row with this number; none when it is empty.
    pub fn row(&self, index: u32) -> Option<&Row> {
        self.rows.binary_search_by_key(&index, |row| row.index).ok().map(|at| &self.rows[at])
    }

    /// The smallest area that contains every cell; none for an empty grid.
    pub fn extent(&self) -> Option<Area> {
        let (first, last) = (self.rows.first()?, self.rows.last()?);
        let left = self.rows.iter().filter_map(|r| r.cells.first()).map(|c| c.0).min()?;
        let right = self.rows.iter().filter_map(|r| r.cells.last()).map(|c| c.0).max()?;
        Some(Area { top: first.index, left, bottom: last.index, right })
    }
}

impl Row {
    /// The cell in a 0-based column.
    pub fn get(&self, col: u32) -> Raw {
        self.cells.binary_search_by_key(&col, |cell| cell.0).map_or(Raw::Empty, |at| self.cells[at].1)
    }
}
