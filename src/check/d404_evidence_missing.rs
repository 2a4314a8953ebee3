//! A task reported as done without evidence, or without every required kind of evidence.

mod given;
mod kinds;

use std::collections::BTreeMap;

use crate::basis::calendar::Window;
use crate::basis::finding::{Finding, Findings, Kind, Severity, Wording};
use crate::basis::place::Place;
use crate::basis::scope::{GapKind, Scope};
use crate::check::support::{listing, phrase};
use crate::check::{Batch, Entry, OneFile, Rule};
use crate::division::{Context, Task, Terms, fields};
use crate::ledger::Ledger;
use crate::obligation::{SubPeriods, counts_for};
use crate::ruling::RulingKind;
use given::{gives_something, is_faulty, owing};
use kinds::Unmentioned;

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
            // what goes on with the record above owes nothing beside it
            for entry in file.entries_of(ledger).filter(|entry| !entry.record.goes_on) {
                if let Some((task, terms)) = owing(cx, entry).filter(|_| entry.is_done()) {
                    look_at(cx, entry, task, terms, out);
                }
            }
            return;
        }
        // without an evidence column there is one finding, not one for each row
        let mut bare: BTreeMap<Option<u32>, Vec<(Entry<'_>, &Task, &Terms)>> = BTreeMap::new();
        for entry in file.entries_of(ledger).filter(|entry| entry.record.pictures == 0) {
            if let Some((task, terms)) = owing(cx, entry).filter(|_| entry.is_done()) {
                bare.entry(seen_on_paper(cx, entry, task, terms)).or_default().push((entry, task, terms));
            }
        }
        for (ruling, bare) in bare {
            let mut codes: Vec<&str> = bare.iter().map(|(_, task, _)| task.code.as_str()).collect();
            codes.dedup();
            let place = Place::sheet(ledger.source, ledger.sheet).at(ledger.heading);
            let finding = out.note(&KIND, place).unit(bare[0].0.unit()).ruling(ruling);
            if codes.len() == 1 {
                finding.task(bare[0].0.record.task);
            }
            finding.fact("tasks", listing(&codes, 10));
            finding.related = bare.iter().map(|(.., terms)| terms.place).collect();
            finding.related.dedup();
        }
    }

    fn batch(&self, cx: &Context<'_>, batch: &Batch<'_>, out: &mut Findings) {
        for unmentioned in kinds::in_no_row(cx, batch) {
            tell_kinds(cx, &unmentioned, out);
        }
    }
}

/// The ruling by which the evidence of a record was seen on paper.
fn seen_on_paper(cx: &Context<'_>, entry: Entry<'_>, task: &Task, terms: &Terms) -> Option<u32> {
    let rulings = &cx.division.rulings;
    if !rulings.any(RulingKind::Evidence) {
        return None;
    }
    let asker = entry.file().asker(cx, entry.unit());
    let words = format!("{} {}", task.code, period(cx, entry, terms).label());
    rulings.find(RulingKind::Evidence, &words, &asker).map(|ruling| ruling.id)
}

/// The period of a task that a record reports on: the window of its file, a part of that, or a longer one that holds it.
fn period(cx: &Context<'_>, entry: Entry<'_>, terms: &Terms) -> Window {
    let window = entry.file().asker(cx, None).window;
    let parts = SubPeriods::asked(cx, std::iter::once(terms));
    let Some(all) = parts.of(terms) else { return counts_for(terms, window) };
    parts.reported(terms, entry, &window).first().map_or(window, |at| all[*at].0)
}

/// Looks at a done record that gives no evidence at all.
fn look_at(cx: &Context<'_>, entry: Entry<'_>, task: &Task, terms: &Terms, out: &mut Findings) {
    // A formula without value or an error value was told already (C106, C107).
    if is_faulty(entry) || gives_something(entry) {
        return;
    }
    let given = entry.text(fields::EVIDENCE);
    let finding = told_at(cx, entry, task, terms, out);
    finding.fact("owed", listing(&terms.evidence, 8));
    if !given.is_empty() {
        finding.seen(given);
    }
}

/// Tells of kinds that no row mentions.
fn tell_kinds(cx: &Context<'_>, unmentioned: &Unmentioned<'_>, out: &mut Findings) {
    let Unmentioned { task, terms, first, others, kinds } = unmentioned;
    let finding = told_at(cx, *first, task, terms, out).severity(Severity::Warning);
    finding.seen(first.text(fields::EVIDENCE));
    finding.related.extend(others);
    // `{task}` belongs to the first sentence; this one names its task by a fact of its own.
    let name = first.record.task.map(|id| phrase::task_name(cx.division, id));
    finding.fact("of", name.unwrap_or_default());
    finding.fact("kinds", listing(kinds, 8));
}

