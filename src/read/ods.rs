//! OpenDocument spreadsheets, zipped or flat. Repeated cells and rows are counted, and expanded only if not empty.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};

use chrono::Datelike;

use super::grid::{Dayless, Raw, Sheet, Visibility, Workbook};
use super::iso;
use super::numfmt::Shown;
use super::outcome::{Format, Refusal};
use super::package::Package;
use super::sink::{Filling, MAX_COLS, MAX_ROWS, Sink};
use super::xml::{Tag, Token, Xml, unescape};
use crate::basis::calendar::{Cycle, Window, written};
use crate::basis::place::Area;

/// The most sheets kept, and the most merged regions or pictures of one sheet.
const MAX_SHEETS: usize = 1_000;
const MAX_REGIONS: usize = 100_000;

/// Reads a zipped spreadsheet.
pub(super) fn read(bytes: &[u8]) -> Result<Workbook, Refusal> {
    let mut package = Package::open(bytes)?;
    if package.has("encrypted-package") || encrypted(&mut package)? {
        return Err(Refusal::Encrypted);
    }
    let mut properties = BTreeMap::new();
    if let Some(meta) = package.xml("meta.xml") {
        user_defined(&mut meta?, &mut properties)?;
    }
    match package.xml("content.xml") {
        Some(content) => Ok(book(content?, properties)?),
        None => Err(Refusal::Damaged("no content part".into())),
    }
}

/// Reads a flat spreadsheet, one XML document.
pub(super) fn flat(bytes: &[u8]) -> Result<Workbook, Refusal> {
    let mut properties = BTreeMap::new();
    user_defined(&mut Xml::open(bytes)?, &mut properties)?;
    Ok(book(Xml::open(bytes)?, properties)?)
}

fn encrypted(package: &mut Package<'_>) -> Result<bool, Refusal> {
    let Some(manifest) = package.xml("META-INF/manifest.xml") else { return Ok(false) };
    let mut manifest = manifest?;
    loop {
        match manifest.next()? {
            Token::Start(tag) if tag.name == b"encryption-data" => return Ok(true),
            Token::Eof => return Ok(false),
            _ => {}
        }
    }
}

fn user_defined<R: Read>(meta: &mut Xml<R>, properties: &mut BTreeMap<String, String>) -> io::Result<()> {
    loop {
        match meta.next()? {
            Token::Start(tag) if tag.name == b"user-defined" => {
                let (name, mut value) = (tag.text("meta:name").unwrap_or_default(), String::new());
                meta.text_into(&mut value)?;
                properties.insert(name, value);
            }
            Token::Start(tag) if tag.name == b"body" => return Ok(()),
            Token::Eof => return Ok(()),
            _ => {}
        }
    }
}

fn book<R: Read>(mut xml: Xml<R>, properties: BTreeMap<String, String>) -> io::Result<Workbook> {
    let mut sink = Sink::default();
    let mut sheets = Vec::new();
    let (mut style, mut hidden_styles) = (String::new(), BTreeSet::new());
    loop {
        match xml.next()? {
            Token::Start(tag) => match tag.name {
                b"style" => style = tag.text("style:name").unwrap_or_default(),
                b"table-properties" if tag.attribute("table:display") == Some(b"false") => {
                    hidden_styles.insert(style.clone());
                }
                b"table" if sheets.len() < MAX_SHEETS => {
                    let hidden = tag.text("table:style-name").is_some_and(|style| hidden_styles.contains(&style));
                    let mut sheet = Sheet {
                        name: tag.text("table:name").unwrap_or_default(),
                        visibility: if hidden { Visibility::Hidden } else { Visibility::Visible },
                        ..Sheet::default()
                    };
                    table(&mut xml, sheets.len(), &mut sink, &mut sheet)?;
                    sheets.push(sheet);
                }
                _ => {}
            },
            Token::Eof => return Ok(sink.finish(Format::Ods, sheets, properties)),
            _ => {}
        }
    }
}

