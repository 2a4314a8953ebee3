//! The results of reading a file besides its cells: its format, why it was refused, what was noticed.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::basis::place::Area;

/// Declares the formats, each with its usual file extension.
macro_rules! formats {
    ($($(#[$doc:meta])* $name:ident = $extension:literal,)*) => {
        /// The format of a file, by its content.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "lowercase")]
        pub enum Format {
            $($(#[$doc])* $name,)*
        }

        impl Format {
            /// All formats.
            pub const ALL: &[Format] = &[$(Format::$name),*];

            /// The usual file extension, in lower case.
            pub fn extension(self) -> &'static str {
                match self {
                    $(Format::$name => $extension,)*
                }
            }
        }
    };
}

formats! {
    /// Office Open XML workbook, with macros or without (xlsx, xlsm, WPS's et as saved today).
    Xlsx = "xlsx",
    /// Excel binary workbook.
    Xlsb = "xlsb",
    /// Excel 97–2003 workbook, or an old WPS et.
    Xls = "xls",
    /// OpenDocument spreadsheet.
    Ods = "ods",
    /// Delimited text.
    Csv = "csv",
    /// An HTML page with tables.
    Html = "html",
    /// SpreadsheetML 2003.
    Xml = "xml",
    /// Word document (docx, docm, dotx).
    Docx = "docx",
    /// A zip archive of other files.
    Zip = "zip",
}

impl Format {
    /// Whether its cells are untyped text, even where they look like numbers or dates.
    pub fn is_text_only(self) -> bool {
        matches!(self, Format::Csv | Format::Html | Format::Docx)
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
    /// Not a table: its format (`doc`, `pdf`, `jpeg` …), or none when unknown (F04).
    NotATable(Option<String>),
    /// Not a file but a pipe, device or the like (F04).
    SpecialFile,
    /// Beyond a limit of the reader (F05).
    OverBudget(Limit),
    /// The reader crashed on it (F09).
    Stopped(String),
    /// Reading took more than so many seconds of processor time (F09).
    OverTime(u64),
    /// An archive entry whose path leaves the archive (F10).
    PathEscape,
    /// This machine could not read it, through no fault of the file (W903).
    NotAccessible(Trouble),
}

/// A limit of the reader that a file exceeds. Sizes are in MB, rounded up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Limit {
    /// The size of a file: its size, and the limit.
    FileSize(u64, u64),
    /// The memory needed to read it.
    Memory(u64),
    /// The number of entries in a zip archive.
    Entries(u64),
    /// The size of an entry of a zip archive.
    EntrySize(u64),
    /// Two levels of zip archives inside each other.
    NestedArchives,
    /// The number of parts in an office package.
    Parts(u64),
    /// The inflated size of the parts of an office package.
    Inflated(u64),
    /// The number of sheets.
    Sheets(u64),
    /// The number of tables in a document.
    Tables(u64),
    /// The number of cells.
    Cells(u64),
    /// The number of paragraphs and cells in a document.
    Paragraphs(u64),
    /// The size of all texts together.
    Texts(u64),
    /// The size of a single text.
    OneText(u64),
    /// The size of a record.
    Record(u64),
    /// The size of a text file or web page.
    Page(u64),
    /// The nesting of elements.
    NestedElements,
    /// The bounds of a sheet: so many cells lie outside.
    OutsideSheet(u64),
}

impl Limit {
    /// Bytes in MB, as limits count them.
    pub fn mb(bytes: u64) -> u64 {
        bytes.div_ceil(1 << 20)
    }
}

/// For errors of the streams in which the limit is noticed; `check` words limits for people.
impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for Limit {}

/// Why this machine could not read a file. Nothing the sender could correct.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Trouble {
    /// The file was there when the folder was listed, but is gone.
    Vanished,
    /// This user may not read it.
    Permission,
    /// Another program has locked it.
    Busy,
    /// An error of the disk, the network or the system: its code, if it has one, and the words of the system.
    Device(Option<i32>, String),
    /// The copy in the archive was changed after it was made.
    CopyAltered,
    /// The machine ran out of something.
    Shortage(Lack),
}

/// What a machine ran out of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Lack {
    /// Memory.
    Memory,
    /// File handles.
    Handles,
    /// Processes or threads.
    Processes,
    /// Processor time: reading made no progress.
    Time,
    /// Unknown: the system or a person killed the reading process.
    Untold,
}

impl Trouble {
    /// Classifies an error of the operating system.
    pub fn of(error: &std::io::Error) -> Trouble {
        use std::io::ErrorKind as K;
        // ENFILE and EMFILE, the same numbers on every Unix; Windows has one code for both.
        let handles: &[i32] = if cfg!(windows) { &[4] } else { &[23, 24] };
        match error.kind() {
            K::NotFound => Trouble::Vanished,
            K::PermissionDenied => Trouble::Permission,
            K::ResourceBusy | K::ExecutableFileBusy => Trouble::Busy,
            // Sharing and lock violations of Windows have no `ErrorKind`.
            _ if cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33)) => Trouble::Busy,
            K::OutOfMemory => Trouble::Shortage(Lack::Memory),
            K::WouldBlock => Trouble::Shortage(Lack::Processes),
            _ if error.raw_os_error().is_some_and(|code| handles.contains(&code)) => Trouble::Shortage(Lack::Handles),
            _ => Trouble::Device(error.raw_os_error(), error.to_string()),
        }
    }

    /// Whether the machine ran out of something, which may pass.
    pub fn is_shortage(&self) -> bool {
        matches!(self, Trouble::Shortage(_))
    }
}

/// A problem noticed in a file that was read nevertheless.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Notice {
    /// The file has the extension of another format (F03); the extension as written.
    ContentNotExtension(String),
    /// A part was not read because of a limit (F05).
    Budget {
        /// The sheet concerned, by position.
        sheet: Option<u16>,
        /// The limit that was exceeded.
        limit: Limit,
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

#[cfg(test)]
mod tests {
    use std::io::{Error, ErrorKind};

    use super::*;

    #[test]
    fn errors_of_the_system_are_told_apart() {
        for (error, trouble) in [
            (Error::from(ErrorKind::NotFound), Trouble::Vanished),
            (Error::from(ErrorKind::PermissionDenied), Trouble::Permission),
            (Error::from(ErrorKind::ResourceBusy), Trouble::Busy),
            (Error::from(ErrorKind::ExecutableFileBusy), Trouble::Busy),
            (Error::from(ErrorKind::OutOfMemory), Trouble::Shortage(Lack::Memory)),
            (Error::from(ErrorKind::WouldBlock), Trouble::Shortage(Lack::Processes)),
            (Error::from_raw_os_error(if cfg!(windows) { 4 } else { 24 }), Trouble::Shortage(Lack::Handles)),
        ] {
            assert_eq!(Trouble::of(&error), trouble, "{error}");
            assert_eq!(trouble.is_shortage(), matches!(trouble, Trouble::Shortage(_)), "{error}");
        }
        let other = Error::from_raw_os_error(33);
        let expected = if cfg!(windows) { Trouble::Busy } else { Trouble::Device(Some(33), other.to_string()) };
        assert_eq!(Trouble::of(&other), expected);
        assert!(!expected.is_shortage());
    }
}
