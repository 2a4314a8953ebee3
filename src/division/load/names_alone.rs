//! 单位名录 as a list of names: under their heading stands nothing else that a roster asks for.

use super::columns::Columns;
use crate::basis::place::Area;
use crate::basis::pool::Texts;
use crate::basis::text::{fold, heading_key};
use crate::read::{Row, Sheet};
use crate::table::{Column, FieldId, Furniture, Lexicon, RowClass, Table, own_columns, shown};

/// The table below the only heading of a field, with a row for each name; none where no such heading has names below it.
pub(super) fn table(sheet: &Sheet, texts: &Texts, lexicon: &Columns, name: FieldId) -> Option<Table> {
    let filled = |row: &Row| row.cells.iter().filter(|cell| !shown(cell.1, texts).is_empty()).count();
    let of = |row: &Row| {
        let bound = |cell: &&(u32, _)| lexicon.field(&heading_key(&shown(cell.1, texts))) == Some(name);
        row.cells.iter().find(bound).map(|cell| cell.0)
    };
    let rows = &sheet.grid.rows;
    // Only titles stand above the heading.
    let at = rows.iter().position(|row| filled(row) > 1 || of(row).is_some())?;
    let col = of(&rows[at])?;
    let top = rows[at].index;
    let heading = Area { top, bottom: top, left: rows[at].cells.first()?.0, right: rows[at].cells.last()?.0 };
    let columns = own_columns(sheet, texts, heading).into_iter().map(|column| {
        let heading = shown(sheet.grid.get(top, column.col), texts).into_owned();
        Column { field: (column.col == col).then_some(name), heading, ..column }
    });
    let class = |row: &Row| match shown(row.get(col), texts) {
        text if text.is_empty() => RowClass::Blank,
        text if is_name(&text) => RowClass::Data,
        _ => RowClass::Furniture(Furniture::Footer),
    };
    let rows: Vec<_> = rows[at + 1..].iter().map(|row| (row.index, class(row))).collect();
    rows.iter().any(|row| row.1 == RowClass::Data).then(|| Table {
        heading,
        headless: false,
        why: String::new(),
        columns: columns.collect(),
        axes: Vec::new(),
        readable: true,
        by_shape: false,
        rows,
        elsewhere: Vec::new(),
        above: Vec::new(),
        below: Vec::new(),
    })
}

/// Whether a text may be a name: not a note, a signature or a sum.
fn is_name(text: &str) -> bool {
    /// Longer texts are sentences.
    const LONGEST: usize = 20;
    let folded = fold(text);
    let told =
        folded.contains([':', '。', ';']) || ["合计", "小计", "总计", "共计"].iter().any(|sum| folded.starts_with(sum));
    !told && text.chars().count() <= LONGEST && folded.chars().any(char::is_alphabetic)
}
