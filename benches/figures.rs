//! The figures of the whole job beside its yardsticks: `cargo bench --bench figures [-- S N M …]`.
//!
//! Commands run in turn, so that the ratios hold when the machine's speed drifts; each figure is the median of five
//! paired runs. Memory is the greatest sum over all processes of a run, sampled from `/proc` (Linux only).

#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

mod corpus;
mod yardsticks;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use std::{env, fs};

use corpus::Size;

const RUNS: usize = 5;
const YARDSTICKS: [&str; 3] = ["inflate", "stream", "naive"];

/// A command to measure; it gets the campaign's folder as its last argument.
struct Contender<'a> {
    name: &'static str,
    program: &'a Path,
    args: Vec<&'static str>,
    /// Whether what earlier runs left is removed first.
    fresh: bool,
}

fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let asked: Vec<String> = env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    if let [yardstick, dir] = &asked[..]
        && YARDSTICKS.contains(&yardstick.as_str())
    {
        let dir = Path::new(dir);
        let count = match yardstick.as_str() {
            "inflate" => yardsticks::inflate(dir)?,
            "stream" => yardsticks::stream(dir)?,
            _ => yardsticks::naive(dir)?,
        };
        println!("{count}");
        return Ok(());
    }
    let base = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("corpus");
    println!("| corpus | command | wall s | ÷ stream | ÷ naive | peak MiB |\n|---|---|---|---|---|---|");
    for size in [corpus::OFFICE, corpus::S, corpus::N, corpus::TEXT, corpus::M, corpus::L, corpus::X] {
        let default = asked.is_empty() && matches!(size.name, "office" | "S" | "N" | "text");
        if default || asked.iter().any(|name| name == size.name) {
            figures(&base, size).map_err(|error| error.to_string())?;
        }
    }
    Ok(())
}

fn figures(base: &Path, size: Size) -> Result<(), Box<dyn std::error::Error>> {
    let dir = corpus::build(base, size)?;
    let this = env::current_exe()?;
    let yardsticks = YARDSTICKS.map(|name| Contender { name, program: &this, args: vec![name], fresh: false });
    let job = |name, args, fresh| Contender { name, program: Path::new(env!("CARGO_BIN_EXE_taizhang")), args, fresh };
    let runs = [
        job("run", vec!["run", "--quiet"], true),
        job("run, 1 job", vec!["run", "--quiet", "--jobs", "1"], true),
        job("run, unchanged", vec!["run", "--quiet"], false),
    ];
    let contenders: Vec<Contender> = yardsticks.into_iter().chain(runs).collect();
    let mut walls: Vec<Vec<f64>> = vec![Vec::new(); contenders.len()];
    let mut peaks = vec![0u64; contenders.len()];
    for _ in 0..RUNS {
        for (at, contender) in contenders.iter().enumerate() {
            if contender.fresh {
                let _ = fs::remove_dir_all(dir.join("输出"));
                let _ = fs::remove_dir_all(dir.join(".taizhang"));
            }
            let (wall, peak) = measure(Command::new(contender.program).args(&contender.args).arg(&dir))?;
            walls[at].push(wall);
            peaks[at] = peaks[at].max(peak);
        }
    }
    for (at, Contender { name, .. }) in contenders.iter().enumerate() {
        let ratio = |of: usize| median(walls[at].iter().zip(&walls[of]).map(|(a, b)| a / b).collect());
        println!(
            "| {} | {name} | {:.2} | {:.2} | {:.2} | {} |",
            size.name,
            median(walls[at].clone()),
            ratio(1),
            ratio(2),
            peaks[at] / 1024
        );
    }
    Ok(())
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Wall seconds of a command, and the greatest sum of resident KiB over it and its children.
fn measure(command: &mut Command) -> Result<(f64, u64), Box<dyn std::error::Error>> {
    let start = Instant::now();
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let mut peak = 0;
    while child.try_wait()?.is_none() {
        peak = peak.max(resident(child.id()));
        sleep(Duration::from_millis(5));
    }
    Ok((start.elapsed().as_secs_f64(), peak))
}

/// Resident KiB of a process and all below it.
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
