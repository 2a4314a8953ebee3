//! Many small results in one file. A file for each costs more than most of them are worth: a disk looks for a place for
//! each, and longest where many were just deleted.
//!
//! A result is a name, the length of its bytes, the bytes, and their checksum, one result behind the other. Where a run was
//! killed the last one is cut off, and not found.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

/// The bytes of a name.
const NAME: usize = 32;

/// The name of a result.
pub type Name = [u8; NAME];

/// A file of results that is there.
#[derive(Debug)]
pub struct Results {
    file: File,
    /// Where the bytes of each begin, and how many they are with their checksum.
    places: HashMap<Name, (u64, u64)>,
}

impl Results {
    /// Opens a file.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn open(path: &Path) -> io::Result<Results> {
        let file = File::open(path)?;
        let size = file.metadata()?.len();
        // only the names are read, which stand far apart
        let mut from = BufReader::with_capacity(NAME + size_of::<u64>(), file);
        let (mut places, mut at) = (HashMap::new(), 0);
        loop {
            let (mut name, mut length) = ([0; NAME], [0; size_of::<u64>()]);
            if from.read_exact(&mut name).and_then(|()| from.read_exact(&mut length)).is_err() {
                break;
            }
            at += (name.len() + length.len()) as u64;
            let length = u64::from_le_bytes(length);
            let Some(end) = at.checked_add(length).filter(|end| *end <= size) else { break };
            places.insert(name, (at, length));
            from.seek(SeekFrom::Start(end))?;
            at = end;
        }
        Ok(Results { file: from.into_inner(), places })
    }

    /// The bytes of a result with their checksum, if they are whole.
    pub fn bytes(&mut self, name: Name) -> Option<(Vec<u8>, blake3::Hash)> {
        let (at, length) = *self.places.get(&name)?;
        let mut bytes = Vec::with_capacity(length as usize);
        self.file.seek(SeekFrom::Start(at)).ok()?;
        (&self.file).take(length).read_to_end(&mut bytes).ok()?;
        let end = bytes.len().checked_sub(blake3::OUT_LEN)?;
        let sum = blake3::hash(&bytes[..end]);
        let whole = sum.as_bytes() == &bytes[end..];
        bytes.truncate(end);
        whole.then_some((bytes, sum))
    }
}

/// A file to which results are added.
#[derive(Debug)]
pub struct Adding(BufWriter<File>);

impl Adding {
    /// Begins a file; one that is there is lost.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn begin(path: &Path) -> io::Result<Adding> {
        Ok(Adding(BufWriter::with_capacity(1 << 18, File::create(path)?)))
    }

    /// Adds a result, given in parts; `sum` is the checksum of all its bytes.
    ///
    /// # Errors
    /// When it cannot be written. The file is of no more use then.
    pub fn add(&mut self, name: Name, parts: &[&[u8]], sum: &blake3::Hash) -> io::Result<()> {
        let length = (parts.iter().map(|part| part.len()).sum::<usize>() + blake3::OUT_LEN) as u64;
        self.0.write_all(&name)?;
        self.0.write_all(&length.to_le_bytes())?;
        parts.iter().try_for_each(|part| self.0.write_all(part))?;
        self.0.write_all(sum.as_bytes())
    }

    /// Ends the file.
    ///
    /// # Errors
    /// As [`Adding::add`].
    pub fn end(mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(of: u8) -> Name {
        [of; NAME]
    }

    #[test]
    fn what_is_whole_is_found_again() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let path = dir.path().join("1");
        let mut adding = Adding::begin(&path).expect("begun");
        for (of, bytes) in [(b'a', b"rows".to_vec()), (b'b', Vec::new()), (b'c', vec![7; 100_000])] {
            adding.add(name(of), &[&bytes], &blake3::hash(&bytes)).expect("added");
        }
        adding.end().expect("ended");
        let found = |of: u8| Results::open(&path).expect("there").bytes(name(of)).map(|(bytes, _)| bytes);
        assert_eq!((found(b'a'), found(b'b'), found(b'd')), (Some(b"rows".to_vec()), Some(Vec::new()), None));
        assert_eq!(found(b'c').map(|bytes| bytes.len()), Some(100_000));
        let whole = std::fs::read(&path).expect("there");
        for cut in [0, 3, whole.len() - 1] {
            std::fs::write(&path, &whole[..cut]).expect("cut");
            assert_eq!((found(b'c'), found(b'a').is_some()), (None, cut > 100), "{cut}");
        }
        let mut altered = whole.clone();
        altered[NAME + size_of::<u64>() + 1] ^= 1;
        std::fs::write(&path, altered).expect("altered");
        assert_eq!((found(b'a'), found(b'b')), (None, Some(Vec::new())));
    }
}
