//! The history of a campaign, a SQLite file: runs, when files were first found, findings and obligations by window.

mod chains;
mod dates;
mod first_reports;
mod forget;
mod migrate;
mod names;
mod note;
mod open_items;
mod prior_reports;
mod problems;
mod record;
mod recall;
mod remembered;
mod ruled;
mod settled;
mod told_apart;
mod sets;
mod unread;

use std::fmt::Write as _;
use std::path::Path;

use rusqlite::{Connection, OpenFlags};

pub use recall::{Comparison, PastFinding, PastRun};
pub use remembered::{Remembered, thread};
pub use settled::Settled;

use super::stop::Stop;
use crate::basis::Bilingual;

/// The history, open.
#[derive(Debug)]
pub struct History {
    db: Connection,
}

impl History {
    /// Opens the history, or creates it.
    ///
    /// # Errors
    /// [`Stop::Start`] when the file cannot be used.
    pub fn open(path: &Path) -> Result<History, Stop> {
        may_be_written(path)?;
        let made = Connection::open(path).and_then(|db| {
            // a kill at any moment loses at most the current run
            db.pragma_update(None, "journal_mode", "WAL")?;
            let version = migrate::migrate(&db)?;
            db.pragma_update(None, "foreign_keys", true)?;
            Ok((db, version))
        });
        let (db, version) = made.map_err(|error| unusable(&error))?;
        if version > migrate::VERSION {
            return Err(Stop::start(
                "历史记录由更新版本的程序写成，请升级后再用",
                "the history was written by a newer version of the program",
            ));
        }
        Ok(History { db })
    }

    /// Whether a history stands in this file: none that was begun and never written.
    pub fn is_there(path: &Path) -> bool {
        std::fs::metadata(path).is_ok_and(|meta| meta.len() > 0)
    }

    /// Ends the work on a history so that its file alone holds all of it.
    ///
    /// # Errors
    /// As [`History::open`].
    pub fn close(self) -> Result<(), Stop> {
        self.db.close().map_err(|(_, error)| unusable(&error))
    }

    /// Opens the history for looking only; an empty one where there is none.
    ///
    /// # Errors
    /// [`Stop::Start`] when the file cannot be used.
    pub fn read_only(path: &Path) -> Result<History, Stop> {
        let there = path.try_exists().map_err(|error| unusable_file(&error))?;
        let opened = if there { looked_at(path) } else { Connection::open_in_memory() };
        let opened = opened.and_then(|db| {
            // What another version wrote is brought up to date in memory; the file stays as it is.
            let found: i32 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
            let db = if (1..migrate::VERSION).contains(&found) { in_memory(&db)? } else { db };
            migrate::migrate(&db)?;
            Ok(db)
        });
        Ok(History { db: opened.map_err(|error| unusable(&error))? })
    }
}

/// Whether the file may be written, where there is one. SQLite would make files beside it that may not be written either,
/// and keep the history from use when it may.
fn may_be_written(path: &Path) -> Result<(), Stop> {
    match std::fs::File::options().write(true).open(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(unusable_file(&error)),
        _ => Ok(()),
    }
}

/// As [`unusable`], for an error of the operating system.
fn unusable_file(error: &std::io::Error) -> Stop {
    Stop::failed("不能使用历史记录", "the history cannot be used:", ".taizhang/state.db", &super::stop::why(error))
}

fn looked_at(path: &Path) -> rusqlite::Result<Connection> {
    // With nothing left in its journal the file is all there is, and looking leaves no trace beside it.
    let settled = !path.with_extension("db-wal").exists();
    let url = format!("file:{}{}", encoded(path), if settled { "?immutable=1" } else { "" });
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(url, flags)
}

/// A copy of a database that no file holds.
fn in_memory(db: &Connection) -> rusqlite::Result<Connection> {
    let mut copy = Connection::open_in_memory()?;
    rusqlite::backup::Backup::new(db, &mut copy)?.run_to_completion(1_000, std::time::Duration::ZERO, None)?;
    Ok(copy)
}

