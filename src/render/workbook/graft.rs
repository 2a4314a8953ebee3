//! Puts rows into a workbook that the library has written without them. All else in it stays as the library wrote it.

use std::fmt::Write as _;
use std::io::{self, Cursor, Read as _, Seek, SeekFrom, Write};

use anyhow::{Context as _, Result};
use tempfile::SpooledTempFile;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::palette::Styles;
use super::rows::{Below, Body, Rows};
use super::size::OF_ROWS;
use crate::basis::place::Area;
use crate::basis::side_by_side::each;

/// Writes the workbook with the rows of its tables.
///
/// # Errors
/// When rows cannot be written, or the package is not as the library writes it.
pub(super) fn grafted(book: &[u8], bodies: &[Body<'_>], styles: &Styles, to: &mut dyn Write) -> Result<()> {
    let mut zip = ZipArchive::new(Cursor::new(book))?;
    let part = |body: &Body<'_>| format!("xl/worksheets/sheet{}.xml", body.sheet + 1);
    let mut sheets = Vec::with_capacity(bodies.len());
    for body in bodies {
        let mut sheet = String::new();
        zip.by_name(&part(body))?.read_to_string(&mut sheet)?;
        sheets.push((body, part(body), sheet));
    }
    let packed = each(&sheets, |(body, part, sheet)| packed(part, sheet, body, styles))?;
    let mut packed: Vec<Option<SpooledTempFile>> = packed.into_iter().map(Some).collect();
    let mut out = ZipWriter::new(Onwards { to, written: 0 });
    for at in 0..zip.len() {
        let original = zip.by_index_raw(at)?;
        match sheets.iter().position(|(_, part, _)| *part == original.name().unwrap_or_default()) {
            Some(nth) => {
                let sheet = packed[nth].take().context("a sheet that stands twice")?;
                out.raw_copy_file(ZipArchive::new(sheet)?.by_index_raw(0)?)?;
            }
            None => out.raw_copy_file(original)?,
        }
    }
    out.finish()?;
    Ok(())
}

/// Writes onwards, and says how far it is: parts that are packed already need nothing else, and no second copy of them is
/// made in memory.
struct Onwards<'a> {
    to: &'a mut dyn Write,
    written: u64,
}

impl Write for Onwards<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.to.write(bytes)?;
        self.written += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

impl Seek for Onwards<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match to {
            SeekFrom::Current(0) | SeekFrom::End(0) => Ok(self.written),
            SeekFrom::Start(at) if at == self.written => Ok(at),
            _ => Err(io::ErrorKind::Unsupported.into()),
        }
    }
}

/// A larger sheet, in packed bytes, waits on the disk until the others are done.
const IN_MEMORY: usize = 8 << 20;

/// The sheet with its rows, alone in a package.
fn packed(part: &str, sheet: &str, body: &Body<'_>, styles: &Styles) -> Result<SpooledTempFile> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(i64::from(OF_ROWS)))
        .last_modified_time(DateTime::default())
        .large_file(true);
    let mut zip = ZipWriter::new(SpooledTempFile::new(IN_MEMORY));
    zip.start_file(part, options)?;
    let (head, tail) = parted(sheet, body)?;
    zip.write_all(head.as_bytes())?;
    let mut rows = Rows::of(body, styles, &mut zip);
    (body.write)(&mut rows)?;
    let below = rows.end()?;
    zip.write_all(with(tail, &below)?.as_bytes())?;
    Ok(zip.finish()?)
}

/// The parts of a sheet before and after the rows of a table, its dimension taking them in.
fn parted<'x>(sheet: &'x str, body: &Body<'_>) -> Result<(String, &'x str)> {
    let (before, rest) = sheet.split_once("<dimension ref=\"").context("a sheet without dimension")?;
    let (dimension, rest) = rest.split_once('"').context("a dimension without end")?;
    let bottom = dimension.rsplit(|c: char| !c.is_ascii_digit()).next().and_then(|row| row.parse::<u32>().ok());
    let right = body.form.shapes.len().saturating_sub(1) as u32;
    let all = Area { top: 0, left: 0, bottom: body.rows.end.max(bottom.unwrap_or(1)) - 1, right };
    let below = rest.match_indices("<row r=\"").find(|(at, found)| {
        let number: String = rest[at + found.len()..].chars().take_while(char::is_ascii_digit).collect();
        number.parse::<u32>().is_ok_and(|number| number > body.rows.start)
    });
    let at = below.map(|(at, _)| at).or_else(|| rest.find("</sheetData>")).context("a sheet without rows")?;
    Ok((format!("{before}<dimension ref=\"{all}\"{}", &rest[..at]), &rest[at..]))
}

/// What follows the rows, with their merged cells and links, each in its place.
fn with(tail: &str, below: &Below) -> Result<String> {
    let mut tail = tail.to_owned();
    if !below.merged.is_empty() {
        let start = "<mergeCells count=\"";
        let at = tail.find(start).context("a sheet without a title")? + start.len();
        let length = tail[at..].find('"').context("a count without end")?;
        let known: usize = tail[at..at + length].parse()?;
        tail.replace_range(at..at + length, &(known + below.merged.len()).to_string());
        let mut merged = String::new();
        for area in &below.merged {
            let _ = write!(merged, "<mergeCell ref=\"{area}\"/>");
        }
        let end = tail.find("</mergeCells>").context("merged cells without end")?;
        tail.insert_str(end, &merged);
    }
    if !below.hyperlinks.is_empty() {
        let at = tail.find("<printOptions").context("a sheet that is not laid out for print")?;
        tail.insert_str(at, &format!("<hyperlinks>{}</hyperlinks>", below.hyperlinks));
    }
    Ok(tail)
}
