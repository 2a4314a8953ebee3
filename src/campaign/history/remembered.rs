//! What the history tells a run: one value, kept in the archive with the run, so that the run can be made again however
//! much the history grows later.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::names::{Names, duty};
use super::told_apart::{Before, Fault};
use super::unread::Unread;
use super::{History, unusable};
use crate::basis::calendar::Window;
use crate::basis::finding::Finding;
use crate::basis::side_by_side;
use crate::basis::text::{code_key, name_key};
use crate::basis::{TaskId, UnitId};
use crate::campaign::intake::Incoming;
use crate::campaign::opened::Opened;
use crate::campaign::stop::Stop;
use crate::division::Division;
use crate::ledger::Status;
use crate::obligation::{Coverage, NumberedOtherwise, PriorReport, PriorReports, Problem, State};
use crate::outcome::{Chain, Changes, Issue, Outcome, PastFault, Unjudged};

/// Everything that earlier runs left behind for this one. Names, not positions, and those of the division of this run: it
/// may have changed.
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
    /// The items that stand open from earlier windows, by the end of their threads.
    #[serde(default)]
    pub(super) open_items: BTreeMap<String, Chain>,
    /// The run that this one is held against.
    pub(super) before: Option<Before>,
    /// The windows before it whose codes of tasks meant others when they were run last.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) numbered: BTreeMap<String, NumberedOtherwise>,
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

    /// With the names of a unit and a task that they have now.
    pub(super) fn today(mut self, numbering: i64, names: &Names<'_>) -> PastProblem {
        self.unit = names.unit(&self.unit).to_owned();
        self.task = self.task.and_then(|task| names.task(numbering, &task).map(str::to_owned));
        self
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

/// What a fault is followed by over windows: a duty by code, unit and task, all else by code and place (contract 8).
pub fn thread(outcome: &Outcome, finding: &Finding) -> String {
    let unit = finding.unit.map_or("", |unit| &outcome.division.unit(unit).name);
    let task = finding.task.map_or("", |task| &outcome.division.task(task).code);
    thread_of(finding.kind.code, unit, task, &outcome.name(finding.place).to_string())
}

/// As [`thread`], of a finding of an earlier run.
pub(super) fn thread_of_past(fault: &PastFault) -> String {
    let [unit, task] = [&fault.unit, &fault.task].map(|name| name.as_deref().unwrap_or_default());
    thread_of(&fault.code, unit, task, &fault.place)
}

/// As [`thread`], from names.
pub(super) fn thread_of(code: &str, unit: &str, task: &str, place: &str) -> String {
    if code.starts_with('D') { format!("{code}{}", duty(unit, task)) } else { format!("{code}|{place}") }
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
            let names = Names::of(&self.db, &opened.division)?;
            Ok(Remembered {
                reports: self.past_reports(window, as_of, incoming, &names)?,
                first: self.first_reports(window, as_of, incoming, &names)?,
                problems: self.past_problems(window, as_of, &names)?,
                trend: self.windows_before(window)?,
                chains: self.chains(window, as_of.date(), &names)?,
                open_items: self.open_items(window, as_of.date(), &names)?,
                before: self.before(window, as_of.date(), &names)?,
                numbered: self.numbered_otherwise(window, as_of, &names)?,
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
        let numbered = self.numbered.iter();
        prior.numbered =
            numbered.filter_map(|(label, n)| Some((Window::parse(label, window.cycle)?, n.clone()))).collect();
        prior
    }

    /// Gives every finding and every open item the day since when it stands, and says what changed since the run before.
    pub fn date(&self, outcome: &mut Outcome) {
        let today = outcome.as_of.date();
        let known = side_by_side::map(&outcome.issues, |issue| {
            self.chains.get(&thread(outcome, &issue.finding)).copied().unwrap_or(Chain { since: today, windows: 0 })
        });
        for (issue, known) in outcome.issues.iter_mut().zip(known) {
            issue.stands = Some(known);
        }
        let (division, owed) = (&outcome.division, &outcome.obligations.all);
        let open = owed.iter().filter_map(|one| {
            let end = duty(&division.unit(one.unit).name, &division.task(one.task).code);
            Some(((one.task, one.unit), *self.open_items.get(&end)?))
        });
        outcome.open_items = open.collect();
        outcome.changes = self.before.as_ref().map(|before| self.changes(before, outcome));
    }

    /// What changed up to a run.
    fn changes(&self, before: &Before, outcome: &Outcome) -> Changes {
        let fault = |issue: &Issue| Fault {
            id: issue.id.clone(),
            thread: thread(outcome, &issue.finding),
            windows: issue.stands.map_or(0, |chain| chain.windows),
        };
        let waits = |fault: &PastFault| {
            outcome.obligations.all.iter().any(|owed| {
                owed.state == State::NotDue
                    && fault.is_about(&outcome.division.unit(owed.unit).name, &outcome.division.task(owed.task).code)
            })
        };
        let now: Vec<Fault> = outcome.issues.iter().map(fault).collect();
        let apart = before.apart(&outcome.window.label(), &now, waits);
        let unread = Unread::of(outcome);
        let (unjudged, gone): (Vec<_>, Vec<_>) = apart.gone.into_iter().partition(|(_, fault)| unread.may_hold(fault));
        let unjudged = unjudged.into_iter().map(|(id, fault)| {
            let chain = self.chains.get(&thread_of_past(fault)).copied();
            let stands = chain.unwrap_or(Chain { since: fault.since, windows: 0 });
            Unjudged { id: id.to_owned(), fault: fault.clone(), stands }
        });
        Changes {
            window: before.window.clone(),
            day: before.day,
            new: apart.new,
            standing: apart.standing,
            back: apart.back,
            gone: gone.into_iter().map(|(_, fault)| fault.clone()).collect(),
            unjudged: unjudged.collect(),
        }
    }
}
