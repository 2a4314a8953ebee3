//! What a record owes of evidence, and what it gives.

use crate::check::Entry;
use crate::check::support::{evidence, says_nothing};
use crate::division::{Context, Task, Terms, fields};
use crate::ledger::Value;
use crate::table::Column;

/// The task of a record that requires evidence, if its unit owes the task, and what it asks of the unit.
pub(super) fn owing<'a>(cx: &Context<'a>, entry: Entry<'_>) -> Option<(&'a Task, &'a Terms)> {
    let task = cx.division.task(entry.record.task?);
    let unit = entry.unit().filter(|unit| task.units.contains(unit))?;
    let terms = task.terms(unit);
    (!terms.evidence.is_empty()).then_some((task, terms))
}

/// Whether what stands under 佐证材料 could not be read.
pub(super) fn is_faulty(entry: Entry<'_>) -> bool {
    matches!(entry.value(fields::EVIDENCE), Value::Uncalculated | Value::Fault)
}

/// Whether a record gives evidence of any kind: under 佐证材料, in a column of its own, as a picture.
pub(super) fn gives_something(entry: Entry<'_>) -> bool {
    entry.record.pictures > 0 || offers(entry).any(|(_, given)| !says_nothing(given))
}

/// The cells of a record that may give evidence, with their headings: 佐证材料, and columns that are named after a
/// kind of evidence (照片, 签到表).
pub(super) fn offers(entry: Entry<'_>) -> impl Iterator<Item = (&str, &str)> {
    let task = |column: &Column| match column.field {
        Some(field) => field == fields::EVIDENCE,
        None => evidence::is_kind(&column.heading),
    };
    entry
        .cells()
        .filter(move |(column, _)| task(column))
        .map(move |(column, cell)| (column.heading.as_str(), entry.text_of(cell)))
}
