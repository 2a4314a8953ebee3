//! Streams the cells of one sheet: values, formulas without a value, hidden rows, merged regions, pictures in cells.

use std::io::{self, Read};

use super::shared::Shared;
use super::strings::{characters, rich};
use crate::basis::place::Area;
use crate::read::grid::{Raw, Sheet};
use crate::read::iso;
use crate::read::numfmt::Shown;
use crate::read::outcome::{Limit, Notice};
use crate::read::serial;
use crate::read::sink::{Filling, MAX_COLS, MAX_ROWS, MAX_VISITED, Sink};
use crate::read::xml::{Tag, Token, Xml, unescape};

/// The most merged regions, and the most pictures, kept of one sheet.
const MAX_REGIONS: usize = 100_000;

/// Reads a sheet part into `sheet` and returns the relation of its drawing, if it has one.
///
/// The declared dimension is ignored. A cell that cannot be read is noted and skipped. If the part ends too early, the
/// cells read so far are kept, with a notice.
pub(super) fn read<R: Read>(
    mut xml: Xml<R>,
    number: usize,
    shared: &Shared,
    sink: &mut Sink,
    sheet: &mut Sheet,
) -> io::Result<Option<String>> {
    let mut filling = Filling::new(number);
    let mut scratch = Scratch::default();
    let (mut row, mut col, mut visited) = (0u32, 0u32, 0usize);
    let (mut drawing, mut whole) = (None, false);
    loop {
        match xml.next()? {
            Token::Start(tag) => match tag.name {
                b"row" => {
                    if let Some(at) = tag.attribute("r").and_then(decimal) {
                        row = at.saturating_sub(1);
                    }
                    col = 0;
                    if tag.is("hidden") && sheet.hidden_rows.last() != Some(&row) && row < MAX_ROWS {
                        sheet.hidden_rows.push(row);
                    }
                }
                b"c" => {
                    visited += 1;
                    if visited > MAX_VISITED {
                        let limit = Limit::Cells(MAX_VISITED as u64);
                        sink.notices.push(Notice::Budget { sheet: Some(number as u16), limit });
                        whole = true;
                        break;
                    }
                    scratch.begin(tag);
                    scratch.content(&mut xml)?;
                    let Some((at_row, at_col)) = scratch.place(row, col) else {
                        sink.bad_cell(&mut filling, None, format!("no such cell: {}", scratch.reference()));
                        continue;
                    };
                    col = at_col + 1;
                    let raw = scratch.value(shared, sink, &mut filling, (at_row, at_col), sheet);
                    if !sink.put(&mut filling, at_row, at_col, raw) {
                        whole = true;
                        break;
                    }
                }
                b"mergeCell" if sheet.merges.len() < MAX_REGIONS => {
                    sheet.merges.extend(tag.attribute("ref").and_then(region));
                }
                b"drawing" => drawing = tag.text("id"),
                b"extLst" => xml.skip()?,
                _ => {}
            },
            Token::End(b"row") => row = row.saturating_add(1),
            Token::End(b"worksheet") => whole = true,
            Token::Eof => break,
            _ => {}
        }
    }
    if !whole {
        sink.bad_cell(&mut filling, None, "the sheet ends in the middle");
    }
    sheet.hidden_rows.sort_unstable();
    sheet.hidden_rows.dedup();
    sink.end(filling, sheet);
    Ok(drawing)
}

/// A cell being read; reused from cell to cell for its buffers.
#[derive(Default)]
struct Scratch {
    reference: Vec<u8>,
    kind: Kind,
    style: usize,
    rich: bool,
    value: String,
    formula: String,
    stored: Stored,
    has_formula: bool,
}

/// Where the value of a cell was found; an inline text takes precedence over a value.
#[derive(Clone, Copy, Default, PartialEq)]
enum Stored {
    #[default]
    Nothing,
    Value,
    Inline,
}

/// The type of a cell.
#[derive(Clone, Copy, Default, PartialEq)]
enum Kind {
    #[default]
    Number,
    Shared,
    Text,
    Truth,
    Fault,
    Day,
}

impl Scratch {
    fn begin(&mut self, tag: Tag<'_>) {
        self.reference.clear();
        (self.kind, self.style, self.rich) = (Kind::Number, 0, false);
        (self.stored, self.has_formula) = (Stored::Nothing, false);
        self.value.clear();
        self.formula.clear();
        for (name, value) in tag.attributes() {
            match name {
                b"r" => self.reference.extend_from_slice(value),
                b"s" => self.style = decimal(value).map_or(0, |style| style as usize),
                b"vm" => self.rich = true,
                b"t" => {
                    self.kind = match value {
                        b"s" => Kind::Shared,
                        b"b" => Kind::Truth,
                        b"e" => Kind::Fault,
                        b"d" => Kind::Day,
                        b"n" => Kind::Number,
                        _ => Kind::Text,
                    }
                }
                _ => {}
            }
        }
    }

    /// The address of the cell: its reference, else the next column. None if the reference is invalid.
    fn place(&self, row: u32, col: u32) -> Option<(u32, u32)> {
        if self.reference.is_empty() { Some((row, col)) } else { reference(&self.reference) }
    }

    fn reference(&self) -> String {
        String::from_utf8_lossy(&self.reference).chars().take(20).collect()
    }

