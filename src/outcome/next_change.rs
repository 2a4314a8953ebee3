//! The next moment at which the passing of time alone changes the result of a run: a state, a finding, a step of a notice.
//!
//! Every comparison with the moment of a run elsewhere must have its moment here. A superfluous moment costs a run that
//! changes nothing; a missing one leaves an outdated set of outputs.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::Outcome;
use crate::basis::calendar::window::end_of;
use crate::division::{Task, WaiverKind};
use crate::ledger::Entry;
use crate::obligation::State;
use crate::obligation::problems::remedy_due;

/// The first such moment after the run; none if time changes nothing any more.
pub fn next_change(outcome: &Outcome) -> Option<NaiveDateTime> {
    let (settings, window, as_of) = (&outcome.settings, outcome.window, outcome.as_of);
    let mut next: Option<NaiveDateTime> = None;
    let mut at = |moment: NaiveDateTime| {
        if moment > as_of && next.is_none_or(|known| moment < known) {
            next = Some(moment);
        }
    };
    let after = |moment: NaiveDateTime| moment.checked_add_signed(TimeDelta::seconds(1)).unwrap_or(moment);
    let soon = |moment: NaiveDateTime| {
        begin_of(moment.date().checked_sub_days(Days::new(u64::from(settings.due_soon))).unwrap_or(moment.date()))
    };
    // A report becomes due (state, D401, D402) or due soon (D409, reminders).
    for owed in outcome.obligations.all.iter().filter(|owed| owed.state == State::NotDue) {
        at(soon(owed.due));
        at(after(owed.due));
    }
    // A deadline passes (D408, D409), with extensions applied.
    let deadlines =
        outcome.division.tasks.iter().flat_map(Task::all_terms).filter_map(|terms| terms.deadline.moment(&window));
    let extended = outcome.division.waivers.iter().filter_map(|waiver| match waiver.grant {
        WaiverKind::Extension(until) => Some(until),
        WaiverKind::Exemption(_) => None,
    });
    for until in deadlines.chain(extended) {
        at(soon(until));
        at(after(until));
    }
    // During the window, indicators are measured up to each day that has passed.
    let today = as_of.date();
    if today <= window.end {
        at(end_of(today));
        at(begin_of(today.succ_opt().unwrap_or(today)));
    }
    // What a unit dates in the future is a contradiction until that day comes (R203, C104).
    let entries = || outcome.files.iter().flat_map(|file| file.entries().map(|(_, entry)| entry));
    entries().flat_map(Entry::days).for_each(|day| at(begin_of(day)));
    // A problem is overdue when the day to remedy it has passed (D414).
    let remedies = entries().filter_map(|entry| remedy_due(entry, &window));
    let remembered = outcome.obligations.problems.iter().filter_map(|problem| problem.due);
    remedies.chain(remembered).filter_map(|day| day.succ_opt()).for_each(|day| at(begin_of(day)));
    // What is there and had not come by the moment of the run comes (a run as of an earlier day).
    outcome.files.iter().for_each(|file| at(file.source.received));
    // What came after the due time counts for this window until the next one is due, and then belongs to that.
    let coming = settings.due.next(window.cycle, after(as_of)).max(window.next());
    at(settings.due.due(&coming));
    next
}

fn begin_of(day: NaiveDate) -> NaiveDateTime {
    day.and_time(NaiveTime::MIN)
}
