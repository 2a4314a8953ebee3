//! Tables that are turned: the headings stand in the first column, and each further column is one record.

use super::attribute::{Clues, attribute};
use super::forms::{REPORTS, report};
use crate::basis::place::Area;
use crate::basis::pool::Texts;
use crate::basis::text::heading_key;
use crate::division::{Context, fields};
use crate::read::{Raw, Row, Sheet};
use crate::table::{FieldId, Form, FormEntry, Lexicon, Parted, Table, lines, shown};

/// A label has no more characters than this.
const LABEL: usize = 14;
/// Fewer headings that are fields make no table.
const KNOWN: usize = 3;

/// A heading of a turned table: row, text, field.
type Heading = (u32, String, Option<FieldId>);

/// The headings of a turned table, from top to bottom.
type Headings = Vec<Heading>;

/// Replaces what was found in turned tables, if it is no list, by a form for each of their records.
pub(super) fn put(
    parted: &mut Parted,
    sheet: &Sheet,
    file: &str,
    texts: &Texts,
    (cx, lexicon): (&Context<'_>, &dyn Lexicon),
) {
    for (left, headings) in headings(sheet, texts, lexicon) {
        let (Some(first), Some(last)) = (headings.first(), headings.last()) else { continue };
        let (top, bottom) = (first.0, last.0);
        let columns = columns(left, &headings, sheet, texts, cx);
        let Some(&right) = columns.last().filter(|_| columns.len() > 1) else { continue };
        let area = Area { top, left, bottom, right };
        let is_list = |table: &Table| table.readable && table.axes.is_empty() && table.extent().overlaps(area);
        if parted.tables.iter().any(is_list) {
            continue;
        }
        let form = |col: u32| {
            let entry = |(row, label, field): &Heading| FormEntry {
                label: label.clone(),
                field: *field,
                area: Area::cell(*row, left),
                value: (*row, col),
            };
            let above = sheet.grid.rows.iter().filter(|row| row.index < top && col == columns[0]);
            let entries = headings.iter().map(entry).collect();
            Form {
                area: Area { left: col, right: col, ..area },
                entries,
                above: lines(above, texts),
                below: Vec::new(),
            }
        };
        let found: Vec<Table> = columns.iter().filter_map(|&col| report(form(col), sheet, file, texts, cx)).collect();
        if found.len() < columns.len() {
            continue;
        }
        parted.tables.retain(|other| !other.extent().overlaps(area));
        parted.loose.retain(|loose| !loose.area.overlaps(area));
        let at = parted.tables.partition_point(|other| other.heading.top < top);
        parted.tables.splice(at..at, found);
    }
}

/// The columns of headings in a sheet, with those headings: rows that follow one another and begin in the same column
/// with a label that is a field or has values behind it, among them the task, its state and one more field.
fn headings(sheet: &Sheet, texts: &Texts, lexicon: &dyn Lexicon) -> Vec<(u32, Headings)> {
    let mut found: Vec<(u32, Headings)> = Vec::new();
    for row in &sheet.grid.rows {
        let Some((col, heading)) = heading(row, texts, lexicon) else { continue };
        let continues = |(left, above): &&mut (u32, Headings)| {
            let again = above.iter().any(|known| known.1 == heading.1);
            *left == col && above.last().is_some_and(|last| last.0 + 1 == row.index) && !again
        };
        match found.last_mut().filter(continues) {
            Some((_, headings)) => headings.push(heading),
            None => found.push((col, vec![heading])),
        }
    }
    let has = |headings: &Headings, wanted: &[FieldId]| {
        headings.iter().filter_map(|heading| heading.2).any(|field| wanted.contains(&field))
    };
    found.retain(|(_, headings)| {
        let known = headings.iter().filter(|heading| heading.2.is_some()).count();
        known >= KNOWN && has(headings, &[fields::TASK, fields::CODE]) && has(headings, REPORTS)
    });
    found
}

/// The first cell of a row, if it may be the heading of what stands behind it.
fn heading(row: &Row, texts: &Texts, lexicon: &dyn Lexicon) -> Option<(u32, Heading)> {
    let mut filled = row.cells.iter().filter(|cell| !shown(cell.1, texts).is_empty());
    let &(col, Raw::Text(text)) = filled.next()? else { return None };
    let label = texts.get(text).trim();
    let key = heading_key(label.trim_end_matches([':', '：']));
    let field = lexicon.field(&key);
    let may = !key.is_empty() && key.chars().count() <= LABEL && (field.is_some() || filled.next().is_some());
    may.then(|| (col, (row.index, label.to_owned(), field)))
}

/// The columns behind headings, if each that is filled in the row of the tasks or their codes names one.
fn columns(left: u32, headings: &Headings, sheet: &Sheet, texts: &Texts, cx: &Context<'_>) -> Vec<u32> {
    let row = |field| headings.iter().find(|heading| heading.2 == Some(field)).map(|heading| heading.0);
    let (code, task) = (row(fields::CODE), row(fields::TASK));
    let of = |row: Option<u32>, col| row.map(|row| shown(sheet.grid.get(row, col), texts)).unwrap_or_default();
    let names = |col: u32| {
        let (code, text) = (of(code, col), of(task, col));
        (!code.is_empty() || !text.is_empty())
            .then(|| attribute(Clues { code: &code, text: &text, ..Clues::default() }, cx.division).0.is_some())
    };
    let right = headings.iter().filter_map(|heading| sheet.grid.row(heading.0)?.cells.last().map(|cell| cell.0)).max();
    let filled: Vec<(u32, bool)> =
        (left + 1..=right.unwrap_or(left)).filter_map(|col| Some((col, names(col)?))).collect();
    let all = filled.iter().all(|column| column.1);
    if all { filled.into_iter().map(|column| column.0).collect() } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use crate::ledger::WhyUnread;
    use crate::ledger::fixture::{file, records};

    const A: &str = "整治所辖楼宇和广场的广告牌，按比例投放公益广告";
    const B: &str = "清理楼宇内外附着广告，墙面不贴告示";

    #[track_caller]
    fn check(drawing: &str, expected: &[&str]) {
        let (division, reading) = file("综合科.xlsx", drawing);
        assert_eq!(records(&division, &reading), expected, "{drawing}");
    }

    #[test]
    fn each_column_is_a_record() {
        let tasks = format!("工作任务 | {A} | {B}\n");
        let rest = "完成情况 | 已完成 | 正在推进\n完成时间 | 8月3日 |\n备注 | 甲 | 乙\n";
        check(&format!("{tasks}{rest}"), &["1 综合 1-1 text", "1 综合 1-2 text"]);
        let title = "综合科2014年8月工作台账 | < | <\n";
        check(&format!("{title}{tasks}{rest}"), &["2 综合 1-1 text", "2 综合 1-2 text"]);
        check(&format!("{title}序号 | 1 | 2\n{tasks}{rest}"), &["2 综合 1-1 text", "2 综合 1-2 text"]);
        check(&format!("{title}{tasks}责任单位 | 综合科 | 后勤中心\n{rest}"), &["2 综合 1-1 text", "2 后勤 1-2 text"]);
    }

    #[test]
    fn the_cells_are_those_of_the_column() {
        let (_, reading) =
            file("综合科.xlsx", &format!("工作任务 | {A} | {B}\n完成情况 | 已完成 | 正在推进\n备注 | 甲 | 乙\n"));
        let told: Vec<(Option<u32>, &str)> = reading
            .ledgers
            .iter()
            .flat_map(|ledger| &ledger.records)
            .map(|record| (record.col, reading.texts.get(record.cells[2].text)))
            .collect();
        assert_eq!(told, [(Some(1), "甲"), (Some(2), "乙")]);
    }

    #[test]
    fn what_names_no_tasks_is_another_form() {
        let rest = "完成情况 | 已完成 | 正在推进\n完成时间 | 8月3日 |\n备注 | 甲 | 乙\n";
        let (_, reading) = file("综合科.xlsx", &format!("工作任务 | 购置设备 | 培训人员\n{rest}"));
        assert!(reading.ledgers.is_empty());
        assert!(matches!(reading.sheets[0].unread[0].why, WhyUnread::Form));
    }
}
