//! Collects a document, block by block, while it is walked over.

use super::document::{Block, Cell, Document, Paragraph, Table};
use super::receiver::{Content, Receiver};
use crate::basis::place::Area;
use crate::read::outcome::{Limit, Refusal};

/// The most paragraphs and cells read from one document; a longer one is refused.
const MAX_KEPT: usize = 500_000;

/// Collects the blocks of a document during the walk.
#[derive(Default)]
pub(super) struct Collector {
    /// The document so far.
    pub(super) document: Document,
    /// The position of each table among the blocks, by table number.
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
            return Err(Refusal::OverBudget(Limit::Paragraphs(MAX_KEPT as u64)));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_of_a_document_has_a_limit() {
        for (before, more, kept) in
            [(0, MAX_KEPT, true), (0, MAX_KEPT + 1, false), (MAX_KEPT - 1, 1, true), (MAX_KEPT, 1, false)]
        {
            let mut collector = Collector { kept: before, ..Collector::default() };
            assert_eq!(collector.keep(more).is_ok(), kept, "{before} {more}");
        }
    }
}
