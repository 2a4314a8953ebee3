//! Numbers and amounts as people write them: 2000万, 1,200, ３５, 约50人, 5处, 85％.

use crate::basis::text::{chinese_number, fold};

/// A number read from text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Amount {
    /// A plain number: 35, 1,200.
    Plain(f64),
    /// A number with a unit of measure or a word such as 约: 5处, 约50人, 2000万.
    Measured(f64),
    /// A rate: 85％ is 0.85.
    Rate(f64),
}

impl Amount {
    /// The number.
    pub fn number(self) -> f64 {
        match self {
            Amount::Plain(n) | Amount::Measured(n) | Amount::Rate(n) => n,
        }
    }
}

/// Reads an amount in the unit of its heading (`万元`, `小时` …), else in single units. None when there is no single amount
/// (若干, 3至5处). A remark in brackets (5处（新增2处）) is ignored.
pub fn amount(text: &str, unit: Option<&str>) -> Option<Amount> {
    /// Longer texts, in bytes, are descriptions.
    const LONGEST: usize = 72;
    if text.len() > LONGEST {
        return None;
    }
    let text = unmarked(text);
    if is_parted(text) {
        return None;
    }
    let folded = fold(text);
    let bare = without_bracket(&folded);
    if let Some(number) = bare.strip_prefix("百分之") {
        return chinese(number).map(|n| Amount::Rate(n / 100.0));
    }
    let (doubt, signs) = (
        ["约", "共计", "合计", "累计", "共", "大约", "近", "总计", "计", "达", "已", "新增"],
        ["¥", "￥", "rmb", "人民币"],
    );
    let (mut bare, mut hedged) = (bare, false);
    while let Some(rest) = doubt.iter().chain(&signs).find_map(|word| bare.strip_prefix(word)) {
        (bare, hedged) = (rest, true);
    }
    let (number, scale, rest) = number(bare)?;
    let rest = rest.trim_end_matches(['。', '左', '右', '余', '多', '整']);
    match rest {
        "%" => return Some(Amount::Rate(number / 100.0)),
        "‰" => return Some(Amount::Rate(number / 1000.0)),
        // 8成 is 80 %, 三成五 35 %.
        _ if rest.starts_with('成') && number <= 10.0 => {
            let tail = &rest['成'.len_utf8()..];
            let tenth = if tail.is_empty() { Some(0.0) } else { chinese(tail).filter(|n| *n < 10.0) }?;
            return Some(Amount::Rate(number / 10.0 + tenth / 100.0));
        }
        _ => {}
    }
    if !is_measure(rest) {
        return None;
    }
    if rest.is_empty() && scale < 2.0 && !hedged {
        return Some(Amount::Plain(number));
    }
    let mut value = number * scale;
    let wanted = unit.unwrap_or_default();
    if scale > 1.0 || rest.starts_with('元') {
        value /= if wanted.starts_with('万') {
            1e4
        } else if wanted.starts_with('亿') {
            1e8
        } else if wanted.starts_with('千') {
            1e3
        } else {
            1.0
        };
    }
    if rest == "分钟" && is_hours(wanted) {
        value /= 60.0;
    }
    Some(Amount::Measured(value))
}

/// Whether a name or unit of measure is of hours: 小时, 培训学时.
pub fn is_hours(name: &str) -> bool {
    ["小时", "学时", "课时", "工时", "时长"].iter().any(|hours| name.contains(hours))
}

/// Removes the mark of an item in front of what it says: ①20处.
fn unmarked(text: &str) -> &str {
    let rest = text.trim_start().trim_start_matches(is_mark);
    if rest.is_empty() { text } else { rest }
}

/// Whether a character marks an item: ①, ⑴, ⒈. Folded, it would join the digits beside it.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{2460}'..='\u{249b}')
}

