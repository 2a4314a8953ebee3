//! What of the health of an xlsx workbook stands beside its values: filters, struck-through text, links, fills, and
//! who saved it.

use std::io::{self, Read};

use memchr::memmem;

use super::{MAX_SHEETS, sheet, sheets};
use crate::read::outcome::Refusal;
use crate::read::package::Package;
use crate::read::package_health::{PackageHealth, Saved, SheetHealth};
use crate::read::relations::{main_part, relations};
use crate::read::xml::{Tag, Token, Xml, unescape};

/// The most places of one kind that are kept of a sheet.
const MOST: usize = 100_000;
/// The least difference between the parts of a colour that is not a shade of grey, of 255.
const CHROMA: u8 = 24;

/// The size in bytes of a part that is looked through before it is scanned.
const USUAL: u64 = 16 << 20;
/// The word in a part with a text that is struck through.
const STRUCK: [&[u8]; 1] = [b"strike"];
/// The words in a sheet that says something whatever its styles: such a text of its own, a formula that refers to another
/// file, a filter that is set.
const IN_CELLS: [&[u8]; 3] = [b"strike", b"[", b"filterColumn"];

/// The indexed colours that are black, white or grey.
const PLAIN: [u32; 8] = [0, 1, 8, 9, 22, 23, 55, 63];

/// A cell style, as far as it matters here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Style {
    struck: bool,
    fill: Option<u32>,
}

/// Reads what the package says.
pub(in crate::read) fn read(bytes: &[u8]) -> Result<PackageHealth, Refusal> {
    let mut package = Package::open(bytes)?;
    let book = main_part(&mut package, "xl/workbook.xml")?;
    let parts = relations(&mut package, &book)?;
    let (listed, _) = sheets(&mut package, &book)?;
    let target = |kind: &str| parts.values().find(|part| part.kind == kind).map(|part| part.target.as_str());
    let mut found = PackageHealth::default();
    let styles = match target("styles").and_then(|path| package.xml(path)) {
        Some(part) => styles(part?)?,
        None => Vec::new(),
    };
    let struck = match target("sharedStrings").and_then(|path| package.part(path)) {
        Some(part) => speaking(part?, &STRUCK)?.map(struck_texts).transpose()?.unwrap_or_default(),
        None => Vec::new(),
    };
    // where no style and no text says anything, few words in a sheet can
    let plain = !struck.contains(&true) && styles.iter().all(|style| !style.struck && style.fill.is_none());
    // the empty word stands in every sheet
    let words: &[&[u8]] = if plain { &IN_CELLS } else { &[b""] };
    for (_, id) in listed.iter().take(MAX_SHEETS) {
        let mut own = SheetHealth::default();
        if let Some(part) = parts.get(id).filter(|part| part.kind == "worksheet") {
            if let Some(part) = package.part(&part.target)
                && let Some(xml) = speaking(part?, words)?
            {
                cells(xml, &styles, &struck, &mut own)?;
            }
            for table in relations(&mut package, &part.target)?.values().filter(|part| part.kind == "table") {
                if let Some(xml) = package.xml(&table.target) {
                    filters(xml?, &mut own)?;
                }
            }
        }
        found.sheets.push(own);
    }
    for link in parts.values().filter(|part| part.kind == "externalLink") {
        let linked = relations(&mut package, &link.target)?.into_values().next().map(|file| file.target);
        found.links.push(linked.unwrap_or_else(|| link.target.clone()));
    }
    if let Some(xml) = package.xml("docProps/core.xml") {
        found.saved = saved(xml?)?;
    }
    Ok(found)
}

/// A part for the scanner; none if it holds none of some words, which is found out many times faster. Only a part of usual
/// size is looked through.
fn speaking<'p>(mut part: impl Read + 'p, words: &[&[u8]]) -> io::Result<Option<Xml<Box<dyn Read + 'p>>>> {
    let mut begin = Vec::new();
    part.by_ref().take(USUAL).read_to_end(&mut begin)?;
    let is_whole = (begin.len() as u64) < USUAL;
    // in an encoding of two bytes, and as numbers of characters, words look different
    let hidden: [&[u8]; 2] = [b"\0", b"&#"];
    if is_whole && words.iter().chain(&hidden).all(|word| memmem::find(&begin, word).is_none()) {
        return Ok(None);
    }
    Xml::open(io::Cursor::new(begin).chain(part)).map(Some)
}

