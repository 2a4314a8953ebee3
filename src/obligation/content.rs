//! Whether a row says anything: what the office filled in beforehand is no report.

use crate::basis::calendar::{Occasion, Window};
use crate::basis::place::Place;
use crate::basis::pool::Texts;
use crate::division::fields;
use crate::ledger::{FileReading, Ledger, Record, Status, Value, status};
use crate::table::FieldId;

/// The fields that the office fills in beforehand; all other known ones hold what a unit answers.
const PREFILLED: &[FieldId] = &[
    fields::SERIAL,
    fields::CODE,
    fields::CATEGORY,
    fields::TASK,
    fields::LEADERS,
    fields::LEAD_UNITS,
    fields::UNITS,
    fields::SUBMITTER,
    fields::DEADLINE,
];

/// Whether a column holds answers, not what the office fills in beforehand; unknown columns may.
pub fn is_answer(field: Option<FieldId>) -> bool {
    field.is_none_or(|field| !PREFILLED.contains(&field))
}

/// What a row is worth as a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// It answers, or its ledger has no column for answers and reports by being there.
    Usable,
    /// All that was answered cannot be read: error values, formulas without value.
    Unusable,
    /// Nothing was answered.
    Blank,
}

impl Content {
    /// Looks at one row.
    pub fn of(ledger: &Ledger, record: &Record) -> Content {
        let mut answers = ledger
            .columns
            .iter()
            .zip(&record.cells)
            .filter(|(column, _)| column.field.is_some_and(|field| !PREFILLED.contains(&field)))
            .map(|(_, cell)| cell.value)
            .peekable();
        if answers.peek().is_none() || record.pictures > 0 {
            return Content::Usable;
        }
        let mut content = Content::Blank;
        for value in answers {
            match value {
                Value::Blank => {}
                Value::Fault | Value::Uncalculated => content = Content::Unusable,
                _ => return Content::Usable,
            }
        }
        content
    }
}

/// Whether a row without a task is a nil report on all that its unit owes (无 | 零报告): it stands under no task and says
/// nothing else, and no other row of its ledger reports a task of that unit.
pub fn is_nil_for_all(reading: &FileReading, ledger: &Ledger, record: &Record) -> bool {
    let text = |field| ledger.cell(record, field).map_or("", |cell| reading.texts.get(cell.text));
    let nil = |text: &str| text.is_empty() || status(text) == Some(Status::Nil);
    let (task, state) = (text(fields::TASK), text(fields::STATUS));
    let said = nil(task) && nil(state) && !(task.is_empty() && state.is_empty());
    let unit = |of: &Record| of.unit.or(ledger.unit.map(|unit| unit.0));
    record.task.is_none()
        && said
        && text(fields::CODE).is_empty()
        && !ledger.records.iter().any(|other| other.task.is_some() && unit(other) == unit(record))
}

/// Whether every ledger of a file is a form in which nothing was filled in (S18).
pub fn is_blank_form(reading: &FileReading) -> bool {
    !reading.ledgers.is_empty() && nothing_filled_in(reading) && reading.nil.is_none()
}

/// The cell that says in words that there is nothing to report, of a file without a row that says more: a nil report on
/// all that its unit owes.
pub fn nil_in_words(reading: &FileReading) -> Option<Place> {
    reading.nil.filter(|_| nothing_filled_in(reading))
}

fn nothing_filled_in(reading: &FileReading) -> bool {
    let blank = |ledger: &Ledger| ledger.records.iter().all(|record| Content::of(ledger, record) == Content::Blank);
    reading.ledgers.iter().all(blank)
}

/// Whether a row reports its task as done. A ledger without 完成情况 tells it by 完成日期.
pub fn is_done(ledger: &Ledger, record: &Record) -> bool {
    match ledger.cell(record, fields::STATUS) {
        Some(cell) => cell.value.status() == Some(Status::Done),
        None => ledger.cell(record, fields::DONE_ON).is_some_and(|cell| cell.value.day().is_some()),
    }
}

/// When what a row tells of took place: the occasions of 日期, else of 完成日期. `window` is the one its file is about.
pub fn occasions(ledger: &Ledger, record: &Record, texts: &Texts, window: &Window) -> Vec<Occasion> {
    let cell = |field| ledger.cell(record, field).filter(|cell| cell.value.day().is_some());
    let dated = cell(fields::DATE).or_else(|| cell(fields::DONE_ON));
    dated.map(|cell| crate::ledger::occasions(cell.value, texts.get(cell.text), window)).unwrap_or_default()
}

/// The day of a row: 日期, else 完成日期.
pub fn day(ledger: &Ledger, record: &Record) -> Option<chrono::NaiveDate> {
    let day = |field| ledger.cell(record, field).and_then(|cell| cell.value.day());
    day(fields::DATE).or_else(|| day(fields::DONE_ON))
}
