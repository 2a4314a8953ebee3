//! P514: a line of 人工认定 that cannot be obeyed.

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::scope::Scope;
use crate::check::{Batch, Rule};
use crate::division::Context;

/// The kind.
pub static KIND: Kind = Kind {
    code: "P514",
    name: "ruling-invalid",
    scope: Scope::Division,
    severity: Severity::Warning,
    zh: Wording {
        title: "认定无效",
        message: "第 {id} 号认定无效：{reason}[（现为“{seen}”）]",
        why: "认定改变对单位的统计，必须说明是谁、为什么；写不明白的不能照办，原来的问题仍在。",
        mend: "请在人工认定.xlsx 中补写或改写这一格；不再认定的，清空“认定”一格。",
        example: "不合格：理由“核实无误”。合格：理由“9月3日与后勤中心李某电话核对，该项即1-2”。",
    },
    en: Wording {
        title: "Ruling invalid",
        message: "Ruling {id} is invalid: {reason}[ (it says “{seen}”)]",
        why: "A ruling changes what counts for a unit: it must say who ruled and why. What is unclear is not obeyed.",
        mend: "Complete or rewrite the cell in 人工认定.xlsx, or clear its 认定.",
        example: "Bad: the reason 核实无误. Good: whom was asked, when, and what came of it.",
    },
};

/// Finds rulings that cannot be obeyed.
#[derive(Debug)]
pub struct RulingInvalid;

impl Rule for RulingInvalid {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn batch(&self, cx: &Context<'_>, _: &Batch<'_>, out: &mut Findings) {
        for refused in &cx.division.rulings.invalid {
            let finding = out.note(&KIND, refused.place).fact("id", refused.id);
            finding.fact("reason", refused.why.clone());
            if !refused.seen.is_empty() {
                finding.seen(&refused.seen);
            }
        }
    }
}
