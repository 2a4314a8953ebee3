//! Number formats of automatic numbering: 一, 十一, ①, 甲, 01, iv.

/// Formats a number as `w:numFmt` asks (ECMA-376 `ST_NumberFormat`). Digits are used for formats not known here and for
/// numbers a format cannot express.
pub(super) fn written(format: &str, number: u32) -> String {
    let own = match format {
        "none" | "bullet" => return String::new(),
        "decimalZero" => return format!("{number:02}"),
        "decimalFullWidth" | "decimalFullWidth2" => return number.to_string().chars().map(wide).collect(),
        "upperLetter" => letters(number, 'A'),
        "lowerLetter" => letters(number, 'a'),
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).map(|text| text.to_lowercase()),
        "chineseCounting"
        | "chineseCountingThousand"
        | "ideographDigital"
        | "japaneseCounting"
        | "japaneseDigitalTenThousand"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "taiwaneseDigital"
        | "koreanDigital2" => chinese(number, &DIGITS, &["", "十", "百", "千"]),
        "chineseLegalSimplified" => chinese(number, &LEGAL, &["", "拾", "佰", "仟"]),
        "ideographLegalTraditional" => chinese(number, &LEGAL_TRADITIONAL, &["", "拾", "佰", "仟"]),
        "ideographTraditional" => nth("甲乙丙丁戊己庚辛壬癸", number),
        "ideographZodiac" => nth("子丑寅卯辰巳午未申酉戌亥", number),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => {
            enclosed(number, &[(1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)])
        }
        "decimalEnclosedParen" => enclosed(number, &[(1, 20, 0x2474)]),
        "decimalEnclosedFullstop" => enclosed(number, &[(1, 20, 0x2488)]),
        "ideographEnclosedCircle" => enclosed(number, &[(1, 10, 0x3280)]),
        _ => None,
    };
    own.unwrap_or_else(|| number.to_string())
}

const DIGITS: [&str; 10] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
const LEGAL: [&str; 10] = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"];
const LEGAL_TRADITIONAL: [&str; 10] = ["零", "壹", "貳", "參", "肆", "伍", "陸", "柒", "捌", "玖"];

/// 十, 十一, 二十, 一百〇一; none above 9,999.
fn chinese(number: u32, digits: &[&str; 10], places: &[&str; 4]) -> Option<String> {
    if number > 9_999 {
        return None;
    }
    if number == 0 {
        return Some(digits[0].into());
    }
    let mut text = String::new();
    let mut gap = false;
    for (place, name) in places.iter().enumerate().rev() {
        let digit = (number / 10u32.pow(place as u32) % 10) as usize;
        if digit == 0 {
            gap = !text.is_empty();
            continue;
        }
        if gap {
            text.push_str(digits[0]);
            gap = false;
        }
        // ten is 十, not 一十
        if !(digit == 1 && place == 1 && text.is_empty()) {
            text.push_str(digits[digit]);
        }
        text.push_str(name);
    }
    Some(text)
}

/// a … z, aa, bb … as word processors do; none beyond thirty letters.
fn letters(number: u32, first: char) -> Option<String> {
    let at = number.checked_sub(1)?;
    let letter = char::from_u32(first as u32 + at % 26)?;
    (at < 780).then(|| std::iter::repeat_n(letter, (at / 26 + 1) as usize).collect())
}

fn roman(mut number: u32) -> Option<String> {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4_000).contains(&number) {
        return None;
    }
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while number >= value {
            text.push_str(sign);
            number -= value;
        }
    }
    Some(text)
}

fn nth(signs: &str, number: u32) -> Option<String> {
    signs.chars().nth(number.checked_sub(1)? as usize).map(String::from)
}

/// Characters for enclosed numbers, given as runs: first number, last number, first character.
fn enclosed(number: u32, runs: &[(u32, u32, u32)]) -> Option<String> {
    let (first, _, sign) = runs.iter().find(|(first, last, _)| (*first..=*last).contains(&number))?;
    char::from_u32(sign + number - first).map(String::from)
}

fn wide(c: char) -> char {
    char::from_u32(c as u32 - '0' as u32 + '０' as u32).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn numbers_in_the_formats_of_offices() {
        for (format, number, text) in [
            ("chineseCounting", 1, "一"),
            ("chineseCountingThousand", 10, "十"),
            ("chineseCountingThousand", 12, "十二"),
            ("chineseCountingThousand", 20, "二十"),
            ("japaneseCounting", 101, "一百〇一"),
            ("chineseCountingThousand", 110, "一百一十"),
            ("chineseCounting", 10_000, "10000"),
            ("chineseLegalSimplified", 3, "叁"),
            ("ideographTraditional", 10, "癸"),
            ("ideographTraditional", 11, "11"),
            ("decimalEnclosedCircleChinese", 1, "①"),
            ("decimalEnclosedCircle", 21, "㉑"),
            ("decimalEnclosedCircle", 51, "51"),
            ("decimalEnclosedParen", 2, "⑵"),
            ("decimalFullWidth", 12, "１２"),
            ("decimalZero", 7, "07"),
            ("upperLetter", 28, "BB"),
            ("lowerLetter", 4_000_000_000, "4000000000"),
            ("upperRoman", 14, "XIV"),
            ("lowerRoman", 4_000_000_000, "4000000000"),
            ("chineseCountingThousand", 0, "〇"),
            ("chineseCountingThousand", 11, "十一"),
            ("taiwaneseCounting", 111, "一百一十一"),
            ("taiwaneseDigital", 1_001, "一千〇一"),
            ("japaneseDigitalTenThousand", 1_100, "一千一百"),
            ("ideographDigital", 9_999, "九千九百九十九"),
            ("koreanDigital2", 210, "二百一十"),
            ("chineseLegalSimplified", 21, "贰拾壹"),
            ("ideographLegalTraditional", 302, "參佰零貳"),
            ("ideographTraditional", 0, "0"),
            ("ideographZodiac", 12, "亥"),
            ("ideographZodiac", 13, "13"),
            ("decimalEnclosedCircle", 0, "0"),
            ("decimalEnclosedCircle", 20, "⑳"),
            ("decimalEnclosedCircle", 36, "㊱"),
            ("decimalEnclosedCircle", 50, "㊿"),
            ("decimalEnclosedParen", 21, "21"),
            ("decimalEnclosedFullstop", 20, "⒛"),
            ("ideographEnclosedCircle", 10, "㊉"),
            ("ideographEnclosedCircle", 11, "11"),
            ("decimalFullWidth2", 90, "９０"),
            ("decimalZero", 10, "10"),
            ("upperLetter", 0, "0"),
            ("upperLetter", 26, "Z"),
            ("lowerLetter", 27, "aa"),
            ("lowerLetter", 780, &"z".repeat(30)),
            ("lowerLetter", 781, "781"),
            ("upperRoman", 0, "0"),
            ("upperRoman", 3_999, "MMMCMXCIX"),
            ("upperRoman", 4_000, "4000"),
            ("lowerRoman", 444, "cdxliv"),
            ("hebrew1", 5, "5"),
            ("bullet", 5, ""),
            ("none", 5, ""),
        ] {
            assert_eq!(written(format, number), text, "{format} {number}");
        }
    }
}
