//! What the history tells a run: one value, kept in the archive with the run, so that the run can be made again however
//! much the history grows later.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::{History, unusable};
use crate::basis::calendar::Window;
use crate::basis::finding::Finding;
use crate::basis::side_by_side;
use crate::basis::text::{code_key, name_key};
use crate::basis::{TaskId, UnitId};
use crate::campaign::intake::Incoming;
use crate::campaign::open::Opened;
use crate::campaign::stop::Stop;
use crate::division::Division;
use crate::ledger::Status;
use crate::obligation::{Coverage, PriorReport, PriorReports, Problem};
use crate::outcome::{Chain, Changes, Outcome, PastFault};

/// Everything that earlier runs left behind for this one. Names, not positions: the division may change.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Remembered {
    /// What earlier windows reported, from files that are no longer in the inbox.
    pub(super) reports: Vec<PastReport>,
    /// When reports of this window first came: task, unit, period, moment.
    pub(super) first: Vec<(String, String, String, NaiveDateTime)>,
    /// The problems that earlier windows left, in the order in which they were found.
    #[serde(default)]
    pub(super) problems: Vec<PastProblem>,
    /// What earlier windows came to, by label.
    pub(super) trend: Vec<(String, Coverage)>,
    /// The faults that stand without a break up to this run, by thread.
    pub(super) chains: BTreeMap<String, Chain>,
    /// The run that this one is held against.
    pub(super) before: Option<Before>,
}

/// A report of an earlier window.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct PastReport {
    /// The name that its file had; unknown in archives of earlier versions.
    #[serde(default)]
    pub(super) file: String,
    pub(super) task: String,
    pub(super) unit: String,
    pub(super) end: NaiveDate,
    pub(super) received: NaiveDateTime,
    pub(super) done: bool,
    pub(super) status: Option<Status>,
}

/// A problem that an earlier window left; see [`Problem`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct PastProblem {
    unit: String,
    task: Option<String>,
    text: String,
    opened: NaiveDate,
    since: Window,
    remedy: String,
    state: String,
    due_text: String,
    due: Option<NaiveDate>,
    evidence: String,
    closed: Option<NaiveDate>,
    back: Option<NaiveDate>,
    told: Window,
    source: String,
}

impl PastProblem {
    pub(super) fn of(one: &Problem, division: &Division) -> PastProblem {
        PastProblem {
            unit: division.unit(one.unit).name.clone(),
            task: one.task.map(|task| division.task(task).code.clone()),
            text: one.text.clone(),
            opened: one.opened,
            since: one.since,
            remedy: one.remedy.clone(),
            state: one.state.clone(),
            due_text: one.due_text.clone(),
            due: one.due,
            evidence: one.evidence.clone(),
            closed: one.closed,
            back: one.back,
            told: one.told,
            source: one.source.clone(),
        }
    }

    fn problem(&self, unit: UnitId, task: Option<TaskId>) -> Problem {
        let one = self.clone();
        Problem {
            unit,
            task,
            text: one.text,
            opened: one.opened,
            since: one.since,
            remedy: one.remedy,
            state: one.state,
            due_text: one.due_text,
            due: one.due,
            evidence: one.evidence,
            closed: one.closed,
            closed_in: None,
            back: one.back,
            told: one.told,
            record: None,
            source: one.source,
        }
    }
}

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

/// What a fault is followed by over windows: a duty by code, unit and task, all else by code and place (contract 8).
pub fn thread(outcome: &Outcome, finding: &Finding) -> String {
    let unit = finding.unit.map_or("", |unit| &outcome.division.unit(unit).name);
    let task = finding.task.map_or("", |task| &outcome.division.task(task).code);
    thread_of(finding.kind.code, unit, task, &outcome.name(finding.place).to_string())
}

/// As [`thread`], from names.
pub(super) fn thread_of(code: &str, unit: &str, task: &str, place: &str) -> String {
    if code.starts_with('D') { format!("{code}|{unit}|{task}") } else { format!("{code}|{place}") }
}

impl History {
    /// What the history tells a run: of this window before its day, of the windows before it, and of reports of this
    /// window that came before the files that are there now.
    ///
    /// # Errors
    /// [`Stop::Start`] when the history cannot be read.
    pub fn remembered(&self, opened: &Opened, incoming: &[Incoming]) -> Result<Remembered, Stop> {
        let read = || -> rusqlite::Result<Remembered> {
            let (window, as_of) = (opened.window, opened.as_of);
            Ok(Remembered {
                reports: self.past_reports(window, as_of, incoming)?,
                first: self.first_reports(window, as_of, incoming)?,
                problems: self.past_problems(window, as_of)?,
                trend: self.windows_before(window)?,
                chains: self.chains(window, as_of.date())?,
                before: self.before(window, as_of.date())?,
            })
        };
        read().map_err(|error| unusable(&error))
    }
}

