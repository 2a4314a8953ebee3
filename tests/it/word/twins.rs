//! Every sample's ledgers as Word documents give the records that the workbooks give.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use taizhang::read::{Format, read};

use crate::build::docx::twin;
use crate::campaign::campaign;
use crate::whole_run::{list, outputs, run_in_process, run_json, text};

const SAMPLES: [&str; 7] = ["bureau", "construction", "index", "street", "three-lists", "three-year", "township"];

#[test]
fn ledgers_say_the_same_in_word() {
    for name in SAMPLES {
        let wanted = records(campaign(name).path(), false);
        assert!(!wanted.is_empty(), "{name} has records");
        for titled in [false, true] {
            let folder = campaign(name);
            put_twins(folder.path(), titled);
            let seen = records(folder.path(), true);
            for (place, lines) in [("only in Excel", less(&wanted, &seen)), ("only in Word", less(&seen, &wanted))] {
                assert!(lines.is_empty(), "{name}, titles outside: {titled}, {place}:\n{}", lines.join("\n"));
            }
        }
    }
}

/// The lines of records.csv without the places, each with how often it stands there.
fn records(folder: &Path, word: bool) -> BTreeMap<String, usize> {
    run_in_process(folder, 2);
    let outputs = outputs(folder);
    let formats: Vec<String> =
        list(&run_json(&outputs), "files").iter().map(|file| text(file, "format").to_owned()).collect();
    assert_eq!(formats.iter().any(|format| format == "docx"), word, "{formats:?}");
    assert!(!word || !formats.iter().any(|format| matches!(format.as_str(), "xls" | "ods" | "csv")), "{formats:?}");
    let csv = String::from_utf8(outputs["records.csv"].clone()).expect("UTF-8");
    let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    let heading = reader.headers().expect("a heading").clone();
    let mut lines = BTreeMap::new();
    for record in reader.records() {
        let record = record.expect("a line");
        let named = heading.iter().zip(&record).filter(|(name, cell)| !name.starts_with("来源") && !cell.is_empty());
        let line: Vec<String> = named.map(|(name, cell)| format!("{name}={cell}")).collect();
        *lines.entry(line.join(" ")).or_default() += 1;
    }
    lines
}

/// What the first has more often than the second.
fn less(all: &BTreeMap<String, usize>, other: &BTreeMap<String, usize>) -> Vec<String> {
    let more = all.iter().filter(|(line, count)| other.get(*line).is_none_or(|known| known < count));
    more.map(|(line, _)| line.clone()).collect()
}

/// Puts a Word document in the place of every ledger of the inbox, at the same times.
fn put_twins(folder: &Path, titled: bool) {
    let inbox = folder.join("收件");
    let files: Vec<PathBuf> = walkdir::WalkDir::new(&inbox)
        .into_iter()
        .map(|entry| entry.expect("readable").into_path())
        .filter(|path| path.is_file() && path.file_name().is_some_and(|name| name != "收件登记.csv"))
        .collect();
    let register = inbox.join("收件登记.csv");
    let mut received = fs::read(&register).map(|bytes| decoded(&bytes)).unwrap_or_default();
    for path in files {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let bytes = fs::read(&path).expect("readable");
        let Ok(book) = read(&bytes, &name) else { continue };
        assert_ne!(book.format, Format::Docx, "samples are workbooks");
        let to = path.with_extension("docx");
        let new = to.file_name().expect("a name").to_string_lossy().into_owned();
        fs::write(&to, twin(&book, titled)).expect("written");
        let time = fs::metadata(&path).and_then(|data| data.modified()).expect("a time");
        fs::File::options().write(true).open(&to).and_then(|file| file.set_modified(time)).expect("set");
        fs::remove_file(&path).expect("removed");
        received = received.replace(&name, &new);
    }
    if register.exists() {
        fs::write(&register, received).expect("written");
    }
}

fn decoded(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::GBK.decode(bytes).0.into_owned(),
    }
}
