//! Files of the gallery that text cannot show: empty, cut off, locked, packed.

use std::io::{Cursor, Write as _};

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
