//! Changes cells of a sheet in place; everything else in its part stays byte for byte.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::splices::{Splices, cell_text, retagged};
use super::unfit::{Unfit, unfit};
use crate::basis::place::Area;
use crate::read::xml::{Mark, spans};
use crate::read::{decimal, reference};

/// The change of a cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Patch {
    /// Its content.
    pub content: Content,
    /// The new style number; none keeps the style.
    pub style: Option<u32>,
}

/// The new content of a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// The content it has.
    Keep,
    /// Nothing.
    Empty,
    /// A text; never a formula.
    Text(String),
    /// A number; with a style that shows one, a day.
    Number(f64),
}

/// A sheet with its cells changed.
pub(super) struct Patched {
    pub(super) sheet: Vec<u8>,
    /// Whether a formula was replaced by a value.
    pub(super) formulas_gone: bool,
}

/// The position in the sheet.
struct Walk<'x, 'p> {
    cut: Splices<'x>,
    waiting: std::iter::Peekable<std::collections::btree_map::Iter<'p, (u32, u32), Patch>>,
    formulas_gone: bool,
}

/// Changes cells.
///
/// # Errors
/// [`Unfit`] when rows or cells are not in order, the part is cut off, or a value would take the place of a formula that
/// others share.
pub(super) fn patched(sheet: &[u8], cells: &BTreeMap<(u32, u32), Patch>) -> Result<Patched, Unfit> {
    let mut walk = Walk { cut: Splices::of(sheet), waiting: cells.iter().peekable(), formulas_gone: false };
    // The open row, and the next row and column for elements without a reference.
    let (mut open, mut next_row, mut next_col) = (None, 0u32, 0u32);
    let (mut inside, mut whole) = (false, false);
    let mut spans = spans(sheet);
    while let Some(span) = spans.next() {
        match span.mark {
            Mark::Empty(tag) if tag.name == b"sheetData" => {
                let rows = walk.rows_before(u32::MAX);
                walk.cut.replace(span.at, &format!("<sheetData>{rows}</sheetData>"));
                whole = true;
            }
            Mark::Start(tag) if tag.name == b"sheetData" => inside = true,
            Mark::End(b"sheetData") => {
                let rows = walk.rows_before(u32::MAX);
                walk.cut.insert(span.at.start, &rows);
                (inside, whole) = (false, true);
            }
            _ if !inside => {}
            Mark::Start(tag) | Mark::Empty(tag) if tag.name == b"row" => {
                let row = tag.attribute("r").and_then(decimal).map_or(Some(next_row), |at| at.checked_sub(1));
                let Some(row) = row.filter(|row| *row >= next_row) else { return unfit("rows out of order") };
                let before = walk.rows_before(row);
                walk.cut.insert(span.at.start, &before);
                (next_row, next_col) = (row + 1, 0);
                if walk.waiting.peek().is_some_and(|((at, _), _)| *at == row) {
                    // The spans of a row are only a hint, which may no longer be true.
                    let begin = retagged(&sheet[span.at.clone()], &[("spans", None)]);
                    match span.mark {
                        Mark::Empty(_) => {
                            let cells = walk.cells_before(row, u32::MAX);
                            walk.cut.replace(span.at, &format!("{}>{cells}</row>", begin.trim_end_matches("/>")));
                        }
                        _ => walk.cut.replace(span.at, &begin),
                    }
                }
                if !matches!(span.mark, Mark::Empty(_)) {
                    open = Some(row);
                    if walk.waiting.peek().is_none_or(|((at, _), _)| *at != row) {
                        spans.skip_to_end(b"row");
                    }
                }
            }
            Mark::End(b"row") => {
                if let Some(row) = open.take() {
                    let cells = walk.cells_before(row, u32::MAX);
                    walk.cut.insert(span.at.start, &cells);
                }
            }
            Mark::Start(tag) | Mark::Empty(tag) if tag.name == b"c" => {
                let Some(row) = open else { return unfit("a cell outside of a row") };
                let named = tag.attribute("r").map(reference);
                let Some((at_row, col)) = named.unwrap_or(Some((row, next_col))) else { return unfit("no such cell") };
                if at_row != row || col < next_col {
                    return unfit("cells out of order");
                }
                next_col = col + 1;
                let before = walk.cells_before(row, col);
                walk.cut.insert(span.at.start, &before);
                let mut end = span.at.end;
                let mut formula = None;
                if matches!(span.mark, Mark::Start(_)) {
                    let mut ended = false;
                    for inner in spans.by_ref() {
                        match inner.mark {
                            Mark::Start(tag) | Mark::Empty(tag) if tag.name == b"f" => {
                                formula = Some(tag.attribute("t").is_some());
                            }
                            Mark::End(b"c") => {
                                (end, ended) = (inner.at.end, true);
                                break;
                            }
                            _ => {}
                        }
                    }
                    if !ended {
                        return unfit("a cell without end");
                    }
                }
                if walk.waiting.peek().is_some_and(|(at, _)| **at == (row, col)) {
                    let Some((at, patch)) = walk.waiting.next() else { continue };
                    if patch.content == Content::Keep {
                        let style = patch.style.map(|style| style.to_string());
                        if style.is_some() {
                            let begin = retagged(&sheet[span.at.clone()], &[("s", style.as_deref())]);
                            walk.cut.replace(span.at, &begin);
                        }
                    } else {
                        if formula == Some(true) {
                            return unfit("a formula that others share");
                        }
                        walk.formulas_gone |= formula.is_some();
                        let style = patch.style.or_else(|| tag.attribute("s").and_then(decimal));
                        walk.cut.replace(span.at.start..end, &cell(*at, &patch.content, style));
                    }
                }
            }
            _ => {}
        }
    }
    if !whole || walk.waiting.peek().is_some() {
        return unfit("a sheet that is cut off");
    }
    Ok(Patched { sheet: walk.cut.finish(), formulas_gone: walk.formulas_gone })
}

