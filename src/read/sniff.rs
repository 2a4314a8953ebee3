//! Detects the format of a file from its content, never from its name.

use std::io::Cursor;

use super::outcome::{Format, Refusal};
use super::text;
use super::xml::{Token, Xml};

/// Detects the format of a file that may contain a table.
///
/// # Errors
/// [`Refusal::Empty`], [`Refusal::Encrypted`], [`Refusal::NotATable`] with the format found, or [`Refusal::Damaged`] for
/// a container that cannot be listed.
pub fn sniff(bytes: &[u8], name: &str) -> Result<Format, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") || bytes.starts_with(b"PK\x07\x08") {
        return zipped(bytes);
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return compound(bytes);
    }
    if let Some((_, kind)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(Refusal::NotATable(Some((*kind).into())));
    }
    let head = text::decode(&bytes[..bytes.len().min(8192)]).ok_or(Refusal::NotATable(None))?;
    textual(&head, &extension(name))
}

/// The first bytes of formats that are not read. Old Excel files without a container begin with their BOF record.
const MAGIC: [(&[u8], &str); 17] = [
    (b"%PDF", "pdf"),
    (b"\xFF\xD8\xFF", "jpeg"),
    (b"\x89PNG", "png"),
    (b"GIF8", "gif"),
    (b"BM", "bmp"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"{\\rtf", "rtf"),
    (b"Rar!", "rar"),
    (b"7z\xBC\xAF\x27\x1C", "7z"),
    (b"\x1F\x8B", "gz"),
    (b"\x09\x08", "xls4"),
    (b"\x09\x04", "xls4"),
    (b"\x09\x02", "xls4"),
    (b"\x09\0\x04\0", "xls4"),
    (b"MZ", "exe"),
    (b"SQLite format 3", "sqlite"),
];

fn zipped(bytes: &[u8]) -> Result<Format, Refusal> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| Refusal::Damaged(e.to_string()))?;
    let names: Vec<String> = zip.file_names().flatten().map(|name| name.replace('\\', "/").to_lowercase()).collect();
    let has = |name: &str| names.iter().any(|n| n == name);
    let not = |kind: &str| Err(Refusal::NotATable(Some(kind.into())));
    // The types of its parts say what a package is; folders are called as anybody likes. Where the list of types is gone
    // the usual main part stands for it, and where it says nothing the usual folder.
    let listed = has("[content_types].xml");
    let kind = if listed { package(&mut zip) } else { None };
    let usual = |folder: &str, part: &str| if listed { names.iter().any(|n| n.starts_with(folder)) } else { has(part) };
    match kind {
        Some("xlsx") => return Ok(Format::Xlsx),
        Some("xlsb") => return Ok(Format::Xlsb),
        Some("docx") => return Ok(Format::Docx),
        Some(kind) => return not(kind),
        None if has("xl/workbook.bin") => return Ok(Format::Xlsb),
        None if usual("xl/", "xl/workbook.xml") => return Ok(Format::Xlsx),
        None if usual("word/", "word/document.xml") => return Ok(Format::Docx),
        None if usual("ppt/", "ppt/presentation.xml") => return not("pptx"),
        None => {}
    }
    if has("mimetype") {
        let mut kind = String::new();
        if let Ok(mut part) = zip.by_name("mimetype") {
            let _ = std::io::Read::read_to_string(&mut std::io::Read::take(&mut part, 200), &mut kind);
        }
        return match kind.trim().strip_prefix("application/vnd.oasis.opendocument.") {
            Some(kind) if kind.starts_with("spreadsheet") => Ok(Format::Ods),
            Some("text") => not("odt"),
            Some("presentation") => not("odp"),
            _ => Ok(Format::Zip),
        };
    }
    if has("content.xml") && has("meta-inf/manifest.xml") {
        return Ok(Format::Ods);
    }
    if has("ofd.xml") {
        return not("ofd");
    }
    Ok(Format::Zip)
}

