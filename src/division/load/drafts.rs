//! The rows of 任务分工 gathered into tasks: categories filled down, one task over several rows made one.

use std::collections::BTreeMap;

use super::columns::task as col;
use super::lines::{Cell, Line, Lines};
use crate::basis::place::{Place, SourceId};
use crate::basis::text::{code_key, skeleton};
use crate::read::Workbook;
use crate::table::FieldId;

/// A task as its rows give it, before names and dates are understood.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    /// Its code: as written, after numbering as reports print it.
    pub(crate) code: String,
    /// Where the code stands.
    pub(crate) code_place: Place,
    /// First row of the merged region the code stands in, and how many tasks stand beside that region.
    pub(crate) code_top: u32,
    /// Its category, filled down.
    pub(crate) category: String,
    /// Where the category stands.
    pub(crate) category_place: Place,
    /// The task's text.
    pub(crate) text: Cell,
    /// Its line.
    pub(crate) place: Place,
    /// The cells that hold something, by column; several where several rows or columns give it.
    pub(crate) cells: BTreeMap<FieldId, Vec<Cell>>,
    /// The cell of its units, blank or not.
    pub(crate) units_place: Place,
    /// Lines of other tasks with the same code and another text.
    pub(crate) others: Vec<(Place, String)>,
}

/// The tasks of a division in the order of the sheet, and where they were looked for.
#[derive(Clone, Debug)]
pub(crate) struct Drafts {
    /// The tasks.
    pub(crate) tasks: Vec<Draft>,
    /// Their sheet, or the workbook when it has none.
    pub(crate) place: Place,
    /// Whether a table of tasks was found.
    pub(crate) table: bool,
}

/// Cells that are gathered from all the rows of a task.
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

/// Reads the tasks of a sheet.
pub(super) fn read(book: &Workbook, sheet: Option<u16>) -> Drafts {
    let Some(number) = sheet else {
        return Drafts { tasks: Vec::new(), place: Place::file(SourceId::DIVISION), table: false };
    };
    let lines = Lines::read(book, number, &col::columns());
    let mut reader = Reader::new(&lines);
    for line in lines.all() {
        match line {
            Line::Section(text, place) => reader.section = Some((text, place)),
            Line::Data(table, row) => reader.row(table, row),
        }
    }
    Drafts { tasks: reader.tasks, place: lines.place(), table: !lines.tables.is_empty() }
}

struct Reader<'a> {
    lines: &'a Lines<'a>,
    task: FieldId,
    tasks: Vec<Draft>,
    /// The title of the section that the rows stand in.
    section: Option<(String, Place)>,
    /// The last category cell that held something.
    category: Option<(String, Place)>,
    table: usize,
}

impl<'a> Reader<'a> {
    fn new(lines: &'a Lines<'a>) -> Reader<'a> {
        // An index without 工作任务 names its tasks by its lowest level.
        let task = [col::TASK, col::LEVEL3, col::LEVEL2].into_iter().find(|id| lines.has(*id)).unwrap_or(col::TASK);
        Reader { lines, task, tasks: Vec::new(), section: None, category: None, table: 0 }
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
        let code = self.code(table, row);
        let Some(text) = self.lines.cell(table, row, self.task) else { return };
        let place = self.lines.row_place(table, row);
        if self.continues(code.as_ref(), &text, &category) {
            self.gather(table, row);
            return;
        }
        let units_cell = self.lines.cell(table, row, col::UNITS).or_else(|| self.lines.cell(table, row, col::LEAD));
        self.tasks.push(Draft {
            code_place: code.as_ref().map_or(place, |code| code.place),
            code_top: code.as_ref().map_or(row, |code| code.top),
            code: code.map(|cell| cell.code()).unwrap_or_default(),
            category,
            category_place,
            text,
            place,
            cells: BTreeMap::new(),
            units_place: units_cell.map_or(place, |cell| cell.place),
            others: Vec::new(),
        });
        self.gather(table, row);
    }

    /// The category of a row: its own, else the one above it, else the title of its section or table.
    fn category(&mut self, table: usize, row: u32) -> (String, Place) {
        // A one-character-a-line cell reads as one word.
        let joined = |text: &str| text.lines().map(str::trim).collect::<String>();
        let higher = [col::CATEGORY, col::LEVEL2].into_iter().filter(|id| *id != self.task);
        let own = higher.filter_map(|id| self.lines.cell(table, row, id)).find(|cell| !cell.text.is_empty());
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

    fn code(&self, table: usize, row: u32) -> Option<Cell> {
        let cells = [col::CODE, col::SERIAL].into_iter().filter_map(|id| self.lines.cell(table, row, id));
        let mut cells: Vec<Cell> = cells.collect();
        let at = cells.iter().position(|cell| !cell.text.is_empty()).unwrap_or(0);
        (at < cells.len()).then(|| cells.swap_remove(at))
    }

    /// Whether a row goes on with the task above it: the task's cell is merged over both, or says nothing or the same
    /// under no other code.
    fn continues(&self, code: Option<&Cell>, text: &Cell, category: &str) -> bool {
        let Some(last) = self.tasks.last() else { return false };
        let code_text = code.map(Cell::code).unwrap_or_default();
        let same_code = code_text.is_empty() || code_key(&code_text) == code_key(&last.code);
        if text.place == last.text.place && text.place.area.is_some_and(|area| area.top < area.bottom) {
            return same_code;
        }
        same_code
            && last.category == category
            && (text.text.is_empty() || !code_text.is_empty() && skeleton(&text.text) == skeleton(&last.text.text))
    }

    /// Adds the row's cells to the last task; cells merged over its rows are added once.
    fn gather(&mut self, table: usize, row: u32) {
        let Some(task) = self.tasks.last_mut() else { return };
        for &id in GATHERED {
            for cell in self.lines.cells(table, row, id) {
                let known = task.cells.entry(id).or_default();
                if !cell.text.is_empty() && known.iter().all(|other| other.place != cell.place) {
                    known.push(cell);
                }
            }
        }
    }
}

impl Draft {
    /// The cells of a column that hold something.
    pub(crate) fn cells(&self, id: FieldId) -> &[Cell] {
        self.cells.get(&id).map(Vec::as_slice).unwrap_or_default()
    }

    /// The first cell of a column that holds something.
    pub(crate) fn cell(&self, id: FieldId) -> Option<&Cell> {
        self.cells(id).first()
    }

    /// The texts of a column, different ones joined by line breaks.
    pub(crate) fn text(&self, id: FieldId) -> String {
        let mut texts: Vec<&str> = Vec::new();
        for cell in self.cells(id) {
            if !texts.contains(&cell.text.as_str()) {
                texts.push(&cell.text);
            }
        }
        texts.join("\n")
    }
}
