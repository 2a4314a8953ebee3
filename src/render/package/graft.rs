//! Inserts a sheet made by our own writer before the sheets of a package.

use super::lists::List;
use super::splices::{Splices, retagged};
use super::unfit::{Unfit, unfit};
use super::{Book, Package, Styles};
use crate::read::decimal;
use crate::read::xml::{Mark, spans};

const SHEET_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";

impl Package<'_> {
    /// Inserts the first sheet of one of our workbooks as the first and active sheet, and removes some of the others. Its styles
    /// are added to `styles`, which the caller writes back.
    ///
    /// # Errors
    /// [`Unfit`] when one of the workbooks is not in the expected form.
    pub fn graft(&mut self, book: &Book, ours: &[u8], styles: &mut Styles, without: &[usize]) -> Result<(), Unfit> {
        let mut from = Package::open(ours)?;
        let own = from.book()?;
        let Some(sheet) = own.sheets.first() else { return unfit("no sheet") };
        if !from.relations(&sheet.part)?.is_empty() {
            return unfit("a sheet with parts of its own");
        }
        let styles_part = from.styles_part()?;
        let numbers = styles.take_in(&Styles::of(from.document(&styles_part)?)?);
        let texts = texts(&mut from, &own)?;
        let document = from.document(&sheet.part)?;
        let document = told_anew(&document, &numbers, &texts)?;
        let workbook = from.document(&own.path)?;
        let names = List::items(&workbook, "definedNames").into_iter();
        let names: Vec<String> = names.map(|name| String::from_utf8_lossy(name).into_owned()).collect();
        let part = self.free("xl/worksheets/sheet", ".xml");
        self.add(&part, SHEET_TYPE, document)?;
        self.sheet_in_front(book, &sheet.name, &part, &names, without)?;
        for (_, other) in book.sheets.iter().enumerate().filter(|(at, _)| !without.contains(at)) {
            if self.has(&other.part) {
                self.unselect(&other.part)?;
            }
        }
        Ok(())
    }

    /// Deselects the other sheets: sheets selected together are edited together.
    fn unselect(&mut self, sheet: &str) -> Result<(), Unfit> {
        let document = self.document(sheet)?;
        let mut cut = Splices::of(&document);
        let mut selected = false;
        for span in spans(&document) {
            match span.mark {
                Mark::Start(tag) | Mark::Empty(tag) if tag.name == b"sheetView" && tag.is("tabSelected") => {
                    let tag = retagged(&document[span.at.clone()], &[("tabSelected", None)]);
                    cut.replace(span.at, &tag);
                    selected = true;
                }
                Mark::Start(tag) if tag.name == b"sheetData" => break,
                _ => {}
            }
        }
        if selected {
            let document = cut.finish();
            self.set(sheet, document);
        }
        Ok(())
    }
}

/// The shared texts of a workbook, each as the XML inside its element.
fn texts(from: &mut Package<'_>, book: &Book) -> Result<Vec<String>, Unfit> {
    let shared = from.relations(&book.path)?.into_iter().find(|relation| relation.word() == "sharedStrings");
    let Some(shared) = shared else { return Ok(Vec::new()) };
    let document = from.document(&shared.target)?;
    let (mut texts, mut open) = (Vec::new(), 0);
    for span in spans(&document) {
        match span.mark {
            Mark::Start(tag) if tag.name == b"si" => open = span.at.end,
            Mark::Empty(tag) if tag.name == b"si" => texts.push(String::new()),
            Mark::End(b"si") => texts.push(String::from_utf8_lossy(&document[open..span.at.start]).into_owned()),
            _ => {}
        }
    }
    Ok(texts)
}

/// The sheet with new style numbers and with its texts inside the cells.
fn told_anew(sheet: &[u8], numbers: &[u32], texts: &[String]) -> Result<Vec<u8>, Unfit> {
    let mut cut = Splices::of(sheet);
    let (mut shared, mut value) = (false, 0);
    for span in spans(sheet) {
        match span.mark {
            Mark::Start(tag) | Mark::Empty(tag) if matches!(tag.name, b"c" | b"row" | b"col") => {
                let attribute = if tag.name == b"col" { "style" } else { "s" };
                let style = tag.attribute(attribute).and_then(decimal).and_then(|at| numbers.get(at as usize));
                let style = style.map(ToString::to_string);
                let mut changes = vec![];
                changes.extend(style.as_deref().map(|style| (attribute, Some(style))));
                if tag.name == b"c" {
                    shared = tag.attribute("t") == Some(b"s");
                    changes.extend(shared.then_some(("t", Some("inlineStr"))));
                }
                if !changes.is_empty() {
                    let tag = retagged(&sheet[span.at.clone()], &changes);
                    cut.replace(span.at, &tag);
                }
            }
            Mark::Start(tag) if tag.name == b"v" && shared => value = span.at.start,
            Mark::End(b"v") if shared => {
                let inside = &sheet[value + b"<v>".len()..span.at.start];
                let Some(text) = decimal(inside).and_then(|at| texts.get(at as usize)) else {
                    return unfit("no such text");
                };
                cut.replace(value..span.at.end, &format!("<is>{text}</is>"));
            }
            _ => {}
        }
    }
    Ok(cut.finish())
}
