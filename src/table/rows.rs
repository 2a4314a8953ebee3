//! What each row below a heading is: a record, blank, or part of the form.

use super::heading::Heading;
use super::locate::{Column, Furniture, RowClass, Table, is_blank, lines};
use super::merges::Spans;
use super::{Lexicon, shown, words};
use crate::basis::place::Area;
use crate::basis::pool::Texts;
use crate::basis::text::fold;
use crate::read::{Raw, Row, Sheet};

/// The rows of a table while it is being read.
pub(super) struct Body<'a> {
    pub(super) heading: Heading,
    above: Vec<(u32, u32, String)>,
    texts: &'a Texts,
    rows: Vec<&'a Row>,
}

/// What a row looks like by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    Is(RowClass),
    /// A Chinese number and little else: a section where the rows are numbered otherwise.
    Perhaps(Furniture),
    /// An example row, or a row of hints under the heading.
    Example,
    /// One cell of text alone: part of a note when it follows one.
    Lone,
}

const fn form(what: Furniture) -> Look {
    Look::Is(RowClass::Furniture(what))
}

impl<'a> Body<'a> {
    pub(super) fn new(heading: Heading, above: Vec<(u32, u32, String)>, texts: &'a Texts) -> Body<'a> {
        Body { heading, above, texts, rows: Vec::new() }
    }

    pub(super) fn push(&mut self, row: &'a Row) {
        self.rows.push(row);
    }

    /// Decides about every row. When another heading `follows`, the title lines before it are handed back: they belong
    /// to the next table.
    pub(super) fn close(
        mut self,
        sheet: &Sheet,
        texts: &Texts,
        lexicon: &dyn Lexicon,
        follows: bool,
    ) -> (Table, Vec<&'a Row>) {
        let mut opening = Vec::new();
        if follows {
            let keep = self.rows.len() - self.rows.iter().rev().take_while(|row| self.opens_next(row, sheet)).count();
            opening = self.rows.split_off(keep);
        }
        self.add_unnamed_columns(lexicon);
        let serial = self.heading.columns.iter().find(|c| c.field.is_some_and(|f| lexicon.is_serial(f))).map(|c| c.col);
        let classes = self.classes(sheet, serial);

        let readable = self.heading.readable;
        let after = self.heading.area.bottom + 1;
        let mut table = self.heading.table(readable, self.above);
        table.rows.reserve(classes.len());
        let mut next = after;
        for &(row, class) in &classes {
            table.rows.extend((next..row).map(|gap| (gap, RowClass::Blank)));
            table.rows.push((row, class));
            next = row + 1;
        }
        let closing = |class| matches!(class, RowClass::Furniture(Furniture::Footer | Furniture::Instruction));
        let notes = self.rows.iter().zip(&classes).filter(|(_, class)| closing(class.1)).map(|(row, _)| *row);
        table.below = lines(notes, texts);
        (table, opening)
    }

    /// Whether a row before another heading is a title line of the table that follows.
    fn opens_next(&self, row: &Row, sheet: &Sheet) -> bool {
        let mut seen = row.cells.iter().filter(|cell| !is_blank(cell.1, self.texts));
        let Some(&(col, raw)) = seen.next() else { return true };
        let Raw::Text(text) = raw else { return false };
        let folded = fold(self.texts.get(text));
        if words::is_instruction(&folded) || words::is_total(&folded) {
            return false;
        }
        let alone = seen.next().is_none();
        let wide = || sheet.merges.iter().any(|m| m.top == row.index && m.left == col && m.right > m.left + 1);
        words::opens(&folded)
            || alone
                && !words::is_about(&folded)
                && (words::is_section(&folded) || col <= self.heading.area.left || wide())
    }

    /// Columns without a heading that hold something: over numbers at the left it is 序号, else it has no name.
    fn add_unnamed_columns(&mut self, lexicon: &dyn Lexicon) {
        /// The widest sheet there is.
        const WIDTH: usize = 16_384;
        let Area { left, right, .. } = self.heading.area;
        let mut named = vec![false; WIDTH];
        for column in &self.heading.columns {
            if let Some(named) = named.get_mut(column.col as usize) {
                *named = true;
            }
        }
        let mut found: Vec<(u32, usize, usize)> = Vec::new();
        let mut index: Vec<u16> = vec![0; WIDTH];
        for row in &self.rows {
            let mut cells = row.cells.iter().filter(|cell| !is_blank(cell.1, self.texts)).peekable();
            let Some(first) = cells.next() else { continue };
            // Notes and titles beside or below the table make no columns.
            if cells.peek().is_none() {
                continue;
            }
            for &(col, raw) in std::iter::once(first).chain(cells) {
                let at = col as usize;
                if at >= WIDTH || named[at] {
                    continue;
                }
                if index[at] == 0 {
                    found.push((col, 0, 0));
                    index[at] = found.len() as u16;
                }
                let entry = &mut found[index[at] as usize - 1];
                entry.1 += 1;
                entry.2 += usize::from(self.is_number_like(raw));
            }
        }
        let has_serial = self.heading.columns.iter().any(|c| c.field.is_some_and(|f| lexicon.is_serial(f)));
        found.sort_unstable();
        for (nth, (col, all, numbers)) in found.into_iter().enumerate() {
            let leads = nth == 0 && col <= left && numbers * 10 >= all * 6;
            let field = lexicon.field("序号").filter(|_| leads && !has_serial);
            let field = field.filter(|&field| self.heading.columns.iter().all(|c| c.field != Some(field)));
            self.heading.columns.push(Column {
                col,
                heading: String::new(),
                field,
                also: None,
                unit: None,
                area: Area { left: col, right: col, ..self.heading.area },
            });
        }
        self.heading.columns.sort_by_key(|c| c.col);
        self.heading.area.left = self.heading.columns.first().map_or(left, |c| c.col.min(left));
        self.heading.area.right = self.heading.columns.last().map_or(right, |c| c.col.max(right));
    }

    fn is_number_like(&self, raw: Raw) -> bool {
        match raw {
            Raw::Number { .. } => true,
            Raw::Text(text) => {
                let text = self.texts.get(text);
                text.len() <= 24
                    && text.chars().any(char::is_numeric)
                    && !text.chars().any(|c| c.is_alphabetic() && !c.is_numeric() && !c.is_ascii())
            }
            _ => false,
        }
    }

    /// What each row is.
    fn classes(&self, sheet: &Sheet, serial: Option<u32>) -> Vec<(u32, RowClass)> {
        let Area { left, right, .. } = self.heading.area;
        let mut spans = Spans::new(&sheet.merges, left, right);
        let wide = self.wide_rows(sheet);
        let mut looks: Vec<Look> = Vec::with_capacity(self.rows.len());
        let mut plain_numbers = 0usize;
        let mut chinese_numbers = 0usize;
        let mut fresh = true; // directly under a heading
        for row in &self.rows {
            spans.go(row.index);
            let look = self.look(row, fresh, serial, &spans, wide.binary_search(&row.index).is_ok());
            match look {
                Look::Is(RowClass::Data) => plain_numbers += 1,
                Look::Perhaps(_) => chinese_numbers += 1,
                _ => {}
            }
            fresh = match look {
                Look::Is(RowClass::Furniture(Furniture::Heading)) => true,
                Look::Example | Look::Is(RowClass::Furniture(Furniture::Instruction | Furniture::Numbering)) => fresh,
                _ => false,
            };
            looks.push(look);
        }
        let sections = plain_numbers > chinese_numbers;
        let mut in_note = false;
        self.rows
            .iter()
            .zip(looks)
            .map(|(row, look)| {
                let class = match look {
                    Look::Is(class) => class,
                    Look::Perhaps(what) if sections => RowClass::Furniture(what),
                    Look::Example => RowClass::Furniture(Furniture::Instruction),
                    Look::Lone if in_note => RowClass::Furniture(Furniture::Instruction),
                    Look::Perhaps(_) | Look::Lone => RowClass::Data,
                };
                in_note = match look {
                    Look::Example | Look::Is(RowClass::Data) => false,
                    _ if class == RowClass::Blank => in_note,
                    _ => matches!(class, RowClass::Furniture(Furniture::Instruction | Furniture::Footer)),
                };
                (row.index, class)
            })
            .collect()
    }

    /// Rows with a cell that is merged over most of the table, ascending.
    fn wide_rows(&self, sheet: &Sheet) -> Vec<u32> {
        let Area { left, right, bottom, .. } = self.heading.area;
        let width = right - left + 1;
        let mut rows: Vec<u32> = sheet
            .merges
            .iter()
            .filter(|m| {
                m.top > bottom
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

    /// What a row is by itself.
    fn look(&self, row: &Row, fresh: bool, serial: Option<u32>, spans: &Spans, wide: bool) -> Look {
        let mut seen = row.cells.iter().filter(|cell| !is_blank(cell.1, self.texts));
        let Some(&(col, raw)) = seen.next() else { return Look::Is(RowClass::Blank) };
        if self.heading.is_repeated_by(row) {
            return form(Furniture::Heading);
        }
        if fresh && let Some(look) = self.under_heading(row) {
            return look;
        }
        let rest = seen.clone().count();
        if rest == 0 && Some(col) == serial && !wide {
            let lone_text = matches!(raw, Raw::Text(text) if self.texts.get(text).trim().chars().count() > 12);
            let folded = fold(&shown(raw, self.texts));
            if !lone_text && !words::is_section(&folded) && self.furniture(&folded, 0, false).is_none() {
                return Look::Is(RowClass::Blank);
            }
        }
        let Some(first_text) = std::iter::once(&(col, raw)).chain(seen.clone()).take(3).find_map(|cell| match cell.1 {
            Raw::Text(text) => Some(self.texts.get(text)),
            _ => None,
        }) else {
            return Look::Is(RowClass::Data);
        };
        let leading = matches!(raw, Raw::Text(_));
        let first_cells = || row.cells.iter().filter(|cell| !is_blank(cell.1, self.texts)).take(3);
        let is_total = |cell: &(u32, Raw)| match cell.1 {
            Raw::Text(text) => {
                let text = self.texts.get(text);
                text.len() <= 36 && text.contains(['计', 't', 'T', 'Ｔ']) && words::is_total(&fold(text))
            }
            _ => false,
        };
        if words::begins_as_example(first_text) {
            return Look::Example;
        }
        // A row of several cells that begins with a number is content unless it totals.
        if rest > 0 && !leading {
            return if first_cells().any(is_total) { form(Furniture::Subtotal) } else { Look::Is(RowClass::Data) };
        }
        let folded = if first_text.len() > 600 {
            fold(&first_text.chars().take(100).collect::<String>())
        } else {
            fold(first_text)
        };
        if leading && let Some(what) = self.furniture(&folded, rest, wide) {
            return if words::is_example(&folded) { Look::Example } else { form(what) };
        }
        if first_cells().any(is_total) {
            return form(Furniture::Subtotal);
        }
        let covered = self
            .heading
            .columns
            .iter()
            .any(|c| c.col != col && spans.over(row.index, c.col).is_some_and(|m| m.top < row.index));
        if !covered && words::is_section(&folded) && rest == 0 {
            return form(Furniture::Section);
        }
        if !covered
            && leading
            && words::is_section_number(&folded)
            && rest <= 2
            && rest > 0
            && self.heading.columns.len() >= 4
        {
            return Look::Perhaps(Furniture::Section);
        }
        if rest == 0 && self.heading.columns.len() >= 4 {
            return if wide { form(Furniture::Section) } else { Look::Lone };
        }
        Look::Is(RowClass::Data)
    }

    /// What the first text of a row says it is, with `rest` further cells.
    fn furniture(&self, folded: &str, rest: usize, wide: bool) -> Option<Furniture> {
        let few = rest * 2 <= self.heading.columns.len().max(4);
        if words::is_example(folded) || (few && words::is_instruction(folded)) {
            return Some(Furniture::Instruction);
        }
        let about = words::is_about(folded)
            && (words::label(folded).is_some() || wide || rest <= 3 && self.heading.columns.len() >= 5);
        (few && about || rest == 0 && words::is_page_mark(folded)).then_some(Furniture::Footer)
    }

    /// A row directly under the heading: column numbers, or hints for filling in.
    fn under_heading(&self, row: &Row) -> Option<Look> {
        let (mut count, mut numbers, mut hints, mut last) = (0usize, 0usize, 0usize, 0.0f64);
        for &(_, raw) in row.cells.iter().filter(|cell| !is_blank(cell.1, self.texts)) {
            count += 1;
            let number = match raw {
                Raw::Number { value, percent: false } => Some(value),
                Raw::Text(text) if self.texts.get(text).len() <= 90 => {
                    let folded = fold(self.texts.get(text));
                    hints += usize::from(words::is_hint(&folded));
                    let bare = folded.trim_matches(['(', ')', '栏', '列', '第']);
                    if ["甲", "乙", "丙", "丁", "次", "序号", "a", "b", "c"].contains(&bare) && numbers + 1 == count
                    {
                        numbers += 1;
                        None
                    } else {
                        bare.split(['=', '+']).next().and_then(|n| n.parse().ok())
                    }
                }
                _ => None,
            };
            if let Some(number) = number
                && (number - last - 1.0).abs() < 1e-9
            {
                last = number;
                numbers += 1;
            }
        }
        if count >= 3 && numbers == count && last >= 2.0 {
            Some(form(Furniture::Numbering))
        } else if count >= 2 && hints == count {
            Some(Look::Example)
        } else {
            None
        }
    }
}
