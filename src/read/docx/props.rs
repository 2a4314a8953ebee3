//! The properties of paragraphs, runs, rows, cells and content controls.

use std::io::{self, Read};

use super::symbols::{EMPTY, Font, TICKED};
use crate::read::xml::{Tag, Token, Xml};

/// The properties of a paragraph (`w:pPr`).
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct OfParagraph {
    /// The id of its style.
    pub(super) style: Option<String>,
    /// Its list (`w:numId`); 0 removes the list of the style.
    pub(super) list: Option<u32>,
    /// Its level in the list.
    pub(super) level: Option<u8>,
    /// Its outline level, 9 for body text.
    pub(super) outline: Option<u8>,
    /// Whether its paragraph mark was deleted, so that it continues in the next paragraph.
    pub(super) joined: bool,
    /// Whether its paragraph mark is hidden.
    pub(super) hidden: bool,
}

/// The properties of a run (`w:rPr`).
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct OfRun {
    /// The id of its style.
    pub(super) style: Option<String>,
    /// Whether it is hidden; none if not stated.
    pub(super) hidden: Option<bool>,
    /// Its font, as far as letters become symbols in it.
    pub(super) font: Font,
}

/// The properties of a row (`w:trPr`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct OfRow {
    /// Grid columns skipped at its start (`w:gridBefore`).
    pub(super) before: u32,
    /// Whether it is hidden.
    pub(super) hidden: bool,
    /// Whether it was deleted.
    pub(super) deleted: bool,
}

/// Whether a cell is merged with the one above or before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Merge {
    /// Not merged.
    #[default]
    Alone,
    /// The first cell of a merged region.
    First,
    /// Merged into the cell before.
    Goes,
}

/// The properties of a cell (`w:tcPr`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct OfCell {
    /// The number of grid columns it covers, if stated (`w:gridSpan`).
    pub(super) span: Option<u32>,
    /// Merging with the cell above (`w:vMerge`).
    pub(super) down: Merge,
    /// Merging with the cell before (`w:hMerge`).
    pub(super) across: Merge,
    /// Whether it was deleted.
    pub(super) deleted: bool,
}

/// The properties of a content control (`w:sdtPr`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct OfControl {
    /// Whether it shows only its placeholder.
    pub(super) unfilled: bool,
    /// The character of a check box.
    pub(super) tick: Option<char>,
}

/// A reference of a section to a page header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct HeaderOf {
    /// The id of the relation.
    pub(super) id: String,
}

/// Skips to the end of the element just begun.
pub(super) fn skip<R: Read>(xml: &mut Xml<R>) -> io::Result<()> {
    each(xml, |_| false)
}

