//! Problems that units report, followed by unit and words from window to window until they are closed (整改销号).

use std::collections::BTreeMap;

mod same;
mod words;

use chrono::NaiveDate;

pub use words::{no_problem, says_closed, says_nothing};

use self::same::likeness_of;
use super::run_file::{FileState, RecordRef, RunFile, earlier, entry};
use crate::basis::calendar::{Window, written};
use crate::basis::place::{Place, SourceId};
use crate::basis::text::skeleton;
use crate::basis::{TaskId, UnitId};
use crate::division::{Context, fields};
use crate::ledger::Entry;

/// Likeness is asked among so many problems of a unit at most; among more only equal words are one problem.
const MOST_COMPARED: usize = 300;

/// A problem, as it was reported up to now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The unit.
    pub unit: UnitId,
    /// The task under which it was reported first.
    pub task: Option<TaskId>,
    /// What it is, in the words in which it was reported first.
    pub text: String,
    /// The day it was found: the day of its row, else the day on which that was received.
    pub opened: NaiveDate,
    /// The window that reported it first.
    pub since: Window,
    /// What is done about it, as last reported.
    pub remedy: String,
    /// How far that is, as last reported.
    pub state: String,
    /// By when it is to be remedied, as last written.
    pub due_text: String,
    /// The last day of that.
    pub due: Option<NaiveDate>,
    /// The evidence named when it was last reported.
    pub evidence: String,
    /// The day on which it was closed: the one that 整改情况 names, else that on which the report came.
    pub closed: Option<NaiveDate>,
    /// The window whose report closed it; none when an earlier run saw that.
    pub closed_in: Option<Window>,
    /// The day on which it was reported again after it had been closed.
    pub back: Option<NaiveDate>,
    /// The last window that reports it.
    pub told: Window,
    /// The cell of that report, while its file is in the inbox.
    pub record: Option<RecordRef>,
    /// The file and row of that report.
    pub source: String,
}

impl Problem {
    /// How many days it stood; none while it is open.
    pub fn days(&self) -> Option<u32> {
        let closed = self.closed?;
        u32::try_from((closed - self.back.unwrap_or(self.opened)).num_days()).ok()
    }

    /// Its cell; none when its file has left the inbox.
    pub fn place(&self, files: &[RunFile]) -> Option<Place> {
        Some(entry(files, self.record?)?.place(fields::PROBLEM))
    }
}

/// The day by which a problem is to be remedied: the last day of what 整改时限 names (9月底前 is over when September is), or
/// of what 整改情况 promises (已报修，9月5日前修复).
pub fn remedy_due(entry: Entry<'_>, window: &Window) -> Option<NaiveDate> {
    let last = |text: &str| {
        let read = if text.is_empty() { None } else { written::stretch(text, window.end) };
        read.map(|(_, last)| last)
    };
    let promised = |clause: &str| {
        let until = clause.split_once('前')?.0.trim_start_matches(['拟', '预', '计', '将', '于', '在']);
        last(&format!("{until}前"))
    };
    let state = || entry.text(fields::REMEDY_STATE).split(['，', ',', '。', '；', ';']).find_map(promised);
    entry.value(fields::REMEDY_DUE).day().or_else(|| last(entry.text(fields::REMEDY_DUE))).or_else(state)
}

/// Follows what the files report, on from `past`: what the history knows, in the order in which it was found. Those of
/// earlier windows come first; within a file each row is a problem of its own, and what is told in equal words is found
/// before what is only alike.
pub(super) fn follow(cx: &Context<'_>, files: &[RunFile], past: Vec<Problem>) -> Vec<Problem> {
    let mut followed = Followed::default();
    for problem in past {
        followed.add(problem);
    }
    for (window, file) in earlier(files, cx.window) {
        followed.hear_all(window, file.entries());
    }
    for file in files.iter().filter(|file| file.state == FileState::Merged) {
        followed.hear_all(cx.window, file.counting());
    }
    followed.problems
}

/// The problems so far.
#[derive(Default)]
struct Followed {
    problems: Vec<Problem>,
    /// For each, its words without what does not matter.
    skeletons: Vec<String>,
    /// For each, the file that told of it last.
    told_by: Vec<Option<SourceId>>,
    of_unit: BTreeMap<UnitId, Vec<usize>>,
    alike: BTreeMap<(UnitId, String), Vec<usize>>,
}

impl Followed {
    fn add(&mut self, problem: Problem) {
        let (at, skeleton) = (self.problems.len(), skeleton(&problem.text));
        self.of_unit.entry(problem.unit).or_default().push(at);
        self.alike.entry((problem.unit, skeleton.clone())).or_default().push(at);
        self.skeletons.push(skeleton);
        self.told_by.push(None);
        self.problems.push(problem);
    }

