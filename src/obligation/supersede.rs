//! Duplicate files, and rows superseded by a later file of the same unit.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::model::{Obligation, State};
use super::run_file::{FileState, RecordRef, RunFile};
use super::sub_periods::SubPeriods;
use crate::basis::Bilingual;
use crate::basis::calendar::Window;
use crate::basis::{TaskId, UnitId};
use crate::division::Context;
use crate::ledger::{
    Entry,
    content::{self, Content},
};

/// Marks duplicates. Of files with the same bytes the one received first counts, or the one whose name sorts first. The
/// same bytes from two units are two reports, because each unit answers for its own.
pub(super) fn mark_duplicates(files: &mut [RunFile]) {
    // files without a hash cannot be compared
    let known = |file: &RunFile| file.state != FileState::Ignored && !file.source.hash.is_empty();
    let mut order: Vec<usize> = (0..files.len()).filter(|&at| known(&files[at])).collect();
    order.sort_by(|&a, &b| age(&files[a]).cmp(&age(&files[b])));
    let mut first: HashMap<String, Vec<usize>> = HashMap::new();
    for at in order {
        let same = first.entry(files[at].source.hash.clone()).or_default();
        let one_sender = |twin: &&usize| match (files[**twin].unit, files[at].unit) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        };
        let Some(&twin) = same.iter().find(one_sender) else {
            same.push(at);
            continue;
        };
        let name = files[twin].source.name.clone();
        let file = &mut files[at];
        file.state = FileState::Duplicate;
        file.why = Some(Bilingual::new(format!("与“{name}”内容相同"), format!("the same bytes as {name}")));
        file.replaced_by = vec![twin as u32];
    }
}

/// The order of receipt; of files received at the same time, by name.
fn age(file: &RunFile) -> (chrono::NaiveDateTime, &str) {
    (file.source.received, &file.source.name)
}

/// What a row reports on; a later row with the same subject supersedes it. The window of its file, the submitting unit,
/// the reporting unit, the task, the sub-period, and the period of its file if shorter than the window.
type Subject = (Window, Option<UnitId>, UnitId, TaskId, Option<Window>, Option<Window>);

/// Marks rows superseded by a later file of the same unit, and files without any remaining row. Files of earlier windows
/// supersede each other too, so that their reports count once for cycles longer than the window.
pub(super) fn supersede(cx: &Context<'_>, sub_periods: &SubPeriods, files: &mut [RunFile]) {
    let matters = |file: &RunFile| {
        let earlier = file.window.is_some_and(|window| window.start < cx.window.start);
        file.state == FileState::Merged || file.state == FileState::Ignored && earlier
    };
    let mut order: Vec<usize> = (0..files.len()).filter(|&at| matters(&files[at])).collect();
    order.sort_by(|&a, &b| age(&files[b]).cmp(&age(&files[a])));
    let mut taken: HashMap<Subject, u32> = HashMap::new();
    // returned marked copies by the hash of the original file
    let mut copies: HashMap<String, u32> = HashMap::new();
    // what each unit reported of this window in later files, and in which
    let mut reported: HashMap<(UnitId, TaskId), u32> = HashMap::new();
    for at in order {
        let copy = copies.get(&files[at].source.hash).copied().filter(|&by| {
            let (copy, file) = (files[by as usize].unit, files[at].unit);
            copy.is_none() || file.is_none() || copy == file
        });
        let (dead, mine) = compare(cx, sub_periods, &files[at], &taken, copy);
        if let Some(returned) =
            files[at].reading.returned.as_ref().filter(|_| !files[at].live.iter().all(Vec::is_empty))
        {
            for hash in &returned.of {
                copies.entry(hash.clone()).or_insert(at as u32);
            }
        }
        let mut by: Vec<u32> = dead.iter().map(|&(_, by)| by).collect();
        let anew = told_anew(cx, &files[at], &reported);
        let anew = anew.or_else(|| filled_in(cx, sub_periods, &files[at], &taken));
        by.extend(anew.iter().flatten());
        by.sort_unstable();
        by.dedup();
        for subject in mine {
            taken.insert(subject, at as u32);
            if subject.0 == cx.window {
                reported.insert((subject.2, subject.3), at as u32);
            }
        }
        let why = replaced(files, &by);
        let file = &mut files[at];
        file.aside_counts = copy.is_none() && anew.is_none();
        for (row, _) in dead {
            file.live[row.ledger as usize][row.record as usize] = false;
        }
        if file.state == FileState::Ignored {
            continue;
        }
        let aside = file.left_aside().next().is_some() || content::nil_in_words(file.one()).next().is_some();
        if let Some(copy) = copy.filter(|copy| !by.contains(copy) && !file.reading.aside.is_empty()) {
            by.push(copy);
        }
        if !by.is_empty() && !aside && !file.live.iter().flatten().any(|live| *live) {
            file.state = FileState::Superseded;
            file.why = Some(why);
        }
        file.replaced_by = by;
    }
}

