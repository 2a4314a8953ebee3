//! The second reader: [calamine](https://docs.rs/calamine), a general library, reads the cells that count once more, and
//! what it sees is held against what we saw. Two readers that were written apart seldom err alike.
//!
//! It is asked when our own answer has left the process: on strangers' files it may panic, loop or use up the memory.
//! What it is known to get wrong is no difference; see [`Excuse`].

mod compare;
mod library;

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};
use std::panic;

use serde::{Deserialize, Serialize};

use super::{Format, Raw, Workbook};
pub use compare::Excuse;
use compare::Verdict;

/// Rows of a sheet that count: those of a ledger's heading and records, between two columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// The sheet by position.
    pub sheet: u16,
    /// 0-based rows.
    pub rows: Vec<u32>,
    /// First and last column, 0-based.
    pub cols: (u32, u32),
}

/// What the second reader came to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondReading {
    /// Cells in which both saw the same.
    pub agreed: u32,
    /// Cells in which they did not, in reading order.
    pub differing: Vec<Difference>,
    /// Cells in which the library errs in a way that is known.
    pub excused: BTreeMap<Excuse, u32>,
    /// Why the second reader says nothing: it refused the file, or died of it.
    pub silent: Option<String>,
}

impl SecondReading {
    /// One that says nothing, and why.
    pub fn silent(why: impl Into<String>) -> SecondReading {
        SecondReading { silent: Some(why.into()), ..SecondReading::default() }
    }
}

/// A cell in which the readers saw different values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// The sheet by position.
    pub sheet: u16,
    /// 0-based row.
    pub row: u32,
    /// 0-based column.
    pub col: u32,
    /// What we saw.
    pub ours: String,
    /// What the library saw.
    pub theirs: String,
}

/// Whether the library reads this format too.
pub fn knows(format: Format) -> bool {
    matches!(format, Format::Xlsx | Format::Xlsb | Format::Xls | Format::Ods)
}

/// Reads a file again and compares the cells of some regions with what was read of it first.
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
        // What a merged region says stands in its first cell, which may lie above the row that it belongs to.
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
            // Two sheets of one name: it gives the cells of the first for both.
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
