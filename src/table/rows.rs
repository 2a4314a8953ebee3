//! Collects the rows below a heading and makes a table of them.

use super::body::Body;
use super::heading::Finder;
use super::in_view::View;
use super::merges::Spans;
use super::profile::Profile;
use super::row_hint::RowHint;
use super::shape::{Furniture, Line, Parted, RowClass, Table};
use super::shown::{is_blank, lines, only_cell};
use super::{Lexicon, evidence, loose, sides};
use crate::basis::place::Area;
use crate::basis::text::fold;
use crate::read::{Raw, Row, Sheet};

impl<'a> Body<'a> {
    /// Classifies every row and adds the table. If another heading follows at the row `next`, the title lines before it
    /// are returned, because they belong to the next table.
    pub(super) fn close(mut self, finder: &Finder<'_>, next: Option<u32>, parted: &mut Parted) -> Vec<&'a Row> {
        let opening = match next {
            Some(next) => self.rows.split_off(self.last_of_table(next, finder.sheet)),
            None => Vec::new(),
        };
        self.add_unnamed_columns(finder.lexicon);
        self.divide(finder, parted, 0);
        opening
    }

    /// Adds the table, or the tables that stand side by side under its heading, from this column on.
    fn divide(self, finder: &Finder<'_>, parted: &mut Parted, first: u32) {
        let Some(cut) = sides::cut(&self.heading.columns, &self.above, &self.rows, self.texts, finder.lexicon) else {
            self.finish(finder, parted);
            return;
        };
        // Each side has only its own cells.
        let side = |from: u32, to: u32| -> Vec<Row> {
            let own = |row: &&Row| Row {
                index: row.index,
                cells: row.cells.iter().filter(|cell| (from..=to).contains(&cell.0)).copied().collect(),
            };
            self.rows.iter().map(own).collect()
        };
        let (left, right) = (side(first, cut - 1), side(cut, u32::MAX));
        let lines = |from: u32, to: u32| -> Vec<Line> {
            let own: Vec<Line> = self.above.iter().filter(|line| (from..=to).contains(&line.1)).cloned().collect();
            if own.is_empty() { self.above.clone() } else { own }
        };
        for (rows, from, to) in [(&left, first, cut - 1), (&right, cut, u32::MAX)] {
            let Some(mut heading) = self.heading.within(finder, from, to) else { continue };
            let mut above = lines(from, to);
            above.extend(heading.take_title(finder));
            let rows = rows.iter().filter(|row| !row.cells.is_empty()).collect();
            let mut body = Body { heading, above, texts: self.texts, rows };
            body.add_unnamed_columns(finder.lexicon);
            if from == cut { body.divide(finder, parted, cut) } else { body.finish(finder, parted) }
        }
    }

    /// Adds the table formed by the heading and the rows, and what follows it.
    pub(super) fn finish(mut self, finder: &Finder<'_>, parted: &mut Parted) {
        let (lexicon, texts) = (finder.lexicon, self.texts);
        self.tell_serial(lexicon);
        let serial = self.heading.columns.iter().find(|c| c.field.is_some_and(|f| lexicon.is_serial(f))).map(|c| c.col);
        let (classes, end) = self.classes(finder, serial);

        let heading = self.heading;
        let (after, headless) = (heading.first, heading.is_none());
        let closing = |class| matches!(class, RowClass::Furniture(Furniture::Footer | Furniture::Instruction));
        let notes = self.rows.iter().zip(&classes).filter(|(_, class)| closing(class.1)).map(|(row, _)| *row);
        let below = lines(notes, texts);
        let mut rows = Vec::with_capacity(end);
        let mut next = after;
        for &(row, class) in &classes[..end] {
            rows.extend((next..row).map(|gap| (gap, RowClass::Blank)));
            rows.push((row, class));
            next = row + 1;
        }
        let rest: Vec<&Row> = self.rows[end..].to_vec();
        parted.loose.extend(loose::regions(&rest, texts));
        parted.tables.push(Table {
            heading: heading.area,
            headless,
            why: heading.why,
            columns: heading.columns,
            axes: Vec::new(),
            readable: heading.readable,
            by_shape: heading.by_shape,
            rows,
            elsewhere: Vec::new(),
            above: self.above,
            below,
        });
    }

    /// The class of each row, and how many of the rows belong to the table.
    fn classes(&self, finder: &Finder<'_>, serial: Option<u32>) -> (Vec<(u32, RowClass)>, usize) {
        let Area { left, right, .. } = self.heading.area;
        let sheet = finder.sheet;
        let mut spans = Spans::new(&sheet.merges, left, right);
        let wide = self.wide_rows(sheet);
        let mut hints: Vec<RowHint> = Vec::with_capacity(self.rows.len());
        let mut plain_numbers = 0usize;
        let (mut chinese_numbers, mut narrow) = (0usize, true);
        let mut profile = Profile::new(&self.heading.columns, serial);
        let mut fresh = !self.heading.is_none(); // directly under a heading
        let mut covered: Vec<bool> = Vec::with_capacity(self.rows.len());
        let task = self.task(finder.lexicon);
        let mut grouped: Vec<bool> = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            spans.go(row.index);
            covered.push(self.is_covered(row, task, &spans));
            grouped.push(self.is_in_group(row, task, &spans));
            let hint = self.hint(row, fresh, serial, &spans, wide.binary_search(&row.index).is_ok());
            match hint {
                RowHint::Is(RowClass::Data) => {
                    plain_numbers += 1;
                    profile.add(row, self.texts);
                }
                RowHint::Lone => profile.add(row, self.texts),
                RowHint::Perhaps(Furniture::Section) => {
                    chinese_numbers += 1;
                    narrow &= row.cells.iter().filter(|cell| !is_blank(cell.1, self.texts)).count() <= 2;
                }
                _ => {}
            }
            fresh = match hint {
                RowHint::Is(RowClass::Furniture(Furniture::Heading)) => true,
                RowHint::Example | RowHint::Is(RowClass::Furniture(Furniture::Instruction | Furniture::Numbering)) => {
                    fresh
                }
                _ => false,
            };
            hints.push(hint);
        }
        let tasks_lead = self.heading.readable || self.leads_with_tasks(finder, &hints, serial);
        let data = hints.iter().map(|hint| matches!(hint, RowHint::Is(RowClass::Data) | RowHint::Lone)).collect();
        let profile = profile.settled();
        let last_full = self.rows.iter().rposition(|row| {
            let (core, held) = profile.core(row, self.texts);
            held == core
        });
        let mut view = View {
            body: self,
            finder,
            profile,
            serial,
            tasks_lead,
            data,
            // Each may stand over a single record.
            sections: plain_numbers > chinese_numbers || narrow && plain_numbers == chinese_numbers,
            covered,
            grouped,
            last_full,
            task,
            axis: evidence::axis_of_days(&self.heading.columns),
        };
        view.classes(&hints)
    }

