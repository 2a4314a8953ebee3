//! Table → ledger: makes a record of each row of data, with a cell for each column.

use super::about;
use super::ambiguous_columns::AmbiguousColumns;
use super::builder::{LedgerBuilder, Roles, Section, TableContext};
use super::counted;
use super::crossing::Crossing;
use super::feet;
use super::going_on;
use super::lexicon::Words;
use super::record::{Attribution, Cell, Gap, Ledger, Record, Total};
use super::section;
use super::value::Value;
use crate::basis::place::Area;
use crate::basis::pool::Text;
use crate::read::{Raw, Row, Sheet};
use crate::table::{Column, Furniture, RowClass, Spans, Table};

/// Whether each unit stands once in its column, above rows that leave it blank, as where cells are not merged.
fn groups_by_unit(rows: &[(u32, RowClass)], units: Option<&Column>, sheet: &Sheet) -> bool {
    /// More units are not looked for.
    const MOST: usize = 500;
    let Some(&Column { col, .. }) = units else { return false };
    let covered = sheet.merges.iter().any(|m| m.bottom > m.top && (m.left..=m.right).contains(&col));
    let data = || rows.iter().filter(|row| row.1 == RowClass::Data).map(|row| sheet.grid.get(row.0, col));
    let (mut names, mut blank) = (Vec::new(), 0usize);
    for raw in data() {
        match raw {
            Raw::Text(text) if names.len() >= MOST || names.contains(&text) => return false,
            Raw::Text(text) => names.push(text),
            _ => blank += 1,
        }
    }
    !covered && names.len() >= 2 && blank >= names.len() && matches!(data().next(), Some(Raw::Text(_)))
}

impl LedgerBuilder<'_> {
    /// The ledger of a table.
    pub(super) fn ledger(
        &mut self,
        table: Table,
        sheet: &Sheet,
        context: &TableContext,
        notes: &[about::Note],
    ) -> Ledger {
        if table.is_form() {
            return self.forms(&table, sheet, context, notes);
        }
        let mut ledger = Ledger::empty(&table, context, notes);
        self.begin(&table, context);
        let context = &mut context.clone();
        let feet = feet::within(&table, &self.cx.division.roster);
        let leave_out = |row: u32| !self.cx.settings.hidden_rows && sheet.hidden_rows.binary_search(&row).is_ok();
        // counted from the row numbers, independently of how rows were classified
        let below = ledger.first_row();
        let elsewhere = |row: u32| table.elsewhere.iter().any(|rows| rows.contains(&row));
        let last = table.rows.iter().map(|row| row.0).chain(table.elsewhere.iter().map(|rows| *rows.end())).max();
        let last = last.map_or(below, |row| row + 1);
        let hidden = if self.cx.settings.hidden_rows { &[] } else { &sheet.hidden_rows[..] };
        let hidden = hidden.iter().filter(|&&row| (below..last).contains(&row) && !elsewhere(row)).count() as u32;
        let out = hidden + table.elsewhere.iter().map(|rows| rows.end() + 1 - rows.start()).sum::<u32>();
        ledger.rows_seen = last - below - out;
        let stated = (!table.axes.is_empty()).then(|| counted::stated(&table, self.cx.division)).flatten();
        let reading = (&*self.texts, self.legend.as_ref(), stated);
        let crossing = Crossing::new(table.axes, &mut ledger, &table.rows, sheet, self.cx, reading);
        if let Some(crossing) = &crossing {
            let left_out = |row: &&(u32, RowClass)| !leave_out(row.0);
            ledger.rows_seen = crossing.seen(table.rows.iter().filter(left_out));
        }

        let words = Words { division: self.cx.division, asker: Some(self.asker) };
        let doubts = AmbiguousColumns { cx: self.cx, words, texts: self.texts, sheet, rows: &table.rows };
        doubts.tell_deadlines(&mut ledger);
        doubts.tell_states(&mut ledger);
        let roles = Roles::of(&ledger);
        let units = roles.units.map(|at| &ledger.columns[at]);
        let grouped = ledger.unit.is_none() && context.titled.is_none() && groups_by_unit(&table.rows, units, sheet);
        let roles = Roles { grouped, ..roles };
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
            if let Some(foot) = feet.iter().find(|foot| foot.0 > index) {
                context.titled = Some(foot.1);
            }
            match (class, row) {
                (RowClass::Furniture(what), _) => {
                    if what == Furniture::Section {
                        let next = row.map_or_else(Section::default, |row| self.section(row, roles.names_tasks()));
                        section = self.next_section(section, next, context);
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
                        let record = self.record(index, cells, roles, context, &section, &mut ledger, images, sheet);
                        ledger.records.push(Record { repeats, col: Some(filled.col), ..record });
                    }
                    ledger.rows_blank += u32::from(!any);
                    for empty in crossing.empty(index, ledger.gaps.len()) {
                        let cells = self.crossed(&cells, &empty, crossing, &ledger, &kinds);
                        let one = self.record(index, cells, roles, context, &section, &mut ledger, 0, sheet);
                        let gap = one.unit.zip(one.task);
                        ledger.gaps.extend(gap.map(|(unit, task)| Gap { row: index, col: empty.col, unit, task }));
                    }
                }
                (RowClass::Data, Some(row)) => {
                    let (mut cells, repeats) = self.cells(row, &ledger, &kinds, &spans, &mut merged, sheet);
                    let blank = going_on::carry_on(&mut cells, &ledger, index);
                    let images = pictures.partition_point(|p| *p <= index) - pictures.partition_point(|p| *p < index);
                    let record = self.record(index, cells, roles, context, &section, &mut ledger, images, sheet);
                    ledger.records.push(Record { repeats: repeats | blank, goes_on: blank != 0, ..record });
                }
                (RowClass::Blank | RowClass::Data, _) => ledger.rows_blank += 1,
            }
        }
        ledger
    }

    /// The ledger of a table whose rows are not records; they get no task.
    pub(super) fn aside(
        &mut self,
        table: Table,
        sheet: &Sheet,
        context: &TableContext,
        notes: &[about::Note],
    ) -> Ledger {
        let mut ledger = self.ledger(table, sheet, context, notes);
        for record in &mut ledger.records {
            (record.task, record.by) = (None, Attribution::None { best: None, likeness: 0 });
        }
        ledger
    }

    /// The section of a section row.
    fn section(&mut self, row: &Row, names_tasks: bool) -> Section {
        let Some(name) = section::name(row, self.texts, self.cx.division) else { return Section::default() };
        Section {
            name: self.texts.intern(&name),
            tasks: section::tasks(&name, !names_tasks, self.cx.division),
            unit: section::unit(&name, self.cx.division),
            part: None,
            path: Vec::new(),
        }
    }
}
