//! The rows below a heading while they are collected.

use super::heading::Heading;
use super::shape::Line;
use super::shown::{is_blank, is_lone};
use super::words;
use crate::basis::place::Area;
use crate::basis::pool::Texts;
use crate::basis::text::fold;
use crate::read::{Raw, Row, Sheet};

/// The rows of a table while they are collected.
pub(super) struct Body<'a> {
    pub(super) heading: Heading,
    pub(super) above: Vec<Line>,
    pub(super) texts: &'a Texts,
    pub(super) rows: Vec<&'a Row>,
}

impl<'a> Body<'a> {
    pub(super) fn new(heading: Heading, above: Vec<Line>, texts: &'a Texts) -> Body<'a> {
        Body { heading, above, texts, rows: Vec::new() }
    }

    pub(super) fn push(&mut self, row: &'a Row) {
        self.rows.push(row);
    }

    /// Whether another table may begin at this row: after blank rows, after a row with a single cell or after a title.
    pub(super) fn breaks_before(&self, row: &Row) -> bool {
        self.rows.last().is_some_and(|last| {
            last.index + 1 < row.index || is_lone(last, self.texts) || self.ends_with_title(row.index)
        })
    }

    /// Whether the last row is the title of a small table whose heading stands at the row `next`: two words right above
    /// it and behind a gap, where this table has twice as many columns.
    fn ends_with_title(&self, next: u32) -> bool {
        let [.., before, last] = &self.rows[..] else { return false };
        let title = |cell: &&(u32, Raw)| match cell.1 {
            Raw::Text(text) => {
                let folded = fold(self.texts.get(text));
                !words::is_total(&folded) && !words::is_instruction(&folded) && !words::is_about(&folded)
            }
            _ => false,
        };
        let cells = || last.cells.iter().filter(|cell| !is_blank(cell.1, self.texts));
        last.index + 1 == next
            && before.index + 1 < last.index
            && self.heading.columns.len() >= 4
            && cells().count() == 2
            && cells().all(|cell| title(&cell))
    }

    /// Whether a row repeats the heading of this table after lines that begin another block.
    pub(super) fn is_reopened_by(&self, row: &Row, sheet: &Sheet) -> bool {
        self.heading.is_repeated_by(row) && {
            let before = self.rows.iter().rev().find(|row| row.cells.iter().any(|cell| !is_blank(cell.1, self.texts)));
            before.is_some_and(|row| self.opens_next(row, sheet) && !self.is_page_foot(row))
        }
    }

    pub(super) fn is_page_foot(&self, row: &Row) -> bool {
        row.cells.iter().any(|cell| match cell.1 {
            Raw::Text(text) => words::is_page_mark(&fold(self.texts.get(text))),
            _ => false,
        })
    }

    /// The number of rows that come before the title lines of a table whose heading stands at the row `next`. A single
    /// cell is such a line behind a gap, right above the heading, or if it says so itself.
    pub(super) fn last_of_table(&self, next: u32, sheet: &Sheet) -> usize {
        let all = self.rows.len();
        if self.ends_with_title(next) {
            return all - 1;
        }
        let from = all - self.rows.iter().rev().take_while(|row| self.opens_next(row, sheet)).count();
        let behind_gap = |at: usize| at == 0 || self.rows[at - 1].index + 1 < self.rows[at].index;
        let begins = (from..all).find(|&at| behind_gap(at) || self.surely_opens(self.rows[at], sheet));
        let adjacent = self.rows.last().is_some_and(|last| last.index + 1 == next);
        begins.unwrap_or(if adjacent { all.saturating_sub(1).max(from) } else { all })
    }

    /// Whether a folded text begins a block: by its words, or with the label of a line above this table.
    fn opens(&self, folded: &str) -> bool {
        let above = |label: &str| self.above.iter().any(|line| words::label(&fold(&line.2)) == Some(label));
        words::opens(folded) || words::label(folded).is_some_and(above)
    }

    /// Whether a row says by its words or its width that it is a title line, or shows nothing.
    fn surely_opens(&self, row: &Row, sheet: &Sheet) -> bool {
        let first = row.cells.iter().find(|cell| !is_blank(cell.1, self.texts));
        let Some(&(col, Raw::Text(text))) = first else { return true };
        let folded = fold(self.texts.get(text));
        self.opens(&folded) || words::is_section(&folded) || is_wide(row.index, col, sheet)
    }

    /// Whether a row before another heading is a title line of the table that follows.
    pub(super) fn opens_next(&self, row: &Row, sheet: &Sheet) -> bool {
        let mut seen = row.cells.iter().filter(|cell| !is_blank(cell.1, self.texts));
        let Some(&(col, raw)) = seen.next() else { return true };
        let Raw::Text(text) = raw else { return false };
        let folded = fold(self.texts.get(text));
        if words::is_instruction(&folded) || words::is_total(&folded) {
            return false;
        }
        // A text beside a title that is merged over the columns of the heading says nothing of it.
        let Area { left, right, .. } = self.heading.area;
        let over_all =
            |m: &Area| m.top == row.index && m.left == col && col <= left && m.right > col + 1 && m.right + 1 >= right;
        let alone = seen.next().is_none() || sheet.merges.iter().any(over_all);
        self.opens(&folded)
            || alone
                && !words::is_about(&folded)
                && (words::is_section(&folded) || col <= self.heading.area.left || is_wide(row.index, col, sheet))
    }
}

/// Whether a cell is merged over several columns.
fn is_wide(row: u32, col: u32, sheet: &Sheet) -> bool {
    sheet.merges.iter().any(|m| m.top == row && m.left == col && m.right > m.left + 1)
}

#[cfg(test)]
mod tests;
