//! Cross-tab → records: one for each filled cell, or for each group of cells under one heading of the axis.

use chrono::NaiveDate;
use hashbrown::HashMap;

use super::amount::{Amount, amount};
use super::axes::is_period;
use super::counted::counted;
use super::interpret::of_words;
use super::leaf::{is_done, is_of_numbers, kept, leaf, tell_shares_done};
use super::record::Ledger;
use super::status::{self, Legend, Reading};
use super::value::{Status, Value};
use crate::basis::place::Area;
use crate::basis::pool::Texts;
use crate::basis::text::{fold, heading_key, is_ditto};
use crate::division::{Context, fields};
use crate::read::{Raw, Sheet};
use crate::table::{AxisColumn, Column, Crossed, FieldId, Lexicon, RowClass, is_counter, is_last_counter, shown};

/// The most characters of a state; a longer text describes the work.
const STATE: usize = 12;

/// The axis of a cross-tab and the cells below it.
pub(super) struct Crossing {
    pub(super) axes: Vec<AxisColumn>,
    /// The axis columns (by position) whose cells form one record.
    groups: Vec<Vec<usize>>,
    /// The filled cells, by row.
    rows: HashMap<u32, Vec<Filled>>,
    /// The number of filled groups of each row, counted independently of the records.
    seen: HashMap<u32, u32>,
    pub(super) of_axis: OfAxis,
    /// The day of judgement.
    today: NaiveDate,
}

/// The columns of the ledger (by position) for the values from the headings of the axis.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct OfAxis {
    pub(super) unit: Option<usize>,
    pub(super) task: Option<usize>,
    pub(super) period: Option<usize>,
}

/// The filled cells of one group of the axis in one row.
#[derive(Clone, Debug)]
pub(super) struct Filled {
    /// The column of the sheet that identifies the record.
    pub(super) col: u32,
    /// The axis column (by position) that represents the group.
    pub(super) axis: usize,
    /// Each cell: its axis column (by position), its value, and the column of the ledger it belongs to.
    pub(super) cells: Vec<(usize, Raw, usize)>,
    /// Whether the cell under 工作任务 names the field of its number instead of a task.
    pub(super) unnamed: bool,
}

/// The field that a cell fills.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Says {
    /// A value of this field.
    Field(FieldId),
    /// A number.
    Number,
    /// A target, or the value of another span of time than the window's; kept under its own heading.
    Kept,
}

