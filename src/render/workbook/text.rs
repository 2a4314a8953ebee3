//! Text as it may stand in a cell.

use std::borrow::Cow;

use super::names::cut;

/// The most UTF-16 units a cell holds.
const LONGEST: usize = 32_767;

/// A text as a cell may hold it: line breaks as one character, no control characters; over-long text is cut, and the
/// cell says so.
pub fn clean(text: &str) -> Cow<'_, str> {
    let unwanted = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{fffe}' | '\u{ffff}');
    let mut clean = Cow::Borrowed(text);
    // Nothing else begins an unwanted character. All are looked at, many at a time, which takes less than stopping at the
    // first.
    let bytes = text.as_bytes();
    let begins = |byte: u8| u8::from(matches!(byte, 0..0x20 | 0x7f | 0xc2));
    let begins_none = |first: u8, second: u8| u8::from(first == 0xef) & u8::from(second == 0xbf);
    let some = bytes.iter().fold(0, |any, byte| any | begins(*byte));
    let some = bytes.iter().zip(bytes.iter().skip(1)).fold(some, |any, (one, two)| any | begins_none(*one, *two));
    if some > 0 && text.contains(unwanted) {
        let lines = text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', " ");
        clean = Cow::Owned(lines.chars().filter(|&c| !unwanted(c)).collect());
    }
    let units = if clean.len() > LONGEST { clean.encode_utf16().count() } else { 0 };
    if units > LONGEST {
        let note = format!("……（原文共{}字，此处截断，全文见来源文件）", clean.chars().count());
        let kept = cut(&clean, LONGEST - note.encode_utf16().count());
        clean = Cow::Owned(format!("{kept}{note}"));
    }
    clean
}

/// Whether a spreadsheet would take this text for a formula when someone edits or imports it.
/// The full-width signs count: Chinese versions of Excel take them for their narrow twins.
pub fn is_risky(text: &str) -> bool {
    // by the first byte alone of nearly all texts
    match text.as_bytes().first() {
        Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r' | b'\n') => true,
        Some(0xef) => text.starts_with(['＝', '＋', '－', '＠']),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_go_and_line_breaks_stay() {
        assert_eq!(clean("一\r\n二\u{0}三\u{1b}\t四"), "一\n二三 四");
        assert!(matches!(clean("干净"), Cow::Borrowed(_)));
    }

    #[test]
    fn what_a_spreadsheet_takes_for_a_formula_is_risky() {
        let begins: Vec<char> = ('\0'..='\u{ffff}').filter(|c| is_risky(&format!("{c}1"))).collect();
        assert_eq!(begins, ['\t', '\n', '\r', '+', '-', '=', '@', '＋', '－', '＝', '＠']);
        assert!(!is_risky(""));
    }

    #[test]
    fn over_long_text_is_cut_and_says_so() {
        let cut = clean(&"长".repeat(40_000)).into_owned();
        assert_eq!(cut.encode_utf16().count(), LONGEST);
        assert!(cut.contains("原文共40000字"));
        assert_eq!(clean(&"字".repeat(LONGEST)).chars().count(), LONGEST);
    }
}
