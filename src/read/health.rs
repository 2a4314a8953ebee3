//! The health of a workbook (体检), whatever stands in it: what is hidden, lost, struck out or linked, and who saved it last.

mod colours;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::grid::{Raw, Sheet, Workbook};
use super::outcome::{Format, Refusal};
pub use super::package_health::Saved;
use super::package_health::{PackageHealth, SheetHealth};
use super::xlsx;
use crate::basis::place::Area;

/// How the names of properties begin by which this program knows its own forms and copies.
const OURS: &str = "taizhang-";

/// Something that may be amiss in a file, in the order in which it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Ailment {
    /// Rows with content are hidden.
    HiddenRows,
    /// Rows with content are hidden by a filter.
    FilteredRows,
    /// A sheet with content is hidden.
    HiddenSheet,
    /// A formula has no stored value.
    FormulaWithoutValue,
    /// A number has more digits than a spreadsheet keeps.
    DigitsLost,
    /// A cell shows an error such as #REF!.
    ErrorValue,
    /// Formulas refer to other files.
    ExternalLink,
    /// Text is struck through.
    StruckThrough,
    /// A merged cell covers cells that hold something.
    MergeOverData,
    /// Only the colour of cells tells rows apart.
    ColourAsState,
    /// A total is not the sum of its parts.
    SumDiffers,
    /// The second reader saw another value.
    ReadersDiffer,
}

impl Ailment {
    /// Its name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Ailment::HiddenRows => "hidden-rows",
            Ailment::FilteredRows => "filtered-rows",
            Ailment::HiddenSheet => "hidden-sheet",
            Ailment::FormulaWithoutValue => "formula-without-value",
            Ailment::DigitsLost => "digits-lost",
            Ailment::ErrorValue => "error-value",
            Ailment::ExternalLink => "external-link",
            Ailment::StruckThrough => "struck-through",
            Ailment::MergeOverData => "merge-over-data",
            Ailment::ColourAsState => "colour-as-state",
            Ailment::SumDiffers => "sum-differs",
            Ailment::ReadersDiffer => "readers-differ",
        }
    }
}

/// The health of a workbook.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Health {
    /// What is amiss, with the places: `台账!C7`, rows as `台账!5`.
    pub ailments: BTreeMap<Ailment, Vec<String>>,
    /// Who saved it last.
    pub saved: Saved,
}

impl Health {
    /// Notes a place.
    pub fn note(&mut self, ailment: Ailment, place: String) {
        self.ailments.entry(ailment).or_default().push(place);
    }
}

/// Reads the health of a workbook of any supported format; what stands only in the package is read of xlsx.
///
/// # Errors
/// A [`Refusal`] when nothing of it can be read.
pub fn health(bytes: &[u8], name: &str) -> Result<Health, Refusal> {
    of_book(&super::read(bytes, name)?, bytes)
}

/// The health of a workbook that was read from these bytes.
///
/// # Errors
/// A [`Refusal`] when its package is beyond the limits of the reader.
pub fn of_book(book: &Workbook, bytes: &[u8]) -> Result<Health, Refusal> {
    let package = match book.format {
        Format::Xlsx => xlsx::health::read(bytes)?,
        _ => PackageHealth::default(),
    };
    Ok(examined(book, package))
}

