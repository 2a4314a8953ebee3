//! Times commands in turn, so that their ratios hold when the machine's speed drifts.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

pub(crate) type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// A command to measure; it gets the campaign's folder as its last argument.
#[derive(Clone)]
pub(crate) struct Contender<'a> {
    pub(crate) program: &'a Path,
    pub(crate) args: Vec<&'a str>,
    /// What is done to the campaign before each run, untimed.
    pub(crate) before: fn(&Path) -> Outcome<()>,
}

/// A run: its wall seconds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run {
    pub(crate) wall: f64,
}

impl Contender<'_> {
    /// Runs it once.
    pub(crate) fn run(&self, dir: &Path) -> Outcome<Run> {
        self.watched(dir, |child| Ok(child.wait()?))
    }

    /// Runs it once and tells the greatest sum of resident MiB over all its processes. What it looks at while it waits takes
    /// much of a processor: its seconds are not to be compared.
    pub(crate) fn peak(&self, dir: &Path) -> Outcome<(f64, Run)> {
        let mut peak = 0;
        let run = self.watched(dir, |child| {
            loop {
                if let Some(status) = child.try_wait()? {
                    return Ok(status);
                }
                peak = peak.max(resident(child.id()));
                sleep(Duration::from_millis(5));
            }
        })?;
        Ok((peak as f64 / 1024.0, run))
    }

    fn watched(&self, dir: &Path, wait: impl FnOnce(&mut Child) -> Outcome<ExitStatus>) -> Outcome<Run> {
        (self.before)(dir)?;
        let mut command = Command::new(self.program);
        let start = Instant::now();
        let null = Stdio::null;
        let mut child = command.args(&self.args).arg(dir).stdin(null()).stdout(null()).stderr(null()).spawn()?;
        let status = wait(&mut child)?;
        let wall = start.elapsed().as_secs_f64();
        if !status.success() {
            return Err(format!("{} {:?}: {status}", self.program.display(), self.args).into());
        }
        Ok(Run { wall })
    }
}

/// Runs commands in turn, so many times.
pub(crate) fn in_turn<const N: usize>(
    dir: &Path,
    times: usize,
    commands: [&Contender<'_>; N],
) -> Outcome<Vec<[Run; N]>> {
    let mut rounds = Vec::with_capacity(times);
    for _ in 0..times {
        let mut round = [Run { wall: 0.0 }; N];
        for (run, command) in round.iter_mut().zip(commands) {
            *run = command.run(dir)?;
        }
        rounds.push(round);
    }
    Ok(rounds)
}

/// The median of paired ratios: how long the first took, the second being 1.
pub(crate) fn ratio<const N: usize>(rounds: &[[Run; N]], of: usize, to: usize) -> f64 {
    median(rounds.iter().map(|round| round[of].wall / round[to].wall).collect())
}

/// The median.
pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Sets aside what earlier runs left, beside the campaign. Nothing is deleted while runs are timed: file systems look
/// longer for a place for new files just after many were deleted.
pub(crate) fn fresh(dir: &Path) -> Outcome<()> {
    let aside = aside(dir);
    fs::create_dir_all(&aside)?;
    let taken = fs::read_dir(&aside)?.count();
    for (at, name) in
        ["输出", ".taizhang", "人工认定.xlsx"].iter().enumerate().filter(|(_, name)| dir.join(name).exists())
    {
        fs::rename(dir.join(name), aside.join(format!("{taken}-{at}")))?;
    }
    Ok(())
}

/// Leaves the campaign as it is.
#[expect(clippy::unnecessary_wraps, reason = "one of the things that can be done before a run")]
pub(crate) fn as_it_is(_: &Path) -> Outcome<()> {
    Ok(())
}

/// Deletes what was set aside.
pub(crate) fn tidy(dir: &Path) {
    let _ = fs::remove_dir_all(aside(dir));
}

fn aside(dir: &Path) -> PathBuf {
    dir.with_extension("aside")
}

/// The bytes of all files below a folder.
pub(crate) fn bytes_below(dir: &Path) -> Outcome<u64> {
    let mut total = 0;
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        total += if entry.file_type()?.is_dir() { bytes_below(&entry.path())? } else { entry.metadata()?.len() };
    }
    Ok(total)
}

/// Resident KiB of a process and all below it (Linux only).
fn resident(root: u32) -> u64 {
    let mut parents = BTreeMap::new();
    let mut sizes = BTreeMap::new();
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let Some(pid) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
        let status = fs::read_to_string(entry.path().join("status")).unwrap_or_default();
        let field = |name: &str| {
            let line = status.lines().find(|line| line.starts_with(name))?;
            line.split_whitespace().nth(1)?.parse::<u64>().ok()
        };
        parents.insert(pid, field("PPid:").unwrap_or(0) as u32);
        sizes.insert(pid, field("VmRSS:").unwrap_or(0));
    }
    let below = |mut pid: u32| {
        while pid > 1 {
            if pid == root {
                return true;
            }
            pid = parents.get(&pid).copied().unwrap_or(0);
        }
        false
    };
    sizes.iter().filter(|(pid, _)| below(**pid)).map(|(_, size)| size).sum()
}
