//! What a run is about to put in place, noted beside the history until that knows of it: a run that is killed in between
//! has put its set in place, and the next must not take it for what people changed.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::PathBuf;

use super::folders::Folders;
use super::stop::Stop;

fn file(folders: &Folders, window: &str) -> PathBuf {
    folders.state().join(format!("placing-{window}"))
}

/// Notes the outputs of a window by path and hash, beside those that are noted already: of several runs that were killed
/// any may have put its set in place. They are on the disk afterwards.
///
/// # Errors
/// [`Stop::Output`] when they cannot be noted.
pub(super) fn note(folders: &Folders, window: &str, outputs: &[(String, String)]) -> Result<(), Stop> {
    let path = file(folders, window);
    let mut all = noted(folders, window);
    all.extend(outputs.iter().cloned());
    let write = || -> std::io::Result<()> {
        let new = path.with_extension("new");
        let mut file = File::create(&new)?;
        file.write_all(&serde_json::to_vec(&all)?)?;
        file.sync_all()?;
        fs::rename(&new, &path)
    };
    write().map_err(|error| Stop::io("不能写入", "cannot write", &path, &error).at_writing())
}

/// What was noted for a window; nothing where the history knows all.
pub(super) fn noted(folders: &Folders, window: &str) -> BTreeSet<(String, String)> {
    let bytes = fs::read(file(folders, window)).unwrap_or_default();
    serde_json::from_slice(&bytes).unwrap_or_default()
}

/// Forgets it, now that the history knows. A note that stays says nothing that is wrong.
pub(super) fn forget(folders: &Folders, window: &str) {
    let _ = fs::remove_file(file(folders, window));
}
