//! What the indicators of a task ask, against what the records say: reached or short, by how much; grades and scores.

mod columns;
mod events;
mod judge;
mod measure;
mod span;
mod words;

pub use span::Span;

use chrono::NaiveDate;

use super::file::RunFile;
use super::obligation::{Duties, RecordRef};
use super::past::Past;
use crate::basis::{TaskId, UnitId};
use crate::division::Context;

/// What an indicator came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Reached, as far as it is due.
    Reached,
    /// Not reached (or more than allowed).
    Short,
    /// Cannot be told: the ledger has no such column, the roster no headcount.
    Unknown,
}

/// One comparison or one set of fixed days of an indicator, over one stretch of time, for one unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Tested {
    /// The task.
    pub task: TaskId,
    /// The unit.
    pub unit: UnitId,
    /// The indicator, by position in [`crate::division::Task::indicators`].
    pub indicator: usize,
    /// What was asked, as written: `次数≥4/年`.
    pub asked: String,
    /// Over what it was asked.
    pub span: Span,
    /// Whether it is reached.
    pub verdict: Verdict,
    /// The bound as far as it is due: of a running cycle the share of the days that have passed.
    pub required: f64,
    /// What the records come to; none when that cannot be told or each record counts by itself.
    pub reached: Option<f64>,
    /// In numbers what is missing, in Chinese and English (`8月应≥4次，已3次，缺1次`); empty when reached.
    pub sentence: (String, String),
    /// Fixed days without a record.
    pub days: Vec<NaiveDate>,
    /// The records that do not reach it by themselves, else those that were counted.
    pub records: Vec<RecordRef>,
}

/// The grade of a unit on a task.
#[derive(Clone, Debug, PartialEq)]
pub struct Graded {
    /// The task.
    pub task: TaskId,
    /// The unit.
    pub unit: UnitId,
    /// The name of the grade: 基本符合.
    pub grade: String,
    /// Its rank, 0 for the best.
    pub rank: usize,
    /// How many grades there are.
    pub of: usize,
    /// What is missing for the best one, in Chinese and English; empty when it is reached.
    pub sentence: (String, String),
    /// The records it was judged by.
    pub records: Vec<RecordRef>,
}

/// The score of a unit on a task: 得分 of its latest record.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scored {
    /// The task.
    pub task: TaskId,
    /// The unit.
    pub unit: UnitId,
    /// 得分.
    pub score: f64,
    /// 分值 of the task.
    pub of: Option<f64>,
    /// The record.
    pub record: RecordRef,
}

/// Everything that is measured, in the order of the division, then of its units.
#[derive(Clone, Debug, Default)]
pub struct Reached {
    /// The indicators, comparison by comparison.
    pub tests: Vec<Tested>,
    /// The grades.
    pub grades: Vec<Graded>,
    /// The scores.
    pub scores: Vec<Scored>,
}

/// Measures every unit that reported on a task for the window against what the task asks. Who reported nothing owes a
/// report, and is not told so again for each indicator.
pub(super) fn measure(cx: &Context<'_>, files: &[RunFile], past: &Past, duties: &Duties) -> Reached {
    let mut reached = Reached::default();
    let events = events::gather(cx, files, past, duties);
    let columns = columns::Columns::new(cx, files);
    for (at, task) in cx.division.tasks.iter().enumerate() {
        let id = TaskId(at as u32);
        for &unit in &task.units {
            let Some(events) = events.get(&(id, unit)) else { continue };
            let subject = judge::Subject { cx, files, columns: &columns, task, id, unit, events };
            subject.judge(&mut reached);
            reached.scores.extend(subject.score());
        }
    }
    reached
}
