//! P506: an indicator, or a part of one, that cannot be parsed.

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::Place;
use crate::basis::scope::Scope;
use crate::division::indicator::Unreadable;

/// The kind.
pub static KIND: Kind = Kind {
    code: "P506",
    name: "indicator-unreadable",
    scope: Scope::Division,
    severity: Severity::Warning,
    zh: Wording {
        title: "考核指标看不懂",
        message: "考核指标“{seen}”看不懂：[读到“{before}”为止，]{where}{expected}",
        why: "看不懂的指标不会核对，达不到也不会提醒",
        mend: "按“字段 比较 数值/周期”的样子改写，几项之间用；分开；写不成数字的要求请写到工作标准一栏",
        example: "不当：经常巡查　应为：巡查次数≥3/周；巡查人数≥2/次",
    },
    en: Wording {
        title: "Indicator not understood",
        message: "The indicator “{seen}” is not understood: [read as far as “{before}”; ]{where}{expected}",
        why: "An indicator that is not understood is not checked",
        mend: "Write field, comparison, number/cycle, several separated by ；; what has no number belongs under 工作标准",
        example: "bad: 经常巡查; good: 巡查次数≥3/周；巡查人数≥2/次",
    },
};

/// Notes it at its cell, with the position in the text where parsing stopped.
pub(in super::super) fn note(place: Place, part: &Unreadable, out: &mut Findings) {
    let finding = out.note(&KIND, place).seen(&part.text);
    finding.expected(part.expected.words());
    if !part.before.is_empty() {
        finding.fact("before", &part.before);
    }
    if part.rest.is_empty() {
        finding.fact_in("where", "末尾", "at the end, ");
    } else {
        finding.fact_in("where", format!("“{}”处", part.rest), format!("at “{}”, ", part.rest));
    }
}
