//! Strangers' files: each hostile class has its expected end, and none brings the reader down.

pub(crate) mod build;
mod old;
mod plain;
mod word;
mod zipped;

use taizhang::basis::place::Area;
use taizhang::read::{self, Notice, Raw, Refusal, Sheet, Workbook};

/// What reading comes to, drawn: the cells of all sheets and the notices, or why it was refused.
pub(crate) fn seen(bytes: &[u8], name: &str) -> String {
    let read = read::read(bytes, name);
    let seen = match &read {
        Ok(book) => drawn(book),
        Err(refusal) => match refusal {
            Refusal::Damaged(_) => "damaged".into(),
            Refusal::OverBudget(_) => "over budget".into(),
            Refusal::Stopped(_) => "stopped".into(),
            Refusal::NotATable(Some(kind)) => format!("not a table: {kind}"),
            Refusal::NotATable(None) => "not a table".into(),
            other => format!("{other:?}").to_lowercase(),
        },
    };
    crate::chinese::assert_file(read, name);
    seen
}

fn drawn(book: &Workbook) -> String {
    let mut out = Vec::new();
    for sheet in &book.sheets {
        if book.sheets.len() > 1 {
            out.push(format!("[{}]", sheet.name));
        }
        if sheet.unreadable.is_some() {
            out.push("unreadable".into());
        }
        out.extend(cells(book, sheet));
        for hidden in &sheet.hidden_rows {
            out.push(format!("hidden {}", hidden + 1));
        }
        for &(row, col) in &sheet.pictures {
            out.push(format!("picture {}", Area::cell(row, col)));
        }
    }
    for notice in &book.notices {
        out.push(match notice {
            Notice::ContentNotExtension(extension) => format!("!not {extension}"),
            Notice::Budget { .. } => "!budget".into(),
            Notice::BadCell { area, .. } => format!("!bad{}", area.map_or(String::new(), |area| format!(" {area}"))),
            Notice::Garbled { garbled, all } => format!("!garbled {garbled} of {all}"),
            Notice::EncodingGuessed(encoding) => format!("!encoding {encoding}?"),
            Notice::SheetNameRepeated(sheet) => format!("!repeated {sheet}"),
        });
    }
    out.join(" ")
}

/// The cells of a sheet, each as `A1=…`.
pub(crate) fn cells(book: &Workbook, sheet: &Sheet) -> Vec<String> {
    let mut out = Vec::new();
    for row in &sheet.grid.rows {
        for &(col, raw) in &row.cells {
            let value = match raw {
                Raw::Empty => "nothing".into(),
                Raw::Text(text) => book.texts.get(text).to_string(),
                Raw::Number { value, percent } => format!("{value}{}", if percent { "%" } else { "" }),
                Raw::Date(moment) => moment.format("%F %T").to_string(),
                Raw::Duration(length) => format!("{}s", length.num_seconds()),
                Raw::Truth(truth) => truth.to_string(),
                Raw::Fault(text) => format!("fault {}", book.texts.get(text)),
                Raw::Uncalculated => "uncalculated".into(),
                Raw::DigitsLost(text) => format!("digits {}", book.texts.get(text)),
            };
            out.push(format!("{}={value}", Area::cell(row.index, col)));
        }
    }
    out
}
