//! 市级汇总表.xlsx: the consolidated ledger in the municipal office's own form, written as a new workbook with the column
//! widths, appearance, title lines and other sheets of the form.

mod choices;
mod form;
mod labels;
mod paint;

use std::borrow::Cow;
use std::collections::BTreeMap;

use anyhow::Result;

use super::consolidated::{reference_cell, value_cell};
use super::layout::{Layout, Part, missing_text};
use super::line_words::why_missing;
use super::workbook::{Book, Cell, Names, Page, Size, What as Content, continued, fit};
use super::{Output, RenderInput, Shelf};
use crate::basis::text::heading_key;
use crate::basis::{Bilingual, Lang};
use crate::division::fields;
use crate::obligation::RecordRef;
use crate::outcome::Outcome;
use crate::outcome::merge::Line;

pub use form::Form;
use form::FormColumn;
use labels::Filling;
use paint::Painter;

/// The most lines of a sheet; further ones go to another sheet.
const MOST_LINES: usize = 1_000_000;
/// The name of the file.
pub const NAME: &str = "市级汇总表.xlsx";

/// The output.
pub struct CityForm;

impl Output for CityForm {
    fn render(&self, from: RenderInput<'_>, to: &dyn Shelf) -> Result<()> {
        let Some(form) = from.form else { return Ok(()) };
        let outcome = from.outcome;
        let plan = Plan::new(outcome, from.layout, form);
        let mut book = Book::new(&outcome.settings, &outcome.settings.title, outcome.as_of)?;
        let mut names = Names::default();
        for (at, sheet) in form.book.sheets.iter().enumerate() {
            if sheet.other.is_some() || sheet.unreadable.is_some() {
                continue;
            }
            if at == form.sheet {
                let all: Vec<&[usize]> = plan.lines.chunks(MOST_LINES).collect();
                for number in 0..all.len().max(1) {
                    let lines = all.get(number).copied().unwrap_or_default();
                    filled(&mut book, &names.give(&continued(&sheet.name, number)), &plan, lines, number == 0)?;
                }
            } else {
                let mut page = book.sheet(&names.give(&sheet.name), Size::Small, Page::A4)?;
                let painter = Painter::new(form, at);
                painter.setup(&mut page, 0)?;
                painter.rows(&mut page, 0..u32::MAX, 0, &|_, _, text| Cell::text(text.to_owned()))?;
                if sheet.visibility != crate::read::Visibility::Visible {
                    page.hide();
                }
            }
        }
        to.put_bytes(NAME, &book.finish()?)
    }
}

/// What goes into each column of the form.
struct Plan<'a> {
    outcome: &'a Outcome,
    form: &'a Form,
    layout: &'a Layout,
    columns: Vec<What>,
    /// The words that columns of the form offer, by column.
    words: BTreeMap<u32, Vec<String>>,
    /// The lines of the ledger that go into the form, by position.
    lines: Vec<usize>,
}

/// What goes into a column.
enum What {
    /// The number of the line.
    Number,
    /// A column of the ledger.
    Part(Part),
    /// Nothing, because the column is unknown.
    Nothing,
}

impl<'a> Plan<'a> {
    fn new(outcome: &'a Outcome, layout: &'a Layout, form: &'a Form) -> Plan<'a> {
        let columns = form.columns.iter().map(|column| meaning(outcome, layout, column)).collect();
        let lines = outcome.consolidated.lines.iter().enumerate();
        let wanted = |line: &Line| outcome.settings.form_missing || !matches!(line, Line::Missing(_));
        let lines = lines.filter(|(_, line)| wanted(line)).map(|(at, _)| at).collect();
        Plan { outcome, form, layout, columns, words: choices::of_columns(form), lines }
    }

    /// The words that a column offers.
    fn words(&self, at: usize) -> Option<&Vec<String>> {
        self.words.get(&self.form.columns[at].cols.0)
    }

    /// The cell of a record. If the form has a column for only one of state and progress, both go there.
    fn record(&self, at: RecordRef, part: &Part) -> Cell<'a> {
        let entry = self.outcome.entry(at);
        let told = |part: &Part| self.layout.text(self.outcome, at, entry, part);
        let both = || {
            let told = [told(&Part::Status), told(&Part::Field(fields::PROGRESS))];
            let mut told: Vec<&str> = told.iter().map(Cow::as_ref).filter(|text| !text.is_empty()).collect();
            told.dedup();
            Cell::text(told.join("；"))
        };
        match part {
            Part::Status if !self.form.has(fields::PROGRESS) => both(),
            Part::Field(fields::PROGRESS) if !self.form.has(fields::STATUS) => both(),
            Part::Field(fields::LEAD_UNITS) if told(part).is_empty() => {
                Cell::text(entry.record.task.map_or_else(String::new, |task| self.lead_units(task)))
            }
            Part::Field(field) => value_cell(entry.value(*field), || told(part)),
            Part::Row => reference_cell(entry),
            part => Cell::text(told(part)),
        }
    }

