//! Bytes → grids: what kind of file it is, one adapter a format, and what could not be read.
//!
//! No adapter knows what a ledger is; no stage behind this one knows what a file format is.

pub mod grid;
pub mod outcome;

pub use grid::{Grid, Raw, Row, Sheet, Visibility, Workbook};
pub use outcome::{Format, Notice, Refusal};

/// Reads a workbook, whatever its format; the content decides, never the name.
///
/// # Errors
/// A [`Refusal`] when nothing of it can be read.
pub fn read(bytes: &[u8], name: &str) -> Result<Workbook, Refusal> {
    let _ = (bytes, name);
    Err(Refusal::Empty)
}
