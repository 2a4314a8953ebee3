//! What reading a file comes to besides cells: its format, why it was refused, what was noticed.

use serde::{Deserialize, Serialize};

use crate::basis::place::Area;

/// What a file is by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Office Open XML workbook, with macros or without (xlsx, xlsm, WPS's et as saved today).
    Xlsx,
    /// Excel binary workbook.
    Xlsb,
    /// Excel 97–2003 workbook, or an old WPS et.
    Xls,
    /// OpenDocument spreadsheet.
    Ods,
    /// Text with separators.
    Csv,
    /// An HTML page with tables.
    Html,
    /// SpreadsheetML 2003.
    Xml,
    /// Word document (docx, docm, dotx).
    Docx,
    /// A zip archive of other files.
    Zip,
}

impl Format {
    /// Whether its cells are texts only, numbers and days among them.
    pub fn is_text_only(self) -> bool {
        matches!(self, Format::Csv | Format::Html | Format::Docx)
    }

    /// Its usual extension, lower case.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Xlsx => "xlsx",
            Format::Xlsb => "xlsb",
            Format::Xls => "xls",
            Format::Ods => "ods",
            Format::Csv => "csv",
            Format::Html => "html",
            Format::Xml => "xml",
            Format::Docx => "docx",
            Format::Zip => "zip",
        }
    }
}

/// Why nothing of a file could be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// No bytes at all (F01).
    Empty,
    /// Damaged: what is wrong, for the log (F01).
    Damaged(String),
    /// Protected by a password (F02).
    Encrypted,
    /// No table format: what it is in a few words, `doc`, `pdf`, `jpeg` … or none when unknown (F04).
    NotATable(Option<String>),
    /// More than the reader allows: the budget that was overrun (F05).
    OverBudget(String),
    /// The reader crashed or stalled on it (F09).
    Stopped(String),
    /// An archive entry whose path leaves the archive (F10).
    PathEscape,
}

/// Something noticed in a file that was read all the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Notice {
    /// The extension promises another format (F03): the extension as written.
    ContentNotExtension(String),
    /// A part was left out by a budget although nothing but emptiness was lost, or cells were cut off (F05).
    Budget {
        /// The sheet concerned, by position.
        sheet: Option<u16>,
        /// What was left out.
        what: String,
        /// Whether anything with content was lost.
        lost: bool,
    },
    /// A cell that could not be read and was skipped (F01 for that place).
    BadCell {
        /// The sheet by position.
        sheet: u16,
        /// Where, if known.
        area: Option<Area>,
        /// What was wrong, for the log.
        what: String,
    },
    /// Two sheets of one name: the later was renamed for reading.
    SheetNameRepeated(u16),
}
