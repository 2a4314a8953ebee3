//! Forms that report on a task (一事一表): one record each.

use super::about;
use super::attribute::{Clues, attribute};
use super::builder::{LedgerBuilder, Roles, Section, TableContext};
use super::context::{self, Surroundings};
use super::lexicon::Words;
use super::other_forms;
use super::record::{Cell, Ledger, Record};
use super::status::status;
use super::value::Value;
use crate::basis::place::Area;
use crate::basis::pool::{Text, Texts};
use crate::basis::text::heading_key;
use crate::division::{Context, Division, fields};
use crate::read::{Raw, Sheet};
use crate::table::{
    Column, FieldId, Form, FormEntry, Lexicon, Line, Parted, RowClass, Table, forms, is_known_label, shown,
};

/// The most rows of a sheet in which forms are always looked for; in longer ones only if no table has half of the rows.
const ROWS: usize = 2000;

/// Fields that make a form a report whatever its task; with other fields its task must be in the division.
pub(super) const REPORTS: &[FieldId] = &[fields::STATUS, fields::PROGRESS, fields::DONE_ON, fields::REMEDY_STATE];
const TELLING: &[FieldId] = &[fields::EVIDENCE, fields::PROBLEM, fields::REMEDY, fields::DATE, fields::AMOUNT];

/// Replaces the regions of forms that report on a task by tables.
pub(super) fn put(
    parted: &mut Parted,
    sheet: &Sheet,
    file: &str,
    texts: &Texts,
    (cx, words): (&Context<'_>, &Words<'_>),
) {
    let listed: usize = parted.tables.iter().filter(|table| table.readable).map(|table| table.rows.len()).sum();
    if sheet.grid.rows.len() > ROWS && listed * 2 >= sheet.grid.rows.len() {
        return;
    }
    let mut found: Vec<Table> = Vec::new();
    for form in forms(sheet, texts, words) {
        if parted.tables.iter().any(|table| is_heading(&form, table, sheet, texts)) {
            continue;
        }
        let heads = parted.tables.iter().any(|table| is_under(table, form.area));
        let Some(table) = report(form, sheet, file, texts, cx).filter(|table| !heads || answers(table, sheet, texts))
        else {
            continue;
        };
        match found.last_mut().filter(|last| is_like(last, &table)) {
            Some(last) => last.rows.extend(table.rows),
            None => found.push(table),
        }
    }
    for table in found {
        let area = table.extent();
        parted.tables.retain(|other| !other.extent().overlaps(area));
        parted.loose.retain(|loose| !loose.area.overlaps(area));
        let at = parted.tables.partition_point(|other| other.heading.top < table.heading.top);
        parted.tables.insert(at, table);
    }
}

/// Whether labels without any value are the heading of a table with records: 任务 | | 小组成员 | | 完成时间.
fn is_heading(form: &Form, table: &Table, sheet: &Sheet, texts: &Texts) -> bool {
    let filled = |entry: &&FormEntry| !value(sheet, texts, entry).is_empty();
    let records = table.rows.iter().filter(|row| row.1 == RowClass::Data).count();
    let of_heading = |entry: &FormEntry| (table.heading.top..=table.heading.bottom).contains(&entry.area.top);
    let own = || form.entries.iter().filter(|entry| of_heading(entry));
    table.readable && records >= 2 && own().count() >= 2 && !own().any(|entry| filled(&entry))
}

/// Whether a table follows labels directly, so that they belong to it.
fn is_under(table: &Table, form: Area) -> bool {
    let near = (form.bottom + 1..=form.bottom + 2).contains(&table.heading.top);
    near && table.readable && table.rows.iter().any(|row| row.1 == RowClass::Data)
}

/// Whether a form describes work done.
fn answers(table: &Table, sheet: &Sheet, texts: &Texts) -> bool {
    let filled = |column: &Column| {
        let row = table.heading.top + column.below.unwrap_or(0);
        !shown(sheet.grid.get(row, column.col), texts).is_empty()
    };
    table.columns.iter().any(|column| column.field.is_some_and(|field| REPORTS.contains(&field)) && filled(column))
}

