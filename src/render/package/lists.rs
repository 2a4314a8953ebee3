//! Lists in a part: an element below the root that contains similar elements.

use std::ops::Range;

use super::splices::{Splices, retagged};
use crate::read::xml::{Mark, spans};

/// A list: its start tag, its elements, and where it ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct List {
    /// The start tag, or the whole of an empty element.
    pub(super) begin: Range<usize>,
    /// Its complete elements.
    pub(super) items: Vec<Range<usize>>,
    /// The end tag; none for an empty element.
    pub(super) end: Option<Range<usize>>,
}

impl List {
    /// The list with this name directly below the root.
    pub(super) fn of(document: &[u8], name: &str) -> Option<List> {
        let (mut depth, mut found, mut item) = (0usize, None::<List>, 0);
        for span in spans(document) {
            match span.mark {
                Mark::Start(tag) => {
                    match (depth, &found) {
                        (1, None) if tag.name == name.as_bytes() => {
                            found = Some(List { begin: span.at, items: Vec::new(), end: None });
                        }
                        (2, Some(_)) => item = span.at.start,
                        _ => {}
                    }
                    depth += 1;
                }
                Mark::Empty(tag) => match (depth, &mut found) {
                    (1, None) if tag.name == name.as_bytes() => {
                        return Some(List { begin: span.at, items: Vec::new(), end: None });
                    }
                    (2, Some(list)) => list.items.push(span.at),
                    _ => {}
                },
                Mark::End(_) => {
                    depth = depth.saturating_sub(1);
                    match (depth, &mut found) {
                        (1, Some(list)) => {
                            list.end = Some(span.at);
                            return found;
                        }
                        (2, Some(list)) => list.items.push(item..span.at.end),
                        _ => {}
                    }
                }
            }
        }
        None
    }

    /// The elements of the list with this name, as they stand; none where there is no such list.
    pub(super) fn items<'x>(document: &'x [u8], name: &str) -> Vec<&'x [u8]> {
        let list = List::of(document, name);
        list.iter().flat_map(|list| &list.items).map(|at| &document[at.clone()]).collect()
    }

    /// Appends elements and updates the count.
    pub(super) fn add(&self, document: &[u8], cut: &mut Splices<'_>, items: &[String]) {
        if items.is_empty() {
            return;
        }
        let count = (self.items.len() + items.len()).to_string();
        let begin = retagged(&document[self.begin.clone()], &[("count", Some(&count))]);
        if let Some(end) = &self.end {
            cut.replace(self.begin.clone(), &begin);
            cut.insert(end.start, &items.concat());
        } else {
            let name = begin[1..].split([' ', '/']).next().unwrap_or_default();
            cut.replace(self.begin.clone(), &format!("{}>{}</{name}>", begin.trim_end_matches("/>"), items.concat()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_found_right_below_the_root() {
        let document = b"<s><dxfs><dxf><fonts><font/></fonts></dxf></dxfs><fonts count='2'><font><b/></font><font/></fonts><fills/></s>";
        let list = List::of(document, "fonts").expect("a list");
        let items: Vec<_> = list.items.iter().map(|at| String::from_utf8_lossy(&document[at.clone()])).collect();
        assert_eq!(items, ["<font><b/></font>", "<font/>"]);
        let mut cut = Splices::of(document);
        list.add(document, &mut cut, &["<font>3</font>".to_owned()]);
        List::of(document, "fills").expect("an empty one").add(document, &mut cut, &["<fill/>".to_owned()]);
        let out = String::from_utf8_lossy(&cut.finish()).into_owned();
        assert!(out.ends_with("<fonts count=\"3\"><font><b/></font><font/><font>3</font></fonts><fills count=\"1\"><fill/></fills></s>"), "{out}");
        assert_eq!(List::of(document, "borders"), None);
    }
}
