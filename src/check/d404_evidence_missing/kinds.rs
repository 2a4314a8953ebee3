//! Kinds of evidence that none of the records of a period mentions.

use chrono::NaiveDate;

use super::given::{gives_something, is_faulty, offers, owing};
use crate::basis::place::Place;
use crate::basis::side_by_side;
use crate::basis::{TaskId, UnitId};
use crate::check::support::{evidence, record, says_nothing};
use crate::check::{Batch, Entry, FileState, RunFile};
use crate::division::{Context, Task, Terms, fields};
use crate::obligation::RecordRef;

/// Places of single records that a finding names besides its own.
const NAMED: usize = 50;

/// What records are looked at together by: their task, unit and period.
type Owed = (TaskId, UnitId, Option<NaiveDate>);

/// Kinds of evidence that no record of a unit on a task in a period mentions.
pub(super) struct Unmentioned<'a> {
    pub(super) task: &'a Task,
    pub(super) terms: &'a Terms,
    /// The first done record that gives evidence.
    pub(super) first: Entry<'a>,
    /// The evidence of the others.
    pub(super) others: Vec<Place>,
    pub(super) kinds: Vec<&'a str>,
}

/// Kinds of evidence that no record of a task mentions, for each unit and period: the kinds may be spread over the
/// rows, done or not, and where the period is longer than the window over those sent before. Done rows that give nothing
/// were told one by one.
pub(super) fn in_no_row<'a>(cx: &Context<'a>, batch: &Batch<'a>) -> Vec<Unmentioned<'a>> {
    let periods = Periods::of(batch);
    let merged: Vec<&RunFile> = batch.files.iter().filter(|file| file.state == FileState::Merged).collect();
    let of_each = side_by_side::map(&merged, |file| rows_in(cx, file, &periods));
    let mut rows: Vec<(Owed, Entry<'_>)> = of_each.into_iter().flatten().collect();
    rows.sort_by_key(|(owed, _)| *owed);
    let groups: Vec<&[(Owed, Entry<'_>)]> = rows.chunk_by(|a, b| a.0 == b.0).collect();
    let found = side_by_side::map(&groups, |group| {
        let &((task, unit, _), _) = group.first()?;
        let before = batch.obligations.before.get(&(task, unit)).map_or(&[][..], Vec::as_slice);
        // what evidence reports gave that are no longer in the inbox is not known
        let before: Option<Vec<_>> = before.iter().map(|report| record(batch, report.record?)).collect();
        unmentioned(cx, group, &before?)
    });
    found.into_iter().flatten().collect()
}

/// The records of a file that owe evidence, in reading order.
fn rows_in<'a>(cx: &Context<'_>, file: &'a RunFile, periods: &Periods) -> Vec<(Owed, Entry<'a>)> {
    let with_column = |entry: &Entry<'_>| entry.ledger.column(fields::EVIDENCE).is_some();
    let rows = file.counting().filter(|(_, entry)| with_column(entry) && owing(cx, *entry).is_some());
    rows.filter_map(|(at, entry)| Some(((entry.record.task?, entry.unit()?, periods.get(at)), entry))).collect()
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

/// What the records of one unit on one task in one period and those `before` them do not mention, if one is done and gives
/// evidence, and every one can be read.
fn unmentioned<'a>(cx: &Context<'a>, group: &[(Owed, Entry<'a>)], before: &[Entry<'a>]) -> Option<Unmentioned<'a>> {
    let &((task, unit, _), _) = group.first()?;
    let entries = || group.iter().map(|(_, entry)| *entry);
    let all = || entries().chain(before.iter().copied());
    if all().any(is_faulty) {
        return None;
    }
    let task = cx.division.task(task);
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
    let kinds: Vec<&str> = owed.filter(|kind| !mentioned(kind)).collect();
    let mut giving = entries().filter(|entry| entry.is_done() && gives_something(*entry));
    let first = giving.next().filter(|_| !kinds.is_empty())?;
    let others = giving.map(|entry| entry.place(fields::EVIDENCE)).take(NAMED).collect();
    Some(Unmentioned { task, terms, first, others, kinds })
}

#[cfg(test)]
mod tests {
    use super::super::EvidenceMissing;
    use crate::check::fixture::check;

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
            division | 1-1 广告整治 | 综合科、后勤中心、车管科 | 佐证材料=正式文件、实景照片、工作小结
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
            '1-1 | 广告整治 | 正在推进 | 8月2日 | 总结1份
            --- 车管科.xlsx
            任务编号 | 工作任务 | 完成情况 | 日期 | 佐证材料
            '1-1 | 广告整治 | 正在推进 | 8月1日 | 照片5张
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
        // in a year that goes on
        check(&EvidenceMissing, &drawing("每年", "实景照片3张", ""));
        check(&EvidenceMissing, &drawing("每年", "工作台账", "<- D404 @E warning 1-1 ~实景照片"));
        check(&EvidenceMissing, &drawing("每季", "工作台账", "<- D404 @E warning 1-1 ~实景照片"));
        check(&EvidenceMissing, &drawing("每月", "实景照片3张", "<- D404 @E warning 1-1 ~实景照片"));
    }
}