/// Visits the elements inside the one just begun; the content of those for which `see` returns false is skipped.
fn each<R: Read>(xml: &mut Xml<R>, mut see: impl FnMut(Tag<'_>) -> bool) -> io::Result<()> {
    let (mut depth, mut closed) = (0u32, None);
    loop {
        match xml.next()? {
            Token::Start(tag) => {
                depth += 1;
                if closed.is_none() && !see(tag) {
                    closed = Some(depth);
                }
            }
            Token::End(_) if depth == 0 => return Ok(()),
            Token::End(_) => {
                if closed == Some(depth) {
                    closed = None;
                }
                depth -= 1;
            }
            Token::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// Whether a toggle such as `w:vanish` is on; without a value it is.
fn on(tag: Tag<'_>) -> bool {
    !matches!(tag.attribute("val"), Some(b"0" | b"false" | b"off"))
}

fn number<T: std::str::FromStr>(tag: Tag<'_>) -> Option<T> {
    tag.text("val")?.trim().parse().ok()
}

/// Reads `w:pPr`, with the page headers of the section that ends with this paragraph.
pub(super) fn of_paragraph<R: Read>(xml: &mut Xml<R>) -> io::Result<(OfParagraph, Vec<HeaderOf>)> {
    let mut of = OfParagraph::default();
    let mut section = Section::default();
    each(xml, |tag| {
        match tag.name {
            b"pStyle" => of.style = tag.text("val"),
            b"numId" => of.list = number(tag),
            b"ilvl" => of.level = number(tag).filter(|level| *level < 9),
            b"outlineLvl" => of.outline = number(tag).filter(|level| *level <= 9),
            b"del" | b"moveFrom" => of.joined = true,
            b"vanish" => of.hidden = on(tag),
            b"numPr" | b"rPr" | b"sectPr" => {}
            _ => {
                section.see(tag);
                return false;
            }
        }
        true
    })?;
    Ok((of, section.headers()))
}

/// Reads the page headers of `w:sectPr`.
pub(super) fn of_section<R: Read>(xml: &mut Xml<R>) -> io::Result<Vec<HeaderOf>> {
    let mut section = Section::default();
    each(xml, |tag| {
        section.see(tag);
        false
    })?;
    Ok(section.headers())
}

#[derive(Default)]
struct Section {
    usual: Option<String>,
    first: Option<String>,
    has_first: bool,
}

impl Section {
    fn see(&mut self, tag: Tag<'_>) {
        match tag.name {
            b"headerReference" => match tag.attribute("type") {
                Some(b"first") => self.first = tag.text("id"),
                Some(b"even") => {}
                _ => self.usual = tag.text("id"),
            },
            b"titlePg" => self.has_first = on(tag),
            _ => {}
        }
    }

    fn headers(self) -> Vec<HeaderOf> {
        self.first.filter(|_| self.has_first).into_iter().chain(self.usual).map(|id| HeaderOf { id }).collect()
    }
}

/// Reads `w:rPr`.
pub(super) fn of_run<R: Read>(xml: &mut Xml<R>) -> io::Result<OfRun> {
    let mut of = OfRun::default();
    each(xml, |tag| {
        match tag.name {
            b"rStyle" => of.style = tag.text("val"),
            b"vanish" => of.hidden = Some(on(tag)),
            b"rFonts" => of.font = tag.text("ascii").map(|name| Font::named(&name)).unwrap_or_default(),
            _ => {}
        }
        false
    })?;
    Ok(of)
}

/// Reads `w:trPr`.
pub(super) fn of_row<R: Read>(xml: &mut Xml<R>) -> io::Result<OfRow> {
    let mut of = OfRow::default();
    each(xml, |tag| {
        match tag.name {
            b"gridBefore" => of.before = number(tag).unwrap_or(0),
            b"hidden" => of.hidden = on(tag),
            b"del" => of.deleted = true,
            _ => {}
        }
        false
    })?;
    Ok(of)
}

/// Reads `w:tcPr`.
pub(super) fn of_cell<R: Read>(xml: &mut Xml<R>) -> io::Result<OfCell> {
    let mut of = OfCell::default();
    let merge = |tag: Tag<'_>| if tag.attribute("val") == Some(b"restart") { Merge::First } else { Merge::Goes };
    each(xml, |tag| {
        match tag.name {
            b"gridSpan" => of.span = number(tag),
            b"vMerge" => of.down = merge(tag),
            b"hMerge" => of.across = merge(tag),
            b"cellDel" => of.deleted = true,
            _ => {}
        }
        false
    })?;
    Ok(of)
}

/// Reads `w:sdtPr`.
pub(super) fn of_control<R: Read>(xml: &mut Xml<R>) -> io::Result<OfControl> {
    let mut of = OfControl::default();
    each(xml, |tag| {
        match tag.name {
            b"showingPlcHdr" => of.unfilled = on(tag),
            b"checkbox" => of.tick = Some(of.tick.unwrap_or(EMPTY)),
            b"checked" => of.tick = Some(if on(tag) { TICKED } else { EMPTY }),
            _ => return false,
        }
        true
    })?;
    Ok(of)
}

/// Reads `w:ffData`, the data of a legacy form field: the text it shows, where that is not the stored field result.
pub(super) fn of_form<R: Read>(xml: &mut Xml<R>) -> io::Result<Option<String>> {
    /// The most list entries kept.
    const MOST: usize = 1_000;
    let (mut tick, mut usual, mut list) = (None, None, false);
    let (mut chosen, mut first, mut entries) = (None, None, Vec::new());
    each(xml, |tag| {
        match tag.name {
            b"checkBox" => usual = Some(EMPTY),
            b"default" if usual.is_some() => usual = Some(if on(tag) { TICKED } else { EMPTY }),
            b"checked" => tick = Some(if on(tag) { TICKED } else { EMPTY }),
            b"ddList" => list = true,
            b"default" if list => first = number(tag),
            b"result" if list => chosen = number::<usize>(tag),
            b"listEntry" if entries.len() < MOST => entries.extend(tag.text("val")),
            _ => return false,
        }
        true
    })?;
    if let Some(sign) = usual.map(|usual| tick.unwrap_or(usual)) {
        return Ok(Some(sign.to_string()));
    }
    let at = chosen.or(first).unwrap_or(0);
    Ok((at < entries.len()).then(|| entries.swap_remove(at)))
}
