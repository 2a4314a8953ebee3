//! Classifies the rows of a table with the whole table in view: column contents, running numbers, sums, sections.

use super::body::Body;
use super::heading::Finder;
use super::profile::Profile;
use super::row_hint::RowHint;
use super::shape::{Furniture, RowClass};
use super::shown::{is_blank, only_cell};
use super::words;
use crate::basis::place::Area;
use crate::basis::text::fold;
use crate::read::{Raw, Row};

/// So many columns that all records fill say what a record looks like.
pub(super) const MANY: usize = 3;

/// The rows of a table with everything known about the table.
pub(super) struct View<'a, 'b> {
    pub(super) body: &'b Body<'a>,
    pub(super) finder: &'b Finder<'b>,
    pub(super) profile: Profile,
    pub(super) serial: Option<u32>,
    /// Whether rows of several cells begin with tasks, as one alone then does too.
    pub(super) tasks_lead: bool,
    /// Of each row whether it looks like a record: by itself, then in view of the table.
    pub(super) data: Vec<bool>,
    /// Whether rows that begin with a Chinese number are sections, since the records are numbered otherwise.
    pub(super) sections: bool,
    /// Of each row whether its task, or much of a row of one or two cells, is merged down from rows above.
    pub(super) covered: Vec<bool>,
    /// Of each row whether its only cell is its task, beside a group merged over the rows above it.
    pub(super) grouped: Vec<bool>,
    /// The last row that fills all the columns that records fill.
    pub(super) last_full: Option<usize>,
    /// The column that makes the table worth reading: that of the tasks.
    pub(super) task: Option<u32>,
    /// The first and the last column under an axis of days, weeks or months.
    pub(super) axis: Option<(u32, u32)>,
}

