//! The main command: read, check, merge, write the outputs.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;

use super::archive::{Archive, digest, temporary_archive, unwritable};
use super::arrival::take_in_as_arrived;
use super::cache::Cache;
use super::clean::clean;
use super::clock;
use super::disk::Disk;
use super::emit::Slot;
use super::folders::Folders;
use super::form;
use super::gather::{Gathered, Progress, Silent, gather};
use super::history::{History, PastRun, Settled};
use super::inputs;
use super::intake::{Incoming, register, relative};
use super::judge::{judge, render};
use super::log;
use super::open::{Opened, Switches, open};
use super::placing;
use super::quarantine::Quarantine;
use super::readers::Readers;
use super::rebuild;
use super::rerun::rerun;
use super::rulings;
use super::stop::Stop;
use super::summary::Summary;
use crate::basis::Bilingual;
use crate::basis::side_by_side::{beside, both};
use crate::check::RunFile;
use crate::outcome::Outcome;
use crate::read::Refusal;
use crate::render::{InMemory, Shelf};
use crate::ruling::{BESIDE, FILE};

/// The arguments of a run.
#[derive(Clone, Debug, Default)]
pub struct RunRequest {
    /// The folder of the campaign.
    pub root: PathBuf,
    /// The switches.
    pub switches: Switches,
    /// Lists what would be read and written, and writes nothing.
    pub dry_run: bool,
    /// The clock; the machine's where none is given.
    pub now: Option<NaiveDateTime>,
    /// An inbox that is empty now and was not at the last run of this window is meant to be so.
    pub empty_ok: bool,
}

/// The result of a run.
#[derive(Debug)]
pub struct RunResult {
    /// Its numbers.
    pub summary: Summary,
    /// The outcome; none if nothing changed since the previous run.
    pub outcome: Option<Outcome>,
    /// The output folder of the window.
    pub place: PathBuf,
    /// The outputs by path below that folder.
    pub written: Vec<String>,
    /// The files read and written, or those that would be.
    pub plan: Plan,
    /// What the register left unclear and the like.
    pub complaints: Vec<Bilingual>,
    /// When it was seen that nothing has changed and the set stands as it is.
    pub checked: Option<NaiveDateTime>,
}

/// The files a run reads and writes; paths are relative to the campaign folder where possible.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Files to read.
    pub read: Vec<String>,
    /// Files to write.
    pub write: Vec<String>,
}

/// Runs a campaign.
///
/// # Errors
/// See [`Stop`], which gives the exit code. Nothing is written then.
pub fn run(
    request: &RunRequest,
    readers: &dyn Readers,
    progress: &dyn Progress,
    disk: &dyn Disk,
) -> Result<RunResult, Stop> {
    match attempt(request, readers, progress, disk, Vec::new()) {
        // Set aside by its name; the next attempt finds none and makes it anew.
        Err(Stop::Damaged(_)) if !request.dry_run => {
            let folders = Folders::open(&request.root)?;
            let lock = folders.lock()?;
            let said = rebuild::set_aside(&folders)?;
            drop(lock);
            attempt(request, readers, progress, disk, vec![said])
        }
        done => done,
    }
}

