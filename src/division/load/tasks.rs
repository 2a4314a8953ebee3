//! Drafts → tasks: reads units, dates, cycles and marks, and notes each fault at its cell.

use chrono::NaiveDate;

use super::super::indicator::{self, Indicator};
use super::super::lint::{
    cell_not_understood, cycle_unknown, deadline_unreadable, indicator_unreadable, marks_do_not_total,
    placeholder_left, task_repeated, task_unassigned,
};
use super::super::roster::Roster;
use super::super::task::Task;
use super::columns::task as col;
use super::unfinished::{Draft, Drafts};
use super::{marks, units};
use crate::basis::calendar::{Cycle, Deadline};
use crate::basis::finding::Findings;
use crate::basis::place::{Place, Traced};
use crate::basis::settings::Settings;
use crate::basis::text::{code_key, fold, list};
use crate::basis::{Bilingual, TaskId};
use crate::read::Raw;

/// Makes tasks from the drafts. Units missing in the roster are added to it. `rate` is the name of the only percentage
/// field.
pub(super) fn build(
    drafts: &Drafts,
    roster: &mut Roster,
    near: NaiveDate,
    rate: Option<&str>,
    settings: &Settings,
    out: &mut Findings,
) -> Vec<Task> {
    if !roster.given {
        name_first(drafts, roster);
    }
    let mut tasks: Vec<Task> = Vec::with_capacity(drafts.tasks.len());
    let mut marked: Option<Place> = None;
    for draft in &drafts.tasks {
        let id = TaskId(tasks.len() as u32);
        let first_finding = out.0.len();
        placeholders(draft, out);
        task_repeated::note(draft, out);
        let owners = units::of_task(draft, roster, out);
        let all = owners.owing();
        if all.is_empty() {
            let cells = draft.cells(col::UNITS).iter().chain(draft.cells(col::LEAD));
            let seen = cells.map(|cell| cell.text.as_str()).collect::<Vec<_>>().join("；");
            task_unassigned::note(draft.units_place, &seen, out);
        }
        let lead = if owners.lead.units.is_empty() && settings.lead_is_first_unit {
            owners.first.into_iter().collect()
        } else {
            owners.lead.units.clone()
        };
        // marks merged over several tasks count for the first
        let own = draft.cell(col::MARKS).filter(|cell| marked != Some(cell.place));
        marked = own.map(|cell| cell.place).or(marked);
        tasks.push(Task {
            code_key: code_key(&draft.code),
            code: draft.code.clone(),
            category: draft.category.clone(),
            text: Traced { value: draft.text.text.clone(), place: draft.text.place },
            standard: draft.text(col::STANDARD),
            leaders: names(draft),
            lead_units: lead.into(),
            units: all.into(),
            collective: owners.collective().into(),
            supporting: owners.supporting.units.into(),
            deadline: deadline(draft, near, out),
            deadline_text: draft.text(col::DEADLINE),
            cycle: cycle(draft, out),
            indicator: draft
                .cell(col::INDICATOR)
                .map(|cell| Traced { value: draft.text(col::INDICATOR), place: cell.place }),
            indicators: indicators(draft, rate, out),
            evidence: evidence(draft),
            sign_off: sign_off(draft, out),
            marks: own.and_then(|cell| {
                let read = cell.number();
                if read.is_none() && !marks::is_nothing(&cell.text) {
                    marks_do_not_total::note_unreadable(cell.place, &cell.text, out);
                }
                read
            }),
            place: draft.place,
            units_place: draft.units_place,
        });
        out.0[first_finding..].iter_mut().for_each(|finding| finding.task = Some(id));
    }
    tasks
}

/// Without a roster, adds the units named in the tasks before the tasks are read, so that 东街街道各社区 in the first task
/// can refer to units named in the second.
fn name_first(drafts: &Drafts, roster: &mut Roster) {
    let mut unused = Findings::default();
    for draft in &drafts.tasks {
        units::of_task(draft, roster, &mut unused);
    }
}