impl View<'_, '_> {
    /// The class of each row, and how many of the rows belong to the table.
    pub(super) fn classes(&mut self, hints: &[RowHint]) -> (Vec<(u32, RowClass)>, usize) {
        let rows = &self.body.rows;
        let heads = self.heads(hints);
        let mut classes = Vec::with_capacity(rows.len());
        let mut end = None;
        let mut in_note = false;
        let mut last = None;
        let mut next = self.body.heading.first;
        let style = self.style(hints);
        let printed = |hint: &RowHint| {
            matches!(
                hint,
                RowHint::Example | RowHint::Is(RowClass::Furniture(Furniture::Numbering | Furniture::Instruction))
            )
        };
        let first = hints.iter().take_while(|hint| printed(hint)).count();
        let said = |at: usize| match hints.get(at) {
            Some(RowHint::Is(class)) => Some(*class),
            _ => None,
        };
        let lower = self.lower_part().unwrap_or(rows.len());
        let marks = self.marks();
        for (at, (row, hint)) in rows.iter().zip(hints).enumerate() {
            let gap = row.index > next;
            next = row.index + 1;
            let class = match *hint {
                _ if heads[at] => RowClass::Furniture(Furniture::Section),
                RowHint::Lone
                | RowHint::Perhaps(_)
                | RowHint::Is(RowClass::Data | RowClass::Furniture(Furniture::Section))
                    if at >= lower && self.is_of_lower_part(row) =>
                {
                    RowClass::Furniture(Furniture::Footer)
                }
                RowHint::Is(RowClass::Data)
                    if at == first && !self.body.heading.is_none() && self.asks_to_fill_in(at) =>
                {
                    RowClass::Furniture(Furniture::Instruction)
                }
                RowHint::Is(RowClass::Blank) if self.names_those_below(at) => RowClass::Furniture(Furniture::Section),
                RowHint::Is(RowClass::Blank | RowClass::Data) | RowHint::Lone if self.names_their_period(at) => {
                    RowClass::Furniture(Furniture::Section)
                }
                RowHint::Is(RowClass::Data) if self.is_parent(at) => RowClass::Furniture(Furniture::Section),
                RowHint::Is(RowClass::Data) | RowHint::Lone if self.is_beside(at) => {
                    RowClass::Furniture(Furniture::Instruction)
                }
                RowHint::Is(RowClass::Data)
                    if self.sums_in_words(at)
                        || self.is_named_sum(at)
                        || self.is_between_sums(at, last, said(at + 1)) =>
                {
                    RowClass::Furniture(Furniture::Subtotal)
                }
                RowHint::Is(RowClass::Data) if end.is_none() => {
                    self.data(at, gap || last == Some(Furniture::Subtotal), in_note, style)
                }
                RowHint::Is(RowClass::Furniture(Furniture::Section)) if in_note && !self.is_section(row) => {
                    RowClass::Furniture(Furniture::Instruction)
                }
                RowHint::Is(RowClass::Furniture(Furniture::Section))
                    if self.numbering(at).is_some() && self.goes_on_above(at) =>
                {
                    RowClass::Data
                }
                RowHint::Is(class) => class,
                RowHint::Perhaps(Furniture::Footer) if !self.goes_on(at, hints) => {
                    RowClass::Furniture(Furniture::Footer)
                }
                RowHint::Perhaps(Furniture::Footer) => RowClass::Data,
                RowHint::Perhaps(what) if self.sections => RowClass::Furniture(what),
                RowHint::Example => RowClass::Furniture(Furniture::Instruction),
                RowHint::Lone if in_note && !self.covered[at] => RowClass::Furniture(Furniture::Instruction),
                RowHint::Lone
                    if last == Some(Furniture::Subtotal)
                        && !gap
                        && (self.stands_aside(row) || self.stands_behind(at, &classes)) =>
                {
                    RowClass::Furniture(Furniture::Footer)
                }
                RowHint::Lone if gap && self.is_unnumbered_note(at, hints) => {
                    RowClass::Furniture(Furniture::Instruction)
                }
                RowHint::Lone => self.lone(at, gap, style),
                RowHint::Perhaps(_) => RowClass::Data,
            };
            in_note = match hint {
                RowHint::Example => false,
                _ if class == RowClass::Data => false,
                _ if class == RowClass::Blank => in_note,
                _ => matches!(class, RowClass::Furniture(Furniture::Instruction | Furniture::Footer)),
            };
            let after_total = last == Some(Furniture::Subtotal) && self.adds_nothing(row);
            let strange = || gap && (after_total || self.is_strange(at, &classes));
            if end.is_none() && class == RowClass::Data && (strange() || self.is_legend(row, at, gap, &marks)) {
                end = Some(at);
            }
            last = match class {
                RowClass::Furniture(what) => Some(what),
                RowClass::Blank => last,
                RowClass::Data => None,
            };
            // A sum is none of the records that the next one adds up.
            let section = matches!(hint, RowHint::Is(RowClass::Furniture(Furniture::Section)));
            self.data[at] = class == RowClass::Data && (self.data[at] || section);
            classes.push((row.index, class));
        }
        let end = end.unwrap_or(rows.len());
        self.tell_closing(&mut classes[..end]);
        (classes, end)
    }

    /// Tells the last rows that name a moment of the whole table (实际交付时间 | 11月8日) in the midst of its columns, with
    /// nothing under the first of those that all records fill.
    fn tell_closing(&self, classes: &mut [(u32, RowClass)]) {
        let texts = self.body.texts;
        for (row, class) in self.body.rows.iter().zip(classes).rev() {
            if class.1 != RowClass::Data {
                if class.1 == RowClass::Blank {
                    continue;
                }
                return;
            }
            let (core, held) = self.profile.core(row, texts);
            let covered =
                |m: &&Area| m.top < row.index && row.index <= m.bottom && m.left == self.body.heading.area.left;
            let few = core >= MANY && held * 2 <= core && !self.profile.leads(row, texts);
            let few = few && !self.finder.sheet.merges.iter().any(|m| covered(&m));
            if !few
                || self.body.heading.is_none()
                || !self.first_text(row).is_some_and(words::names_a_day)
                || !self.leads(row)
            {
                return;
            }
            class.1 = RowClass::Furniture(Furniture::Footer);
        }
    }

