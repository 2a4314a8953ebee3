//! P509: a placeholder such as `__` or `××` that was not filled in.

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::Place;
use crate::basis::scope::Scope;

/// The kind.
pub static KIND: Kind = Kind {
    code: "P509",
    name: "placeholder-left",
    scope: Scope::Division,
    severity: Severity::Warning,
    zh: Wording {
        title: "留有待填内容",
        message: "此处还有待填的内容：“{mark}”",
        why: "空着的年份、月份、单位会使任务、时限或责任落空",
        mend: "把“__”“××”换成实际内容",
        example: "不当：20__年__月底　应为：2014年9月底",
    },
    en: Wording {
        title: "Placeholder left",
        message: "Something is still to be filled in here: “{mark}”",
        why: "An open year, month or unit leaves the task, its deadline or its unit open",
        mend: "Put the real content in the place of __ or ××",
        example: "bad: 20__年__月底; good: 2014年9月底",
    },
};

/// Notes a placeholder at its cell.
pub(in super::super) fn note(place: Place, seen: &str, mark: &str, out: &mut Findings) {
    out.note(&KIND, place).seen(seen).fact("mark", mark);
}

/// Notes a task without text.
pub(in super::super) fn note_blank(place: Place, out: &mut Findings) {
    out.note(&KIND, place).fact_in("mark", "工作任务空白", "the task's text is blank");
}
