//! The rows of long lists beyond those that stand in the page: the script draws them as they are asked for, so that every
//! unit, missing item and finding can be reached and the page still opens quickly.

use std::hash::BuildHasher as _;

use hashbrown::{DefaultHashBuilder, HashTable};
use serde::Serialize;

use super::rows::{GapRow, IssueRow, UnitRow};

/// The rows, with each text once.
#[derive(Debug, Default, Serialize)]
pub(super) struct Rest {
    texts: Vec<String>,
    gaps: Vec<Drawn>,
    units: Vec<Drawn>,
    issues: Vec<Drawn>,
    #[serde(skip)]
    known: HashTable<u32>,
    #[serde(skip)]
    hasher: DefaultHashBuilder,
}

/// A row by the positions of its texts: what it is filtered by (unit, task, leaders, kind, severity), its cells, without
/// a number that counts, and the classes of cells, each after its column.
type Drawn = (Vec<u32>, Vec<u32>, Vec<u32>);

impl Rest {
    fn at(&mut self, text: &str) -> u32 {
        let Rest { texts, known, hasher, .. } = self;
        let hashed = hasher.hash_one(text);
        if let Some(at) = known.find(hashed, |at| texts[*at as usize] == text) {
            return *at;
        }
        let at = texts.len() as u32;
        texts.push(text.to_owned());
        known.insert_unique(hashed, at, |at| hasher.hash_one(&texts[*at as usize]));
        at
    }

    fn all(&mut self, texts: &[&str]) -> Vec<u32> {
        texts.iter().map(|text| self.at(text)).collect()
    }

    pub(super) fn gap(&mut self, row: &GapRow<'_>) {
        let by = self.all(&[row.unit, row.code, &row.leaders, row.finding, row.severity]);
        let cells = self.all(&[
            row.unit, row.code, row.task, &row.leaders, &row.kind, row.finding, row.message, &row.due, row.advice,
        ]);
        let tone = self.at(row.tone);
        self.gaps.push((by, cells, vec![5, tone]));
    }

    pub(super) fn issue(&mut self, row: &IssueRow<'_>, answered: &str) {
        let by = self.all(&[row.unit, row.code, &row.leaders, row.finding, row.severity]);
        let answer = if row.answer.is_empty() { String::new() } else { format!("{answered} {}", row.answer) };
        let cells = self.all(&[
            row.severity_word,
            row.finding,
            row.unit,
            row.code,
            &row.file,
            row.sheet,
            &row.cell,
            &row.message,
            row.seen,
            row.expected,
            &row.advice,
            &(answer + &row.ruled),
        ]);
        let tone = self.at(row.tone);
        self.issues.push((by, cells, vec![1, tone]));
    }

    pub(super) fn unit(&mut self, row: &UnitRow<'_>) {
        let by = self.all(&[row.name]);
        let mut cells = self.all(&[&row.rank, row.name]);
        let mut classes = Vec::new();
        for (col, cell) in (2..).zip(&row.counts) {
            cells.push(self.at(&cell.text));
            classes.extend([col, self.at(&format!("num {}", cell.tone))]);
        }
        self.units.push((by, cells, classes));
    }

    /// The rows as JSON that may stand in a script; none where there are no rows.
    pub(super) fn json(&self) -> Option<String> {
        let none = self.gaps.is_empty() && self.units.is_empty() && self.issues.is_empty();
        // the page ends a script at the first `</script`, wherever it stands
        let json = || serde_json::to_string(self).unwrap_or_default().replace('<', "\\u003c");
        (!none).then(json)
    }
}
