//! The builder of samples and templates: `…/source/甲.xlsx.txt` becomes `…/甲.xlsx`.
//!
//! xlsx and csv are byte for byte what the source gives. xls and ods are written by LibreOffice, whose bytes differ from
//! version to version: there the cells that the program's own reader gives are compared with those of the source.
//! `TAIZHANG_BLESS=1 cargo test --test it samples` builds them anew (xls and ods where `soffice` is installed).

mod office;
mod source;
mod xlsx;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use encoding_rs::GBK;
use source::Source;
use taizhang::read::{Raw, Refusal, Workbook, read};

/// The folder of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A file under test: where it is, and what its source says.
#[derive(Debug)]
pub(crate) struct Sample {
    /// Where the built file stands.
    pub(crate) path: PathBuf,
    source: Source,
}

/// All sources below `folder` of the repository, in the order of their paths.
pub(crate) fn samples(folder: &str) -> Vec<Sample> {
    let mut found: Vec<_> = walkdir::WalkDir::new(root().join(folder))
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.expect("readable folder").into_path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt") && path.iter().any(|part| part == "source"))
        .map(|path| Sample { source: load(&path), path: target(&path) })
        .collect();
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// Reads a source, following `copy:`.
fn load(path: &Path) -> Source {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let source = Source::parse(&text);
    match &source.copy {
        Some(other) => load(&root().join(other)),
        None => source,
    }
}

/// The same path without the part `source` and the ending `.txt`.
fn target(source: &Path) -> PathBuf {
    source.iter().filter(|part| *part != "source").collect::<PathBuf>().with_extension("")
}

impl Sample {
    /// What is committed differs from what the source says: how, in a line.
    pub(crate) fn difference(&self) -> Option<String> {
        let name = self.path.strip_prefix(root()).unwrap_or(&self.path).display();
        let Ok(committed) = std::fs::read(&self.path) else {
            return Some(format!("{name}: not built"));
        };
        if self.by_office() {
            let (Ok(wanted), Ok(seen)) = (cells(&self.bytes()), cells(&committed)) else {
                return Some(format!("{name}: cannot be read"));
            };
            let odd = wanted.iter().find(|(at, text)| seen.get(*at) != Some(text));
            return match odd {
                Some((at, text)) => Some(format!("{name}: {at:?} should be {text}, is {:?}", seen.get(at))),
                None if seen.len() != wanted.len() => Some(format!("{name}: more cells than its source")),
                None => None,
            };
        }
        (committed != self.bytes()).then(|| format!("{name}: not what its source builds"))
    }

    /// Builds the file anew.
    pub(crate) fn bless(&self) {
        std::fs::create_dir_all(self.path.parent().expect("a folder")).expect("folder made");
        if self.by_office() {
            office::convert(&self.bytes(), &self.path);
        } else {
            std::fs::write(&self.path, self.bytes()).expect("file written");
        }
    }

    fn has_extension(&self, extension: &str) -> bool {
        self.path.extension().is_some_and(|e| e == extension)
    }

    fn by_office(&self) -> bool {
        self.has_extension("xls") || self.has_extension("ods")
    }

    /// The bytes that the source gives: a csv, else a workbook (for xls and ods the one that LibreOffice converts).
    fn bytes(&self) -> Vec<u8> {
        if self.has_extension("csv") {
            csv(&self.source)
        } else {
            xlsx::workbook(&self.source).unwrap_or_else(|error| panic!("{}: {error}", self.path.display()))
        }
    }
}

/// The first sheet as Chinese Excel saves it: GBK, lines end in CR LF, every line as long as the longest.
fn csv(source: &Source) -> Vec<u8> {
    let sheet = &source.sheets[0];
    let mut writer = csv::WriterBuilder::new().flexible(true).terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in &sheet.rows {
        let texts = (0..sheet.columns()).map(|col| row.cells.get(col).map_or(String::new(), source::Cell::text));
        writer.write_record(texts).expect("written to memory");
    }
    let text = String::from_utf8(writer.into_inner().expect("written to memory")).expect("text");
    if source.utf8 { text.into_bytes() } else { GBK.encode(&text).0.into_owned() }
}

/// Every cell that holds something, as the program reads it: sheet, row, column → what.
fn cells(bytes: &[u8]) -> Result<BTreeMap<(String, u32, u32), String>, Refusal> {
    let book = read(bytes, "sample")?;
    let mut cells = BTreeMap::new();
    for sheet in &book.sheets {
        for row in &sheet.grid.rows {
            for &(col, raw) in &row.cells {
                cells.insert((sheet.name.clone(), row.index, col), shown(&book, raw));
            }
        }
        for area in &sheet.merges {
            cells.insert((format!("{}, merged", sheet.name), area.top, area.left), area.to_string());
        }
    }
    Ok(cells)
}

fn shown(book: &Workbook, raw: Raw) -> String {
    match raw {
        Raw::Text(text) | Raw::Fault(text) | Raw::DigitsLost(text) => book.texts.get(text).to_string(),
        // whether a number is shown as a percentage is told by xlsx alone
        Raw::Number { value, .. } => value.to_string(),
        other => format!("{other:?}"),
    }
}
