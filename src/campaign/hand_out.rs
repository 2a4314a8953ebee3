//! Writes the blank forms: `下发/<单位>.xlsx`.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::archive::temporary_archive;
use super::disk::unnamed;
use super::folders::Folders;
use super::open::{Switches, open};
use super::readers::Readers;
use super::stop::{Stop, why};
use crate::basis::Bilingual;
use crate::basis::calendar::Window;
use crate::basis::settings::Settings;
use crate::render::blank_forms::forms;

/// The folder of the forms, below that of the campaign.
pub const FOLDER: &str = "下发";

/// The forms that were written.
#[derive(Debug)]
pub struct HandedOut {
    /// The window the forms are for.
    pub window: Window,
    /// The folder.
    pub folder: PathBuf,
    /// The names of the forms in it.
    pub files: Vec<String>,
    /// The settings.
    pub settings: Settings,
}

/// Writes a form for each unit that owes something. Without `--window`, forms are for the window whose due time comes next.
///
/// # Errors
/// [`Stop`] as for a run.
pub fn hand_out(
    folders: &Folders,
    switches: &Switches,
    folder: Option<&Path>,
    readers: &dyn Readers,
) -> Result<HandedOut, Stop> {
    let archive = temporary_archive()?;
    // here `--output` is the folder of the forms, not of the outputs
    let switches = Switches { output: None, ..switches.clone() };
    let mut opened = open(folders, &switches, readers, &archive, super::now::now())?;
    if opened.settings.window.is_none() {
        opened.window = opened.settings.due.next(opened.settings.cycle, opened.as_of);
    }
    let made = forms(&opened.context()).map_err(|error| {
        Stop::Output(Bilingual::new(
            format!("空白表未能生成：{error:#}"),
            format!("the forms could not be made: {error:#}"),
        ))
    })?;
    let folder = folder.map_or_else(|| folders.root.join(FOLDER), Path::to_owned);
    let refused = |error: &std::io::Error| {
        let (shown, why) = (folder.display(), why(error));
        Stop::Output(Bilingual::new(
            format!("W902 写不了 {shown}：{}", why.zh),
            format!("W902 cannot write to {shown}: {}", why.en),
        ))
    };
    fs::create_dir_all(&folder).map_err(|error| refused(&error))?;
    for form in &made {
        let put = || -> std::io::Result<()> {
            let mut file = unnamed(&folder)?;
            file.write_all(&form.bytes)?;
            file.as_file().sync_all()?;
            file.persist(folder.join(&form.path))?;
            Ok(())
        };
        put().map_err(|error| refused(&error))?;
    }
    let files = made.into_iter().map(|form| form.path).collect();
    Ok(HandedOut { window: opened.window, folder, files, settings: opened.settings })
}