/// The later files that replace a file of which nothing could be used: all that its unit owes was reported after it.
fn told_anew(cx: &Context<'_>, file: &RunFile, reported: &HashMap<(UnitId, TaskId), u32>) -> Option<Vec<u32>> {
    let unit = file.unit.filter(|_| file.state == FileState::Merged && file.reading.is_useless())?;
    let owed = (0u32..).zip(&cx.division.tasks).filter(|(_, task)| task.units.contains(&unit));
    let by: Option<Vec<u32>> = owed.map(|(task, _)| reported.get(&(unit, TaskId(task))).copied()).collect();
    by.filter(|by| !by.is_empty())
}

/// The later files that replace a blank form: each of its rows was filled in after it.
fn filled_in(
    cx: &Context<'_>,
    sub_periods: &SubPeriods,
    file: &RunFile,
    taken: &HashMap<Subject, u32>,
) -> Option<Vec<u32>> {
    let is_blank = file.entries().next().is_none() && file.reading.aside.is_empty();
    let window = file.window.filter(|_| is_blank)?;
    let by: Option<Vec<u32>> = file
        .one()
        .untouched()
        .map(|row| later(subjects(cx, sub_periods, (file, window), row, row.record.task?), taken))
        .collect();
    by.filter(|by| !by.is_empty())
}

/// What a row reports on, for each of its units.
fn subjects(
    cx: &Context<'_>,
    sub_periods: &SubPeriods,
    (file, window): (&RunFile, Window),
    entry: Entry<'_>,
    task: TaskId,
) -> impl Iterator<Item = Subject> + Clone {
    let stretch = file.reading.window.map(|(said, _)| said).filter(|said| {
        // the date of filling in is not a period
        said.cycle < cx.window.cycle && said.cycle != crate::basis::calendar::Cycle::Day
    });
    let sender = entry.ledger.sender();
    let kept = move |unit| sub_periods.kept(cx, cx.division.task(task).terms(unit), entry, window);
    entry.units().map(move |unit| (window, sender, unit, task, kept(unit), stretch))
}

/// The later file that reports on all of this.
fn later(subjects: impl Iterator<Item = Subject> + Clone, taken: &HashMap<Subject, u32>) -> Option<u32> {
    let all = subjects.clone().all(|subject| taken.contains_key(&subject));
    subjects.filter(|_| all).find_map(|subject| taken.get(&subject).copied())
}

/// Marks files that say only that there is nothing at all, whose units then reported row by row on all that they owe.
pub(super) fn replace_nil(cx: &Context<'_>, files: &mut [RunFile], obligations: &[Obligation]) {
    for at in 0..files.len() {
        let file = &files[at];
        let only_nil = file.reading.aside.is_empty() && file.entries().all(|(_, entry)| content::is_nil_for_all(entry));
        if file.state != FileState::Merged || file.window != Some(cx.window) || !only_nil {
            continue;
        }
        let mut units: BTreeSet<UnitId> = content::nil_in_words(file.one()).filter_map(|nil| nil.unit).collect();
        units.extend(file.entries().flat_map(|(_, entry)| entry.units()));
        let owed = obligations.iter().filter(|owed| units.contains(&owed.unit));
        let owed = owed.filter(|owed| owed.state != State::Exempt || !owed.records.is_empty());
        let later = |by: &RecordRef| {
            let other = &files[by.file as usize];
            other.window == Some(cx.window) && age(file) < age(other)
        };
        // Rows of which none can be used leave the nil report standing.
        let answer = |owed: &Obligation| {
            let found = owed.records.iter().find(|by| later(by)).filter(|_| owed.done.is_some());
            found.map(|by| by.file)
        };
        let by: Option<BTreeSet<u32>> = owed.map(answer).collect();
        let Some(by) = by.filter(|by| !by.is_empty()) else { continue };
        let by: Vec<u32> = by.into_iter().collect();
        let why = replaced(files, &by);
        let file = &mut files[at];
        file.live.iter_mut().flatten().for_each(|live| *live = false);
        (file.state, file.why, file.replaced_by) = (FileState::Superseded, Some(why), by);
    }
}

