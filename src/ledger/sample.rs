//! The cells of the first rows of a table, from which a column is told.

use chrono::NaiveDate;

use super::interpret::{Under, interpret};
use crate::basis::TaskId;
use crate::basis::pool::Texts;
use crate::division::{Context, FieldType};
use crate::read::{Raw, Sheet};
use crate::table::{RowClass, Table, shown};

/// The number of rows examined.
pub(super) const ROWS: usize = 60;

/// The cells of the first rows of a table.
pub(super) struct Sample<'a> {
    pub(super) cx: &'a Context<'a>,
    /// For each row the cells of all columns: stored value and displayed text.
    pub(super) rows: Vec<Vec<(Raw, String)>>,
    /// The task of each row, once a column of tasks or codes is known.
    pub(super) tasks: Vec<Option<TaskId>>,
}

impl<'a> Sample<'a> {
    pub(super) fn of(table: &Table, sheet: &Sheet, texts: &Texts, cx: &'a Context<'a>) -> Sample<'a> {
        let data = table.rows.iter().filter(|row| row.1 == RowClass::Data).take(ROWS);
        let cells = |row: u32| {
            let row = sheet.grid.row(row);
            let cell = |col| row.map_or(Raw::Empty, |row| row.get(col));
            table.columns.iter().map(|c| (cell(c.col), shown(cell(c.col), texts).into_owned())).collect()
        };
        let rows: Vec<Vec<(Raw, String)>> = data.map(|row| cells(row.0)).collect();
        Sample { cx, tasks: vec![None; rows.len()], rows }
    }

    /// The number of filled cells of a column that fit, and of all filled cells.
    pub(super) fn count(&self, at: usize, fits: impl Fn(usize, Raw, &str) -> bool) -> (usize, usize) {
        let filled = self.rows.iter().enumerate().filter(|(_, row)| !row[at].1.is_empty());
        filled.fold((0, 0), |(some, all), (nth, row)| {
            let (raw, text) = &row[at];
            (some + usize::from(fits(nth, *raw, text)), all + 1)
        })
    }

    /// Whether at least four of five filled cells of a column fit.
    pub(super) fn most(&self, at: usize, fits: impl Fn(usize, Raw, &str) -> bool) -> bool {
        let (some, all) = self.count(at, fits);
        some > 0 && some * 5 >= all * 4
    }
}

/// The day that a cell names.
pub(super) fn day(raw: Raw, text: &str, cx: &Context<'_>) -> Option<NaiveDate> {
    interpret(raw, text, Under { kind: Some(FieldType::Date), unit: None, window: &cx.window, legend: None }).day()
}
