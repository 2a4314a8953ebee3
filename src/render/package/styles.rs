//! Adds styles to a package; existing styles keep their numbers.

use std::collections::BTreeMap;

use super::lists::List;
use super::splices::{Splices, retagged};
use super::unfit::{Unfit, unfit};
use crate::read::decimal;
use crate::read::xml::{Mark, Tag, spans};

/// The lists that cell styles refer to, each with the attribute for the position in it.
const BEHIND: [(&str, &str); 3] = [("fonts", "fontId"), ("fills", "fillId"), ("borders", "borderId")];
/// The lowest number of a custom number format.
const OWN_FORMATS: u32 = 164;
/// The most styles that Excel accepts.
const MOST_STYLES: usize = 60_000;

/// The styles of a workbook and those to be added.
pub struct Styles {
    document: Vec<u8>,
    lists: [List; 3],
    of_cells: List,
    formats: Option<List>,
    /// Additions to the lists, to the styles, and to the number formats.
    behind: [Vec<String>; 3],
    added: Vec<String>,
    new_formats: Vec<String>,
    filled: BTreeMap<(u32, u32), u32>,
    next_format: u32,
}

impl Styles {
    /// Reads a styles part.
    ///
    /// # Errors
    /// [`Unfit`] when one of its lists is missing.
    pub fn of(document: Vec<u8>) -> Result<Styles, Unfit> {
        let list = |name| List::of(&document, name);
        let (Some(fonts), Some(fills), Some(borders), Some(styles)) =
            (list("fonts"), list("fills"), list("borders"), list("cellXfs"))
        else {
            return unfit("styles without their lists");
        };
        let formats = list("numFmts");
        let ids = formats.iter().flat_map(|list| &list.items).filter_map(|at| {
            let number = attributes(&document[at.clone()], "numFmtId");
            number.and_then(|number| decimal(number.as_bytes()))
        });
        let next_format = ids.max().map_or(OWN_FORMATS, |most| most.max(OWN_FORMATS - 1) + 1);
        Ok(Styles {
            lists: [fonts, fills, borders],
            of_cells: styles,
            formats,
            behind: Default::default(),
            added: Vec::new(),
            new_formats: Vec::new(),
            filled: BTreeMap::new(),
            next_format,
            document,
        })
    }

    /// The style like this one with a fill of this colour; none removes the fill.
    pub fn filled(&mut self, style: u32, ground: Option<u32>) -> u32 {
        let of_file = self.of_cells.items.len() as u32;
        let style = if style < of_file { style } else { 0 };
        let wanted = (style, ground.unwrap_or(u32::MAX));
        if let Some(made) = self.filled.get(&wanted) {
            return *made;
        }
        let fill = ground.map_or(0, |ground| {
            let fill = format!(
                r#"<fill><patternFill patternType="solid"><fgColor rgb="FF{ground:06X}"/><bgColor indexed="64"/></patternFill></fill>"#
            );
            let at = self.behind[1].iter().position(|other| *other == fill).unwrap_or_else(|| {
                self.behind[1].push(fill);
                self.behind[1].len() - 1
            });
            self.lists[1].items.len() + at
        });
        let as_was = self.of_cells.items.get(style as usize).map_or(&b"<xf/>"[..], |at| &self.document[at.clone()]);
        let end = as_was.iter().position(|&byte| byte == b'>').map_or(as_was.len(), |at| at + 1);
        let changes = [("fillId", Some(&*fill.to_string())), ("applyFill", Some("1"))];
        let xf = retagged(&as_was[..end], &changes) + &String::from_utf8_lossy(&as_was[end..]);
        let made = self.push(xf);
        self.filled.insert(wanted, made);
        made
    }

    /// The styles with a fill of one of these colours.
    pub fn on_grounds(&self, colours: &[u32]) -> Vec<u32> {
        let is_ground = |fill: &[u8]| {
            let rgb = spans(fill).find_map(|span| match span.mark {
                Mark::Start(tag) | Mark::Empty(tag) if tag.name == b"fgColor" => tag.text("rgb"),
                _ => None,
            });
            rgb.is_some_and(|rgb| {
                colours.iter().any(|colour| rgb.to_ascii_uppercase().ends_with(&format!("{colour:06X}")))
            })
        };
        let fills: Vec<bool> = self.lists[1].items.iter().map(|at| is_ground(&self.document[at.clone()])).collect();
        let filled = self.of_cells.items.iter().enumerate().filter(|(_, at)| {
            let fill = attributes(&self.document[(*at).clone()], "fillId").and_then(|id| id.parse::<usize>().ok());
            fill.and_then(|at| fills.get(at)).is_some_and(|is_ground| *is_ground)
        });
        filled.map(|(number, _)| number as u32).collect()
    }

