//! Repeats a past run from its archived inputs.

use super::archive::Archive;
use super::arrival::take_in_as_arrived;
use super::cache::Cache;
use super::change::Change;
use super::folders::Folders;
use super::form;
use super::gather::Progress;
use super::history::{History, Remembered};
use super::inputs;
use super::intake::Incoming;
use super::judge::{judge, render};
use super::open::{Opened, load};
use super::quarantine::Quarantine;
use super::readers::Readers;
use super::rulings;
use super::stop::Stop;
use crate::basis::Bilingual;
use crate::basis::calendar::Window;
use crate::basis::settings::Settings;
use crate::division::Division;
use crate::outcome::{Inputs, Outcome};
use crate::render::{InMemory, Rendered};

/// Makes the outputs of a run again, sorted by path. `run` is its run.json.
///
/// # Errors
/// [`Stop::Start`] when it does not name its inputs, or the archive lacks one of them.
pub fn rerun(
    folders: &Folders,
    run: &serde_json::Value,
    readers: &dyn Readers,
    progress: &dyn Progress,
) -> Result<Vec<Rendered>, Stop> {
    let archive = Archive::new(&folders.archive());
    let made_of = MadeOf::of_set(folders, &archive, run)?;
    let Derived { opened, outcome, .. } = derive(folders, &archive, made_of, None, readers, progress)?;
    let form = form::recall(&opened, readers, &archive)?;
    let outputs = InMemory::default();
    render(&outcome, form.as_ref(), &archive, &Cache::none(), readers, &outputs)?;
    Ok(outputs.files())
}

/// A repeated run.
pub(super) struct Derived {
    pub(super) opened: Opened,
    pub(super) incoming: Vec<Incoming>,
    pub(super) outcome: Outcome,
}

/// The inputs of a past run.
pub(super) struct MadeOf {
    label: String,
    inputs: Inputs,
    settings: Settings,
    incoming: Vec<Incoming>,
    /// None for a run by an earlier version, which did not archive it.
    remembered: Option<Remembered>,
}

impl MadeOf {
    /// The inputs that the run.json of a set names.
    pub(super) fn of_set(folders: &Folders, archive: &Archive, run: &serde_json::Value) -> Result<MadeOf, Stop> {
        let label = run["window"]["label"].as_str().unwrap_or_default();
        match serde_json::from_value(run["inputs"].clone()) {
            Ok(inputs) => MadeOf::recalled(archive, label, inputs),
            Err(_) => before_inputs(folders, label, run["as_of"].as_str().unwrap_or_default()),
        }
    }

    /// The archived inputs of a run for a window.
    pub(super) fn recalled(archive: &Archive, label: &str, inputs: Inputs) -> Result<MadeOf, Stop> {
        let (settings, incoming, remembered) = inputs::recall(archive, &inputs)?;
        Ok(MadeOf { label: label.to_owned(), inputs, settings, incoming, remembered: Some(remembered) })
    }
}

/// The division that a set was made with, loaded for its window.
///
/// # Errors
/// [`Stop::Start`] when the set does not name its inputs, or the archive lacks the division.
pub fn division_of(folders: &Folders, run: &serde_json::Value, readers: &dyn Readers) -> Result<Division, Stop> {
    let archive = Archive::new(&folders.archive());
    let MadeOf { label, inputs, settings, .. } = MadeOf::of_set(folders, &archive, run)?;
    let book = readers.workbook(&archive.path(&inputs.division), &settings.division).ok();
    let window = Window::parse(&label, settings.cycle);
    let (Some(book), Some(window)) = (book, window) else {
        return Err(Stop::start("存档的任务分工表这次读不了", "the archived division cannot be read this time"));
    };
    Ok(load(&book, &inputs.division, &settings, window))
}

/// The result of a run from its inputs; with `change`, the result it would have had.
pub(super) fn derive(
    folders: &Folders,
    archive: &Archive,
    made_of: MadeOf,
    change: Option<&Change>,
    readers: &dyn Readers,
    progress: &dyn Progress,
) -> Result<Derived, Stop> {
    let MadeOf { label, mut inputs, mut settings, mut incoming, remembered } = made_of;
    let lost = |name: &str| {
        Stop::start(format!("存档中缺少 {name}，或已被改动"), format!("the archive lost {name}, or it was altered"))
    };
    let files = incoming.iter().filter(|file| file.admission.is_read()).map(|file| (&file.name, &file.hash));
    for (name, hash) in files.chain(settings.form.iter().zip(&inputs.form)) {
        archive.bytes(hash).map_err(|_| lost(name))?;
    }
    let book = if let Some(Change::Division { book, hash, .. }) = change {
        inputs.division.clone_from(hash);
        (**book).clone()
    } else {
        archive.bytes(&inputs.division).map_err(|_| lost(&settings.division))?;
        readers.workbook(&archive.path(&inputs.division), &settings.division).map_err(|_| {
            Stop::Fault(Bilingual::new("存档的任务分工表这次读不了", "the archived division cannot be read this time"))
        })?
    };
    if let Some(change) = change {
        settings = change.settings(&settings, &book)?;
    }
    let window = Window::parse(&label, settings.cycle).filter(|window| window.label() == label).ok_or_else(|| {
        Stop::start(
            format!("{label} 不是按“报告周期”设置的一期"),
            format!("{label} is no window of the cycle that is set"),
        )
    })?;
    let mut division = load(&book, &inputs.division, &settings, window);
    crate::ledger::settle(&mut division, rulings::recall(inputs.rulings.as_deref(), archive)?, window);
    let rulings = inputs.rulings.clone();
    let opened = Opened { settings, book, division, rulings, window, as_of: inputs.as_of };
    let remembered = match remembered {
        Some(remembered) => remembered,
        None => History::read_only(&folders.database())?.remembered(&opened, &incoming)?,
    };
    let quarantine = Quarantine::of(folders, false);
    let taken = take_in_as_arrived(&mut incoming, &opened, archive, &quarantine, &Cache::none(), readers, progress);
    let outcome = judge(&opened, taken, &remembered, Some(inputs))?;
    Ok(Derived { opened, incoming, outcome })
}

/// The inputs of a set by an earlier version, whose run.json does not name them: from the history.
fn before_inputs(folders: &Folders, window: &str, day: &str) -> Result<MadeOf, Stop> {
    let history = History::read_only(&folders.database())?;
    let run = history.runs()?.into_iter().rev().find(|run| run.window == window && run.as_of.starts_with(day));
    let run = run.ok_or_else(|| {
        Stop::start(
            format!("历史中没有 {day} 对 {window} 的运行"),
            format!("the history knows no run for {window} on {day}"),
        )
    })?;
    let as_of = run
        .as_of
        .parse()
        .map_err(|_| Stop::start("历史记录中的时间不能识别", "the history names a moment that cannot be read"))?;
    let (settings, incoming) = history.unarchived(run.id)?;
    let inputs = Inputs {
        as_of,
        division: run.division,
        settings: String::new(),
        rulings: None,
        form: settings.form_hash.clone(),
        register: None,
        inbox: String::new(),
        history: None,
    };
    Ok(MadeOf { label: window.to_owned(), inputs, settings, incoming, remembered: None })
}
