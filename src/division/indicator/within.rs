//! Quantities that are no amount of anything a ledger counts: a time within which something must be done (24小时内办结,
//! 3个工作日内), a rank (前三名).

use super::Relation;
use super::words::Sort;

/// Units of time that 个 stands before: 3个工作日.
const TIMES: &[&str] = &["工作日", "自然日", "星期", "季度", "学期", "月"];

/// What makes a time a limit, each with the characters that make another word of it: 内部, 前往, 后勤.
const ENDS: &[(&str, &str)] = &[
    ("内", "部训业审务容外"),
    ("之内", ""),
    ("以内", ""),
    ("前", "往期去"),
    ("之前", ""),
    ("以前", ""),
    ("后", "勤续期备"),
    ("之后", ""),
];

/// What is done once, in the time before it: 两天完成. What goes on for a time is no limit: 24小时值班.
const DONE: &[&str] = &["完成", "办结", "到位", "到场", "答复", "回复", "反馈", "解决", "整改到位"];

/// Whether a number with its unit is a time within which something must be done. `rest` follows it and the `limit` behind it
/// (以内); `alone`: neither a name nor a cycle stands before it.
pub(super) fn is_within(unit: Option<(&'static str, Sort)>, rest: &str, limit: Option<Relation>, alone: bool) -> bool {
    let pieces = unit.is_some_and(|(word, _)| word == "个");
    let behind = match unit {
        Some((_, Sort::Days | Sort::Amount("时长"))) => Some(rest),
        _ if pieces => TIMES.iter().find_map(|word| rest.strip_prefix(word)),
        _ => None,
    };
    behind.is_some_and(|behind| {
        let ends = |(end, other): &(&str, &str)| {
            behind.strip_prefix(end).is_some_and(|after| !after.starts_with(|c| other.contains(c)))
        };
        let done = DONE.iter().any(|word| behind.starts_with(word));
        let limited = limit == Some(Relation::AtMost) && !behind.is_empty();
        ENDS.iter().any(ends) || alone && (done || limited || pieces && behind.is_empty())
    })
}

/// Whether a number directly behind a name is a rank: 全市前三名, 排名前10.
pub(super) fn is_rank(name: &str, unit: Option<(&'static str, Sort)>) -> bool {
    name.ends_with(['前', '第']) && unit.is_none_or(|(word, _)| word == "名")
}

#[cfg(test)]
mod tests {
    use super::super::grammar::tests::asks;

    #[test]
    fn a_time_limit_is_no_amount() {
        for written in [
            "24小时内办结",
            "3个工作日内办结",
            "一个月内整改到位",
            "两天内完成",
            "15分钟内到场",
            "24小时以内办结",
            "两天之内完成",
            "3个工作日以内答复",
            "三个月内完成",
            "两天完成",
            "15分钟到场",
            "一个月整改到位",
            "3个工作日",
            "每月2天内完成",
            "每次24小时内办结",
            "诉求办理24小时内办结",
            "达到24小时内办结",
            "1小时后反馈",
            "3天前报送",
        ] {
            let told = asks(written);
            assert!(told.starts_with('✗') && told.ends_with(" Amount"), "{written}: {told}");
        }
        assert_eq!(asks("24小时内办结"), "✗ 24小时▲内办结 Amount");
    }

    #[test]
    fn a_time_that_is_spent_is_an_amount() {
        for (written, expected) in [
            ("24小时值班", "sum 时长 ≥ 24"),
            ("每月3天", "days 天数 ≥ 3 /1Month"),
            ("每季度2天整治行动", "days 天数 ≥ 2 /1Quarter"),
            ("每月2天内部培训", "days 天数 ≥ 2 /1Month"),
            ("每月3天前往社区", "days 天数 ≥ 3 /1Month"),
            ("办结时长≤24小时/次", "each 办结时长 ≤ 24"),
            ("办结时长不超过24小时内", "sum 办结时长 ≤ 24"),
            ("每次24小时以内办结", "each 时长 ≤ 24"),
            ("每月投诉件数5件以内", "sum 投诉件数 ≤ 5 /1Month"),
            ("巡查时长8小时以上", "sum 巡查时长 ≥ 8"),
            ("不少于3个月度计划", "sum 数量|个数 ≥ 3"),
            ("4次以内", "count 次数 ≤ 4"),
        ] {
            assert_eq!(asks(written), expected, "{written}");
        }
    }

    #[test]
    fn a_rank_is_no_amount() {
        for written in ["达到全市前三名", "达到全市前3", "每月全市前三名", "考核排名第一", "进入全省前10名"]
        {
            let told = asks(written);
            assert!(told.starts_with('✗') && told.ends_with(" Amount"), "{written}: {told}");
        }
        assert_eq!(asks("每年汛期前2次"), "count 汛期前次数 ≥ 2 /1Year");
        assert_eq!(asks("培训不少于3名"), "sum 培训人数|培训 ≥ 3");
    }
}
