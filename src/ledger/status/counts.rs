//! Counts of what was to be done and what is done: 共5项，完成3项; 12处已完成8处.

use crate::basis::text::chinese_number;

/// A text in which the number of things to be done is said as 共5项: 应完成5项，实际完成5项.
pub(super) fn counted(text: &str, aim: &str) -> String {
    let Some((before, after)) = text.split_once(aim) else { return text.to_owned() };
    if after.trim_start_matches(':').starts_with(|c: char| c.is_ascii_digit()) {
        format!("{before}共{}", after.trim_start_matches(':'))
    } else {
        text.to_owned()
    }
}

/// Whether fewer are done than there are: 共5项，完成3项; 12处已完成8处; 已完成8处/12处; 完成5项中的3项.
pub(super) fn is_short_of_all(text: &str) -> bool {
    const DONE: &[&str] = &["完成", "整改", "办结", "解决", "修复", "处理", "更换", "清理", "销号", "落实"];
    const ALL: &[&str] = &["共", "发现", "排查", "总计", "合计"];
    let text = &in_digits(text);
    let done_word = DONE.iter().filter_map(|word| {
        text.match_indices(word).find_map(|(at, _)| {
            let rest = text[at + word.len()..].trim_start_matches(['了', '约', '率', '量']);
            rest.starts_with(|c: char| c.is_ascii_digit()).then(|| (at, text.len() - rest.len()))
        })
    });
    let Some((at, from)) = done_word.min() else { return false };
    let Some((done, unit, rest)) = counted_first(&text[from..]) else { return false };
    // 5项中的3项, 8处/12处
    if let Some((other, unit_of_other, _)) =
        rest.strip_prefix("中的").or_else(|| rest.strip_prefix(['中', '/'])).and_then(counted_first)
    {
        return is_alike(unit, unit_of_other) && (done - other).abs() > 0.0 || unit.is_empty() && done < other;
    }
    let said = ALL.iter().filter_map(|word| {
        let (_, rest) = text.split_once(word)?;
        let clause = rest.split([',', '。', ';', ')']).next()?;
        counted_first(&clause[clause.find(|c: char| c.is_ascii_digit())?..])
    });
    let clause = &text[text[..at].rfind([',', '。', ';', '(']).map_or(0, |found| found + 1)..at];
    let before = clause
        .char_indices()
        .filter(|(at, c)| c.is_ascii_digit() && !clause[..*at].ends_with(|c: char| c.is_ascii_digit()));
    let before = before.filter_map(|(at, _)| counted_first(&clause[at..]));
    said.chain(before).any(|(all, of, _)| is_alike(of, unit) && done < all)
}

/// A text with its Chinese numbers of things in digits: 五项完成三项; not 第三项.
fn in_digits(text: &str) -> String {
    let is_numeral = |c: char| "一二两三四五六七八九十".contains(c);
    let mut found = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(is_numeral) {
        let end = rest[at..].find(|c| !is_numeral(c)).map_or(rest.len(), |length| at + length);
        let counts = rest[end..].starts_with(|c| MEASURES.contains(c)) && !rest[..at].ends_with('第');
        found.push_str(&rest[..at]);
        match chinese_number(&rest[at..end].replace('两', "二")).filter(|_| counts) {
            Some(number) => found.push_str(&number.to_string()),
            None => found.push_str(&rest[at..end]),
        }
        rest = &rest[end..];
    }
    found + rest
}

/// The number at the beginning of a text, the word it is counted in and the rest.
fn counted_first(text: &str) -> Option<(f64, &str, &str)> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = text[..text.len() - rest.len()].parse().ok()?;
    let unit = rest.chars().next().filter(|c| MEASURES.contains(*c)).map_or(0, char::len_utf8);
    Some((number, &rest[..unit], &rest[unit..]))
}

/// Words in which things to be done are counted; any of them may stand for another.
const MEASURES: &str = "项个处件条起家户份场次宗点";

fn is_alike(unit: &str, other: &str) -> bool {
    !unit.is_empty()
        && (unit == other
            || ["次", "场", "户", "家"].iter().all(|own| *own != unit && *own != other) && !other.is_empty())
}
