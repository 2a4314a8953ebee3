//! "A牵头，B、C配合，各县区按职责分工负责，9月底完成" → units by their role.

use super::attribution::{Attribution, add, join};
use super::labels::Field;
use super::{figures, units};
use crate::basis::text::SIGNS;

/// A role word and its role; words that only strengthen it are skipped before it.
const ROLES: &[(&str, Field)] = &[
    ("牵头", Field::Lead),
    ("主责", Field::Lead),
    ("主办", Field::Lead),
    ("总负责", Field::Lead),
    ("为主", Field::Lead),
    ("配合", Field::Support),
    ("协助", Field::Support),
    ("参与", Field::Support),
    ("参加", Field::Support),
    ("协办", Field::Support),
    ("支持", Field::Support),
    ("协同", Field::Support),
    ("负责", Field::Units),
    ("落实", Field::Units),
    ("实施", Field::Units),
    ("承办", Field::Units),
    ("承担", Field::Units),
    ("推进", Field::Units),
    ("执行", Field::Units),
];

/// Where what says how a role is filled begins, behind the names.
const ADVERBS: &[&str] = &[
    "按照职责", "按职责", "按各自", "按照各自", "按照分工", "按分工", "按照", "根据职责", "根据", "依职责", "依据",
    "结合职责", "共同", "分别", "具体", "积极", "密切", "协同", "各自", "各司其职", "各负其责", "组织实施", "组织落实",
    "组织推进", "抓好", "做好", "分工",
];

/// Words before whose names the sentence asks them to help.
const WITH: &[&str] = &["会同", "协同", "商"];

/// A list of names with their roles.
#[derive(Clone, Debug, Default)]
pub(super) struct Phrase {
    /// The attribution.
    pub(super) attribution: Attribution,
    /// Whether it contains a role word.
    pub(super) has_role: bool,
}

/// Reads names with role words between and behind them; names without one have the role `default`.
pub(super) fn parse(text: &str, default: Field) -> Phrase {
    let mut phrase = Phrase::default();
    let text = match rule_for_all(text) {
        Some((before, rule)) => {
            phrase.attribution.doubts.push(format!("原文在此规定：“{rule}”，请核对后面各项"));
            before
        }
        None => text,
    };
    let (mut pending, mut helping): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    // How many of the names that wait for their role stand before the last comma.
    let mut before_comma = 0;
    for (comma, part) in parts(text) {
        if comma {
            before_comma = pending.len();
        }
        if is_rule(units::without_bracket(part)) {
            continue;
        }
        if is_frequency(part) {
            join(&mut phrase.attribution.cycle, part.trim_end_matches(['。', '.']));
            continue;
        }
        if is_moment(part) {
            join(&mut phrase.attribution.deadline, part.trim_end_matches(['。', '.']));
            continue;
        }
        if let Some(watcher) = watches(part) {
            phrase.attribution.doubts.push(format!("“{watcher}”只督促指导，未列为责任单位"));
            continue;
        }
        let (names, role) = split_role(part);
        let (before, with) = split_with(names);
        // After 会同 whoever follows helps, up to the next role word.
        let into = if helping.is_empty() { &mut pending } else { &mut helping };
        collect(before, into, &mut phrase.attribution);
        if let Some(with) = with {
            collect(with, &mut helping, &mut phrase.attribution);
        }
        if let Some(role) = role {
            // A、B，C配合: only C helps, when nothing before says what A and B do.
            if role == Field::Support && !phrase.has_role && before_comma > 0 {
                let helping = pending.split_off(before_comma);
                give(&mut phrase.attribution, default, std::mem::replace(&mut pending, helping));
            }
            before_comma = 0;
            give(&mut phrase.attribution, role, std::mem::take(&mut pending));
            add(&mut phrase.attribution.support, std::mem::take(&mut helping));
            phrase.has_role = true;
        }
    }
    if !pending.is_empty() {
        if phrase.has_role {
            let shown = pending.join("、");
            phrase.attribution.doubts.push(format!("“{shown}”后面没有写明牵头、负责还是配合，暂作责任单位"));
        }
        give(&mut phrase.attribution, default, pending);
    }
    add(&mut phrase.attribution.support, helping);
    phrase
}

