//! The missing items (缺项清单), one for each row of the list.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;

use super::labels;
use super::{Issue, Outcome};
use crate::basis::calendar::Window;
use crate::basis::calendar::format::{in_brackets, moment_words};
use crate::basis::calendar::window::end_of;
use crate::basis::finding::Finding;
use crate::basis::place;
use crate::basis::scope::GapKind;
use crate::basis::{Lang, TaskId, UnitId};
use crate::check::{
    d401_not_submitted, d402_task_not_reported, d412_received_unusable, s18_blank_form, w903_not_accessible,
};
use crate::ledger::Entry;
use crate::obligation::{Obligation, State};

/// A missing item: an obligation without a usable report, or a finding D403–D412 on one that was reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The unit that owes it.
    pub unit: Option<UnitId>,
    /// The task; none where the finding names no single one.
    pub task: Option<TaskId>,
    /// The period, if it is not the window.
    pub period: Option<Window>,
    /// What is missing.
    pub kind: GapKind,
    /// The code of the finding behind it: D401 for each item of a unit that submitted nothing.
    pub code: &'static str,
    /// The title of the kind of finding.
    pub title: String,
    /// What is missing.
    pub message: String,
    /// When it is due.
    pub due: Due,
    /// What to do; of a finding that the unit explained, its explanation.
    pub advice: String,
    /// Whether the unit explained the finding behind it (已说明), so that nothing more is asked of it.
    pub is_explained: bool,
    /// The issue behind it, by position in [`Outcome::issues`].
    pub issue: Option<usize>,
    /// Whether it is an obligation without a usable report; else it is a finding.
    pub is_item: bool,
    /// Whether a row of the unit's own leaves it open, in a file that was read, and no file that could not be used.
    pub is_of_row: bool,
}

/// When a gap is due.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Due {
    /// When its report is due.
    At(NaiveDateTime),
    /// The deadline of its task, in the words of the division, and the end of its day.
    Deadline(String, NaiveDateTime),
}

impl Due {
    /// The deadline of a task for a unit, if there is one: that of the division unless it was extended.
    pub fn deadline(outcome: &Outcome, task: TaskId, unit: UnitId) -> Option<Due> {
        let until = end_of(outcome.context().deadline(task, unit)?.date());
        let terms = outcome.division.task(task).terms(unit);
        let moved = terms.deadline.moment(&outcome.window).is_some_and(|at| end_of(at.date()) != until);
        let words = Some(&terms.deadline_text).filter(|words| !moved && !words.is_empty());
        Some(words.map_or(Due::At(until), |words| Due::Deadline(words.clone(), until)))
    }

    /// When it is due.
    pub fn moment(&self) -> NaiveDateTime {
        match self {
            Due::At(at) | Due::Deadline(_, at) => *at,
        }
    }

    /// As a table of a workbook shows it: 2014-09-05 17:00.
    pub fn in_table(&self) -> String {
        match self {
            Due::At(at) => moment(*at),
            Due::Deadline(words, _) => words.clone(),
        }
    }

    /// As a letter writes it: 2014年9月5日17时.
    pub fn in_words(&self, lang: Lang) -> String {
        match self {
            Due::At(at) => moment_words(*at, lang),
            Due::Deadline(words, _) => words.clone(),
        }
    }
}

/// What a finding is about: code, unit, task, period.
type About<'a> = (&'a str, Option<UnitId>, Option<TaskId>, Option<&'a str>);

impl Gap {
    /// What is missing and in which period: 缺报（8月下半月）.
    pub fn kind_words(&self, lang: Lang) -> String {
        match &self.period {
            Some(period) => format!("{}{}", self.title, in_brackets(&period.words(lang), lang)),
            None => self.title.clone(),
        }
    }

