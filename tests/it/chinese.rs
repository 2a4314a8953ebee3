//! A report in Chinese has no English in it, except names of files, cells, formats and programs.

use chrono::NaiveDate;
use taizhang::basis::Lang;
use taizhang::basis::calendar::{Cycle, Window};
use taizhang::basis::finding::Finding;
use taizhang::basis::place::{Source, SourceId};
use taizhang::basis::settings::Settings;
use taizhang::check::support::{phrase, refusal};
use taizhang::check::{KINDS, OneFile, check_file};
use taizhang::division::{Context, Division, FieldSet};
use taizhang::ledger::understand;
use taizhang::outcome::labels;
use taizhang::read::{Refusal, Workbook};

/// Names of formats, encodings, programs and settings that occur in Chinese texts.
const NAMES: &[&str] = &[
    "csv", "doc", "docx", "et", "exe", "gz", "html", "jpeg", "jpg", "json", "mht", "msg", "odp", "ods", "odt", "ofd",
    "pdf", "png", "ppt", "pptx", "rar", "rtf", "sqlite", "txt", "tiff", "word", "wps", "xls", "xlsb", "xlsx", "xml",
    "zip", "excel", "gb", "mb", "kb", "gbk", "bmp", "gif", "vsdx", "libreoffice", "windows", "taizhang", "toml",
];

/// The English words in a text. What stands between quotation marks is data of the file.
fn english(text: &str) -> Vec<String> {
    let mut quoted = 0_i32;
    let outside: String = text
        .chars()
        .map(|c| {
            quoted += i32::from(c == '“') - i32::from(c == '”');
            if quoted > 0 { ' ' } else { c }
        })
        .collect();
    outside
        .split(|c: char| !c.is_ascii_alphanumeric() && !"_-./#!".contains(c))
        // switches: --output
        .filter(|token| !token.starts_with("--"))
        .map(|token| token.trim_matches(|c: char| !c.is_ascii_alphanumeric()))
        .filter(|token| token.bytes().filter(u8::is_ascii_alphabetic).count() > 1)
        // cells (B12), codes (D402), error values (N/A) and file names (a.xlsx)
        .filter(|token| token.bytes().all(|b| b.is_ascii_alphabetic()))
        .filter(|token| !NAMES.contains(&token.to_lowercase().as_str()))
        .map(ToOwned::to_owned)
        .collect()
}

/// Fails if a text of a Chinese report has English in it.
pub(crate) fn assert_chinese(text: &str, about: &str) {
    let english = english(text);
    assert!(english.is_empty(), "{about}: {english:?} in {text:?}");
}

/// Fails if the Chinese wording of a finding has English in it.
pub(crate) fn assert_finding(finding: &Finding, division: &Division) {
    for text in [phrase::message(finding, Lang::Zh, division), phrase::advice(finding, Lang::Zh, division)] {
        assert_chinese(&text, finding.kind.code);
    }
}

/// Fails if anything that is said in Chinese about a file by itself has English in it.
pub(crate) fn assert_file(read: Result<Workbook, Refusal>, name: &str) {
    let day = NaiveDate::from_ymd_opt(2014, 8, 31).expect("a day");
    let division = Division { fields: FieldSet::builtin(), ..Division::default() };
    let cx = Context {
        settings: &Settings::default(),
        division: &division,
        window: Window::containing(Cycle::Month, day),
        as_of: day.and_time(chrono::NaiveTime::MIN),
    };
    let (hash, received) = (String::new(), cx.as_of);
    let source = Source { id: SourceId(1), name: format!("收件/{name}"), hash, received, claim: None, size: 1 };
    let reading = understand(read, &source, &cx);
    for finding in &check_file(&cx, &OneFile { source: &source, reading: &reading }).0 {
        assert_finding(finding, &division);
    }
    if let Some(refused) = &reading.refusal {
        assert_chinese(&refusal::words(refused).zh, name);
    }
    for why in reading.sheets.iter().filter_map(|sheet| labels::why_unread(sheet, Lang::Zh)) {
        assert_chinese(&why, name);
    }
    for ledger in &reading.ledgers {
        assert_chinese(&ledger.why, name);
    }
}

#[test]
fn english_is_told_from_names() {
    assert_eq!(english("12 cells outside the grid"), ["cells", "outside", "the", "grid"]);
    assert_eq!(english("单元格 C4 的“some text”是 #N/A，见 收件/a.xlsx，另存为 xlsx 或用 Excel 打开（D402）"), [""; 0]);
}

#[test]
fn every_kind_speaks_chinese() {
    for kind in KINDS {
        let wording = &kind.zh;
        for text in [wording.title, wording.message, wording.why, wording.mend, wording.example] {
            let mut bare = String::new();
            let mut rest = text;
            while let Some((before, after)) = rest.split_once('{') {
                bare.push_str(before);
                rest = after.split_once('}').map_or("", |(_, after)| after);
            }
            assert_chinese(&format!("{bare}{rest}"), kind.code);
        }
    }
}
