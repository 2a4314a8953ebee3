//! Records that do not count for a unit, because a person settled that another unit's report on it does (两报不冲突 with
//! 其他).

use std::collections::{BTreeMap, BTreeSet};

use super::run_file::{FileState, RecordRef, RunFile};
use crate::basis::calendar::Window;
use crate::basis::{TaskId, UnitId};
use crate::division::Context;
use crate::ledger::Entry;
use crate::ledger::content::Content;
use crate::ruling::{Asker, RulingKind, Target, conflict};
use crate::table::FieldId;

/// Marks the records of this window and of those before it that do not count.
pub(super) fn mark(cx: &Context<'_>, files: &mut [RunFile]) {
    let chosen = |kind, target: &Target| kind == RulingKind::Conflict && matches!(target, Target::Unit(..));
    if !cx.division.rulings.all.iter().any(|ruling| chosen(ruling.kind, &ruling.target)) {
        return;
    }
    let mut reports: BTreeMap<(Window, TaskId, UnitId), Vec<(RecordRef, Entry<'_>)>> = BTreeMap::new();
    let heard = |file: &&RunFile| matches!(file.state, FileState::Merged | FileState::Ignored);
    for file in files.iter().filter(heard) {
        let Some(window) = file.window.filter(|window| window.start <= cx.window.start) else { continue };
        for (at, entry) in file.counting().filter(|(_, entry)| Content::of(*entry) == Content::Usable) {
            let Some(task) = entry.record.task else { continue };
            for unit in entry.units() {
                reports.entry((window, task, unit)).or_default().push((at, entry));
            }
        }
    }
    let mut overruled: Vec<(RecordRef, UnitId)> = Vec::new();
    for ((window, task, unit), rows) in &reports {
        let Some(counts) = chosen_sender(cx, (*window, *task, *unit), rows) else { continue };
        let others = rows.iter().filter(|(_, entry)| entry.file().sender() != Some(counts));
        overruled.extend(others.map(|(at, _)| (*at, *unit)));
    }
    for (at, unit) in overruled {
        files[at.file as usize].overruled.push((at, unit));
    }
}

/// The unit whose report on a task of a unit counts by a ruling on what two of the rows say, if it is one of those that
/// sent them.
fn chosen_sender(
    cx: &Context<'_>,
    (window, task, unit): (Window, TaskId, UnitId),
    rows: &[(RecordRef, Entry<'_>)],
) -> Option<UnitId> {
    let asker = Asker { unit: Some(unit), file: "", window };
    let code = &cx.division.task(task).code;
    let mut said: BTreeMap<FieldId, BTreeSet<(Option<UnitId>, &str)>> = BTreeMap::new();
    for (_, entry) in rows {
        for (column, cell) in entry.cells() {
            if let Some(field) = column.field {
                said.entry(field).or_default().insert((entry.file().sender(), entry.text_of(cell)));
            }
        }
    }
    said.iter().find_map(|(&field, said)| {
        let heading = &cx.division.fields.spec(field).name;
        let pairs = said.iter().flat_map(|one| said.range(one..).map(move |other| (one, other)));
        pairs.filter(|(one, other)| one.0 != other.0).find_map(|(one, other)| {
            let words = conflict(code, heading, one.1, other.1);
            let Target::Unit(counts, _) = cx.division.rulings.find(RulingKind::Conflict, &words, &asker)?.target else {
                return None;
            };
            rows.iter().any(|(_, entry)| entry.file().sender() == Some(counts)).then_some(counts)
        })
    })
}
