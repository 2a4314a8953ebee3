//! Small Word documents: plans of paragraphs and tables, and tables made from the sheets of a workbook.

#[path = "../../../src/read/docx/fixture.rs"]
mod fixture;

use std::fmt::Write as _;

use taizhang::basis::place::Area;
use taizhang::read::{Sheet, Workbook};
use taizhang::table::shown;

pub(crate) use fixture::{docx, p, table, tc, zip};

/// A document of paragraphs, one a line; lines with ` | ` are rows of a table.
pub(crate) fn plan(text: &str) -> Vec<u8> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let block = |lines: &[&str]| match lines {
        [first, ..] if first.contains(" | ") => table(&lines.join("\n")),
        lines => lines.iter().map(|line| p(line)).collect(),
    };
    let body: String = lines.chunk_by(|a, b| a.contains(" | ") == b.contains(" | ")).map(block).collect();
    docx(&body).bytes()
}

/// A workbook as a Word document: a table for each sheet that is shown, its merged cells merged, its hidden rows hidden.
/// With `titled` rows of one cell before the first that has more are paragraphs above the table, and so are those behind
/// the last below it; else they are rows.
pub(crate) fn twin(book: &Workbook, titled: bool) -> Vec<u8> {
    let visible = |sheet: &&Sheet| sheet.visibility == taizhang::read::Visibility::Visible;
    let sheets: Vec<&Sheet> = book.sheets.iter().filter(visible).collect();
    let mut body = String::new();
    for sheet in &sheets {
        if sheets.len() > 1 {
            body += &p(&sheet.name);
        }
        let Some(extent) = sheet.grid.extent() else { continue };
        let last = |rows: &dyn Fn(u32) -> bool| (0..=extent.bottom).filter(|row| rows(*row)).collect::<Vec<u32>>();
        let wide = last(&|row| sheet.grid.row(row).is_some_and(|row| row.cells.len() > 1));
        let (from, to) = match (wide.first(), wide.last()) {
            (Some(&from), Some(&to)) if titled => (from, to),
            _ => (0, extent.bottom),
        };
        let line = |row: u32| {
            let cells = sheet.grid.row(row).into_iter().flat_map(|row| &row.cells);
            cells.map(|(_, raw)| p(&shown(*raw, &book.texts))).collect::<String>()
        };
        body.extend((0..from).map(line));
        body += "<w:tbl><w:tblPr/>";
        for row in from..=to {
            body += &tr(book, sheet, row, extent.right);
        }
        body += "</w:tbl>";
        body.extend((to + 1..=extent.bottom).map(line));
    }
    docx(&body).bytes()
}

fn tr(book: &Workbook, sheet: &Sheet, row: u32, right: u32) -> String {
    let hidden = if sheet.hidden_rows.contains(&row) { "<w:trPr><w:hidden/></w:trPr>" } else { "" };
    let mut out = format!("<w:tr>{hidden}");
    let mut col = 0;
    while col <= right {
        let over = sheet.merges.iter().find(|area| area.contains(row, col) && area.left == col).copied();
        let area = over.unwrap_or(Area::cell(row, col));
        let mut props = String::new();
        if area.right > area.left {
            let _ = write!(props, "<w:gridSpan w:val=\"{}\"/>", area.right - area.left + 1);
        }
        if area.bottom > area.top {
            props += if row == area.top { "<w:vMerge w:val=\"restart\"/>" } else { "<w:vMerge/>" };
        }
        out += &tc(&props, &shown(sheet.grid.get(row, col), &book.texts));
        col = area.right + 1;
    }
    out + "</w:tr>"
}
