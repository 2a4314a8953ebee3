//! P501: a task without a responsible unit.

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::Place;
use crate::basis::scope::Scope;

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

/// Notes it at the cell of the units, with its content.
pub(in super::super) fn note(place: Place, seen: &str, out: &mut Findings) {
    let finding = out.note(&KIND, place);
    if !seen.is_empty() {
        finding.seen(seen);
    }
}