/// `complaints` is what is to be said before all else.
fn attempt(
    request: &RunRequest,
    readers: &dyn Readers,
    progress: &dyn Progress,
    disk: &dyn Disk,
    mut complaints: Vec<Bilingual>,
) -> Result<RunResult, Stop> {
    let now = request.now.unwrap_or_else(super::open::now);
    let folders = Folders::open(&request.root)?;
    // In a folder that is no campaign nothing is left behind.
    let division = folders.division(&super::open::settings(&folders, &request.switches)?);
    super::open::is_there(&division)?;
    // A dry run looks at what is there without taking it: neither lock nor state folder is made.
    let _lock = if request.dry_run { None } else { Some(folders.lock()?) };
    let archive = if request.dry_run { temporary_archive()? } else { Archive::new(&folders.archive()) };
    let mut opened = open(&folders, &request.switches, readers, &archive, now)?;
    let form = form::open(&folders, &mut opened, readers, &archive)?;
    let slot = Slot::new(&folders.output(&opened.settings), &opened.window.label());
    if !request.dry_run {
        slot.recover(disk)?;
        archive.tidy();
    }

    let quarantine = Quarantine::of(&folders, !request.dry_run);
    let mut history = if request.dry_run {
        History::read_only(&folders.database())?
    } else {
        rebuild::open(&folders, &opened.settings, &archive, readers, &mut complaints)?
    };
    let of_history = complaints.len();
    let of_form = |held| form::notes(held, opened.settings.form.as_deref().unwrap_or_default());
    complaints.extend(form.as_ref().map_or_else(Vec::new, of_form));
    let Gathered { mut incoming, register } =
        gather(&folders, &opened, &archive, &history.known()?, &quarantine, readers, &mut complaints)?;
    if opened.settings.as_of.is_none() {
        complaints.extend(clock::all_received(&mut incoming, opened.as_of));
    }
    let last = history.runs()?.pop();
    complaints.extend(clock::doubts(&opened, &incoming, last.as_ref(), now));
    if !incoming.iter().any(Incoming::is_sent) {
        let inbox = folders.inbox(&opened.settings);
        let empty = empty_inbox(&inbox, history.files_last_time(&opened.window.label())?, request.empty_ok)?;
        complaints.push(empty);
    }
    let standing = if request.dry_run {
        None
    } else {
        let settled = standing(&mut opened, &incoming, register.as_deref(), &history, &archive, &slot)?;
        // What was doubtful must still be asked, and what waits beside the workbook be taken in.
        let asked = |settled: &Settled| settled.summary.doubts == 0 || rulings::stands(&folders);
        settled.filter(|settled| asked(settled) && !rulings::waits(&folders))
    };
    let (settled, outcome) = if let Some(settled) = standing {
        // All else was said when the set was made.
        slot.note(&log::checked(now, &settled.summary, &complaints[..of_history], opened.settings.lang));
        let as_of = settled.summary.as_of;
        let is_this = |run: &PastRun| run.window == slot.window && run.as_of.parse() == Ok(as_of);
        if !last.as_ref().is_some_and(is_this) {
            history.stands(opened.window, as_of, now)?;
        }
        (settled, None)
    } else {
        let remembered = history.remembered(&opened, &incoming)?;
        let inputs = inputs::keep(&archive, &opened, &incoming, register, &remembered)?;
        let all_in = inputs::digest(&inputs, opened.window);
        let cache = if request.dry_run {
            Cache::none()
        } else {
            let basis = inputs::reading_digest(&inputs, opened.window);
            Cache::of(&folders.cache(), &opened.window.label(), basis)
        };
        // What was copied reaches the disk while it is worked on.
        let work = || {
            let taken = take_in_as_arrived(&mut incoming, &opened, &archive, &quarantine, &cache, readers, progress);
            let outcome = judge(&opened, taken, &remembered, Some(inputs))?;
            let set = if request.dry_run { None } else { Some(slot.begin(disk, cache.made())?) };
            let made = |to: &dyn Shelf| render(&outcome, form.as_ref(), &archive, &cache, readers, to);
            let Some(set) = set else {
                let outputs = InMemory::default();
                made(&outputs)?;
                let outputs = outputs.files().into_iter().map(|file| (file.path, digest(&file.bytes))).collect();
                let settled = Settled::new(&outcome, outputs);
                return Ok((outcome, settled, None));
            };
            let known = || (rulings::plan(&folders, &outcome), Settled::new(&outcome, Vec::new()));
            let noted = || both(|| history.begin(&outcome, &incoming, now), known);
            let (filled, (begun, (asked, settled))) = both(|| set.fill(made), noted);
            filled?;
            let settled = Settled { outputs: set.outputs(), ..settled };
            Ok((outcome, settled, Some((set, begun?, asked))))
        };
        let (made, on_disk) = beside(1, || if request.dry_run { Ok(()) } else { archive.settle() }, work);
        let (outcome, settled, new) = made?;
        on_disk.into_iter().collect::<io::Result<()>>().map_err(|error| unwritable(&error))?;
        complaints.extend(form.iter().flat_map(|form| form::unplaced(&outcome, form)));
        if let Some((set, run, asked)) = new {
            let edits = slot.edits(&ours(&folders, &slot, &history, readers)?, now)?;
            complaints.extend(edits.said().into_iter().chain(slot.left()));
            let log = log::entry(now, &outcome, &settled.summary, &complaints);
            let log = slot.log() + &log;
            archive.settle().map_err(|error| unwritable(&error))?;
            placing::note(&folders, &slot.window, &settled.outputs)?;
            // What this machine did not get to read may be there for the next run, though no input is another.
            let unread = |(file, read): (&Incoming, &RunFile)| {
                file.admission.is_read() && matches!(read.reading.refusal, Some(Refusal::NotAccessible(_)))
            };
            let decided = (!incoming.iter().zip(&outcome.files).any(unread)).then_some(&*all_in);
            history.settle(run, (decided, &settled), || set.put(log.as_bytes(), &edits))?;
            placing::forget(&folders, &slot.window);
            let asked = || rulings::put(&folders, &outcome, asked, disk);
            complaints.extend(both(asked, || history.tidy()).0);
            cache.keep_made(&set.made());
            cache.tidy();
            // The outputs stand: what cannot be cleaned up now can be another time.
            let cleaned = clean(&folders, &opened.settings, &archive, &mut history, last.as_ref(), now);
            complaints.extend(cleaned.unwrap_or_else(|stop| stop.said().first().cloned()));
        }
        (settled, Some(outcome))
    };
    let checked = outcome.is_none().then_some(now);
    let written: Vec<String> = settled.outputs.into_iter().map(|(path, _)| path).collect();
    let plan = plan(&folders, &opened, &incoming, &slot.place, &written);
    Ok(RunResult { summary: settled.summary, outcome, place: slot.place, written, plan, complaints, checked })
}