/// The doubt noted for units that lead by their mark; it falls where the plan says so.
pub(super) const BY_MARK: &str = "单位标有★等符号，暂作牵头单位，请核对";

/// Names whose own bracket states their role, 教育局（牵头）, or a mark before or behind them.
fn collect(names: &str, into: &mut Vec<String>, attribution: &mut Attribution) {
    let marked = |name: &str| {
        let (before, behind) = (|at: usize| names[..at].trim_end(), |at: usize| &names[at + name.len()..]);
        names.match_indices(name).any(|(at, _)| before(at).ends_with(SIGNS) || behind(at).starts_with(SIGNS))
    };
    for name in units::names(names) {
        if marked(&name) {
            give(attribution, Field::Lead, vec![name]);
            add(&mut attribution.doubts, vec![BY_MARK.to_owned()]);
            continue;
        }
        let bare = units::without_bracket(&name);
        let inside = name[bare.len()..].trim_matches(['（', '(', '）', ')', ' ']);
        match ROLES.iter().find(|(word, _)| inside.starts_with(word) && inside.chars().count() <= 4) {
            Some((_, role)) => give(attribution, *role, vec![bare.to_owned()]),
            // 市财政局（列第一位的为牵头单位，下同） is 市财政局.
            None if inside.split(['，', ',', '；', ';']).any(is_rule) => add(into, vec![bare.to_owned()]),
            None => add(into, vec![name]),
        }
    }
}

fn give(attribution: &mut Attribution, role: Field, names: Vec<String>) {
    match role {
        Field::Lead => add(&mut attribution.lead, names),
        Field::Support => add(&mut attribution.support, names),
        _ => add(&mut attribution.units, names),
    }
}

/// The parts of a list, separators inside brackets aside; each with whether a comma or more stands before it.
fn parts(text: &str) -> Vec<(bool, &str)> {
    let (mut parts, mut start, mut depth, mut comma) = (Vec::new(), 0, 0usize, false);
    for (at, c) in text.char_indices() {
        match c {
            '（' | '(' | '《' => depth += 1,
            '）' | ')' | '》' => depth = depth.saturating_sub(1),
            '、' | '，' | ',' | '；' | ';' | '。' | '\n' if depth == 0 => {
                parts.push((comma, text[start..at].trim()));
                (start, comma) = (at + c.len_utf8(), c != '、');
            }
            _ => {}
        }
    }
    parts.push((comma, text[start..].trim()));
    parts.into_iter().filter(|(_, part)| !part.is_empty()).collect()
}

/// The words that say a role, as they stand behind names.
pub(super) fn role_words() -> impl Iterator<Item = &'static str> {
    ROLES.iter().map(|(word, _)| *word)
}

/// The names of a part and the role that follows them.
pub(super) fn split_role(part: &str) -> (&str, Option<Field>) {
    let inside_brackets = |at: usize| part[..at].matches(['（', '(']).count() > part[..at].matches(['）', ')']).count();
    let of_name = |at: usize, word: &str| {
        // 推进办, 落实办, 负责人, 参与单位 are names or parts of them.
        let after = &part[at + word.len()..];
        after.starts_with(['办', '组', '人', '处']) && !after.starts_with("组织")
            || after.starts_with("中心")
            || after.starts_with("单位") && at == 0
    };
    let find =
        |word: &str| part.match_indices(word).map(|(at, _)| at).find(|at| !inside_brackets(*at) && !of_name(*at, word));
    let verb = ROLES.iter().filter_map(|(word, role)| Some((find(word)?, *role))).min_by_key(|(at, _)| *at);
    let adverb = ADVERBS.iter().filter_map(|word| find(word)).filter(|at| *at > 0 || part.chars().count() > 2).min();
    let Some((at, role)) = verb else {
        // 按职责分工 alone still says that those before it are responsible.
        return match adverb.filter(|at| part[*at..].contains("分工") || part[*at..].contains("职责")) {
            Some(at) => (&part[..at], Some(Field::Units)),
            None => (part, None),
        };
    };
    // 负责牵头 leads, 牵头负责 too; 协同推进 helps no one: the strongest of the words that follow one another counts.
    let tail = &part[at..];
    let role = if tail.starts_with("负责牵头") { Field::Lead } else { role };
    let end = adverb.map_or(at, |adverb| adverb.min(at));
    (part[..end].trim(), Some(role))
}

