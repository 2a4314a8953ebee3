//! Replacements and insertions in a document, applied together.

use std::fmt::Write as _;
use std::ops::Range;

use crate::read::xml::{Mark, spans};
use crate::render::workbook;

/// A document and its changes, in any order, without overlaps.
pub(super) struct Splices<'x> {
    document: &'x [u8],
    cuts: Vec<(Range<usize>, String)>,
}

impl<'x> Splices<'x> {
    pub(super) fn of(document: &'x [u8]) -> Self {
        Splices { document, cuts: Vec::new() }
    }

    pub(super) fn replace(&mut self, at: Range<usize>, with: &str) {
        self.cuts.push((at, with.to_owned()));
    }

    pub(super) fn insert(&mut self, at: usize, what: &str) {
        self.replace(at..at, what);
    }

    pub(super) fn finish(mut self) -> Vec<u8> {
        self.cuts.sort_by_key(|(at, _)| (at.start, at.end));
        let mut out =
            Vec::with_capacity(self.document.len() + self.cuts.iter().map(|(_, text)| text.len()).sum::<usize>());
        let mut done = 0;
        for (at, text) in &self.cuts {
            out.extend_from_slice(&self.document[done..at.start]);
            out.extend_from_slice(text.as_bytes());
            done = at.end;
        }
        out.extend_from_slice(&self.document[done..]);
        out
    }
}

/// A start tag or empty element with some attributes set or, where none is given, removed.
pub(super) fn retagged(tag: &[u8], changes: &[(&str, Option<&str>)]) -> String {
    let Some((empty, read)) = spans(tag).find_map(|span| match span.mark {
        Mark::Start(tag) => Some((false, tag)),
        Mark::Empty(tag) => Some((true, tag)),
        Mark::End(_) => None,
    }) else {
        return String::from_utf8_lossy(tag).into_owned();
    };
    let name = tag[1..].split(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>')).next();
    let mut out = format!("<{}", String::from_utf8_lossy(name.unwrap_or_default()));
    let mut left: Vec<_> = changes.iter().collect();
    for (name, value) in read.attributes() {
        let value = match left.iter().position(|(changed, _)| changed.as_bytes() == name) {
            Some(at) => left.remove(at).1.map(escaped),
            None => Some(String::from_utf8_lossy(value).replace('"', "&quot;")),
        };
        if let Some(value) = value {
            let _ = write!(out, " {}=\"{value}\"", String::from_utf8_lossy(name));
        }
    }
    for (name, value) in left {
        if let Some(value) = value {
            let _ = write!(out, " {name}=\"{}\"", escaped(value));
        }
    }
    out + if empty { "/>" } else { ">" }
}

/// A text escaped for XML.
pub(super) fn escaped(text: &str) -> String {
    workbook::text::clean(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A text escaped for a cell or a note, where `_x000D_` would mean a character.
pub(super) fn cell_text(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let literal = rest.as_bytes().get(at + 6) == Some(&b'_');
        out.push_str(&rest[..at]);
        out.push_str(if literal { "_x005F_x" } else { "_x" });
        rest = &rest[at + 2..];
    }
    out.push_str(rest);
    escaped(&out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_set_and_the_others_stay() {
        let shown = |tag: &str, changes: &[(&str, Option<&str>)]| retagged(tag.as_bytes(), changes);
        assert_eq!(shown("<c r='A1' s=\"3\" t='s'/>", &[("s", Some("7")), ("t", None)]), r#"<c r="A1" s="7"/>"#);
        assert_eq!(shown("<x:row  r=\"1\" a='\"'>", &[("b", Some("<"))]), r#"<x:row r="1" a="&quot;" b="&lt;">"#);
    }

    #[test]
    fn changes_are_made_from_the_front() {
        let mut cut = Splices::of(b"<a><b/><c/></a>");
        cut.replace(7..11, "<d/>");
        cut.insert(7, "<n/>");
        cut.insert(11, "<z/>");
        assert_eq!(cut.finish(), b"<a><b/><n/><d/><z/></a>");
    }

    #[test]
    fn texts_that_look_like_escaped_characters_stay_texts() {
        assert_eq!(cell_text("a_x000D_b _xyz & _x"), "a_x005F_x000D_b _xyz &amp; _x");
    }
}
