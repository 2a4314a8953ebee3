//! 资料目录: task → evidence → where it is.

use std::borrow::Cow;
use std::collections::BTreeMap;

use anyhow::Result;

use super::lines::reference_cell;
use super::plan::{MOST_LINES, Plan, SOURCES};
use crate::basis::UnitId;
use crate::check::FileState;
use crate::division::fields;
use crate::obligation::RecordRef;
use crate::outcome::merge::Line;
use crate::render::english;
use crate::render::workbook::{Body, Book, Cell, Column, Page, Rows, Shape, Sheet, Size, Span, Table, Tone, continued};

/// The name of the sheet.
const NAME: &str = "资料目录";
/// Extensions of files that are evidence by themselves.
const PAPERS: [&str; 14] =
    ["doc", "docx", "wps", "pdf", "ofd", "jpg", "jpeg", "png", "bmp", "gif", "tif", "ppt", "pptx", "mp4"];

pub(super) fn write<'p>(book: &mut Book, plan: &'p Plan<'_>) -> Result<Vec<Body<'p>>> {
    let outcome = plan.outcome;
    let columns = [
        Column::new("序号", Shape::Number, 6.0, 8.0),
        Column::center("任务编号", 14.0),
        Column::new("工作任务", Shape::Text, 16.0, 36.0),
        Column::new("应有材料", Shape::Text, 10.0, 24.0),
        Column::center("责任单位", 20.0),
        Column::new("已报材料", Shape::Text, 16.0, 40.0),
        Column::new("表内图片（张）", Shape::Number, 8.0, 10.0),
        Column::new("所在文件", Shape::Text, 16.0, 36.0),
        Column::center("工作表", 16.0),
        Column::number("行"),
    ];
    let mut tasks: BTreeMap<usize, Vec<RecordRef>> = outcome
        .division
        .tasks
        .iter()
        .enumerate()
        .filter(|(_, task)| !task.whole.evidence.is_empty())
        .map(|(at, _)| (at, Vec::new()))
        .collect();
    for line in &outcome.consolidated.lines {
        if let Line::Record { task, record, .. } = line {
            let has_any = {
                let entry = outcome.entry(*record);
                entry.cell(fields::EVIDENCE).is_some_and(|cell| !{ cell.text }.is_empty()) || entry.record.pictures > 0
            };
            if has_any {
                tasks.entry(task.0 as usize).or_default().push(*record);
            }
        }
    }
    let mut sheets = sheets(tasks);
    let last = sheets.pop().unwrap_or_default();
    let mut tables = Vec::with_capacity(sheets.len() + 1);
    for (number, groups) in sheets.into_iter().enumerate() {
        let mut sheet = book.sheet(&continued(NAME, number), Size::of(length(&groups)), Page::A4)?;
        tables.push(table(&mut sheet, plan, &columns, groups)?.0);
    }
    let mut sheet = book.sheet(&continued(NAME, tables.len()), Size::of(length(&last)), Page::A4)?;
    let (body, next) = table(&mut sheet, plan, &columns, last)?;
    tables.push(body);
    let next = pictures(&mut sheet, plan, next, columns.len() as u16)?;
    let papers = outcome.files.iter().filter(|file| {
        let ending = file.source.name.rsplit('.').next().unwrap_or_default().to_lowercase();
        file.state == FileState::Ignored && PAPERS.contains(&ending.as_str())
    });
    let mut at = next + 1;
    for (count, paper) in papers.enumerate() {
        if count == 0 {
            sheet.lines(at, 1)?;
            sheet.across(at, 0, columns.len() as u16, "随台账报送的材料文件", Shape::Section, Tone::Plain)?;
            at += 1;
        }
        sheet.lines(at, 1)?;
        sheet.across(
            at,
            0,
            columns.len() as u16,
            &format!("{}. {}", count + 1, paper.source.name),
            Shape::Line,
            Tone::Plain,
        )?;
        at += 1;
    }
    Ok(tables)
}

/// Rows of a task: the number before the first, the task, and the records; none where nothing was given.
struct Group {
    before: u32,
    task: usize,
    records: Vec<RecordRef>,
}

/// How many rows groups take.
fn length(groups: &[Group]) -> usize {
    groups.iter().map(|group| group.records.len().max(1)).sum()
}

