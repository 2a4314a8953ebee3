//! Labels in a text and headings of a table: 责任单位：, 【牵头单位】, 完成时限.

use super::label_words::of_key;
pub(super) use super::label_words::{Field, of_word};
use super::units;
use crate::basis::text::heading_key;
use crate::division::columns::task as col;
use crate::table::Lexicon as _;

/// Words that may precede a label without changing its meaning.
const BEFORE: &[&str] = &[
    "市级", "县级", "区级", "省级", "镇级", "局级", "市直", "县直", "区直", "主要", "具体", "整改", "总", "并", "其中",
    "市", "县", "区", "省", "项目", "任务", "工作", "本项", "该项", "建议", "及", "和",
];

/// A label in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Label {
    /// Where it begins, in bytes.
    pub(super) start: usize,
    /// Where the text that it introduces begins.
    pub(super) value: usize,
    /// What it introduces.
    pub(super) field: Field,
}

/// The labels in a text outside of 《》, in its order.
pub(super) fn find(text: &str) -> Vec<Label> {
    let mut found: Vec<Label> = Vec::new();
    for (at, c) in text.char_indices() {
        let from = found.last().map_or(0, |label| label.value);
        if at < from {
            continue;
        }
        let label = match c {
            '：' | ':' => before_colon(text, at, from, !found.is_empty()).map(|(start, field)| Label {
                start,
                value: at + c.len_utf8(),
                field,
            }),
            '【' | '〔' | '[' | '［' => in_brackets(text, at),
            ' ' | '\u{3000}' | '\t' => at_start(text, at, found.is_empty()),
            _ => None,
        };
        found.extend(label);
    }
    found
}

/// 责任单位：, 责 任 单 位：, 责任单位（部门）：
fn before_colon(text: &str, colon: usize, from: usize, further: bool) -> Option<(usize, Field)> {
    /// Characters of the longest label with what may stand before it.
    const LONGEST: usize = 18;
    let (mut word, mut starts, mut depth) = (Vec::new(), Vec::new(), 0usize);
    for (at, c) in text[from..colon].char_indices().rev().take(LONGEST * 2) {
        match c {
            '）' | ')' if word.is_empty() || depth > 0 => depth += 1,
            '（' | '(' if depth > 0 => depth -= 1,
            _ if depth > 0 => {}
            ' ' | '\u{3000}' => {}
            c if ('\u{4e00}'..='\u{9fff}').contains(&c) && word.len() < LONGEST => {
                word.push(c);
                starts.push(from + at);
            }
            _ => break,
        }
    }
    word.reverse();
    starts.reverse();
    // The longest word that is a label, from the colon back.
    let (length, field) = (0..word.len()).find_map(|from| {
        let label: String = word[from..].iter().collect();
        of_key(&label).map(|field| (from, field))
    })?;
    let before: String = word[..length].iter().collect();
    let start = if BEFORE.contains(&before.as_str()) { starts.first() } else { starts.get(length) };
    let start = start.copied().unwrap_or(colon);
    // 健康教育 责任领导：… is set apart by its blank; 牵头： and 职责： alone must begin something.
    let apart = text[..start].ends_with([' ', '\u{3000}', '\t']);
    let long = word.len() - length >= 4;
    let whole = before.is_empty() || BEFORE.contains(&before.as_str()) || (further || apart) && long;
    let glued = || long && field.is_units() && glued(&before, &text[colon..]);
    (whole || glued()).then_some((start, field))
}

/// Whether a label directly follows other words, in a text whose line breaks were lost: 清理线缆责任单位：城管局. Behind
/// 各责任单位： stands no name.
fn glued(before: &str, rest: &str) -> bool {
    let value = rest.trim_start_matches(['：', ':', ' ', '\u{3000}']);
    let first = value.split(['、', '，', ',', '；', ';', '。', ' ', '\u{3000}', '\n']).next().unwrap_or(value);
    let refers = before.ends_with(|c| "各其关该本个等他由请与和及向的是为对将".contains(c));
    // The next label may be glued to the name.
    let name = first.split(['：', ':']).next().unwrap_or(first);
    let parts = name.char_indices().map(|(at, c)| &name[..at + c.len_utf8()]);
    before.chars().count() > 1 && !refers && parts.into_iter().any(units::is_unit)
}

