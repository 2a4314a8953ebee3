//! Drafted division → workbook.

use anyhow::Result;
use chrono::NaiveDateTime;

use super::workbook::{Book, Cell, Column, Page as Paper, Shape, Size, Table, Tone};
use crate::basis::settings::Settings;
use crate::draft::book::{self, Page};

/// Writes the sheets. The same sheets give the same bytes.
///
/// # Errors
/// Errors of the writing library.
pub fn render(pages: &[Page]) -> Result<Vec<u8>> {
    // a draft depends only on the plan, so its date is fixed
    let mut workbook = Book::new(&Settings::default(), book::TASKS, NaiveDateTime::default())?;
    for page in pages {
        let paper = if page.headings.len() > 8 { Paper::A3 } else { Paper::A4 };
        let mut sheet = workbook.sheet(&page.name, Size::of(page.rows.len()), paper)?;
        if page.hidden {
            sheet.hide();
        }
        let columns: Vec<Column> = page.headings.iter().map(|heading| column(heading)).collect();
        if columns.is_empty() {
            for (at, row) in page.rows.iter().enumerate() {
                for (col, text) in row.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
                    sheet.put(at as u32, col as u16, &Cell::text(text.as_str()), Shape::Text)?;
                }
            }
            continue;
        }
        let doubts = page.column("存疑");
        let cells = |row: &'_ Vec<String>| -> Vec<Cell<'static>> {
            let one = |(col, text): (usize, &String)| {
                let cell = number(&page.headings[col], text).unwrap_or_else(|| Cell::text(text.clone()));
                if Some(col) == doubts && !text.is_empty() { cell.tone(Tone::Warn) } else { cell }
            };
            let mut cells: Vec<Cell<'static>> = row.iter().take(page.headings.len()).enumerate().map(one).collect();
            cells.resize(page.headings.len(), Cell::empty());
            cells
        };
        let sample = page.rows.iter().take(200).map(cells);
        let mut table = match page.title.as_str() {
            "" => Table::begin(&mut sheet, 0, &columns, sample)?,
            title => Table::titled(&mut sheet, title, &[], &columns, sample)?,
        };
        for row in &page.rows {
            table.row(&cells(row))?;
        }
        table.end(if page.name == book::TASKS { 3 } else { 1 })?;
    }
    workbook.finish()
}

/// Marks and headcounts as numbers; codes stay text.
fn number(heading: &str, text: &str) -> Option<Cell<'static>> {
    matches!(heading, "分值" | "人数")
        .then(|| text.trim_end_matches('分').parse::<f64>().ok())
        .flatten()
        .map(Cell::number)
}

fn column(heading: &str) -> Column {
    match heading {
        "工作任务" | "工作标准" | "原文" => Column::new(heading, Shape::Text, 20.0, 48.0),
        "存疑" | "原因" | "原" | "现" => Column::new(heading, Shape::Text, 14.0, 34.0),
        "牵头单位" | "责任单位" | "配合单位" | "任务类别" => {
            Column::new(heading, Shape::Text, 10.0, 24.0)
        }
        "分值" | "人数" => Column::number(heading),
        _ => Column::new(heading, Shape::Text, 8.0, 22.0),
    }
}
