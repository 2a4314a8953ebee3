//! Prints every cell of the files named on the command line, one a line, as the reader sees it:
//! `cell TAB sheet TAB A1 TAB type TAB value`. What `tests/second_reader.py` compares with other readers.

use std::io::{self, BufWriter, Write};

use taizhang::basis::place::Area;
use taizhang::read::{self, Raw};

fn main() -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path)?;
        let book = match read::read(&bytes, &path) {
            Ok(book) => book,
            Err(refusal) => {
                writeln!(out, "refused\t{path}\t{refusal:?}")?;
                continue;
            }
        };
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
