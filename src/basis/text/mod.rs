//! Comparing texts: folding of width, dashes and numerals, and the likeness of two texts.
//!
//! Folded texts are compared, never printed: reports print what people wrote.

mod stock;

pub use stock::is_stock;

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

/// Folds a text for comparison: compatibility forms (full width, circled digits, Roman numeral signs) and letter case
/// are folded, every dash becomes `-`, Chinese quotation marks and brackets become ASCII, white space is removed.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    // Nearly every text of a ledger consists of ideographs, ASCII and full-width forms, which need no Unicode tables, and
    // most of these stay as they are.
    let mut kept = 0;
    for (at, c) in text.char_indices() {
        if stays(c) {
            continue;
        }
        if !is_plain(c) {
            folded.clear();
            for c in text.nfkc() {
                push_folded(&mut folded, c);
            }
            return folded;
        }
        folded.push_str(&text[kept..at]);
        kept = at + c.len_utf8();
        match c {
            '\u{ff01}'..='\u{ff5e}' => push_folded(&mut folded, ascii_form(c)),
            c => push_folded(&mut folded, c),
        }
    }
    folded.push_str(&text[kept..]);
    folded
}

/// Whether a character is its own folded form: an ideograph, ASCII that prints and is no capital letter.
fn stays(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '!'..='@' | '['..='~')
}

/// Whether compatibility normalisation leaves a character unchanged or only makes it narrow.
fn is_plain(c: char) -> bool {
    matches!(c, '\0'..='\u{7f}' | '\u{4e00}'..='\u{9fff}' | '\u{3000}'..='\u{3003}' | '\u{3007}'..='\u{3011}'
        | '\u{ff01}'..='\u{ff5e}' | '“' | '”' | '‘' | '’' | '—' | '–')
}

/// The ASCII character of a full-width form.
fn ascii_form(c: char) -> char {
    char::from_u32(c as u32 - 0xfee0).unwrap_or(c)
}

fn push_folded(folded: &mut String, c: char) {
    match c {
        c if stays(c) => folded.push(c),
        c if c.is_ascii_graphic() => folded.push(c.to_ascii_lowercase()),
        c if c.is_whitespace() || is_invisible(c) => {}
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '─' | '－' | '﹣' => folded.push('-'),
        '【' | '〔' | '［' | '〖' | '﹝' => folded.push('('),
        '】' | '〕' | '］' | '〗' | '﹞' => folded.push(')'),
        '“' | '”' | '„' | '‟' | '「' | '」' | '『' | '』' | '＂' => folded.push('"'),
        '‘' | '’' | '＇' => folded.push('\''),
        c => folded.extend(c.to_lowercase()),
    }
}

/// Characters that print nothing: zero-width spaces, byte order marks, direction marks.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}')
        || c.is_control()
}

/// A text folded to its letters and digits, without punctuation. Sentences with equal skeletons count as equal.
pub fn skeleton(text: &str) -> String {
    let mut folded = fold(text);
    folded.retain(is_letter_or_digit);
    folded
}

/// Whether a character is a letter or a digit; the tables of Unicode need not tell what nearly all text consists of.
pub fn is_letter_or_digit(c: char) -> bool {
    match c {
        '\u{4e00}'..='\u{9fff}' => true,
        '\u{2000}'..='\u{206f}'
        | '\u{3000}'..='\u{3004}'
        | '\u{3008}'..='\u{3020}'
        | '\u{ff01}'..='\u{ff0f}'
        | '\u{ff1a}'..='\u{ff20}' => false,
        c => c.is_alphanumeric(),
    }
}

/// Folds a task code for comparison (`Ⅱ-1-1)-①` equals `II—1—1）—1`): dashes, Roman numerals, circled digits and Chinese
/// numerals in brackets are folded, brackets and dots become separators, leading zeros are removed.
pub fn code_key(code: &str) -> String {
    let folded = fold(code);
    let mut parts: Vec<String> = Vec::new();
    for part in folded.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()) {
        // In （一）3 the bracket separates the two numbers.
        let plain = roman(part).or_else(|| chinese_number(part)).map_or_else(
            || {
                let digits = part.trim_start_matches('0');
                if part.bytes().all(|b| b.is_ascii_digit()) && !digits.is_empty() { digits } else { part }.to_owned()
            },
            |n| n.to_string(),
        );
        parts.push(plain);
    }
    parts.join("-")
}