/// Types of main parts, by a piece that no other type has, and what they make of a package.
const MAIN_PARTS: [(&str, &str); 11] = [
    ("wordprocessingml.document.main", "docx"),
    ("wordprocessingml.template.main", "docx"),
    ("ms-word.document.macroenabled", "docx"),
    ("ms-word.template.macroenabled", "docx"),
    ("ms-excel.sheet.binary.", "xlsb"),
    ("spreadsheetml.sheet.main", "xlsx"),
    ("spreadsheetml.template.main", "xlsx"),
    ("ms-excel.sheet.macroenabled.main", "xlsx"),
    ("ms-excel.template.macroenabled.main", "xlsx"),
    ("presentationml.", "pptx"),
    ("ms-visio.", "vsdx"),
];
/// What the list of types says a package is; none where it names no main part.
fn package(zip: &mut zip::ZipArchive<Cursor<&[u8]>>) -> Option<&'static str> {
    /// A list of types is longer only where someone wants it to be.
    const LONGEST: u64 = 4 << 20;
    let is_list = |name: zip::result::ZipResult<std::borrow::Cow<'_, str>>| {
        name.is_ok_and(|name| name.eq_ignore_ascii_case("[content_types].xml"))
    };
    let at = zip.file_names().position(is_list)?;
    let mut xml = Xml::open(std::io::Read::take(zip.by_index(at).ok()?, LONGEST)).ok()?;
    loop {
        match xml.next().ok()? {
            Token::Start(tag) if matches!(tag.name, b"Override" | b"Default") => {
                let kind = tag.text("ContentType").unwrap_or_default().to_ascii_lowercase();
                // A drawing or a letter that the package merely embeds has a type too.
                let main = kind.contains(".main");
                if let Some((_, format)) = MAIN_PARTS.iter().find(|(part, _)| main && kind.contains(part)) {
                    return Some(format);
                }
            }
            Token::Eof => return None,
            _ => {}
        }
    }
}

fn compound(bytes: &[u8]) -> Result<Format, Refusal> {
    let file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|e| Refusal::Damaged(e.to_string()))?;
    let has = |name: &str| file.is_stream(name);
    if has("/EncryptedPackage") || has("/EncryptionInfo") {
        return Err(Refusal::Encrypted);
    }
    // Names of streams are the same in capitals.
    if has("/Workbook") || has("/Book") {
        return Ok(Format::Xls);
    }
    let kind = [("/WordDocument", "doc"), ("/PowerPoint Document", "ppt"), ("/__properties_version1.0", "msg")]
        .into_iter()
        .find(|(stream, _)| has(stream));
    Err(Refusal::NotATable(kind.map(|(_, kind)| kind.into())))
}

fn textual(head: &str, extension: &str) -> Result<Format, Refusal> {
    let low: String = head.trim_start().chars().take(4096).collect::<String>().to_ascii_lowercase();
    if low.contains("urn:schemas-microsoft-com:office:spreadsheet") && low.contains("<workbook") {
        return Ok(Format::Xml);
    }
    if low.contains("urn:oasis:names:tc:opendocument") && low.contains("opendocument.spreadsheet") {
        return Ok(Format::Ods);
    }
    if low.starts_with('<') && ["<html", "<table", "<!doctype html", "<body", "<tr"].iter().any(|tag| low.contains(tag))
    {
        return Ok(Format::Html);
    }
    let not = |kind: &str| Err(Refusal::NotATable(Some(kind.into())));
    if low.contains("schemas.microsoft.com/office/2006/xmlpackage") || low.contains("/office/word/2003/wordml") {
        return not("word xml");
    }
    if low.starts_with("<?xml") || low.starts_with('<') {
        return not("xml");
    }
    if low.starts_with("mime-version:") || low.contains("\ncontent-type: multipart/") {
        return not("mht");
    }
    let csv = matches!(extension, "csv" | "tsv" | "tab");
    if !csv && (low.starts_with('{') || low.starts_with('[')) {
        return not("json");
    }
    // Plain text is no table; a list in one column is one only if the file is named .csv or the like.
    if csv || super::csv::is_tabular(head) { Ok(Format::Csv) } else { not("txt") }
}

/// The extension of a file name, lower case, without the dot; empty when there is none.
pub fn extension(name: &str) -> String {
    let name = name.rsplit(['/', '\\', '!']).next().unwrap_or(name);
    name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase()).unwrap_or_default()
}

