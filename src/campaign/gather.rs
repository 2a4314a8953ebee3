//! Finds the files of the inbox, copies them into the archive, and reads them in parallel, in the order of their names.

use std::path::Path;
use std::time::{Duration, SystemTime};

use rayon::prelude::*;

use super::archive::{self, Archive};
use super::cache::Cache;
use super::folders::Folders;
use super::hand_out;
use super::intake::{Admission, Found, Incoming, Known, Register, receive, register, unpack, walk};
use super::open::Opened;
use super::quarantine::Quarantine;
use super::readers::{Readers, refused};
use super::stop::Stop;
use crate::basis::Bilingual;
use crate::basis::finding::Findings;
use crate::basis::place::{Source, SourceId};
use crate::division::Context;
use crate::ledger::FileReading;
use crate::pipeline::TakenIn;
use crate::read::{Refusal, Trouble, Workbook};

/// Receives the progress of reading.
pub trait Progress: Sync {
    /// Reading of so many files begins.
    fn begin(&self, files: usize);
    /// One more file was read.
    fn one_done(&self);
    /// All files were read.
    fn end(&self);
}

/// Shows no progress.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _: usize) {}
    fn one_done(&self) {}
    fn end(&self) {}
}

/// What stands in the inbox.
#[derive(Debug)]
pub struct Gathered {
    /// Its files, in the order of their names.
    pub incoming: Vec<Incoming>,
    /// The archived register.
    pub register: Option<String>,
}

/// Finds and copies what stands in the inbox. What the register leaves unclear is said in `complaints`.
///
/// # Errors
/// [`Stop::Start`] when there is no inbox, [`Stop::Output`] when the archive cannot be written.
pub fn gather(
    folders: &Folders,
    opened: &Opened,
    archive: &Archive,
    known: &Known,
    quarantine: &Quarantine,
    readers: &dyn Readers,
    complaints: &mut Vec<Bilingual>,
) -> Result<Gathered, Stop> {
    let Opened { settings, window, as_of, .. } = opened;
    let inbox = folders.inbox(settings);
    // that it is a folder is checked when it is listed
    std::fs::metadata(&inbox).map_err(|error| Stop::io("打不开收件文件夹", "cannot open the inbox", &inbox, &error))?;
    let (register_file, register_book) = (inbox.join(register::NAME), inbox.join(register::BOOK));
    let aside = [
        register_file.clone(),
        register_book.clone(),
        folders.state(),
        folders.output(settings),
        folders.root.join(hand_out::FOLDER),
        folders.division(settings),
        folders.settings(),
    ];
    let found = walk(&inbox, &settings.inbox, &aside)?;
    let names: Vec<&str> = found.iter().map(|one| one.name.as_str()).collect();
    let mut kept = None;
    let register = match std::fs::read(&register_file) {
        Ok(bytes) => {
            kept = archive.keep(&bytes).ok().map(|stored| stored.hash);
            Register::read(&bytes, &names, &settings.inbox, complaints)
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Register::default(),
        Err(error) => return Err(Stop::io("读不了收件登记", "cannot read the register", &register_file, &error)),
    };
    let register = match registered(&register_book, readers, archive)? {
        Some(book) => {
            let own = Register::of_book(&book, &names, &settings.inbox, complaints);
            register.over(own, complaints)
        }
        None => register,
    };
    // What is there and cannot be looked at is told of by a run for any window, and counts in none as late.
    let unknown = settings.due.due(window).min(*as_of);
    let incoming = receive_all(&found, &register, archive, known, quarantine, readers, unknown)?;
    Ok(Gathered { incoming, register: kept })
}

/// The register as a workbook; none where there is none.
///
/// # Errors
/// [`Stop::Start`] when it cannot be read.
fn registered(path: &Path, readers: &dyn Readers, archive: &Archive) -> Result<Option<Workbook>, Stop> {
    if !path.exists() {
        return Ok(None);
    }
    let held = archive.take_whole(path, unread)?;
    let book = readers.workbook(&archive.path(&held.hash), register::BOOK);
    book.map(Some).map_err(|refusal| unread(&crate::check::support::refusal::words(&refusal)))
}

fn unread(why: &Bilingual) -> Stop {
    Stop::failed("读不了收件登记", "cannot read the register", register::BOOK, why)
}

/// Copies files and unpacks archives among them, in parallel; `unknown` is when what cannot be looked at counts as
/// received. The result is in the order of names.
///
/// # Errors
/// [`Stop::Output`] when the archive cannot be written.
pub fn receive_all(
    found: &[Found],
    register: &Register,
    archive: &Archive,
    known: &Known,
    quarantine: &Quarantine,
    readers: &dyn Readers,
    unknown: chrono::NaiveDateTime,
) -> Result<Vec<Incoming>, Stop> {
    let one = |one| -> Result<Vec<Incoming>, std::io::Error> {
        Ok(unpack(receive(one, register, archive, known, unknown)?, register, archive, known, quarantine, readers))
    };
    let mut received: Vec<_> = found.par_iter().map(one).collect();
    for (found, received) in found.iter().zip(&mut received) {
        // what failed in parallel may succeed alone
        if received.as_ref().map_or(true, |files| files.iter().any(|file| file.admission.is_trouble())) {
            *received = one(found);
        }
    }
    let received: Result<Vec<_>, _> = received.into_iter().collect();
    let received = received.map_err(|error| archive::unwritable(&error))?;
    let mut all: Vec<Incoming> = received.into_iter().flatten().collect();
    all.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(all)
}

/// Reads the files in parallel, those of which the `cache` knows nothing; results keep their order.
pub fn take_in(
    incoming: &[Incoming],
    opened: &Opened,
    archive: &Archive,
    quarantine: &Quarantine,
    cache: &Cache,
    readers: &dyn Readers,
    progress: &dyn Progress,
) -> Vec<TakenIn> {
    readers.begin(opened);
    let read = |file: &Incoming, source: &Source, cx: &Context<'_>| {
        if let Some(refusal) = quarantine.answer(&file.hash) {
            return refused(refusal, source, cx);
        }
        // Also where the file need not be read: `verify` will want its copy.
        let whole = whole(file, archive, readers);
        let today = cx.as_of.date();
        if let Some(kept) = cache.reading(source, today) {
            return kept;
        }
        if let Err(trouble) = whole {
            return refused(Refusal::NotAccessible(trouble), source, cx);
        }
        let (reading, findings, sent) = readers.take_in_as_sent(&archive.path(&file.hash), source, cx);
        if matches!(reading.refusal, Some(Refusal::Empty | Refusal::Damaged(_))) && is_being_written(file) {
            return refused(Refusal::NotAccessible(Trouble::Busy), source, cx);
        }
        if let Some(refusal) = &reading.refusal {
            quarantine.keep(&file.name, &file.hash, refusal, archive);
        }
        cache.keep_reading(source, today, &reading, &findings, sent);
        (reading, findings)
    };
    let cx = &opened.context();
    progress.begin(incoming.len());
    let mut taken: Vec<TakenIn> = incoming
        .par_iter()
        .enumerate()
        .map(|(at, file)| {
            let taken = take_one(at, file, cx, &read);
            progress.one_done();
            taken
        })
        .collect();
    for (at, (file, taken)) in incoming.iter().zip(&mut taken).enumerate() {
        // a shortage may pass when nothing else is read at the same time
        if file.admission.is_read() && taken.reading.is_out_of_reach() {
            *taken = take_one(at, file, cx, &read);
        }
    }
    progress.end();
    taken
}

