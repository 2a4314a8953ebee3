//! 整改销号: each problem that stands or was closed in this window, from the day it was found to that on which it was
//! closed.

use anyhow::Result;

use super::sheets::{MOST_ROWS, SHEETS};
use crate::obligation::Problem;
use crate::outcome::Outcome;
use crate::outcome::closure::{Standing, closure};
use crate::render::RenderInput;
use crate::render::workbook::{Book, Cell, Column, Page, Shape, Size, Table, Tone, continued};

pub(super) fn write(book: &mut Book, from: RenderInput<'_>) -> Result<()> {
    let outcome = from.outcome;
    let problems = closure(outcome);
    let back = problems.iter().any(|(problem, _)| problem.back.is_some());
    let mut columns = vec![
        Column::new("序号", Shape::Number, 6.0, 8.0),
        Column::center("责任单位", 20.0),
        Column::center("任务编号", 14.0),
        Column::new("存在问题", Shape::Text, 20.0, 40.0),
        Column::center("发现日期", 14.0),
        Column::center("首次报告", 14.0),
        Column::new("整改措施", Shape::Text, 14.0, 32.0),
        Column::center("整改时限", 14.0),
        Column::new("整改情况", Shape::Text, 14.0, 32.0),
        Column::new("佐证材料", Shape::Text, 12.0, 28.0),
        Column::center("销号情况", 14.0),
        Column::center("销号日期", 14.0),
        Column::number("历时（天）"),
    ];
    if back {
        columns.push(Column::center("再次出现", 14.0));
    }
    columns.push(Column::new("最近报告", Shape::Text, 16.0, 32.0).aside());
    for number in 0..problems.len().div_ceil(MOST_ROWS).max(1) {
        let first = number * MOST_ROWS;
        let part = &problems[first..problems.len().min(first + MOST_ROWS)];
        let mut sheet = book.sheet(&continued(SHEETS[5], number), Size::of(part.len()), Page::A3)?;
        let row = |(at, (problem, standing)): (usize, &(&Problem, Standing))| {
            let mut cells = cells(outcome, first + at, problem, *standing);
            if back {
                cells.push(problem.back.map_or(Cell::empty(), Cell::day));
            }
            cells.push(Cell::text(problem.source.clone()));
            cells
        };
        let sample = part.iter().take(400).enumerate().map(row);
        let mut table = Table::titled(&mut sheet, "整改销号", &[&note(outcome, &problems)], &columns, sample)?;
        for problem in part.iter().enumerate() {
            table.row(&row(problem))?;
        }
        table.end(3)?;
    }
    Ok(())
}

fn note(outcome: &Outcome, problems: &[(&Problem, Standing)]) -> String {
    let lang = outcome.settings.lang;
    let period = outcome.window.full_words(lang);
    let closed = problems.iter().filter(|(_, standing)| *standing == Standing::Closed).count();
    match (problems.len(), closed) {
        (0, _) => lang.pick(format!("{period}没有需要销号的问题。"), format!("No problem is open in {period}.")),
        (all, closed) => lang.pick(
            format!("{period}已销号{closed}条，未销号{}条。", all - closed),
            format!("{period}: {closed} closed, {} open.", all - closed),
        ),
    }
}

fn cells(outcome: &Outcome, number: usize, problem: &Problem, standing: Standing) -> Vec<Cell<'static>> {
    let division = &outcome.division;
    let tone = match standing {
        Standing::Closed => Tone::Good,
        Standing::Open => Tone::Warn,
        Standing::NotMentioned | Standing::Awaited | Standing::Unread | Standing::Back => Tone::Bad,
    };
    let text = |text: &str| Cell::text(text.to_owned());
    vec![
        Cell::number(number as f64 + 1.0),
        text(&division.unit(problem.unit).name),
        text(problem.task.map_or("", |task| &division.task(task).code)),
        text(&problem.text),
        Cell::day(problem.opened),
        Cell::text(problem.since.full_words(outcome.settings.lang)),
        text(&problem.remedy),
        text(&problem.due_text),
        text(&problem.state),
        text(&problem.evidence),
        text(standing.word(outcome.settings.lang)).tone(tone),
        problem.closed.map_or(Cell::empty(), Cell::day),
        problem.days().map_or(Cell::empty(), Cell::count),
    ]
}
