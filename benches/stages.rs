//! The job stage by stage in this process, without the disk: how much of it is more than reading, merging and the ledger.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::time::Instant;

use rayon::prelude::*;
use taizhang::basis::place::SourceId;
use taizhang::campaign::disk::RealDisk;
use taizhang::campaign::gather::Silent;
use taizhang::campaign::readers::InProcess;
use taizhang::campaign::{RunRequest, run};
use taizhang::check::check_file;
use taizhang::division::Context;
use taizhang::ledger::{FileReading, OneFile, understand};
use taizhang::obligation::{PriorReports, RunFile};
use taizhang::outcome::merge::Consolidated;
use taizhang::outcome::{Figures, Outcome as Judged};
use taizhang::pipeline::{TakenIn, conclude_after};
use taizhang::render::consolidated::LedgerBook;
use taizhang::render::layout::Layout;
use taizhang::render::returned::CopyOrder;
use taizhang::render::{Copies, Output, Pieces, RenderInput, Shelf, render};

use crate::measure::{Outcome, fresh};

/// Seconds of each stage.
pub(crate) struct Stages {
    /// Reading and understanding the files.
    pub(crate) reading: f64,
    /// The rules over each file.
    pub(crate) checks: f64,
    /// Obligations, the rules over all files, and the merge.
    pub(crate) judging: f64,
    /// The merge alone.
    pub(crate) merge: f64,
    /// The consolidated workbook alone.
    pub(crate) ledger: f64,
    /// All outputs.
    pub(crate) outputs: f64,
}

impl Stages {
    /// Checks, obligations and reports for one second of reading, merging and the ledger.
    pub(crate) fn more(&self) -> f64 {
        let base = self.reading + self.merge + self.ledger;
        (self.checks + self.judging + self.outputs - self.merge - self.ledger) / base
    }
}

/// The stages of a campaign without faults that files go back for.
pub(crate) fn of(dir: &Path) -> Outcome<Stages> {
    fresh(dir)?;
    let request = RunRequest { root: dir.to_owned(), ..RunRequest::default() };
    let result = run(&request, &InProcess, &Silent, &RealDisk).map_err(|stop| format!("{stop:?}"))?;
    let outcome = result.outcome.ok_or("nothing was judged")?;
    let Judged { settings, division, window, as_of, .. } = &outcome;
    let cx = Context { settings, division, window: *window, as_of: *as_of };
    let (readings, reading) = timed(|| -> io::Result<Vec<FileReading>> {
        let read = |file: &RunFile| {
            let bytes = fs::read(dir.join(&file.source.name))?;
            Ok(understand(taizhang::read::read(&bytes, &file.source.name), &file.source, &cx))
        };
        outcome.files.par_iter().map(read).collect()
    });
    let readings = readings?;
    let (findings, checks) = timed(|| -> Vec<_> {
        let of = outcome.files.par_iter().zip(&readings);
        of.map(|(file, reading)| check_file(&cx, &OneFile { source: &file.source, reading })).collect()
    });
    let files = outcome.files.iter().zip(readings).zip(findings);
    let taken = files.map(|((file, reading), findings)| TakenIn {
        source: file.source.clone(),
        reading,
        findings,
        ignored: None,
    });
    let taken = taken.collect();
    let (outcome, judging) = timed(|| conclude_after(&cx, taken, PriorReports::default()));
    let (_, merge) = timed(|| Consolidated::of(&outcome.division, &outcome.files, &outcome.obligations));
    let (figures, layout) = (Figures::of(&outcome), Layout::of(&outcome));
    let from = RenderInput { outcome: &outcome, figures: &figures, layout: &layout, form: None, copies: &NoCopies };
    let (done, ledger) = timed(|| LedgerBook.render(from, &Nowhere));
    done?;
    let (done, outputs) = timed(|| render(&outcome, None, &NoCopies, &Nowhere));
    done?;
    Ok(Stages { reading, checks, judging, merge, ledger, outputs })
}

fn timed<T>(what: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    (what(), start.elapsed().as_secs_f64())
}

/// Takes files and keeps nothing.
struct Nowhere;

impl Shelf for Nowhere {
    fn put(&self, _: &str, write: Pieces<'_>) -> anyhow::Result<()> {
        let mut to = io::sink();
        write(&mut to as &mut dyn Write)
    }
}

/// Makes no marked copies.
struct NoCopies;

impl Copies for NoCopies {
    fn marked(&self, _: SourceId, _: &CopyOrder) -> anyhow::Result<Option<Vec<u8>>> {
        anyhow::bail!("a campaign in which a file goes back")
    }
}