impl Walk<'_, '_> {
    /// New rows for the cells to be inserted above a row.
    fn rows_before(&mut self, row: u32) -> String {
        let mut out = String::new();
        while let Some(at) = self.waiting.peek().map(|((at, _), _)| *at).filter(|at| *at < row) {
            let cells = self.cells_before(at, u32::MAX);
            if !cells.is_empty() {
                let _ = write!(out, r#"<row r="{}">{cells}</row>"#, at + 1);
            }
        }
        out
    }

    /// New cells to be inserted in a row before a column.
    fn cells_before(&mut self, row: u32, col: u32) -> String {
        let mut out = String::new();
        while let Some((at, patch)) = self.waiting.next_if(|((r, c), _)| *r == row && *c < col) {
            out += &cell(*at, &patch.content, patch.style);
        }
        out
    }
}

/// A cell as XML.
fn cell((row, col): (u32, u32), content: &Content, style: Option<u32>) -> String {
    let style = style.filter(|style| *style > 0).map(|style| format!(r#" s="{style}""#)).unwrap_or_default();
    let begin = format!(r#"<c r="{}"{style}"#, Area::cell(row, col));
    match content {
        Content::Keep | Content::Empty => begin + "/>",
        Content::Number(number) => format!("{begin}><v>{number}</v></c>"),
        Content::Text(text) => {
            format!(r#"{begin} t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>"#, cell_text(text))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(rows: &str, cells: &[(u32, u32, Content, Option<u32>)]) -> Result<String, Unfit> {
        let sheet = format!("<worksheet><dimension ref='A1'/><sheetData>{rows}</sheetData><x/></worksheet>");
        let cells = cells
            .iter()
            .map(|(row, col, content, style)| ((*row, *col), Patch { content: content.clone(), style: *style }));
        let out = patched(sheet.as_bytes(), &cells.collect())?;
        let out = String::from_utf8_lossy(&out.sheet).into_owned();
        let (before, rest) = out.split_once("<sheetData>").expect("begun");
        let (rows, after) = rest.split_once("</sheetData>").expect("ended");
        assert_eq!((before, after), ("<worksheet><dimension ref='A1'/>", "<x/></worksheet>"));
        Ok(rows.to_owned())
    }

    #[test]
    fn what_is_not_asked_for_stays_as_it_was() {
        let rows = "<row r='2' spans='1:2' ht='30'><c r='A2' t='s'><v>0</v></c>\n<c r='C2' s='1'><f t='shared' si='0'/><v>3</v></c></row>";
        assert_eq!(of(rows, &[]).expect("fit"), rows);
        let filled = of(rows, &[(1, 2, Content::Keep, Some(9))]).expect("fit");
        assert_eq!(
            filled,
            rows.replace("<row r='2' spans='1:2' ht='30'>", "<row r=\"2\" ht=\"30\">")
                .replace("<c r='C2' s='1'>", "<c r=\"C2\" s=\"9\">")
        );
    }

    #[test]
    fn cells_and_rows_that_are_not_there_are_put_in_their_places() {
        let rows = "<row r=\"2\"><c r=\"B2\"/></row><row r=\"4\"/>";
        let cells = [
            (0, 0, Content::Text("一<_x000D_>".into()), None),
            (1, 0, Content::Number(1.5), Some(2)),
            (1, 1, Content::Text("二".into()), None),
            (1, 2, Content::Empty, Some(3)),
            (2, 0, Content::Keep, Some(4)),
            (3, 3, Content::Number(4.0), None),
            (9, 0, Content::Keep, Some(1)),
        ];
        let text = |cell: &str, text: &str| {
            format!("<c r=\"{cell}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>")
        };
        let wanted = [
            &format!("<row r=\"1\">{}</row>", text("A1", "一&lt;_x005F_x000D_&gt;")),
            &format!("<row r=\"2\"><c r=\"A2\" s=\"2\"><v>1.5</v></c>{}<c r=\"C2\" s=\"3\"/></row>", text("B2", "二")),
            "<row r=\"3\"><c r=\"A3\" s=\"4\"/></row><row r=\"4\"><c r=\"D4\"><v>4</v></c></row><row r=\"10\"><c r=\"A10\" s=\"1\"/></row>",
        ];
        assert_eq!(of(rows, &cells).expect("fit"), wanted.concat());
    }

    #[test]
    fn what_cannot_be_changed_safely_is_not_changed() {
        let set = [(0, 0, Content::Number(1.0), None)];
        for rows in [
            "<row r='1'><c r='A1'><f t='shared' ref='A1:A9' si='0'>B1</f><v>1</v></c></row>",
            "<row r='2'/><row r='1'/>",
            "<row r='1'><c r='B1'/><c r='A1'/></row>",
            "<row r='1'><c r='A2'/></row>",
        ] {
            assert!(of(rows, &set).is_err(), "{rows}");
        }
        assert!(patched(b"<worksheet><sheetData><row r='1'>", &BTreeMap::new()).is_err());
        let gone = patched(
            b"<worksheet><sheetData><row><c><f>B1</f></c></row></sheetData></worksheet>",
            &[((0, 0), Patch { content: Content::Empty, style: None })].into(),
        );
        assert!(gone.expect("fit").formulas_gone);
    }
}
