//! Reads statements that nothing was found: 未发现隐患, 一切正常.

use super::super::value::Status;
use super::nothing::DENIALS;
use super::{alone, without_now};
use crate::basis::text::{fold, without};

/// Words for not having found or been told a fault, longest first.
const NOT_FOUND: &[&str] = &[
    "没有发现", "暂未发现", "尚未发现", "没发现", "未发现", "没有发生", "未发生", "没有接到", "未接到", "没有收到",
    "未收到", "未出现", "不存在", "未见",
];
/// Words for faults.
const FAULTS: &[&str] = &["问题", "异常", "隐患", "不足", "现象", "投诉", "举报", "事故", "险情"];
/// Words that say of what kind faults are.
const OF_FAULTS: &[&str] = &[
    "明显", "任何", "重大", "较大", "突出", "存在", "发现", "发生", "接到", "收到", "安全", "生产", "新增", "新的",
    "其他", "相关", "有关", "此类", "类似", "群众", "大", "的",
];
/// Whole statements that all is well.
const WELL: &[&str] = &["正常", "一切正常", "运行正常", "良好", "情况良好", "完好", "合格"];

/// Whether a text says that there is nothing, that no fault was found or that all is well, and nothing else: 无,
/// 本月未发现隐患, 经排查，无异常.
pub fn finds_nothing(text: &str) -> bool {
    /// The most bytes of such a text.
    const LENGTH: usize = 120;
    /// Without one of these nothing is denied and nothing is well, and the text need not be looked at, which takes long.
    const SIGNS: [char; 11] = ['无', '未', '没', '零', '不', '常', '好', '格', '0', 'n', 'N'];
    if text.len() > LENGTH || !text.contains(SIGNS) {
        return false;
    }
    let folded = fold(text);
    let clauses = folded.split([',', '。', '.', ';', '!', '(', ')']).map(without_now);
    let mut clauses = clauses.filter(|clause| !clause.is_empty()).peekable();
    let is_nothing =
        |clause: &str| WELL.contains(&clause) || denies_faults(clause) || alone(clause) == Some(Status::Nil);
    clauses.peek().is_some() && clauses.all(is_nothing)
}

/// Whether a folded clause denies faults: 未发现燃气隐患, 无新增投诉.
fn denies_faults(clause: &str) -> bool {
    /// The most characters between the denial and the fault.
    const BETWEEN: usize = 6;
    let is_fault = |rest: &str| FAULTS.contains(&rest) || rest == "情况";
    if let Some(rest) = NOT_FOUND.iter().find_map(|word| clause.strip_prefix(word)) {
        let of = FAULTS.iter().find_map(|fault| rest.strip_suffix(fault));
        let of = of.filter(|of| !of.contains(['并', '和', '及', '未']));
        return rest.is_empty()
            || of.is_some_and(|of| of.chars().count() <= BETWEEN)
            || is_fault(without(rest, OF_FAULTS));
    }
    let denied = DENIALS.iter().chain(&["没"]).find_map(|word| clause.strip_prefix(word));
    denied.is_some_and(|rest| is_fault(without(rest, OF_FAULTS)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn that_nothing_was_found_is_said_in_many_words() {
        for text in [
            "无",
            "零报告",
            "本月零报告",
            "本月无",
            "本月无隐患",
            "8月份无",
            "八月没有",
            "未发生",
            "无新增",
            "本月未发现隐患",
            "本月未接到举报",
            "本月无新增隐患",
            "经排查，未发现隐患",
            "经现场检查后未发现问题。",
            "本月无投诉",
            "未见异常",
            "没问题",
            "不存在安全隐患",
            "未发现燃气安全隐患",
            "无异常，一切正常",
        ] {
            assert!(finds_nothing(text), "{text}");
        }
        for text in [
            "",
            "本月",
            "经排查",
            "未发现并处理的问题",
            "未及时发现隐患",
            "不安全现象",
            "无法消除隐患",
            "无专人处理投诉",
            "未整改问题",
            "未按规定停放",
            "发现隐患3处，已整改",
            "路灯不亮，未发现其他问题",
            "存在问题",
            "未发现隐患的2处已补查",
            "检查未发现灭火器",
        ] {
            assert!(!finds_nothing(text), "{text}");
        }
        let between = |count: usize| format!("未发现{}隐患", "子".repeat(count));
        assert_eq!((finds_nothing(&between(6)), finds_nothing(&between(7))), (true, false));
        assert!(!finds_nothing(&"无，".repeat(21)), "a long text is no such statement");
    }
}
