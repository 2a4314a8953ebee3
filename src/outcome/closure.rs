//! 整改销号: the problems that stand, and those that this window closed.

use std::collections::BTreeSet;

use super::Outcome;
use crate::basis::{Lang, UnitId};
use crate::check::support::read_of;
use crate::obligation::{FileState, Problem};

/// How a problem stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Open, and told of in this window.
    Open,
    /// Open, and this window does not speak of it.
    NotMentioned,
    /// Open, and its unit has not reported in this window yet.
    Awaited,
    /// Open, and what its unit sent could not be read.
    Unread,
    /// It was closed before, and is reported again.
    Back,
    /// Closed in this window.
    Closed,
}

impl Standing {
    /// The state in words, as 整改销号 prints it.
    pub fn word(self, lang: Lang) -> &'static str {
        match self {
            Standing::Open => lang.pick("未销号", "open"),
            Standing::NotMentioned => lang.pick("未销号，本期未提及", "open, not mentioned now"),
            Standing::Unread => lang.pick("未销号，本期文件未能读取", "open, the report could not be read"),
            Standing::Awaited => lang.pick("未销号，本期尚未报送", "open, no report yet"),
            Standing::Back => lang.pick("再次出现", "come back"),
            Standing::Closed => lang.pick("已销号", "closed"),
        }
    }
}

