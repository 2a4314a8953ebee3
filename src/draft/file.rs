//! Reads the file of a plan: Word, plain text and web pages. Other formats are refused by name.

use super::document::Document;
use super::{html, text};
use crate::read::{Format, Refusal, sniff};
use crate::read::{Limit, docx};

/// The most bytes of a plain text: a book of a million characters is not a plan.
const MAX_TEXT: usize = 8 << 20;

/// Reads a plan. The content decides the format, not the name.
///
/// # Errors
/// A [`Refusal`]; [`Refusal::NotATable`] names a kind of file that is no plan: doc, pdf, xlsx.
pub fn read(bytes: &[u8], name: &str) -> Result<Document, Refusal> {
    match sniff::sniff(bytes, name) {
        Ok(Format::Docx) => Ok(of_word(docx::document(bytes)?)),
        Ok(Format::Html) => page(bytes),
        Ok(Format::Csv) => plain(bytes),
        Ok(format) => Err(Refusal::NotATable(Some(format.extension().into()))),
        Err(Refusal::NotATable(Some(kind))) if kind == "xml" => page(bytes),
        Err(Refusal::NotATable(Some(kind))) if matches!(kind.as_str(), "txt" | "json") => plain(bytes),
        Err(refusal) => Err(refusal),
    }
}

fn plain(bytes: &[u8]) -> Result<Document, Refusal> {
    if bytes.len() > MAX_TEXT {
        return Err(Refusal::OverBudget(Limit::Page(Limit::mb(MAX_TEXT as u64))));
    }
    let words = crate::read::decode(bytes).ok_or(Refusal::NotATable(None))?;
    Ok(text::document(&words))
}

fn page(bytes: &[u8]) -> Result<Document, Refusal> {
    let page = crate::read::decode_page(bytes)?;
    Ok(html::document(&page))
}

/// The content of a Word document, without headers and tables of contents.
fn of_word(word: docx::Document) -> Document {
    let mut document = Document::default();
    for block in word.blocks {
        match block {
            docx::Block::Paragraph(paragraph) => {
                let contents =
                    paragraph.style.as_deref().is_some_and(|style| style.to_ascii_lowercase().starts_with("toc"));
                if !contents {
                    document.paragraph(paragraph.shown().trim_start_matches(['•', ' ']));
                }
            }
            docx::Block::Table(table) => document.table(table.cells.iter().map(|cell| (cell.area, cell.text()))),
        }
    }
    document
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_plan_is_refused_by_its_kind() {
        let kind = |bytes: &[u8]| match read(bytes, "方案.docx") {
            Err(Refusal::NotATable(kind)) => kind.unwrap_or_default(),
            other => format!("{other:?}"),
        };
        assert_eq!(kind(b"%PDF-1.7"), "pdf");
        assert_eq!(kind(b"{\\rtf1 "), "rtf");
        assert!(read("一、任务\n（一）宣传".as_bytes(), "方案.txt").is_ok_and(|document| document.blocks.len() == 2));
        assert!(read("[附件]\n一、任务".as_bytes(), "方案.txt").is_ok());
        assert!(read("<p>一、任务</p>".as_bytes(), "方案.html").is_ok_and(|document| document.blocks.len() == 1));
        assert_eq!(read(b"", "方案.txt"), Err(Refusal::Empty));
    }
}
