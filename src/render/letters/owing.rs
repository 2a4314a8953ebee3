//! Which units are written to, about what, and how urgently.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use chrono::{Datelike, NaiveDateTime, Timelike};

use crate::basis::calendar::Cycle;
use crate::basis::place::{Place, SourceId};
use crate::basis::scope::{GapKind, Scope};
use crate::basis::{Lang, UnitId};
use crate::division::Task;
use crate::obligation::{Coverage, Obligation, State};
use crate::outcome::{Chain, Figures, Gap, Issue, Outcome};
use crate::render::file_names::FileNames;

/// The step of a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// Before the due time.
    Remind,
    /// After it.
    Call,
    /// When an item stays open for more than a window.
    Rectify,
}

impl Step {
    /// The word used in the numbers of letters.
    pub(super) fn word(self, lang: Lang) -> &'static str {
        match self {
            Step::Remind => lang.pick("提醒", "reminder"),
            Step::Call => lang.pick("催报", "call"),
            Step::Rectify => lang.pick("整改", "rectification"),
        }
    }
}

/// What a unit is written to about.
#[derive(Clone, Debug)]
pub(super) struct Owing<'a> {
    /// The unit.
    pub(super) unit: UnitId,
    /// What it lacks.
    pub(super) gaps: Vec<&'a Gap>,
    /// The counts of all that it owes.
    pub(super) coverage: Coverage,
    /// The findings in its files, worst first.
    pub(super) issues: Vec<&'a Issue>,
    /// What is due within `due_soon` days.
    pub(super) soon: Vec<&'a Obligation>,
    /// The step, by its worst item.
    pub(super) step: Step,
    /// The name of its files, without extension.
    pub(super) file: String,
}

