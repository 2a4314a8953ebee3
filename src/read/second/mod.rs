//! The second reader: [calamine](https://docs.rs/calamine), a general library, reads the cells of ledgers again, and the
//! values are compared. Two independent readers seldom make the same error.
//!
//! It runs after our own result has left the worker process, because on damaged files it may panic, loop or exhaust the
//! memory. Its known errors do not count as differences; see [`Excuse`].

mod compare;
mod library;

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};
use std::panic;

use serde::{Deserialize, Serialize};

use super::{Format, Raw, Workbook};
pub use compare::Excuse;
use compare::Verdict;

/// A region to compare: the rows of the heading and the records of a ledger, between two columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// The sheet by position.
    pub sheet: u16,
    /// 0-based rows.
    pub rows: Vec<u32>,
    /// First and last column, 0-based.
    pub cols: (u32, u32),
}

/// The result of the comparison.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondReading {
    /// The number of equal cells.
    pub agreed: u32,
    /// The cells that differ, in reading order.
    pub differing: Vec<Difference>,
    /// The number of cells with a known error of the library.
    pub excused: BTreeMap<Excuse, u32>,
    /// Why there is no result: the library refused the file or crashed.
    pub silent: Option<String>,
}

impl SecondReading {
    /// No result, with the reason.
    pub fn silent(why: impl Into<String>) -> SecondReading {
        SecondReading { silent: Some(why.into()), ..SecondReading::default() }
    }
}

/// A cell with different values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// The sheet by position.
    pub sheet: u16,
    /// 0-based row.
    pub row: u32,
    /// 0-based column.
    pub col: u32,
    /// Our value.
    pub ours: String,
    /// The value of the library.
    pub theirs: String,
}

/// Whether the library supports a format.
pub fn knows(format: Format) -> bool {
    matches!(format, Format::Xlsx | Format::Xlsb | Format::Xls | Format::Ods)
}

/// Reads a file again and compares the cells of some regions with those read before.
pub fn read_again(bytes: &[u8], first: &Workbook, regions: &[Region]) -> SecondReading {
    panic::catch_unwind(|| compared(bytes, first, regions)).unwrap_or_else(|_| SecondReading::silent("it panicked"))
}

fn compared(bytes: &[u8], first: &Workbook, regions: &[Region]) -> SecondReading {
    let mut wanted: BTreeMap<u16, BTreeSet<(u32, u32)>> = BTreeMap::new();
    for region in regions {
        let Some(sheet) = first.sheets.get(region.sheet as usize) else { continue };
        let cells = wanted.entry(region.sheet).or_default();
        for &row in &region.rows {
            cells.extend((region.cols.0..=region.cols.1).map(|col| (row, col)));
        }
        // The value of a merged region is in its first cell, which may be above the row.
        let (top, bottom) = (region.rows.iter().min().copied(), region.rows.iter().max().copied());
        let reaches = sheet.merges.iter().filter(|area| Some(area.bottom) >= top && Some(area.top) <= bottom);
        cells.extend(
            reaches
                .filter(|area| area.right >= region.cols.0 && area.left <= region.cols.1)
                .map(|area| (area.top, area.left)),
        );
    }
    let theirs = match library::cells(bytes, first.format, &wanted) {
        Ok(theirs) => theirs,
        Err(why) => return SecondReading::silent(why),
    };
    let mut out = SecondReading::default();
    let pieced = LazyCell::new(|| library::has_pieced_values(bytes));
    for (number, cells) in &wanted {
        let (Some(sheet), Some(theirs)) = (first.sheets.get(*number as usize), theirs.get(number)) else { continue };
        if sheet.name != theirs.name {
            // Of two sheets with the same name it reads only the first.
            *out.excused.entry(Excuse::SheetNameRepeated).or_default() += cells.len() as u32;
            continue;
        }
        for &(row, col) in cells {
            let (ours, seen) = (sheet.grid.get(row, col), theirs.cells.get(&(row, col)));
            if ours == Raw::Empty && seen.is_none() {
                continue;
            }
            let seen = seen.unwrap_or(&calamine::Data::Empty);
            let has_picture = || sheet.pictures.binary_search(&(row, col)).is_ok();
            match compare::verdict(first, ours, seen, has_picture, || *pieced) {
                Verdict::Same => out.agreed += 1,
                Verdict::Excused(why) => *out.excused.entry(why).or_default() += 1,
                Verdict::Differs { ours, theirs } => {
                    out.differing.push(Difference { sheet: *number, row, col, ours, theirs });
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests;
