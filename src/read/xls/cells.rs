//! The cells of one sheet of an Excel 97–2003 workbook, record by record.

use super::globals::{Globals, Version};
use super::record::{Record, Records, f64_at, u16_at, u32_at};
use crate::basis::place::Area;
use crate::read::grid::{Raw, Sheet};
use crate::read::sink::{Filling, Sink};

/// The most merged regions, and the most pictures, kept of one sheet.
const MAX_REGIONS: usize = 100_000;

/// Reads the sheet that begins at the start of `stream`. The declared dimension is ignored.
pub(super) fn read(stream: &[u8], number: usize, globals: &Globals, sink: &mut Sink, sheet: &mut Sheet) {
    let mut filling = Filling::new(number);
    let mut cells = Cells { globals, sink, filling: &mut filling, sheet, text_of: None, drawing: Vec::new() };
    let mut depth = 0u32;
    let mut whole = false;
    for record in Records::new(stream) {
        match record.kind {
            // embedded charts have cells of their own
            0x0809 => depth += 1,
            0x000A if depth <= 1 => {
                whole = true;
                break;
            }
            0x000A => depth -= 1,
            _ if depth > 1 => {}
            _ => {
                if cells.record(&record).is_none() {
                    let what = format!("a record of kind {:#06x} is too short", record.kind);
                    cells.sink.bad_cell(cells.filling, None, what);
                }
            }
        }
    }
    let Cells { drawing, .. } = cells;
    sheet.pictures.extend(pictures(&drawing));
    if !whole {
        sink.bad_cell(&mut filling, None, "the sheet ends in the middle");
    }
    sheet.hidden_rows.sort_unstable();
    sheet.hidden_rows.dedup();
    sink.end(filling, sheet);
}

struct Cells<'a> {
    globals: &'a Globals,
    sink: &'a mut Sink,
    filling: &'a mut Filling,
    sheet: &'a mut Sheet,
    /// The formula cell whose text result is in the next STRING record.
    text_of: Option<(u32, u32)>,
    drawing: Vec<u8>,
}

