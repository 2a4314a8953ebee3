//! Repeats a recorded run from the history and the archive.

use super::archive::Archive;
use super::folders::Folders;
use super::form;
use super::gather::{Progress, take_in};
use super::history::History;
use super::open::{Opened, load};
use super::quarantine::Quarantine;
use super::readers::Readers;
use super::run::{judge, render};
use super::stop::Stop;
use crate::basis::Bilingual;
use crate::basis::calendar::Window;
use crate::render::Rendered;

/// Renders the outputs of the recorded run for this window on this day (`2014-08-31`, or with a clock time).
///
/// # Errors
/// [`Stop::Start`] when there is no such run, or the archive no longer has its files.
pub fn rerun(
    folders: &Folders,
    window: &str,
    as_of: &str,
    readers: &dyn Readers,
    progress: &dyn Progress,
) -> Result<Vec<Rendered>, Stop> {
    let archive = Archive::new(&folders.archive());
    let history = History::read_only(&folders.database())?;
    let day = as_of.get(..10).unwrap_or(as_of);
    let run = history.runs()?.into_iter().rev().find(|run| run.window == window && run.as_of.starts_with(day));
    let run = run.ok_or_else(|| {
        Stop::start(
            format!("历史中没有 {day} 对 {window} 的运行"),
            format!("the history knows no run for {window} on {day}"),
        )
    })?;
    let (settings, incoming) = history.inputs(run.id)?;
    for (name, hash) in incoming
        .iter()
        .filter(|file| file.fate.is_read())
        .map(|file| (&file.name, &file.hash))
        .chain([(&settings.division, &run.division)])
        .chain(settings.form.iter().zip(&settings.form_hash))
    {
        archive.bytes(hash).map_err(|_| {
            Stop::start(format!("存档中缺少 {name}，或已被改动"), format!("the archive lost {name}, or it was altered"))
        })?;
    }

    let book = readers.workbook(&archive.path(&run.division), &settings.division).map_err(|_| {
        Stop::Fault(Bilingual::new("存档的任务分工表这次读不了", "the archived division cannot be read this time"))
    })?;
    let label = Window::parse(window, settings.cycle);
    let (Some(window), Ok(as_of)) = (label, run.as_of.parse()) else {
        return Err(Stop::start("历史记录中的报告期不能识别", "the history names a window that cannot be read"));
    };
    let division = load(&book, &run.division, &settings, window);
    let opened = Opened { settings, book, division, window, as_of };
    let form = form::recall(&opened, readers, &archive)?;
    let taken = take_in(&incoming, &opened, &archive, &Quarantine::of(folders, false), readers, progress);
    let mut outcome = judge(&opened, taken, history.prior(&opened, &incoming)?)?;
    history.date(&mut outcome)?;
    render(&outcome, form.as_ref(), &archive, readers)
}
