//! What receives the parts of a Word document while it is walked over.

use super::document::Paragraph;
use crate::basis::place::Area;
use crate::read::outcome::Refusal;

/// Receives what a walk finds, in document order. A refusal ends the walk.
pub(super) trait Receiver {
    /// A paragraph outside of all tables, or in a text box.
    fn line(&mut self, paragraph: Paragraph) -> Result<(), Refusal>;
    /// A table begins; numbers are consecutive. `holder` is the table, row and column of the cell that contains it.
    fn open(&mut self, number: usize, holder: Option<(usize, u32, u32)>) -> Result<(), Refusal>;
    /// A cell that has content or is merged.
    fn cell(&mut self, number: usize, row: u32, col: u32, content: Content) -> Result<(), Refusal>;
    /// A merged region of a table.
    fn merge(&mut self, number: usize, area: Area) -> Result<(), Refusal>;
    /// A row is hidden.
    fn hide(&mut self, number: usize, row: u32) {
        let _ = (number, row);
    }
    /// A table ends, with its number of rows and columns.
    fn close(&mut self, number: usize, rows: u32, columns: u32) -> Result<(), Refusal>;
}

/// The content of a cell.
#[derive(Debug, Default)]
pub(super) struct Content {
    /// Its paragraphs.
    pub(super) paragraphs: Vec<Paragraph>,
    /// Whether some of its text is hidden.
    pub(super) hidden: bool,
    /// The relations of its pictures.
    pub(super) pictures: Vec<String>,
}