/// The problems that stand, and those that this window closed: by unit, then by the day on which they were found.
pub fn closure(outcome: &Outcome) -> Vec<(&Problem, Standing)> {
    let untold = |one: &Problem| one.closed.is_none() && one.told != outcome.window;
    let waiting = outcome.obligations.problems.iter().any(untold);
    let read = if waiting { read_of(&outcome.files) } else { BTreeSet::new() };
    let refused =
        |unit: UnitId| outcome.files.iter().any(|file| file.state == FileState::Refused && file.unit == Some(unit));
    let standing = |one: &Problem| match one.closed {
        Some(_) if one.closed_in == Some(outcome.window) => Some(Standing::Closed),
        Some(_) => None,
        None if untold(one) && read.contains(&one.unit) => Some(Standing::NotMentioned),
        None if untold(one) && refused(one.unit) => Some(Standing::Unread),
        None if untold(one) => Some(Standing::Awaited),
        None if one.back.is_some() => Some(Standing::Back),
        None => Some(Standing::Open),
    };
    let problems = outcome.obligations.problems.iter();
    let mut listed: Vec<_> = problems.filter_map(|one| Some((one, standing(one)?))).collect();
    listed.sort_by_key(|(one, _)| (one.unit, one.opened));
    listed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::outcome;

    /// The list in lines: words, found, closed, how it stands.
    fn listed(drawing: &str) -> Vec<String> {
        let outcome = outcome(drawing);
        let one = |(problem, standing): &(&Problem, Standing)| {
            let day = |day: chrono::NaiveDate| day.format("%m-%d").to_string();
            let closed = problem.closed.map_or("-".to_owned(), day);
            format!("{} {} {closed} {}", problem.text, day(problem.opened), standing.word(Lang::Zh))
        };
        closure(&outcome).iter().map(one).collect()
    }

    #[test]
    fn problems_are_followed_until_they_are_closed_and_when_they_come_back() {
        let drawn = listed(
            "
            as-of 2014-09-06 18:00
            division | 1-1 广告整治 | 综合科
            --- 综合科6月台账.xlsx 2014-07-02 10:00
            任务编号 | 工作任务 | 完成情况 | 日期 | 存在问题 | 整改措施 | 整改情况
            '1-1 | 广告整治 | 正在推进 | 2014-06-11 | 东门广告牌破损 | 更换 | 正在整改
            '1-1 | 广告整治 | 正在推进 | 2014-06-12 | 路灯不亮 | 报修 | 6月20日已修复
            '1-1 | 广告整治 | 正在推进 | 2014-06-13 | 南门地砖松动 | 修补 | 未整改
            --- 综合科7月台账.xlsx 2014-08-02 10:00
            任务编号 | 工作任务 | 完成情况 | 日期 | 存在问题 | 整改措施 | 整改情况
            '1-1 | 广告整治 | 正在推进 | 2014-07-11 | 东门广告牌破损较多 | 更换 | 已整改
            '1-1 | 广告整治 | 正在推进 | 2014-07-12 | 北门花坛开裂 | 修补 | 未整改
            --- 综合科8月台账.xlsx 2014-09-03 10:00
            任务编号 | 工作任务 | 完成情况 | 日期 | 存在问题 | 整改措施 | 整改情况
            '1-1 | 广告整治 | 正在推进 | 2014-08-12 | 路灯不亮 | 报修 | 正在整改
            '1-1 | 广告整治 | 正在推进 | 2014-08-13 | 南门地砖松动 | 修补 | 8月20日已修补到位
            '1-1 | 广告整治 | 正在推进 | 2014-08-14 | 墙面破损 | 粉刷 | 已整改
            '1-1 | 广告整治 | 正在推进 | 2014-08-15 | 墙面破损 | 粉刷 | 正在整改
            '1-1 | 广告整治 | 正在推进 | 2014-08-16 | 无 | |
            ",
        );
        assert_eq!(
            drawn,
            [
                "路灯不亮 06-12 - 再次出现",
                "南门地砖松动 06-13 08-20 已销号",
                "北门花坛开裂 07-12 - 未销号，本期未提及",
                "墙面破损 08-14 09-03 已销号",
                "墙面破损 08-15 - 未销号",
            ]
        );
    }

    #[test]
    fn a_unit_that_has_not_reported_yet_has_not_left_a_problem_out() {
        let july = "
            as-of 2014-09-06 18:00
            division | 1-1 广告整治 | 综合科
            --- 综合科7月台账.xlsx 2014-08-02 10:00
            任务编号 | 工作任务 | 完成情况 | 日期 | 存在问题 | 整改措施 | 整改情况
            '1-1 | 广告整治 | 正在推进 | 2014-07-11 | 路灯不亮 | 报修 | 正在整改
            ";
        let then = |august: &str| listed(&format!("{july}{august}"));
        assert_eq!(then(""), ["路灯不亮 07-11 - 未销号，本期尚未报送"]);
        let nil = "--- 综合科8月零报告.xlsx 2014-09-03 10:00\n零报告\n";
        assert_eq!(then(nil), ["路灯不亮 07-11 - 未销号，本期未提及"]);
        for refused in ["no-permission", "damaged"] {
            let august = format!("--- 综合科8月台账.xlsx {refused}\n");
            assert_eq!(then(&august), ["路灯不亮 07-11 - 未销号，本期文件未能读取"]);
        }
    }

    #[test]
    fn what_is_said_once_more_is_closed_once_and_what_is_found_later_is_another_time() {
        let drawn = listed(
            "
            as-of 2014-09-06 18:00
            division | 1-1 广告整治 | 综合科
            --- 综合科7月台账.xlsx 2014-08-02 10:00
            任务编号 | 工作任务 | 完成情况 | 日期 | 存在问题 | 整改措施 | 整改情况
            '1-1 | 广告整治 | 正在推进 | 2014-07-11 | 东门广告牌破损 | 更换 | 7月20日已整改
            '1-1 | 广告整治 | 正在推进 | 2014-07-12 | 西门广告牌破损 | 更换 | 7月20日已整改
            '1-1 | 广告整治 | 正在推进 | 2014-07-12 | 南门广告牌破损 | 更换 | 正在整改
            --- 综合科8月台账.xlsx 2014-09-03 10:00
            任务编号 | 工作任务 | 完成情况 | 日期 | 存在问题 | 整改措施 | 整改情况
            '1-1 | 广告整治 | 正在推进 | 2014-07-11 | 东门广告牌破损 | 更换 | 7月20日已整改
            '1-1 | 广告整治 | 正在推进 | 2014-08-12 | 西门广告牌破损 | 更换 | 8月13日已整改
            '1-1 | 广告整治 | 正在推进 | 2014-08-12 | 北门广告牌破损 | 更换 | 正在整改
            ",
        );
        assert_eq!(
            drawn,
            [
                "西门广告牌破损 07-12 08-13 已销号",
                "南门广告牌破损 07-12 - 未销号，本期未提及",
                "北门广告牌破损 08-12 - 未销号",
            ]
        );
    }
}
