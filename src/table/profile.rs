//! What the columns of a table contain over all rows, so that rows of preprinted values can be told from records.

use chrono::NaiveDate;

use super::shape::Column;
use super::shown::is_blank;
use crate::basis::calendar::written;
use crate::basis::pool::Texts;
use crate::read::{Raw, Row};

/// A column of days or numbers is preprinted if so many cells follow one another without a gap.
const RUN: u32 = 3;

/// Counts over the rows taken for data.
#[derive(Debug)]
pub(super) struct Profile {
    columns: Vec<Held>,
    /// Rows of several cells.
    rows: u32,
    /// The columns filled in nearly every row, and those filled in most: known once all rows are added.
    core: Vec<u32>,
    usual: Vec<u32>,
}

/// Counts for one column.
#[derive(Clone, Copy, Debug, Default)]
struct Held {
    col: u32,
    serial: bool,
    unnamed: bool,
    filled: u32,
    /// Cells of all rows, and how many of them hold text.
    seen: u32,
    texts: u32,
    /// The number of cells with the day or number after that of the cell before.
    next: u32,
    /// The last day or number.
    last: Option<f64>,
}

impl Profile {
    /// An empty profile; `serial` is the column of running numbers.
    pub(super) fn new(columns: &[Column], serial: Option<u32>) -> Profile {
        let held = |c: &Column| Held {
            col: c.col,
            serial: Some(c.col) == serial,
            unnamed: c.heading.is_empty(),
            ..Held::default()
        };
        Profile { columns: columns.iter().map(held).collect(), rows: 0, core: Vec::new(), usual: Vec::new() }
    }

    /// Adds a row of data.
    pub(super) fn add(&mut self, row: &Row, texts: &Texts) {
        let mut at = 0;
        let cells = row.cells.iter().filter(|cell| !is_blank(cell.1, texts)).count();
        let full = cells > 2 || cells == 2 && self.columns.len() < 4;
        self.rows += u32::from(full);
        for &(col, raw) in &row.cells {
            while self.columns.get(at).is_some_and(|held| held.col < col) {
                at += 1;
            }
            let Some(held) = self.columns.get_mut(at).filter(|held| held.col == col) else { continue };
            if is_blank(raw, texts) {
                continue;
            }
            held.filled += u32::from(full);
            held.seen += 1;
            held.texts += u32::from(matches!(raw, Raw::Text(_)));
            // A column that does not run on in its first rows is not examined further.
            if held.last.is_some() || held.next == 0 && held.seen <= 4 {
                let number = running(raw, texts);
                held.next += u32::from(held.last.zip(number).is_some_and(|(last, n)| (n - last - 1.0).abs() < 1e-9));
                held.last = number.filter(|_| held.seen < 8 || held.next >= RUN);
            }
        }
    }

    /// The profile of all rows.
    pub(super) fn settled(mut self) -> Profile {
        let columns = |which: &dyn Fn(&Held) -> bool| -> Vec<u32> {
            self.columns.iter().filter(|held| which(held)).map(|held| held.col).collect()
        };
        (self.core, self.usual) = (columns(&|held| self.is_core(held)), columns(&|held| held.filled * 2 > self.rows));
        self
    }

    /// Whether a column is filled in nearly every row.
    fn is_core(&self, held: &Held) -> bool {
        held.filled * 5 >= self.rows * 4 && self.rows >= 2 && !(held.unnamed && held.next >= RUN)
    }

    /// Whether the running number is filled in nearly every row.
    pub(super) fn numbered(&self) -> bool {
        self.columns.iter().any(|held| held.serial && self.is_core(held))
    }

    /// The number of columns filled in nearly every row, and how many of them this row fills.
    pub(super) fn core(&self, row: &Row, texts: &Texts) -> (usize, usize) {
        let mut core = self.core.iter().peekable();
        let mut is_core = |col: u32| {
            while core.next_if(|own| **own < col).is_some() {}
            core.next_if(|own| **own == col).is_some()
        };
        let held = row.cells.iter().filter(|cell| is_core(cell.0) && !is_blank(cell.1, texts)).count();
        (self.core.len(), held)
    }

    /// The columns filled in most rows.
    pub(super) fn usual_columns(&self) -> &[u32] {
        &self.usual
    }

    /// Whether no row of several cells fills a column, so that it is that of the names of parts.
    pub(super) fn is_left_to_parts(&self, col: u32) -> bool {
        let held = self.columns.binary_search_by_key(&col, |held| held.col).ok().map(|at| self.columns[at]);
        held.is_some_and(|held| held.filled == 0 && held.seen > 1) && self.rows >= 2
    }

    /// Whether a row fills the first text column that nearly every row fills, or one before it.
    pub(super) fn leads(&self, row: &Row, texts: &Texts) -> bool {
        let first = self.columns.iter().position(|held| self.is_core(held) && held.texts * 2 > held.seen);
        let upto = first.map_or(&self.columns[..], |first| &self.columns[..=first]);
        upto.iter().any(|held| !is_blank(row.get(held.col), texts))
    }

    /// Whether a row has a number in a column of texts, or a text in one of numbers.
    pub(super) fn is_at_odds(&self, row: &Row, texts: &Texts) -> bool {
        let most = |held: &Held, some: u32| some * 5 >= held.seen * 3;
        self.columns.iter().any(|held| match row.get(held.col) {
            raw if is_blank(raw, texts) => false,
            raw @ Raw::Text(_) => most(held, held.seen - held.texts) && running(raw, texts).is_none(),
            Raw::Number { .. } => most(held, held.texts),
            _ => false,
        })
    }

    /// Whether a row contains only preprinted values: running numbers, consecutive days, zeros, dashes.
    pub(super) fn is_printed(&self, row: &Row, texts: &Texts) -> bool {
        let mut any = false;
        let alone = row.cells.iter().filter(|cell| !is_blank(cell.1, texts)).count() == 1;
        for &(col, raw) in row.cells.iter().filter(|cell| !is_blank(cell.1, texts)) {
            any = true;
            let first = alone && self.columns.first().is_some_and(|held| held.col == col);
            let held = self.columns.binary_search_by_key(&col, |held| held.col).ok().map(|at| self.columns[at]);
            let run = held.is_some_and(|held| held.next >= RUN && held.next * 5 >= held.seen * 3 || held.serial);
            let printed = match raw {
                Raw::Number { value: 0.0, .. } => true,
                Raw::Number { .. } => run && (first || held.is_some_and(|held| held.serial || held.unnamed)),
                Raw::Date(_) => run,
                Raw::Text(text) => {
                    let text = texts.get(text);
                    is_dash(text) || run && running(raw, texts).is_some()
                }
                _ => false,
            };
            if !printed {
                return false;
            }
        }
        any
    }
}

/// The number that increases by one in a column of consecutive days or numbers.
fn running(raw: Raw, texts: &Texts) -> Option<f64> {
    let day = |day: NaiveDate| f64::from(day.signed_duration_since(NaiveDate::default()).num_days() as i32);
    match raw {
        Raw::Number { value, percent: false } => Some(value),
        Raw::Date(moment) => Some(day(moment.date())),
        Raw::Text(text) => {
            let text = texts.get(text).trim();
            if text.len() > 20 || !text.starts_with(|c: char| c.is_ascii_digit()) {
                return None;
            }
            text.parse().ok().or_else(|| written::day(text, NaiveDate::default()).map(day))
        }
        _ => None,
    }
}

/// Whether a text stands for nothing: ` - `, `——`, `/`.
fn is_dash(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || "-—–―－_/／…".contains(c))
}

#[cfg(test)]
mod tests;
