//! The numbers that items begin with: 一、 （一） 1. 1.1 (1) 1) ① Ⅱ-1-1)-① 问题1：, and the depth of each.

use crate::basis::text::chinese_number;

/// How a number is written, ordered by the usual depth of such items.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Style {
    /// 第一章, 第二部分.
    Chapter,
    /// 一、
    Han,
    /// （一）
    HanBracket,
    /// The name of a unit as a heading, which carries no number.
    Unit,
    /// 牵头任务, 配合任务 under a unit, without a number.
    Part,
    /// 问题1：, 任务一：
    Named,
    /// Ⅱ-1-1)-①, A1-2, 【1-2】: so many parts, and the Roman number of the first: Ⅲ-1 stands below Ⅱ-1.
    Index(u8, u8),
    /// 1. 1、
    Arabic,
    /// 1.1, 2-3: so many parts.
    Code(u8),
    /// （1）
    Bracket,
    /// 1)
    Paren,
    /// ①
    Circled,
    /// 一是, where each is somebody's.
    Counted,
}

/// A number at the beginning of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Marker {
    /// How it is written.
    pub(super) style: Style,
    /// Its value; of a code the last part.
    pub(super) number: u32,
    /// The number as written, without the punctuation around it: 一, 1, Ⅱ-1-1)-①.
    pub(super) code: String,
    /// Bytes that it takes, with the punctuation and space behind it.
    pub(super) length: usize,
}

impl Marker {
    /// The number in its usual form.
    pub(super) fn shown(&self) -> String {
        let code = &self.code;
        match self.style {
            Style::Chapter => format!("第{code}部分 "),
            Style::Han => format!("{code}、"),
            Style::HanBracket | Style::Bracket if code.chars().all(|c| !c.is_alphabetic() && !c.is_ascii_digit()) => {
                code.clone()
            }
            Style::HanBracket | Style::Bracket => format!("（{code}）"),
            Style::Arabic => format!("{code}."),
            Style::Paren => format!("{code}）"),
            Style::Code(_) | Style::Index(..) => format!("{code} "),
            Style::Circled | Style::Unit | Style::Part | Style::Counted => code.clone(),
            Style::Named => String::new(),
        }
    }
}

const HAN: &str = "一二三四五六七八九十百零〇";
const CIRCLED: &str = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳";
const IN_BRACKETS: &str = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇";
const HAN_IN_BRACKETS: &str = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩";
const ROMAN: &str = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ";
/// Words after a number that counts instead of numbering: 3月, 2个, 5年.
const MEASURES: &str = "年月日号个项名次人家处条种场天周时分万亿元米吨%％度期届级";
/// Words that carry a number of their own.
const NAMED: &[&str] = &[
    "问题", "任务", "行动", "措施", "事项", "专项", "工程", "反馈问题", "重点任务", "具体问题", "整改任务", "隐患",
    "项目", "线索", "整改事项", "整改问题", "督办事项", "短板", "清单", "指标",
];

/// Whether a text begins with what is counted rather than with what is numbered.
fn counts(text: &str) -> bool {
    text.starts_with(|c| MEASURES.contains(c))
        || ["公里", "公斤", "公顷", "平方", "小时"].iter().any(|word| text.starts_with(word))
}

/// Whether a text begins with what a figure with a decimal point is of.
fn measures(text: &str) -> bool {
    const OF: &str = "倍升毫克秒岁厘亩兆瓦折‰";
    counts(text) || text.starts_with(|c| OF.contains(c)) || text.starts_with("千瓦") || text.starts_with("千米")
}

/// The number a text begins with.
pub(super) fn marker(text: &str) -> Option<Marker> {
    let start = text.len() - text.trim_start().len();
    let mut found = parse(&text[start..])?;
    let rest = &text[start + found.length..];
    found.length += start + (rest.len() - rest.trim_start().len());
    // A number with nothing behind it numbers nothing.
    (found.length < text.len()).then_some(found)
}

fn parse(text: &str) -> Option<Marker> {
    let first = text.chars().next()?;
    let one = |style, number: usize| {
        let length = first.len_utf8()
            + text[first.len_utf8()..].chars().next().filter(|c| "、.．".contains(*c)).map_or(0, char::len_utf8);
        Some(Marker { style, number: number as u32 + 1, code: first.to_string(), length })
    };
    if let Some(at) = CIRCLED.chars().position(|c| c == first) {
        return one(Style::Circled, at);
    }
    if let Some(at) = IN_BRACKETS.chars().position(|c| c == first) {
        return one(Style::Bracket, at);
    }
    if let Some(at) = HAN_IN_BRACKETS.chars().position(|c| c == first) {
        return one(Style::HanBracket, at);
    }
    match first {
        '（' | '(' => bracketed(text, first),
        '【' | '〔' | '[' | '［' => in_marks(text, first),
        '第' => chapter(text),
        c if HAN.contains(c) => han(text),
        c if c.is_ascii_digit() || ('０'..='９').contains(&c) => arabic(text),
        c if ROMAN.contains(c) || matches!(c, 'I' | 'V' | 'X') => roman(text),
        c if c.is_ascii_uppercase() => code(text),
        _ => named(text),
    }
}

