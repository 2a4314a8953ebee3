//! Recognises heading rows by their words: one to three rows with merged cells.

use std::cell::RefCell;

use hashbrown::HashMap;

use super::measures::is_measure;
use super::merges::Merges;
use super::shape::{Axis, Column, Line};
use super::shown::is_blank;
use super::{FieldId, Lexicon, words};
use crate::basis::place::Area;
use crate::basis::pool::{Text, Texts};
use crate::basis::text::{fold, heading_key};
use crate::read::{Raw, Row, Sheet};

/// A text of more bytes is not a heading.
const LONGEST: usize = 240;
/// The most rows of a heading.
pub(super) const TALLEST: u32 = 6;

/// A heading that was recognised.
#[derive(Debug)]
pub(super) struct Heading {
    /// Its rows and columns.
    pub(super) area: Area,
    /// Its columns.
    pub(super) columns: Vec<Column>,
    /// Why, for `inspect`.
    pub(super) why: String,
    /// The texts of each of its rows, to recognise a repetition.
    pub(super) texts: Vec<Vec<(u32, Text)>>,
    /// The number of distinct fields it binds.
    pub(super) known: usize,
    /// Whether it is worth reading.
    pub(super) readable: bool,
    /// Whether it was recognised by its shape, not by its words.
    pub(super) by_shape: bool,
    /// Positions of its rows in the grid.
    pub(super) at: (usize, usize),
    /// The first row below it.
    pub(super) first: u32,
}

/// Looks for headings in a sheet.
pub(super) struct Finder<'a> {
    pub(super) sheet: &'a Sheet,
    pub(super) texts: &'a Texts,
    pub(super) lexicon: &'a dyn Lexicon,
    pub(super) merges: Merges,
    /// The field of each text of the pool; a cache.
    memo: RefCell<HashMap<Text, Option<FieldId>>>,
    /// What each is on the axis of a cross-tab.
    pub(super) axes: RefCell<HashMap<Text, Option<Axis>>>,
}

