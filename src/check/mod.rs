//! Records → findings: one rule in each file, all listed in [`RULES`] in the order of the documentation.
//!
//! Files of rules are named by code and name. `support` has what several rules share; its `phrase` words the findings.

pub mod c101_required_cell;
pub mod c102_not_a_date;
pub mod c103_not_a_number;
pub mod c104_date_outside_window;
pub mod c105_not_in_list;
pub mod c106_formula_not_calculated;
pub mod c107_error_value;
pub mod c108_digits_lost;
pub mod c109_number_as_text;
pub mod c110_over_maximum;
pub mod d401_not_submitted;
pub mod d402_task_not_reported;
pub mod d403_late;
pub mod d404_evidence_missing;
pub mod d405_evidence_file_missing;
pub mod d406_indicator_unmet;
pub mod d407_cycle_unmet;
pub mod d408_overdue;
pub mod d409_due_soon;
pub mod d410_not_signed;
pub mod d411_below_grade;
pub mod d412_received_unusable;
pub mod d413_nil_report;
pub mod d414_problem_open;
pub mod d415_evidence_outdated;
#[cfg(test)]
pub(crate) mod fixture;
pub mod f01_unreadable;
pub mod f02_encrypted;
pub mod f03_content_not_extension;
pub mod f04_format_unknown;
pub mod f05_over_budget;
pub mod f06_duplicate_file;
pub mod f07_superseded;
pub mod f08_sender_unknown;
pub mod f09_reader_stopped;
pub mod f10_path_escape;
pub mod p514_ruling_invalid;
pub mod p515_rulings_contradict;
pub mod p516_ruling_unneeded;
pub mod f11_readers_disagree;
pub mod support;
pub mod r201_task_unmatched;
pub mod r202_unit_unknown;
pub mod r203_status_contradicted;
pub mod r204_duplicate_row;
pub mod r205_not_this_units_task;
pub mod r206_problem_without_remedy;
pub mod r207_task_guessed;
pub mod s10_no_ledger;
pub mod s11_heading_unknown;
pub mod s12_heading_missing;
pub mod s13_heading_repeated;
pub mod s14_form_outdated;
pub mod s15_hidden_rows;
pub mod s16_hidden_sheet;
pub mod s17_sheet_skipped;
pub mod s18_blank_form;
pub mod s19_region_unread;
pub mod w901_tally_unbalanced;
pub mod w902_output_busy;
pub mod w903_not_accessible;
pub mod x301_conflicting_reports;
pub mod x302_copied_text;
pub mod x303_period_jump;
pub mod x304_total_differs;
pub mod registry;

pub use registry::{KINDS, RULES, kind};

use crate::basis::finding::{Findings, Kind};
use crate::basis::side_by_side;
use crate::division::Context;
use crate::ledger::Ledger;
pub use crate::ledger::{Entry, OneFile};
use crate::obligation::{Coverage, Obligations};
pub use crate::obligation::{FileState, RunFile};

/// A rule checks one thing and notes what is wrong. Rules keep no state between calls. `file`, `ledger` and `record` run
/// after each file is read, in the worker process; `batch` runs once, over all files.
pub trait Rule: Sync {
    /// The kind of its findings.
    fn kind(&self) -> &'static Kind;

    /// Checks a file as a whole.
    fn file(&self, cx: &Context<'_>, file: &OneFile<'_>, out: &mut Findings) {
        let _ = (cx, file, out);
    }

    /// Checks a ledger as a whole.
    fn ledger(&self, cx: &Context<'_>, file: &OneFile<'_>, ledger: &Ledger, out: &mut Findings) {
        let _ = (cx, file, ledger, out);
    }

    /// Checks a record.
    fn record(&self, cx: &Context<'_>, entry: Entry<'_>, out: &mut Findings) {
        let _ = (cx, entry, out);
    }

    /// Checks all files together.
    fn batch(&self, cx: &Context<'_>, batch: &Batch<'_>, out: &mut Findings) {
        let _ = (cx, batch, out);
    }
}

/// All files and obligations of a run, for the rules.
#[derive(Clone, Copy, Debug)]
pub struct Batch<'a> {
    /// All files in the order of their names.
    pub files: &'a [RunFile],
    /// The obligations with their states.
    pub obligations: &'a Obligations,
    /// Their counts.
    pub coverage: &'a Coverage,
}

/// Runs the rules for one file.
pub fn check_file(cx: &Context<'_>, file: &OneFile<'_>) -> Findings {
    let mut out = Findings::default();
    for rule in RULES {
        rule.file(cx, file, &mut out);
    }
    for ledger in &file.reading.ledgers {
        for rule in RULES {
            rule.ledger(cx, file, ledger, &mut out);
        }
        for entry in file.entries_of(ledger) {
            for rule in RULES {
                rule.record(cx, entry, &mut out);
            }
        }
    }
    out
}

/// Runs the rules for all files together.
pub fn check_batch(cx: &Context<'_>, batch: &Batch<'_>) -> Findings {
    let found = side_by_side::map(RULES, |rule| {
        let mut out = Findings::default();
        rule.batch(cx, batch, &mut out);
        out
    });
    Findings(found.into_iter().flat_map(|findings| findings.0).collect())
}
