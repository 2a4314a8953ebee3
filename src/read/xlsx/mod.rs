//! Office Open XML workbooks (xlsx, xlsm): the list of sheets and the parts they are stored in.

pub(super) mod drawing;
pub(super) mod appearance;
pub(super) mod health;
pub(super) mod images;
pub(crate) mod sheet;
mod shared;
mod strings;
mod styles;

use super::grid::{Sheet, Visibility, Workbook};
use super::outcome::{Format, Limit, Notice, Refusal};
use super::package::Package;
use super::relations::{main_part, properties, relations, worksheets};
use super::sink::Sink;
use super::xml::Token;
use shared::Shared;

/// The most sheets read from one workbook.
const MAX_SHEETS: usize = 1_000;

/// Reads an xlsx or xlsm workbook.
pub(super) fn read(bytes: &[u8]) -> Result<Workbook, Refusal> {
    let mut package = Package::open(bytes)?;
    let book = main_part(&mut package, "xl/workbook.xml")?;
    let relations = relations(&mut package, &book)?;
    let (listed, since_1904) = sheets(&mut package, &book)?;

    let mut sink = Sink::default();
    let target = |kind: &str| relations.values().find(|relation| relation.kind == kind).map(|r| r.target.as_str());
    let mut shared = Shared { since_1904, rich_pictures: target("richValueRel").is_some(), ..Shared::default() };
    if let Some(part) = target("sharedStrings").and_then(|path| package.xml(path)) {
        shared.strings = strings::read(part?, &mut sink)?;
    }
    if let Some(part) = target("styles").and_then(|path| package.xml(path)) {
        shared.styles = styles::read(part?)?;
    }

    shared.cell_images = images::of_cells(&mut package)?;

    if listed.len() > MAX_SHEETS {
        sink.notices.push(Notice::Budget { sheet: None, limit: Limit::Sheets(MAX_SHEETS as u64) });
    }
    let listed = listed.into_iter().take(MAX_SHEETS).collect();
    let sheets = worksheets(listed, &relations, |path, number, sheet| {
        worksheet(&mut package, path, number, &shared, &mut sink, sheet)
    })?;
    let properties = properties(&mut package)?;
    Ok(sink.finish(Format::Xlsx, sheets, properties))
}

fn worksheet(
    package: &mut Package<'_>,
    path: &str,
    number: usize,
    shared: &Shared,
    sink: &mut Sink,
    sheet: &mut Sheet,
) -> Result<(), Refusal> {
    let Some(part) = package.xml(path) else {
        sheet.unreadable = Some("its part is missing".into());
        return Ok(());
    };
    let drawing = sheet::read(part?, number, shared, sink, sheet)?;
    if let Some(id) = drawing {
        drawing::take(package, path, &id, sink, sheet)?;
    }
    for (row, col, name) in std::mem::take(&mut sink.named_pictures) {
        if let Some(file) = shared.cell_images.get(&name) {
            images::take(package, file, (row, col), sink, sheet)?;
        }
    }
    sheet.images.sort_by_key(|image| (image.row, image.col));
    Ok(())
}

/// The sheets in order, each with the id of its relation, and whether dates count from 1904.
fn sheets(package: &mut Package<'_>, book: &str) -> Result<(Vec<(Sheet, String)>, bool), Refusal> {
    let (mut listed, mut since_1904) = (Vec::new(), false);
    let Some(xml) = package.xml(book) else { return Ok((listed, since_1904)) };
    let mut xml = xml?;
    loop {
        match xml.next()? {
            // What later versions add calls other things by the same names.
            Token::Start(tag) if tag.name == b"extLst" => xml.skip()?,
            Token::Start(tag) if tag.name == b"workbookPr" => since_1904 = tag.is("date1904"),
            Token::Start(tag) if tag.name == b"sheet" => {
                let visibility = match tag.attribute("state") {
                    Some(b"hidden" | b"veryHidden") => Visibility::Hidden,
                    _ => Visibility::Visible,
                };
                let name = tag.text("name").unwrap_or_default();
                listed.push((Sheet { name, visibility, ..Sheet::default() }, tag.text("id").unwrap_or_default()));
            }
            Token::Eof => return Ok((listed, since_1904)),
            _ => {}
        }
    }
}
