//! P501: a task without a responsible unit.

use super::cell_not_understood;
use crate::basis::Bilingual;
use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::Place;
use crate::basis::scope::Scope;
use crate::division::Division;
use crate::division::load::Drafts;

/// The kind.
pub static KIND: Kind = Kind {
    code: "P501",
    name: "task-unassigned",
    scope: Scope::Division,
    severity: Severity::Warning,
    zh: Wording {
        title: "任务未落实到单位",
        message: "任务没有责任单位[，原文为“{seen}”]",
        why: "没有责任单位的任务无人填报，也无法催报",
        mend: "在责任单位（或牵头单位）一栏填写单位全称",
        example: "不当：责任单位空白　应为：综合科、后勤中心",
    },
    en: Wording {
        title: "Task without a unit",
        message: "No unit owes this task[; the cell says “{seen}”]",
        why: "Nobody reports a task that no unit owes, and nobody can be reminded",
        mend: "Name the units under 责任单位 or 牵头单位",
        example: "bad: 责任单位 blank; good: 综合科、后勤中心",
    },
};

/// Where no task has a unit, notes the columns that seem to name them and are not read (P513).
pub(in super::super) fn check(division: &Division, drafts: &Drafts, out: &mut Findings) {
    if division.tasks.iter().any(|task| !task.units.is_empty()) {
        return;
    }
    for (heading, place) in &drafts.unread {
        let reason = Bilingual::fixed(
            "任务表没有这一栏，责任单位写在“责任单位”或“牵头单位”栏",
            "a list of tasks has no such column; units stand under 责任单位 or 牵头单位",
        );
        let effect = Bilingual::fixed("这一栏不起作用", "this column has no effect");
        cell_not_understood::note(*place, "任务分工", heading, &reason, Some(&effect), out);
    }
}

/// Notes it at the cell of the units, with its content.
pub(in super::super) fn note(place: Place, seen: &str, out: &mut Findings) {
    let finding = out.note(&KIND, place);
    if !seen.is_empty() {
        finding.seen(seen);
    }
}
