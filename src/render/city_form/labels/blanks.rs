//! Dates that a form leaves open: `____年__月__日`, `201  年  月`, `2014年  月`, `    年  月  日—  月  日`.

use super::fills::Fills;

/// What a number of a date stands before.
const MARKS: [char; 4] = ['年', '季', '月', '日'];
/// What stands between the days of a period.
const JOINTS: &[char] = &['—', '–', '－', '-', '～', '~', '至', '到'];

/// Whether a text is nothing but room for a value: blanks, underscores, 年 月 日 without numbers or with some of them printed
/// (`20__年`, `201_年_月_日`, `2014年  月`).
pub(super) fn is_room(text: &str) -> bool {
    let room = |c: char| is_blank(c) || MARKS.contains(&c) || matches!(c, '—' | '度' | '第' | 'X' | 'x' | '-' | '/');
    let text = text.trim();
    let rest = text.strip_prefix("20").filter(|rest| rest.starts_with(|c: char| room(c) && c != '-' && c != '/'));
    if rest.unwrap_or(text).chars().all(room) {
        return true;
    }
    let (mut fits, mut open) = (text.ends_with(MARKS) || text.ends_with("季度"), false);
    for piece in text.split_inclusive(MARKS) {
        let (digits, mark) = printed(piece);
        let (most, whole) = if mark == Some('年') { (4, 4) } else { (2, 1) };
        fits &= digits.len() <= most && piece.chars().filter(|c| !room(*c)).count() == digits.len();
        open |= mark.is_some() && digits.len() < whole;
    }
    fits && open
}

/// Whether what is printed in the room for a value is part of that value: its numbers, and the first digits of its year.
pub(super) fn agrees(room: &str, value: &str) -> bool {
    room.split_inclusive(MARKS).map(printed).filter(|(digits, _)| !digits.is_empty()).all(|(digits, mark)| {
        let same = |known: &str| known.trim_start_matches('0') == digits.trim_start_matches('0');
        match mark {
            None | Some('年') => value.starts_with(digits),
            _ => value.split_inclusive(MARKS).map(printed).any(|(known, of)| of == mark && same(known)),
        }
    })
}

/// The digits before a mark, and the mark at the end of a piece of a date.
fn printed(piece: &str) -> (&str, Option<char>) {
    let mark = piece.chars().next_back().filter(|c| MARKS.contains(c));
    let before = piece.trim_end_matches(MARKS).trim_end_matches(|c| is_blank(c) || matches!(c, 'X' | 'x'));
    (&before[before.trim_end_matches(|c: char| c.is_ascii_digit()).len()..], mark)
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '_' | '＿' | '×')
}

/// A text with a date that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Dated {
    /// There is none in it.
    No,
    /// What is printed of it is not that of the value.
    Open,
    /// The text with the date.
    Filled(String),
}

/// Fills the date of a title: `____年__月工作情况` says the period, `    年  月  日` the day, `  年  月  日—  月  日` the days of
/// the period.
pub(super) fn dated(text: &str, value: &dyn Fn(Fills) -> String) -> Dated {
    for (year, _) in text.match_indices('年') {
        let before = text[..year].trim_end_matches(is_blank);
        let start = before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let (digits, after) = (&before[start..], &text[year + '年'.len_utf8()..]);
        let is_whole = digits.len() == 4 && before.len() == year;
        if before.len() == year && !is_whole {
            continue;
        }
        let Some((length, known)) = asked(after, value) else { continue };
        // a single blank behind a whole year stands between two words: 2014年 月均
        let blank: Vec<char> = after.trim_start_matches('第').chars().take_while(|c| is_blank(*c)).collect();
        if is_whole && blank == [' '] {
            continue;
        }
        let is_begin = digits.is_empty() && !is_written_out(before) || digits.len() > 1 && known.starts_with(digits);
        if !is_begin || known.is_empty() {
            return Dated::Open;
        }
        return Dated::Filled(format!("{}{known}{}", &text[..start], &after[length..]));
    }
    Dated::No
}

/// Whether a text ends with the first numerals of a year: 二〇一, ２０１.
fn is_written_out(text: &str) -> bool {
    let text = text.trim_end_matches(|c| "一二三四五六七八九".contains(c));
    text.ends_with(|c: char| matches!(c, '零' | '○') || c.is_numeric())
}