/// The key by which names with numbers stand in the order of those: 第2项 before 第10项.
pub fn counting_key(name: &str) -> String {
    const WIDTH: usize = 20;
    let mut key = String::with_capacity(name.len() + WIDTH);
    for run in name.as_bytes().chunk_by(|a, b| a.is_ascii_digit() == b.is_ascii_digit()) {
        let run = String::from_utf8_lossy(run);
        if run.starts_with(|c: char| c.is_ascii_digit()) {
            let digits = run.trim_start_matches('0');
            key.extend(std::iter::repeat_n('0', WIDTH.saturating_sub(digits.len())));
            key.push_str(digits);
        } else {
            key.push_str(&run);
        }
    }
    key
}

/// The value of a Roman numeral in lower case letters (1–39; codes go no further).
fn roman(text: &str) -> Option<u32> {
    let digit = |c| match c {
        'i' => Some(1),
        'v' => Some(5),
        'x' => Some(10),
        _ => None,
    };
    let digits: Vec<u32> = text.chars().map(digit).collect::<Option<_>>()?;
    let value = digits.iter().enumerate().fold(0i64, |sum, (at, &d)| {
        let d = i64::from(d);
        if digits.get(at + 1).is_some_and(|&next| i64::from(next) > d) { sum - d } else { sum + d }
    });
    u32::try_from(value).ok().filter(|n| (1..40).contains(n))
}

/// The value of a Chinese number such as 三, 十二, 二十, 一百零五, or of digits one by one as in 二〇一四.
pub fn chinese_number(text: &str) -> Option<u32> {
    const DIGITS: &str = "〇一二三四五六七八九";
    let digit = |c: char| match c {
        '零' | '○' => Some(0),
        '两' => Some(2),
        c => DIGITS.chars().position(|d| d == c).map(|at| at as u32),
    };
    if text.is_empty() {
        return None;
    }
    if text.chars().count() > 1 && text.chars().all(|c| digit(c).is_some()) {
        return text.chars().try_fold(0u32, |sum, c| sum.checked_mul(10)?.checked_add(digit(c)?));
    }
    let (mut total, mut pending) = (0, None);
    for c in text.chars() {
        match c {
            '十' => total += pending.take().unwrap_or(1) * 10,
            '百' => total += pending.take()? * 100,
            '千' => total += pending.take()? * 1000,
            // 三千五六 means 3500 or 3600: not a single number.
            _ if pending.is_some_and(|digit| digit > 0) => return None,
            c => pending = Some(digit(c)?),
        }
    }
    Some(total + pending.unwrap_or(0))
}

/// Signs that are put before a name to mark it, and are no part of it.
pub const SIGNS: &[char] = &['★', '☆', '▲', '△', '※', '◆', '◇'];

/// A name without the signs that mark it: ★综合科.
pub fn unmarked(name: &str) -> &str {
    name.trim_matches(|c: char| SIGNS.contains(&c) || c.is_whitespace())
}

/// Folds a unit's name for comparison: width, brackets, white space, signs that mark it, and a full stop at the end.
pub fn name_key(name: &str) -> String {
    unmarked(&fold(name)).trim_end_matches(['。', '.', ',', '、', ';', ':']).to_owned()
}

/// Folds a heading for comparison and removes units of measure and hints in brackets, asterisks and final punctuation:
/// `*计划投资⏎(万元)` becomes `计划投资`. A heading that is all in brackets keeps their content.
pub fn heading_key(heading: &str) -> String {
    let folded = fold(heading);
    let (mut bare, mut depth) = (String::with_capacity(folded.len()), 0usize);
    for c in folded.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            c if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    let ends: &[char] = &['*', '★', '☆', '▲', '※', ':', '、', '.', ',', '。', '#', '-', '_', '/'];
    let key = bare.trim_matches(ends);
    let key = if key.is_empty() { folded.trim_matches(['(', ')', '[', ']', '*', ':']) } else { key };
    key.to_owned()
}

