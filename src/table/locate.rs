//! Finding the tables of a sheet: heading rows of one to three rows with merged cells, the columns below them,
//! and what each row below is.

use serde::{Deserialize, Serialize};

use super::heading::{Finder, Heading};
use super::rows::Body;
use super::{FieldId, Lexicon, shown};
use crate::basis::place::Area;
use crate::basis::pool::Texts;
use crate::basis::text;
use crate::read::{Raw, Row, Sheet};

/// One table of a sheet.
#[derive(Clone, Debug)]
pub struct Table {
    /// The heading rows.
    pub heading: Area,
    /// Why these rows were taken for the heading, for `inspect`.
    pub why: String,
    /// Its columns from left to right.
    pub columns: Vec<Column>,
    /// Whether the [`Lexicon`] finds it worth reading; if not, a heading was found all the same (S12).
    pub readable: bool,
    /// Rows below the heading that belong to it, ascending and without gaps, each with what it is.
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
    /// What it would mean too, if a better column did not hold that field already.
    pub also: Option<FieldId>,
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

/// Finds the tables of a sheet that are worth reading, from top to bottom.
pub fn locate(sheet: &Sheet, texts: &Texts, lexicon: &dyn Lexicon) -> Vec<Table> {
    survey(sheet, texts, lexicon).into_iter().filter(|table| table.readable).collect()
}

/// Finds everything with a heading in a sheet, from top to bottom: tables worth reading, and those that lack the
/// columns for it ([`Table::readable`]).
pub fn survey(sheet: &Sheet, texts: &Texts, lexicon: &dyn Lexicon) -> Vec<Table> {
    let finder = Finder::new(sheet, texts, lexicon);
    let rows = &sheet.grid.rows;
    let mut tables: Vec<Table> = Vec::new();
    let mut open: Option<Body<'_>> = None;
    let mut loose: Vec<&Row> = Vec::new();
    let mut at = 0;
    while let Some(row) = rows.get(at) {
        let known = open.as_ref().map(|body| &body.heading);
        if let Some(heading) = finder.heading_at(at, known) {
            let past = heading.area.bottom;
            if let Some(body) = open.take() {
                let (table, opening) = body.close(sheet, texts, lexicon, true);
                tables.push(table);
                loose = opening;
            }
            let above = lines(loose.drain(..), texts);
            open = Some(Body::new(heading, above, texts));
            at += rows[at..].partition_point(|r| r.index <= past);
        } else {
            match &mut open {
                Some(body) => body.push(row),
                None => loose.push(row),
            }
            at += 1;
        }
    }
    if let Some(body) = open {
        tables.push(body.close(sheet, texts, lexicon, false).0);
    }
    // A line of labels above the real heading looks like a heading without rows.
    if tables.iter().any(|table| table.readable) {
        let mut above = Vec::new();
        tables.retain_mut(|table| {
            let real = table.readable || table.rows.iter().any(|row| row.1 == RowClass::Data);
            if real {
                above.append(&mut table.above);
                table.above = std::mem::take(&mut above);
            } else {
                above.append(&mut table.above);
            }
            real
        });
    }
    tables
}

/// The texts of rows that stand outside a table, cell by cell.
pub fn lines<'a>(rows: impl IntoIterator<Item = &'a Row>, texts: &Texts) -> Vec<(u32, u32, String)> {
    /// More lines than this above or below a table are no title lines.
    const MOST: usize = 400;
    rows.into_iter()
        .flat_map(|row| row.cells.iter().map(|&(col, raw)| (row.index, col, shown(raw, texts).into_owned())))
        .filter(|line| !line.2.is_empty())
        .take(MOST)
        .collect()
}

/// Whether a cell holds nothing that a user sees.
pub(super) fn is_blank(raw: Raw, texts: &Texts) -> bool {
    match raw {
        Raw::Empty => true,
        Raw::Text(text) => texts.get(text).trim().is_empty(),
        _ => false,
    }
}

impl Heading {
    /// The table that this heading opens.
    pub(super) fn table(self, readable: bool, above: Vec<(u32, u32, String)>) -> Table {
        Table {
            heading: self.area,
            why: self.why,
            columns: self.columns,
            readable,
            rows: Vec::new(),
            above,
            below: Vec::new(),
        }
    }
}

/// The unit of measure in a heading's brackets: `计划投资（万元）`, `完成率(%)`.
pub(super) fn unit_of(heading: &str) -> Option<String> {
    const UNITS: &[&str] = &[
        "元", "万元", "千元", "亿元", "%", "人", "人次", "万人", "次", "场", "场次", "处", "个", "件", "项", "条",
        "块", "份", "张", "幅", "户", "家", "辆", "台", "套", "小时", "分钟", "天", "米", "公里", "千米", "平方米",
        "万平方米", "亩", "公顷", "吨", "公斤", "篇", "期", "名", "面", "盏", "棵", "株", "组", "支", "分", "‰",
        "千瓦时", "度",
    ];
    let folded = text::fold(heading);
    let (_, last) = folded.rsplit_once('(')?;
    let inner = last.split(')').next()?.trim_start_matches("单位:").trim_start_matches("单位");
    UNITS.contains(&inner).then(|| inner.to_owned())
}
