//! How far units are with a task.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::basis::UnitId;
use crate::ledger::Status;
use crate::obligation::RecordRef;
use crate::outcome::Outcome;

/// How far each unit is with a task, in the order in which they reported it: what its latest records say, of several the
/// least settled.
pub(super) fn standing(outcome: &Outcome, records: &[RecordRef]) -> Vec<(UnitId, Status)> {
    let mut units: Vec<(UnitId, Vec<Statement>)> = Vec::new();
    let mut known: BTreeMap<UnitId, usize> = BTreeMap::new();
    for at in records {
        let entry = outcome.entry(*at);
        let (Some(status), Some(unit)) = (entry.status(), entry.record.unit) else { continue };
        let at = *known.entry(unit).or_insert(units.len());
        if at == units.len() {
            units.push((unit, Vec::new()));
        }
        units[at].1.push((entry.days().max(), status));
    }
    units.into_iter().filter_map(|(unit, said)| Some((unit, latest(&said)?))).collect()
}

/// What a record says of a task, and the last day it names.
type Statement = (Option<NaiveDate>, Status);

/// What some statements come to: the latest, of several of one day or without a day the least settled. Who has begun and not
/// begun is in progress.
fn latest(said: &[Statement]) -> Option<Status> {
    let settled = |status: &Status| match status {
        Status::Disputed => 0,
        Status::NotStarted => 1,
        Status::InProgress => 2,
        Status::Continuous => 3,
        Status::Done => 4,
        Status::Nil => 5,
        Status::Exempt => 6,
    };
    // what has no day may be the latest
    let latest_day = said.iter().filter_map(|(day, _)| *day).max();
    let current = said.iter().filter(|(day, _)| day.is_none() || *day == latest_day).map(|(_, status)| *status);
    let least = current.min_by_key(settled)?;
    let begun = said.iter().any(|(_, status)| matches!(status, Status::InProgress | Status::Done | Status::Continuous));
    Some(if least == Status::NotStarted && begun { Status::InProgress } else { least })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_stands_where_its_latest_records_say() {
        use Status::{Continuous, Disputed, Done, InProgress, Nil, NotStarted};
        let day = |day| NaiveDate::from_ymd_opt(2025, 7, day);
        for (said, comes_to) in [
            (vec![(day(1), InProgress), (day(9), Done)], Some(Done)),
            (vec![(day(9), InProgress), (day(1), Done)], Some(InProgress)),
            (vec![(day(9), InProgress), (day(9), Done)], Some(InProgress)),
            (vec![(None, InProgress), (day(9), Done)], Some(InProgress)),
            (vec![(day(9), NotStarted), (day(1), Done)], Some(InProgress)),
            (vec![(day(1), NotStarted)], Some(NotStarted)),
            (vec![(None, Nil), (None, Continuous)], Some(Continuous)),
            (vec![(None, Disputed), (None, Done)], Some(Disputed)),
            (vec![], None),
        ] {
            assert_eq!(latest(&said), comes_to, "{said:?}");
        }
    }
}
