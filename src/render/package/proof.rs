//! Proof that a finished copy holds everything that the original holds. It looks at the bytes that were written, not at
//! what was meant to be written: a part that was not to be changed is the same part, and a sheet differs from the original
//! only where a cell was to look otherwise.

use std::collections::BTreeMap;

use memchr::memmem;

use super::lists::List;
use super::splices::cell_text;
use super::unfit::Unfit;
use super::{Book, Package, key, names};
use crate::read::reference;
use crate::read::xml::{Mark, Span, Tag, spans};

/// The texts that were put into cells of a sheet, by row and column.
pub type Texts<'t> = BTreeMap<(u32, u32), &'t str>;

impl Package<'_> {
    /// Whether a finished copy holds all of this package but for the sheets that were taken out: the sheets after the new one
    /// in their order, every part that was not changed, every relation of a sheet, and every cell. `placed` is what was put
    /// into cells, by the position of the sheet in the original.
    ///
    /// # Errors
    /// [`Unfit`] when the copy is no package of the expected form.
    pub fn is_held_by(
        mut self,
        book: &Book,
        copy: &[u8],
        without: &[usize],
        placed: &BTreeMap<usize, Texts<'_>>,
    ) -> Result<bool, Unfit> {
        let (mut copy, none) = (Package::open(copy)?, Texts::new());
        // from here on the parts are those of the original
        let changed = std::mem::take(&mut self.changed);
        self.names = names(&self.zip);
        if !self.stands_in(&mut copy, |part| !changed.contains_key(part))? {
            return Ok(false);
        }
        let (styles, copied_styles) = (self.styles_part()?, copy.styles_part()?);
        if !has_styles_of(&copy.document(&copied_styles)?, &self.document(&styles)?) {
            return Ok(false);
        }
        let copied = copy.book()?;
        let kept: Vec<usize> = (0..book.sheets.len()).filter(|at| !without.contains(at)).collect();
        let (was, is) = (List::items(&book.document, "sheets"), List::items(&copied.document, "sheets"));
        if copied.sheets.len() != kept.len() + 1 || was.len() != book.sheets.len() {
            return Ok(false);
        }
        for (at, (sheet, line)) in kept.into_iter().zip(copied.sheets.iter().zip(&is).skip(1)) {
            let original = &book.sheets[at];
            if *line != was[at] || key(&sheet.part) != key(&original.part) {
                return Ok(false);
            }
            let relations = copy.relations(&sheet.part)?;
            if !self.relations(&original.part)?.iter().all(|relation| relations.contains(relation)) {
                return Ok(false);
            }
            let Some(before) = self.part(&original.part)? else { continue };
            let placed = placed.get(&at).unwrap_or(&none);
            let told = copy.part(&sheet.part)?.and_then(|after| texts_of_same(&before, &after, placed));
            if told != Some(placed.len()) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether some of the parts stand in a copy, by checksum and size.
    fn stands_in(&mut self, copy: &mut Package<'_>, of: impl Fn(&str) -> bool) -> Result<bool, Unfit> {
        for at in 0..self.zip.len() {
            let was = self.zip.by_index_raw(at)?;
            let part = key(&was.name()?);
            if !of(&part) {
                continue;
            }
            let Some(name) = copy.names.get(&part) else { return Ok(false) };
            let Some(at) = copy.zip.index_for_name(name) else { return Ok(false) };
            let is = copy.zip.by_index_raw(at)?;
            if (was.crc32(), was.size(), was.compressed_size()) != (is.crc32(), is.size(), is.compressed_size()) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// Whether the styles of a workbook begin with those of another: the numbers in its cells mean the same.
fn has_styles_of(document: &[u8], other: &[u8]) -> bool {
    ["numFmts", "fonts", "fills", "borders", "cellXfs"]
        .iter()
        .all(|name| List::items(document, name).starts_with(&List::items(other, name)))
}

/// Whether a sheet is the same but for what marks change: styles of cells, cells that were not there and are empty, texts
/// that were put into cells, and what belongs to notes and to the selection of the sheet. How many of the texts stand there.
fn texts_of_same(was: &[u8], is: &[u8], placed: &Texts<'_>) -> Option<usize> {
    let (mut was_at, mut is_at, mut found) = (0, 0, 0);
    loop {
        let common = common(&was[was_at..], &is[is_at..]);
        (was_at, is_at) = (was_at + common, is_at + common);
        if was_at == was.len() && is_at == is.len() {
            return Some(found);
        }
        // an element that is new may stand before the space between two others
        let step = if is.get(is_at) == Some(&b'<') {
            added(&is[is_at..], &first(&is[is_at..])?, placed)?
        } else {
            // back to the tag in which they part
            let back = was[..was_at].iter().rev().take(common).position(|&byte| byte == b'<')?;
            (was_at, is_at) = (was_at - back - 1, is_at - back - 1);
            let (was_tag, is_tag) = (first(&was[was_at..])?, first(&is[is_at..])?);
            parted((&was[was_at..], &was_tag), (&is[is_at..], &is_tag), placed)?
        };
        (was_at, is_at, found) = (was_at + step.was, is_at + step.is, found + step.texts);
    }
}

/// How far both go on.
struct Step {
    was: usize,
    is: usize,
    /// How many texts that were put into cells stand there.
    texts: usize,
}

/// How many bytes are the same in both.
fn common(a: &[u8], b: &[u8]) -> usize {
    const PIECE: usize = 256;
    let pieces = a.chunks_exact(PIECE).zip(b.chunks_exact(PIECE)).take_while(|(a, b)| a == b).count() * PIECE;
    pieces + a[pieces..].iter().zip(&b[pieces..]).take_while(|(a, b)| a == b).count()
}

/// The tag at the beginning.
fn first(document: &[u8]) -> Option<Span<'_>> {
    spans(document).next().filter(|span| span.at.start == 0)
}

/// A tag with what stands from its beginning on.
type From<'x> = (&'x [u8], &'x Span<'x>);

/// How far both go on from tags that differ, if marks explain it.
fn parted((was, before): From<'_>, (is, after): From<'_>, placed: &Texts<'_>) -> Option<Step> {
    let (Mark::Start(is_tag) | Mark::Empty(is_tag)) = after.mark else { return None };
    let is_empty = matches!(after.mark, Mark::Empty(_));
    let end = || if is_empty { Some(after.at.end) } else { end_of(is, after, is_tag.name) };
    if let Mark::Start(was_tag) | Mark::Empty(was_tag) = before.mark
        && is_twin(was_tag, is_tag, placed)
    {
        let was_empty = matches!(before.mark, Mark::Empty(_));
        if let Some(text) = text_of(is_tag, placed) {
            let gone = if was_empty { before.at.end } else { end_of(was, before, b"c")? };
            let end = end()?;
            return holds(&is[after.at.end..end], text).then_some(Step { was: gone, is: end, texts: 1 });
        }
        if !is_alike(was_tag, is_tag) {
            return None;
        }
        if was_empty == is_empty {
            let step = Step { was: before.at.end, is: after.at.end, texts: 0 };
            return (was[..step.was] != is[..step.is]).then_some(step);
        }
        // cells or rows where there were none
        let end = end().filter(|_| was_empty && matches!(is_tag.name, b"row" | b"sheetData"))?;
        let texts = texts_of_new(&is[after.at.end..end], placed)?;
        return Some(Step { was: before.at.end, is: end, texts });
    }
    added(is, after, placed)
}

/// How far it goes on over an element that is new, if marks explain it.
fn added(is: &[u8], element: &Span<'_>, placed: &Texts<'_>) -> Option<Step> {
    let end = match element.mark {
        Mark::Empty(tag) if tag.name == b"legacyDrawing" => {
            return Some(Step { was: 0, is: element.at.end, texts: 0 });
        }
        Mark::Empty(tag) if matches!(tag.name, b"row" | b"c") => element.at.end,
        Mark::Start(tag) if matches!(tag.name, b"row" | b"c") => end_of(is, element, tag.name)?,
        _ => return None,
    };
    Some(Step { was: 0, is: end, texts: texts_of_new(&is[..end], placed)? })
}

/// Whether two tags stand for the same thing: a cell or row is the same by its place, which a cell with a new text always
/// says.
fn is_twin(was: Tag<'_>, is: Tag<'_>, placed: &Texts<'_>) -> bool {
    let (before, after) = (was.attribute("r"), is.attribute("r"));
    let same = !matches!(is.name, b"c" | b"row") || before == after;
    was.name == is.name && (same || before.is_none() && text_of(is, placed).is_some())
}

/// Whether two tags of one name have the same attributes but for those that marks change.
fn is_alike(was: Tag<'_>, is: Tag<'_>) -> bool {
    let loose: &[u8] = match is.name {
        b"c" => b"s",
        b"row" => b"spans",
        b"sheetView" => b"tabSelected",
        _ => b"",
    };
    let of = |tag: Tag<'_>| -> Vec<(Vec<u8>, Option<String>)> {
        let names = tag.attributes().map(|(name, _)| name).filter(|name| *name != loose);
        let mut all: Vec<_> =
            names.map(|name| (name.to_vec(), std::str::from_utf8(name).ok().and_then(|name| tag.text(name)))).collect();
        all.sort();
        all
    };
    of(was) == of(is)
}

/// Where the element begun by the tag at the beginning ends, its end tag included.
fn end_of(from: &[u8], begin: &Span<'_>, name: &[u8]) -> Option<usize> {
    let inside = &from[begin.at.end..];
    let end = spans(inside).find(|span| matches!(span.mark, Mark::End(found) if found == name))?;
    Some(begin.at.end + end.at.end)
}

/// The text that was put into a cell.
fn text_of<'t>(cell: Tag<'_>, placed: &Texts<'t>) -> Option<&'t str> {
    let place = cell.attribute("r").filter(|_| cell.name == b"c").and_then(reference)?;
    placed.get(&place).copied()
}

/// Whether what stands inside of a cell is a text.
fn holds(inside: &[u8], text: &str) -> bool {
    let text = format!(">{}</t>", cell_text(text));
    memmem::find(inside, text.as_bytes()).is_some()
}

/// How many texts that were put into cells a piece holds, which holds nothing else but rows and empty cells.
fn texts_of_new(piece: &[u8], placed: &Texts<'_>) -> Option<usize> {
    let (mut all, mut texts) = (spans(piece), 0);
    while let Some(span) = all.next() {
        match span.mark {
            Mark::Start(tag) | Mark::Empty(tag) if tag.name == b"row" => {}
            Mark::End(b"row" | b"sheetData") => {}
            Mark::Empty(tag) if tag.name == b"c" => {}
            Mark::Start(tag) if tag.name == b"c" => {
                let text = text_of(tag, placed)?;
                let end = all.by_ref().find(|span| matches!(span.mark, Mark::End(b"c")))?;
                texts += usize::from(holds(&piece[span.at.end..end.at.start], text));
            }
            _ => return None,
        }
    }
    Some(texts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_is_the_same_but_for_marks() {
        const ROWS: &str = "<row r=\"2\" spans=\"1:4\"><c r=\"A2\" t=\"s\"><v>7</v></c><c r=\"B2\" s=\"1\"><f>A1</f><v>3</v></c></row><row r=\"4\"/>";
        let sheet = |rows: &str| {
            let view = "<sheetViews><sheetView tabSelected=\"1\" workbookViewId=\"0\"/></sheetViews>";
            format!(
                "<worksheet>{view}<sheetData>{rows}</sheetData><mergeCells><mergeCell ref=\"A9:B9\"/></mergeCells>\n</worksheet>"
            )
        };
        let (none, one) = (Texts::new(), Texts::from([((1, 0), "联系人<>")]));
        let told = |was: &str, is: &str, placed: &Texts<'_>| texts_of_same(was.as_bytes(), is.as_bytes(), placed);
        let was = sheet(ROWS);
        let put = "<c r=\"A2\" s=\"9\" t=\"inlineStr\"><is><t xml:space=\"preserve\">联系人&lt;&gt;</t></is></c>";
        let text = "<c r=\"A2\" t=\"s\"><v>7</v></c>";
        let same: [(&str, String); 9] = [
            ("as it was", was.clone()),
            ("another style", was.replace("B2\" s=\"1\"", "B2\" s=\"12\"")),
            ("a first style", was.replace("t=\"s\">", "t=\"s\" s=\"12\">")),
            ("no spans", was.replace(" spans=\"1:4\"", "")),
            ("not selected", was.replace(" tabSelected=\"1\"", "")),
            (
                "cells that are new",
                was.replace("</row>", "<c r=\"C2\" s=\"9\"/><c r=\"D2\" s=\"9\"/></row>").replace(
                    "<row r=\"4\"/>",
                    "<row r=\"3\"><c r=\"A3\" s=\"1\"/></row><row r=\"4\"><c r=\"B4\" s=\"2\"/></row>",
                ),
            ),
            ("rows at the end", was.replace("</sheetData>", "<row r=\"9\"><c r=\"A9\" s=\"1\"/></row></sheetData>")),
            ("a drawing of notes", was.replace("</worksheet>", "<legacyDrawing r:id=\"rId3\"/></worksheet>")),
            ("the same before a space", was.replace("\n</worksheet>", "<legacyDrawing r:id=\"rId3\"/>\n</worksheet>")),
        ];
        for (what, is) in same {
            assert_eq!(told(&was, &is, &none), Some(0), "{what}: {is}");
        }
        let placed = was.replace(text, put);
        assert_eq!(
            (told(&was, &placed, &one), told(&was, &placed, &none), told(&was, &was, &one)),
            (Some(1), None, Some(0))
        );
        let beside = was.replace("</row>", &format!("{}</row>", put.replace("A2", "C2")));
        assert_eq!(told(&was, &beside, &Texts::from([((1, 2), "联系人<>")])), Some(1));
        let others: [(&str, String); 11] = [
            ("another value", was.replace("<v>3", "<v>4")),
            ("a longer value", was.replace("<v>3", "<v>33")),
            ("another kind", was.replace("t=\"s\"", "t=\"n\"")),
            ("a value that is gone", was.replace("<v>7</v>", "")),
            ("a cell that is gone", was.replace(text, "")),
            ("a cell that is empty now", was.replace(text, "<c r=\"A2\" s=\"9\"/>")),
            ("a cell elsewhere", was.replace("r=\"B2\"", "r=\"C2\"")),
            ("another text than the one put there", was.replace(text, &put.replace("联系人", "联系"))),
            ("a text that was not put there", beside),
            ("a row of another height", was.replace("<row r=\"4\"", "<row r=\"4\" hidden=\"1\"")),
            ("other merged cells", was.replace("A9:B9", "A9:C9")),
        ];
        for (what, is) in others {
            assert_eq!(told(&was, &is, &one), None, "{what}: {is}");
        }
        let styles = |formats: &str| format!("<styleSheet><cellXfs count='1'>{formats}</cellXfs></styleSheet>");
        let [two, three, moved] =
            ["<xf a='1'/><xf a='2'/>", "<xf a='1'/><xf a='2'/><xf a='3'/>", "<xf a='2'/><xf a='1'/>"].map(styles);
        let begins = |styles: &str| has_styles_of(styles.as_bytes(), two.as_bytes());
        assert_eq!((begins(&three), begins(&moved)), (true, false));
        // a sheet without rows has some now
        let empty = "<worksheet><sheetData/></worksheet>";
        let marked = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" s=\"3\"/></row></sheetData></worksheet>";
        assert_eq!((told(empty, marked, &none), told(marked, empty, &none)), (Some(0), None));
    }
}
