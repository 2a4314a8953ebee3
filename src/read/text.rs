//! Decodes text as Chinese offices save it: by its BOM, else as UTF-16 if it looks like it, else as strict UTF-8, else as
//! GB18030.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// Decodes a file and removes the byte order mark; none where it has too many control or invalid characters to be text.
pub(super) fn decode(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let (text, broken) = if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, broken) = encoding.decode_without_bom_handling(&bytes[mark..]);
        (text, broken && encoding == UTF_8)
    } else if let Some(encoding) = utf16_by_look(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        (text, false)
    } else if let Some(text) = utf8(bytes) {
        (Cow::Borrowed(text), false)
    } else {
        GB18030.decode_without_bom_handling(bytes)
    };
    let odd = text.chars().filter(|&c| is_odd(c)).count();
    let all = text.chars().count();
    // A file cut in the middle of a character is still text; one with many invalid characters is not.
    let allowed = if broken { 1 + all / 200 } else { all / 100 };
    (odd <= allowed && !text.contains('\0')).then_some(text)
}

/// Decodes UTF-8; an incomplete character at the end is dropped, since only the head of a file may be given.
fn utf8(bytes: &[u8]) -> Option<&str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(error) if error.error_len().is_none() && error.valid_up_to() > 0 => {
            std::str::from_utf8(&bytes[..error.valid_up_to()]).ok()
        }
        Err(_) => None,
    }
}

/// Whether a character does not occur in typed text.
pub(super) fn is_odd(c: char) -> bool {
    c == '\u{fffd}' || (c.is_control() && !matches!(c, '\t' | '\r' | '\n' | '\u{b}' | '\u{c}' | '\u{1a}' | '\u{85}'))
}

/// Detects UTF-16 without a BOM: the zero bytes of separators and line ends are all at even or all at odd offsets.
fn utf16_by_look(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096) & !1];
    let zeros = |side: usize| sample.iter().skip(side).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let few = sample.len() / 40;
    match (even, odd) {
        (0, odd) if odd > few => Some(UTF_16LE),
        (even, 0) if even > few => Some(UTF_16BE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_an_office_saves_text_is_read() {
        let text = "责任单位,完成情况\r\n综合科,已完成\r\n";
        let gbk = GB18030.encode(text).0.into_owned();
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let utf16be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
        for bytes in [
            text.as_bytes().to_vec(),
            marked(b"\xEF\xBB\xBF", text.as_bytes()),
            gbk.clone(),
            utf16.clone(),
            utf16be.clone(),
            marked(b"\xFF\xFE", &utf16),
            marked(b"\xFE\xFF", &utf16be),
        ] {
            assert_eq!(decode(&bytes).as_deref(), Some(text));
        }
        assert!(decode(&gbk[..gbk.len() - 3]).is_some(), "cut inside a character");
    }

    #[test]
    fn a_file_cut_inside_a_character_is_text_up_to_there() {
        let cut = |text: &str| utf8(&text.as_bytes()[..text.len() - 1]).map(str::to_owned);
        assert_eq!((cut("甲乙"), cut("甲")), (Some("甲".into()), None));
        assert_eq!(utf8(b"a\xFFb"), None);
        for (c, odd) in [
            ('\u{fffd}', true),
            ('\u{3}', true),
            ('\t', false),
            ('\u{b}', false),
            ('\u{1a}', false),
            ('\u{85}', false),
            ('甲', false),
        ] {
            assert_eq!(is_odd(c), odd, "{c:?}");
        }
    }

    #[test]
    fn one_odd_character_in_a_hundred_is_still_text() {
        let of = |odd: usize, all: usize| decode(("\u{3}".repeat(odd) + &"a".repeat(all - odd)).as_bytes()).is_some();
        assert!(of(1, 100) && !of(1, 99) && of(2, 200) && !of(2, 199));
        // With a mark the encoding is certain, and a character cut off counts as one more.
        let marked = |odd: usize, all: usize| {
            let mut bytes = b"\xEF\xBB\xBF".to_vec();
            bytes.extend("a".repeat(all - odd).bytes());
            bytes.extend(vec![0xFF; odd]);
            decode(&bytes).is_some()
        };
        assert!(marked(1, 10) && !marked(2, 199) && marked(2, 200) && !marked(3, 200));
        assert!(decode(b"a\0b").is_none());
    }

    #[test]
    fn zeros_on_one_side_are_utf_16() {
        let look = |zeros: usize, all: usize, side: usize| {
            let bytes: Vec<u8> = (0..all).map(|at| if at % 2 == side && at / 2 < zeros { 0 } else { 65 }).collect();
            utf16_by_look(&bytes)
        };
        assert_eq!((look(2, 40, 1), look(1, 40, 1)), (Some(UTF_16LE), None));
        assert_eq!((look(2, 40, 0), look(1, 40, 0)), (Some(UTF_16BE), None));
        assert_eq!(utf16_by_look(&[65, 0, 65, 0, 0, 65]), None, "on both sides");
    }

    #[test]
    fn bytes_that_are_no_text_are_said_so() {
        assert!(decode(&[0, 1, 2, 3, 200, 201, 0, 7]).is_none());
        let noise: Vec<u8> = (0..2000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        assert!(decode(&noise).is_none());
    }
}
