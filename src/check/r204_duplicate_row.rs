//! A row that occurs twice, in one file or in two.

use std::hash::{BuildHasher, Hash, Hasher};

use hashbrown::{DefaultHashBuilder, HashMap};

use crate::basis::finding::{Finding, Findings, Kind, Severity, Wording};
use crate::basis::scope::Scope;
use crate::check::support::{in_two_files, live};
use crate::check::{Batch, Entry, OneFile, Rule};
use crate::division::{Context, fields};
use crate::ledger::content::is_answer;

/// The kind.
pub static KIND: Kind = Kind {
    code: "R204",
    name: "duplicate-row",
    scope: Scope::Submission,
    severity: Severity::Warning,
    zh: Wording {
        title: "重复行",
        message: "与{twin}内容相同",
        why: "同一件事报了两次，次数、数量会多算。",
        mend: "请核对：重复的删去一行；确是两件事的，写清各自的日期或地点。",
        example: "同一天、同一地点的同一次巡查写了两行。",
    },
    en: Wording {
        title: "Row repeated",
        message: "The same as {twin}",
        why: "One thing reported twice counts twice.",
        mend: "Delete one of the rows; if they are two events, give each its date or place.",
        example: "One patrol of one day and place on two rows.",
    },
};

/// Finds rows that occur twice.
#[derive(Debug)]
pub struct DuplicateRow;

impl Rule for DuplicateRow {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn file(&self, cx: &Context<'_>, file: &OneFile<'_>, out: &mut Findings) {
        let mut known: HashMap<u64, Vec<Entry<'_>>> = HashMap::new();
        let hasher = DefaultHashBuilder::default();
        for entry in file.entries() {
            let Some(mark) = mark(entry, cx, &hasher) else { continue };
            let alike = known.entry(mark).or_default();
            if let Some(twin) = alike.iter().find(|twin| equal(**twin, entry, cx)) {
                let (sheet, row) = (twin.sheet(), spot(*twin));
                let finding = note(out, entry, *twin);
                if twin.ledger.sheet == entry.ledger.sheet {
                    finding.fact_in("twin", row.0, row.1);
                } else {
                    finding.fact_in("twin", format!("“{sheet}”{}", row.0), format!("{} of {sheet}", row.1));
                }
            } else {
                alike.push(entry);
            }
        }
    }

    fn batch(&self, cx: &Context<'_>, batch: &Batch<'_>, out: &mut Findings) {
        // only tasks reported by a unit in more than one file can have duplicates across files
        let in_two = in_two_files(batch);
        let mut known: HashMap<u64, Vec<Entry<'_>>> = HashMap::new();
        let hasher = DefaultHashBuilder::default();
        for entry in live(batch) {
            let key = entry.unit().zip(entry.record.task);
            if !key.is_some_and(|key| in_two.contains(&key)) {
                continue;
            }
            let Some(mark) = mark(entry, cx, &hasher) else { continue };
            let alike = known.entry(mark).or_default();
            match alike.iter().find(|twin| equal(**twin, entry, cx)) {
                // duplicates within a file were noted when it was read
                Some(twin) if twin.source.id == entry.source.id => {}
                Some(twin) => {
                    let (name, row) = (&twin.source.name, spot(*twin));
                    note(out, entry, *twin).fact_in(
                        "twin",
                        format!("“{name}”{}", row.0),
                        format!("{} of {name}", row.1),
                    );
                }
                None => alike.push(entry),
            }
        }
    }
}

/// A record's row in words, in a cross-tab its cell.
fn spot(entry: Entry<'_>) -> (String, String) {
    let at = entry.reference();
    match entry.record.col {
        Some(_) => (format!("单元格 {at}"), format!("cell {at}")),
        None => (format!("第 {at} 行"), format!("row {at}")),
    }
}

fn note<'a>(out: &'a mut Findings, entry: Entry<'_>, twin: Entry<'_>) -> &'a mut Finding {
    out.note(&KIND, entry.row_place()).unit(entry.unit()).task(entry.record.task).related(twin.row_place())
}

/// The content of a record: headings and texts, without blanks, running numbers and the name of its unit, which its sheet
/// may tell instead.
fn says<'a>(entry: Entry<'a>, cx: &Context<'a>) -> impl Iterator<Item = (&'a str, &'a str)> {
    let unit = entry.unit().map(|unit| cx.division.unit(unit));
    let is_its_name =
        move |text: &str| unit.is_some_and(|unit| unit.name == text || unit.aliases.iter().any(|alias| alias == text));
    let said = entry.cells().filter(|(_, cell)| !cell.text.is_empty());
    said.map(move |(column, cell)| (column, entry.text_of(cell)))
        .filter(move |(column, text)| match column.field {
            Some(fields::SERIAL) => false,
            Some(fields::UNITS | fields::SUBMITTER) => !is_its_name(text),
            _ => true,
        })
        .map(|(column, text)| (column.heading.as_str(), text))
}

/// A hash of the content of a record; none for records without answers.
fn mark(entry: Entry<'_>, cx: &Context<'_>, hasher: &DefaultHashBuilder) -> Option<u64> {
    if !entry.cells().any(|(column, cell)| is_answer(column.field) && !cell.text.is_empty()) {
        return None;
    }
    let mut hasher = hasher.build_hasher();
    (entry.unit(), entry.record.task, entry.part()).hash(&mut hasher);
    says(entry, cx).for_each(|said| said.hash(&mut hasher));
    Some(hasher.finish())
}

