//! A pull scanner for the XML in workbooks. It streams through a window without copying, never expands entities that a
//! file defines, and tolerates errors that do not affect cells (mismatched end tags, a missing end).
//!
//! It is used instead of a general parser because the program spends most of its time reading cells (reading and keeping
//! all cells takes about 0.7 of the time calamine needs to stream them), and because it handles UTF-16 parts, CDATA and
//! comments inside values correctly.

mod markup;
mod spans;

use std::io::{self, Read};

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use memchr::{memchr, memmem};

use super::outcome::Limit;
use markup::{Found, local, markup};
pub(crate) use markup::{Tag, unescape};
pub(crate) use spans::{Mark, Span, spans};

/// The size of the window in bytes: small, because a package has many small parts; it grows for a single longer text or tag.
const WINDOW: usize = 8 << 10;
/// The longest text or tag, in bytes.
const MAX_TOKEN: usize = 64 << 20;

/// The next token of a document. Comments, processing instructions and document types are skipped.
pub(super) enum Token<'x> {
    /// A start tag; an empty element gives this and then a [`Token::End`].
    Start(Tag<'x>),
    /// An end tag: its name without prefix.
    End(&'x [u8]),
    /// Raw text with unresolved entities; see [`unescape`].
    Text(&'x [u8]),
    /// Text from a CDATA section.
    CData(&'x [u8]),
    /// The end of the document, even if elements are still open.
    Eof,
}

/// The scanner.
pub(super) struct Xml<R> {
    from: R,
    window: Vec<u8>,
    at: usize,
    filled: usize,
    over: bool,
    owed: Option<(usize, usize)>,
}

impl<'a> Xml<Box<dyn Read + 'a>> {
    /// Opens a document in the encoding it declares.
    pub(super) fn open(mut from: impl Read + 'a) -> io::Result<Self> {
        let mut head = vec![0; 256];
        let mut got = 0;
        while got < head.len() {
            match from.read(&mut head[got..])? {
                0 => break,
                more => got += more,
            }
        }
        head.truncate(got);
        let Some(encoding) = encoding(&head) else {
            return Ok(Xml::new(Box::new(io::Cursor::new(head).chain(from))));
        };
        from.take(MAX_TOKEN as u64).read_to_end(&mut head)?;
        let text = encoding.decode(&head).0.into_owned();
        Ok(Xml::new(Box::new(io::Cursor::new(text.into_bytes()))))
    }
}

/// The encoding of a document that is not UTF-8.
fn encoding(head: &[u8]) -> Option<&'static Encoding> {
    let found = match head {
        [0xFF, 0xFE, ..] | [b'<', 0, ..] => UTF_16LE,
        [0xFE, 0xFF, ..] | [0, b'<', ..] => UTF_16BE,
        _ => {
            let declaration = head.strip_prefix(b"<?xml").and_then(|rest| rest.split(|&b| b == b'>').next())?;
            let at = memmem::find(declaration, b"encoding")?;
            Encoding::for_label(declaration[at..].split(|&b| b == b'"' || b == b'\'').nth(1)?)?
        }
    };
    (found != UTF_8).then_some(found)
}

impl<R: Read> Xml<R> {
    fn new(from: R) -> Self {
        Xml { from, window: vec![0; WINDOW], at: 0, filled: 0, over: false, owed: None }
    }

    /// The next token.
    ///
    /// # Errors
    /// Errors of the source, and a single token beyond 64 MB.
    pub(super) fn next(&mut self) -> io::Result<Token<'_>> {
        if let Some((from, to)) = self.owed.take() {
            return Ok(Token::End(&self.window[from..to]));
        }
        loop {
            // find the bounds of the token first and borrow it last, to satisfy the borrow checker
            let rest = &self.window[self.at..self.filled];
            let found = match rest.first() {
                None => None,
                Some(b'<') => markup(rest),
                Some(_) => match memchr(b'<', rest) {
                    None if self.over => Some(Found::Text(rest.len())),
                    to => to.map(Found::Text),
                },
            };
            let from = self.at;
            match found {
                None if self.over => {
                    self.at = self.filled;
                    return Ok(Token::Eof);
                }
                None => self.fill()?,
                Some(Found::Skip(length)) => self.at += length,
                Some(Found::Text(length)) => {
                    self.at += length;
                    return Ok(Token::Text(&self.window[from..from + length]));
                }
                Some(Found::CData(length)) => {
                    self.at += length;
                    return Ok(Token::CData(&self.window[from + 9..from + length - 3]));
                }
                Some(Found::End(length)) => {
                    self.at += length;
                    return Ok(Token::End(local(self.window[from + 2..from + length - 1].trim_ascii())));
                }
                Some(Found::Start(length)) => {
                    self.at += length;
                    let mut inside = &self.window[from + 1..from + length - 1];
                    let empty = inside.last() == Some(&b'/');
                    if empty {
                        inside = &inside[..inside.len() - 1];
                    }
                    let tag = Tag::of(inside);
                    if empty {
                        let start = from + 1 + inside.len() - tag.attributes.len() - tag.name.len();
                        self.owed = Some((start, start + tag.name.len()));
                    }
                    return Ok(Token::Start(tag));
                }
            }
        }
    }

    /// The text of `<v>…</v></c>` if exactly that comes next; a fast path, since nearly all cells look like that.
    pub(super) fn plain_value(&mut self) -> Option<&[u8]> {
        let rest = self.window[self.at..self.filled].strip_prefix(b"<v>").filter(|_| self.owed.is_none())?;
        let length = rest.iter().position(|&b| b == b'<')?;
        if !rest[length..].starts_with(b"</v></c>") {
            return None;
        }
        let from = self.at + 3;
        self.at = from + length + 8;
        Some(&self.window[from..from + length])
    }

    /// Reads more: the rest moves to the front, and the window doubles when one token fills it.
    fn fill(&mut self) -> io::Result<()> {
        self.window.copy_within(self.at..self.filled, 0);
        self.filled -= self.at;
        self.at = 0;
        if self.filled == self.window.len() {
            if self.filled >= MAX_TOKEN {
                return Err(io::Error::other(Limit::OneText(Limit::mb(MAX_TOKEN as u64))));
            }
            self.window.resize(self.filled * 2, 0);
        }
        while self.filled < self.window.len() {
            match self.from.read(&mut self.window[self.filled..]) {
                Ok(0) => {
                    self.over = true;
                    break;
                }
                Ok(got) => self.filled += got,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Leaves out the element just begun with all that it holds.
    pub(super) fn skip(&mut self) -> io::Result<()> {
        self.rest(|_| {})
    }

    /// Adds all text up to the end of the element just begun, its children's included.
    pub(super) fn text_into(&mut self, text: &mut String) -> io::Result<()> {
        self.rest(|token| match token {
            Token::Text(raw) => unescape(raw, text),
            Token::CData(raw) => text.push_str(&String::from_utf8_lossy(raw)),
            _ => {}
        })
    }

    /// Reads on to the end of the element just begun.
    fn rest(&mut self, mut each: impl FnMut(Token<'_>)) -> io::Result<()> {
        let mut depth = 0u32;
        loop {
            match self.next()? {
                Token::Start(_) => depth += 1,
                Token::End(_) if depth == 0 => return Ok(()),
                Token::End(_) => depth -= 1,
                Token::Eof => return Ok(()),
                token => each(token),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(bytes: &[u8]) -> String {
        let mut xml = Xml::open(bytes).expect("opened");
        let mut out: Vec<String> = Vec::new();
        loop {
            let show = |raw: &[u8]| {
                let mut text = String::new();
                unescape(raw, &mut text);
                text
            };
            match xml.next().expect("read") {
                Token::Start(tag) => {
                    let attributes: Vec<_> =
                        tag.attributes().map(|(n, v)| format!(" {}={}", show(n), show(v))).collect();
                    out.push(format!("<{}{}>", show(tag.name), attributes.concat()));
                }
                Token::End(name) => out.push(format!("</{}>", show(name))),
                Token::Text(raw) => out.push(show(raw)),
                Token::CData(raw) => out.push(format!("[{}]", String::from_utf8_lossy(raw))),
                Token::Eof => return out.concat(),
            }
        }
    }

    #[test]
    fn tags_texts_and_entities() {
        let source = b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x \"boom\">]><x:a r:id='1' b=\"a>b\"><!-- <c> -->t&amp;&#20013;&x;\r\n<v/><![CDATA[<&>]]></x:a >";
        assert_eq!(drawn(source), "<a r:id=1 b=a>b>t&中&x;\n<v></v>[<&>]</a>");
    }

    #[test]
    fn other_encodings_are_read_as_declared() {
        let source = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><a>台账</a>";
        for bytes in [
            source.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>(),
            [b"\xFE\xFF".to_vec(), source.encode_utf16().flat_map(u16::to_be_bytes).collect()].concat(),
            encoding_rs::GBK.encode(&source.replace("UTF-16", "gb2312")).0.into_owned(),
        ] {
            assert_eq!(drawn(&bytes), "<a>台账</a>");
        }
    }

    #[test]
    fn tokens_across_windows_stay_whole() {
        let long = "长".repeat(WINDOW);
        let source = format!("<a k=\"{long}\">{long}</a><b/>");
        assert_eq!(drawn(source.as_bytes()), format!("<a k={long}>{long}</a><b></b>"));
    }

    #[test]
    fn whatever_is_cut_ends() {
        let source = "<a b='c'>t&amp;<![CDATA[x]]><!-- y --><d/></a>";
        for end in 0..source.len() {
            drawn(&source.as_bytes()[..end]);
        }
    }
}