/// A number in marks: `【Ⅱ-1-1】`, `[3]`.
fn in_marks(text: &str, open: char) -> Option<Marker> {
    let inner = &text[open.len_utf8()..];
    let end = inner.find(['】', '〕', ']', '］'])?;
    let close = inner[end..].chars().next()?;
    let length = open.len_utf8() + end + close.len_utf8();
    let inner = inner[..end].trim();
    if let Some(number) = value(inner).filter(|number| (1..500).contains(number)) {
        return Some(Marker { style: Style::Bracket, number, code: inner.to_owned(), length });
    }
    // What follows a code decides whether it is one; behind its bracket anything may.
    let found = code(&format!("{inner} 甲")).filter(|found| found.length == inner.len())?;
    let style = if let Style::Code(parts) = found.style { Style::Index(parts, 0) } else { found.style };
    Some(Marker { style, length, ..found })
}

/// 一是, 二要: which, and its bytes.
pub(super) fn counter(text: &str) -> Option<(u32, usize)> {
    let (digits, after) = run(text, |c| HAN.contains(c));
    let number = chinese_number(digits).filter(|number| (1..30).contains(number))?;
    let is = after.chars().next().filter(|c| matches!(c, '是' | '要'))?;
    Some((number, digits.len() + is.len_utf8()))
}

/// The run of characters that a predicate takes, and what follows.
fn run(text: &str, of: impl Fn(char) -> bool) -> (&str, &str) {
    let end = text.find(|c| !of(c)).unwrap_or(text.len());
    text.split_at(end)
}

fn bracketed(text: &str, open: char) -> Option<Marker> {
    let inner = text[open.len_utf8()..].trim_start();
    let (digits, after) = run(inner, |c| HAN.contains(c) || is_digit(c));
    let after = after.trim_start();
    let close = after.chars().next().filter(|c| matches!(c, '）' | ')'))?;
    let (style, number) = match chinese_number(digits) {
        Some(number) => (Style::HanBracket, number),
        None => (Style::Bracket, value(digits)?),
    };
    let mut length = text.len() - after.len() + close.len_utf8();
    length += text[length..].chars().next().filter(|c| "、.．".contains(*c)).map_or(0, char::len_utf8);
    (number < 200).then(|| Marker { style, number, code: digits.to_owned(), length })
}

fn chapter(text: &str) -> Option<Marker> {
    let (digits, after) = run(&text['第'.len_utf8()..], |c| HAN.contains(c) || is_digit(c));
    let number = chinese_number(digits).or_else(|| value(digits))?;
    let word = ["部分", "章", "节", "篇", "条"].iter().find(|word| after.starts_with(**word));
    // 第一网格：, 第二阶段（4月）
    let part = ["网格", "阶段", "小组", "组", "片区", "责任区", "片", "标段", "项"]
        .iter()
        .find(|word| after.starts_with(**word));
    let (style, word) = match (word, part) {
        (Some(word), _) => (Style::Chapter, word.len()),
        (None, Some(part)) if after[part.len()..].starts_with(['：', ':', '（', '(', '\u{3000}']) => {
            (Style::Named, part.len())
        }
        (None, _) if after.starts_with('、') => (Style::Han, 0),
        _ => return None,
    };
    let mut length = text.len() - after.len() + word;
    length += text[length..].chars().next().filter(|c| "、：:　 ".contains(*c)).map_or(0, char::len_utf8);
    Some(Marker { style, number, code: digits.to_owned(), length })
}

fn han(text: &str) -> Option<Marker> {
    let (digits, after) = run(text, |c| HAN.contains(c));
    let number = chinese_number(digits).filter(|number| (1..200).contains(number))?;
    let after = after.trim_start_matches([' ', '\u{3000}']);
    let end = after.chars().next().filter(|c| "、．.".contains(*c))?;
    Some(Marker {
        style: Style::Han,
        number,
        code: digits.to_owned(),
        length: text.len() - after.len() + end.len_utf8(),
    })
}

