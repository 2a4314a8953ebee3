//! 汇总台账: a row for each merged record, each missing item, and each item that a nil report answers for.

use std::borrow::Cow;

use anyhow::Result;

use super::plan::{MOST_LINES, Plan, SOURCES, ledger_sheet};
use crate::division::fields;
use crate::ledger::{Entry, Status, Value};
use crate::obligation::{RecordRef, State};
use crate::outcome::merge::Line;
use crate::render::layout::Part;
use crate::render::workbook::{Body, Book, Cell, Column, Page, Rows, Shape, Size, Span, Table, Tone, What};

/// The number of rows measured for column widths.
const SAMPLE: usize = 400;

pub(super) fn write<'p>(book: &mut Book, plan: &'p Plan<'_>) -> Result<Vec<Body<'p>>> {
    let lines = &plan.outcome.consolidated.lines;
    let (columns, parts) = columns(plan, |part| is_fixed(part) || any_text(plan, lines, part));
    let frozen = frozen(&parts);
    let sheets = lines.len().div_ceil(MOST_LINES).max(1);
    let mut tables = Vec::with_capacity(sheets);
    for number in 0..sheets {
        let from = number * MOST_LINES;
        let part = &lines[from..lines.len().min(from + MOST_LINES)];
        let mut sheet = book.sheet(&ledger_sheet(number), Size::of(part.len()), Page::A3)?;
        let step = part.len().div_ceil(SAMPLE).max(1);
        let sample = part.iter().enumerate().step_by(step).map(|(at, line)| cells(plan, &parts, from + at, line));
        let table = Table::titled(&mut sheet, &plan.title, &[&plan.period()], &columns, sample)?;
        let (parts, range) = (parts.clone(), from..from + part.len());
        let write = move |rows: &mut Rows<'_>| write_blocks(rows, plan, &parts, range.clone());
        tables.push(table.later(part.len(), frozen, write)?.0);
    }
    Ok(tables)
}

/// Writes lines; task columns are merged over the rows of a task, category columns over its tasks, and what each unit may
/// have of its own where it is the same.
pub(super) fn write_blocks<'a>(
    table: &mut Rows<'_>,
    plan: &Plan<'a>,
    parts: &[Part],
    lines: impl Iterator<Item = usize>,
) -> Result<()> {
    let outcome = plan.outcome;
    let of = |wanted: &[Part]| -> Vec<usize> {
        parts.iter().enumerate().filter(|(_, part)| wanted.contains(part)).map(|(at, _)| at + 1).collect()
    };
    let (of_category, of_task, of_unit) =
        (of(&[Part::Category]), of(&[Part::Task]), of(&[Part::Leaders, Part::Deadline]));
    let category = |at: usize| outcome.division.task(outcome.line(&outcome.consolidated.lines[at]).0).category.as_str();
    let mut lines = lines.enumerate();
    if !table.merges() {
        let mut row =
            |(number, at): (usize, usize)| table.row(&cells(plan, parts, number, &outcome.consolidated.lines[at]));
        return lines.try_for_each(&mut row);
    }
    let mut lines = lines.peekable();
    while let Some((number, first)) = lines.next() {
        let mut block = vec![(number, first)];
        while lines.peek().is_some_and(|(_, next)| category(*next) == category(first)) {
            block.extend(lines.next());
        }
        let tasks: Vec<_> = block.iter().map(|(_, at)| outcome.line(&outcome.consolidated.lines[*at]).0).collect();
        let rows: Vec<Vec<Cell<'a>>> =
            block.iter().map(|(number, at)| cells(plan, parts, *number, &outcome.consolidated.lines[*at])).collect();
        let mut spans = Span::runs(&tasks, &of_task);
        spans.extend(of_category.iter().map(|&col| Span { col, first: 0, rows: block.len() }));
        for &col in &of_unit {
            // each unit may have its own
            let said: Vec<_> = tasks.iter().zip(&rows).map(|(task, row)| (*task, &row[col].what)).collect();
            spans.extend(Span::runs(&said, &[col]));
        }
        table.block(&rows, &spans)?;
    }
    Ok(())
}

/// The number of frozen columns: number, code, category and task.
fn frozen(parts: &[Part]) -> u16 {
    parts.iter().position(|part| *part == Part::Task).map_or(1, |at| at as u16 + 2)
}

/// Whether a column stands even where it is empty.
pub(super) fn is_fixed(part: &Part) -> bool {
    match part {
        Part::Field(field) => *field == fields::EVIDENCE,
        Part::Category
        | Part::Leaders
        | Part::Deadline
        | Part::Extra(_)
        | Part::Others
        | Part::AsWritten
        | Part::Ruling => false,
        Part::Code | Part::Task | Part::Unit | Part::Status | Part::Remark | Part::File | Part::Sheet | Part::Row => {
            true
        }
    }
}