impl Remembered {
    /// What the obligations ask of it. Tasks and units that the division no longer has are left out.
    pub fn prior(&self, division: &Division, window: Window) -> PriorReports {
        let tasks: BTreeMap<&str, TaskId> =
            division.tasks.iter().enumerate().map(|(at, task)| (&*task.code_key, TaskId(at as u32))).collect();
        let known = |task: &str, unit: &str| -> Option<(TaskId, UnitId)> {
            Some((*tasks.get(&*code_key(task))?, *division.roster.names.get(&name_key(unit))?))
        };
        let mut prior = PriorReports::default();
        for one in &self.reports {
            let Some(about) = known(&one.task, &one.unit) else { continue };
            let PastReport { end, received, done, status, .. } = *one;
            let file = one.file.clone();
            let report = PriorReport { window_end: end, received, day: end, done, status, record: None, file };
            prior.reports.entry(about).or_default().push(report);
        }
        for (task, unit, period, arrived) in &self.first {
            let Some((task, unit)) = known(task, unit) else { continue };
            let first = prior.first.entry((task, unit, period.clone())).or_insert(*arrived);
            *first = (*first).min(*arrived);
        }
        for one in &self.problems {
            let Some(&unit) = division.roster.names.get(&*name_key(&one.unit)) else { continue };
            let task = one.task.as_ref().and_then(|task| tasks.get(&*code_key(task)).copied());
            prior.problems.push(one.problem(unit, task));
        }
        let parsed = self.trend.iter().filter_map(|(label, c)| Some((Window::parse(label, window.cycle)?, *c)));
        prior.windows = parsed.collect();
        prior
    }

    /// Gives every finding the day since when it stands, and says what changed since the run before.
    pub fn date(&self, outcome: &mut Outcome) {
        let today = outcome.as_of.date();
        let known = side_by_side::map(&outcome.issues, |issue| {
            self.chains.get(&thread(outcome, &issue.finding)).copied().unwrap_or(Chain { since: today, windows: 0 })
        });
        for (issue, known) in outcome.issues.iter_mut().zip(known) {
            issue.stands = Some(known);
        }
        outcome.changes = self.before.as_ref().map(|before| before.changes(outcome));
    }
}

impl Before {
    /// What changed since then. Faults of a window are told apart by their ids; from window to window, in which ids
    /// differ, by what they are followed by, and so is within a window what a duty lacks: its report may come again in
    /// another file and lack the same.
    fn changes(&self, outcome: &Outcome) -> Changes {
        let same_window = self.window == outcome.window.label();
        let threads: BTreeSet<&str> = self.faults.values().map(|one| &*one.thread).collect();
        let (mut new, mut standing, mut back) = (Vec::new(), Vec::new(), Vec::new());
        let mut here = BTreeSet::new();
        let ids: BTreeSet<&str> = outcome.issues.iter().map(|issue| &*issue.id).collect();
        let mut elsewhere: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let of_duties = self.faults.iter().filter(|(id, one)| one.fault.code.starts_with('D') && !ids.contains(&***id));
        for (id, one) in of_duties {
            elsewhere.entry(&one.thread).or_default().push(id);
        }
        for (at, issue) in outcome.issues.iter().enumerate() {
            let thread = thread(outcome, &issue.finding);
            let known = if same_window {
                let mut moved = || elsewhere.get_mut(&*thread).and_then(Vec::pop);
                self.faults.contains_key(&issue.id) || moved().is_some_and(|id| here.insert(id.to_owned()))
            } else {
                threads.contains(&*thread)
            };
            // What the window before left open is not new because this window was not due yet at the run before.
            let left_open = || !threads.contains(&*thread) && issue.stands.is_some_and(|chain| chain.windows > 0);
            let list = if known {
                &mut standing
            } else if self.gone.contains(&issue.id) {
                &mut back
            } else if same_window && left_open() {
                &mut standing
            } else {
                &mut new
            };
            list.push(at);
            here.insert(if same_window { issue.id.clone() } else { thread });
        }
        // What a window that has only begun does not ask for yet is not mended by that.
        let waits = |fault: &PastFault| {
            !same_window
                && fault.code.starts_with('D')
                && outcome.obligations.all.iter().any(|owed| {
                    owed.state == crate::obligation::State::NotDue
                        && fault.unit.as_deref() == Some(&*outcome.division.unit(owed.unit).name)
                        && fault.task.as_deref().is_none_or(|task| task == outcome.division.task(owed.task).code)
                })
        };
        let mut told = BTreeSet::new();
        let gone = self.faults.iter().filter(|(id, one)| {
            let key = if same_window { (*id).clone() } else { one.thread.clone() };
            !here.contains(&key) && !waits(&one.fault) && told.insert(key)
        });
        let gone = gone.map(|(_, one)| one.fault.clone()).collect();
        Changes { window: self.window.clone(), day: self.day, new, standing, back, gone }
    }
}
