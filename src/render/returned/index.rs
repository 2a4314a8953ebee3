//! The first sheet of a marked copy: every finding, a link to its cell, and space for the answer of the unit.

use anyhow::Result;

use super::order::{CopyOrder, Fault};
use crate::ledger::returned::{ANSWER, CELL, CODE, ID, SEEN, SHEET};
use crate::render::workbook::{Book, Cell, Column, Page, Shape, Size, Table, Tone};

/// The title of the list.
pub(super) const TITLE: &str = "台账退回修改说明";

/// The line above what is amiss in the file whatever stands in it.
const HEALTH: &str = "体检（不一定要改，请看一看）：";

/// Writes the list under a name; `sheets` are the names of the sheets of the copy, empty for those that are not in it.
pub(super) fn write(book: &mut Book, order: &CopyOrder, name: &str, sheets: &[String]) -> Result<()> {
    let columns = [
        Column::new("序号", Shape::Number, 6.0, 8.0),
        Column::center("级别", 8.0),
        Column::center(CODE, 10.0),
        Column::center(SHEET, 16.0),
        Column::center(CELL, 12.0),
        Column::new("问题", Shape::Text, 24.0, 44.0),
        Column::new(SEEN, Shape::Text, 10.0, 24.0),
        Column::new("应为", Shape::Text, 10.0, 24.0),
        Column::new("怎么改", Shape::Text, 20.0, 36.0),
        Column::new(ANSWER, Shape::Text, 30.0, 30.0),
        Column::center(ID, 20.0),
    ];
    let mut sheet = book.sheet(name, Size::Small, Page::A4)?;
    let wide = columns.len() as u16;
    sheet.title(0, wide, TITLE)?;
    let alone = if sheets.is_empty() { "原表较大或不便复制，请在原文件中修改。" } else { "" };
    for (at, text) in [order.about.clone(), format!("{}{alone}", order.request)].iter().enumerate() {
        sheet.lines(at as u32 + 1, 1)?;
        sheet.across(at as u32 + 1, 0, wide, text, Shape::Line, Tone::Plain)?;
    }
    let faults = order.faults.iter().enumerate();
    let rows: Vec<Vec<Cell<'_>>> = faults.map(|(at, fault)| cells(at, fault, sheets)).collect();
    let mut table = Table::begin(&mut sheet, 3, &columns, &rows)?;
    for row in &rows {
        table.row(row)?;
    }
    let below = table.end(5)? + 1;
    let caption = order.health.first().map(|_| HEALTH);
    for (row, line) in (below..).zip(caption.into_iter().chain(order.health.iter().map(String::as_str))) {
        sheet.lines(row, 1)?;
        sheet.across(row, 0, wide, line, Shape::Line, Tone::Plain)?;
    }
    Ok(())
}

fn cells<'a>(number: usize, fault: &'a Fault, sheets: &'a [String]) -> Vec<Cell<'a>> {
    let shown = fault.area.map(|area| area.to_string()).unwrap_or_default();
    let copied = fault.sheet.and_then(|at| sheets.get(at as usize)).filter(|name| !name.is_empty());
    let cell = match (copied, fault.area) {
        (Some(sheet), Some(area)) => Cell::link(shown, sheet.clone(), area.top, area.left as u16),
        _ => Cell::text(shown),
    };
    vec![
        Cell::number(number as f64 + 1.0),
        Cell::text(fault.word.as_str()).tone(super::copy::tone(fault.severity)),
        Cell::text(fault.code.as_str()),
        Cell::text(copied.unwrap_or(&fault.sheet_name).as_str()),
        cell,
        Cell::text(fault.message.as_str()),
        Cell::text(fault.seen.as_str()),
        Cell::text(fault.expected.as_str()),
        Cell::text(fault.advice.as_str()),
        Cell::text(fault.answer.as_str()),
        Cell::text(fault.id.as_str()).tone(Tone::Mute),
    ]
}
