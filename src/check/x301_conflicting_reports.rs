//! Two files that contradict each other about the same task, unit and period.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::SourceId;
use crate::basis::scope::Scope;
use crate::basis::{TaskId, UnitId};
use crate::check::support::{in_two_files, live};
use crate::check::{Batch, Entry, Rule};
use crate::division::{Context, FieldType, fields};
use crate::ledger::Status;
use crate::ruling::{self, Asker, RulingKind};
use crate::table::FieldId;

/// The kind.
pub static KIND: Kind = Kind {
    code: "X301",
    name: "conflicting-reports",
    scope: Scope::Submission,
    severity: Severity::Error,
    zh: Wording {
        title: "两处填报不一致",
        message: "{unit}的“{task}”，{heading}此处为“{seen}”，“{file}”第 {row} 行为“{other}”",
        why: "同一单位、同一任务、同一期，两份台账说法不一，无法认定以哪个为准；两行都已保留。",
        mend: "请两边核对后统一口径，改正其中一份重新报送。",
        example: "综合科自己报“已完成”，牵头单位台账写它“未开始”。",
    },
    en: Wording {
        title: "Reports that conflict",
        message: "{unit}, “{task}”: {heading} is “{seen}” here and “{other}” in row {row} of “{file}”",
        why: "Two ledgers differ on one task of one unit for one period; both rows are kept.",
        mend: "Agree on what is right, correct the other ledger, and submit it again.",
        example: "A section reports 已完成, the lead unit's ledger says 未开始 of it.",
    },
};

/// The most rows of other files compared with each row.
const COMPARED: usize = 20;

/// Finds reports that conflict.
#[derive(Debug)]
pub struct ConflictingReports;

impl Rule for ConflictingReports {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn batch(&self, cx: &Context<'_>, batch: &Batch<'_>, out: &mut Findings) {
        let in_two = in_two_files(batch);
        let mut reports: BTreeMap<(UnitId, TaskId), Vec<Entry<'_>>> = BTreeMap::new();
        for entry in live(batch) {
            let key = entry.unit().zip(entry.record.task);
            if let Some(key) = key.filter(|key| in_two.contains(key)) {
                reports.entry(key).or_default().push(entry);
            }
        }
        for ((unit, task), rows) in &reports {
            let asker = Asker { unit: Some(*unit), file: "", window: cx.window };
            let ruling = |conflict: &Conflict| {
                let code = &cx.division.task(*task).code;
                let words = ruling::conflict(code, &conflict.heading, &conflict.here, &conflict.there);
                cx.division.rulings.find(RulingKind::Conflict, &words, &asker).map(|ruling| ruling.id)
            };
            // One that nobody has settled is told before one that somebody has.
            let open = first_conflict(cx, rows, |conflict| ruling(conflict).is_none());
            let Some((row, other, conflict)) = open.or_else(|| first_conflict(cx, rows, |_| true)) else { continue };
            let ruling = ruling(&conflict);
            out.note(&KIND, row.place(conflict.field))
                .ruling(ruling)
                .unit(*unit)
                .task(*task)
                .period(cx.window.label())
                .seen(conflict.here)
                .fact("heading", conflict.heading)
                .fact("other", conflict.there)
                .fact("file", &other.source.name)
                .fact("row", other.row_number())
                .related(other.place(conflict.field));
        }
    }
}

