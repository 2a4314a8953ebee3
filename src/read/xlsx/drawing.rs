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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::docx::fixture::zip;
    use crate::read::xlsx::images;

    fn anchor(kind: &str, row: &str, inside: &str) -> String {
        format!("<{kind}><from><col>2</col><row>{row}</row></from><to><col>9</col><row>9</row></to>{inside}</{kind}>")
    }

    /// Cells by row and column.
    type Cells = Vec<(u32, u32)>;

    /// The pictures of a sheet whose drawing holds these anchors: the cells, and those whose files are kept.
    fn pictures(anchors: &str, file: &[u8]) -> (Cells, Cells) {
        let drawing = format!("<wsDr>{anchors}</wsDr>");
        let to = |id: &str, kind: &str, target: &str| {
            format!("<Relationships><Relationship Id='{id}' Type='x/{kind}' Target='{target}'/></Relationships>")
        };
        let (sheet, image) = (to("rId9", "drawing", "../d/d.xml"), to("p", "image", "../m/a.png"));
        let bytes = zip(&[
            ("xl/w/s.xml", b"<worksheet/>"),
            ("xl/w/_rels/s.xml.rels", sheet.as_bytes()),
            ("xl/d/d.xml", drawing.as_bytes()),
            ("xl/d/_rels/d.xml.rels", image.as_bytes()),
            ("xl/m/a.png", file),
        ]);
        let mut package = Package::open(&bytes).expect("opened");
        let (mut sink, mut sheet) = (Sink::default(), Sheet::default());
        take(&mut package, "xl/w/s.xml", "rId9", &mut sink, &mut sheet).expect("read");
        assert_eq!(sink.image_bytes, sheet.images.iter().map(|image| image.bytes.len()).sum::<usize>());
        take(&mut package, "xl/w/s.xml", "rId8", &mut sink, &mut sheet).expect("no such drawing");
        (sheet.pictures, sheet.images.iter().map(|image| (image.row, image.col)).collect())
    }

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

    #[test]
    fn pictures_stand_at_their_first_cells() {
        let blip = "<pic><blip r:embed='p'/></pic>";
        let all = anchor("twoCellAnchor", "7", blip) + &anchor("oneCellAnchor", "3", blip);
        assert_eq!(pictures(&all, PNG), (vec![(3, 2), (7, 2)], vec![(7, 2), (3, 2)]));
        for (none, anchors) in [
            ("a shape", anchor("twoCellAnchor", "7", "<sp/>")),
            ("no cell", anchor("absoluteAnchor", "7", blip)),
            ("no number", anchor("twoCellAnchor", "x", blip)),
            (
                "a shape after a picture without a cell",
                anchor("twoCellAnchor", "", blip) + &anchor("twoCellAnchor", "7", "<sp/>"),
            ),
        ] {
            assert_eq!(pictures(&anchors, PNG), (vec![], vec![]), "{none}");
        }
        let strange = anchor("twoCellAnchor", "7", "<pic><blip r:embed='q'/></pic>");
        assert_eq!(pictures(&strange, PNG), (vec![(7, 2)], vec![]), "without a file");
    }

    #[test]
    fn only_small_pictures_are_kept_and_only_pictures() {
        let one = anchor("twoCellAnchor", "1", "<pic><blip r:embed='p'/></pic>");
        let kept = |anchors: &str, file: &[u8]| pictures(anchors, file).1.len();
        for head in [&b"\x89PNG\r\n"[..], b"\xff\xd8\xff", b"GIF8", b"BM"] {
            assert_eq!(kept(&one, head), 1);
        }
        assert_eq!((kept(&one, b"%PDF"), kept(&one, b"")), (0, 0));
        let of = |bytes: usize| [PNG, &vec![0; bytes - PNG.len()]].concat();
        assert_eq!((kept(&one, &of(images::MOST_BYTES)), kept(&one, &of(images::MOST_BYTES + 1))), (1, 0));
        assert_eq!(kept(&one.repeat(9), &of(images::MOST_BYTES)), 8, "a megabyte in all");
    }
}
