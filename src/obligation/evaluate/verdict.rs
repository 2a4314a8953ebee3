//! The results of indicators: comparisons, grades, scores.

use chrono::NaiveDate;

use super::span::Span;
use crate::basis::{Bilingual, TaskId, UnitId};
use crate::obligation::run_file::RecordRef;

/// The result of evaluating an indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Evaluated, as far as it is due.
    Evaluated,
    /// Not met by what can be read; unreadable cells might make up for it (C103, C106, C107).
    Untold,
    /// Not met by the records known to lie in the span; those that do not say when they took place might make up for it.
    Undated,
    /// Not met by the records that are here; those of earlier windows that are no longer in the inbox might make up for it.
    Away,
    /// Not met, or more than allowed.
    Short,
    /// Cannot be evaluated: the ledger has no such column, or the roster has no headcount.
    Unknown,
}

/// A comparison or a set of fixed days of an indicator, evaluated for one unit over one span.
#[derive(Clone, Debug, PartialEq)]
pub struct Tested {
    /// The task that has the indicator.
    pub task: TaskId,
    /// The unit evaluated.
    pub unit: UnitId,
    /// The indicator, by position in [`crate::division::Terms::indicators`].
    pub indicator: usize,
    /// What was asked, as written: `次数≥4/年`.
    pub asked: String,
    /// The span it was evaluated over.
    pub span: Span,
    /// Whether it was met, as far as that is known.
    pub verdict: Verdict,
    /// The bound as far as it is due: in a running cycle, in proportion to the days that have passed.
    pub required: f64,
    /// The value reached; none if it is unknown or each record counts by itself.
    pub reached: Option<f64>,
    /// What is missing, in numbers (`8月应不少于4次，已3次，缺1次`); empty when met.
    pub sentence: Bilingual,
    /// The sentence without its span, where that is over and the same may be said of others; else empty.
    pub lacking: Bilingual,
    /// Whether it cannot be told because the roster has no headcount of the unit.
    pub no_headcount: bool,
    /// Fixed days without a record.
    pub days: Vec<NaiveDate>,
    /// The records that fail it by themselves, else those that were counted.
    pub records: Vec<RecordRef>,
}

/// The grade of a unit on a task.
#[derive(Clone, Debug, PartialEq)]
pub struct Graded {
    /// The task with the graded indicator.
    pub task: TaskId,
    /// The unit graded.
    pub unit: UnitId,
    /// The name of the grade: 基本符合.
    pub grade: String,
    /// Its rank, 0 for the best.
    pub rank: usize,
    /// How many grades there are.
    pub of: usize,
    /// What is missing for the best grade; empty when it was given.
    pub sentence: Bilingual,
    /// The records it was judged by.
    pub records: Vec<RecordRef>,
}

/// The score of a unit on a task: 得分 of its latest record, else the share of the marks that its grade earns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scored {
    /// The task that has marks.
    pub task: TaskId,
    /// The unit scored.
    pub unit: UnitId,
    /// 得分.
    pub score: f64,
    /// Whether it comes from the grade.
    pub by_grade: bool,
    /// 分值 of the task.
    pub of: Option<f64>,
    /// The record that states the score, or the last one graded.
    pub record: RecordRef,
}

/// All results, in the order of the division, then of its units.
#[derive(Clone, Debug, Default)]
pub struct Evaluated {
    /// The indicators, comparison by comparison.
    pub tests: Vec<Tested>,
    /// The grades of graded indicators.
    pub grades: Vec<Graded>,
    /// The scores of tasks with marks.
    pub scores: Vec<Scored>,
}
