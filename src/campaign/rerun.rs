//! Running a run of the past again, from what the archive keeps of it.

use super::archive::Archive;
use super::folders::Folders;
use super::form;
use super::gather::{Progress, take_in};
use super::history::{History, Remembered};
use super::inputs;
use super::intake::Incoming;
use super::open::{Opened, load};
use super::quarantine::Quarantine;
use super::readers::Readers;
use super::run::{judge, render};
use super::stop::Stop;
use crate::basis::Bilingual;
use crate::basis::calendar::Window;
use crate::basis::settings::Settings;
use crate::outcome::{Inputs, Outcome};
use crate::render::Rendered;

/// Makes the outputs of a run again. `run` is its run.json.
///
/// # Errors
/// [`Stop::Start`] when it does not say what it was made of, or the archive no longer holds that.
pub fn rerun(
    folders: &Folders,
    run: &serde_json::Value,
    readers: &dyn Readers,
    progress: &dyn Progress,
) -> Result<Vec<Rendered>, Stop> {
    let archive = Archive::new(&folders.archive());
    let Derived { opened, outcome, .. } = derive(folders, &archive, run, readers, progress)?;
    let form = form::recall(&opened, readers, &archive)?;
    render(&outcome, form.as_ref(), &archive, readers)
}

/// A run of the past, made again.
pub(super) struct Derived {
    pub(super) opened: Opened,
    pub(super) incoming: Vec<Incoming>,
    pub(super) outcome: Outcome,
}

/// What a run came to, from what it was made of.
pub(super) fn derive(
    folders: &Folders,
    archive: &Archive,
    run: &serde_json::Value,
    readers: &dyn Readers,
    progress: &dyn Progress,
) -> Result<Derived, Stop> {
    let label = run["window"]["label"].as_str().unwrap_or_default();
    let inputs: Option<Inputs> = serde_json::from_value(run["inputs"].clone()).ok();
    let (made_of, settings, incoming, remembered) = match inputs {
        Some(inputs) => {
            let (settings, incoming, remembered) = inputs::recall(archive, &inputs)?;
            (inputs, settings, incoming, Some(remembered))
        }
        None => before_inputs(folders, label, run["as_of"].as_str().unwrap_or_default())?,
    };
    for (name, hash) in incoming
        .iter()
        .filter(|file| file.fate.is_read())
        .map(|file| (&file.name, &file.hash))
        .chain([(&settings.division, &made_of.division)])
        .chain(settings.form.iter().zip(&made_of.form))
    {
        archive.bytes(hash).map_err(|_| {
            Stop::start(format!("存档中缺少 {name}，或已被改动"), format!("the archive lost {name}, or it was altered"))
        })?;
    }

    let book = readers.workbook(&archive.path(&made_of.division), &settings.division).map_err(|_| {
        Stop::Fault(Bilingual::new("存档的任务分工表这次读不了", "the archived division cannot be read this time"))
    })?;
    let window = Window::parse(label, settings.cycle)
        .ok_or_else(|| Stop::start("run.json 中的报告期不能识别", "run.json names a window that cannot be read"))?;
    let division = load(&book, &made_of.division, &settings, window);
    let opened = Opened { settings, book, division, window, as_of: made_of.as_of };
    let remembered = match remembered {
        Some(remembered) => remembered,
        None => History::read_only(&folders.database())?.remembered(&opened, &incoming)?,
    };
    let taken = take_in(&incoming, &opened, archive, &Quarantine::of(folders, false), readers, progress);
    let outcome = judge(&opened, taken, &remembered, Some(made_of))?;
    Ok(Derived { opened, incoming, outcome })
}

/// What a set was made of that does not say so itself: the history knows of it where it was made before sets did.
fn before_inputs(
    folders: &Folders,
    window: &str,
    day: &str,
) -> Result<(Inputs, Settings, Vec<Incoming>, Option<Remembered>), Stop> {
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
    let made_of = Inputs {
        as_of,
        division: run.division,
        settings: String::new(),
        form: settings.form_hash.clone(),
        register: None,
        inbox: String::new(),
        history: None,
    };
    Ok((made_of, settings, incoming, None))
}
