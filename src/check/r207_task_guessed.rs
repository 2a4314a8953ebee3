//! A row whose task was found by likeness, or whose code and text belong to different tasks.

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::scope::Scope;
use crate::check::support::phrase::task_name;
use crate::check::{Entry, Rule};
use crate::division::{Context, fields};
use crate::ledger::Attribution;

/// The kind.
pub static KIND: Kind = Kind {
    code: "R207",
    name: "task-guessed",
    scope: Scope::Submission,
    severity: Severity::Info,
    zh: Wording {
        title: "任务按相似度认定",
        message: "“{seen}”[按相似度 {likeness}% 认作“{guessed}”][的编号是“{task}”，文字却是“{other}”，按编号归入]",
        why: "文字与任务分工不一致，由程序按相似度或编号认定，需要人看一眼。",
        mend: "请核对认定是否正确；以后请写任务编号，或照抄任务分工的文字。",
        example: "“开展全民节约活动”认作“开展全民节约行动”。",
    },
    en: Wording {
        title: "Task told by likeness",
        message: "“{seen}” [was taken for “{guessed}” ({likeness} % alike)][has the number of “{task}” and the text of “{other}”; the number counts]",
        why: "Its text is not that of the division; likeness or the number decided, and somebody should look.",
        mend: "Check the task; from now on write its number, or its text as in the division.",
        example: "开展全民节约活动 taken for 开展全民节约行动.",
    },
};

/// Finds rows whose task was guessed.
#[derive(Debug)]
pub struct TaskGuessed;

impl Rule for TaskGuessed {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn record(&self, cx: &Context<'_>, entry: Entry<'_>, out: &mut Findings) {
        let Some(task) = entry.record.task else { return };
        if entry.repeats_task() {
            return;
        }
        let seen = entry.text(fields::TASK);
        let demand = cx.division.task(task).terms(entry.unit()).place;
        match entry.record.by {
            Attribution::Likeness(likeness) => {
                out.note(&KIND, entry.place(fields::TASK))
                    .unit(entry.unit())
                    .task(task)
                    .seen(seen)
                    .expected(&cx.division.task(task).text.value)
                    .fact("likeness", likeness)
                    .fact("guessed", task_name(cx.division, task))
                    .related(demand);
            }
            Attribution::CodeAgainstText(other) => {
                let code = if entry.ledger.column(fields::CODE).is_some() { fields::CODE } else { fields::SERIAL };
                out.note(&KIND, entry.place(code))
                    .severity(Severity::Warning)
                    .unit(entry.unit())
                    .task(task)
                    .seen(format!("{} {seen}", entry.text(code)))
                    .expected(&cx.division.task(task).text.value)
                    .fact("other", task_name(cx.division, other))
                    .related(demand)
                    .related(cx.division.task(other).terms(entry.unit()).place);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn likeness_is_told_and_code_against_text_is_a_warning() {
        check(
            &TaskGuessed,
            "
            division | 1-1 开展俭以养德全民节约行动 | 综合科
            division | 1-2 开展传统节日主题活动 | 综合科
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况
             | 开展“俭以养德”全民节约活动 | 正在推进        <- R207 @B info 1-1
            '1-1 | 开展传统节日主题活动 | 正在推进          <- R207 @A warning 1-1
            '1-2 | 开展传统节日主题活动 | 正在推进
            ",
        );
    }
}