/// Whether each text of the pool has a part that is struck through.
fn struck_texts<R: Read>(mut xml: Xml<R>) -> io::Result<Vec<bool>> {
    let (mut texts, mut run, mut text) = (Vec::new(), false, String::new());
    loop {
        match xml.next()? {
            Token::Start(tag) => match tag.name {
                b"si" => texts.push(false),
                b"r" => run = false,
                b"rPh" => xml.skip()?,
                b"strike" => run = is_on(tag),
                b"t" => {
                    text.clear();
                    xml.text_into(&mut text)?;
                    if let Some(last) = texts.last_mut().filter(|_| run && !text.trim().is_empty()) {
                        *last = true;
                    }
                }
                _ => {}
            },
            Token::End(b"si" | b"r") => run = false,
            Token::Eof => return Ok(texts),
            _ => {}
        }
    }
}

/// Whether a property is set: `<strike/>`, not `<strike val="0"/>`.
fn is_on(tag: Tag<'_>) -> bool {
    tag.attribute("val").is_none() || tag.is("val")
}

fn styles<R: Read>(mut xml: Xml<R>) -> io::Result<Vec<Style>> {
    let (mut fonts, mut fills, mut styles) = (Vec::<bool>::new(), Vec::<Option<u32>>::new(), Vec::<Style>::new());
    let (mut within, mut solid) = (Vec::<u8>::new(), false);
    loop {
        match xml.next()? {
            Token::Start(tag) => match (within.as_slice(), tag.name) {
                (_, b"dxfs" | b"extLst") => xml.skip()?,
                (_, b"fonts" | b"fills" | b"cellXfs") => within = tag.name.to_vec(),
                (b"fonts", b"font") if fonts.len() < MOST => fonts.push(false),
                (b"fonts", b"strike") => {
                    if let Some(font) = fonts.last_mut() {
                        *font = is_on(tag);
                    }
                }
                (b"fills", b"fill") if fills.len() < MOST => fills.push(None),
                (b"fills", b"patternFill") => solid = tag.attribute("patternType") == Some(b"solid"),
                (b"fills", b"fgColor") if solid => {
                    if let Some(fill) = fills.last_mut() {
                        *fill = colour(tag);
                    }
                }
                (b"cellXfs", b"xf") if styles.len() < MOST => {
                    let at = |name| tag.attribute(name).and_then(sheet::decimal).map_or(0, |at| at as usize);
                    styles.push(Style {
                        struck: fonts.get(at("fontId")).copied().unwrap_or_default(),
                        fill: fills.get(at("fillId")).copied().flatten(),
                    });
                }
                _ => {}
            },
            Token::End(name) if name == within => within.clear(),
            Token::Eof => return Ok(styles),
            _ => {}
        }
    }
}

/// A number for a colour that is neither white nor a shade of grey. Tints of one theme colour are told apart.
fn colour(tag: Tag<'_>) -> Option<u32> {
    if let Some(rgb) = tag.text("rgb") {
        let rgb = u32::from_str_radix(rgb.get(rgb.len().checked_sub(6)?..)?, 16).ok()?;
        let [_, red, green, blue] = rgb.to_be_bytes();
        return (red.max(green).max(blue) - red.min(green).min(blue) >= CHROMA).then_some(rgb);
    }
    let number = |name| tag.attribute(name).and_then(sheet::decimal);
    // The first four of a theme are its text and its background.
    if let Some(theme) = number("theme") {
        let tint: f64 = tag.text("tint").and_then(|tint| tint.parse().ok()).unwrap_or_default();
        return (theme > 3).then_some((2 << 24) + (theme << 8) + ((tint + 1.0) * 100.0).clamp(0.0, 200.0) as u32);
    }
    number("indexed").filter(|index| *index < 64 && !PLAIN.contains(index)).map(|index| (1 << 24) + index)
}

/// The cell at hand.
#[derive(Default)]
struct At {
    row: u32,
    col: u32,
    style: Style,
    shared: bool,
    struck: bool,
    filled: bool,
}

impl At {
    /// Takes in a text of the cell: the number of a shared one, or its own.
    fn hold(&mut self, text: &str, shared: bool, run: bool, texts: &[bool]) {
        self.filled |= !text.trim().is_empty();
        let is_struck = |index: usize| texts.get(index).copied().unwrap_or_default();
        self.struck |= if shared { text.trim().parse().is_ok_and(is_struck) } else { run && self.filled };
    }

