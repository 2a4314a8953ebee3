//! Forms: labels with their values beside, below or behind them, as one form stands for one matter.

use super::merges::Merges;
use super::shape::Line;
use super::shown::{is_blank, lines};
use super::{FieldId, Lexicon, words};
use crate::basis::place::Area;
use crate::basis::pool::Texts;
use crate::basis::text::{fold, heading_key, unnumbered};
use crate::read::{Raw, Row, Sheet};

/// A label has no more characters than this.
const LABEL: usize = 14;
/// Fewer labels make no form.
const LABELS: usize = 3;
/// Two of them must be names of fields.
const KNOWN: usize = 2;

/// A form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// Its labels and values.
    pub area: Area,
    /// Its labels, from left to right and from top to bottom.
    pub entries: Vec<FormEntry>,
    /// The lines above it.
    pub above: Vec<Line>,
    /// The lines in and below it that are no labels with values.
    pub below: Vec<Line>,
}

/// A label of a form and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormEntry {
    /// The label as shown.
    pub label: String,
    /// The field it names.
    pub field: Option<FieldId>,
    /// Where the label stands.
    pub area: Area,
    /// Row and column of the value: those of the label where it follows a colon (责任单位：综合科).
    pub value: (u32, u32),
}

/// What a row of a sheet is to a form.
enum Kind {
    /// Labels and their values.
    Entries(Vec<FormEntry>),
    /// One text that is no label.
    Line,
    /// Something else: a row of a table.
    Other,
}

/// The forms of a sheet, from top to bottom. A label that stands again begins the next form.
pub fn forms(sheet: &Sheet, texts: &Texts, lexicon: &dyn Lexicon) -> Vec<Form> {
    let reader = Reader { sheet, texts, lexicon, merges: Merges::new(&sheet.merges) };
    let mut found = Vec::new();
    let mut open: Option<Form> = None;
    let mut between: Vec<&Row> = Vec::new();
    let close = |open: &mut Option<Form>, found: &mut Vec<Form>| found.extend(open.take().filter(is_enough));
    for row in &sheet.grid.rows {
        if row.cells.iter().all(|cell| is_blank(cell.1, texts)) {
            continue;
        }
        match reader.kind(row, open.as_ref()) {
            Kind::Entries(entries) => {
                let again = |form: &Form| entries.iter().any(|entry| form.has(entry));
                if open.as_ref().is_some_and(again) {
                    close(&mut open, &mut found);
                }
                let lines = lines(between.drain(..), texts);
                match &mut open {
                    Some(form) => {
                        form.below.extend(lines);
                        form.take(entries);
                    }
                    None => open = Form::begin(entries, lines),
                }
            }
            Kind::Line => match open.as_mut().filter(|_| between.is_empty()).and_then(Form::unanswered) {
                Some(entry) => {
                    entry.value =
                        (row.index, row.cells.iter().find(|cell| !is_blank(cell.1, texts)).map_or(0, |c| c.0));
                    if let Some(form) = &mut open {
                        form.area.bottom = row.index;
                    }
                }
                None => between.push(row),
            },
            Kind::Other => {
                close(&mut open, &mut found);
                between.clear();
            }
        }
    }
    if let Some(form) = &mut open {
        form.below.extend(lines(between, texts));
    }
    close(&mut open, &mut found);
    found
}

/// Whether a form has enough labels, and knows enough of them.
fn is_enough(form: &Form) -> bool {
    let known = form.entries.iter().filter(|entry| entry.field.is_some()).count();
    form.entries.len() >= LABELS && known >= KNOWN
}

impl Form {
    fn begin(entries: Vec<FormEntry>, above: Vec<Line>) -> Option<Form> {
        let first = entries.first()?;
        let mut form = Form { area: first.area, entries: Vec::new(), above, below: Vec::new() };
        form.take(entries);
        Some(form)
    }

    fn take(&mut self, entries: Vec<FormEntry>) {
        for entry in entries {
            let value = Area::cell(entry.value.0, entry.value.1);
            for area in [entry.area, value] {
                self.area.left = self.area.left.min(area.left);
                self.area.right = self.area.right.max(area.right);
                self.area.bottom = self.area.bottom.max(area.bottom);
            }
            self.entries.push(entry);
        }
    }

    /// Whether it has the label already.
    fn has(&self, entry: &FormEntry) -> bool {
        self.entries.iter().any(|known| match (known.field, entry.field) {
            (Some(a), Some(b)) => a == b && known.label == entry.label,
            (None, None) => known.label == entry.label && known.area.left == entry.area.left,
            _ => false,
        })
    }

    /// Its last label, if it stands alone in its row and has no place for its value beside it.
    fn unanswered(&mut self) -> Option<&mut FormEntry> {
        let row = self.entries.last()?.area.top;
        let alone = self.entries.iter().filter(|entry| entry.area.top == row).count() == 1;
        self.entries.last_mut().filter(|entry| alone && entry.value == (entry.area.bottom + 1, entry.area.left))
    }

    /// Whether labels stand in this column.
    fn labels_at(&self, col: u32) -> bool {
        self.entries.iter().any(|entry| entry.area.left == col)
    }
}

