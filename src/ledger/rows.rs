//! Table → ledger: makes a record of each row of data, with a cell for each column.

use std::fmt::Write as _;
use std::rc::Rc;

use hashbrown::HashMap;

use super::about;
use super::ambiguous_columns::AmbiguousColumns;
use super::attribute::{Clues, attribute};
use super::context::{self, TaskAround};
use super::crossing::Crossing;
use super::interpret::{Under, interpret};
use super::record::{Attribution, Cell, Gap, Ledger, Record, TaskFrom, Total, UnitFrom};
use super::ruled;
use super::sender::{self, Named};
use super::status::Legend;
use super::value::Value;
use crate::basis::calendar::Window;
use crate::basis::place::{Area, Place, SourceId};
use crate::basis::pool::{Text, Texts};
use crate::basis::text::{code_key, is_ditto};
use crate::basis::{TaskId, UnitId};
use crate::division::{Context, FieldType, fields};
use crate::read::{Raw, Row, Sheet};
use crate::ruling::{Asker, RulingKind, Target};
use crate::table::{Furniture, RowClass, Spans, Table, shown};

/// Whether two lists without repetitions have the same units, in any order.
pub(super) fn is_same(a: &[UnitId], b: &[UnitId]) -> bool {
    a.len() == b.len() && a.iter().all(|unit| b.contains(unit))
}

/// Where a table stands.
#[derive(Clone, Debug)]
pub(super) struct TableContext {
    /// The file.
    pub(super) source: SourceId,
    /// The sheet's position.
    pub(super) sheet: u16,
    /// The unit that submits, if known.
    pub(super) unit: Option<(UnitId, UnitFrom)>,
    /// Whether the file is a blank form made from this very division.
    pub(super) stamped: bool,
    /// The task that something around the table names.
    pub(super) around: Option<TaskAround>,
    /// The unit of rows that name none: that of the block's title or of the sheet's name.
    pub(super) titled: Option<UnitId>,
    /// Whether merged cells got lost with the format (csv): a blank task is then that of the row above.
    pub(super) unmerged: bool,
}

impl Ledger {
    /// A ledger of a table, before its rows are read.
    pub(super) fn empty(table: &Table, site: &TableContext, notes: &[about::Note]) -> Ledger {
        Ledger {
            source: site.source,
            sheet: site.sheet,
            heading: table.heading,
            headless: table.headless,
            why: table.why.clone(),
            columns: table.columns.clone(),
            axes: table.axes.iter().map(|axis| axis.column.clone()).collect(),
            records: Vec::new(),
            gaps: Vec::new(),
            rows_blank: 0,
            furniture: Vec::new(),
            totals: Vec::new(),
            rows_seen: 0,
            unit: site.unit,
            signed: about::signed(notes),
        }
    }
}

/// Makes ledgers. Kept for all sheets of a file, because texts repeat.
pub(super) struct LedgerBuilder<'a> {
    pub(super) cx: &'a Context<'a>,
    pub(super) texts: &'a mut Texts,
    /// The file as it asks for rulings, with the unit of the table at hand.
    asker: Asker<'a>,
    window: Window,
    values: HashMap<(Text, u16, Option<FieldType>), Value>,
    trimmed: HashMap<Text, Text>,
    numbers: HashMap<(u64, bool), Text>,
    units: HashMap<Text, Rc<Named>>,
    tasks: HashMap<Key, (Option<TaskId>, Attribution)>,
    /// What the marks of the table mean, where its sheet explains them.
    legend: Option<Legend>,
    buffer: String,
}

/// What determines the task of a row: code, text, category, section, unit.
type Key = (Text, Text, Text, Text, Option<UnitId>, bool);

/// The columns that determine the unit and task of a row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Roles {
    code: Option<usize>,
    serial: Option<usize>,
    task: Option<usize>,
    category: Option<usize>,
    units: Option<usize>,
    submitter: Option<usize>,
}

impl Roles {
    pub(super) fn of(ledger: &Ledger) -> Roles {
        Roles {
            code: ledger.column(fields::CODE),
            serial: ledger.column(fields::SERIAL),
            task: ledger.column(fields::TASK),
            category: ledger.column(fields::CATEGORY),
            units: ledger.column(fields::UNITS),
            submitter: ledger.column(fields::SUBMITTER),
        }
    }

