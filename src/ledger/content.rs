//! Whether a row reports anything; prefilled cells do not count.

use super::leaf;
use super::nil::{self, is_said as says_nil};
use super::{Attribution, Cell, Entry, NilSentence, OneFile, Value, finds_nothing};
use crate::basis::calendar::{Occasion, Window};
use crate::division::fields;
use crate::table::{Column, FieldId};

/// Whether a column is filled in by units and not prefilled by the office; unknown columns count as filled in by units.
pub fn is_answer(field: Option<FieldId>) -> bool {
    field.is_none_or(|field| !fields::role(field).is_prefilled())
}

/// The value of a row as a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// It has answers, or its ledger has no column for answers, so that its presence is the report.
    Usable,
    /// None of its answers can be read: error values, formulas without a value.
    Unusable,
    /// It has no answers.
    Blank,
}

impl Content {
    /// Judges a row.
    pub fn of(entry: Entry<'_>) -> Content {
        // What is filled in under 存在问题 is an answer, also where it tells of no problem.
        let field = |column: &Column| column.field.or(column.also.filter(|also| *also == fields::PROBLEM));
        let mut answers = entry
            .cells()
            .filter(|(column, _)| field(column).is_some_and(|field| !fields::role(field).is_prefilled()))
            .map(|(_, cell)| cell.value)
            .peekable();
        if answers.peek().is_none() || entry.record.pictures > 0 {
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
        if content != Content::Blank {
            return content;
        }
        let around = matches!(entry.record.by, Attribution::Around(_));
        let tells = |(column, cell): (&Column, Cell)| {
            tells_of_none(column, entry.text_of(cell))
                || around && !matches!(cell.value, Value::Blank) && is_found(column)
        };
        if entry.cells().any(tells) { Content::Usable } else { Content::Blank }
    }
}

/// Whether a cell tells, in a column of the unit's own for how things are, that nothing was found: 未发现隐患 under 隐患情况.
/// That there is nothing to report is told by its sentence ([`nil::is_sentence`]).
fn tells_of_none(column: &Column, text: &str) -> bool {
    const HOW: &[&str] = &["情况", "问题", "隐患", "结果"];
    let heading = || column.heading.split(['（', '(']).next().unwrap_or_default().trim_end();
    column.field.is_none()
        && !text.is_empty()
        && HOW.iter().any(|end| heading().ends_with(end))
        && finds_nothing(text)
        && !nil::is_sentence(text)
}

/// Whether a column that is no field holds what a row under the title of a task is there for: 排查户数, 巡查结果.
fn is_found(column: &Column) -> bool {
    leaf::is_of_numbers(column) || leaf::is_of_results(column)
}

/// Whether a row without a task is a nil report on all that its unit owes: it says only that there is nothing, and no
/// other row of its ledger reports a task of that unit.
pub fn is_nil_for_all(entry: Entry<'_>) -> bool {
    let reports = |other: Entry<'_>| other.record.task.is_some() && other.unit() == entry.unit();
    says_only_nil(entry) && !entry.file().entries_of(entry.ledger).any(reports)
}

/// Words for all tasks at once: 全部任务 | 零报告.
const ALL_TASKS: &[&str] = &["全部任务", "所有任务", "各项任务", "全部工作", "所有工作", "各项工作", "全部"];

/// Whether a row names no task and its filled cells say that there is nothing (无 | 零报告); numbers, days, units, remarks
/// and words for all tasks beside them say nothing else.
pub fn says_only_nil(entry: Entry<'_>) -> bool {
    if entry.record.task.is_some() {
        return false;
    }
    let mut said = false;
    let mut aside = Vec::new();
    for (column, cell) in entry.cells() {
        let text = entry.text_of(cell);
        let is_number = text.chars().all(|c| c.is_ascii_digit());
        let is_aside = column.field.is_some_and(|field| {
            [fields::SERIAL, fields::UNITS, fields::SUBMITTER, fields::DATE, fields::REMARK].contains(&field)
                || field == fields::CODE && is_number
        });
        let task = column.field.is_some_and(|field| [fields::TASK, fields::CODE].contains(&field));
        if text.is_empty() || task && ALL_TASKS.contains(&text.trim()) {
            continue;
        }
        if is_aside {
            aside.push(text);
        } else if says_nil(text) || nil::is_none_found(text) {
            said = true;
        } else {
            return false;
        }
    }
    // Of most rows it is told before these, which takes long of days and numbers.
    said || aside.into_iter().any(says_nil)
}

/// Whether every ledger of a file is a form with nothing filled in (S18).
pub fn is_blank_form(file: OneFile<'_>) -> bool {
    let nil = || !file.reading.nil.is_empty() || file.entries().any(is_nil_for_all);
    !file.reading.ledgers.is_empty() && nothing_filled_in(file) && !nil()
}

/// The sentences that there is nothing to report, each a nil report for everything its unit owes: those of units that
/// report nothing else in the file, in sheets without anything filled in.
pub fn nil_in_words(file: OneFile<'_>) -> impl Iterator<Item = NilSentence> {
    let filled = |entry: &Entry<'_>| Content::of(*entry) != Content::Blank;
    let counts = move |nil: &&NilSentence| match nil.unit {
        _ if nothing_filled_in(file) => true,
        None => false,
        Some(unit) => {
            let aside = file.reading.aside.iter().map(|aside| &aside.ledger);
            let mut others = aside.filter(|ledger| ledger.sender().is_none_or(|sender| sender == unit));
            let here = |entry: &Entry<'_>| Some(entry.ledger.sheet) == nil.place.sheet;
            let nobody = |entry: &Entry<'_>| entry.unit().is_none();
            let own = |entry: &Entry<'_>| here(entry) || nobody(entry) || entry.units().any(|other| other == unit);
            others.next().is_none() && !file.entries().any(|entry| own(&entry) && filled(&entry))
        }
    };
    file.reading.nil.iter().filter(counts).copied()
}

fn nothing_filled_in(file: OneFile<'_>) -> bool {
    file.reading.aside.is_empty() && file.entries().all(|entry| Content::of(entry) == Content::Blank)
}

/// The part of its file's window that a row is about, which leaves the days open.
pub fn inherited(entry: Entry<'_>) -> Option<Occasion> {
    entry.part().map(|(first, last)| Occasion { first, last, clock: None, exact: first == last })
}

/// When the work of a row took place: the occasions of 日期, else of 完成日期, else the part of its file's window it is
/// about. `window` is the window of its file.
pub fn occasions(entry: Entry<'_>, window: &Window) -> Vec<Occasion> {
    let cell = |field| entry.cell(field).filter(|cell| cell.value.day().is_some());
    let dated = cell(fields::DATE).or_else(|| cell(fields::DONE_ON));
    match dated {
        Some(cell) => super::occasions(cell.value, entry.text_of(cell), window),
        None => inherited(entry).into_iter().collect(),
    }
}