/// The rows of each sheet: a sheet holds only so many, so that a task may go on in the next.
fn sheets(tasks: BTreeMap<usize, Vec<RecordRef>>) -> Vec<Vec<Group>> {
    let mut sheets: Vec<Vec<Group>> = vec![Vec::new()];
    let mut before = 0;
    for (task, mut records) in tasks {
        loop {
            let used = before as usize % MOST_LINES;
            if used == 0 && before > 0 {
                sheets.push(Vec::new());
            }
            let rest = records.split_off(records.len().min(MOST_LINES - used));
            let group = Group { before, task, records };
            before += group.records.len().max(1) as u32;
            if let Some(sheet) = sheets.last_mut() {
                sheet.push(group);
            }
            if rest.is_empty() {
                break;
            }
            records = rest;
        }
    }
    sheets
}

/// Begins the table of a sheet, whose rows are written later.
fn table<'p>(
    sheet: &mut Sheet<'_>,
    plan: &'p Plan<'_>,
    columns: &[Column],
    groups: Vec<Group>,
) -> Result<(Body<'p>, u32)> {
    let sample = groups.iter().flat_map(|group| rows(plan, group)).take(400);
    let table = Table::titled(sheet, "佐证资料目录", &[&plan.period()], columns, sample)?;
    table.later(length(&groups), 3, move |to: &mut Rows<'_>| {
        groups.iter().try_for_each(|group| {
            if !to.merges() {
                return rows(plan, group).try_for_each(|row| to.row(&row));
            }
            let rows: Vec<Vec<Cell<'_>>> = rows(plan, group).collect();
            let mut spans = vec![Span { col: 2, first: 0, rows: rows.len() }];
            // each unit may owe its own
            let owed: Vec<_> = rows.iter().map(|row| &row[3].what).collect();
            spans.extend(Span::runs(&owed, &[3]));
            to.block(&rows, &spans)
        })
    })
}

/// The rows of a group.
fn rows<'a>(plan: &'a Plan<'_>, group: &'a Group) -> impl Iterator<Item = Vec<Cell<'a>>> {
    let (task, lang) = (&plan.outcome.division.tasks[group.task], plan.outcome.settings.lang);
    let owed = move |unit: Option<UnitId>| -> Cow<'a, str> {
        match task.terms(unit).evidence.as_slice() {
            [one] => one.into(),
            all => all.join(lang.pick("、", ", ")).into(),
        }
    };
    let nothing = group.records.is_empty().then(|| {
        let mut nothing = [const { Cell::empty() }; 6];
        nothing[1] = Cell::text(english::word("本期未见材料", lang)).tone(Tone::Warn);
        (owed(None), nothing)
    });
    let records = group.records.iter().map(move |at| (owed(plan.outcome.entry(*at).unit()), given(plan, *at)));
    (group.before + 1..).zip(records.chain(nothing)).map(move |(number, (owed, tail))| {
        let mut row = Vec::with_capacity(4 + tail.len());
        row.extend([Cell::count(number), Cell::text(&*task.code), Cell::text(&*task.text.value), Cell::text(owed)]);
        row.extend(tail);
        row
    })
}

/// Writes the small pictures of merged records with task, unit and place. Returns the row after them.
fn pictures(sheet: &mut Sheet<'_>, plan: &Plan<'_>, next: u32, columns: u16) -> Result<u32> {
    /// The largest size in pixels; a row is at most 409 points high.
    const MOST: (f64, f64) = (320.0, 150.0);
    let outcome = plan.outcome;
    let mut at = next + 1;
    let mut count = 0;
    for line in &outcome.consolidated.lines {
        let Line::Record { task, unit, record: reference } = line else { continue };
        let entry = outcome.entry(*reference);
        for picture in entry.pictures() {
            if count == 0 {
                sheet.lines(at, 1)?;
                sheet.across(at, 0, columns, "表内图片", Shape::Section, Tone::Plain)?;
                at += 1;
            }
            if !sheet.picture(at, 3, &picture.bytes, MOST)? {
                continue;
            }
            count += 1;
            let task = outcome.division.task(*task);
            let unit = unit.map_or("", |unit| outcome.division.unit(unit).name.as_str());
            sheet.height(at, 118.0)?;
            sheet.put(at, 0, &Cell::count(count), Shape::Center)?;
            sheet.put(at, 1, &Cell::text(task.code.as_str()), Shape::Center)?;
            sheet.put(at, 2, &Cell::text(task.text.value.as_str()), Shape::Text)?;
            sheet.put(at, 6, &Cell::text(unit), Shape::Center)?;
            sheet.put(at, 7, &Cell::text(entry.source.name.as_str()), Shape::Text)?;
            sheet.put(at, 8, &Cell::text(entry.sheet()), Shape::Center)?;
            sheet.put(at, 9, &reference_cell(entry), Shape::Center)?;
            at += 1;
        }
    }
    Ok(if count == 0 { next } else { at })
}

