//! A zip package: access to its parts by name. Inflated sizes are limited, checksums are verified.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::{self, Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::outcome::{Limit, Refusal};
use super::xml::Xml;

/// The most entries in one zip file.
pub(super) const MAX_ENTRIES: usize = 5_000;
/// The most inflated bytes of one part.
const MAX_PART: u64 = 512 << 20;
/// The most inflated bytes of all parts together.
const MAX_TOTAL: u64 = 768 << 20;

/// An opened package.
pub(super) struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    index: BTreeMap<String, usize>,
    spent: Cell<u64>,
}

impl<'a> Package<'a> {
    /// Opens the container and lists its parts.
    ///
    /// # Errors
    /// [`Refusal::Damaged`] when there is no central directory or two parts share a name (readers would disagree on which
    /// one counts), [`Refusal::OverBudget`] when there are too many parts.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(refuse_zip)?;
        if zip.len() > MAX_ENTRIES {
            return Err(Refusal::OverBudget(Limit::Parts(MAX_ENTRIES as u64)));
        }
        let mut index = BTreeMap::new();
        let mut repeated = zip.has_duplicate_names();
        for (number, name) in zip.file_names().enumerate() {
            if let Ok(name) = name {
                repeated |= index.insert(key(&name), number).is_some();
            }
        }
        if repeated {
            return Err(Refusal::Damaged("two parts of one name".into()));
        }
        Ok(Package { zip, index, spent: Cell::new(0) })
    }

    /// Whether there is such a part. Case is ignored, as office programs do.
    pub(super) fn has(&self, name: &str) -> bool {
        self.index.contains_key(&key(name))
    }

    /// Opens a part as XML; none where there is no such part.
    pub(super) fn xml<'s>(&'s mut self, name: &str) -> Option<Result<Xml<Box<dyn Read + 's>>, Refusal>> {
        Some(self.part(name)?.and_then(|part| Ok(Xml::open(part)?)))
    }

    /// Opens a part; none where there is no such part.
    pub(super) fn part<'s>(&'s mut self, name: &str) -> Option<Result<impl Read + use<'s, 'a>, Refusal>> {
        let number = *self.index.get(&key(name))?;
        let spent = &self.spent;
        Some(self.zip.by_index(number).map(|file| Counted { file, part: 0, spent }).map_err(refuse_zip))
    }
}

fn key(name: &str) -> String {
    name.trim_start_matches('/').replace('\\', "/").to_lowercase()
}

/// Counts the bytes actually inflated, because declared sizes may be wrong.
struct Counted<'z, R> {
    file: R,
    part: u64,
    spent: &'z Cell<u64>,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let got = self.file.read(into)?;
        self.part += got as u64;
        self.spent.set(self.spent.get() + got as u64);
        let over = [(self.part, MAX_PART), (self.spent.get(), MAX_TOTAL)].into_iter().find(|(size, most)| size > most);
        if let Some((_, most)) = over {
            return Err(io::Error::other(Limit::Inflated(Limit::mb(most))));
        }
        Ok(got)
    }
}

/// The refusal for an error while inflating.
impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Refusal {
        match error.downcast() {
            Ok(limit) => Refusal::OverBudget(limit),
            Err(error) => Refusal::Damaged(error.to_string()),
        }
    }
}

/// The refusal for an error of the zip container.
pub(super) fn refuse_zip(error: ZipError) -> Refusal {
    match error {
        ZipError::InvalidPassword | ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Refusal::Encrypted,
        ZipError::Io(error) => error.into(),
        other => Refusal::Damaged(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_inflates_beyond_a_budget_is_over_budget_and_not_damaged() {
        let read = |part: u64, spent: u64| {
            let spent = Cell::new(spent);
            let mut counted = Counted { file: &b"abcdef"[..], part, spent: &spent };
            io::copy(&mut counted, &mut io::sink()).map_err(Refusal::from)
        };
        assert_eq!(read(0, 0), Ok(6));
        assert!(matches!(read(MAX_PART - 3, 0), Err(Refusal::OverBudget(_))));
        assert!(matches!(read(0, MAX_TOTAL - 3), Err(Refusal::OverBudget(_))));
    }

    #[test]
    fn parts_of_one_name_and_too_many_parts() {
        use crate::read::docx::fixture::zip;
        let opened = |bytes: &[u8]| Package::open(bytes).map(|package| package.has("/A.xml"));
        assert_eq!(opened(&zip(&[("a.xml", b"x"), ("b.xml", b"x")])), Ok(true));
        assert!(matches!(opened(&zip(&[("a.xml", b"x"), ("A.XML", b"y")])), Err(Refusal::Damaged(_))));
        assert!(matches!(opened(&zip(&[("b/a.xml", b"x"), ("b\\A.xml", b"y")])), Err(Refusal::Damaged(_))));
        let many = |count: usize| {
            let names: Vec<String> = (0..count).map(|at| at.to_string()).collect();
            let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
            opened(&zip(&parts))
        };
        assert!(many(MAX_ENTRIES).is_ok() && matches!(many(MAX_ENTRIES + 1), Err(Refusal::OverBudget(_))));
    }
}
