//! Rulings that no longer apply: their choice is offered again where the doubt they settled comes back.

use std::collections::BTreeMap;

use super::Outcome;
use super::candidates::task_line;
use super::doubt::{Doubt, DoubtKey};
use super::rulings::Applied;
use crate::basis::TaskId;
use crate::basis::text::{code_key, skeleton};
use crate::division::lookup::ENOUGH_BACKED;
use crate::division::{Division, Task};
use crate::ruling::{Field, Line, RulingKind, chosen, task_text};

/// Rulings that no longer apply, by where they were given and by what they are about; of several the last.
pub(super) struct Lapsed<'a> {
    by_place: BTreeMap<(RulingKind, &'a str, &'a str), &'a Line>,
    by_key: BTreeMap<DoubtKey, &'a Line>,
}

impl<'a> Lapsed<'a> {
    pub(super) fn of(outcome: &'a Outcome, applied: &Applied) -> Lapsed<'a> {
        let mut lapsed = Lapsed { by_place: BTreeMap::new(), by_key: BTreeMap::new() };
        let lines = outcome.division.rulings.written.iter().flat_map(|written| &written.lines);
        for line in lines.filter(|line| line.is_ruled() && !applied.contains(line.id)) {
            let Some(kind) = RulingKind::parse(line.get(Field::Kind)) else { continue };
            lapsed.by_place.insert((kind, line.get(Field::File), line.get(Field::Place)), line);
            let unit = outcome.division.roster.find(line.get(Field::Unit));
            lapsed.by_key.extend(Doubt::key_of(line, unit).map(|key| (key, line)));
        }
        lapsed
    }

    /// The choice of a lapsed ruling on the place of a doubt or its words, as it is offered.
    pub(super) fn choice(&self, outcome: &Outcome, doubt: &Doubt) -> Option<String> {
        let here = (doubt.kind, doubt.file.as_str(), doubt.place.as_str());
        let here = self.by_place.get(&here).filter(|_| !doubt.place.is_empty());
        let line = here.or_else(|| self.by_key.get(&doubt.key()))?;
        let words = chosen(line)?;
        let division = &outcome.division;
        let offered = match doubt.kind {
            RulingKind::Task => chosen_task(division, line, &words).map(|task| task_line(outcome, task)),
            RulingKind::Sender => division.roster.find(&words).map(|unit| division.unit(unit).name.clone()),
            _ => None,
        };
        Some(offered.unwrap_or(words))
    }
}

/// The task that a lapsed line chose: the one with its text, else the one that has its code and whose text, if the line
/// gives one, may be that text reworded.
fn chosen_task(division: &Division, line: &Line, words: &str) -> Option<TaskId> {
    let (index, written) = (division.index(), words.trim_start());
    let (code, text) = written.split_once(char::is_whitespace).unwrap_or((written, ""));
    let text = skeleton(text);
    let task = |at| TaskId(at as u32);
    let equal = |task: &Task| skeleton(&task_text(&task.text.value)) == text;
    if let Some(at) = division.tasks.iter().position(equal).filter(|_| !text.is_empty()) {
        return Some(task(at));
    }
    let same = *index.by_code(&code_key(line.renumbered.code(code)?)).first()?;
    let alike = || index.likest(&text).iter().any(|one| one.task == same && one.likeness >= ENOUGH_BACKED);
    (text.is_empty() || alike()).then_some(same)
}
