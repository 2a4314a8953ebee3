//! What a cell of one of our own outputs shows.

use crate::read::{Raw, Sheet, Workbook};

/// The displayed text of a cell; cells of a merged region all have its value.
pub(super) fn shown_text(book: &Workbook, sheet: &Sheet, row: u32, col: u32) -> String {
    let (row, col) =
        sheet.merges.iter().find(|area| area.contains(row, col)).map_or((row, col), |area| (area.top, area.left));
    match sheet.grid.get(row, col) {
        Raw::Text(text) | Raw::Fault(text) | Raw::DigitsLost(text) => book.texts.get(text).trim().to_owned(),
        Raw::Number { value, .. } => value.to_string(),
        Raw::Date(moment) => moment.date().to_string(),
        Raw::Truth(truth) => truth.to_string(),
        Raw::Empty | Raw::Duration(_) | Raw::Uncalculated => String::new(),
    }
}