fn arabic(text: &str) -> Option<Marker> {
    let (digits, after) = run(text, is_digit);
    let number = value(digits).filter(|number| (1..1000).contains(number) && digits.chars().count() <= 3)?;
    if let Some(code) = code(text) {
        return Some(code);
    }
    let single = |style, length: usize| Some(Marker { style, number, code: digits.to_owned(), length });
    let end = after.chars().next()?;
    let length = digits.len() + end.len_utf8();
    match end {
        ')' | '）' => single(Style::Paren, length),
        '、' => single(Style::Arabic, length),
        '.' | '．' | '﹒' => {
            // 3.5 is a figure; 3.2020年 is the third item, which begins with a year.
            let (figure, _) = run(&after[end.len_utf8()..], is_digit);
            let is_figure = end == '.' && (1..=2).contains(&figure.len());
            (!is_figure).then(|| single(Style::Arabic, length)).flatten()
        }
        ' ' | '\u{3000}' | '\t' => {
            let follows = after.trim_start();
            let words = follows.starts_with(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)) && !counts(follows);
            words.then(|| single(Style::Arabic, digits.len())).flatten()
        }
        _ => None,
    }
}

fn roman(text: &str) -> Option<Marker> {
    if let Some(code) = code(text) {
        return Some(code);
    }
    let (digits, after) = run(text, |c| ROMAN.contains(c));
    let first = digits.chars().next()?;
    let number = ROMAN.chars().position(|c| c == first)? as u32 + 1;
    let end = after.chars().next().filter(|c| "、.．".contains(*c))?;
    Some(Marker { style: Style::Index(1, 0), number, code: digits.to_owned(), length: digits.len() + end.len_utf8() })
}

/// A code of at least two parts: 1.1, 1.2.3, 2-3, Ⅱ-1-1)-①, I—1.
fn code(text: &str) -> Option<Marker> {
    let is_dash = |c: char| matches!(c, '-' | '—' | '－' | '–');
    let (mut parts, mut rest, mut last, mut dashed, mut signs) = (0u8, text, 0, false, false);
    let (mut lettered, mut level) = (false, 0u8);
    loop {
        let letter = |c: char| matches!(c, 'I' | 'V' | 'X') || parts == 0 && c.is_ascii_uppercase();
        let (part, after) = run(rest, |c| is_digit(c) || ROMAN.contains(c) || letter(c) || CIRCLED.contains(c));
        if part.is_empty() || part.chars().count() > 4 {
            break;
        }
        let number = value(part).filter(|number| *number < 100);
        signs |= number.is_none();
        let sign = |signs: &str| signs.chars().position(|c| part.starts_with(c)).map(|at| at as u32 + 1);
        last = number.or_else(|| sign(ROMAN)).or_else(|| sign(CIRCLED)).unwrap_or(1);
        if parts == 0 {
            let letters = ["I", "II", "III", "IV", "V"].iter().position(|letters| part == *letters);
            lettered = number.is_none();
            level = sign(ROMAN).or_else(|| letters.map(|at| at as u32 + 1)).unwrap_or(0) as u8;
        }
        if number.is_none() && part.chars().all(is_digit) {
            return None;
        }
        (parts, rest) = (parts + 1, after);
        // 1)- closes a part and goes on.
        let closed = rest.strip_prefix([')', '）']).filter(|rest| rest.starts_with(is_dash));
        let separator = closed.unwrap_or(rest).chars().next().filter(|c| is_dash(*c) || matches!(c, '.' | '．'));
        let Some(separator) = separator else { break };
        let next = &closed.unwrap_or(rest)[separator.len_utf8()..];
        if !next.starts_with(|c: char| is_digit(c) || ROMAN.contains(c) || CIRCLED.contains(c)) {
            break;
        }
        dashed |= is_dash(separator);
        rest = next;
    }
    if parts < 2 {
        return None;
    }
    let code = &text[..text.len() - rest.len()];
    let end = rest.chars().next()?;
    let taken = if ")）、.．".contains(end) { end.len_utf8() } else { 0 };
    let after = &rest[taken..];
    // 1-3月, 2.5万 and 3-5个 are amounts, 2-3 alone before words is a code only with a space or its own signs.
    let spaced = taken > 0 || after.starts_with([' ', '\u{3000}', '\t']);
    let follows = after.trim_start().chars().next()?;
    if counts(after.trim_start()) && !(spaced && signs) || is_digit(follows) && taken == 0 {
        return None;
    }
    // 1.1更换座椅 numbers, 1.5倍 measures.
    let words = !dashed && ('\u{4e00}'..='\u{9fff}').contains(&follows) && !measures(after);
    let clear = spaced || signs || parts > 2 || words;
    let ends = if taken > 0 && !signs && dashed { code } else { &text[..code.len() + if signs { taken } else { 0 }] };
    clear.then(|| Marker {
        style: if lettered { Style::Index(parts, level) } else { Style::Code(parts) },
        number: last,
        code: ends.trim_end_matches(['、', '.', '．']).to_owned(),
        length: code.len() + taken,
    })
}

