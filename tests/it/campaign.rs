//! Copies of folders: a sample's campaign, or any other.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::build::root;

/// A copy of a sample's campaign, without its sources and without what running the sample by hand left in it.
pub(crate) fn campaign(sample: &str) -> TempDir {
    let from = root().join("samples").join(sample);
    copied(&from, &["source", "输出", ".taizhang", "人工认定.xlsx", "待认定.xlsx"])
}

/// A copy of a folder, files with their times, without some of what stands in it.
pub(crate) fn copied(from: &Path, without: &[&str]) -> TempDir {
    let to = tempfile::tempdir().expect("a temporary folder");
    for entry in walkdir::WalkDir::new(from).min_depth(1) {
        let entry = entry.expect("readable");
        let path = entry.path().strip_prefix(from).expect("below the folder");
        if without.iter().any(|left| path.starts_with(left)) {
            continue;
        }
        let path = to.path().join(path);
        if entry.file_type().is_dir() {
            fs::create_dir_all(path).expect("made");
        } else {
            fs::copy(entry.path(), &path).expect("copied");
            let written = entry.metadata().expect("there").modified().expect("a time");
            fs::File::options().append(true).open(path).and_then(|file| file.set_modified(written)).expect("set");
        }
    }
    to
}
