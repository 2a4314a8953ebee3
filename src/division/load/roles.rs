//! Words for the role of units in a cell: behind names (教育局、文旅局按职责分工负责), before a colon, in brackets.

use crate::basis::text::fold;

/// The role of a unit in a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// 牵头: leads the task and owes a report.
    Lead,
    /// 责任: owes a report.
    Owe,
    /// 配合: supports the task and owes no report.
    Support,
}

/// Words for the role of a unit.
const ROLES: &[(&[&str], Role)] = &[
    (&["配合", "协办", "协作", "协助", "参与", "参加"], Role::Support),
    (&["总牵头", "牵头", "主办", "主责", "主要责任"], Role::Lead),
    (&["组织实施", "组织落实", "抓好落实", "责任", "承办", "落实", "负责", "实施"], Role::Owe),
];

/// Where behind the names it begins to be said by what rule they fill their role.
const RULES: &[&str] =
    &["按职责", "按照", "按各自", "按分工", "根据职责", "根据分工", "依据职责", "依职责", "结合职责"];

/// Words between the names and the word for their role that say how they fill it.
const MANNERS: &[&str] = &["共同", "分别", "具体", "积极", "密切", "协同", "各自"];

/// All the words.
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    ROLES.iter().flat_map(|(words, _)| words.iter().copied())
}

/// The role given by a word before a colon or in brackets.
pub(super) fn within(word: &str) -> Option<Role> {
    let folded = fold(word);
    ROLES.iter().find(|(words, _)| words.iter().any(|word| folded.contains(word))).map(|known| known.1)
}

/// Whether a bracket holds a word for a role and nothing else: 牵头, 配合单位.
pub(super) fn is_alone(inside: &str) -> bool {
    let bare = inside.trim_end_matches([':', '：']);
    let bare = ["单位", "部门", "科室"].iter().find_map(|end| bare.strip_suffix(end)).unwrap_or(bare);
    words().any(|word| word == bare)
}

/// The clauses of a cell: what stands between commas, semicolons, full stops and line breaks outside of brackets.
pub(super) fn clauses(text: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0usize;
    text.split(move |c: char| {
        match c {
            '（' | '(' | '【' | '[' | '《' => depth += 1,
            '）' | ')' | '】' | ']' | '》' => depth = depth.saturating_sub(1),
            '\n' => depth = 0,
            _ => {}
        }
        c == '。' || depth == 0 && "，,；;\n".contains(c)
    })
}

/// The parts of an item of a list in which a word for a role stands before a space: 综合科牵头 工会配合.
pub(super) fn parts(item: &str) -> Vec<&str> {
    let parts: Vec<&str> = item.split_whitespace().collect();
    match parts.split_last() {
        Some((_, before)) if before.iter().any(|part| behind(part).1.is_some()) => parts,
        _ => vec![item],
    }
}

/// The names of a part and the role that is said behind them: 教育局 and to lead for 教育局牵头负责. Names may be missing,
/// where the word stands by itself.
pub(super) fn behind(part: &str) -> (&str, Option<Role>) {
    let (mut names, mut said) = (part.trim(), None);
    while let Some((before, role)) = last_word(names) {
        // 负责牵头, 牵头负责; else the first of several words counts: 配合落实
        said = Some(if said == Some(Role::Lead) { Role::Lead } else { role });
        names = before;
    }
    // what stands in brackets is read by itself
    let open = names.rfind(['）', ')']).unwrap_or(0);
    let rule = RULES.iter().filter_map(|word| names[open..].find(word)).min().map(|at| names.split_at(open + at));
    // 按职责分工 alone says that those before it are responsible
    let Some(said) = said.or(rule.filter(|(_, rule)| rule.contains("职责")).map(|_| Role::Owe)) else {
        return (part, None);
    };
    let mut names = rule.map_or(names, |(names, _)| names).trim_end();
    while let Some(before) = MANNERS.iter().find_map(|word| names.strip_suffix(word)) {
        names = before.trim_end();
    }
    (names, Some(said))
}

/// What stands before the word for a role at the end of a text, and that role.
fn last_word(text: &str) -> Option<(&str, Role)> {
    let found = |(words, role): &(&[&str], Role)| {
        words.iter().find_map(|word| text.strip_suffix(word)).map(|before| (before, *role))
    };
    // 综合科不参加
    ROLES.iter().find_map(found).filter(|(before, _)| !before.ends_with(['不', '未', '免', '勿']))
}
