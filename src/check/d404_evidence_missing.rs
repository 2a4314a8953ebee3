//! A task reported as done without evidence, or without every required kind of evidence.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::Place;
use crate::basis::scope::{GapKind, Scope};
use crate::basis::side_by_side;
use crate::basis::{TaskId, UnitId};
use crate::check::support::evidence;
use crate::check::support::{listing, record, says_nothing};
use crate::check::{Batch, Entry, FileState, OneFile, Rule, RunFile};
use crate::division::{Context, Task, Terms, fields};
use crate::ledger::{Ledger, Value};
use crate::obligation::{Obligation, RecordRef};
use crate::ruling::RulingKind;
use crate::table::Column;

/// Places of single records that a finding names besides its own.
const NAMED: usize = 50;

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
                if let Some((task, terms)) = owing(cx, entry) {
                    look_at(entry, terms, seen_on_paper(cx, entry, task), out);
                }
            }
            return;
        }
        // without an evidence column there is one finding, not one for each row
        let mut bare: BTreeMap<Option<u32>, Vec<(Entry<'_>, &Task, &Terms)>> = BTreeMap::new();
        for entry in file.entries_of(ledger).filter(|entry| entry.record.pictures == 0) {
            if let Some((task, terms)) = owing(cx, entry) {
                bare.entry(seen_on_paper(cx, entry, task)).or_default().push((entry, task, terms));
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
        kinds_in_no_row(cx, batch, out);
    }
}

/// The ruling by which the evidence of a record was seen on paper.
fn seen_on_paper(cx: &Context<'_>, entry: Entry<'_>, task: &Task) -> Option<u32> {
    let rulings = &cx.division.rulings;
    if !rulings.any(RulingKind::Evidence) {
        return None;
    }
    let asker = entry.file().asker(cx, entry.unit());
    rulings.find(RulingKind::Evidence, &task.code, &asker).map(|ruling| ruling.id)
}

/// The task of a record that is done and requires evidence, if its unit owes the task, and what it asks of the unit.
fn owing<'a>(cx: &Context<'a>, entry: Entry<'_>) -> Option<(&'a Task, &'a Terms)> {
    let task = cx.division.task(entry.record.task?);
    let unit = entry.unit().filter(|unit| task.units.contains(unit))?;
    let terms = task.terms(unit);
    (!terms.evidence.is_empty() && entry.is_done()).then_some((task, terms))
}

/// Looks at a record that gives no evidence at all.
fn look_at(entry: Entry<'_>, terms: &Terms, ruling: Option<u32>, out: &mut Findings) {
    // A formula without value or an error value was told already (C106, C107).
    if is_faulty(entry) || gives_something(entry) {
        return;
    }
    let given = entry.text(fields::EVIDENCE);
    let finding = out.note(&KIND, entry.place(fields::EVIDENCE)).unit(entry.unit()).task(entry.record.task);
    finding.related(terms.place).expected(terms.evidence.join("、")).ruling(ruling);
    finding.fact("owed", listing(&terms.evidence, 8));
    if !given.is_empty() {
        finding.seen(given);
    }
}

/// Whether what stands under 佐证材料 could not be read.
fn is_faulty(entry: Entry<'_>) -> bool {
    matches!(entry.value(fields::EVIDENCE), Value::Uncalculated | Value::Fault)
}

/// Whether a record gives evidence of any kind: under 佐证材料, in a column of its own, as a picture.
fn gives_something(entry: Entry<'_>) -> bool {
    entry.record.pictures > 0 || offers(entry).any(|(_, given)| !says_nothing(given))
}

/// The cells of a record that may give evidence, with their headings: 佐证材料, and columns that are named after a
/// kind of evidence (照片, 签到表).
fn offers(entry: Entry<'_>) -> impl Iterator<Item = (&str, &str)> {
    let task = |column: &Column| match column.field {
        Some(field) => field == fields::EVIDENCE,
        None => evidence::is_kind(&column.heading),
    };
    entry
        .cells()
        .filter(move |(column, _)| task(column))
        .map(move |(column, cell)| (column.heading.as_str(), entry.text_of(cell)))
}

/// What done records are looked at together by: their task, unit and period.
type Owed = (TaskId, UnitId, Option<NaiveDate>);

