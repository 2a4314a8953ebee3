//! P505: a reporting cycle (报送周期) that is not a known cycle.

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::Place;
use crate::basis::scope::Scope;

/// The kind.
pub static KIND: Kind = Kind {
    code: "P505",
    name: "cycle-unknown",
    scope: Scope::Division,
    severity: Severity::Warning,
    zh: Wording {
        title: "报送周期看不懂",
        message: "报送周期“{seen}”看不懂，本次按每个报告期报一次处理",
        why: "周期决定一个报告期内要报几次，看不懂就可能少催",
        mend: "写成每日、每周、每旬、每半月、每月、每季、每半年、每年、一次性之一",
        example: "不当：不定期　应为：每月",
    },
    en: Wording {
        title: "Cycle not understood",
        message: "The cycle “{seen}” is not understood; the task is owed once in each window",
        why: "The cycle says how many reports a window owes",
        mend: "Write one of 每日 每周 每旬 每半月 每月 每季 每半年 每年 一次性",
        example: "bad: 不定期; good: 每月",
    },
};

/// Notes it at its cell.
pub(in super::super) fn note(place: Place, seen: &str, out: &mut Findings) {
    out.note(&KIND, place).seen(seen);
}