/// 【责任单位】, with or without a colon behind it.
fn in_brackets(text: &str, open: usize) -> Option<Label> {
    let c = text[open..].chars().next()?;
    let rest = &text[open + c.len_utf8()..];
    let end = rest.find(['】', '〕', ']', '］'])?;
    let field = of_word(&rest[..end])?;
    let close = rest[end..].chars().next()?;
    let mut value = open + c.len_utf8() + end + close.len_utf8();
    value += text[value..].chars().next().filter(|c| matches!(c, '：' | ':')).map_or(0, char::len_utf8);
    Some(Label { start: open, value, field })
}

/// 责任单位 市教育局 at the beginning of a text; shorter words are no labels without a colon.
fn at_start(text: &str, space: usize, first: bool) -> Option<Label> {
    let word = text[..space].trim();
    let plain = word.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let field = (first && plain && word.chars().count() >= 4).then(|| of_word(word)).flatten()?;
    let value = space + text[space..].chars().next().map_or(0, char::len_utf8);
    // Headings of a table on one line are no labels with values.
    let next = text[value..].split_whitespace().next().unwrap_or_default();
    (field.attributes() && of_word(next).is_none()).then_some(Label { start: 0, value, field })
}

/// The meaning of a heading, or of a label beside a cell, whose words are known as they stand.
pub(super) fn exact(heading: &str) -> Option<Field> {
    of_heading_key(&heading_key(heading))
}

fn of_heading_key(key: &str) -> Option<Field> {
    let of_division = || {
        col::columns().field(key).and_then(|id| match id {
            col::SERIAL | col::CODE => Some(Field::Number),
            col::CATEGORY | col::LEVEL2 => Some(Field::Category),
            col::TASK | col::LEVEL3 => Some(Field::Task),
            col::STANDARD => Some(Field::Standard),
            col::LEADERS => Some(Field::Leaders),
            col::LEAD => Some(Field::Lead),
            col::UNITS => Some(Field::Units),
            col::SUPPORT => Some(Field::Support),
            col::DEADLINE => Some(Field::Deadline),
            col::CYCLE => Some(Field::Cycle),
            col::INDICATOR => Some(Field::Indicator),
            col::EVIDENCE => Some(Field::Evidence),
            col::MARKS => Some(Field::Marks),
            _ => None,
        })
    };
    of_key(key).or_else(of_division)
}

/// The meaning of a column's heading in a plan.
pub(super) fn heading(heading: &str) -> Option<Field> {
    let key = heading_key(heading);
    if key.is_empty() {
        return None;
    }
    let exact = of_heading_key(&key);
    if exact.is_some() || key.chars().count() > 14 {
        return exact;
    }
    let has = |words: &[&str]| words.iter().any(|word| key.contains(word));
    let units = has(&["单位", "部门", "主体", "科室", "处室", "股室", "地区", "街道", "乡镇"]);
    Some(match () {
        () if has(&[
            "联系", "电话", "完成情况", "进展", "备注", "说明", "落实情况", "是否", "资金", "投资", "完成率", "现状",
            "签字", "签名", "签章", "盖章",
        ]) =>
        {
            Field::Other
        }
        () if ["编号", "序号", "代码"].iter().any(|word| key.ends_with(word)) => Field::Number,
        () if has(&["领导", "分管负责"]) => Field::Leaders,
        () if has(&["责任人", "负责人"]) && units => Field::UnitsAndPersons,
        () if has(&["责任人", "负责人"]) => Field::Persons,
        () if has(&["配合", "协助", "协办", "参与", "协作"]) && units => Field::Support,
        () if has(&["牵头", "主责", "主办"]) => Field::Lead,
        () if has(&["责任", "承办", "落实", "负责", "实施", "整改", "承担", "执行", "报送", "上报"]) && units => {
            Field::Units
        }
        () if has(&["时限", "期限", "时间", "节点", "进度"]) => Field::Deadline,
        () if has(&["类别", "板块", "领域", "方面", "一级", "二级", "分类"]) => Field::Category,
        () if has(&["材料", "资料"]) => Field::Evidence,
        () if has(&["标准", "方法", "要求", "目标", "措施", "举措", "成效", "问题", "依据"]) => {
            Field::Standard
        }
        () if has(&["任务", "内容", "事项", "工作", "项目", "指标", "要点", "清单", "做法"]) => {
            Field::Task
        }
        () if key == "单位" || key == "部门" || key == "科室" => Field::Units,
        () => return None,
    })
}