fn examined(book: &Workbook, package: PackageHealth) -> Health {
    let mut found = Health { saved: package.saved, ..Health::default() };
    let none = SheetHealth::default();
    let mut linked = false;
    let ours = book.properties.keys().any(|name| name.starts_with(OURS));
    for (at, sheet) in book.sheets.iter().enumerate() {
        let own = package.sheets.get(at).unwrap_or(&none);
        let cell = |row, col| format!("{}!{}", sheet.name, Area::cell(row, col));
        if sheet.is_hidden() && !sheet.grid.rows.is_empty() {
            found.note(Ailment::HiddenSheet, sheet.name.clone());
        }
        hidden_rows(sheet, own, &mut found);
        for row in &sheet.grid.rows {
            for &(col, raw) in &row.cells {
                let ailment = match raw {
                    Raw::Uncalculated => Ailment::FormulaWithoutValue,
                    Raw::DigitsLost(_) => Ailment::DigitsLost,
                    Raw::Fault(_) => Ailment::ErrorValue,
                    _ => continue,
                };
                found.note(ailment, cell(row.index, col));
            }
        }
        for &(row, col) in &own.linked {
            linked = true;
            found.note(Ailment::ExternalLink, cell(row, col));
        }
        for &(row, col) in &own.struck {
            found.note(Ailment::StruckThrough, cell(row, col));
        }
        for area in &sheet.merges {
            let covered =
                sheet.grid.rows.iter().filter(|row| (area.top..=area.bottom).contains(&row.index)).any(|row| {
                    let inside = |col: u32| (area.left..=area.right).contains(&col);
                    row.cells.iter().any(|&(col, _)| inside(col) && (row.index, col) != (area.top, area.left))
                });
            if covered {
                found.note(Ailment::MergeOverData, format!("{}!{area}", sheet.name));
            }
        }
        // In a copy that was sent back the colours are ours.
        if !own.fills.is_empty() && !ours {
            let places = colours::as_states(sheet, &book.texts, &own.fills);
            for area in places {
                found.note(Ailment::ColourAsState, format!("{}!{area}", sheet.name));
            }
        }
    }
    // A link that no formula of a sheet uses: of a name, a chart, a drop-down.
    if !linked {
        for link in package.links {
            found.note(Ailment::ExternalLink, link);
        }
    }
    found
}