impl<'a> Owing<'a> {
    /// Every unit that is written to, in the order of the roster.
    pub(super) fn all(outcome: &'a Outcome, figures: &'a Figures) -> Vec<Owing<'a>> {
        let mut owing: BTreeMap<UnitId, (Vec<&'a Gap>, Vec<&'a Obligation>)> = BTreeMap::new();
        // the unit cannot correct what this machine could not read (W903)
        for gap in figures.gaps.iter().filter(|gap| gap.kind != GapKind::OutOfReach && !gap.is_explained) {
            if let Some(unit) = gap.unit {
                owing.entry(unit).or_default().0.push(gap);
            }
        }
        for obligation in outcome.obligations.all.iter().filter(|obligation| is_soon(outcome, obligation)) {
            owing.entry(obligation.unit).or_default().1.push(obligation);
        }
        for (gaps, _) in owing.values_mut() {
            once(gaps);
        }
        let owed: BTreeMap<UnitId, Coverage> =
            figures.units.iter().map(|ranked| (ranked.key, ranked.coverage)).collect();
        let mut issues: BTreeMap<UnitId, Vec<&'a Issue>> = BTreeMap::new();
        for issue in outcome.issues.iter().filter(|issue| issue.finding.kind.scope == Scope::Submission) {
            if let Some(unit) = sent_by(outcome, issue.finding.place.source) {
                issues.entry(unit).or_default().push(issue);
            }
        }
        let mut names = FileNames::default();
        let mut of = |(unit, (gaps, soon)): (UnitId, (Vec<&'a Gap>, Vec<&'a Obligation>))| {
            let step = step(outcome, &gaps);
            let file = names.give(&outcome.division.unit(unit).name);
            let coverage = owed.get(&unit).copied().unwrap_or_default();
            Owing { unit, gaps, coverage, issues: issues.remove(&unit).unwrap_or_default(), soon, step, file }
        };
        owing.into_iter().map(&mut of).filter(|one| outcome.settings.remind || one.step != Step::Remind).collect()
    }

    /// The gaps of reports that did not come, or cannot be used.
    pub(super) fn missing(&self) -> impl Iterator<Item = &'a Gap> + '_ {
        self.gaps.iter().copied().filter(|gap| gap.kind.is_missing())
    }

    /// The gaps of what came and is to be corrected.
    pub(super) fn faulty(&self) -> impl Iterator<Item = &'a Gap> + '_ {
        let overdue = |gap: &Gap| gap.kind == GapKind::Overdue;
        self.gaps.iter().copied().filter(move |gap| !gap.kind.is_missing() && !gap.kind.is_reminder() && !overdue(gap))
    }

    /// The gaps of tasks whose deadline has passed.
    pub(super) fn overdue(&self) -> impl Iterator<Item = &'a Gap> + '_ {
        self.gaps.iter().copied().filter(|gap| gap.kind == GapKind::Overdue)
    }

    /// The gaps of what came late: nothing is to be done about it any more.
    pub(super) fn late(&self) -> impl Iterator<Item = &'a Gap> + '_ {
        self.gaps.iter().copied().filter(|gap| gap.kind == GapKind::Late)
    }

    /// Whether nothing but lateness is to be told.
    pub(super) fn is_only_late(&self) -> bool {
        self.soon.is_empty() && self.gaps.iter().all(|gap| gap.kind == GapKind::Late)
    }

    /// What is open, in a sentence: 3项未报、1项需要补正. `told` adds the tasks to a count.
    pub(super) fn open(&self, outcome: &Outcome, told: impl Fn(usize, &[&Task]) -> String) -> String {
        let lang = outcome.settings.lang;
        let tasks = |gaps: &mut dyn Iterator<Item = &'a Gap>| -> (usize, Vec<&Task>) {
            let gaps: Vec<&Gap> = gaps.collect();
            (gaps.len(), gaps.iter().flat_map(|gap| tasks_of(outcome, gap)).collect())
        };
        // A file of no use is a gap of its own beside the reports that it left open.
        let missing = || {
            let (_, mut tasks) = tasks(&mut self.missing());
            let owed: BTreeSet<_> = self.missing().filter_map(|gap| Some((gap.task?, gap.period))).collect();
            let mut known = BTreeSet::new();
            tasks.retain(|task| known.insert(task.code.as_str()));
            (owed.len(), tasks)
        };
        // a task is one item, whether its report or its deadline is near
        let reports: BTreeSet<_> = self.soon.iter().map(|owed| owed.task).collect();
        let is_more = |gap: &&Gap| gap.kind == GapKind::DueSoon && gap.task.is_none_or(|task| !reports.contains(&task));
        let (deadlines, of_deadlines) = tasks(&mut self.gaps.iter().copied().filter(is_more));
        let soon = self.soon.len() + deadlines;
        let soon_tasks = self.soon.iter().map(|owed| outcome.division.task(owed.task)).chain(of_deadlines).collect();
        let (found, of) = tasks(&mut self.late());
        let late = (if found > 0 { found.max(self.coverage.late as usize) } else { 0 }, of);
        let parts = [
            (missing(), "项未报", "not reported"),
            (tasks(&mut self.faulty()), "项需要补正", "to be corrected"),
            (tasks(&mut self.overdue()), "项超过时限未完成", "past their deadline"),
            (late, "项迟报", "late"),
            ((soon, soon_tasks), "项即将到期", "due soon"),
        ];
        let parts = parts.iter().filter(|((count, _), ..)| *count > 0).map(|((count, tasks), zh, en)| {
            let mut tasks = tasks.clone();
            tasks.sort_by_key(|task| task.whole.place);
            let tasks = told(*count, &tasks);
            lang.pick(format!("{count}{zh}{tasks}"), format!("{count} {en}{tasks}"))
        });
        parts.collect::<Vec<_>>().join(lang.pick("、", ", "))
    }

    /// The number of its letter: the office's mark, the step, the year, the window and the unit's place in the roster, so
    /// that it stays the same for one unit, window and step. None without a mark.
    pub(super) fn number(&self, outcome: &Outcome) -> Option<String> {
        let mark = outcome.settings.office.document_mark.as_str();
        let window = &outcome.window;
        let (year, month, day) = (window.start.year(), window.start.month(), window.start.day());
        let turn = match window.cycle {
            Cycle::Day => format!("{month:02}{day:02}-"),
            Cycle::Week => format!("{}周-", window.start.iso_week().week()),
            Cycle::TenDays => format!("{month}{}-", ["上", "中", "下", "下"][(day as usize - 1) / 10]),
            Cycle::HalfMonth => format!("{month}{}-", if day == 1 { "上" } else { "下" }),
            Cycle::Month => format!("{month}-"),
            Cycle::Quarter => format!("{}季-", (month - 1) / 3 + 1),
            Cycle::HalfYear => if month == 1 { "上半年-" } else { "下半年-" }.to_owned(),
            Cycle::Year | Cycle::Once => String::new(),
        };
        let year = if window.cycle == Cycle::Week { window.start.iso_week().year() } else { year };
        let place = self.unit.0 + 1;
        let step = self.step.word(Lang::Zh);
        (!mark.is_empty()).then(|| format!("{mark}{step}〔{year}〕{turn}{place}号"))
    }
}