/// 财政局会同税务局: what stands before and what behind. 商 counts only between two units.
fn split_with(names: &str) -> (&str, Option<&str>) {
    for word in WITH {
        let found = names.match_indices(word).find(|(at, word)| {
            let (before, after) = (&names[..*at], &names[at + word.len()..]);
            *word == "会同" || units::is_unit(before) && units::is_unit(after)
        });
        if let Some((at, word)) = found {
            return (&names[..at], Some(&names[at + word.len()..]));
        }
    }
    (names, None)
}

/// A sentence behind the names that says something of all items below: 以下均需各区政府落实，不再列出。 What stands before it,
/// and the rule.
fn rule_for_all(text: &str) -> Option<(&str, &str)> {
    let (at, end) = text.char_indices().filter(|(_, c)| matches!(c, '。' | '；' | ';')).find_map(|(at, c)| {
        let rule = text[at + c.len_utf8()..].trim_start();
        let all =
            ["以下均", "以下各", "以下任务", "以下工作", "以下不再", "不再列出", "不再一一", "后续任务", "其余任务"];
        all.iter().any(|word| rule.starts_with(word)).then_some((at, at + c.len_utf8()))
    })?;
    Some((&text[..at], text[end..].trim().trim_end_matches(['。', '；', ';'])))
}

/// A rule about the list rather than a name: 列第一位者为牵头单位, 标★的为牵头单位, 下同.
pub(super) fn is_rule(part: &str) -> bool {
    first_leads(part)
        || marked_leads(part)
        || matches!(part, "下同" | "排名不分先后" | "以下同" | "以下简称" | "排名不分前后")
        || part.starts_with("下同")
}

/// 列第一位者为牵头单位, 排在首位的责任单位为牵头单位.
pub(super) fn first_leads(part: &str) -> bool {
    let first = [
        "列第一", "排第一", "列首位", "排首位", "第一位", "排名第一", "排在第一", "列在首位", "列在第一", "首位单位",
        "第一个单位", "列于首位", "第一责任单位", "首个单位", "居首位", "居第一位",
    ];
    let alone = ["首位", "首个", "第一个", "第一名"];
    let lead = ["为牵头", "牵头单位", "牵头部门"].iter().any(|word| part.contains(word));
    first.iter().any(|word| part.contains(word)) || lead && alone.iter().any(|word| part.contains(word))
}

/// 标★的为牵头单位, 带“▲”号的部门牵头.
pub(super) fn marked_leads(part: &str) -> bool {
    part.contains(SIGNS) && part.contains("牵头") && part.contains(['标', '带', '加', '打', '注', '有'])
}

/// 国务院办公厅督促指导: a unit that only supervises.
fn watches(part: &str) -> Option<&str> {
    const ACTIONS: &[&str] = &[
        "督促指导", "监督指导", "指导督促", "加强指导", "监督检查", "跟踪督办", "指导", "监督", "督导", "督查", "督办",
        "督促", "验收",
    ];
    let names = ACTIONS.iter().find_map(|action| part.strip_suffix(action))?;
    units::is_unit(names.trim_end_matches(['负', '责'])).then_some(part)
}

/// Whether a part says how often: 每周不少于1次. 每月28日前 is a moment.
fn is_frequency(part: &str) -> bool {
    part.starts_with('每') && !units::is_unit(part) && !figures::cycles(part).is_empty() && !part.ends_with('前')
}

