//! Finds the column of a ledger that an indicator refers to.

use super::super::run_file::{RecordRef, RunFile};
use super::by_row::ByRow;
use crate::basis::text::heading_key;
use crate::division::indicator::is_average;
use crate::division::{Context, FieldSet, Task, fields};
use crate::ledger::Entry;
use crate::table::{FieldId, Lexicon};

/// The folded headings of every ledger.
pub(super) struct Columns<'a> {
    fields: &'a FieldSet,
    of_file: Vec<Vec<Headings>>,
    /// Whether the rows of any ledger name their indicators.
    pub(super) any_by_row: bool,
}

/// The headings of one ledger.
struct Headings {
    /// Each with its field.
    all: Vec<(String, Option<FieldId>)>,
    /// The columns by which its rows name their indicator.
    by_row: Option<ByRow>,
}

/// Endings of names that refer to a built-in field if no column has the name itself.
const ENDINGS: &[(&str, FieldId)] = &[
    ("人数", fields::PEOPLE),
    ("时长", fields::HOURS),
    ("次数", fields::TIMES),
    ("形式", fields::FORM),
    ("地点", fields::LOCATION),
    ("数", fields::AMOUNT),
    ("数量", fields::AMOUNT),
    ("量", fields::AMOUNT),
];

impl<'a> Columns<'a> {
    pub(super) fn new(cx: &Context<'a>, files: &[RunFile]) -> Columns<'a> {
        let asked = cx.division.tasks.iter().flat_map(Task::all_terms).any(|terms| !terms.indicators.is_empty());
        let of_file = files.iter().filter(|_| asked).map(|file| {
            let headings = |ledger: &crate::ledger::Ledger| {
                let columns = ledger.columns.iter();
                let all: Vec<_> = columns.map(|column| (heading_key(&column.heading), column.field)).collect();
                Headings { by_row: ByRow::of(&all), all }
            };
            file.reading.ledgers.iter().map(headings).collect()
        });
        let of_file: Vec<Vec<Headings>> = of_file.collect();
        let any_by_row = of_file.iter().flatten().any(|ledger| ledger.by_row.is_some());
        Columns { fields: &cx.division.fields, of_file, any_by_row }
    }

    fn ledger(&self, at: RecordRef) -> Option<&Headings> {
        self.of_file.get(at.file as usize)?.get(at.ledger as usize)
    }

    fn headings(&self, at: RecordRef) -> &[(String, Option<FieldId>)] {
        self.ledger(at).map_or(&[], |ledger| &ledger.all)
    }

    /// Whether the rows of the ledger of a record name their indicators.
    pub(super) fn are_named_by_row(&self, at: RecordRef) -> bool {
        self.ledger(at).is_some_and(|ledger| ledger.by_row.is_some())
    }

    /// The column of what was reached, if a record names the indicator with one of these names.
    pub(super) fn by_row(&self, at: RecordRef, entry: Entry<'_>, names: &[String]) -> Option<usize> {
        let by_row = self.ledger(at)?.by_row?;
        by_row.is_about(entry, names, self.fields).then_some(by_row.reached)
    }

    /// The column with exactly this name in the ledger of a record.
    pub(super) fn named(&self, at: RecordRef, name: &str) -> Option<usize> {
        let (key, headings) = (heading_key(name), self.headings(at));
        let by_heading =
            headings.iter().position(|(heading, _)| *heading == key || heading.rsplit('/').next() == Some(&*key));
        by_heading.or_else(|| {
            let named = |field: &FieldId| heading_key(&self.fields.spec(*field).name) == key;
            headings.iter().position(|(_, field)| field.as_ref().is_some_and(named))
        })
    }

    /// The column one of these names refers to: by heading, by synonym, or by the ending of the name.
    pub(super) fn meant(&self, at: RecordRef, names: &[String]) -> Option<usize> {
        let bound = |field: FieldId| self.headings(at).iter().position(|(_, of)| *of == Some(field));
        names
            .iter()
            .find_map(|name| self.named(at, name))
            .or_else(|| names.iter().find_map(|name| bound(self.fields.field(name)?)))
            .or_else(|| {
                // People are never counted by a number of something else: the first ending decides.
                let ending = |name: &String| {
                    ENDINGS.iter().find(|(ending, _)| name.ends_with(ending)).and_then(|(_, field)| bound(*field))
                };
                // Nor is an average what it is the average of.
                names.iter().filter(|name| !is_average(name)).find_map(ending)
            })
    }
}