/// Checks that the copy of a file is intact; a damaged one is restored from the original.
fn whole(file: &Incoming, archive: &Archive, readers: &dyn Readers) -> Result<(), Trouble> {
    let known = archive.mend(&file.hash, &file.path);
    // an entry is unpacked from its archive again
    let (Err(Trouble::CopyAltered), Some((outer, _))) = (&known, file.name.split_once('!')) else { return known };
    let packed = archive.take(&file.path).map_err(|_| Trouble::CopyAltered)?;
    archive.mend(&packed.hash, &file.path)?;
    match readers.unpack(&archive.path(&packed.hash), outer, archive) {
        Ok(_) => archive.check(&file.hash),
        Err(Refusal::NotAccessible(trouble)) => Err(trouble),
        Err(_) => Err(Trouble::CopyAltered),
    }
}

/// Whether somebody is still copying a file into the inbox: half a file looks like a damaged one.
fn is_being_written(file: &Incoming) -> bool {
    /// One that was not written to for so long is left as it is.
    const FRESH: Duration = Duration::from_secs(10);
    /// Another is looked at again after so long.
    const LOOK: Duration = Duration::from_millis(400);
    let stamp = || std::fs::metadata(&file.path).and_then(|meta| Ok((meta.len(), meta.modified()?))).ok();
    let Some((size, written)) = stamp() else { return false };
    if !SystemTime::now().duration_since(written).is_ok_and(|ago| ago < FRESH) {
        return false;
    }
    // an entry of an archive has a size of its own
    if size != file.size && !file.name.contains('!') {
        return true;
    }
    std::thread::sleep(LOOK);
    stamp() != Some((size, written))
}

fn take_one(
    at: usize,
    file: &Incoming,
    cx: &Context<'_>,
    read: &dyn Fn(&Incoming, &Source, &Context<'_>) -> (FileReading, Findings),
) -> TakenIn {
    let source = Source {
        id: SourceId(at as u32 + 1),
        name: file.name.clone(),
        hash: file.hash.clone(),
        received: file.received,
        claim: file.claim.clone(),
        size: file.size,
    };
    let ignored = match &file.admission {
        Admission::Ignored(why) => Some(why.clone()),
        _ if file.received > cx.as_of => {
            let when = file.received.format("%Y-%m-%d %H:%M");
            Some(Bilingual::new(
                format!("{when} 收到，晚于统计时间"),
                format!("received {when}, after the day of this run"),
            ))
        }
        _ => None,
    };
    if ignored.is_some() {
        return TakenIn { source, reading: FileReading::default(), findings: Findings::default(), ignored };
    }
    let (reading, findings) = match &file.admission {
        Admission::Refused(refusal) => refused(refusal.clone(), &source, cx),
        _ => read(file, &source, cx),
    };
    TakenIn { source, reading, findings, ignored: None }
}