/// Kinds of evidence that no record of a task mentions, for each unit and period: the kinds may be spread over the
/// rows, and where the period is longer than the window over those sent before. Rows that give nothing were told one by one.
fn kinds_in_no_row(cx: &Context<'_>, batch: &Batch<'_>, out: &mut Findings) {
    let periods = Periods::of(batch);
    let merged: Vec<&RunFile> = batch.files.iter().filter(|file| file.state == FileState::Merged).collect();
    let of_each = side_by_side::map(&merged, |file| done_in(cx, file, &periods));
    let mut done: Vec<(Owed, Entry<'_>)> = of_each.into_iter().flatten().collect();
    done.sort_by_key(|(owed, _)| *owed);
    let groups: Vec<&[(Owed, Entry<'_>)]> = done.chunk_by(|a, b| a.0 == b.0).collect();
    let before = reported_before(batch);
    let found = side_by_side::map(&groups, |group| {
        let mut out = Findings::default();
        let before = group.first().and_then(|(owed, _)| before.get(owed));
        if !before.is_some_and(|before| before.away) {
            look_at_all(cx, group, before.map_or(&[], |before| &before.records), &mut out);
        }
        out
    });
    out.0.extend(found.into_iter().flat_map(|findings| findings.0));
}

/// The records of a file that are done and owe evidence, in reading order.
fn done_in<'a>(cx: &Context<'_>, file: &'a RunFile, periods: &Periods) -> Vec<(Owed, Entry<'a>)> {
    let with_column = |entry: &Entry<'_>| entry.ledger.column(fields::EVIDENCE).is_some();
    let done = file.counting().filter(|(_, entry)| with_column(entry) && owing(cx, *entry).is_some());
    done.filter_map(|(at, entry)| Some(((entry.record.task?, entry.unit()?, periods.get(at)), entry))).collect()
}

/// What was reported before in the period of a task that is longer than the window.
#[derive(Default)]
struct Before<'a> {
    records: Vec<Entry<'a>>,
    /// Whether some of it is no longer in the inbox: what evidence it gave is not known.
    away: bool,
}

/// What was reported before, for each unit and period of a longer task.
fn reported_before<'a>(batch: &Batch<'a>) -> BTreeMap<Owed, Before<'a>> {
    let longer = batch.obligations.all.iter().filter(|owed| !owed.earlier.is_empty());
    let before = |owed: &Obligation| Before {
        records: owed.earlier.iter().filter_map(|report| record(batch, report.record?)).collect(),
        away: owed.earlier.iter().any(|report| report.record.is_none()),
    };
    longer.map(|owed| ((owed.task, owed.unit, Some(owed.period.start)), before(owed))).collect()
}

/// The first day of the period that each record of each ledger of each file reports on, if it reports on one.
struct Periods(Vec<Vec<Vec<Option<NaiveDate>>>>);

impl Periods {
    fn of(batch: &Batch<'_>) -> Periods {
        let of_file = |file: &RunFile| {
            file.reading.ledgers.iter().map(|ledger| vec![None; ledger.records.len()]).collect::<Vec<_>>()
        };
        let mut periods = Periods(batch.files.iter().map(of_file).collect());
        for owed in &batch.obligations.all {
            for at in &owed.records {
                let of_ledger = periods.0.get_mut(at.file as usize).and_then(|file| file.get_mut(at.ledger as usize));
                if let Some(period) = of_ledger.and_then(|records| records.get_mut(at.record as usize)) {
                    *period = Some(owed.period.start);
                }
            }
        }
        periods
    }

    fn get(&self, at: RecordRef) -> Option<NaiveDate> {
        *self.0.get(at.file as usize)?.get(at.ledger as usize)?.get(at.record as usize)?
    }
}