fn equal(a: Entry<'_>, b: Entry<'_>, cx: &Context<'_>) -> bool {
    a.unit() == b.unit() && a.record.task == b.record.task && a.part() == b.part() && says(a, cx).eq(says(b, cx))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn the_second_of_two_equal_rows_is_told() {
        check(
            &DuplicateRow,
            "
            division | 1-1 广告整治 | 综合科
            --- 综合科.xlsx
            序号 | 任务编号 | 工作任务 | 完成情况 | 日期
            1 | '1-1 | 广告整治 | 已完成 | 8月15日
            2 | '1-1 | 广告整治 | 已完成 | 8月16日
            3 | '1-1 | 广告整治 | 已完成 | 8月15日        <- R204 1-1 综合科
            ",
        );
    }

    #[test]
    fn rows_that_answer_nothing_do_not_repeat_each_other() {
        check(
            &DuplicateRow,
            "
            division | 1-1 广告整治 | 综合科
            --- 综合科.xlsx
            任务编号 | 工作任务 | 责任单位 | 完成情况 | 满意度
            '1-1 | 广告整治 | 综合科 | |
            '1-1 | 广告整治 | 综合科 | |
            '1-1 | 广告整治 | 综合科 | | 96
            '1-1 | 广告整治 | 综合科 | | 96                <- R204
            ",
        );
    }

    #[test]
    fn equal_rows_of_one_file_are_told_once_although_another_reports_the_task_too() {
        check(
            &DuplicateRow,
            "
            division | 1-1 广告整治 | 综合科、后勤中心
            --- 后勤中心.xlsx
            任务编号 | 工作任务 | 责任单位 | 完成情况 | 日期
            '1-1 | 广告整治 | 综合科 | 已完成 | 8月20日
            --- 综合科.xlsx
            任务编号 | 工作任务 | 责任单位 | 完成情况 | 日期
            '1-1 | 广告整治 | 综合科 | 已完成 | 8月15日
            '1-1 | 广告整治 | 综合科 | 已完成 | 8月15日        <- R204 1-1 综合科
            '1-1 | 广告整治 | 综合科 | 已完成 | 8月20日        <- R204 1-1 综合科 ~后勤中心
            ",
        );
    }

    #[test]
    fn the_twin_is_named_with_its_sheet_where_that_is_another() {
        check(
            &DuplicateRow,
            "
            division | 1-1 广告整治 | 综合科
            --- 综合科.xlsx
            === 上旬
            任务编号 | 工作任务 | 完成情况 | 日期
            '1-1 | 广告整治 | 已完成 | 8月5日
            '1-1 | 广告整治 | 已完成 | 8月5日             <- R204 ~与第2行内容
            === 下旬
            任务编号 | 工作任务 | 完成情况 | 日期
            '1-1 | 广告整治 | 已完成 | 8月5日             <- R204 ~与“上旬”第2行内容
            ",
        );
    }

    #[test]
    fn the_unit_may_be_told_by_the_sheet_alone() {
        check(
            &DuplicateRow,
            "
            division | 1-1 广告整治 | 综合科、后勤中心
            --- 汇总.xlsx
            === 汇总表
            序号 | 科室 | 工作任务 | 完成情况 | 日期
            1 | 综合科 | 广告整治 | 已完成 | 8月5日
            2 | 后勤中心 | 广告整治 | 已完成 | 8月5日
            3 | 某社区 | 广告整治 | 已完成 | 8月7日
            4 | 别的社区 | 广告整治 | 已完成 | 8月7日
            === 后勤中心
            序号 | 工作任务 | 完成情况 | 日期
            1 | 广告整治 | 已完成 | 8月5日             <- R204 后勤中心 ~与“汇总表”第3行内容
            ",
        );
    }

    #[test]
    fn equal_rows_of_other_weeks_are_two_things() {
        check(
            &DuplicateRow,
            "
            division | 1-1 广告整治 | 综合科
            --- 综合科.xlsx
            === 第一周
            任务编号 | 工作任务 | 完成情况 | 日期
            '1-1 | 广告整治 | 已完成 |
            '1-1 | 广告整治 | 已完成 |                    <- R204
            === 第二周
            任务编号 | 工作任务 | 完成情况 | 日期
            '1-1 | 广告整治 | 已完成 |
            ",
        );
    }

    #[test]
    fn rows_of_other_tasks_or_units_are_not_equal() {
        check(
            &DuplicateRow,
            "
            division | 1-1 广告整治 | 综合科、后勤中心
            division | 1-2 清理楼道 | 综合科
            --- 综合科.xlsx
            责任单位 | 工作任务 | 完成情况 | 日期
            综合科 | 广告整治 | 已完成 | 8月15日
            后勤中心 | 广告整治 | 已完成 | 8月15日
            综合科 | 清理楼道 | 已完成 | 8月15日
            综合科 | 广告整治 | 已完成 | 8月15日        <- R204 1-1 综合科
            ",
        );
    }
}
