//! The workbook part: its sheets, and whatever refers to them by position.

use super::lists::List;
use super::splices::{Splices, escaped, retagged};
use super::unfit::{Unfit, unfit};
use super::{MAIN, OFFICE, Package};
use crate::read::decimal;
use crate::read::xml::{Mark, spans};

/// A parsed workbook part.
pub struct Book {
    /// The path in the package.
    pub path: String,
    /// The sheets in order.
    pub sheets: Vec<SheetPart>,
    pub(super) document: Vec<u8>,
}

/// A sheet of the workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetPart {
    /// The name.
    pub name: String,
    /// The part of the sheet; empty if the package names none.
    pub part: String,
    /// The type: `worksheet`, `chartsheet` …
    pub kind: String,
    id: u32,
    relation: String,
}

impl Package<'_> {
    /// The workbook part.
    ///
    /// # Errors
    /// [`Unfit`] when it is not in the form that Excel writes today.
    pub fn book(&mut self) -> Result<Book, Unfit> {
        let path = self.main()?;
        let document = self.document(&path)?;
        let strict = spans(&document).find_map(|span| match span.mark {
            Mark::Start(tag) => tag.attribute("xmlns").map(|space| space != MAIN),
            _ => None,
        });
        if strict != Some(false) {
            return unfit("no workbook of the transitional kind");
        }
        let relations = self.relations(&path)?;
        let mut sheets = Vec::new();
        for item in List::items(&document, "sheets") {
            for span in spans(item) {
                let (Mark::Start(tag) | Mark::Empty(tag)) = span.mark else { continue };
                let relation = tag.text("r:id").unwrap_or_default();
                let leads = relations.iter().find(|other| other.id == relation && !other.external);
                sheets.push(SheetPart {
                    name: tag.text("name").unwrap_or_default(),
                    part: leads.map(|leads| leads.target.clone()).unwrap_or_default(),
                    kind: leads.map(|leads| leads.word().to_owned()).unwrap_or_default(),
                    id: tag.attribute("sheetId").and_then(decimal).unwrap_or_default(),
                    relation,
                });
            }
        }
        Ok(Book { path, sheets, document })
    }

    /// The part with the styles.
    ///
    /// # Errors
    /// [`Unfit`] when there is none.
    pub fn styles_part(&mut self) -> Result<String, Unfit> {
        let book = self.main()?;
        let styles = self.relations(&book)?.into_iter().find(|relation| relation.word() == "styles");
        styles.map_or_else(|| unfit("no styles"), |styles| Ok(styles.target))
    }

    /// Inserts a sheet before all others, removes some of the others, and makes it the active sheet. `names` are the complete
    /// elements of its defined names, local to sheet 0.
    pub(super) fn sheet_in_front(
        &mut self,
        book: &Book,
        name: &str,
        part: &str,
        names: &[String],
        without: &[usize],
    ) -> Result<(), Unfit> {
        let relation = self.relate(&book.path, "worksheet", part)?;
        let id = book.sheets.iter().map(|sheet| sheet.id).max().unwrap_or_default() + 1;
        let document = &book.document;
        let Some(list) = List::of(document, "sheets") else { return unfit("no list of sheets") };
        if list.items.len() != book.sheets.len() {
            return unfit("sheets of another kind");
        }
        let mut cut = Splices::of(document);
        let line = format!(r#"<sheet name="{}" sheetId="{id}" xmlns:r="{OFFICE}" r:id="{relation}"/>"#, escaped(name));
        cut.insert(list.begin.end, &line);
        for at in without {
            let (Some(item), Some(sheet)) = (list.items.get(*at), book.sheets.get(*at)) else { continue };
            cut.replace(item.clone(), "");
            self.unrelate(&book.path, &sheet.relation)?;
            self.remove(&sheet.part)?;
        }
        let moved = |at: usize| {
            let before = without.iter().filter(|gone| **gone < at).count();
            (!without.contains(&at)).then(|| at + 1 - before)
        };
        match List::of(document, "definedNames") {
            Some(defined) => {
                for item in &defined.items {
                    let end =
                        item.start + document[item.clone()].iter().position(|&b| b == b'>').unwrap_or_default() + 1;
                    let local = spans(&document[item.clone()]).find_map(|span| match span.mark {
                        Mark::Start(tag) | Mark::Empty(tag) => tag.attribute("localSheetId").and_then(decimal),
                        Mark::End(_) => None,
                    });
                    let Some(local) = local else { continue };
                    match moved(local as usize) {
                        None => cut.replace(item.clone(), ""),
                        Some(at) => {
                            let tag = retagged(&document[item.start..end], &[("localSheetId", Some(&at.to_string()))]);
                            cut.replace(item.start..end, &tag);
                        }
                    }
                }
                cut.insert(defined.begin.end, &names.concat());
            }
            None if names.is_empty() => {}
            None => {
                let after = ["externalReferences", "functionGroups"].iter().find_map(|name| List::of(document, name));
                let at = after.unwrap_or(list);
                let end = at.end.map_or(at.begin.end, |end| end.end);
                cut.insert(end, &format!("<definedNames>{}</definedNames>", names.concat()));
            }
        }
        for span in spans(document) {
            let (Mark::Start(tag) | Mark::Empty(tag)) = span.mark else { continue };
            let changes: &[(&str, Option<&str>)] = match tag.name {
                b"workbookView" => &[("activeTab", None), ("firstSheet", None)],
                // Without this, Excel asks whether to update links to other workbooks.
                b"workbookPr" if document[span.at.start + 1..].starts_with(b"workbookPr") => {
                    &[("updateLinks", Some("never"))]
                }
                _ => continue,
            };
            let tag = retagged(&document[span.at.clone()], changes);
            cut.replace(span.at, &tag);
        }
        let document = cut.finish();
        self.set(&book.path, document);
        Ok(())
    }
}
