//! Word documents (docx, docm, dotx), read as a [`Document`] of paragraphs and tables or as a workbook with a sheet for
//! each table.

pub mod document;
mod book;
mod collect;
mod grid;
mod numbering;
mod numerals;
mod props;
mod receiver;
mod scan;
mod story;
mod styles;
mod symbols;
mod walk;

#[cfg(test)]
pub(in crate::read) mod fixture;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use collect::Collector;
use document::Paragraph;
pub use document::{Block, Cell, Document, Table};
use numbering::Numbering;
use props::HeaderOf;
use receiver::{Content, Receiver};
use scan::{Walked, walk};
use styles::Styles;

use super::Workbook;
use super::outcome::Refusal;
use super::package::Package;
use super::relations::{Relation, main_part, properties, relations};
use crate::basis::place::Area;

/// The most page headers read from one document.
const MAX_HEADERS: usize = 100;

/// Reads a Word document as paragraphs and tables.
///
/// # Errors
/// A [`Refusal`] when it is damaged, not a Word document, or beyond the limits of the reader.
pub fn document(bytes: &[u8]) -> Result<Document, Refusal> {
    let mut word = Word::open(bytes)?;
    let mut collector = Collector::default();
    let walked = word.body(&mut collector)?;
    let headers = word.headers(&walked.headers)?;
    Ok(Document { headers, properties: properties(&mut word.package)?, ..collector.document })
}

/// Reads a Word document as a workbook.
pub(super) fn read(bytes: &[u8]) -> Result<Workbook, Refusal> {
    let mut word = Word::open(bytes)?;
    let mut sheets = book::Sheets::default();
    let walked = word.body(&mut sheets)?;
    let headers = word.headers(&walked.headers)?;
    sheets.pictures(&mut word.package, &word.relations)?;
    let properties = properties(&mut word.package)?;
    Ok(sheets.finish(&headers, walked.whole, properties))
}

/// An opened Word document.
struct Word<'a> {
    package: Package<'a>,
    main: String,
    relations: BTreeMap<String, Relation>,
    styles: Styles,
    numbering: Numbering,
}

impl<'a> Word<'a> {
    fn open(bytes: &'a [u8]) -> Result<Word<'a>, Refusal> {
        let mut package = Package::open(bytes)?;
        let main = main_part(&mut package, "word/document.xml")?;
        let relations = relations(&mut package, &main)?;
        let target = |kind: &str| relations.values().find(|relation| relation.kind == kind).map(|r| r.target.as_str());
        let styles = match target("styles").and_then(|path| package.xml(path)) {
            Some(part) => Styles::read(part?)?,
            None => Styles::default(),
        };
        let numbering = match target("numbering").and_then(|path| package.xml(path)) {
            Some(part) => Numbering::read(part?)?,
            None => Numbering::default(),
        };
        Ok(Word { package, main, relations, styles, numbering })
    }

    fn body(&mut self, out: &mut dyn Receiver) -> Result<Walked, Refusal> {
        match self.package.xml(&self.main) {
            Some(part) => walk(part?, &self.styles, &mut self.numbering, out),
            None => Err(Refusal::Damaged("no document part".into())),
        }
    }

    /// The paragraphs of the page headers, each header part once.
    fn headers(&mut self, named: &[HeaderOf]) -> Result<Vec<Paragraph>, Refusal> {
        let mut lines = Lines::default();
        let mut done = BTreeSet::new();
        for target in named.iter().filter_map(|header| self.relations.get(&header.id)).map(|r| r.target.as_str()) {
            if done.len() < MAX_HEADERS
                && done.insert(target)
                && let Some(part) = self.package.xml(target)
            {
                walk(part?, &self.styles, &mut self.numbering, &mut lines)?;
            }
        }
        Ok(lines.0)
    }
}

/// Collects all text line by line, including that of cells.
#[derive(Default)]
struct Lines(Vec<Paragraph>);

impl Lines {
    /// The most lines kept; real page headers have few.
    const MOST: usize = 1_000;
}

impl Receiver for Lines {
    fn line(&mut self, paragraph: Paragraph) -> Result<(), Refusal> {
        if self.0.len() < Lines::MOST {
            self.0.push(paragraph);
        }
        Ok(())
    }

    fn open(&mut self, _: usize, _: Option<(usize, u32, u32)>) -> Result<(), Refusal> {
        Ok(())
    }

    fn cell(&mut self, _: usize, _: u32, _: u32, content: Content) -> Result<(), Refusal> {
        content.paragraphs.into_iter().try_for_each(|paragraph| self.line(paragraph))
    }

    fn merge(&mut self, _: usize, _: Area) -> Result<(), Refusal> {
        Ok(())
    }

    fn close(&mut self, _: usize, _: u32, _: u32) -> Result<(), Refusal> {
        Ok(())
    }
}
