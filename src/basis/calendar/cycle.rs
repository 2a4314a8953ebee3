//! Reporting cycles: 每日 每周 每旬 每半月 每月 每季 每半年 每年 一次性.

use serde::{Deserialize, Serialize};

use crate::basis::Lang;
use crate::basis::text::fold;

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

/// The words that name a cycle. Where one word begins with another, the longer one comes first.
const TURNS: &[(&str, Cycle)] = &[
    ("工作日", Cycle::Day),
    ("半个月", Cycle::HalfMonth),
    ("半月", Cycle::HalfMonth),
    ("15天", Cycle::HalfMonth),
    ("15日", Cycle::HalfMonth),
    ("半年", Cycle::HalfYear),
    ("半年度", Cycle::HalfYear),
    ("10天", Cycle::TenDays),
    ("10日", Cycle::TenDays),
    ("十天", Cycle::TenDays),
    ("十日", Cycle::TenDays),
    ("旬", Cycle::TenDays),
    ("7天", Cycle::Week),
    ("星期", Cycle::Week),
    ("礼拜", Cycle::Week),
    ("周", Cycle::Week),
    ("季度", Cycle::Quarter),
    ("季", Cycle::Quarter),
    ("月度", Cycle::Month),
    ("月", Cycle::Month),
    ("年度", Cycle::Year),
    ("年", Cycle::Year),
    ("日", Cycle::Day),
    ("天", Cycle::Day),
];

impl Cycle {
    /// All of them, the shortest first.
    pub const ALL: [Cycle; 9] = [
        Cycle::Day,
        Cycle::Week,
        Cycle::TenDays,
        Cycle::HalfMonth,
        Cycle::Month,
        Cycle::Quarter,
        Cycle::HalfYear,
        Cycle::Year,
        Cycle::Once,
    ];

    /// Reads the cycle a text names: 每月, 月报, 每周一次, 1次/季, `month`. None when the text names no cycle.
    pub fn parse(text: &str) -> Option<Cycle> {
        let folded = fold(text);
        let english = match folded.as_str() {
            "day" | "daily" => Some(Cycle::Day),
            "week" | "weekly" => Some(Cycle::Week),
            "ten-days" | "tendays" => Some(Cycle::TenDays),
            "half-month" | "halfmonth" => Some(Cycle::HalfMonth),
            "month" | "monthly" => Some(Cycle::Month),
            "quarter" | "quarterly" => Some(Cycle::Quarter),
            "half-year" | "halfyear" => Some(Cycle::HalfYear),
            "year" | "yearly" | "annual" => Some(Cycle::Year),
            "once" | "一次性" | "一次" | "1次" | "单次" | "一次性报送" | "一次性任务" | "仅一次" => {
                Some(Cycle::Once)
            }
            _ => None,
        };
        if english.is_some() {
            return english;
        }
        if let Some((_, per)) = folded.split_once('/') {
            return Cycle::turn(per).filter(|(_, rest)| rest.is_empty()).map(|(cycle, _)| cycle);
        }
        let each = ["每", "按", "逐", "各"].iter().find_map(|prefix| folded.strip_prefix(prefix));
        let bare = each.unwrap_or(&folded);
        let one = ["一个", "1个", "个", "一", "1"].iter().find_map(|prefix| bare.strip_prefix(prefix));
        // The whole text first: 每15日 must not be read as 每1 followed by 5日.
        let (cycle, rest) = Cycle::turn(bare).or_else(|| Cycle::turn(one?))?;
        let usual = matches!(rest, "" | "度" | "报" | "报表" | "报送" | "上报" | "小结" | "总结" | "报告")
            || rest.ends_with(['次', '报']) && rest.chars().count() <= 3;
        (each.is_some() || usual).then_some(cycle)
    }

    fn turn(text: &str) -> Option<(Cycle, &str)> {
        TURNS.iter().find_map(|&(word, cycle)| Some((cycle, text.strip_prefix(word)?)))
    }

    /// The name used in `taizhang.toml`: `month`.
    pub fn name(self) -> &'static str {
        match self {
            Cycle::Day => "day",
            Cycle::Week => "week",
            Cycle::TenDays => "ten-days",
            Cycle::HalfMonth => "half-month",
            Cycle::Month => "month",
            Cycle::Quarter => "quarter",
            Cycle::HalfYear => "half-year",
            Cycle::Year => "year",
            Cycle::Once => "once",
        }
    }

    /// The word used in reports: 每月.
    pub fn word(self, lang: Lang) -> &'static str {
        match self {
            Cycle::Day => lang.pick("每日", "daily"),
            Cycle::Week => lang.pick("每周", "weekly"),
            Cycle::TenDays => lang.pick("每旬", "every ten days"),
            Cycle::HalfMonth => lang.pick("每半月", "half-monthly"),
            Cycle::Month => lang.pick("每月", "monthly"),
            Cycle::Quarter => lang.pick("每季", "quarterly"),
            Cycle::HalfYear => lang.pick("每半年", "half-yearly"),
            Cycle::Year => lang.pick("每年", "yearly"),
            Cycle::Once => lang.pick("一次性", "once"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cycles_are_read_as_offices_write_them() {
        for (cycle, texts) in [
            (Cycle::Day, "每日 每天 日报 day 每工作日 每天一次 1次/日"),
            (Cycle::Week, "每周 周报 每周一次 每周3次 每周五 week 每个星期 一周一报 ２次／周"),
            (Cycle::TenDays, "每旬 旬报 ten-days 每10天 每十天"),
            (Cycle::HalfMonth, "每半月 半月报 每半个月 half-month 半个月一次 每15日"),
            (Cycle::Month, "每月 月报 每月1次 月度 month 按月 逐月 每个月 一月一报 每月28日前 1次/月"),
            (Cycle::Quarter, "每季 每季度 季报 quarter 每季度一次 季度 按季度报送"),
            (Cycle::HalfYear, "每半年 半年报 half-year 半年一次 半年"),
            (Cycle::Year, "每年 年报 year 年度 每年度 每年一次 一次/年"),
            (Cycle::Once, "一次性 once 一次"),
        ] {
            for text in texts.split(' ') {
                assert_eq!(Cycle::parse(text), Some(cycle), "{text}");
            }
            assert_eq!(Cycle::parse(cycle.name()), Some(cycle));
            assert_eq!(Cycle::parse(cycle.word(Lang::Zh)), Some(cycle));
        }
        for text in ["", "不定期", "随时", "8月底", "月底前", "2014年8月", "周五前完成", "每两周", "每2个月", "/"]
        {
            assert_eq!(Cycle::parse(text), None, "{text}");
        }
    }
}