impl<'a> Finder<'a> {
    pub(super) fn new(sheet: &'a Sheet, texts: &'a Texts, lexicon: &'a dyn Lexicon) -> Finder<'a> {
        Finder {
            sheet,
            texts,
            lexicon,
            merges: Merges::new(&sheet.merges),
            memo: RefCell::default(),
            axes: RefCell::default(),
        }
    }

    /// The heading that begins at the row at this position by its words, if one does. `known` is the heading of the table that is
    /// being read: within a table a row must look more like a heading, and the same heading again is a repetition.
    pub(super) fn worded_at(&self, at: usize, known: Option<&Heading>) -> Option<Heading> {
        let row = &self.sheet.grid.rows[at];
        if !self.may_be_heading(row, known.is_some()) {
            return None;
        }
        if known.is_some_and(|known| known.is_repeated_by(row) || self.is_record_of(row, known))
            || self.has_labelled_value(row)
            || self.is_labels_alone(row)
            || self.is_pair_of_labels_at(at)
        {
            return None;
        }
        let heading = self.build(at)?;
        if known.is_some() && !(heading.known >= 3 || heading.readable && heading.known >= 2) {
            return None;
        }
        // A row of labels or a title must not be taken for the heading above the real one.
        let below = at + 1;
        if let Some(next) = self.sheet.grid.rows.get(below)
            && next.index <= heading.area.bottom.max(heading.area.top + 1)
            && self.may_be_heading(next, false)
            && !self.tied(row.index)
            && self.build(below).is_some_and(|next| {
                next.known > heading.known || next.known == heading.known && next.readable && self.is_about_row(row)
            })
        {
            return None;
        }
        Some(self.with_groups(heading))
    }

    /// Whether a row has a task or a state of this campaign where a heading has its column: what else stands in it (重点任务
    /// under 任务类别, 照片 under 佐证材料) are no names of columns.
    fn is_record_of(&self, row: &Row, heading: &Heading) -> bool {
        heading.columns.iter().filter(|column| column.field.is_some()).any(|column| match row.get(column.col) {
            Raw::Text(text) => self.lexicon.is_value(&fold(self.texts.get(text))),
            _ => false,
        })
    }

    /// Whether a merged region spans the row and the next one.
    pub(super) fn tied(&self, row: u32) -> bool {
        self.merges.starting(row).iter().any(|m| m.bottom > row && m.bottom < row + TALLEST + 1)
    }

    /// A cheap first check that excludes most rows of data.
    fn may_be_heading(&self, row: &Row, in_table: bool) -> bool {
        let (mut words, mut numbers) = (0usize, 0usize);
        for &(_, raw) in &row.cells {
            match raw {
                Raw::Empty => {}
                Raw::Text(text) => {
                    let text = self.texts.get(text);
                    if text.len() > LONGEST {
                        return false;
                    }
                    words += usize::from(!text.trim().is_empty());
                }
                Raw::Number { .. } if !in_table => numbers += 1,
                _ => return false,
            }
        }
        if words < 2 || numbers * 3 > words {
            return false;
        }
        let known =
            row.cells.iter().filter(|&&(_, raw)| matches!(raw, Raw::Text(text) if self.field(text).is_some())).count();
        known >= if in_table { 2 } else { 1 } || self.merges.starting(row.index).iter().any(|m| m.right > m.left)
    }

    /// The field of a text as a heading by itself.
    pub(super) fn field(&self, text: Text) -> Option<FieldId> {
        if let Some(&known) = self.memo.borrow().get(&text) {
            return known;
        }
        let shown = self.texts.get(text);
        let field = if shown.len() > LONGEST || words::is_label_with_value(shown) {
            None
        } else {
            self.named(&heading_key(shown))
        };
        self.memo.borrow_mut().insert(text, field);
        field
    }

    /// The field of a heading's folded text, if the whole is not known without its translation (Remark 备注) or the unit of
    /// measure behind a slash (数量/处).
    pub(super) fn named(&self, key: &str) -> Option<FieldId> {
        let measured = || key.rsplit_once('/').filter(|(_, unit)| is_measure(unit)).map(|(name, _)| name);
        let shorter = || self.lexicon.field(words::without_translation(key).or_else(measured)?);
        self.lexicon.field(key).or_else(shorter)
    }

    /// The visible text cells of a row.
    pub(super) fn words<'r>(&'r self, row: &'r Row) -> impl Iterator<Item = (u32, Text)> + 'r {
        row.cells.iter().filter_map(|&(col, raw)| match raw {
            Raw::Text(text) if !self.texts.is_blank(text) => Some((col, text)),
            _ => None,
        })
    }

    pub(super) fn is_empty(&self, row: u32, col: u32) -> bool {
        is_blank(self.sheet.grid.get(row, col), self.texts)
    }

    /// The heading that begins at this row position, if its words are known.
    fn build(&self, at: usize) -> Option<Heading> {
        let heading = self.frame(at)?;
        let columns = &heading.columns;
        let named = columns.iter().filter(|c| !c.heading.is_empty()).count();
        let known = heading.known;
        let plain = || columns.iter().all(|c| c.heading.chars().count() <= 12);
        let enough =
            if heading.readable { known >= 2 || named >= 3 && plain() } else { known >= 3 && known * 5 >= named * 3 };
        (named >= 2 && enough && !self.is_form(heading.at.1, columns)).then_some(heading)
    }

    /// The heading that the rows from this position on would form.
    pub(super) fn frame(&self, at: usize) -> Option<Heading> {
        let rows = &self.sheet.grid.rows;
        let top = rows[at].index;
        let bottom = self.bottom(at);
        let height = rows[at..].iter().take(TALLEST as usize).take_while(|r| r.index <= bottom).count();
        let heading_rows = &rows[at..at + height];
        let columns = self.columns(heading_rows, (0, u32::MAX));
        if self.is_stacked(heading_rows) {
            return None;
        }
        let fields: Vec<FieldId> = columns.iter().filter_map(|c| c.field).collect();
        let area = Area {
            top,
            left: columns.iter().map(|c| c.col).min()?,
            bottom,
            right: columns.iter().map(|c| c.col).max()?,
        };
        Some(Heading {
            area,
            why: why(area, &columns),
            texts: heading_rows.iter().map(|row| self.words(row).collect()).collect(),
            columns,
            known: fields.len(),
            readable: self.lexicon.is_table(&fields),
            by_shape: false,
            at: (at, at + height),
            first: bottom + 1,
        })
    }

    /// The heading at this position where the texts of one accepted above stand again, whatever is below it.
    pub(super) fn again_at(&self, at: usize) -> Option<Heading> {
        self.frame(at).map(|heading| Heading { by_shape: true, ..heading })
    }
}

/// The cells of a heading: a column under a cell merged over several is not counted again.
pub(super) fn cells(columns: &[Column]) -> Vec<&Column> {
    let mut found: Vec<&Column> = Vec::with_capacity(columns.len());
    for column in columns {
        if !found.last().is_some_and(|last| last.heading == column.heading && last.area.right >= column.col) {
            found.push(column);
        }
    }
    found
}

/// The folded lowest text of a column's heading; a unit of measure below or behind it (金额/元) is none, nor are the same
/// words in another language.
pub(super) fn leaf(column: &Column) -> String {
    let mut parts = column.heading.rsplit('/').map(heading_key);
    let last = parts.next().unwrap_or_default();
    let last = if is_measure(&last) { parts.next().unwrap_or(last) } else { last };
    words::without_translation(&last).map_or(last.clone(), str::to_owned)
}

/// The explanation for `inspect`: which rows, and how many of their headings are known.
pub(super) fn why(area: Area, columns: &[Column]) -> String {
    let named = columns.iter().filter(|c| !c.heading.is_empty()).count();
    let known = columns.iter().filter(|c| c.field.is_some()).count();
    let (top, bottom) = (area.top + 1, area.bottom + 1);
    let lines = if top == bottom { format!("第{top}行") } else { format!("第{top}至{bottom}行") };
    format!("{lines}：{named} 个列名中识别出 {known} 个")
}

impl Heading {
    /// What stands for the heading of rows that have none of their own: the columns they have, from the area's first row
    /// on.
    pub(super) fn none(columns: Vec<Column>, area: Area, lexicon: &dyn Lexicon) -> Heading {
        let fields: Vec<FieldId> = columns.iter().filter_map(|c| c.field).collect();
        Heading {
            area,
            why: String::new(),
            texts: Vec::new(),
            known: fields.len(),
            readable: lexicon.is_table(&fields),
            by_shape: false,
            at: (0, 0),
            first: area.top,
            columns,
        }
    }

