//! The appearance of an xlsx workbook: its cell styles, column widths and row heights.

use std::io::{self, Read};

use super::sheets;
use crate::basis::place::Area;
use crate::read::appearance::{Across, BookAppearance, CellAppearance, Choices, Down, Frame, Line, SheetAppearance};
use crate::read::outcome::Refusal;
use crate::read::package::Package;
use crate::read::reference;
use crate::read::relations::{main_part, relations};
use crate::read::sink::{MAX_COLS, MAX_ROWS};
use crate::read::xml::{Tag, Token, Xml};

/// The most cells of one sheet whose appearance is kept.
const MOST_CELLS: usize = 100_000;
/// The most fonts kept; likewise of fills, borders and styles.
const MOST_STYLES: usize = 65_000;

/// The most drop-down lists of a sheet, and the most areas of one.
const MOST_LISTS: usize = 1_000;

/// A stored width includes five pixels of padding, in units of a digit of seven pixels.
const PADDING: f64 = 5.0 / 7.0;

/// Reads the appearance of a workbook.
pub(in crate::read) fn read(bytes: &[u8]) -> Result<BookAppearance, Refusal> {
    let mut package = Package::open(bytes)?;
    let book = main_part(&mut package, "xl/workbook.xml")?;
    let relations = relations(&mut package, &book)?;
    let (listed, _) = sheets(&mut package, &book)?;
    let mut all = BookAppearance::default();
    let styles = relations.values().find(|relation| relation.kind == "styles");
    if let Some(part) = styles.and_then(|styles| package.xml(&styles.target)) {
        (all.styles, all.colours_lost) = cell_styles(part?)?;
    }
    for (_, id) in listed.iter().take(super::MAX_SHEETS) {
        let part = relations.get(id).filter(|part| part.kind == "worksheet").and_then(|part| package.xml(&part.target));
        all.sheets.push(part.map_or_else(|| Ok(SheetAppearance::default()), |part| Ok::<_, Refusal>(sheet(part?)?))?);
    }
    Ok(all)
}

/// The appearance for each cell style number, and whether a colour is not known.
fn cell_styles<R: Read>(mut xml: Xml<R>) -> io::Result<(Vec<CellAppearance>, bool)> {
    let (mut fonts, mut grounds, mut frames) =
        (Vec::<CellAppearance>::new(), Vec::<Option<u32>>::new(), Vec::<Frame>::new());
    let (mut styles, mut lost) = (Vec::<CellAppearance>::new(), false);
    // The open elements: differential styles (dxfs) contain fonts too.
    let mut within: Vec<u8> = Vec::new();
    let mut solid = false;
    loop {
        match xml.next()? {
            Token::Start(tag) => match (within.as_slice(), tag.name) {
                (_, b"fonts" | b"fills" | b"borders" | b"cellXfs" | b"cellStyleXfs" | b"dxfs") => {
                    within = tag.name.to_vec();
                }
                (b"fonts", b"font") if fonts.len() < MOST_STYLES => fonts.push(CellAppearance::default()),
                (b"fonts", name) => {
                    let Some(font) = fonts.last_mut() else { continue };
                    match name {
                        b"name" => font.font = tag.text("val").filter(|name| !name.is_empty() && name.len() < 90),
                        b"sz" => font.size = number(tag, "val").filter(|size| (1.0..=409.0).contains(size)),
                        b"b" => font.bold = tag.attribute("val").is_none() || tag.is("val"),
                        b"i" => font.italic = tag.attribute("val").is_none() || tag.is("val"),
                        b"color" => font.colour = colour(tag, &mut lost),
                        _ => {}
                    }
                }
                (b"fills", b"fill") if grounds.len() < MOST_STYLES => grounds.push(None),
                (b"fills", b"patternFill") => solid = tag.attribute("patternType") == Some(b"solid"),
                (b"fills", b"fgColor") if solid => {
                    if let Some(ground) = grounds.last_mut() {
                        *ground = colour(tag, &mut lost);
                    }
                }
                (b"borders", b"border") if frames.len() < MOST_STYLES => frames.push(Frame::default()),
                (b"borders", name) => {
                    let side = match name {
                        b"left" | b"start" => 0,
                        b"right" | b"end" => 1,
                        b"top" => 2,
                        b"bottom" => 3,
                        _ => continue,
                    };
                    if let Some(frame) = frames.last_mut() {
                        frame[side] = tag.attribute("style").and_then(line);
                    }
                }
                (b"cellXfs", b"xf") if styles.len() < MOST_STYLES => {
                    let at = |name| number(tag, name).map_or(0, |at| at as usize);
                    styles.push(CellAppearance {
                        ground: grounds.get(at("fillId")).copied().flatten(),
                        frame: frames.get(at("borderId")).copied().unwrap_or_default(),
                        ..fonts.get(at("fontId")).cloned().unwrap_or_default()
                    });
                }
                (b"cellXfs", b"alignment") => {
                    let Some(appearance) = styles.last_mut() else { continue };
                    appearance.across = match tag.attribute("horizontal") {
                        Some(b"left") => Across::Left,
                        Some(b"center" | b"centerContinuous" | b"distributed") => Across::Center,
                        Some(b"right") => Across::Right,
                        _ => Across::General,
                    };
                    appearance.down = match tag.attribute("vertical") {
                        Some(b"top") => Down::Top,
                        Some(b"center" | b"distributed" | b"justify") => Down::Center,
                        _ => Down::Bottom,
                    };
                    appearance.wraps = tag.is("wrapText");
                }
                _ => {}
            },
            Token::End(name) if name == within => within.clear(),
            Token::Eof => return Ok((styles, lost)),
            _ => {}
        }
    }
}

