//! A task reported as done without evidence, or without every required kind of evidence.

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::Place;
use crate::basis::scope::{GapKind, Scope};
use crate::check::support::evidence;
use crate::check::support::{listing, says_nothing};
use crate::check::{Entry, OneFile, Rule};
use crate::division::{Context, Task, fields};
use crate::ledger::{Ledger, Value};

/// The kind.
pub static KIND: Kind = Kind {
    code: "D404",
    name: "evidence-missing",
    scope: Scope::Owed(GapKind::Incomplete),
    severity: Severity::Error,
    zh: Wording {
        title: "缺佐证材料",
        message: "[“{task}”已完成，但没有佐证材料，应提供：{owed}][“{of}”的佐证材料没有提到：{kinds}][台账没有“佐证材料”列，已完成的任务（{tasks}）无法核对材料]",
        why: "测评以材料为准，没有佐证材料的工作不能认定完成。",
        mend: "请在“佐证材料”栏写明材料名称和数量（如“通知1份、照片3张”），并随台账报送材料。",
        example: "不合格：已完成，佐证材料写“无”。合格：“正式文件1份、实景照片3张”。",
    },
    en: Wording {
        title: "Evidence missing",
        message: "[“{task}” is done, without evidence; owed: {owed}][“{of}”: the evidence does not mention {kinds}][The ledger has no column 佐证材料 for the tasks that are done ({tasks})]",
        why: "The assessment goes by documents; work without evidence does not count as done.",
        mend: "Name the documents and their number under 佐证材料 (“通知1份、照片3张”) and send them along.",
        example: "Bad: done, and 无 under 佐证材料. Good: 正式文件1份、实景照片3张.",
    },
};

/// Finds missing evidence.
#[derive(Debug)]
pub struct EvidenceMissing;

impl Rule for EvidenceMissing {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn ledger(&self, cx: &Context<'_>, file: &OneFile<'_>, ledger: &Ledger, out: &mut Findings) {
        if ledger.column(fields::EVIDENCE).is_some() {
            for entry in file.entries_of(ledger) {
                if let Some(task) = owing(cx, entry) {
                    look_at(entry, task, out);
                }
            }
            return;
        }
        // without an evidence column there is one finding, not one for each row
        let bare: Vec<(Entry<'_>, &Task)> = file
            .entries_of(ledger)
            .filter(|entry| entry.record.pictures == 0)
            .filter_map(|entry| Some((entry, owing(cx, entry)?)))
            .collect();
        let Some((first, _)) = bare.first() else { return };
        let mut codes: Vec<&str> = bare.iter().map(|(_, task)| task.code.as_str()).collect();
        codes.dedup();
        let place = Place::sheet(ledger.source, ledger.sheet).at(ledger.heading);
        let finding = out.note(&KIND, place).unit(first.unit());
        if codes.len() == 1 {
            finding.task(first.record.task);
        }
        finding.fact("tasks", listing(&codes, 10));
        finding.related = bare.iter().map(|(_, task)| task.place).collect();
        finding.related.dedup();
    }
}

/// The task of a record that is done and requires evidence, if its unit owes the task.
fn owing<'a>(cx: &Context<'a>, entry: Entry<'_>) -> Option<&'a Task> {
    let task = cx.division.task(entry.record.task?);
    let owes = entry.unit().is_some_and(|unit| task.units.contains(&unit));
    (owes && !task.evidence.is_empty() && entry.is_done()).then_some(task)
}

/// Checks the evidence of a record.
fn look_at(entry: Entry<'_>, task: &Task, out: &mut Findings) {
    // C106 and C107 cover formulas without a value and error values
    if matches!(entry.value(fields::EVIDENCE), Value::Uncalculated | Value::Fault) {
        return;
    }
    let (given, place) = (entry.text(fields::EVIDENCE), entry.place(fields::EVIDENCE));
    let (unit, pictures) = (entry.unit(), entry.record.pictures > 0);
    if says_nothing(given) && !pictures {
        let finding = out.note(&KIND, place).unit(unit).task(entry.record.task).related(task.place);
        finding.expected(task.evidence.join("、")).fact("owed", listing(&task.evidence, 8));
        if !given.is_empty() {
            finding.seen(given);
        }
        return;
    }
    let unmentioned: Vec<&String> =
        task.evidence.iter().filter(|kind| !evidence::mentions(given, kind, pictures)).collect();
    if !unmentioned.is_empty() {
        let finding = out.note(&KIND, place).severity(Severity::Warning).unit(unit).task(entry.record.task);
        finding.seen(given).expected(task.evidence.join("、")).related(task.place);
        // `{task}` would add the first sentence of the wording; `{of}` gives the code only
        finding.fact("of", &task.code);
        finding.fact("kinds", listing(&unmentioned, 8));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn done_needs_evidence_of_every_kind_owed() {
        check(
            &EvidenceMissing,
            "
            division | 1-1 广告整治 | 综合科 | 佐证材料=正式文件、实景照片
            division | 1-2 环境整治 | 综合科
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 日期 | 佐证材料
            '1-1 | 广告整治 | 已完成 | 8月1日 |             <- D404 @E error 1-1
            '1-1 | 广告整治 | 已完成 | 8月2日 | 无          <- D404 @E error
            '1-1 | 广告整治 | 已完成 | 8月3日 | 照片5张      <- D404 @E warning
            '1-1 | 广告整治 | 已完成 | 8月4日 | 通知1份、照片5张
            '1-1 | 广告整治 | 正在推进 | 8月5日 |
            '1-2 | 环境整治 | 已完成 | 8月6日 |
            ",
        );
    }

    #[test]
    fn a_ledger_without_the_column_is_one_finding() {
        check(
            &EvidenceMissing,
            "
            division | 1-1 广告整治 | 综合科、后勤中心 | 佐证材料=正式文件
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 日期           <- D404 综合科 1-1
            '1-1 | 广告整治 | 已完成 | 8月1日
            '1-1 | 广告整治 | 已完成 | 8月2日
            --- 后勤中心.xlsx
            任务编号 | 工作任务 | 完成情况 | 日期
            '1-1 | 广告整治 | 正在推进 |
            ",
        );
    }
}
