//! Texts of findings and of the division as a letter writes them.

use chrono::NaiveDate;

use crate::basis::Lang;
use crate::basis::calendar::format::moment_words;
use crate::basis::calendar::window::end_of;

/// The text of a finding as a Chinese letter writes it: days in words, no spaces beside Chinese characters. What stands in
/// “quotation marks” is left as it is.
pub(super) fn prose(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut depth = 0_usize;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        match c {
            '“' => depth += 1,
            '”' => depth = depth.saturating_sub(1),
            ' ' if depth == 0 => {
                let beside = |c: Option<char>| c.is_some_and(|c| !c.is_ascii());
                if beside(out.chars().next_back()) || beside(after.chars().next()) {
                    rest = after;
                    continue;
                }
            }
            '0'..='9' if depth == 0 && !out.ends_with(|c: char| c.is_ascii_alphanumeric()) => {
                let day = rest.get(..10).and_then(|day| day.parse::<NaiveDate>().ok());
                if let Some(day) = day.filter(|_| !rest[10..].starts_with(|c: char| c.is_ascii_digit())) {
                    out.push_str(&moment_words(end_of(day), Lang::Zh));
                    rest = &rest[10..];
                    continue;
                }
            }
            _ => {}
        }
        out.push(c);
        rest = after;
    }
    out
}

/// The beginning of a long text up to a comma or stop, at most `most` characters; a text without any is cut with `…`.
pub(super) fn gist(text: &str, most: usize) -> String {
    let text = text.trim().trim_end_matches(['。', '.', '；', ';']);
    let Some((end, _)) = text.char_indices().nth(most) else { return text.to_owned() };
    let head = &text[..end];
    let open = |at: usize| {
        let count = |c| head[..at].matches(c).count();
        count('“') > count('”') || count('（') > count('）') || count('《') > count('》')
    };
    let stops = head.char_indices().rev().filter(|(_, c)| matches!(c, '，' | '；' | '。' | ';' | '：'));
    // what is left must still say what it is about
    match stops.map(|(at, _)| at).find(|at| *at >= end / 3 && !open(*at)) {
        Some(at) => head[..at].to_owned(),
        None => format!("{}…", head.trim_end()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_in_words_and_nothing_stands_between_words_and_numbers() {
        for (said, written) in [
            ("完成时限 2025-09-30 已过", "完成时限2025年9月30日已过"),
            ("缺 第43周，已报 2 次", "缺第43周，已报2次"),
            ("另存为 xlsx 后", "另存为xlsx后"),
            ("列名 Sheet 1 与 A B", "列名Sheet 1与A B"),
            ("写的是“8 月 1 日 2025-09-30”，不对", "写的是“8 月 1 日 2025-09-30”，不对"),
            ("编号 2025-09-301", "编号2025-09-301"),
            ("1-1、1-2", "1-1、1-2"),
        ] {
            assert_eq!(prose(said), written);
        }
    }

    #[test]
    fn a_long_text_ends_where_a_clause_does() {
        let text = "按照“路面、墙面”的标准，对主次干道开展巡查整治，建立问题清单、责任清单";
        assert_eq!(gist(text, 100), text);
        assert_eq!(gist(text, 28), "按照“路面、墙面”的标准，对主次干道开展巡查整治");
        assert_eq!(gist("字字字字字字字字", 4), "字字字字…");
        assert_eq!(gist("做好工作（一，二，三，四）的落实", 10), "做好工作（一，二，三…");
        assert_eq!(gist("一句。", 10), "一句");
    }
}