/// Looks at the done records of one unit on one task in one period and at those `before` them, if every one can be read.
fn look_at_all(cx: &Context<'_>, group: &[(Owed, Entry<'_>)], before: &[Entry<'_>], out: &mut Findings) {
    let Some(&((id, unit, _), _)) = group.first() else { return };
    let entries = || group.iter().map(|(_, entry)| *entry);
    let all = || entries().chain(before.iter().copied());
    if all().any(is_faulty) {
        return;
    }
    let task = cx.division.task(id);
    let terms = task.terms(unit);
    let mentioned = |kind: &&str| {
        all().any(|entry| {
            let pictures = entry.record.pictures > 0;
            evidence::mentions("", kind, pictures)
                || offers(entry).any(|(heading, given)| {
                    !says_nothing(given) && evidence::mentions(&evidence::under(heading, given), kind, pictures)
                })
        })
    };
    let owed = terms.evidence.iter().flat_map(|owed| evidence::kinds(owed));
    let unmentioned: Vec<&str> = owed.filter(|kind| !mentioned(kind)).collect();
    let mut giving = entries().filter(|entry| gives_something(*entry));
    let Some(first) = giving.next().filter(|_| !unmentioned.is_empty()) else { return };
    let finding = out.note(&KIND, first.place(fields::EVIDENCE)).severity(Severity::Warning).unit(unit).task(id);
    finding.seen(first.text(fields::EVIDENCE)).expected(terms.evidence.join("、")).related(terms.place);
    finding.related.extend(giving.map(|entry| entry.place(fields::EVIDENCE)).take(NAMED));
    finding.ruling(seen_on_paper(cx, first, task));
    // `{task}` belongs to the first sentence; this one names its task by a fact of its own.
    finding.fact("of", &task.code);
    finding.fact("kinds", listing(&unmentioned, 8));
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
            '1-1 | 广告整治 | 已完成 | 8月4日 | 现场照片
            '1-1 | 广告整治 | 正在推进 | 8月5日 |
            '1-2 | 环境整治 | 已完成 | 8月6日 |
            ",
        );
    }

    #[test]
    fn an_amount_owed_is_not_what_is_owed() {
        check(
            &EvidenceMissing,
            "
            division | 1-1 广告整治 | 综合科 | 佐证材料=文件、照片、签到表各1份
            division | 1-2 环境整治 | 综合科 | 佐证材料=文件+照片+签到表各1份
            division | 1-3 秩序整治 | 综合科 | 佐证材料=照片3张、荣誉证书1份
            division | 1-4 市容整治 | 综合科 | 佐证材料=文件+照片+签到表各1份
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 日期 | 佐证材料
            '1-1 | 广告整治 | 已完成 | 8月1日 | 通知1份、照片3张   <- D404 @E warning 1-1 ~签到表各1份
            '1-2 | 环境整治 | 已完成 | 8月2日 | 照片3张           <- D404 @E warning 1-2 ~文件、签到表各1份
            '1-3 | 秩序整治 | 已完成 | 8月3日 | 通知1份、照片3张   <- D404 @E warning 1-3 ~荣誉证书1份
            '1-4 | 市容整治 | 已完成 | 8月4日 | 通知1份、签到表
            '1-4 | 市容整治 | 已完成 | 8月5日 | 照片3张
            ",
        );
    }

    #[test]
    fn kinds_may_be_spread_over_the_rows_of_a_task() {
        check(
            &EvidenceMissing,
            "
            division | 1-1 广告整治 | 综合科、后勤中心 | 佐证材料=正式文件、实景照片、工作小结
            division | 1-2 环境整治 | 综合科 | 佐证材料=正式文件、实景照片
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 日期 | 佐证材料
            '1-1 | 广告整治 | 已完成 | 8月1日 | 照片5张        <- D404 @E warning 1-1
            '1-1 | 广告整治 | 已完成 | 8月2日 | 通知1份
            '1-1 | 广告整治 | 已完成 | 8月3日 | 照片3张
            '1-2 | 环境整治 | 已完成 | 8月4日 | 照片5张
            '1-2 | 环境整治 | 已完成 | 8月5日 | 通知1份
            --- 后勤中心.xlsx
            任务编号 | 工作任务 | 完成情况 | 日期 | 佐证材料
            '1-1 | 广告整治 | 已完成 | 8月1日 | 照片5张、通知1份
            '1-1 | 广告整治 | 已完成 | 8月2日 | 总结1份
            ",
        );
    }

    #[test]
    fn kinds_may_be_spread_over_the_windows_of_a_longer_period() {
        let drawing = |cycle: &str, july: &str, mark: &str| {
            format!(
                "window 2014-09
                 as-of 2014-10-06
                 division | 1-1 广告整治 | 综合科 | 报送周期={cycle} | 佐证材料=工作台账、实景照片
                 --- 综合科2014年7月台账.xlsx 2014-08-03 10:00
                 任务编号 | 工作任务 | 完成情况 | 日期 | 佐证材料
                 '1-1 | 广告整治 | 正在推进 | 2014年7月20日 | {july}
                 --- 综合科2014年9月台账.xlsx 2014-10-03 10:00
                 任务编号 | 工作任务 | 完成情况 | 日期 | 佐证材料
                 '1-1 | 广告整治 | 已完成 | 2014年9月20日 | 工作台账1份    {mark}"
            )
        };
        check(&EvidenceMissing, &drawing("每季", "实景照片3张", ""));
        check(&EvidenceMissing, &drawing("每季", "工作台账", "<- D404 @E warning 1-1 ~实景照片"));
        check(&EvidenceMissing, &drawing("每月", "实景照片3张", "<- D404 @E warning 1-1 ~实景照片"));
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
