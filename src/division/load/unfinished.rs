//! Collects the rows of 任务分工 into drafts of tasks: categories are filled down, tasks over several rows are joined.

use std::collections::BTreeMap;

use super::columns::task as col;
use super::leading_sign;
use super::lines::{Cell, Line, Lines};
use super::rows::Rows;
use crate::basis::place::{Place, SourceId};
use crate::basis::text::{code_key, is_ditto, skeleton};
use crate::read::{Raw, Workbook};
use crate::table::{Column, FieldId};

/// A task as written in its rows, before names and dates are read.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    /// The code: as written, and after numbering as printed in reports.
    pub(crate) code: String,
    /// The place of the code.
    pub(crate) code_place: Place,
    /// The first row of the merged region of the code.
    pub(crate) code_top: u32,
    /// Whether the code is stored as a number, so that 1.10 became 1.1.
    pub(crate) code_is_number: bool,
    /// The category, filled down.
    pub(crate) category: String,
    /// The place of the category.
    pub(crate) category_place: Place,
    /// The task's text.
    pub(crate) text: Cell,
    /// What all its rows say.
    pub(crate) whole: Rows,
    /// What its rows say where each names units of its own.
    pub(crate) parts: Vec<Rows>,
    /// Places and texts of other tasks with the same code.
    pub(crate) others: Vec<(Place, String)>,
}

/// The drafts of a division in the order of the sheet.
#[derive(Clone, Debug)]
pub(crate) struct Drafts {
    /// The tasks.
    pub(crate) tasks: Vec<Draft>,
    /// The sheet of tasks, or the workbook if there is none.
    pub(crate) place: Place,
    /// Whether a table of tasks was found.
    pub(crate) table: bool,
    /// The headings that seem to say who is responsible and are no column of this sheet, with their places.
    pub(crate) unread: Vec<(String, Place)>,
}

/// Columns whose cells are collected from all rows of a task.
const GATHERED: &[FieldId] = &[
    col::STANDARD,
    col::LEADERS,
    col::LEAD,
    col::UNITS,
    col::SUPPORT,
    col::DEADLINE,
    col::CYCLE,
    col::INDICATOR,
    col::EVIDENCE,
    col::SIGN,
    col::MARKS,
    col::REMARK,
];

/// Words in a heading that seems to say who is responsible.
const OWNERS: &[&str] = &["单位", "部门", "科室", "股室", "处室", "责任", "牵头", "承办", "主体"];

/// Reads the tasks of a sheet.
pub(super) fn read(book: &Workbook, sheet: Option<u16>) -> Drafts {
    let Some(number) = sheet else {
        return Drafts { tasks: Vec::new(), place: Place::file(SourceId::DIVISION), table: false, unread: Vec::new() };
    };
    let lines = Lines::read(book, number, &col::columns());
    let mut roles = Roles::of(&lines);
    let mut tasks = Reader::read(&lines, &roles);
    // Numbers that restart under each 二级指标 belong to it, not to the 一级指标.
    if roles.categories.len() > 1 && repeats_a_number(&tasks) {
        roles.categories.reverse();
        let finer = Reader::read(&lines, &roles);
        if !repeats_a_number(&finer) {
            tasks = finer;
        }
    }
    let names_owners = |heading: &str| OWNERS.iter().any(|word| heading.contains(word));
    let unread = lines.unknown().into_iter().filter(|(heading, _)| names_owners(heading));
    let unread = unread.map(|(heading, place)| (heading.to_owned(), place)).collect();
    Drafts { tasks, place: lines.place(), table: !lines.tables.is_empty(), unread }
}

/// Whether a code is used for two tasks of one category.
fn repeats_a_number(tasks: &[Draft]) -> bool {
    let mut seen: BTreeMap<(&str, String), String> = BTreeMap::new();
    tasks.iter().filter(|task| !task.code.is_empty()).any(|task| {
        let text = skeleton(&task.text.text);
        seen.insert((&task.category, code_key(&task.code)), text.clone()).is_some_and(|other| other != text)
    })
}

struct Reader<'a> {
    lines: &'a Lines<'a>,
    columns: &'a Roles,
    /// The sign that marks leading units.
    leads: Option<char>,
    tasks: Vec<Draft>,
    /// The title of the current section.
    section: Option<(String, Place)>,
    /// The last non-empty category cell.
    category: Option<(String, Place)>,
    table: usize,
}

/// Which columns hold the task, its category and its code.
struct Roles {
    /// The column of tasks: its field and its position among the columns of that field.
    task: (FieldId, usize),
    /// The columns of categories; the first non-empty one counts.
    categories: Vec<(FieldId, usize)>,
    code: FieldId,
}

