//! The properties that stand before a paragraph, a run, a row, a cell or a content control.

use std::io::{self, Read};

use super::symbols::{EMPTY, Font, TICKED};
use crate::read::xml::{Tag, Token, Xml};

/// What `w:pPr` says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct OfParagraph {
    /// The id of its style.
    pub(super) style: Option<String>,
    /// Its list (`w:numId`); 0 takes away that of the style.
    pub(super) list: Option<u32>,
    /// Its level in the list.
    pub(super) level: Option<u8>,
    /// Its outline level, 9 for body text.
    pub(super) outline: Option<u8>,
    /// Whether its end was deleted, so that it goes on in the next one.
    pub(super) joined: bool,
    /// Whether its end is hidden.
    pub(super) hidden: bool,
}

/// What `w:rPr` says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct OfRun {
    /// The id of its style.
    pub(super) style: Option<String>,
    /// Whether it is hidden; none where it does not say.
    pub(super) hidden: Option<bool>,
    /// Whether its letters are signs.
    pub(super) font: Font,
    /// Whether it was deleted.
    pub(super) deleted: bool,
}

/// What `w:trPr` says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct OfRow {
    /// Columns of the grid that it leaves free at its begin.
    pub(super) before: u32,
    /// Whether it is hidden.
    pub(super) hidden: bool,
    /// Whether it was deleted.
    pub(super) deleted: bool,
}

/// Whether and how a cell belongs to the one above or before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Merge {
    /// It does not.
    #[default]
    Alone,
    /// It is the first of those that belong together.
    First,
    /// It belongs to the one before it.
    Goes,
}

/// What `w:tcPr` says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct OfCell {
    /// Columns of the grid that it covers, where it says so.
    pub(super) span: Option<u32>,
    /// With the cell above.
    pub(super) down: Merge,
    /// With the cell before it.
    pub(super) across: Merge,
    /// Whether it was deleted.
    pub(super) deleted: bool,
}

/// What `w:sdtPr` says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct OfControl {
    /// Whether it shows its placeholder only.
    pub(super) unfilled: bool,
    /// The sign of a check box.
    pub(super) tick: Option<char>,
}

/// A page header that a section names: its relation, and whether it is only for the first page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct HeaderOf {
    /// The relation.
    pub(super) id: String,
}

/// Leaves out the rest of the element just begun.
pub(super) fn skip<R: Read>(xml: &mut Xml<R>) -> io::Result<()> {
    each(xml, |_| false)
}

/// Goes through the elements inside the one just begun; the content of an element for which `see` says no is left out.
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

/// Whether an element such as `w:vanish` is on: it is unless it says no.
fn on(tag: Tag<'_>) -> bool {
    !matches!(tag.attribute("val"), Some(b"0" | b"false" | b"off"))
}

fn number<T: std::str::FromStr>(tag: Tag<'_>) -> Option<T> {
    tag.text("val")?.trim().parse().ok()
}

/// Reads `w:pPr`, and the page headers of the section that ends with the paragraph.
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

/// Reads `w:sectPr`: the page headers that it shows.
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
            b"del" | b"moveFrom" => of.deleted = true,
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

/// Reads `w:ffData`, the data of an old form field: what it shows, where that is no stored result.
pub(super) fn of_form<R: Read>(xml: &mut Xml<R>) -> io::Result<Option<String>> {
    /// Entries of a list that are kept.
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