/// Whether some of these lines have a text in a column.
pub(super) fn any_text<'l>(plan: &Plan<'_>, lines: impl IntoIterator<Item = &'l Line>, part: &Part) -> bool {
    lines.into_iter().any(|line| match line {
        Line::Record { record, .. } => has_text(plan, *record, part),
        Line::Nil { .. } | Line::Missing(_) | Line::Before(_) => {
            !plan.layout.line_text(plan.outcome, line, part).is_empty()
        }
    })
}

/// Whether a record has a text in a column.
pub(super) fn has_text(plan: &Plan<'_>, at: RecordRef, part: &Part) -> bool {
    !plan.layout.text(plan.outcome, at, plan.outcome.entry(at), part).is_empty()
}

/// The columns of a sheet of lines: 序号, then the wanted columns of the layout.
pub(super) fn columns(plan: &Plan<'_>, wanted: impl Fn(&Part) -> bool) -> (Vec<Column>, Vec<Part>) {
    let parts: Vec<Part> = plan.layout.parts.iter().filter(|part| wanted(part)).cloned().collect();
    let mut columns = vec![Column::new("序号", Shape::Number, 6.0, 8.0)];
    columns.extend(parts.iter().map(|part| {
        let heading = plan.layout.heading(plan.outcome, part);
        let column = match part {
            Part::Code | Part::Category | Part::Leaders | Part::Deadline => Column::center(heading, 12.0),
            Part::Task => Column::new(heading, Shape::Text, 18.0, 32.0),
            Part::Unit => Column::center(heading, 16.0),
            Part::Status | Part::Sheet | Part::Ruling => Column::center(heading, 14.0),
            Part::Field(fields::PHONE) => Column::phone(heading),
            Part::Field(field) if is_short(*field) => Column::center(heading, 12.0),
            Part::Field(fields::LOCATION) => Column::text(heading, 16.0),
            Part::Field(fields::EVIDENCE) => Column::new(heading, Shape::Text, 14.0, 24.0),
            Part::Field(fields::PROGRESS) => Column::new(heading, Shape::Text, 16.0, 32.0),
            Part::Field(_) | Part::Extra(_) | Part::AsWritten | Part::Others => Column::text(heading, 22.0),
            Part::Remark => Column::text(heading, 20.0),
            Part::File => Column::text(heading, 26.0),
            Part::Row => Column::number(heading),
        };
        if plan.layout.is_aside(part) { column.aside() } else { column }
    }));
    (columns, parts)
}

/// Fields whose values are short.
fn is_short(field: crate::table::FieldId) -> bool {
    [
        fields::PERSON,
        fields::SUBMITTER,
        fields::LEAD_UNITS,
        fields::DATE,
        fields::DONE_ON,
        fields::AMOUNT,
        fields::TIMES,
        fields::PEOPLE,
        fields::HOURS,
        fields::REMEDY_DUE,
        fields::SIGNED,
        fields::SCORE,
        fields::CONTACT,
    ]
    .contains(&field)
}

/// The cells of one line.
pub(super) fn cells<'a>(plan: &Plan<'a>, parts: &[Part], number: usize, line: &Line) -> Vec<Cell<'a>> {
    let outcome = plan.outcome;
    let mut cells = Vec::with_capacity(1 + parts.len());
    cells.push(Cell::number(number as f64 + 1.0));
    match line {
        Line::Record { record, .. } => cells.extend(record_cells(plan, *record, parts)),
        Line::Nil { obligation: at, .. } | Line::Missing(at) | Line::Before(at) => {
            let owed = &outcome.obligations.all[*at as usize];
            let tone = match line {
                Line::Missing(_) => state_tone(owed.state),
                _ => Tone::Plain,
            };
            cells.extend(parts.iter().map(|part| {
                let text = plan.layout.line_text(outcome, line, part);
                match part {
                    Part::Code | Part::Category | Part::Task | Part::Leaders | Part::Deadline => Cell::text(text),
                    Part::Status if let Some(status) = owed.status_before() => {
                        Cell::text(text).tone(status_tone(status))
                    }
                    Part::Sheet if let Some(row) = owed.nil.and_then(|place| plan.source_row_at(place)) => {
                        Cell::link(text, SOURCES, row, 1)
                    }
                    Part::Row if let Ok(row) = text.parse() => Cell::number(row),
                    _ => Cell::text(text).tone(tone),
                }
            }));
        }
    }
    cells
}