/// The cells of a record: unit, evidence as written, pictures, file, sheet, row.
fn given<'a>(plan: &Plan<'a>, at: RecordRef) -> [Cell<'a>; 6] {
    let outcome = plan.outcome;
    let entry = outcome.entry(at);
    let (sheet, pictures) = (entry.sheet(), u32::from(entry.record.pictures));
    let pictures = if pictures > 0 { Cell::count(pictures) } else { Cell::empty() };
    [
        Cell::text(entry.record.unit.map_or("", |unit| outcome.division.unit(unit).name.as_str())),
        Cell::text(entry.text(fields::EVIDENCE)),
        pictures,
        Cell::text(entry.source.name.as_str()),
        match plan.source_row(at) {
            Some(row) => Cell::link(sheet, SOURCES, row, 1),
            None => Cell::text(sheet),
        },
        reference_cell(entry),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture;
    use crate::outcome::Figures;
    use crate::render::RenderInput;
    use crate::render::layout::Layout;
    use crate::render::output::NoCopies;

    #[test]
    fn each_unit_owes_the_evidence_of_its_own_row() {
        let outcome = fixture::outcome(
            "
            division | 1-1 广告整治 | 综合科 | 佐证材料=照片
            division | 1-1 广告整治 | 后勤中心、驻村小组 | 佐证材料=清单
            division | 1-2 环境整治 | 综合科 | 佐证材料=小结、照片
            --- 后勤中心.xlsx
            任务编号 | 工作任务 | 完成情况 | 佐证材料
            '1-1 | 广告整治 | 正在推进 | 清单1份
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 佐证材料
            '1-1 | 广告整治 | 正在推进 | 照片2张
            --- 驻村小组.xlsx
            任务编号 | 工作任务 | 完成情况 | 佐证材料
            '1-1 | 广告整治 | 正在推进 | 清单2份
            ",
        );
        let (figures, layout) = (Figures::of(&outcome), Layout::of(&outcome));
        let from = RenderInput { outcome: &outcome, figures: &figures, layout: &layout, form: None, copies: &NoCopies };
        let plan = Plan::new(from, String::new());
        let mut by_task: BTreeMap<usize, Vec<RecordRef>> = BTreeMap::from([(0, Vec::new()), (1, Vec::new())]);
        for line in &outcome.consolidated.lines {
            if let Line::Record { task, record, .. } = line {
                by_task.entry(task.0 as usize).or_default().push(*record);
            }
        }
        let sheets = sheets(by_task);
        let told: Vec<String> = sheets[0]
            .iter()
            .flat_map(|group| rows(&plan, group))
            .map(|row| [1, 4, 3].map(|col| row[col].shown().into_owned()).join(" "))
            .collect();
        assert_eq!(told, ["1-1 综合科 照片", "1-1 后勤中心 清单", "1-1 驻村小组 清单", "1-2  小结、照片"]);
    }

    #[test]
    fn a_task_goes_on_in_the_next_sheet() {
        let records = |count: usize| vec![RecordRef { file: 0, ledger: 0, record: 0 }; count];
        let tasks = [(0, records(0)), (1, records(MOST_LINES - 1)), (2, records(5)), (7, records(MOST_LINES * 2))];
        let told: Vec<Vec<(u32, usize, usize)>> = sheets(tasks.into())
            .iter()
            .map(|groups| groups.iter().map(|group| (group.before, group.task, group.records.len())).collect())
            .collect();
        let most = MOST_LINES as u32;
        assert_eq!(
            told,
            [
                vec![(0, 0, 0), (1, 1, MOST_LINES - 1)],
                vec![(most, 2, 5), (most + 5, 7, MOST_LINES - 5)],
                vec![(most * 2, 7, MOST_LINES)],
                vec![(most * 3, 7, 5)],
            ]
        );
    }
}