/// Reads a table after its start tag. If the part ends too early, the cells read so far are kept, with a notice.
fn table<R: Read>(xml: &mut Xml<R>, number: usize, sink: &mut Sink, sheet: &mut Sheet) -> io::Result<()> {
    let mut filling = Filling::new(number);
    let (mut row, mut next_row, mut col) = (0u32, 0u32, 0u32);
    // the cells of the current row, in case it repeats
    let mut cells: Vec<(u32, Raw, Shown)> = Vec::new();
    loop {
        match xml.next()? {
            Token::Start(tag) => match tag.name {
                b"table-row" => {
                    row = next_row;
                    next_row = row.saturating_add(count(tag, "table:number-rows-repeated"));
                    col = 0;
                    cells.clear();
                    if tag.attribute("table:visibility").is_some_and(|v| v != b"visible") {
                        sheet.hidden_rows.extend(row..next_row.min(MAX_ROWS).min(row.saturating_add(100_000)));
                    }
                }
                b"table-cell" | b"covered-table-cell" => {
                    let repeat = count(tag, "table:number-columns-repeated");
                    let (height, width) =
                        (count(tag, "table:number-rows-spanned"), count(tag, "table:number-columns-spanned"));
                    if (height > 1 || width > 1) && sheet.merges.len() < MAX_REGIONS {
                        let (bottom, right) = (row.saturating_add(height - 1), col.saturating_add(width - 1));
                        sheet.merges.push(Area { top: row, left: col, bottom, right });
                    }
                    let mut cell = Cell::begin(tag);
                    let pictures = cell.content(xml)?;
                    if pictures > 0 && sheet.pictures.len() < MAX_REGIONS {
                        sheet.pictures.push((row, col));
                    }
                    let raw = cell.value(sink);
                    if !matches!(raw, Raw::Empty) && !matches!(raw, Raw::Text(text) if text.is_empty()) {
                        let end = col.saturating_add(repeat).min(MAX_COLS + 1);
                        let shown = cell.shown_as(raw);
                        cells.extend((col..end).map(|col| (col, raw, shown)));
                    }
                    col = col.saturating_add(repeat);
                }
                b"shapes" => xml.skip()?,
                _ => {}
            },
            Token::End(b"table-row") if !cells.is_empty() => {
                'rows: for row in row..next_row.min(MAX_ROWS + 1) {
                    for &(col, raw, shown) in &cells {
                        shown.keep(raw, (row, col), sheet);
                        if !sink.put(&mut filling, row, col, raw) {
                            break 'rows;
                        }
                    }
                }
            }
            Token::End(b"table") => break,
            Token::Eof => {
                sink.bad_cell(&mut filling, None, "the sheet ends in the middle");
                break;
            }
            _ => {}
        }
    }
    sink.end(filling, sheet);
    Ok(())
}

fn count(tag: Tag<'_>, name: &str) -> u32 {
    tag.text(name).and_then(|text| text.trim().parse().ok()).unwrap_or(1).max(1)
}

/// One cell: what its tag says and what it shows.
#[derive(Default)]
struct Cell {
    kind: String,
    value: String,
    has_formula: bool,
    is_fault: bool,
    shown: String,
}

impl Cell {
    fn begin(tag: Tag<'_>) -> Self {
        let kind = tag.text("office:value-type").unwrap_or_default();
        let name = match kind.as_str() {
            "date" => "office:date-value",
            "time" => "office:time-value",
            "boolean" => "office:boolean-value",
            "string" => "office:string-value",
            _ => "office:value",
        };
        Cell {
            value: tag.text(name).unwrap_or_default(),
            has_formula: tag.attribute("table:formula").is_some(),
            is_fault: tag.attribute("calcext:value-type") == Some(b"error"),
            shown: String::new(),
            kind,
        }
    }

