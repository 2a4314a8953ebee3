//! Two files that report differently on one unit's task for one period.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::{TaskId, UnitId};
use crate::check::support::{in_two_files, live, status, unit_of};
use crate::check::{Batch, Rule, RunFile};
use crate::division::{Context, FieldType, fields};
use crate::ledger::{Ledger, Record, Status};
use crate::obligation::content::day;

/// The kind.
pub static KIND: Kind = Kind {
    code: "X301",
    name: "conflicting-reports",
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

/// So many rows of other files are held against each.
const COMPARED: usize = 20;

/// Finds reports that conflict.
#[derive(Debug)]
pub struct ConflictingReports;

type Row<'a> = (u32, &'a RunFile, &'a Ledger, &'a Record);

impl Rule for ConflictingReports {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn batch(&self, cx: &Context<'_>, batch: &Batch<'_>, out: &mut Findings) {
        let in_two = in_two_files(batch);
        let mut reports: BTreeMap<(UnitId, TaskId), Vec<Row<'_>>> = BTreeMap::new();
        for (at, file, ledger, record) in live(batch) {
            let key = unit_of(ledger, record).zip(record.task);
            if let Some(key) = key.filter(|key| in_two.contains(key)) {
                reports.entry(key).or_default().push((at.file, file, ledger, record));
            }
        }
        for ((unit, task), rows) in &reports {
            let Some((row, other, conflict)) = first_conflict(cx, rows) else { continue };
            out.note(&KIND, row.2.place(row.3, conflict.field))
                .unit(*unit)
                .task(*task)
                .period(cx.window.label())
                .seen(conflict.here)
                .fact("heading", conflict.heading)
                .fact("other", conflict.there)
                .fact("file", &other.1.source.name)
                .fact("row", other.3.row + 1)
                .related(other.2.place(other.3, conflict.field));
        }
    }
}

/// The first row that contradicts one of another file before it; two rows of one file are two events.
fn first_conflict<'r, 'a>(cx: &Context<'_>, rows: &'r [Row<'a>]) -> Option<(&'r Row<'a>, &'r Row<'a>, Conflict)> {
    // What a unit sends later replaces what it sent before; what still counts of both goes together.
    let strangers = |a: &Row<'_>, b: &Row<'_>| a.0 != b.0 && (a.1.unit.is_none() || a.1.unit != b.1.unit);
    // Rows of one day, or without a day, may tell of one event; of each only so many are held against a row.
    let mut known: BTreeMap<Option<NaiveDate>, Vec<&Row<'_>>> = BTreeMap::new();
    for row in rows {
        let day = day(row.2, row.3);
        let undated = known.get(&None).into_iter().flatten().filter(|_| day.is_some());
        let others = known.get(&day).into_iter().flatten().chain(undated).filter(|other| strangers(other, row));
        if let Some(found) = others.take(COMPARED).find_map(|other| Some((row, *other, conflict(cx, other, row)?))) {
            return Some(found);
        }
        known.entry(day).or_default().push(row);
    }
    None
}

struct Conflict {
    field: crate::table::FieldId,
    heading: String,
    here: String,
    there: String,
}

/// Where two rows on one task contradict each other, if they do.
fn conflict(cx: &Context<'_>, a: &Row<'_>, b: &Row<'_>) -> Option<Conflict> {
    let differ = |field| {
        let (here, there) = (b.2.cell(b.3, field)?, a.2.cell(a.3, field)?);
        Some(Conflict {
            field,
            heading: cx.division.fields.spec(field).name.clone(),
            here: b.1.reading.texts.get(here.text).to_owned(),
            there: a.1.reading.texts.get(there.text).to_owned(),
        })
    };
    if let (Some(of_a), Some(of_b)) = (status(a.2, a.3), status(b.2, b.3)) {
        // Standing work may well be called done for the month.
        let standing = |status| matches!(status, Status::Continuous);
        if of_a != of_b && !(standing(of_a) || standing(of_b)) {
            return differ(fields::STATUS);
        }
    }
    let figures = b.2.columns.iter().filter_map(|column| column.field).find(|&field| {
        let numeric = matches!(cx.division.fields.spec(field).kind, FieldType::Integer | FieldType::Decimal | FieldType::Percent);
        let number = |row: &Row<'_>| row.2.cell(row.3, field)?.value.number();
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
}