/// 问题1：, 任务一、
fn named(text: &str) -> Option<Marker> {
    let word = NAMED.iter().find(|word| text.starts_with(**word))?;
    let (digits, after) = run(&text[word.len()..], |c| HAN.contains(c) || is_digit(c));
    let number = chinese_number(digits).or_else(|| value(digits)).filter(|number| (1..500).contains(number))?;
    let end = after.chars().next().filter(|c| "：:、.． \u{3000}\t【（(".contains(*c))?;
    let taken = if "【（(".contains(end) { 0 } else { end.len_utf8() };
    let length = text.len() - after.len() + taken;
    Some(Marker { style: Style::Named, number, code: digits.to_owned(), length })
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

fn value(digits: &str) -> Option<u32> {
    let plain: String = digits
        .chars()
        .map(|c| if c.is_ascii_digit() { c } else { char::from_u32((c as u32).wrapping_sub(0xfee0)).unwrap_or(' ') })
        .collect();
    plain.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_every_level_are_read() {
        for (text, style, number, rest) in [
            ("一、总体要求", Style::Han, 1, "总体要求"),
            ("十二、附则", Style::Han, 12, "附则"),
            ("（一）氛围营造", Style::HanBracket, 1, "氛围营造"),
            ("( 二 )校园环境", Style::HanBracket, 2, "校园环境"),
            ("1.清扫街巷", Style::Arabic, 1, "清扫街巷"),
            ("３．2020年底前完成", Style::Arabic, 3, "2020年底前完成"),
            ("3.2020年底前完成", Style::Arabic, 3, "2020年底前完成"),
            ("10、完成其他任务", Style::Arabic, 10, "完成其他任务"),
            ("2 清理小广告", Style::Arabic, 2, "清理小广告"),
            ("（1）当场整改", Style::Bracket, 1, "当场整改"),
            ("⑵限期整改", Style::Bracket, 2, "限期整改"),
            ("1)登记造册", Style::Paren, 1, "登记造册"),
            ("②验收", Style::Circled, 2, "验收"),
            ("1.2 公益广告", Style::Code(2), 2, "公益广告"),
            ("1．1更换座椅", Style::Code(2), 1, "更换座椅"),
            ("2.3.1公益广告", Style::Code(3), 1, "公益广告"),
            ("Ⅱ-1-1)-①公益广告", Style::Index(4, 2), 1, "公益广告"),
            ("【Ⅱ-1-1】公益广告", Style::Index(3, 2), 1, "公益广告"),
            ("A1-2 公益广告", Style::Index(2, 0), 2, "公益广告"),
            ("[3]公益广告", Style::Bracket, 3, "公益广告"),
            ("II-1 公益广告", Style::Index(2, 2), 1, "公益广告"),
            ("Ⅲ、实地考察", Style::Index(1, 0), 3, "实地考察"),
            ("问题1：台账不全", Style::Named, 1, "台账不全"),
            ("第二章 任务", Style::Chapter, 2, "任务"),
            ("第二网格：人民路", Style::Named, 2, "人民路"),
            ("第二项\u{3000}校园整治", Style::Named, 2, "校园整治"),
            ("第一阶段（3月）", Style::Named, 1, "（3月）"),
            ("指标1【廉洁政务】", Style::Named, 1, "【廉洁政务】"),
        ] {
            let found = marker(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((found.style, found.number, &text[found.length..]), (style, number, rest), "{text}");
        }
        assert_eq!(marker("Ⅱ-1-1)-①公益广告").map(|m| m.code), Some("Ⅱ-1-1)-①".into()));
    }

    #[test]
    fn figures_and_words_are_no_numbers() {
        for text in [
            "三年行动计划", "一是加强领导", "2023年底前完成", "3.5公里", "2个社区", "8-9月份", "1.5万人", "1.2倍以上",
            "（含社区）", "A级景区", "【责任单位】城管局", "〔2024〕5号", "一、", "1", "5 个社区", "2-3人",
        ] {
            assert_eq!(marker(text), None, "{text}");
        }
    }
}
