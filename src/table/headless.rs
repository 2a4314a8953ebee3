//! Rows without a heading of their own, read under columns that are given: those of the table they carry on, or merely
//! those they fill.

use std::collections::BTreeSet;

use super::body::Body;
use super::heading::{Finder, Heading};
use super::shape::{Column, Loose, Parted, Table};
use super::shown::{filled, is_lone, lines};
use super::{Lexicon, loose};
use crate::basis::place::{Area, column_letters};
use crate::basis::pool::Texts;
use crate::read::{Row, Sheet};

/// The table that the rows of an area make up under these columns, and what in the area is no part of it. Single cells
/// above the first row of several are title lines.
pub fn headless(
    sheet: &Sheet,
    texts: &Texts,
    lexicon: &dyn Lexicon,
    area: Area,
    columns: Vec<Column>,
) -> (Option<Table>, Vec<Loose>) {
    let finder = Finder::new(sheet, texts, lexicon);
    let rows = rows(sheet, area);
    let titles = rows.iter().take_while(|row| is_lone(row, texts)).count();
    let (above, body) = rows.split_at(titles);
    let (Some(first), Some(last)) = (body.first(), body.last()) else { return (None, loose::regions(&rows, texts)) };
    let area = Area { top: first.index, bottom: last.index, ..area };
    let heading = Heading::none(columns, area, lexicon);
    let mut open = Body::new(heading, lines(above.iter().copied(), texts), texts);
    for row in body {
        open.push(row);
    }
    let mut parted = Parted::default();
    open.finish(&finder, &mut parted);
    (parted.tables.pop(), parted.loose)
}

/// The columns that the rows of an area fill, named by their letters.
pub fn own_columns(sheet: &Sheet, texts: &Texts, area: Area) -> Vec<Column> {
    let rows = rows(sheet, area);
    let filled: BTreeSet<u32> = rows.iter().flat_map(|row| filled(row, texts).map(|cell| cell.0)).collect();
    let column = |col| Column {
        col,
        heading: format!("{}列", column_letters(col)),
        field: None,
        also: None,
        unit: None,
        area: Area { left: col, right: col, bottom: area.top, ..area },
        told_by: None,
        crossed: None,
        together: None,
        below: None,
    };
    filled.into_iter().map(column).collect()
}

fn rows(sheet: &Sheet, area: Area) -> Vec<&Row> {
    let rows = &sheet.grid.rows;
    let (from, to) =
        (rows.partition_point(|row| row.index < area.top), rows.partition_point(|row| row.index <= area.bottom));
    rows[from..to].iter().collect()
}
