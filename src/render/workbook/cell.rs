//! A cell: its content and the meaning of its colour.

use std::borrow::Cow;

use chrono::{Datelike as _, NaiveDate};

use super::fit;
use super::palette::{Shape, Tone};

/// The content of a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum What<'a> {
    /// Nothing.
    Empty,
    /// Text; never a formula.
    Text(Cow<'a, str>),
    /// A number.
    Number(f64),
    /// A rate by its numerator and denominator; `—` if the denominator is 0.
    Rate(u32, u32),
    /// A share, shown as a percentage.
    Share(f64),
    /// A day.
    Day(NaiveDate),
    /// A link to a cell of this workbook: (text, sheet, row, column), 0-based.
    Link(Cow<'a, str>, Cow<'a, str>, u32, u16),
}

/// A cell with its tone.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell<'a> {
    /// Its content.
    pub what: What<'a>,
    /// The meaning of its colour.
    pub tone: Tone,
}

impl<'a> Cell<'a> {
    /// A cell with text; empty text gives an empty cell.
    pub fn text(text: impl Into<Cow<'a, str>>) -> Cell<'a> {
        let text = text.into();
        Cell { what: if text.is_empty() { What::Empty } else { What::Text(text) }, tone: Tone::Plain }
    }

    /// An empty cell.
    pub const fn empty() -> Cell<'a> {
        Cell { what: What::Empty, tone: Tone::Plain }
    }

    /// A count.
    pub fn count(count: u32) -> Cell<'a> {
        Cell::number(f64::from(count))
    }

    /// A number.
    pub fn number(number: f64) -> Cell<'a> {
        Cell { what: What::Number(number), tone: Tone::Plain }
    }

    /// A rate.
    pub fn rate(numerator: u32, denominator: u32) -> Cell<'a> {
        Cell { what: What::Rate(numerator, denominator), tone: Tone::Plain }
    }

    /// A day.
    pub fn day(day: NaiveDate) -> Cell<'a> {
        Cell { what: What::Day(day), tone: Tone::Plain }
    }

    /// A link to a cell of this workbook.
    pub fn link(text: impl Into<Cow<'a, str>>, sheet: impl Into<Cow<'a, str>>, row: u32, col: u16) -> Cell<'a> {
        Cell { what: What::Link(text.into(), sheet.into(), row, col), tone: Tone::Link }
    }

    /// The same cell with a tone.
    pub fn tone(self, tone: Tone) -> Cell<'a> {
        Cell { tone, ..self }
    }

    /// Its text, to be measured.
    pub fn shown(&self) -> Cow<'_, str> {
        match &self.what {
            What::Text(text) | What::Link(text, ..) => Cow::Borrowed(text),
            What::Day(_) => "2000-00-00".into(),
            What::Rate(..) | What::Share(_) => "100.0%".into(),
            What::Number(number) => number.to_string().into(),
            What::Empty => "".into(),
        }
    }

    /// Adds bytes that differ wherever cells differ, for a digest.
    pub fn add_to(&self, bytes: &mut Vec<u8>) {
        let mut add = |kind: u8, numbers: &[u64], texts: &[&str]| {
            bytes.extend([kind, self.tone as u8]);
            bytes.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
            for text in texts {
                bytes.extend(text.len().to_le_bytes());
                bytes.extend(text.as_bytes());
            }
        };
        match &self.what {
            What::Empty => add(0, &[], &[]),
            What::Text(text) => add(1, &[], &[text]),
            What::Number(number) => add(2, &[number.to_bits()], &[]),
            What::Rate(numerator, denominator) => add(3, &[u64::from(*numerator), u64::from(*denominator)], &[]),
            What::Share(share) => add(4, &[share.to_bits()], &[]),
            What::Day(day) => add(5, &[i64::from(day.num_days_from_ce()).cast_unsigned()], &[]),
            What::Link(text, sheet, row, col) => add(6, &[u64::from(*row), u64::from(*col)], &[text, sheet]),
        }
    }

    /// How many lines it takes in a column of this width; numbers and days are never broken.
    pub(super) fn lines(&self, width: f64) -> usize {
        match &self.what {
            What::Text(text) | What::Link(text, ..) => fit::lines(text, width),
            What::Empty | What::Number(_) | What::Rate(..) | What::Share(_) | What::Day(_) => 1,
        }
    }

    /// The least width of a column with this cell, of which `shown` is the text: numbers and days stay on one line, names
    /// and states go on two, and no text needs a row higher than the highest.
    pub(super) fn least(&self, shown: &str, shape: Shape) -> f64 {
        match self.what {
            What::Text(_) | What::Link(..) if shape != Shape::Center => fit::least(shown),
            _ => self.on_its_lines(fit::width(shown), shape),
        }
    }

    /// What [`Self::least`] is at most, told by the length of the text alone.
    pub(super) fn at_most(&self, shown: &str, shape: Shape) -> f64 {
        match self.what {
            What::Text(_) | What::Link(..) if shape != Shape::Center => fit::at_most(shown),
            _ => self.on_its_lines(shown.len(), shape),
        }
    }

    /// The width of a column in which a text of this width stands on one line, that of a name or a state on two.
    fn on_its_lines(&self, width: usize, shape: Shape) -> f64 {
        let full = width as f64;
        match self.what {
            What::Empty => 0.0,
            What::Text(_) | What::Link(..) if shape == Shape::Center => (full / 2.0).min(14.0) + 2.0,
            _ => full + 1.5,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_differ_add_other_bytes() {
        let day = |day| Cell::day(NaiveDate::from_ymd_opt(2014, 9, day).expect("a day"));
        let rows = [
            vec![],
            vec![Cell::empty()],
            vec![Cell::empty(), Cell::empty()],
            vec![Cell::text("绿化")],
            vec![Cell::text("绿化").tone(Tone::Warn)],
            vec![Cell::text("绿"), Cell::text("化")],
            vec![Cell::number(3.0)],
            vec![Cell::number(-3.0)],
            vec![Cell { what: What::Share(3.0), tone: Tone::Plain }],
            vec![Cell::rate(3, 4)],
            vec![Cell::rate(4, 3)],
            vec![day(3)],
            vec![day(4)],
            vec![Cell::link("绿化", "来源", 3, 4)],
            vec![Cell::link("绿", "化来源", 3, 4)],
            vec![Cell::link("绿化", "来源", 4, 4)],
        ];
        let bytes = |row: &Vec<Cell<'_>>| {
            let mut bytes = Vec::new();
            for cell in row {
                cell.add_to(&mut bytes);
            }
            bytes
        };
        for (at, row) in rows.iter().enumerate() {
            let same: Vec<usize> = (0..rows.len()).filter(|other| bytes(&rows[*other]) == bytes(row)).collect();
            assert_eq!(same, [at], "{row:?}");
        }
    }
}
