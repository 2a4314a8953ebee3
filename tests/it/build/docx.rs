//! Small Word documents: the parts that a reader looks at, and tables made from the sheets of a workbook.

use std::fmt::Write as _;

use taizhang::basis::place::Area;
use taizhang::read::{Sheet, Workbook};
use taizhang::table::shown;

use crate::hostile::build::zip;

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

/// A document of paragraphs, one a line; lines with ` | ` are rows of a table.
pub(crate) fn plan(text: &str) -> Vec<u8> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let block = |lines: &[&str]| match lines {
        [first, ..] if first.contains(" | ") => table(&lines.join("\n")),
        lines => lines.iter().map(|line| p(line)).collect(),
    };
    let body: String = lines.chunk_by(|a, b| a.contains(" | ") == b.contains(" | ")).map(block).collect();
    docx(&body).bytes()
}

pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A workbook as a Word document: a table for each sheet that is shown, its merged cells merged, its hidden rows hidden.
/// With `titled` rows of one cell before the first that has more are paragraphs above the table, and so are those behind
/// the last below it; else they are rows.
pub(crate) fn twin(book: &Workbook, titled: bool) -> Vec<u8> {
    let visible = |sheet: &&Sheet| sheet.visibility == taizhang::read::Visibility::Visible;
    let sheets: Vec<&Sheet> = book.sheets.iter().filter(visible).collect();
    let mut body = String::new();
    for sheet in &sheets {
        if sheets.len() > 1 {
            body += &p(&sheet.name);
        }
        let Some(extent) = sheet.grid.extent() else { continue };
        let last = |rows: &dyn Fn(u32) -> bool| (0..=extent.bottom).filter(|row| rows(*row)).collect::<Vec<u32>>();
        let wide = last(&|row| sheet.grid.row(row).is_some_and(|row| row.cells.len() > 1));
        let (from, to) = match (wide.first(), wide.last()) {
            (Some(&from), Some(&to)) if titled => (from, to),
            _ => (0, extent.bottom),
        };
        let line = |row: u32| {
            let cells = sheet.grid.row(row).into_iter().flat_map(|row| &row.cells);
            cells.map(|(_, raw)| p(&shown(*raw, &book.texts))).collect::<String>()
        };
        body.extend((0..from).map(line));
        body += "<w:tbl><w:tblPr/>";
        for row in from..=to {
            body += &tr(book, sheet, row, extent.right);
        }
        body += "</w:tbl>";
        body.extend((to + 1..=extent.bottom).map(line));
    }
    docx(&body).bytes()
}

fn tr(book: &Workbook, sheet: &Sheet, row: u32, right: u32) -> String {
    let hidden = if sheet.hidden_rows.contains(&row) { "<w:trPr><w:hidden/></w:trPr>" } else { "" };
    let mut out = format!("<w:tr>{hidden}");
    let mut col = 0;
    while col <= right {
        let over = sheet.merges.iter().find(|area| area.contains(row, col) && area.left == col).copied();
        let area = over.unwrap_or(Area::cell(row, col));
        let mut props = String::new();
        if area.right > area.left {
            let _ = write!(props, "<w:gridSpan w:val=\"{}\"/>", area.right - area.left + 1);
        }
        if area.bottom > area.top {
            props += if row == area.top { "<w:vMerge w:val=\"restart\"/>" } else { "<w:vMerge/>" };
        }
        out += &tc(&props, &shown(sheet.grid.get(row, col), &book.texts));
        col = area.right + 1;
    }
    out + "</w:tr>"
}
