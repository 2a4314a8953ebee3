//! The task of a row: its code, else its text, else the best likeness that is high enough and clearly ahead.

use super::record::Attribution;
use crate::basis::text::{code_key, skeleton, unnumbered};
use crate::basis::{TaskId, UnitId};
use crate::division::Division;

/// Below this likeness nothing is guessed.
const ENOUGH: f64 = 0.66;
/// With something else that speaks for the task (its number, its category), this is enough.
const ENOUGH_BACKED: f64 = 0.45;
/// A guess must be this much ahead of the next.
const AHEAD: f64 = 0.12;

/// What a row says about its task.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Clues<'a> {
    /// Under 任务编号.
    pub(super) code: &'a str,
    /// Under 序号: counts only when the text agrees.
    pub(super) serial: &'a str,
    /// Under 工作任务.
    pub(super) text: &'a str,
    /// Under 任务类别.
    pub(super) category: &'a str,
    /// The section row above.
    pub(super) section: &'a str,
    /// The unit that reports: decides between tasks that fit equally.
    pub(super) unit: Option<UnitId>,
    /// Whether the row stands in a form made from this very division.
    pub(super) stamped: bool,
}

/// The task of a row and how it was found.
pub(super) fn attribute(clues: Clues<'_>, division: &Division) -> (Option<TaskId>, Attribution) {
    let index = division.index();
    let whole = skeleton(clues.text);
    let bare = unnumbered(clues.text);
    let mut equal = index.by_text(&whole);
    if equal.is_empty() {
        equal = index.by_text(&skeleton(bare));
    }

    let (task, certain) = by_code(clues, division, equal);
    if let Some(task) = task {
        if equal.is_empty() || equal.contains(&task) {
            return (Some(task), if clues.stamped { Attribution::Stamp } else { Attribution::Code });
        }
        if certain {
            return (Some(task), Attribution::CodeAgainstText(equal[0]));
        }
    }
    match equal {
        [] => {}
        [one] => return (Some(*one), Attribution::Text),
        several => {
            return match settle(several, clues, division) {
                Some(task) => (Some(task), Attribution::Text),
                None => (None, Attribution::None { best: Some(several[0]), likeness: 100 }),
            };
        }
    }
    by_likeness(clues, &whole, bare, division)
}

/// The task that a code names, and whether the code is certain: a number in a column that only counts rows, or one that
/// is completed by the section, is not.
fn by_code(clues: Clues<'_>, division: &Division, equal: &[TaskId]) -> (Option<TaskId>, bool) {
    let index = division.index();
    let pick = |key: &str| match index.by_code(key) {
        [] => None,
        [one] => Some(*one),
        several => several.iter().find(|task| equal.contains(task)).or(several.first()).copied(),
    };
    if !clues.code.is_empty() {
        let key = code_key(clues.code);
        // A bare number counts within its category where numbers restart there.
        if is_bare(&key)
            && let Some(task) = in_category(clues, &key, division)
        {
            return (Some(task), true);
        }
        if let Some(task) = pick(&key) {
            return (Some(task), true);
        }
    }
    // A number before the text: 1-3 广告整治.
    let before = &clues.text[..clues.text.len() - unnumbered(clues.text).len()];
    if clues.code.is_empty() && !before.trim().is_empty() {
        let key = code_key(before);
        if !is_bare(&key)
            && let Some(task) = pick(&key).filter(|&task| agrees(task, unnumbered(clues.text), division))
        {
            return (Some(task), true);
        }
    }
    if clues.text.trim().is_empty() || !clues.serial.is_empty() && !is_bare(&code_key(clues.serial)) {
        // Codes under 序号, as 1-3: certain enough where the text does not speak against it.
        let key = code_key(clues.serial);
        if !is_bare(&key)
            && let Some(task) = pick(&key)
        {
            return (Some(task), false);
        }
    }
    // A code alone under 工作任务.
    if clues.text.len() <= 30 && clues.text.chars().any(|c| !c.is_alphabetic() || c.is_ascii()) {
        let key = code_key(clues.text);
        if !is_bare(&key) {
            return (pick(&key), false);
        }
    }
    (None, false)
}

/// Whether a folded code is a number alone, which restarts easily.
fn is_bare(key: &str) -> bool {
    key.is_empty() || key.bytes().all(|b| b.is_ascii_digit())
}

/// The task that a bare number means within the row's category or section.
fn in_category(clues: Clues<'_>, key: &str, division: &Division) -> Option<TaskId> {
    let index = division.index();
    [clues.category, clues.section].into_iter().find_map(|name| index.numbered(index.in_category(name), key))
}

/// Whether a text is like a task's, or missing.
fn agrees(task: TaskId, text: &str, division: &Division) -> bool {
    let text = skeleton(text);
    text.is_empty() || division.index().likest(&text).iter().any(|c| c.task == task && c.likeness >= ENOUGH_BACKED)
}

/// Of tasks that fit equally: the one of the row's category, else the one the row's unit owes, else the one its number
/// names. None when that leaves more than one.
fn settle(tasks: &[TaskId], clues: Clues<'_>, division: &Division) -> Option<TaskId> {
    let index = division.index();
    let one = |keep: &dyn Fn(TaskId) -> bool| {
        let mut fitting = tasks.iter().copied().filter(|&task| keep(task));
        fitting.next().filter(|_| fitting.next().is_none())
    };
    let category = |name: &str| {
        let known = index.in_category(name);
        one(&|task| known.contains(&task))
    };
    category(clues.category)
        .or_else(|| category(clues.section))
        .or_else(|| clues.unit.and_then(|unit| one(&|task| division.task(task).units.contains(&unit))))
        .or_else(|| {
            let key = code_key(clues.serial);
            one(&|task| !key.is_empty() && division.task(task).code_key == key)
        })
}

fn by_likeness(clues: Clues<'_>, whole: &str, bare: &str, division: &Division) -> (Option<TaskId>, Attribution) {
    let index = division.index();
    let bare = skeleton(bare);
    let candidates = index.likest(if bare.is_empty() { whole } else { &bare });
    let Some(best) = candidates.first() else { return (None, Attribution::None { best: None, likeness: 0 }) };
    let percent = |likeness: f64| (likeness * 100.0).round().clamp(0.0, 99.0) as u8;
    let close: Vec<TaskId> = candidates.iter().filter(|c| c.likeness > best.likeness - AHEAD).map(|c| c.task).collect();
    let chosen = if close.len() == 1 { Some(best.task) } else { settle(&close, clues, division) };
    if let Some(task) = chosen {
        let likeness = candidates.iter().find(|c| c.task == task).map_or(0.0, |c| c.likeness);
        let number = code_key(clues.serial);
        let backed = (!number.is_empty() && division.task(task).code_key == number)
            || [clues.category, clues.section].iter().any(|name| index.in_category(name) == [task]);
        if likeness >= if backed { ENOUGH_BACKED } else { ENOUGH } {
            return (Some(task), Attribution::Likeness(percent(likeness)));
        }
    }
    (None, Attribution::None { best: Some(best.task), likeness: percent(best.likeness) })
}
