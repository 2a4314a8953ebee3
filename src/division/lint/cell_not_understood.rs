//! P513: a cell of 单位名录, 台账字段, 延期豁免 or 参数, or a heading, that cannot be understood.

use crate::basis::Bilingual;
use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::Place;
use crate::basis::scope::Scope;

/// The kind.
pub static KIND: Kind = Kind {
    code: "P513",
    name: "cell-not-understood",
    scope: Scope::Division,
    severity: Severity::Warning,
    zh: Wording {
        title: "单元格看不懂",
        message: "{column}“{seen}”看不懂：{reason}[，{effect}]",
        why: "看不懂的内容不起作用：该免的没有免，该停用的仍在统计，设置仍是默认值",
        mend: "按说明改写这一格；不需要的，清空这一格或整行",
        example: "不当：起用日期“去年”　应为：2014年3月1日",
    },
    en: Wording {
        title: "Cell not understood",
        message: "{column} “{seen}” is not understood: {reason}[; {effect}]",
        why: "What is not understood has no effect: the unit is not excused, the setting stays at its default",
        mend: "Rewrite the cell as described, or clear it",
        example: "bad: 起用日期 去年; good: 2014年3月1日",
    },
};

/// The reason for a cell that should be a date.
pub(in super::super) static DAY: Bilingual =
    Bilingual::fixed("应为日期，如 2014年9月30日", "a date such as 2014年9月30日 belongs here");
/// The effect on a whole line.
pub(in super::super) static NO_EFFECT: Bilingual = Bilingual::fixed("这一行不起作用", "this line has no effect");

/// Notes a cell, with the reason and, where it is not obvious, the effect.
pub(in super::super) fn note(
    place: Place,
    column: &str,
    seen: &str,
    reason: &Bilingual,
    effect: Option<&Bilingual>,
    out: &mut Findings,
) {
    let finding = out.note(&KIND, place).seen(seen).fact("column", column).fact("reason", reason.clone());
    if let Some(effect) = effect {
        finding.fact("effect", effect.clone());
    }
}

/// Notes a setting of 参数 that cannot be used.
pub fn note_setting(place: Place, seen: &str, reason: &Bilingual, out: &mut Findings) {
    note(place, "参数", seen, reason, Some(&Bilingual::fixed("仍用原来的值", "the value stays as it was")), out);
}
