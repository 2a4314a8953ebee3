//! Files of earlier windows whose codes of tasks are those of the division as it was then.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::run_file::RunFile;
use crate::basis::calendar::Window;
use crate::basis::text::{code_key, skeleton, unnumbered};
use crate::basis::{Renumbered, TaskId};
use crate::division::{Context, Division, fields};
use crate::ledger::{Attribution, Entry};

/// What became of the codes by which the files of a window tell their tasks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NumberedOtherwise {
    /// The codes that are not what they were.
    pub codes: Renumbered,
    /// The moment of the last run with the old codes: what came later may tell the new ones.
    pub until: NaiveDateTime,
}

/// Gives the rows of these files the tasks that their codes meant in their window.
pub(super) fn read_as_then(cx: &Context<'_>, numbered: &BTreeMap<Window, NumberedOtherwise>, files: &mut [RunFile]) {
    for file in files {
        let Some(then) = file.window.and_then(|window| numbered.get(&window)) else { continue };
        if file.source.received > then.until {
            continue;
        }
        let told = file.entries().map(|(_, entry)| task(entry, cx.division, &then.codes));
        let told: Vec<Option<TaskId>> = told.collect();
        let records = file.reading.ledgers.iter_mut().flat_map(|ledger| &mut ledger.records);
        for (record, task) in records.zip(told) {
            if task != record.task {
                let gone = Attribution::None { best: None, likeness: 0 };
                (record.task, record.by) = (task, if task.is_some() { Attribution::Code } else { gone });
            }
        }
    }
}

/// The task of a row.
fn task(entry: Entry<'_>, division: &Division, then: &Renumbered) -> Option<TaskId> {
    let index = division.index();
    let meant = |code: &str| then.code(code).and_then(|now| index.by_code(&code_key(now)).first().copied());
    let written = skeleton(unnumbered(entry.text(fields::TASK)));
    let equal = index.by_text(&written);
    match (entry.record.by, entry.record.task) {
        (Attribution::Code | Attribution::CodeAgainstText(_) | Attribution::Stamp, Some(task))
            if !equal.contains(&task) =>
        {
            meant(&division.task(task).code)
        }
        (Attribution::None { .. }, _) if !entry.text(fields::CODE).is_empty() => meant(entry.text(fields::CODE)),
        (_, task) => task,
    }
}
