//! P512: a division without tasks.

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::scope::Scope;
use crate::division::load::Drafts;

/// The kind.
pub static KIND: Kind = Kind {
    code: "P512",
    name: "no-tasks",
    scope: Scope::Division,
    severity: Severity::Error,
    zh: Wording {
        title: "没有任务",
        message: "{reason}",
        why: "没有任务就不知道谁该报什么，无法检查",
        mend: "设一张名为“任务分工”的工作表，表头至少有工作任务和责任单位，下面每行一项任务",
        example: "表头：任务编号｜工作任务｜责任单位",
    },
    en: Wording {
        title: "No tasks",
        message: "{reason}",
        why: "Without tasks nobody knows who owes what",
        mend: "Make a sheet 任务分工 whose heading has at least 工作任务 and 责任单位, one task a row below",
        example: "heading: 任务编号 | 工作任务 | 责任单位",
    },
};

/// Notes it at the sheet or workbook in which tasks were expected.
pub(in super::super) fn check(drafts: &Drafts, out: &mut Findings) {
    if !drafts.tasks.is_empty() {
        return;
    }
    let finding = out.note(&KIND, drafts.place);
    if drafts.table {
        finding.fact_in("reason", "任务表的表头下面没有任务", "There is no task below the heading");
    } else if drafts.place.sheet.is_some() {
        finding.fact_in("reason", "工作表中找不到任务表的表头", "The sheet has no heading of a table of tasks");
    } else {
        finding.fact_in("reason", "工作簿中找不到任务分工", "The workbook has no table of tasks");
    }
}
