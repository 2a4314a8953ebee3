//! Walks over a part of a Word document, holding one cell or paragraph at a time and handing each on when it ends.
//!
//! Elements not named here are transparent (content controls, links, smart tags, insertions). The walk does not recurse;
//! open elements are kept on a stack of bounded depth.

use std::io::Read;

use super::grid::Grid;
use super::numbering::Numbering;
use super::props::{self, HeaderOf, OfCell, OfControl};
use super::receiver::Receiver;
use super::story::{Line, Run, Story};
use super::styles::Styles;
use super::symbols::Font;
use super::walk::{Open, Walk};
use crate::read::outcome::{Limit, Refusal};
use crate::read::sink::MAX_VISITED;
use crate::read::xml::{Tag, Token, Xml, unescape};

/// The deepest nesting of elements.
const MAX_DEPTH: usize = 1_000;

/// The result of a walk.
#[derive(Debug, Default)]
pub(super) struct Walked {
    /// The page headers of its sections.
    pub(super) headers: Vec<HeaderOf>,
    /// Whether the part was complete.
    pub(super) whole: bool,
}

/// Walks over a part.
pub(super) fn walk<R: Read>(
    mut xml: Xml<R>,
    styles: &Styles,
    numbering: &mut Numbering,
    out: &mut dyn Receiver,
) -> Result<Walked, Refusal> {
    let mut walk = Walk {
        styles,
        numbering,
        out,
        open: Vec::new(),
        paragraphs: Vec::new(),
        tables: Vec::new(),
        stories: vec![Story::default()],
        run: Run::default(),
        muted: 0,
        tick: None,
        in_text: false,
        begun: 0,
        visited: 0,
        pictures: 0,
        headers: Vec::new(),
    };
    let mut whole = false;
    loop {
        let step = match xml.next()? {
            Token::Start(tag) => walk.start(tag)?,
            Token::End(name) => {
                whole |= matches!(name, b"document" | b"hdr");
                walk.end(name)?;
                continue;
            }
            Token::Text(raw) if walk.in_text => {
                walk.text(|text| unescape(raw, text))?;
                continue;
            }
            Token::CData(raw) if walk.in_text => {
                walk.text(|text| text.push_str(&String::from_utf8_lossy(raw)))?;
                continue;
            }
            Token::Eof => break,
            _ => continue,
        };
        match step {
            Step::On => {}
            Step::Skip => props::skip(&mut xml)?,
            Step::Paragraph => {
                let (of, headers) = props::of_paragraph(&mut xml)?;
                walk.headers.extend(headers);
                walk.is_paragraph(of);
            }
            Step::Run => {
                let of = props::of_run(&mut xml)?;
                walk.is_run(&of);
            }
            Step::Row => {
                let of = props::of_row(&mut xml)?;
                walk.is_row(of);
            }
            Step::Cell => {
                let of = props::of_cell(&mut xml)?;
                walk.is_cell(of);
            }
            Step::Control => {
                let of = props::of_control(&mut xml)?;
                if let Some(Open::Control { of: known, .. }) = walk.open.last_mut() {
                    *known = of;
                }
            }
            Step::Form => {
                let shown = props::of_form(&mut xml)?;
                walk.form(shown)?;
            }
            Step::Section => walk.headers.extend(props::of_section(&mut xml)?),
        }
    }
    while let Some(open) = walk.open.pop() {
        walk.close(&open)?;
    }
    Ok(Walked { headers: walk.headers, whole })
}

/// What to do with an element that begins.
enum Step {
    On,
    Skip,
    Paragraph,
    Run,
    Row,
    Cell,
    Control,
    Form,
    Section,
}

