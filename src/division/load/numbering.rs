//! Task codes: numbers that restart under each category become `category-number`; rows with the same code become one task.

use std::collections::{BTreeMap, BTreeSet};

use super::unfinished::{Draft, Drafts};
use crate::basis::text::{code_key, fold, skeleton};

/// Gives every task the code printed in reports, and joins tasks with the same code and text.
pub(super) fn number(drafts: &mut Drafts) {
    restore_tens(&mut drafts.tasks);
    share_out_merged(&mut drafts.tasks);
    let tasks = &mut drafts.tasks;
    if tasks.iter().all(|task| task.code.is_empty()) {
        for (at, task) in tasks.iter_mut().enumerate() {
            task.code = (at + 1).to_string();
        }
    }
    if restarts(tasks) {
        let positions = positions(tasks);
        for task in tasks.iter_mut() {
            if let (Some(n), Some(category)) = (plain(&task.code), positions.get(&fold(&task.category))) {
                task.code = format!("{category}-{n}");
            }
        }
    }
    for task in tasks.iter_mut() {
        if task.code.is_empty() {
            let row = task.whole.place.area.map_or(0, |area| area.top + 1);
            task.code = format!("第{row}行");
        } else if let Some(n) = plain(&task.code).filter(|_| !task.code.bytes().all(|b| b.is_ascii_digit())) {
            // 1、 and （1） are the number 1 with punctuation.
            task.code = n.to_string();
        }
    }
    join_repeated(tasks);
}

/// Restores codes stored as numbers: spreadsheets keep 1.10 as 1.1, so after 1.9 it is 1.10, and after 2.19 2.2 is 2.20.
fn restore_tens(tasks: &mut [Draft]) {
    for at in 1..tasks.len() {
        let two = |code: &str| {
            let (head, tail) = code.split_once('.')?;
            Some((head.parse::<u32>().ok()?, tail.parse::<u32>().ok()?))
        };
        let (Some((head, tail)), Some((own_head, own_tail))) = (two(&tasks[at - 1].code), two(&tasks[at].code)) else {
            continue;
        };
        if tasks[at].code_is_number && head == own_head && (tail + 1).is_multiple_of(10) && own_tail == (tail + 1) / 10
        {
            tasks[at].code = format!("{head}.{}", tail + 1);
        }
    }
}

/// A number merged over several tasks numbers their group: the tasks become `1-1`, `1-2`.
fn share_out_merged(tasks: &mut [Draft]) {
    let mut groups: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (at, task) in tasks.iter().enumerate() {
        if task.code_place.area.is_some_and(|area| area.top < area.bottom) && plain(&task.code).is_some() {
            groups.entry(task.code_top).or_default().push(at);
        }
    }
    for members in groups.values().filter(|members| members.len() > 1) {
        for (number, &at) in members.iter().enumerate() {
            tasks[at].code = format!("{}-{}", plain(&tasks[at].code).unwrap_or_default(), number + 1);
        }
    }
}

/// The value of a code that is only a number: 3, 3、 （三） ③.
pub(in super::super) fn plain(code: &str) -> Option<u32> {
    code_key(code).parse().ok()
}

/// Whether a number is used under two categories for different tasks.
fn restarts(tasks: &[Draft]) -> bool {
    let mut seen: BTreeMap<u32, BTreeSet<String>> = BTreeMap::new();
    for task in tasks {
        if let Some(n) = plain(&task.code) {
            seen.entry(n).or_default().insert(fold(&task.category));
        }
    }
    seen.values().any(|categories| categories.len() > 1)
}

/// The position of each category in the sheet, from 1, by its folded name.
pub(in super::super) fn positions(tasks: &[Draft]) -> BTreeMap<String, usize> {
    let mut positions = BTreeMap::new();
    for task in tasks {
        let next = positions.len() + 1;
        positions.entry(fold(&task.category)).or_insert(next);
    }
    positions
}

/// Joins rows with the same code and text into one task with the units of all; the same code with another text is noted
/// (P504).
fn join_repeated(tasks: &mut Vec<Draft>) {
    let mut firsts: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut kept: Vec<Draft> = Vec::with_capacity(tasks.len());
    for task in std::mem::take(tasks) {
        let known = firsts.entry(code_key(&task.code)).or_default();
        let text = skeleton(&task.text.text);
        if let Some(&same) = known.iter().find(|&&at| skeleton(&kept[at].text.text) == text) {
            kept[same].whole.add(&task.whole);
            kept[same].parts.extend(task.parts);
            continue;
        }
        if let Some(&first) = known.first() {
            kept[first].others.push((task.code_place, task.text.text.clone()));
        }
        known.push(kept.len());
        kept.push(task);
    }
    *tasks = kept;
}
