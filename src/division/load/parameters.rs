//! Reads 参数, the settings in the division.

use super::columns::parameter as col;
use super::lines::{Line, Lines};
use super::sheets;
use crate::basis::place::Traced;
use crate::read::Workbook;

/// The settings in the division: names (Chinese or English) and values, with their places.
pub fn parameters(book: &Workbook) -> Vec<Traced<(String, String)>> {
    let Some(number) = sheets::find(book).parameters else { return Vec::new() };
    let lines = Lines::read(book, number, &col::columns());
    let mut found = Vec::new();
    for line in lines.all() {
        let Line::Data(table, row) = line else { continue };
        let name = lines.text(table, row, col::NAME);
        let Some(value) = lines.cell(table, row, col::VALUE) else { continue };
        // a parameter without a value leaves the default
        if !name.is_empty() && !value.text.is_empty() {
            found.push(Traced { value: (name, value.text), place: value.place });
        }
    }
    found
}
