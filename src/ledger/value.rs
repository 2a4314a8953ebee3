//! What a cell means under its field. Text that does not fit keeps its original; nothing unparsed becomes 0 or blank.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

/// The meaning of a cell; its text stands beside it in [`super::Cell`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// Nothing in it.
    #[default]
    Blank,
    /// Text, or a list that is read from the text where it is needed.
    Text,
    /// A day.
    Day(NaiveDate),
    /// A moment.
    Moment(NaiveDateTime),
    /// A number, an amount in the unit of its heading.
    Number(f64),
    /// A number that was typed as text and read all the same (C109).
    NumberAsText(f64),
    /// A rate: 1.0 is 100 %.
    Rate(f64),
    /// 完成情况.
    Status(Status),
    /// Something that does not fit the field; the text keeps it.
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

    /// The day.
    pub fn day(self) -> Option<NaiveDate> {
        match self {
            Value::Day(day) => Some(day),
            Value::Moment(moment) => Some(moment.date()),
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
