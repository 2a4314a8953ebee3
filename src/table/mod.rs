//! Grids → tables: where headings stand, which column is which field, which rows are data.
//!
//! Ledgers and the division itself are found in the same way; they differ in the [`Lexicon`] they bring.

pub mod locate;

pub use locate::{Column, Furniture, RowClass, Table, locate};

/// A heading's meaning: its position in the list of fields that a [`Lexicon`] stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct FieldId(pub u16);

/// Which headings mean which fields.
pub trait Lexicon {
    /// The field a heading means, after folding of width, line breaks, spaces and units in brackets;
    /// none when the heading is unknown.
    fn field(&self, heading: &str) -> Option<FieldId>;

    /// Whether a table with these fields (one for each bound column) is worth reading.
    fn is_table(&self, fields: &[FieldId]) -> bool;
}
