//! What changed from one run to another: one way of telling faults apart, for runs that are being made and for recorded ones.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::outcome::PastFault;

/// The last run of an earlier day of this window, else the last of the window before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Before {
    /// Its window.
    pub(super) window: String,
    /// Its day.
    pub(super) day: NaiveDate,
    /// What stood in it, by id.
    pub(super) faults: BTreeMap<String, Followed>,
    /// Faults of this window that stood earlier still, and did not stand in it.
    pub(super) gone: BTreeSet<String>,
}

/// A fault and what it is followed by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Followed {
    pub(super) thread: String,
    pub(super) fault: PastFault,
}

/// A fault of the later run.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    pub(super) id: String,
    /// What it is followed by over windows.
    pub(super) thread: String,
    /// Over how many windows before it stood already.
    pub(super) windows: u32,
}

/// What changed: the later run's faults by position, and the faults of the earlier run that are gone, with their ids.
#[derive(Debug, Default)]
pub(super) struct Apart<'a> {
    pub(super) new: Vec<usize>,
    pub(super) standing: Vec<usize>,
    pub(super) back: Vec<usize>,
    pub(super) gone: Vec<(&'a str, &'a PastFault)>,
}

impl Before {
    /// What changed since then up to a run of `window` in which these faults stand. `waits` says of a fault whether it is
    /// about a duty that is not due in that window yet.
    ///
    /// Faults of a window are told apart by their ids; from window to window, in which ids differ, by what they are
    /// followed by, and so is within a window what a duty lacks: its report may come again in another file and lack the
    /// same.
    pub(super) fn apart(&self, window: &str, now: &[Fault], waits: impl Fn(&PastFault) -> bool) -> Apart<'_> {
        let same_window = self.window == window;
        let threads: BTreeSet<&str> = self.faults.values().map(|one| &*one.thread).collect();
        let ids: BTreeMap<&str, &str> = now.iter().map(|fault| (&*fault.id, &*fault.thread)).collect();
        let mut elsewhere: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let of_duty = |one: &Followed| one.fault.code.starts_with('D');
        // Where tasks were numbered anew, the same id is another task's.
        let stays = |one: &Followed, thread: &str| !of_duty(one) || one.thread == thread;
        let moved = |id: &str, one: &Followed| of_duty(one) && !ids.get(id).is_some_and(|thread| stays(one, thread));
        for (id, one) in self.faults.iter().filter(|(id, one)| moved(id, one)) {
            elsewhere.entry(&one.thread).or_default().push(id);
        }
        let mut apart = Apart::default();
        let mut here: BTreeSet<&str> = BTreeSet::new();
        for (at, Fault { id, thread, windows }) in now.iter().enumerate() {
            let known = if same_window {
                let in_place =
                    || self.faults.get_key_value(id).filter(|(_, one)| stays(one, thread)).map(|(id, _)| &**id);
                let mut moved = || elsewhere.get_mut(&**thread).and_then(Vec::pop);
                in_place().or_else(&mut moved).is_some_and(|id| {
                    here.insert(id);
                    true
                })
            } else {
                here.insert(thread);
                threads.contains(&**thread)
            };
            // What the window before left open is not new because this window was not due yet at the run before.
            let left_open = || same_window && !threads.contains(&**thread) && *windows > 0;
            let list = if known {
                &mut apart.standing
            } else if self.gone.contains(id) {
                &mut apart.back
            } else if left_open() {
                &mut apart.standing
            } else {
                &mut apart.new
            };
            list.push(at);
        }
        // What a window that has only begun does not ask for yet is not mended by that.
        let waits = |one: &Followed| !same_window && of_duty(one) && waits(&one.fault);
        let mut told = BTreeSet::new();
        let gone = self.faults.iter().filter(|(id, one)| {
            let key = if same_window { id.as_str() } else { one.thread.as_str() };
            !here.contains(key) && !waits(one) && told.insert(key)
        });
        apart.gone = gone.map(|(id, one)| (id.as_str(), &one.fault)).collect();
        apart
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A run of August, and what it says of a run with these faults (`id thread`): new, standing, back, gone.
    fn told(window: &str, now: &str) -> String {
        let followed = |line: &str| {
            let (id, thread) = line.split_once(' ').expect("id and thread");
            let fault = PastFault {
                code: thread.split('|').next().unwrap_or_default().to_owned(),
                unit: None,
                task: None,
                place: String::new(),
                message: String::new(),
                english: None,
                since: NaiveDate::default(),
            };
            (id.to_owned(), Followed { thread: thread.to_owned(), fault })
        };
        let before = Before {
            window: "2014-08".to_owned(),
            day: NaiveDate::default(),
            faults: ["a C102|甲!B2", "b D404|甲科|1-1", "c D402|甲科|1-2"].map(followed).into(),
            gone: ["z".to_owned()].into(),
        };
        let fault = |line: &str| {
            let (id, thread) = line.split_once(' ').expect("id and thread");
            Fault { id: id.to_owned(), thread: thread.to_owned(), windows: 0 }
        };
        let now: Vec<Fault> = now.lines().map(|line| fault(line.trim())).collect();
        let apart = before.apart(window, &now, |fault| fault.code == "D402");
        let ids = |list: &[usize]| list.iter().map(|at| &*now[*at].id).collect::<String>();
        let gone: String = apart.gone.iter().map(|(id, _)| *id).collect();
        format!("{}|{}|{}|{gone}", ids(&apart.new), ids(&apart.standing), ids(&apart.back))
    }

    #[test]
    fn within_a_window_faults_keep_their_ids_and_duties_their_threads() {
        assert_eq!(told("2014-08", "a C102|甲!B2\nc D402|甲科|1-2"), "|ac||b");
        assert_eq!(told("2014-08", "x D404|甲科|1-1\ny C102|甲!B2\nz C101|甲!B3"), "y|x|z|ac");
        assert_eq!(told("2014-08", "x D404|甲科|1-1\ny D404|甲科|1-1"), "y|x||ac", "one of two is new");
    }

    #[test]
    fn an_id_that_is_another_tasks_now_is_another_fault() {
        assert_eq!(told("2014-08", "b D404|甲科|1-3\nx D404|甲科|1-1"), "b|x||ac");
        assert_eq!(told("2014-08", "b D404|甲科|1-3"), "b|||abc");
    }

    #[test]
    fn from_window_to_window_threads_tell_and_what_is_not_due_is_not_gone() {
        assert_eq!(told("2014-09", "m D404|甲科|1-1"), "|m||a");
        assert_eq!(told("2014-09", "m C102|甲!B2\nn C102|乙!B2"), "n|m||b");
    }
}
