//! Places in files: source, sheet, cells. A place is small enough to be stored with every value.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A source of the run: its position in the run's list of [`Source`]s. The division is always number 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SourceId(pub u32);

impl SourceId {
    /// The division's workbook.
    pub const DIVISION: SourceId = SourceId(0);
    /// The workbooks of rulings; their sheets are counted over all of them.
    pub const RULINGS: SourceId = SourceId(u32::MAX);
}

/// A file of the run and what is known about it without reading it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Its number in this run.
    pub id: SourceId,
    /// Path below the campaign folder with `/`; archive entries as `收件/a.zip!dir/b.xlsx`.
    pub name: String,
    /// `blake3:` and the hex digest of its bytes.
    pub hash: String,
    /// When it was received, in local time.
    pub received: chrono::NaiveDateTime,
    /// The unit given in the register, as written there.
    pub claim: Option<String>,
    /// Size in bytes.
    pub size: u64,
}

/// The last part of a path as [`Source::name`] writes it: of `收件/a.zip!dir/b.xlsx` it is `b.xlsx`.
pub fn base(path: &str) -> &str {
    path.rsplit(['/', '!']).next().unwrap_or(path)
}

/// A rectangle of cells, 0-based, both corners included; a single cell has equal corners.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Area {
    /// First row.
    pub top: u32,
    /// First column.
    pub left: u32,
    /// Last row.
    pub bottom: u32,
    /// Last column.
    pub right: u32,
}

impl Area {
    /// The area of one cell.
    pub fn cell(row: u32, col: u32) -> Area {
        Area { top: row, left: col, bottom: row, right: col }
    }

    /// The area that A1 notation names: `D7`, `A3:H4`; none for other texts.
    pub fn parse(text: &str) -> Option<Area> {
        let cell = |text: &str| {
            let digits = text.find(|c: char| c.is_ascii_digit())?;
            let (letters, row) = text.split_at(digits);
            let row = row.parse::<u32>().ok()?.checked_sub(1)?;
            if letters.is_empty() || letters.len() > 3 || !letters.bytes().all(|b| b.is_ascii_uppercase()) {
                return None;
            }
            let col = letters.bytes().fold(0, |col, b| col * 26 + u32::from(b - b'A') + 1) - 1;
            Some((row, col))
        };
        let (first, last) = text.split_once(':').unwrap_or((text, text));
        let ((top, left), (bottom, right)) = (cell(first)?, cell(last)?);
        Some(Area { top, left, bottom, right })
    }

    /// Whether it has a cell in common with another.
    pub fn overlaps(&self, other: Area) -> bool {
        self.top <= other.bottom && other.top <= self.bottom && self.left <= other.right && other.left <= self.right
    }

    /// Whether a cell lies inside.
    pub fn contains(&self, row: u32, col: u32) -> bool {
        (self.top..=self.bottom).contains(&row) && (self.left..=self.right).contains(&col)
    }
}

/// A1 notation as the user sees it: `D7` or `A3:H4`.
impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        letters(f, self.left)?;
        write!(f, "{}", self.top + 1)?;
        if (self.top, self.left) != (self.bottom, self.right) {
            f.write_str(":")?;
            letters(f, self.right)?;
            write!(f, "{}", self.bottom + 1)?;
        }
        Ok(())
    }
}

/// The letters of a 0-based column: 0 is `A`, 26 is `AA`.
pub fn column_letters(col: u32) -> String {
    let mut name = String::new();
    // a string takes all that is written to it
    let _ = letters(&mut name, col);
    name
}

fn letters(to: &mut impl fmt::Write, col: u32) -> fmt::Result {
    if col >= 26 {
        letters(to, col / 26 - 1)?;
    }
    to.write_char(char::from(b'A' + (col % 26) as u8))
}

/// A place in a file, ordered by source, sheet, row and column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The file.
    pub source: SourceId,
    /// The sheet by its 0-based position among all sheets of the file; none for the file as a whole.
    pub sheet: Option<u16>,
    /// The cells; none for the sheet as a whole.
    pub area: Option<Area>,
}

impl Place {
    /// A file as a whole.
    pub fn file(source: SourceId) -> Place {
        Place { source, sheet: None, area: None }
    }

    /// A sheet as a whole.
    pub fn sheet(source: SourceId, sheet: u16) -> Place {
        Place { source, sheet: Some(sheet), area: None }
    }

    /// One cell, 0-based.
    pub fn cell(source: SourceId, sheet: u16, row: u32, col: u32) -> Place {
        Place { source, sheet: Some(sheet), area: Some(Area::cell(row, col)) }
    }

    /// Other cells of the same sheet.
    pub fn at(self, area: Area) -> Place {
        Place { area: Some(area), ..self }
    }
}

/// A value and the place it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Traced<T> {
    /// The value.
    pub value: T,
    /// Where it was read.
    pub place: Place,
}

/// Rows, ascending, as ranges: `5-12、14`.
pub fn row_ranges(rows: &[u32]) -> String {
    let mut spans: Vec<(u32, u32)> = Vec::new();
    for &row in rows {
        match spans.last_mut() {
            Some((_, last)) if *last + 1 == row => *last = row,
            _ => spans.push((row, row)),
        }
    }
    let told = spans.iter().map(|(a, b)| if a == b { a.to_string() } else { format!("{a}-{b}") });
    told.collect::<Vec<_>>().join("、")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_told_as_ranges() {
        assert_eq!(row_ranges(&[5, 6, 7, 9, 11, 12]), "5-7、9、11-12");
        assert_eq!(row_ranges(&[]), "");
    }

    #[test]
    fn areas_read_as_spreadsheets_write_them() {
        let letters: Vec<_> = [0, 25, 26, 701, 702, 16383].map(column_letters).into();
        assert_eq!(letters, ["A", "Z", "AA", "ZZ", "AAA", "XFD"]);
        assert_eq!(Area::cell(6, 3).to_string(), "D7");
        assert_eq!(Area { top: 2, left: 0, bottom: 3, right: 7 }.to_string(), "A3:H4");
        for text in ["D7", "A3:H4", "XFD1048576"] {
            assert_eq!(Area::parse(text).map(|area| area.to_string()).as_deref(), Some(text));
        }
        assert_eq!(["", "7", "D", "D0", "甲3", "D7:"].map(Area::parse), [None; 6]);
    }
}
