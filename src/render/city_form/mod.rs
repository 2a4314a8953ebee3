//! 市级汇总表.xlsx: the consolidated ledger in the municipal office's own form, written as a new workbook with the column
//! widths, appearance, title lines and other sheets of the form.

mod form;
mod paint;

use std::borrow::Cow;

use anyhow::Result;

use super::consolidated::{reference_cell, value_cell};
use super::layout::{Layout, Part, missing_text, why_missing};
use super::workbook::{Book, Cell, Names, Page, Size, fit};
use super::{Output, RenderInput, Rendered};
use crate::basis::text::heading_key;
use crate::division::fields;
use crate::obligation::RecordRef;
use crate::outcome::Outcome;
use crate::outcome::merge::Line;

pub use form::Form;
use form::FormColumn;
use paint::Painter;

/// The most lines of a sheet; further ones go to another sheet.
const MOST_LINES: usize = 1_000_000;
/// The name of the file.
pub const NAME: &str = "市级汇总表.xlsx";

/// The output.
pub struct CityForm;

impl Output for CityForm {
    fn render(&self, from: RenderInput<'_>) -> Result<Vec<Rendered>> {
        let Some(form) = from.form else { return Ok(Vec::new()) };
        let outcome = from.outcome;
        let plan = Plan::new(outcome, form);
        let mut book = Book::new(&outcome.settings, &outcome.settings.title, outcome.as_of)?;
        let mut names = Names::default();
        for (at, sheet) in form.book.sheets.iter().enumerate() {
            if sheet.other.is_some() || sheet.unreadable.is_some() {
                continue;
            }
            if at == form.sheet {
                let lines = &outcome.consolidated.lines;
                for number in 0..lines.len().div_ceil(MOST_LINES).max(1) {
                    let from = number * MOST_LINES;
                    let to = lines.len().min(from + MOST_LINES);
                    let name =
                        if number == 0 { sheet.name.clone() } else { format!("{}（续{number}）", sheet.name) };
                    filled(&mut book, &names.give(&name), &plan, from..to, number == 0)?;
                }
            } else {
                let mut page = book.sheet(&names.give(&sheet.name), Size::Small, Page::A4)?;
                let painter = Painter::new(form, at);
                painter.setup(&mut page)?;
                painter.rows(&mut page, 0..u32::MAX, 0)?;
                if sheet.visibility != crate::read::Visibility::Visible {
                    page.hide();
                }
            }
        }
        Ok(vec![Rendered::new(NAME, book.finish()?)])
    }
}

/// What goes into each column of the form.
struct Plan<'a> {
    outcome: &'a Outcome,
    form: &'a Form,
    layout: Layout,
    columns: Vec<What>,
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
    fn new(outcome: &'a Outcome, form: &'a Form) -> Plan<'a> {
        let layout = Layout::of(outcome);
        let columns = form.columns.iter().map(|column| meaning(outcome, &layout, column)).collect();
        Plan { outcome, form, layout, columns }
    }

    /// The cell of a record. If the form has a column for only one of state and progress, both go there.
    fn record(&self, at: RecordRef, part: &Part) -> Cell<'a> {
        let entry = self.outcome.entry(at);
        let told = |part: &Part| self.layout.text(self.outcome, at, part);
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
            Part::Field(field) => value_cell(entry.value(*field), told(part)),
            Part::Row => reference_cell(entry),
            part => Cell::text(told(part)),
        }
    }

    /// The cell of a missing item.
    fn missing(&self, at: u32, part: &Part) -> Cell<'a> {
        let outcome = self.outcome;
        let obligation = &outcome.obligations.all[at as usize];
        let state = || missing_text(outcome, obligation, &Part::Status);
        match part {
            Part::Field(fields::LEAD_UNITS) => Cell::text(self.lead_units(obligation.task)),
            Part::Field(fields::PROGRESS) if !self.form.has(fields::STATUS) => Cell::text(state()),
            // without columns for the state it goes to the remarks
            Part::Remark if !self.form.has(fields::STATUS) && !self.form.has(fields::PROGRESS) => {
                Cell::text([&*state(), &why_missing(obligation)].join("："))
            }
            part => Cell::text(missing_text(outcome, obligation, part)),
        }
    }

    fn lead_units(&self, task: crate::basis::TaskId) -> String {
        let units = &self.outcome.division.task(task).lead_units;
        units.iter().map(|unit| self.outcome.division.unit(*unit).name.as_str()).collect::<Vec<_>>().join("、")
    }

    fn cells(&self, at: usize) -> Vec<Cell<'a>> {
        let line = &self.outcome.consolidated.lines[at];
        let cell = |what: &What| match (what, line) {
            (What::Number, _) => Cell::number(at as f64 + 1.0),
            (What::Part(part), Line::Record { record, .. }) => self.record(*record, part),
            (What::Part(part), Line::Missing(obligation)) => self.missing(*obligation, part),
            (What::Nothing, _) => Cell::empty(),
        };
        self.columns.iter().map(cell).collect()
    }
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
fn filled(book: &mut Book, name: &str, plan: &Plan<'_>, lines: std::ops::Range<usize>, is_first: bool) -> Result<()> {
    let form = plan.form;
    let mut page = book.sheet(name, Size::of(lines.len()), Page::A3)?;
    let painter = Painter::new(form, form.sheet);
    painter.setup(&mut page)?;
    painter.rows(&mut page, 0..form.first, 0)?;
    let mut row = form.first;
    for at in lines {
        let cells = plan.cells(at);
        let mut high = 1;
        for (column, cell) in form.columns.iter().zip(&cells) {
            high = high.max(fit::lines(cell.shown(), painter.width(column.cols)));
            painter.line(&mut page, row, column.cols, cell)?;
        }
        page.lines(row, high)?;
        row += 1;
    }
    painter.rows(&mut page, form.tail..u32::MAX, i64::from(row) - i64::from(form.tail))?;
    page.freeze(form.first, 0, Some((form.heading.top, form.first - 1)))?;
    if is_first {
        page.show_first();
    }
    Ok(())
}
