//! Lists the inbox: every file in every sub-folder, by name; nothing outside it, and no pipes or devices.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;
use walkdir::WalkDir;

use super::{Admission, legible, local, relative};
use crate::basis::Bilingual;
use crate::basis::numbered::apart;
use crate::campaign::stop::{Stop, why};
use crate::read::Refusal;

/// A file in the inbox.
#[derive(Clone, Debug)]
pub struct Found {
    /// The path below the campaign folder with `/`, as printed in reports.
    pub name: String,
    /// Its path on disk.
    pub path: PathBuf,
    /// The size in bytes.
    pub size: u64,
    /// The modification time, in local time; none where the file cannot be looked at.
    pub modified: Option<NaiveDateTime>,
    /// What to do with it.
    pub admission: Admission,
}

/// Everything in the inbox in the order of names. Names begin with `prefix` (`收件`); the paths in `not` and everything
/// below them are left out, but never the inbox itself.
///
/// # Errors
/// [`Stop::Start`] when the inbox or a folder in it cannot be listed on a second try either, because files in it would
/// count as not submitted.
pub fn walk(inbox: &Path, prefix: &str, not: &[PathBuf]) -> Result<Vec<Found>, Stop> {
    let home = fs::canonicalize(inbox).unwrap_or_else(|_| inbox.to_owned());
    let not = not.iter().filter_map(|path| fs::canonicalize(path).ok()).filter(|path| *path != home);
    let not: Vec<PathBuf> = not.collect();
    let list = || {
        // the inbox itself may be a link to a network share; links in it are not followed
        let entries = WalkDir::new(&home).follow_links(false).into_iter();
        let entries = entries.filter_entry(|entry| !not.iter().any(|path| path == entry.path()));
        listed(entries.map(|entry| entry.map_err(Unlistable::of)), &home)
    };
    // a folder moved away while it is listed fails once
    let mut found = list().or_else(|_| list()).map_err(|error| error.stop(&home))?;
    let prefix = prefix.trim_matches('/').trim_start_matches("./");
    for one in &mut found {
        if !prefix.is_empty() && prefix != "." {
            one.name = format!("{prefix}/{}", one.name);
        }
    }
    found.sort_by(|a, b| (&a.name, &a.path).cmp(&(&b.name, &b.path)));
    // names in two encodings or in none may be displayed alike; they are made unique
    let mut names = BTreeSet::new();
    for one in &mut found {
        one.name = apart(|end| format!("{}{end}", one.name), |name| names.insert(name.to_owned()));
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}

/// Why a folder could not be listed.
#[derive(Debug)]
struct Unlistable {
    /// The path, if the error gives one.
    path: Option<PathBuf>,
    error: std::io::Error,
}

impl Unlistable {
    fn of(error: walkdir::Error) -> Unlistable {
        let path = error.path().map(Path::to_owned);
        let text = error.to_string();
        Unlistable { path, error: error.into_io_error().unwrap_or_else(|| std::io::Error::other(text)) }
    }

    fn stop(&self, inbox: &Path) -> Stop {
        let (path, why) = (self.path.as_deref().unwrap_or(inbox).display(), why(&self.error));
        Stop::start(
            format!(
                "列不出 {path} 中的文件：{}。为免把已报的当作未报，没有继续；请检查该文件夹、磁盘或网络后再运行",
                why.zh
            ),
            format!(
                "cannot list {path}: {}. What was sent must not count as missing: look at it and run again",
                why.en
            ),
        )
    }
}

/// The files among the entries; the first error stops it.
fn listed(
    entries: impl Iterator<Item = Result<walkdir::DirEntry, Unlistable>>,
    home: &Path,
) -> Result<Vec<Found>, Unlistable> {
    let is_folder = |entry: &Result<walkdir::DirEntry, _>| entry.as_ref().is_ok_and(|one| one.file_type().is_dir());
    entries.filter(|entry| !is_folder(entry)).map(|entry| Ok(found(&entry?, home))).collect()
}

/// An entry with what is known of it: whether it is read, and when it was changed last.
fn found(entry: &walkdir::DirEntry, home: &Path) -> Found {
    let (name, path) = (relative(entry.path(), home), entry.path().to_owned());
    let mut admission = left_aside(&legible(entry.file_name())).map_or(Admission::Read, Admission::Ignored);
    if entry.path_is_symlink() {
        admission = link(&path, home);
    } else if !entry.file_type().is_file() {
        admission = Admission::Refused(Refusal::SpecialFile);
    }
    let meta = match admission {
        // the target of a link counts
        Admission::Read => fs::metadata(&path).ok(),
        _ => fs::symlink_metadata(&path).ok(),
    };
    if admission == Admission::Read && meta.as_ref().is_some_and(|meta| !meta.is_file()) {
        admission = Admission::Refused(Refusal::SpecialFile);
    }
    let modified = meta.as_ref().and_then(|meta| meta.modified().ok()).map(local);
    Found { name, path, size: meta.map_or(0, |meta| meta.len()), modified, admission }
}

/// Whether a link is followed.
fn link(path: &Path, home: &Path) -> Admission {
    let ignored = |zh, en| Admission::Ignored(Bilingual::fixed(zh, en));
    match fs::canonicalize(path) {
        Err(_) => ignored("链接，所指文件不存在", "a link that leads nowhere"),
        Ok(target) if !target.starts_with(home) => {
            ignored("链接，指向收件文件夹之外，未读取", "a link that leaves the inbox; not followed")
        }
        Ok(target) if target.is_dir() => ignored(
            "链接，所指文件夹已在收件文件夹内读取",
            "a link to a folder of the inbox, which is read in its own place",
        ),
        Ok(_) => Admission::Read,
    }
}

/// Whether an office program left this file while another of almost this name is open.
pub(crate) fn is_lock(name: &str) -> bool {
    name.starts_with("~$") || name.starts_with(".~")
}

/// Files that programs leave behind and nobody submits.
pub(super) fn left_aside(name: &str) -> Option<Bilingual> {
    let lower = name.to_lowercase();
    if is_lock(name) {
        return Some(Bilingual::new(
            "办公软件打开文件时留下的锁定文件",
            "a lock file that an office program leaves while a file is open",
        ));
    }
    matches!(lower.as_str(), "thumbs.db" | ".ds_store" | "desktop.ini")
        .then(|| Bilingual::new("操作系统自动生成的文件", "a file that the operating system makes by itself"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(found: &[Found]) -> Vec<(&str, &Admission)> {
        found.iter().map(|one| (one.name.as_str(), &one.admission)).collect()
    }

    #[test]
    fn files_in_sub_folders_by_name_and_lock_files_aside() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        for folder in ["b", "a.xlsx"] {
            fs::create_dir(dir.path().join(folder)).expect("made");
        }
        for file in ["b/2.xls", "z.csv", "a.xlsx/1.xlsx", "~$z.csv", ".~lock.z.csv#", "Thumbs.db", "收件登记.csv"] {
            fs::write(dir.path().join(file), b"x").expect("written");
        }
        let aside = [dir.path().join("收件登记.csv"), dir.path().to_owned()];
        let found = walk(dir.path(), "收件", &aside).expect("listed");
        let read: Vec<_> =
            found.iter().filter(|one| one.admission == Admission::Read).map(|one| one.name.as_str()).collect();
        assert_eq!(read, ["收件/a.xlsx/1.xlsx", "收件/b/2.xls", "收件/z.csv"]);
        assert_eq!(found.iter().filter(|one| matches!(one.admission, Admission::Ignored(_))).count(), 3);
    }

    #[test]
    fn an_error_in_the_middle_of_a_folder_is_not_its_end() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        fs::write(dir.path().join("a.xlsx"), b"x").expect("written");
        let entries = || WalkDir::new(dir.path()).into_iter().map(|entry| entry.map_err(Unlistable::of));
        assert_eq!(listed(entries(), dir.path()).expect("listed").len(), 1);
        // on a failing disk the error has no path
        let fails = || Err(Unlistable { path: None, error: std::io::Error::from_raw_os_error(5) });
        let error = listed(entries().chain(std::iter::once_with(fails)), dir.path()).expect_err("not listed");
        assert!(error.stop(dir.path()).to_string().contains(&dir.path().display().to_string()));
        let gone = walk(&dir.path().join("no such folder"), "", &[]).expect_err("not there");
        assert!(matches!(&gone, Stop::Start(said) if said[0].zh.contains("no such folder")), "{gone:?}");
    }

    #[cfg(unix)]
    #[test]
    fn names_in_gb18030_are_what_the_sender_saw() {
        use std::os::unix::ffi::OsStringExt as _;
        let gb = |text: &str| {
            let bytes = encoding_rs::GB18030.encode(text).0.into_owned();
            assert!(std::str::from_utf8(&bytes).is_err(), "{text}");
            std::ffi::OsString::from_vec(bytes)
        };
        let dir = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir(dir.path().join(gb("宣传科"))).expect("made");
        for file in [gb("综合科台账.xlsx"), gb("~$综合科台账.xlsx"), "督查科.xlsx".into(), gb("督查科.xlsx")]
        {
            fs::write(dir.path().join(file), b"x").expect("written");
        }
        fs::write(dir.path().join(gb("宣传科")).join("a.xlsx"), b"x").expect("written");
        let found = walk(dir.path(), "收件", &[]).expect("listed");
        let read: Vec<&str> = found.iter().filter(|one| one.admission.is_read()).map(|one| one.name.as_str()).collect();
        assert_eq!(read, ["收件/宣传科/a.xlsx", "收件/督查科.xlsx", "收件/督查科.xlsx~2", "收件/综合科台账.xlsx"]);
        assert!(found.iter().any(|one| one.name == "收件/~$综合科台账.xlsx"));
        let one = found.iter().find(|one| one.name == "收件/综合科台账.xlsx").expect("listed");
        assert_eq!(super::super::shown(one.path.strip_prefix(dir.path()).unwrap_or(&one.path)), "综合科台账.xlsx");
    }

    #[cfg(unix)]
    #[test]
    fn links_that_leave_loops_and_pipes_block_nobody() {
        use std::os::unix::ffi::OsStrExt as _;
        use std::os::unix::fs::symlink;
        let dir = tempfile::tempdir().expect("a temporary folder");
        let inbox = dir.path().join("in");
        fs::create_dir(&inbox).expect("made");
        fs::write(dir.path().join("secret.xlsx"), b"x").expect("written");
        fs::write(inbox.join("own.xlsx"), b"x").expect("written");
        for name in [&b"\xff.xlsx"[..], &b"\xfe.xlsx"[..]] {
            fs::write(inbox.join(std::ffi::OsStr::from_bytes(name)), b"x").expect("written");
        }
        symlink(dir.path().join("secret.xlsx"), inbox.join("out.xlsx")).expect("linked");
        symlink(inbox.join("own.xlsx"), inbox.join("in.xlsx")).expect("linked");
        symlink(&inbox, inbox.join("loop")).expect("linked");
        symlink("nowhere", inbox.join("nowhere.xlsx")).expect("linked");
        rustix::fs::mkfifoat(rustix::fs::CWD, inbox.join("pipe.xlsx"), rustix::fs::Mode::RUSR).expect("a pipe");
        let found = walk(&inbox, "", &[]).expect("listed");
        let read: Vec<_> =
            names(&found).into_iter().filter(|(_, admission)| **admission == Admission::Read).map(|(n, _)| n).collect();
        assert_eq!(read, ["in.xlsx", "own.xlsx", "\u{fffd}.xlsx", "\u{fffd}.xlsx~2"]);
        let ignored = found.iter().filter(|one| matches!(one.admission, Admission::Ignored(_))).count();
        assert_eq!((ignored, found.len()), (3, 8));
    }
}
