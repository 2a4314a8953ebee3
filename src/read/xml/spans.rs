//! The tags of a document held in memory, each with its place.

use std::ops::Range;

use memchr::{memchr, memmem};

use super::markup::{Found, Tag, local, markup};

/// A tag of a document held in memory, and where it stands.
pub(crate) struct Span<'x> {
    /// Which tag.
    pub(crate) mark: Mark<'x>,
    /// Its bytes.
    pub(crate) at: Range<usize>,
}

/// A tag by what it does.
pub(crate) enum Mark<'x> {
    /// Begins an element.
    Start(Tag<'x>),
    /// Is an element without content.
    Empty(Tag<'x>),
    /// Ends the element of this name, without prefix.
    End(&'x [u8]),
}

/// The tags of a document held in memory; it ends early where the document is cut off.
pub(crate) fn spans(document: &[u8]) -> Spans<'_> {
    Spans { document, at: 0, plain: None }
}

/// See [`spans`].
pub(crate) struct Spans<'x> {
    document: &'x [u8],
    at: usize,
    /// Whether nothing but text stands between the tags; found out when it matters.
    plain: Option<bool>,
}

impl Spans<'_> {
    /// Goes on to the end tag of the element just begun, which holds none of its own kind; what is inside is not told.
    pub(crate) fn skip_to_end(&mut self, name: &[u8]) {
        let document = self.document;
        // a comment or CDATA section may hold what looks like a tag
        if !*self.plain.get_or_insert_with(|| memmem::find(document, b"<!").is_none()) {
            return;
        }
        let end = [b"</", name].concat();
        self.at = memmem::find(&document[self.at..], &end).map_or(document.len(), |length| self.at + length);
    }
}

impl<'x> Iterator for Spans<'x> {
    type Item = Span<'x>;

    fn next(&mut self) -> Option<Span<'x>> {
        loop {
            self.at += memchr(b'<', &self.document[self.at..])?;
            let rest = &self.document[self.at..];
            let from = self.at;
            match markup(rest)? {
                Found::Skip(length) | Found::Text(length) | Found::CData(length) => self.at += length,
                Found::End(length) => {
                    self.at += length;
                    let mark = Mark::End(local(rest[2..length - 1].trim_ascii()));
                    return Some(Span { mark, at: from..self.at });
                }
                Found::Start(length) => {
                    self.at += length;
                    let inside = &rest[1..length - 1];
                    let mark = match inside.strip_suffix(b"/") {
                        Some(inside) => Mark::Empty(Tag::of(inside)),
                        None => Mark::Start(Tag::of(inside)),
                    };
                    return Some(Span { mark, at: from..self.at });
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names of the tags, the inside of each `row` skipped.
    fn told(document: &str) -> Vec<String> {
        let mut spans = spans(document.as_bytes());
        let mut names = Vec::new();
        while let Some(span) = spans.next() {
            let (Mark::Start(Tag { name, .. }) | Mark::Empty(Tag { name, .. }) | Mark::End(name)) = span.mark;
            names.push(String::from_utf8_lossy(name).into_owned());
            if matches!(span.mark, Mark::Start(tag) if tag.name == b"row") {
                spans.skip_to_end(b"row");
            }
        }
        names
    }

    #[test]
    fn what_is_inside_of_an_element_can_be_skipped() {
        assert_eq!(
            told("<a><row r='1'><c><v>1</v></c></row><row/><row>2</row></a>").join(" "),
            "a row row row row row a"
        );
        // what only looks like an end is none
        assert_eq!(told("<a><row><c/><![CDATA[</row>]]><d/></row></a>").join(" "), "a row c d row a");
        assert_eq!(told("<a><row><c/>").join(" "), "a row");
    }
}
