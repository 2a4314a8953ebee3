//! A set being written beside the one that stands: each file goes to the disk as soon as it is done.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{EDITS, Edits, LOG, Slot, files_below, in_time, refused};
use crate::basis::side_by_side::{beside, lock};
use crate::campaign::archive::shown;
use crate::campaign::disk::Disk;
use crate::campaign::stop::Stop;
use crate::render::{Pieces, Shelf};

/// So many files are waited for at once: a disk answers each after milliseconds, however many there are.
const AT_ONCE: usize = 8;

/// The new set. Until it is put in place the old one stands; when it is dropped nothing of it is left beside that.
pub struct NewSet<'a> {
    slot: &'a Slot,
    disk: &'a dyn Disk,
    /// The folders made so far.
    folders: Mutex<BTreeSet<PathBuf>>,
    /// The files that stand in it, with their hashes.
    written: Mutex<Vec<(String, String)>>,
    /// What files of the set that stands were made of.
    before: Made,
    /// What files of this one were made of.
    made: Mutex<Made>,
}

/// What files of a set were made of: path and hash of each by the digest of what it was made of.
pub type Made = BTreeMap<String, (String, String)>;

impl Slot {
    /// Begins a new set, into which files of the one that stands are taken over as long as they are as they were made.
    ///
    /// # Errors
    /// [`Stop::Output`] on disk errors.
    pub fn begin<'a>(&'a self, disk: &'a dyn Disk, before: Made) -> Result<NewSet<'a>, Stop> {
        self.recover(disk)?;
        let (folders, written, made) = (Mutex::default(), Mutex::default(), Mutex::default());
        let set = NewSet { slot: self, disk, folders, written, before, made };
        disk.make_folder(&self.new).map_err(|error| refused(&self.place, &error))?;
        set.folders().insert(self.new.clone());
        Ok(set)
    }
}

impl Drop for NewSet<'_> {
    fn drop(&mut self) {
        // best effort: the next run removes what is left
        let _ = self.slot.recover(self.disk);
    }
}

impl NewSet<'_> {
    /// Writes what `make` puts on the shelf. All of it is on the disk afterwards and was read back.
    ///
    /// # Errors
    /// The error of `make`; [`Stop::Output`] (W902) on disk errors, or when other bytes are read back than were written.
    pub fn fill(&self, make: impl FnOnce(&dyn Shelf) -> Result<(), Stop>) -> Result<(), Stop> {
        let (written, waiting) = channel();
        let new = Filling { set: self, written: Mutex::new(written), failed: Mutex::default() };
        let waiting = Mutex::new(waiting);
        let make = || {
            let ended = make(&new);
            // no more will come
            drop(new.written);
            (ended, new.failed.into_inner().unwrap_or_else(PoisonError::into_inner))
        };
        let ((ended, failed), settled) = beside(AT_ONCE, || self.settle(&waiting), make);
        let failed = failed.or(settled.into_iter().filter_map(Result::err).last());
        match failed {
            Some(error) => Err(refused(&self.slot.place, &error)),
            None => ended,
        }
    }

    /// The files that stand in it by path, with their hashes.
    pub fn outputs(&self) -> Vec<(String, String)> {
        let mut outputs = self.written().clone();
        outputs.sort();
        outputs
    }

    /// What its files were made of.
    pub fn made(&self) -> Made {
        lock(&self.made).clone()
    }

    /// Puts the set in place, with the log and with what people put aside in all the sets before it. A reader sees the old
    /// set or the new one; on failure the old one stands.
    ///
    /// # Errors
    /// [`Stop::Output`] (W902) on disk errors.
    pub fn put(&self, log: &[u8], edits: &Edits) -> Result<(), Stop> {
        let stop = |error: anyhow::Error| refused(&self.slot.place, &io::Error::other(error));
        self.fill(|to| to.put_bytes(LOG, log).map_err(stop))?;
        let done = self.carry_over(edits).and_then(|()| {
            self.folders().iter().rev().try_for_each(|folder| self.disk.sync_folder(folder))?;
            self.slot.swap(self.disk)
        });
        done.map_err(|error| {
            // best effort: the next run puts back what is missing
            let _ = self.slot.recover(self.disk);
            refused(&self.slot.place, &error)
        })
    }

    /// The old set keeps its own names of what people changed in it until it is gone, so that nothing is lost at any moment.
    fn carry_over(&self, edits: &Edits) -> io::Result<()> {
        let Slot { place, new, .. } = self.slot;
        let aside = files_below(&place.join(EDITS), |_| true)?;
        let carried = aside.into_iter().map(|(name, path)| (path, format!("{EDITS}/{name}")));
        let found = edits.files.iter().map(|(name, path)| (path.clone(), format!("{}/{name}", edits.folder)));
        for (from, name) in carried.chain(found) {
            let to = new.join(name);
            self.prepare(&to)?;
            self.disk.link(&from, &to)?;
        }
        Ok(())
    }

    /// Makes the folder of a file.
    fn prepare(&self, path: &Path) -> io::Result<()> {
        let mut folders = self.folders();
        match path.parent().filter(|folder| !folders.contains(*folder)) {
            Some(folder) => {
                folders.insert(folder.to_owned());
                self.disk.make_folder(folder)
            }
            None => Ok(()),
        }
    }

    /// Waits until the files that come are on the disk, and reads them back.
    fn settle(&self, waiting: &Mutex<Receiver<(PathBuf, String)>>) -> io::Result<()> {
        let next = || lock(waiting).recv();
        while let Ok((path, hash)) = next() {
            in_time(|| self.disk.sync(&path))?;
            if in_time(|| super::hash(&path))? != hash {
                return Err(io::Error::other(format!("{} read back differs", path.display())));
            }
        }
        Ok(())
    }

    fn folders(&self) -> MutexGuard<'_, BTreeSet<PathBuf>> {
        lock(&self.folders)
    }

    fn written(&self) -> MutexGuard<'_, Vec<(String, String)>> {
        lock(&self.written)
    }
}

