//! Packs a Word document: its body and the other parts.

use std::io::{Cursor, Write as _};

use anyhow::Result;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::{Letter, MM, fonts, run};
use crate::ledger::stamp::OUTPUT;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const TYPES: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006";
const WORD_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// The parts of a finished letter with their names.
pub struct Package([(&'static str, String); 9]);

impl Letter {
    /// The finished letter.
    pub fn package(&self) -> Package {
        Package([
            ("[Content_Types].xml", content_types()),
            ("_rels/.rels", relations()),
            ("docProps/core.xml", core(self)),
            ("docProps/custom.xml", custom()),
            ("word/document.xml", document(self)),
            ("word/_rels/document.xml.rels", document_relations()),
            ("word/styles.xml", styles(self)),
            ("word/fontTable.xml", font_table()),
            ("word/footer1.xml", footer(self)),
        ])
    }

    /// The bytes of the finished letter.
    ///
    /// # Errors
    /// When the package cannot be written.
    pub fn finish(&self) -> Result<Vec<u8>> {
        self.package().bytes()
    }
}

impl Package {
    /// A digest of all that stands in it.
    pub fn digest(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        for (_, text) in &self.0 {
            hasher.update(text.as_bytes());
        }
        hasher.finalize().to_string()
    }

    /// Its bytes. Times in the zip file are fixed, so that the same letter gives the same bytes.
    ///
    /// # Errors
    /// When the package cannot be written.
    pub fn bytes(&self) -> Result<Vec<u8>> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in &self.0 {
            zip.start_file(*name, options)?;
            zip.write_all(HEAD.as_bytes())?;
            zip.write_all(text.as_bytes())?;
        }
        Ok(zip.finish()?.into_inner())
    }
}

fn content_types() -> String {
    let part = |name: &str, kind: &str| format!(r#"<Override PartName="/{name}" ContentType="{kind}"/>"#);
    let parts: String = [
        part("word/document.xml", &format!("{WORD_TYPE}.document.main+xml")),
        part("word/styles.xml", &format!("{WORD_TYPE}.styles+xml")),
        part("word/fontTable.xml", &format!("{WORD_TYPE}.fontTable+xml")),
        part("word/footer1.xml", &format!("{WORD_TYPE}.footer+xml")),
        part("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        part("docProps/custom.xml", "application/vnd.openxmlformats-officedocument.custom-properties+xml"),
    ]
    .concat();
    format!(
        r#"<Types xmlns="{TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>{parts}</Types>"#
    )
}

fn relations() -> String {
    format!(
        r#"<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{OFFICE}/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/><Relationship Id="rId3" Type="{OFFICE}/relationships/custom-properties" Target="docProps/custom.xml"/></Relationships>"#
    )
}

fn document_relations() -> String {
    let relation = |(id, name): (&str, &str)| {
        let kind = name.trim_end_matches(".xml").trim_end_matches('1');
        format!(r#"<Relationship Id="{id}" Type="{OFFICE}/relationships/{kind}" Target="{name}"/>"#)
    };
    let all = [("rId1", "styles.xml"), ("rId2", "fontTable.xml"), ("rId3", "footer1.xml")].map(relation).concat();
    format!(r#"<Relationships xmlns="{PACKAGE}">{all}</Relationships>"#)
}

fn core(letter: &Letter) -> String {
    let time = |name: &str| format!(r#"<dcterms:{name} xsi:type="dcterms:W3CDTF">{}</dcterms:{name}>"#, letter.made);
    format!(
        r#"<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:creator>taizhang</dc:creator>{}{}</cp:coreProperties>"#,
        time("created"),
        time("modified")
    )
}

/// The property that identifies outputs of this program in an inbox.
fn custom() -> String {
    format!(
        r#"<Properties xmlns="{OFFICE}/custom-properties" xmlns:vt="{OFFICE}/docPropsVTypes"><property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{OUTPUT}"><vt:lpwstr>letter</vt:lpwstr></property></Properties>"#
    )
}

/// A4 with the margins of GB/T 9704: 37 mm above, 35 below, 28 left, 26 right; on its long side 28 above and 25 around.
fn document(letter: &Letter) -> String {
    let mm = |length: f64| (length * MM).round() as i32;
    let ([width, height], [top, right, bottom, left]) = if letter.lies {
        ([297.0, 210.0], [28.0, 25.0, 25.0, 25.0])
    } else {
        ([210.0, 297.0], [37.0, 26.0, 35.0, 28.0])
    };
    format!(
        r#"<w:document xmlns:w="{W}" xmlns:r="{OFFICE}/relationships"><w:body>{}<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:pgSz w:w="{}" w:h="{}"{}/><w:pgMar w:top="{}" w:right="{}" w:bottom="{}" w:left="{}" w:header="{}" w:footer="{}" w:gutter="0"/></w:sectPr></w:body></w:document>"#,
        letter.body,
        mm(width),
        mm(height),
        if letter.lies { r#" w:orient="landscape""# } else { "" },
        mm(top),
        mm(right),
        mm(bottom),
        mm(left),
        mm(15.0),
        mm(25.0),
    )
}

fn styles(letter: &Letter) -> String {
    format!(
        r#"<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>{}<w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>"#,
        fonts(&letter.body_font)
    )
}

/// The font table, with substitutes for fonts that are not installed.
fn font_table() -> String {
    const STAND_INS: &[(&str, &str, &str)] = &[
        ("方正小标宋简体", "方正小标宋_GBK,小标宋,华文中宋,宋体,SimSun,Noto Serif CJK SC", "roman"),
        ("方正小标宋_GBK", "方正小标宋简体,小标宋,华文中宋,宋体,SimSun,Noto Serif CJK SC", "roman"),
        ("仿宋_GB2312", "仿宋,FangSong,方正仿宋_GBK,华文仿宋,Noto Serif CJK SC", "modern"),
        ("仿宋", "仿宋_GB2312,FangSong,方正仿宋_GBK,华文仿宋,Noto Serif CJK SC", "modern"),
        ("楷体_GB2312", "楷体,KaiTi,方正楷体_GBK,华文楷体,Noto Serif CJK SC", "modern"),
        ("黑体", "SimHei,方正黑体_GBK,Noto Sans CJK SC", "modern"),
    ];
    let font = |(name, others, family): &(&str, &str, &str)| {
        format!(
            r#"<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/><w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>"#
        )
    };
    let fonts = STAND_INS.iter().map(font).collect::<Vec<_>>().concat();
    format!(r#"<w:fonts xmlns:w="{W}">{fonts}</w:fonts>"#)
}

/// The page number: — 1 —.
fn footer(letter: &Letter) -> String {
    let field = |kind: &str| {
        format!(
            r#"<w:r><w:rPr>{}<w:sz w:val="28"/></w:rPr><w:fldChar w:fldCharType="{kind}"/></w:r>"#,
            fonts(&letter.body_font)
        )
    };
    let code = format!(
        r#"<w:r><w:rPr>{}<w:sz w:val="28"/></w:rPr><w:instrText xml:space="preserve">PAGE</w:instrText></w:r>"#,
        fonts(&letter.body_font)
    );
    format!(
        r#"<w:ftr xmlns:w="{W}"><w:p><w:pPr><w:jc w:val="center"/></w:pPr>{}{}{code}{}{}{}{}</w:p></w:ftr>"#,
        run("— ", &letter.body_font, 28),
        field("begin"),
        field("separate"),
        run("1", &letter.body_font, 28),
        field("end"),
        run(" —", &letter.body_font, 28),
    )
}
