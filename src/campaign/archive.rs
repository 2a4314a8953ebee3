//! Copies of all files that are read, stored by the hash of their content: `archive/abcd…`. Originals are never
//! changed, and what was read once can be read again whatever happens to the inbox.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use super::stop::{self, Stop};
use crate::basis::Bilingual;
use crate::basis::side_by_side::{beside, lock};
use crate::check::support::refusal;
use crate::read::{Refusal, Trouble};

/// The largest file that is read, in bytes.
pub const MAX_FILE: u64 = 100 << 20;

/// The archive.
#[derive(Debug)]
pub struct Archive {
    root: PathBuf,
    next: AtomicU64,
    /// Copies that may not have reached the disk.
    unsettled: Mutex<Vec<PathBuf>>,
    /// Keeps the folder of a temporary archive until the archive is dropped.
    _temporary: Option<tempfile::TempDir>,
}

/// A file in the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// `blake3:` and the hex digest of its bytes.
    pub hash: String,
    /// Its size in bytes.
    pub size: u64,
}

/// Why a file could not be copied.
#[derive(Debug)]
pub enum NotStored {
    /// The system cannot read it.
    Unreadable(io::Error),
    /// It is larger than [`MAX_FILE`]; its size in bytes.
    TooBig(u64),
    /// It kept changing while it was copied.
    Changing,
    /// The archive cannot be written.
    Archive(io::Error),
}

impl NotStored {
    /// What stops a command that needs the copy: trouble with the archive is told as such, all else by `of_file`.
    pub(super) fn stop(self, of_file: impl FnOnce(&Bilingual) -> Stop) -> Stop {
        let why = match self {
            NotStored::Archive(error) => return unwritable(&error),
            NotStored::Unreadable(error) => stop::why(&error),
            NotStored::TooBig(size) => {
                Bilingual::new(format!("文件过大（{size} 字节）"), format!("too big ({size} bytes)"))
            }
            NotStored::Changing => Bilingual::new("文件正在写入", "it is being written"),
        };
        of_file(&why)
    }
}

/// The archive cannot be written.
pub(super) fn unwritable(error: &io::Error) -> Stop {
    let why = stop::why(error);
    Stop::Output(Bilingual::new(
        format!("存档 .taizhang/archive 写不了：{}", why.zh),
        format!("the archive .taizhang/archive cannot be written: {}", why.en),
    ))
}

impl Archive {
    /// The archive in this folder, which is created with the first copy.
    pub fn new(root: &Path) -> Archive {
        Archive { root: root.to_owned(), next: AtomicU64::new(0), unsettled: Mutex::default(), _temporary: None }
    }

    /// A temporary archive, for commands that write nothing.
    ///
    /// # Errors
    /// When no temporary folder can be created.
    pub fn temporary() -> io::Result<Archive> {
        let dir = tempfile::Builder::new().prefix("taizhang-").tempdir()?;
        let archive = Archive::new(dir.path());
        Ok(Archive { _temporary: Some(dir), ..archive })
    }

    /// The folder of the archive.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The path of the copy with this hash.
    pub fn path(&self, hash: &str) -> PathBuf {
        let digest = hash.strip_prefix("blake3:").unwrap_or(hash);
        self.root.join(digest)
    }

    /// Copies a file into the archive and checks that it did not change meanwhile.
    ///
    /// # Errors
    /// See [`NotStored`].
    pub fn take(&self, file: &Path) -> Result<Stored, NotStored> {
        for attempt in 0..3 {
            if attempt > 0 {
                std::thread::sleep(std::time::Duration::from_millis(150));
            }
            let stamp = |meta: &fs::Metadata| (meta.len(), meta.modified().ok());
            let before = fs::metadata(file).map_err(NotStored::Unreadable)?;
            if before.len() > MAX_FILE {
                return Err(NotStored::TooBig(before.len()));
            }
            let held = self.copy(File::open(file).map_err(NotStored::Unreadable)?)?;
            let after = fs::metadata(file).map_err(NotStored::Unreadable)?;
            if stamp(&before) == stamp(&after) && held.size == after.len() {
                return Ok(held);
            }
        }
        Err(NotStored::Changing)
    }

