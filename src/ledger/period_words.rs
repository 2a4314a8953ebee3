//! Words by which a text tells a period: the label of one, and the place of a window beside that of the run.

use super::about::Note;
use crate::basis::calendar::{Cycle, Window};
use crate::basis::text::unnumbered;

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

const PLANS: &[&str] = &["计划", "打算", "安排"];
const PROBLEMS: &[&str] = &["问题", "整改", "遗留", "销号"];
const DEEDS: &[&str] = &["小结", "总结", "进展", "完成", "成效", "情况"];

fn has(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// Whether a text heads what is planned for the next of the periods that are shorter than the run's window: 下周工作计划 in a
/// month. Of whichever week it is, it is no report; what is joined with a report (本周小结及下周计划) is one.
pub(super) fn is_plan(text: &str, run: &Window) -> bool {
    const PARTS: &[(Cycle, &str)] = &[(Cycle::Week, "周"), (Cycle::Month, "月"), (Cycle::Quarter, "季")];
    const JOINED: &[char] = &['及', '与', '和', '暨', '附', '、', '，', ',', ':', '：'];
    let words = unnumbered(text).trim().trim_end_matches([':', '：']);
    if !words.contains('下') || words.contains(JOINED) {
        return false;
    }
    let parts = || PARTS.iter().filter(|part| part.0 < run.cycle).map(|part| part.1);
    let next = parts().any(|word| names(words, "下", word) || names(words, "下一", word));
    let this = parts().any(|word| names(words, "本", word) || names(words, "上", word));
    next && !this && (has(words, PLANS) || words.ends_with("工作")) && !has(words, PROBLEMS) && !has(words, DEEDS)
}

/// Whether the month that the title of a block names is the one its matters come from, and not the one reported on: 7月遗留任务
/// 完成情况, 7月交办事项办理情况.
pub(super) fn is_of_open_matters(title: &str) -> bool {
    const OPEN: &[&str] = &["遗留", "未完成", "未办结", "未整改", "未销号", "结转"];
    const GIVEN: &[&str] = &["交办", "督办"];
    const FOLLOWED: &[&str] = &["办理", "办结", "整改", "进展", "落实", "销号"];
    has(title, OPEN) || has(title, GIVEN) && has(title, FOLLOWED)
}

/// The window after or before the run's that a title names by its place: 下月工作计划, 下一步打算, 上周完成情况; none where it is about
/// the run's too (本月小结及下月计划, 存在问题及下一步打算, 上月问题整改情况).
pub(super) fn beside(text: &str, run: &Window) -> Option<Window> {
    let word = word_of(run)?;
    let names = |at: &str| names(text, at, word);
    if is_this(text, run) {
        return None;
    }
    let planned = has(text, &["下一步", "下步", "下阶段", "下一阶段"]) && has(text, PLANS);
    let (of_problems, of_deeds) = (has(text, PROBLEMS), has(text, DEEDS));
    match (names("上"), names("下") || planned) {
        (false, true) if !of_problems && !of_deeds => Some(run.next()),
        (true, false) if !of_problems => Some(run.previous()),
        _ => None,
    }
}
