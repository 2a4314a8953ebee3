//! For which periods a task is owed by its terms, whoever owes it.

use chrono::{Datelike, NaiveDate, NaiveTime};

use crate::basis::calendar::window::end_of;
use crate::basis::calendar::{Cycle, Deadline, Window};
use crate::division::Terms;

/// The period for which a report counts that was sent for a window, on a task that is owed at most once in it.
pub fn counts_for(terms: &Terms, window: Window) -> Window {
    match (terms.cycle, &terms.deadline) {
        (Some(Cycle::Once), Deadline::By(_) | Deadline::Phase(..)) => window,
        (Some(cycle), _) if cycle > window.cycle => {
            window.parts(cycle).pop().unwrap_or_else(|| Window::containing(cycle, window.end))
        }
        _ => window,
    }
}

/// Whether a task is owed for a period by its deadline. `part`: the period is one of several in the window; `finished`:
/// the task was reported done in an earlier window.
pub(super) fn is_owed(terms: &Terms, period: &Window, part: bool, finished: bool) -> bool {
    let begins = period.start.and_time(NaiveTime::MIN);
    // a recurring task does not end when it is done once, but with its deadline
    let recurs = terms.cycle.is_some_and(|cycle| cycle != Cycle::Once);
    let (first, last) = match &terms.deadline {
        Deadline::Each { cycle: Cycle::Month, except, .. } => {
            return period.cycle > Cycle::Month || !except.contains(&period.end.month());
        }
        Deadline::Standing | Deadline::Each { .. } => return true,
        Deadline::By(at) => (NaiveDate::MIN, *at),
        Deadline::Phase(first, last) => (*first, end_of(*last)),
    };
    period.end >= first && (recurs && begins <= last || !part && !finished)
}

#[cfg(test)]
mod tests {
    use crate::obligation::fixture::drawn;

    #[test]
    fn what_is_owed_by_its_deadline() {
        use crate::basis::calendar::{Cycle, Window};
        let period = |label: &str| Window::parse(label, Cycle::Month).expect("a window");
        for (cycle, deadline, label, part, finished, owed) in [
            ("", "8月20日前", "2014-08", false, false, true),
            ("", "8月20日前", "2014-08", false, true, false),
            ("", "8月20日前", "2014-08", true, false, false),
            ("", "6月底前", "2014-08", false, false, true),
            ("每半月", "8月16日前", "2014-08-H1", true, true, true),
            ("每半月", "8月16日前", "2014-08-H2", true, true, true),
            ("每半月", "8月15日前", "2014-08-H2", true, false, false),
            ("每半月", "8月15日前", "2014-08-H2", false, false, true),
            ("每半月", "8月15日前", "2014-08-H2", false, true, false),
            ("一次性", "8月20日前", "2014-08", false, false, true),
            ("一次性", "8月20日前", "2014-08", false, true, false),
            ("", "9-10月", "2014-08", false, false, false),
            ("", "8-9月", "2014-08", false, false, true),
            ("", "8-9月", "2014-08", false, true, false),
            ("每旬", "8月10日至8月20日", "2014-08-T1", true, true, true),
            ("每旬", "8月11日至8月20日", "2014-08-T1", true, false, false),
            ("每旬", "8月10日至8月20日", "2014-08-T2", true, false, true),
            ("每旬", "8月10日至8月20日", "2014-08-T3", true, false, false),
            ("每旬", "8月10日至8月21日", "2014-08-T3", true, false, true),
            ("", "", "2014-08", true, true, true),
            ("", "每月5日前（8月免报）", "2014-08", false, false, false),
            ("", "每月5日前（7月免报）", "2014-08", false, false, true),
            ("", "每月5日前（8月免报）", "2014-Q3", false, false, true),
        ] {
            let campaign = drawn(&format!("2014-08 as of 2014-09-06\n1 | 甲科 | {cycle} | {deadline}"));
            let task = &campaign.division.tasks[0].whole;
            let seen = super::is_owed(task, &period(label), part, finished);
            assert_eq!(seen, owed, "{cycle} {deadline} {label} {part} {finished}");
        }
    }
}