impl Crossing {
    /// Prepares the records of a cross-tab and adds the columns they need to the ledger; none for a list. `stated`: the
    /// field of its bare numbers.
    pub(super) fn new(
        mut axes: Vec<AxisColumn>,
        ledger: &mut Ledger,
        rows: &[(u32, RowClass)],
        sheet: &Sheet,
        cx: &Context<'_>,
        (texts, legend, stated): (&Texts, Option<&Legend>, Option<FieldId>),
    ) -> Option<Crossing> {
        let first = axes.first()?.column.clone();
        tell_shares_done(&mut axes);
        let kept = kept(&axes, &cx.division.fields, cx.window.cycle);
        let groups = groups(&axes, &kept);
        let merged = Merged::new(&axes, sheet, ledger.heading.bottom);
        let fixed = ledger.columns.len();
        let mut columns = Columns { ledger, first, cx };
        let any = |pick: &dyn Fn(&AxisColumn) -> bool| axes.iter().any(pick);
        let of_axis = OfAxis {
            unit: any(&|axis| axis.unit.is_some()).then(|| columns.of_field(fields::UNITS, Crossed::Heading)),
            task: any(&|axis| axis.task.is_some()).then(|| columns.of_field(fields::TASK, Crossed::Heading)),
            period: any(&|axis| axis.days.is_some()).then(|| columns.of_field(fields::DATE, Crossed::Heading)),
        };
        let speaker = Speaker { cx, texts, legend };
        let (mut filled, mut seen) = (HashMap::new(), HashMap::new());
        for &(row, _) in rows.iter().filter(|row| row.1 == RowClass::Data) {
            let says = |at: usize| {
                let raw = merged.get(row, axes[at].column.col, sheet, texts);
                speaker.says(raw, &axes[at].column, kept[at]).map(|says| (at, raw, says))
            };
            let reports = |at: &usize| says(*at).is_some_and(|cell| cell.2 != Says::Kept);
            seen.insert(row, groups.iter().filter(|group| group.iter().any(reports)).count() as u32);

            let named = columns.number(row, fixed, sheet, texts);
            let mut of_row: Vec<Filled> = Vec::new();
            for group in &groups {
                let said: Vec<_> = group.iter().filter_map(|&at| says(at)).collect();
                let Some(&(lead, ..)) = said.iter().find(|cell| cell.2 != Says::Kept) else { continue };
                let number = said.iter().any(|cell| cell.2 == Says::Number);
                let of_group = || group.iter().map(|&at| &axes[at].column);
                let mut home = |(at, raw, says): (usize, Raw, Says)| {
                    let column = match says {
                        Says::Field(fields::DATE) if of_axis.period.is_some() => {
                            columns.of_field(fields::DONE_ON, Crossed::Cell)
                        }
                        Says::Field(field) => columns.of_field(field, Crossed::Cell),
                        Says::Number => {
                            let column = &axes[at].column;
                            let measure = || counted(column.unit.as_deref()?);
                            let counted = || counted(&shown(raw, texts)).or_else(measure).or(stated);
                            let field = named.map(|named| named.0).or_else(counted).unwrap_or(fields::AMOUNT);
                            // Several numbers of one record are no single sum.
                            let several = of_group().any(|other| other.field == Some(field))
                                || of_group().filter(|other| is_of_numbers(other)).count() > 1;
                            if several && is_of_numbers(column) {
                                columns.of_heading(column)
                            } else {
                                columns.of_field(field, Crossed::Cell)
                            }
                        }
                        Says::Kept => columns.of_heading(&axes[at].column),
                    };
                    (at, raw, column)
                };
                of_row.push(Filled {
                    col: axes[lead].column.col,
                    axis: lead,
                    cells: said.iter().map(|&cell| home(cell)).collect(),
                    unnamed: number && named.is_some_and(|named| named.1),
                });
            }
            of_row.sort_by_key(|filled| filled.col);
            filled.insert(row, of_row);
        }
        Some(Crossing { axes, groups, rows: filled, seen, of_axis, today: cx.as_of.date() })
    }

    /// The filled groups of a row, from left to right.
    pub(super) fn filled(&self, row: u32) -> &[Filled] {
        self.rows.get(&row).map_or(&[], Vec::as_slice)
    }

    /// The empty groups of a row, if the axis has units or tasks; none if the ledger already has many gaps (`known`).
    pub(super) fn empty(&self, row: u32, known: usize) -> Vec<Filled> {
        /// The most gaps kept of a ledger.
        const MOST: usize = 5000;
        if known >= MOST || self.of_axis.unit.is_none() && self.of_axis.task.is_none() {
            return Vec::new();
        }
        let filled = self.filled(row);
        let axis_of = |group: &Vec<usize>| group.first().copied();
        let is_open = |axis: &usize| !filled.iter().any(|one| one.axis == *axis || self.same_group(one.axis, *axis));
        let open = self.groups.iter().filter_map(axis_of).filter(is_open);
        open.map(|axis| Filled { col: self.axes[axis].column.col, axis, cells: Vec::new(), unnamed: false }).collect()
    }

    fn same_group(&self, a: usize, b: usize) -> bool {
        self.groups.iter().any(|group| group.contains(&a) && group.contains(&b))
    }

    /// The number of rows counted for the tally: a row of data counts its filled cells, but at least one; any other row
    /// counts one.
    pub(super) fn seen<'r>(&self, rows: impl Iterator<Item = &'r (u32, RowClass)>) -> u32 {
        rows.map(|row| self.seen.get(&row.0).copied().unwrap_or(1).max(1)).sum()
    }

    /// The days that the heading of the axis gives a record.
    pub(super) fn days(&self, axis: &AxisColumn) -> Value {
        match axis.days {
            // An unfinished week ends today.
            Some((first, last)) if first < last => {
                Value::Days { first, last: if first <= self.today { last.min(self.today) } else { last } }
            }
            Some((day, _)) => Value::Day(day),
            None => Value::Blank,
        }
    }
}