/// Leaves out what only sums up items that are told by themselves: 报送次数不足 beside the periods that are missing, a file
/// that could not be used beside the items that it left open, and the reports that are due soon, of which only deadlines
/// are told by task.
fn once(gaps: &mut Vec<&Gap>) {
    let items: Vec<&Gap> = gaps.iter().copied().filter(|gap| gap.is_item).collect();
    gaps.retain(|gap| match gap.kind {
        _ if gap.is_item => true,
        GapKind::TooSeldom => !items.iter().any(|item| item.task == gap.task && item.kind.is_missing()),
        GapKind::Unusable => !items.iter().any(|item| item.kind == GapKind::Unusable),
        GapKind::DueSoon => gap.task.is_some(),
        _ => true,
    });
}

/// The tasks that a gap is about: its own, else those whose lines in the division its finding names.
pub(super) fn tasks_of<'o>(outcome: &'o Outcome, gap: &Gap) -> Vec<&'o Task> {
    if let Some(task) = gap.task {
        return vec![outcome.division.task(task)];
    }
    let Some(issue) = gap.issue.and_then(|at| outcome.issues.get(at)) else { return Vec::new() };
    let related: HashSet<Place> = issue.finding.related.iter().copied().collect();
    let named = |task: &&Task| {
        let terms = task.terms(gap.unit);
        related.contains(&terms.place) || related.contains(&terms.units_place)
    };
    outcome.division.tasks.iter().filter(named).collect()
}

/// The unit that sent a file.
fn sent_by(outcome: &Outcome, source: SourceId) -> Option<UnitId> {
    let file = source.0.checked_sub(1).and_then(|at| outcome.files.get(at as usize));
    file.and_then(|file| file.unit)
}

/// Whether a report is due within `due_soon` days.
fn is_soon(outcome: &Outcome, obligation: &Obligation) -> bool {
    let days = (obligation.due.date() - outcome.as_of.date()).num_days();
    obligation.state == State::NotDue && obligation.records.is_empty() && days <= i64::from(outcome.settings.due_soon)
}

/// Since when a gap stands that has stood for more windows than the settings allow before rectification: an item by its
/// unit and task, all else by its finding.
pub(super) fn overdue(outcome: &Outcome, gap: &Gap) -> Option<Chain> {
    let over = outcome.settings.rectify_windows;
    let chain = if gap.is_item {
        outcome.open_items.get(&(gap.task?, gap.unit?)).copied()
    } else {
        gap.issue.and_then(|at| outcome.issues.get(at)?.stands)
    };
    chain.filter(|chain| over > 0 && chain.windows >= over && !gap.kind.is_reminder())
}

fn step(outcome: &Outcome, gaps: &[&Gap]) -> Step {
    if gaps.iter().any(|gap| overdue(outcome, gap).is_some()) {
        Step::Rectify
    } else if gaps.iter().any(|gap| !gap.kind.is_reminder()) {
        Step::Call
    } else {
        Step::Remind
    }
}

