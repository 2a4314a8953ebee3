//! Due times: an offset after the window's end, a clock time, and what weekends and holidays do to it.

use chrono::{NaiveDate, NaiveTime};

/// What happens to a due time that falls on a weekend or holiday.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weekend {
    /// It stands.
    #[default]
    None,
    /// It moves to the last working day before.
    Earlier,
    /// It moves to the next working day.
    Later,
}

/// When submissions for a window are due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueRule {
    /// Calendar days after the window's last day; may be negative.
    pub days: i64,
    /// Clock time on that day.
    pub clock: NaiveTime,
    /// What a weekend or holiday does.
    pub weekend: Weekend,
    /// Dates off.
    pub holidays: Vec<NaiveDate>,
    /// Weekend days that are worked (调休).
    pub workdays: Vec<NaiveDate>,
}

impl Default for DueRule {
    /// Five days after the window's end, at 17:00.
    fn default() -> DueRule {
        DueRule {
            days: 5,
            clock: NaiveTime::from_hms_opt(17, 0, 0).unwrap_or_default(),
            weekend: Weekend::None,
            holidays: Vec::new(),
            workdays: Vec::new(),
        }
    }
}

impl DueRule {
    /// When a report for this window is due.
    pub fn due(&self, window: &super::Window) -> chrono::NaiveDateTime {
        window.end.and_time(self.clock)
    }
}
