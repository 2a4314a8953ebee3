//! Files of the gallery that text cannot show: empty, cut off, locked, packed.

use std::io::{Cursor, Read as _, Write as _};

use rust_xlsxwriter::DocProperties;
use taizhang::ledger::stamp;
use taizhang::read::{Refusal, read};
use zip::write::SimpleFileOptions;

use crate::build::workbook_of;

/// The content of a file on which the gallery's reader stops.
pub(super) const STOPS: &[u8] = b"the reader stops here";

/// The bytes of a made file; `text` is what the case says below its line.
pub(super) fn bytes(builder: &str, text: &str) -> Vec<u8> {
    match builder {
        "empty" => Vec::new(),
        "cut" => {
            let whole = workbook_of(text);
            let cut = whole[..whole.len() / 2].to_vec();
            assert!(matches!(read(&cut, "a.xlsx"), Err(Refusal::Damaged(_))), "what is cut off cannot be read");
            cut
        }
        "locked" => locked(),
        "workbook" => workbook_of(text),
        "formulas without values" => uncalculated(&workbook_of(text)),
        "a cell twice" => twice(&workbook_of(text)),
        "form of an earlier division" => stamped(),
        "pdf" => b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n".to_vec(),
        "picture" => b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde".to_vec(),
        "stops" => STOPS.to_vec(),
        "archive in archive in archive" => {
            let inner = zipped(&[("综合科.xlsx", &workbook_of(text))]);
            let middle = zipped(&[("内.zip", &inner)]);
            zipped(&[("中.zip", &middle)])
        }
        "archive with a way out" => {
            zipped(&[("../综合科.xlsx", &workbook_of(text)), ("说明.txt", b"see the other file")])
        }
        other => panic!("there is no builder {other:?}"),
    }
}

/// The entries of a made archive that get lines of their own.
pub(super) fn entries(builder: Option<&str>) -> &'static [&'static str] {
    match builder {
        Some("archive in archive in archive") => &["中.zip", "中.zip!内.zip", "中.zip!内.zip!综合科.xlsx"],
        Some("archive with a way out") => &["../综合科.xlsx"],
        _ => &[],
    }
}

/// What Excel makes of a workbook with a password: a compound file that holds the encrypted package.
fn locked() -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a compound file");
    for name in ["/EncryptionInfo", "/EncryptedPackage"] {
        file.create_stream(name).expect("a stream").write_all(&[4, 0, 4, 0, 64, 0, 0, 0]).expect("written");
    }
    file.flush().expect("flushed");
    file.into_inner().into_inner()
}

fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        archive.start_file(*name, SimpleFileOptions::default()).expect("an entry");
        archive.write_all(bytes).expect("written");
    }
    archive.finish().expect("finished").into_inner()
}

/// The workbook with the results of formulas that come to nothing (0) taken out, as programs save it that do not calculate.
fn uncalculated(workbook: &[u8]) -> Vec<u8> {
    with_sheets(workbook, |sheet| sheet.replace("</f><v>0</v>", "</f>"))
}

/// The workbook with another value behind that of C2, in a second cell of that name.
fn twice(workbook: &[u8]) -> Vec<u8> {
    with_sheets(workbook, |sheet| {
        let (before, behind) = sheet.split_once("<c r=\"C2\"").expect("the cell");
        let (cell, behind) = behind.split_once("</c>").expect("its end");
        let other = "<c r=\"C2\" t=\"inlineStr\"><is><t>正在推进</t></is></c>";
        format!("{before}<c r=\"C2\"{cell}</c>{other}{behind}")
    })
}

/// The workbook with its sheets in other words.
fn with_sheets(workbook: &[u8], change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(workbook)).expect("a workbook");
    let mut entries = Vec::new();
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).expect("an entry");
        let (name, mut bytes) = (entry.name().expect("a name").into_owned(), Vec::new());
        entry.read_to_end(&mut bytes).expect("read");
        if name.contains("worksheets/") {
            let before = String::from_utf8(bytes).expect("text");
            let after = change(&before);
            assert_ne!(before, after, "there is such a cell");
            bytes = after.into_bytes();
        }
        entries.push((name, bytes));
    }
    let entries: Vec<(&str, &[u8])> = entries.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    zipped(&entries)
}

/// A filled form with the stamp of another division.
fn stamped() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let properties = [(stamp::DIVISION, "blake3:0000"), (stamp::UNIT, "综合科"), (stamp::WINDOW, "2014-08")];
    let properties =
        properties.iter().fold(DocProperties::new(), |all, (name, value)| all.set_custom_property(*name, *value));
    book.set_properties(&properties);
    let sheet = book.add_worksheet();
    let rows = [
        ["任务编号", "工作任务", "完成情况"],
        ["1-1", "公益广告整治", "正在推进"],
        ["1-2", "环境卫生整治", "正在推进"],
    ];
    for (row, cells) in rows.iter().enumerate() {
        for (col, cell) in cells.iter().enumerate() {
            sheet.write(row as u32, col as u16, *cell).expect("written");
        }
    }
    book.save_to_buffer().expect("saved")
}
