//! Links to cells of the same workbook.

use crate::basis::place::Area;

/// The most links of a sheet, slightly below the limit of Excel.
const MOST_LINKS: u32 = 65_000;

/// A link to a cell of the workbook, as Excel writes it.
pub(super) fn location(sheet: &str, row: u32, col: u16) -> String {
    format!("'{}'!{}", sheet.replace('\'', "''"), Area::cell(row, u32::from(col)))
}

/// Whether a link can show this text, being the `count`-th of its sheet: a link shows less text than a cell holds, and a
/// sheet holds only so many.
pub(super) fn is_linked(text: &str, count: u32) -> bool {
    count <= MOST_LINKS && !text.is_empty() && text.encode_utf16().count() <= 255
}
