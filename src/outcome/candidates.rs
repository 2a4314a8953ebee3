//! Finds what is offered to a person to choose from: tasks, units, fields and states that are like what was written.

use std::collections::BTreeMap;

use super::Outcome;
use crate::basis::TaskId;
use crate::basis::text::{heading_key, likeness, skeleton};
use crate::division::lookup::Candidate;
use crate::division::{FieldSpec, Unit, fields};
use crate::ledger::{Attribution, Entry};
use crate::ruling::{Choice, RulingKind, task_text};
use crate::table::Lexicon as _;

/// The least likeness of a candidate, in percent.
const WORTH: u8 = 25;
/// The least likeness of a heading to a known one that makes it a candidate.
const ALIKE: f64 = 0.5;
/// The states offered as candidates, in this order if none is like the wording.
const STATES: [&str; 7] = ["已完成", "正在推进", "未开始", "长期坚持", "零报告", "不涉及", "有异议"];

/// What is offered to choose from, with its likeness in percent.
pub(super) type Candidates = Vec<(String, Option<u8>)>;

/// What texts are like, each looked for once: a unit writes the same words row by row.
#[derive(Default)]
pub(super) struct Alike<'a> {
    tasks: BTreeMap<&'a str, Vec<Candidate>>,
    units: BTreeMap<String, Candidates>,
    /// The lines by which tasks are offered.
    lines: BTreeMap<TaskId, String>,
}

impl<'a> Alike<'a> {
    /// The tasks that a row may report.
    pub(super) fn tasks(&mut self, outcome: &Outcome, entry: Entry<'a>) -> Candidates {
        let index = outcome.division.index();
        let mut found: Vec<(TaskId, Option<u8>)> = Vec::new();
        match entry.record.by {
            Attribution::CodeAgainstText(other) => {
                found.extend(entry.record.task.map(|task| (task, None)));
                found.push((other, Some(100)));
            }
            Attribution::Likeness(percent) => found.extend(entry.record.task.map(|task| (task, Some(percent)))),
            _ => {}
        }
        let percent = |likeness: f64| (likeness * 100.0).round().clamp(0.0, 99.0) as u8;
        let text = entry.text(fields::TASK);
        let alike = self.tasks.entry(text).or_insert_with(|| index.likest(&skeleton(text)));
        for candidate in alike.iter().filter(|candidate| percent(candidate.likeness) >= WORTH) {
            if !found.iter().any(|(task, _)| *task == candidate.task) {
                found.push((candidate.task, Some(percent(candidate.likeness))));
            }
        }
        let mut line = |task| self.lines.entry(task).or_insert_with(|| task_line(outcome, task)).clone();
        found.into_iter().map(|(task, percent)| (line(task), percent)).collect()
    }

    /// The units that a name may mean.
    pub(super) fn units(&mut self, outcome: &Outcome, name: &str) -> Candidates {
        if let Some(found) = self.units.get(name) {
            return found.clone();
        }
        let key = skeleton(name);
        let likest = |unit: &Unit| {
            let names = std::iter::once(&unit.name).chain(&unit.aliases).map(|name| skeleton(name));
            names.map(|own| alike(&key, &own)).fold(0.0, f64::max)
        };
        let found = ranked(outcome.division.roster.units.iter().map(|unit| (unit.name.clone(), likest(unit))));
        self.units.insert(name.to_owned(), found.clone());
        found
    }
}

/// The fields that a heading may mean.
pub(super) fn headings(outcome: &Outcome, heading: &str) -> Candidates {
    let leaf = heading_key(heading.rsplit('/').next().unwrap_or(heading));
    let set = &outcome.division.fields;
    let likest = |spec: &FieldSpec| {
        let names = std::iter::once(&spec.name).chain(&spec.synonyms).map(|name| heading_key(name));
        names.map(|name| alike(&leaf, &name)).fold(0.0, f64::max)
    };
    let known = set.fields.iter().filter(|spec| !set.field(&spec.name).is_some_and(|field| set.is_serial(field)));
    let alike = known.map(|spec| (spec.name.clone(), likest(spec))).filter(|(_, likeness)| *likeness >= ALIKE);
    ranked(alike)
}

/// The likeness of two short names: by shared pairs of characters, or because one contains the other.
fn alike(a: &str, b: &str) -> f64 {
    let (short, long) = if a.chars().count() <= b.chars().count() { (a, b) } else { (b, a) };
    let within = if short.chars().count() >= 2 && long.contains(short) { 0.6 } else { 0.0 };
    likeness(a, b).max(within)
}

fn ranked(all: impl Iterator<Item = (String, f64)>) -> Candidates {
    let percent = |likeness: f64| (likeness * 100.0).round().clamp(0.0, 99.0) as u8;
    let mut all: Vec<(String, u8)> = all.map(|(name, likeness)| (name, percent(likeness))).collect();
    all.retain(|(_, percent)| *percent >= WORTH);
    // The sort is stable: equally like candidates keep their order.
    all.sort_by_key(|(_, percent)| std::cmp::Reverse(*percent));
    all.into_iter().take(Choice::CANDIDATES.len()).map(|(name, percent)| (name, Some(percent))).collect()
}

/// The states that a wording may mean.
pub(super) fn states(wording: &str) -> Candidates {
    let found = ranked(STATES.iter().map(|state| ((*state).to_owned(), likeness(&skeleton(wording), state))));
    let rest = STATES.iter().map(|state| ((*state).to_owned(), None));
    let known: Vec<String> = found.iter().map(|(state, _)| state.clone()).collect();
    let rest = rest.filter(|(state, _)| !known.contains(state));
    found.iter().cloned().chain(rest).take(Choice::CANDIDATES.len()).collect()
}

/// The candidate of a kind that offers the same always.
pub(super) fn only(kind: RulingKind) -> Candidates {
    kind.only_candidate().map(|words| (words.to_owned(), None)).into_iter().collect()
}

/// The line that names a task in a workbook of rulings.
pub(super) fn task_line(outcome: &Outcome, task: TaskId) -> String {
    let task = outcome.division.task(task);
    format!("{} {}", task.code, task_text(&task.text.value))
}
