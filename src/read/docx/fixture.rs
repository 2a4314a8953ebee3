//! Builders of small Word documents: the parts that a reader looks at. Shared with the tests from outside.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::{SimpleFileOptions, ZipWriter};

/// A zip of these parts.
pub(crate) fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("entry");
        zip.write_all(bytes).expect("written");
    }
    zip.finish().expect("finished").into_inner()
}

/// A document by its parts.
pub(crate) struct Docx {
    /// What stands in `w:body`.
    pub(crate) body: String,
    /// What stands in `w:styles`.
    pub(crate) styles: String,
    /// What stands in `w:numbering`.
    pub(crate) numbering: String,
    /// Further relations of the document: id, kind, target.
    pub(crate) relations: Vec<(&'static str, &'static str, &'static str)>,
    /// Further parts.
    pub(crate) more: Vec<(&'static str, Vec<u8>)>,
}

/// A document with this body.
pub(crate) fn docx(body: &str) -> Docx {
    Docx { body: body.into(), styles: String::new(), numbering: String::new(), relations: Vec::new(), more: Vec::new() }
}

impl Docx {
    /// The bytes of the file.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.with("http://schemas.openxmlformats.org/wordprocessingml/2006/main")
    }

    /// The bytes of the file with its elements in this namespace.
    pub(crate) fn with(&self, namespace: &str) -> Vec<u8> {
        let part = |name: &str, inside: &str| {
            format!("<?xml version=\"1.0\"?><w:{name} xmlns:w=\"{namespace}\">{inside}</w:{name}>").into_bytes()
        };
        let mut relations = String::from("<Relationships>");
        let own = [("rS", "styles", "styles.xml"), ("rN", "numbering", "numbering.xml")];
        for (id, kind, target) in own.iter().chain(&self.relations) {
            let _ = write!(relations, "<Relationship Id='{id}' Type='x/{kind}' Target='{target}'/>");
        }
        relations.push_str("</Relationships>");
        let root =
            "<Relationships><Relationship Id='r' Type='x/officeDocument' Target='word/document.xml'/></Relationships>";
        let document = part("document", &format!("<w:body>{}</w:body>", self.body));
        let (styles, numbering) = (part("styles", &self.styles), part("numbering", &self.numbering));
        let mut parts: Vec<(&str, &[u8])> = vec![
            ("[Content_Types].xml", b"<Types/>"),
            ("_rels/.rels", root.as_bytes()),
            ("word/document.xml", &document),
            ("word/_rels/document.xml.rels", relations.as_bytes()),
            ("word/styles.xml", &styles),
            ("word/numbering.xml", &numbering),
        ];
        parts.extend(self.more.iter().map(|(name, bytes)| (*name, bytes.as_slice())));
        zip(&parts)
    }
}

/// A paragraph with this text.
pub(crate) fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>", escaped(text))
}

/// A cell with this text, one paragraph a line.
pub(crate) fn tc(props: &str, text: &str) -> String {
    let lines: String = if text.is_empty() { "<w:p/>".into() } else { text.split('\n').map(p).collect() };
    format!("<w:tc><w:tcPr>{props}</w:tcPr>{lines}</w:tc>")
}

/// A table of plain cells: rows by line, cells between bars.
pub(crate) fn table(drawing: &str) -> String {
    let row =
        |line: &str| format!("<w:tr>{}</w:tr>", line.split('|').map(|cell| tc("", cell.trim())).collect::<String>());
    format!("<w:tbl><w:tblPr/>{}</w:tbl>", drawing.trim().lines().map(row).collect::<String>())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
