//! The files of pictures that are small enough to be copied into the outputs.

use std::collections::BTreeMap;
use std::io::Read;

use crate::read::grid::{Image, Sheet};
use crate::read::outcome::Refusal;
use crate::read::package::Package;
use crate::read::relations::relations;
use crate::read::sink::Sink;
use crate::read::xml::Token;

/// The largest picture kept; larger ones are only counted.
pub(super) const MOST_BYTES: usize = 128 << 10;
/// The most bytes of pictures kept of one workbook.
const MOST_IN_ALL: usize = 1 << 20;
/// The part in which WPS lists the pictures placed in cells.
const CELL_IMAGES: &str = "xl/cellimages.xml";

/// The files of pictures placed in cells, by the name used in `DISPIMG`.
pub(super) fn of_cells(package: &mut Package<'_>) -> Result<BTreeMap<String, String>, Refusal> {
    let Some(xml) = package.xml(CELL_IMAGES) else { return Ok(BTreeMap::new()) };
    let mut xml = xml?;
    let mut named: Vec<(String, String)> = Vec::new();
    let mut name = None;
    loop {
        match xml.next()? {
            Token::Start(tag) if tag.name == b"cNvPr" => name = tag.text("name"),
            Token::Start(tag) if tag.name == b"blip" => {
                named.extend(name.take().zip(tag.text("r:embed")));
            }
            Token::Eof => break,
            _ => {}
        }
    }
    drop(xml);
    let files = relations(package, CELL_IMAGES)?;
    Ok(named.into_iter().filter_map(|(name, id)| Some((name, files.get(&id)?.target.clone()))).collect())
}

/// Reads a picture file and keeps it if it is small enough and really a picture.
pub(in crate::read) fn take(
    package: &mut Package<'_>,
    file: &str,
    (row, col): (u32, u32),
    sink: &mut Sink,
    sheet: &mut Sheet,
) -> Result<(), Refusal> {
    let Some(part) = package.part(file) else { return Ok(()) };
    let mut bytes = Vec::new();
    part?.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    let is_picture = [&b"\x89PNG\r\n"[..], b"\xff\xd8\xff", b"GIF8", b"BM"].iter().any(|head| bytes.starts_with(head));
    if is_picture && bytes.len() <= MOST_BYTES && sink.image_bytes + bytes.len() <= MOST_IN_ALL {
        sink.image_bytes += bytes.len();
        sheet.images.push(Image { row, col, bytes });
    }
    Ok(())
}