    /// Reads the displayed text up to the end of the cell and returns the number of pictures in it. Comments and the text
    /// of shapes do not belong to the cell.
    fn content<R: Read>(&mut self, xml: &mut Xml<R>) -> io::Result<usize> {
        let (mut depth, mut paragraphs, mut pictures, mut aside) = (0u32, 0u32, 0usize, 0u32);
        let mut inside = false;
        loop {
            match xml.next()? {
                Token::Start(tag) => {
                    depth += 1;
                    match tag.name {
                        b"annotation" | b"frame" | b"custom-shape" => aside += 1,
                        b"image" => pictures += 1,
                        _ if aside > 0 => {}
                        b"p" | b"h" => {
                            if paragraphs > 0 {
                                self.shown.push('\n');
                            }
                            (paragraphs, inside) = (paragraphs + 1, true);
                        }
                        b"s" => {
                            let spaces = count(tag, "text:c").min(1000);
                            self.shown.extend(std::iter::repeat_n(' ', spaces as usize));
                        }
                        b"tab" => self.shown.push('\t'),
                        b"line-break" => self.shown.push('\n'),
                        _ => {}
                    }
                }
                Token::End(name) => {
                    if depth == 0 {
                        return Ok(pictures);
                    }
                    depth -= 1;
                    match name {
                        b"annotation" | b"frame" | b"custom-shape" => aside = aside.saturating_sub(1),
                        b"p" | b"h" if aside == 0 => inside = false,
                        _ => {}
                    }
                }
                Token::Text(raw) if inside && aside == 0 => {
                    let mut text = String::new();
                    unescape(raw, &mut text);
                    collapse(&text, &mut self.shown);
                }
                Token::CData(raw) if inside && aside == 0 => self.shown.push_str(&String::from_utf8_lossy(raw)),
                Token::Eof => return Ok(pictures),
                _ => {}
            }
        }
    }

    /// What a date is displayed as; the formats themselves are not read.
    fn shown_as(&self, raw: Raw) -> Shown {
        let Raw::Date(moment) = raw else { return Shown::Plain };
        match written::stretch(&self.shown, moment.date()) {
            Some((first, last)) if first.day() == 1 && last == Window::containing(Cycle::Month, first).end => {
                Shown::Dayless(Dayless::Month)
            }
            Some((first, last)) if first.ordinal() == 1 && last == Window::containing(Cycle::Year, first).end => {
                Shown::Dayless(Dayless::Year)
            }
            _ => Shown::Moment,
        }
    }

    fn value(&self, sink: &mut Sink) -> Raw {
        if self.is_fault {
            return sink.fault(if self.shown.is_empty() { "#VALUE!" } else { &self.shown });
        }
        let number = || self.value.trim().parse::<f64>().ok();
        let read = match self.kind.as_str() {
            // 000123 is a code; the zeros come from the number format.
            "float" if is_padded(&self.shown, number()) => Some(sink.text(self.shown.trim())),
            "float" | "currency" => number().map(|value| sink.written(self.value.trim(), value)),
            "percentage" => number().map(|value| sink.number(value, true)),
            "date" => iso::moment(&self.value).map(Raw::Date),
            "time" => iso::duration(&self.value).map(Raw::Duration),
            "boolean" => self.value.trim().parse().ok().map(Raw::Truth),
            "" if self.has_formula && self.shown.is_empty() => Some(Raw::Uncalculated),
            _ => None,
        };
        read.unwrap_or_else(|| {
            let text = if self.shown.is_empty() { &self.value } else { &self.shown };
            sink.text(text)
        })
    }
}

/// Whether a whole number is displayed padded with zeros.
fn is_padded(shown: &str, value: Option<f64>) -> bool {
    let shown = shown.trim();
    shown.len() > 1
        && shown.starts_with('0')
        && shown.bytes().all(|byte| byte.is_ascii_digit())
        && shown.parse().ok() == value
}

/// Adds text with runs of white space reduced to one space (OpenDocument 1.2, 6.1.2).
fn collapse(text: &str, out: &mut String) {
    for c in text.chars() {
        if matches!(c, ' ' | '\t' | '\n' | '\r') {
            if !out.ends_with([' ', '\n', '\t']) && !out.is_empty() {
                out.push(' ');
            }
        } else {
            out.push(c);
        }
    }
}

#[cfg(test)]
mod tests;
