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
use crate::ledger::Value;

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
                for event in events {
                    let column = self.columns.meant(event.at, names);
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
        let found = names.iter().enumerate().find(|(at, name)| {
            let holds = |event: &Event, column| *at == 0 || self.number(event.at, column, asked).is_some();
            events.iter().any(|event| self.columns.named(event.at, name).is_some_and(|column| holds(event, column)))
        });
        let Some((_, name)) = found else { return Amounted::sure(otherwise()) };
        let own = |event: &Event| self.columns.named(event.at, name);
        let mut total = Total { number: 0.0, sure: true };
        for event in events {
            match own(event) {
                Some(column) if event.last => self.add(&mut total, event.at, column, asked),
                Some(_) => {}
                None if event.goes_on => {}
                // a ledger without the column counts by rows
                None => total.number += 1.0,
            }
        }
        Amounted::Total(total)
    }

    /// Whether a column of these names may be assumed: some ledger has it, or there is no ledger at all.
    fn may_have(&self, names: &[String]) -> bool {
        self.all.is_empty() || self.all.iter().any(|event| self.columns.meant(event.at, names).is_some())
    }

    fn sum(&self, names: &[String], events: &[Event], asked: Asked<'_>) -> Option<Total> {
        let events: Vec<&Event> = events.iter().filter(|event| event.last).collect();
        let mut sum = (events.is_empty() && self.may_have(names)).then_some(Total { number: 0.0, sure: true });
        for event in events {
            if let Some(column) = self.columns.meant(event.at, names) {
                self.add(sum.get_or_insert(Total { number: 0.0, sure: true }), event.at, column, asked);
            }
        }
        sum
    }

    /// The sums of both sides of a ratio, in the unit of the first where its column gives one.
    fn sums(&self, over: &[String], under: &[String], events: &[Event]) -> [Option<Total>; 2] {
        let unit = events.iter().find_map(|event| {
            let column = self.columns.meant(event.at, over)?;
            entry(self.files, event.at)?.ledger.columns[column].unit.as_deref()
        });
        let asked = unit.map_or(Asked::Plain, Asked::Unit);
        [over, under].map(|names| self.sum(names, events, asked))
    }

    fn add(&self, total: &mut Total, at: RecordRef, column: usize, asked: Asked<'_>) {
        total.number += self.number(at, column, asked).unwrap_or(0.0);
        total.sure &= !self.is_unreadable(at, column);
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
