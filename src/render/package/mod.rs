//! Changes existing workbooks in a few places and keeps everything else byte for byte. `rust_xlsxwriter` can only write
//! new workbooks, which would lose drop-downs, print settings, formulas and pictures.
//!
//! A package that is not in the form that Excel, WPS and LibreOffice write today is [`Unfit`]; the caller then writes a
//! new workbook.

mod active;
mod book;
mod graft;
mod layout;
mod lists;
mod notes;
mod patch;
mod proof;
mod properties;
mod reach;
mod rows;
mod splices;
mod styles;
mod unfit;

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write as _};

use memchr::memmem;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

pub use book::{Book, SheetPart};
pub use layout::Layout;
pub use notes::Note;
pub use patch::{Content, Patch};
pub use proof::Texts;
pub use reach::Below;
pub use styles::Styles;
pub use unfit::Unfit;
use unfit::unfit;

use self::splices::{Splices, escaped, retagged};
use crate::read::resolve;
use crate::read::xml::{Mark, spans};
use crate::render::workbook::{COMPRESSION, QUICK};

/// The most bytes of a part that is changed.
const LARGEST_PART: u64 = 64 << 20;
/// Smaller parts are stored: beginning to deflate costs more than such a part is worth.
const LEAST_DEFLATED: usize = 1 << 10;
const TYPES: &str = "[Content_Types].xml";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MAIN: &[u8] = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// A package with the changes to be made.
pub struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// The names of all parts as written, by [`key`].
    names: BTreeMap<String, String>,
    /// Changed and new parts; none for a removed part.
    changed: BTreeMap<String, Option<Vec<u8>>>,
    /// Unchanged parts that were asked for: some are looked at again and again.
    inflated: BTreeMap<String, Vec<u8>>,
}

/// A relation of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// The id.
    pub id: String,
    /// The complete type.
    pub kind: String,
    /// The target part; an address outside of the package if `external`.
    pub target: String,
    /// Whether the target is outside of the package.
    pub external: bool,
}

impl Relation {
    /// The last segment of the type: `worksheet`, `comments` …
    pub fn word(&self) -> &str {
        self.kind.rsplit('/').next().unwrap_or_default()
    }
}

/// The key of a part: case does not matter.
fn key(name: &str) -> String {
    name.trim_start_matches('/').replace('\\', "/").to_lowercase()
}

/// The names of the parts of a package, by [`key`].
fn names(zip: &ZipArchive<Cursor<&[u8]>>) -> BTreeMap<String, String> {
    zip.file_names().flatten().map(|name| (key(&name), name.into_owned())).collect()
}

