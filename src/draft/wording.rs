//! Kinds of lines by their wording: a list of members, a closing line, a heading, a continuation of a task.

use super::labels::{self, Field};

/// 组长：…, 成员：…, 联系人：…: the members of a group, not its tasks.
pub(super) fn is_member(text: &str) -> bool {
    let text = text.replace([' ', '\u{3000}'], "");
    ["组长", "副组长", "成员", "主任", "副主任", "总指挥", "副总指挥", "联系人", "联系电话", "联络员"]
        .iter()
        .any(|word| text.starts_with(word))
}

/// 督导单位：…, 联系电话：…: a line that says something about a task other than its attribution.
pub(super) fn is_aside(text: &str) -> bool {
    labels::find(text).first().is_some_and(|label| label.start == 0 && label.field == Field::Other)
}

/// 网格名称：某社区: what an item is about, not what is to be done.
pub(super) fn is_descriptor(text: &str) -> bool {
    let Some((name, value)) = text.split_once(['：', ':']) else { return false };
    let short = (2..=8).contains(&name.chars().count()) && value.chars().count() <= 30;
    short
        && !value.is_empty()
        && !value.contains(['。', '；'])
        && ["名称", "范围", "地点", "区域", "时间", "对象", "电话", "路段", "联系"]
            .iter()
            .any(|word| name.contains(word))
}

/// The end of a plan: 请各单位…, the date, the office.
pub(super) fn is_closing(text: &str) -> bool {
    let short = text.chars().count() < 10 || !text.contains(['。', '；', '，']);
    short || ["请", "特此", "附件", "联系", "以上"].iter().any(|word| text.starts_with(word))
}

/// Whether words below a table, or between its rows, are about filling it in.
pub(super) fn is_note(words: &str) -> bool {
    ["注", "备注", "说明", "填表"].iter().any(|word| words.starts_with(word))
}

/// 附件2, 附表：…: the first line of an annex.
pub(super) fn is_annex(text: &str) -> bool {
    annex(text).is_some()
}

/// What stands behind 附件2：.
pub(super) fn annex(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("附件").or_else(|| text.strip_prefix("附表"))?;
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c) || c == ' ');
    let behind = rest.trim_start_matches(['：', ':', '\u{3000}']);
    (rest.is_empty() || behind.len() < rest.len()).then(|| behind.trim_start())
}

/// A short line without a full stop.
pub(super) fn is_heading(text: &str) -> bool {
    text.chars().count() <= 40 && !text.contains(['。', '；'])
}

/// A paragraph that goes on with the task before it: 一是…, 整改措施：…, 【测评标准】….
pub(super) fn continues(text: &str) -> bool {
    let counted =
        ["一是", "二是", "三是", "四是", "五是", "六是", "七是", "八是"].iter().any(|word| text.starts_with(word));
    counted || is_content(text)
}

/// A paragraph that says by its label more about a task: 整改目标：…, 【测评标准】….
pub(super) fn is_content(text: &str) -> bool {
    const ABOUT: &[&str] =
        &["措施", "目标", "标准", "举措", "内容", "问题", "成果", "方法", "步骤", "描述", "整改", "成效", "路径"];
    /// Characters of the longest label.
    const LONGEST: usize = 8;
    if let Some(marked) = text.strip_prefix(['【', '〔', '［', '[']) {
        let end = marked.find(['】', '〕', '］', ']']).filter(|end| marked[..*end].chars().count() <= LONGEST);
        return end.is_some_and(|end| {
            let label = &marked[..end];
            let more = ABOUT.iter().chain(&["要求", "说明", "测评", "范围", "依据"]).any(|word| label.contains(word));
            more && labels::of_word(label).is_none_or(|field| !field.attributes())
        });
    }
    let label = text.find(['：', ':']).map(|at| &text[..at]).filter(|label| label.chars().count() <= LONGEST);
    label.is_some_and(|label| ABOUT.iter().any(|word| label.contains(word)))
}
