//! The rows below a heading while they are collected.

use super::heading::Heading;
use super::shape::Line;
use super::shown::is_blank;
use super::words;
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

    /// Whether another table may begin at this row: after blank rows or after a row with a single cell.
    pub(super) fn breaks_before(&self, row: &Row) -> bool {
        self.rows.last().is_some_and(|last| {
            last.index + 1 < row.index
                || last.cells.iter().filter(|cell| !is_blank(cell.1, self.texts)).take(2).count() < 2
        })
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

    /// Whether a row before another heading is a title line of the table that follows.
    pub(super) fn opens_next(&self, row: &Row, sheet: &Sheet) -> bool {
        let mut seen = row.cells.iter().filter(|cell| !is_blank(cell.1, self.texts));
        let Some(&(col, raw)) = seen.next() else { return true };
        let Raw::Text(text) = raw else { return false };
        let folded = fold(self.texts.get(text));
        if words::is_instruction(&folded) || words::is_total(&folded) {
            return false;
        }
        let alone = seen.next().is_none();
        let wide = || sheet.merges.iter().any(|m| m.top == row.index && m.left == col && m.right > m.left + 1);
        words::opens(&folded)
            || alone
                && !words::is_about(&folded)
                && (words::is_section(&folded) || col <= self.heading.area.left || wide())
    }
}
