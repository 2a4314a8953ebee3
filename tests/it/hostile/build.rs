//! Builders of files as small as the fault they carry.

#[path = "../../../src/read/xls/fixture.rs"]
mod fixture;

pub(crate) use crate::build::docx::zip;
pub(crate) use fixture::{biff, compound, label97, record, strings97, text97, xls};

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
