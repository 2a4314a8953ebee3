//! The parent's side of one worker: a process, what is said to it, and what it leaves behind when it dies.

use std::io::{self, BufReader, BufWriter, Read as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::wire::{Request, Response, message, receive, send};

/// A worker process.
#[derive(Debug)]
pub(super) struct WorkerProcess {
    child: Child,
    stdin: Option<BufWriter<ChildStdin>>,
    answers: Receiver<Vec<u8>>,
    last_words: Option<JoinHandle<String>>,
    /// Which campaign it was last told about.
    pub(super) told: u64,
}

/// How a worker failed to answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Death {
    /// It asked for more memory than it may hold.
    Memory,
    /// It was not done in time.
    Time(Duration),
    /// It died: its last words, or how it ended.
    Crash(String),
}

/// The most of a dying worker's last words that is kept.
const LAST_WORDS: u64 = 8 << 10;

impl WorkerProcess {
    /// Starts a worker that may hold so many bytes.
    pub(super) fn start(program: &Path, memory: usize) -> io::Result<WorkerProcess> {
        let mut child = Command::new(program)
            .args([super::COMMAND, &memory.to_string()])
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

    /// Asks, and waits so long for the answer. After a death the worker is of no more use.
    pub(super) fn ask(&mut self, request: &Request, patience: Duration) -> Result<Response, Death> {
        let sent = match &mut self.stdin {
            Some(stdin) => send(stdin, request),
            None => Err(io::ErrorKind::BrokenPipe.into()),
        };
        if sent.is_err() {
            return Err(self.bury());
        }
        match self.answers.recv_timeout(patience) {
            Ok(payload) => message(&payload).map_err(|error| Death::Crash(error.to_string())),
            Err(RecvTimeoutError::Timeout) => {
                let _ = self.child.kill();
                self.bury();
                Err(Death::Time(patience))
            }
            Err(RecvTimeoutError::Disconnected) => Err(self.bury()),
        }
    }

    /// Waits for the end of a worker that is dying and says of what.
    fn bury(&mut self) -> Death {
        self.stdin = None;
        let ended = self.child.wait();
        let words = self.last_words.take().and_then(|words| words.join().ok()).unwrap_or_default();
        // The standard library's words when an allocation fails, the same on every platform.
        if words.contains("memory allocation of") {
            return Death::Memory;
        }
        #[cfg(unix)]
        if ended.as_ref().ok().and_then(std::os::unix::process::ExitStatusExt::signal) == Some(9) {
            // Nobody here killed it: the system was short of memory.
            return Death::Memory;
        }
        let how = ended.map_or_else(|error| error.to_string(), |status| status.to_string());
        Death::Crash(words.lines().find(|line| !line.trim().is_empty()).map_or(how, str::to_owned))
    }
}

impl Drop for WorkerProcess {
    fn drop(&mut self) {
        self.stdin = None;
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
