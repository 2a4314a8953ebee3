//! The result of a run, as used by all outputs.

pub mod ailments;
pub mod answers;
mod candidates;
pub mod closure;
mod doubt;
pub mod doubts;
pub mod figures;
pub mod gaps;
pub mod history;
mod issue;
pub mod issues;
pub mod labels;
mod lapsed;
pub mod matrix;
pub mod merge;
pub mod next_change;
pub mod rulings;
mod settle;

pub use doubt::{Doubt, DoubtKey};
pub use figures::{Figures, Ranked};
pub use gaps::{Due, Gap};
pub use history::{Chain, Changes, Inputs, PastFault, Unjudged};
pub use issue::Issue;
pub use matrix::Matrix;
pub use next_change::next_change;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDateTime;

use crate::basis::calendar::Window;
use crate::basis::place::{Place, SourceId};
use crate::basis::settings::Settings;
use crate::basis::{TaskId, UnitId};
use crate::check::RunFile;
use crate::check::support::phrase;
use crate::division::{Context, Division};
use crate::ledger::Entry;
use crate::obligation::{Coverage, Obligations, RecordRef};
use crate::outcome::merge::{Consolidated, Line, Tally};
use crate::ruling::Ruling;
use crate::table::FieldId;

/// The result of a run: everything outputs may print.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The settings it was judged by, all layers applied.
    pub settings: Settings,
    /// Who owes what, with the rulings applied.
    pub division: Division,
    /// The window reported on.
    pub window: Window,
    /// When submissions for it are due.
    pub due: NaiveDateTime,
    /// The moment as of which it was judged.
    pub as_of: NaiveDateTime,
    /// All files of the inbox, by name.
    pub files: Vec<RunFile>,
    /// What was owed for the window, with the state of each.
    pub obligations: Obligations,
    /// The counts of the obligations.
    pub coverage: Coverage,
    /// The consolidated ledger.
    pub consolidated: Consolidated,
    /// The counts of earlier windows, oldest first; empty without a history.
    pub trend: Vec<(Window, Coverage)>,
    /// Since when the items that earlier windows left open stand so without a break.
    pub open_items: BTreeMap<(TaskId, UnitId), Chain>,
    /// What changed since the run before; none when there was none.
    pub changes: Option<Changes>,
    /// What decided the run, where it is kept.
    pub inputs: Option<Inputs>,
    /// The counts of files and rows, at their entry and where they ended.
    pub tally: Tally,
    /// The findings, worst first, then by place.
    pub issues: Vec<Issue>,
    /// Where each ruling was needed.
    pub applied: rulings::Applied,
    /// What a person could settle.
    pub doubts: Vec<Doubt>,
}

/// A place with names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceName<'a> {
    /// The path of the file below the campaign folder.
    pub file: Cow<'a, str>,
    /// The name of the sheet.
    pub sheet: Option<&'a str>,
    /// The A1 address.
    pub cell: Option<String>,
}

impl SourceName<'_> {
    /// The place within the file: sheet and cell, as far as there are any.
    pub fn spot(&self) -> String {
        [self.sheet, self.cell.as_deref()].into_iter().flatten().collect::<Vec<_>>().join("!")
    }
}

impl fmt::Display for SourceName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        let parts = [self.sheet, self.cell.as_deref()];
        parts.into_iter().flatten().try_for_each(|part| write!(f, "!{part}"))
    }
}

impl Outcome {
    /// The task and unit of a line of the consolidated ledger.
    pub fn line(&self, line: &Line) -> (TaskId, Option<UnitId>) {
        match line {
            Line::Record { task, unit, .. } => (*task, *unit),
            Line::Nil { obligation: at, .. } | Line::Missing(at) | Line::Before(at) => {
                let obligation = &self.obligations.all[*at as usize];
                (obligation.task, Some(obligation.unit))
            }
        }
    }

    /// How many files came for this window, of use or not: without those of other windows, received later, or set aside
    /// before their window was asked for (lock files, outputs of this program).
    pub fn received(&self) -> u32 {
        self.files.iter().filter(|file| file.window == Some(self.window)).count() as u32
    }