/// Why a file is superseded by others.
fn replaced(files: &[RunFile], by: &[u32]) -> Bilingual {
    let names: Vec<&str> = by.iter().map(|&by| files[by as usize].source.name.as_str()).collect();
    Bilingual::new(
        format!("各行均已被后收到的“{}”替换", names.join("”“")),
        format!("every row was replaced by {}, received later", names.join(", ")),
    )
}

/// Marks files without rows of their own to be replaced, refused ones and blank forms, whose unit has reported all that
/// it owes in a later file.
pub(super) fn close(cx: &Context<'_>, files: &mut [RunFile], obligations: &[Obligation]) {
    let open = |owed: &Obligation| match owed.state {
        State::Missing | State::Unusable | State::Blank => true,
        State::NotDue => owed.records.is_empty(),
        _ => false,
    };
    let owing: BTreeSet<UnitId> = obligations.iter().filter(|owed| open(owed)).map(|owed| owed.unit).collect();
    // the last file of each unit that brings something
    let mut last: BTreeMap<UnitId, usize> = BTreeMap::new();
    let here = |file: &RunFile| file.window == Some(cx.window);
    for (at, file) in files.iter().enumerate().filter(|(_, file)| file.state == FileState::Merged && here(file)) {
        let brings =
            !file.reading.nil.is_empty() || file.counting().next().is_some() && !content::is_blank_form(file.one());
        let Some(unit) = file.unit.filter(|unit| brings && !owing.contains(unit)) else { continue };
        let known = last.entry(unit).or_insert(at);
        if age(&files[*known]) < age(file) {
            *known = at;
        }
    }
    for at in 0..files.len() {
        let file = &files[at];
        // what this machine could not read is not the unit's to send again
        let refused = file.state == FileState::Refused && !file.reading.is_out_of_reach();
        let of_no_use = refused || file.state == FileState::Merged && content::is_blank_form(file.one());
        let Some(&by) = file.unit.and_then(|unit| last.get(&unit)).filter(|_| of_no_use && here(file)) else {
            continue;
        };
        if age(file) < age(&files[by]) {
            let file = &mut files[at];
            file.made_good = true;
            file.replaced_by = vec![by as u32];
        }
    }
}

/// The rows of a file that are superseded, each with the later file, and the subjects of its own rows. Rows without a
/// task are superseded only by the marked copy of this very file, which contains them all. A row that reports nothing
/// supersedes nothing.
fn compare(
    cx: &Context<'_>,
    sub_periods: &SubPeriods,
    file: &RunFile,
    taken: &HashMap<Subject, u32>,
    copy: Option<u32>,
) -> (Vec<(RecordRef, u32)>, Vec<Subject>) {
    let (mut dead, mut mine) = (Vec::new(), Vec::new());
    let Some(window) = file.window else { return (dead, mine) };
    for (at, entry) in file.entries() {
        let Some(task) = entry.record.task.filter(|_| entry.unit().is_some()) else {
            dead.extend(copy.map(|by| (at, by)));
            continue;
        };
        let subjects = subjects(cx, sub_periods, (file, window), entry, task);
        dead.extend(later(subjects.clone(), taken).map(|by| (at, by)));
        if Content::of(entry) != Content::Usable {
            continue;
        }
        mine.extend(subjects.clone());
        // a row without a day has no sub-period: any later report on the task supersedes it
        mine.extend(subjects.map(|subject| (subject.0, subject.1, subject.2, subject.3, None, subject.5)));
    }
    mine.sort_unstable();
    mine.dedup();
    (dead, mine)
}

#[cfg(test)]
mod tests;
