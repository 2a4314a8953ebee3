//! The worker process: reads requests from stdin, answers on stdout, and ends when stdin is closed.

use std::io::{self, BufReader, BufWriter, Write as _};
use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;
use std::process;
use std::sync::mpsc::{self, Receiver};
use std::thread;

use super::memory_limit;
use super::wire::{Request, Response, Setup, message, receive, send, to_wire};
use super::worker_process::NO_ROOM;
use crate::basis::place::Source;
use crate::campaign::archive::Archive;
use crate::campaign::readers::{Again, InProcess, Readers as _, first};
use crate::division::{self, Context, Division};
use crate::read::SecondReading;

/// The stack of the reading thread in bytes, large enough for deeply nested files.
const STACK: usize = 64 << 20;

/// Serves until stdin is closed, using at most `memory` bytes.
pub fn serve(memory: usize) {
    memory_limit::limit(memory);
    // panics are answered, not printed
    panic::set_hook(Box::new(|_| {}));
    let (request, asked) = mpsc::channel();
    let reading = thread::Builder::new().stack_size(STACK).spawn(move || answer_all(&asked));
    if let Err(error) = reading {
        // the parent reads the last line of stderr
        let _ = writeln!(io::stderr(), "{error}");
        process::exit(NO_ROOM);
    }
    // watch stdin while a file is read, so that the worker ends when the parent does
    let mut stdin = BufReader::new(io::stdin().lock());
    while let Ok(Some(payload)) = receive(&mut stdin) {
        if request.send(payload).is_err() {
            break;
        }
    }
    process::exit(0);
}

/// What a worker keeps between two requests.
#[derive(Default)]
struct Kept {
    campaign: Option<Campaign>,
    /// The file that was taken in last, for the second reader: what becomes of it costs nothing that was not sent.
    again: Option<Again>,
}

struct Campaign {
    setup: Setup,
    division: Division,
}

fn answer_all(asked: &Receiver<Vec<u8>>) {
    let mut kept = Kept::default();
    let mut stdout = BufWriter::new(io::stdout().lock());
    while let Ok(payload) = asked.recv() {
        let Ok(request) = message(&payload) else { break };
        drop(payload);
        let answer = panic::catch_unwind(AssertUnwindSafe(|| answer(request, &mut kept)))
            .unwrap_or_else(|fault| Response::Panicked(in_words(fault.as_ref())));
        if send(&mut stdout, &answer).is_err() {
            break;
        }
    }
    process::exit(0);
}

fn answer(request: Request, kept: &mut Kept) -> Response {
    let again = kept.again.take();
    match request {
        Request::Begin(setup) => {
            let mut division = division::load(&setup.book, &setup.hash, &setup.settings);
            crate::ledger::settle(&mut division, setup.rulings.clone(), setup.window);
            kept.campaign = Some(Campaign { setup: *setup, division });
            Response::Ready
        }
        Request::Workbook { file, name } => Response::Workbook(InProcess.workbook(&PathBuf::from(file.path()), &name)),
        Request::Unpack { file, name, archive } => {
            let archive = Archive::new(&PathBuf::from(archive.path()));
            Response::Unpacked(InProcess.unpack(&PathBuf::from(file.path()), &name, &archive))
        }
        Request::Plan { file, name } => {
            Response::Planned(InProcess.plan(&PathBuf::from(file.path()), &name).map(Box::new))
        }
        Request::Appearance { file, name } => {
            Response::Appearance(InProcess.appearance(&PathBuf::from(file.path()), &name))
        }
        Request::Health { file, name } => Response::Health(InProcess.health(&PathBuf::from(file.path()), &name)),
        Request::Mark { file, name, order } => {
            Response::Marked(InProcess.marked(&PathBuf::from(file.path()), &name, &order))
        }
        Request::TakeIn { file, source } => take_in(&PathBuf::from(file.path()), &source, kept),
        Request::ReadAgain => {
            Response::ReadAgain(again.map_or_else(|| SecondReading::silent("nothing to read"), |again| again.read()))
        }
    }
}

fn take_in(file: &std::path::Path, source: &Source, kept: &mut Kept) -> Response {
    let Some(Campaign { setup, division }) = &kept.campaign else { return Response::Panicked("no campaign".into()) };
    let cx = Context { settings: &setup.settings, division, window: setup.window, as_of: setup.as_of };
    let (reading, findings, again) = first(file, source, &cx);
    kept.again = again;
    Response::TakenIn(Box::new(reading), to_wire(findings), kept.again.is_some())
}

fn in_words(fault: &(dyn std::any::Any + Send)) -> String {
    fault
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| fault.downcast_ref::<&str>().map(ToString::to_string))
        .unwrap_or_default()
}