/// Whether digits belong to several numbers: white space or the mark of an item stands between them, and is no space
/// before three digits of a thousand (1 200).
fn is_parted(text: &str) -> bool {
    let digit = |c: &char| c.is_ascii_digit() || ('０'..='９').contains(c);
    let chars: Vec<char> = text.trim().chars().collect();
    // 3① has a note, not a second digit.
    let noted = chars.iter().any(|&c| is_mark(c)) && chars.len() > 1;
    let run = |from: usize| chars[from..].iter().take_while(|c| digit(c)).count();
    let gap = |at: usize| {
        let blank = chars[at..].iter().take_while(|c| c.is_whitespace()).count();
        let (before, after) = (chars[..at].iter().rev().take_while(|c| digit(c)).count(), run(at + blank));
        let thousand = blank == 1 && matches!(chars[at], ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}');
        before > 0 && after > 0 && !(thousand && before <= 3 && after == 3)
    };
    let begins = |at: &usize| chars[*at].is_whitespace() && *at > 0 && !chars[*at - 1].is_whitespace();
    noted || (0..chars.len()).filter(begins).any(gap)
}

/// Removes a bracket at the end, unless the whole text is in brackets.
fn without_bracket(text: &str) -> &str {
    match text.strip_suffix(')').and_then(|inner| inner.find('(')) {
        Some(at) if at > 0 => &text[..at],
        _ => text,
    }
}

/// Whether the text after a number is a unit of measure, not another number or a sentence.
fn is_measure(rest: &str) -> bool {
    // ㎡ and ㎥ fold to m2 and m3.
    let known = ["千米", "千克", "千瓦时", "百分点", "m2", "m3", "km2", "km", "kg", "元/人", "m²"].contains(&rest);
    let numeral = |c: char| "至到和及零一二三四五六七八九十百千万亿".contains(c);
    known || rest.chars().count() <= 4 && rest.chars().all(|c| c.is_alphabetic() && !numeral(c))
}

/// Reads a number at the beginning of a text: the number, its power of ten (2000万, 1.2万), and the rest of the text.
fn number(text: &str) -> Option<(f64, f64, &str)> {
    let end = text.find(|c: char| !"〇零一二三四五六七八九十百千万亿两".contains(c)).unwrap_or(text.len());
    if end > 0 && !"百千万亿".contains(text.chars().next()?) {
        // 三千米 is a length of 3,000 m; 一批, 一些 are not numbers.
        let rest = &text[end..];
        let doubtful = ["批", "些", "系列", "定", "部分", "直", "律", "般"].iter().any(|word| rest.starts_with(word));
        return chinese(&text[..end]).filter(|_| !doubtful).map(|n| (n, 1.0, rest));
    }
    let (digits, rest) = figures(text)?;
    let number: f64 = digits.parse().ok()?;
    let (scale, rest) = scale(rest);
    // 1万2千, 3万5: the number continues.
    if scale > 1.0
        && let Some((more, rest)) = figures(rest)
        && let Ok(more) = more.parse::<f64>()
    {
        let (tail, rest) = self::scale(rest);
        let short = tail < 2.0 && more < 10.0;
        let more = if short { more * scale / 10.0 } else { more * tail };
        return (more < scale && more > 0.0).then_some((number * scale + more, 1.0, rest)).map(measured);
    }
    Some((number, scale, rest))
}

/// Marks a compound number as one with a scale, so that it does not count as a plain number.
fn measured((number, _, rest): (f64, f64, &str)) -> (f64, f64, &str) {
    (number / 10.0, 10.0, rest)
}

/// The value of a spoken Chinese number: 三千五 is 3,500, 一万五千 15,000, 两百三 230, 一亿二千万.
fn chinese(text: &str) -> Option<f64> {
    for (word, scale) in [("亿", 1e8), ("万", 1e4)] {
        if let Some((high, low)) = text.rsplit_once(word) {
            let high = chinese(high)?;
            return Some(high * scale + low_part(low, scale)?);
        }
    }
    let last = text.chars().next_back()?;
    let place = text.chars().rev().nth(1).and_then(|c| match c {
        '千' => Some(100.0),
        '百' => Some(10.0),
        _ => None,
    });
    // 三千五: the digit after 千 counts hundreds.
    match place.filter(|_| "一二三四五六七八九".contains(last)) {
        Some(place) => {
            let head = &text[..text.len() - last.len_utf8()];
            let digit = chinese_number(&last.to_string())?;
            Some(f64::from(chinese_number(head)?) + f64::from(digit) * place)
        }
        None => chinese_number(text).map(f64::from),
    }
}

