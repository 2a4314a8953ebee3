//! Excel binary workbooks (xlsb): an xlsx package with records instead of XML in its parts ([MS-XLSB]).

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read};

use super::grid::{Raw, Sheet, Visibility, Workbook};
use super::numfmt::{self, Shown};
use super::outcome::{Format, Limit, Refusal};
use super::package::Package;
use super::relations::{main_part, properties, relations, worksheets};
use super::sink::{Filling, MAX_ROWS, Sink};
use super::xls::{fault, packed};
use super::xlsx::drawing;
use crate::basis::place::Area;
use crate::basis::pool::Text;

/// The longest record.
const MAX_RECORD: usize = 16 << 20;
/// The most sheets kept, and the most merged regions of one sheet.
const MAX_SHEETS: usize = 1_000;
const MAX_REGIONS: usize = 100_000;

/// Data shared by all sheets.
#[derive(Default)]
struct Shared {
    strings: Vec<Text>,
    styles: Vec<Shown>,
    since_1904: bool,
}

/// Reads an xlsb workbook.
pub(super) fn read(bytes: &[u8]) -> Result<Workbook, Refusal> {
    let mut package = Package::open(bytes)?;
    let book = main_part(&mut package, "xl/workbook.bin")?;
    let relations = relations(&mut package, &book)?;
    let target = |kind: &str| relations.values().find(|r| r.kind == kind).map_or("", |r| r.target.as_str());

    let (mut sink, mut shared, mut listed) = (Sink::default(), Shared::default(), Vec::new());
    each(&mut package, &book, |kind, body| {
        match kind {
            153 => shared.since_1904 = body.u32()? & 1 != 0,
            156 if listed.len() < MAX_SHEETS => {
                let visibility = if body.u32()? == 0 { Visibility::Visible } else { Visibility::Hidden };
                body.take(4)?;
                let (relation, name) = (body.text()?, body.text()?);
                listed.push((Sheet { name, visibility, ..Sheet::default() }, relation));
            }
            _ => {}
        }
        Some(())
    })?;
    each(&mut package, target("sharedStrings"), |kind, body| {
        if kind == 19 {
            body.take(1)?;
            shared.strings.push(sink.intern(&body.text()?));
        }
        Some(())
    })?;
    shared.styles = styles(&mut package, target("styles"))?;

    let sheets = worksheets(listed, &relations, |path, number, sheet| {
        worksheet(&mut package, path, number, &shared, &mut sink, sheet)
    })?;
    let properties = properties(&mut package)?;
    Ok(sink.finish(Format::Xlsb, sheets, properties))
}

fn styles(package: &mut Package<'_>, path: &str) -> Result<Vec<Shown>, Refusal> {
    let (mut codes, mut styles, mut of_cells) = (BTreeMap::new(), Vec::new(), false);
    each(package, path, |kind, body| {
        match kind {
            44 => {
                let id = body.u16()?;
                codes.insert(id, numfmt::by_code(&body.text()?));
            }
            617 => of_cells = true,
            618 => of_cells = false,
            47 if of_cells => {
                body.take(2)?;
                let id = body.u16()?;
                let shown = codes.get(&id).copied().or_else(|| numfmt::builtin(u32::from(id)));
                styles.push(shown.unwrap_or_default());
            }
            _ => {}
        }
        Some(())
    })?;
    Ok(styles)
}

fn worksheet(
    package: &mut Package<'_>,
    path: &str,
    number: usize,
    shared: &Shared,
    sink: &mut Sink,
    sheet: &mut Sheet,
) -> Result<(), Refusal> {
    let mut filling = Filling::new(number);
    let (mut row, mut whole, mut short, mut drawing) = (0u32, false, 0usize, None);
    each(package, path, |kind, body| {
        let read = record(kind, body, &mut row, shared, sink, &mut filling, sheet);
        whole |= kind == 130;
        if kind == 550 {
            drawing = body.text();
        }
        short += usize::from(read.is_none());
        Some(())
    })?;
    if short > 0 {
        sink.bad_cell(&mut filling, None, format!("{short} records are too short"));
    }
    if !whole {
        sink.bad_cell(&mut filling, None, "the sheet ends in the middle");
    }
    sheet.hidden_rows.sort_unstable();
    sheet.hidden_rows.dedup();
    sink.end(filling, sheet);
    if let Some(id) = drawing {
        drawing::take(package, path, &id, sink, sheet)?;
        sheet.images.sort_by_key(|image| (image.row, image.col));
    }
    Ok(())
}