/// The columns, rows and cells of a sheet.
fn sheet<R: Read>(mut xml: Xml<R>) -> io::Result<SheetAppearance> {
    let mut appearance = SheetAppearance::default();
    let (mut row, mut col) = (0u32, 0u32);
    let mut next_row = 0u32;
    let mut in_list = false;
    loop {
        match xml.next()? {
            Token::Start(tag) => match tag.name {
                b"col" if appearance.widths.len() < MOST_STYLES => {
                    let at = |name| number(tag, name).map(|at| at as u32).filter(|at| (1..=MAX_COLS).contains(at));
                    if let (Some(first), Some(last), Some(width)) = (at("min"), at("max"), number(tag, "width"))
                        && (0.0..=255.0).contains(&width)
                    {
                        appearance.widths.push((first - 1, last - 1, (width - PADDING).max(0.0)));
                    }
                }
                b"row" => {
                    row = number(tag, "r").map_or(next_row, |at| (at as u32).saturating_sub(1));
                    (next_row, col) = (row.saturating_add(1), 0);
                    if let Some(height) = number(tag, "ht").filter(|height| (1.0..=409.0).contains(height))
                        && row < MAX_ROWS
                        && appearance.heights.len() < MOST_CELLS
                    {
                        appearance.heights.insert(row, height);
                    }
                }
                b"c" => {
                    let at = tag.attribute("r").and_then(column).unwrap_or(col);
                    col = at.saturating_add(1);
                    if let Some(style) = number(tag, "s")
                        && row < MAX_ROWS
                        && at < MAX_COLS
                        && appearance.cells.len() < MOST_CELLS
                    {
                        appearance.cells.insert((row, at), style as u32);
                    }
                }
                b"extLst" => xml.skip()?,
                b"pageSetUpPr" if tag.is("fitToPage") => appearance.print.fit = Some((1, 1)),
                b"pageSetup" => {
                    appearance.landscape = tag.attribute("orientation") == Some(b"landscape");
                    appearance.paper = number(tag, "paperSize").map(|size| size as u8).filter(|size| *size > 0);
                    appearance.print.scale = number(tag, "scale").map(|scale| scale as u16);
                    if let Some((wide, high)) = &mut appearance.print.fit {
                        *wide = number(tag, "fitToWidth").map_or(1, |pages| pages as u16);
                        *high = number(tag, "fitToHeight").map_or(1, |pages| pages as u16);
                    }
                }
                b"pageMargins" => {
                    let margins = ["left", "right", "top", "bottom", "header", "footer"].map(|side| number(tag, side));
                    if let [Some(left), Some(right), Some(top), Some(bottom), Some(header), Some(footer)] = margins {
                        appearance.print.margins = Some([left, right, top, bottom, header, footer]);
                    }
                }
                b"printOptions" => {
                    appearance.print.centred = (tag.is("horizontalCentered"), tag.is("verticalCentered"));
                }
                b"oddHeader" => xml.text_into(&mut appearance.print.header)?,
                b"oddFooter" => xml.text_into(&mut appearance.print.footer)?,
                b"dataValidation"
                    if tag.attribute("type") == Some(b"list") && appearance.choices.len() < MOST_LISTS =>
                {
                    appearance.choices.push(Choices {
                        areas: areas(&tag.text("sqref").unwrap_or_default()),
                        source: String::new(),
                        strict: tag.is("showErrorMessage"),
                    });
                    in_list = true;
                }
                b"dataValidation" => in_list = false,
                b"formula1" if in_list => {
                    if let Some(list) = appearance.choices.last_mut() {
                        xml.text_into(&mut list.source)?;
                    }
                }
                _ => {}
            },
            Token::Eof => return Ok(appearance),
            _ => {}
        }
    }
}