/// The part after 万 or 亿: 五千, 零五十, or a digit for the next place (一万五).
fn low_part(low: &str, scale: f64) -> Option<f64> {
    if low.is_empty() {
        return Some(0.0);
    }
    let bare = low.trim_start_matches('零');
    let value = chinese(bare)?;
    let short = bare.len() == low.len() && bare.chars().count() == 1 && value < 10.0;
    let value = if short { value * scale / 10.0 } else { value };
    (value < scale).then_some(value)
}

/// The digits at the beginning of a text without thousands separators, and the rest of the text.
fn figures(text: &str) -> Option<(String, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',' | '-' | '+')).unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    let (sign, body) =
        number.strip_prefix('-').map_or(("", number.strip_prefix('+').unwrap_or(number)), |body| ("-", body));
    if body.contains(['-', '+']) || !body.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut groups = body.split(',');
    let first = groups.next()?;
    let whole = groups.clone().count() == 0
        || first.len() <= 3 && groups.all(|group| group.split('.').next().is_some_and(|g| g.len() == 3));
    let plain: String = body.chars().filter(|c| *c != ',').collect();
    (whole && !plain.ends_with('.')).then(|| (format!("{sign}{plain}"), rest))
}

/// The power of ten given by a Chinese numeral after digits (2000万), and the rest of the text.
fn scale(rest: &str) -> (f64, &str) {
    for (word, scale) in
        [("万亿", 1e12), ("亿", 1e8), ("千万", 1e7), ("百万", 1e6), ("万", 1e4), ("千", 1e3), ("百", 1e2)]
    {
        // 千米 and 千克 are units of their own.
        if let Some(after) =
            rest.strip_prefix(word).filter(|after| word != "千" || !after.starts_with(['米', '克', '瓦']))
        {
            return (scale, after);
        }
    }
    (1.0, rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_as_people_write_them() {
        for (text, unit, expected) in [
            ("３５", None, Amount::Plain(35.0)),
            ("1,200", None, Amount::Plain(1200.0)),
            ("1，234，567.5", None, Amount::Plain(1_234_567.5)),
            ("-3", None, Amount::Plain(-3.0)),
            ("约50人", None, Amount::Measured(50.0)),
            ("5处", None, Amount::Measured(5.0)),
            ("2000万", None, Amount::Measured(20_000_000.0)),
            ("2000万元", Some("万元"), Amount::Measured(2000.0)),
            ("1.2亿元", Some("万元"), Amount::Measured(12_000.0)),
            ("2000", Some("万元"), Amount::Plain(2000.0)),
            ("85％", None, Amount::Rate(0.85)),
            ("百分之八十五", None, Amount::Rate(0.85)),
            ("三次", None, Amount::Measured(3.0)),
            ("1.2万", None, Amount::Measured(12_000.0)),
            ("1万2千", None, Amount::Measured(12_000.0)),
            ("3万5", None, Amount::Measured(35_000.0)),
            ("三千五", None, Amount::Plain(3500.0)),
            ("一万五千", None, Amount::Plain(15_000.0)),
            ("一万五", None, Amount::Plain(15_000.0)),
            ("一万零五十", None, Amount::Plain(10_050.0)),
            ("两百三", None, Amount::Plain(230.0)),
            ("一亿二千万元", None, Amount::Measured(120_000_000.0)),
            ("一百零五", None, Amount::Plain(105.0)),
            ("8成", None, Amount::Rate(0.8)),
            ("八成", None, Amount::Rate(0.8)),
            ("三成五", None, Amount::Rate(0.35)),
            ("¥1,200.00", None, Amount::Measured(1200.0)),
            ("￥1,200元", None, Amount::Measured(1200.0)),
            ("1000㎡", None, Amount::Measured(1000.0)),
            ("5处（新增2处）", None, Amount::Measured(5.0)),
            ("12（含社区3）", None, Amount::Plain(12.0)),
            ("300元整", None, Amount::Measured(300.0)),
            ("90分钟", Some("小时"), Amount::Measured(1.5)),
            ("3千米", None, Amount::Measured(3.0)),
            ("50余人", None, Amount::Measured(50.0)),
            ("一万十", None, Amount::Plain(10_010.0)),
            ("三百二", None, Amount::Plain(320.0)),
            ("两千零五", None, Amount::Plain(2005.0)),
            ("10成", None, Amount::Rate(1.0)),
            ("11成", None, Amount::Measured(11.0)),
            ("5‰", None, Amount::Rate(0.005)),
            ("3万亿元", Some("亿元"), Amount::Measured(30_000.0)),
            ("3千万元", Some("万元"), Amount::Measured(3000.0)),
            ("3百万元", Some("千元"), Amount::Measured(3000.0)),
            ("3百元", None, Amount::Measured(300.0)),
            ("5元", Some("千元"), Amount::Measured(0.005)),
            ("5处", Some("万元"), Amount::Measured(5.0)),
            ("3千克", None, Amount::Measured(3.0)),
            ("3千人", None, Amount::Measured(3000.0)),
            ("90分钟", Some("分钟"), Amount::Measured(90.0)),
            ("90分钟", Some("分"), Amount::Measured(90.0)),
            ("90分钟", Some("学时"), Amount::Measured(1.5)),
            ("90分钟", Some("天"), Amount::Measured(90.0)),
            ("90分钟", None, Amount::Measured(90.0)),
            ("+3", None, Amount::Plain(3.0)),
            ("共计约50人左右", None, Amount::Measured(50.0)),
            ("人民币300", None, Amount::Measured(300.0)),
            ("①20处", None, Amount::Measured(20.0)),
            ("⑴ 20", None, Amount::Plain(20.0)),
            ("1 200", None, Amount::Plain(1200.0)),
            ("12 345 678", None, Amount::Plain(12_345_678.0)),
            (" 1 200 处", None, Amount::Measured(1200.0)),
            ("约 50\n人", None, Amount::Measured(50.0)),
        ] {
            assert_eq!(amount(text, unit), Some(expected), "{text}");
        }
        for unfit in [
            "若干", "3-5处", "三至五处", "1,20", "一批", "2014年8月", "5处3人", "", "多次", "一些", "几处",
            "（新增2处）", "三千五六", "3万5千万", "1.2.3", "8成员", "三成十", "1,2345", "1234,567", "--3", "3-", "5.",
            "8\n5", "8 5", "100\n200", "0.5\n1", "８　５", "8  500", "2014 815", "12 30 处", "①20②5", "20①",
            "1 200 30",
        ] {
            assert_eq!(amount(unfit, None), None, "{unfit}");
        }
        let long = |bytes: usize| amount(&format!("{}5处", "0".repeat(bytes - 4)), None).is_some();
        assert!(long(72) && !long(73), "a longer text is a description");
    }

    #[test]
    fn brackets_behind_a_number_and_powers_of_ten() {
        for (text, bare) in [("3(处)", "3"), ("(3)", "(3)"), ("3(处", "3(处"), ("3", "3"), ("3(处)(甲)", "3")] {
            assert_eq!(without_bracket(text), bare, "{text}");
        }
        for (text, unit, value) in [
            ("2000万", "万元", 2000.0),
            ("2亿", "万元", 20_000.0),
            ("3元", "万元", 0.0003),
            ("3个", "万元", 3.0),
            ("2000万", "元", 20_000_000.0),
            ("90分钟", "小时", 1.5),
            ("90分钟", "分钟", 90.0),
        ] {
            let seen = match amount(text, Some(unit)) {
                Some(Amount::Measured(seen)) => seen,
                other => panic!("{text}: {other:?}"),
            };
            assert!((seen - value).abs() < 1e-9 * value.max(1.0), "{text} under {unit}: {seen}");
        }
    }
}
