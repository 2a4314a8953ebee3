//! Adds notes to cells: their texts go to the comments part, their boxes to the legacy drawing.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::Range;

use memchr::memmem;

use super::splices::{Splices, cell_text};
use super::unfit::{Unfit, unfit};
use super::{Layout, OFFICE, Package};
use crate::basis::place::Area;
use crate::read::xml::{Mark, spans};
use crate::read::{decimal, reference};
use crate::render::workbook::fit;

/// The author of our notes.
const AUTHOR: &str = "taizhang";
/// The most notes of one sheet.
const MOST_NOTES: usize = 1_000;
/// The width of a box in pixels.
const WIDTH: f64 = 300.0;
const COMMENTS_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
const DRAWING_TYPE: &str = "application/vnd.openxmlformats-officedocument.vmlDrawing";
const NO_COMMENTS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors></authors><commentList></commentList></comments>"#;
const NO_SHAPES: &str = r#"<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"></xml>"#;
const BOX_TYPE: &str = r#"<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>"#;
/// The elements of a sheet that follow the one for the legacy drawing.
const BEHIND: [&[u8]; 9] = [
    b"legacyDrawing", b"legacyDrawingHF", b"drawingHF", b"picture", b"oleObjects", b"controls", b"webPublishItems",
    b"tableParts", b"extLst",
];

/// A note: 0-based row and column, and its text.
pub type Note = ((u32, u32), String);

