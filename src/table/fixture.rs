//! Sheets drawn as text, for tests: one line a row, cells separated by `|`.
//!
//! A cell that is a number is a number, `85%` a rate, `@2014-08-15` a date cell, `'15` a text, `#N/A` an error, `=` a
//! formula without value. `<` merges with the cell to the left, `^` with the cell above. An empty line is a blank row.

use chrono::NaiveDate;

use crate::basis::place::Area;
use crate::basis::pool::Texts;
use crate::read::{Grid, Raw, Row, Sheet};

/// The sheet that the drawing describes; its texts are added to the pool.
pub(crate) fn sheet(drawing: &str, texts: &mut Texts) -> Sheet {
    let mut grid = Grid::default();
    let mut merges: Vec<Area> = Vec::new();
    let body = drawing.strip_prefix('\n').unwrap_or(drawing);
    for (index, line) in body.lines().enumerate() {
        let index = index as u32;
        let mut row = Row { index, cells: Vec::new() };
        if !line.trim().is_empty() {
            for (col, cell) in line.split('|').enumerate() {
                let col = col as u32;
                match cell.trim() {
                    "" => {}
                    "<" => grow(&mut merges, index, col - 1, index, col),
                    "^" => grow(&mut merges, index - 1, col, index, col),
                    cell => row.cells.push((col, raw(cell, texts))),
                }
            }
        }
        if !row.cells.is_empty() {
            grid.rows.push(row);
        }
    }
    Sheet { name: "台账".into(), grid, merges, ..Sheet::default() }
}

/// Extends the merged region that contains the first cell to the second cell, or starts a new one.
fn grow(merges: &mut Vec<Area>, row: u32, col: u32, to_row: u32, to_col: u32) {
    match merges.iter_mut().find(|m| m.contains(row, col)) {
        Some(merge) => {
            merge.bottom = merge.bottom.max(to_row);
            merge.right = merge.right.max(to_col);
        }
        None => merges.push(Area { top: row, left: col, bottom: to_row, right: to_col }),
    }
}

/// The cell that this text describes.
pub(crate) fn raw(cell: &str, texts: &mut Texts) -> Raw {
    let date = |day: &str| NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()?.and_hms_opt(0, 0, 0);
    if cell == "=" {
        Raw::Uncalculated
    } else if let Some(moment) = cell.strip_prefix('@').and_then(date) {
        Raw::Date(moment)
    } else if let Some(text) = cell.strip_prefix('\'') {
        Raw::Text(texts.intern(text))
    } else if cell.starts_with('#') {
        Raw::Fault(texts.intern(cell))
    } else if let Some(rate) = cell.strip_suffix('%').and_then(|rate| rate.parse::<f64>().ok()) {
        Raw::Number { value: rate / 100.0, percent: true }
    } else if let Ok(value) = cell.parse::<f64>() {
        Raw::Number { value, percent: false }
    } else {
        Raw::Text(texts.intern(&cell.replace('⏎', "\n")))
    }
}
