//! The rows of the register as written.

/// The heading stands within so many rows; a title may stand above it.
pub(super) const ABOVE: usize = 10;

/// A row: its 1-based line, and its cells without the space around them.
pub(super) struct Row {
    pub(super) line: u32,
    pub(super) cells: Vec<String>,
}

/// The rows in which something stands.
pub(super) fn filled(mut rows: Vec<Row>) -> Vec<Row> {
    rows.retain(|row| row.cells.iter().any(|text| !text.is_empty()));
    rows
}
