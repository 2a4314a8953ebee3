//! Reads selected cells with the library.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use calamine::{Data, Ods, Reader, Xls, XlsOptions, Xlsb, Xlsx};

use crate::read::Format;

/// The cells of a sheet as the library read them.
pub(super) struct Seen {
    /// The name of the sheet.
    pub(super) name: String,
    /// The requested cells that are not empty, by row and column.
    pub(super) cells: BTreeMap<(u32, u32), Data>,
}

/// The requested cells of each sheet, by position.
type Wanted = BTreeMap<u16, BTreeSet<(u32, u32)>>;

/// The requested cells; an error if the library refuses the file.
pub(super) fn cells(bytes: &[u8], format: Format, wanted: &Wanted) -> Result<BTreeMap<u16, Seen>, String> {
    let from = Cursor::new(bytes);
    match format {
        Format::Xlsx => {
            let mut book = Xlsx::new(from).map_err(|error| error.to_string())?;
            // Cell by cell, because a dense table from A1 to a stray last cell might exceed the memory.
            each(&book.sheet_names(), wanted, |name, wanted| {
                let mut reader = book.worksheet_cells_reader(name).map_err(|error| error.to_string())?;
                let mut seen = BTreeMap::new();
                while let Some(cell) = reader.next_cell().map_err(|error| error.to_string())? {
                    keep(&mut seen, wanted, cell.get_position(), || Data::from(cell.get_value().clone()));
                }
                Ok(seen)
            })
        }
        Format::Xlsb => {
            let mut book = Xlsb::new(from).map_err(|error| error.to_string())?;
            each(&book.sheet_names(), wanted, |name, wanted| {
                let mut reader = book.worksheet_cells_reader(name).map_err(|error| error.to_string())?;
                let mut seen = BTreeMap::new();
                while let Some(cell) = reader.next_cell().map_err(|error| error.to_string())? {
                    keep(&mut seen, wanted, cell.get_position(), || Data::from(cell.get_value().clone()));
                }
                Ok(seen)
            })
        }
        Format::Xls => {
            let mut options = XlsOptions::default();
            // It decodes the texts of Excel 97 by the code page that old exporters declare.
            options.force_codepage = is_excel_97(bytes).then_some(1200);
            ranges(Xls::new_with_options(from, options).map_err(|error| error.to_string())?, wanted)
        }
        Format::Ods => ranges(Ods::new(from).map_err(|error| error.to_string())?, wanted),
        _ => Err("not a format of its own".into()),
    }
}

/// Sheets that the library can only read as a dense table.
fn ranges<'a, R>(mut book: R, wanted: &Wanted) -> Result<BTreeMap<u16, Seen>, String>
where
    R: Reader<Cursor<&'a [u8]>>,
    R::Error: std::fmt::Display,
{
    each(&book.sheet_names(), wanted, |name, wanted| {
        let range = book.worksheet_range(name).map_err(|error| error.to_string())?;
        let mut seen = BTreeMap::new();
        for &at in wanted {
            if let Some(value) = range.get_value(at) {
                keep(&mut seen, wanted, at, || value.clone());
            }
        }
        Ok(seen)
    })
}

fn each(
    names: &[String],
    wanted: &Wanted,
    mut read: impl FnMut(&str, &BTreeSet<(u32, u32)>) -> Result<BTreeMap<(u32, u32), Data>, String>,
) -> Result<BTreeMap<u16, Seen>, String> {
    let mut out = BTreeMap::new();
    for (number, cells) in wanted {
        let Some(name) = names.get(*number as usize) else { return Err("it counts fewer sheets".into()) };
        // By name it finds only the first sheet of that name.
        let is_first = names.iter().position(|other| other == name) == Some(*number as usize);
        let (name, cells) =
            if is_first { (name.clone(), read(name, cells)?) } else { (String::new(), BTreeMap::new()) };
        out.insert(*number, Seen { name, cells });
    }
    Ok(out)
}

fn keep(
    seen: &mut BTreeMap<(u32, u32), Data>,
    wanted: &BTreeSet<(u32, u32)>,
    at: (u32, u32),
    value: impl FnOnce() -> Data,
) {
    if wanted.contains(&at) {
        let value = value();
        if value != Data::Empty {
            seen.insert(at, value);
        }
    }
}

/// Whether a sheet of an xlsx holds CDATA or comments.
pub(super) fn has_pieced_values(bytes: &[u8]) -> bool {
    /// The most bytes of a sheet searched for them.
    const MOST: u64 = 64 << 20;
    let Ok(mut zip) = zip::ZipArchive::new(Cursor::new(bytes)) else { return false };
    (0..zip.len()).any(|at| {
        let Ok(part) = zip.by_index(at) else { return false };
        let mut sheet = Vec::new();
        let is_sheet = part.name().is_ok_and(|name| name.to_lowercase().contains("sheet"));
        is_sheet
            && std::io::Read::read_to_end(&mut std::io::Read::take(part, MOST), &mut sheet).is_ok()
            && [&b"<![CDATA["[..], b"<!--"].iter().any(|mark| memchr::memmem::find(&sheet, mark).is_some())
    })
}

/// Whether the workbook in a compound file is of Excel 97 or later, by the BOF record of its stream.
pub(super) fn is_excel_97(bytes: &[u8]) -> bool {
    let Ok(mut file) = cfb::CompoundFile::open(Cursor::new(bytes)) else { return false };
    let Ok(mut stream) = file.open_stream("/Workbook") else { return false };
    let mut head = [0; 6];
    std::io::Read::read_exact(&mut stream, &mut head).is_ok() && head[4..] == [0, 6]
}
