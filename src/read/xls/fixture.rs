//! Builders of small Excel 97 files, record by record. Shared with the tests from outside.

use std::io::{Cursor, Write as _};

/// A compound file of these streams; folders on the way are made.
pub(crate) fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("created");
    for (path, bytes) in streams {
        if let Some((folder, _)) = path.rsplit_once('/').filter(|(folder, _)| !folder.is_empty()) {
            file.create_storage_all(folder).expect("folder");
        }
        file.create_stream(path).expect("stream").write_all(bytes).expect("written");
    }
    file.flush().expect("flushed");
    file.into_inner().into_inner()
}

/// One BIFF record.
pub(crate) fn record(kind: u16, body: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes()[..], &(body.len() as u16).to_le_bytes(), body].concat()
}

/// A text of Excel 97 with its length in two bytes.
pub(crate) fn text97(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let bytes: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    [&(units.len() as u16).to_le_bytes()[..], &[1], &bytes].concat()
}

/// The workbook stream of an Excel 97 file: these records before the list of sheets, these in its only sheet, and how
/// far the sheet's offset is off.
pub(crate) fn biff(globals: &[Vec<u8>], cells: &[Vec<u8>], off: u32) -> Vec<u8> {
    let bof = |kind: u16| record(0x0809, &[&[0, 6][..], &kind.to_le_bytes(), &[0; 12]].concat());
    let list =
        |offset: u32| record(0x0085, &[&offset.to_le_bytes()[..], &[0, 0, 2, 1, 0xF0, 0x53, 0x26, 0x8D]].concat());
    let end = record(0x000A, &[]);
    let before = [bof(5), globals.concat()].concat();
    let offset = (before.len() + list(0).len() + end.len()) as u32 + off;
    [before, list(offset), end.clone(), bof(16), cells.concat(), end].concat()
}

/// An Excel 97 file with these records in its only sheet. Its shared texts are 甲 and 乙.
pub(crate) fn xls(cells: &[Vec<u8>]) -> Vec<u8> {
    compound(&[("/Workbook", &biff(&[strings97(&["甲", "乙"])], cells, 0))])
}

/// The record of shared texts.
pub(crate) fn strings97(texts: &[&str]) -> Vec<u8> {
    let count = (texts.len() as u32).to_le_bytes();
    let all: Vec<u8> = texts.iter().flat_map(|text| text97(text)).collect();
    record(0x00FC, &[&count[..], &count, &all].concat())
}

/// A cell that shows a shared text.
pub(crate) fn label97(row: u16, col: u16, index: u32) -> Vec<u8> {
    record(0x00FD, &[&row.to_le_bytes()[..], &col.to_le_bytes(), &[0, 0], &index.to_le_bytes()].concat())
}
