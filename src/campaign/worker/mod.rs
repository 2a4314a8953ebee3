//! Reads files in worker processes: the same executable, limited in memory and time, so that a file that crashes its reader
//! affects nothing else. The main process only decodes the answers of its workers.

pub mod memory_limit;
mod child;
pub(super) mod wire;
mod worker_process;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

pub use child::serve;
pub use worker_process::COMMAND;

use self::wire::{Request, Response, Sent, Setup, from_wire};
use self::worker_process::{Death, WorkerProcess};
use super::archive::Archive;
use super::intake::Unpacked;
use super::open::Opened;
use super::readers::{Readers, refused};
use crate::basis::finding::Findings;
use crate::basis::place::Source;
use crate::basis::side_by_side::lock;
use crate::division::Context;
use crate::draft::Draft;
use crate::ledger::FileReading;
use crate::read::{BookAppearance, Health, Lack, Limit, Refusal, SecondReading, Trouble, Workbook};
use crate::render::returned::CopyOrder;

/// The memory of a worker, in bytes.
const MEMORY: usize = 512 << 20;
/// The memory of the single worker used for the second try, in bytes.
const MEMORY_ALONE: usize = 1536 << 20;

/// The processor time allowed for a file of this size: 10 s and 1 s for each MB, at most 60 s.
fn patience(size: u64) -> Duration {
    Duration::from_secs(10 + size / (1 << 20)).min(LONGEST_PATIENCE)
}

/// How long to wait before starting a process again after the system refused.
const PAUSE: Duration = Duration::from_millis(200);

const LONGEST_PATIENCE: Duration = Duration::from_mins(1);

/// What a worker answered, and the bytes in which it came.
type Answer = (Response, Vec<u8>);

/// The workers. One is started for each concurrent request; workers are reused.
#[derive(Debug)]
pub struct Workers {
    program: PathBuf,
    /// The memory of a worker, and of the single worker used for the second try, in bytes.
    memory: (usize, usize),
    idle: Mutex<Vec<WorkerProcess>>,
    /// Only one file at a time gets a second try.
    alone: Mutex<()>,
    campaign: Mutex<Option<(u64, Arc<Request>)>>,
}

impl Workers {
    /// Workers of this executable.
    ///
    /// # Errors
    /// When the path of the executable is unknown.
    pub fn of_this_program() -> io::Result<Workers> {
        // on Linux this is the running executable, even if its file has been replaced
        let own = Path::new("/proc/self/exe");
        let program = if own.exists() { own.to_owned() } else { std::env::current_exe()? };
        Ok(Workers::of(program))
    }

    /// Workers of another executable that supports [`COMMAND`].
    pub fn of(program: PathBuf) -> Workers {
        Workers {
            program,
            memory: (MEMORY, MEMORY_ALONE),
            idle: Mutex::new(Vec::new()),
            alone: Mutex::new(()),
            campaign: Mutex::new(None),
        }
    }

    /// Sets other memory limits, in bytes: of every worker, and of the single one used for the second try.
    pub fn holding(self, every: usize, alone: usize) -> Workers {
        Workers { memory: (every, alone), ..self }
    }

    /// Asks an idle worker or a new one. If that fails, tries once more with a single new worker with more memory.
    fn ask(&self, request: &Request, file: &Path) -> Result<Response, Refusal> {
        let ((answer, _), worker) = self.ask_first(request, file)?;
        lock(&self.idle).extend(worker);
        Ok(answer)
    }

    /// As [`Workers::ask`], with the bytes of the answer and the worker that gave it; none where it was the lone one.
    fn ask_first(&self, request: &Request, file: &Path) -> Result<(Answer, Option<WorkerProcess>), Refusal> {
        let size = size(file);
        let idle = lock(&self.idle).pop();
        let worker = idle.map_or_else(|| WorkerProcess::start(&self.program, self.memory.0), Ok);
        if let Ok((answer, worker)) = self.ask_worker(worker, request, size) {
            if !matches!(answer.0, Response::Panicked(_)) {
                return Ok((answer, Some(worker)));
            }
            lock(&self.idle).push(worker);
        }
        let _alone = lock(&self.alone);
        let started = WorkerProcess::start(&self.program, self.memory.1).or_else(|error| {
            // another process may be possible if an idle one ends
            lock(&self.idle).pop();
            std::thread::sleep(PAUSE);
            WorkerProcess::start(&self.program, self.memory.1).map_err(|_| error)
        });
        match self.ask_worker(started, request, size) {
            Ok(((Response::Panicked(what), _), _)) => Err(Refusal::Stopped(what)),
            Ok((answer, _)) => Ok((answer, None)),
            Err(Death::Memory) => Err(Refusal::OverBudget(Limit::Memory(Limit::mb(self.memory.1 as u64)))),
            Err(Death::Time(limit)) => Err(Refusal::OverTime(limit.as_secs())),
            Err(Death::Crash(how)) => Err(Refusal::Stopped(how)),
            Err(Death::Shortage(lack)) => Err(Refusal::NotAccessible(Trouble::Shortage(lack))),
        }
    }