impl Package<'_> {
    /// Adds notes to cells of a sheet and removes those that this program added before. If a cell has a note by somebody else,
    /// ours is appended to it.
    ///
    /// # Errors
    /// [`Unfit`] when the parts for notes cannot be changed.
    pub fn note(&mut self, sheet: &str, layout: &Layout, notes: &[Note]) -> Result<(), Unfit> {
        let relations = self.relations(sheet)?;
        let leads = |word: &str| relations.iter().find(|relation| relation.word() == word).map(|r| r.target.clone());
        let (comments, drawing) = (leads("comments"), leads("vmlDrawing"));
        if notes.is_empty() && comments.is_none() {
            return Ok(());
        }
        let notes = &notes[..notes.len().min(MOST_NOTES)];
        let comments = if let Some(part) = comments {
            part
        } else {
            let part = self.free("xl/comments", ".xml");
            self.add(&part, COMMENTS_TYPE, NO_COMMENTS.into())?;
            self.relate(sheet, "comments", &part)?;
            part
        };
        let document = self.document(&comments)?;
        let Noted { part, gone, added } = with_notes(&document, notes)?;
        self.set(&comments, part);
        if gone.is_empty() && added.is_empty() {
            return Ok(());
        }
        let named = self.legacy_drawing(sheet)?;
        let drawing = if let Some(part) = drawing.filter(|_| named) {
            part
        } else {
            let part = self.free("xl/drawings/vmlDrawing", ".vml");
            self.add(&part, DRAWING_TYPE, NO_SHAPES.into())?;
            let id = self.relate(sheet, "vmlDrawing", &part)?;
            self.name_legacy_drawing(sheet, &id)?;
            part
        };
        let Some(shapes) = self.part(&drawing)? else { return unfit("a drawing that is not there") };
        self.set(&drawing, with_boxes(&shapes, layout, &gone, &added)?);
        Ok(())
    }

    fn legacy_drawing(&mut self, sheet: &str) -> Result<bool, Unfit> {
        let document = self.document(sheet)?;
        Ok(spans(&document[behind_rows(&document)..])
            .any(|span| matches!(span.mark, Mark::Start(tag) | Mark::Empty(tag) if tag.name == b"legacyDrawing")))
    }

    fn name_legacy_drawing(&mut self, sheet: &str, id: &str) -> Result<(), Unfit> {
        let document = self.document(sheet)?;
        let Some(at) = place_of_drawing(&document) else { return unfit("a sheet without cells") };
        let mut cut = Splices::of(&document);
        cut.insert(at, &format!(r#"<legacyDrawing xmlns:r="{OFFICE}" r:id="{id}"/>"#));
        let document = cut.finish();
        self.set(sheet, document);
        Ok(())
    }
}

/// Where the element for the legacy drawing of a sheet has its place.
fn place_of_drawing(sheet: &[u8]) -> Option<usize> {
    let rows = behind_rows(sheet);
    // behind the rows only the root is open
    let (mut depth, mut at) = if rows == 0 { (0u32, None) } else { (1, Some(rows)) };
    let comes_before = |name: &[u8]| !BEHIND.contains(&name) && name != b"AlternateContent";
    for span in spans(&sheet[rows..]) {
        match span.mark {
            Mark::Start(_) => depth += 1,
            Mark::Empty(tag) if depth == 1 && comes_before(tag.name) => at = Some(rows + span.at.end),
            Mark::Empty(_) => {}
            Mark::End(name) => {
                depth = depth.saturating_sub(1);
                if depth == 1 && comes_before(name) {
                    at = Some(rows + span.at.end);
                }
            }
        }
    }
    at
}

/// Where the rows of a sheet end; its beginning if it has none.
fn behind_rows(sheet: &[u8]) -> usize {
    const END: &[u8] = b"</sheetData>";
    memmem::rfind(sheet, END).map_or(0, |at| at + END.len())
}

/// The text of a note as XML.
fn run(text: &str) -> String {
    format!(
        r#"<r><rPr><sz val="9"/><color indexed="81"/><rFont val="宋体"/></rPr><t xml:space="preserve">{}</t></r>"#,
        cell_text(text)
    )
}

/// The changed comments part.
struct Noted {
    part: Vec<u8>,
    /// The cells from which a note of ours was removed.
    gone: BTreeSet<(u32, u32)>,
    /// The notes that need a box.
    added: Vec<Note>,
}

/// Adds notes to a comments part.
fn with_notes(document: &[u8], notes: &[Note]) -> Result<Noted, Unfit> {
    let mut cut = Splices::of(document);
    let (mut authors, mut author, mut ours) = (0u32, None::<usize>, None);
    let (mut authors_end, mut list_end) = (None, None);
    let (mut open, mut gone) = (None::<(usize, (u32, u32), bool)>, BTreeSet::new());
    let mut waiting: BTreeMap<(u32, u32), &str> = notes.iter().map(|(at, text)| (*at, text.as_str())).collect();
    for span in spans(document) {
        match span.mark {
            Mark::Start(tag) if tag.name == b"author" => author = Some(span.at.end),
            Mark::Empty(tag) if tag.name == b"author" => authors += 1,
            Mark::End(b"author") => {
                if author.take().is_some_and(|from| &document[from..span.at.start] == AUTHOR.as_bytes()) {
                    ours = Some(authors);
                }
                authors += 1;
            }
            Mark::End(b"authors") => authors_end = Some(span.at.start),
            Mark::Start(tag) if tag.name == b"comment" => {
                let at = tag.attribute("ref").and_then(reference).unwrap_or((u32::MAX, u32::MAX));
                let by = tag.attribute("authorId").and_then(decimal);
                open = Some((span.at.start, at, ours.is_some() && by == ours));
            }
            Mark::End(b"text") => {
                if let Some((_, at, false)) = open
                    && let Some(text) = waiting.remove(&at)
                {
                    cut.insert(span.at.start, &run(&format!("\n{text}")));
                }
            }
            Mark::End(b"comment") => {
                if let Some((from, at, true)) = open.take() {
                    cut.replace(from..span.at.end, "");
                    gone.insert(at);
                }
            }
            Mark::End(b"commentList") => list_end = Some(span.at.start),
            _ => {}
        }
    }
    let (Some(authors_end), Some(list_end)) = (authors_end, list_end) else { return unfit("notes without their list") };
    let added: Vec<Note> = waiting.into_iter().map(|(at, text)| (at, text.to_owned())).collect();
    if !added.is_empty() && ours.is_none() {
        cut.insert(authors_end, &format!("<author>{AUTHOR}</author>"));
    }
    for ((row, col), text) in &added {
        let (cell, by) = (Area::cell(*row, *col), ours.unwrap_or(authors));
        cut.insert(list_end, &format!(r#"<comment ref="{cell}" authorId="{by}"><text>{}</text></comment>"#, run(text)));
    }
    Ok(Noted { part: cut.finish(), gone, added })
}

/// The legacy drawing with boxes removed and added.
fn with_boxes(shapes: &[u8], layout: &Layout, gone: &BTreeSet<(u32, u32)>, added: &[Note]) -> Result<Vec<u8>, Unfit> {
    let mut cut = Splices::of(shapes);
    let (mut open, mut row, mut col, mut value) = (None, None, None, 0);
    let (mut last, mut has_type, mut end, mut has_ids) = (0u32, false, None, false);
    let number = |at: Range<usize>| decimal(shapes[at].trim_ascii());
    for span in spans(shapes) {
        match span.mark {
            Mark::Start(tag) if tag.name == b"shape" => {
                (open, row, col) = (Some(span.at.start), None, None);
                let id = tag.text("id").unwrap_or_default();
                last = last.max(id.rsplit('s').next().and_then(|id| id.parse().ok()).unwrap_or_default());
            }
            Mark::Start(tag) if tag.name == b"shapetype" => {
                has_type |= tag.text("id").as_deref() == Some("_x0000_t202");
            }
            Mark::Empty(tag) | Mark::Start(tag) if tag.name == b"idmap" => has_ids = true,
            Mark::Start(tag) if matches!(tag.name, b"Row" | b"Column") => value = span.at.end,
            Mark::End(b"Row") => row = number(value..span.at.start),
            Mark::End(b"Column") => col = number(value..span.at.start),
            Mark::End(b"shape") => {
                if let (Some(from), Some(row), Some(col)) = (open.take(), row, col)
                    && gone.contains(&(row, col))
                {
                    cut.replace(from..span.at.end, "");
                }
            }
            Mark::End(b"xml") => end = Some(span.at.start),
            _ => {}
        }
    }
    let Some(end) = end else { return unfit("a drawing without end") };
    if !has_ids {
        last = last.max(1024);
        cut.insert(end, r#"<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>"#);
    }
    if !has_type {
        cut.insert(end, BOX_TYPE);
    }
    for (number, ((row, col), text)) in added.iter().enumerate() {
        let height = (fit::lines(text, 42.0) as f64 * 18.0 + 14.0).clamp(40.0, 400.0);
        let mut shape = String::new();
        let _ = write!(
            shape,
            r##"<v:shape id="_x0000_s{}" type="#_x0000_t202" style="position:absolute;z-index:{};visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{col}</x:Column></x:ClientData></v:shape>"##,
            last as usize + 1 + number,
            number + 1,
            anchor(layout, *row, *col, height),
        );
        cut.insert(end, &shape);
    }
    Ok(cut.finish())
}

/// The anchor of a box beside a cell: column, offset in pixels, row, offset in pixels, for two corners.
fn anchor(layout: &Layout, row: u32, col: u32, height: f64) -> String {
    let (left, top) = (col + 1, row.saturating_sub(1));
    let end = |mut at: u32, mut rest: f64, size: &dyn Fn(u32) -> f64| {
        for _ in 0..500 {
            let here = size(at);
            if rest < here {
                break;
            }
            (rest, at) = (rest - here, at + 1);
        }
        (at, rest as u32)
    };
    let (right, over) = end(left, 15.0 + WIDTH, &|at| layout.width(at));
    let (bottom, below) = end(top, 10.0 + height, &|at| layout.height(at));
    format!("{left}, 15, {top}, 10, {right}, {over}, {bottom}, {below}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_of_others_stay_and_ours_of_an_earlier_round_go() {
        let document = r#"<comments><authors><author>张三</author><author>taizhang</author></authors><commentList><comment ref="A1" authorId="0"><text><t>他的</t></text></comment><comment ref="B2" authorId="1"><text><t>旧的</t></text></comment></commentList></comments>"#;
        let notes = [((0, 0), "加上".to_owned()), ((4, 2), "新的".to_owned())];
        let Noted { part, gone, added } = with_notes(document.as_bytes(), &notes).expect("fit");
        let out = String::from_utf8(part).expect("text");
        assert!(out.contains("<t>他的</t><r>") && out.contains("\n加上</t>") && !out.contains("旧的"), "{out}");
        assert!(out.contains(r#"<comment ref="C5" authorId="1">"#), "{out}");
        assert_eq!((gone.into_iter().collect::<Vec<_>>(), added.len()), (vec![(1, 1)], 1));
    }

    #[test]
    fn the_drawing_has_its_place_among_what_follows_the_rows() {
        for sheet in [
            "<worksheet><sheetData/><pageMargins/>|</worksheet>",
            "<worksheet><cols><col/></cols><sheetData/>|</worksheet>",
            "<worksheet><sheetData></sheetData>|</worksheet>",
            "<worksheet><sheetData><row><c/></row></sheetData><pageSetup/><drawing/>|<tableParts><tablePart/></tableParts></worksheet>",
            "<worksheet><sheetData><row/></sheetData><mergeCells><mergeCell/></mergeCells>|<extLst><ext><a/></ext></extLst></worksheet>",
            "<worksheet><sheetData/><headerFooter><oddHeader>&amp;C</oddHeader></headerFooter>|<picture/></worksheet>",
            "<worksheet><sheetData><row/></sheetData>|<AlternateContent><a/></AlternateContent><controls/></worksheet>",
        ] {
            let plain = sheet.replace('|', "");
            assert_eq!(place_of_drawing(plain.as_bytes()), sheet.find('|'), "{sheet}");
        }
        assert_eq!(place_of_drawing(b"<worksheet/>"), None);
    }

    #[test]
    fn boxes_are_put_beside_their_cells() {
        let gone = [(1, 1)].into();
        let shapes =
            r#"<xml><o:idmap/><v:shape id="_x0000_s1030"><br><x:Row>1</x:Row><x:Column> 1</x:Column></v:shape></xml>"#;
        let out = with_boxes(shapes.as_bytes(), &Layout::default(), &gone, &[((4, 2), "新".into())]).expect("fit");
        let out = String::from_utf8(out).expect("text");
        assert!(out.starts_with("<xml><o:idmap/><v:shapetype") && out.contains(r#"id="_x0000_s1031""#), "{out}");
        assert!(out.contains("<x:Anchor>3, 15, 3, 10, 7, 59, 5, 10</x:Anchor>"), "{out}");
    }
}
