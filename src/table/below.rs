//! Counts what stands below a possible heading.

use super::heading::{Finder, Heading};
use super::shown::{is_blank, only_cell};
use super::words;
use crate::basis::text::{fold, heading_key};
use crate::read::{Raw, Row};

/// The number of rows below a heading that are examined.
pub(super) const ROWS_BELOW: usize = 10;

/// Counts over the rows below a possible heading.
#[derive(Debug, Default)]
pub(super) struct Below {
    /// Rows with something under its columns.
    pub(super) rows: usize,
    /// Rows with at least two cells, or with the running number.
    pub(super) full: usize,
    /// Cells of all those rows, and the rows with three or more.
    pub(super) cells: usize,
    pub(super) wider: usize,
    /// Columns with numbers or dates, behind the first also with numbers as text.
    pub(super) figures: usize,
    /// Of each column whether it holds numbers alone.
    pub(super) counted: Vec<bool>,
    /// The text cells of the first row, and how many of these look like headings.
    pub(super) first: (usize, usize),
    /// Whether the first row has numbers or dates.
    pub(super) valued: bool,
    /// Columns with tasks, units or states of the campaign.
    pub(super) values: usize,
    /// Columns in which the heading's own text stands again.
    pub(super) repeats: usize,
    /// Rows in which the first column is filled, and rows with a number in the last.
    pub(super) led: usize,
    pub(super) numbers_last: usize,
    /// Whether the first row begins with a text in digits: 6.14.
    pub(super) numbered: bool,
    /// Rows that begin with what reads like a label.
    pub(super) labelled: usize,
    /// Texts behind the first column, and their characters.
    pub(super) long: usize,
    pub(super) length: usize,
}

impl Finder<'_> {
    /// Whether a row is a note alone: 注：完成打√.
    fn is_note(&self, row: &Row) -> bool {
        only_cell(row, self.texts).is_some_and(|cell| match cell.1 {
            Raw::Text(text) => words::is_instruction(&fold(self.texts.get(text))),
            _ => false,
        })
    }

    /// Examines the rows below a heading.
    pub(super) fn below(&self, heading: &Heading) -> Below {
        let mut below = Below::default();
        let mut held: Vec<bool> = vec![false; heading.columns.len()];
        let (mut worded, mut figures) = (held.clone(), held.clone());
        let mut values: Vec<bool> = held.clone();
        let mut again: Vec<bool> = held.clone();
        let mut last = heading.area.bottom;
        for row in self.sheet.grid.rows.iter().skip(heading.at.1).take(ROWS_BELOW) {
            if row.index > last + 2 {
                break;
            }
            last = row.index;
            if self.is_note(row) {
                continue;
            }
            let repeated = heading.is_repeated_by(row);
            let cells = row.cells.iter().filter(|cell| !is_blank(cell.1, self.texts));
            let (mut count, mut texts, mut like, mut number) = (0, 0, 0, false);
            for &(col, raw) in cells {
                let Ok(at) = heading.columns.binary_search_by_key(&col, |c| c.col) else {
                    count += 1;
                    continue;
                };
                count += 1;
                below.led += usize::from(at == 0);
                match raw {
                    Raw::Number { .. } | Raw::Date(_) | Raw::Duration(_) => {
                        held[at] = true;
                        number |= at == 0;
                        below.numbers_last += usize::from(at + 1 == heading.columns.len());
                    }
                    Raw::Text(text) => {
                        worded[at] = true;
                        again[at] |= !repeated && heading.texts.iter().any(|line| line.contains(&(col, text)));
                        let text = self.texts.get(text).trim();
                        texts += 1;
                        below.numbered |= below.rows == 0 && at == 0 && text.starts_with(|c: char| c.is_ascii_digit());
                        figures[at] |= at > 0 && is_figure(text);
                        if at > 0 {
                            below.long += 1;
                            below.length += text.chars().count();
                        }
                        if !values[at] {
                            let folded = fold(text);
                            values[at] = self.lexicon.is_value(&folded) || self.lexicon.is_unit(&folded);
                        }
                        let label = text.chars().count() <= 12
                            && (text.ends_with([':', '：']) || words::is_headingish(&heading_key(text)));
                        like += usize::from(label);
                        below.labelled += usize::from(at == 0 && label);
                        let digit = |c: char| c.is_ascii_digit();
                        number |= at == 0 && !text.is_empty() && text.chars().all(digit);
                    }
                    _ => {}
                }
            }
            if count == 0 {
                continue;
            }
            if below.rows == 0 {
                below.first = (texts, like);
                below.valued = held.contains(&true);
            }
            below.rows += 1;
            below.full += usize::from(count >= 2 || number);
            below.cells += count;
            below.wider += usize::from(count >= 3);
        }
        below.repeats = again.iter().filter(|again| **again).count();
        below.values = values.iter().filter(|value| **value).count();
        below.counted = held.iter().zip(&worded).map(|(held, worded)| *held && !worded).collect();
        below.figures = held.iter().zip(&figures).filter(|(held, figure)| **held || **figure).count();
        below
    }
}

/// Whether a text is a number, as every number of a Word table is: 12, 0.5, 100%.
fn is_figure(text: &str) -> bool {
    /// A number has no more characters than this.
    const LONGEST: usize = 12;
    let figure = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '%' | '-');
    text.len() <= LONGEST && text.contains(|c: char| c.is_ascii_digit()) && text.chars().all(figure)
}

#[cfg(test)]
mod tests;
