//! Collects the records of each unit on each task for its indicators.

use std::collections::BTreeMap;

use super::super::model::{Obligations, State};
use super::super::owed::is_excused;
use super::super::prior_reports::PriorReports;
use super::super::report::PriorReport;
use super::super::run_file::{FileState, RunFile, entry};
use super::continued::{Row, beside};
use super::events::{Event, told};
use crate::basis::{TaskId, UnitId};
use crate::division::{Context, Terms, fields};
use crate::ledger::content::Content;

/// The events of every unit that reported on a task in this window, or before it in a longer period that ends in it; those
/// of earlier windows first.
pub(super) fn gather(
    cx: &Context<'_>,
    files: &[RunFile],
    prior: &PriorReports,
    obligations: &Obligations,
) -> BTreeMap<(TaskId, UnitId), Vec<Event>> {
    let is_asked = |terms: &Terms| !terms.indicators.is_empty() || terms.marks.is_some();
    let asks: Vec<bool> = cx.division.tasks.iter().map(|task| task.all_terms().any(is_asked)).collect();
    let mut events: BTreeMap<(TaskId, UnitId), Vec<Event>> = BTreeMap::new();
    let merged = files.iter().filter(|file| file.state == FileState::Merged);
    let counting = |file| RunFile::counting(file).map(move |(at, entry)| (file, at, entry));
    for (file, at, entry) in merged.flat_map(counting) {
        let wanted = |task: TaskId| asks[task.0 as usize] || entry.cell(fields::SCORE).is_some();
        let Some(task) = entry.record.task.filter(|task| wanted(*task)) else { continue };
        if Content::of(entry) == Content::Usable {
            let told = told(at, entry, cx.window);
            for unit in file.units(at, entry) {
                events.entry((task, unit)).or_default().extend(&told);
            }
        }
    }
    // a longer period that ends now stands on the reports before this window also where nothing on the task is in it
    for obligation in obligations.all.iter().filter(|obligation| obligation.period.cycle > cx.window.cycle) {
        if obligation.earlier.iter().any(|report| report.record.is_some()) {
            events.entry((obligation.task, obligation.unit)).or_default();
        }
    }
    // exempt and disputed tasks are not measured, nor what a unit reports that was exempted beforehand
    for obligation in obligations.all.iter().filter(|obligation| obligation.period.cycle >= cx.window.cycle) {
        let of = (obligation.task, obligation.unit);
        let exempt = matches!(obligation.state, State::Exempt | State::Disputed);
        if exempt || events.contains_key(&of) && is_excused(cx, of, &obligation.period) {
            events.remove(&of);
        }
    }
    for (&(task, unit), own) in &mut events {
        let mut earlier = of_earlier_windows(cx, files, prior.of(task, unit));
        if !earlier.is_empty() {
            earlier = beside(earlier, &rows(cx, files, own), cx.window.cycle);
        }
        own.splice(0..0, earlier.into_iter().flat_map(|row| row.events));
    }
    events
}

/// The rows of reports of earlier windows, each once; a window's ledgers may repeat rows of the windows before.
fn of_earlier_windows<'a>(cx: &Context<'_>, files: &'a [RunFile], reports: &[PriorReport]) -> Vec<Row<'a>> {
    let mut earlier: Vec<Row<'a>> = Vec::new();
    for reports in reports.chunk_by(|a, b| a.window_end == b.window_end) {
        let later: Vec<Row<'a>> = reports.iter().filter_map(|report| row_of(cx, files, report)).collect();
        earlier = beside(earlier, &later, cx.window.cycle);
        earlier.extend(later);
    }
    earlier
}

/// The row of a report of an earlier window, without what it dates after that window.
fn row_of<'a>(cx: &Context<'_>, files: &'a [RunFile], report: &PriorReport) -> Option<Row<'a>> {
    let at = report.record?;
    let entry = entry(files, at)?;
    let window = files[at.file as usize].window.unwrap_or(cx.window);
    let past = |event: &Event| event.day().is_none_or(|day| day <= window.end);
    let events = told(at, entry, window).into_iter().filter(past);
    let events: Vec<Event> = events.map(|event| Event { earlier: Some(report.window_end), ..event }).collect();
    (!events.is_empty()).then_some(Row { entry, events, window })
}

/// The records of this window with their events.
fn rows<'a>(cx: &Context<'_>, files: &'a [RunFile], events: &[Event]) -> Vec<Row<'a>> {
    let records = events.chunk_by(|a, b| a.at == b.at);
    let row = |events: &[Event]| {
        let entry = entry(files, events.first()?.at)?;
        Some(Row { entry, events: events.to_vec(), window: cx.window })
    };
    records.filter_map(row).collect()
}