    /// Reads up to the end of the cell.
    fn content<R: Read>(&mut self, xml: &mut Xml<R>) -> io::Result<()> {
        if let Some(raw) = xml.plain_value() {
            self.stored = Stored::Value;
            unescape(raw, &mut self.value);
            return Ok(());
        }
        loop {
            match xml.next()? {
                Token::Start(tag) => match tag.name {
                    b"v" if self.stored != Stored::Inline => {
                        self.stored = Stored::Value;
                        xml.text_into(&mut self.value)?;
                    }
                    b"f" => {
                        self.has_formula = true;
                        xml.text_into(&mut self.formula)?;
                    }
                    b"is" => {
                        (self.kind, self.stored) = (Kind::Text, Stored::Inline);
                        self.value.clear();
                        rich(xml, &mut self.value)?;
                    }
                    _ => {}
                },
                Token::End(b"c" | b"row") | Token::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn value(
        &self,
        shared: &Shared,
        sink: &mut Sink,
        filling: &mut Filling,
        (row, col): (u32, u32),
        sheet: &mut Sheet,
    ) -> Raw {
        let picture = self.has_formula && self.formula.contains("DISPIMG(")
            || (self.kind == Kind::Text && self.value.starts_with("=DISPIMG("))
            || (self.kind == Kind::Fault && self.rich && shared.rich_pictures && self.value.trim() == "#VALUE!");
        if picture {
            if sheet.pictures.len() < MAX_REGIONS {
                sheet.pictures.push((row, col));
                let named = [&self.formula, &self.value]
                    .into_iter()
                    .find_map(|text| text.split_once("DISPIMG(\"")?.1.split_once('"').map(|(name, _)| name.to_owned()));
                sink.named_pictures.extend(named.map(|name| (row, col, name)));
            }
            return Raw::Empty;
        }
        // a formula can result in the empty text, but having no value at all means it was not calculated
        if self.has_formula && (self.stored == Stored::Nothing || (self.value.is_empty() && self.kind != Kind::Text)) {
            return Raw::Uncalculated;
        }
        let trimmed = self.value.trim();
        let mut bad = |what: &str| {
            let shown: String = trimmed.chars().take(40).collect();
            sink.bad_cell(filling, Some(Area::cell(row, col)), format!("{what}: {shown}"));
            Raw::Empty
        };
        let style = shared.styles.get(self.style).copied().unwrap_or_default();
        let raw = match self.kind {
            Kind::Text => sink.text(&characters(&self.value)),
            _ if trimmed.is_empty() => Raw::Empty,
            Kind::Shared => match trimmed.parse::<usize>().ok().and_then(|index| shared.strings.get(index)) {
                Some(&text) => Raw::Text(text),
                None => bad("no such shared text"),
            },
            Kind::Truth => match trimmed {
                "1" | "true" | "TRUE" => Raw::Truth(true),
                "0" | "false" | "FALSE" => Raw::Truth(false),
                _ => bad("neither true nor false"),
            },
            Kind::Fault => sink.fault(trimmed),
            Kind::Day => iso::moment(trimmed)
                .map(serial::dated)
                .or_else(|| iso::duration(trimmed).map(Raw::Duration))
                .unwrap_or_else(|| sink.text(trimmed)),
            Kind::Number => match number(trimmed) {
                None => sink.text(trimmed),
                Some(value) => match style {
                    Shown::Plain => sink.written(trimmed, value),
                    shown => shown.cell(value, shared.since_1904, sink),
                },
            },
        };
        style.keep(raw, (row, col), sheet);
        raw
    }
}

/// Parses a number as sheets write it; `inf` and `nan` are not numbers.
fn number(text: &str) -> Option<f64> {
    let plain = text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'));
    text.parse().ok().filter(|value: &f64| plain && value.is_finite())
}

pub(crate) fn decimal(raw: &[u8]) -> Option<u32> {
    let mut value = 0u32;
    for &b in raw.trim_ascii() {
        value = value.checked_mul(10)?.checked_add(u32::from(b.checked_sub(b'0').filter(|&d| d < 10)?))?;
    }
    (!raw.is_empty()).then_some(value)
}

/// `D7` as (6, 3); none where it is no cell. Cells beyond the grid come out as they are.
pub(crate) fn reference(raw: &[u8]) -> Option<(u32, u32)> {
    let (mut col, mut letters) = (0u32, 0);
    while let Some(letter) = raw.get(letters).filter(|letter| letter.is_ascii_alphabetic()) {
        (col, letters) = (col * 26 + u32::from(letter & 0x1f), letters + 1);
        if letters > 5 {
            return None;
        }
    }
    Some((decimal(&raw[letters..])?.checked_sub(1)?, col.checked_sub(1)?))
}

/// Parses `A1:H4` as an area inside the grid.
fn region(raw: &[u8]) -> Option<Area> {
    let mut corners = raw.split(|&b| b == b':');
    let (top, left) = reference(corners.next()?)?;
    let (bottom, right) = corners.next().map_or(Some((top, left)), reference)?;
    let area = Area { top: top.min(bottom), left: left.min(right), bottom: top.max(bottom), right: left.max(right) };
    (area.bottom < MAX_ROWS && area.right < MAX_COLS).then_some(area)
}