/// Whether a part is a moment or duration: 9月底完成, 2024年底前, 长期坚持.
pub(super) fn is_moment(part: &str) -> bool {
    const WORDS: &[&str] = &[
        "长期", "持续", "全年", "常态", "年底", "月底", "年内", "上半年", "下半年", "每月", "每季", "每年", "立行立改",
        "立即",
    ];
    let short = part.chars().count() <= 24 && !units::is_unit(part);
    let dated = part
        .char_indices()
        .any(|(at, c)| matches!(c, '年' | '月') && part[..at].trim_end().ends_with(|c: char| c.is_ascii_digit()));
    let worded = WORDS.iter().any(|word| part.starts_with(word));
    short && (dated || worded)
}

/// Whether every name is a unit, as far as names can tell.
pub(super) fn all_units(attribution: &Attribution) -> bool {
    let each = [&attribution.lead, &attribution.units, &attribution.support];
    attribution.names_units() && each.into_iter().all(|names| units::are_units(names))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let Attribution { lead, units, support, deadline, .. } = parse(text, Field::Units).attribution;
        [lead.join(" "), units.join(" "), support.join(" "), deadline].join("|")
    }

    #[test]
    fn roles_stand_behind_the_names_they_belong_to() {
        for (text, found) in [
            ("市发改委牵头，市教育局、市财政局按职责分工负责", "市发改委|市教育局 市财政局||"),
            ("市水利局、林草局牵头，市气象局及各乡(镇)按职责分工负责", "市水利局 林草局|市气象局 各乡(镇)||"),
            ("市科技局牵头，市工信局配合", "市科技局||市工信局|"),
            ("市气象局、市林草局负责", "|市气象局 市林草局||"),
            ("市财政局会同市税务局、市审计局负责", "|市财政局|市税务局 市审计局|"),
            ("商务部、财政部商住房城乡建设部负责", "|商务部 财政部|住房城乡建设部|"),
            ("各行业主管部门按职责分工负责", "|各行业主管部门||"),
            ("市教育局（牵头）、市公安局（配合）、各学校", "市教育局|各学校|市公安局|"),
            ("市发改委、市财政局(第一责任单位为牵头单位,下同)", "|市发改委 市财政局||"),
            ("市文明办负责牵头，各街道负责落实，6月底完成", "市文明办|各街道||6月底完成"),
            ("综合科、后勤中心，列第一位者为牵头单位，下同", "|综合科 后勤中心||"),
            ("编办、司法局，各部门、各镇街配合", "|编办 司法局|各部门 各镇街|"),
            ("发改局牵头，财政局，各镇街配合", "发改局||财政局 各镇街|"),
            ("市委组织部牵头，市直各单位参与", "市委组织部||市直各单位|"),
            ("★市教育局、市公安局、各学校", "市教育局|市公安局 各学校||"),
            ("市公安局、市教育局▲、各学校", "市教育局|市公安局 各学校||"),
            ("市教育局、第一个责任单位为牵头单位", "|市教育局||"),
            ("市教育局、各学校（标★的为牵头单位）", "|市教育局 各学校||"),
            ("市创建推进办、各街道负责", "|市创建推进办 各街道||"),
            ("由市城管局牵头负责", "市城管局|||"),
            ("市教育局负责组织实施", "|市教育局||"),
            ("市创建推进组、各街道负责", "|市创建推进组 各街道||"),
            ("市住建局牵头，各区政府落实。以下均需各区政府、园区管委会落实，不再列出", "市住建局|各区政府||"),
        ] {
            assert_eq!(shown(text), found, "{text}");
        }
    }

    #[test]
    fn names_behind_the_last_role_are_doubtful() {
        let phrase = parse("市城管局牵头，市公安局、各街道", Field::Units);
        assert_eq!((phrase.attribution.units.len(), phrase.attribution.doubts.len()), (2, 1));
        assert!(parse("市城管局、各街道", Field::Units).attribution.doubts.is_empty());
    }
}
