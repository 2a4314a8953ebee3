//! The figures of the whole job beside its yardsticks: `cargo bench --bench figures [-- P1 P7 …]`.
//!
//! Commands run in turn; a ratio is the median of paired runs. Memory is the greatest sum over all processes of a run,
//! sampled from `/proc` (Linux only). Other programs are timed by `peers.py` (P3, P4) where they are installed. For callgrind
//! this program does the whole job in one process, `figures build DIR`, then `figures whole DIR/S`; `.ci/instructions` counts
//! and judges (P10).

#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

mod corpus;
mod measure;
mod stages;
mod yardsticks;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use chrono::{Local, NaiveDateTime};
use corpus::Size;
use measure::{Contender, Outcome, as_it_is, bytes_below, fresh, in_turn, median, ratio, tidy};
use taizhang::campaign::disk::RealDisk;
use taizhang::campaign::gather::Silent;
use taizhang::campaign::readers::InProcess;
use taizhang::campaign::{RunRequest, run};

/// Paired runs of a ratio.
const RUNS: usize = 5;
/// Runs of what takes long.
const FEW: usize = 3;

fn main() -> Outcome<()> {
    let asked: Vec<String> = env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    if let [command, dir, rest @ ..] = &asked[..]
        && alone(command, Path::new(dir), rest)?
    {
        return Ok(());
    }
    let bench = Bench { base: PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("corpus"), this: env::current_exe()? };
    println!("| | figure | today | must | stretch |\n|---|---|---|---|---|");
    for (name, figure) in FIGURES {
        if asked.is_empty() || asked.iter().any(|one| one == name) {
            figure(&bench)?;
        }
    }
    Ok(())
}

/// What the bench does as a process of its own: a yardstick, or the whole job in this process. False for anything else.
fn alone(command: &str, dir: &Path, rest: &[String]) -> Outcome<bool> {
    let wrong = |error: Box<dyn std::error::Error + Send + Sync>| error.to_string();
    match command {
        "inflate" => println!("{}", yardsticks::inflate(dir).map_err(wrong)?),
        "stream" => println!("{}", yardsticks::stream(dir).map_err(wrong)?),
        "naive" => println!("{}", yardsticks::naive(dir).map_err(wrong)?),
        // for callgrind, which should see one process
        "build" => println!("{}", corpus::build(dir, corpus::S)?.display()),
        "whole" => whole(dir, rest.first().map(|now| now.parse()).transpose()?)?,
        _ => return Ok(false),
    }
    Ok(true)
}

/// The whole job without worker processes, at a moment of the clock.
fn whole(dir: &Path, now: Option<NaiveDateTime>) -> Outcome<()> {
    let request = RunRequest { root: dir.to_owned(), now, ..RunRequest::default() };
    run(&request, &InProcess, &Silent, &RealDisk).map_err(|stop| format!("{stop:?}"))?;
    Ok(())
}

struct Bench {
    /// The folder of the campaigns.
    base: PathBuf,
    /// This program.
    this: PathBuf,
}

/// A figure: what prints its rows.
type Figure = fn(&Bench) -> Outcome<()>;

/// The figures, by name.
const FIGURES: [(&str, Figure); 13] = [
    ("P1", Bench::beside_naive),
    ("P2", Bench::stages),
    ("P3", Bench::beside_duckdb),
    ("P4", Bench::beside_pandas),
    ("P5", Bench::memory),
    ("P6", Bench::growth),
    ("P7", Bench::second_job),
    ("P8", Bench::unchanged),
    ("P9", Bench::one_more),
    ("P10", |_| instructions()),
    ("P11", Bench::office),
    ("P12", Bench::wide),
    ("P13", Bench::outputs),
];

fn row(name: &str, figure: &str, today: &str, must: &str, stretch: &str) {
    println!("| {name} | {figure} | {today} | {must} | {stretch} |");
}

impl Bench {
    fn corpus(&self, size: Size) -> Outcome<PathBuf> {
        corpus::build(&self.base, size)
    }