/// The cells of a record in some columns.
pub(super) fn record_cells<'a>(plan: &Plan<'a>, at: RecordRef, parts: &[Part]) -> impl Iterator<Item = Cell<'a>> {
    let entry = plan.outcome.entry(at);
    parts.iter().map(move |part| record_cell(plan, at, entry, part))
}

fn record_cell<'a>(plan: &Plan<'a>, at: RecordRef, entry: Entry<'a>, part: &Part) -> Cell<'a> {
    let outcome = plan.outcome;
    let text = || plan.layout.text(outcome, at, entry, part);
    match part {
        Part::Row => reference_cell(entry),
        // The short one of the source's cells leads on: LibreOffice does not break the lines of a link.
        Part::Sheet => match plan.source_row(at) {
            Some(row) => Cell::link(text(), SOURCES, row, 1),
            None => Cell::text(text()),
        },
        Part::Status => Cell::text(text()).tone(entry.status().map_or(Tone::Plain, status_tone)),
        Part::Field(field) => value_cell(entry.value(*field), text),
        Part::Extra(extra) => own_cell(plan.layout.extra_value(outcome, at, *extra).unwrap_or(Value::Blank), text()),
        _ => Cell::text(text()),
    }
}

/// The cell with what tells a record from the others of its sheet: the number of its row, in a cross-tab its cell.
pub(in crate::render) fn reference_cell(entry: Entry<'_>) -> Cell<'static> {
    match entry.record.col {
        Some(_) => Cell::text(entry.reference()),
        None => Cell::number(f64::from(entry.row_number())),
    }
}

/// The cell of a field as it was understood; `text` is how it is printed where it is neither a number nor a day.
pub(in crate::render) fn value_cell<'a>(value: Value, text: impl FnOnce() -> Cow<'a, str>) -> Cell<'a> {
    match value {
        Value::Number(number) | Value::NumberAsText(number) => Cell::number(number),
        Value::Rate(rate) => Cell { what: What::Share(rate), tone: Tone::Plain },
        Value::Day(day) => Cell::day(day),
        Value::Moment(moment) => Cell::day(moment.date()),
        _ => Cell::text(text()),
    }
}

/// The cell under a heading of a unit's own: only what reads back as it was written becomes a number or a day.
fn own_cell(value: Value, text: Cow<'_, str>) -> Cell<'_> {
    let same = match value {
        Value::Number(number) => text.parse() == Ok(number) && text.len() <= 15,
        Value::Rate(rate) => percent(&text).is_some_and(|shown| (shown - rate).abs() < 1e-9),
        Value::Day(day) => day.to_string() == *text,
        _ => false,
    };
    if same { value_cell(value, || text) } else { Cell::text(text) }
}

/// Parses a percentage such as 85.5%.
fn percent(text: &str) -> Option<f64> {
    text.strip_suffix('%')?.parse::<f64>().ok().map(|hundredths| hundredths / 100.0)
}

/// The tone of a state.
pub(in crate::render) fn state_tone(state: State) -> Tone {
    match state {
        State::OnTime | State::Nil => Tone::Good,
        State::Late | State::Disputed => Tone::Warn,
        State::Missing | State::Blank | State::Unusable => Tone::Bad,
        State::Exempt | State::NotDue => Tone::Mute,
    }
}

fn status_tone(status: Status) -> Tone {
    match status {
        Status::Done => Tone::Good,
        Status::InProgress | Status::Continuous | Status::Nil => Tone::Plain,
        Status::NotStarted | Status::Disputed => Tone::Warn,
        Status::Exempt => Tone::Mute,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_understood_is_a_number_a_rate_or_a_day() {
        let what = |value, text: &'static str| value_cell(value, || Cow::Borrowed(text)).what;
        let own = |value, text: &'static str| own_cell(value, Cow::Borrowed(text)).what;
        let day = chrono::NaiveDate::from_ymd_opt(2014, 8, 15).expect("a day");
        for (value, text, meant) in [
            (Value::Number(12.5), "12.5", What::Number(12.5)),
            (Value::Rate(0.855), "85.5%", What::Share(0.855)),
            (Value::Day(day), "2014-08-15", What::Day(day)),
        ] {
            assert_eq!((what(value, text), own(value, text)), (meant.clone(), meant));
        }
        for (value, text, meant) in [
            (Value::Number(5.0), "5处", What::Number(5.0)),
            (Value::NumberAsText(5.0), "５", What::Number(5.0)),
            (Value::Rate(0.85), "85", What::Share(0.85)),
            (Value::Day(day), "8月15日", What::Day(day)),
            (Value::Text, "000123", What::Text("000123".into())),
            (Value::Unfit, "若干", What::Text("若干".into())),
        ] {
            assert_eq!((what(value, text), own(value, text)), (meant, What::Text(text.into())), "{text}");
        }
    }
}