/// The run whose set stands and would come out the same: nothing that decides the outputs has changed, and on the clock
/// neither has anything that time alone changes.
fn standing(
    opened: &mut Opened,
    incoming: &[Incoming],
    register: Option<&str>,
    history: &History,
    archive: &Archive,
    slot: &Slot,
) -> Result<Option<Settled>, Stop> {
    let now = opened.as_of;
    if opened.settings.as_of.is_none() {
        // What the set on the disk was made for, if that was for no later moment.
        match history.last_moment(opened.window)?.filter(|then| *then <= now) {
            Some(then) => opened.as_of = then,
            None => return Ok(None),
        }
    }
    let looked = || -> Result<Option<Settled>, Stop> {
        let remembered = history.remembered(opened, incoming)?;
        let inputs = inputs::keep(archive, opened, incoming, register.map(str::to_owned), &remembered)?;
        history.settled(opened, &inputs::digest(&inputs, opened.window))
    };
    let settled = looked()?;
    opened.as_of = now;
    let still = |settled: &Settled| settled.summary.as_of == now || settled.until.is_none_or(|until| now < until);
    Ok(settled.filter(|settled| still(settled) && slot.holds(&settled.outputs)))
}

/// What runs wrote of the set that stands. A history that was lost does not know; what the set says that it was made of
/// gives it again.
fn ours(
    folders: &Folders,
    slot: &Slot,
    history: &History,
    readers: &dyn Readers,
) -> Result<BTreeSet<(String, String)>, Stop> {
    let mut written = history.written(&slot.window)?;
    written.extend(placing::noted(folders, &slot.window));
    if !written.is_empty() {
        return Ok(written);
    }
    let about = std::fs::read(slot.place.join("run.json")).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let again = about.and_then(|about: serde_json::Value| rerun(folders, &about, readers, &Silent).ok());
    Ok(again.into_iter().flatten().map(|file| (file.path, digest(&file.bytes))).collect())
}

/// The remark on an empty inbox.
///
/// # Errors
/// [`Stop::Start`] when it had files at the last run of the window: the disk is probably not mounted, and all units would
/// be told that they submitted nothing.
fn empty_inbox(inbox: &Path, last_time: Option<usize>, meant: bool) -> Result<Bilingual, Stop> {
    let shown = inbox.display();
    match last_time.filter(|&files| files > 0 && !meant) {
        Some(files) => Err(Stop::start(
            format!(
                "收件文件夹 {shown} 是空的，而上次运行时有 {files} 个文件；请检查磁盘或网络是否连接。确已清空的，请加 --empty-ok"
            ),
            format!(
                "the inbox {shown} is empty, and held {files} files at the last run; is its disk there? If this is meant, add --empty-ok"
            ),
        )),
        None => Ok(Bilingual::new(format!("收件文件夹 {shown} 是空的"), format!("the inbox {shown} is empty"))),
    }
}

fn plan(folders: &Folders, opened: &Opened, incoming: &[Incoming], place: &Path, written: &[String]) -> Plan {
    let shown = |path: &Path| relative(path, &folders.root);
    let settings = folders.settings();
    let register = folders.inbox(&opened.settings).join(register::NAME);
    let book = folders.inbox(&opened.settings).join(register::BOOK);
    let ruled = [FILE, BESIDE].map(|name| folders.root.join(name));
    let mut read: Vec<String> = [settings, register, book, folders.database()]
        .iter()
        .chain(&ruled)
        .filter(|path| path.is_file())
        .map(|path| shown(path))
        .collect();
    read.push(opened.settings.division.clone());
    read.extend(opened.settings.form.clone());
    // an archive is a single file on disk
    read.extend(
        incoming
            .iter()
            .filter(|file| file.admission.is_read())
            .map(|file| file.name.split_once('!').map_or(&*file.name, |(archive, _)| archive).to_owned()),
    );
    let mut write = vec![shown(&folders.database()), format!("{}/", shown(&folders.archive()))];
    write.extend(written.iter().map(|path| shown(&place.join(path))));
    read.sort();
    read.dedup();
    Plan { read, write }
}
