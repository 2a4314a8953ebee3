//! Something that a person could settle.

use crate::basis::UnitId;
use crate::ruling::{Field, Line, RulingKind, words};

/// Something that a person could settle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// What it is about.
    pub kind: RulingKind,
    /// Whose; none where nobody can tell.
    pub unit: Option<UnitId>,
    /// The file, as the run names it; empty where no file is concerned.
    pub file: String,
    /// Sheet and cell in the file.
    pub place: String,
    /// What it is about, as written.
    pub text: String,
    /// What it may mean, the likeliest first, each with its likeness in percent where there is one.
    pub candidates: Vec<(String, Option<u8>)>,
}

impl Doubt {
    /// Whether a line of the workbook is about this, whenever it arose.
    pub fn is_of(&self, line: &Line, unit: Option<UnitId>) -> bool {
        let theirs = unit == self.unit && (unit.is_some() || line.get(Field::File) == self.file);
        theirs
            && RulingKind::parse(line.get(Field::Kind)) == Some(self.kind)
            && words(self.kind, line.get(Field::Text)) == words(self.kind, &self.text)
    }
}