/// The table of a form, if it reports on a task.
pub(super) fn report(mut form: Form, sheet: &Sheet, file: &str, texts: &Texts, cx: &Context<'_>) -> Option<Table> {
    let division = cx.division;
    if form.above.iter().any(|line| other_forms::is_slip(&line.2)) {
        return None;
    }
    let text = |entry: &FormEntry| value(sheet, texts, entry);
    bind(&mut form, text, division);
    let has = |field| form.entries.iter().any(|entry| entry.field == Some(field));
    let of = |field| form.entries.iter().find(|entry| entry.field == Some(field)).map(text).unwrap_or_default();
    let clues = Clues { code: &of(fields::CODE), text: &of(fields::TASK), ..Clues::default() };
    let known = attribute(clues, division).0.is_some();
    let named = has(fields::TASK) || has(fields::CODE);
    let reports = REPORTS.iter().any(|field| has(*field));
    let telling = reports || TELLING.iter().any(|field| has(*field));
    let table = table(form, sheet, texts);
    let surroundings = Surroundings { titles: &table.above, sheet: &sheet.name, file };
    let around = !named && context::task(&table, surroundings, division).is_some();
    (known && telling || named && reports || around && reports).then_some(table)
}

/// Corrects the fields of labels by the other labels, and binds the label whose value is a task of the division.
fn bind(form: &mut Form, text: impl Fn(&FormEntry) -> String, division: &Division) {
    let keys: Vec<String> = form.entries.iter().map(|entry| heading_key(&entry.label)).collect();
    let names: Vec<&str> = keys.iter().map(String::as_str).collect();
    let mut found: Vec<Option<FieldId>> = form.entries.iter().map(|entry| entry.field).collect();
    division.fields.settle(&names, &mut found);
    for at in 0..found.len() {
        if found[..at].contains(&found[at]) {
            found[at] = None;
        }
    }
    for (entry, field) in form.entries.iter_mut().zip(found) {
        entry.field = field;
    }
    let bound = |form: &Form, field| form.entries.iter().any(|entry| entry.field == Some(field));
    let task = |entry: &FormEntry| {
        let text = text(entry);
        text.chars().count() >= 4 && attribute(Clues { text: &text, ..Clues::default() }, division).0.is_some()
    };
    if !bound(form, fields::TASK)
        && let Some(at) = form.entries.iter().position(|entry| entry.field.is_none() && task(entry))
    {
        form.entries[at].field = Some(fields::TASK);
    }
    // 进度：已完成 is the state if no other label is.
    if !bound(form, fields::STATUS)
        && let Some(entry) = form.entries.iter_mut().find(|entry| entry.field == Some(fields::PROGRESS))
        && text(entry).chars().count() <= 12
        && status(&text(entry)).is_some()
    {
        entry.field = Some(fields::STATUS);
    }
}

/// The table of a form: a column for each label, one row.
fn table(form: Form, sheet: &Sheet, texts: &Texts) -> Table {
    let Form { area, entries, above, mut below } = form;
    below.extend(entries.iter().flat_map(|entry| lines(entry, &value(sheet, texts, entry))));
    let column = |entry: FormEntry| Column {
        col: entry.value.1,
        heading: entry.label,
        field: entry.field,
        also: None,
        unit: None,
        area: entry.area,
        told_by: None,
        crossed: None,
        together: None,
        below: Some(entry.value.0 - area.top),
    };
    let all = entries.len();
    // 填报日期 and similar labels are about the form itself.
    let entries: Vec<FormEntry> =
        entries.into_iter().filter(|entry| entry.field.is_some() || !is_about(entry)).collect();
    let known = entries.iter().filter(|entry| entry.field.is_some()).count();
    let why = format!("第{}至{}行：表单，{} 个项目中识别出 {known} 个", area.top + 1, area.bottom + 1, all);
    Table {
        heading: area,
        headless: false,
        why,
        columns: entries.into_iter().map(column).collect(),
        axes: Vec::new(),
        readable: true,
        by_shape: false,
        rows: vec![(area.top, RowClass::Data)],
        elsewhere: Vec::new(),
        above,
        below,
    }
}