/// Reads one record of a sheet; none when it is too short for its type.
fn record(
    kind: u16,
    body: &mut Body<'_>,
    row: &mut u32,
    shared: &Shared,
    sink: &mut Sink,
    filling: &mut Filling,
    sheet: &mut Sheet,
) -> Option<()> {
    match kind {
        0 => {
            *row = body.u32()?;
            body.take(7)?;
            if body.u8()? & 0x10 != 0 && *row < MAX_ROWS {
                sheet.hidden_rows.push(*row);
            }
        }
        176 => {
            let (top, bottom, left, right) = (body.u32()?, body.u32()?, body.u32()?, body.u32()?);
            if top <= bottom && left <= right && sheet.merges.len() < MAX_REGIONS {
                sheet.merges.push(Area { top, left, bottom, right });
            }
        }
        2..=11 | 62 => {
            let (col, style) = (body.u32()?, body.u32()? & 0x00FF_FFFF);
            let shown = shared.styles.get(style as usize).copied().unwrap_or_default();
            let raw = match kind {
                2 => shown.cell(packed(body.u32()?), shared.since_1904, sink),
                3 | 11 => sink.fault(fault(body.u8()?)),
                4 | 10 => Raw::Truth(body.u8()? != 0),
                5 | 9 => shown.cell(body.f64()?, shared.since_1904, sink),
                7 => {
                    let text = shared.strings.get(body.u32()? as usize);
                    if text.is_none() {
                        sink.bad_cell(filling, Some(Area::cell(*row, col)), "no such shared text");
                    }
                    text.copied().map_or(Raw::Empty, Raw::Text)
                }
                _ => {
                    if kind == 62 {
                        body.take(1)?;
                    }
                    sink.text(&body.text()?)
                }
            };
            shown.keep(raw, (*row, col), sheet);
            sink.put(filling, *row, col, raw);
        }
        _ => {}
    }
    Some(())
}

/// Passes every record of a part to `visit`, which returns none for a record that is too short. A missing part has no
/// records.
fn each(
    package: &mut Package<'_>,
    path: &str,
    mut visit: impl FnMut(u16, &mut Body<'_>) -> Option<()>,
) -> Result<(), Refusal> {
    let Some(part) = package.part(path) else { return Ok(()) };
    let (mut part, mut bytes) = (BufReader::with_capacity(1 << 16, part?), Vec::new());
    while !part.fill_buf()?.is_empty() {
        let kind = variable::<2>(&mut part)? as u16;
        let length = variable::<4>(&mut part)?;
        if length > MAX_RECORD {
            return Err(Refusal::OverBudget(Limit::Record(Limit::mb(MAX_RECORD as u64))));
        }
        bytes.clear();
        if part.by_ref().take(length as u64).read_to_end(&mut bytes)? < length {
            break;
        }
        visit(kind, &mut Body(&bytes));
    }
    Ok(())
}

/// A variable-length number: up to `N` bytes of seven bits, lowest first.
fn variable<const N: usize>(part: &mut impl Read) -> io::Result<usize> {
    let mut value = 0;
    for shift in 0..N {
        let mut byte = [0];
        part.read_exact(&mut byte)?;
        value |= ((byte[0] & 0x7F) as usize) << (7 * shift);
        if byte[0] & 0x80 == 0 {
            break;
        }
    }
    Ok(value)
}

/// The unread part of a record.
struct Body<'a>(&'a [u8]);

impl<'a> Body<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn u8(&mut self) -> Option<u8> {
        self.take(1).map(|bytes| bytes[0])
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes(self.take(2)?.try_into().ok()?))
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    fn f64(&mut self) -> Option<f64> {
        Some(f64::from_le_bytes(self.take(8)?.try_into().ok()?))
    }

    /// A text: its length, then UTF-16; the length `-1` means no text.
    fn text(&mut self) -> Option<String> {
        let length = self.u32()?;
        if length == u32::MAX {
            return Some(String::new());
        }
        let bytes = self.take((length as usize).checked_mul(2)?)?;
        let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        Some(String::from_utf16_lossy(&units))
    }
}

#[cfg(test)]
mod tests;
