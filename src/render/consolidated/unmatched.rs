//! 未归类: records without a task or unit.

use anyhow::Result;

use super::lines::{columns, has_text, is_fixed, record_cells};
use super::plan::{MOST_LINES, Plan};
use crate::obligation::RecordRef;
use crate::render::line_words::why_unmatched;
use crate::render::workbook::{Body, Book, Cell, Column, Page, Rows, Size, Table, Tone, continued};

pub(super) fn write<'p>(book: &mut Book, plan: &'p Plan<'_>) -> Result<Vec<Body<'p>>> {
    let outcome = plan.outcome;
    let records = &outcome.consolidated.unmatched;
    let (mut columns, parts) =
        columns(plan, |part| is_fixed(part) || records.iter().any(|at| has_text(plan, *at, part)));
    columns.insert(1, Column::text("未归类原因", 30.0));
    let lang = outcome.settings.lang;
    let note = match records.len() {
        0 => lang.pick("本期没有未归类的记录。", "Every record belongs to a task and a unit.").to_owned(),
        count => lang.pick(
            format!("共{count}行：没有对上任务，或不知道由谁报送。请核对后在来源文件中补填任务编号或填报单位。"),
            format!(
                "{count} rows belong to no task, or nobody knows who sent them. Add the code or the unit in the source."
            ),
        ),
    };
    let mut tables = Vec::new();
    for number in 0..records.len().div_ceil(MOST_LINES).max(1) {
        let from = number * MOST_LINES;
        let part = &records[from..records.len().min(from + MOST_LINES)];
        let mut sheet = book.sheet(&continued("未归类", number), Size::of(part.len()), Page::A3)?;
        let parts = parts.clone();
        let cells = move |(nth, at): (usize, &RecordRef)| {
            let mut cells =
                vec![Cell::number((from + nth) as f64 + 1.0), Cell::text(why_unmatched(outcome, *at)).tone(Tone::Warn)];
            cells.extend(record_cells(plan, *at, &parts));
            cells
        };
        let sample = part.iter().enumerate().take(400).map(&cells);
        let table = Table::titled(&mut sheet, "未归类记录", &[&note], &columns, sample)?;
        let write = move |rows: &mut Rows<'_>| part.iter().enumerate().try_for_each(|record| rows.row(&cells(record)));
        tables.push(table.later(part.len(), 2, write)?.0);
    }
    Ok(tables)
}
