//! The walk over a part of a Word document: it holds one cell or paragraph at a time and hands each on when it ends.
//!
//! Elements that are not named here are transparent (content controls, links, smart tags, insertions). It does not
//! recurse; what is open stands on a stack of bounded depth.

use std::io::Read;

use super::document::Paragraph;
use super::grid::Grid;
use super::numbering::Numbering;
use super::props::{self, HeaderOf, OfCell, OfControl, OfParagraph};
use super::styles::Styles;
use super::symbols::Font;
use crate::basis::place::Area;
use crate::read::outcome::Refusal;
use crate::read::sink::MAX_VISITED;
use crate::read::xml::{Tag, Token, Xml, unescape};

/// Elements that matter inside one another.
const MAX_DEPTH: usize = 1_000;
/// Bytes of text in one paragraph or cell.
const MAX_CELL: usize = 64 << 20;
/// Pictures of one document.
const MAX_PICTURES: usize = 10_000;

/// Takes what a walk meets, in document order. A refusal ends the walk.
pub(super) trait Receiver {
    /// A paragraph outside of all tables, or in a text box.
    fn line(&mut self, paragraph: Paragraph) -> Result<(), Refusal>;
    /// A table begins, the next by number; where it stands in a cell: that of which table, row and column.
    fn open(&mut self, number: usize, holder: Option<(usize, u32, u32)>) -> Result<(), Refusal>;
    /// A cell that holds something or is merged.
    fn cell(&mut self, number: usize, row: u32, col: u32, content: Content) -> Result<(), Refusal>;
    /// A merged region of a table.
    fn merge(&mut self, number: usize, area: Area) -> Result<(), Refusal>;
    /// A row is hidden.
    fn hide(&mut self, number: usize, row: u32) {
        let _ = (number, row);
    }
    /// A table ends, with its rows and columns.
    fn close(&mut self, number: usize, rows: u32, columns: u32) -> Result<(), Refusal>;
}

/// What stands in a cell.
#[derive(Debug, Default)]
pub(super) struct Content {
    /// Its paragraphs.
    pub(super) paragraphs: Vec<Paragraph>,
    /// Whether some of its text is hidden.
    pub(super) hidden: bool,
    /// The relations of its pictures.
    pub(super) pictures: Vec<String>,
}

/// What is left of a walk.
#[derive(Debug, Default)]
pub(super) struct Walked {
    /// The page headers that its sections show.
    pub(super) headers: Vec<HeaderOf>,
    /// Whether the part ended where it should.
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
        walk.close(open)?;
    }
    Ok(Walked { headers: walk.headers, whole })
}

/// What is done with an element that begins.
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

/// An element that is open.
enum Open {
    Paragraph,
    Run(Run),
    Table,
    Row { muted: bool },
    Cell { of: OfCell, muted: bool },
    Box,
    Control { of: OfControl, muted: bool },
    Alternate { chosen: bool },
}

/// Text that runs on by itself: the body, a cell, a text box.
#[derive(Default)]
struct Story {
    /// The cell; none for the others.
    cell: Option<(usize, u32, u32, Content)>,
    boxed: bool,
    size: usize,
    fields: Vec<Field>,
    /// Fields whose text is not shown at this place.
    silent: u32,
    /// Text of paragraphs whose end was deleted: it belongs to the next one.
    carried: String,
}

/// A field: its instruction is not shown, its result is, unless its form data has been shown.
#[derive(Clone, Copy)]
struct Field {
    instruction: bool,
    shown: bool,
}

impl Field {
    fn silent(self) -> u32 {
        u32::from(self.instruction || self.shown)
    }
}

/// A paragraph that is open.
#[derive(Default)]
struct Line {
    of: OfParagraph,
    number: Option<(String, u8)>,
    counted: bool,
    hidden: bool,
    text: String,
}

#[derive(Clone, Copy, Default)]
struct Run {
    hidden: bool,
    font: Font,
}

struct Walk<'w> {
    styles: &'w Styles,
    numbering: &'w mut Numbering,
    out: &'w mut dyn Receiver,
    open: Vec<Open>,
    paragraphs: Vec<Line>,
    tables: Vec<Grid>,
    stories: Vec<Story>,
    run: Run,
    /// Open elements whose text is not shown.
    muted: u32,
    /// The sign of a check box around whole paragraphs or cells.
    tick: Option<char>,
    in_text: bool,
    begun: usize,
    visited: usize,
    pictures: usize,
    headers: Vec<HeaderOf>,
}

