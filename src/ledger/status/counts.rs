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
    // The end of a number is less than all of it, and so says nothing more.
    let before = clause.char_indices().filter_map(|(at, _)| counted_first(&clause[at..]));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fewer_than_there_are() {
        for (text, short) in [
            ("共5项,完成3项", true),
            ("共5项,完成5项", false),
            ("共5项,完成6项", false),
            ("完成3项,共5项", true),
            ("发现5处,整改了3处", true),
            ("发现5处,整改3处,共8次", true),
            ("12处已完成8处", true),
            ("12处已完成12处", false),
            ("2014年12处已完成8处", true),
            ("已完成8处/12处", true),
            ("已完成12处/12处", false),
            ("完成5项中的3项", true),
            ("完成5项中的5项", false),
            ("完成3项中5项", true),
            ("完成5/8", true),
            ("完成8/8", false),
            ("完成8/5", false),
            ("五项完成三项", true),
            ("十二项完成八项", true),
            ("两项完成一项", true),
            ("第五项完成三项", false),
            ("五年完成三项", false),
            ("共5次,完成3项", false),
            ("共5项,完成3场", false),
            ("共5次,完成3次", true),
            ("共5件,完成3项", true),
            ("共5,完成3项", false),
            ("共5项,完成3", false),
            ("5项(完成3项)", false),
            ("完成", false),
            ("共5项", false),
        ] {
            assert_eq!(is_short_of_all(text), short, "{text}");
        }
        assert_eq!((counted("应完成:5项", "应完成"), counted("应完成", "应完成")), ("共5项".into(), "应完成".into()));
        assert_eq!(
            (counted("应完成任务5项", "应完成"), counted("甲", "应完成")),
            ("应完成任务5项".into(), "甲".into())
        );
    }
}
