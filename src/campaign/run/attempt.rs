//! One attempt at a run: what stands is left, or a new set is made and put in its place.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use chrono::NaiveDateTime;

use super::request::{Plan, RunRequest, RunResult};
use crate::basis::Bilingual;
use crate::basis::side_by_side::{beside, both};
use crate::campaign::archive::{Archive, digest, temporary_archive, unwritable};
use crate::campaign::arrival::take_in_as_arrived;
use crate::campaign::cache::Cache;
use crate::campaign::clean::clean;
use crate::campaign::disk::Disk;
use crate::campaign::emit::Slot;
use crate::campaign::folders::{Folders, Lock};
use crate::campaign::form;
use crate::campaign::gather::{Gathered, Progress, Silent, gather};
use crate::campaign::history::{History, PastRun, Remembered, Settled};
use crate::campaign::inputs;
use crate::campaign::intake::Incoming;
use crate::campaign::judge::{judge, render};
use crate::campaign::open::{Opened, open};
use crate::campaign::quarantine::Quarantine;
use crate::campaign::readers::Readers;
use crate::campaign::rerun::rerun;
use crate::campaign::stop::Stop;
use crate::campaign::{clock, log, placing, rebuild, rulings};
use crate::check::RunFile;
use crate::outcome::{Inputs, Outcome};
use crate::render::city_form::Form;
use crate::render::{InMemory, Shelf};

/// The campaign as an attempt found it.
pub(super) struct Attempt<'a> {
    request: &'a RunRequest,
    readers: &'a dyn Readers,
    disk: &'a dyn Disk,
    now: NaiveDateTime,
    folders: Folders,
    /// None in a dry run.
    _lock: Option<Lock>,
    archive: Archive,
    opened: Opened,
    form: Option<Form>,
    slot: Slot,
    quarantine: Quarantine,
    history: History,
    incoming: Vec<Incoming>,
    register: Option<String>,
    /// The run before this one.
    last: Option<PastRun>,
    /// What is to be said, the history's state first.
    complaints: Vec<Bilingual>,
    /// How many complaints there were once the history was open.
    of_history: usize,
}

impl<'a> Attempt<'a> {
    /// Opens the campaign and gathers what was sent; `complaints` is what is to be said before all else.
    pub(super) fn at(
        request: &'a RunRequest,
        readers: &'a dyn Readers,
        disk: &'a dyn Disk,
        mut complaints: Vec<Bilingual>,
    ) -> Result<Attempt<'a>, Stop> {
        let now = request.now.unwrap_or_else(crate::campaign::open::now);
        let folders = Folders::open(&request.root)?;
        // In a folder that is no campaign nothing is left behind.
        let division = folders.division(&crate::campaign::open::settings(&folders, &request.switches)?);
        crate::campaign::open::is_there(&division)?;
        // A dry run looks at what is there without taking it: neither lock nor state folder is made.
        let lock = if request.dry_run { None } else { Some(folders.lock()?) };
        let archive = if request.dry_run { temporary_archive()? } else { Archive::new(&folders.archive()) };
        let mut opened = open(&folders, &request.switches, readers, &archive, now)?;
        let form = form::open(&folders, &mut opened, readers, &archive)?;
        let slot = Slot::new(&folders.output(&opened.settings), &opened.window.label());
        if !request.dry_run {
            slot.recover(disk)?;
            archive.tidy();
        }

        let quarantine = Quarantine::of(&folders, !request.dry_run);
        let history = if request.dry_run {
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
        Ok(Attempt {
            request,
            readers,
            disk,
            now,
            folders,
            _lock: lock,
            archive,
            opened,
            form,
            slot,
            quarantine,
            history,
            incoming,
            register,
            last,
            complaints,
            of_history,
        })
    }

    /// Leaves what stands, or makes a new set.
    pub(super) fn run(mut self, progress: &dyn Progress) -> Result<RunResult, Stop> {
        let (settled, outcome) = match self.standing()? {
            Some(settled) => (self.left(settled)?, None),
            None => self.anew(progress).map(|(settled, outcome)| (settled, Some(outcome)))?,
        };
        let checked = outcome.is_none().then_some(self.now);
        let written: Vec<String> = settled.outputs.into_iter().map(|(path, _)| path).collect();
        let plan = Plan::of(&self.folders, &self.opened, &self.incoming, &self.slot.place, &written);
        let Attempt { slot, complaints, .. } = self;
        Ok(RunResult { summary: settled.summary, outcome, place: slot.place, written, plan, complaints, checked })
    }

    /// The run whose set stands and would come out the same, unless a person waits for something.
    fn standing(&mut self) -> Result<Option<Settled>, Stop> {
        if self.request.dry_run {
            return Ok(None);
        }
        let settled = self.same()?;
        // What was doubtful must still be asked, and what waits beside the workbook be taken in.
        let asked = |settled: &Settled| settled.summary.doubts == 0 || rulings::stands(&self.folders);
        Ok(settled.filter(|settled| asked(settled) && !rulings::waits(&self.folders)))
    }

    /// Nothing that decides the outputs has changed, and on the clock neither has anything that time alone changes.
    fn same(&mut self) -> Result<Option<Settled>, Stop> {
        let now = self.opened.as_of;
        if self.opened.settings.as_of.is_none() {
            // What the set on the disk was made for, if that was for no later moment.
            match self.history.last_moment(self.opened.window)?.filter(|then| *then <= now) {
                Some(then) => self.opened.as_of = then,
                None => return Ok(None),
            }
        }
        let looked = || -> Result<Option<Settled>, Stop> {
            let remembered = self.history.remembered(&self.opened, &self.incoming)?;
            let inputs = inputs::keep(&self.archive, &self.opened, &self.incoming, self.register.clone(), &remembered)?;
            self.history.settled(&self.opened, &inputs::digest(&inputs, self.opened.window))
        };
        let settled = looked();
        self.opened.as_of = now;
        let still = |settled: &Settled| settled.summary.as_of == now || settled.until.is_none_or(|until| now < until);
        Ok(settled?.filter(|settled| still(settled) && self.slot.holds(&settled.outputs)))
    }

