//! The folder of a campaign: its paths and its lock.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use super::stop::Stop;
use crate::basis::Bilingual;
use crate::basis::settings::Settings;

/// The folder of one campaign.
#[derive(Clone, Debug)]
pub struct Folders {
    /// The folder itself.
    pub root: PathBuf,
}

/// Name of the settings file.
pub const SETTINGS: &str = "taizhang.toml";

/// Name of the state folder.
pub const STATE: &str = ".taizhang";

impl Folders {
    /// Opens the campaign in this folder.
    ///
    /// # Errors
    /// [`Stop::Start`] when there is no such folder.
    pub fn open(root: &Path) -> Result<Folders, Stop> {
        match fs::metadata(root) {
            Ok(found) if found.is_dir() => Ok(Folders { root: root.to_owned() }),
            Ok(_) => Err(Stop::start(
                format!("{} 不是文件夹，请写创建工作所在的文件夹", root.display()),
                format!("{} is not a folder; name the campaign's folder", root.display()),
            )),
            Err(error) => Err(Stop::io("打不开文件夹", "cannot open the folder", root, &error)),
        }
    }

    /// The settings file, which may not exist.
    pub fn settings(&self) -> PathBuf {
        self.root.join(SETTINGS)
    }

    /// The division.
    pub fn division(&self, settings: &Settings) -> PathBuf {
        self.root.join(&settings.division)
    }

    /// The inbox.
    pub fn inbox(&self, settings: &Settings) -> PathBuf {
        self.root.join(&settings.inbox)
    }

    /// The folder with the outputs of each window.
    pub fn output(&self, settings: &Settings) -> PathBuf {
        self.root.join(&settings.output)
    }

    /// The state folder.
    pub fn state(&self) -> PathBuf {
        self.root.join(STATE)
    }

    /// The history.
    pub fn database(&self) -> PathBuf {
        self.state().join("state.db")
    }

    /// The archive of files that were read.
    pub fn archive(&self) -> PathBuf {
        self.state().join("archive")
    }

    /// What was made of each file, by window.
    pub fn cache(&self) -> PathBuf {
        self.state().join("cache")
    }

    /// The files that stopped the reader.
    pub fn quarantine(&self) -> PathBuf {
        self.state().join("quarantine")
    }

    /// Locks the folder for a run; the lock is released when dropped or when the process ends.
    ///
    /// # Errors
    /// [`Stop::Held`] when another run holds it, [`Stop::Start`] when the state folder cannot be created.
    pub fn lock(&self) -> Result<Lock, Stop> {
        let state = self.state();
        let refused = |error: &std::io::Error| Stop::io("不能使用文件夹", "cannot use the folder", &state, error);
        fs::create_dir_all(&state).map_err(|error| refused(&error))?;
        let path = state.join("lock");
        let file = File::options().create(true).truncate(false).write(true).open(path).map_err(|e| refused(&e))?;
        match file.try_lock() {
            Ok(()) => Ok(Lock(file)),
            Err(TryLockError::WouldBlock) => Err(Stop::Held(Bilingual::new(
                format!("另一次运行正在使用 {}，请待其结束后再试", self.root.display()),
                format!("another run holds {}; try again when it has ended", self.root.display()),
            ))),
            Err(TryLockError::Error(error)) => Err(refused(&error)),
        }
    }
}

/// The campaign's folder that a command means: the one that is named, else the current one or the nearest above it with
/// settings.
pub fn campaign(named: Option<&Path>) -> PathBuf {
    let here = || {
        let here = std::env::current_dir().ok()?;
        let found = here.ancestors().find(|folder| folder.join(SETTINGS).is_file())?.to_owned();
        (found != here).then_some(found)
    };
    named.map(Path::to_owned).or_else(here).unwrap_or_else(|| PathBuf::from("."))
}

/// A folder that is held.
#[derive(Debug)]
pub struct Lock(File);

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing alone leaves it held as long as a process that is just being started has the file too. Unlocking can only
        // fail where there is no lock.
        let _ = self.0.unlock();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_run_at_a_time() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let folders = Folders::open(dir.path()).expect("it exists");
        let lock = folders.lock().expect("free");
        assert!(matches!(folders.lock(), Err(Stop::Held(_))));
        drop(lock);
        assert!(folders.lock().is_ok());
    }

    #[test]
    fn a_missing_folder_is_said() {
        assert!(matches!(Folders::open(Path::new("/no/such/folder")), Err(Stop::Start(_))));
    }
}
