//! P516: a ruling that nothing needs any more.

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::scope::Scope;
use crate::ruling::Ruling;

/// The kind.
pub static KIND: Kind = Kind {
    code: "P516",
    name: "ruling-unneeded",
    scope: Scope::Division,
    severity: Severity::Info,
    zh: Wording {
        title: "认定没有用到",
        message: "第 {id} 号认定本期没有用到：没有“{seen}”这样的问题",
        why: "来源已经改正，或任务分工、名录已经收录；留着不影响结果。",
        mend: "不用处理；确实不再需要的，可清空“认定”或写“有效至”。",
        example: "“综合处”已登记为综合科的别名，原来的报送单位认定就用不到了。",
    },
    en: Wording {
        title: "Ruling not needed",
        message: "Ruling {id} was not needed in this window: nothing is doubtful about “{seen}”",
        why: "What was submitted has been mended, or the division knows it by now; the ruling does no harm.",
        mend: "Nothing to do; clear its 认定 or end it by 有效至 if it is over for good.",
        example: "综合处 has become an alias of 综合科, and the ruling on it is no longer asked for.",
    },
};

/// Notes one.
pub(crate) fn note(ruling: &Ruling, out: &mut Findings) {
    out.note(&KIND, ruling.place).fact("id", ruling.id).seen(&ruling.text);
}
