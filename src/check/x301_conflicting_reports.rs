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
use crate::ruling::{Asker, RulingKind};

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
                let words = words(code, &conflict.heading, &conflict.here, &conflict.there);
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

/// What two reports contradict each other in, as a ruling knows it, whichever of them is read first.
pub(crate) fn words(code: &str, heading: &str, here: &str, there: &str) -> String {
    let (first, second) = if here <= there { (here, there) } else { (there, here) };
    format!("{code} {heading}：“{first}”“{second}”")
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
    let mut of_file: BTreeMap<SourceId, usize> = BTreeMap::new();
    for row in rows {
        *of_file.entry(row.source.id).or_default() += 1;
    }
    let alone = |row: Entry<'_>| of_file.get(&row.source.id) == Some(&1);
    // Rows of the same day, or without a day, may be about the same event; a limited number is compared. A row without a day
    // may also sum up what others tell day by day, so it is held against one with a day only where each is all that its file
    // says.
    let mut of_day: BTreeMap<Option<NaiveDate>, Vec<Entry<'a>>> = BTreeMap::new();
    let mut lone: [Vec<Entry<'a>>; 2] = [Vec::new(), Vec::new()];
    for &row in rows {
        let day = row.day();
        let [of_the_other, of_its] = if day.is_some() { [0, 1] } else { [1, 0] };
        let lone_others = lone[of_the_other].iter().filter(|_| alone(row));
        let others = of_day.get(&day).into_iter().flatten().chain(lone_others);
        let mut others = others.filter(|other| strangers(**other, row)).take(COMPARED);
        if let Some(found) = others.find_map(|other| {
            let conflict = conflict(cx, *other, row).filter(|conflict| wanted(conflict))?;
            Some((row, *other, conflict))
        }) {
            return Some(found);
        }
        of_day.entry(day).or_default().push(row);
        lone[of_its].extend(Some(row).filter(|row| alone(*row)));
    }
    None
}

struct Conflict {
    field: crate::table::FieldId,
    heading: String,
    here: String,
    there: String,
}

/// How two rows on a task contradict each other, if they do.
fn conflict(cx: &Context<'_>, a: Entry<'_>, b: Entry<'_>) -> Option<Conflict> {
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
    let figures = b.ledger.columns.iter().filter_map(|column| column.field).find(|&field| {
        let numeric = matches!(cx.division.fields.spec(field).kind, FieldType::Integer | FieldType::Decimal | FieldType::Percent);
        let number = |row: Entry<'_>| row.value(field).number();
        numeric && matches!((number(a), number(b)), (Some(a), Some(b)) if (a - b).abs() > 1e-9 * a.abs().max(b.abs()).max(1.0))
    })?;
    differ(figures)
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

    #[test]
    fn whichever_file_is_read_first_one_with_a_day_is_held_against_one_without() {
        for (first, second) in [("8月1日", ""), ("", "8月1日")] {
            let drawing = format!(
                "
                division | 1-1 广告整治 | 综合科、后勤中心
                division | 1-2 环境整治 | 综合科、后勤中心
                --- 后勤中心.xlsx
                任务编号 | 工作任务 | 责任单位 | 完成情况 | 日期 | 人数
                '1-1 | 广告整治 | 综合科 | 已完成 | {first} | 20
                '1-2 | 环境整治 | 综合科 | 已完成 | {first} | 5
                --- 综合科.xlsx
                任务编号 | 工作任务 | 责任单位 | 完成情况 | 日期 | 人数
                '1-1 | 广告整治 | 综合科 | 已完成 | {second} | 21      <- X301 @F 综合科 1-1
                '1-2 | 环境整治 | 综合科 | 已完成 | 8月1日 | 3
                '1-2 | 环境整治 | 综合科 | 已完成 | 8月2日 | 2
                "
            );
            // what is told day by day may sum up to what is told at once
            let drawing = if first.is_empty() { drawing } else { drawing.replace("| 8月1日 | 5", "|  | 5") };
            check(&ConflictingReports, &drawing);
        }
    }
}