/// The labels about the form itself: 填报日期, 报告期, the submitting unit.
fn lines(entry: &FormEntry, value: &str) -> Vec<Line> {
    if entry.field != Some(fields::SUBMITTER) && (entry.field.is_some() || !is_about(entry)) {
        return Vec::new();
    }
    let (row, col) = entry.value;
    vec![(row, col, format!("{}：{value}", entry.label))]
}

/// Whether a label belongs to a line about a table.
fn is_about(entry: &FormEntry) -> bool {
    is_known_label(&heading_key(&entry.label))
}

/// Whether two forms have the same labels in the same places.
fn is_like(first: &Table, second: &Table) -> bool {
    let height = |table: &Table| table.heading.bottom - table.heading.top;
    let same = |a: &Column, b: &Column| (a.col, &a.heading, a.field, a.below) == (b.col, &b.heading, b.field, b.below);
    let titles = |table: &Table| table.above.iter().map(|line| line.2.clone()).collect::<Vec<_>>();
    height(first) == height(second)
        && first.columns.len() == second.columns.len()
        && first.columns.iter().zip(&second.columns).all(|(a, b)| same(a, b))
        && (titles(second).is_empty() || titles(second) == titles(first))
        && second.below.is_empty()
}

/// The text of a value.
fn value(sheet: &Sheet, texts: &Texts, entry: &FormEntry) -> String {
    let text = shown(sheet.grid.get(entry.value.0, entry.value.1), texts);
    if entry.value == (entry.area.top, entry.area.left) { behind_colon(&text).to_owned() } else { text.into_owned() }
}

fn behind_colon(text: &str) -> &str {
    text.split_once([':', '：']).map_or(text, |(_, value)| value.trim())
}

impl LedgerBuilder<'_> {
    /// The ledger of forms with the same labels: one record for each form that is filled in.
    pub(super) fn forms(
        &mut self,
        table: &Table,
        sheet: &Sheet,
        context: &TableContext,
        notes: &[about::Note],
    ) -> Ledger {
        let mut ledger = Ledger::empty(table, context, notes);
        self.begin(table, context);
        let (roles, kinds) = (Roles::of(&ledger), self.kinds(&ledger));
        let height = table.heading.bottom - table.heading.top;
        let is_hidden = |top: u32| (top..=top + height).all(|row| sheet.hidden_rows.binary_search(&row).is_ok());
        let left_out = |top: u32| !self.cx.settings.hidden_rows && is_hidden(top);
        let tops: Vec<u32> = table.rows.iter().map(|row| row.0).filter(|top| !left_out(*top)).collect();
        ledger.rows_seen = tops.len() as u32;
        for top in tops {
            let cells: Vec<Cell> = ledger
                .columns
                .iter()
                .zip(&kinds)
                .enumerate()
                .map(|(at, (column, kind))| {
                    let below = column.below.unwrap_or(0);
                    let mut raw = sheet.grid.get(top + below, column.col);
                    if let Raw::Text(text) = raw
                        && (below, column.col) == (column.area.top - table.heading.top, column.area.left)
                    {
                        let value = behind_colon(self.texts.get(text)).to_owned();
                        raw = Raw::Text(self.texts.intern(&value));
                    }
                    self.cell(raw, at as u16, *kind, self.measure(raw, column))
                })
                .collect();
            if is_blank(&ledger, &cells) {
                ledger.rows_blank += 1;
                continue;
            }
            let images = sheet.pictures.iter().filter(|(row, _)| (top..=top + height).contains(row)).count();
            let section = Section::default();
            let record =
                self.record(top, cells.into_boxed_slice(), roles, context, &section, &mut ledger, images, sheet);
            ledger.records.push(Record { col: Some(table.heading.left), hidden: is_hidden(top), ..record });
        }
        ledger
    }
}

/// Whether a form has neither a task nor a statement of work done.
fn is_blank(ledger: &Ledger, cells: &[Cell]) -> bool {
    let own = |column: &Column| {
        let task = [fields::TASK, fields::CODE].map(Some).contains(&column.field);
        task || !column.field.is_some_and(|field| fields::role(field).is_prefilled())
    };
    let filled = |cell: &Cell| cell.text != Text::default() || !matches!(cell.value, Value::Blank);
    !ledger.columns.iter().zip(cells).any(|(column, cell)| own(column) && filled(cell))
}

#[cfg(test)]
mod tests;
