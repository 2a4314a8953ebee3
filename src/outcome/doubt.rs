//! A doubt that a person could settle.

use crate::basis::UnitId;
use crate::ruling::{Field, Line, RulingKind, words};

/// A doubt that a person could settle; a line of the sheet 待认定.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// The kind of ruling that would settle it.
    pub kind: RulingKind,
    /// The unit concerned; none if unknown.
    pub unit: Option<UnitId>,
    /// The path of the file; empty if no file is concerned.
    pub file: String,
    /// The sheet and cell.
    pub place: String,
    /// The text in question, as written.
    pub text: String,
    /// The possible meanings, the likeliest first, each with its likeness in percent if there is one.
    pub candidates: Vec<(String, Option<u8>)>,
}

impl Doubt {
    /// Whether a line of the workbook is about this doubt, in any window.
    pub fn is_of(&self, line: &Line, unit: Option<UnitId>) -> bool {
        let theirs = unit == self.unit && (unit.is_some() || line.get(Field::File) == self.file);
        theirs
            && RulingKind::parse(line.get(Field::Kind)) == Some(self.kind)
            && words(self.kind, line.get(Field::Text)) == words(self.kind, &self.text)
    }
}