/// When a notice must be answered: after `due_soon` days, at the clock time of reports, on a day to which due times move,
/// and not before the reports of the window are due.
pub(super) fn answer_by(outcome: &Outcome) -> NaiveDateTime {
    let settings = &outcome.settings;
    let day = settings.due.after(outcome.as_of.date(), settings.due_soon.max(1));
    let clock = outcome.due.time();
    day.and_time(clock.with_second(0).unwrap_or(clock)).max(outcome.due)
}

/// By when a gap must be closed: a deadline that is near when it ends, all else when the notice must be answered, and not
/// before it is due itself.
pub(super) fn close_by(outcome: &Outcome, gap: &Gap) -> NaiveDateTime {
    match gap.kind {
        GapKind::DueSoon => gap.due.moment(),
        _ => answer_by(outcome).max(gap.due.moment()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture;
    use crate::render::letters::to_do;

    #[test]
    fn what_the_unit_explained_is_not_demanded_any_more() {
        let mut outcome = fixture::outcome(
            "
            division | 1-1 广告整治 | 综合科
            --- 综合科.xlsx 2014-09-06 09:00
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进
            ",
        );
        let figures = Figures::of(&outcome);
        assert!(Owing::all(&outcome, &figures)[0].is_only_late());
        outcome.issues.iter_mut().for_each(|issue| issue.answer = Some("当天停电".to_owned()));
        let figures = Figures::of(&outcome);
        assert_eq!(figures.gaps[0].advice, "已说明：当天停电");
        assert!(Owing::all(&outcome, &figures).is_empty());
    }

    #[test]
    fn tasks_stand_in_the_order_of_the_division() {
        let outcome = fixture::outcome(
            "
            as-of 2014-09-04 12:00
            division | 1-1 广告整治 | 综合科 | 完成时限=2014年9月6日
            division | 1-2 环境整治 | 综合科
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进
            ",
        );
        let figures = Figures::of(&outcome);
        let codes = |_: usize, tasks: &[&Task]| {
            let codes: Vec<&str> = tasks.iter().map(|task| task.code.as_str()).collect();
            format!("（{}）", codes.join("、"))
        };
        assert_eq!(Owing::all(&outcome, &figures)[0].open(&outcome, codes), "2项即将到期（1-1、1-2）");
    }

    #[test]
    fn an_item_stands_by_itself_and_not_by_the_finding_for_all_that_its_unit_lacks() {
        let mut outcome = fixture::outcome(
            "
            division | 1-1 广告整治 | 综合科
            division | 1-2 环境整治 | 综合科
            division | 1-3 秩序整治 | 综合科 | 报送周期=每半月
            ",
        );
        let chain = |day: &str| Chain { since: day.parse().expect("a day"), windows: 1 };
        outcome.issues.iter_mut().for_each(|issue| issue.stands = Some(chain("2014-07-06")));
        let figures = Figures::of(&outcome);
        let told: Vec<_> =
            figures.gaps.iter().map(|gap| gap.issue.map(|at| outcome.issues[at].finding.kind.code)).collect();
        assert_eq!(told, [Some("D401"); 4], "for each half of the month too");
        assert_eq!(Owing::all(&outcome, &figures)[0].step, Step::Call);
        let rows = |outcome: &Outcome| {
            let owing = &Owing::all(outcome, &figures)[0];
            let rows = to_do::rows(outcome, owing).into_iter();
            rows.map(|row| (row.gaps.len(), overdue(outcome, row.gaps[0]))).collect::<Vec<_>>()
        };
        assert_eq!(rows(&outcome), [(2, None), (2, None)]);
        let unit = outcome.obligations.all[0].unit;
        outcome.open_items.insert((crate::basis::TaskId(1), unit), chain("2014-08-06"));
        assert_eq!(Owing::all(&outcome, &figures)[0].step, Step::Rectify);
        assert_eq!(rows(&outcome), [(1, None), (1, Some(chain("2014-08-06"))), (2, None)]);
        outcome.settings.rectify_windows = 2;
        assert_eq!(Owing::all(&outcome, &figures)[0].step, Step::Call);
    }
}
