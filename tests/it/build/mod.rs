//! The builder of samples and templates: `…/source/甲.xlsx.txt` becomes `…/甲.xlsx`, a folder `…/source/乙.zip` an archive.
//!
//! Of `…/source/方案.docx.txt` each line is a paragraph, lines with ` | ` are rows of a table.
//! docx, xlsx and csv are byte for byte what the source gives. xls and ods are written by LibreOffice, whose bytes differ from
//! version to version: there the cells that the program's own reader gives are compared with those of the source.
//! `TAIZHANG_BLESS=1 cargo test --test it samples` builds them anew (xls and ods where `soffice` is installed).

pub(crate) mod archive;
pub(crate) mod docx;
pub(crate) mod office;
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

/// A file under test: where it is, and what it is built from.
#[derive(Debug)]
pub(crate) struct Sample {
    /// Where the built file stands.
    pub(crate) path: PathBuf,
    from: From,
}

#[derive(Debug)]
enum From {
    Source(Source),
    /// The text of a Word document.
    Plan(String),
    /// A folder whose files are packed.
    Folder(PathBuf),
}

/// All sources below `folder` of the repository, in the order of the files they build. A folder named as an archive
/// is one; what is in it is no file of its own.
pub(crate) fn samples(folder: &str) -> Vec<Sample> {
    let is_archive = |path: &Path| path.is_dir() && path.extension().is_some_and(|e| e == "zip");
    let walk = walkdir::WalkDir::new(root().join(folder)).into_iter();
    let mut found: Vec<_> = walk
        .filter_entry(|entry| !entry.path().parent().is_some_and(is_archive))
        .map(|entry| entry.expect("readable folder").into_path())
        .filter(|path| path.iter().any(|part| part == "source"))
        .filter_map(|path| {
            let target = |path: &Path| path.iter().filter(|part| *part != "source").collect::<PathBuf>();
            if is_archive(&path) {
                return Some(Sample { path: target(&path), from: From::Folder(path) });
            }
            let text = path.extension().is_some_and(|e| e == "txt");
            let built = target(&path).with_extension("");
            let plan = built.extension().is_some_and(|e| e == "docx");
            let words = || std::fs::read_to_string(&path).expect("a readable plan");
            let from = || if plan { From::Plan(words()) } else { From::Source(load(&path)) };
            text.then(|| Sample { from: from(), path: built })
        })
        .collect();
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// The workbook that a source's text gives.
pub(crate) fn workbook_of(text: &str) -> Vec<u8> {
    xlsx::workbook(&Source::parse(text)).unwrap_or_else(|error| panic!("{error} in {text}"))
}

/// Reads a source, following `copy:`.
fn load(path: &Path) -> Source {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    // what an office fills in and changes
    let source = Source { grows: path.starts_with(root().join("templates")), ..Source::parse(&text) };
    match &source.copy {
        Some(other) => load(&root().join(other)),
        None => source,
    }
}

/// The entries of an archive: files of its folder, the texts among them built.
fn entries(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(|e| e.expect("readable").into_path());
    files
        .filter(|path| path.is_file())
        .map(|path| {
            let name = path.strip_prefix(folder).expect("below").to_string_lossy().replace('\\', "/");
            match name.strip_suffix(".txt") {
                Some(built) => (built.to_string(), bytes(&load(&path), Path::new(built))),
                None => (name, std::fs::read(&path).expect("readable")),
            }
        })
        .collect()
}

/// What a source gives under this name: a csv, else a workbook (for xls and ods the one that LibreOffice converts).
fn bytes(source: &Source, name: &Path) -> Vec<u8> {
    if name.extension().is_some_and(|e| e == "csv") {
        csv(source)
    } else {
        xlsx::workbook(source).unwrap_or_else(|error| panic!("{}: {error}", name.display()))
    }
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

    fn bytes(&self) -> Vec<u8> {
        match &self.from {
            From::Source(source) => bytes(source, &self.path),
            From::Plan(text) => docx::plan(text),
            From::Folder(folder) => archive::zip(&entries(folder)),
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
pub(crate) fn cells(bytes: &[u8]) -> Result<BTreeMap<(String, u32, u32), String>, Refusal> {
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
