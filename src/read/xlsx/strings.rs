//! The shared strings of a workbook, without phonetic guides.

use std::io::{self, Read};

use crate::basis::pool::Text;
use crate::read::sink::Sink;
use crate::read::xml::{Token, Xml, unescape};

/// The strings by index. The declared count is ignored.
pub(super) fn read<R: Read>(mut xml: Xml<R>, sink: &mut Sink) -> io::Result<Vec<Text>> {
    let mut strings = Vec::new();
    let mut text = String::new();
    loop {
        match xml.next()? {
            Token::Start(tag) if tag.name == b"si" => {
                text.clear();
                rich(&mut xml, &mut text)?;
                strings.push(sink.intern(&characters(&text)));
            }
            Token::Eof => return Ok(strings),
            _ => {}
        }
    }
}

/// Adds the text of the string element just begun, plain or in runs.
pub(super) fn rich<R: Read>(xml: &mut Xml<R>, text: &mut String) -> io::Result<()> {
    let (mut depth, mut inside, mut phonetic) = (0u32, false, 0u32);
    loop {
        match xml.next()? {
            Token::Start(tag) => {
                depth += 1;
                match tag.name {
                    b"t" => inside = phonetic == 0,
                    b"rPh" => phonetic += 1,
                    _ => {}
                }
            }
            Token::End(name) => {
                if depth == 0 {
                    return Ok(());
                }
                depth -= 1;
                match name {
                    b"t" => inside = false,
                    b"rPh" => phonetic = phonetic.saturating_sub(1),
                    _ => {}
                }
            }
            Token::Text(raw) if inside => unescape(raw, text),
            Token::CData(raw) if inside => text.push_str(&String::from_utf8_lossy(raw)),
            Token::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// Resolves `_x000D_` escapes, which stand for characters XML cannot contain; `_x005F_` is an escaped underscore
/// (ECMA-376, `ST_Xstring`).
pub(super) fn characters(text: &str) -> std::borrow::Cow<'_, str> {
    if !text.contains("_x") {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let code = rest.get(2..6).filter(|_| rest.as_bytes().get(6) == Some(&b'_'));
        let character = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        if let Some(character) = character {
            out.push(character);
            rest = &rest[7..];
        } else {
            out.push_str("_x");
            rest = &rest[2..];
        }
    }
    out.push_str(rest);
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(part: &str) -> Vec<String> {
        let mut sink = Sink::default();
        let strings = read(Xml::open(part.as_bytes()).expect("opened"), &mut sink).expect("read");
        strings.into_iter().map(|text| sink.texts.get(text).to_string()).collect()
    }

    #[test]
    fn runs_are_joined_and_phonetic_guides_left_out() {
        let part = "<sst uniqueCount='4000000000'><si><t>台账</t></si><si/><si><r><rPr/><t>综</t></r><r><t xml:space='preserve'>合 </t></r><rPh sb='0'><t>zong</t></rPh></si></sst>";
        assert_eq!(drawn(part), ["台账", "", "综合 "]);
        let between =
            "<sst><si><rPh><t>x</t></rPh><r><t>甲</t></r><rPh><t>y</t></rPh>z<r><t><![CDATA[乙]]></t></r></si></sst>";
        assert_eq!(drawn(between), ["甲乙"]);
    }

    #[test]
    fn escaped_characters_are_resolved() {
        assert_eq!(characters("a_x000D_b"), "a\rb");
        assert_eq!(characters("_x005F_x000D_"), "_x000D_");
        assert_eq!(characters("_x00 _xyzzy_ 表_x"), "_x00 _xyzzy_ 表_x");
    }
}
