//! A sheet for each unit: its rows and missing items. With many units each is a workbook of its own.

use anyhow::Result;

use super::lines::{any_text, cells, columns, is_fixed, write_blocks};
use super::plan::{MOST_REPEATED, Plan};
use crate::basis::side_by_side::each;
use crate::basis::{Lang, TaskId, UnitId};
use crate::obligation::Coverage;
use crate::outcome::figures::percent;
use crate::outcome::labels;
use crate::outcome::merge::Line;
use crate::render::file_names::FileNames;
use crate::render::layout::Part;
use crate::render::workbook::{Body, Book, Column, Names, Page, Rows, Size, Table};
use crate::render::{Output, RenderInput, Shelf};

pub(super) fn write<'p>(book: &mut Book, plan: &'p Plan<'_>) -> Result<Vec<Body<'p>>> {
    plan.unit_sheets.iter().map(|(unit, name)| sheet(book, plan, *unit, name)).collect()
}

/// Whether every row is repeated with its unit: in a large workbook the sheets of units have only missing items, because
/// repeating all rows would double its size.
fn repeats(plan: &Plan<'_>) -> bool {
    plan.outcome.consolidated.lines.len() <= MOST_REPEATED
}

/// The lines that the sheet of a unit shows.
fn shown(plan: &Plan<'_>, unit: UnitId) -> Vec<usize> {
    let lines = plan.unit_lines.get(&unit).map(Vec::as_slice).unwrap_or_default();
    let repeats = repeats(plan);
    let is_missing = |at: usize| !matches!(plan.outcome.consolidated.lines[at], Line::Record { .. });
    lines.iter().copied().filter(|at| repeats || is_missing(*at)).collect()
}

fn sheet<'p>(book: &mut Book, plan: &'p Plan<'_>, unit: UnitId, name: &str) -> Result<Body<'p>> {
    let outcome = plan.outcome;
    let shown = shown(plan, unit);
    let (columns, parts) = unit_columns(plan, || shown.iter().map(|at| &outcome.consolidated.lines[*at]));
    let mut sheet = book.sheet(name, Size::of(shown.len()), Page::A4)?;
    let title = title(plan, unit);
    let sample = shown.iter().enumerate().map(|(at, line)| cells(plan, &parts, at, &outcome.consolidated.lines[*line]));
    let table = Table::titled(&mut sheet, &title, &[&about(plan, unit, shown.len())], &columns, sample.take(400))?;
    let count = shown.len();
    let write = move |rows: &mut Rows<'_>| write_blocks(rows, plan, &parts, shown.iter().copied());
    Ok(table.later(count, 2, write)?.0)
}

/// A digest of all that decides the workbook of a unit beside the division and the settings.
fn digest(plan: &Plan<'_>, unit: UnitId) -> String {
    let outcome = plan.outcome;
    let shown = shown(plan, unit);
    let lines = || shown.iter().map(|at| &outcome.consolidated.lines[*at]);
    let (columns, parts) = unit_columns(plan, lines);
    let about = about(plan, unit, shown.len());
    let mut all = format!("{unit:?}|{}|{about}|{columns:?}", outcome.as_of.date()).into_bytes();
    for line in lines() {
        let TaskId(task) = outcome.line(line).0;
        all.extend(task.to_le_bytes());
        for cell in cells(plan, &parts, 0, line) {
            cell.add_to(&mut all);
        }
    }
    blake3::hash(&all).to_string()
}

/// The columns of the sheet of a unit with these lines.
fn unit_columns<'l, I: Iterator<Item = &'l Line>>(plan: &Plan<'_>, lines: impl Fn() -> I) -> (Vec<Column>, Vec<Part>) {
    columns(plan, |part| *part != Part::Unit && (is_fixed(part) || any_text(plan, lines(), part)))
}

/// The title of the sheet of a unit.
fn title(plan: &Plan<'_>, unit: UnitId) -> String {
    let name = &plan.outcome.division.unit(unit).name;
    plan.outcome.settings.lang.pick(format!("{name}工作台账"), format!("{name}: ledger"))
}

/// The output: 分单位/<单位>.xlsx, a workbook for each unit where there are many.
pub struct UnitBooks;

impl Output for UnitBooks {
    fn render(&self, from: RenderInput<'_>, to: &dyn Shelf) -> Result<()> {
        let outcome = from.outcome;
        if outcome.division.roster.units.len() <= outcome.settings.unit_sheets as usize {
            return Ok(());
        }
        let mut plan = Plan::new(from, String::new());
        if !plan.unit_sheets.is_empty() {
            return Ok(());
        }
        // The list of sources stands in the consolidated workbook.
        plan.source_rows.clear();
        let mut names = FileNames::default();
        // A workbook that would only say that all stands in the other one is not written.
        let units = plan.unit_lines.keys().filter(|unit| repeats(&plan) || !shown(&plan, **unit).is_empty());
        let units: Vec<(UnitId, String)> =
            units.map(|unit| (*unit, names.give(&outcome.division.unit(*unit).name))).collect();
        each(&units, |(unit, file)| {
            let name = &outcome.division.unit(*unit).name;
            let lang = outcome.settings.lang;
            to.put_made(&format!("分单位/{file}.xlsx"), &digest(&plan, *unit), &mut |to| {
                let title = title(&plan, *unit);
                let mut book = Book::of_tables(&outcome.settings, &title, outcome.as_of)?.in_lang(lang);
                let table = sheet(&mut book, &plan, *unit, &Names::default().give(name))?;
                book.finish_with(std::slice::from_ref(&table), to)
            })
        })
        .map(drop)
    }
}

/// What stands below the title of the sheet of a unit with so many lines.
fn about(plan: &Plan<'_>, unit: UnitId, shown: usize) -> String {
    let coverage = plan.coverage.get(&unit).copied();
    let left_out = plan.unit_lines.get(&unit).map_or(0, Vec::len) - shown;
    summary(coverage, left_out, plan.outcome.settings.lang)
}

/// The numbers of a unit on one line.
fn summary(coverage: Option<Coverage>, left_out: usize, lang: Lang) -> String {
    let line = match coverage {
        None => lang.pick("本期无应报事项", "nothing is owed in this period").to_owned(),
        Some(c) => {
            let (actual, timely) = (percent(c.actual(), c.base()), percent(c.timely(), c.base()));
            let counts = labels::counts(&c, lang);
            lang.pick(
                format!("{counts}；上报率{actual}，及时率{timely}"),
                format!("{counts}; reporting rate {actual}, on-time rate {timely}"),
            )
        }
    };
    match left_out {
        0 => line,
        count => lang.pick(
            format!("{line}。本单位另有{count}行记录，见“汇总台账”（按责任单位筛选）"),
            format!("{line}. {count} more records stand in the sheet Ledger (filter by unit)"),
        ),
    }
}
