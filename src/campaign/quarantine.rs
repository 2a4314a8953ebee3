//! Files that exceeded the limits of the reader: a copy with the reason as text. The same bytes are refused again without
//! being read.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::archive::Archive;
use super::folders::Folders;
use crate::basis::place::base;
use crate::check::support::refusal;
use crate::read::Refusal;

/// The quarantine of a campaign.
#[derive(Clone, Debug)]
pub struct Quarantine {
    folder: PathBuf,
    /// Whether new files are added; not in a dry run.
    open: bool,
}

/// What is stored about a file.
#[derive(Debug, Serialize, Deserialize)]
struct Answer {
    /// The version of the program; another version tries again.
    version: String,
    refusal: Refusal,
}

impl Quarantine {
    /// The quarantine of this campaign.
    pub fn of(folders: &Folders, open: bool) -> Quarantine {
        Quarantine { folder: folders.quarantine(), open }
    }

    /// An empty quarantine that stores nothing.
    pub fn none() -> Quarantine {
        Quarantine { folder: PathBuf::new(), open: false }
    }

    /// The stored refusal for a hash.
    pub fn answer(&self, hash: &str) -> Option<Refusal> {
        if self.folder.as_os_str().is_empty() {
            return None;
        }
        let bytes = fs::read(self.path(hash, "json")).ok()?;
        let answer: Answer = serde_json::from_slice(&bytes).ok()?;
        (answer.version == env!("CARGO_PKG_VERSION")).then_some(answer.refusal)
    }

    /// Adds a file that exceeded a limit of time, memory or size. Other refusals are quick to find again, and a shortage of
    /// this machine says nothing about the file. If it cannot be added, the next run tries again.
    pub fn keep(&self, name: &str, hash: &str, refusal: &Refusal, archive: &Archive) {
        if self.open && !hash.is_empty() && matches!(refusal, Refusal::OverTime(_) | Refusal::OverBudget(_)) {
            let _ = self.put(name, hash, refusal, archive);
        }
    }

    fn put(&self, name: &str, hash: &str, refusal: &Refusal, archive: &Archive) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        let bare = base(name).replace(['\\', ':', '\0'], "_");
        let extension = Path::new(&bare).extension().and_then(|extension| extension.to_str());
        let extension = extension.filter(|extension| extension.len() <= 16).unwrap_or("bin");
        let copy = self.path(hash, extension);
        if !copy.exists() {
            fs::copy(archive.path(hash), &copy)?;
        }
        let answer = self.path(hash, "json");
        let reason = format!(
            "文件：{name}\r\n原因：{}\r\n处理：请报送单位用办公软件打开原文件，另存为新的 xlsx 后重新报送。\r\n\
             程序不会再次读取内容相同的文件；如需再试，请删去 {}。\r\n",
            refusal::words(refusal).zh,
            answer.file_name().map(|name| name.to_string_lossy()).unwrap_or_default()
        );
        fs::write(self.path(hash, &format!("{extension}.原因.txt")), format!("\u{feff}{reason}"))?;
        let remembered = Answer { version: env!("CARGO_PKG_VERSION").into(), refusal: refusal.clone() };
        fs::write(answer, serde_json::to_vec_pretty(&remembered)?)
    }

    fn path(&self, hash: &str, extension: &str) -> PathBuf {
        let digest = hash.strip_prefix("blake3:").unwrap_or(hash);
        self.folder.join(format!("{}.{extension}", digest.get(..32).unwrap_or(digest)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Lack, Trouble};

    #[test]
    fn the_same_bytes_get_the_same_answer_and_a_reason_stands_beside() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let folders = Folders::open(dir.path()).expect("it exists");
        let archive = Archive::new(&folders.archive());
        let (bad, fine) = (archive.keep(b"bomb").expect("kept"), archive.keep(b"empty").expect("kept"));
        let quarantine = Quarantine::of(&folders, true);
        let refusal = Refusal::OverTime(10);
        quarantine.keep("收件/a.xlsx", &bad.hash, &refusal, &archive);
        quarantine.keep("收件/b.xlsx", &fine.hash, &Refusal::Empty, &archive);
        assert_eq!(quarantine.answer(&bad.hash), Some(refusal));
        for refusal in [Refusal::Stopped("killed".into()), Refusal::NotAccessible(Trouble::Shortage(Lack::Memory))] {
            quarantine.keep("收件/c.xlsx", &fine.hash, &refusal, &archive);
        }
        assert_eq!(quarantine.answer(&fine.hash), None, "only what is dear to find again");
        let texts: Vec<String> = fs::read_dir(folders.quarantine())
            .expect("made")
            .filter_map(|entry| fs::read_to_string(entry.ok()?.path()).ok())
            .collect();
        assert_eq!(texts.len(), 3, "copy, reason, answer");
        assert!(texts.iter().any(|text| text.contains("收件/a.xlsx") && text.contains("10 秒")), "{texts:?}");
    }
}
