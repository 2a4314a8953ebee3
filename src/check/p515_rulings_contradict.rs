//! P515: two rulings that say different things of the same words.

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::scope::Scope;
use crate::check::{Batch, Rule};
use crate::division::Context;

/// The kind.
pub static KIND: Kind = Kind {
    code: "P515",
    name: "rulings-contradict",
    scope: Scope::Division,
    severity: Severity::Error,
    zh: Wording {
        title: "认定互相矛盾",
        message: "第 {id} 号和第 {other} 号认定说的是同一件事，结果不同，两条都没有采用",
        why: "同一件事有两种认定，程序不能替人选；在改正之前，原来的问题仍在。",
        mend: "请清空其中一条的“认定”；先后不同的，在前一条“有效至”写明到哪一天为止。",
        example: "第3号把“差不多了”认定为已完成（全部今后），第9号认定为正在推进（本单位今后）。",
    },
    en: Wording {
        title: "Rulings contradict each other",
        message: "Rulings {id} and {other} are about the same and differ; neither is obeyed",
        why: "The program cannot choose between two rulings; until one gives way the doubt stands.",
        mend: "Clear the 认定 of one of them, or end the earlier one by 有效至.",
        example: "Ruling 3 takes 差不多了 for done (everybody), ruling 9 for in progress (this unit).",
    },
};

/// Finds rulings that contradict each other.
#[derive(Debug)]
pub struct RulingsContradict;

impl Rule for RulingsContradict {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn batch(&self, cx: &Context<'_>, _: &Batch<'_>, out: &mut Findings) {
        for [(id, place), (other, there)] in &cx.division.rulings.clashes {
            out.note(&KIND, *place).fact("id", id).fact("other", other).related(*there);
        }
    }
}