    /// Adds the styles of another workbook and returns the new number of each.
    pub(super) fn take_in(&mut self, other: &Styles) -> Vec<u32> {
        let text = |at: &std::ops::Range<usize>| String::from_utf8_lossy(&other.document[at.clone()]).into_owned();
        let mut formats = BTreeMap::new();
        for at in other.formats.iter().flat_map(|list| &list.items) {
            let line = text(at);
            if let Some(id) = attributes(line.as_bytes(), "numFmtId") {
                let number = self.next_format.to_string();
                self.new_formats.push(retagged(line.as_bytes(), &[("numFmtId", Some(&number))]));
                self.next_format += 1;
                formats.insert(id, number);
            }
        }
        let mut offsets = [0; 3];
        for (at, offset) in offsets.iter_mut().enumerate() {
            *offset = self.lists[at].items.len() + self.behind[at].len();
            self.behind[at].extend(other.lists[at].items.iter().map(text));
        }
        let styles = other.of_cells.items.iter().map(|at| {
            let style = &other.document[at.clone()];
            let end = style.iter().position(|&byte| byte == b'>').map_or(style.len(), |at| at + 1);
            let numbers = BEHIND.map(|(_, attribute)| attributes(style, attribute).and_then(|id| id.parse().ok()));
            let moved: Vec<String> =
                numbers.iter().zip(offsets).map(|(id, offset)| (id.unwrap_or(0usize) + offset).to_string()).collect();
            let format = attributes(style, "numFmtId").map(|id| formats.get(&id).cloned().unwrap_or(id));
            let mut changes: Vec<(&str, Option<&str>)> =
                BEHIND.iter().zip(&moved).map(|((_, attribute), id)| (*attribute, Some(id.as_str()))).collect();
            changes.extend([("numFmtId", format.as_deref()), ("xfId", Some("0"))]);
            changes
                .extend(["applyFont", "applyFill", "applyBorder", "applyNumberFormat"].map(|name| (name, Some("1"))));
            retagged(&style[..end], &changes) + &String::from_utf8_lossy(&style[end..])
        });
        let styles: Vec<String> = styles.collect();
        styles.into_iter().map(|style| self.push(style)).collect()
    }

    fn push(&mut self, style: String) -> u32 {
        self.added.push(style);
        (self.of_cells.items.len() + self.added.len() - 1) as u32
    }

    /// The part with the additions.
    ///
    /// # Errors
    /// [`Unfit`] when there are more styles than Excel accepts.
    pub fn finish(self) -> Result<Vec<u8>, Unfit> {
        if self.of_cells.items.len() + self.added.len() > MOST_STYLES {
            return unfit("too many styles");
        }
        let document = &self.document;
        let mut cut = Splices::of(document);
        match &self.formats {
            Some(list) => list.add(document, &mut cut, &self.new_formats),
            None if self.new_formats.is_empty() => {}
            None => {
                let root = spans(document).find(|span| matches!(span.mark, Mark::Start(_)));
                let at = root.map_or(0, |root| root.at.end);
                let (count, formats) = (self.new_formats.len(), self.new_formats.concat());
                cut.insert(at, &format!(r#"<numFmts count="{count}">{formats}</numFmts>"#));
            }
        }
        for (list, added) in self.lists.iter().zip(&self.behind) {
            list.add(document, &mut cut, added);
        }
        self.of_cells.add(document, &mut cut, &self.added);
        Ok(cut.finish())
    }
}

/// An attribute of the first tag of an element.
fn attributes(element: &[u8], name: &str) -> Option<String> {
    let tag: Tag<'_> = spans(element).find_map(|span| match span.mark {
        Mark::Start(tag) | Mark::Empty(tag) => Some(tag),
        Mark::End(_) => None,
    })?;
    tag.text(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PART: &str = "<styleSheet xmlns='x'><fonts count='1'><font/></fonts><fills count='2'><fill><patternFill/></fill><fill><patternFill><fgColor rgb='FFFBE4E1'/></patternFill></fill></fills><borders><border/></borders><cellXfs count='2'><xf numFmtId='14' fontId='0' fillId='0' borderId='0'><alignment wrapText='1'/></xf><xf fillId='1'/></cellXfs></styleSheet>";

    #[test]
    fn a_ground_is_added_and_everything_else_of_the_style_stays() {
        let mut styles = Styles::of(PART.into()).expect("fit");
        assert_eq!(
            (styles.filled(0, Some(0x00AA_BBCC)), styles.filled(0, Some(0x00AA_BBCC)), styles.filled(99, None)),
            (2, 2, 3)
        );
        assert_eq!(styles.on_grounds(&[0x00FB_E4E1]), [1]);
        let out = String::from_utf8(styles.finish().expect("fit")).expect("text");
        assert!(out.contains("<fills count=\"3\">") && out.contains("rgb=\"FFAABBCC\""), "{out}");
        assert!(out.contains("<xf numFmtId=\"14\" fontId=\"0\" fillId=\"2\" borderId=\"0\" applyFill=\"1\"><alignment wrapText='1'/></xf>"), "{out}");
    }

    #[test]
    fn styles_of_another_workbook_come_behind() {
        let other = PART
            .replace("<fonts", "<numFmts><numFmt numFmtId='164' formatCode='0.0'/></numFmts><fonts")
            .replace("'14'", "'164'");
        let mut styles = Styles::of(PART.into()).expect("fit");
        assert_eq!(styles.take_in(&Styles::of(other.into()).expect("fit")), [2, 3]);
        let out = String::from_utf8(styles.finish().expect("fit")).expect("text");
        assert!(
            out.contains(
                "<styleSheet xmlns='x'><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"0.0\"/></numFmts>"
            ),
            "{out}"
        );
        assert!(out.contains("<xf numFmtId=\"164\" fontId=\"1\" fillId=\"2\" borderId=\"1\" xfId=\"0\""), "{out}");
    }
}
