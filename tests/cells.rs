//! Prints every cell of the files named on the command line, one a line, as the reader sees it:
//! `cell TAB sheet TAB A1 TAB type TAB value`. What `tests/second_reader.py` compares with other readers.
//!
//! With `--second` as the first argument: what the program's own second reader makes of all cells of the files, one file
//! a line, `second TAB agreed TAB differing TAB excused TAB why silent TAB file`, its differences below it.

use std::io::{self, BufWriter, Write};

use taizhang::basis::place::Area;
use taizhang::read::second::{self, Region};
use taizhang::read::{self, Raw, Workbook};

fn main() -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    let again = std::env::args().nth(1).is_some_and(|first| first == "--second");
    for path in std::env::args().skip(if again { 2 } else { 1 }) {
        let bytes = std::fs::read(&path)?;
        let book = match read::read(&bytes, &path) {
            Ok(book) => book,
            Err(refusal) => {
                writeln!(out, "refused\t{path}\t{refusal:?}")?;
                continue;
            }
        };
        if again {
            compare(&mut out, &path, &bytes, &book)?;
            continue;
        }
        writeln!(out, "file\t{path}\t{:?}", book.format)?;
        for notice in &book.notices {
            writeln!(out, "notice\t{notice:?}")?;
        }
        for (number, sheet) in book.sheets.iter().enumerate() {
            let hidden = sheet.hidden_rows.len();
            writeln!(
                out,
                "sheet\t{number}\t{}\t{:?}\t{:?}\tmerges {}\thidden rows {hidden}\tpictures {}",
                sheet.name,
                sheet.visibility,
                sheet.unreadable,
                sheet.merges.len(),
                sheet.pictures.len()
            )?;
            for row in &sheet.grid.rows {
                for &(col, raw) in &row.cells {
                    let escaped = |text| book.texts.get(text).escape_debug().to_string();
                    let (kind, value) = match raw {
                        Raw::Empty => continue,
                        Raw::Text(text) => ("text", escaped(text)),
                        Raw::Number { value, percent: false } => ("number", value.to_string()),
                        Raw::Number { value, percent: true } => ("percent", value.to_string()),
                        Raw::Date(moment) => ("date", moment.format("%Y-%m-%dT%H:%M:%S%.3f").to_string()),
                        Raw::Duration(length) => ("duration", (length.num_milliseconds() as f64 / 1000.0).to_string()),
                        Raw::Truth(truth) => ("truth", truth.to_string()),
                        Raw::Fault(text) => ("fault", escaped(text)),
                        Raw::Uncalculated => ("uncalculated", String::new()),
                        Raw::DigitsLost(text) => ("digits", escaped(text)),
                    };
                    writeln!(out, "cell\t{number}\t{}\t{kind}\t{value}", Area::cell(row.index, col))?;
                }
            }
        }
    }
    out.flush()
}

fn compare(out: &mut impl Write, path: &str, bytes: &[u8], book: &Workbook) -> io::Result<()> {
    if !second::knows(book.format) {
        return writeln!(out, "once\t{path}");
    }
    let whole = |(at, sheet): (usize, &read::Sheet)| {
        let extent = sheet.grid.extent()?;
        let rows = sheet.grid.rows.iter().map(|row| row.index).collect();
        Some(Region { sheet: at as u16, rows, cols: (extent.left, extent.right) })
    };
    let regions: Vec<Region> = book.sheets.iter().enumerate().filter_map(whole).collect();
    let seen = second::read_again(bytes, book, &regions);
    let (excused, silent) =
        (seen.excused.iter().map(|(why, n)| format!("{why:?} {n}")), seen.silent.unwrap_or_default());
    let excused = excused.collect::<Vec<_>>().join(",");
    writeln!(out, "second\t{}\t{}\t{excused}\t{silent}\t{path}", seen.agreed, seen.differing.len())?;
    for cell in &seen.differing {
        let (at, sheet) = (Area::cell(cell.row, cell.col), &book.sheets[cell.sheet as usize].name);
        writeln!(out, "differs\t{sheet}!{at}\t{:?}\t{:?}", cell.ours, cell.theirs)?;
    }
    Ok(())
}