    /// Whether rows name their tasks.
    fn names_tasks(self) -> bool {
        self.task.is_some() || self.code.is_some()
    }
}

/// The section that a row stands in.
#[derive(Clone, Debug, Default)]
pub(super) struct Section {
    name: Text,
    /// The tasks it names.
    tasks: Vec<TaskId>,
    /// The unit it is.
    unit: Option<UnitId>,
}

impl<'a> LedgerBuilder<'a> {
    pub(super) fn new(cx: &'a Context<'a>, texts: &'a mut Texts, asker: Asker<'a>) -> LedgerBuilder<'a> {
        LedgerBuilder {
            asker,
            window: cx.window,
            cx,
            texts,
            values: HashMap::new(),
            trimmed: HashMap::new(),
            numbers: HashMap::new(),
            units: HashMap::new(),
            tasks: HashMap::new(),
            legend: None,
            buffer: String::new(),
        }
    }

    /// The ledger that a table is.
    pub(super) fn ledger(&mut self, table: Table, sheet: &Sheet, site: &TableContext, notes: &[about::Note]) -> Ledger {
        if table.is_form() {
            return self.forms(&table, sheet, site, notes);
        }
        let mut ledger = Ledger::empty(&table, site, notes);
        self.begin(&table, site);
        let leave_out = |row: u32| !self.cx.settings.hidden_rows && sheet.hidden_rows.binary_search(&row).is_ok();
        // counted from the row numbers, independently of how rows were classified
        let below = ledger.first_row();
        let last = table.rows.last().map_or(below, |row| row.0 + 1);
        let out = if self.cx.settings.hidden_rows {
            0
        } else {
            sheet.hidden_rows.iter().filter(|&&row| (below..last).contains(&row)).count() as u32
        };
        ledger.rows_seen = last - below - out;
        let crossing =
            Crossing::new(table.axes, &mut ledger, &table.rows, sheet, self.cx, (&*self.texts, self.legend.as_ref()));
        if let Some(crossing) = &crossing {
            let left_out = |row: &&(u32, RowClass)| !leave_out(row.0);
            ledger.rows_seen = crossing.seen(table.rows.iter().filter(left_out));
        }

        let doubts = AmbiguousColumns { cx: self.cx, texts: self.texts, sheet, rows: &table.rows };
        doubts.tell_deadlines(&mut ledger);
        doubts.tell_states(&mut ledger);
        let roles = Roles::of(&ledger);
        let kinds = self.kinds(&ledger);
        let mut pictures: Vec<u32> = sheet.pictures.iter().map(|picture| picture.0).collect();
        pictures.sort_unstable();
        let mut spans = Spans::new(&sheet.merges, ledger.heading.left, ledger.heading.right);
        let mut merged: Vec<Option<(Area, Cell)>> = vec![None; ledger.columns.len()];
        let mut rows = sheet.grid.rows[sheet.grid.rows.partition_point(|row| row.index < below)..].iter().peekable();
        let mut section = Section::default();
        ledger.records.reserve(table.rows.len());
        for (index, class) in table.rows {
            while rows.next_if(|row| row.index < index).is_some() {}
            let row = rows.next_if(|row| row.index == index);
            spans.go(index);
            if leave_out(index) {
                continue;
            }
            match (class, row) {
                (RowClass::Furniture(what), _) => {
                    if what == Furniture::Section {
                        section = row.map_or_else(Section::default, |row| self.section(row, roles.names_tasks()));
                    }
                    // a total cannot be checked if rows were left out
                    if what == Furniture::Subtotal
                        && out == 0
                        && let Some(row) = row
                    {
                        let (mut cells, repeats) = self.cells(row, &ledger, &kinds, &spans, &mut merged, sheet);
                        for cell in
                            (0..64).zip(&mut cells).filter(|(at, _)| repeats >> at & 1 == 1).map(|(_, cell)| cell)
                        {
                            *cell = Cell { text: Text::default(), value: Value::Blank };
                        }
                        ledger.totals.push(Total { row: index, cells });
                    }
                    ledger.furniture.push((index, what));
                }
                (RowClass::Data, Some(row)) if let Some(crossing) = &crossing => {
                    let (cells, repeats) = self.cells(row, &ledger, &kinds, &spans, &mut merged, sheet);
                    let mut any = false;
                    for filled in crossing.filled(index) {
                        any = true;
                        let cells = self.crossed(&cells, filled, crossing, &ledger, &kinds);
                        let images = sheet.pictures.iter().filter(|at| **at == (index, filled.col)).count();
                        let record = self.record(index, cells, roles, site, &section, &mut ledger, images, sheet);
                        ledger.records.push(Record { repeats, col: Some(filled.col), ..record });
                    }
                    ledger.rows_blank += u32::from(!any);
                    for empty in crossing.empty(index, ledger.gaps.len()) {
                        let cells = self.crossed(&cells, &empty, crossing, &ledger, &kinds);
                        let one = self.record(index, cells, roles, site, &section, &mut ledger, 0, sheet);
                        let gap = one.unit.zip(one.task);
                        ledger.gaps.extend(gap.map(|(unit, task)| Gap { row: index, col: empty.col, unit, task }));
                    }
                }
                (RowClass::Data, Some(row)) => {
                    let (cells, repeats) = self.cells(row, &ledger, &kinds, &spans, &mut merged, sheet);
                    let images = pictures.partition_point(|p| *p <= index) - pictures.partition_point(|p| *p < index);
                    let record = self.record(index, cells, roles, site, &section, &mut ledger, images, sheet);
                    ledger.records.push(Record { repeats, ..record });
                }
                (RowClass::Blank | RowClass::Data, _) => ledger.rows_blank += 1,
            }
        }
        ledger
    }

    /// The rows of a table that are no records: under no task, whatever they say.
    pub(super) fn aside(&mut self, table: Table, sheet: &Sheet, site: &TableContext, notes: &[about::Note]) -> Ledger {
        let mut ledger = self.ledger(table, sheet, site, notes);
        for record in &mut ledger.records {
            (record.task, record.by) = (None, Attribution::None { best: None, likeness: 0 });
        }
        ledger
    }

    /// The words of a section row, in one.
    fn section(&mut self, row: &Row, names_tasks: bool) -> Section {
        let words: Vec<String> = row
            .cells
            .iter()
            .map(|cell| shown(cell.1, self.texts).into_owned())
            .filter(|t| !t.is_empty())
            .take(3)
            .collect();
        // the number may be in a cell of its own and the marks in another: 一 | 宣传教育 | 20
        let name = words.iter().max_by_key(|word| word.chars().filter(|c| c.is_alphabetic()).count());
        let Some(name) = name else { return Section::default() };
        Section {
            name: self.texts.intern(name),
            tasks: context::section_tasks(name, !names_tasks, self.cx.division),
            unit: context::section_unit(name, self.cx.division),
        }
    }

    /// Takes up another table: its legend, and the unit that asks for rulings.
    pub(super) fn begin(&mut self, table: &Table, site: &TableContext) {
        self.legend = Legend::of(table.above.iter().chain(&table.below).map(|line| line.2.as_str()));
        let unit = site.unit.map(|unit| unit.0);
        if self.asker.unit != unit {
            // What names mean by a ruling depends on who asks.
            self.asker.unit = unit;
            self.units.clear();
        }
    }

    /// The type of each column's values.
    pub(super) fn kinds(&self, ledger: &Ledger) -> Vec<Option<FieldType>> {
        ledger.columns.iter().map(|c| c.field.map(|f| self.cx.division.fields.spec(f).kind)).collect()
    }

    fn cells(
        &mut self,
        row: &Row,
        ledger: &Ledger,
        kinds: &[Option<FieldType>],
        spans: &Spans,
        merged: &mut [Option<(Area, Cell)>],
        sheet: &Sheet,
    ) -> (Box<[Cell]>, u64) {
        let mut repeats = 0;
        let mut own = row.cells.iter().peekable();
        let mut cells = Vec::with_capacity(ledger.columns.len());
        for (at, column) in ledger.columns.iter().enumerate() {
            if column.crossed.is_some() {
                cells.push(Cell { text: Text::default(), value: Value::Blank });
                continue;
            }
            if let Some(together) = &column.together {
                let text = together.text(row, self.texts);
                let raw = if text.is_empty() { Raw::Empty } else { Raw::Text(self.texts.intern(&text)) };
                cells.push(self.cell(raw, at as u16, kinds[at], None));
                continue;
            }
            while own.next_if(|cell| cell.0 < column.col).is_some() {}
            let raw = own.next_if(|cell| cell.0 == column.col).map_or(Raw::Empty, |cell| cell.1);
            let over = spans.over(row.index, column.col).filter(|m| m.top < row.index && m.top >= ledger.first_row());
            // a region may begin in a row that is not a record; its first record counts
            if over.is_some_and(|area| ledger.records.last().is_some_and(|last| last.row >= area.top)) {
                repeats |= 1u64.checked_shl(at as u32).unwrap_or(0);
            }
            let cell = match over {
                Some(area) => match merged[at] {
                    Some((known, cell)) if known == area => cell,
                    _ => {
                        let cell = self.cell(
                            sheet.grid.get(area.top, area.left),
                            at as u16,
                            kinds[at],
                            column.unit.as_deref(),
                        );
                        merged[at] = Some((area, cell));
                        cell
                    }
                },
                None => self.cell(raw, at as u16, kinds[at], column.unit.as_deref()),
            };
            // 同上 says again what the record above says.
            let again = matches!(raw, Raw::Text(text) if is_ditto(self.texts.get(text)));
            let cell = match ledger.records.last().filter(|_| again) {
                Some(above) => {
                    repeats |= 1u64.checked_shl(at as u32).unwrap_or(0);
                    above.cells[at]
                }
                None => cell,
            };
            cells.push(cell);
        }
        (cells.into_boxed_slice(), repeats)
    }

    pub(super) fn cell(&mut self, raw: Raw, column: u16, kind: Option<FieldType>, unit: Option<&str>) -> Cell {
        let mut cell = self.by_itself(raw, column, kind, unit);
        if cell.value == Value::Unfit
            && kind == Some(FieldType::Status)
            && let Some(state) = ruled::state(self.cx, self.texts.get(cell.text), &self.asker)
        {
            cell.value = Value::Status(state);
        }
        cell
    }

    /// A cell before anybody ruled what its wording means.
    fn by_itself(&mut self, raw: Raw, column: u16, kind: Option<FieldType>, unit: Option<&str>) -> Cell {
        let text = self.text(raw);
        let under = Under { kind, unit, window: &self.window, legend: self.legend.as_ref() };
        let value = match raw {
            Raw::Empty => Value::Blank,
            // A legend is that of one table.
            Raw::Text(_) if self.legend.is_some() && kind == Some(FieldType::Status) => {
                interpret(raw, self.texts.get(text), under)
            }
            Raw::Text(_) => {
                // Texts repeat, and their value depends only on the type and unit of the column, so it is cached.
                let unit_of = if unit.is_some() { column + 1 } else { 0 };
                if let Some(&value) = self.values.get(&(text, unit_of, kind)) {
                    return Cell { text, value };
                }
                let value = interpret(raw, self.texts.get(text), under);
                self.values.insert((text, unit_of, kind), value);
                value
            }
            raw => interpret(raw, self.texts.get(text), under),
        };
        Cell { text, value }
    }

    /// The displayed text of a cell, in the pool.
    fn text(&mut self, raw: Raw) -> Text {
        match raw {
            Raw::Empty | Raw::Uncalculated => Text::default(),
            Raw::Text(text) | Raw::Fault(text) | Raw::DigitsLost(text) => self.trim(text),
            Raw::Number { value, percent } => {
                if let Some(&known) = self.numbers.get(&(value.to_bits(), percent)) {
                    return known;
                }
                self.buffer.clear();
                if !percent && value.fract() == 0.0 && value.abs() < 1e15 {
                    // Writing to a String cannot fail.
                    let _ = write!(self.buffer, "{}", value as i64);
                } else {
                    self.buffer.push_str(&shown(raw, self.texts));
                }
                let text = self.texts.intern(&self.buffer);
                self.numbers.insert((value.to_bits(), percent), text);
                text
            }
            raw => {
                let text = shown(raw, self.texts).into_owned();
                self.texts.intern(&text)
            }
        }
    }

    pub(super) fn intern(&mut self, text: &str) -> Text {
        self.texts.intern(text)
    }

    fn trim(&mut self, text: Text) -> Text {
        let whole = self.texts.get(text);
        let picture = whole.contains("DISPIMG(");
        let bare = whole.trim();
        if bare.len() == whole.len() && !picture {
            return text;
        }
        if let Some(&known) = self.trimmed.get(&text) {
            return known;
        }
        // WPS stores a picture in a cell as a formula; the user sees the picture
        let bare = if picture { PICTURE.to_owned() } else { bare.to_owned() };
        let known = self.texts.intern(&bare);
        self.trimmed.insert(text, known);
        known
    }

    #[expect(clippy::too_many_arguments, reason = "what a row is made of; a struct would only rename them")]
    pub(super) fn record(
        &mut self,
        row: u32,
        cells: Box<[Cell]>,
        roles: Roles,
        site: &TableContext,
        section: &Section,
        ledger: &mut Ledger,
        images: usize,
        sheet: &Sheet,
    ) -> Record {
        let text = |at: Option<usize>| at.map_or(Text::default(), |at| cells[at].text);
        let roster = &self.cx.division.roster;
        let mut submitter = section.unit.or(site.titled).or(ledger.unit.map(|unit| unit.0));
        if let Some(named) = Some(text(roles.submitter)).filter(|t| !t.is_empty()) {
            let stated = self.named(named).units.first().copied();
            if let (Some(unit), None, Some(at)) = (stated, ledger.unit, roles.submitter) {
                let place = Place::cell(site.source, site.sheet, row, ledger.columns[at].col);
                ledger.unit = Some((unit, UnitFrom::Sheet(place)));
            }
            submitter = stated.or(submitter);
        }
        let named =
            Some(text(roles.units)).filter(|t| !t.is_empty()).map(|named| self.named(named)).unwrap_or_default();
        let is_among = submitter.is_some_and(|s| named.units.contains(&s) || named.members.contains(&s));
        let unit = if is_among { submitter } else { named.units.first().copied().or(submitter) };
        debug_assert!(unit.is_none_or(|unit| (unit.0 as usize) < roster.units.len()));

        let (code, task, category) = (text(roles.code), text(roles.task), text(roles.category));
        let serial = text(roles.serial);
        let blank = code.is_empty() && task.is_empty() && serial.is_empty();
        let (found, by) = match ledger.records.last() {
            Some(above) if site.unmerged && blank && above.row + 1 == row => (above.task, above.by),
            _ => {
                let told = self.task(code, serial, task, category, section.name, unit, site.stamped);
                self.ruled(told, code, serial, task, roles.code.is_some())
            }
        };
        let (found, by) = match found {
            None if code.is_empty() && task.is_empty() => self.around(section, site, unit).unwrap_or((found, by)),
            _ => (found, by),
        };
        let also = match found.map(|task| self.cx.division.task(task)) {
            // units copied from the division are those that owe the task, not those that report in this row
            Some(task) if is_among && is_same(&task.units, &named.units) => Vec::new(),
            None if is_among => Vec::new(),
            _ => named.units.iter().copied().filter(|&other| Some(other) != unit).collect(),
        };
        let shown = cells.iter().filter(|cell| self.texts.get(cell.text) == PICTURE).count();
        Record {
            row,
            col: None,
            unit,
            also: also.into_boxed_slice(),
            repeats: 0,
            task: found,
            by,
            pictures: (images + shown).min(usize::from(u16::MAX)) as u16,
            hidden: sheet.hidden_rows.binary_search(&row).is_ok(),
            cells,
        }
    }

    /// The task of a row that names none: that of its section, else what the table stands in.
    fn around(
        &self,
        section: &Section,
        site: &TableContext,
        unit: Option<UnitId>,
    ) -> Option<(Option<TaskId>, Attribution)> {
        let (tasks, from) = match &site.around {
            _ if !section.tasks.is_empty() => (&section.tasks, TaskFrom::Section),
            Some(around) => (&around.tasks, around.from),
            None => return None,
        };
        let division = self.cx.division;
        let owed = || tasks.iter().find(|task| unit.is_some_and(|unit| division.task(**task).units.contains(&unit)));
        let task = if let [one] = tasks[..] { Some(one) } else { owed().copied() };
        task.map(|task| (Some(task), Attribution::Around(from)))
    }

    /// The units a cell names, looked up once for each text.
    fn named(&mut self, text: Text) -> Rc<Named> {
        if let Some(known) = self.units.get(&text) {
            return Rc::clone(known);
        }
        let mut named = sender::in_cell(self.texts.get(text), &self.cx.division.roster);
        let rulings = &self.cx.division.rulings;
        if rulings.any(RulingKind::Sender) {
            for name in sender::strangers(self.texts.get(text), &self.cx.division.roster) {
                let ruling = rulings.find(RulingKind::Sender, name, &self.asker);
                if let Some(Target::Unit(unit, _)) = ruling.map(|ruling| &ruling.target) {
                    named.units.push(*unit);
                }
            }
        }
        let named = Rc::new(named);
        self.units.insert(text, Rc::clone(&named));
        named
    }

    /// What a ruling says of a row whose task was not told for certain.
    fn ruled(
        &self,
        told: (Option<TaskId>, Attribution),
        code: Text,
        serial: Text,
        task: Text,
        has_codes: bool,
    ) -> (Option<TaskId>, Attribution) {
        let rulings = &self.cx.division.rulings;
        let code = match told.1 {
            Attribution::CodeAgainstText(_) if !has_codes => serial,
            Attribution::CodeAgainstText(_) | Attribution::Likeness(_) | Attribution::None { .. } => code,
            Attribution::Code
            | Attribution::Text
            | Attribution::Stamp
            | Attribution::Around(_)
            | Attribution::Ruling(_) => return told,
        };
        if rulings.is_empty() {
            return told;
        }
        let words = ruled::task_words(self.texts.get(code), self.texts.get(task));
        match rulings.find(RulingKind::Task, &words, &self.asker).map(|ruling| (ruling.id, &ruling.target)) {
            Some((id, Target::Task(task))) => (Some(*task), Attribution::Ruling(id)),
            Some((id, Target::Without)) => (None, Attribution::Ruling(id)),
            _ => told,
        }
    }

    #[expect(clippy::too_many_arguments, reason = "the clues of a row, still as numbers of texts")]
    fn task(
        &mut self,
        code: Text,
        serial: Text,
        task: Text,
        category: Text,
        section: Text,
        unit: Option<UnitId>,
        stamped: bool,
    ) -> (Option<TaskId>, Attribution) {
        // a column 编号 may contain row numbers or codes: 1-3 is a code, 3 is not
        let is_code = |text: &str| !text.bytes().all(|b| b.is_ascii_digit()) && code_key(text).contains('-');
        let code = if code.is_empty() && is_code(self.texts.get(serial)) { serial } else { code };
        let key = (code, task, category, section, unit, stamped);
        let clues = |texts: &'_ Texts| {
            let get = |text| texts.get(text).to_owned();
            [get(code), get(serial), get(task), get(category), get(section)]
        };
        let find = |serial: bool, texts: &Texts| {
            let [code, number, text, category, section] = &clues(texts);
            let serial = if serial { number } else { "" };
            let clues = Clues { code, serial, text, category, section, unit, stamped };
            attribute(clues, self.cx.division)
        };
        // running numbers differ in every row, so they are used only if the rest does not decide
        let known = if let Some(&known) = self.tasks.get(&key) {
            known
        } else {
            let found = find(false, self.texts);
            self.tasks.insert(key, found);
            found
        };
        if known.0.is_none() && !serial.is_empty() { find(true, self.texts) } else { known }
    }
}

/// Shown for a picture in a cell.
const PICTURE: &str = super::returned::PICTURE;
