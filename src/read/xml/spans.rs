//! The tags of a document held in memory, each with its place.

use std::ops::Range;

use memchr::memchr;

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
pub(crate) fn spans(document: &[u8]) -> impl Iterator<Item = Span<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            at += memchr(b'<', &document[at..])?;
            let rest = &document[at..];
            let from = at;
            match markup(rest)? {
                Found::Skip(length) | Found::Text(length) | Found::CData(length) => at += length,
                Found::End(length) => {
                    at += length;
                    let mark = Mark::End(local(rest[2..length - 1].trim_ascii()));
                    return Some(Span { mark, at: from..at });
                }
                Found::Start(length) => {
                    at += length;
                    let inside = &rest[1..length - 1];
                    let mark = match inside.strip_suffix(b"/") {
                        Some(inside) => Mark::Empty(Tag::of(inside)),
                        None => Mark::Start(Tag::of(inside)),
                    };
                    return Some(Span { mark, at: from..at });
                }
            }
        }
    })
}
