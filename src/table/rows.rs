//! What each row below a heading is: a record, blank, or part of the form.

use super::heading::{Finder, Heading};
use super::merges::Spans;
use super::profile::Profile;
use super::regions::{is_blank, lines};
use super::shape::{Column, Furniture, Line, Parted, RowClass, Table, Told};
use super::{Lexicon, loose, shown, sides, words};
use crate::basis::place::Area;
use crate::basis::pool::Texts;
use crate::basis::text::fold;
use crate::read::{Raw, Row, Sheet};

/// The rows of a table while it is being read.
pub(super) struct Body<'a> {
    pub(super) heading: Heading,
    above: Vec<Line>,
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
    /// One cell alone: part of a note when it follows one.
    Lone,
}

const fn form(what: Furniture) -> Look {
    Look::Is(RowClass::Furniture(what))
}

impl<'a> Body<'a> {
    pub(super) fn new(heading: Heading, above: Vec<Line>, texts: &'a Texts) -> Body<'a> {
        Body { heading, above, texts, rows: Vec::new() }
    }

    pub(super) fn push(&mut self, row: &'a Row) {
        self.rows.push(row);
    }

    /// Whether another table may begin at this row: behind blank rows or behind a row with one cell only.
    pub(super) fn breaks_before(&self, row: &Row) -> bool {
        self.rows.last().is_some_and(|last| {
            last.index + 1 < row.index
                || last.cells.iter().filter(|cell| !is_blank(cell.1, self.texts)).take(2).count() < 2
        })
    }

    /// Whether a row is this table's heading again behind lines that open another block.
    pub(super) fn is_reopened_by(&self, row: &Row, sheet: &Sheet) -> bool {
        self.heading.is_repeated_by(row) && {
            let before = self.rows.iter().rev().find(|row| row.cells.iter().any(|cell| !is_blank(cell.1, self.texts)));
            before.is_some_and(|row| self.opens_next(row, sheet) && !self.is_page_foot(row))
        }
    }

    fn is_page_foot(&self, row: &Row) -> bool {
        row.cells.iter().any(|cell| match cell.1 {
            Raw::Text(text) => words::is_page_mark(&fold(self.texts.get(text))),
            _ => false,
        })
    }

    /// Decides about every row. When another heading `follows`, the title lines before it are handed back: they belong
    /// to the next table.
    pub(super) fn close(mut self, finder: &Finder<'_>, follows: bool, parted: &mut Parted) -> Vec<&'a Row> {
        let mut opening = Vec::new();
        if follows {
            let sheet = finder.sheet;
            let keep = self.rows.len() - self.rows.iter().rev().take_while(|row| self.opens_next(row, sheet)).count();
            opening = self.rows.split_off(keep);
        }
        self.add_unnamed_columns(finder.lexicon);
        let Some(cut) = sides::cut(&self.heading.columns, &self.rows, self.texts, finder.lexicon) else {
            self.finish(finder, parted);
            return opening;
        };
        // Each side reads its own cells only.
        let side = |from: u32, to: u32| -> Vec<Row> {
            let own = |row: &&Row| Row {
                index: row.index,
                cells: row.cells.iter().filter(|cell| (from..=to).contains(&cell.0)).copied().collect(),
            };
            self.rows.iter().map(own).collect()
        };
        let (left, right) = (side(0, cut - 1), side(cut, u32::MAX));
        let lines = |from: u32, to: u32| -> Vec<Line> {
            let own: Vec<Line> = self.above.iter().filter(|line| (from..=to).contains(&line.1)).cloned().collect();
            if own.is_empty() { self.above.clone() } else { own }
        };
        for (rows, from, to) in [(&left, 0, cut - 1), (&right, cut, u32::MAX)] {
            let Some(heading) = self.heading.within(finder, from, to) else { continue };
            let rows = rows.iter().filter(|row| !row.cells.is_empty()).collect();
            let mut body = Body { heading, above: lines(from, to), texts: self.texts, rows };
            body.add_unnamed_columns(finder.lexicon);
            body.finish(finder, parted);
        }
        opening
    }

    /// The table that the rows make up with their heading, and what follows behind it.
    fn finish(mut self, finder: &Finder<'_>, parted: &mut Parted) {
        let (lexicon, texts) = (finder.lexicon, self.texts);
        self.tell_serial(lexicon);
        let serial = self.heading.columns.iter().find(|c| c.field.is_some_and(|f| lexicon.is_serial(f))).map(|c| c.col);
        let (classes, end) = self.classes(finder, serial);

        let heading = self.heading;
        let after = heading.area.bottom + 1;
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
            why: heading.why,
            columns: heading.columns,
            readable: heading.readable,
            by_shape: heading.by_shape,
            rows,
            above: self.above,
            below,
        });
    }

