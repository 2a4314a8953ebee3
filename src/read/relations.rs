//! The parts of an Office Open XML package that lead to others, and its document properties.

use std::collections::BTreeMap;

use super::grid::Sheet;
use super::outcome::Refusal;
use super::package::Package;
use super::xml::{Token, unescape};

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

/// Reads the listed sheets of a workbook, each with the id of its relation. `worksheet` reads the part of a sheet with
/// cells, by its path and number.
pub(super) fn worksheets(
    listed: Vec<(Sheet, String)>,
    relations: &BTreeMap<String, Relation>,
    mut worksheet: impl FnMut(&str, usize, &mut Sheet) -> Result<(), Refusal>,
) -> Result<Vec<Sheet>, Refusal> {
    let mut sheets = Vec::with_capacity(listed.len());
    for (number, (mut sheet, relation)) in listed.into_iter().enumerate() {
        match relations.get(&relation) {
            Some(relation) if relation.kind == "worksheet" => worksheet(&relation.target, number, &mut sheet)?,
            Some(relation) => sheet.other = Some(relation.kind.clone()),
            None => sheet.unreadable = Some("its part is not named".into()),
        }
        sheets.push(sheet);
    }
    Ok(sheets)
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