/// The hidden rows that hold something, runs of them together.
fn hidden_rows(sheet: &Sheet, own: &SheetHealth, found: &mut Health) {
    let filled = |row: u32| sheet.grid.rows.binary_search_by_key(&row, |row| row.index).is_ok();
    let filtered = |row: u32| own.filters.iter().any(|area| area.top < row && row <= area.bottom);
    let mut run: Option<(Ailment, u32, u32)> = None;
    let mut end = |run: Option<(Ailment, u32, u32)>| {
        let Some((ailment, first, last)) = run else { return };
        let rows = if first == last { (first + 1).to_string() } else { format!("{}-{}", first + 1, last + 1) };
        found.note(ailment, format!("{}!{rows}", sheet.name));
    };
    for &row in sheet.hidden_rows.iter().filter(|row| filled(**row)) {
        let ailment = if filtered(row) { Ailment::FilteredRows } else { Ailment::HiddenRows };
        run = match run {
            Some((of, first, last)) if of == ailment && last + 1 == row => Some((of, first, row)),
            before => {
                end(before);
                Some((ailment, row, row))
            }
        };
    }
    end(run);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basis::pool::Texts;
    use crate::read::{Grid, Row};

    #[test]
    fn what_is_hidden_is_told_by_rows_and_only_where_it_holds_something() {
        let mut texts = Texts::default();
        let text = texts.intern("甲");
        let row = |index| Row { index, cells: vec![(0, Raw::Text(text))] };
        let rows = [0, 1, 2, 3, 5, 6].map(row).to_vec();
        let sheet = Sheet {
            name: "台账".into(),
            grid: Grid { rows },
            hidden_rows: vec![1, 2, 4, 6],
            merges: vec![Area { top: 2, left: 0, bottom: 3, right: 0 }, Area { top: 3, left: 0, bottom: 3, right: 2 }],
            ..Sheet::default()
        };
        let book = Workbook {
            format: Format::Xlsx,
            texts,
            sheets: vec![sheet],
            notices: Vec::new(),
            properties: BTreeMap::new(),
        };
        let filters = vec![Area { top: 5, left: 0, bottom: 6, right: 0 }];
        let package =
            PackageHealth { sheets: vec![SheetHealth { filters, ..Default::default() }], ..Default::default() };
        let found: Vec<_> = examined(&book, package).ailments.into_iter().collect();
        assert_eq!(
            found,
            [
                (Ailment::HiddenRows, vec!["台账!2-3".to_owned()]),
                (Ailment::FilteredRows, vec!["台账!7".to_owned()]),
                (Ailment::MergeOverData, vec!["台账!A3:A4".to_owned()]),
            ]
        );
    }

    #[test]
    fn values_and_what_the_package_says() {
        let mut texts = Texts::default();
        let fault = texts.intern("#N/A");
        let cells =
            vec![(0, Raw::Uncalculated), (1, Raw::DigitsLost(fault)), (2, Raw::Fault(fault)), (3, Raw::Truth(true))];
        let sheet = |hidden, cells: &[(u32, Raw)]| Sheet {
            name: if hidden { "旧表" } else { "台账" }.into(),
            grid: Grid { rows: vec![Row { index: 4, cells: cells.to_vec() }; usize::from(!cells.is_empty())] },
            visibility: if hidden { crate::read::Visibility::Hidden } else { crate::read::Visibility::Visible },
            ..Sheet::default()
        };
        let book = |sheets| Workbook {
            format: Format::Xlsx,
            texts: texts.clone(),
            sheets,
            notices: Vec::new(),
            properties: BTreeMap::new(),
        };
        let links = || vec!["汇总.xlsx".to_owned()];
        let of = |book: &Workbook, linked: Vec<(u32, u32)>, struck: Vec<(u32, u32)>| {
            let own = SheetHealth { struck, linked, ..SheetHealth::default() };
            let package = PackageHealth { sheets: vec![own], links: links(), ..PackageHealth::default() };
            let found = examined(book, package).ailments.into_iter();
            found.map(|(ailment, places)| format!("{} {}", ailment.name(), places.join(","))).collect::<Vec<_>>()
        };
        let plain = book(vec![sheet(false, &cells)]);
        let values = ["formula-without-value 台账!A5", "digits-lost 台账!B5", "error-value 台账!C5"];
        let mut all = of(&plain, vec![(1, 1)], vec![(2, 2)]);
        all.retain(|one| !values.contains(&one.as_str()));
        assert_eq!(all.len(), 2, "{all:?}");
        assert!(
            all.contains(&"external-link 台账!B2".to_owned()) && all.contains(&"struck-through 台账!C3".to_owned())
        );
        assert!(of(&plain, vec![], vec![]).contains(&"external-link 汇总.xlsx".to_owned()), "of no formula");
        let hidden = |cells| of(&book(vec![sheet(true, cells)]), vec![(1, 1)], vec![]);
        assert!(hidden(&cells[3..]).contains(&"hidden-sheet 旧表".to_owned()));
        assert!(!hidden(&[]).iter().any(|one| one.starts_with("hidden-sheet")), "nothing is in it");
    }

    #[test]
    fn colours_are_states_but_in_our_own_copies() {
        let mut texts = Texts::default();
        let mut row = |index: u32, cells: &[&str]| Row {
            index,
            cells: (0..).zip(cells.iter().map(|cell| Raw::Text(texts.intern(cell)))).collect(),
        };
        let rows = vec![
            row(0, &["编号", "任务", "情况"]),
            row(1, &["一", "甲"]),
            row(2, &["二", "乙"]),
            row(3, &["三", "丙"]),
        ];
        let of = |property: &str| {
            let sheet = Sheet { name: "台账".into(), grid: Grid { rows: rows.clone() }, ..Sheet::default() };
            let book = Workbook {
                format: Format::Xlsx,
                texts: texts.clone(),
                sheets: vec![sheet],
                notices: Vec::new(),
                properties: [(property.to_owned(), "x".to_owned())].into(),
            };
            let fills = [((0, 0), 1), ((0, 1), 1), ((0, 2), 1), ((1, 2), 2), ((2, 2), 3)].into();
            let own = SheetHealth { fills, ..SheetHealth::default() };
            let package = PackageHealth { sheets: vec![own], ..PackageHealth::default() };
            examined(&book, package).ailments.remove(&Ailment::ColourAsState)
        };
        assert_eq!(of("某"), Some(vec!["台账!C2:C3".to_owned()]));
        assert_eq!(of("taizhang-某"), None);
    }
}
