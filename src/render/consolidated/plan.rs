//! Where everything stands in 汇总台账.xlsx, determined before the first cell is written.

use std::collections::BTreeMap;

use crate::basis::calendar::format::moment_words;
use crate::basis::place::Place;
use crate::basis::{TaskId, UnitId};
use crate::check::RunFile;
use crate::ledger::{Ledger, Skipped};
use crate::obligation::{Coverage, RecordRef};
use crate::outcome::{Figures, Outcome};
use crate::render::RenderInput;
use crate::render::english;
use crate::render::layout::Layout;
use crate::render::workbook::{Names, continued};

/// The sheets of the workbook, in order; the sheets of units follow the third.
pub const SHEETS: [&str; 6] = ["封面", "统计", LEDGER, "资料目录", "未归类", SOURCES];
/// The sheet of the merged records.
const LEDGER: &str = "汇总台账";
/// The sheet of sources.
pub(super) const SOURCES: &str = "来源";
/// The heading row in 汇总台账, below the title and caption.
pub(super) const HEAD: u32 = 2;
/// The most lines of a sheet; further ones go to another sheet.
pub(super) const MOST_LINES: usize = 1_000_000;
/// Up to so many lines, the rows of each unit are repeated in its own sheet.
pub(super) const MOST_REPEATED: usize = 60_000;

/// The lines of a file: one for each ledger, then one for each sheet without a ledger, and at least one.
pub(super) fn parts(file: &RunFile) -> Vec<Part<'_>> {
    let mut parts: Vec<Part<'_>> = file.reading.ledgers.iter().map(Part::Ledger).collect();
    let skipped = file.reading.sheets.iter().filter_map(|sheet| {
        let why = sheet.skipped.as_ref().filter(|why| **why != Skipped::Empty)?;
        Some(Part::Skipped(&sheet.name, why))
    });
    parts.extend(skipped);
    if parts.is_empty() {
        parts.push(Part::Whole);
    }
    parts
}

pub(super) enum Part<'a> {
    Ledger(&'a Ledger),
    Skipped(&'a str, &'a Skipped),
    Whole,
}

/// The first row of each file.
fn rows(outcome: &Outcome) -> Vec<u32> {
    let lengths = outcome.files.iter().map(|file| parts(file).len() as u32);
    let first = |next: &mut u32, length: u32| Some(std::mem::replace(next, *next + length));
    lengths.scan(HEAD + 1, first).collect()
}

/// The positions of everything, determined before the first cell is written so that links can point forwards.
pub(super) struct Plan<'a> {
    pub(super) outcome: &'a Outcome,
    pub(super) figures: &'a Figures,
    pub(super) layout: &'a Layout,
    pub(super) title: String,
    /// The sheets of the units that have rows or owe something; none where they are workbooks of their own.
    pub(super) unit_sheets: Vec<(UnitId, String)>,
    /// The counts of each unit that owes something.
    pub(super) coverage: BTreeMap<UnitId, Coverage>,
    /// The lines of each unit, by position.
    pub(super) unit_lines: BTreeMap<UnitId, Vec<usize>>,
    /// The first line of each task.
    pub(super) first_line: BTreeMap<TaskId, usize>,
    /// The first row of each file in 来源; none where the workbook has no such sheet.
    pub(super) source_rows: Vec<u32>,
}

impl<'a> Plan<'a> {
    pub(super) fn new(from: RenderInput<'a>, title: String) -> Plan<'a> {
        let RenderInput { outcome, figures, layout, .. } = from;
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
        let kept: Vec<&str> = english::sheets().collect();
        let mut names = Names::keeping(&kept);
        let here = unit_lines.len() <= outcome.settings.unit_sheets as usize;
        let units = unit_lines.keys().filter(|_| here);
        let unit_sheets = units.map(|unit| (*unit, names.give(&outcome.division.unit(*unit).name))).collect();
        let source_rows = rows(outcome);
        let coverage = figures.units.iter().map(|ranked| (ranked.key, ranked.coverage)).collect();
        Plan { outcome, figures, layout, title, unit_sheets, coverage, unit_lines, first_line, source_rows }
    }

    /// The sheet of a unit.
    pub(super) fn unit_sheet(&self, unit: UnitId) -> Option<&str> {
        let at = self.unit_sheets.binary_search_by_key(&unit, |(known, _)| *known).ok()?;
        Some(&self.unit_sheets[at].1)
    }

    /// The row of 来源 for the ledger of a record, which is the first of a file's own.
    pub(super) fn source_row(&self, at: RecordRef) -> Option<u32> {
        let first = self.source_rows.get(at.file as usize)?;
        let ledgers = self.outcome.files[at.file as usize].reading.ledgers.len();
        (ledgers > at.ledger as usize).then(|| first + at.ledger)
    }

    /// The row of 来源 for the sheet that a place in a file lies in.
    pub(super) fn source_row_at(&self, place: Place) -> Option<u32> {
        let at = place.source.0.checked_sub(1)? as usize;
        let (first, file) = (self.source_rows.get(at)?, self.outcome.files.get(at)?);
        let sheet = place.sheet.and_then(|sheet| file.reading.sheets.get(sheet as usize));
        let is_of_sheet = |part: &Part<'_>| match part {
            Part::Ledger(ledger) => Some(ledger.sheet) == place.sheet,
            Part::Skipped(name, _) => sheet.is_some_and(|sheet| sheet.name == *name),
            Part::Whole => true,
        };
        Some(first + parts(file).iter().position(is_of_sheet)? as u32)
    }

    /// The caption below titles: 报告期：…
    pub(super) fn period(&self) -> String {
        let lang = self.outcome.settings.lang;
        let [due, as_of] = [self.outcome.due, self.outcome.as_of].map(|at| moment_words(at, lang));
        let period = self.outcome.window.full_words(lang);
        lang.pick(
            format!("报告期：{period}    报送截止：{due}    统计截至：{as_of}"),
            format!("Period: {period}    due: {due}    as of: {as_of}"),
        )
    }
}

/// The sheet and row of a line.
pub(super) fn place(line: usize) -> (String, u32) {
    (ledger_sheet(line / MOST_LINES), HEAD + 1 + (line % MOST_LINES) as u32)
}

/// The name of the n-th sheet of lines.
pub(super) fn ledger_sheet(at: usize) -> String {
    continued(LEDGER, at)
}
