//! What the records of a run need columns for.

use std::collections::{BTreeMap, BTreeSet};

use crate::basis::UnitId;
use crate::basis::text::heading_key;
use crate::ledger::Ledger;
use crate::obligation::RecordRef;
use crate::outcome::Outcome;
use crate::outcome::merge::Line;
use crate::render::line_words::written_otherwise;
use crate::render::side_by_side::each;
use crate::table::FieldId;

/// So many records are looked through at once.
const PART: usize = 8_192;

/// An unknown heading: in which order it first appeared, as displayed, and who uses it.
pub(super) struct OwnHeading {
    pub(super) first: usize,
    pub(super) shown: String,
    pub(super) units: BTreeSet<Option<UnitId>>,
}

/// What records need columns for.
#[derive(Default)]
pub(super) struct Seen {
    /// The fields that are filled in.
    pub(super) used: BTreeSet<FieldId>,
    /// The other headings under which something stands.
    pub(super) headings: BTreeMap<String, OwnHeading>,
    /// The columns without a field of each ledger, with their folded headings.
    pub(super) unmapped: BTreeMap<(u32, u32), Vec<(usize, String)>>,
    /// Whether something is printed otherwise than it was written, and which fields of merged records are.
    pub(super) differs: bool,
    pub(super) otherwise: BTreeSet<FieldId>,
}

impl Seen {
    /// In all records of a run.
    pub(super) fn of(outcome: &Outcome) -> Seen {
        let merged = outcome.consolidated.lines.iter().filter_map(Line::record).map(|at| (at, true));
        let unmatched = outcome.consolidated.unmatched.iter().map(|at| (*at, false));
        let records: Vec<(RecordRef, bool)> = merged.chain(unmatched).collect();
        let parts: Vec<&[(RecordRef, bool)]> = records.chunks(PART).collect();
        let mut seen = each(&parts, |part| Ok(Seen::in_records(outcome, part))).unwrap_or_default().into_iter();
        let mut first = seen.next().unwrap_or_default();
        seen.for_each(|next| first.add(next));
        first
    }

    /// In these records, of which it is known whether they are merged.
    fn in_records(outcome: &Outcome, records: &[(RecordRef, bool)]) -> Seen {
        let Seen { mut used, mut headings, mut unmapped, mut differs, mut otherwise } = Seen::default();
        for &(at, merged) in records {
            let entry = outcome.entry(at);
            let (ledger, record) = (entry.ledger, entry.record);
            let rest = unmapped.entry((at.file, at.ledger)).or_insert_with(|| unmapped_columns(ledger));
            for (col, key) in rest.iter() {
                if !record.cells[*col].text.is_empty() {
                    let first = headings.len();
                    let own = headings.entry(key.clone()).or_insert_with(|| OwnHeading {
                        first,
                        shown: shown_heading(&ledger.columns[*col].heading),
                        units: BTreeSet::new(),
                    });
                    own.units.insert(record.unit);
                }
            }
            let filled = entry.cells().filter(|(_, cell)| !cell.text.is_empty());
            used.extend(filled.filter_map(|(column, _)| column.field));
            for (field, _) in written_otherwise(outcome, entry) {
                differs = true;
                if merged {
                    otherwise.insert(field);
                }
            }
        }
        Seen { used, headings, unmapped, differs, otherwise }
    }

    /// Adds what stands in the records that follow.
    fn add(&mut self, next: Seen) {
        self.used.extend(next.used);
        let mut headings: Vec<(String, OwnHeading)> = next.headings.into_iter().collect();
        headings.sort_by_key(|(_, heading)| heading.first);
        for (key, heading) in headings {
            let first = self.headings.len();
            let own =
                self.headings.entry(key).or_insert_with(|| OwnHeading { first, units: BTreeSet::new(), ..heading });
            own.units.extend(heading.units);
        }
        self.unmapped.extend(next.unmapped);
        self.differs |= next.differs;
        self.otherwise.extend(next.otherwise);
    }
}

/// The columns of a ledger without a field and their folded headings: unknown headings, and repeated fields.
fn unmapped_columns(ledger: &Ledger) -> Vec<(usize, String)> {
    let is_held = |at: usize, field: Option<FieldId>| field.is_some_and(|field| ledger.column(field) == Some(at));
    let columns = ledger.columns.iter().enumerate().filter(|(at, column)| !is_held(*at, column.field));
    columns.map(|(at, column)| (at, heading_key(&column.heading))).collect()
}

/// A heading on one line.
pub(super) fn shown_heading(heading: &str) -> String {
    let line: String = heading.split_whitespace().collect();
    if line.is_empty() { "（无标题栏）".to_owned() } else { line }
}
