//! 认定记录: what a person settled, why, and where it was needed; only where somebody settled anything.

use anyhow::Result;

use super::sheets::MOST_ROWS;
use crate::outcome::Outcome;
use crate::outcome::rulings::{LineState, line_state, ruled};
use crate::render::RenderInput;
use crate::render::workbook::{Book, Cell, Column, Page, Shape, Size, Table, Tone, continued};
use crate::ruling::{Field, Line, Reach, chosen};

/// The sheet's name.
const SHEET: &str = "认定记录";

pub(super) fn write(book: &mut Book, from: RenderInput<'_>) -> Result<()> {
    let outcome = from.outcome;
    let lines: Vec<&Line> = ruled(&outcome.division.rulings.written).collect();
    let columns = [
        Column::number("编号"),
        Column::center("类别", 12.0),
        Column::center("单位", 20.0),
        Column::new("文件", Shape::Text, 16.0, 28.0),
        Column::center("位置", 16.0),
        Column::new("原文", Shape::Text, 16.0, 32.0),
        Column::new("认定为", Shape::Text, 14.0, 28.0),
        Column::center("范围", 14.0),
        Column::center("认定人", 12.0),
        Column::center("日期", 14.0),
        Column::new("理由", Shape::Text, 20.0, 36.0),
        Column::center("有效至", 14.0),
        Column::center("状态", 10.0),
        Column::number("用到几处"),
        Column::new("说明", Shape::Text, 12.0, 28.0),
    ];
    for (number, part) in lines.chunks(MOST_ROWS).enumerate() {
        let mut sheet = book.sheet(&continued(SHEET, number), Size::of(part.len()), Page::A3)?;
        let used = lines.iter().filter(|line| outcome.applied.contains(line.id)).count();
        let note = outcome.settings.lang.pick(
            format!("共{}条，本期用到{used}条。编号与人工认定.xlsx、汇总台账的“认定”栏一致。", lines.len()),
            format!("{} rulings, {used} used in this period. The numbers are those of 人工认定.xlsx.", lines.len()),
        );
        let rows: Vec<Vec<Cell<'_>>> = part.iter().map(|line| cells(outcome, line)).collect();
        let mut table = Table::titled(&mut sheet, "人工认定记录", &[&note], &columns, &rows)?;
        for row in &rows {
            table.row(row)?;
        }
        table.end(1)?;
    }
    Ok(())
}

fn cells<'a>(outcome: &'a Outcome, line: &'a Line) -> Vec<Cell<'a>> {
    let lang = outcome.settings.lang;
    let text = |field| Cell::text(line.get(field));
    let state = line_state(&outcome.context(), &outcome.applied, line).unwrap_or(LineState::Valid);
    let tone = match state {
        LineState::Valid => Tone::Plain,
        LineState::Invalid => Tone::Bad,
        LineState::Open | LineState::Lapsed => Tone::Mute,
    };
    let why = outcome.division.rulings.why_not(line.id).map(|why| why.in_lang(lang).to_owned());
    let why = why.or_else(|| (state == LineState::Lapsed).then(|| lang.pick("本期没有用到", "not needed").to_owned()));
    let reach = Reach::parse(line.get(Field::Reach)).map_or(line.get(Field::Reach), |reach| reach.word(lang));
    vec![
        Cell::count(line.id),
        text(Field::Kind),
        text(Field::Unit),
        text(Field::File),
        text(Field::Place),
        text(Field::Text),
        Cell::text(chosen(line).unwrap_or_else(|| line.get(Field::Choice).to_owned())),
        Cell::text(reach),
        text(Field::By),
        text(Field::On),
        text(Field::Reason),
        text(Field::Until),
        Cell::text(state.word(lang)).tone(tone),
        Cell::count(outcome.applied.places(line.id).len() as u32),
        Cell::text(why.unwrap_or_default()),
    ]
}
