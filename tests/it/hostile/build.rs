//! Builders of files as small as the fault they carry.

use std::io::{Cursor, Write};

pub(crate) use crate::build::docx::zip;

/// The parts of a workbook with one sheet.
pub(crate) struct Xlsx {
    pub(crate) workbook: String,
    pub(crate) strings: String,
    pub(crate) styles: String,
    pub(crate) sheets: Vec<Vec<u8>>,
    pub(crate) more: Vec<(String, Vec<u8>)>,
}

/// A workbook whose only sheet has these rows; shared texts are 甲 and 乙, styles: plain, date, percent, 31.
pub(crate) fn xlsx(rows: &str) -> Xlsx {
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    Xlsx {
        workbook: "<workbook><sheets><sheet name=\"台账\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>".into(),
        strings: "<sst><si><t>甲</t></si><si><t>乙</t></si></sst>".into(),
        styles: "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"9\"/><xf numFmtId=\"31\"/></cellXfs></styleSheet>".into(),
        sheets: vec![sheet.into_bytes()],
        more: Vec::new(),
    }
}

impl Xlsx {
    /// The same with the whole sheet part in other words.
    pub(crate) fn sheet(mut self, part: impl Into<Vec<u8>>) -> Self {
        self.sheets = vec![part.into()];
        self
    }

    /// The bytes of the file.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let sheets: Vec<String> = (1..=self.sheets.len())
            .map(|n| format!("<Relationship Id='rId{n}' Type='x/worksheet' Target='worksheets/sheet{n}.xml'/>"))
            .collect();
        let relations = format!(
            "<Relationships>{}<Relationship Id='rIdS' Type='x/sharedStrings' Target='sharedStrings.xml'/>\
             <Relationship Id='rIdT' Type='x/styles' Target='styles.xml'/></Relationships>",
            sheets.concat()
        );
        let names: Vec<String> = (1..=self.sheets.len()).map(|n| format!("xl/worksheets/sheet{n}.xml")).collect();
        let root = "<Relationships><Relationship Id=\"rId1\" Type=\"x/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";
        let mut parts: Vec<(&str, &[u8])> = vec![
            ("[Content_Types].xml", b"<Types/>"),
            ("_rels/.rels", root.as_bytes()),
            ("xl/workbook.xml", self.workbook.as_bytes()),
            ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
            ("xl/sharedStrings.xml", self.strings.as_bytes()),
            ("xl/styles.xml", self.styles.as_bytes()),
        ];
        parts.extend(names.iter().zip(&self.sheets).map(|(name, part)| (name.as_str(), part.as_slice())));
        parts.extend(self.more.iter().map(|(name, part)| (name.as_str(), part.as_slice())));
        zip(&parts)
    }
}

/// An OpenDocument spreadsheet with these tables; `manifest` goes into its manifest.
pub(crate) fn ods(tables: &str, manifest: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    );
    zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", format!("<manifest:manifest>{manifest}</manifest:manifest>").as_bytes()),
        ("content.xml", content.as_bytes()),
    ])
}

/// A compound file of these streams; folders on the way are made.
pub(crate) fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("created");
    for (path, bytes) in streams {
        if let Some((folder, _)) = path.rsplit_once('/').filter(|(folder, _)| !folder.is_empty()) {
            file.create_storage_all(folder).expect("folder");
        }
        file.create_stream(path).expect("stream").write_all(bytes).expect("written");
    }
    file.flush().expect("flushed");
    file.into_inner().into_inner()
}

/// One BIFF record.
pub(crate) fn record(kind: u16, body: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes()[..], &(body.len() as u16).to_le_bytes(), body].concat()
}

/// A text of Excel 97 with its length in two bytes.
pub(crate) fn text97(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let bytes: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    [&(units.len() as u16).to_le_bytes()[..], &[1], &bytes].concat()
}

/// The workbook stream of an Excel 97 file: these records before the list of sheets, these in its only sheet, and how
/// far the sheet's offset is off.
pub(crate) fn biff(globals: &[Vec<u8>], cells: &[Vec<u8>], off: u32) -> Vec<u8> {
    let bof = |kind: u16| record(0x0809, &[&[0, 6][..], &kind.to_le_bytes(), &[0; 12]].concat());
    let list =
        |offset: u32| record(0x0085, &[&offset.to_le_bytes()[..], &[0, 0, 2, 1, 0xF0, 0x53, 0x26, 0x8D]].concat());
    let end = record(0x000A, &[]);
    let before = [bof(5), globals.concat()].concat();
    let offset = (before.len() + list(0).len() + end.len()) as u32 + off;
    [before, list(offset), end.clone(), bof(16), cells.concat(), end].concat()
}

/// An Excel 97 file with these records in its only sheet. Its shared texts are 甲 and 乙.
pub(crate) fn xls(cells: &[Vec<u8>]) -> Vec<u8> {
    compound(&[("/Workbook", &biff(&[strings97(&["甲", "乙"])], cells, 0))])
}

/// The record of shared texts.
pub(crate) fn strings97(texts: &[&str]) -> Vec<u8> {
    let count = (texts.len() as u32).to_le_bytes();
    let all: Vec<u8> = texts.iter().flat_map(|text| text97(text)).collect();
    record(0x00FC, &[&count[..], &count, &all].concat())
}

/// A cell that shows a shared text.
pub(crate) fn label97(row: u16, col: u16, index: u32) -> Vec<u8> {
    record(0x00FD, &[&row.to_le_bytes()[..], &col.to_le_bytes(), &[0, 0], &index.to_le_bytes()].concat())
}
