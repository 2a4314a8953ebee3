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
    /// The reader crashed on it (F09).
    Stopped(String),
    /// The reader was not done with it within so many seconds of its own processor time (F09).
    OverTime(u64),
    /// An archive entry whose path leaves the archive (F10).
    PathEscape,
    /// This machine would not hand it over, which is no fault of the file (W903).
    NotAccessible(Trouble),
}

/// Why this machine would not hand a file over: nothing that whoever sent it could mend.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Trouble {
    /// It was there when the folder was listed, and is no longer.
    Vanished,
    /// This user may not read it.
    Permission,
    /// Another program holds it.
    Busy,
    /// The disk, the network or the system: in the system's words.
    Device(String),
    /// The machine was short of something.
    Shortage(Lack),
}

/// What a machine was short of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Lack {
    /// Memory.
    Memory,
    /// Handles of open files.
    Handles,
    /// One more process or thread.
    Processes,
    /// Processor time: the reader stood still.
    Time,
    /// Nothing that it would tell: it, or somebody, ended the reader.
    Untold,
}

impl Trouble {
    /// What an error of the system comes to.
    pub fn of(error: &std::io::Error) -> Trouble {
        use std::io::ErrorKind as K;
        // Too many open files, in this process and in all: the same numbers on every Unix; Windows has one for both.
        let handles: &[i32] = if cfg!(windows) { &[4] } else { &[23, 24] };
        match error.kind() {
            K::NotFound => Trouble::Vanished,
            K::PermissionDenied => Trouble::Permission,
            K::ResourceBusy | K::ExecutableFileBusy => Trouble::Busy,
            // A sharing or lock violation of Windows has no kind of its own.
            _ if cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33)) => Trouble::Busy,
            K::OutOfMemory => Trouble::Shortage(Lack::Memory),
            K::WouldBlock => Trouble::Shortage(Lack::Processes),
            _ if error.raw_os_error().is_some_and(|code| handles.contains(&code)) => Trouble::Shortage(Lack::Handles),
            _ => Trouble::Device(error.to_string()),
        }
    }

    /// Whether the machine was short of something, which may pass.
    pub fn is_shortage(&self) -> bool {
        matches!(self, Trouble::Shortage(_))
    }
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
    /// So many of so many texts hold characters that nobody types: the file names a wrong encoding.
    Garbled {
        /// Texts with such characters.
        garbled: u32,
        /// All texts.
        all: u32,
    },
    /// A file that does not name the encoding of its texts: by which they were read.
    EncodingGuessed(String),
    /// Two sheets of one name: the later was renamed for reading.
    SheetNameRepeated(u16),
}