    /// Notes the cell at its end, and goes on to the next.
    fn end(&mut self, found: &mut SheetHealth) {
        let place = (self.row, self.col);
        if self.filled && (self.struck || self.style.struck) && found.struck.len() < MOST {
            found.struck.push(place);
        }
        if let Some(fill) = self.style.fill.filter(|_| found.fills.len() < MOST) {
            found.fills.insert(place, fill);
        }
        self.col = self.col.saturating_add(1);
    }
}

fn cells<R: Read>(mut xml: Xml<R>, styles: &[Style], texts: &[bool], found: &mut SheetHealth) -> io::Result<()> {
    let (mut at, mut run, mut text) = (At::default(), false, String::new());
    let mut filter = None;
    loop {
        match xml.next()? {
            Token::Start(tag) => match tag.name {
                b"row" => {
                    at.row = tag.attribute("r").and_then(sheet::decimal).map_or(at.row, |row| row.saturating_sub(1));
                    at.col = 0;
                }
                b"c" => {
                    let [place, style, kind] = tag.each([b"r", b"s", b"t"]);
                    let (row, col) = place.and_then(sheet::reference).unwrap_or((at.row, at.col));
                    let style = style.and_then(sheet::decimal).unwrap_or_default();
                    let style = styles.get(style as usize).copied().unwrap_or_default();
                    at = At { row, col, style, shared: kind == Some(b"s"), ..At::default() };
                    run = false;
                    if let Some(value) = xml.plain_value() {
                        text.clear();
                        unescape(value, &mut text);
                        at.hold(&text, at.shared, run, texts);
                        at.end(found);
                    }
                }
                b"v" | b"t" => {
                    let shared = at.shared && tag.name == b"v";
                    text.clear();
                    xml.text_into(&mut text)?;
                    at.hold(&text, shared, run, texts);
                }
                b"f" => {
                    text.clear();
                    xml.text_into(&mut text)?;
                    if is_linked(&text) && found.linked.len() < MOST {
                        found.linked.push((at.row, at.col));
                    }
                }
                b"r" => run = false,
                b"strike" => run = is_on(tag),
                b"autoFilter" => filter = tag.text("ref"),
                b"filterColumn" => found.filters.extend(filter.take().as_deref().and_then(area)),
                b"extLst" => xml.skip()?,
                _ => {}
            },
            Token::End(b"c") => at.end(found),
            Token::End(b"row") => at.row = at.row.saturating_add(1),
            Token::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// The filters of a table that are set.
fn filters<R: Read>(mut xml: Xml<R>, found: &mut SheetHealth) -> io::Result<()> {
    let mut filter = None;
    loop {
        match xml.next()? {
            Token::Start(tag) if tag.name == b"autoFilter" => filter = tag.text("ref"),
            Token::Start(tag) if tag.name == b"filterColumn" => {
                found.filters.extend(filter.take().as_deref().and_then(area));
            }
            Token::Eof => return Ok(()),
            _ => {}
        }
    }
}

fn area(text: &str) -> Option<crate::basis::place::Area> {
    crate::basis::place::Area::parse(&text.replace('$', ""))
}

/// Whether a formula refers to another file: `[1]台账!A1`, `'C:\[a.xlsx]台账'!A1`. A column of a table (`表1[数量]`) has
/// no sheet behind it.
fn is_linked(formula: &str) -> bool {
    let after = formula.match_indices(']').map(|(at, _)| &formula[at + 1..]);
    let names = |rest: &str| {
        let end = rest.find(|c: char| !(c.is_alphanumeric() || "'_. ".contains(c))).unwrap_or(rest.len());
        end > 0 && rest[end..].starts_with('!')
    };
    formula.contains('[') && after.into_iter().any(names)
}

fn saved<R: Read>(mut xml: Xml<R>) -> io::Result<Saved> {
    let mut saved = Saved::default();
    loop {
        match xml.next()? {
            Token::Start(tag) => match tag.name {
                b"lastModifiedBy" => xml.text_into(&mut saved.by)?,
                b"modified" => xml.text_into(&mut saved.at)?,
                _ => {}
            },
            Token::Eof => return Ok(saved),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