    /// Takes in what the rows of a file say.
    fn hear_all<'a>(&mut self, window: Window, rows: impl Iterator<Item = (RecordRef, Entry<'a>)>) {
        let told = rows.filter_map(|(record, entry)| Some(Told { unit: entry.unit()?, window, record, entry }));
        let mut other = Vec::new();
        for told in told.filter(|told| !no_problem(told.text())) {
            match self.equal(&told) {
                Some(at) => self.hear(at, &told),
                None => other.push(told),
            }
        }
        for told in other {
            let at = self.equal(&told).or_else(|| self.alike(&told)).unwrap_or_else(|| self.begin(&told));
            self.hear(at, &told);
        }
    }

    /// Begins a problem of which nothing was heard before.
    fn begin(&mut self, told: &Told<'_>) -> usize {
        self.add(Problem {
            unit: told.unit,
            task: told.entry.record.task,
            text: told.text().to_owned(),
            opened: told.day(),
            since: told.window,
            remedy: String::new(),
            state: String::new(),
            due_text: String::new(),
            due: None,
            evidence: String::new(),
            closed: None,
            closed_in: None,
            back: None,
            told: told.window,
            record: None,
            source: String::new(),
        });
        self.problems.len() - 1
    }

    /// Takes in what a row says of a problem.
    fn hear(&mut self, at: usize, told: &Told<'_>) {
        let Told { window, record, entry, .. } = *told;
        let received = entry.source.received.date();
        self.told_by[at] = Some(entry.source.id);
        let problem = &mut self.problems[at];
        // The history has heard this report, and later ones.
        if window.start < problem.told.start {
            return;
        }
        let says_closed = says_closed(entry, &window);
        // Found on a later day than that on which it was closed, it is back, though that may be mended too by now.
        let again = |closed: NaiveDate| !says_closed || entry.day().is_some_and(|day| day > closed && day <= received);
        if problem.closed.is_some_and(again) {
            // What was done about it then is over.
            for text in [&mut problem.remedy, &mut problem.state, &mut problem.due_text, &mut problem.evidence] {
                text.clear();
            }
            (problem.due, problem.closed, problem.closed_in, problem.back) = (None, None, None, Some(told.day()));
        }
        let latest = |kept: &mut String, field| {
            let said = entry.text(field);
            if !says_nothing(said) {
                said.clone_into(kept);
            }
        };
        latest(&mut problem.remedy, fields::REMEDY);
        latest(&mut problem.state, fields::REMEDY_STATE);
        latest(&mut problem.due_text, fields::REMEDY_DUE);
        latest(&mut problem.evidence, fields::EVIDENCE);
        problem.due = remedy_due(entry, &window).or(problem.due);
        if says_closed && problem.closed.is_none() {
            let named = written::at_begin(entry.text(fields::REMEDY_STATE), window.end);
            let begun = problem.back.unwrap_or(problem.opened);
            problem.closed = Some(named.filter(|day| (begun..=received).contains(day)).unwrap_or(received));
            problem.closed_in = Some(window);
        }
        problem.told = window;
        problem.record = Some(record);
        problem.source = format!("{}!{}!{}", entry.source.name, entry.sheet(), entry.reference());
    }

    /// The problem that was told before in equal words, of the same task first, and that this file has not spoken of.
    fn equal(&self, told: &Told<'_>) -> Option<usize> {
        let equal = self.alike.get(&(told.unit, skeleton(told.text()))).into_iter().flatten().copied();
        let mut equal = equal.filter(|at| self.is_free(*at, told));
        let first = equal.clone().next();
        equal.find(|at| self.problems[*at].task == told.entry.record.task).or(first)
    }

    /// The open problem whose words are most like these.
    fn alike(&self, told: &Told<'_>) -> Option<usize> {
        let text = skeleton(told.text());
        let of_unit = self.of_unit.get(&told.unit).filter(|all| all.len() <= MOST_COMPARED).into_iter().flatten();
        let open = of_unit.copied().filter(|at| self.is_free(*at, told) && self.problems[*at].closed.is_none());
        let like = open.filter_map(|at| Some((at, likeness_of(&self.skeletons[at], &text)?)));
        // Of two that are equally like the one that was found first.
        like.rev().max_by(|(_, a), (_, b)| a.total_cmp(b)).map(|(at, _)| at)
    }

    fn is_free(&self, at: usize, told: &Told<'_>) -> bool {
        self.told_by[at] != Some(told.entry.source.id)
    }
}

/// A row that tells of a problem.
struct Told<'a> {
    unit: UnitId,
    window: Window,
    record: RecordRef,
    entry: Entry<'a>,
}

impl<'a> Told<'a> {
    /// The words of the problem.
    fn text(&self) -> &'a str {
        self.entry.text(fields::PROBLEM)
    }

    /// The day on which it was found: that of the row, else the one on which this was received.
    fn day(&self) -> NaiveDate {
        let received = self.entry.source.received.date();
        self.entry.day().filter(|day| *day <= received).unwrap_or(received)
    }
}