    /// Whether rows stand without a heading of their own.
    pub(super) fn is_none(&self) -> bool {
        self.texts.is_empty()
    }

    /// The part of this heading in the columns `from..=to`.
    pub(super) fn within(&self, finder: &Finder<'_>, from: u32, to: u32) -> Option<Heading> {
        let rows = &finder.sheet.grid.rows[self.at.0..self.at.1];
        let columns = finder.columns(rows, (from, to));
        let fields: Vec<FieldId> = columns.iter().filter_map(|c| c.field).collect();
        let (left, right) = (columns.first()?.col, columns.last()?.col);
        let area = Area { left, right, ..self.area };
        let own =
            |line: &Vec<(u32, Text)>| line.iter().filter(|cell| (left..=right).contains(&cell.0)).copied().collect();
        Some(Heading {
            why: why(area, &columns),
            texts: self.texts.iter().map(own).collect(),
            known: fields.len(),
            readable: finder.lexicon.is_table(&fields),
            by_shape: self.by_shape,
            at: self.at,
            first: self.first,
            columns,
            area,
        })
    }

    /// Takes its first row off if that is one text over all of its columns, the title of a table beside another.
    pub(super) fn take_title(&mut self, finder: &Finder<'_>) -> Option<Line> {
        let Area { left, right, top, bottom } = self.area;
        let &[(col, text)] = self.texts.first()?.as_slice() else { return None };
        let over = finder.merges.anchored(top, col);
        if bottom == top || over.bottom > top || over.left != left || over.right < right {
            return None;
        }
        let rows = &finder.sheet.grid.rows[self.at.0 + 1..self.at.1];
        self.columns = finder.columns(rows, (left, right));
        self.at.0 += 1;
        self.texts.remove(0);
        self.area.top = rows.first()?.index;
        let fields: Vec<FieldId> = self.columns.iter().filter_map(|c| c.field).collect();
        (self.known, self.readable) = (fields.len(), finder.lexicon.is_table(&fields));
        self.why = why(self.area, &self.columns);
        Some((top, col, finder.texts.get(text).trim().to_owned()))
    }

    /// Whether a row is the title of the next block: it stands right above this heading of one row again, and is none itself.
    pub(super) fn is_titled_by(&self, row: &Row, next: Option<&Row>) -> bool {
        let again = |next: &Row| next.index == row.index + 1 && self.is_repeated_by(next);
        self.texts.len() == 1 && next.is_some_and(again) && !self.is_repeated_by(row)
    }

    /// Whether a row repeats one of the heading's rows, as after a page break.
    pub(super) fn is_repeated_by(&self, row: &Row) -> bool {
        self.texts.iter().any(|line| {
            // More cells that differ, and it does not.
            let most = line.len() * 2 / 5;
            let differs = |&&(col, text): &&(u32, Text)| row.get(col) != Raw::Text(text);
            let differ = line.iter().filter(differs).take(most + 1).count();
            let same = line.len() - differ;
            differ <= most && same >= 2 && same * 2 > row.cells.len()
        })
    }
}

#[cfg(test)]
mod tests;
