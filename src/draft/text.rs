//! Plain text as a document: every line a paragraph.

use super::document::Document;

/// The document that a text is.
pub(super) fn document(text: &str) -> Document {
    let mut document = Document::default();
    for line in text.lines() {
        document.paragraph(line);
    }
    document
}
