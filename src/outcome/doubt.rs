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

/// What one doubt is told from another by: its kind, the unit, without one the file, and the words.
pub type DoubtKey = (RulingKind, Option<UnitId>, String, (Vec<String>, String));

/// The key of a doubt; a unit's doubts are the same in all its files.
fn key(kind: RulingKind, unit: Option<UnitId>, file: &str, text: &str) -> DoubtKey {
    let file = if unit.is_some() { String::new() } else { file.to_owned() };
    (kind, unit, file, words(kind, text))
}

impl Doubt {
    /// What it is told from others by.
    pub fn key(&self) -> DoubtKey {
        key(self.kind, self.unit, &self.file, &self.text)
    }

    /// The key of the doubt that a line of the workbook is about, in any window; none of a line of no kind.
    pub fn key_of(line: &Line, unit: Option<UnitId>) -> Option<DoubtKey> {
        let kind = RulingKind::parse(line.get(Field::Kind))?;
        Some(key(kind, unit, line.get(Field::File), line.get(Field::Text)))
    }
}