/// Encodes a path for a SQLite URL, whatever the encoding of its names.
fn encoded(path: &Path) -> String {
    let mut url = String::new();
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'\\' if cfg!(windows) => url.push('/'),
            b'%' | b'?' | b'#' | b'\\' | 0x80.. => {
                let _ = write!(url, "%{byte:02x}");
            }
            byte => url.push(char::from(*byte)),
        }
    }
    url
}

/// What keeps the history from being used, as what it is.
pub(super) fn unusable(error: &rusqlite::Error) -> Stop {
    use rusqlite::ErrorCode as Code;
    let start = |zh: &str, en: &str| {
        Stop::start(
            format!("历史记录 .taizhang/state.db 不能使用：{zh}（{error}）"),
            format!("the history .taizhang/state.db cannot be used: {en} ({error})"),
        )
    };
    // No room for what it keeps beside the file is told as a fault of the disk.
    let no_room = error.sqlite_error().is_some_and(|error| error.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE);
    match error.sqlite_error_code() {
        _ if no_room => start("磁盘已满，请清理磁盘空间后重试", "the disk is full; make room and try again"),
        Some(Code::DatabaseCorrupt | Code::NotADatabase) => Stop::Damaged(Bilingual::new(
            "历史记录 .taizhang/state.db 已损坏；下次 taizhang run 读到坏处会将它移开，并由存档和各期 run.json 重建。要立即重建，请删去该文件后运行",
            "the history .taizhang/state.db is damaged; the next `taizhang run` that meets the damage sets it aside and makes it anew. To have it made anew at once, delete the file and run",
        )),
        Some(Code::DiskFull) => start("磁盘已满，请清理磁盘空间后重试", "the disk is full; make room and try again"),
        Some(Code::DatabaseBusy | Code::DatabaseLocked) => {
            start("正被其他程序使用，请关闭后重试", "another program uses it; close that and try again")
        }
        Some(Code::CannotOpen | Code::PermissionDenied | Code::ReadOnly | Code::AuthorizationForStatementDenied) => {
            start("没有权限读写该文件或文件夹，请检查权限", "no permission to read or write it or its folder")
        }
        Some(Code::SystemIoFailure) => {
            start("磁盘读写出错，请检查该磁盘或网络后重试", "the disk fails; look at the disk or the network")
        }
        _ => start("数据库报错", "the database says so"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::intake::{Admission, Incoming};

    #[test]
    fn a_full_disk_is_told_as_one() {
        for code in [rusqlite::ffi::SQLITE_FULL, rusqlite::ffi::SQLITE_IOERR_SHMSIZE] {
            let error = rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None);
            assert!(unusable(&error).to_string().contains("磁盘已满"), "{code}");
        }
        let error = rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_IOERR_READ), None);
        assert!(unusable(&error).to_string().contains("读写出错"));
    }

    #[test]
    fn a_run_that_cannot_be_written_could_start() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let mut history = History::open(&dir.path().join("state.db")).expect("opened");
        // A history that may not grow is one on a full disk.
        history.db.pragma_update(None, "max_page_count", 1).expect("set");
        let outcome = crate::check::fixture::outcome("division | 1-1 广告整治 | 综合科");
        let moment = outcome.as_of;
        let file = Incoming {
            name: "长名".repeat(1 << 16),
            path: std::path::PathBuf::new(),
            hash: "blake3:".to_owned(),
            size: 0,
            received: moment,
            first: moment,
            own: moment,
            claim: None,
            admission: Admission::Read,
        };
        let full = history.begin(&outcome, &[file], moment).and_then(|_| history.keep());
        assert!(matches!(&full, Err(Stop::Output(said)) if said.zh.contains("磁盘已满")), "{full:?}");
    }
}
