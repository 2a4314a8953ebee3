//! Words by which a text tells a period: the label of one, and the place of a window beside that of the run.

use super::about::Note;
use crate::basis::calendar::{Cycle, Window};

/// Labels of the period a ledger is about.
const PERIODS: &[&str] = &[
    "报告期", "报告期间", "统计期", "统计期间", "统计时段", "所属期", "所属期间", "填报周期", "报送周期", "期间",
    "月份",
];

/// Whether a label is one of the period a ledger is about.
pub(super) fn names_period(label: &str) -> bool {
    PERIODS.contains(&label)
}

pub(super) fn labels(notes: &[Note]) -> impl Iterator<Item = &str> {
    notes.iter().filter(|note| names_period(&note.2)).map(|note| note.3.as_str())
}

/// Whether two windows have a day in common.
pub(super) fn overlaps(a: &Window, b: &Window) -> bool {
    a.start <= b.end && b.start <= a.end
}

/// The word for windows that are told by their place.
fn word_of(run: &Window) -> Option<&'static str> {
    match run.cycle {
        Cycle::Week => Some("周"),
        Cycle::Month => Some("月"),
        Cycle::Quarter => Some("季"),
        _ => None,
    }
}

fn names(text: &str, at: &str, word: &str) -> bool {
    text.contains(&format!("{at}{word}")) || text.contains(&format!("{at}个{word}"))
}

/// Whether a text names the run's window by its place: 本月.
pub(super) fn is_this(text: &str, run: &Window) -> bool {
    word_of(run).is_some_and(|word| ["本", "当", "这"].into_iter().any(|at| names(text, at, word)))
}

/// The window after or before the run's that a title names by its place: 下月工作计划, 下一步打算, 上周完成情况; none where it is about
/// the run's too (本月小结及下月计划, 存在问题及下一步打算, 上月问题整改情况).
pub(super) fn beside(text: &str, run: &Window) -> Option<Window> {
    let word = word_of(run)?;
    let names = |at: &str| names(text, at, word);
    if is_this(text, run) {
        return None;
    }
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let planned = has(&["下一步", "下步", "下阶段", "下一阶段"]) && has(&["计划", "打算", "安排"]);
    let of_problems = has(&["问题", "整改", "遗留", "销号"]);
    let of_deeds = has(&["小结", "总结", "进展", "完成", "成效", "情况"]);
    match (names("上"), names("下") || planned) {
        (false, true) if !of_problems && !of_deeds => Some(run.next()),
        (true, false) if !of_problems => Some(run.previous()),
        _ => None,
    }
}
