//! Days and moments as the tables hold them.

use chrono::{NaiveDateTime, Timelike as _};

/// A moment as the tables hold it: sorted as text, sorted in time.
pub(super) fn moment(at: NaiveDateTime) -> String {
    format!("{}T{}", at.date(), at.time().with_nanosecond(0).unwrap_or_default())
}

/// A day or moment, written as ISO text.
pub(super) fn parsed<T>(row: &rusqlite::Row<'_>, at: usize) -> rusqlite::Result<T>
where
    T: std::str::FromStr,
    T::Err: std::error::Error + Send + Sync + 'static,
{
    let text: String = row.get(at)?;
    text.parse()
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(at, rusqlite::types::Type::Text, Box::new(error)))
}
