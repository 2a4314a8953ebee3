//! Grids → tables: where headings stand, which column is which field, which rows are data.
//!
//! Ledgers and the division itself are found in the same way; they differ in the [`Lexicon`] they bring.

pub mod locate;
pub mod shown;

#[cfg(test)]
pub(crate) mod fixture;
mod heading;
#[cfg(test)]
mod layouts;
mod merges;
mod rows;
mod words;

pub use locate::{Column, Furniture, RowClass, Table, lines, locate, survey};
pub use merges::Spans;
pub use shown::shown;
pub(crate) use words::{is_known_label, is_label};

/// A heading's meaning: its position in the list of fields that a [`Lexicon`] stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct FieldId(pub u16);

/// Which headings mean which fields. Headings come folded by [`crate::basis::text::heading_key`]: width, line breaks
/// and spaces folded, letters small, units and hints in brackets gone.
pub trait Lexicon {
    /// The field a folded heading means; none when the heading is unknown.
    fn field(&self, heading: &str) -> Option<FieldId>;

    /// Whether a table with these fields (one for each bound column) is worth reading.
    fn is_table(&self, fields: &[FieldId]) -> bool;

    /// How loosely a folded heading means this field: 0 for its own name, more for a synonym. Of two columns that mean
    /// one field the lower wins.
    fn rank(&self, field: FieldId, heading: &str) -> u8 {
        let _ = (field, heading);
        0
    }

    /// Whether the field only counts rows (序号), so that a row with nothing else is blank.
    fn is_serial(&self, field: FieldId) -> bool {
        let _ = field;
        false
    }

    /// Settles headings whose meaning depends on their neighbours (完成时间 beside 完成时限). `headings` are the folded
    /// headings from left to right; `fields` what each means by itself, to be changed in place.
    fn settle(&self, headings: &[&str], fields: &mut [Option<FieldId>]) {
        let _ = (headings, fields);
    }
}
