//! What the figures are measured against, frozen as they are: inflating alone, calamine's streaming read alone, and
//! the naive merge (dense ranges, one vector, a format for every cell).

use std::fs;
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};

use calamine::{Data, Reader, Xlsx};
use rayon::prelude::*;
use rust_xlsxwriter::{Format, Workbook};

type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// The files of a campaign's inbox, by name.
fn inbox(dir: &Path) -> Outcome<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(dir.join("收件"))?.map(|entry| entry.map(|e| e.path())).collect::<io::Result<_>>()?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "xlsx"));
    files.sort();
    Ok(files)
}

/// Inflates every part of every file; returns the bytes.
pub(crate) fn inflate(dir: &Path) -> Outcome<u64> {
    let files = inbox(dir)?;
    let sizes = files.par_iter().map(|file| -> Outcome<u64> {
        let mut archive = zip::ZipArchive::new(Cursor::new(fs::read(file)?))?;
        let mut total = 0;
        for at in 0..archive.len() {
            total += io::copy(&mut archive.by_index(at)?, &mut io::sink())?;
        }
        Ok(total)
    });
    sizes.sum::<Outcome<u64>>()
}

/// Reads every cell with calamine's streaming reader; returns their number.
pub(crate) fn stream(dir: &Path) -> Outcome<u64> {
    let files = inbox(dir)?;
    let cells = files.par_iter().map(|file| -> Outcome<u64> {
        let mut bytes = Vec::new();
        fs::File::open(file)?.read_to_end(&mut bytes)?;
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes))?;
        let mut count = 0;
        for name in book.sheet_names() {
            let mut cells = book.worksheet_cells_reader(&name)?;
            while cells.next_cell()?.is_some() {
                count += 1;
            }
        }
        Ok(count)
    });
    cells.sum::<Outcome<u64>>()
}

/// Reads dense ranges into one vector and writes one sheet with a format for every cell; returns the rows.
pub(crate) fn naive(dir: &Path) -> Outcome<u64> {
    let files: Vec<Vec<Vec<Data>>> = inbox(dir)?
        .par_iter()
        .map(|file| -> Outcome<Vec<Vec<Data>>> {
            let mut book: Xlsx<_> = Xlsx::new(Cursor::new(fs::read(file)?))?;
            let ranges = book.worksheets();
            Ok(ranges.iter().flat_map(|(_, range)| range.rows().map(<[Data]>::to_vec)).collect())
        })
        .collect::<Outcome<_>>()?;
    let rows: Vec<Vec<Data>> = files.into_iter().flatten().collect();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0u32..).zip(&rows) {
        for (col, cell) in (0u16..).zip(cells) {
            let format = Format::new().set_text_wrap().set_font_name("宋体").set_font_size(10.5);
            match cell {
                Data::Empty => {}
                Data::Float(number) => drop(sheet.write_with_format(row, col, *number, &format)?),
                other => drop(sheet.write_with_format(row, col, other.to_string(), &format)?),
            }
        }
    }
    book.save(std::env::temp_dir().join("taizhang-naive.xlsx"))?;
    Ok(rows.len() as u64)
}
