//! Deadlines as the division writes them: 4月10日前, 6月底, 年底前, 8-9月, 每月28日前, 长期.

use chrono::{NaiveDate, NaiveDateTime};

/// Until when a task is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deadline {
    /// 长期坚持, or nothing written: owed in every window.
    Standing,
    /// Until a moment; a day without clock time means the end of that day. 6月底, 年底前, "五一"前 and months are such days.
    By(NaiveDateTime),
    /// A phase: owed from its first to its last day (8-9月).
    Phase(NaiveDate, NaiveDate),
    /// Again each month on this day of the month (每月28日前).
    EachMonth(u32),
}

impl Deadline {
    /// The deadline a text names; a missing year is the one nearest to `near`. None when it names none (P508).
    pub fn parse(text: &str, near: NaiveDate) -> Option<Deadline> {
        let _ = (text, near);
        None
    }
}
