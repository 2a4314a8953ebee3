//! What is written about a problem: that there is none, and that it is closed.

use chrono::NaiveDate;

use crate::basis::calendar::Window;
use crate::basis::text::fold;
use crate::division::fields;
use crate::ledger::{Entry, Status, finds_nothing, status_by};

/// Words that close a problem also behind a word for a first step.
const ENDED: &[&str] = &["完成", "完毕", "到位", "办结", "销号"];
/// Whole texts that close a problem, beside those that say that a task is done.
const CLOSED: &[&str] = &["解决", "整改", "整改完", "修复", "立行立改", "即知即改", "100%"];
/// Words that close a problem wherever they stand.
const ON_THE_SPOT: &[&str] = &["当场", "现场整改", "立行立改", "即知即改"];
/// Words for a problem that is not closed, whatever else is said.
const OPEN: &[&str] =
    &["未", "正在", "整改中", "处理中", "推进", "待", "拟", "计划", "部分", "尚", "没有", "不", "否", "长期", "继续"];
/// Words for a first step or for handing the problem on, which do not close it though 已 stands before them.
const BEGUN: &[&str] = &[
    "上报", "移交", "转交", "反馈", "报修", "联系", "协调", "通知", "报告", "安排", "制定", "采购", "下达", "下发",
    "督促", "要求", "责令", "申请", "启动", "开始", "着手", "约谈", "对接", "明确", "落实责任", "立项", "列入", "纳入",
];

/// Whether a text means nothing: empty, 无, 没有, /, — and the like.
pub fn says_nothing(text: &str) -> bool {
    let bare = fold(text);
    let bare = bare.trim_matches(['。', '.', ',', ';', '(', ')']);
    matches!(bare, "无" | "没有" | "暂无" | "无。" | "未提供" | "n/a" | "na" | "none" | "nil" | "0" | "零" | "未发现")
        || bare.chars().all(|c| matches!(c, '/' | '\\' | '-' | '_' | '*' | '×' | '〇'))
}

/// Whether a text under 存在问题 means that there is no problem: 无, 未发现问题, 一切正常.
pub fn no_problem(text: &str) -> bool {
    says_nothing(text) || finds_nothing(text) || text.trim_end_matches('。') == "已全部整改"
}

/// Whether a text under 整改情况 says that a problem is closed. It is read as a statement of completion; `end` is the last
/// day of the window it is told in, after which nothing is done yet.
fn is_closed(state: &str, end: NaiveDate) -> bool {
    let says = |text: &str, words: &[&str]| words.iter().any(|word| text.contains(word));
    let folded = fold(&state.replace('\n', "，"));
    match status_by(state, end) {
        Some(Status::Done) => {}
        None if !says(&folded, OPEN) => {}
        _ => return false,
    }
    // 已反馈，物业已更换: what was begun or handed on closes nothing, what is said beside it may.
    let closes = |clause: &str| {
        let done = status_by(clause, end) == Some(Status::Done);
        if says(clause, BEGUN) {
            return done && says(clause, ENDED);
        }
        done || CLOSED.contains(&clause) || says(clause, ON_THE_SPOT) || clause.contains('已')
    };
    folded.split([',', '。', ';', '(', ')', '!']).any(|clause| closes(clause.trim_matches('.')))
}

/// Whether a text that is about something else, the remedy or the problem itself, says beside it that the problem is
/// closed: 已更换; 路灯不亮（已修复）. What is only meant to be done is not.
fn is_closed_beside(text: &str, end: NaiveDate) -> bool {
    let past = |clause: &str| {
        let clause = fold(clause);
        ["已", "均已", "现已", "全部已"].iter().chain(ON_THE_SPOT).any(|word| clause.starts_with(word))
    };
    let mut clauses = text.split(['，', ',', '。', '；', ';', '（', '(', '）', ')', '\n']);
    clauses.any(|clause| past(clause.trim()) && is_closed(clause, end))
}

/// Whether a row says that its problem is closed: under 整改情况, or where that is empty under 整改措施 or behind the words
/// of the problem.
pub fn says_closed(entry: Entry<'_>, window: &Window) -> bool {
    let (problem, remedy, state) =
        (entry.text(fields::PROBLEM), entry.text(fields::REMEDY), entry.text(fields::REMEDY_STATE));
    if !says_nothing(state) {
        return is_closed(state, window.end);
    }
    let behind = problem.split_once(['，', ',', '。', '；', ';', '（', '(', '\n']).map_or("", |(_, behind)| behind);
    is_closed_beside(remedy, window.end) || is_closed_beside(behind, window.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closed_and_open_are_told_apart() {
        let august = NaiveDate::from_ymd_opt(2014, 8, 31).expect("a day");
        for closed in [
            "已整改", "整改完成", "√", "已办结销号", "当场整改", "８月20日已修复", "垃圾已清运", "已反馈，物业已更换",
            "解决", "是", "100%", "立行立改", "整改到位", "已上报并整改完毕",
        ] {
            assert!(is_closed(closed, august), "{closed}");
        }
        for open in [
            "", "正在整改", "未整改", "已整改部分", "待更换", "整改中", "已移交社区", "已报修", "协调解决",
            "报区政府协调解决", "限期整改到位", "预计9月完成", "9月底完成", "主要是缺少资金", "已制定整改方案",
            "已完成80%", "基本完成", "已下发整改通知书",
        ] {
            assert!(!is_closed(open, august), "{open}");
        }
    }

    #[test]
    fn closed_beside_the_remedy_or_behind_the_problem() {
        let august = NaiveDate::from_ymd_opt(2014, 8, 31).expect("a day");
        for closed in ["已更换灯泡", "更换灯泡，已修复", "当场清理", "（已整改）"] {
            assert!(is_closed_beside(closed, august), "{closed}");
        }
        for open in ["更换灯泡", "加强管理，责任落实到位", "确保整改到位", "已制定方案", "限9月底完成", "未清理"]
        {
            assert!(!is_closed_beside(open, august), "{open}");
        }
    }

    #[test]
    fn many_ways_to_say_nothing() {
        for text in ["", " 无 ", "无。", "/", "——", "－", "N/A", "暂无"] {
            assert!(says_nothing(text), "{text:?}");
        }
        for text in ["无锡街照片", "照片1张", "1/2"] {
            assert!(!says_nothing(text), "{text:?}");
        }
    }

    #[test]
    fn many_ways_to_say_that_all_is_well() {
        for text in [
            "无", "无问题", "未发现问题", "暂未发现明显问题。", "没有发现安全隐患", "不存在问题", "一切正常",
            "已全部整改。", "本月未发现隐患", "零报告", "经排查，未发现隐患",
        ] {
            assert!(no_problem(text), "{text:?}");
        }
        for text in ["无障碍通道被占", "路灯不亮", "存在问题", "发现问题", "卫生情况", "不安全现象", "未按规定停放"]
        {
            assert!(!no_problem(text), "{text:?}");
        }
    }
}
