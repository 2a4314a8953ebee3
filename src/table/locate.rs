//! Finding the tables of a sheet: heading rows of one to three rows with merged cells, the columns below them,
//! and what each row below is.

use serde::{Deserialize, Serialize};

use super::{FieldId, Lexicon};
use crate::basis::place::Area;
use crate::basis::texts::Texts;
use crate::read::Sheet;

/// One table of a sheet.
#[derive(Clone, Debug)]
pub struct Table {
    /// The heading rows.
    pub heading: Area,
    /// Why these rows were taken for the heading, for `inspect`.
    pub why: String,
    /// Its columns from left to right.
    pub columns: Vec<Column>,
    /// Rows below the heading that belong to it, ascending, each with what it is.
    pub rows: Vec<(u32, RowClass)>,
    /// Lines above the heading: titles and 填报单位：… lines, as (row, column, text).
    pub above: Vec<(u32, u32, String)>,
    /// Lines below the last row: signature and 填表人：… lines.
    pub below: Vec<(u32, u32, String)>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// 0-based column of the sheet.
    pub col: u32,
    /// The heading as shown, its rows joined by `/`.
    pub heading: String,
    /// What it means; none when unknown.
    pub field: Option<FieldId>,
    /// The unit in the heading's brackets: 万元, %.
    pub unit: Option<String>,
    /// Where the heading stands.
    pub area: Area,
}

/// What a row below a heading is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RowClass {
    /// A record.
    Data,
    /// Nothing in it.
    Blank,
    /// Something else, and what.
    Furniture(Furniture),
}

/// Rows that are part of the form, not of its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Furniture {
    /// 一、… (a section's title over the columns).
    Section,
    /// 合计, 小计.
    Subtotal,
    /// Filling instructions.
    Instruction,
    /// 填表人：… 审核人：… and signatures.
    Footer,
    /// The heading once more (after a page break).
    Heading,
    /// A row of column numbers (1 2 3 …) under the heading.
    Numbering,
}

/// Finds the tables of a sheet, from top to bottom.
pub fn locate(sheet: &Sheet, texts: &Texts, lexicon: &dyn Lexicon) -> Vec<Table> {
    let _ = (sheet, texts, lexicon);
    Vec::new()
}