/// Whether columns say what is to be done: a task, or before the units what they send in, and when.
pub(super) fn say_what(columns: &[Field]) -> bool {
    let at = |of: &dyn Fn(&Field) -> bool| columns.iter().position(of);
    let sent_in = at(&|field| *field == Field::Evidence) < at(&|field| field.is_units())
        && columns.contains(&Field::Evidence)
        && at(&|field| matches!(field, Field::Deadline | Field::Cycle)).is_some();
    sent_in || at(&|field| matches!(field, Field::Task | Field::Standard | Field::Category)).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let found = find(text);
        let one = |(at, label): (usize, &Label)| {
            let end = found.get(at + 1).map_or(text.len(), |next| next.start);
            format!("{:?}={}", label.field, text[label.value..end].trim())
        };
        found.iter().enumerate().map(one).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn labels_are_found_however_they_are_dressed() {
        for (text, found) in [
            ("责任单位：综合科、后勤中心", "Units=综合科、后勤中心"),
            ("牵头部门: 宣传部 责任单位: 各学院", "Lead=宣传部 Units=各学院"),
            ("牵头单位:发改局;责任单位:商务局,9月底完成", "Lead=发改局; Units=商务局,9月底完成"),
            ("牵头部门：宣传部责任单位：各学院", "Lead=宣传部 Units=各学院"),
            ("责 任 单 位：综合科", "Units=综合科"),
            ("责任单位（部门）：综合科", "Units=综合科"),
            ("【责任单位】综合科【完成时限】6月底", "Units=综合科 Deadline=6月底"),
            ("责任单位　综合科", "Units=综合科"),
            ("市级牵头领导：甲", "Leaders=甲"),
            ("健康教育 责任领导：甲 牵头单位：卫健局", "Leaders=甲 Lead=卫健局"),
            ("组长:沈某", ""),
            ("清理城区线缆责任单位：工信局、通信公司完成时限：8月底", "Units=工信局、通信公司 Deadline=8月底"),
            ("各责任单位：要高度重视", ""),
            ("请各牵头单位:按月报送", ""),
            ("责任单位 完成时限 备注", ""),
        ] {
            assert_eq!(shown(text), found, "{text}");
        }
    }

    #[test]
    fn headings_of_plans_are_known_by_their_words() {
        for (text, field) in [
            ("责任科室", Some(Field::Lead)),
            ("市直责任单位", Some(Field::Units)),
            ("责任部门/责任人", Some(Field::UnitsAndPersons)),
            ("整改措施", Some(Field::Standard)),
            ("整改完成时限", Some(Field::Deadline)),
            ("牵头市领导", Some(Field::Leaders)),
            ("配合责任单位", Some(Field::Support)),
            ("完成情况", Some(Field::Other)),
            ("项目编号", Some(Field::Number)),
            ("责任人签字", Some(Field::Other)),
            ("报送单位", Some(Field::Units)),
            ("报送事项", Some(Field::Task)),
            ("天气", None),
        ] {
            assert_eq!(heading(text), field, "{text}");
        }
    }
}