impl Walk<'_> {
    fn start(&mut self, tag: Tag<'_>) -> Result<Step, Refusal> {
        match tag.name {
            b"p" => {
                let text = self.tick.take().map(String::from).unwrap_or_default();
                let hidden = self.styles.get(None).and_then(|style| style.hidden).unwrap_or(false);
                self.paragraphs.push(Line { hidden, text, ..Line::default() });
                self.push(Open::Paragraph)?;
            }
            b"pPr" => {
                return Ok(if matches!(self.open.last(), Some(Open::Paragraph)) {
                    Step::Paragraph
                } else {
                    Step::Skip
                });
            }
            b"r" => {
                let before = self.run;
                self.run = Run { hidden: self.paragraphs.last().is_some_and(|line| line.hidden), font: Font::Plain };
                self.push(Open::Run(before))?;
            }
            b"rPr" => return Ok(if matches!(self.open.last(), Some(Open::Run(_))) { Step::Run } else { Step::Skip }),
            b"t" => self.in_text = true,
            b"br" | b"cr" => self.sign('\n')?,
            b"tab" | b"ptab" => self.sign('\t')?,
            b"noBreakHyphen" => self.sign('-')?,
            b"sym" => {
                let code = tag.text("char").and_then(|code| u32::from_str_radix(code.trim(), 16).ok());
                if let Some(code) = code.and_then(char::from_u32) {
                    let font = tag.text("font").map(|name| Font::named(&name)).unwrap_or_default();
                    self.sign(font.shown(code))?;
                }
            }
            b"fldChar" => self.field(tag.attribute("fldCharType").unwrap_or_default()),
            b"ffData" => return Ok(Step::Form),
            b"tbl" => {
                let holder =
                    self.stories.last().and_then(|story| story.cell.as_ref()).map(|cell| (cell.0, cell.1, cell.2));
                let number = self.begun;
                self.begun += 1;
                self.out.open(number, holder)?;
                self.tables.push(Grid::new(number));
                self.push(Open::Table)?;
            }
            b"tr" if matches!(self.around(), Some(Open::Table)) => {
                if let Some(table) = self.tables.last_mut() {
                    table.begin_row();
                }
                self.push(Open::Row { muted: false })?;
            }
            b"trPr" => {
                return Ok(if matches!(self.open.last(), Some(Open::Row { .. })) { Step::Row } else { Step::Skip });
            }
            b"tc" if matches!(self.around(), Some(Open::Row { .. })) => {
                self.visited += 1;
                if self.visited > MAX_VISITED {
                    return Err(Refusal::OverBudget(Limit::Cells(MAX_VISITED as u64)));
                }
                let Some(table) = self.tables.last() else { return Ok(Step::Skip) };
                let (row, col) = table.here();
                self.stories.push(Story::of_cell(table.number, row, col));
                self.push(Open::Cell { of: OfCell::default(), muted: false })?;
            }
            b"tcPr" => {
                return Ok(if matches!(self.open.last(), Some(Open::Cell { .. })) { Step::Cell } else { Step::Skip });
            }
            b"txbxContent" => {
                self.stories.push(Story::of_box());
                self.push(Open::Box)?;
            }
            b"sdt" => self.push(Open::Control { of: OfControl::default(), muted: false })?,
            b"sdtPr" => {
                return Ok(if matches!(self.open.last(), Some(Open::Control { .. })) {
                    Step::Control
                } else {
                    Step::Skip
                });
            }
            b"sdtContent" => self.is_control()?,
            b"AlternateContent" => self.push(Open::Alternate { chosen: false })?,
            // Of alternative contents the first is taken.
            b"Choice" | b"Fallback" => {
                if let Some(Open::Alternate { chosen }) = self.open.last_mut()
                    && std::mem::replace(chosen, true)
                {
                    return Ok(Step::Skip);
                }
            }
            b"blip" => self.picture(tag.text("embed")),
            b"imagedata" => self.picture(tag.text("id")),
            b"sectPr" => return Ok(Step::Section),
            b"del" | b"moveFrom" | b"rt" | b"object" | b"tblPr" | b"tblPrEx" | b"tblGrid" | b"sdtEndPr"
            | b"instrText" | b"delInstrText" | b"delText" => return Ok(Step::Skip),
            _ => {}
        }
        Ok(Step::On)
    }

    fn push(&mut self, open: Open) -> Result<(), Refusal> {
        if self.open.len() >= MAX_DEPTH {
            return Err(Refusal::OverBudget(Limit::NestedElements));
        }
        self.open.push(open);
        Ok(())
    }

    /// The table, row, cell or text box around this place.
    pub(super) fn around(&self) -> Option<&Open> {
        self.open.iter().rev().find(|open| !matches!(open, Open::Control { .. } | Open::Alternate { .. }))
    }

    /// Ends the nearest open element of this name, and what was left open inside it.
    fn end(&mut self, name: &[u8]) -> Result<(), Refusal> {
        if name == b"t" {
            self.in_text = false;
            return Ok(());
        }
        let is = |open: &Open| match name {
            b"p" => matches!(open, Open::Paragraph),
            b"r" => matches!(open, Open::Run(_)),
            b"tbl" => matches!(open, Open::Table),
            b"tr" => matches!(open, Open::Row { .. }),
            b"tc" => matches!(open, Open::Cell { .. }),
            b"txbxContent" => matches!(open, Open::Box),
            b"sdt" => matches!(open, Open::Control { .. }),
            b"AlternateContent" => matches!(open, Open::Alternate { .. }),
            _ => false,
        };
        // An end tag without its start tag must not end the elements around it.
        let bars = |open: &Open| match name {
            b"tr" | b"tc" => matches!(open, Open::Table),
            b"tbl" | b"txbxContent" => false,
            _ => matches!(open, Open::Cell { .. } | Open::Box),
        };
        let known =
            matches!(name, b"p" | b"r" | b"tbl" | b"tr" | b"tc" | b"txbxContent" | b"sdt" | b"AlternateContent");
        if !known {
            return Ok(());
        }
        let Some(at) = self.open.iter().rposition(|open| is(open) || bars(open)).filter(|at| is(&self.open[*at]))
        else {
            return Ok(());
        };
        while self.open.len() > at {
            if let Some(open) = self.open.pop() {
                self.close(&open)?;
            }
        }
        Ok(())
    }
}