    /// As [`Archive::take`], with a copy that is whole; what hinders it, in the words of `of_file`.
    ///
    /// # Errors
    /// When it cannot be copied, or the copy cannot be read.
    pub(super) fn take_whole(&self, file: &Path, of_file: impl Fn(&Bilingual) -> Stop) -> Result<Stored, Stop> {
        let held = self.take(file).map_err(|refused| refused.stop(&of_file))?;
        let mended = self.mend(&held.hash, file);
        mended.map_err(|trouble| of_file(&refusal::words(&Refusal::NotAccessible(trouble))))?;
        Ok(held)
    }

    /// Stores these bytes; a copy of them that was altered is written again.
    ///
    /// # Errors
    /// When the archive cannot be written.
    pub fn keep(&self, bytes: &[u8]) -> Result<Stored, NotStored> {
        let stored = self.copy(bytes)?;
        if !self.is_whole(&stored.hash) {
            fs::remove_file(self.path(&stored.hash)).map_err(NotStored::Archive)?;
            return self.copy(bytes);
        }
        Ok(stored)
    }

    /// The bytes with this hash.
    ///
    /// # Errors
    /// When they are missing, cannot be read, or no longer match the hash.
    pub fn bytes(&self, hash: &str) -> io::Result<Vec<u8>> {
        let bytes = fs::read(self.path(hash))?;
        if digest(&bytes) == hash { Ok(bytes) } else { Err(io::Error::other(format!("{hash}: the copy was altered"))) }
    }

    /// Waits until all copies are on the disk: what a recorded run was made of must outlast a power failure. Many wait at
    /// once, for a disk answers each after milliseconds, however many there are.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn settle(&self) -> io::Result<()> {
        const AT_ONCE: usize = 16;
        let waiting = std::mem::take(&mut *lock(&self.unsettled));
        let threads = waiting.len().min(AT_ONCE);
        let waiting = Mutex::new(waiting.into_iter());
        let next = || lock(&waiting).next();
        let settle = || std::iter::from_fn(next).try_for_each(|path| settled(&path));
        beside(threads, settle, || ()).1.into_iter().collect()
    }

    /// Whether the copy with this hash exists and matches it.
    pub fn is_whole(&self, hash: &str) -> bool {
        self.check(hash).is_ok()
    }

    /// Checks that the copy with this hash exists and matches it. Waits while file handles are short, since that says
    /// nothing about the copy.
    ///
    /// # Errors
    /// [`Trouble::CopyAltered`] when it does not, [`Trouble::Shortage`] when that cannot be told now.
    pub fn check(&self, hash: &str) -> Result<(), Trouble> {
        let copy = patiently(|| File::open(self.path(hash)), |error| Trouble::of(error).is_shortage());
        match copy.and_then(digest_of) {
            Ok(found) if found == hash => Ok(()),
            Err(error) if Trouble::of(&error).is_shortage() => Err(Trouble::of(&error)),
            _ => Err(Trouble::CopyAltered),
        }
    }

    /// Restores a copy that is missing or damaged from its original.
    ///
    /// # Errors
    /// [`Trouble::CopyAltered`] when the original has changed or cannot be read; as [`Archive::check`] otherwise.
    pub fn mend(&self, hash: &str, original: &Path) -> Result<(), Trouble> {
        match self.check(hash) {
            Err(Trouble::CopyAltered) => {}
            known => return known,
        }
        // it may not exist; the result is checked below
        let _ = fs::remove_file(self.path(hash));
        match self.take(original) {
            Ok(stored) if stored.hash == hash => self.check(hash),
            _ => Err(Trouble::CopyAltered),
        }
    }

    fn copy(&self, mut from: impl io::Read) -> Result<Stored, NotStored> {
        let mut begin = Vec::new();
        from.by_ref().take(SMALL).read_to_end(&mut begin).map_err(NotStored::Unreadable)?;
        let is_small = (begin.len() as u64) < SMALL;
        // small files that are already stored are not written again
        let held = is_small.then(|| Stored { hash: digest(&begin), size: begin.len() as u64 });
        if let Some(held) = held.as_ref().filter(|held| self.holds(held)) {
            return Ok(held.clone());
        }
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        fs::create_dir_all(&self.root).map_err(NotStored::Archive)?;
        let temporary = self.root.join(format!("{COPYING}{}-{number}", std::process::id()));
        let written = match held {
            Some(held) => fs::write(&temporary, &begin).map_err(NotStored::Archive).map(|()| held),
            None => written(&mut begin.chain(from), &temporary),
        };
        let result = written.and_then(|held| self.placed(held, &temporary));
        if result.is_err() {
            // an incomplete copy is useless
            let _ = fs::remove_file(&temporary);
        }
        result
    }

    /// Gives a copy its name, unless there is one.
    fn placed(&self, held: Stored, temporary: &Path) -> Result<Stored, NotStored> {
        let path = self.path(&held.hash);
        if self.holds(&held) {
            fs::remove_file(temporary).map_err(NotStored::Archive)?;
        } else {
            fs::rename(temporary, &path).map_err(NotStored::Archive)?;
            lock(&self.unsettled).push(path);
        }
        Ok(held)
    }

    /// Whether there is a copy of this size. Its content is checked when it is used ([`Archive::is_whole`]).
    fn holds(&self, held: &Stored) -> bool {
        fs::metadata(self.path(&held.hash)).is_ok_and(|known| known.len() == held.size)
    }

    /// Removes incomplete copies of a killed run, and takes over those of earlier versions. Only for the process that holds
    /// the lock.
    pub fn tidy(&self) {
        let entries = |folder: &Path| fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
        for entry in entries(&self.root) {
            // what cannot be removed does no harm
            if entry.file_name().to_string_lossy().starts_with(COPYING) {
                let _ = fs::remove_file(entry.path());
            } else if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                // earlier versions kept copies in folders of the first two digits
                for copy in entries(&entry.path()) {
                    let _ = fs::rename(copy.path(), self.root.join(copy.file_name()));
                }
                let _ = fs::remove_dir(entry.path());
            }
        }
    }
}

