//! A sheet for each unit: its rows and missing items.

use anyhow::Result;

use super::lines::{cells, columns, filled, write_blocks};
use super::plan::{HEAD, MOST_REPEATED, Plan};
use crate::division::fields;
use crate::obligation::{Coverage, RecordRef};
use crate::outcome::merge::Line;
use crate::render::layout::Part;
use crate::render::workbook::{Book, Page, Shape, Size, Table, Tone};

pub(super) fn write(book: &mut Book, plan: &Plan<'_>) -> Result<()> {
    let outcome = plan.outcome;
    let repeats = outcome.consolidated.lines.len() <= MOST_REPEATED;
    for (unit, name) in &plan.unit_sheets {
        let lines = plan.unit_lines.get(unit).map(Vec::as_slice).unwrap_or_default();
        // in a large workbook the sheets of units have only missing items, because repeating all rows would double its size
        let shown: Vec<usize> = lines
            .iter()
            .copied()
            .filter(|at| repeats || matches!(outcome.consolidated.lines[*at], Line::Missing(_)))
            .collect();
        let records: Vec<RecordRef> = shown
            .iter()
            .filter_map(|at| match outcome.consolidated.lines[*at] {
                Line::Record { record, .. } => Some(record),
                Line::Missing(_) => None,
            })
            .collect();
        let is_filled = filled(plan, &records);
        let (columns, parts) =
            columns(plan, |part| *part != Part::Unit && (*part == Part::Field(fields::EVIDENCE) || is_filled(part)));
        let mut sheet = book.sheet(name, Size::of(shown.len()), Page::A3)?;
        let wide = columns.len() as u16;
        sheet.title(0, wide, &format!("{}工作台账", outcome.division.unit(*unit).name))?;
        sheet.lines(1, 1)?;
        let coverage = plan.figures.units.iter().find(|ranked| ranked.key == *unit).map(|ranked| ranked.coverage);
        let left_out = lines.len() - shown.len();
        sheet.across(1, 0, wide, &summary(coverage, left_out), Shape::Line, Tone::Plain)?;
        let sample =
            shown.iter().enumerate().map(|(at, line)| cells(plan, &parts, at, &outcome.consolidated.lines[*line]));
        let mut table = Table::begin(&mut sheet, HEAD, &columns, sample.take(400))?;
        write_blocks(&mut table, plan, &parts, shown.iter().copied())?;
        table.end(2)?;
    }
    Ok(())
}

/// The numbers of a unit on one line.
fn summary(coverage: Option<Coverage>, left_out: usize) -> String {
    let line = match coverage {
        None => "本期无应报事项".to_owned(),
        Some(c) => format!(
            "应报{}项，实报{}项（按时{}、迟报{}、零报告{}、有异议{}），缺报{}项，空表{}项，不可用{}项，不涉及{}项，未到期{}项；上报率{}，及时率{}",
            c.expected(),
            c.actual(),
            c.on_time,
            c.late,
            c.nil,
            c.disputed,
            c.missing,
            c.blank,
            c.unusable,
            c.exempt,
            c.not_due,
            crate::outcome::figures::percent(c.actual(), c.base()),
            crate::outcome::figures::percent(c.timely(), c.base()),
        ),
    };
    match left_out {
        0 => line,
        count => format!("{line}。本单位另有{count}行记录，见“汇总台账”（按责任单位筛选）"),
    }
}