/// Notes placeholders that were not filled in, one finding for each cell (P509).
fn placeholders(draft: &Draft, out: &mut Findings) {
    let text = std::iter::once(&draft.text);
    for cell in text.chain(draft.cells.iter().filter(|(id, _)| **id != col::REMARK).flat_map(|(_, cells)| cells)) {
        if let Some(mark) = marks::mark(&cell.text) {
            placeholder_left::note(cell.place, &cell.text, &mark, out);
        }
    }
    if draft.text.text.is_empty() {
        placeholder_left::note_blank(draft.text.place, out);
    }
}

fn names(draft: &Draft) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in draft.cells(col::LEADERS).iter().flat_map(|cell| list(&cell.text)) {
        if !marks::is_nothing(name) && !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}

fn evidence(draft: &Draft) -> Vec<String> {
    let mut kinds: Vec<String> = Vec::new();
    for kind in draft.cells(col::EVIDENCE).iter().flat_map(|cell| list(&cell.text)) {
        let kind = kind.trim_end_matches(['。', '.', '等']).trim();
        if !marks::is_nothing(kind) && !kinds.iter().any(|known| known == kind) {
            kinds.push(kind.to_owned());
        }
    }
    kinds
}

fn deadline(draft: &Draft, near: NaiveDate, out: &mut Findings) -> Deadline {
    let Some(cell) = draft.cell(col::DEADLINE).filter(|cell| !marks::is_nothing(&cell.text)) else {
        return Deadline::Standing;
    };
    if let Raw::Date(moment) = cell.raw {
        let end_of_day = chrono::NaiveTime::from_hms_opt(23, 59, 59).unwrap_or_default();
        let midnight = moment.time() == chrono::NaiveTime::MIN;
        return Deadline::By(if midnight { moment.date().and_time(end_of_day) } else { moment });
    }
    Deadline::parse(&cell.text, near).unwrap_or_else(|| {
        // A date with a placeholder cannot be read, but the placeholder is noted already.
        if marks::mark(&cell.text).is_none() {
            deadline_unreadable::note(cell.place, &cell.text, out);
        }
        Deadline::Standing
    })
}

fn cycle(draft: &Draft, out: &mut Findings) -> Option<Cycle> {
    let cell = draft.cell(col::CYCLE).filter(|cell| !marks::is_nothing(&cell.text))?;
    let read = Cycle::parse(&cell.text);
    if read.is_none() && marks::mark(&cell.text).is_none() {
        cycle_unknown::note(cell.place, &cell.text, out);
    }
    read
}

/// Parses the indicators of a task; parts that cannot be parsed are noted.
fn indicators(draft: &Draft, rate: Option<&str>, out: &mut Findings) -> Vec<Indicator> {
    let mut indicators = Vec::new();
    for cell in draft.cells(col::INDICATOR).iter().filter(|cell| !marks::is_nothing(&cell.text)) {
        let (read, unreadable) = indicator::parse(&cell.text, rate);
        indicators.extend(read);
        for part in unreadable.iter().filter(|part| marks::mark(&part.text).is_none()) {
            indicator_unreadable::note(cell.place, part, out);
        }
    }
    indicators
}

/// Whether a report of the task must be signed; a word that says neither is noted.
fn sign_off(draft: &Draft, out: &mut Findings) -> bool {
    let Some(cell) = draft.cell(col::SIGN) else { return false };
    match fold(&cell.text).as_str() {
        "是" | "√" | "y" | "yes" | "true" | "1" | "需" | "需要" | "要" | "有" | "✓" | "须" => true,
        "否" | "n" | "no" | "false" | "0" | "不" | "不需" | "不需要" | "不用" | "无需" | "不要" | "没有" | "免" => {
            false
        }
        other => {
            // × and — are no words
            if other.chars().any(char::is_alphanumeric) && !marks::is_nothing(&cell.text) {
                let reason = Bilingual::fixed("应为是或否", "是 or 否 belongs here");
                let effect = Bilingual::fixed("按不需签审统计", "no sign-off is asked for");
                cell_not_understood::note(cell.place, "签审", &cell.text, &reason, Some(&effect), out);
            }
            false
        }
    }
}
