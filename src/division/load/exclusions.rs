//! Whom a group leaves out: in a bracket, as an item of its own, or written out before or behind it.

use std::fmt::Write as _;

use crate::basis::text::list;

/// A list in which what a group leaves out stands in a bracket behind it: 除综合科、工会外的各科室 and 各科室除综合科、工会外
/// become 各科室（除综合科、工会外）.
pub(super) fn bracketed(text: &str, known: &dyn Fn(&str) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, names, after)) = exclusion(rest) {
        let behind = after.trim_start_matches(['的', '，', ',', ' ']);
        let (group, further) = behind.split_at(behind.find(SEPARATORS).unwrap_or(behind.len()));
        out.push_str(before);
        rest = match whole(group.trim(), known) {
            Some(group) => {
                out.push_str(&group);
                further
            }
            None => after,
        };
        let _ = write!(out, "（除{names}外）");
    }
    out.push_str(rest);
    out
}

/// What parts the items of a list.
const SEPARATORS: [char; 8] = ['、', '，', ',', '；', ';', '。', '/', '\n'];

/// The text before an exclusion that is written out, the names left out, and the text behind it.
fn exclusion(text: &str) -> Option<(&str, &str, &str)> {
    let at = text.find('除').filter(|at| bracket_depth(&text[..*at]) == 0)?;
    let (before, inside) = (&text[..at], &text[at + '除'.len_utf8()..]);
    let is_end = |rest: &str| {
        rest.is_empty() || rest.starts_with(SEPARATORS) || rest.starts_with(['的', '各', '其', '全', '所', ' '])
    };
    let mut ends = inside.match_indices('外').map(|(end, word)| (&inside[..end], &inside[end + word.len()..]));
    let (names, after) = ends.find(|(_, rest)| is_end(rest))?;
    let names = names.trim_start_matches(['了', '去']).trim_end_matches(['以', '之']);
    (!names.is_empty() && !names.contains(['；', ';', '。', '\n', '（', '('])).then_some((before, names, after))
}

/// How many brackets are open at the end of a text.
fn bracket_depth(text: &str) -> usize {
    text.chars().fold(0, |depth: usize, c| match c {
        '（' | '(' => depth + 1,
        '）' | ')' => depth.saturating_sub(1),
        _ => depth,
    })
}

/// The group of which some are left out: 其他科室 behind an exclusion are the 科室.
fn whole(name: &str, known: &dyn Fn(&str) -> bool) -> Option<String> {
    let others = ["其他", "其它", "其余"].iter().find_map(|word| name.strip_prefix(word));
    let of_all = others.into_iter().flat_map(|rest| [rest.to_owned(), format!("各{rest}")]).find(|name| known(name));
    of_all.or_else(|| (known(name) || name.starts_with(['各', '全', '所', '其'])).then(|| name.to_owned()))
}

/// Words before and after excluded units.
const WITHOUT: (&[&str], &[&str]) = (
    &["除了", "除去", "除", "不含", "不包括", "不包含", "排除", "剔除"],
    &["除外", "以外", "之外", "不在内", "不参加", "不报", "免报", "不需报送"],
);

/// The units excluded by a bracket or an item: 除工会外, 综合科除外, 不含后勤中心.
pub(super) fn left_out(text: &str, known: &dyn Fn(&str) -> bool) -> Option<Vec<String>> {
    let text = text.trim();
    let before = WITHOUT.0.iter().find_map(|word| text.strip_prefix(word));
    let behind = || WITHOUT.1.iter().find_map(|word| text.strip_suffix(word));
    let names = match before {
        Some(names) => names.trim_end_matches(['外', '以', '之']),
        None => behind()?,
    };
    Some(names_of(names, known)).filter(|names| !names.is_empty())
}

/// The names in a list in which 和 may join two that are known: 综合科和财务科.
pub(super) fn names_of(text: &str, known: &dyn Fn(&str) -> bool) -> Vec<String> {
    let parts = |item: &str| -> Vec<String> {
        let parts: Vec<&str> = item.split(['和', '与', '及', '暨', ' ']).filter(|part| !part.is_empty()).collect();
        let apart = !known(item) && parts.iter().all(|part| known(part));
        if apart { parts.into_iter().map(ToOwned::to_owned).collect() } else { vec![item.to_owned()] }
    };
    list(text).into_iter().flat_map(parts).collect()
}
