//! Pictures on a sheet, and the cells they are anchored to.

use std::collections::BTreeMap;

use super::relations;
use crate::read::outcome::Refusal;
use crate::read::package::Package;
use crate::read::xml::{Token, unescape};

/// The most pictures read from one drawing.
const MAX_PICTURES: usize = 10_000;

/// A picture on a sheet.
pub(super) struct Placed {
    /// The row of the cell it is anchored to.
    pub(super) row: u32,
    /// Its column.
    pub(super) col: u32,
    /// The path of its file in the package, if known.
    pub(super) file: Option<String>,
}

/// The pictures of a drawing with the cells they are anchored to. Charts, shapes and pictures with an absolute anchor
/// are left out.
pub(super) fn placed(package: &mut Package<'_>, sheet: &str, id: &str) -> Result<Vec<Placed>, Refusal> {
    let Some(drawing) = relations(package, sheet)?.remove(id) else { return Ok(Vec::new()) };
    let Some(xml) = package.xml(&drawing.target) else { return Ok(Vec::new()) };
    let mut xml = xml?;
    let mut anchored: Vec<(u32, u32, String)> = Vec::new();
    let (mut from, mut picture, mut row, mut col) = (false, None, None, None);
    loop {
        match xml.next()? {
            Token::Start(tag) => match tag.name {
                b"twoCellAnchor" | b"oneCellAnchor" => (picture, row, col) = (None, None, None),
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
                b"blip" => picture = Some(tag.text("r:embed").unwrap_or_default()),
                _ => {}
            },
            Token::End(b"from") => from = false,
            Token::End(b"twoCellAnchor" | b"oneCellAnchor") => {
                if let (Some(id), Some(row), Some(col)) = (picture.take(), row, col)
                    && anchored.len() < MAX_PICTURES
                {
                    anchored.push((row, col, id));
                }
            }
            Token::Eof => break,
            _ => {}
        }
    }
    drop(xml);
    let files = if anchored.is_empty() { BTreeMap::new() } else { relations(package, &drawing.target)? };
    let file = |id: &str| files.get(id).map(|relation| relation.target.clone());
    Ok(anchored.into_iter().map(|(row, col, id)| Placed { row, col, file: file(&id) }).collect())
}
