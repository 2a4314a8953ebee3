//! The first sheet of a returned file: every fault, a link to its cell, and room for the unit's answer.

use anyhow::Result;

use crate::basis::finding::Severity;
use crate::ledger::returned::{ANSWER, CELL, CODE, ID, INDEX, SEEN, SHEET};
use crate::obligation::RunFile;
use crate::outcome::{Issue, Outcome};
use crate::render::workbook::{Book, Cell, Column, Page, Shape, Size, Table, Tone};

pub(super) fn write(
    book: &mut Book,
    outcome: &Outcome,
    file: &RunFile,
    issues: &[&Issue],
    sheets: &[String],
) -> Result<()> {
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
    let count = |severity| issues.iter().filter(|issue| issue.severity == severity).count();
    let mut sheet = book.sheet(INDEX, Size::Small, Page::A4)?;
    let wide = columns.len() as u16;
    sheet.title(0, wide, "台账退回修改说明")?;
    let unit = file.unit.map_or("", |unit| outcome.division.unit(unit).name.as_str());
    let lines = [
        format!("文件：{}    填报单位：{unit}    报告期：{}", file.source.name, outcome.window.label()),
        format!(
            "强制{}条必须改正；核实{}条，改正或在“{ANSWER}”栏写明原因（只写“核实无误”不算）；提示{}条。点击单元格可跳到原处，改好后把本文件送回。{}",
            count(Severity::Error),
            count(Severity::Warning),
            count(Severity::Info),
            if sheets.is_empty() { "原表较大或不便复制，请在原文件中修改。" } else { "" },
        ),
    ];
    for (at, text) in lines.iter().enumerate() {
        sheet.lines(at as u32 + 1, 1)?;
        sheet.across(at as u32 + 1, 0, wide, text, Shape::Line, Tone::Plain)?;
    }
    let rows: Vec<Vec<Cell<'_>>> =
        issues.iter().enumerate().map(|(at, issue)| cells(outcome, at, issue, sheets)).collect();
    let mut table = Table::begin(&mut sheet, 3, &columns, &rows)?;
    for row in &rows {
        table.row(row)?;
    }
    table.end(5)?;
    Ok(())
}

fn cells<'a>(outcome: &'a Outcome, number: usize, issue: &'a Issue, sheets: &'a [String]) -> Vec<Cell<'a>> {
    let (finding, lang) = (&issue.finding, outcome.settings.lang);
    let name = outcome.name(finding.place);
    let shown = name.cell.unwrap_or_default();
    let copied = finding.place.sheet.and_then(|at| sheets.get(at as usize));
    let cell = match (copied, finding.place.area) {
        (Some(sheet), Some(area)) => Cell::link(shown, sheet.clone(), area.top, area.left as u16),
        _ => Cell::text(shown),
    };
    vec![
        Cell::number(number as f64 + 1.0),
        Cell::text(issue.severity.word(lang)).tone(super::copy::tone(issue.severity)),
        Cell::text(finding.kind.code),
        Cell::text(copied.map(String::as_str).or(name.sheet).unwrap_or_default()),
        cell,
        Cell::text(outcome.message(issue)),
        Cell::text(finding.seen.as_deref().unwrap_or_default()),
        Cell::text(finding.expected.as_ref().map_or("", |fact| fact.in_lang(lang))),
        Cell::text(outcome.advice(issue)),
        Cell::text(issue.answer.as_deref().unwrap_or_default()),
        Cell::text(issue.id.as_str()).tone(Tone::Mute),
    ]
}