    /// A column of running numbers at the left is 序号 whatever its heading says: #, 问题No.
    fn tell_serial(&mut self, lexicon: &dyn Lexicon) {
        let Some(field) = lexicon.field("序号") else { return };
        if self.heading.columns.iter().any(|c| c.field == Some(field)) {
            return;
        }
        let texts = self.texts;
        for column in self.heading.columns.iter_mut().take(2).filter(|c| c.field.is_none()) {
            let numbers = self.rows.iter().take(40).filter_map(|row| match row.get(column.col) {
                Raw::Number { value, percent: false } => Some(value),
                Raw::Text(text) => texts.get(text).trim().parse().ok(),
                _ => None,
            });
            let numbers: Vec<f64> = numbers.collect();
            let runs = numbers.iter().zip(1i32..).all(|(number, nth)| (number - f64::from(nth)).abs() < 1e-9);
            if numbers.len() >= 2 && runs {
                (column.field, column.also, column.told_by) = (Some(field), None, Some(Told::Numbers));
                return;
            }
        }
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
        self.drop_carried();
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
                told_by: field.map(|_| Told::Numbers),
            });
        }
        self.heading.columns.sort_by_key(|c| c.col);
        self.heading.area.left = self.heading.columns.first().map_or(left, |c| c.col.min(left));
        self.heading.area.right = self.heading.columns.last().map_or(right, |c| c.col.max(right));
    }

    /// A heading merged over several columns is one column where all its cells are merged alike.
    fn drop_carried(&mut self) {
        let columns = &self.heading.columns;
        let carried = |at: usize| {
            at > 0 && columns[at].area.top == columns[at - 1].area.top && {
                let (before, own) = (columns[at - 1].area, columns[at].area);
                before.right == own.right && own.left > before.left && columns[at].field.is_none()
            }
        };
        let empty: Vec<u32> = (0..columns.len())
            .filter(|&at| carried(at))
            .map(|at| columns[at].col)
            .filter(|&col| self.rows.iter().all(|row| is_blank(row.get(col), self.texts)))
            .collect();
        self.heading.columns.retain(|c| !empty.contains(&c.col));
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

    /// What each row is, and how many of the rows belong to the table.
    fn classes(&self, finder: &Finder<'_>, serial: Option<u32>) -> (Vec<(u32, RowClass)>, usize) {
        let Area { left, right, .. } = self.heading.area;
        let sheet = finder.sheet;
        let mut spans = Spans::new(&sheet.merges, left, right);
        let wide = self.wide_rows(sheet);
        let mut looks: Vec<Look> = Vec::with_capacity(self.rows.len());
        let mut plain_numbers = 0usize;
        let mut chinese_numbers = 0usize;
        let mut profile = Profile::new(&self.heading.columns, serial);
        let mut fresh = true; // directly under a heading
        for row in &self.rows {
            spans.go(row.index);
            let look = self.look(row, fresh, serial, &spans, wide.binary_search(&row.index).is_ok());
            match look {
                Look::Is(RowClass::Data) => {
                    plain_numbers += 1;
                    profile.add(row, self.texts);
                }
                Look::Lone => profile.add(row, self.texts),
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
        let view = View { body: self, finder, profile, serial, sections: plain_numbers > chinese_numbers };
        view.classes(&looks)
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
        if rest == 0 && matches!(raw, Raw::Number { .. }) && self.heading.columns.len() >= 3 {
            return Look::Lone;
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
        if rest == 0 && self.heading.columns.len() >= 3 {
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

/// The rows of a table with all of it in view.
struct View<'a, 'b> {
    body: &'b Body<'a>,
    finder: &'b Finder<'b>,
    profile: Profile,
    serial: Option<u32>,
    /// Whether rows that begin with a Chinese number are sections, since the records are numbered otherwise.
    sections: bool,
}

impl View<'_, '_> {
    /// What each row is, and how many of the rows belong to the table.
    fn classes(&self, looks: &[Look]) -> (Vec<(u32, RowClass)>, usize) {
        let rows = &self.body.rows;
        let mut classes = Vec::with_capacity(rows.len());
        let mut end = None;
        let mut in_note = false;
        let mut last = self.body.heading.area.bottom;
        let style = self.style(looks);
        let printed = |look: &Look| {
            matches!(look, Look::Example | Look::Is(RowClass::Furniture(Furniture::Numbering | Furniture::Instruction)))
        };
        let first = looks.iter().take_while(|look| printed(look)).count();
        for (at, (row, look)) in rows.iter().zip(looks).enumerate() {
            let gap = row.index > last + 1;
            last = row.index;
            let class = match *look {
                Look::Is(RowClass::Data) if at == first && self.is_hint(at) => {
                    RowClass::Furniture(Furniture::Instruction)
                }
                Look::Is(RowClass::Data) if end.is_none() => self.data(at, gap, in_note, style),
                Look::Is(RowClass::Furniture(Furniture::Section)) if in_note && !self.is_section(row) => {
                    RowClass::Furniture(Furniture::Instruction)
                }
                Look::Is(class) => class,
                Look::Perhaps(what) if self.sections => RowClass::Furniture(what),
                Look::Example => RowClass::Furniture(Furniture::Instruction),
                Look::Lone if in_note => RowClass::Furniture(Furniture::Instruction),
                Look::Lone => self.lone(at, gap, style),
                Look::Perhaps(_) => RowClass::Data,
            };
            in_note = match look {
                Look::Example => false,
                _ if class == RowClass::Data => false,
                _ if class == RowClass::Blank => in_note,
                _ => matches!(class, RowClass::Furniture(Furniture::Instruction | Furniture::Footer)),
            };
            if end.is_none() && class == RowClass::Data && gap && self.is_strange(row) {
                end = Some(at);
            }
            classes.push((row.index, class));
        }
        (classes, end.unwrap_or(rows.len()))
    }

    /// Whether the first row below the heading says what is to be filled in: it alone has no number, the next is 1.
    fn is_hint(&self, at: usize) -> bool {
        let number = |row: &&Row| match self.serial.map_or(Raw::Empty, |col| row.get(col)) {
            Raw::Number { value, .. } => Some(value),
            Raw::Text(text) => self.body.texts.get(text).trim().parse().ok(),
            _ => None,
        };
        let rows = &self.body.rows[at..];
        let starts = |nth: usize, value: f64| rows.get(nth).and_then(number).is_some_and(|n| (n - value).abs() < 1e-9);
        let serial = self.serial.is_some_and(|col| is_blank(rows[0].get(col), self.body.texts));
        let task = || self.first_text(rows[0]).is_some_and(|text| self.finder.lexicon.is_value(&fold(text)));
        let tied = || self.finder.merges.starting(rows[0].index).iter().any(|m| m.bottom > m.top);
        serial && starts(1, 1.0) && (rows.len() == 2 || starts(2, 2.0)) && !tied() && !task()
    }

    /// The style of numbering of most rows, by their first text.
    fn style(&self, looks: &[Look]) -> Option<u8> {
        const MOST: usize = 200;
        let mut counts = [0usize; 32];
        let mut all = 0;
        let data = |look: &Look| matches!(look, Look::Is(RowClass::Data));
        for (row, _) in self.body.rows.iter().zip(looks).filter(|(_, look)| data(look)).take(MOST) {
            let Some(text) = self.first_text(row) else { continue };
            all += 1;
            if let Some(style) = words::numbering_style(text) {
                counts[usize::from(style) % 32] += 1;
            }
        }
        (0u8..32).max_by_key(|&style| counts[usize::from(style)]).filter(|&s| counts[usize::from(s)] * 2 > all)
    }

    fn is_section(&self, row: &Row) -> bool {
        self.first_text(row)
            .is_some_and(|text| words::numbering_style(text).is_some() || words::is_section(&fold(text)))
    }

    fn first_text<'r>(&'r self, row: &Row) -> Option<&'r str> {
        row.cells.iter().filter(|cell| Some(cell.0) != self.serial).find_map(|cell| match cell.1 {
            Raw::Text(text) => Some(self.body.texts.get(text).trim()).filter(|text| !text.is_empty()),
            _ => None,
        })
    }

    /// A row of several cells that nothing in itself tells from a record.
    fn data(&self, at: usize, gap: bool, in_note: bool, style: Option<u8>) -> RowClass {
        let row = self.body.rows[at];
        let texts = self.body.texts;
        if self.profile.is_printed(row, texts) {
            return RowClass::Blank;
        }
        let (core, held) = self.profile.core(row, texts);
        let Some(first) = self.first_text(row) else {
            return if self.adds_up(at) { RowClass::Furniture(Furniture::Subtotal) } else { RowClass::Data };
        };
        if self.finder.lexicon.is_value(&fold(first)) {
            return RowClass::Data;
        }
        let filled = row.cells.iter().filter(|cell| !is_blank(cell.1, texts)).count();
        // A section: one numbered text, perhaps with a note, where all records fill the same columns.
        if core >= 3 && held <= 1 && filled <= 3 && Self::is_numbered_otherwise(first, style) {
            return RowClass::Furniture(Furniture::Section);
        }
        if (gap || in_note) && core >= 2 && held * 2 <= core {
            if first.ends_with([':', '：']) && self.leads(row) {
                return RowClass::Furniture(Furniture::Footer);
            }
            let signs = |cell: &(u32, Raw)| match cell.1 {
                Raw::Text(text) => words::is_about(&fold(texts.get(text))),
                _ => false,
            };
            if first.chars().count() <= 12 && row.cells.iter().any(signs) {
                return RowClass::Furniture(Furniture::Footer);
            }
        }
        if gap && self.is_merged_otherwise(row) {
            return RowClass::Furniture(Furniture::Instruction);
        }
        RowClass::Data
    }

    /// A row with one cell only.
    fn lone(&self, at: usize, gap: bool, style: Option<u8>) -> RowClass {
        let row = self.body.rows[at];
        let texts = self.body.texts;
        if self.profile.is_printed(row, texts) {
            return RowClass::Blank;
        }
        let Some(first) = self.first_text(row) else { return RowClass::Data };
        if self.finder.lexicon.is_value(&fold(first)) {
            return RowClass::Data;
        }
        let (core, held) = self.profile.core(row, texts);
        let others = core - held;
        if others >= 2 && Self::is_numbered_otherwise(first, style) {
            return RowClass::Furniture(Furniture::Section);
        }
        if gap && others >= 1 && core >= 2 {
            return RowClass::Furniture(Furniture::Instruction);
        }
        // A title over the rows that follow, where every record has its number and more.
        let short = first.chars().count() <= 20;
        if short && others >= 3 && self.profile.numbered() && self.body.rows.get(at + 1).is_some() {
            return RowClass::Furniture(Furniture::Section);
        }
        RowClass::Data
    }

    /// Whether a text is numbered, and not as the records are.
    fn is_numbered_otherwise(text: &str, style: Option<u8>) -> bool {
        words::numbering_style(text).is_some_and(|own| Some(own) != style) || words::is_section(&fold(text))
    }

    /// Whether the first cell of a row is its first text.
    fn leads(&self, row: &Row) -> bool {
        let first = row.cells.iter().find(|cell| !is_blank(cell.1, self.body.texts));
        first.is_some_and(|cell| matches!(cell.1, Raw::Text(_)))
    }

    /// Whether every cell of a row is merged over columns that the table keeps apart.
    fn is_merged_otherwise(&self, row: &Row) -> bool {
        let columns = &self.body.heading.columns;
        let mut cells = row.cells.iter().filter(|cell| !is_blank(cell.1, self.body.texts)).peekable();
        cells.peek().is_some()
            && cells.all(|&(col, _)| {
                let area = self.finder.merges.anchored(row.index, col);
                columns.iter().filter(|c| (area.left..=area.right).contains(&c.col)).count() > 1
            })
    }

    /// Whether a row behind a gap belongs to something else: a text where the records are numbered, none of the columns
    /// that every record fills.
    fn is_strange(&self, row: &Row) -> bool {
        let texts = self.body.texts;
        let (core, held) = self.profile.core(row, texts);
        let number = self.serial.filter(|_| self.profile.numbered()).map(|col| row.get(col));
        let worded = number.is_some_and(|raw| match raw {
            Raw::Text(text) => {
                let text = fold(texts.get(text));
                !text.is_empty() && !text.chars().any(char::is_numeric) && text.chars().count() > 1
            }
            _ => false,
        });
        let task = || self.first_text(row).is_some_and(|first| self.finder.lexicon.is_value(&fold(first)));
        (worded || core >= 3 && held == 0) && !task()
    }

    /// Whether the numbers of a row without any text are the sums of the rows above.
    fn adds_up(&self, at: usize) -> bool {
        /// No more rows than this are added up, nor more cells of a row compared.
        const MOST: usize = 5_000;
        let rows = &self.body.rows;
        let numbers = |row: &Row| -> Vec<(u32, f64)> {
            let number = |&(col, raw): &(u32, Raw)| match raw {
                Raw::Number { value, percent: false } if Some(col) != self.serial => Some((col, value)),
                _ => None,
            };
            row.cells.iter().filter_map(number).collect()
        };
        let own = numbers(rows[at]);
        let serial = self.serial.is_some_and(|col| !is_blank(rows[at].get(col), self.body.texts));
        if own.is_empty() || serial || !(2..=MOST).contains(&at) || at + 1 < rows.len() && rows.len() > 200 {
            return false;
        }
        let sum = |col: u32| -> f64 {
            rows[..at]
                .iter()
                .map(|row| match row.get(col) {
                    Raw::Number { value, .. } => value,
                    _ => 0.0,
                })
                .sum()
        };
        own.iter().all(|&(col, value)| value != 0.0 && (sum(col) - value).abs() < 1e-6 * value.abs().max(1.0))
    }
}