    /// Whether the first row below the heading explains how to fill in the form: it has no number, and the next row is 1.
    fn asks_to_fill_in(&self, at: usize) -> bool {
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

    /// The style of numbering used by most rows.
    fn style(&self, hints: &[RowHint]) -> Option<u8> {
        const MOST: usize = 200;
        let mut counts = [0usize; 32];
        let mut all = 0;
        let data = |hint: &RowHint| matches!(hint, RowHint::Is(RowClass::Data));
        for (row, _) in self.body.rows.iter().zip(hints).filter(|(_, hint)| data(hint)).take(MOST) {
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

    pub(super) fn first_text<'r>(&'r self, row: &Row) -> Option<&'r str> {
        row.cells.iter().filter(|cell| Some(cell.0) != self.serial).find_map(|cell| match cell.1 {
            Raw::Text(text) => Some(self.body.texts.get(text).trim()).filter(|text| !text.is_empty()),
            _ => None,
        })
    }

    /// Classifies a row of several cells that looks like a record by itself.
    fn data(&self, at: usize, gap: bool, in_note: bool, style: Option<u8>) -> RowClass {
        let row = self.body.rows[at];
        let texts = self.body.texts;
        if self.profile.is_printed(row, texts) {
            return RowClass::Blank;
        }
        let task = |cell: &(u32, Raw)| match cell.1 {
            Raw::Text(text) => self.finder.lexicon.is_value(&fold(texts.get(text))),
            _ => false,
        };
        if self.is_set_otherwise(row) && !row.cells.iter().any(task) {
            return RowClass::Furniture(Furniture::Footer);
        }
        let (core, held) = self.profile.core(row, texts);
        if self.is_wordless_sum(at) {
            return RowClass::Furniture(Furniture::Subtotal);
        }
        let Some(first) = self.first_text(row) else {
            return if self.is_bare_sum(at) { RowClass::Furniture(Furniture::Subtotal) } else { RowClass::Data };
        };
        if (gap || in_note) && self.lists_states(row) {
            return RowClass::Furniture(Furniture::Instruction);
        }
        if self.finder.lexicon.is_value(&fold(first)) {
            return RowClass::Data;
        }
        let filled = row.cells.iter().filter(|cell| !is_blank(cell.1, texts)).count();
        if self.is_name_of_group(at) {
            return RowClass::Furniture(Furniture::Section);
        }
        // A section: one numbered text, perhaps with a note, while all records fill the same columns.
        let tasked = || self.task.is_some_and(|col| !is_blank(row.get(col), texts) && !self.is_first_text(row, col));
        let numbered = || Self::is_numbered_otherwise(first, style);
        if core >= 3 && held <= 1 && filled <= 3 && !self.covered[at] && numbered() && !tasked() {
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
        // Behind notes a row without a number is one of them, where the records have numbers.
        let unnumbered = |col: u32| is_blank(row.get(col), texts) && self.profile.numbered();
        if in_note && self.serial.is_some_and(unnumbered) && !self.covered[at] {
            return RowClass::Furniture(Furniture::Footer);
        }
        if (gap || in_note) && self.holds_labels_only(row) {
            return RowClass::Furniture(Furniture::Footer);
        }
        if gap && self.is_merged_otherwise(row) {
            return RowClass::Furniture(Furniture::Instruction);
        }
        RowClass::Data
    }

    /// Classifies a row with one cell.
    fn lone(&self, at: usize, gap: bool, style: Option<u8>) -> RowClass {
        let row = self.body.rows[at];
        let texts = self.body.texts;
        if self.profile.is_printed(row, texts) {
            return RowClass::Blank;
        }
        let worded = row.cells.iter().find_map(|cell| match cell.1 {
            Raw::Text(text) => Some(texts.get(text).trim()).filter(|text| text.chars().count() > 1),
            _ => None,
        });
        if self.is_wordless_sum(at) {
            return RowClass::Furniture(Furniture::Subtotal);
        }
        let Some(first) = worded else {
            let day = row.cells.iter().any(|cell| matches!(cell.1, Raw::Date(_)));
            return if day && self.is_last(at) { RowClass::Furniture(Furniture::Footer) } else { RowClass::Data };
        };
        let folded = fold(first);
        if words::is_end(&folded) && self.is_last(at) {
            return RowClass::Furniture(Furniture::Footer);
        }
        if self.finder.lexicon.is_unit(&folded) && self.stands_over_others(at) {
            return RowClass::Furniture(Furniture::Section);
        }
        if self.tasks_lead && self.finder.lexicon.is_value(&folded) || self.finder.lexicon.is_unit(&folded) {
            return RowClass::Data;
        }
        if self.covered[at] || self.goes_on_above(at) {
            return RowClass::Data;
        }
        // In brackets where the records have their numbers.
        let numbers = self.serial.filter(|_| self.profile.numbered()).map_or(Raw::Empty, |col| row.get(col));
        if !is_blank(numbers, texts) && folded.starts_with('(') && folded.ends_with(')') {
            return RowClass::Furniture(Furniture::Instruction);
        }
        if self.is_name_of_group(at) {
            return RowClass::Furniture(Furniture::Section);
        }
        let (core, held) = self.profile.core(row, texts);
        let others = core - held;
        // What stands before the first column names the rows below.
        let before = row.cells.iter().any(|cell| cell.0 < self.body.heading.area.left && !is_blank(cell.1, texts));
        if before && self.body.rows.get(at + 1).is_some_and(|next| next.index == row.index + 1) {
            return RowClass::Furniture(Furniture::Section);
        }
        // A task over rows that name none is their section.
        if self.finder.lexicon.is_value(&folded) && self.body.rows.get(at + 1).is_some() {
            return RowClass::Furniture(Furniture::Section);
        }
        if others >= 2 && Self::is_numbered_otherwise(first, style) {
            let runs_on = self.runs_on(at);
            return if runs_on { RowClass::Data } else { RowClass::Furniture(Furniture::Section) };
        }
        if gap && others >= 1 && core >= 2 && !self.grouped[at] {
            return RowClass::Furniture(Furniture::Instruction);
        }
        // A title above the following rows, where every record has a number and more.
        let short = first.chars().count() <= 20;
        if short && others >= 3 && self.profile.numbered() && self.body.rows.get(at + 1).is_some() {
            return RowClass::Furniture(Furniture::Section);
        }
        RowClass::Data
    }

    /// Whether a column holds the first text of a row, apart from its running number.
    fn is_first_text(&self, row: &Row, col: u32) -> bool {
        let texts = self.body.texts;
        let mut cells = row.cells.iter().filter(|cell| Some(cell.0) != self.serial && !is_blank(cell.1, texts));
        cells.find(|cell| matches!(cell.1, Raw::Text(_))).is_some_and(|cell| cell.0 == col)
    }

    /// Whether a single text under the tasks, numbered 1. or 1）, stands right below or above another such text: a section
    /// stands over records.
    fn runs_on(&self, at: usize) -> bool {
        /// The least style of numbers in digits, see [`words::numbering_style`].
        const DIGITS: u8 = 10;
        let (rows, texts) = (&self.body.rows, self.body.texts);
        let Some(task) = self.task.filter(|&task| task != self.body.heading.area.left) else { return false };
        let alone = |row: &Row| only_cell(row, texts).is_some_and(|cell| cell.0 == task);
        let style = self.numbering(at).filter(|style| *style >= DIGITS && alone(rows[at]));
        let is_next = |other: usize| {
            let row = rows.get(other).filter(|row| row.index.abs_diff(rows[at].index) == 1);
            row.is_some_and(|row| alone(row) && self.numbering(other) == style)
        };
        style.is_some() && [at.checked_sub(1), Some(at + 1)].into_iter().flatten().any(is_next)
    }

    /// Whether the only text of a row goes on with that of the record right above it: it stands behind the task, in a
    /// column where that one has a text too. A Chinese number goes on with such a number.
    fn goes_on_above(&self, at: usize) -> bool {
        /// The least style of numbers in digits, see [`words::numbering_style`].
        const DIGITS: u8 = 10;
        let (row, texts) = (self.body.rows[at], self.body.texts);
        let above = at.checked_sub(1).filter(|&above| self.data[above]).map(|above| self.body.rows[above]);
        let (Some(above), Some((col, Raw::Text(text)))) = (above, only_cell(row, texts)) else { return false };
        let Raw::Text(before) = above.get(col) else { return false };
        let behind = self.task.map_or_else(|| !self.profile.leads(row, texts), |task| task < col);
        let style = |text| words::numbering_style(texts.get(text));
        let runs_on = style(text).is_none_or(|own| own >= DIGITS || style(before) == Some(own));
        let wide = |row: &Row| self.finder.merges.starting(row.index).iter().any(|m| m.left == col && m.right > col);
        above.index + 1 == row.index && behind && runs_on && !texts.is_blank(before) && wide(row) == wide(above)
    }

    /// Whether a row names the group of those below it: it begins in the first column, has no task, at most one more
    /// cell and nothing of what every record fills but a word where they have numbers, while the next row has all that.
    fn is_name_of_group(&self, at: usize) -> bool {
        let (row, texts) = (self.body.rows[at], self.body.texts);
        let first = self.body.heading.area.left;
        let (Some(task), Some(next)) = (self.task, self.body.rows.get(at + 1)) else { return false };
        let mut own = row.cells.iter().filter(|cell| !is_blank(cell.1, texts)).map(|cell| cell.0);
        let begins = task != first && own.next() == Some(first);
        if !begins || own.next() == Some(task) || own.next().is_some() {
            return false;
        }
        let (core, held) = self.profile.core(row, texts);
        core >= MANY
            && (held == 0 || held == 1 && self.profile.is_at_odds(row, texts))
            && !self.covered[at]
            && self.leads(row)
            && next.index == row.index + 1
            && (!is_blank(next.get(first), texts) || self.profile.is_left_to_parts(first))
            && self.profile.core(next, texts).1 * 2 > core
    }

    /// Whether a row lacks columns that records fill, is no part of a record above, and no row that fills them all follows.
    fn is_last(&self, at: usize) -> bool {
        let (all, held) = self.profile.core(self.body.rows[at], self.body.texts);
        held < all && !self.covered[at] && self.last_full.is_none_or(|last| last < at)
    }

    /// Whether a record follows right below.
    fn goes_on(&self, at: usize, hints: &[RowHint]) -> bool {
        let next = self.body.rows.get(at + 1).zip(hints.get(at + 1));
        next.is_some_and(|(next, hint)| {
            next.index == self.body.rows[at].index + 1 && *hint == RowHint::Is(RowClass::Data)
        })
    }

    /// The style in which the first text of a row is numbered.
    pub(super) fn numbering(&self, at: usize) -> Option<u8> {
        self.first_text(self.body.rows[at]).and_then(words::numbering_style)
    }

    /// Whether the row below has several cells and, where this one has the name of a unit, something else: 综合科 over the
    /// numbers of its tasks.
    pub(super) fn stands_over_others(&self, at: usize) -> bool {
        let texts = self.body.texts;
        let filled = |row: &Row| row.cells.iter().filter(|cell| !is_blank(cell.1, texts)).count();
        let column = self.body.rows[at].cells.iter().find(|cell| !is_blank(cell.1, texts)).map(|cell| cell.0);
        let Some((column, next)) = column.zip(self.body.rows.get(at + 1)) else { return false };
        let other = match next.get(column) {
            Raw::Text(text) => !self.finder.lexicon.is_unit(&fold(texts.get(text))),
            raw => !is_blank(raw, texts),
        };
        filled(next) > 1 && other && !is_blank(next.get(column), texts)
    }

    /// Whether a text is numbered in another style than the records.
    fn is_numbered_otherwise(text: &str, style: Option<u8>) -> bool {
        words::numbering_style(text).is_some_and(|own| Some(own) != style) || words::is_section(&fold(text))
    }
}
