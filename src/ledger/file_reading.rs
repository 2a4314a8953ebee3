//! The result of reading one file, as a worker process sends it to the main process.

use serde::{Deserialize, Serialize};

use super::record::{Ledger, UnitFrom};
use super::returned::Returned;
use crate::basis::UnitId;
use crate::basis::calendar::Window;
use crate::basis::place::{Place, SourceId};
use crate::basis::pool::Texts;
use crate::division::Division;
use crate::read::{Format, Notice, Refusal, SecondReading};

/// What was read from a file.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct FileReading {
    /// The format; none when the file was refused before it was known.
    pub format: Option<Format>,
    /// Why nothing of it could be read.
    pub refusal: Option<Refusal>,
    /// Problems noticed while reading.
    pub notices: Vec<Notice>,
    /// All its sheets in order, skipped ones included.
    pub sheets: Vec<SheetReading>,
    /// Its ledgers in reading order.
    pub ledgers: Vec<Ledger>,
    /// Rows with data that are not records, in reading order; they go to 未归类.
    pub aside: Vec<Aside>,
    /// The texts of all cells.
    pub texts: Texts,
    /// Small pictures anchored to its records, by sheet and row.
    pub pictures: Vec<Picture>,
    /// The unit that submits it, and how it was found: that of its ledgers, where they do not contradict each other, else, for
    /// a refused file too, the register, the file name, the folder.
    pub unit: Option<(UnitId, UnitFrom)>,
    /// Units named outside of records, each with its first place.
    pub named: Vec<(UnitId, Place)>,
    /// The window it says it belongs to, and where it says so; none when it does not say.
    pub window: Option<(Window, WindowFrom)>,
    /// The stamp of a blank form.
    pub stamp: Option<Stamp>,
    /// Whether it is an output of this program that is not filled in: a consolidated workbook, a letter.
    pub own_output: bool,
    /// The cells with a sentence that there is nothing to report (本月零报告), at most one a sheet; each counts only if no
    /// row of its unit reports more.
    pub nil: Vec<NilSentence>,
    /// 编号 of the ruling by which the file is not counted.
    pub left_out: Option<u32>,
    /// For a returned marked copy: which file it is a copy of, and the unit's answers.
    pub returned: Option<Returned>,
    /// The result of the second reader; none if it did not run.
    pub second: Option<SecondReading>,
}

impl FileReading {
    /// Whether this machine did not get to read the file (W903): nobody is at fault, and the next run may.
    pub fn is_out_of_reach(&self) -> bool {
        matches!(self.refusal, Some(Refusal::NotAccessible(_)))
    }
}

/// Rows that were not read as records: their task (S12) or their meaning (S19) is unknown.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Aside {
    /// Their region, and why they are not records.
    pub unread: Unread,
    /// The rows, none with a task.
    pub ledger: Ledger,
}

impl FileReading {
    /// A table by position: the ledgers come first, then the rows left aside.
    pub fn table(&self, at: usize) -> Option<&Ledger> {
        let aside = || Some(&self.aside.get(at - self.ledgers.len())?.ledger);
        self.ledgers.get(at).or_else(aside)
    }

    /// Changes the number of the file in all its places.
    pub fn renumber(&mut self, id: SourceId) {
        let sent = |unit: &mut Option<(UnitId, UnitFrom)>| {
            if let Some((_, UnitFrom::Sheet(place))) = unit {
                place.source = id;
            }
        };
        for ledger in self.ledgers.iter_mut().chain(self.aside.iter_mut().map(|aside| &mut aside.ledger)) {
            ledger.source = id;
            sent(&mut ledger.unit);
        }
        sent(&mut self.unit);
        let named = self.named.iter_mut().map(|(_, place)| place);
        named.chain(self.nil.iter_mut().map(|nil| &mut nil.place)).for_each(|place| place.source = id);
    }

    /// Whether it has neither a ledger nor a sentence that there is nothing to report.
    pub fn is_useless(&self) -> bool {
        self.ledgers.is_empty() && self.nil.is_empty()
    }
}

/// A sentence that there is nothing to report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NilSentence {
    /// Its cell.
    pub place: Place,
    /// The unit whose report its sheet is, if it is known.
    pub unit: Option<UnitId>,
}

/// A picture in a record, which can be shown as evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// Position of the sheet.
    pub sheet: u16,
    /// 0-based row.
    pub row: u32,
    /// The unchanged file.
    pub bytes: Vec<u8>,
}

