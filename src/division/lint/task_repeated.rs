//! P504: two tasks with the same code.

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::scope::Scope;
use crate::division::load::Draft;

/// The kind.
pub static KIND: Kind = Kind {
    code: "P504",
    name: "task-repeated",
    scope: Scope::Division,
    severity: Severity::Error,
    zh: Wording {
        title: "任务编号重复",
        message: "任务编号“{code}”用于两项不同的任务：“{first}”与“{seen}”",
        why: "台账按编号认任务，编号重复就分不清报的是哪一项",
        mend: "给其中一项换一个编号；若是同一项任务，请把两处的工作任务写成一样",
        example: "不当：3 清理广告、3 全面禁烟　应为：3 清理广告、4 全面禁烟",
    },
    en: Wording {
        title: "One code for two tasks",
        message: "Code “{code}” stands for two tasks: “{first}” and “{seen}”",
        why: "Ledger rows are recognised by code; a repeated code makes them ambiguous",
        mend: "Give one of them another code; if they are one task, write the same text twice",
        example: "bad: 3 清理广告, 3 全面禁烟; good: 3 清理广告, 4 全面禁烟",
    },
};

/// Notes it at the code of each later task.
pub(in super::super) fn note(draft: &Draft, out: &mut Findings) {
    for (place, text) in &draft.others {
        out.note(&KIND, *place)
            .seen(text)
            .fact("code", &draft.code)
            .fact("first", &draft.text.text)
            .related(draft.code_place);
    }
}