/// How long the blanks behind 年 are, and what is to stand for the date; nothing where that is not known.
fn asked(after: &str, value: &dyn Fn(Fills) -> String) -> Option<(usize, String)> {
    if let Some(quarter) = after.strip_prefix('第').and_then(|rest| gap(rest, '季')) {
        let length = '第'.len_utf8() + quarter;
        let length = length + if after[length..].starts_with('度') { '度'.len_utf8() } else { 0 };
        return Some((length, Some(value(Fills::Period)).filter(|known| known.contains('季')).unwrap_or_default()));
    }
    let month = gap(after, '月')?;
    let Some(day) = gap(&after[month..], '日').map(|day| month + day) else {
        return Some((month, value(Fills::Period)));
    };
    let rest = &after[day..];
    let second = rest.trim_start_matches(is_blank).trim_start_matches(JOINTS);
    let joint = &rest[..rest.len() - second.len()];
    if !joint.contains(JOINTS) {
        return Some((day, value(Fills::Day)));
    }
    let end = gap(second, '月').and_then(|month| Some(month + gap(&second[month..], '日')?));
    let known = end.map(|_| format!("{}{joint}{}", value(Fills::Begin), value(Fills::End)));
    Some((day + joint.len() + end.unwrap_or(0), known.unwrap_or_default()))
}

/// Where a blank before a mark ends, with the mark.
fn gap(text: &str, mark: char) -> Option<usize> {
    let rest = text.trim_start_matches(is_blank);
    (rest.len() < text.len() && rest.starts_with(mark)).then(|| text.len() - rest.len() + mark.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(fills: Fills) -> String {
        match fills {
            Fills::Day => "2014年10月6日",
            Fills::Period => "2014年8月",
            Fills::Begin => "2014年8月1日",
            Fills::End => "8月31日",
            _ => "",
        }
        .to_owned()
    }

    #[test]
    fn a_title_with_blanks_says_the_period() {
        for (text, wanted) in [
            ("____年__月工作情况汇总表", "2014年8月工作情况汇总表"),
            ("（    年    月）", "（2014年8月）"),
            ("某市20__年__月汇总表", "某市2014年8月汇总表"),
            ("        年   月   日", "2014年10月6日"),
            ("（201   年  月）", "（2014年8月）"),
            ("201×年×月汇总表", "2014年8月汇总表"),
            ("2014年  月份汇总表", "2014年8月份汇总表"),
            ("2014年__月汇总表", "2014年8月汇总表"),
            ("  年  月  日—  月  日周报", "2014年8月1日—8月31日周报"),
            ("__年__月__日 至 __月__日", "2014年8月1日 至8月31日"),
            ("汇总表一   年  月", "汇总表一2014年8月"),
        ] {
            assert_eq!(dated(text, &value), Dated::Filled(wanted.to_owned()), "{text}");
        }
        let quarter = |_| "2014年第三季度".to_owned();
        for text in ["2014年第  季度汇总表", "  年第__季度汇总表"] {
            assert_eq!(dated(text, &quarter), Dated::Filled("2014年第三季度汇总表".to_owned()), "{text}");
        }
        for text in ["2014年8月汇总表", "每年 月均", "2014年 月均降尘量汇总表", "2014年8月 日常检查", "十年  规划"]
        {
            assert_eq!(dated(text, &value), Dated::No, "{text}");
        }
    }

    #[test]
    fn a_date_that_begins_otherwise_stays_open() {
        for text in [
            "2013年  月份汇总表", "202  年  月  日", "附件2    年  月  日", "二〇一  年  月  日", "２０１  年  月  日",
            "  年  月  日—  日", "2014年第  季度汇总表",
        ] {
            assert_eq!(dated(text, &value), Dated::Open, "{text}");
        }
    }

    #[test]
    fn room_may_have_some_of_a_date_in_it() {
        for (text, is) in [
            ("  年  月  日", true),
            ("20__年__月", true),
            ("20__", true),
            ("201_年_月_日", true),
            ("201×年×月×日", true),
            ("2014年  月  日", true),
            ("2014年8月  日", true),
            ("  年8月", true),
            ("2014年第  季度", true),
            ("2014年8月1日", false),
            ("2014年", false),
            ("2014年度", false),
            ("第3季度", false),
            ("5日", false),
            ("20140年  月", false),
            ("2014年8—9月  日", false),
            ("12", false),
        ] {
            assert_eq!(is_room(text), is, "{text}");
        }
    }

    #[test]
    fn what_is_printed_is_part_of_the_value() {
        for (room, fits) in [
            ("  年  月  日", true),
            ("201  年  月  日", true),
            ("2014年 月 日", true),
            ("2014年10月  日", true),
            ("  年  月06日", true),
            ("202  年  月  日", false),
            ("2013年  月  日", false),
            ("2014年8月  日", false),
            ("20    ", true),
        ] {
            assert_eq!(agrees(room, "2014年10月6日"), fits, "{room}");
        }
    }
}
