//! A Word document as a workbook: one sheet for each table, with the text around the table.

use std::collections::{BTreeMap, VecDeque};

use super::document::{Paragraph, joined};
use super::receiver::{Content, Receiver};
use crate::basis::place::Area;
use crate::read::grid::{Sheet, Workbook};
use crate::read::outcome::{Format, Limit, Notice, Refusal};
use crate::read::package::Package;
use crate::read::relations::Relation;
use crate::read::sink::{Filling, Sink};
use crate::read::xlsx::images;

/// The most tables read from one document.
const MAX_TABLES: usize = 1_000;
/// The most merged regions, and the most hidden cells, kept of one table.
const MAX_REGIONS: usize = 100_000;
/// The most lines of text kept before and after a table, nearest first.
const MAX_LINES: usize = 40;
/// A paragraph of more characters is body text, not a title or label.
const MAX_LINE: usize = 200;

/// Collects the sheets of a document while it is read.
#[derive(Default)]
pub(super) struct Sheets {
    sink: Sink,
    /// The sheets, each with its cells until the table ends.
    tables: Vec<(Sheet, Option<Filling>)>,
    /// The open tables, innermost last.
    open: Vec<usize>,
    /// Lines since the last table.
    lines: VecDeque<String>,
    /// The first lines since the last table.
    first: Vec<String>,
    pictures: Vec<(usize, u32, u32, String)>,
    full: bool,
}

impl Sheets {
    fn sheet(&mut self, number: usize) -> Option<(&mut Sheet, &mut Filling, &mut Sink)> {
        let (sheet, filling) = self.tables.get_mut(number)?;
        Some((sheet, filling.as_mut()?, &mut self.sink))
    }

    /// Adds the picture files that are small enough.
    pub(super) fn pictures(
        &mut self,
        package: &mut Package<'_>,
        relations: &BTreeMap<String, Relation>,
    ) -> Result<(), Refusal> {
        for (number, row, col, id) in std::mem::take(&mut self.pictures) {
            let Some((sheet, _)) = self.tables.get_mut(number) else { continue };
            sheet.pictures.push((row, col));
            if let Some(relation) = relations.get(&id) {
                images::take(package, &relation.target, (row, col), &mut self.sink, sheet)?;
            }
        }
        for (sheet, _) in &mut self.tables {
            sheet.pictures.sort_unstable();
            sheet.images.sort_by_key(|image| (image.row, image.col));
        }
        Ok(())
    }

    /// The workbook, once the page headers are known.
    pub(super) fn finish(
        mut self,
        headers: &[Paragraph],
        whole: bool,
        properties: BTreeMap<String, String>,
    ) -> Workbook {
        if let Some((sheet, _)) = self.tables.first_mut() {
            sheet.before.extend(headers.iter().filter_map(line));
        }
        if let Some((sheet, _)) = self.tables.last_mut() {
            sheet.after = std::mem::take(&mut self.first);
        }
        if !whole {
            let sheet = self.tables.len().saturating_sub(1) as u16;
            self.sink.notices.push(Notice::BadCell {
                sheet,
                area: None,
                what: "the document ends in the middle".into(),
            });
        }
        self.sink.finish(Format::Docx, self.tables.into_iter().map(|(sheet, _)| sheet).collect(), properties)
    }
}

/// A paragraph as a title or label line; none for body text.
fn line(paragraph: &Paragraph) -> Option<String> {
    let line = paragraph.shown().trim().to_owned();
    (!line.is_empty() && line.len() <= 4 * MAX_LINE && line.chars().count() <= MAX_LINE).then_some(line)
}

impl Receiver for Sheets {
    fn line(&mut self, paragraph: Paragraph) -> Result<(), Refusal> {
        let Some(line) = line(&paragraph) else { return Ok(()) };
        // The text of a text box anchored in a cell is put before the table.
        if let Some((sheet, _)) = self.open.first().and_then(|&table| self.tables.get_mut(table)) {
            if sheet.before.len() < 2 * MAX_LINES {
                sheet.before.push(line);
            }
            return Ok(());
        }
        if self.first.len() < MAX_LINES {
            self.first.push(line.clone());
        }
        if self.lines.len() == MAX_LINES {
            self.lines.pop_front();
        }
        self.lines.push_back(line);
        Ok(())
    }

    fn open(&mut self, number: usize, holder: Option<(usize, u32, u32)>) -> Result<(), Refusal> {
        self.open.push(number);
        if number >= MAX_TABLES {
            if !std::mem::replace(&mut self.full, true) {
                let limit = Limit::Tables(MAX_TABLES as u64);
                self.sink.notices.push(Notice::Budget { sheet: None, limit });
            }
            return Ok(());
        }
        let before = match holder.and_then(|(table, ..)| self.tables.get(table)) {
            // The ledger is nested in a table used for layout: the text around the outer table belongs to the ledger too.
            Some((outer, _)) => outer.before.clone(),
            None => self.lines.drain(..).collect(),
        };
        self.first.clear();
        let sheet = Sheet { name: format!("表{}", number + 1), before, ..Sheet::default() };
        self.tables.push((sheet, Some(Filling::new(number))));
        Ok(())
    }

    fn cell(&mut self, number: usize, row: u32, col: u32, content: Content) -> Result<(), Refusal> {
        if number < MAX_TABLES {
            self.pictures.extend(content.pictures.into_iter().map(|id| (number, row, col, id)));
        }
        let Some((sheet, filling, sink)) = self.sheet(number) else { return Ok(()) };
        if content.hidden && sheet.hidden_cells.len() < MAX_REGIONS {
            sheet.hidden_cells.push((row, col));
        }
        let raw = sink.typed(&joined(&content.paragraphs));
        sink.put(filling, row, col, raw);
        Ok(())
    }

    fn merge(&mut self, number: usize, area: Area) -> Result<(), Refusal> {
        if let Some((sheet, _, _)) = self.sheet(number).filter(|(sheet, ..)| sheet.merges.len() < MAX_REGIONS) {
            sheet.merges.push(area);
        }
        Ok(())
    }

    fn hide(&mut self, number: usize, row: u32) {
        if let Some((sheet, ..)) = self.sheet(number)
            && sheet.hidden_rows.last() != Some(&row)
            && sheet.hidden_rows.len() < MAX_REGIONS
        {
            sheet.hidden_rows.push(row);
        }
    }

    fn close(&mut self, number: usize, _: u32, _: u32) -> Result<(), Refusal> {
        self.open.retain(|&open| open != number);
        if let Some((sheet, filling)) = self.tables.get_mut(number)
            && let Some(filling) = filling.take()
        {
            self.sink.end(filling, sheet);
        }
        Ok(())
    }
}
