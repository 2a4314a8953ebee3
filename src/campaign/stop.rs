//! Errors that stop a command, in both languages.

use std::borrow::Cow;
use std::fmt;

use crate::basis::Bilingual;

/// Why a command stopped without doing its job. Each has its exit code.
#[derive(Debug)]
pub enum Stop {
    /// It cannot start because of the folder, the settings or the division (exit 2). One sentence for each error.
    Start(Vec<Bilingual>),
    /// The history is damaged (exit 2); `run` sets it aside and begins a new one.
    Damaged(Bilingual),
    /// Another run holds the folder (exit 3).
    Held(Bilingual),
    /// An output could not be written; the previous outputs are unchanged (exit 4).
    Output(Bilingual),
    /// A fault of the program itself (exit 70).
    Fault(Bilingual),
}

impl Stop {
    /// A single error that keeps a command from starting.
    pub fn start(zh: impl Into<Cow<'static, str>>, en: impl Into<Cow<'static, str>>) -> Stop {
        Stop::Start(vec![Bilingual::new(zh, en)])
    }

    /// Something that failed and keeps a command from starting: what was attempted, with what, and why it failed.
    pub fn failed(doing_zh: &str, doing_en: &str, with: impl fmt::Display, why: &Bilingual) -> Stop {
        Stop::start(format!("{doing_zh} {with}：{}", why.zh), format!("{doing_en} {with}: {}", why.en))
    }

    /// As [`Stop::failed`], with an error of the operating system.
    pub fn io(doing_zh: &str, doing_en: &str, path: &std::path::Path, error: &std::io::Error) -> Stop {
        Stop::failed(doing_zh, doing_en, path.display(), &why(error))
    }

    /// What stopped a command that had started and was writing: its outputs are not put in place.
    pub(super) fn at_writing(self) -> Stop {
        match self {
            Stop::Start(mut said) if said.len() == 1 => Stop::Output(said.remove(0)),
            other => other,
        }
    }

    /// The messages.
    pub fn said(&self) -> &[Bilingual] {
        match self {
            Stop::Start(all) => all,
            Stop::Damaged(said) | Stop::Held(said) | Stop::Output(said) | Stop::Fault(said) => {
                std::slice::from_ref(said)
            }
        }
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all: Vec<&str> = self.said().iter().map(|said| &*said.zh).collect();
        f.write_str(&all.join("\n"))
    }
}

impl std::error::Error for Stop {}

/// An error of the operating system in words a clerk understands.
pub fn why(error: &std::io::Error) -> Bilingual {
    use std::io::ErrorKind as K;
    let zh = match error.kind() {
        K::NotFound => "找不到",
        K::PermissionDenied => "没有权限，或正被其他程序打开",
        K::StorageFull => "磁盘已满",
        K::ReadOnlyFilesystem => "磁盘只读",
        K::AlreadyExists => "已有同名文件",
        K::IsADirectory => "这是文件夹",
        K::NotADirectory => "这不是文件夹",
        K::QuotaExceeded => "超过磁盘配额",
        K::FileTooLarge => "文件超过系统允许的大小",
        K::ResourceBusy => "正被其他程序占用",
        K::InvalidFilename => "文件名过长或含有系统不允许的字符",
        _ => return Bilingual::new(format!("系统提示 {error}"), error.to_string()),
    };
    Bilingual::new(zh, error.to_string())
}