    /// The context in which the run was judged.
    pub fn context(&self) -> Context<'_> {
        Context { settings: &self.settings, division: &self.division, window: self.window, as_of: self.as_of }
    }

    /// The names of a place.
    pub fn name(&self, place: Place) -> SourceName<'_> {
        let cell = place.area.map(|area| area.to_string());
        if place.source == SourceId::RULINGS {
            let written = place.sheet.and_then(|at| self.division.rulings.written.get(at as usize));
            let file = written.map_or(crate::ruling::FILE, |written| written.file.as_str());
            return SourceName { file: Cow::Borrowed(file), sheet: written.map(|one| one.sheet.as_str()), cell };
        }
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

    /// A record with its ledger and file.
    pub fn entry(&self, at: RecordRef) -> Entry<'_> {
        let file = self.files[at.file as usize].one();
        #[expect(clippy::expect_used, reason = "references are made from what stands there")]
        let ledger = file.reading.table(at.ledger as usize).expect("a table of the file");
        file.entry(ledger, &ledger.records[at.record as usize])
    }

    /// The name of a record: `收件/a.xlsx!台账!5`.
    pub fn reference(&self, at: RecordRef) -> String {
        let entry = self.entry(at);
        format!("{}!{}!{}", entry.source.name, entry.sheet(), entry.reference())
    }

    /// The numbers of the rulings that decided something of a record: its task, unit, state, columns, whether it is late or
    /// lacks evidence.
    pub fn rulings_of(&self, at: RecordRef) -> Vec<u32> {
        if self.division.rulings.is_empty() {
            return Vec::new();
        }
        let entry = self.entry(at);
        let mut ids = entry.rulings(&self.context());
        let (source, sheet) = (entry.ledger.source, entry.ledger.sheet);
        ids.extend(entry.row_place().area.into_iter().flat_map(|row| self.applied.over(source, sheet, row)));
        ids.extend(entry.ledger.columns.iter().flat_map(|column| self.applied.at(source, sheet, column.area)));
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// The message of an issue, in the language of the settings.
    pub fn message(&self, issue: &Issue) -> String {
        phrase::message(&issue.finding, self.settings.lang, &self.division)
    }

    /// The ruling by which an issue counts no more, in words: 人工认定 5：已见原件（王某：…）; empty where there is none.
    pub fn ruled(&self, issue: &Issue) -> String {
        let ruling = issue.finding.ruling.and_then(|id| self.division.rulings.with_id(id));
        ruling.map_or_else(String::new, |ruling| {
            let Ruling { id, says, by, reason, .. } = ruling;
            self.settings.lang.pick(
                format!("人工认定 {id}：{says}（{by}：{reason}）"),
                format!("ruling {id}: {says} ({by}: {reason})"),
            )
        })
    }

    /// The advice of an issue to the unit that it concerns.
    pub fn advice_to_unit(&self, issue: &Issue) -> String {
        phrase::advice_to_unit(&issue.finding, self.settings.lang, &self.division)
    }

    /// The advice of an issue, in the language of the settings.
    pub fn advice(&self, issue: &Issue) -> String {
        phrase::advice(&issue.finding, self.settings.lang, &self.division)
    }

    /// The text of a record's field; empty when the ledger has no such column.
    pub fn text(&self, at: RecordRef, field: FieldId) -> &str {
        self.entry(at).text(field)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn files_of_other_windows_did_not_come_for_this_one() {
        let outcome = crate::check::fixture::outcome(
            "
            division | 1-1 广告整治 | 综合科、后勤中心
            --- 综合科7月台账.xlsx 2014-08-03 10:00
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 已完成
            --- 综合科8月台账.xlsx 2014-09-03 10:00
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 已完成
            --- 后勤中心8月台账.xlsx encrypted
            --- 后勤中心8月补报.xlsx 2014-09-07 10:00
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 已完成
            ",
        );
        assert_eq!((outcome.received(), outcome.tally.files), (2, 4));
    }
}
