//! 任务×单位: the states of all obligations. The longer side is vertical.

use anyhow::Result;

use super::sheets::SHEETS;
use crate::basis::{TaskId, UnitId};
use crate::render::RenderInput;
use crate::render::consolidated::state_tone;
use crate::render::workbook::{Book, Cell, Column, Page, Shape, Size, Table};

/// The most columns of states in a sheet.
const MOST_COLUMNS: usize = 16_000;

pub(super) fn write(book: &mut Book, from: RenderInput<'_>) -> Result<()> {
    let (division, matrix) = (&from.outcome.division, &from.figures.matrix);
    let lang = from.outcome.settings.lang;
    let upright = matrix.units.len() > matrix.tasks.len().max(30);
    let state = |task: TaskId, unit: UnitId| match matrix.cell(task, unit) {
        None => Cell::empty(),
        Some((state, ..)) => Cell::text(matrix.words(task, unit, lang)).tone(state_tone(state)),
    };
    let (mut columns, rows): (Vec<Column>, Vec<Vec<Cell<'_>>>) = if upright {
        let named = vec![Column::center("责任单位", 24.0)];
        let rows = matrix.units.iter().map(|unit| {
            let mut row = vec![Cell::text(division.unit(*unit).name.as_str())];
            row.extend(matrix.tasks.iter().take(MOST_COLUMNS).map(|task| state(*task, *unit)));
            row
        });
        (named, rows.collect())
    } else {
        let named = vec![Column::center("任务编号", 14.0), Column::new("工作任务", Shape::Text, 16.0, 36.0)];
        let rows = matrix.tasks.iter().map(|id| {
            let task = division.task(*id);
            let mut row = vec![Cell::text(task.code.as_str()), Cell::text(task.text.value.as_str())];
            row.extend(matrix.units.iter().take(MOST_COLUMNS).map(|unit| state(*id, *unit)));
            row
        });
        (named, rows.collect())
    };
    let frozen = columns.len() as u16;
    if upright {
        columns.extend(
            matrix.tasks.iter().take(MOST_COLUMNS).map(|task| Column::center(&*division.task(*task).code, 12.0)),
        );
    } else {
        columns.extend(
            matrix.units.iter().take(MOST_COLUMNS).map(|unit| Column::center(&*division.unit(*unit).name, 12.0)),
        );
    }
    let mut sheet = book.sheet(SHEETS[3], Size::of(rows.len()), Page::A4)?;
    let note = lang.pick(
        "空格表示不由该单位承担；同一任务本期应报多次的，列最差的状态和次数，如“缺报2/4”。",
        "A blank means that the unit does not owe it; of a task owed several times the worst state and its count stand here: missing 2/4.",
    );
    let mut table = Table::titled(&mut sheet, "任务报送情况一览", &[note], &columns, rows.iter().take(400))?;
    for row in &rows {
        table.row(row)?;
    }
    table.end(frozen)?;
    Ok(())
}