/// The first row that contradicts one of an earlier file; rows of the same file are different events.
fn first_conflict<'a>(
    cx: &Context<'_>,
    rows: &[Entry<'a>],
    wanted: impl Fn(&Conflict) -> bool,
) -> Option<(Entry<'a>, Entry<'a>, Conflict)> {
    // within one unit a later file supersedes an earlier one, so what still counts does not conflict
    let strangers = |a: Entry<'_>, b: Entry<'_>| {
        let (of_a, of_b) = (a.file().sender(), b.file().sender());
        a.source.id != b.source.id && (of_a.is_none() || of_a != of_b)
    };
    // rows of the same day, or without a day, may be about the same event; a limited number is compared
    let mut known: BTreeMap<Option<NaiveDate>, Vec<Entry<'a>>> = BTreeMap::new();
    let dated = Dated::of(cx, rows);
    let mut latest: Vec<Entry<'a>> = Vec::new();
    for &row in rows {
        let day = row.day();
        let is_latest = dated.is_latest(row);
        let undated = known.get(&None).into_iter().flatten().filter(|_| is_latest);
        let whole = latest.iter().filter(|_| day.is_none()).chain(undated);
        let others = known.get(&day).into_iter().flatten().chain(whole).filter(|other| strangers(**other, row));
        if let Some(found) = others.take(COMPARED).find_map(|other| {
            let conflict = conflict(cx, *other, row, &dated).filter(|conflict| wanted(conflict))?;
            Some((row, *other, conflict))
        }) {
            return Some(found);
        }
        known.entry(day).or_default().push(row);
        latest.extend(Some(row).filter(|_| is_latest));
    }
    None
}

/// The rows with a day, by file. A row without one tells of the whole period: against it stands the latest of another
/// file, and what its rows add up to.
struct Dated {
    latest: BTreeMap<SourceId, NaiveDate>,
    totals: BTreeMap<(SourceId, FieldId), f64>,
}

impl Dated {
    fn of(cx: &Context<'_>, rows: &[Entry<'_>]) -> Dated {
        let mut dated = Dated { latest: BTreeMap::new(), totals: BTreeMap::new() };
        for (row, day) in rows.iter().filter_map(|row| Some((row, row.day()?))) {
            let latest = dated.latest.entry(row.source.id).or_insert(day);
            *latest = day.max(*latest);
            for field in figures(cx, *row) {
                *dated.totals.entry((row.source.id, field)).or_default() += row.value(field).number().unwrap_or(0.0);
            }
        }
        dated
    }

    fn is_latest(&self, row: Entry<'_>) -> bool {
        row.day().is_some_and(|day| self.latest.get(&row.source.id) == Some(&day))
    }

    /// Whether one of two rows has no day and its figure is the total of the other's file.
    fn is_total(&self, a: Entry<'_>, b: Entry<'_>, field: FieldId) -> bool {
        let (whole, part) = if a.day().is_none() { (a, b) } else { (b, a) };
        let mixed = whole.day().is_none() && part.day().is_some();
        let total = self.totals.get(&(part.source.id, field)).copied();
        mixed && whole.value(field).number().zip(total).is_some_and(|(a, b)| is_equal(a, b))
    }
}

/// The fields of a row's ledger whose values are numbers.
fn figures<'a>(cx: &'a Context<'_>, row: Entry<'a>) -> impl Iterator<Item = FieldId> + 'a {
    let fields = row.ledger.columns.iter().filter_map(|column| column.field);
    fields.filter(|&field| {
        let kind = cx.division.fields.spec(field).kind;
        matches!(kind, FieldType::Integer | FieldType::Decimal | FieldType::Percent)
    })
}

fn is_equal(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
}

struct Conflict {
    field: FieldId,
    heading: String,
    here: String,
    there: String,
}

