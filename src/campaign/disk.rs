//! The file operations for putting outputs in place, as a trait so that tests can make the Nth one fail.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// The file operations of [`super::emit`].
pub trait Disk: Sync {
    /// Creates a folder and its parents.
    fn make_folder(&self, path: &Path) -> io::Result<()>;
    /// A new file, to be written.
    fn create(&self, path: &Path) -> io::Result<Box<dyn Write + '_>>;
    /// Waits until a file is on the disk.
    fn sync(&self, path: &Path) -> io::Result<()>;
    /// Writes a new file and flushes it to disk.
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.create(path)?.write_all(bytes)?;
        self.sync(path)
    }
    /// Flushes the entries of a folder to disk.
    fn sync_folder(&self, path: &Path) -> io::Result<()>;
    /// Gives a file a second name, or makes a copy of it where the disk knows no second names.
    fn link(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Renames a file or folder.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Exchanges two folders atomically; `Unsupported` where the system cannot.
    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()>;
    /// Removes a folder with its content.
    fn remove_folder(&self, path: &Path) -> io::Result<()>;
}

/// A file in a folder without a name yet: it gets one when it is whole. As all that is written it is for the group too,
/// which a temporary file is not.
pub(super) fn unnamed(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut file = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // less what the umask takes away
        file.permissions(fs::Permissions::from_mode(0o666));
    }
    file.tempfile_in(folder)
}

/// The real file operations.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealDisk;

impl Disk for RealDisk {
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir_all(path)
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn Write + '_>> {
        Ok(Box::new(File::create_new(path)?))
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        File::options().read(true).write(true).open(path)?.sync_all()
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        // Windows has no handle for the entries of a folder; its file system journals renames.
        if cfg!(windows) { Ok(()) } else { File::open(path)?.sync_all() }
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::hard_link(from, to).or_else(|_| fs::copy(from, to).map(drop))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    #[cfg(any(target_os = "linux", target_os = "macos"))]
    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).map_err(|error| {
            let error = io::Error::from(error);
            let lacking = matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported);
            if lacking { io::ErrorKind::Unsupported.into() } else { error }
        })
    }

    #[cfg(not(any(target_os = "linux", target_os = "macos")))]
    fn exchange(&self, _: &Path, _: &Path) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir_all(path)
    }
}
