//! 单位情况: the ranking of units, best first.

use anyhow::Result;

use super::sheets::{HEAD, SHEETS};
use crate::render::RenderInput;
use crate::render::workbook::{Book, Cell, Column, Page, Shape, Size, Table, Tone};

pub(super) fn write(book: &mut Book, from: RenderInput<'_>) -> Result<()> {
    let (outcome, units) = (from.outcome, &from.figures.units);
    let mut columns = vec![Column::center("排名", 8.0), Column::center("责任单位", 28.0)];
    let counts = ["应报", "实报", "按时", "迟报", "零报告", "缺报", "空表", "不可用", "有异议", "不涉及", "未到期"];
    columns.extend(counts.map(Column::number));
    columns.extend([
        Column::rate("上报率"),
        Column::center("实报÷应报减不涉及", 12.0),
        Column::rate("及时率"),
        Column::center("按时÷应报减不涉及", 12.0),
        Column::number("强制性问题"),
        Column::number("核实性问题"),
        Column::center("联系人", 12.0),
        Column::center("联系电话", 16.0),
    ]);
    let mut sheet = book.sheet(SHEETS[2], Size::of(units.len()), Page::A4)?;
    let wide = columns.len() as u16;
    sheet.title(0, wide, "单位报送情况")?;
    sheet.lines(1, 1)?;
    let note = format!(
        "报告期 {}，共{}个单位，按上报率、及时率排名；比率相同的名次相同。",
        outcome.window.label(),
        units.len()
    );
    sheet.across(1, 0, wide, &note, Shape::Line, Tone::Plain)?;
    let rows: Vec<Vec<Cell<'_>>> = units
        .iter()
        .map(|ranked| {
            let (c, unit) = (&ranked.coverage, outcome.division.unit(ranked.key));
            let marked = |count: u32, tone| Cell::count(count).tone(if count > 0 { tone } else { Tone::Plain });
            let full = c.base() > 0 && c.actual() == c.base();
            vec![
                ranked.rank.map_or(Cell::text("—"), Cell::count),
                Cell::text(unit.name.as_str()),
                Cell::count(c.expected()),
                Cell::count(c.actual()),
                Cell::count(c.on_time),
                marked(c.late, Tone::Warn),
                Cell::count(c.nil),
                marked(c.missing, Tone::Bad),
                marked(c.blank, Tone::Bad),
                marked(c.unusable, Tone::Bad),
                marked(c.disputed, Tone::Warn),
                Cell::count(c.exempt),
                Cell::count(c.not_due),
                Cell::rate(c.actual(), c.base()).tone(if full { Tone::Good } else { Tone::Plain }),
                Cell::text(format!("{}÷{}", c.actual(), c.base())),
                Cell::rate(c.timely(), c.base()),
                Cell::text(format!("{}÷{}", c.timely(), c.base())),
                marked(ranked.errors, Tone::Bad),
                marked(ranked.warnings, Tone::Warn),
                Cell::text(unit.contact.as_str()),
                Cell::text(unit.phone.as_str()),
            ]
        })
        .collect();
    let mut table = Table::begin(&mut sheet, HEAD, &columns, &rows)?;
    for row in &rows {
        table.row(row)?;
    }
    table.end(2)?;
    Ok(())
}