impl Roles {
    fn of(lines: &Lines<'_>) -> Roles {
        // In an assessment index without 工作任务, the lowest level is the task.
        let named = [col::TASK, col::LEVEL3, col::LEVEL2].into_iter().find(|id| lines.has(*id)).unwrap_or(col::TASK);
        let mut categories: Vec<(FieldId, usize)> = [col::CATEGORY, col::LEVEL2]
            .into_iter()
            .filter(|id| *id != named && lines.has(*id))
            .map(|id| (id, 0))
            .collect();
        // Of two columns of tasks (重点工作, 具体措施), the one with more distinct texts is the task, the other the category.
        let said = |nth: usize| lines.texts(named, nth).len();
        let task = if said(1) > said(0) { (named, 1) } else { (named, 0) };
        if task.1 == 1 && categories.is_empty() {
            categories.push((named, 0));
        }
        // 序号 beside 任务编号 only numbers rows.
        let code = if lines.texts(col::CODE, 0).is_empty() { col::SERIAL } else { col::CODE };
        Roles { task, categories, code }
    }
}

impl<'a> Reader<'a> {
    fn read(lines: &'a Lines<'a>, columns: &'a Roles) -> Vec<Draft> {
        let mut reader = Reader {
            lines,
            columns,
            leads: leading_sign::find(lines),
            tasks: Vec::new(),
            section: None,
            category: None,
            table: 0,
        };
        for line in lines.all() {
            match line {
                Line::Section(text, place) => reader.section = Some((text, place)),
                Line::Data(table, row) => reader.row(table, row),
            }
        }
        reader.tasks
    }

    fn nth(&self, table: usize, row: u32, (id, nth): (FieldId, usize)) -> Option<Cell> {
        self.lines.cells(table, row, id).into_iter().nth(nth)
    }

    fn row(&mut self, table: usize, row: u32) {
        if table != self.table {
            (self.table, self.category, self.section) = (table, None, None);
        }
        let section_before = self.category.as_ref().zip(self.section.as_ref()).is_some_and(|(c, s)| s.1 > c.1);
        if section_before {
            self.category = None;
        }
        let (category, category_place) = self.category(table, row);
        let code = self.lines.cell(table, row, self.columns.code);
        // Another table of the sheet may have only the first of the two columns.
        let text = self.nth(table, row, self.columns.task).or_else(|| self.lines.cell(table, row, self.columns.task.0));
        let Some(text) = text else { return };
        // A row with only a number or only a category is not a task.
        let says = |id: &FieldId| self.lines.cells(table, row, *id).iter().any(|cell| !cell.text.is_empty());
        if text.text.is_empty() && !GATHERED.iter().any(says) {
            return;
        }
        let rows = self.beginning(table, row);
        if !self.continues(code.as_ref(), &text, &category) {
            self.tasks.push(Draft {
                code_place: code.as_ref().map_or(rows.place, |code| code.place),
                code_top: code.as_ref().map_or(row, |code| code.top),
                code_is_number: code.as_ref().is_some_and(|code| matches!(code.raw, Raw::Number { .. })),
                code: code.map(|cell| cell.code()).unwrap_or_default(),
                category,
                category_place,
                text,
                whole: rows.clone(),
                parts: Vec::new(),
                others: Vec::new(),
            });
        }
        self.gather(table, row, rows);
    }

    /// Rows that begin with this one, before its cells are taken.
    fn beginning(&self, table: usize, row: u32) -> Rows {
        let place = self.lines.row_place(table, row);
        let owners = || [col::UNITS, col::LEAD].into_iter().filter_map(|id| self.lines.cell(table, row, id));
        let owner = owners().find(|cell| !cell.text.is_empty()).or_else(|| owners().next());
        Rows {
            place,
            units_place: owner.map_or(place, |cell| cell.place),
            leads: self.leads,
            people: self.names_people(table),
            cells: BTreeMap::new(),
        }
    }

    /// Whether a column of units names persons too: 责任单位及责任人.
    fn names_people(&self, table: usize) -> bool {
        let of_units = |column: &&Column| matches!(column.field, Some(col::UNITS | col::LEAD));
        let mut headings = self.lines.tables[table].columns.iter().filter(of_units).map(|column| &column.heading);
        headings.any(|heading| ["责任人", "负责人"].iter().any(|word| heading.contains(word)))
    }