    /// The cell of a missing item, or of what was reported before.
    fn missing(&self, at: u32, part: &Part) -> Cell<'a> {
        let outcome = self.outcome;
        let obligation = &outcome.obligations.all[at as usize];
        let state = || missing_text(outcome, obligation, &Part::Status);
        match part {
            Part::Field(fields::LEAD_UNITS) => Cell::text(self.lead_units(obligation.task)),
            Part::Field(fields::PROGRESS) if !self.form.has(fields::STATUS) => Cell::text(state()),
            // without columns for the state it goes to the remarks
            Part::Remark if !self.form.has(fields::STATUS) && !self.form.has(fields::PROGRESS) => {
                Cell::text([&*state(), &why_missing(outcome, obligation, Lang::Zh)].join("："))
            }
            part => Cell::text(missing_text(outcome, obligation, part)),
        }
    }

    fn lead_units(&self, task: crate::basis::TaskId) -> String {
        let units = &self.outcome.division.task(task).lead_units;
        units.iter().map(|unit| self.outcome.division.unit(*unit).name.as_str()).collect::<Vec<_>>().join("、")
    }

    /// The cells of a line; `number` is its own.
    fn cells(&self, line: usize, number: usize) -> Vec<Cell<'a>> {
        let line = &self.outcome.consolidated.lines[line];
        let cell = |(at, what): (usize, &What)| {
            let cell = match (what, line) {
                (What::Number, _) => Cell::number(number as f64),
                (What::Part(part), Line::Record { record, .. }) => self.record(*record, part),
                (
                    What::Part(part),
                    Line::Nil { obligation, .. } | Line::Missing(obligation) | Line::Before(obligation),
                ) => self.missing(*obligation, part),
                (What::Nothing, _) => Cell::empty(),
            };
            match cell.what {
                Content::Text(text) => Cell::text(choices::fitting(text, self.words(at)).into_owned()),
                what => Cell { what, ..cell },
            }
        };
        self.columns.iter().enumerate().map(cell).collect()
    }

    /// Whether a column says the same for all lines of a task.
    fn is_of_task(&self, at: usize) -> bool {
        match &self.columns[at] {
            What::Number => true,
            What::Part(part) => {
                matches!(part, Part::Code | Part::Category | Part::Task | Part::Leaders | Part::Deadline)
            }
            What::Nothing => false,
        }
    }
}

/// What stays open in the form, said to whoever fills the rest in: labels of which nothing is known, and what the form's own
/// lists have no word for.
pub fn unplaced(outcome: &Outcome, form: &Form) -> Vec<Bilingual> {
    let layout = Layout::of(outcome);
    let plan = Plan::new(outcome, &layout, form);
    let mut missing: BTreeMap<(usize, String), usize> = BTreeMap::new();
    for line in &plan.lines {
        for (at, what) in plan.columns.iter().enumerate() {
            let (Some(words), What::Part(part)) = (plan.words(at), what) else { continue };
            let cell = match &outcome.consolidated.lines[*line] {
                Line::Record { record, .. } => plan.record(*record, part),
                Line::Nil { obligation, .. } | Line::Missing(obligation) | Line::Before(obligation) => {
                    plan.missing(*obligation, part)
                }
            };
            let text = cell.shown();
            if !text.is_empty() && choices::chosen(&text, words).is_none() {
                *missing.entry((at, text.into_owned())).or_default() += 1;
            }
        }
    }
    let open = Filling::of(form, outcome).open;
    let labels = (!open.is_empty()).then(|| {
        let (zh, en) = (open.join("、"), open.join(", "));
        Bilingual::new(format!("以下各项没有依据可填，请人工填写：{zh}"), format!("to be filled in by hand: {en}"))
    });
    let said = missing.iter().take(20).map(|((at, text), count)| {
        let heading = &form.columns[*at].heading;
        Bilingual::new(
            format!("“{heading}”栏的下拉选项中没有“{text}”，{count}处留空，请人工填写"),
            format!("the list of {heading} has no “{text}”: {count} cells are left empty"),
        )
    });
    labels.into_iter().chain(said).collect()
}

