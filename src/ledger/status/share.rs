//! Reads shares of the work: 80%, 百分之八十, 一半, 三分之一, 1/3, 八成.

use crate::basis::text::chinese_number;

/// The characters of numbers, in digits or in Chinese.
const NUMERALS: &str = "0123456789.零一二三四五六七八九十百两几";

/// The share at the beginning of a folded text; 1 is all of it.
pub(super) fn share(text: &str) -> Option<f64> {
    if let Some(rest) = text.strip_prefix("百分之") {
        return Some(number(&rest[..numeral(rest)])? / 100.0);
    }
    if let Some(half) = ["一半", "过半", "大半", "半数", "多半"].iter().position(|word| text.starts_with(word))
    {
        return Some(if half == 0 { 0.5 } else { 0.6 });
    }
    let end = numeral(text);
    let (first, rest) = (number(&text[..end])?, &text[end..]);
    if rest.starts_with('%') {
        return Some(first / 100.0);
    }
    if rest.starts_with('成') && first <= 10.0 {
        return Some(first / 10.0);
    }
    // 三分之一 has the denominator first, 1/3 the numerator
    let (second, swapped) = match (rest.strip_prefix("分之"), rest.strip_prefix(['/', '⁄'])) {
        (Some(rest), _) => (rest, true),
        (None, Some(rest)) => (rest, false),
        (None, None) => return None,
    };
    let second = number(&second[..numeral(second)])?;
    let (part, whole) = if swapped { (second, first) } else { (first, second) };
    (part <= whole && whole > 0.0).then(|| part / whole)
}

/// The share in a short folded text that consists of it or ends in it: 80%, 进度:60%, 完成1/3.
pub(super) fn whole(text: &str) -> Option<f64> {
    /// Longer texts, in characters, say more than a share.
    const LONGEST: usize = 16;
    if text.chars().count() > LONGEST {
        return None;
    }
    let (at, found) = text.char_indices().find_map(|(at, _)| Some((at, share(&text[at..])?)))?;
    let before = &text[..at];
    // 3/5 alone may be a date as well as a share
    let rest = &text[at + numeral(&text[at..])..];
    let fraction = rest.starts_with(['/', '⁄']);
    (!fraction || before.ends_with(['成', '达', '约', '度', ':'])).then_some(found)
}

/// The length of the number at the beginning of a text.
fn numeral(text: &str) -> usize {
    text.len() - text.trim_start_matches(|c| NUMERALS.contains(c)).len()
}

fn number(text: &str) -> Option<f64> {
    if text == "几" {
        return Some(5.0);
    }
    text.parse().ok().or_else(|| chinese_number(text).map(f64::from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_as_people_write_them() {
        for (text, expected) in [
            ("80%", 0.8),
            ("百分之八十", 0.8),
            ("一半以上", 0.5),
            ("三分之一", 1.0 / 3.0),
            ("1/3", 1.0 / 3.0),
            ("八成", 0.8),
            ("8成", 0.8),
            ("100%", 1.0),
        ] {
            let found = share(text).expect(text);
            assert!((found - expected).abs() < 1e-9, "{text}");
        }
        for none in ["", "成效", "3项", "完成", "4/3", "1/0", "20成"] {
            assert_eq!(share(none), None, "{none}");
        }
    }

    #[test]
    fn a_fraction_alone_may_be_a_day() {
        assert_eq!((whole("3/5"), whole("8/15完成")), (None, None));
        assert!(whole("完成3/5").is_some() && whole("进度:60%").is_some());
    }
}