    /// The column that by itself makes the table worth reading.
    fn task(&self, lexicon: &dyn Lexicon) -> Option<u32> {
        self.heading.columns.iter().find(|c| c.field.is_some_and(|field| lexicon.is_table(&[field]))).map(|c| c.col)
    }

    /// Whether a row takes its task from a cell merged down over it, or a row of one or two cells several of the others
    /// with one before its own. A category or a remark alone stands over sections too.
    fn is_covered(&self, row: &Row, task: Option<u32>, spans: &Spans) -> bool {
        let over = |col: u32| spans.over(row.index, col).is_some_and(|m| m.top < row.index);
        if task.is_some_and(over) {
            return true;
        }
        let mut own = row.cells.iter().filter(|cell| !is_blank(cell.1, self.texts)).map(|cell| cell.0);
        let Some(first) = own.next().filter(|_| own.nth(1).is_none()) else { return false };
        let columns = || self.heading.columns.iter().map(|c| c.col).filter(|col| *col != first && over(*col));
        columns().any(|col| col < first) && columns().count() > 1
    }

    /// Whether the only cell of a row is its task, beside a group merged over the rows above it.
    fn is_in_group(&self, row: &Row, task: Option<u32>, spans: &Spans) -> bool {
        let Some((col, _)) = only_cell(row, self.texts) else { return false };
        let over = |col: u32| spans.over(row.index, col).is_some_and(|m| m.top < row.index);
        let before = || self.heading.columns.iter().map(|c| c.col).take_while(|before| *before < col);
        task == Some(col) && before().any(over)
    }

    /// Whether one of the first rows of several cells holds a task.
    fn leads_with_tasks(&self, finder: &Finder<'_>, hints: &[RowHint], serial: Option<u32>) -> bool {
        /// So many rows are looked at.
        const ROWS: usize = 60;
        let is_task = |cell: &(u32, Raw)| match cell.1 {
            Raw::Text(text) => Some(cell.0) != serial && finder.lexicon.is_task(&fold(self.texts.get(text))),
            _ => false,
        };
        let data = self.rows.iter().zip(hints).filter(|(_, hint)| **hint == RowHint::Is(RowClass::Data)).take(ROWS);
        data.into_iter().any(|(row, _)| row.cells.iter().any(is_task))
    }

    /// Rows with a cell that is merged over most of the table, ascending.
    fn wide_rows(&self, sheet: &Sheet) -> Vec<u32> {
        let (Area { left, right, .. }, first) = (self.heading.area, self.heading.first);
        // Figures worked out beside the table do not make it wider.
        let worded = |heading: &str| heading.contains(char::is_alphabetic);
        let named = self.heading.columns.iter().filter(|c| worded(&c.heading)).map(|c| c.area.right).max();
        let right = named.map_or(right, |named| named.min(right));
        let width = right - left + 1;
        let mut rows: Vec<u32> = sheet
            .merges
            .iter()
            .filter(|m| {
                m.top >= first
                    && m.left <= left + 1
                    && (m.right.min(right) + 1).saturating_sub(m.left) * 3 >= width * 2
                    && m.right > m.left
            })
            .map(|m| m.top)
            .collect();
        rows.sort_unstable();
        rows.dedup();
        rows
    }
}
