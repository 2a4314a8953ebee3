//! Styles and sizes of the rows, columns and cells of a sheet.

use std::collections::BTreeMap;

use crate::read::xml::{Mark, Tag, spans};
use crate::read::{decimal, reference};

/// The default column width in characters and row height in points.
const USUAL: (f64, f64) = (8.43, 15.0);

/// Styles of cells, rows and columns, widths and heights.
#[derive(Debug, Default)]
pub struct Layout {
    /// By row and column, ascending; of a cell that stands twice the last counts.
    cells: Vec<((u32, u32), u32)>,
    rows: BTreeMap<u32, (Option<u32>, Option<f64>)>,
    /// First and last column, style, width.
    columns: Vec<(u32, u32, u32, f64)>,
    width: Option<f64>,
    height: Option<f64>,
}

impl Layout {
    /// Reads them from the part of a sheet.
    pub fn of(sheet: &[u8]) -> Layout {
        Layout::of_cells(sheet, |_| true)
    }

    /// As [`Layout::of`], without the styles of the cells in rows that are not `wanted`.
    pub fn of_cells(sheet: &[u8], wanted: impl Fn(u32) -> bool) -> Layout {
        let mut layout = Layout::default();
        let (mut row, mut col) = (0u32, 0u32);
        let mut spans = spans(sheet);
        while let Some(span) = spans.next() {
            let tag = match span.mark {
                Mark::Start(tag) | Mark::Empty(tag) => tag,
                Mark::End(name) => {
                    row = row.saturating_add(u32::from(name == b"row"));
                    continue;
                }
            };
            match tag.name {
                b"sheetFormatPr" => {
                    layout.width = number(tag, "defaultColWidth");
                    layout.height = number(tag, "defaultRowHeight");
                }
                b"col" => {
                    let at = |name| tag.attribute(name).and_then(decimal).filter(|at| *at > 0).map(|at| at - 1);
                    if let (Some(first), Some(last)) = (at("min"), at("max")) {
                        let style = tag.attribute("style").and_then(decimal).unwrap_or_default();
                        let hidden = tag.is("hidden");
                        let width = if hidden { 0.0 } else { number(tag, "width").unwrap_or(USUAL.0) };
                        layout.columns.push((first, last, style, width));
                    }
                }
                b"row" => {
                    row = tag.attribute("r").and_then(decimal).map_or(row, |at| at.saturating_sub(1));
                    col = 0;
                    let style = tag.attribute("s").and_then(decimal).filter(|_| tag.is("customFormat"));
                    let height = if tag.is("hidden") { Some(0.0) } else { number(tag, "ht") };
                    layout.rows.insert(row, (style, height));
                    if matches!(span.mark, Mark::Empty(_)) {
                        row += 1;
                    } else if !wanted(row) {
                        spans.skip_to_end(b"row");
                    }
                }
                b"c" => {
                    let [at, style] = tag.each([b"r", b"s"]);
                    let at = at.and_then(reference).unwrap_or((row, col));
                    col = at.1 + 1;
                    layout.cells.push((at, style.and_then(decimal).unwrap_or_default()));
                }
                _ => {}
            }
        }
        layout.cells.sort_by_key(|cell| cell.0);
        layout
    }

    /// The style of a cell, also of an absent one.
    pub fn style(&self, row: u32, col: u32) -> u32 {
        let of_row = || self.rows.get(&row).and_then(|(style, _)| *style);
        let upto = self.cells.partition_point(|cell| cell.0 <= (row, col));
        let own = self.cells[..upto].last().filter(|cell| cell.0 == (row, col)).map(|cell| cell.1);
        own.or_else(of_row).unwrap_or_else(|| self.column(col).0)
    }

    /// The cells with one of these styles, in order.
    pub fn styled(&self, styles: &[u32]) -> impl Iterator<Item = (u32, u32)> {
        self.cells.iter().filter(|(_, style)| styles.contains(style)).map(|(at, _)| *at)
    }

    /// The approximate width of a column in pixels.
    pub fn width(&self, col: u32) -> f64 {
        (self.column(col).1 * 7.0 + 5.0).floor()
    }

    /// The height of a row in pixels.
    pub fn height(&self, row: u32) -> f64 {
        let points = self.rows.get(&row).and_then(|(_, height)| *height).or(self.height).unwrap_or(USUAL.1);
        points * 4.0 / 3.0
    }

    fn column(&self, col: u32) -> (u32, f64) {
        let found = self.columns.iter().find(|(first, last, ..)| (*first..=*last).contains(&col));
        found.map_or((0, self.width.unwrap_or(USUAL.0)), |(_, _, style, width)| (*style, *width))
    }
}

fn number(tag: Tag<'_>, name: &str) -> Option<f64> {
    tag.text(name)?.trim().parse().ok().filter(|number: &f64| (0.0..=2000.0).contains(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_is_not_there_looks_like_its_row_or_column() {
        let layout = Layout::of(
            b"<worksheet><cols><col min='2' max='3' width='20' style='5'/></cols><sheetData><row r='2'><c r='B2' s='3'/><c/></row>
            <row r='4' s='7' customFormat='1' ht='30'/><row/></sheetData></worksheet>",
        );
        let style = |row, col| layout.style(row, col);
        assert_eq!([style(1, 1), style(1, 2), style(1, 3), style(2, 1), style(3, 1)], [3, 0, 0, 5, 7]);
        assert_eq!((layout.width(1), layout.height(3), layout.height(0)), (145.0, 40.0, 20.0));
    }
}