    /// All missing items, sorted by unit, task, period and code.
    pub fn all(outcome: &Outcome) -> Vec<Gap> {
        let silent: BTreeSet<UnitId> = outcome
            .issues
            .iter()
            .filter(|issue| issue.finding.kind.scope.gap() == Some(GapKind::NotSubmitted))
            .filter_map(|issue| issue.finding.unit)
            .collect();
        let mut behind: BTreeMap<About<'_>, usize> = BTreeMap::new();
        for (at, issue) in outcome.issues.iter().enumerate() {
            let finding = &issue.finding;
            behind.entry((finding.kind.code, finding.unit, finding.task, finding.period.as_deref())).or_insert(at);
        }
        let mut gaps = Vec::new();
        for obligation in &outcome.obligations.all {
            let (kind, of) = match obligation.state {
                State::Missing if silent.contains(&obligation.unit) => {
                    (GapKind::NotSubmitted, &d401_not_submitted::KIND)
                }
                State::Missing => (GapKind::NotReported, &d402_task_not_reported::KIND),
                State::Blank => (GapKind::Blank, &s18_blank_form::KIND),
                State::Unusable if obligation.out_of_reach => (GapKind::OutOfReach, &w903_not_accessible::KIND),
                State::Unusable => (GapKind::Unusable, &d412_received_unusable::KIND),
                _ => continue,
            };
            let (label, window) = (obligation.period.label(), outcome.window.label());
            let issue = [
                (Some(obligation.task), Some(label.as_str())),
                (Some(obligation.task), None),
                (None, Some(label.as_str())),
                // a unit that sent nothing is told once for all periods of the window
                (None, Some(window.as_str())),
                (None, None),
            ]
            .into_iter()
            .find_map(|(task, period)| behind.get(&(of.code, Some(obligation.unit), task, period)).copied());
            gaps.push(Gap::of_obligation(outcome, obligation, (kind, of.code), issue));
        }
        let dues = Dues::of(outcome);
        // findings that are items of their own, besides the obligations
        for (at, issue) in outcome.issues.iter().enumerate().filter(|(_, issue)| issue.counts()) {
            let Some(kind) = issue.finding.kind.scope.gap().filter(|kind| !kind.is_told_by_item()) else { continue };
            gaps.push(Gap::of_issue(outcome, kind, (at, issue), dues.find(&issue.finding)));
        }
        gaps.sort_by(|a, b| {
            let key = |gap: &Gap| (gap.unit.is_none(), gap.unit, gap.task.is_none(), gap.task);
            let when = |gap: &Gap| gap.period.map(|period| (period.start, period.end));
            (key(a), when(a), a.code).cmp(&(key(b), when(b), b.code))
        });
        gaps
    }

