//! 单位情况: the ranking of units, best first.

use anyhow::Result;

use super::sheets::SHEETS;
use crate::division::Unit;
use crate::outcome::labels;
use crate::render::RenderInput;
use crate::render::consolidated::state_tone;
use crate::render::workbook::{Book, Cell, Column, Page, Size, Table, Tone};

pub(super) fn write(book: &mut Book, from: RenderInput<'_>) -> Result<()> {
    let (outcome, units) = (from.outcome, &from.figures.units);
    let lang = outcome.settings.lang;
    let states = labels::shown(units.iter().map(|ranked| &ranked.coverage));
    let known = |of: fn(&Unit) -> &String| units.iter().any(|ranked| !of(outcome.division.unit(ranked.key)).is_empty());
    let (contacts, phones) = (known(|unit| &unit.contact), known(|unit| &unit.phone));
    let mut columns = vec![Column::center("排名", 8.0), Column::center("责任单位", 28.0)];
    columns.extend(["应报", "实报"].map(Column::number));
    columns.extend(states.iter().map(|state| Column::number(labels::state(*state, lang))));
    columns.extend([
        Column::rate("上报率"),
        Column::center("实报÷应报减不涉及", 12.0),
        Column::rate("及时率"),
        Column::center("按时÷应报减不涉及", 12.0),
        Column::number("强制性问题"),
        Column::number("核实性问题"),
    ]);
    columns.extend(contacts.then(|| Column::center("联系人", 12.0)));
    columns.extend(phones.then(|| Column::phone("联系电话")));
    let mut sheet = book.sheet(SHEETS[2], Size::of(units.len()), Page::A4)?;
    let (period, count) = (outcome.window.full_words(lang), units.len());
    let note = lang.pick(
        format!("{period}，共{count}个单位，按上报率、及时率排名；比率相同的名次相同。"),
        format!("{period}: {count} units, ranked by reporting rate and on-time rate; equal rates share a rank."),
    );
    let rows: Vec<Vec<Cell<'_>>> = units
        .iter()
        .map(|ranked| {
            let (c, unit) = (&ranked.coverage, outcome.division.unit(ranked.key));
            let marked = |count: u32, tone| Cell::count(count).tone(if count > 0 { tone } else { Tone::Plain });
            let full = c.base() > 0 && c.actual() == c.base();
            let mut row = vec![
                ranked.rank.map_or(Cell::empty(), Cell::count),
                Cell::text(unit.name.as_str()),
                Cell::count(c.expected()),
                Cell::count(c.actual()),
            ];
            row.extend(states.iter().map(|state| {
                let tone = match state_tone(*state) {
                    tone @ (Tone::Warn | Tone::Bad) => tone,
                    _ => Tone::Plain,
                };
                marked(c.count(*state), tone)
            }));
            row.extend([
                Cell::rate(c.actual(), c.base()).tone(if full { Tone::Good } else { Tone::Plain }),
                Cell::text(format!("{}÷{}", c.actual(), c.base())),
                Cell::rate(c.timely(), c.base()),
                Cell::text(format!("{}÷{}", c.timely(), c.base())),
                marked(ranked.errors, Tone::Bad),
                marked(ranked.warnings, Tone::Warn),
            ]);
            row.extend(contacts.then(|| Cell::text(unit.contact.as_str())));
            row.extend(phones.then(|| Cell::text(unit.phone.as_str())));
            row
        })
        .collect();
    let mut table = Table::titled(&mut sheet, "单位报送情况", &[&note], &columns, &rows)?;
    for row in &rows {
        table.row(row)?;
    }
    table.end(2)?;
    Ok(())
}