/// Removes the number a text begins with: `1.`, `（一）`, `3、`, `①`, `第二、`, `1-3 `. A number that is part of the words
/// (2号楼, 三年行动) stays.
pub fn unnumbered(text: &str) -> &str {
    let mut rest = text.trim_start();
    for _ in 0..3 {
        let bracketed = rest.starts_with(['(', '（', '[', '【']);
        let inner = if bracketed { &rest[rest.chars().next().map_or(0, char::len_utf8)..] } else { rest };
        let inner = if bracketed { inner } else { inner.strip_prefix('第').unwrap_or(inner) };
        let is_number = |c: char| {
            c.is_ascii_digit() || "０１２３４５６７８９一二三四五六七八九十百ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳".contains(c)
        };
        let number = inner.len() - inner.trim_start_matches(is_number).len();
        if number == 0 {
            break;
        }
        let circled = inner[..number].chars().all(|c| "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳".contains(c));
        let after = &inner[number..];
        let ends: &[char] = if bracketed {
            &[')', '）', ']', '】']
        } else {
            &['.', '．', '、', ')', '）', '-', '—', '–', '，', ' ', '\u{3000}']
        };
        let Some(end) = after.chars().next().filter(|c| ends.contains(c)) else {
            if circled {
                rest = after.trim_start();
            }
            break;
        };
        rest = after[end.len_utf8()..].trim_start_matches(['、', '.', '．', ',', '，']).trim_start();
    }
    rest
}

/// A text without any of these words in front.
pub fn without<'a>(text: &'a str, words: &[&str]) -> &'a str {
    let mut rest = text;
    while let Some(shorter) = words.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = shorter;
    }
    rest
}

/// Whether a cell repeats the one above it: 同上, 〃, -〃-.
pub fn is_ditto(text: &str) -> bool {
    // Asked about every cell: most begin otherwise.
    let bare = text.trim_start();
    if !bare.starts_with(['同', '〃', '″', '〞', '"', '”', '“', '-', '—', '–', '－']) {
        return false;
    }
    let bare = bare.trim_end().trim_end_matches(['。', '.']);
    let bare = bare.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '—' | '–' | '－'));
    matches!(
        bare,
        "同上"
            | "同前"
            | "同上行"
            | "同上一行"
            | "同上项"
            | "〃"
            | "″"
            | "″″"
            | "〞"
            | "\""
            | "\"\""
            | "”"
            | "”“"
            | "“”"
    )
}

/// Splits a list in one cell at 、 ， , ； ; / and line breaks, except inside brackets; empty items are left out.
pub fn list(text: &str) -> Vec<&str> {
    let (mut items, mut start, mut depth) = (Vec::new(), 0, 0usize);
    for (at, c) in text.char_indices() {
        match c {
            '(' | '（' | '【' | '[' | '《' => depth += 1,
            ')' | '）' | '】' | ']' | '》' => depth = depth.saturating_sub(1),
            '、' | '，' | ',' | '；' | ';' | '/' | '\n' | '\r' if depth == 0 || matches!(c, '\n' | '\r') => {
                items.push(&text[start..at]);
                (start, depth) = (at + c.len_utf8(), 0);
            }
            _ => {}
        }
    }
    items.push(&text[start..]);
    items.into_iter().map(str::trim).filter(|item| !item.is_empty()).collect()
}

