//! Cell values. Text that does not fit its field is kept; it never becomes 0 or blank.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use crate::basis::calendar::{self, Occasion, Window};

/// The value of a cell; [`super::Cell`] also has its text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// Empty.
    #[default]
    Blank,
    /// Text, or a list that is parsed from the text where needed.
    Text,
    /// A day.
    Day(NaiveDate),
    /// A day with a time.
    Moment(NaiveDateTime),
    /// Several days, a range of days, or part of a month (5月6日、5月13日, 5月6日-8日, 5月上旬), parsed from the text where
    /// needed ([`occasions`]).
    Days {
        /// The first day.
        first: NaiveDate,
        /// The last day, on which the work was done.
        last: NaiveDate,
    },
    /// A number, an amount in the unit of its heading.
    Number(f64),
    /// A number that was entered as text (C109).
    NumberAsText(f64),
    /// A rate: 1.0 is 100 %.
    Rate(f64),
    /// 完成情况.
    Status(Status),
    /// Something that does not fit the field; only the text is kept.
    Unfit,
    /// An error value such as `#N/A` (C107).
    Fault,
    /// A formula saved without its value (C106).
    Uncalculated,
    /// A number that lost digits (C108).
    DigitsLost,
}

/// 完成情况, folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Status {
    /// 已完成, √, 100%.
    Done,
    /// 正在推进.
    InProgress,
    /// 未开始.
    NotStarted,
    /// 长期坚持.
    Continuous,
    /// 零报告, 无.
    Nil,
    /// 不涉及.
    Exempt,
    /// 有异议.
    Disputed,
}

impl Value {
    /// The number, whichever way it was written.
    pub fn number(self) -> Option<f64> {
        match self {
            Value::Number(n) | Value::NumberAsText(n) | Value::Rate(n) => Some(n),
            _ => None,
        }
    }

    /// The day, of several the last.
    pub fn day(self) -> Option<NaiveDate> {
        match self {
            Value::Day(day) => Some(day),
            Value::Moment(moment) => Some(moment.date()),
            Value::Days { last, .. } => Some(last),
            _ => None,
        }
    }

    /// The state.
    pub fn status(self) -> Option<Status> {
        match self {
            Value::Status(status) => Some(status),
            _ => None,
        }
    }
}

/// When what a cell tells of took place: the occasions its date names, in the order written; none without a date.
/// `text` is what the cell shows, `window` the one its days were read in.
pub fn occasions(value: Value, text: &str, window: &Window) -> Vec<Occasion> {
    let one = |day, clock| vec![Occasion { first: day, last: day, clock, exact: true }];
    match value {
        Value::Day(day) => one(day, None),
        Value::Moment(moment) => one(moment.date(), Some(moment.time())),
        Value::Days { first, last } => calendar::occasions(text, window)
            .unwrap_or_else(|| vec![Occasion { first, last, clock: None, exact: first == last }]),
        _ => Vec::new(),
    }
}
