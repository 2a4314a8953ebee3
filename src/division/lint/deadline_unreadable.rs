//! P508: a deadline (完成时限) that cannot be read as a time.

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::Place;
use crate::basis::scope::Scope;

/// The kind.
pub static KIND: Kind = Kind {
    code: "P508",
    name: "deadline-unreadable",
    scope: Scope::Division,
    severity: Severity::Warning,
    zh: Wording {
        title: "完成时限看不懂",
        message: "完成时限“{seen}”看不懂，本次按长期任务处理",
        why: "看不懂的时限无法提醒，也无法判断是否超期",
        mend: "写成 2014年9月30日前、9月底、年底前、8-9月、每月28日前或长期",
        example: "不当：尽快　应为：9月底",
    },
    en: Wording {
        title: "Deadline not understood",
        message: "The deadline “{seen}” is not understood; the task is treated as standing",
        why: "A deadline that cannot be read is neither reminded of nor checked",
        mend: "Write 2014年9月30日前, 9月底, 年底前, 8-9月, 每月28日前 or 长期",
        example: "bad: 尽快; good: 9月底",
    },
};

/// Notes it at its cell.
pub(in super::super) fn note(place: Place, seen: &str, out: &mut Findings) {
    out.note(&KIND, place).seen(seen);
}
