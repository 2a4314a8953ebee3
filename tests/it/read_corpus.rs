//! Every file of a folder of strangers' spreadsheets comes to an end, whole and damaged. The folder is
//! `TAIZHANG_CORPUS`, else `../shared/corpus`; without one the test says so and passes. `TAIZHANG_MUTATIONS` is the
//! number of damaged copies made of each file (none by default).

use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use calamine::{Data, DataRef, Reader};
use taizhang::read::{self, Raw};

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut out: Vec<PathBuf> = walkdir::WalkDir::new(folder)
        .into_iter()
        .flatten()
        .filter(|entry| entry.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .collect();
    out.sort();
    out
}

/// xlsb has no second reader in Python; calamine is one.
#[test]
fn xlsb_cells_agree_with_calamine() {
    let folder = std::env::var("TAIZHANG_CORPUS").unwrap_or("../shared/corpus".into());
    for path in files(Path::new(&folder)).iter().filter(|path| path.extension().is_some_and(|e| e == "xlsb")) {
        let bytes = std::fs::read(path).expect("readable");
        let Ok(ours) = read::read(&bytes, "a.xlsb") else { continue };
        let mut theirs = calamine::Xlsb::new(Cursor::new(&bytes[..])).expect("calamine reads what we read");
        for (sheet, name) in ours.sheets.iter().zip(theirs.sheet_names()) {
            let Ok(mut cells) = theirs.worksheet_cells_reader(&name) else { continue };
            let mut count = 0;
            while let Ok(Some(cell)) = cells.next_cell() {
                let (row, col) = cell.get_position();
                let expected = match cell.get_value() {
                    DataRef::Empty => continue,
                    value => Data::from(value.clone()).to_string(),
                };
                if expected.is_empty() {
                    continue;
                }
                count += 1;
                let shown = match sheet.grid.get(row, col) {
                    Raw::Text(text) | Raw::Fault(text) | Raw::DigitsLost(text) => ours.texts.get(text).to_string(),
                    Raw::Number { value, .. } => value.to_string(),
                    Raw::Truth(truth) => truth.to_string(),
                    _ => continue,
                };
                assert_eq!(shown, expected, "{} {name} {row},{col}", path.display());
            }
            // calamine leaves out formulas whose value is an error
            let found = sheet.grid.rows.iter().map(|row| row.cells.len()).sum::<usize>();
            assert!(found >= count, "{}: {found} of {count}", path.display());
        }
    }
}

#[test]
#[expect(clippy::print_stderr, reason = "a test that skips says so")]
fn every_file_ends() {
    let folder = std::env::var("TAIZHANG_CORPUS").unwrap_or("../shared/corpus".into());
    let mutations: u32 = std::env::var("TAIZHANG_MUTATIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(0);
    let files = files(Path::new(&folder));
    if files.is_empty() {
        eprintln!("skipped: no corpus in {folder}");
        return;
    }
    let (mut read, mut refused) = (0, 0);
    let mut random = 1u32;
    for path in files {
        let Ok(bytes) = std::fs::read(&path) else { continue };
        let name = path.to_string_lossy();
        match read::read(&bytes, &name) {
            Ok(_) => read += 1,
            Err(_) => refused += 1,
        }
        for _ in 0..mutations {
            let _ = read::read(&damaged(&bytes, &mut random), &name);
        }
    }
    eprintln!("{read} read, {refused} refused");
    assert!(read > refused);
}

/// A copy with some bytes wrong: of the file itself, or of one part of a zip whose sums then agree.
fn damaged(bytes: &[u8], random: &mut u32) -> Vec<u8> {
    let mut next = |below: usize| {
        *random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (*random >> 8) as usize % below.max(1)
    };
    let mut spoil = |bytes: &mut Vec<u8>| {
        for _ in 0..=next(6) {
            let at = next(bytes.len());
            match next(4) {
                0 => bytes.truncate(at),
                1 if at < bytes.len() => bytes[at] = next(256) as u8,
                2 if at < bytes.len() => bytes[at] ^= 1 << next(8),
                _ => {
                    let end = (at + next(40)).min(bytes.len());
                    let piece = bytes[at.min(end)..end].to_vec();
                    let to = next(bytes.len());
                    bytes.splice(to..to, piece);
                }
            }
        }
    };
    let mut copy = bytes.to_vec();
    let Ok(mut zip) = zip::ZipArchive::new(Cursor::new(bytes)) else {
        spoil(&mut copy);
        return copy;
    };
    let mut parts = Vec::new();
    for number in 0..zip.len() {
        let Ok(mut file) = zip.by_index(number) else { continue };
        let (Ok(name), mut part) = (file.name().map(std::borrow::Cow::into_owned), Vec::new()) else { continue };
        if file.size() > 1 << 20 || file.read_to_end(&mut part).is_err() {
            continue;
        }
        parts.push((name, part));
    }
    for (name, part) in &mut parts {
        if name.contains("sheet") || name.contains("Strings") || name.contains("content") || name.contains("styles") {
            spoil(part);
        }
    }
    parts.dedup_by(|a, b| a.0 == b.0);
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, part)| (name.as_str(), part.as_slice())).collect();
    crate::hostile::build::zip(&parts)
}
