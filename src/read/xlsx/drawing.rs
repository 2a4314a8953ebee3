//! Pictures laid over a sheet: the cells they are anchored to.

use super::relations;
use crate::read::outcome::Refusal;
use crate::read::package::Package;
use crate::read::xml::{Token, unescape};

/// Pictures in one drawing that are told apart.
const MAX_PICTURES: usize = 10_000;

/// The cells (row, column) to which the pictures of a sheet's drawing are anchored. Charts and shapes are no pictures;
/// one without a cell (an absolute anchor) belongs to none.
pub(super) fn anchors(package: &mut Package<'_>, sheet: &str, id: &str) -> Result<Vec<(u32, u32)>, Refusal> {
    let Some(drawing) = relations(package, sheet)?.remove(id) else { return Ok(Vec::new()) };
    let Some(xml) = package.xml(&drawing.target) else { return Ok(Vec::new()) };
    let mut xml = xml?;
    let mut out = Vec::new();
    let (mut from, mut picture, mut row, mut col) = (false, false, None, None);
    loop {
        match xml.next()? {
            Token::Start(tag) => match tag.name {
                b"twoCellAnchor" | b"oneCellAnchor" => (picture, row, col) = (false, None, None),
                b"from" => from = true,
                b"row" | b"col" if from => {
                    let is_row = tag.name == b"row";
                    let mut text = String::new();
                    if let Token::Text(raw) = xml.next()? {
                        unescape(raw, &mut text);
                    }
                    let at = text.trim().parse::<u32>().ok();
                    if is_row {
                        row = at;
                    } else {
                        col = at;
                    }
                }
                b"blip" => picture = true,
                _ => {}
            },
            Token::End(b"from") => from = false,
            Token::End(b"twoCellAnchor" | b"oneCellAnchor") => {
                if let (true, Some(row), Some(col)) = (picture, row, col)
                    && out.len() < MAX_PICTURES
                {
                    out.push((row, col));
                }
                picture = false;
            }
            Token::Eof => return Ok(out),
            _ => {}
        }
    }
}
