//! Obligations whose report was received but could not be read by this machine, so that no unit is at fault.

use std::collections::BTreeSet;

use super::model::{Obligation, State};
use super::run_file::{FileState, RunFile};
use crate::basis::UnitId;

/// Marks those that are unusable for that reason only (W903, not D412).
pub(super) fn mark(files: &[RunFile], obligations: &mut [Obligation]) {
    let unread = unread(files);
    for one in obligations {
        one.out_of_reach = one.state == State::Unusable && one.records.is_empty() && unread.contains(&one.unit);
    }
}

/// The units whose refused files could all not be read by this machine.
fn unread(files: &[RunFile]) -> BTreeSet<UnitId> {
    let (mut unread, mut at_fault) = (BTreeSet::new(), BTreeSet::new());
    for file in files.iter().filter(|file| file.state == FileState::Refused) {
        let whose = if file.reading.is_out_of_reach() { &mut unread } else { &mut at_fault };
        whose.extend(file.unit);
    }
    unread.difference(&at_fault).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::obligation::RecordRef;
    use crate::obligation::fixture::drawn;
    use crate::read::{Refusal, Trouble};

    #[test]
    fn only_what_is_unusable_without_a_row_of_such_a_unit_is_out_of_reach() {
        let mut campaign = drawn(
            "2014-08 as of 2014-09-06
             1 | 甲科、乙科
             --- 甲科 2014-09-03T10:00 a.xlsx locked
             --- 乙科 2014-09-03T10:00 b.xlsx locked",
        );
        campaign.files[0].1.refusal = Some(Refusal::NotAccessible(Trouble::Busy));
        let (files, settled) = campaign.settle();
        assert_eq!(settled.all.iter().map(|one| one.out_of_reach).collect::<Vec<_>>(), [true, false]);
        let marked = |state: State, records: &[RecordRef]| {
            let mut one = [Obligation { state, records: records.to_vec(), ..settled.all[0].clone() }];
            mark(&files, &mut one);
            one[0].out_of_reach
        };
        let row = RecordRef { file: 0, ledger: 0, record: 0 };
        assert!(marked(State::Unusable, &[]));
        assert!(!marked(State::Missing, &[]));
        assert!(!marked(State::Unusable, &[row]), "a row that cannot be used is the unit's");
    }
}
