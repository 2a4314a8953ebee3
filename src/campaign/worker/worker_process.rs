//! The parent's side of a worker process: requests, answers, and why it died.

use std::io::{self, BufReader, BufWriter, Read as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::wire::{Request, Response, message, receive, send};
use crate::read::Lack;

/// The hidden command that makes this executable a worker; its argument is the memory in bytes.
pub const COMMAND: &str = "read-for-parent";

/// A worker process.
#[derive(Debug)]
pub(super) struct WorkerProcess {
    child: Child,
    stdin: Option<BufWriter<ChildStdin>>,
    answers: Receiver<Vec<u8>>,
    last_words: Option<JoinHandle<String>>,
    /// The campaign it was last set to.
    pub(super) told: u64,
}

/// How a worker failed to answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Death {
    /// It exceeded its memory limit.
    Memory,
    /// It exceeded this processor time.
    Time(Duration),
    /// It crashed: the last line of stderr, or the exit status.
    Crash(String),
    /// The machine ran out of processes, memory or processor time, or someone killed it.
    Shortage(Lack),
}

/// With this a worker ends that did not get what it needs from the system.
pub(super) const NO_ROOM: i32 = 75;

/// A worker that got less of the processor than one part in so many is not slow but starved.
const STARVED: u32 = 6;

/// The signals by which others end a process, and which no reader brings upon itself: hangup, interrupt, quit, kill,
/// terminate, and too much processor time by a limit of the system.
#[cfg(unix)]
const FROM_OUTSIDE: [i32; 6] = [1, 2, 3, 9, 15, 24];

/// How long the end of a worker that was killed is waited for: one that hangs in a dead disk never ends.
const BURIAL: Duration = Duration::from_secs(5);

/// The most of a dying worker's last words that is kept.
const LAST_WORDS: u64 = 8 << 10;

impl WorkerProcess {
    /// Starts a worker that may hold so many bytes.
    pub(super) fn start(program: &Path, memory: usize) -> io::Result<WorkerProcess> {
        let mut child = Command::new(program)
            .args([COMMAND, &memory.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (Some(stdin), Some(stdout), Some(stderr)) = (stdin, stdout, stderr) else {
            return Err(io::Error::other("a worker without pipes"));
        };
        // A pipe cannot be waited for with a limit; a thread that reads and a channel can.
        let (answer, answers) = mpsc::channel();
        thread::Builder::new().name("worker answers".into()).spawn(move || {
            let mut stdout = BufReader::with_capacity(64 << 10, stdout);
            while let Ok(Some(payload)) = receive(&mut stdout) {
                if answer.send(payload).is_err() {
                    break;
                }
            }
        })?;
        let last_words = thread::Builder::new().name("worker last words".into()).spawn(move || {
            let mut words = Vec::new();
            let mut stderr = stderr;
            let _ = stderr.by_ref().take(LAST_WORDS).read_to_end(&mut words);
            // Whatever else it says must not make it wait.
            let _ = io::copy(&mut stderr, &mut io::sink());
            String::from_utf8_lossy(&words).into_owned()
        })?;
        Ok(WorkerProcess { child, stdin: Some(BufWriter::new(stdin)), answers, last_words: Some(last_words), told: 0 })
    }

    /// Asks, and waits for the answer until the worker has worked so long for it. After a death the worker is of no more use.
    /// The answer comes with its bytes.
    pub(super) fn ask(&mut self, request: &Request, patience: Duration) -> Result<(Response, Vec<u8>), Death> {
        let sent = match &mut self.stdin {
            Some(stdin) => send(stdin, request),
            None => Err(io::ErrorKind::BrokenPipe.into()),
        };
        if sent.is_err() {
            return Err(self.bury());
        }
        let (asked, worked) = (Instant::now(), self.worked());
        let mut wait = patience;
        loop {
            match self.answers.recv_timeout(wait) {
                Ok(payload) => {
                    let answer = message(&payload).map_err(|error| Death::Crash(error.to_string()))?;
                    return Ok((answer, payload));
                }
                Err(RecvTimeoutError::Disconnected) => return Err(self.bury()),
                Err(RecvTimeoutError::Timeout) => {}
            }
            // The clock on the wall goes on while the machine is busy with others; what counts is the worker's own time.
            let used = self.worked().zip(worked).map_or(patience, |(now, then)| now.saturating_sub(then));
            let death = if used >= patience {
                Death::Time(patience)
            } else if asked.elapsed() >= patience * STARVED {
                Death::Shortage(Lack::Time)
            } else {
                wait = patience.saturating_sub(used).clamp(Duration::from_millis(10), Duration::from_secs(1));
                continue;
            };
            let _ = self.child.kill();
            self.bury();
            return Err(death);
        }
    }

    /// The processor time that the worker has used so far; none where the system does not tell.
    fn worked(&self) -> Option<Duration> {
        if !cfg!(target_os = "linux") {
            return None;
        }
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).ok()?;
        // Behind the name, which may hold anything, field 3 is the first; 14 and 15 are user and system time in
        // hundredths of a second, as Linux gives them to programs whatever its own ticks are.
        let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        let ticks = fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?;
        Some(Duration::from_millis(ticks * 10))
    }

    /// Waits for the end of a worker that is dying and says of what.
    fn bury(&mut self) -> Death {
        self.stdin = None;
        let Some(ended) = self.end() else { return Death::Shortage(Lack::Time) };
        let words = self.last_words.take().and_then(|words| words.join().ok()).unwrap_or_default();
        if words.contains(super::memory_limit::REACHED) {
            return Death::Memory;
        }
        // The standard library's words when an allocation fails: here the system's memory, not the worker's share.
        if words.contains("memory allocation of") {
            return Death::Shortage(Lack::Memory);
        }
        #[cfg(unix)]
        if let Some(signal) = ended.as_ref().ok().and_then(std::os::unix::process::ExitStatusExt::signal)
            && FROM_OUTSIDE.contains(&signal)
        {
            // Nobody here killed it: the system was short of memory, or somebody else did.
            return Death::Shortage(Lack::Untold);
        }
        if ended.as_ref().is_ok_and(|status| status.code() == Some(NO_ROOM)) {
            return Death::Shortage(Lack::Processes);
        }
        let how = ended.map_or_else(|error| error.to_string(), |status| status.to_string());
        Death::Crash(words.lines().find(|line| !line.trim().is_empty()).map_or(how, str::to_owned))
    }

    /// How it ended; none when it does not end.
    fn end(&mut self) -> Option<io::Result<ExitStatus>> {
        let begun = Instant::now();
        loop {
            match self.child.try_wait() {
                Ok(None) if begun.elapsed() >= BURIAL => return None,
                Ok(None) => thread::sleep(Duration::from_millis(2)),
                Ok(Some(status)) => return Some(Ok(status)),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl Drop for WorkerProcess {
    fn drop(&mut self) {
        self.stdin = None;
        let _ = self.child.kill();
        let _ = self.end();
    }
}