/// A finding at the evidence of a record.
fn told_at<'o>(
    cx: &Context<'_>,
    entry: Entry<'_>,
    task: &Task,
    terms: &Terms,
    out: &'o mut Findings,
) -> &'o mut Finding {
    let finding = out.note(&KIND, entry.place(fields::EVIDENCE)).unit(entry.unit()).task(entry.record.task);
    let period = period(cx, entry, terms);
    if period != cx.window {
        finding.period(period.label());
    }
    let ruling = seen_on_paper(cx, entry, task, terms);
    finding.related(terms.place).expected(terms.evidence.join("、")).ruling(ruling)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{check, outcome};

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
            '1-1 | 广告整治 | 已完成 | 8月4日 | 现场照片
            '1-1 | 广告整治 | 正在推进 | 8月5日 |
            '1-2 | 环境整治 | 已完成 | 8月6日 |
            ",
        );
    }

    #[test]
    fn what_goes_on_with_a_record_owes_nothing_beside_it() {
        check(
            &EvidenceMissing,
            "
            division | 1-1 广告整治 | 综合科 | 佐证材料=实景照片
            --- 综合科.xlsx
            工作任务 | 完成情况 | 佐证材料 | 备注
            广告整治 | 已完成 | 实景照片 | 甲路
             | | | 乙路
            广告整治 | 已完成 | | 丙路                    <- D404 @C error 1-1
             | | | 丁路
            ",
        );
    }

    #[test]
    fn originals_seen_for_one_week_are_not_seen_for_another() {
        for (seen, first, second, asked) in [
            ("1-1 2014-W33", None, Some(1), "1-1 2014-W32 广告整治"),
            ("1-1 2014-W32 广告整治", Some(1), None, "1-1 2014-W33 广告整治"),
            ("1-1 广告整治", Some(1), Some(1), ""),
        ] {
            let report = outcome(&format!(
                "division | 1-1 广告整治 | 综合科 | 报送周期=每周 | 佐证材料=实景照片
                 ruling | 纸质佐证 | 综合科 | {seen} | 认定=已见原件
                 --- 综合科.xlsx
                 任务编号 | 工作任务 | 完成情况 | 日期 | 佐证材料
                 '1-1 | 广告整治 | 已完成 | 8月6日 |
                 '1-1 | 广告整治 | 已完成 | 8月13日 |"
            ));
            let told = report.issues.iter().map(|issue| &issue.finding).filter(|finding| finding.kind.code == "D404");
            let told: Vec<_> = told.map(|finding| (finding.period.as_deref(), finding.ruling)).collect();
            assert_eq!(told, [(Some("2014-W32"), first), (Some("2014-W33"), second)], "{seen}");
            let doubts = report.doubts.iter().filter(|doubt| doubt.kind == RulingKind::Evidence);
            assert_eq!(doubts.map(|doubt| doubt.text.as_str()).collect::<String>(), asked, "{seen}");
        }
    }

    #[test]
    fn a_heading_says_what_its_marks_stand_for() {
        check(
            &EvidenceMissing,
            "
            division | 1-1 广告整治 | 综合科、后勤中心、车管科 | 佐证材料=实景照片
            division | 1-2 环境整治 | 车管科 | 佐证材料=正式文件
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 日期 | 佐证材料（照片）
            '1-1 | 广告整治 | 已完成 | 8月1日 | 有
            --- 后勤中心.xlsx
            任务编号 | 工作任务 | 完成情况 | 日期 | 佐证材料 | 照片
            '1-1 | 广告整治 | 已完成 | 8月2日 | | √
            --- 车管科.xlsx
            任务编号 | 工作任务 | 完成情况 | 日期 | 佐证材料（照片）
            '1-1 | 广告整治 | 已完成 | 8月1日 | 3张
            '1-2 | 环境整治 | 已完成 | 8月1日 | 有          <- D404 @E warning 1-2
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

    #[test]
    fn a_picture_in_the_row_is_evidence_of_photos_only() {
        check(
            &EvidenceMissing,
            "
            division | 1-1 广告整治 | 综合科 | 佐证材料=实景照片
            division | 1-2 环境整治 | 综合科 | 佐证材料=正式文件
            division | 1-3 秩序整治 | 综合科 | 佐证材料=实景照片
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 日期 | 佐证材料
            picture:'1-1 | 广告整治 | 已完成 | 8月1日 |
            '1-1 | 广告整治 | 已完成 | 8月2日 |                   <- D404 @E error 1-1
            '1-3 | 秩序整治 | 已完成 | 8月3日 | 通知1份            <- D404 @E warning 1-3
            picture:'1-2 | 环境整治 | 已完成 | 8月4日 |            <- D404 @E warning 1-2
            ",
        );
    }

    #[test]
    fn without_the_column_pictures_count_row_by_row() {
        check(
            &EvidenceMissing,
            "
            division | 1-1 广告整治 | 综合科、后勤中心 | 佐证材料=实景照片
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 日期
            picture:'1-1 | 广告整治 | 已完成 | 8月1日
            --- 后勤中心.xlsx
            任务编号 | 工作任务 | 完成情况 | 日期                  <- D404 error 后勤中心
            picture:'1-1 | 广告整治 | 已完成 | 8月1日
            '1-1 | 广告整治 | 已完成 | 8月2日
            ",
        );
    }

    #[test]
    fn who_does_not_owe_the_task_owes_no_evidence() {
        check(
            &EvidenceMissing,
            "
            division | 1-1 广告整治 | 综合科 | 佐证材料=实景照片
            division | 1-2 环境整治 | 后勤中心
            --- 后勤中心.xlsx
            任务编号 | 工作任务 | 完成情况 | 日期 | 佐证材料
            '1-1 | 广告整治 | 已完成 | 8月1日 |
            ",
        );
    }

    #[test]
    fn what_could_not_be_read_was_told_already() {
        check(
            &EvidenceMissing,
            "
            division | 1-1 广告整治 | 综合科 | 佐证材料=照片
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 佐证材料
            '1-1 | 广告整治 | 已完成 | =
            '1-1 | 广告整治 | 已完成 | #N/A
            '1-1 | 广告整治 | 已完成 | 无           <- D404 @D
            '1-1 | 广告整治 | 已完成 |              <- D404 @D
            ",
        );
    }
}
