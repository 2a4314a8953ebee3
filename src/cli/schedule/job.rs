//! A scheduled job, and what the schedulers of a machine do with it.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::basis::Bilingual;
use crate::campaign::Folders;

/// A scheduled job: program, folder, time.
pub(super) struct Job {
    pub(super) program: PathBuf,
    pub(super) folder: PathBuf,
    /// Hour and minute of the day.
    pub(super) at: (u8, u8),
    /// Whether it also runs on Saturday and Sunday.
    pub(super) daily: bool,
    /// The unique name of the job: `taizhang-` and 8 hex digits of a hash of the folder's path.
    pub(super) name: String,
}

impl Job {
    /// The job that runs a folder, named after its path.
    pub(super) fn of(folders: &Folders, at: (u8, u8), daily: bool) -> anyhow::Result<Job> {
        let folder = fs::canonicalize(&folders.root)?;
        let digest = blake3::hash(folder.to_string_lossy().as_bytes()).to_hex();
        let name = format!("taizhang-{}", &digest.as_str()[..8]);
        Ok(Job { program: std::env::current_exe()?, folder, at, daily, name })
    }
}

/// A scheduler of the machine.
pub(super) trait Scheduler {
    /// What `--install` would write.
    fn shown(&self, job: &Job) -> String;

    /// Installs the job, replacing an earlier one for the same folder.
    fn install(&self, job: &Job) -> anyhow::Result<()>;

    /// Removes the job; returns whether there was one.
    fn remove(&self, job: &Job) -> anyhow::Result<bool>;

    /// What the user must also know or do.
    fn advice(&self) -> Option<Bilingual>;
}

/// Runs a system program and waits for it.
pub(super) fn finished(command: &mut Command) -> anyhow::Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let ended = command.stdout(Stdio::null()).status().map_err(|error| anyhow::anyhow!("{name}: {error}"))?;
    anyhow::ensure!(ended.success(), "{name} {ended}");
    Ok(())
}

#[cfg(test)]
pub(super) fn job(daily: bool) -> Job {
    Job {
        program: "/opt/tai zhang/taizhang".into(),
        folder: "/data/创建'100%".into(),
        at: (7, 5),
        daily,
        name: "taizhang-0a1b2c3d".into(),
    }
}
