//! Rows of earlier windows that stand again in a later ledger. A ledger continued from window to window repeats them and
//! must not count twice; a row sent late only adds to them.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::events::Event;
use crate::basis::calendar::{Cycle, Window};
use crate::basis::text::fold;
use crate::ledger::{Cell, Entry, Value, content};

/// A record with its events.
pub(super) struct Row<'a> {
    pub(super) entry: Entry<'a>,
    /// One for each occasion in its date, or one if it has no date.
    pub(super) events: Vec<Event>,
    /// The window of its file.
    pub(super) window: Window,
}

/// The rows of earlier windows that still count beside those of a `later` one. A row stands again if the later ledger has
/// one of the same days that says nothing else. If most of what the later ledger says of the past stands in the earlier
/// ones, it is continued: then whatever it gives for the same days corrects them, and of a period that it mostly repeats
/// nothing else is left.
pub(super) fn beside<'a>(earlier: Vec<Row<'a>>, later: &[Row<'_>], cycle: Cycle) -> Vec<Row<'a>> {
    let mut unpaired: BTreeMap<NaiveDate, Vec<&Row<'_>>> = BTreeMap::new();
    for row in later {
        if let Some(day) = row.day().filter(|day| *day < row.window.start) {
            unpaired.entry(day).or_default().push(row);
        }
    }
    let past: usize = unpaired.values().map(Vec::len).sum();
    let mut pair = |row: &Row<'_>, fits: fn(&Row<'_>, &Row<'_>) -> bool| {
        let days = row.day().map_or(row.window.start..=row.window.end, |day| day..=day);
        unpaired.range_mut(days).any(|(_, rows)| {
            let found = rows.iter().position(|later| fits(row, later));
            found.map(|at| rows.remove(at)).is_some()
        })
    };
    let mut again: Vec<bool> = earlier.iter().map(|row| pair(row, stands_again)).collect();
    let repeated = again.iter().filter(|again| **again).count();
    if repeated > 0 && 2 * repeated >= past {
        let mut of_period: BTreeMap<Window, (usize, usize)> = BTreeMap::new();
        for (row, again) in earlier.iter().zip(&mut again) {
            *again = *again || pair(row, are_of_the_days);
            let (rows, repeated) = of_period.entry(row.period(cycle)).or_default();
            (*rows, *repeated) = (*rows + 1, *repeated + usize::from(*again));
        }
        for (row, again) in earlier.iter().zip(&mut again) {
            let (rows, repeated) = of_period.get(&row.period(cycle)).copied().unwrap_or_default();
            *again = *again || 2 * repeated > rows;
        }
    }
    earlier.into_iter().zip(again).filter(|(_, again)| !again).map(|(row, _)| row).collect()
}

impl Row<'_> {
    /// The last day of its date.
    pub(super) fn day(&self) -> Option<NaiveDate> {
        self.events.last().and_then(Event::day)
    }

    /// The period it is about: that of its day, else its window.
    fn period(&self, cycle: Cycle) -> Window {
        self.day().map_or(self.window, |day| Window::containing(cycle, day))
    }
}

/// Whether two rows are of the same days.
fn are_of_the_days(row: &Row<'_>, later: &Row<'_>) -> bool {
    let days = |row: &Row<'_>| -> Vec<_> {
        row.events.iter().filter_map(|event| event.occasion).map(|on| (on.first, on.last)).collect()
    };
    days(row) == days(later)
}

/// Whether a later row is this one again: of the same days, which the later row may be the first to name, and without a
/// text that differs. Numbers and states of one day may have been corrected.
fn stands_again(row: &Row<'_>, later: &Row<'_>) -> bool {
    (row.day().is_none() || are_of_the_days(row, later)) && !differ(row.entry, later.entry)
}

/// Whether two rows give different texts in one column.
fn differ(earlier: Entry<'_>, later: Entry<'_>) -> bool {
    let said = |entry: Entry<'_>, cell: Cell| match cell.value {
        Value::Text => Some(fold(entry.text_of(cell))),
        _ => None,
    };
    earlier.cells().filter(|(column, _)| content::is_answer(column.field)).any(|(column, cell)| {
        let twin = later.cells().find(|(other, _)| match (column.field, other.field) {
            (Some(field), Some(other)) => field == other,
            _ => column.heading == other.heading,
        });
        let twin = twin.and_then(|(_, cell)| said(later, cell));
        said(earlier, cell).zip(twin).is_some_and(|(earlier, later)| earlier != later)
    })
}
