//! Measures the records of a unit.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::super::run_file::{RecordRef, RunFile, entry};
use super::columns::Columns;
use super::events::Event;
use super::number::{Asked, number};
use crate::basis::calendar::Occasion;
use crate::basis::text::{fold, list};
use crate::division::indicator::{Measure, Test};
use crate::ledger::{Entry, Value};
use crate::table::{Column, Crossed};

/// The result of a measure.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Amounted {
    /// A total over all records that count.
    Total(Total),
    /// The number of each record; none where its cell has none.
    Each(Vec<(RecordRef, Option<f64>)>),
    /// The sums of both sides of a ratio.
    Parts {
        /// The sum of the first field.
        over: f64,
        /// The sum of the second field.
        under: f64,
        /// Whether every cell could be read.
        sure: bool,
    },
    /// No ledger has a column of this name.
    NoColumn(String),
}

/// A number over records.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Total {
    pub(super) number: f64,
    /// Whether every cell could be read; unreadable cells add nothing.
    pub(super) sure: bool,
}

/// Reads cells of records.
#[derive(Clone, Copy)]
pub(super) struct Measured<'a> {
    pub(super) files: &'a [RunFile],
    pub(super) columns: &'a Columns<'a>,
    /// All events of the unit and task: what columns its ledgers have does not depend on a span.
    pub(super) all: &'a [Event],
}

