//! 缺项清单: the list of missing items.

use anyhow::Result;

use super::sheets::{MOST_ROWS, SHEETS};
use crate::basis::finding::Severity;
use crate::outcome::Gap;
use crate::render::RenderInput;
use crate::render::workbook::{Body, Book, Cell, Column, Page, Rows, Shape, Size, Table, Tone, continued};

pub(super) fn write<'a>(book: &mut Book, from: RenderInput<'a>) -> Result<Vec<Body<'a>>> {
    let (outcome, gaps) = (from.outcome, &from.figures.gaps);
    let columns = [
        Column::new("序号", Shape::Number, 6.0, 8.0),
        Column::center("责任单位", 20.0),
        Column::center("任务编号", 14.0),
        Column::new("工作任务", Shape::Text, 16.0, 36.0),
        Column::center("牵头领导", 14.0),
        Column::center("缺项类型", 16.0),
        Column::center("问题代码", 10.0),
        Column::center("级别", 8.0),
        Column::new("说明", Shape::Text, 24.0, 44.0),
        Column::center("时限", 18.0),
        Column::new("建议", Shape::Text, 16.0, 36.0),
    ];
    let mut tables = Vec::new();
    for number in 0..gaps.len().div_ceil(MOST_ROWS).max(1) {
        let first = number * MOST_ROWS;
        let part = &gaps[first..gaps.len().min(first + MOST_ROWS)];
        let mut sheet = book.sheet(&continued(SHEETS[1], number), Size::of(part.len()), Page::A4)?;
        let lang = outcome.settings.lang;
        let period = outcome.window.full_words(lang);
        let note = match gaps.len() {
            0 => lang.pick(format!("{period}没有缺项。"), format!("Nothing is missing in {period}.")),
            count => lang.pick(
                format!("{period}共有缺项{count}条，按单位和任务排列。"),
                format!("{count} gaps in {period}, by unit and task."),
            ),
        };
        let row = move |(at, gap): (usize, &'_ Gap)| cells(from, first + at, gap);
        let sample = part.iter().take(400).enumerate().map(row);
        let table = Table::titled(&mut sheet, "缺项清单", &[&note], &columns, sample)?;
        let write = move |rows: &mut Rows<'_>| part.iter().enumerate().try_for_each(|gap| rows.row(&row(gap)));
        tables.push(table.later(part.len(), 3, write)?.0);
    }
    Ok(tables)
}

fn cells(from: RenderInput<'_>, number: usize, gap: &Gap) -> Vec<Cell<'static>> {
    let (division, lang) = (&from.outcome.division, from.outcome.settings.lang);
    let severity = gap.issue.and_then(|at| from.outcome.issues.get(at)).map_or(Severity::Error, |issue| issue.severity);
    let task = gap.task.map(|task| division.task(task));
    let tone = match () {
        () if gap.is_explained => Tone::Mute,
        () if gap.kind.is_missing() => Tone::Bad,
        () => Tone::Warn,
    };
    vec![
        Cell::number(number as f64 + 1.0),
        Cell::text(gap.unit.map_or(String::new(), |unit| division.unit(unit).name.clone())),
        Cell::text(task.map_or(String::new(), |task| task.code.clone())),
        Cell::text(task.map_or(String::new(), |task| task.text.value.clone())),
        Cell::text(task.map_or(String::new(), |task| task.terms(gap.unit).leaders.join("、"))),
        Cell::text(gap.kind_words(lang)).tone(tone),
        Cell::text(gap.code),
        Cell::text(severity.word(lang)),
        Cell::text(gap.message.clone()),
        Cell::text(gap.due.in_table()),
        Cell::text(gap.advice.clone()),
    ]
}
