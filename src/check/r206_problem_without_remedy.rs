//! A problem without any statement of what is done about it.

use crate::basis::Bilingual;
use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::scope::Scope;
use crate::basis::text::heading_key;
use crate::check::support::{no_problem, says_nothing};
use crate::check::{Entry, Rule};
use crate::division::{Context, fields};
use crate::table::Lexicon;

/// Words in other columns that say what is done about a problem.
const REMEDIES: &[&str] =
    &["整改", "已处理", "已解决", "已清理", "已修复", "已更换", "已通知", "已移交", "已上报", "销号"];

/// The kind.
pub static KIND: Kind = Kind {
    code: "R206",
    name: "problem-without-remedy",
    scope: Scope::Submission,
    severity: Severity::Warning,
    zh: Wording {
        title: "有问题无整改",
        message: "存在问题“{seen}”，没有写怎么整改",
        why: "发现的问题要有整改措施和结果，才能闭环销号。",
        mend: "请补写整改措施、整改时限；已整改的写明结果。",
        example: "不合格：问题“路灯不亮”，整改措施空着。合格：“8 月 20 日前报修，已修复”。",
    },
    en: Wording {
        title: "Problem without remedy",
        message: "The problem “{seen}” stands without a remedy",
        why: "A problem found is followed until it is closed.",
        mend: "Add what is done about it and by when; if it is mended, say so.",
        example: "Bad: a lamp that is out, and no more. Good: “repaired by 20 August”.",
    },
};

/// Finds problems without a remedy.
#[derive(Debug)]
pub struct ProblemWithoutRemedy;

impl Rule for ProblemWithoutRemedy {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn record(&self, cx: &Context<'_>, entry: Entry<'_>, out: &mut Findings) {
        let text = |field| entry.text(field);
        let problem = text(fields::PROBLEM);
        if no_problem(problem) || !says_nothing(text(fields::REMEDY)) || !says_nothing(text(fields::REMEDY_STATE)) {
            return;
        }
        // A column of tasks under 整改措施 says both.
        let heading = entry.ledger.column(fields::TASK).map(|at| heading_key(&entry.ledger.columns[at].heading));
        if heading.and_then(|heading| cx.division.fields.field(&heading)) == Some(fields::REMEDY) {
            return;
        }
        let elsewhere = [fields::PROBLEM, fields::PROGRESS, fields::REMARK, fields::STATUS];
        if elsewhere.iter().any(|&field| REMEDIES.iter().any(|word| text(field).contains(word))) {
            return;
        }
        let field =
            [fields::REMEDY, fields::REMEDY_STATE].into_iter().find(|&field| entry.ledger.column(field).is_some());
        out.note(&KIND, entry.place(field.unwrap_or(fields::PROBLEM)))
            .unit(entry.unit())
            .task(entry.record.task)
            .seen(problem)
            .expected(Bilingual::new("整改措施", "what is done about it"))
            .related(entry.place(fields::PROBLEM));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn a_problem_needs_a_remedy() {
        check(
            &ProblemWithoutRemedy,
            "
            division | 1-1 广告整治 | 综合科、后勤中心
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 存在问题 | 整改措施
            '1-1 | 广告整治 | 正在推进 | 路灯不亮 |        <- R206 @E
            '1-1 | 广告整治 | 正在推进 | 墙面破损 | 8月底前粉刷
            '1-1 | 广告整治 | 正在推进 | 无 |
            '1-1 | 广告整治 | 正在推进 | 本月未发现隐患 |
            '1-1 | 广告整治 | 正在推进 | 零报告 |
            '1-1 | 广告整治 | 正在推进 | 井盖缺失，已整改 |
            --- 后勤中心.xlsx
            存在问题 | 整改措施 | 完成情况
            路灯不亮 | 广告整治 | 已完成
            ",
        );
    }
}