    /// Notes that the set was looked at and stands; all else was said when it was made.
    fn left(&mut self, settled: Settled) -> Result<Settled, Stop> {
        let Opened { settings, window, .. } = &self.opened;
        let of_history = &self.complaints[..self.of_history];
        self.slot.note(&log::checked(self.now, &settled.summary, of_history, settings.lang));
        let as_of = settled.summary.as_of;
        let is_this = |run: &PastRun| run.window == self.slot.window && run.as_of.parse() == Ok(as_of);
        if !self.last.as_ref().is_some_and(is_this) {
            self.history.stands(*window, as_of, self.now)?;
        }
        Ok(settled)
    }

    /// Judges what was sent and makes the outputs.
    fn anew(&mut self, progress: &dyn Progress) -> Result<(Settled, Outcome), Stop> {
        let remembered = self.history.remembered(&self.opened, &self.incoming)?;
        let register = self.register.take();
        let inputs = inputs::keep(&self.archive, &self.opened, &self.incoming, register, &remembered)?;
        if self.request.dry_run {
            self.tried(inputs, &remembered, progress)
        } else {
            self.made(inputs, &remembered, progress)
        }
    }

    /// Makes the outputs without writing them.
    fn tried(
        &mut self,
        inputs: Inputs,
        remembered: &Remembered,
        progress: &dyn Progress,
    ) -> Result<(Settled, Outcome), Stop> {
        let Attempt { readers, archive, opened, form, quarantine, incoming, .. } = self;
        let cache = Cache::none();
        let taken = take_in_as_arrived(incoming, opened, archive, quarantine, &cache, *readers, progress);
        let outcome = judge(opened, taken, remembered, Some(inputs))?;
        let outputs = InMemory::default();
        render(&outcome, form.as_ref(), archive, &cache, *readers, &outputs)?;
        let outputs = outputs.files().into_iter().map(|file| (file.path, digest(&file.bytes))).collect();
        self.complaints.extend(form.iter().flat_map(|form| form::unplaced(&outcome, form)));
        Ok((Settled::new(&outcome, outputs), outcome))
    }

    /// Makes a new set and puts it in its place.
    fn made(
        &mut self,
        inputs: Inputs,
        remembered: &Remembered,
        progress: &dyn Progress,
    ) -> Result<(Settled, Outcome), Stop> {
        let Attempt { readers, disk, now, folders, archive, opened, form, slot, quarantine, history, .. } = self;
        let (readers, disk, now, window) = (*readers, *disk, *now, opened.window);
        let all_in = inputs::digest(&inputs, window);
        let cache = Cache::of(&folders.cache(), &window.label(), inputs::reading_digest(&inputs, window));
        let incoming = &mut self.incoming;
        let work = || {
            let taken = take_in_as_arrived(incoming, opened, archive, quarantine, &cache, readers, progress);
            let outcome = judge(opened, taken, remembered, Some(inputs))?;
            let set = slot.begin(disk, cache.made())?;
            let made = |to: &dyn Shelf| render(&outcome, form.as_ref(), archive, &cache, readers, to);
            let known = || (rulings::plan(folders, &outcome), Settled::new(&outcome, Vec::new()));
            let noted = || both(|| history.begin(&outcome, incoming, now), known);
            let (filled, (begun, (asked, settled))) = both(|| set.fill(made), noted);
            filled?;
            let settled = Settled { outputs: set.outputs(), ..settled };
            Ok::<_, Stop>((outcome, settled, set, begun?, asked))
        };
        // What was copied reaches the disk while it is worked on.
        let (made, on_disk) = beside(1, || archive.settle(), work);
        let (outcome, settled, set, run, asked) = made?;
        on_disk.into_iter().collect::<io::Result<()>>().map_err(|error| unwritable(&error))?;

        let complaints = &mut self.complaints;
        complaints.extend(form.iter().flat_map(|form| form::unplaced(&outcome, form)));
        let edits = slot.edits(&ours(folders, slot, history, readers)?, now)?;
        complaints.extend(edits.said().into_iter().chain(slot.left()));
        let log = slot.log() + &log::entry(now, &outcome, &settled.summary, complaints);
        archive.settle().map_err(|error| unwritable(&error))?;
        placing::note(folders, &slot.window, &settled.outputs)?;
        // What this machine did not get to read may be there for the next run, though no input is another.
        let unread = |(file, read): (&Incoming, &RunFile)| file.admission.is_read() && read.reading.is_out_of_reach();
        let decided = (!self.incoming.iter().zip(&outcome.files).any(unread)).then_some(&*all_in);
        history.settle(run, (decided, &settled), || set.put(log.as_bytes(), &edits))?;
        placing::forget(folders, &slot.window);
        let asked = || rulings::put(folders, &outcome, asked, disk);
        complaints.extend(both(asked, || history.tidy()).0);
        cache.keep_made(&set.made());
        cache.tidy();
        // The outputs stand: what cannot be cleaned up now can be another time.
        let cleaned = clean(folders, &opened.settings, archive, history, self.last.as_ref(), now);
        complaints.extend(cleaned.unwrap_or_else(|stop| stop.said().first().cloned()));
        Ok((settled, outcome))
    }
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
