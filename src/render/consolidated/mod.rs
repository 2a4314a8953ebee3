//! 汇总台账.xlsx: the consolidated workbook for the municipal office.

mod cover;
mod statistics;
mod lines;
mod units;
mod evidence;
mod unmatched;
mod sources;

use std::collections::BTreeMap;

use anyhow::Result;

use super::layout::Layout;
use super::workbook::{Book, Names};
use super::{Output, RenderInput, Rendered};
use crate::basis::{TaskId, UnitId};
use crate::outcome::merge::Line;
use crate::outcome::{Figures, Outcome};

pub(super) use lines::{reference_cell, state_tone, value_cell};

/// The sheets of the workbook, in order; the sheets of units follow the third.
pub const SHEETS: [&str; 6] = ["封面", "统计", LEDGER, "资料目录", "未归类", SOURCES];
/// The sheet of the merged records.
const LEDGER: &str = "汇总台账";
/// The sheet of sources.
const SOURCES: &str = "来源";
/// The heading row in 汇总台账, below the title and caption.
const HEAD: u32 = 2;
/// The most lines of a sheet; further ones go to another sheet.
const MOST_LINES: usize = 1_000_000;
/// Up to so many lines, the rows of each unit are repeated in its own sheet.
const MOST_REPEATED: usize = 60_000;

/// The output.
pub struct LedgerBook;

impl Output for LedgerBook {
    fn render(&self, from: RenderInput<'_>) -> Result<Vec<Rendered>> {
        let (outcome, figures) = (from.outcome, from.figures);
        let title = format!("{}汇总台账", outcome.settings.title.trim_end_matches("工作台账").trim_end_matches("台账"));
        let plan = Plan::new(outcome, figures, title);
        let mut book = Book::new(&outcome.settings, &plan.title, outcome.as_of)?;
        cover::write(&mut book, &plan)?;
        statistics::write(&mut book, &plan)?;
        lines::write(&mut book, &plan)?;
        units::write(&mut book, &plan)?;
        evidence::write(&mut book, &plan)?;
        unmatched::write(&mut book, &plan)?;
        sources::write(&mut book, &plan)?;
        Ok(vec![Rendered::new("汇总台账.xlsx", book.finish()?)])
    }
}

/// The positions of everything, determined before the first cell is written so that links can point forwards.
struct Plan<'a> {
    outcome: &'a Outcome,
    figures: &'a Figures,
    layout: Layout,
    title: String,
    /// The sheets of the units that have rows or owe something.
    unit_sheets: Vec<(UnitId, String)>,
    /// The lines of each unit, by position.
    unit_lines: BTreeMap<UnitId, Vec<usize>>,
    /// The first line of each task.
    first_line: BTreeMap<TaskId, usize>,
    /// The row of 来源 for each file and ledger (or the file as a whole).
    source_rows: BTreeMap<(u32, Option<u32>), u32>,
}

impl<'a> Plan<'a> {
    fn new(outcome: &'a Outcome, figures: &'a Figures, title: String) -> Plan<'a> {
        let mut unit_lines: BTreeMap<UnitId, Vec<usize>> = BTreeMap::new();
        let mut first_line = BTreeMap::new();
        for unit in &figures.units {
            unit_lines.entry(unit.key).or_default();
        }
        for (at, line) in outcome.consolidated.lines.iter().enumerate() {
            let (task, unit) = outcome.line(line);
            first_line.entry(task).or_insert(at);
            if let Some(unit) = unit {
                unit_lines.entry(unit).or_default().push(at);
            }
        }
        let mut names = Names::keeping(&SHEETS);
        let unit_sheets =
            unit_lines.keys().map(|unit| (*unit, names.give(&outcome.division.unit(*unit).name))).collect();
        let source_rows = sources::rows(outcome);
        Plan { outcome, figures, layout: Layout::of(outcome), title, unit_sheets, unit_lines, first_line, source_rows }
    }

    /// The sheet of a unit.
    fn unit_sheet(&self, unit: UnitId) -> Option<&str> {
        let at = self.unit_sheets.binary_search_by_key(&unit, |(known, _)| *known).ok()?;
        Some(&self.unit_sheets[at].1)
    }

    /// The caption below titles: 报告期：…
    fn period(&self) -> String {
        let window = &self.outcome.window;
        format!(
            "报告期：{}（{}至{}）    报送截止：{}    统计截至：{}",
            window.label(),
            window.start,
            window.end,
            crate::outcome::gaps::moment(self.outcome.due),
            crate::outcome::gaps::moment(self.outcome.as_of),
        )
    }
}

/// The sheet and row of a line.
fn place(line: usize) -> (String, u32) {
    (ledger_sheet(line / MOST_LINES), HEAD + 1 + (line % MOST_LINES) as u32)
}

/// The name of the n-th sheet of lines.
fn ledger_sheet(at: usize) -> String {
    if at == 0 { LEDGER.to_owned() } else { format!("{LEDGER}（续{at}）") }
}

impl Outcome {
    /// The task and unit of a line of the consolidated ledger.
    pub fn line(&self, line: &Line) -> (TaskId, Option<UnitId>) {
        match line {
            Line::Record { task, unit, .. } => (*task, *unit),
            Line::Missing(at) => {
                let obligation = &self.obligations.all[*at as usize];
                (obligation.task, Some(obligation.unit))
            }
        }
    }
}
