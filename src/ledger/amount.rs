//! Numbers and amounts as people write them: 2000万, 1,200, ３５, 约50人, 5处, 85％.

use crate::basis::text::{chinese_number, fold};

/// What a text of digits comes to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Amount {
    /// A number and nothing else: 35, 1,200.
    Plain(f64),
    /// A number with a unit of measure or a word of doubt: 5处, 约50人, 2000万.
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

/// The amount a text names, in the unit of its heading (`万元`, `小时` …), else in single units; none when it names no
/// single amount (若干, 3至5处).
pub fn amount(text: &str, unit: Option<&str>) -> Option<Amount> {
    /// Longer texts tell a story.
    const LONGEST: usize = 72;
    if text.len() > LONGEST {
        return None;
    }
    let folded = fold(text);
    if let Some(number) = folded.strip_prefix("百分之") {
        return chinese_number(number).map(|n| Amount::Rate(f64::from(n) / 100.0));
    }
    let doubt = ["约", "共计", "合计", "累计", "共", "大约", "近", "总计", "计", "达", "已"];
    let mut bare = folded.as_str();
    while let Some(rest) = doubt.iter().find_map(|word| bare.strip_prefix(word)) {
        bare = rest;
    }
    let hedged = bare.len() < folded.len();
    let (digits, rest) = split_number(bare)?;
    let number: f64 = digits.parse().ok()?;
    let (scale, rest) = scale(rest);
    let rest = rest.trim_end_matches(['。', '左', '右', '余', '多']);
    if rest == "%" {
        return Some(Amount::Rate(number / 100.0));
    }
    if rest == "‰" {
        return Some(Amount::Rate(number / 1000.0));
    }
    // Whatever follows must be a unit of measure, not another number or a sentence.
    if ["一批", "一些", "一系列", "一定"].contains(&bare) {
        return None; // words of doubt, no numbers
    }
    let compound = ["千米", "千克", "千瓦时", "百分点"].contains(&rest);
    if rest.chars().count() > 4
        || !compound && rest.chars().any(|c| !c.is_alphabetic() || "至到和及零一二三四五六七八九十百千万亿".contains(c))
    {
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
    if rest == "分钟" && wanted != "分钟" && wanted != "分" {
        value /= 60.0;
    }
    Some(Amount::Measured(value))
}

/// A number at the beginning of a text, its thousands separators removed, and what follows it.
fn split_number(text: &str) -> Option<(String, &str)> {
    if let Some(end) = text
        .char_indices()
        .find(|(_, c)| !"一二三四五六七八九十百千两零".contains(*c))
        .map(|(at, _)| at)
        .or(Some(text.len()))
        .filter(|end| *end > 0)
    {
        return chinese_number(&text[..end]).map(|n| (n.to_string(), &text[end..]));
    }
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

/// The power of ten that a Chinese numeral after the digits adds: 2000万.
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
            ("90分钟", Some("小时"), Amount::Measured(1.5)),
            ("3千米", None, Amount::Measured(3.0)),
            ("50余人", None, Amount::Measured(50.0)),
        ] {
            assert_eq!(amount(text, unit), Some(expected), "{text}");
        }
        for unfit in ["若干", "3-5处", "三至五处", "1,20", "一批", "2014年8月", "5处3人", "", "多次"] {
            assert_eq!(amount(unfit, None), None, "{unfit}");
        }
    }
}
