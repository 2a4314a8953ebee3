//! The types a sheet is divided into: tables with columns and rows, and regions without a heading.

use std::ops::RangeInclusive;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::FieldId;
use crate::basis::place::Area;

/// A sheet divided into its regions.
#[derive(Clone, Debug, Default)]
pub struct Parted {
    /// Everything with a heading, in reading order.
    pub tables: Vec<Table>,
    /// Everything without a heading, in reading order.
    pub loose: Vec<Loose>,
}

/// A table in a sheet.
#[derive(Clone, Debug)]
pub struct Table {
    /// The heading rows; all its cells where it has no heading of its own.
    pub heading: Area,
    /// Whether it has no heading of its own: it carries on another table, or nobody knows what it is.
    pub headless: bool,
    /// Why these rows were taken for the heading, for `inspect`.
    pub why: String,
    /// Its columns from left to right.
    pub columns: Vec<Column>,
    /// Of a cross-tab the columns whose headings are values, from left to right; none of a list.
    pub axes: Vec<AxisColumn>,
    /// Whether the [`super::Lexicon`] finds it worth reading; if not, a heading was found all the same (S12).
    pub readable: bool,
    /// Whether the heading was recognised by its shape and the cells below it, not by known words.
    pub by_shape: bool,
    /// The rows of the table below the heading, ascending and as found without gaps, each with its class.
    pub rows: Vec<(u32, RowClass)>,
    /// Of these, the rows that another window has: they are told apart and are gone from `rows`.
    pub elsewhere: Vec<RangeInclusive<u32>>,
    /// Lines above the heading: titles and 填报单位：… lines, as (row, column, text).
    pub above: Vec<Line>,
    /// Lines below the last row: signature and 填表人：… lines.
    pub below: Vec<Line>,
}

impl Table {
    /// Whether it is a form, or several like it: its heading is the first of them, its rows are their first rows.
    pub fn is_form(&self) -> bool {
        self.columns.first().is_some_and(|column| column.below.is_some())
    }

    /// Its heading and its rows.
    pub fn extent(&self) -> Area {
        if self.is_form() {
            let last = self.rows.last().map_or(self.heading.top, |row| row.0);
            return Area { bottom: last + self.heading.bottom - self.heading.top, ..self.heading };
        }
        let bottom = self.rows.last().map_or(self.heading.bottom, |row| row.0.max(self.heading.bottom));
        Area { bottom, ..self.heading }
    }
}

/// What a heading of a cross-tab is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// A unit of the roster.
    Unit,
    /// A task of the division, or its code.
    Task,
    /// A month, a week, a day.
    Period,
}

/// A column of a cross-tab: what its heading says is true of every record in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AxisColumn {
    /// The column; its field is that of a heading below the axis (8月/完成情况), none where the cells say what they are.
    pub column: Column,
    /// The unit that its heading names, as written.
    pub unit: Option<String>,
    /// The task that its heading names, as written.
    pub task: Option<String>,
    /// The period that its heading names, as written.
    pub period: Option<String>,
    /// The first and the last day of that period, once they are known.
    pub days: Option<(NaiveDate, NaiveDate)>,
}

impl AxisColumn {
    /// Whether its records are of the same unit, task and period as another's.
    pub fn is_of_same(&self, other: &AxisColumn) -> bool {
        (&self.unit, &self.task, &self.period) == (&other.unit, &other.task, &other.period)
    }
}

/// A text outside a table: row, column, text.
pub type Line = (u32, u32, String);

/// A region without a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loose {
    /// Its cells.
    pub area: Area,
    /// What it looks like.
    pub kind: LooseKind,
}

/// What a region without heading looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LooseKind {
    /// Similar rows of several cells.
    Rows,
    /// Labels with values or empty cells for them.
    Form,
    /// Lines of text: notes, a guide.
    Words,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// 0-based column of the sheet.
    pub col: u32,
    /// The heading as shown, its rows joined by `/`.
    pub heading: String,
    /// The field it is bound to; none when unknown.
    pub field: Option<FieldId>,
    /// The field it would be bound to if a better column did not have it already.
    pub also: Option<FieldId>,
    /// The unit in the heading's brackets: 万元, %.
    pub unit: Option<String>,
    /// Where the heading stands.
    pub area: Area,
    /// What its cells contain, if the field was decided by these and not by the heading.
    pub told_by: Option<Told>,
    /// In a cross-tab: that it is no column of the sheet, and where its values come from.
    pub crossed: Option<Crossed>,
    /// The columns of the sheet that say its value together, where it takes several.
    pub together: Option<Together>,
    /// In a form: by how many rows its value stands below the form's first row; none where each record is a row.
    pub below: Option<u32>,
}

impl Column {
    /// Whether it is read from the same cells as another, in the same way.
    pub fn is_at(&self, other: &Column) -> bool {
        (self.col, self.below, &self.together) == (other.col, other.below, &other.together)
    }
}

/// Columns of a sheet that say one thing together, each with its own heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Together {
    /// The marked one is the state: 已完成 | 进行中 | 未开始.
    Marks(Vec<(u32, String)>),
    /// The day that stands instead of a mark below one of these, under which what is done is marked.
    DoneOn(Vec<(u32, String)>),
    /// The words in their cells that are no marks: those below a state, or all that tells of a task.
    Words(Vec<(u32, String)>),
    /// Parts of a day: 年 | 月 | 日.
    Day(Vec<(u32, String)>),
    /// The first and the last day: 起 | 止.
    Span(Vec<(u32, String)>),
    /// Kinds of evidence, each with a mark or an amount: 通知 | 照片 | 总结.
    Kinds(Vec<(u32, String)>),
}

/// Where the values of a record of a cross-tab come from that have no column of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Crossed {
    /// From the heading over its cell.
    Heading,
    /// From its cell.
    Cell,
}

/// The contents of a column that decided its field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Told {
    /// Running numbers.
    Numbers,
    /// Tasks of the division, or their codes.
    Tasks,
    /// Units of the roster.
    Units,
    /// Days.
    Days,
    /// States of a task.
    States,
    /// Values copied from the division.
    Division,
}

/// The class of a row below a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RowClass {
    /// A record.
    Data,
    /// A row without content, or with preprinted values only.
    Blank,
    /// A row that is part of the form.
    Furniture(Furniture),
}

/// Rows that are part of the form, not of its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Furniture {
    /// A section title over all columns: 一、…
    Section,
    /// 合计, 小计.
    Subtotal,
    /// Filling instructions and notes.
    Instruction,
    /// 填表人：… 审核人：… and signatures.
    Footer,
    /// The repeated heading, as after a page break.
    Heading,
    /// A row of column numbers (1 2 3 …) under the heading.
    Numbering,
}