impl Measured<'_> {
    /// Measures the events of one span.
    pub(super) fn measure(&self, test: &Test, events: &[Event]) -> Amounted {
        let asked = Asked::by(test);
        match &test.measure {
            Measure::Count(names) => self.counted(names, events, asked, || each(events) as f64),
            Measure::Days(names) => self.counted(names, events, asked, || days(events).len() as f64),
            Measure::Sum(names) => self.sum(names, events, asked).map_or_else(|| no_column(names), Amounted::Total),
            Measure::Ratio(over, under) => match self.sums(over, under, events) {
                [Some(a), Some(b)] => Amounted::Parts { over: a.number, under: b.number, sure: a.sure && b.sure },
                [None, _] => no_column(over),
                [_, None] => no_column(under),
            },
            Measure::Distinct(names) => {
                let mut found: BTreeSet<String> = BTreeSet::new();
                let mut any = events.is_empty() && self.may_have(names);
                for event in events {
                    let column = self.columns.meant(event.at, names);
                    let Some((entry, column)) = entry(self.files, event.at).zip(column) else { continue };
                    any = true;
                    let written = entry.text_of(entry.record.cells[column]);
                    found.extend(
                        list(written).into_iter().map(fold).filter(|item| !matches!(item.as_str(), "无" | "-")),
                    );
                }
                if any { Amounted::sure(found.len() as f64) } else { no_column(names) }
            }
            Measure::Each(names) => {
                let mut each = Vec::with_capacity(events.len());
                let events: Vec<&Event> = events.iter().filter(|event| event.last && !event.goes_on).collect();
                let mut any = events.is_empty() && self.may_have(names);
                let is_named = self.is_named(names);
                for event in events {
                    let column = self.column(event.at, names, is_named);
                    if column.is_none() && is_named && self.columns.are_named_by_row(event.at) {
                        continue;
                    }
                    any |= column.is_some();
                    if column.is_some_and(|column| self.is_unreadable(event.at, column)) {
                        continue;
                    }
                    each.push((event.at, column.and_then(|column| self.number(event.at, column, asked))));
                }
                if any { Amounted::Each(each) } else { no_column(names) }
            }
        }
    }

    /// The sum of the column with exactly the first name, if a ledger has one, or of one with another of the names that holds
    /// numbers (办结时间≤5天), else `otherwise`.
    fn counted(&self, names: &[String], events: &[Event], asked: Asked<'_>, otherwise: impl Fn() -> f64) -> Amounted {
        if self.is_named(names) {
            return Amounted::Total(self.counted_by_row(names, events, asked));
        }
        let found = names.iter().enumerate().find(|(at, name)| {
            let holds = |event: &Event, column| *at == 0 || self.number(event.at, column, asked).is_some();
            events.iter().any(|event| self.columns.named(event.at, name).is_some_and(|column| holds(event, column)))
        });
        let Some((_, name)) = found else { return Amounted::sure(otherwise()) };
        let own = |event: &Event| self.columns.named(event.at, name);
        let mut total = Total { number: 0.0, sure: true };
        for event in events {
            match own(event).filter(|&column| !self.is_elsewhere(event.at, column)) {
                Some(column) if event.last => self.add(&mut total, event.at, column, asked),
                Some(_) => {}
                None if event.goes_on => {}
                // a ledger without the column counts by rows, a cross-tab by cells that say something else
                None => total.number += 1.0,
            }
        }
        Amounted::Total(total)
    }

    /// The sum of the rows that name the indicator, in ledgers whose rows name theirs, and the number of the other rows.
    fn counted_by_row(&self, names: &[String], events: &[Event], asked: Asked<'_>) -> Total {
        let mut total = Total { number: 0.0, sure: true };
        for event in events {
            match self.column(event.at, names, true) {
                Some(column) if event.last => self.add(&mut total, event.at, column, asked),
                None if !self.columns.are_named_by_row(event.at) => total.number += 1.0,
                _ => {}
            }
        }
        total
    }

    /// Whether a row names the indicator with these names as that of its number.
    fn is_named(&self, names: &[String]) -> bool {
        self.columns.any_by_row && self.all.iter().any(|event| self.by_row(event.at, names).is_some())
    }

    fn by_row(&self, at: RecordRef, names: &[String]) -> Option<usize> {
        self.columns.by_row(at, entry(self.files, at)?, names)
    }

    /// The column of a record with its number for an indicator; `is_named` tells whether rows name it.
    fn column(&self, at: RecordRef, names: &[String], is_named: bool) -> Option<usize> {
        if is_named && self.columns.are_named_by_row(at) {
            return self.by_row(at, names);
        }
        self.columns.meant(at, names)
    }

    /// Whether a column of these names may be assumed: some ledger has it, or there is no ledger at all.
    fn may_have(&self, names: &[String]) -> bool {
        let is_named = self.is_named(names);
        self.all.is_empty() || self.all.iter().any(|event| self.column(event.at, names, is_named).is_some())
    }

    fn sum(&self, names: &[String], events: &[Event], asked: Asked<'_>) -> Option<Total> {
        let events: Vec<&Event> = events.iter().filter(|event| event.last).collect();
        let is_named = self.is_named(names);
        let mut sum = (events.is_empty() && self.may_have(names)).then_some(Total { number: 0.0, sure: true });
        for event in events {
            if let Some(column) = self.column(event.at, names, is_named) {
                self.add(sum.get_or_insert(Total { number: 0.0, sure: true }), event.at, column, asked);
            }
        }
        sum
    }

    /// The sums of both sides of a ratio, in the unit of the first where its column gives one.
    fn sums(&self, over: &[String], under: &[String], events: &[Event]) -> [Option<Total>; 2] {
        let unit = events.iter().find_map(|event| {
            let column = self.column(event.at, over, self.is_named(over))?;
            entry(self.files, event.at)?.ledger.columns[column].unit.as_deref()
        });
        let asked = unit.map_or(Asked::Plain, Asked::Unit);
        [over, under].map(|names| self.sum(names, events, asked))
    }

    fn add(&self, total: &mut Total, at: RecordRef, column: usize, asked: Asked<'_>) {
        total.number += self.number(at, column, asked).unwrap_or(0.0);
        total.sure &= !self.is_unreadable(at, column);
    }

    /// Whether a record of a cross-tab leaves a column open that only cells of others have: 2场 beside 查15家.
    fn is_elsewhere(&self, at: RecordRef, column: usize) -> bool {
        entry(self.files, at).is_some_and(|Entry { ledger, record, .. }| {
            let Column { field, crossed, .. } = ledger.columns[column];
            crossed == Some(Crossed::Cell)
                && matches!(record.cells[column].value, Value::Blank)
                && !ledger.axes.iter().any(|axis| axis.field == field)
        })
    }

    /// Whether the content of a cell does not fit its field; it has a finding of its own.
    fn is_unreadable(&self, at: RecordRef, column: usize) -> bool {
        let value = entry(self.files, at).map(|entry| entry.record.cells[column].value);
        matches!(value, Some(Value::Unfit | Value::Fault | Value::Uncalculated | Value::DigitsLost))
    }

    fn number(&self, at: RecordRef, column: usize, asked: Asked<'_>) -> Option<f64> {
        number(entry(self.files, at)?, column, asked)
    }
}

impl Amounted {
    fn sure(number: f64) -> Amounted {
        Amounted::Total(Total { number, sure: true })
    }
}

/// The number of events, without what only goes on with the record above it.
fn each(events: &[Event]) -> usize {
    events.iter().filter(|event| !event.goes_on).count()
}

/// The distinct days of events; of an inexact occasion the last day.
fn days(events: &[Event]) -> BTreeSet<NaiveDate> {
    /// The most days of an occasion; in a longer one a year is mistyped.
    const LONGEST: usize = 366;
    let of = |occasion: Occasion| {
        let first = if occasion.exact { occasion.first } else { occasion.last };
        first.iter_days().take_while(move |day| *day <= occasion.last).take(LONGEST)
    };
    events.iter().filter_map(|event| event.occasion).flat_map(of).collect()
}

fn no_column(names: &[String]) -> Amounted {
    Amounted::NoColumn(names.first().cloned().unwrap_or_default())
}
