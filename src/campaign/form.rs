//! The municipal office's own form (setting `form`): read before anything is written, and archived.

use super::archive::Archive;
use super::folders::Folders;
use super::open::Opened;
use super::readers::Readers;
use super::stop::Stop;
use crate::basis::Bilingual;
use crate::check::support::refusal;
use crate::outcome::Outcome;
use crate::render::city_form::{self, Form};

/// Reads the form of a campaign, if it has one, and sets its hash in the settings.
///
/// # Errors
/// [`Stop::Start`] when it is missing, cannot be read, or has no heading.
pub(super) fn open(
    folders: &Folders,
    opened: &mut Opened,
    readers: &dyn Readers,
    archive: &Archive,
) -> Result<Option<Form>, Stop> {
    let Some(name) = opened.settings.form.clone() else { return Ok(None) };
    let path = folders.root.join(&name);
    if !path.is_file() {
        return Err(refused(&name, &Bilingual::new("文件不存在", "there is no such file")));
    }
    let held = archive.take_whole(&path, |why| refused(&name, why))?;
    opened.settings.form_hash = Some(held.hash);
    recall(opened, readers, archive)
}

/// Reads the form from the archive by the hash in the settings.
///
/// # Errors
/// [`Stop::Start`] when it is missing, cannot be read, or has no heading.
pub(super) fn recall(opened: &Opened, readers: &dyn Readers, archive: &Archive) -> Result<Option<Form>, Stop> {
    let (Some(name), Some(hash)) = (&opened.settings.form, &opened.settings.form_hash) else { return Ok(None) };
    let book =
        readers.workbook(&archive.path(hash), name).map_err(|refusal| refused(name, &refusal::words(&refusal)))?;
    let appearance = readers.appearance(&archive.path(hash), name).ok().flatten();
    let form = Form::of(book, appearance, &opened.division.fields).ok_or_else(|| {
        refused(
            name,
            &Bilingual::new(
                "没有找到标题行（应有“序号、工作任务、责任单位、完成情况”一类的栏目）",
                "it has no heading row with known columns",
            ),
        )
    })?;
    Ok(Some(form))
}

fn refused(name: &str, why: &Bilingual) -> Stop {
    Stop::failed("读不了上级表样", "cannot use the municipal form", name, why)
}

/// What could not be copied from a form, for the screen.
pub(super) fn notes(form: &Form, name: &str) -> Vec<Bilingual> {
    form.notes.iter().map(|note| said(name, note)).collect()
}

/// What the lists of a form have no word for, for the screen.
pub(super) fn unplaced(outcome: &Outcome, form: &Form) -> Vec<Bilingual> {
    let name = outcome.settings.form.as_deref().unwrap_or_default();
    city_form::unplaced(outcome, form).iter().map(|note| said(name, note)).collect()
}

fn said(name: &str, note: &Bilingual) -> Bilingual {
    Bilingual::new(format!("上级表样 {name}：{}", note.zh), format!("form {name}: {}", note.en))
}
