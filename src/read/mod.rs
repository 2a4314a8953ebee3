//! Bytes → grids: detects the format of a file, reads it with the adapter for that format, and says what could not be
//! read.
//!
//! Adapters know nothing about ledgers, and later stages know nothing about file formats.
//!
//! The adapters are our own, each a walk over tags or records that holds one cell at a time. A general library
//! ([calamine](https://docs.rs/calamine)) was measured first: on strangers' files it grew without bounds, looped, and
//! gave right-looking wrong data in eight ways (texts by a padded index, foreign code pages, formulas without value,
//! two sheets of one name …). On xlsx they also take less than half its instructions; on ods and xlsb they take more.
//!
//! That library is the second reader ([`second`]): independent readers rarely make the same mistake, so the cells of
//! ledgers are read by both and compared. Its known errors are not reported as differences, and if it crashes on a file
//! only the comparison is lost.
//!
//! Bounds: 5,000 parts in a package, 512 MB inflated a part and 768 MB in all, 5 million cells, 512 MB of text,
//! 40 million cells visited in a sheet, 1,000 sheets (tables of a Word document), 64 MB for one text, 32 MB for a page.
//! No adapter recurses or trusts a declared size. The worker process around this module guards against the rest: a panic
//! in the libraries that open zip and compound files or parse a page, and slow files near these bounds.

pub mod appearance;
pub mod health;
pub mod grid;
pub mod outcome;
pub mod sniff;
pub mod docx;
pub mod second;
mod csv;
mod html;
mod iso;
mod numfmt;
mod ods;
mod package;
mod package_health;
mod relations;
mod serial;
mod sink;
mod text;
mod xls;
mod xlsb;
mod xlsx;
pub(crate) mod xml;
mod xml2003;
pub mod zip_entries;

pub use appearance::BookAppearance;
pub use grid::{Dayless, Grid, Image, Raw, Row, Sheet, Visibility, Workbook};
pub use health::{Ailment, Health, health};
pub use outcome::{Format, Lack, Limit, Notice, Refusal, Trouble};
pub(crate) use relations::resolve;
pub use second::SecondReading;
pub(crate) use sink::is_mangled;
pub(crate) use xlsx::sheet::{decimal, reference};

/// Decodes text in any encoding in which offices save files; none where the bytes are not text.
pub(crate) fn decode(bytes: &[u8]) -> Option<std::borrow::Cow<'_, str>> {
    text::decode(bytes)
}

/// Decodes a web page and checks that it is neither too large nor nested too deep to be parsed.
///
/// # Errors
/// [`Refusal::OverBudget`] beyond these bounds, [`Refusal::NotATable`] for bytes that are not text.
pub(crate) fn decode_page(bytes: &[u8]) -> Result<std::borrow::Cow<'_, str>, Refusal> {
    let page = text::decode(bytes).ok_or(Refusal::NotATable(None))?;
    html::within_bounds(&page)?;
    Ok(page)
}

/// Reads a workbook of any supported format. The format is detected from the content, never from the name.
///
/// # Errors
/// A [`Refusal`] when nothing of it can be read.
pub fn read(bytes: &[u8], name: &str) -> Result<Workbook, Refusal> {
    let format = sniff::sniff(bytes, name)?;
    let mut book = match format {
        Format::Xlsx => xlsx::read(bytes),
        Format::Xlsb => xlsb::read(bytes),
        Format::Xls => xls::read(bytes),
        Format::Ods if bytes.starts_with(b"PK") => ods::read(bytes),
        Format::Ods => ods::flat(bytes),
        Format::Csv => text::decode(bytes).map(|text| csv::read(&text)).ok_or(Refusal::NotATable(None)),
        Format::Html => html::read(&text::decode(bytes).ok_or(Refusal::NotATable(None))?),
        Format::Xml => Ok(xml2003::read(bytes)?),
        Format::Docx => docx::read(bytes),
        Format::Zip => Err(Refusal::NotATable(Some("zip".into()))),
    }?;
    let extension = sniff::extension(name);
    if !sniff::agrees(format, &extension) {
        book.notices.insert(0, Notice::ContentNotExtension(extension));
    }
    book.texts.freeze();
    Ok(book)
}

/// The appearance of a workbook; none for all formats but xlsx.
///
/// # Errors
/// A [`Refusal`] when the package is damaged or beyond the limits of the reader.
pub fn appearance(bytes: &[u8], name: &str) -> Result<Option<BookAppearance>, Refusal> {
    match sniff::sniff(bytes, name)? {
        Format::Xlsx => xlsx::appearance::read(bytes).map(Some),
        _ => Ok(None),
    }
}

#[cfg(test)]
mod tests;