/// The likeness of two skeletons, 0 to 1: the Dice coefficient of their pairs of neighbouring characters.
pub fn likeness(a: &str, b: &str) -> f64 {
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    if a == b {
        return 1.0;
    }
    let pairs = |text: &str| {
        let mut counts: HashMap<(char, char), u32> = HashMap::new();
        text.chars().zip(text.chars().skip(1)).for_each(|pair| *counts.entry(pair).or_default() += 1);
        counts
    };
    let (mut of_a, of_b) = (pairs(a), b.chars().zip(b.chars().skip(1)));
    let (all_a, mut all_b, mut shared) = (of_a.values().sum::<u32>(), 0, 0);
    for pair in of_b {
        all_b += 1;
        if let Some(left) = of_a.get_mut(&pair).filter(|left| **left > 0) {
            *left -= 1;
            shared += 1;
        }
    }
    if all_a + all_b == 0 { 0.0 } else { f64::from(2 * shared) / f64::from(all_a + all_b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_digits_are_those_of_unicode() {
        for c in '\0'..='\u{ffff}' {
            assert_eq!(is_letter_or_digit(c), c.is_alphanumeric(), "{c:?}");
        }
    }

    #[test]
    fn names_stand_in_the_order_of_their_numbers() {
        let mut names = ["台账10.xlsx", "台账9.xlsx", "台账.xlsx", "10月台账", "台账02.xlsx", "9月台账", "台账00.xlsx"];
        names.sort_by_cached_key(|name| counting_key(name));
        let sorted = ["9月台账", "10月台账", "台账.xlsx", "台账00.xlsx", "台账02.xlsx", "台账9.xlsx", "台账10.xlsx"];
        assert_eq!(names, sorted);
    }

    #[test]
    fn codes_compare_after_folding() {
        for (written, key) in [
            ("Ⅱ-1-1)-①", "2-1-1-1"),
            ("II—1—1）—1", "2-1-1-1"),
            ("Ⅲ-1-①", "3-1-1"),
            ("I-1", "1-1"),
            ("8-2)", "8-2"),
            ("（一）3", "1-3"),
            ("０１", "1"),
            ("1.10", "1-10"),
            ("A-03", "a-3"),
        ] {
            assert_eq!(code_key(written), key, "{written}");
        }
        assert_ne!(code_key("1-1"), code_key("11"));
    }

    #[test]
    fn the_short_way_folds_as_the_tables_do() {
        let through_tables = |text: &str| {
            let mut folded = String::new();
            text.nfkc().for_each(|c| push_folded(&mut folded, c));
            folded
        };
        for code in (0..0xffff).filter_map(char::from_u32) {
            let text = format!("标{code}Ａ");
            assert_eq!(fold(&text), through_tables(&text), "{:x}", code as u32);
        }
    }

    #[test]
    fn numbers_before_a_text_are_no_part_of_it() {
        for (text, bare) in [
            ("1、广告整治", "广告整治"),
            ("（一）广告整治", "广告整治"),
            ("1-3 广告整治", "广告整治"),
            ("①广告整治", "广告整治"),
            ("第二，广告整治", "广告整治"),
            ("2号楼整治", "2号楼整治"),
            ("三年行动", "三年行动"),
            ("10月底前清理", "10月底前清理"),
        ] {
            assert_eq!(unnumbered(text), bare, "{text}");
        }
    }

    #[test]
    fn chinese_numbers_read_both_ways() {
        for (text, n) in
            [("三", 3), ("十二", 12), ("二十", 20), ("一百零五", 105), ("二〇一四", 2014), ("二○一四", 2014)]
        {
            assert_eq!(chinese_number(text), Some(n), "{text}");
        }
        assert_eq!((chinese_number("第一"), chinese_number("三千五六")), (None, None));
    }

    #[test]
    fn headings_lose_line_breaks_and_units() {
        assert_eq!(heading_key("计划投资\n(万元)"), "计划投资");
        assert_eq!(heading_key(" 完 成 情 况："), "完成情况");
        assert_eq!(heading_key("＊责任单位（盖章）"), "责任单位");
        assert_eq!(heading_key("完成情况（已完成/未完成）（必填）"), "完成情况");
        assert_eq!(heading_key("（万元）"), "万元");
    }

    #[test]
    fn lists_have_mixed_separators() {
        assert_eq!(
            list("综合科、管理一科，后勤中心；车管科\n工会"),
            ["综合科", "管理一科", "后勤中心", "车管科", "工会"]
        );
        assert_eq!(list("各科（室、中心）、全体人员"), ["各科（室、中心）", "全体人员"]);
        assert_eq!(name_key(" 市场监督管理局。"), "市场监督管理局");
    }

    #[test]
    fn likeness_orders_candidates() {
        let task = skeleton("开展俭以养德全民节约行动");
        let near = likeness(&skeleton("开展“俭以养德”全民节约活动"), &task);
        let far = likeness(&skeleton("开展传统节日主题活动"), &task);
        assert!(near > 0.7 && far < 0.4, "{near} {far}");
        assert!((likeness(&task, &task) - 1.0).abs() < f64::EPSILON);
    }
}