impl Walk<'_> {
    fn start(&mut self, tag: Tag<'_>) -> Result<Step, Refusal> {
        match tag.name {
            b"p" => {
                let text = self.tick.take().map(String::from).unwrap_or_default();
                let hidden = self.styles.get(None).and_then(|style| style.hidden).unwrap_or(false);
                self.paragraphs.push(Line { text, hidden, ..Line::default() });
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
                    return Err(Refusal::OverBudget(format!("more than {MAX_VISITED} cells")));
                }
                let cell = self.tables.last().map(|table| {
                    let (row, col) = table.here();
                    (table.number, row, col, Content::default())
                });
                self.stories.push(Story { cell, ..Story::default() });
                self.push(Open::Cell { of: OfCell::default(), muted: false })?;
            }
            b"tcPr" => {
                return Ok(if matches!(self.open.last(), Some(Open::Cell { .. })) { Step::Cell } else { Step::Skip });
            }
            b"txbxContent" => {
                self.stories.push(Story { boxed: true, ..Story::default() });
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
            // Of the ways to show one thing the first is taken.
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
            return Err(Refusal::OverBudget("elements nested too deep".into()));
        }
        self.open.push(open);
        Ok(())
    }

    /// The table, row, cell or text box around this place.
    fn around(&self) -> Option<&Open> {
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
        // An end without its begin must not end what lies around.
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
                self.close(open)?;
            }
        }
        Ok(())
    }

    fn close(&mut self, open: Open) -> Result<(), Refusal> {
        match open {
            Open::Paragraph => self.end_paragraph(),
            Open::Run(before) => {
                self.run = before;
                Ok(())
            }
            Open::Table => {
                let Some(mut table) = self.tables.pop() else { return Ok(()) };
                for area in table.end() {
                    self.out.merge(table.number, area)?;
                }
                self.out.close(table.number, table.rows, table.columns)
            }
            Open::Row { muted } => {
                self.muted -= u32::from(muted);
                let Some(table) = self.tables.last_mut() else { return Ok(()) };
                for area in table.end_row() {
                    self.out.merge(table.number, area)?;
                }
                Ok(())
            }
            Open::Cell { of, muted } => {
                self.muted -= u32::from(muted);
                self.end_story()?;
                let story = self.stories.pop();
                let Some(table) = self.tables.last_mut() else { return Ok(()) };
                let merged = table.put(of);
                let Some((number, row, col, content)) = story.and_then(|story| story.cell) else { return Ok(()) };
                let filled = !content.paragraphs.is_empty() || content.hidden || !content.pictures.is_empty();
                if filled || merged { self.out.cell(number, row, col, content) } else { Ok(()) }
            }
            Open::Box => {
                self.end_story()?;
                self.stories.pop();
                Ok(())
            }
            Open::Control { muted, .. } => {
                self.muted -= u32::from(muted);
                if muted {
                    self.tick = None;
                }
                Ok(())
            }
            Open::Alternate { .. } => Ok(()),
        }
    }

    /// What was carried to a next paragraph that never came is one by itself.
    fn end_story(&mut self) -> Result<(), Refusal> {
        let carried = self.stories.last_mut().map(|story| std::mem::take(&mut story.carried)).unwrap_or_default();
        if carried.trim().is_empty() {
            return Ok(());
        }
        self.hand_on(Paragraph { text: carried, ..Paragraph::default() })
    }

    fn end_paragraph(&mut self) -> Result<(), Refusal> {
        self.count();
        let Some(line) = self.paragraphs.pop() else { return Ok(()) };
        let Some(story) = self.stories.last_mut() else { return Ok(()) };
        // An instruction does not go beyond its paragraph: one that is never ended must not hide the rest.
        while let Some(field) = story.fields.last().filter(|field| field.instruction) {
            story.silent -= field.silent();
            story.fields.pop();
        }
        let mut text = std::mem::take(&mut story.carried);
        text.push_str(&line.text);
        if line.of.joined {
            story.carried = text;
            return Ok(());
        }
        let (number, list) = line.number.map_or((String::new(), None), |(number, level)| (number, Some(level)));
        if text.trim().is_empty() && number.is_empty() {
            return Ok(());
        }
        let style = self.styles.get(line.of.style.as_deref());
        let outline = line.of.outline.or(style.and_then(|style| style.outline)).filter(|level| *level < 9);
        let style = style.and_then(|style| style.name.clone());
        self.hand_on(Paragraph { number, text, list, outline, style, boxed: false })
    }

    fn hand_on(&mut self, mut paragraph: Paragraph) -> Result<(), Refusal> {
        match self.stories.last_mut() {
            Some(Story { cell: Some((_, _, _, content)), .. }) => {
                content.paragraphs.push(paragraph);
                Ok(())
            }
            story => {
                paragraph.boxed = story.is_some_and(|story| story.boxed);
                self.out.line(paragraph)
            }
        }
    }

    fn is_paragraph(&mut self, of: OfParagraph) {
        let Some(line) = self.paragraphs.last_mut() else { return };
        let style = self.styles.get(of.style.as_deref());
        line.hidden = style.and_then(|style| style.hidden).unwrap_or(false);
        line.of = of;
        self.count();
    }

    /// Counts the paragraph at hand in its list.
    fn count(&mut self) {
        let Some(line) = self.paragraphs.last_mut().filter(|line| !line.counted) else { return };
        line.counted = true;
        if line.of.joined || line.of.hidden {
            return;
        }
        let style = self.styles.get(line.of.style.as_deref());
        let own = line.of.list;
        let Some(list) = own.or(style.and_then(|style| style.list)) else { return };
        let level = line.of.level.or(style.and_then(|style| style.level));
        line.number = self.numbering.next(list, level, line.of.style.as_deref(), self.styles);
    }

    fn is_run(&mut self, of: &props::OfRun) {
        let style = of.style.as_deref().and_then(|id| self.styles.get(Some(id)));
        self.run.font = of.font;
        self.run.hidden = of.hidden.or(style.and_then(|style| style.hidden)).unwrap_or(self.run.hidden);
    }

    fn is_row(&mut self, of: props::OfRow) {
        let Some(table) = self.tables.last_mut() else { return };
        table.leave(of.before);
        if of.hidden {
            self.out.hide(table.number, table.here().0);
        }
        if let Some(Open::Row { muted }) = self.open.last_mut()
            && of.deleted
            && !std::mem::replace(muted, true)
        {
            self.muted += 1;
        }
    }

    fn is_cell(&mut self, read: OfCell) {
        if let Some(Open::Cell { of, muted }) = self.open.last_mut() {
            *of = read;
            if read.deleted && !std::mem::replace(muted, true) {
                self.muted += 1;
            }
        }
    }

    /// The content of a control begins: that of an unfilled one is not read, a check box shows its state.
    fn is_control(&mut self) -> Result<(), Refusal> {
        let Some(Open::Control { of, muted }) = self.open.last_mut() else { return Ok(()) };
        let of = *of;
        if !of.unfilled && of.tick.is_none() || std::mem::replace(muted, true) {
            return Ok(());
        }
        let around = self.around().is_some_and(|open| matches!(open, Open::Paragraph | Open::Run(_)));
        if let Some(tick) = of.tick {
            if around {
                self.sign(tick)?;
            } else if self.muted == 0 {
                self.tick = Some(tick);
            }
        }
        self.muted += 1;
        Ok(())
    }

    fn field(&mut self, kind: &[u8]) {
        let Some(story) = self.stories.last_mut() else { return };
        match kind {
            b"begin" => {
                let field = Field { instruction: true, shown: false };
                story.silent += field.silent();
                story.fields.push(field);
            }
            b"separate" => {
                if let Some(field) = story.fields.last_mut() {
                    story.silent -= field.silent();
                    field.instruction = false;
                    story.silent += field.silent();
                }
            }
            b"end" => {
                if let Some(field) = story.fields.pop() {
                    story.silent -= field.silent();
                }
            }
            _ => {}
        }
    }

    /// Shows what an old form field holds by itself, at the begin of the field and instead of its result.
    fn form(&mut self, shown: Option<String>) -> Result<(), Refusal> {
        let Some(shown) = shown else { return Ok(()) };
        let Some(story) = self.stories.last_mut() else { return Ok(()) };
        let Some(field) = story.fields.last_mut().filter(|field| field.instruction && !field.shown) else {
            return Ok(());
        };
        field.shown = true;
        story.silent -= 1;
        self.text(|text| text.push_str(&shown))?;
        if let Some(story) = self.stories.last_mut() {
            story.silent += 1;
        }
        Ok(())
    }

    fn picture(&mut self, id: Option<String>) {
        if self.muted > 0 || self.pictures >= MAX_PICTURES {
            return;
        }
        if let (Some(id), Some(Story { cell: Some((_, _, _, content)), .. })) = (id, self.stories.last_mut()) {
            self.pictures += 1;
            content.pictures.push(id);
        }
    }

    fn sign(&mut self, sign: char) -> Result<(), Refusal> {
        if self.in_run_or_paragraph() { self.text(|text| text.push(sign)) } else { Ok(()) }
    }

    fn in_run_or_paragraph(&self) -> bool {
        self.around().is_some_and(|open| matches!(open, Open::Paragraph | Open::Run(_)))
    }

    /// Adds text to the paragraph at hand where it is shown.
    fn text(&mut self, add: impl FnOnce(&mut String)) -> Result<(), Refusal> {
        let (Some(story), Some(line)) = (self.stories.last_mut(), self.paragraphs.last_mut()) else { return Ok(()) };
        if self.muted > 0 || story.silent > 0 {
            return Ok(());
        }
        let before = line.text.len();
        add(&mut line.text);
        let added = line.text.len() - before;
        if self.run.hidden {
            let seen = !line.text[before..].trim().is_empty();
            line.text.truncate(before);
            if let Some((_, _, _, content)) = story.cell.as_mut().filter(|_| seen) {
                content.hidden = true;
            }
            return Ok(());
        }
        if self.run.font != Font::Plain {
            let signs: String = line.text[before..].chars().map(|c| self.run.font.shown(c)).collect();
            line.text.truncate(before);
            line.text.push_str(&signs);
        }
        story.size += added;
        if line.text.len() > MAX_CELL || story.cell.is_some() && story.size > MAX_CELL {
            return Err(Refusal::OverBudget(format!("a single text of more than {} MB", MAX_CELL >> 20)));
        }
        Ok(())
    }
}