    /// Has the worker that took a file in read it again. Should it die of it, only it is lost.
    fn read_again(&self, worker: Option<WorkerProcess>, size: u64) -> SecondReading {
        let Some(mut worker) = worker else { return SecondReading::silent("the file needed a worker with more room") };
        match worker.ask(&Request::ReadAgain, patience(size)) {
            Ok((answer, _)) => {
                lock(&self.idle).push(worker);
                match answer {
                    Response::ReadAgain(second) => second,
                    Response::Panicked(what) => SecondReading::silent(what),
                    _ => SecondReading::silent("another answer"),
                }
            }
            Err(death) => SecondReading::silent(format!("{death:?}")),
        }
    }

    fn ask_worker(
        &self,
        worker: io::Result<WorkerProcess>,
        request: &Request,
        size: u64,
    ) -> Result<(Answer, WorkerProcess), Death> {
        let mut worker = worker.map_err(|error| match Trouble::of(&error) {
            Trouble::Shortage(lack) => Death::Shortage(lack),
            _ => Death::Shortage(Lack::Processes),
        })?;
        if let Some((number, campaign)) = lock(&self.campaign).clone().filter(|(number, _)| *number != worker.told) {
            worker.ask(&campaign, LONGEST_PATIENCE)?;
            worker.told = number;
        }
        let answer = worker.ask(request, patience(size))?;
        Ok((answer, worker))
    }
}

fn size(file: &Path) -> u64 {
    std::fs::metadata(file).map_or(0, |meta| meta.len())
}

/// An answer to something else than what was asked.
fn confused() -> Refusal {
    Refusal::Stopped("读取程序答非所问".into())
}

impl Readers for Workers {
    fn begin(&self, opened: &Opened) {
        let setup = Setup {
            settings: opened.settings.clone(),
            book: opened.book.clone(),
            hash: opened.division.hash.clone(),
            rulings: opened.division.rulings.written.clone(),
            window: opened.window,
            as_of: opened.as_of,
        };
        let mut campaign = lock(&self.campaign);
        let number = campaign.as_ref().map_or(0, |(number, _)| *number) + 1;
        *campaign = Some((number, Arc::new(Request::Begin(Box::new(setup)))));
    }

    fn workbook(&self, file: &Path, name: &str) -> Result<Workbook, Refusal> {
        match self.ask(&Request::Workbook { file: file.into(), name: name.to_owned() }, file)? {
            Response::Workbook(read) => read,
            _ => Err(confused()),
        }
    }

    fn plan(&self, file: &Path, name: &str) -> Result<Draft, Refusal> {
        match self.ask(&Request::Plan { file: file.into(), name: name.to_owned() }, file)? {
            Response::Planned(planned) => planned.map(|draft| *draft),
            _ => Err(confused()),
        }
    }

    fn unpack(&self, file: &Path, name: &str, archive: &Archive) -> Result<Option<Vec<Unpacked>>, Refusal> {
        let request = Request::Unpack { file: file.into(), name: name.to_owned(), archive: archive.root().into() };
        match self.ask(&request, file)? {
            Response::Unpacked(unpacked) => unpacked,
            _ => Err(confused()),
        }
    }

    fn appearance(&self, file: &Path, name: &str) -> Result<Option<BookAppearance>, Refusal> {
        match self.ask(&Request::Appearance { file: file.into(), name: name.to_owned() }, file)? {
            Response::Appearance(appearance) => appearance,
            _ => Err(confused()),
        }
    }

    fn health(&self, file: &Path, name: &str) -> Result<Health, Refusal> {
        match self.ask(&Request::Health { file: file.into(), name: name.to_owned() }, file)? {
            Response::Health(health) => health,
            _ => Err(confused()),
        }
    }

