//! Records → the consolidated ledger: every record on exactly one row, in division order, and the tally of rows and files.

use crate::basis::{TaskId, UnitId};
use crate::duty::RecordRef;

/// One row of the consolidated ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// A merged record.
    Record {
        /// Its task.
        task: TaskId,
        /// Its unit.
        unit: Option<UnitId>,
        /// The record.
        record: RecordRef,
    },
    /// A missing item: the obligation by position.
    Missing(u32),
}

/// The consolidated ledger.
#[derive(Clone, Debug, Default)]
pub struct Consolidated {
    /// Its rows in division order, then unit, then as submitted.
    pub lines: Vec<Line>,
    /// Records that found no task or whose sender is unknown: 未归类.
    pub unmatched: Vec<RecordRef>,
}

/// What went in and what came out, counted apart (contract section 8).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Files of the inbox.
    pub files: u32,
    /// Files that count.
    pub files_merged: u32,
    /// Files that could not be used.
    pub files_refused: u32,
    /// Files whose every row was replaced.
    pub files_superseded: u32,
    /// Files that came twice.
    pub files_duplicate: u32,
    /// Files left aside.
    pub files_ignored: u32,
    /// Rows below headings, counted where they enter.
    pub rows_seen: u32,
    /// Rows in the consolidated ledger.
    pub rows_merged: u32,
    /// Rows in 未归类.
    pub rows_unmatched: u32,
    /// Rows replaced by a later file.
    pub rows_superseded: u32,
    /// Rows without content.
    pub rows_blank: u32,
    /// Section, subtotal, instruction and footer rows.
    pub rows_furniture: u32,
}

impl Tally {
    /// Whether what went in equals what came out.
    pub fn balances(&self) -> bool {
        let files =
            self.files_merged + self.files_refused + self.files_superseded + self.files_duplicate + self.files_ignored;
        let rows =
            self.rows_merged + self.rows_unmatched + self.rows_superseded + self.rows_blank + self.rows_furniture;
        self.files == files && self.rows_seen == rows
    }
}
