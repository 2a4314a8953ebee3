//! The view that all outputs share: everything a run came to.

pub mod answers;
pub mod figures;
pub mod gaps;
pub mod history;
pub mod issues;
pub mod labels;
pub mod matrix;
pub mod merge;
pub mod next_change;

pub use figures::{Figures, Ranked};
pub use gaps::Gap;
pub use history::{Chain, Changes, Inputs, PastFault};
pub use matrix::Matrix;
pub use next_change::next_change;

use std::borrow::Cow;
use std::fmt;

use chrono::NaiveDateTime;

use crate::basis::calendar::Window;
use crate::basis::finding::{Finding, Severity};
use crate::basis::place::Place;
use crate::basis::settings::Settings;
use crate::check::RunFile;
use crate::check::support::phrase;
use crate::division::{Context, Division};
use crate::ledger::Entry;
use crate::obligation::{Coverage, Obligations, RecordRef};
use crate::outcome::merge::{Consolidated, Tally};
use crate::table::FieldId;

/// A finding as reports print it: numbered, with its final severity.
#[derive(Clone, Debug)]
pub struct Issue {
    /// Stays the same while the same fault stands in the same place: 16 hex digits.
    pub id: String,
    /// Final severity, overrides applied.
    pub severity: Severity,
    /// The finding.
    pub finding: Finding,
    /// Since when it stands without a break, from the history.
    pub stands: Option<Chain>,
    /// How the unit explained it in the marked copy that it sent back (已说明); warnings only.
    pub answer: Option<String>,
}

/// Everything an output may print.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The settings.
    pub settings: Settings,
    /// The division.
    pub division: Division,
    /// The window.
    pub window: Window,
    /// When its submissions are due.
    pub due: NaiveDateTime,
    /// As of when it was judged.
    pub as_of: NaiveDateTime,
    /// All files of the inbox, by name.
    pub files: Vec<RunFile>,
    /// The obligations.
    pub obligations: Obligations,
    /// Their counts.
    pub coverage: Coverage,
    /// The consolidated ledger.
    pub consolidated: Consolidated,
    /// What earlier windows came to, oldest first; empty without a history.
    pub trend: Vec<(Window, Coverage)>,
    /// What changed since the run before; none when there was none.
    pub changes: Option<Changes>,
    /// What decided the run, where it is kept.
    pub inputs: Option<Inputs>,
    /// The tally.
    pub tally: Tally,
    /// The findings: by severity (worst first), then place.
    pub issues: Vec<Issue>,
}

/// A place in words: (file, sheet, cell).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceName<'a> {
    /// Path of the file below the campaign folder.
    pub file: Cow<'a, str>,
    /// Name of the sheet.
    pub sheet: Option<&'a str>,
    /// A1 address.
    pub cell: Option<String>,
}

impl fmt::Display for SourceName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [Some(self.file.as_ref()), self.sheet, self.cell.as_deref()];
        f.write_str(&parts.into_iter().flatten().collect::<Vec<_>>().join("!"))
    }
}

impl Outcome {
    /// The context the run was judged in.
    pub fn context(&self) -> Context<'_> {
        Context { settings: &self.settings, division: &self.division, window: self.window, as_of: self.as_of }
    }

    /// A place in words.
    pub fn name(&self, place: Place) -> SourceName<'_> {
        let cell = place.area.map(|area| area.to_string());
        match place.source.0.checked_sub(1).map(|at| &self.files[at as usize]) {
            None => SourceName {
                file: Cow::Borrowed(&self.settings.division),
                sheet: place.sheet.map(|at| self.division.sheets[at as usize].as_str()),
                cell,
            },
            Some(file) => SourceName {
                file: Cow::Borrowed(&file.source.name),
                sheet: place.sheet.map(|at| file.reading.sheets[at as usize].name.as_str()),
                cell,
            },
        }
    }

    /// A record where it stands.
    pub fn entry(&self, at: RecordRef) -> Entry<'_> {
        let file = self.files[at.file as usize].one();
        #[expect(clippy::expect_used, reason = "references are made from what stands there")]
        let ledger = file.reading.table(at.ledger as usize).expect("a table of the file");
        file.entry(ledger, &ledger.records[at.record as usize])
    }

    /// What an issue says, in the language of the settings.
    pub fn message(&self, issue: &Issue) -> String {
        phrase::message(&issue.finding, self.settings.lang, &self.division)
    }

    /// What to do about it.
    pub fn advice(&self, issue: &Issue) -> String {
        phrase::advice(&issue.finding, self.settings.lang, &self.division)
    }

    /// What stands in a record under a field; empty when its ledger has no such column.
    pub fn text(&self, at: RecordRef, field: FieldId) -> &str {
        self.entry(at).text(field)
    }
}
