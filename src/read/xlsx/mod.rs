//! Office Open XML workbooks (xlsx, xlsm): the list of sheets and the parts they are stored in.

pub(super) mod drawing;
pub(super) mod appearance;
pub(super) mod images;
pub(crate) mod sheet;
mod strings;
mod styles;

use std::collections::BTreeMap;

use super::grid::{Sheet, Visibility, Workbook};
use super::numfmt::Shown;
use super::outcome::{Format, Limit, Notice, Refusal};
use super::package::Package;
use super::sink::Sink;
use super::xml::{Token, unescape};
use crate::basis::pool::Text;

/// The most sheets read from one workbook.
const MAX_SHEETS: usize = 1_000;

/// Data shared by all sheets of a workbook.
#[derive(Default)]
struct Shared {
    strings: Vec<Text>,
    styles: Vec<Shown>,
    since_1904: bool,
    /// Whether error cells with a rich value (`vm`) are pictures placed in cells.
    rich_pictures: bool,
    /// The files of pictures placed in cells, by name (WPS).
    cell_images: BTreeMap<String, String>,
}

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
    let mut sheets = Vec::with_capacity(listed.len());
    for (number, (mut sheet, relation)) in listed.into_iter().take(MAX_SHEETS).enumerate() {
        match relations.get(&relation) {
            Some(relation) if relation.kind == "worksheet" => {
                worksheet(&mut package, &relation.target, number, &shared, &mut sink, &mut sheet)?;
            }
            Some(relation) => sheet.other = Some(relation.kind.clone()),
            None => sheet.unreadable = Some("its part is not named".into()),
        }
        sheets.push(sheet);
    }
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

/// An entry of a relations part.
pub(super) struct Relation {
    /// The last segment of its type: `worksheet`, `sharedStrings` …
    pub(super) kind: String,
    /// The path of its target in the package.
    pub(super) target: String,
}

/// The path of the main part as the package gives it, else the usual one.
pub(super) fn main_part(package: &mut Package<'_>, usual: &str) -> Result<String, Refusal> {
    let named = relations(package, "")?.into_values().find(|relation| relation.kind == "officeDocument");
    match named.map(|relation| relation.target).filter(|path| package.has(path)) {
        Some(path) => Ok(path),
        None if package.has(usual) => Ok(usual.into()),
        None => Err(Refusal::Damaged("no workbook part".into())),
    }
}

/// The relations of a part by id; empty when it has none.
pub(super) fn relations(package: &mut Package<'_>, of: &str) -> Result<BTreeMap<String, Relation>, Refusal> {
    let (folder, file) = of.rsplit_once('/').unwrap_or(("", of));
    let mut out = BTreeMap::new();
    let Some(xml) = package.xml(&format!("{folder}/_rels/{file}.rels")) else { return Ok(out) };
    let mut xml = xml?;
    loop {
        match xml.next()? {
            Token::Start(tag) if tag.name == b"Relationship" => {
                let kind = tag.text("Type").unwrap_or_default();
                let kind = kind.rsplit('/').next().unwrap_or_default().to_string();
                let target = resolve(folder, &tag.text("Target").unwrap_or_default());
                out.insert(tag.text("Id").unwrap_or_default(), Relation { kind, target });
            }
            Token::Eof => return Ok(out),
            _ => {}
        }
    }
}

/// A target as a path in the package: absolute, or seen from the folder of the part that names it.
pub(crate) fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut steps: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.retain(|step| !step.is_empty());
    steps.join("/")
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

/// The custom document properties, as text.
pub(super) fn properties(package: &mut Package<'_>) -> Result<BTreeMap<String, String>, Refusal> {
    let mut out = BTreeMap::new();
    let Some(xml) = package.xml("docProps/custom.xml") else { return Ok(out) };
    let mut xml = xml?;
    let (mut name, mut value) = (None, String::new());
    loop {
        match xml.next()? {
            Token::Start(tag) if tag.name == b"property" => name = tag.text("name"),
            Token::End(b"property") => {
                if let Some(name) = name.take() {
                    out.insert(name, value.trim().to_string());
                }
                value.clear();
            }
            Token::Text(raw) if name.is_some() => unescape(raw, &mut value),
            Token::Eof => return Ok(out),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn targets_are_paths_in_the_package() {
        let shown = |folder, target| super::resolve(folder, target);
        assert_eq!(shown("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(shown("xl/worksheets", "../drawings/drawing1.xml"), "xl/drawings/drawing1.xml");
        assert_eq!(shown("xl", "/xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(shown("", "/xl/workbook.xml"), "xl/workbook.xml");
        assert_eq!(shown("xl", "../../../../etc/passwd"), "etc/passwd");
    }
}
