//! Where rows of the consolidated workbook came from, and the columns of those files.

use std::collections::BTreeMap;

use crate::basis::place::Area;
use crate::basis::text::fold;

/// Where a row came from.
pub(super) struct Source {
    pub(super) file: String,
    pub(super) sheet: String,
    /// Its row in the source, 1-based; in a cross-tab its cell (D5).
    pub(super) at: String,
}

impl Source {
    /// Whether it is a single cell, as in a cross-tab.
    pub(super) fn is_cell(&self) -> bool {
        self.at.starts_with(|c: char| c.is_ascii_alphabetic())
    }

    /// Whether a text is its file, or file and sheet; folders before the file name may be left out.
    pub(super) fn is_meant(&self, named: &str) -> bool {
        let named = fold(named);
        [fold(&self.file), fold(&format!("{}!{}", self.file, self.sheet))]
            .iter()
            .any(|full| *full == named || full.ends_with(&format!("/{named}")) || full.ends_with(&format!("!{named}")))
    }
}

/// What the cell of a cross-tab says.
const CELL: &[&str] = &["完成情况", "日期", "进展", "数量"];

/// Columns in the source by (file, sheet, field or heading), from `run.json`; a sheet may hold several.
pub(super) type Columns = BTreeMap<(String, String, String), Vec<Column>>;

/// A column of a source.
pub(super) struct Column {
    letters: String,
    /// In a form: the form's area and the row of the value.
    form: Option<(Area, u32)>,
}

/// The columns of all files of a run.
pub(super) fn source_columns(run: &serde_json::Value) -> Columns {
    let mut columns = Columns::new();
    let list = |value: &serde_json::Value| value.as_array().cloned().unwrap_or_default();
    let word = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    for file in list(&run["files"]) {
        for sheet in list(&file["sheets"]) {
            for column in list(&sheet["columns"]) {
                let form = Area::parse(&word(&sheet["heading"])).zip(Area::parse(&word(&column["cell"])));
                for name in [&column["heading"], &column["field"]] {
                    let key = (word(&file["path"]), word(&sheet["name"]), word(name));
                    let form = form.map(|(area, cell)| (area, cell.top));
                    columns.entry(key).or_default().push(Column { letters: word(&column["column"]), form });
                }
            }
        }
    }
    columns
}

/// The cell of a source that holds what stands under a heading.
pub(super) fn source_cell(source: &Source, heading: &str, columns: &Columns) -> Option<String> {
    // 序号 of the consolidated ledger is its own
    if heading == "序号" {
        return None;
    }
    let key = (source.file.clone(), source.sheet.clone(), heading.to_owned());
    let known = columns.get(&key).map(Vec::as_slice).unwrap_or_default();
    // Of the forms of a sheet the last that begins at or above the record is its own, or like its own.
    let own_form = Area::parse(&source.at).filter(|_| source.is_cell()).and_then(|at| {
        let forms = known.iter().filter_map(|column| Some((column, column.form?)));
        let above = forms.filter(|(_, (area, _))| area.left == at.left && area.top <= at.top);
        let (column, (area, row)) = above.max_by_key(|(_, (area, _))| area.top)?;
        Some(format!("{}{}", column.letters, at.top + row - area.top + 1))
    });
    let in_row = || {
        let column = known.iter().rev().find(|column| column.form.is_none())?;
        Some(format!("{}{}", column.letters, row_number(&source.at)?))
    };
    let own = || (source.is_cell() && CELL.contains(&heading)).then(|| source.at.clone());
    own_form.or_else(in_row).or_else(own)
}

/// The rows that the form of a record covers, if it is one.
pub(super) fn form_of(source: &Source, columns: &Columns) -> Option<Area> {
    let at = Area::parse(&source.at).filter(|_| source.is_cell())?;
    let own = columns.iter().filter(|(key, _)| key.0 == source.file && key.1 == source.sheet);
    let forms = own.flat_map(|(_, columns)| columns).filter_map(|column| Some(column.form?.0));
    let area = forms.filter(|area| area.left == at.left && area.top <= at.top).max_by_key(|area| area.top)?;
    Some(Area { top: at.top, bottom: at.top + area.bottom - area.top, ..area })
}

/// The row in what names a row or a cell: 5, D5.
pub(super) fn row_number(name: &str) -> Option<u32> {
    name.trim_start_matches(|c: char| c.is_ascii_alphabetic()).parse().ok()
}