    /// The category of a row: its own, else that of the rows above, else the title of its section or table.
    fn category(&mut self, table: usize, row: u32) -> (String, Place) {
        // vertical text with a line break after each character
        let joined = |text: &str| text.lines().map(str::trim).collect::<String>();
        let cells = self.columns.categories.iter().filter_map(|column| self.nth(table, row, *column));
        let own = cells.into_iter().find(|cell| !cell.text.is_empty() && !is_ditto(&cell.text));
        if let Some(cell) = own {
            self.category = Some((joined(&cell.text), cell.place));
        }
        let titled = || {
            let (row, col, text) = self.lines.tables[table].above.last()?;
            let several = self.lines.tables.len() > 1;
            several.then(|| {
                let Place { source, sheet, .. } = self.lines.place();
                (text.trim().to_owned(), Place::cell(source, sheet.unwrap_or_default(), *row, *col))
            })
        };
        let found = self.category.clone().or_else(|| self.section.clone()).or_else(titled);
        found.unwrap_or_else(|| (String::new(), self.lines.row_place(table, row)))
    }

    /// Whether a row continues the task above it: the cell of the task is merged over both, or is empty or the same, without
    /// another code.
    fn continues(&self, code: Option<&Cell>, text: &Cell, category: &str) -> bool {
        let Some(last) = self.tasks.last() else { return false };
        let code_text = code.map(Cell::code).unwrap_or_default();
        let same_code = code_text.is_empty() || code_key(&code_text) == code_key(&last.code);
        if text.place == last.text.place && text.place.area.is_some_and(|area| area.top < area.bottom) {
            return same_code;
        }
        same_code
            && last.category == category
            && (text.text.is_empty()
                || is_ditto(&text.text)
                || (!code_text.is_empty() || last.code.is_empty()) && skeleton(&text.text) == skeleton(&last.text.text))
    }

    /// Adds the cells of a row to the last task; merged cells are added once. A row that names other units than the rows
    /// above begins a part of the task.
    fn gather(&mut self, table: usize, row: u32, mut begun: Rows) {
        let lines = self.lines;
        let Some((task, above)) = self.tasks.split_last_mut() else { return };
        let filled = |id: FieldId| {
            let cells = lines.cells(table, row, id).into_iter();
            cells.filter(|cell| !cell.text.is_empty() && !is_ditto(&cell.text))
        };
        let is_known = |cell: &Cell, id| task.parts.last().is_some_and(|part| part.holds(id, cell));
        let names_others = |id| filled(id).any(|cell| !is_known(&cell, id));
        let is_first = task.parts.is_empty();
        if is_first || [col::UNITS, col::LEAD].into_iter().any(names_others) {
            let again =
                |&id: &FieldId| Some((id, lines.cells(table, row, id).into_iter().find(|cell| is_ditto(&cell.text))?));
            let again: Vec<(FieldId, Cell)> = GATHERED.iter().filter_map(again).collect();
            // 同上 repeats the part above, in the first row of a task that of the task above, as if it stood here
            let source = if is_first { above.last() } else { Some(&*task) }.filter(|_| !again.is_empty());
            let repeated = source.map(|source| source.rows_of(&[source.parts.len().saturating_sub(1)]));
            for (id, again) in again {
                for cell in repeated.iter().flat_map(|rows| rows.cells(id)) {
                    let mut cell = cell.clone();
                    if is_first {
                        cell.place = again.place;
                        task.whole.cells.entry(id).or_default().push(cell.clone());
                    }
                    begun.cells.entry(id).or_default().push(cell);
                }
            }
            task.parts.push(begun);
        }
        let Some(part) = task.parts.last_mut() else { return };
        for &id in GATHERED {
            for cell in filled(id) {
                task.whole.take(id, &cell);
                part.take(id, &cell);
            }
        }
    }
}

impl Draft {
    /// What these of its parts say together. What they leave blank is what the first row of the task says: that is of the
    /// task, while a further row speaks for its own units.
    pub(crate) fn rows_of(&self, parts: &[usize]) -> Rows {
        let mut own = parts.iter().filter_map(|at| self.parts.get(*at));
        let mut rows = own.next().unwrap_or(&self.whole).clone();
        own.for_each(|part| rows.add(part));
        for &id in GATHERED.iter().filter(|id| ![col::UNITS, col::LEAD, col::SUPPORT].contains(id)) {
            if rows.cells(id).is_empty() {
                let first = self.parts.first().map(|part| part.cells(id)).unwrap_or_default();
                rows.cells.insert(id, first.to_vec());
            }
        }
        rows
    }
}
