//! How far units are with a task.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::basis::UnitId;
use crate::division::fields;
use crate::ledger::{Status, Value};
use crate::obligation::RecordRef;
use crate::outcome::Outcome;

/// What a unit says of how far it is with a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stands<'a> {
    /// It is in this state.
    Is(Status),
    /// It wrote what is no known state.
    Wrote(&'a str),
    /// It reported, and not how far it is.
    Unsaid,
}

/// How far each unit is with a task, in the order in which they reported it: what its latest records say, of several the
/// least settled.
pub(super) fn standing<'o>(outcome: &'o Outcome, records: &[RecordRef]) -> Vec<(UnitId, Stands<'o>)> {
    let mut units: Vec<(UnitId, Vec<Statement<'o>>)> = Vec::new();
    let mut known: BTreeMap<UnitId, usize> = BTreeMap::new();
    for at in records {
        let entry = outcome.entry(*at);
        let Some(unit) = entry.record.unit else { continue };
        let at = *known.entry(unit).or_insert(units.len());
        if at == units.len() {
            units.push((unit, Vec::new()));
        }
        let stands = match entry.value(fields::STATUS) {
            Value::Status(status) => Stands::Is(status),
            Value::Unfit | Value::Fault => Stands::Wrote(entry.text(fields::STATUS)),
            _ => continue,
        };
        units[at].1.push((entry.days().max(), stands));
    }
    units.into_iter().map(|(unit, said)| (unit, latest(&said))).collect()
}

/// What a record says of a task, and the last day it names.
type Statement<'a> = (Option<NaiveDate>, Stands<'a>);

/// What some statements come to: the latest, of several of one day or without a day the least settled. Who has begun and not
/// begun is in progress.
fn latest<'a>(said: &[Statement<'a>]) -> Stands<'a> {
    let settled = |stands: &Stands<'_>| match stands {
        Stands::Is(Status::Disputed) => 0,
        Stands::Is(Status::NotStarted) => 1,
        Stands::Is(Status::InProgress) => 2,
        Stands::Wrote(_) => 3,
        Stands::Is(Status::Continuous) => 4,
        Stands::Is(Status::Done) => 5,
        Stands::Is(Status::Nil) => 6,
        Stands::Is(Status::Exempt) => 7,
        Stands::Unsaid => 8,
    };
    // what has no day may be the latest
    let latest_day = said.iter().filter_map(|(day, _)| *day).max();
    let current = said.iter().filter(|(day, _)| day.is_none() || *day == latest_day).map(|(_, stands)| *stands);
    let least = current.min_by_key(settled).unwrap_or(Stands::Unsaid);
    let begun =
        |stands: &Stands<'_>| matches!(stands, Stands::Is(Status::InProgress | Status::Done | Status::Continuous));
    match least {
        Stands::Is(Status::NotStarted) if said.iter().any(|(_, stands)| begun(stands)) => {
            Stands::Is(Status::InProgress)
        }
        _ => least,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_stands_where_its_latest_records_say() {
        use Stands::{Is, Unsaid, Wrote};
        use Status::{Continuous, Disputed, Done, Exempt, InProgress, Nil, NotStarted};
        let day = |day| NaiveDate::from_ymd_opt(2025, 7, day);
        let unknown = Wrote("差不多了");
        for (said, comes_to) in [
            (vec![(day(1), Is(InProgress)), (day(9), Is(Done))], Is(Done)),
            (vec![(day(9), Is(InProgress)), (day(1), Is(Done))], Is(InProgress)),
            (vec![(day(9), Is(InProgress)), (day(9), Is(Done))], Is(InProgress)),
            (vec![(None, Is(InProgress)), (day(9), Is(Done))], Is(InProgress)),
            (vec![(day(9), Is(NotStarted)), (day(1), Is(Done))], Is(InProgress)),
            (vec![(day(1), Is(NotStarted))], Is(NotStarted)),
            (vec![(None, Is(Nil)), (None, Is(Continuous))], Is(Continuous)),
            (vec![(None, Is(Exempt)), (None, Is(Nil))], Is(Nil)),
            (vec![(None, Is(Disputed)), (None, Is(Done))], Is(Disputed)),
            (vec![(None, unknown), (None, Is(Done))], unknown),
            (vec![(None, unknown), (None, Is(Continuous))], unknown),
            (vec![(None, unknown), (None, Is(InProgress))], Is(InProgress)),
            (vec![(day(1), unknown), (day(9), Is(Done))], Is(Done)),
            (vec![], Unsaid),
        ] {
            assert_eq!(latest(&said), comes_to, "{said:?}");
        }
    }
}