/// Where a file states its window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WindowFrom {
    /// The stamp of a blank form.
    Stamp,
    /// 填报日期. The window is then that single day ([`crate::basis::calendar::Cycle::Day`]), because a report filled in on
    /// 3 September may be the one for August; the due times decide that.
    FilledOn,
    /// A month, quarter or year in the title of a sheet.
    Title,
    /// The same in the file name.
    FileName,
}

/// The stamp that `taizhang forms` puts into a blank form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Fingerprint of what its unit owed when it was made ([`crate::division::Division::owed_by`]); older forms have the
    /// hash of the division instead.
    pub owed: Option<String>,
    /// Hash of the division the form was made from, of older forms.
    pub division: Option<String>,
    /// The unit it was made for.
    pub unit: Option<UnitId>,
    /// Label of the window it was made for.
    pub window: String,
}

impl Stamp {
    /// Whether what the unit owes is still what the form was made for.
    pub fn fits(&self, division: &Division) -> bool {
        match (&self.owed, self.unit) {
            (Some(owed), Some(unit)) => division.owed_by(unit) == *owed,
            (Some(_), None) => false,
            (None, _) => self.division.as_ref() == Some(&division.hash),
        }
    }
}

/// One sheet as understood.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SheetReading {
    /// Its name.
    pub name: String,
    /// Whether it is hidden.
    pub hidden: bool,
    /// Hidden rows (0-based) that are not empty.
    pub hidden_rows: Vec<u32>,
    /// Cells (row, column, 0-based) with hidden text, which was not read.
    pub hidden_cells: Vec<(u32, u32)>,
    /// Why no ledger was read from it, if none was.
    pub skipped: Option<Skipped>,
    /// Regions not read as a ledger, in reading order.
    pub unread: Vec<Unread>,
    /// Labelled values such as 填报单位 or 填报日期: (row, column, label, value). [`crate::ledger::line_place`] gives their
    /// places.
    pub notes: Vec<(u32, u32, String, String)>,
}

/// A region of a sheet that was not read as a ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    /// Its heading rows, or all its cells if it has no heading.
    pub area: crate::basis::place::Area,
    /// Why it was not read.
    pub why: WhyUnread,
}

/// Why a region was not read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WhyUnread {
    /// Its heading has neither 工作任务 nor 任务编号 (S12).
    Lacking {
        /// The fields it does have.
        found: Vec<String>,
        /// Its unknown headings, as written.
        unknown: Vec<String>,
        /// The heading of the most likely column of tasks, as written.
        likely: Option<String>,
        /// Rows of data below it.
        rows: u32,
    },
    /// Rows of data without a heading that continue nothing (S19), and how many.
    Headless(u32),
    /// Another kind of table: a summary, a legend, a list for drop-downs.
    Other,
    /// A form of labels and values that is not a report on a task.
    Form,
    /// Lines of text.
    Words,
    /// It belongs to another window, given by its label.
    OtherWindow(String),
    /// What is planned for the next of the shorter periods in the window: 下周工作计划 in a month.
    Plan,
}

impl WhyUnread {
    /// Whether a finding names the region: S12, S19, S17. Titles and notes need none.
    pub fn is_told(&self) -> bool {
        !matches!(self, WhyUnread::Words)
    }

    /// Whether two regions lack their tasks under the same headings.
    pub fn lacks_as(&self, other: &WhyUnread) -> bool {
        match (self, other) {
            (
                WhyUnread::Lacking { found, unknown, .. },
                WhyUnread::Lacking { found: other_found, unknown: other_unknown, .. },
            ) => found == other_found && unknown == other_unknown,
            _ => false,
        }
    }
}

/// Why a sheet gave no ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Skipped {
    /// It is empty.
    Empty,
    /// It has no table, but a sentence that there is nothing to report.
    NilReport,
    /// No heading row was found.
    NoHeading,
    /// Its heading has neither 工作任务 nor 任务编号 (S12).
    HeadingMissing {
        /// The heading row.
        heading: crate::basis::place::Area,
        /// The fields it does have.
        found: Vec<String>,
    },
    /// It is hidden, and a visible sheet is a ledger.
    Hidden,
    /// Its name or title gives another window than that of the run, and another sheet is for the window of the run. The label
    /// of its window.
    OtherWindow(String),
    /// Instructions, a chart, a list for drop-downs or the like.
    NotLedger,
    /// The guide of a blank form of this program.
    Guide,
    /// The sheet itself could not be read.
    Unreadable(String),
}
