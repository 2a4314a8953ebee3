//! The clock of the machine.

use chrono::{NaiveDateTime, Timelike as _};

/// The local time of the machine, to the second.
pub fn now() -> NaiveDateTime {
    let now = chrono::Local::now().naive_local();
    now.with_nanosecond(0).unwrap_or(now)
}