    fn marked(&self, file: &Path, name: &str, order: &CopyOrder) -> Result<Option<Vec<u8>>, Refusal> {
        let order = Box::new(order.clone());
        match self.ask(&Request::Mark { file: file.into(), name: name.to_owned(), order }, file)? {
            Response::Marked(copy) => copy,
            _ => Err(confused()),
        }
    }

    fn take_in(&self, file: &Path, source: &Source, cx: &Context<'_>) -> (FileReading, Findings) {
        let (reading, findings, _) = self.take_in_as_sent(file, source, cx);
        (reading, findings)
    }

    fn take_in_as_sent(&self, file: &Path, source: &Source, cx: &Context<'_>) -> (FileReading, Findings, Option<Sent>) {
        let answer = self.ask_first(&Request::TakeIn { file: file.into(), source: source.clone() }, file);
        let taken = answer.and_then(|((answer, payload), worker)| match answer {
            Response::TakenIn(mut reading, findings, again) => {
                let findings = from_wire(findings).ok_or_else(confused)?;
                if again {
                    reading.second = Some(self.read_again(worker, size(file)));
                } else {
                    lock(&self.idle).extend(worker);
                }
                Ok((*reading, findings, Some(Sent(payload))))
            }
            _ => Err(confused()),
        });
        taken.unwrap_or_else(|refusal| {
            let (reading, findings) = refused(refusal, source, cx);
            (reading, findings, None)
        })
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    /// A worker that runs this script.
    fn worker(dir: &Path, script: &str) -> PathBuf {
        let program = dir.join("worker");
        fs::write(&program, format!("#!/bin/sh\n{script}\n")).expect("written");
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("made executable");
        program
    }

    fn refusal(script: &str) -> Refusal {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let workers = Workers::of(worker(dir.path(), script));
        workers.workbook(Path::new("a.xlsx"), "a.xlsx").expect_err("no honest worker")
    }

    #[test]
    fn a_worker_that_dies_lies_or_overruns_costs_the_file_in_its_hands() {
        assert!(matches!(refusal("exit 3"), Refusal::Stopped(_)));
        assert!(matches!(refusal("kill -SEGV $$"), Refusal::Stopped(_)));
        assert!(matches!(refusal("echo 'no frame at all'; cat >/dev/null"), Refusal::Stopped(_)));
        assert_eq!(refusal("echo thread panicked >&2; exit 101"), Refusal::Stopped("thread panicked".into()));
        let memory = refusal(&format!("echo '{}' >&2; kill -ABRT $$", memory_limit::REACHED));
        assert!(matches!(memory, Refusal::OverBudget(_)), "{memory:?}");
        // problems of the machine are not those of the file
        let system = "echo 'memory allocation of 9 bytes failed' >&2; kill -ABRT $$";
        for script in [system, "kill -KILL $$", "kill -TERM $$", "echo 'no thread' >&2; exit 75"] {
            let refusal = refusal(script);
            assert!(matches!(refusal, Refusal::NotAccessible(Trouble::Shortage(_))), "{script}: {refusal:?}");
        }
    }

    #[test]
    fn a_worker_is_judged_by_the_time_it_worked_itself() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let request = Request::Workbook { file: Path::new("a").into(), name: String::new() };
        let short = Duration::from_millis(200);
        let ask = |script| {
            let mut worker = WorkerProcess::start(&worker(dir.path(), script), 1).expect("started");
            let death = worker.ask(&request, short).expect_err("no answer");
            assert!(worker.ask(&request, short).is_err(), "dead is dead");
            death
        };
        // A machine that is busy with other things may give even this one too little time, now and then.
        let mut deaths = (0..50).map(|_| ask("while :; do :; done"));
        assert!(deaths.any(|death| death == Death::Time(short)), "it had its time and used it up");
        if cfg!(target_os = "linux") {
            for script in ["exec sleep 60", "kill -STOP $$"] {
                assert!(matches!(ask(script), Death::Shortage(_)), "{script}: it had no chance");
            }
        }
    }

    #[test]
    fn patience_grows_with_the_file_and_ends() {
        let seconds = [0, 5 << 20, 99 << 20].map(|size| patience(size).as_secs());
        assert_eq!(seconds, [10, 15, 60]);
    }
}