/// Groups the axis columns (by position) of each unit, task and period. Columns whose lower headings are fields or a
/// result or numbers of something, and those that are kept beside one, form one group; other columns are groups of their own.
fn groups(axes: &[AxisColumn], kept: &[bool]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (at, axis) in axes.iter().enumerate() {
        let fits = |other: &usize| {
            let (beside, other) = (kept[at] || kept[*other], &axes[*other]);
            let field = |axis: &AxisColumn| axis.column.field;
            let counts = |axis: &AxisColumn| !is_done(&axis.column) && is_of_numbers(&axis.column);
            let told = |axis| field(axis).is_some() || is_done(&axis.column) || counts(axis);
            let apart = || field(axis) != field(other) || counts(axis) || counts(other);
            axis.is_of_same(other)
                && axis.column.heading != other.column.heading
                && (beside || told(axis) && told(other) && apart())
        };
        match groups.iter_mut().find(|group| group.iter().all(fits)) {
            Some(group) => group.push(at),
            None => groups.push(vec![at]),
        }
    }
    groups
}

/// Adds the columns that the records of the axis need to the ledger.
struct Columns<'a> {
    ledger: &'a mut Ledger,
    first: Column,
    cx: &'a Context<'a>,
}

impl Columns<'_> {
    /// The column of a field that the axis fills; a column of the sheet for the same field is unbound.
    fn of_field(&mut self, field: FieldId, from: Crossed) -> usize {
        if let Some(at) = self.ledger.columns.iter().position(|c| c.crossed.is_some() && c.field == Some(field)) {
            return at;
        }
        for column in self.ledger.columns.iter_mut().filter(|c| c.field == Some(field)) {
            (column.field, column.also) = (None, Some(field));
        }
        let name = self.cx.division.fields.spec(field).name.clone();
        self.add(name, Some(field), from)
    }

    /// The column of an unknown lower heading.
    fn of_heading(&mut self, column: &Column) -> usize {
        let leaf = leaf(column);
        let known = self.ledger.columns.iter().position(|c| c.crossed.is_some() && c.heading == leaf);
        known.unwrap_or_else(|| self.add(leaf.to_owned(), None, Crossed::Cell))
    }

    fn add(&mut self, heading: String, field: Option<FieldId>, from: Crossed) -> usize {
        let (also, unit, told_by) = (None, None, None);
        let column = Column { heading, field, also, unit, told_by, crossed: Some(from), ..self.first.clone() };
        self.ledger.columns.push(column);
        self.ledger.columns.len() - 1
    }

    /// The field that a row names for its numbers, and whether it is named in the cell for the task.
    fn number(&self, row: u32, fixed: usize, sheet: &Sheet, texts: &Texts) -> Option<(FieldId, bool)> {
        let set = &self.cx.division.fields;
        self.ledger.columns[..fixed].iter().find_map(|column| {
            let raw = sheet.grid.get(row, column.col);
            let field = set.field(&heading_key(&shown(raw, texts)))?;
            let by_task = column.field.or(column.also) == Some(fields::TASK);
            let free = by_task || column.field.is_none() || column.field == Some(fields::CATEGORY);
            (free && set.spec(field).kind.is_number()).then_some((field, by_task))
        })
    }
}

/// Decides which field a cell of a cross-tab fills.
#[derive(Clone, Copy)]
struct Speaker<'a> {
    cx: &'a Context<'a>,
    texts: &'a Texts,
    legend: Option<&'a Legend>,
}

