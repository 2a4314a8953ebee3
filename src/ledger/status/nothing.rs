//! Reads statements that there is nothing to report: 暂无相关事项, 未发生此类情况.

use crate::basis::text::without;

/// Words that deny, longest first.
pub(super) const DENIALS: &[&str] = &[
    "暂时没有", "目前没有", "暂没有", "没有发生", "暂未发生", "未发生", "没有", "未有", "暂无", "并无", "尚无", "均无",
    "无",
];
/// Words that say of what kind the things are.
const KINDS: &[&str] = &[
    "相关", "有关", "此类", "该类", "这类", "此项", "该项", "本项", "此", "类似", "新增", "任何", "其他", "需要", "需",
    "上报", "报送", "报告", "可", "应", "要", "新的", "新",
];
/// Words for the things themselves.
const THINGS: &[&str] = &["情况", "工作", "内容", "事项", "任务", "报告", "活动", "开展"];
/// What would be done with them.
const REPORTED: &[&str] = &["可报", "可上报", "上报", "报送", "报告", "填报", "汇报", "发生"];

/// Whether a folded text without words for the period and for who reports says that there is nothing.
pub(super) fn is_said(text: &str) -> bool {
    let Some(denied) = DENIALS.iter().find_map(|word| text.strip_prefix(word)) else { return false };
    let kind = without(denied, KINDS);
    let thing = without(kind, THINGS);
    // 无问题 says that all is well, 无此类问题 that there was nothing
    let thing = if kind.len() < denied.len() { thing.strip_prefix("问题").unwrap_or(thing) } else { thing };
    thing.len() < kind.len() && without(thing, REPORTED).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_said_in_many_words() {
        for text in [
            "无相关工作", "无工作", "暂无相关事项", "未发生此类情况", "没有相关情况", "无内容可报", "无此类问题",
            "无新增情况", "无任何情况", "无报告事项", "无工作任务", "无需上报事项", "无情况发生",
        ] {
            assert!(is_said(text), "{text}");
        }
        for text in ["无", "无问题", "无异议", "无变化", "无法开展工作", "未完成工作", "无工作人员", "无需开展工作的人"]
        {
            assert!(!is_said(text), "{text}");
        }
    }
}