/// How two rows on a task contradict each other, if they do.
fn conflict(cx: &Context<'_>, a: Entry<'_>, b: Entry<'_>, dated: &Dated) -> Option<Conflict> {
    let differ = |field| {
        let (here, there) = (b.cell(field)?, a.cell(field)?);
        Some(Conflict {
            field,
            heading: cx.division.fields.spec(field).name.clone(),
            here: b.text_of(here).to_owned(),
            there: a.text_of(there).to_owned(),
        })
    };
    if let (Some(of_a), Some(of_b)) = (a.status(), b.status()) {
        // continuous work may also be called done for the month
        let standing = |status| matches!(status, Status::Continuous);
        if of_a != of_b && !(standing(of_a) || standing(of_b)) {
            return differ(fields::STATUS);
        }
    }
    let unequal = figures(cx, b).find(|&field| {
        let numbers = a.value(field).number().zip(b.value(field).number());
        numbers.is_some_and(|(a, b)| !is_equal(a, b)) && !dated.is_total(a, b, field)
    })?;
    differ(unequal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn two_files_that_differ_on_one_task_are_told() {
        check(
            &ConflictingReports,
            "
            division | 1-1 广告整治 | 综合科、后勤中心
            division | 1-2 环境整治 | 综合科、后勤中心
            --- 后勤中心.xlsx
            任务编号 | 工作任务 | 责任单位 | 完成情况
            '1-1 | 广告整治 | 综合科 | 未开始
            '1-2 | 环境整治 | 综合科 | 正在推进
            --- 综合科.xlsx
            任务编号 | 工作任务 | 责任单位 | 完成情况
            '1-1 | 广告整治 | 综合科 | 已完成              <- X301 @D 综合科 1-1
            '1-2 | 环境整治 | 综合科 | 正在推进
            ",
        );
    }

    #[test]
    fn a_row_without_a_day_stands_against_the_whole_of_another_file_whichever_comes_first() {
        for (summary, own) in [("2汇总.xlsx", "1.xlsx"), ("1汇总.xlsx", "2.xlsx")] {
            let drawing = |figure: u32, state: &str, mark: &str| {
                let summary_rows = format!(
                    "--- {summary} 2014-09-01 10:00 register=后勤中心
                    任务编号 | 工作任务 | 责任单位 | 完成情况 | 人数
                    '1-1 | 广告整治 | 综合科 | {state} | {figure} {}
                    ",
                    if summary.starts_with('2') { mark } else { "" }
                );
                let own_rows = format!(
                    "--- {own} 2014-09-01 10:00 register=综合科
                    任务编号 | 工作任务 | 责任单位 | 完成情况 | 日期 | 人数
                    '1-1 | 广告整治 | 综合科 | 正在推进 | 8月3日 | 3
                    '1-1 | 广告整治 | 综合科 | 已完成 | 8月13日 | 2 {}
                    ",
                    if summary.starts_with('1') { mark } else { "" }
                );
                let (first, second) =
                    if summary.starts_with('1') { (summary_rows, own_rows) } else { (own_rows, summary_rows) };
                format!("division | 1-1 广告整治 | 综合科、后勤中心\n{first}{second}")
            };
            check(&ConflictingReports, &drawing(5, "已完成", ""));
            check(&ConflictingReports, &drawing(2, "已完成", ""));
            check(&ConflictingReports, &drawing(9, "已完成", "<- X301 综合科 1-1"));
            check(&ConflictingReports, &drawing(5, "未开始", "<- X301 综合科 1-1"));
        }
    }

    #[test]
    fn figures_that_differ_are_told_and_equal_ones_are_not() {
        check(
            &ConflictingReports,
            "
            division | 1-1 广告整治 | 综合科、后勤中心
            division | 1-2 环境整治 | 综合科、后勤中心
            division | 1-3 秩序整治 | 综合科、后勤中心
            division | 1-4 绿化整治 | 综合科、后勤中心
            --- 后勤中心.xlsx
            任务编号 | 工作任务 | 责任单位 | 完成情况 | 日期 | 人数
            '1-1 | 广告整治 | 综合科 | 正在推进 | 8月1日 | 20
            '1-2 | 环境整治 | 综合科 | 正在推进 | 8月1日 | 20
            '1-3 | 秩序整治 | 综合科 | 正在推进 | 8月1日 | 20
            '1-4 | 绿化整治 | 综合科 | 长期坚持 | 8月1日 | 20
            --- 综合科.xlsx
            任务编号 | 工作任务 | 责任单位 | 完成情况 | 日期 | 人数
            '1-1 | 广告整治 | 综合科 | 正在推进 | 8月1日 | 20
            '1-2 | 环境整治 | 综合科 | 正在推进 | 8月1日 | 21      <- X301 @F 综合科 1-2
            '1-3 | 秩序整治 | 综合科 | 正在推进 | 8月2日 | 21
            '1-4 | 绿化整治 | 综合科 | 已完成 | 8月1日 | 20
            ",
        );
    }
}