impl Speaker<'_> {
    /// The field that a cell fills; none if it is empty, a dash, or options of which none is marked.
    fn says(self, raw: Raw, column: &Column, kept: bool) -> Option<Says> {
        let text = shown(raw, self.texts);
        if matches!(raw, Raw::Empty) || text.is_empty() && raw != Raw::Uncalculated || is_dash(&text) {
            return None;
        }
        if kept {
            return Some(Says::Kept);
        }
        if let Some(field) = column.field {
            return Some(Says::Field(field));
        }
        Some(match raw {
            Raw::Number { percent: false, .. } => Says::Number,
            Raw::Number { percent: true, .. } | Raw::Truth(_) => Says::Field(fields::STATUS),
            Raw::Date(_) => Says::Field(fields::DATE),
            Raw::Text(_) => return self.words(&text),
            _ => Says::Field(fields::PROGRESS),
        })
    }

    fn words(self, text: &str) -> Option<Says> {
        let window = &self.cx.window;
        let day = of_words(text, window).and_then(Value::day);
        let number = amount(text, None);
        let is_day = day.is_some_and(|day| !matches!(number, Some(Amount::Plain(_))) || window.contains(day));
        if is_day {
            return Some(Says::Field(fields::DATE));
        }
        if self.legend.and_then(|legend| legend.status(text)).is_some() {
            return Some(Says::Field(fields::STATUS));
        }
        let read = status::read(text);
        match number {
            _ if read == Reading::State(Status::Nil) => {}
            Some(Amount::Plain(_)) => return Some(Says::Number),
            Some(Amount::Measured(_)) if !is_period(&fold(text)) && counts(text) => return Some(Says::Number),
            _ => {}
        }
        Some(match read {
            Reading::Unanswered => return None,
            Reading::State(_) if text.chars().count() <= STATE => Says::Field(fields::STATUS),
            _ => Says::Field(fields::PROGRESS),
        })
    }
}

/// Whether what follows the number of a text is counted or measured in it: 5处, 约20人次, 3千米, but not 八一慰问, 1号楼,
/// 三下乡, 5月启动, whose numbers are part of a name.
fn counts(text: &str) -> bool {
    let folded = fold(text);
    let numeral = |c: char| c.is_ascii_digit() || "〇零一二三四五六七八九十百千万亿两.,".contains(c);
    let Some(first) = folded.find(numeral) else { return false };
    let behind = folded[first..].trim_start_matches(numeral);
    let named = |end: (usize, char)| is_counter(&behind[..end.0 + end.1.len_utf8()]);
    // 5月 and 3年 are times.
    behind.is_empty()
        || is_last_counter(behind)
        || !behind.starts_with(['月', '年']) && behind.char_indices().any(named)
}

/// Whether a text only marks an empty cell: —, /, \.
fn is_dash(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_whitespace() || "-－—–―_/／\\＼".contains(c))
}

/// The merged regions below the axis; each of their cells has the value of the region.
struct Merged {
    covered: HashMap<(u32, u32), (u32, u32)>,
    /// The first row under the axis.
    first: u32,
}

impl Merged {
    fn new(axes: &[AxisColumn], sheet: &Sheet, heading: u32) -> Merged {
        /// The most cells of a region with a value; larger ones are decoration.
        const MOST: u64 = 10_000;
        let cells = |area: &Area| u64::from(area.bottom - area.top + 1) * u64::from(area.right - area.left + 1);
        let mut covered = HashMap::new();
        for area in sheet.merges.iter().filter(|area| area.top > heading && cells(area) <= MOST) {
            for col in axes.iter().map(|axis| axis.column.col).filter(|col| (area.left..=area.right).contains(col)) {
                covered.extend((area.top..=area.bottom).map(|row| ((row, col), (area.top, area.left))));
            }
        }
        Merged { covered, first: heading + 1 }
    }

    /// The value of a cell; 同上 stands for the one above.
    fn get(&self, row: u32, col: u32, sheet: &Sheet, texts: &Texts) -> Raw {
        let mut row = row;
        loop {
            let (top, left) = self.covered.get(&(row, col)).copied().unwrap_or((row, col));
            match sheet.grid.get(top, left) {
                Raw::Text(text) if top > self.first && is_ditto(texts.get(text)) => row = top - 1,
                raw => return raw,
            }
        }
    }
}

#[cfg(test)]
mod tests;
