//! What a run could not judge, because this machine did not read a file (W903).

use crate::basis::UnitId;
use crate::check::{d401_not_submitted, d414_problem_open};
use crate::obligation::{FileState, RunFile};
use crate::outcome::{Outcome, PastFault};

/// The files that were not read, with what they leave open.
pub(super) struct Unread<'a> {
    outcome: &'a Outcome,
    files: Vec<&'a RunFile>,
    /// Unit and task of what is unusable for that reason.
    owed: Vec<(&'a str, &'a str)>,
}

impl<'a> Unread<'a> {
    pub(super) fn of(outcome: &'a Outcome) -> Unread<'a> {
        let refused = outcome.files.iter().filter(|file| file.state == FileState::Refused);
        let files = refused.filter(|file| file.reading.is_out_of_reach()).collect();
        let owed = outcome.obligations.all.iter().filter(|owed| owed.out_of_reach);
        let (unit, task) = (|id| outcome.division.unit(id).name.as_str(), |id| outcome.division.task(id).code.as_str());
        let owed = owed.map(|owed| (unit(owed.unit), task(owed.task))).collect();
        Unread { outcome, files, owed }
    }

    /// Whether a fault of the run before that was not found again may still stand in what was not read. That something
    /// was submitted is known without reading it.
    pub(super) fn may_hold(&self, fault: &PastFault) -> bool {
        let name = |unit: UnitId| self.outcome.division.unit(unit).name.as_str();
        match &*fault.code {
            code if code == d401_not_submitted::KIND.code => false,
            code if code == d414_problem_open::KIND.code => {
                fault.unit.is_some() && self.files.iter().any(|file| file.unit.map(name) == fault.unit.as_deref())
            }
            code if code.starts_with('D') => self.owed.iter().any(|(unit, task)| fault.is_about(unit, task)),
            _ => self.files.iter().any(|file| {
                let inside = fault.place.strip_prefix(&*file.source.name);
                inside.is_some_and(|rest| rest.is_empty() || rest.starts_with('!'))
            }),
        }
    }
}
