//! Sheets drawn as text, for tests: one line a row, cells separated by `|`.
//!
//! A cell that is a number is a number, `85%` a rate, `@2014-08-15` a date cell, `@2014-08` and `@2014` one whose format
//! shows the month or the year alone, `'15` a text, `#N/A` an error, `=` a
//! formula without value. `<` merges with the cell to the left, `^` with the cell above. An empty line is a blank row.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::heading::Finder;
use super::{Column, Decided, FieldId, Lexicon};
use crate::basis::place::Area;
use crate::basis::pool::Texts;
use crate::division::FieldSet;
use crate::read::{Dayless, Grid, Raw, Row, Sheet};

/// The sheet that the drawing describes; its texts are added to the pool.
pub(crate) fn sheet(drawing: &str, texts: &mut Texts) -> Sheet {
    let mut grid = Grid::default();
    let mut merges: Vec<Area> = Vec::new();
    let mut dayless = Vec::new();
    let body = drawing.strip_prefix('\n').unwrap_or(drawing);
    for (index, line) in body.lines().enumerate() {
        let index = index as u32;
        let mut row = Row { index, cells: Vec::new() };
        if !line.trim().is_empty() {
            for (col, cell) in line.split('|').enumerate() {
                let col = col as u32;
                match cell.trim() {
                    "" => {}
                    "<" => grow(&mut merges, index, col - 1, index, col),
                    "^" => grow(&mut merges, index - 1, col, index, col),
                    cell => {
                        let (day, shows) = whole_day(cell);
                        dayless.extend(shows.map(|shows| (index, col, shows)));
                        row.cells.push((col, raw(&day, texts)));
                    }
                }
            }
        }
        if !row.cells.is_empty() {
            grid.rows.push(row);
        }
    }
    Sheet { name: "台账".into(), grid, merges, dayless, ..Sheet::default() }
}

/// A date with the month and day that its format does not show.
fn whole_day(cell: &str) -> (Cow<'_, str>, Option<Dayless>) {
    match cell.strip_prefix('@').map(str::len) {
        Some(4) => (format!("{cell}-01-01").into(), Some(Dayless::Year)),
        Some(7) => (format!("{cell}-01").into(), Some(Dayless::Month)),
        _ => (cell.into(), None),
    }
}

/// Extends the merged region that contains the first cell to the second cell, or starts a new one.
fn grow(merges: &mut Vec<Area>, row: u32, col: u32, to_row: u32, to_col: u32) {
    match merges.iter_mut().find(|m| m.contains(row, col)) {
        Some(merge) => {
            merge.bottom = merge.bottom.max(to_row);
            merge.right = merge.right.max(to_col);
        }
        None => merges.push(Area { top: row, left: col, bottom: to_row, right: to_col }),
    }
}

/// The cell that this text describes.
pub(crate) fn raw(cell: &str, texts: &mut Texts) -> Raw {
    let date = |day: &str| NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()?.and_hms_opt(0, 0, 0);
    if cell == "=" {
        Raw::Uncalculated
    } else if let Some(moment) = cell.strip_prefix('@').and_then(date) {
        Raw::Date(moment)
    } else if let Some(text) = cell.strip_prefix('\'') {
        Raw::Text(texts.intern(text))
    } else if cell.starts_with('#') {
        Raw::Fault(texts.intern(cell))
    } else if let Some(rate) = cell.strip_suffix('%').and_then(|rate| rate.parse::<f64>().ok()) {
        Raw::Number { value: rate / 100.0, percent: true }
    } else if let Ok(value) = cell.parse::<f64>() {
        Raw::Number { value, percent: false }
    } else {
        Raw::Text(texts.intern(&cell.replace('⏎', "\n")))
    }
}

/// A column with a heading in the first row.
pub(crate) fn column(col: u32, heading: &str, field: Option<FieldId>) -> Column {
    Column {
        col,
        heading: heading.into(),
        field,
        also: None,
        unit: None,
        area: Area::cell(0, col),
        told_by: None,
        crossed: None,
        together: None,
        below: None,
    }
}

/// The built-in fields and a campaign of one task, two units and one period.
pub(super) struct Campaign(FieldSet);

impl Lexicon for Campaign {
    fn field(&self, heading: &str) -> Option<FieldId> {
        self.0.field(heading)
    }

    fn is_table(&self, fields: &[FieldId]) -> bool {
        self.0.is_table(fields)
    }

    fn rank(&self, field: FieldId, heading: &str) -> u8 {
        self.0.rank(field, heading)
    }

    fn is_serial(&self, field: FieldId) -> bool {
        self.0.is_serial(field)
    }

    fn is_amount(&self, field: FieldId) -> bool {
        self.0.is_amount(field)
    }

    fn is_value(&self, text: &str) -> bool {
        self.is_task(text) || text == "已完成"
    }

    fn is_task(&self, text: &str) -> bool {
        text == "广告整治"
    }

    fn is_unit(&self, text: &str) -> bool {
        ["综合科", "后勤中心"].contains(&text)
    }

    fn group_wins(&self, group: FieldId, field: FieldId, heading: &str) -> bool {
        self.0.group_wins(group, field, heading)
    }

    fn measured(&self, heading: &str, unit: &str) -> Option<Decided> {
        self.0.measured(heading, unit)
    }

    fn within(&self, group: &str, heading: &str) -> Option<Decided> {
        self.0.within(group, heading)
    }

    fn settle(&self, headings: &[&str], fields: &mut [Option<FieldId>]) {
        self.0.settle(headings, fields);
    }
}

/// What is found out about the rows of a drawing in such a campaign.
pub(super) fn ask<R>(drawing: &str, about: impl FnOnce(&Finder<'_>, &[Row]) -> R) -> R {
    let (mut texts, campaign) = (Texts::default(), Campaign(FieldSet::builtin()));
    let sheet = sheet(drawing, &mut texts);
    let finder = Finder::new(&sheet, &texts, &campaign);
    about(&finder, &sheet.grid.rows)
}