/// Reads the rows of a sheet as labels and values.
struct Reader<'a> {
    sheet: &'a Sheet,
    texts: &'a Texts,
    lexicon: &'a dyn Lexicon,
    merges: Merges,
}

/// A filled cell of a row.
#[derive(Clone, Copy)]
struct Cell<'t> {
    area: Area,
    text: &'t str,
}

impl Reader<'_> {
    fn kind(&self, row: &Row, open: Option<&Form>) -> Kind {
        let mut filled = row.cells.iter().filter(|cell| !is_blank(cell.1, self.texts)).map(|&(col, raw)| {
            let text = match raw {
                Raw::Text(text) => self.texts.get(text).trim(),
                _ => "",
            };
            Cell { area: self.merges.anchored(row.index, col), text }
        });
        let Some(first) = filled.next() else { return Kind::Other };
        let second = filled.next();
        // So most rows of a table are told by their first cells.
        if !self.is_label(first.text) && self.behind_colon(first).is_none() {
            match second {
                None => return Kind::Line,
                Some(second) if !self.names_group(first, second) => return Kind::Other,
                Some(_) => {}
            }
        }
        let cells: Vec<Cell<'_>> = [first].into_iter().chain(second).chain(filled).collect();
        self.entries(&cells, open).map_or(Kind::Other, Kind::Entries)
    }

    /// Whether a cell is merged down over rows of labels, the first of which stands beside it, so that it may be the name
    /// of their group.
    fn names_group(&self, first: Cell<'_>, second: Cell<'_>) -> bool {
        first.area.bottom > first.area.top && self.is_label(second.text)
    }

    /// The labels of a row with their values; none where something stands in it that is neither.
    fn entries(&self, cells: &[Cell<'_>], open: Option<&Form>) -> Option<Vec<FormEntry>> {
        let mut entries = Vec::new();
        let mut at = 0;
        if let [first, second, ..] = cells
            && self.names_group(*first, *second)
            && (self.field(first.text).is_none() || cells.len() > 2)
        {
            at = 1;
        }
        while let Some(cell) = cells.get(at) {
            if let Some(entry) = self.behind_colon(*cell) {
                entries.push(entry);
                at += 1;
                continue;
            }
            if !self.is_label(cell.text) {
                return None;
            }
            let Area { top, right, .. } = cell.area;
            let next = cells.get(at + 1).filter(|next| next.area.left == right + 1);
            let value = match next {
                Some(next) if self.is_value(*next, *cell, open) => {
                    at += 1;
                    (top, next.area.left)
                }
                Some(_) => return None,
                None if cells.len() == 1 && self.is_wide(cell.area) => (cell.area.bottom + 1, cell.area.left),
                None => (top, right + 1),
            };
            let field = self.field(cell.text);
            entries.push(FormEntry { label: shown(cell.text), field, area: cell.area, value });
            at += 1;
        }
        Some(entries)
    }

    /// Whether the cell behind a label is its value: it is no label, or it says what its label asks for (照片 under
    /// 佐证材料) in a column where no labels stand.
    fn is_value(&self, cell: Cell<'_>, label: Cell<'_>, open: Option<&Form>) -> bool {
        // 项目名称 | 准备日期 are two labels without values.
        if words::names_a_day(cell.text) && !words::names_a_day(label.text) {
            return false;
        }
        let Some(field) = self.field(cell.text) else {
            return self.field(label.text).is_some() || !self.is_label(cell.text);
        };
        let usual = open.is_some_and(|form| form.labels_at(label.area.left) && !form.labels_at(cell.area.left));
        usual && self.field(label.text) == Some(field)
    }

    /// Whether a cell is merged over the width of the sheet, so that its value stands below.
    fn is_wide(&self, area: Area) -> bool {
        self.sheet.grid.extent().is_some_and(|all| area.right > area.left && area.right >= all.right)
    }

    fn field(&self, text: &str) -> Option<FieldId> {
        if text.is_empty() || text.chars().count() > 3 * LABEL {
            return None;
        }
        let key = |text: &str| heading_key(text.trim_end_matches([':', '：']));
        let by = |key: String| self.lexicon.field(&key).filter(|_| key.chars().count() <= LABEL);
        by(key(text)).or_else(|| by(key(unnumbered(text))))
    }

    fn is_label(&self, text: &str) -> bool {
        let key = heading_key(text.trim_end_matches([':', '：']));
        let long = key.is_empty() || key.chars().count() > LABEL;
        !long
            && (text.ends_with([':', '：'])
                || self.field(text).is_some()
                || words::is_label(&key)
                || words::is_headingish(&key))
    }

    /// A label with its value in one cell: 责任单位：综合科.
    fn behind_colon(&self, cell: Cell<'_>) -> Option<FormEntry> {
        let (label, value) = cell.text.split_once([':', '：'])?;
        let field = self.field(label)?;
        let alone = !value.contains([':', '：']) || value.lines().count() > 1;
        (alone && !value.trim().is_empty() && !words::is_instruction(&fold(cell.text))).then(|| FormEntry {
            label: shown(label),
            field: Some(field),
            area: cell.area,
            value: (cell.area.top, cell.area.left),
        })
    }
}

fn shown(label: &str) -> String {
    label.trim().trim_end_matches([':', '：']).chars().filter(|c| !c.is_control()).collect()
}

#[cfg(test)]
mod tests;