/// Writes a file that is too large to be held at once.
fn written(from: &mut impl io::Read, to: &Path) -> Result<Stored, NotStored> {
    let mut to = File::create(to).map_err(NotStored::Archive)?;
    let (mut hasher, mut size) = (blake3::Hasher::new(), 0);
    let mut buffer = vec![0; 256 << 10];
    loop {
        let n = match from.read(&mut buffer) {
            Ok(0) => break,
            Ok(n) => n,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(NotStored::Unreadable(error)),
        };
        size += n as u64;
        if size > MAX_FILE {
            return Err(NotStored::TooBig(size));
        }
        hasher.update(&buffer[..n]);
        to.write_all(&buffer[..n]).map_err(NotStored::Archive)?;
    }
    Ok(Stored { hash: shown(hasher.finalize()), size })
}

/// The prefix of incomplete copies.
const COPYING: &str = ".copying-";

/// Smaller files, in bytes, are kept in memory while they are compared.
const SMALL: u64 = 8 << 20;

/// `blake3:` and the hex digest of bytes.
pub fn digest(bytes: &[u8]) -> String {
    shown(blake3::hash(bytes))
}

/// The same of a file, which may be too large to be held at once.
///
/// # Errors
/// When it cannot be read.
pub fn digest_of(file: File) -> io::Result<String> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(file)?;
    Ok(shown(hasher.finalize()))
}

/// A hash as the archive and the outputs write it.
pub fn shown(hash: blake3::Hash) -> String {
    format!("blake3:{}", hash.to_hex())
}

