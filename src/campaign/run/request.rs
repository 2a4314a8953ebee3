//! What a run is asked, and what it answers.

use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;

use crate::basis::Bilingual;
use crate::campaign::folders::Folders;
use crate::campaign::intake::{Incoming, register, relative};
use crate::campaign::open::{Opened, Switches};
use crate::campaign::summary::Summary;
use crate::outcome::Outcome;
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

impl Plan {
    /// What is read of the campaign, and what a run in this place writes.
    pub(super) fn of(
        folders: &Folders,
        opened: &Opened,
        incoming: &[Incoming],
        place: &Path,
        written: &[String],
    ) -> Plan {
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
}
