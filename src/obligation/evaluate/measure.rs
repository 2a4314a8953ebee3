//! What the records of a unit come to under one measure.

use std::collections::BTreeSet;

use super::super::model::RecordRef;
use super::super::run_file::{RunFile, entry};
use super::columns::Columns;
use super::events::Event;
use crate::basis::text::{fold, list};
use crate::division::indicator::{Measure, Test};
use crate::ledger::Value;
use crate::ledger::amount::{Amount, amount};

/// What a measure came to.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Amounted {
    /// A number over all records that count.
    Total(f64),
    /// A number of each record, or none where the cell holds none.
    Each(Vec<(RecordRef, Option<f64>)>),
    /// The sums of both sides of a ratio.
    Parts(f64, f64),
    /// No ledger has a column of this name.
    NoColumn(String),
}

/// Reads cells of records.
#[derive(Clone, Copy)]
pub(super) struct Measured<'a> {
    pub(super) files: &'a [RunFile],
    pub(super) columns: &'a Columns<'a>,
}

impl Measured<'_> {
    /// Measures the events of one span.
    pub(super) fn measure(&self, test: &Test, events: &[Event]) -> Amounted {
        let rate = test.unit.as_deref() == Some("%");
        match &test.measure {
            Measure::Count(names) => self.counted(names, events, || events.len() as f64),
            Measure::Days(names) => self.counted(names, events, || {
                events.iter().filter_map(|event| event.day).collect::<BTreeSet<_>>().len() as f64
            }),
            Measure::Sum(names) => self.sum(names, events).map_or_else(|| no_column(names), Amounted::Total),
            Measure::Ratio(over, under) => match (self.sum(over, events), self.sum(under, events)) {
                (Some(over), Some(under)) => Amounted::Parts(over, under),
                (None, _) => no_column(over),
                (_, None) => no_column(under),
            },
            Measure::Distinct(names) => {
                let mut found: BTreeSet<String> = BTreeSet::new();
                let mut any = events.is_empty();
                for event in events {
                    let column = self.columns.meant(event.at, names);
                    let Some((entry, column)) = entry(self.files, event.at).zip(column) else { continue };
                    any = true;
                    let written = entry.text_of(entry.record.cells[column]);
                    found.extend(
                        list(written).into_iter().map(fold).filter(|item| !matches!(item.as_str(), "无" | "-")),
                    );
                }
                if any { Amounted::Total(found.len() as f64) } else { no_column(names) }
            }
            Measure::Each(names) => {
                let mut each = Vec::with_capacity(events.len());
                let mut any = events.is_empty();
                for event in events {
                    let column = self.columns.meant(event.at, names);
                    any |= column.is_some();
                    each.push((event.at, column.and_then(|column| self.number(event.at, column, rate))));
                }
                if any { Amounted::Each(each) } else { no_column(names) }
            }
        }
    }

    /// The sum of the column of exactly the first name where a ledger has one, else what is counted otherwise.
    fn counted(&self, names: &[String], events: &[Event], otherwise: impl Fn() -> f64) -> Amounted {
        let own = |event: &Event| names.first().and_then(|name| self.columns.named(event.at, name));
        if !events.iter().any(|event| own(event).is_some()) {
            return Amounted::Total(otherwise());
        }
        // A ledger without the column beside one that has it counts by its rows.
        let value =
            |event: &Event| own(event).map_or(1.0, |column| self.number(event.at, column, false).unwrap_or(0.0));
        Amounted::Total(events.iter().map(value).sum())
    }

    fn sum(&self, names: &[String], events: &[Event]) -> Option<f64> {
        let mut sum = events.is_empty().then_some(0.0);
        for event in events {
            if let Some(column) = self.columns.meant(event.at, names) {
                *sum.get_or_insert(0.0) += self.number(event.at, column, false).unwrap_or(0.0);
            }
        }
        sum
    }

    /// The number in a cell; with `rate`, 99 and 99% are both 0.99.
    pub(super) fn number(&self, at: RecordRef, column: usize, rate: bool) -> Option<f64> {
        let entry = entry(self.files, at)?;
        let (cell, unit) = (entry.record.cells[column], entry.ledger.columns[column].unit.as_deref());
        let (number, is_rate) = match cell.value {
            Value::Number(number) | Value::NumberAsText(number) => (number, false),
            Value::Rate(number) => (number, true),
            Value::Text | Value::Unfit => match amount(entry.text_of(cell), unit)? {
                Amount::Rate(number) => (number, true),
                other => (other.number(), false),
            },
            _ => return None,
        };
        let hundredths = rate && !is_rate && (number > 1.0 || unit == Some("%"));
        Some(if hundredths { number / 100.0 } else { number })
    }
}

fn no_column(names: &[String]) -> Amounted {
    Amounted::NoColumn(names.first().cloned().unwrap_or_default())
}