/// The shelf of a set.
struct Filling<'a> {
    set: &'a NewSet<'a>,
    written: Mutex<Sender<(PathBuf, String)>>,
    /// The first error of the disk, which is told as what it is, whatever became of it in the writing libraries.
    failed: Mutex<Option<io::Error>>,
}

impl Filling<'_> {
    fn fails(&self, error: io::Error) -> io::Error {
        let kind = error.kind();
        lock(&self.failed).get_or_insert(error);
        kind.into()
    }

    /// Writes a file; its hash.
    fn write(&self, path: &str, write: Pieces<'_>) -> anyhow::Result<String> {
        let at = self.set.slot.new.join(path);
        let file = self.set.prepare(&at).and_then(|()| in_time(|| self.set.disk.create(&at)));
        let file = file.map_err(|error| self.fails(error))?;
        let mut file = BufWriter::with_capacity(PORTION, Hashed { shelf: self, file, hasher: blake3::Hasher::new() });
        write(&mut file)?;
        let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        let hash = shown(file.hasher.finalize());
        drop(file);
        self.stands(path, at, &hash);
        Ok(hash)
    }

    /// Gives a file of the set that stands, if it is as it was made of the same, a name in this one too; its hash.
    fn taken_over(&self, path: &str, of: &str) -> io::Result<Option<String>> {
        let NewSet { slot, disk, before, .. } = self.set;
        let Some((known, hash)) = before.get(of) else { return Ok(None) };
        let from = slot.place.join(known);
        if super::hash_of(&from)?.as_ref() != Some(hash) {
            return Ok(None);
        }
        let at = slot.new.join(path);
        self.set.prepare(&at).and_then(|()| in_time(|| disk.link(&from, &at)))?;
        self.stands(path, at, hash);
        Ok(Some(hash.clone()))
    }

    /// Has a file waited for and read back.
    fn stands(&self, path: &str, at: PathBuf, hash: &str) {
        self.set.written().push((path.to_owned(), hash.to_owned()));
        // nobody waits any more when an earlier file could not be written, and that is told
        let _ = lock(&self.written).send((at, hash.to_owned()));
    }
}

impl Shelf for Filling<'_> {
    fn put(&self, path: &str, write: Pieces<'_>) -> anyhow::Result<()> {
        self.write(path, write).map(drop)
    }

    fn put_made(&self, path: &str, of: &str, write: Pieces<'_>) -> anyhow::Result<()> {
        let hash = match self.taken_over(path, of).map_err(|error| self.fails(error))? {
            Some(hash) => hash,
            None => self.write(path, write)?,
        };
        let mut made = lock(&self.set.made);
        made.insert(of.to_owned(), (path.to_owned(), hash));
        Ok(())
    }
}

/// So many bytes are written at once.
const PORTION: usize = 1 << 18;

/// A file that is hashed while it is written.
struct Hashed<'a> {
    shelf: &'a Filling<'a>,
    file: Box<dyn Write + 'a>,
    hasher: blake3::Hasher,
}

impl Write for Hashed<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.file.write(bytes).map_err(|error| self.shelf.fails(error))?;
        self.hasher.update(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush().map_err(|error| self.shelf.fails(error))
    }
}