/// Whether the extension fits the format; no extension fits any format.
pub fn agrees(format: Format, extension: &str) -> bool {
    matches!(
        (format, extension),
        (_, "")
            | (Format::Xlsx, "xlsx" | "xlsm" | "xltx" | "xltm" | "et" | "ett")
            | (Format::Xlsb, "xlsb")
            | (Format::Xls, "xls" | "xlt" | "et" | "ett")
            | (Format::Ods, "ods" | "ots" | "fods")
            | (Format::Csv, "csv" | "tsv" | "tab" | "txt")
            | (Format::Html, "html" | "htm")
            | (Format::Xml, "xml")
            | (Format::Docx, "docx" | "docm" | "dotx" | "dotm")
            | (Format::Zip, "zip")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sent_by_mistake_is_named() {
        for (bytes, kind) in [
            (&b"%PDF-1.4 ..."[..], Some("pdf")),
            (b"\x89PNG\r\n", Some("png")),
            (b"\xFF\xD8\xFF\xE0", Some("jpeg")),
            (b"{\\rtf1", Some("rtf")),
            (b"{\"a\": 1}", Some("json")),
            ("只是一段话。".as_bytes(), Some("txt")),
            (b"\x00\x01\x02\x03", None),
        ] {
            assert_eq!(sniff(bytes, "a.xls"), Err(Refusal::NotATable(kind.map(String::from))));
        }
        assert_eq!(sniff(b"", "a.xlsx"), Err(Refusal::Empty));
    }

    #[test]
    fn an_archive_begins_with_a_file_or_ends_at_once() {
        for head in [b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"] {
            assert!(matches!(sniff(head, "a.zip"), Err(Refusal::Damaged(_))), "{head:?}");
        }
        assert!(!matches!(sniff(b"PK\x06\x06", "a.zip"), Err(Refusal::Damaged(_))));
    }

    #[test]
    fn what_a_package_embeds_does_not_tell_what_it_is() {
        use std::io::Write as _;
        const MAIN: &str = "application/vnd.openxmlformats-officedocument.";
        for (embedded, main, format) in [
            ("application/vnd.ms-visio.drawing", "spreadsheetml.sheet.main+xml", Ok(Format::Xlsx)),
            (&*format!("{MAIN}presentationml.presentation"), "spreadsheetml.sheet.main+xml", Ok(Format::Xlsx)),
            (&*format!("{MAIN}presentationml.presentation"), "wordprocessingml.document.main+xml", Ok(Format::Docx)),
            (
                "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
                "wordprocessingml.document.main+xml",
                Ok(Format::Docx),
            ),
            ("image/png", "presentationml.presentation.main+xml", Err(Refusal::NotATable(Some("pptx".into())))),
        ] {
            let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
            zip.start_file("[Content_Types].xml", zip::write::SimpleFileOptions::default()).expect("begun");
            let types = format!(
                "<Types><Default Extension=\"bin\" ContentType=\"{embedded}\"/>\
                 <Override PartName=\"/main.xml\" ContentType=\"{MAIN}{main}\"/></Types>"
            );
            zip.write_all(types.as_bytes()).expect("written");
            let bytes = zip.finish().expect("an archive").into_inner();
            assert_eq!(sniff(&bytes, "a.xlsx"), format, "{embedded} in {main}");
        }
    }

    #[test]
    fn text_tables_are_told_by_their_look() {
        assert_eq!(sniff(b"a,b\nc,d", "a.xls"), Ok(Format::Csv));
        assert_eq!(sniff("任务\n广告".as_bytes(), "a.csv"), Ok(Format::Csv));
        assert_eq!(sniff(b"<html><body><table>", "a.xls"), Ok(Format::Html));
        let xml = b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">";
        assert_eq!(sniff(xml, "a.xls"), Ok(Format::Xml));
    }

    #[test]
    fn extensions_are_read_behind_archives_and_dots() {
        assert_eq!(extension("收件/a.zip!dir/附件1.台账.XLSX"), "xlsx");
        assert_eq!(extension("收件.d/台账"), "");
        assert!(agrees(Format::Xls, "et") && !agrees(Format::Html, "xls"));
    }
}
