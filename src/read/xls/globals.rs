//! The data shared by all sheets of an Excel 97–2003 (or 5.0/95) workbook, and the list of its sheets.

use std::collections::BTreeMap;

use encoding_rs::{Encoding, GBK};

use super::record::{Record, Records, u16_at, u32_at};
use crate::basis::pool::Text;
use crate::read::grid::{Sheet, Visibility};
use crate::read::numfmt::{self, Shown};
use crate::read::outcome::Refusal;
use crate::read::sink::Sink;

/// The two generations of the record format.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Version {
    /// Texts in the code page of the workbook.
    Excel95,
    /// Texts in UTF-16, whatever code page is declared.
    Excel97,
}

/// Data shared by all sheets of a workbook.
pub(super) struct Globals {
    pub(super) version: Version,
    pub(super) encoding: &'static Encoding,
    /// Whether the workbook does not say in which code page its texts are.
    pub(super) guessed: bool,
    pub(super) since_1904: bool,
    pub(super) strings: Vec<Text>,
    pub(super) styles: Vec<Shown>,
}

/// Reads the records before the first sheet, and the list of sheets with their offsets.
pub(super) fn globals(stream: &[u8], sink: &mut Sink) -> Result<(Globals, Vec<(Sheet, u32)>), Refusal> {
    let damaged = |what: &str| Refusal::Damaged(what.into());
    let version = match (u16_at(stream, 0), u16_at(stream, 4)) {
        (Some(0x0809), Some(0x0600)) => Version::Excel97,
        (Some(0x0809), Some(0x0500)) => Version::Excel95,
        (Some(0x0809), _) => return Err(Refusal::NotATable(Some("xls4".into()))),
        _ => return Err(damaged("no workbook begins here")),
    };
    let mut globals =
        Globals { version, encoding: GBK, guessed: false, since_1904: false, strings: Vec::new(), styles: Vec::new() };
    let (mut listed, mut codes, mut formats) = (Vec::new(), BTreeMap::new(), Vec::new());
    let (mut whole, mut named) = (false, None);
    for record in Records::new(stream) {
        let body = record.body;
        globals.encoding = named.unwrap_or(GBK);
        match record.kind {
            // FILEPASS
            0x002F => return Err(Refusal::Encrypted),
            0x0042 => named = u16_at(body, 0).and_then(encoding),
            0x0022 => globals.since_1904 = u16_at(body, 0) == Some(1),
            0x041E => {
                let code = match version {
                    Version::Excel97 => {
                        let mut pieces = record.pieces();
                        pieces.skip(2).and_then(|()| pieces.text::<2>())
                    }
                    Version::Excel95 => short_text(body, 2, globals.encoding),
                };
                if let (Some(id), Some(code)) = (u16_at(body, 0), code) {
                    codes.insert(id, numfmt::by_code(&code));
                }
            }
            0x00E0 => formats.push(u16_at(body, 2).unwrap_or(0)),
            0x0085 => listed.extend(sheet(&record, &globals)),
            0x00FC => globals.strings = strings(&record, sink),
            0x000A => {
                whole = true;
                break;
            }
            _ => {}
        }
    }
    if listed.is_empty() || !whole {
        return Err(damaged("the list of sheets is cut off"));
    }
    globals.guessed = version == Version::Excel95 && named.is_none();
    globals.encoding = named.unwrap_or(GBK);
    let shown = |id: &u16| codes.get(id).copied().or_else(|| numfmt::builtin(u32::from(*id))).unwrap_or_default();
    globals.styles = formats.iter().map(shown).collect();
    Ok((globals, listed))
}

/// An entry of the list of sheets: the sheet and its offset.
fn sheet(record: &Record<'_>, globals: &Globals) -> Option<(Sheet, u32)> {
    let body = record.body;
    let (offset, state, kind) = (u32_at(body, 0)?, *body.get(4)?, *body.get(5)?);
    let name = match globals.version {
        Version::Excel97 => {
            let mut pieces = record.pieces();
            pieces.skip(6)?;
            pieces.text::<1>()?
        }
        Version::Excel95 => short_text(body, 6, globals.encoding)?,
    };
    let other = match kind {
        0 => None,
        2 => Some("chartsheet".into()),
        _ => Some("macrosheet".into()),
    };
    let visibility = if matches!(state & 3, 1 | 2) { Visibility::Hidden } else { Visibility::Visible };
    Some((Sheet { name, visibility, other, ..Sheet::default() }, offset))
}

/// The shared texts.
fn strings(record: &Record<'_>, sink: &mut Sink) -> Vec<Text> {
    let mut pieces = record.pieces();
    let mut out = Vec::new();
    // the declared number is not believed
    let _ = pieces.skip(8);
    while !pieces.is_over() {
        let Some(text) = pieces.text::<2>() else { break };
        out.push(sink.intern(&text));
    }
    out
}

/// A text of Excel 95: a length byte, then the text.
fn short_text(body: &[u8], at: usize, encoding: &'static Encoding) -> Option<String> {
    let bytes = body.get(at + 1..at + 1 + *body.get(at)? as usize)?;
    Some(encoding.decode_without_bom_handling(bytes).0.into_owned())
}

/// The encoding of a Windows code page.
fn encoding(page: u16) -> Option<&'static Encoding> {
    match page {
        874 => Some(encoding_rs::WINDOWS_874),
        932 => Some(encoding_rs::SHIFT_JIS),
        936 => Some(encoding_rs::GBK),
        949 => Some(encoding_rs::EUC_KR),
        950 => Some(encoding_rs::BIG5),
        1250 => Some(encoding_rs::WINDOWS_1250),
        1251 => Some(encoding_rs::WINDOWS_1251),
        1252 | 367 | 0x8001 => Some(encoding_rs::WINDOWS_1252),
        10000 | 0x8000 => Some(encoding_rs::MACINTOSH),
        54936 => Some(encoding_rs::GB18030),
        65001 => Some(encoding_rs::UTF_8),
        _ => None,
    }
}