/// The areas of a list such as `E4:E20 G4`.
fn areas(text: &str) -> Vec<Area> {
    let area = |part: &str| {
        let (first, last) = part.split_once(':').unwrap_or((part, part));
        let ((top, left), (bottom, right)) = (reference(first.as_bytes())?, reference(last.as_bytes())?);
        Some(Area { top, left, bottom, right })
    };
    text.split_whitespace().take(MOST_LISTS).filter_map(area).collect()
}

/// The 0-based column of a reference such as `C7`.
fn column(reference: &[u8]) -> Option<u32> {
    let letters = reference.iter().take_while(|byte| byte.is_ascii_alphabetic());
    let one_based = letters.take(4).fold(0u32, |sum, byte| sum * 26 + u32::from(byte.to_ascii_uppercase() - b'A' + 1));
    one_based.checked_sub(1)
}

/// A colour as RGB; of theme colours only black and white are known.
fn colour(tag: Tag<'_>, lost: &mut bool) -> Option<u32> {
    if let Some(rgb) = tag.text("rgb").filter(|rgb| rgb.is_ascii()) {
        return u32::from_str_radix(&rgb[rgb.len().saturating_sub(6)..], 16).ok();
    }
    let plain = tag.attribute("tint").is_none();
    match (tag.attribute("theme"), tag.attribute("indexed")) {
        (Some(b"0"), _) if plain => Some(0x00FF_FFFF),
        (Some(b"1"), _) if plain => None,
        // black and the system colours
        (None, Some(b"8" | b"64" | b"65" | b"32767") | None) => None,
        (None, Some(b"9")) => Some(0x00FF_FFFF),
        _ => {
            *lost = true;
            None
        }
    }
}

fn line(style: &[u8]) -> Option<Line> {
    Some(match style {
        b"none" => return None,
        b"medium" => Line::Medium,
        b"thick" => Line::Thick,
        b"double" => Line::Double,
        b"dashed" | b"mediumDashed" | b"dashDot" | b"mediumDashDot" | b"slantDashDot" => Line::Dashed,
        b"dotted" | b"dashDotDot" | b"mediumDashDotDot" => Line::Dotted,
        b"hair" => Line::Hair,
        _ => Line::Thin,
    })
}

/// An attribute as a number that is not negative.
fn number(tag: Tag<'_>, name: &str) -> Option<f64> {
    tag.text(name)?.trim().parse().ok().filter(|number: &f64| number.is_finite() && *number >= 0.0)
}

#[cfg(test)]
mod tests;