impl<'a> Package<'a> {
    /// Opens a package.
    ///
    /// # Errors
    /// [`Unfit`] when it is no zip file, or two parts share a name.
    pub fn open(bytes: &'a [u8]) -> Result<Package<'a>, Unfit> {
        let zip = ZipArchive::new(Cursor::new(bytes))?;
        let names = names(&zip);
        if names.len() != zip.len() || zip.has_duplicate_names() {
            return unfit("two parts of one name");
        }
        Ok(Package { zip, names, changed: BTreeMap::new(), inflated: BTreeMap::new() })
    }

    /// Whether the part exists.
    pub fn has(&self, part: &str) -> bool {
        let part = key(part);
        self.changed.get(&part).map_or_else(|| self.names.contains_key(&part), Option::is_some)
    }

    /// The current bytes of a part; none if it does not exist.
    ///
    /// # Errors
    /// [`Unfit`] when the part is damaged or too large to change.
    pub fn part(&mut self, part: &str) -> Result<Option<Vec<u8>>, Unfit> {
        let part = key(part);
        if let Some(changed) = self.changed.get(&part) {
            return Ok(changed.clone());
        }
        if let Some(inflated) = self.inflated.get(&part) {
            return Ok(Some(inflated.clone()));
        }
        let Some(name) = self.names.get(&part) else { return Ok(None) };
        let mut bytes = Vec::new();
        self.zip.by_name(name)?.take(LARGEST_PART + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > LARGEST_PART {
            return unfit("a part of more than 64 MB");
        }
        self.inflated.insert(part, bytes.clone());
        Ok(Some(bytes))
    }

    /// A part as an XML document in UTF-8 that can be changed in place.
    ///
    /// # Errors
    /// [`Unfit`] when it does not exist, is not in UTF-8, has a document type, or uses prefixes for its main namespace.
    pub fn document(&mut self, part: &str) -> Result<Vec<u8>, Unfit> {
        let Some(document) = self.part(part)? else { return Err(Unfit(format!("no part {part}").into())) };
        if std::str::from_utf8(&document).is_err()
            || memmem::find(&document[..document.len().min(4096)], b"<!DOCTYPE").is_some()
        {
            return unfit("a part that is no plain XML");
        }
        let declared = &document[..document.iter().position(|&byte| byte == b'>').unwrap_or_default()];
        if let Some(at) = declared.windows(9).position(|nine| nine == b"encoding=") {
            let name: String = declared[at + 10..].iter().map(|&byte| char::from(byte)).take(5).collect();
            if !name.eq_ignore_ascii_case("utf-8") {
                return unfit("a part in another encoding");
            }
        }
        let root = spans(&document).find_map(|span| match span.mark {
            Mark::Start(tag) | Mark::Empty(tag) => Some(document[span.at.start + 1..].starts_with(tag.name)),
            Mark::End(_) => None,
        });
        if root != Some(true) {
            return unfit("names with prefixes");
        }
        Ok(document)
    }

    /// Replaces or adds a part.
    pub fn set(&mut self, part: &str, bytes: Vec<u8>) {
        self.names.entry(key(part)).or_insert_with(|| part.to_owned());
        self.changed.insert(key(part), Some(bytes));
    }

    /// Removes a part and its relations.
    ///
    /// # Errors
    /// As [`Package::document`].
    pub fn remove(&mut self, part: &str) -> Result<(), Unfit> {
        self.changed.insert(key(&relations_of(part)), None);
        self.changed.insert(key(part), None);
        let types = self.document(TYPES)?;
        let mut cut = Splices::of(&types);
        for span in spans(&types) {
            if let Mark::Empty(tag) = span.mark
                && tag.text("PartName").is_some_and(|name| key(&name) == key(part))
            {
                cut.replace(span.at, "");
            }
        }
        let types = cut.finish();
        self.set(TYPES, types);
        Ok(())
    }

    /// An unused name: `xl/comments7.xml` from `xl/comments` and `.xml`.
    pub fn free(&self, stem: &str, ending: &str) -> String {
        let names = (1u32..).map(|number| format!("{stem}{number}{ending}"));
        names.into_iter().find(|name| !self.names.contains_key(&key(name))).unwrap_or_default()
    }

    /// Adds a part with its type.
    ///
    /// # Errors
    /// As [`Package::document`].
    pub fn add(&mut self, part: &str, content_type: &str, bytes: Vec<u8>) -> Result<(), Unfit> {
        self.set(part, bytes);
        let types = self.document(TYPES)?;
        let line = format!(r#"<Override PartName="/{}" ContentType="{content_type}"/>"#, escaped(part));
        self.set(TYPES, at_the_end(&types, &line)?);
        Ok(())
    }

    /// Changes the content type of a part.
    ///
    /// # Errors
    /// As [`Package::document`]; also when the part has no content type of its own.
    pub fn retype(&mut self, part: &str, content_type: &str) -> Result<(), Unfit> {
        let types = self.document(TYPES)?;
        let mut cut = Splices::of(&types);
        for span in spans(&types) {
            if let Mark::Empty(tag) = span.mark
                && tag.text("PartName").is_some_and(|name| key(&name) == key(part))
            {
                let line = retagged(&types[span.at.clone()], &[("ContentType", Some(content_type))]);
                cut.replace(span.at, &line);
                let types = cut.finish();
                self.set(TYPES, types);
                return Ok(());
            }
        }
        unfit("a part without a type")
    }

    /// The relations of a part; those of the package if the name is empty.
    ///
    /// # Errors
    /// As [`Package::document`].
    pub fn relations(&mut self, part: &str) -> Result<Vec<Relation>, Unfit> {
        let list = relations_of(part);
        if !self.has(&list) {
            return Ok(Vec::new());
        }
        let document = self.document(&list)?;
        let folder = part.rsplit_once('/').map_or("", |(folder, _)| folder);
        let relations = spans(&document).filter_map(|span| {
            let (Mark::Start(tag) | Mark::Empty(tag)) = span.mark else { return None };
            let external = tag.attribute("TargetMode") == Some(b"External");
            let target = tag.text("Target").unwrap_or_default();
            (tag.name == b"Relationship").then(|| Relation {
                id: tag.text("Id").unwrap_or_default(),
                kind: tag.text("Type").unwrap_or_default(),
                target: if external { target } else { resolve(folder, &target) },
                external,
            })
        });
        Ok(relations.collect())
    }

    /// Adds a relation between two parts and returns its id; `kind` is the last segment of its type.
    ///
    /// # Errors
    /// As [`Package::document`].
    pub fn relate(&mut self, part: &str, kind: &str, target: &str) -> Result<String, Unfit> {
        let taken = self.relations(part)?;
        let ids = (1u32..).map(|number| format!("rIdT{number}"));
        let id = ids.into_iter().find(|id| taken.iter().all(|relation| relation.id != *id)).unwrap_or_default();
        let line = format!(r#"<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="/{}"/>"#, escaped(target));
        let list = relations_of(part);
        let document = if self.has(&list) {
            self.document(&list)?
        } else {
            br#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>"#
                .to_vec()
        };
        self.set(&list, at_the_end(&document, &line)?);
        Ok(id)
    }

    /// Removes a relation.
    ///
    /// # Errors
    /// As [`Package::document`].
    pub fn unrelate(&mut self, part: &str, id: &str) -> Result<(), Unfit> {
        let list = relations_of(part);
        let document = self.document(&list)?;
        let mut cut = Splices::of(&document);
        for span in spans(&document) {
            if let Mark::Empty(tag) = span.mark
                && tag.text("Id").as_deref() == Some(id)
            {
                cut.replace(span.at, "");
            }
        }
        let document = cut.finish();
        self.set(&list, document);
        Ok(())
    }

    /// Changes cells of a sheet, by 0-based row and column. Absent cells and rows are inserted.
    ///
    /// # Errors
    /// [`Unfit`] when the sheet cannot be changed safely.
    pub fn patch(&mut self, sheet: &str, cells: &BTreeMap<(u32, u32), Patch>) -> Result<(), Unfit> {
        let document = self.document(sheet)?;
        let patched = patch::patched(&document, cells)?;
        if patched.formulas_gone {
            self.forget_calculation_order()?;
        }
        self.set(sheet, patched.sheet);
        Ok(())
    }

    /// Removes the calculation chain, which lists every cell with a formula; Excel rebuilds it.
    fn forget_calculation_order(&mut self) -> Result<(), Unfit> {
        let book = self.main()?;
        for relation in self.relations(&book)? {
            if relation.word() == "calcChain" {
                self.unrelate(&book, &relation.id)?;
                self.remove(&relation.target)?;
            }
        }
        Ok(())
    }

    /// The path of the workbook part.
    fn main(&mut self) -> Result<String, Unfit> {
        let named =
            self.relations("")?.into_iter().find(|relation| relation.kind == format!("{OFFICE}/officeDocument"));
        named.map_or_else(|| unfit("no workbook part of the transitional kind"), |relation| Ok(relation.target))
    }

    /// The bytes of the package. Unchanged parts are copied without inflating them. The time of changed parts is fixed, so that
    /// the same changes give the same bytes.
    ///
    /// # Errors
    /// [`Unfit`] when the container cannot be written.
    pub fn finish(&mut self) -> Result<Vec<u8>, Unfit> {
        self.packed(COMPRESSION)
    }

    /// As [`Package::finish`], for a copy that is sent once: changed parts are packed as fast as can be.
    ///
    /// # Errors
    /// As [`Package::finish`].
    pub fn finish_quickly(&mut self) -> Result<Vec<u8>, Unfit> {
        self.packed(QUICK)
    }

    fn packed(&mut self, level: u8) -> Result<Vec<u8>, Unfit> {
        let stored = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Stored)
            .last_modified_time(DateTime::default());
        let deflated = stored.compression_method(CompressionMethod::Deflated).compression_level(Some(i64::from(level)));
        let options = |part: &[u8]| if part.len() < LEAST_DEFLATED { stored } else { deflated };
        let mut out = ZipWriter::new(Cursor::new(Vec::new()));
        let old = names(&self.zip);
        for at in 0..self.zip.len() {
            let entry = self.zip.by_index_raw(at)?;
            let part = key(&entry.name()?);
            match self.changed.get(&part) {
                None => out.raw_copy_file(entry)?,
                Some(None) => {}
                Some(Some(bytes)) => {
                    out.start_file(self.names.get(&part).map_or(part.as_str(), String::as_str), options(bytes))?;
                    out.write_all(bytes)?;
                }
            }
        }
        for (part, bytes) in self.changed.iter().filter(|(part, _)| !old.contains_key(*part)) {
            if let Some(bytes) = bytes {
                out.start_file(self.names.get(part).map_or(part.as_str(), String::as_str), options(bytes))?;
                out.write_all(bytes)?;
            }
        }
        Ok(out.finish()?.into_inner())
    }
}

/// The name of the part with the relations of a part.
fn relations_of(part: &str) -> String {
    let (folder, file) = part.rsplit_once('/').map_or(("", part), |(folder, file)| (folder, file));
    if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") }
}

/// A document with an element added at the end of its root.
fn at_the_end(document: &[u8], line: &str) -> Result<Vec<u8>, Unfit> {
    let last = spans(document).last();
    let mut cut = Splices::of(document);
    match last.map(|span| (span.mark, span.at)) {
        Some((Mark::End(_), at)) => cut.insert(at.start, line),
        Some((Mark::Empty(tag), at)) => {
            let name = String::from_utf8_lossy(tag.name);
            let open = String::from_utf8_lossy(&document[at.clone()]).replace("/>", ">");
            cut.replace(at, &format!("{open}{line}</{name}>"));
        }
        _ => return unfit("a part that is cut off"),
    }
    Ok(cut.finish())
}
