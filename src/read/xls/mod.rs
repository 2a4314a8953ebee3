//! Excel 97–2003 (and 5.0/95) workbooks and the et of older WPS: the shared data of all sheets, and where each begins.
//!
//! Not read with calamine, which uses unbounded memory on malformed files (DIMENSION, sector chains), decodes Chinese text
//! with the wrong code page, and silently drops cells with an invalid text index.

mod cells;
#[cfg(test)]
pub(in crate::read) mod fixture;
mod globals;
mod record;

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use super::grid::Workbook;
use super::outcome::{Format, Notice, Refusal};
use super::sink::Sink;
pub(super) use cells::{fault, packed};
use globals::globals;
use record::u16_at;

/// The most bytes of a workbook stream.
const MAX_STREAM: u64 = 512 << 20;

/// Reads a compound file that holds a workbook.
pub(super) fn read(bytes: &[u8]) -> Result<Workbook, Refusal> {
    let stream = workbook_stream(bytes)?;
    let mut sink = Sink::default();
    let (globals, listed) = globals(&stream, &mut sink)?;
    let mut sheets = Vec::with_capacity(listed.len());
    for (number, (mut sheet, offset)) in listed.into_iter().enumerate() {
        if sheet.other.is_none() {
            // a sheet begins with a BOF record; if there is none, the offset is wrong
            match stream.get(offset as usize..).filter(|rest| u16_at(rest, 0) == Some(0x0809)) {
                Some(rest) => cells::read(rest, number, &globals, &mut sink, &mut sheet),
                None => sheet.unreadable = Some("its begin is not in the file".into()),
            }
        }
        sheets.push(sheet);
    }
    let is_plain = sink.texts.iter().all(str::is_ascii) && sheets.iter().all(|sheet| sheet.name.is_ascii());
    if globals.guessed && !is_plain {
        sink.notices.push(Notice::EncodingGuessed(globals.encoding.name().into()));
    }
    Ok(sink.finish(Format::Xls, sheets, BTreeMap::new()))
}

/// The workbook stream of the container itself, never of an embedded object; as much of it as the file has.
fn workbook_stream(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|e| Refusal::Damaged(e.to_string()))?;
    let path = if file.is_stream("/Workbook") { "/Workbook" } else { "/Book" };
    let stream = file.open_stream(path).map_err(|e| Refusal::Damaged(e.to_string()))?;
    let mut out = Vec::new();
    match stream.take(MAX_STREAM).read_to_end(&mut out) {
        Err(error) if out.is_empty() => Err(Refusal::Damaged(error.to_string())),
        _ => Ok(out),
    }
}

#[cfg(test)]
mod tests;
