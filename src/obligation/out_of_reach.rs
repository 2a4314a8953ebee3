//! Obligations whose report was received but could not be read by this machine, so that no unit is at fault.

use std::collections::BTreeSet;

use super::model::{Obligation, State};
use super::run_file::{FileState, RunFile};
use crate::basis::UnitId;
use crate::read::Refusal;

/// The units whose refused files could all not be read by this machine.
#[derive(Clone, Debug, Default)]
pub struct OutOfReach(BTreeSet<UnitId>);

impl OutOfReach {
    /// Finds them among the files of a run.
    pub fn of(files: &[RunFile]) -> OutOfReach {
        let (mut unread, mut at_fault) = (BTreeSet::new(), BTreeSet::new());
        for file in files.iter().filter(|file| file.state == FileState::Refused) {
            let whose = match &file.reading.refusal {
                Some(Refusal::NotAccessible(_)) => &mut unread,
                _ => &mut at_fault,
            };
            whose.extend(file.unit);
        }
        OutOfReach(unread.difference(&at_fault).copied().collect())
    }

    /// Whether an obligation is unusable for that reason only (W903, not D412).
    pub fn explains(&self, obligation: &Obligation) -> bool {
        obligation.state == State::Unusable && obligation.records.is_empty() && self.0.contains(&obligation.unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::obligation::RecordRef;
    use crate::obligation::fixture::drawn;

    #[test]
    fn only_what_is_unusable_without_a_row_of_such_a_unit_is_explained() {
        let (_, settled) = drawn("2014-08 as of 2014-09-06\n1 | 甲科、乙科").settle();
        let out_of_reach = OutOfReach([settled.all[0].unit].into());
        let explains = |at: usize, state: State, records: &[RecordRef]| {
            let obligation = Obligation { state, records: records.to_vec(), ..settled.all[at].clone() };
            out_of_reach.explains(&obligation)
        };
        let row = RecordRef { file: 0, ledger: 0, record: 0 };
        assert!(explains(0, State::Unusable, &[]));
        assert!(!explains(0, State::Missing, &[]));
        assert!(!explains(0, State::Unusable, &[row]), "a row that cannot be used is the unit's");
        assert!(!explains(1, State::Unusable, &[]), "of another unit");
    }
}
