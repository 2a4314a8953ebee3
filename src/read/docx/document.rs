//! A Word document as it is displayed: paragraphs and tables in document order.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::numbering::BULLET;
use crate::basis::place::Area;

/// A Word document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// Paragraphs and tables in document order. A nested table follows the table that contains it. Paragraphs of text
    /// boxes come before the paragraph they are anchored to. Paragraphs without visible content are left out.
    pub blocks: Vec<Block>,
    /// The paragraphs of the page headers, each header part once.
    pub headers: Vec<Paragraph>,
    /// Custom document properties.
    pub properties: BTreeMap<String, String>,
}

/// A paragraph or table of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A paragraph outside of all tables.
    Paragraph(Paragraph),
    /// A table.
    Table(Table),
}

/// A paragraph without its deleted and hidden text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Paragraph {
    /// The automatic number as Word shows it: `一、`, `（一）`, `1.1`; `•` for any bullet; empty when it has none.
    pub number: String,
    /// The text without that number; line breaks are `\n`, tabs `\t`.
    pub text: String,
    /// The list level, 0 to 8; none when it has no automatic number.
    pub list: Option<u8>,
    /// The outline level, 0 to 8 (heading 1 has 0); none for body text.
    pub outline: Option<u8>,
    /// The name of its style: `heading 1`, `toc 2`, `Title`; none for the default style.
    pub style: Option<Arc<str>>,
    /// Whether it is in a text box.
    pub boxed: bool,
}

/// A table. Rows and columns are 0-based; columns are those of the table grid (gridBefore, gridSpan).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The number of the table in the document, from 0: sheet 表1 is table 0.
    pub number: usize,
    /// For a nested table, the table and cell (row, column) that contain it.
    pub holder: Option<(usize, u32, u32)>,
    /// The number of rows, including empty ones.
    pub rows: u32,
    /// The number of columns of the widest row.
    pub columns: u32,
    /// The cells, row by row, each with the area it is merged over. Left out are cells that are empty and not merged, and
    /// empty cells covered by a merge.
    pub cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// The area it covers; a single cell when it is not merged.
    pub area: Area,
    /// The paragraphs, without those of nested tables.
    pub paragraphs: Vec<Paragraph>,
    /// Whether hidden text was left out.
    pub hidden: bool,
}

impl Paragraph {
    /// The automatic number and the text, as Word shows them.
    pub fn shown(&self) -> String {
        [self.number.as_str(), self.text.as_str()].concat()
    }
}

impl Cell {
    /// The text of the cell; see [`joined`].
    pub fn text(&self) -> String {
        joined(&self.paragraphs)
    }
}

/// The text of a cell: its paragraphs as lines without automatic numbers; the number where a cell contains nothing
/// else, unless it is a bullet.
pub(super) fn joined(paragraphs: &[Paragraph]) -> String {
    let mut text = String::new();
    for line in paragraphs.iter().map(|paragraph| paragraph.text.trim()).filter(|line| !line.is_empty()) {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(line);
    }
    let number = || paragraphs.iter().map(|paragraph| paragraph.number.as_str()).find(|number| *number != BULLET);
    if text.is_empty() { number().unwrap_or_default().to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_says_its_lines_else_its_number() {
        let paragraph =
            |number: &str, text: &str| Paragraph { number: number.into(), text: text.into(), ..Paragraph::default() };
        for (paragraphs, text) in [
            (vec![("", "甲"), ("", " "), ("1.", " 乙 ")], "甲\n乙"),
            (vec![("1.", ""), ("2.", "")], "1."),
            (vec![(BULLET, ""), ("2.", " ")], "2."),
            (vec![(BULLET, "")], ""),
            (vec![], ""),
        ] {
            let paragraphs: Vec<Paragraph> =
                paragraphs.into_iter().map(|(number, text)| paragraph(number, text)).collect();
            let cell = Cell { area: Area::cell(0, 0), paragraphs, hidden: false };
            assert_eq!(cell.text(), text);
        }
    }
}
