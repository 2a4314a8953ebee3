//! P505: a reporting cycle (报送周期) that is not a known cycle.

use crate::basis::Lang;
use crate::basis::calendar::Cycle;
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
        message: "报送周期“{seen}”{effect}",
        why: "周期决定一个报告期内要报几次，看不懂就可能少催",
        mend: "写成每日、每周、每旬、每半月、每月、每季、每半年、每年、一次性之一；每期要做几次的，写到考核指标一栏",
        example: "不当：不定期　应为：每月",
    },
    en: Wording {
        title: "Cycle not understood",
        message: "The cycle “{seen}” {effect}",
        why: "The cycle says how many reports a window owes",
        mend: "Write one of 每日 每周 每旬 每半月 每月 每季 每半年 每年 一次性; how often within it belongs under 考核指标",
        example: "bad: 不定期; good: 每月",
    },
};

/// Notes it at its cell.
pub(in super::super) fn note(place: Place, seen: &str, out: &mut Findings) {
    out.note(&KIND, place).seen(seen).fact_in(
        "effect",
        "看不懂，本次按每个报告期报一次处理",
        "is not understood; the task is owed once in each window",
    );
}

/// Notes one that asks for more than the one report in each period of `cycle` that is owed.
pub(in super::super) fn note_more(place: Place, seen: &str, cycle: Cycle, out: &mut Findings) {
    let words = |lang| cycle.word(lang);
    out.note(&KIND, place).seen(seen).fact_in(
        "effect",
        format!("不止一次，本次只按{}报一次处理", words(Lang::Zh)),
        format!("asks for more than one report; one is owed {}", words(Lang::En)),
    );
}
