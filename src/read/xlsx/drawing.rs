//! Pictures on a sheet, and the cells they are anchored to.

use std::collections::BTreeMap;

use super::images;
use crate::read::grid::Sheet;
use crate::read::outcome::Refusal;
use crate::read::package::Package;
use crate::read::relations::relations;
use crate::read::sink::Sink;
use crate::read::xml::{Token, unescape};

/// The most pictures read from one drawing.
const MAX_PICTURES: usize = 10_000;

/// A picture laid over a sheet.
struct Placed {
    row: u32,
    col: u32,
    /// The path of its file in the package.
    file: Option<String>,
}

/// Takes the pictures of a sheet's drawing into the sheet, the small ones with their files.
pub(in crate::read) fn take(
    package: &mut Package<'_>,
    part: &str,
    id: &str,
    sink: &mut Sink,
    sheet: &mut Sheet,
) -> Result<(), Refusal> {
    for placed in placed(package, part, id)? {
        sheet.pictures.push((placed.row, placed.col));
        if let Some(file) = placed.file {
            images::take(package, &file, (placed.row, placed.col), sink, sheet)?;
        }
    }
    sheet.pictures.sort_unstable();
    Ok(())
}

/// The pictures of a sheet's drawing with the cells to which they are anchored. Charts and shapes are no pictures;
/// one without a cell (an absolute anchor) belongs to none.
fn placed(package: &mut Package<'_>, sheet: &str, id: &str) -> Result<Vec<Placed>, Refusal> {
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
