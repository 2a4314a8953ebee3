//! Evaluates the indicators of tasks against the records: met or not, by how much; grades and scores.

mod by_row;
mod columns;
mod continued;
mod events;
mod gather;
mod judge;
mod measure;
mod number;
mod span;
#[cfg(test)]
mod tests;
mod verdict;
mod words;

pub use span::Span;
pub use verdict::{Evaluated, Graded, Scored, Tested, Verdict};

use super::model::Obligations;
use super::prior_reports::PriorReports;
use super::run_file::RunFile;
use crate::basis::TaskId;
use crate::division::Context;

/// Evaluates the indicators of every task for the units that reported on it in the window, or before it in a longer period
/// that ends in it. A unit that reported nothing owes a report (D401, D402) and gets no further findings for indicators.
pub(super) fn measure(
    cx: &Context<'_>,
    files: &[RunFile],
    prior: &PriorReports,
    obligations: &Obligations,
) -> Evaluated {
    let mut reached = Evaluated::default();
    let events = gather::gather(cx, files, prior, obligations);
    let columns = columns::Columns::new(cx, files);
    for (at, task) in cx.division.tasks.iter().enumerate() {
        let id = TaskId(at as u32);
        for &unit in &task.units {
            let Some(events) = events.get(&(id, unit)) else { continue };
            let (terms, away) = (task.terms(unit), prior.away(id, unit));
            let subject = judge::Subject { cx, files, columns: &columns, terms, id, unit, events, away };
            let judged = reached.grades.len();
            subject.judge(&mut reached);
            let score = subject.score().or_else(|| subject.score_of(&reached.grades[judged..]));
            reached.scores.extend(score);
        }
    }
    reached
}