    fn yardstick(&self, name: &'static str) -> Contender<'_> {
        Contender { program: &self.this, args: vec![name], before: as_it_is }
    }

    fn beside_naive(&self) -> Outcome<()> {
        for (size, must, stretch, runs) in [
            (corpus::N, "≤ 1.0", "≤ 0.5", RUNS),
            (corpus::M, "≤ 1.0", "≤ 0.5", FEW),
            (corpus::DIRTY, "≤ 1.5", "≤ 0.8", RUNS),
            (corpus::OFFICE, "≤ 1.5", "≤ 0.8", RUNS),
            (corpus::TEXT, "≤ 1.5", "≤ 0.8", RUNS),
        ] {
            let dir = self.corpus(size)?;
            let stream = self.yardstick("stream");
            let rounds = in_turn(&dir, runs, [&job(&[]), &self.yardstick("naive"), &stream])?;
            tidy(&dir);
            let (ours, naive) = (wall(&rounds, 0), wall(&rounds, 1));
            let figure = format!(
                "{}: whole job ÷ naive merge ({ours:.2} s ÷ {naive:.2} s; ÷ stream {:.1})",
                size.name,
                ratio(&rounds, 0, 2)
            );
            row("P1", &figure, &format!("{:.2}", ratio(&rounds, 0, 1)), must, stretch);
        }
        self.read_twice("P1", corpus::N)
    }

    /// What it costs that a second reader looks at each file, which is so unless the settings say otherwise.
    fn read_twice(&self, name: &str, size: Size) -> Outcome<()> {
        let dir = self.corpus(size)?;
        let mut ratios = Vec::new();
        for _ in 0..FEW {
            let once = job(&[]).run(&dir)?;
            set(&dir, corpus::NO_SECOND_READER, "")?;
            let twice = job(&[]).run(&dir);
            set(&dir, "", corpus::NO_SECOND_READER)?;
            ratios.push(twice?.wall / once.wall);
        }
        tidy(&dir);
        row(name, &format!("{}: second_reader auto ÷ never", size.name), &format!("{:.2}", median(ratios)), "", "");
        Ok(())
    }

    fn stages(&self) -> Outcome<()> {
        for size in [corpus::N, corpus::TEXT] {
            let dir = self.corpus(size)?;
            let one = stages::of(&dir)?;
            tidy(&dir);
            let figure = format!(
                "{}: checks, obligations and reports ÷ (read + merge + ledger); seconds in one process: reading {:.2}, checks \
                 {:.2}, judging {:.2} (merge {:.2}), outputs {:.2} (汇总台账 alone {:.2})",
                size.name, one.reading, one.checks, one.judging, one.merge, one.outputs, one.ledger
            );
            row("P2", &figure, &format!("{:.2}", one.more()), "≤ 0.6", "≤ 0.3");
        }
        Ok(())
    }

    fn beside_duckdb(&self) -> Outcome<()> {
        self.beside_peer("P3", corpus::N, "duckdb", ("≤ 1.0", "≤ 0.5"))
    }

    fn beside_pandas(&self) -> Outcome<()> {
        self.beside_peer("P4", corpus::S, "pandas + openpyxl", ("≤ 0.10", "≤ 0.06"))
    }

    /// The whole job beside another program's merge, by `peers.py`.
    fn beside_peer(&self, name: &str, size: Size, peer: &str, (must, stretch): (&str, &str)) -> Outcome<()> {
        let dir = self.corpus(size)?;
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers.py");
        let told = Command::new("python3").arg(script).arg(&dir).args(["1", peer]).output();
        let told = told.map(|told| String::from_utf8_lossy(&told.stdout).into_owned()).unwrap_or_default();
        let last = told.lines().last().unwrap_or_default();
        let ratio = last.trim_end_matches('|').rsplit('|').next().unwrap_or_default().trim();
        let shown = if ratio.parse::<f64>().is_ok() { ratio } else { "not installed" };
        row(name, &format!("{}: whole job ÷ {peer}", size.name), shown, must, stretch);
        Ok(())
    }

    fn memory(&self) -> Outcome<()> {
        for (size, must, stretch) in
            [(corpus::M, "≤ 400", "≤ 200"), (corpus::L, "≤ 900", "≤ 500"), (corpus::X, "≤ 900", "≤ 500")]
        {
            let dir = self.corpus(size)?;
            let (peak, run) = job(&[]).peak(&dir)?;
            tidy(&dir);
            let figure = format!("{}: peak of all processes, MiB (in {:.1} s)", size.name, run.wall);
            row("P5", &figure, &format!("{peak:.0}"), must, stretch);
        }
        Ok(())
    }

    fn growth(&self) -> Outcome<()> {
        let (few, many) = (corpus::FEW_FILES, corpus::MANY_FILES);
        let seconds = |size| -> Outcome<f64> {
            let dir = self.corpus(size)?;
            let rounds = in_turn(&dir, FEW, [&job(&["--jobs", "1"])])?;
            tidy(&dir);
            Ok(wall(&rounds, 0))
        };
        let (short, long) = (seconds(few)?, seconds(many)?);
        let slope = (long / short).ln() / (many.files as f64 / few.files as f64).ln();
        let figure = format!("{} → {} files of {} rows: {short:.2} s → {long:.2} s", few.files, many.files, few.rows);
        row("P6", &figure, &format!("{slope:.3}"), "≤ 1.05", "≤ 1.02");
        Ok(())
    }

    fn second_job(&self) -> Outcome<()> {
        for size in [corpus::N, corpus::TEXT] {
            let dir = self.corpus(size)?;
            let rounds = in_turn(&dir, RUNS, [&job(&["--jobs", "1"]), &job(&["--jobs", "2"])])?;
            tidy(&dir);
            let figure = format!("{}: one job ÷ two", size.name);
            row("P7", &figure, &format!("{:.2}", ratio(&rounds, 0, 1)), "≥ 1.6", "≥ 1.8");
        }
        Ok(())
    }

    fn unchanged(&self) -> Outcome<()> {
        let dir = self.corpus(corpus::M)?;
        set(&dir, corpus::MOMENT, "")?;
        let full = job(&[]);
        let again = Contender { before: as_it_is, ..job(&[]) };
        let same_day = in_turn(&dir, FEW, [&full, &again])?;
        let tomorrow =
            (Local::now().naive_local() + chrono::TimeDelta::days(1)).format("%Y-%m-%dT12:00:00").to_string();
        let mut days = Vec::new();
        for round in &same_day {
            let start = std::time::Instant::now();
            whole(&dir, Some(tomorrow.parse()?))?;
            days.push(start.elapsed().as_secs_f64() / round[0].wall);
        }
        set(&dir, "", corpus::MOMENT)?;
        tidy(&dir);
        let shown = |ratio: f64| format!("{ratio:.3}");
        row("P8", "M: unchanged on the clock ÷ full, same day", &shown(ratio(&same_day, 1, 0)), "≤ 0.05", "≤ 0.02");
        row("P8", "M: the next day", &shown(median(days)), "≤ 0.05", "≤ 0.02");
        Ok(())
    }

    fn one_more(&self) -> Outcome<()> {
        let dir = self.corpus(corpus::M)?;
        let full = job(&[]);
        let mut ratios = Vec::new();
        let inbox = dir.join("收件");
        let last = fs::read_dir(&inbox)?
            .filter_map(Result::ok)
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "xlsx"));
        let last = last.max().ok_or("an empty inbox")?;
        let held = dir.with_extension("held");
        for _ in 0..FEW {
            fs::rename(&last, &held)?;
            let before = full.run(&dir)?;
            fs::rename(&held, &last)?;
            let after = Contender { before: as_it_is, ..full.clone() }.run(&dir)?;
            ratios.push(after.wall / before.wall);
        }
        tidy(&dir);
        row("P9", "M: one file added ÷ full", &format!("{:.2}", median(ratios)), "≤ 0.4", "≤ 0.2");
        Ok(())
    }

    fn office(&self) -> Outcome<()> {
        let dir = self.corpus(corpus::OFFICE)?;
        let rounds = in_turn(&dir, RUNS, [&job(&[])])?;
        tidy(&dir);
        row("P11", "an office's month, s", &format!("{:.2}", wall(&rounds, 0)), "≤ 0.35", "≤ 0.2");
        self.read_twice("P11", corpus::OFFICE)
    }

    fn wide(&self) -> Outcome<()> {
        let dir = self.corpus(corpus::WIDE)?;
        job(&[]).run(&dir)?;
        let out = dir.join("输出/2014-08");
        let page = fs::metadata(out.join("缺项报告.html"))?.len() as f64 / 1e6;
        let there =
            |name: &str| env::split_paths(&env::var_os("PATH").unwrap_or_default()).any(|at| at.join(name).exists());
        let opened = |program: &str, args: &[&str], file: &str| -> Outcome<String> {
            if !there(program) {
                return Ok("not installed".into());
            }
            let one = Contender { program: Path::new(program), args: args.to_vec(), before: as_it_is };
            Ok(format!("{:.1}", one.run(&out.join(file))?.wall))
        };
        let aside = dir.join("opened").display().to_string();
        let book = opened(
            "soffice",
            &[
                "--headless",
                "--convert-to",
                "pdf:calc_pdf_Export:{\"PageRange\":{\"type\":\"string\",\"value\":\"1\"}}",
                "--outdir",
                &aside,
            ],
            "汇总台账.xlsx",
        )?;
        let shown =
            opened("chromium", &["--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"], "缺项报告.html")?;
        tidy(&dir);
        row("P12", "wide: LibreOffice opens 汇总台账 and prints a page, s", &book, "≤ 30", "");
        row("P12", "wide: Chromium opens the page, s", &shown, "≤ 3", "");
        row("P12", "wide: the page, MB", &format!("{page:.1}"), "≤ 6", "");
        Ok(())
    }

    fn outputs(&self) -> Outcome<()> {
        let dir = self.corpus(corpus::M)?;
        job(&[]).run(&dir)?;
        let (out, sent) = (bytes_below(&dir.join("输出"))?, bytes_below(&dir.join("收件"))?);
        tidy(&dir);
        row("P13", "M: bytes of the outputs ÷ inbox", &format!("{:.1}", out as f64 / sent as f64), "≤ 4", "≤ 2");
        Ok(())
    }
}

/// P10, counted by its script.
fn instructions() -> Outcome<()> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join(".ci/instructions");
    let told = Command::new("bash").arg(script).output()?;
    let told = String::from_utf8_lossy(&told.stdout).into_owned();
    let ratio =
        told.rsplit_once('(').and_then(|(_, rest)| rest.split_once(')')).map_or("not counted", |(ratio, _)| ratio);
    row("P10", "S: instructions ÷ those kept in the repository", ratio, "≤ 1.02", "");
    Ok(())
}

/// The whole job, from nothing.
fn job<'a>(args: &[&'a str]) -> Contender<'a> {
    let program = Path::new(env!("CARGO_BIN_EXE_taizhang"));
    Contender { program, args: [&["run", "--quiet"], args].concat(), before: fresh }
}

/// The median of the seconds of one of the commands.
fn wall<const N: usize>(rounds: &[[measure::Run; N]], of: usize) -> f64 {
    median(rounds.iter().map(|round| round[of].wall).collect())
}

/// Takes a line out of the settings and puts another at their end.
fn set(dir: &Path, out: &str, line: &str) -> Outcome<()> {
    let path = dir.join("taizhang.toml");
    Ok(fs::write(&path, fs::read_to_string(&path)?.replace(out, "") + line)?)
}
