//! Tags, their attributes, and entities.

use std::borrow::Cow;

use memchr::{memchr2, memmem};

/// A start tag.
#[derive(Clone, Copy)]
pub(crate) struct Tag<'x> {
    /// Its name without prefix.
    pub(crate) name: &'x [u8],
    /// What follows the name.
    pub(super) attributes: &'x [u8],
}

/// The token at the start of the window and its length.
pub(super) enum Found {
    /// A comment, processing instruction or document type.
    Skip(usize),
    /// Text.
    Text(usize),
    /// A CDATA section.
    CData(usize),
    /// A start tag.
    Start(usize),
    /// An end tag.
    End(usize),
}

/// Finds the end of the markup at the start of `rest`; none where it is not complete.
pub(super) fn markup(rest: &[u8]) -> Option<Found> {
    let until = |from: usize, end: &[u8]| memmem::find(rest.get(from..)?, end).map(|at| from + at + end.len());
    match rest.get(1)? {
        b'/' => rest.iter().position(|&byte| byte == b'>').map(|at| Found::End(at + 1)),
        b'?' => until(2, b"?>").map(Found::Skip),
        b'!' if rest.starts_with(b"<!--") => until(4, b"-->").map(Found::Skip),
        b'!' if rest.starts_with(b"<![CDATA[") => until(9, b"]]>").map(Found::CData),
        b'!' if rest.len() < 9 => None,
        b'!' => document_type(rest).map(Found::Skip),
        _ => {
            let mut open = None;
            // Tags are short, so a simple loop is faster than vectorised searches.
            let end = rest.iter().position(|&byte| {
                let ends = open.is_none() && byte == b'>';
                let quote = matches!(byte, b'"' | b'\'').then_some(byte);
                open = if open.is_none() { quote } else { open.filter(|quote| *quote != byte) };
                ends
            });
            end.map(|at| Found::Start(at + 1))
        }
    }
}

/// The length of a document type declaration, which is skipped.
fn document_type(rest: &[u8]) -> Option<usize> {
    let mut depth = 0i32;
    for (at, byte) in rest.iter().enumerate() {
        match byte {
            b'[' => depth += 1,
            b']' => depth -= 1,
            b'>' if depth <= 0 => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// A name without its prefix.
pub(super) fn local(name: &[u8]) -> &[u8] {
    name.iter().position(|&b| b == b':').map_or(name, |at| &name[at + 1..])
}

impl<'x> Tag<'x> {
    /// The tag between `<` and `>`, without the `/` of an empty element.
    pub(super) fn of(inside: &'x [u8]) -> Tag<'x> {
        let end = inside.iter().position(u8::is_ascii_whitespace).unwrap_or(inside.len());
        Tag { name: local(&inside[..end]), attributes: &inside[end..] }
    }

    /// The attributes in their order: name with prefix, value as it stands.
    pub(crate) fn attributes(self) -> impl Iterator<Item = (&'x [u8], &'x [u8])> {
        let mut rest = self.attributes;
        std::iter::from_fn(move || {
            // attributes are short, so a simple loop is faster than a vectorised search
            let equals = rest.iter().position(|&b| b == b'=')?;
            let name = rest[..equals].trim_ascii();
            let after = rest[equals + 1..].trim_ascii_start();
            let quote = *after.first().filter(|&&b| b == b'"' || b == b'\'')?;
            let end = after[1..].iter().position(|&b| b == quote)?;
            rest = &after[end + 2..];
            Some((name, &after[1..=end]))
        })
    }

    /// An attribute by its name; a name without `:` also finds it behind any prefix.
    pub(crate) fn attribute(self, name: &str) -> Option<&'x [u8]> {
        let name = name.as_bytes();
        self.attributes().find(|&(found, _)| found == name || local(found) == name).map(|(_, value)| value)
    }

    /// Several attributes without prefix, looked for at once.
    pub(crate) fn each<const N: usize>(self, names: [&[u8]; N]) -> [Option<&'x [u8]>; N] {
        let mut found = [None; N];
        for (name, value) in self.attributes() {
            if let Some(at) = names.iter().position(|wanted| *wanted == name) {
                found[at].get_or_insert(value);
            }
        }
        found
    }

    /// An attribute with its entities resolved.
    pub(crate) fn text(self, name: &str) -> Option<String> {
        let mut text = String::new();
        unescape(self.attribute(name)?, &mut text);
        Some(text)
    }

    /// Whether an attribute says yes.
    pub(crate) fn is(self, name: &str) -> bool {
        matches!(self.attribute(name), Some(b"1" | b"true" | b"on"))
    }
}

/// Adds raw text with its entities resolved and line ends as XML wants them. An entity the file itself defines stays
/// as it is written.
pub(crate) fn unescape(raw: &[u8], text: &mut String) {
    if let (None, Ok(plain)) = (memchr2(b'&', b'\r', raw), std::str::from_utf8(raw)) {
        text.push_str(plain);
        return;
    }
    let raw: Cow<'_, str> = String::from_utf8_lossy(raw);
    let mut rest: &str = &raw;
    while let Some(at) = rest.find(['&', '\r']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix('\r') {
            text.push('\n');
            rest = after.strip_prefix('\n').unwrap_or(after);
            continue;
        }
        let resolved = rest.find(';').filter(|&end| end < 12).and_then(|end| Some((entity(&rest[1..end])?, end + 1)));
        let (character, length) = resolved.unwrap_or(('&', 1));
        text.push(character);
        rest = &rest[length..];
    }
    text.push_str(rest);
}

fn entity(name: &str) -> Option<char> {
    match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)
        }
    }
}
