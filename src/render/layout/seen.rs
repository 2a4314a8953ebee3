//! What the records of a run need columns for.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use hashbrown::HashMap;

use crate::basis::UnitId;
use crate::basis::side_by_side::each;
use crate::basis::text::heading_key;
use crate::ledger::Ledger;
use crate::obligation::RecordRef;
use crate::outcome::Outcome;
use crate::outcome::merge::Line;
use crate::render::line_words::{as_written, written_otherwise};
use crate::table::FieldId;

/// So many records are looked through at once.
const PART: usize = 8_192;

/// An unknown heading: at which record and in which column it first appeared, as displayed there, and who uses it.
pub(super) struct OwnHeading {
    pub(super) first: (usize, usize),
    pub(super) shown: String,
    pub(super) units: BTreeSet<Option<UnitId>>,
}

/// A record, its position in the ledger, and whether it is merged.
type Positioned = (RecordRef, usize, bool);

/// What records need columns for.
#[derive(Default)]
pub(super) struct Seen {
    /// The fields that are filled in.
    pub(super) used: BTreeSet<FieldId>,
    /// The other headings under which something stands.
    pub(super) headings: BTreeMap<String, OwnHeading>,
    /// The columns without a field of each ledger, with their folded headings.
    pub(super) unmapped: BTreeMap<(u32, u32), Vec<(usize, String)>>,
    /// What is printed otherwise than it was written, and which fields of merged records are.
    pub(super) written: HashMap<RecordRef, Box<str>>,
    pub(super) otherwise: BTreeSet<FieldId>,
}

impl Seen {
    /// In all records of a run.
    pub(super) fn of(outcome: &Outcome) -> Seen {
        let merged = outcome.consolidated.lines.iter().filter_map(Line::record).map(|at| (at, true));
        let unmatched = outcome.consolidated.unmatched.iter().map(|at| (*at, false));
        let numbered = merged.chain(unmatched).enumerate();
        let mut records: Vec<Positioned> = numbered.map(|(number, (at, merged))| (at, number, merged)).collect();
        // File by file: what stands together in memory is looked through together.
        records.sort_unstable();
        let parts: Vec<&[Positioned]> = records.chunks(PART).collect();
        let mut seen = each(&parts, |part| Ok(Seen::in_records(outcome, part))).unwrap_or_default().into_iter();
        let mut first = seen.next().unwrap_or_default();
        seen.for_each(|next| first.add(next));
        first
    }

    /// In these records.
    fn in_records(outcome: &Outcome, records: &[Positioned]) -> Seen {
        let Seen { mut used, mut headings, mut unmapped, mut written, mut otherwise } = Seen::default();
        for &(at, number, merged) in records {
            let entry = outcome.entry(at);
            let (ledger, record) = (entry.ledger, entry.record);
            let rest = unmapped.entry((at.file, at.ledger)).or_insert_with(|| unmapped_columns(ledger));
            for (col, key) in rest.iter() {
                if !record.cells[*col].text.is_empty() {
                    let first = (number, *col);
                    let shown = || shown_heading(&ledger.columns[*col].heading);
                    let new = || OwnHeading { first, shown: shown(), units: BTreeSet::new() };
                    let own = headings.entry(key.clone()).or_insert_with(new);
                    own.units.insert(record.unit);
                    if first < own.first {
                        (own.first, own.shown) = (first, shown());
                    }
                }
            }
            let filled = ledger.fields().zip(&record.cells).filter(|(_, cell)| !{ cell.text }.is_empty());
            used.extend(filled.filter_map(|(field, _)| field));
            let differing: Vec<(FieldId, &str)> = written_otherwise(outcome, entry).collect();
            if !differing.is_empty() {
                written.insert(at, as_written(outcome, &differing).into());
                otherwise.extend(differing.iter().map(|(field, _)| *field).filter(|_| merged));
            }
        }
        Seen { used, headings, unmapped, written, otherwise }
    }

    /// Adds what stands in further records.
    fn add(&mut self, next: Seen) {
        self.used.extend(next.used);
        for (key, heading) in next.headings {
            match self.headings.entry(key) {
                Entry::Vacant(entry) => drop(entry.insert(heading)),
                Entry::Occupied(mut entry) => {
                    let own = entry.get_mut();
                    own.units.extend(heading.units);
                    if heading.first < own.first {
                        (own.first, own.shown) = (heading.first, heading.shown);
                    }
                }
            }
        }
        self.unmapped.extend(next.unmapped);
        self.written.extend(next.written);
        self.otherwise.extend(next.otherwise);
    }
}

/// The columns of a ledger without a field and their folded headings: unknown headings, and repeated fields.
fn unmapped_columns(ledger: &Ledger) -> Vec<(usize, String)> {
    let is_held = |at: usize, field: Option<FieldId>| field.is_some_and(|field| ledger.is_read(at, field));
    let columns = ledger.columns.iter().enumerate().filter(|(at, column)| !is_held(*at, column.field));
    columns.map(|(at, column)| (at, heading_key(&column.heading))).collect()
}

/// A heading on one line.
pub(super) fn shown_heading(heading: &str) -> String {
    let line: String = heading.split_whitespace().collect();
    if line.is_empty() { "（无标题栏）".to_owned() } else { line }
}
