//! A sample's campaign in a folder of its own.

use std::fs;

use tempfile::TempDir;

use crate::build::root;

/// A copy of a sample's campaign, without its sources and without what running the sample by hand left in it.
pub(crate) fn campaign(sample: &str) -> TempDir {
    let from = root().join("samples").join(sample);
    let to = tempfile::tempdir().expect("a temporary folder");
    for entry in walkdir::WalkDir::new(&from).min_depth(1) {
        let entry = entry.expect("readable");
        let path = entry.path().strip_prefix(&from).expect("below the sample");
        if ["source", "输出", ".taizhang", "人工认定.xlsx", "待认定.xlsx"].iter().any(|own| path.starts_with(own))
        {
            continue;
        }
        if entry.file_type().is_dir() {
            fs::create_dir_all(to.path().join(path)).expect("made");
        } else {
            fs::copy(entry.path(), to.path().join(path)).expect("copied");
        }
    }
    to
}
