//! A Word document as its reader sees it: paragraphs and tables in the order in which they stand.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::numbering::BULLET;
use super::scan::{Content, Receiver};
use crate::basis::place::Area;
use crate::read::outcome::Refusal;

/// Paragraphs and cells of one document that are kept; longer ones are no document that someone reads.
const MAX_KEPT: usize = 500_000;

/// A Word document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// Paragraphs and tables in document order. A table inside a cell follows the table that holds it. Paragraphs of
    /// text boxes stand before the paragraph they are anchored to. Paragraphs with nothing to see are left out.
    pub blocks: Vec<Block>,
    /// The paragraphs of its page headers, each part once.
    pub headers: Vec<Paragraph>,
    /// Custom document properties.
    pub properties: BTreeMap<String, String>,
}

/// What stands in a document one below the other.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A paragraph outside of all tables.
    Paragraph(Paragraph),
    /// A table.
    Table(Table),
}

/// A paragraph, the deleted and the hidden in it left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Paragraph {
    /// Its automatic number as Word shows it: `一、`, `（一）`, `1.1`; `•` for every bullet; empty when it has none.
    pub number: String,
    /// Its text without that number; line breaks inside are `\n`, tabs `\t`.
    pub text: String,
    /// The level of its list, 0 to 8; none when it has no automatic number.
    pub list: Option<u8>,
    /// Its outline level, 0 to 8 (a heading 1 has 0); none for body text.
    pub outline: Option<u8>,
    /// The name of its style as the document gives it: `heading 1`, `toc 2`, `Title`; none for the usual one.
    pub style: Option<Arc<str>>,
    /// Whether it stands in a text box.
    pub boxed: bool,
}

/// A table. Rows and columns are 0-based, columns those of its grid (gridBefore, gridSpan).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Its number among all tables of the document, from 0: sheet 表1 is the table 0.
    pub number: usize,
    /// The table and the cell (row, column) that hold it; none when it stands by itself.
    pub holder: Option<(usize, u32, u32)>,
    /// Its rows, empty ones included.
    pub rows: u32,
    /// The columns of its widest row.
    pub columns: u32,
    /// Its cells, row by row, each with the area it is merged over. Those that hold nothing and are not merged are left
    /// out, and so are merged-over ones without text.
    pub cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// The cells it covers; one that is not merged covers itself.
    pub area: Area,
    /// Its paragraphs; a table inside is not among them.
    pub paragraphs: Vec<Paragraph>,
    /// Whether some of its text is hidden, which is left out.
    pub hidden: bool,
}

impl Paragraph {
    /// Number and text as Word shows them.
    pub fn shown(&self) -> String {
        [self.number.as_str(), self.text.as_str()].concat()
    }
}

impl Cell {
    /// What the cell holds; see [`joined`].
    pub fn text(&self) -> String {
        joined(&self.paragraphs)
    }
}

/// The text of a cell: its paragraphs line by line without their automatic numbers, or the number where a cell holds
/// nothing else. A bullet alone is nothing.
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

/// Gathers a document.
#[derive(Default)]
pub(super) struct Collector {
    /// The document so far.
    pub(super) document: Document,
    /// Where the tables that are open or done stand among the blocks, by their number.
    tables: Vec<usize>,
    kept: usize,
}

impl Collector {
    fn table(&mut self, number: usize) -> Option<&mut Table> {
        match self.document.blocks.get_mut(*self.tables.get(number)?)? {
            Block::Table(table) => Some(table),
            Block::Paragraph(_) => None,
        }
    }

    fn keep(&mut self, more: usize) -> Result<(), Refusal> {
        self.kept += more;
        if self.kept > MAX_KEPT {
            return Err(Refusal::OverBudget(format!("more than {MAX_KEPT} paragraphs and cells")));
        }
        Ok(())
    }
}

impl Receiver for Collector {
    fn line(&mut self, paragraph: Paragraph) -> Result<(), Refusal> {
        self.keep(1)?;
        self.document.blocks.push(Block::Paragraph(paragraph));
        Ok(())
    }

    fn open(&mut self, number: usize, holder: Option<(usize, u32, u32)>) -> Result<(), Refusal> {
        self.keep(1)?;
        self.tables.push(self.document.blocks.len());
        self.document.blocks.push(Block::Table(Table { number, holder, ..Table::default() }));
        Ok(())
    }

    fn cell(&mut self, number: usize, row: u32, col: u32, content: Content) -> Result<(), Refusal> {
        self.keep(1 + content.paragraphs.len())?;
        if let Some(table) = self.table(number) {
            let Content { paragraphs, hidden, .. } = content;
            table.cells.push(Cell { area: Area::cell(row, col), paragraphs, hidden });
        }
        Ok(())
    }

    fn merge(&mut self, number: usize, area: Area) -> Result<(), Refusal> {
        if let Some(table) = self.table(number) {
            let key = |cell: &Cell| (cell.area.top, cell.area.left);
            if let Ok(at) = table.cells.binary_search_by_key(&(area.top, area.left), key) {
                table.cells[at].area = area;
            }
        }
        Ok(())
    }

    fn close(&mut self, number: usize, rows: u32, columns: u32) -> Result<(), Refusal> {
        if let Some(table) = self.table(number) {
            (table.rows, table.columns) = (rows, columns);
        }
        Ok(())
    }
}