/// What goes into a column: its field, else the column of the consolidated ledger with the same heading.
fn meaning(outcome: &Outcome, layout: &Layout, column: &FormColumn) -> What {
    if let Some(field) = column.field {
        return Part::of(field).map_or(What::Number, What::Part);
    }
    let leaf = column.heading.rsplit('/').next().unwrap_or_default();
    let keys = [heading_key(&column.heading), heading_key(leaf)];
    let same = |part: &&Part| keys.contains(&heading_key(&layout.heading(outcome, part)));
    layout.parts.iter().find(same).map_or(What::Nothing, |part| What::Part(part.clone()))
}

/// Writes the form's sheet with some of the lines in it.
fn filled(book: &mut Book, name: &str, plan: &Plan<'_>, lines: &[usize], is_first: bool) -> Result<()> {
    let (form, outcome) = (plan.form, plan.outcome);
    let mut page = book.sheet(name, Size::of(lines.len()), Page::A3)?;
    let painter = Painter::new(form, form.sheet);
    let rows = lines.len() as u32;
    painter.setup(&mut page, rows)?;
    let task = |line: &usize| outcome.line(&outcome.consolidated.lines[*line]).0;
    let category = |line: &usize| outcome.division.task(task(line)).category.as_str();
    // numbers count tasks where the form merges them over the lines of a task
    let is_merged = |at: usize| {
        !page.is_large()
            && plan.is_of_task(at)
            && (form.columns[at].cols.0..=form.columns[at].cols.1).any(|col| form.merged.contains(&col))
    };
    let merged: Vec<usize> = (0..form.columns.len()).filter(|at| is_merged(*at)).collect();
    let by_task = merged.iter().any(|at| matches!(plan.columns[*at], What::Number));
    let mut sums: Vec<Option<f64>> = vec![None; form.columns.len()];
    let mut cells: Vec<Vec<Cell<'_>>> = Vec::with_capacity(lines.len());
    let mut tasks = 0;
    for (at, line) in lines.iter().enumerate() {
        if at == 0 || task(&lines[at - 1]) != task(line) {
            tasks += 1;
        }
        let own = plan.cells(*line, if by_task { tasks } else { at + 1 });
        for ((sum, cell), what) in sums.iter_mut().zip(&own).zip(&plan.columns) {
            if let (Content::Number(number), What::Part(_)) = (&cell.what, what) {
                *sum = Some(sum.unwrap_or(0.0) + number);
            }
        }
        cells.push(own);
    }
    let filling = Filling::of(form, outcome);
    let text = |row: u32, col: u32, text: &str| -> Cell<'static> {
        let at = form.columns.iter().position(|column| column.cols.0 == col);
        match at.and_then(|at| sums[at]).filter(|_| form.total == Some(row)) {
            Some(sum) => Cell::number((sum * 1e6).round() / 1e6),
            None => Cell::text(filling.texts.get(&(row, col)).map_or(text, String::as_str).to_owned()),
        }
    };
    painter.rows(&mut page, 0..form.first, 0, &text)?;
    for (number, own) in cells.iter().enumerate() {
        let row = form.first + number as u32;
        let mut high = 1;
        for (at, (column, cell)) in form.columns.iter().zip(own).enumerate() {
            if merged.contains(&at) {
                continue;
            }
            high = high.max(fit::lines(&cell.shown(), painter.width(column.cols)));
            painter.line(&mut page, row..row + 1, column.cols, cell)?;
        }
        page.lines(row, high)?;
    }
    for at in merged {
        let column = &form.columns[at];
        let of_category = matches!(plan.columns[at], What::Part(Part::Category));
        let mut row = form.first;
        let same = |a: &usize, b: &usize| if of_category { category(a) == category(b) } else { task(a) == task(b) };
        for run in lines.chunk_by(same) {
            let end = row + run.len() as u32;
            painter.line(&mut page, row..end, column.cols, &cells[(row - form.first) as usize][at])?;
            row = end;
        }
    }
    let end = form.first + rows;
    painter.rows(&mut page, form.tail..u32::MAX, i64::from(end) - i64::from(form.tail), &text)?;
    page.freeze(form.first, 0, Some((form.heading.top, form.first - 1)))?;
    if is_first {
        page.show_first();
    }
    Ok(())
}