impl Cells<'_> {
    /// Reads one record; none when it is too short for its type.
    fn record(&mut self, record: &Record<'_>) -> Option<()> {
        let body = record.body;
        let place = || Some((u32::from(u16_at(body, 0)?), u32::from(u16_at(body, 2)?)));
        match record.kind {
            0x0203 => {
                self.number(place()?, u16_at(body, 4)?, f64_at(body, 6)?);
            }
            0x027E => {
                self.number(place()?, u16_at(body, 4)?, packed(u32_at(body, 6)?));
            }
            0x00BD => {
                let (row, first) = place()?;
                for (at, cell) in body.get(4..body.len().checked_sub(2)?)?.chunks_exact(6).enumerate() {
                    self.number((row, first + at as u32), u16_at(cell, 0)?, packed(u32_at(cell, 2)?));
                }
            }
            0x00FD => {
                let (at, index) = (place()?, u32_at(body, 6)?);
                match self.globals.strings.get(index as usize) {
                    Some(&text) => self.put(at, Raw::Text(text)),
                    None => self.sink.bad_cell(self.filling, Some(Area::cell(at.0, at.1)), "no such shared text"),
                }
            }
            0x0204 | 0x00D6 => {
                let text = self.text(record, 6)?;
                let raw = self.sink.text(&text);
                self.put(place()?, raw);
            }
            0x0205 => {
                let (value, is_fault) = (*body.get(6)?, *body.get(7)? != 0);
                let raw = self.truth(value, is_fault);
                self.put(place()?, raw);
            }
            0x0006 | 0x0206 | 0x0406 => self.formula(body, place()?)?,
            0x0207 => {
                if let Some(at) = self.text_of.take() {
                    let text = self.text(record, 0)?;
                    let raw = self.sink.text(&text);
                    self.put(at, raw);
                }
            }
            0x00E5 => {
                for region in body.get(2..)?.chunks_exact(8) {
                    let side = |at| u16_at(region, at).map(u32::from);
                    let area = Area { top: side(0)?, bottom: side(2)?, left: side(4)?, right: side(6)? };
                    if area.top <= area.bottom && area.left <= area.right && self.sheet.merges.len() < MAX_REGIONS {
                        self.sheet.merges.push(area);
                    }
                }
            }
            0x0208 if u16_at(body, 12)? & 0x20 != 0 => self.sheet.hidden_rows.push(u32::from(u16_at(body, 0)?)),
            0x00EC => {
                let mut pieces = record.pieces();
                while let Some(byte) = pieces.number::<1>() {
                    self.drawing.push(byte as u8);
                }
            }
            _ => {}
        }
        Some(())
    }

    fn formula(&mut self, body: &[u8], at: (u32, u32)) -> Option<()> {
        self.text_of = None;
        let result = body.get(6..14)?;
        if result[6..] != [0xFF, 0xFF] {
            self.number(at, u16_at(body, 4)?, f64_at(body, 6)?);
            return Some(());
        }
        match result[0] {
            0 => self.text_of = Some(at),
            kind @ (1 | 2) => {
                let raw = self.truth(result[2], kind == 2);
                self.put(at, raw);
            }
            _ => {}
        }
        Some(())
    }

    fn put(&mut self, (row, col): (u32, u32), raw: Raw) {
        self.sink.put(self.filling, row, col, raw);
    }

    fn number(&mut self, at: (u32, u32), style: u16, value: f64) {
        let shown = self.globals.styles.get(style as usize).copied().unwrap_or_default();
        let raw = shown.cell(value, self.globals.since_1904, self.sink);
        shown.keep(raw, at, self.sheet);
        self.put(at, raw);
    }

    fn truth(&mut self, value: u8, is_fault: bool) -> Raw {
        if !is_fault {
            return Raw::Truth(value != 0);
        }
        self.sink.fault(fault(value))
    }

    /// The text at an offset of a record.
    fn text(&self, record: &Record<'_>, from: usize) -> Option<String> {
        match self.globals.version {
            Version::Excel97 => {
                let mut pieces = record.pieces();
                pieces.skip(from)?;
                pieces.text::<2>()
            }
            Version::Excel95 => {
                let length = u16_at(record.body, from)? as usize;
                let bytes = record.body.get(from + 2..from + 2 + length)?;
                Some(self.globals.encoding.decode_without_bom_handling(bytes).0.into_owned())
            }
        }
    }
}

/// The error value with this code.
pub(in crate::read) fn fault(number: u8) -> &'static str {
    match number {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    }
}

/// Decodes an RK number: an integer or the upper half of a float, either one possibly divided by 100.
pub(in crate::read) fn packed(bits: u32) -> f64 {
    let value = if bits & 2 != 0 {
        f64::from(bits.cast_signed() >> 2)
    } else {
        f64::from_bits(u64::from(bits & 0xFFFF_FFFC) << 32)
    };
    if bits & 1 != 0 { value / 100.0 } else { value }
}

/// The cells (row, column) to which pictures are anchored, from the drawing records of a sheet.
fn pictures(drawing: &[u8]) -> Vec<(u32, u32)> {
    const PICTURE_FRAME: u16 = 75;
    let (mut at, mut picture, mut out) = (0, false, Vec::new());
    while let (Some(version), Some(kind), Some(length)) =
        (u16_at(drawing, at), u16_at(drawing, at + 2), u32_at(drawing, at + 4))
    {
        let body = at + 8;
        match kind {
            0xF00A => picture = version >> 4 == PICTURE_FRAME,
            0xF010 if picture => {
                if let (Some(col), Some(row)) = (u16_at(drawing, body + 2), u16_at(drawing, body + 6))
                    && out.len() < MAX_REGIONS
                {
                    out.push((u32::from(row), u32::from(col)));
                }
            }
            _ => {}
        }
        // descend into containers, skip atoms
        at = if version & 0xF == 0xF { body } else { body.saturating_add(length as usize) };
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_numbers() {
        let bits =
            [(5 << 2) | 2, (1234 << 2) | 3, ((1.5f64.to_bits() >> 32) as u32) & !3, (-1i32 << 2).cast_unsigned() | 2];
        assert_eq!(bits.map(packed).map(|value| value.to_string()), ["5", "12.34", "1.5", "-1"]);
    }
}
