//! A sheet for each unit: its rows and missing items.

use anyhow::Result;

use super::lines::{cells, columns, has_text, is_fixed, write_blocks};
use super::plan::{MOST_REPEATED, Plan};
use crate::basis::Lang;
use crate::obligation::Coverage;
use crate::outcome::figures::percent;
use crate::outcome::labels;
use crate::outcome::merge::Line;
use crate::render::layout::Part;
use crate::render::workbook::{Body, Book, Page, Rows, Size, Table};

pub(super) fn write<'p>(book: &mut Book, plan: &'p Plan<'_>) -> Result<Vec<Body<'p>>> {
    let outcome = plan.outcome;
    let repeats = outcome.consolidated.lines.len() <= MOST_REPEATED;
    let mut tables = Vec::with_capacity(plan.unit_sheets.len());
    for (unit, name) in &plan.unit_sheets {
        let lines = plan.unit_lines.get(unit).map(Vec::as_slice).unwrap_or_default();
        // in a large workbook the sheets of units have only missing items, because repeating all rows would double its size
        let shown: Vec<usize> = lines
            .iter()
            .copied()
            .filter(|at| repeats || matches!(outcome.consolidated.lines[*at], Line::Missing(_)))
            .collect();
        let own = || shown.iter().map(|at| &outcome.consolidated.lines[*at]);
        let (columns, parts) =
            columns(plan, |part| *part != Part::Unit && (is_fixed(part) || has_text(plan, own(), part)));
        let mut sheet = book.sheet(name, Size::of(shown.len()), Page::A4)?;
        let lang = outcome.settings.lang;
        let name = &outcome.division.unit(*unit).name;
        let title = lang.pick(format!("{name}工作台账"), format!("{name}: ledger"));
        let coverage = plan.figures.units.iter().find(|ranked| ranked.key == *unit).map(|ranked| ranked.coverage);
        let left_out = lines.len() - shown.len();
        let sample =
            shown.iter().enumerate().map(|(at, line)| cells(plan, &parts, at, &outcome.consolidated.lines[*line]));
        let table =
            Table::titled(&mut sheet, &title, &[&summary(coverage, left_out, lang)], &columns, sample.take(400))?;
        let count = shown.len();
        let write = move |rows: &mut Rows<'_>| write_blocks(rows, plan, &parts, shown.iter().copied());
        tables.push(table.later(count, 2, write)?.0);
    }
    Ok(tables)
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