/// Retries for some seconds while the error is a shortage that may pass.
pub(super) fn patiently<T, E>(
    mut attempt: impl FnMut() -> Result<T, E>,
    is_shortage: impl Fn(&E) -> bool,
) -> Result<T, E> {
    const TRIES: u32 = 40;
    const PAUSE: std::time::Duration = std::time::Duration::from_millis(100);
    for _ in 1..TRIES {
        match attempt() {
            Err(error) if is_shortage(&error) => std::thread::sleep(PAUSE),
            done => return done,
        }
    }
    attempt()
}

/// A temporary archive, for commands that write nothing.
pub(crate) fn temporary_archive() -> Result<Archive, Stop> {
    Archive::temporary()
        .map_err(|error| Stop::io("不能建立临时文件夹", "cannot make a temporary folder", Path::new(""), &error))
}

/// Waits until a copy is on the disk.
fn settled(path: &Path) -> io::Result<()> {
    // while handles are short those who read need them
    let open = || File::options().read(true).write(true).open(path);
    match patiently(open, |error| Trouble::of(error).is_shortage()) {
        Ok(copy) => copy.sync_all(),
        // It was damaged and removed; the one in its place is waited for by itself.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_found_by_its_content_and_kept_once() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let (file, archive) = (dir.path().join("台账.xlsx"), Archive::new(&dir.path().join("archive")));
        fs::write(&file, b"rows").expect("written");
        let held = archive.take(&file).expect("copied");
        assert_eq!(held, archive.keep(b"rows").expect("kept"));
        assert_eq!((held.hash.as_str(), held.size), (digest(b"rows").as_str(), 4));
        fs::write(&file, b"other").expect("written");
        assert_eq!(archive.bytes(&held.hash).expect("still there"), b"rows");
        let left: Vec<_> = walkdir::WalkDir::new(dir.path().join("archive"))
            .into_iter()
            .filter_map(Result::ok)
            .filter(|entry| entry.file_type().is_file())
            .collect();
        assert_eq!(left.len(), 1, "{left:?}");
    }

    #[test]
    fn an_altered_copy_is_written_again() {
        let archive = Archive::temporary().expect("room");
        let file = archive.root().join("original");
        fs::write(&file, b"rows").expect("written");
        let held = archive.take(&file).expect("copied");
        fs::write(archive.path(&held.hash), b"r0ws").expect("written");
        assert!(!archive.is_whole(&held.hash));
        assert!(
            archive.mend(&held.hash, &file).is_ok() && archive.bytes(&held.hash).is_ok_and(|bytes| bytes == b"rows")
        );
        fs::remove_file(archive.path(&held.hash)).expect("removed");
        fs::write(&file, b"other").expect("written");
        assert_eq!(archive.mend(&held.hash, &file), Err(Trouble::CopyAltered), "the original is another file now");
    }

    #[test]
    fn copies_of_earlier_versions_are_taken_over_and_incomplete_ones_go() {
        let archive = Archive::temporary().expect("room");
        let (held, digest) = (archive.keep(b"rows").expect("kept"), archive.path(&digest(b"rows")));
        let name = digest.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
        let folder = archive.root().join(&name[..2]);
        fs::create_dir(&folder).expect("made");
        fs::rename(&digest, folder.join(&name)).expect("put where it was");
        fs::write(archive.root().join(format!("{COPYING}1-2")), b"ro").expect("written");
        archive.tidy();
        let left = fs::read_dir(archive.root()).expect("there").map(|entry| entry.expect("an entry").file_name());
        assert_eq!(left.collect::<Vec<_>>(), [name.as_str()]);
        assert!(archive.is_whole(&held.hash));
    }

    #[test]
    fn an_altered_copy_is_no_copy() {
        let archive = Archive::temporary().expect("room");
        let held = archive.keep(b"rows").expect("kept");
        fs::write(archive.path(&held.hash), b"r0ws").expect("written");
        assert!(archive.bytes(&held.hash).is_err());
        assert_eq!(archive.keep(b"rows").expect("kept again"), held);
        assert!(archive.bytes(&held.hash).is_ok_and(|bytes| bytes == b"rows"));
    }
}