    fn of_obligation(
        outcome: &Outcome,
        obligation: &Obligation,
        (kind, code): (GapKind, &'static str),
        issue: Option<usize>,
    ) -> Gap {
        let lang = outcome.settings.lang;
        let rows: Vec<Entry<'_>> = obligation.records.iter().map(|at| outcome.entry(*at)).collect();
        let of_row = rows.first().filter(|_| kind == GapKind::Unusable);
        let message = match kind {
            GapKind::NotSubmitted => lang.pick("本期未收到任何报送材料", "nothing came from this unit"),
            GapKind::NotReported => lang.pick("报送的台账中没有本项任务", "the unit reported, but not this task"),
            GapKind::OutOfReach => labels::out_of_reach(lang),
            GapKind::Blank => lang.pick("收到的表格没有填写内容", "the form that came is blank"),
            _ => lang.pick("收到的文件无法使用，本项按未报送处理", "what came cannot be used"),
        };
        let message = of_row.map_or(message.to_owned(), |row| {
            let (file, why) = (row.file().source.name.as_str(), d412_received_unusable::of_rows(&rows));
            let name = place::base(file);
            lang.pick(format!("“{name}”{}", why.zh), format!("“{name}”: {}", why.en))
        });
        let advice = match kind {
            GapKind::OutOfReach => {
                lang.pick("请办公室检查文件和磁盘后再运行一次", "the office looks at the file and runs again")
            }
            _ if of_row.is_some() => {
                lang.pick("请填写、改正该行后重新报送", "fill in or mend that row and send the ledger again")
            }
            _ => lang.pick("请补报本项任务的工作台账和佐证材料", "send the ledger row and its evidence"),
        };
        let title = match kind {
            GapKind::NotSubmitted => lang.pick("未报送", "nothing came"),
            _ => labels::state(obligation.state, lang),
        };
        Gap {
            unit: Some(obligation.unit),
            task: Some(obligation.task),
            period: (obligation.period != outcome.window).then_some(obligation.period),
            kind,
            code,
            title: title.to_owned(),
            is_of_row: of_row.is_some(),
            message,
            due: Due::At(obligation.due),
            advice: advice.to_owned(),
            is_explained: false,
            issue,
            is_item: true,
        }
    }

    fn of_issue(outcome: &Outcome, kind: GapKind, (at, issue): (usize, &Issue), due: Option<NaiveDateTime>) -> Gap {
        let (lang, finding) = (outcome.settings.lang, &issue.finding);
        let deadline = finding.task.zip(finding.unit).and_then(|(task, unit)| Due::deadline(outcome, task, unit));
        let due = match (due, deadline) {
            (Some(due), None) => Due::At(due),
            (Some(due), _) if !kind.concerns_deadline() => Due::At(due),
            (_, deadline) => deadline.unwrap_or(Due::At(outcome.due)),
        };
        Gap {
            unit: finding.unit,
            task: finding.task,
            period: finding.period.as_deref().and_then(|label| {
                Window::parse(label, outcome.window.cycle).filter(|period| *period != outcome.window)
            }),
            kind,
            code: finding.kind.code,
            title: finding.title(lang).into_owned(),
            message: outcome.message(issue),
            due,
            advice: issue.explained(lang).unwrap_or_else(|| outcome.advice(issue)),
            is_explained: issue.answer.is_some(),
            issue: Some(at),
            is_item: false,
            is_of_row: false,
        }
    }
}

/// When the obligations that findings are about are due.
struct Dues<'a> {
    outcome: &'a Outcome,
    of_task: BTreeMap<(TaskId, UnitId), Vec<&'a Obligation>>,
    of_unit: BTreeMap<UnitId, Vec<&'a Obligation>>,
}

impl<'a> Dues<'a> {
    fn of(outcome: &'a Outcome) -> Dues<'a> {
        let mut dues = Dues { outcome, of_task: BTreeMap::new(), of_unit: BTreeMap::new() };
        for obligation in &outcome.obligations.all {
            dues.of_task.entry((obligation.task, obligation.unit)).or_default().push(obligation);
            dues.of_unit.entry(obligation.unit).or_default().push(obligation);
        }
        dues
    }

    /// When what a finding is about was due: its task in its period, else all whose demands it names; of several the first.
    fn find(&self, finding: &Finding) -> Option<NaiveDateTime> {
        let unit = finding.unit?;
        let named = |one: &&&Obligation| {
            finding.related.contains(&self.outcome.division.task(one.task).terms(one.unit).units_place)
        };
        let about: Vec<&Obligation> = match finding.task {
            Some(task) => self.of_task.get(&(task, unit)).cloned().unwrap_or_default(),
            None => self.of_unit.get(&unit).into_iter().flatten().filter(named).copied().collect(),
        };
        let period = finding.period.as_deref().and_then(|label| Window::parse(label, self.outcome.window.cycle));
        let within = about.iter().filter(|one| Some(one.period) == period).map(|one| one.due).min();
        within.or_else(|| about.iter().map(|one| one.due).min())
    }
}

/// A time as printed in reports: `2014-09-05 17:00`.
pub fn moment(at: NaiveDateTime) -> String {
    at.format("%Y-%m-%d %H:%M").to_string()
}
