//! The state of a walk: the open elements, and the paragraphs, cells and tables they become when they end.

use super::document::Paragraph;
use super::grid::Grid;
use super::numbering::Numbering;
use super::props::{self, HeaderOf, OfCell, OfControl, OfParagraph};
use super::receiver::Receiver;
use super::story::{Line, Run, Story};
use super::styles::Styles;
use super::symbols::Font;
use crate::read::outcome::{Limit, Refusal};

/// The most bytes of text in one paragraph or cell.
const MAX_CELL: usize = 64 << 20;
/// The most pictures read from one document.
const MAX_PICTURES: usize = 10_000;

/// An open element.
pub(super) enum Open {
    Paragraph,
    Run(Run),
    Table,
    Row { muted: bool },
    Cell { of: OfCell, muted: bool },
    Box,
    Control { of: OfControl, muted: bool },
    Alternate { chosen: bool },
}

/// The walk's state.
pub(super) struct Walk<'w> {
    pub(super) styles: &'w Styles,
    pub(super) numbering: &'w mut Numbering,
    pub(super) out: &'w mut dyn Receiver,
    pub(super) open: Vec<Open>,
    pub(super) paragraphs: Vec<Line>,
    pub(super) tables: Vec<Grid>,
    pub(super) stories: Vec<Story>,
    pub(super) run: Run,
    /// The number of open elements whose text is not shown.
    pub(super) muted: u32,
    /// The character of a check box control around whole paragraphs or cells.
    pub(super) tick: Option<char>,
    pub(super) in_text: bool,
    pub(super) begun: usize,
    pub(super) visited: usize,
    pub(super) pictures: usize,
    pub(super) headers: Vec<HeaderOf>,
}

impl Walk<'_> {
    pub(super) fn close(&mut self, open: &Open) -> Result<(), Refusal> {
        match open {
            Open::Paragraph => self.end_paragraph(),
            Open::Run(before) => {
                self.run = *before;
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
                self.muted -= u32::from(*muted);
                let Some(table) = self.tables.last_mut() else { return Ok(()) };
                for area in table.end_row() {
                    self.out.merge(table.number, area)?;
                }
                Ok(())
            }
            Open::Cell { of, muted } => {
                self.muted -= u32::from(*muted);
                self.end_story()?;
                let story = self.stories.pop();
                let Some(table) = self.tables.last_mut() else { return Ok(()) };
                let merged = table.put(*of);
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
                self.muted -= u32::from(*muted);
                if *muted {
                    self.tick = None;
                }
                Ok(())
            }
            Open::Alternate { .. } => Ok(()),
        }
    }

    /// Ends the text flow. Text carried over to a next paragraph that never came becomes a paragraph of its own.
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
        story.end_instructions();
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

    pub(super) fn is_paragraph(&mut self, of: OfParagraph) {
        let Some(line) = self.paragraphs.last_mut() else { return };
        let style = self.styles.get(of.style.as_deref());
        line.hidden = style.and_then(|style| style.hidden).unwrap_or(false);
        line.of = of;
        self.count();
    }

    /// Counts the current paragraph in its list.
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

    pub(super) fn is_run(&mut self, of: &props::OfRun) {
        let style = of.style.as_deref().and_then(|id| self.styles.get(Some(id)));
        self.run.font = of.font;
        self.run.hidden = of.hidden.or(style.and_then(|style| style.hidden)).unwrap_or(self.run.hidden);
    }

    pub(super) fn is_row(&mut self, of: props::OfRow) {
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

    pub(super) fn is_cell(&mut self, read: OfCell) {
        if let Some(Open::Cell { of, muted }) = self.open.last_mut() {
            *of = read;
            if read.deleted && !std::mem::replace(muted, true) {
                self.muted += 1;
            }
        }
    }

    /// Begins the content of a control: that of an unfilled one is skipped, a check box shows its state.
    pub(super) fn is_control(&mut self) -> Result<(), Refusal> {
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

    pub(super) fn field(&mut self, kind: &[u8]) {
        let Some(story) = self.stories.last_mut() else { return };
        match kind {
            b"begin" => story.begin_field(),
            b"separate" => story.show_result(),
            b"end" => story.end_field(),
            _ => {}
        }
    }

    /// Shows the data of a legacy form field in place of its result.
    pub(super) fn form(&mut self, shown: Option<String>) -> Result<(), Refusal> {
        let Some(shown) = shown else { return Ok(()) };
        if !self.stories.last_mut().is_some_and(Story::show_form) {
            return Ok(());
        }
        self.text(|text| text.push_str(&shown))?;
        if let Some(story) = self.stories.last_mut() {
            story.hide_result();
        }
        Ok(())
    }

    pub(super) fn picture(&mut self, id: Option<String>) {
        if self.muted > 0 || self.pictures >= MAX_PICTURES {
            return;
        }
        if let (Some(id), Some(Story { cell: Some((_, _, _, content)), .. })) = (id, self.stories.last_mut()) {
            self.pictures += 1;
            content.pictures.push(id);
        }
    }

    pub(super) fn sign(&mut self, sign: char) -> Result<(), Refusal> {
        if self.in_run_or_paragraph() { self.text(|text| text.push(sign)) } else { Ok(()) }
    }

    fn in_run_or_paragraph(&self) -> bool {
        self.around().is_some_and(|open| matches!(open, Open::Paragraph | Open::Run(_)))
    }

    /// Adds text to the current paragraph, if it is shown.
    pub(super) fn text(&mut self, add: impl FnOnce(&mut String)) -> Result<(), Refusal> {
        let (Some(story), Some(line)) = (self.stories.last_mut(), self.paragraphs.last_mut()) else { return Ok(()) };
        if self.muted > 0 || story.is_silent() {
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
            return Err(Refusal::OverBudget(Limit::OneText(Limit::mb(MAX_CELL as u64))));
        }
        Ok(())
    }
}
