//! The history of a campaign, a SQLite file: runs, when files were first found, findings and obligations by window.

mod first_reports;
mod prior_reports;
mod record;
mod recall;
mod settled;

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

pub use recall::{Changes, PastFinding, PastRun};
pub use settled::Settled;

use super::stop::Stop;

/// The version of the tables, increased with every change of `schema.sql`.
const VERSION: i32 = 2;

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
        let made = Connection::open(path).and_then(|db| {
            // a kill at any moment loses at most the current run
            db.pragma_update(None, "journal_mode", "WAL")?;
            db.pragma_update(None, "foreign_keys", true)?;
            let version: i32 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
            if version == 0 {
                db.execute_batch(&format!(
                    "BEGIN; {} PRAGMA user_version = {VERSION}; COMMIT;",
                    include_str!("schema.sql")
                ))?;
            }
            if version == 1 {
                db.execute_batch("BEGIN; ALTER TABLE inputs ADD COLUMN first TEXT; PRAGMA user_version = 2; COMMIT;")?;
            }
            db.execute_batch(settled::TABLE)?;
            db.execute_batch(first_reports::TABLE)?;
            Ok((db, version))
        });
        let (db, version) = made.map_err(|error| unusable(&error))?;
        if version > VERSION {
            return Err(Stop::start(
                "历史记录由更新版本的程序写成，请升级后再用",
                "the history was written by a newer version of the program",
            ));
        }
        Ok(History { db })
    }

    /// Opens the history read-only; an empty one if there is none.
    ///
    /// # Errors
    /// [`Stop::Start`] when the file cannot be used.
    pub fn read_only(path: &Path) -> Result<History, Stop> {
        let opened = if path.is_file() {
            // without a journal the file is complete and can be opened as immutable, which creates no other files
            let settled = !path.with_extension("db-wal").exists();
            let url = format!("file:{}{}", encoded(path), if settled { "?immutable=1" } else { "" });
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            Connection::open_with_flags(url, flags)
        } else {
            Connection::open_in_memory().and_then(|db| {
                db.execute_batch(&[include_str!("schema.sql"), settled::TABLE, first_reports::TABLE].join(";"))
                    .map(|()| db)
            })
        };
        Ok(History { db: opened.map_err(|error| unusable(&error))? })
    }

    /// Whether it was written by a version that did not store arrival times separately. A history opened read-only is not
    /// upgraded.
    fn is_old(&self) -> rusqlite::Result<bool> {
        Ok(self.db.pragma_query_value(None, "user_version", |row| row.get::<_, i32>(0))? == 1)
    }
}

/// Encodes a path for a SQLite URL.
fn encoded(path: &Path) -> String {
    let shown = path.to_string_lossy().replace('\\', "/");
    shown.replace('%', "%25").replace('?', "%3f").replace('#', "%23")
}

pub(super) fn unusable(error: &rusqlite::Error) -> Stop {
    Stop::start(
        format!("历史记录 .taizhang/state.db 不能使用：{error}。可将它移走后重新运行（会丢失历史）"),
        format!("the history .taizhang/state.db cannot be used: {error}. Move it away to begin a new one"),
    )
}
