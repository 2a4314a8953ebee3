//! Drafts → tasks: reads units, dates, cycles and marks, and notes each fault at its cell.

use std::collections::BTreeMap;

use super::super::indicator::{self, Asks, FixedDays, Indicator, Measure, Relation};
use super::super::lint::{
    cell_not_understood, cycle_unknown, deadline_unreadable, indicator_unreadable, marks_do_not_total,
    placeholder_left, task_repeated, task_unassigned, terms_differ,
};
use super::super::roster::Roster;
use super::super::task::{Task, Terms};
use super::columns::task as col;
use super::rows::Rows;
use super::unfinished::{Draft, Drafts};
use super::year::Year;
use super::{marks, units};
use crate::basis::calendar::{Cycle, Deadline};
use crate::basis::finding::{Finding, Findings};
use crate::basis::place::{Place, Traced};
use crate::basis::settings::Settings;
use crate::basis::text::{code_key, fold, list};
use crate::basis::{Bilingual, TaskId, UnitId};

/// Makes tasks from the drafts. Units missing in the roster are added to it. `rate` is the name of the only percentage
/// field.
pub(super) fn build(
    drafts: &Drafts,
    roster: &mut Roster,
    year: Year,
    rate: Option<&str>,
    settings: &Settings,
    out: &mut Findings,
) -> Vec<Task> {
    if !roster.given {
        name_first(drafts, roster);
    }
    let mut tasks: Vec<Task> = Vec::with_capacity(drafts.tasks.len());
    let mut counted: Option<Place> = None;
    for draft in &drafts.tasks {
        let id = TaskId(tasks.len() as u32);
        let first_finding = out.0.len();
        placeholders(draft, out);
        task_repeated::note(draft, out);
        let owners = units::of_rows(&draft.whole, roster, out);
        let all = owners.owing();
        if all.is_empty() {
            let cells = draft.whole.cells(col::UNITS).iter().chain(draft.whole.cells(col::LEAD));
            let seen = cells.map(|cell| cell.text.as_str()).collect::<Vec<_>>().join("；");
            task_unassigned::note(draft.whole.units_place, &seen, out);
        }
        let lead = if owners.lead.units.is_empty() && settings.lead_is_first_unit {
            owners.first.into_iter().collect()
        } else {
            owners.lead.units.clone()
        };
        let reader = TermsReader { year, rate, counted };
        let whole = reader.read(&draft.whole, out);
        let own = own_terms(draft, &all, &reader, roster, out);
        counted = draft.whole.column(col::MARKS).last().map(|cell| cell.place).or(counted);
        tasks.push(Task {
            code_key: code_key(&draft.code),
            code: draft.code.clone(),
            category: draft.category.clone(),
            text: Traced { value: draft.text.text.clone(), place: draft.text.place },
            lead_units: lead.into(),
            units: all.into(),
            collective: owners.collective().into(),
            supporting: owners.supporting.units.into(),
            whole,
            own,
        });
        out.0[first_finding..].iter_mut().for_each(|finding| finding.task = Some(id));
    }
    tasks
}

/// What each unit owes by its own rows, where a task has rows for several units. A unit of several rows owes what they ask
/// together; of two deadlines or cycles the first counts, and the other is noted (P517).
fn own_terms(
    draft: &Draft,
    all: &[UnitId],
    reader: &TermsReader<'_>,
    roster: &mut Roster,
    out: &mut Findings,
) -> BTreeMap<UnitId, Terms> {
    let mut parts_of: BTreeMap<UnitId, Vec<usize>> = BTreeMap::new();
    if draft.parts.len() > 1 {
        for (at, part) in draft.parts.iter().enumerate() {
            // what there is to say of the units was said of the whole task
            let owners = units::of_rows(part, roster, &mut Findings::default());
            for unit in owners.owing() {
                parts_of.entry(unit).or_default().push(at);
            }
        }
    }
    if parts_of.is_empty() {
        terms_differ::note(&draft.whole, all, roster, out);
        return BTreeMap::new();
    }
    let mut units_of: BTreeMap<Vec<usize>, Vec<UnitId>> = BTreeMap::new();
    for (unit, parts) in parts_of {
        units_of.entry(parts).or_default().push(unit);
    }
    let mut own = BTreeMap::new();
    for (parts, units) in units_of {
        let rows = draft.rows_of(&parts);
        let mut found = Findings::default();
        let terms = reader.read(&rows, &mut found);
        terms_differ::note(&rows, &units, roster, &mut found);
        // a cell that several units share is told once
        for finding in found.0 {
            let same = |told: &Finding| (told.kind.code, told.place) == (finding.kind.code, finding.place);
            if !out.0.iter().any(same) {
                out.0.push(finding);
            }
        }
        own.extend(units.into_iter().map(|unit| (unit, terms.clone())));
    }
    own
}

/// Reads what rows of a task ask.
struct TermsReader<'a> {
    year: Year,
    rate: Option<&'a str>,
    /// The cell of the marks that were counted for the task before: merged over several tasks they count for the first.
    counted: Option<Place>,
}

impl TermsReader<'_> {
    fn read(&self, rows: &Rows, out: &mut Findings) -> Terms {
        Terms {
            standard: rows.text(col::STANDARD),
            leaders: names(rows),
            deadline: deadline(rows, self.year, out),
            deadline_text: rows.text(col::DEADLINE),
            cycle: cycle(rows, out),
            indicator: rows
                .cell(col::INDICATOR)
                .map(|cell| Traced { value: rows.text(col::INDICATOR), place: cell.place }),
            indicators: indicators(rows, self.rate, out),
            evidence: evidence(rows),
            sign_off: sign_off(rows, out),
            marks: self.marks(rows, out),
            place: rows.place,
            units_place: rows.units_place,
        }
    }

    /// The marks: the figure that stands in each of the rows, else the sum of what they share out.
    fn marks(&self, rows: &Rows, out: &mut Findings) -> Option<f64> {
        let mut read: Vec<f64> = Vec::new();
        for cell in rows.column(col::MARKS).filter(|cell| self.counted != Some(cell.place)) {
            let number = cell.number();
            if number.is_none() && !marks::is_nothing(&cell.text) {
                marks_do_not_total::note_unreadable(cell.place, &cell.text, out);
            }
            read.extend(number);
        }
        let first = *read.first()?;
        let is_same = |number: &f64| number.total_cmp(&first).is_eq();
        Some(if read.iter().all(is_same) { first } else { read.iter().sum() })
    }
}

/// Without a roster, adds the units named in the tasks before the tasks are read, so that 东街街道各社区 in the first task
/// can refer to units named in the second.
fn name_first(drafts: &Drafts, roster: &mut Roster) {
    let mut unused = Findings::default();
    for draft in &drafts.tasks {
        units::of_rows(&draft.whole, roster, &mut unused);
    }
}

/// Notes placeholders that were not filled in, one finding for each cell (P509).
fn placeholders(draft: &Draft, out: &mut Findings) {
    let text = std::iter::once(&draft.text);
    for cell in text.chain(draft.whole.cells.iter().filter(|(id, _)| **id != col::REMARK).flat_map(|(_, cells)| cells))
    {
        if let Some(mark) = marks::mark(&cell.text) {
            placeholder_left::note(cell.place, &cell.text, &mark, out);
        }
    }
    if draft.text.text.is_empty() {
        placeholder_left::note_blank(draft.text.place, out);
    }
}

fn names(rows: &Rows) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in rows.cells(col::LEADERS).iter().flat_map(|cell| list(&cell.text)) {
        if !marks::is_nothing(name) && !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}

fn evidence(rows: &Rows) -> Vec<String> {
    let mut kinds: Vec<String> = Vec::new();
    for kind in rows.cells(col::EVIDENCE).iter().flat_map(|cell| list(&cell.text)) {
        let kind = kind.trim_end_matches(['。', '.', '等']).trim();
        if !marks::is_nothing(kind) && !kinds.iter().any(|known| known == kind) {
            kinds.push(kind.to_owned());
        }
    }
    kinds
}

fn deadline(rows: &Rows, year: Year, out: &mut Findings) -> Deadline {
    let Some(cell) = rows.cell(col::DEADLINE).filter(|cell| !marks::is_nothing(&cell.text)) else {
        return Deadline::Standing;
    };
    if let Some(moment) = cell.moment() {
        let end_of_day = chrono::NaiveTime::from_hms_opt(23, 59, 59).unwrap_or_default();
        let midnight = moment.time() == chrono::NaiveTime::MIN;
        return Deadline::By(if midnight { moment.date().and_time(end_of_day) } else { moment });
    }
    year.deadline(&cell.text).unwrap_or_else(|| {
        // A date with a placeholder cannot be read, but the placeholder is noted already.
        if marks::mark(&cell.text).is_none() {
            deadline_unreadable::note(cell.place, &cell.text, out);
        }
        Deadline::Standing
    })
}

fn cycle(rows: &Rows, out: &mut Findings) -> Option<Cycle> {
    let cell = rows.cell(col::CYCLE).filter(|cell| !marks::is_nothing(&cell.text))?;
    let read = Cycle::parse(&cell.text);
    match read {
        None if marks::mark(&cell.text).is_none() => cycle_unknown::note(cell.place, &cell.text, out),
        Some(cycle) if asks_more(&cell.text, cycle) => cycle_unknown::note_more(cell.place, &cell.text, cycle, out),
        _ => {}
    }
    read
}

/// Whether a text asks for more than one report in each period of a cycle: 每年两次, 每月5日、20日, 每周、每月.
fn asks_more(text: &str, cycle: Cycle) -> bool {
    let often = |indicator: &Indicator| match &indicator.asks {
        Asks::Days(FixedDays::Week(days)) => days.len() > 1,
        Asks::Days(FixedDays::Month(days)) => days.len() > 1,
        _ => indicator.tests().iter().any(|test| {
            matches!(test.measure, Measure::Count(_)) && test.bound > 1.0 && test.relation != Relation::AtMost
        }),
    };
    let another = |item: &str| Cycle::parse(item).is_some_and(|other| other != cycle);
    indicator::parse(text, None).0.iter().any(often) || list(text).into_iter().any(another)
}

/// Parses the indicators of a task; parts that cannot be parsed are noted.
fn indicators(rows: &Rows, rate: Option<&str>, out: &mut Findings) -> Vec<Indicator> {
    let mut indicators = Vec::new();
    for cell in rows.cells(col::INDICATOR).iter().filter(|cell| !marks::is_nothing(&cell.text)) {
        let (read, unreadable) = indicator::parse(&cell.text, rate);
        indicators.extend(read);
        for part in unreadable.iter().filter(|part| marks::mark(&part.text).is_none()) {
            indicator_unreadable::note(cell.place, part, out);
        }
    }
    indicators
}

/// Whether a report of the task must be signed; a word that says neither is noted.
fn sign_off(rows: &Rows, out: &mut Findings) -> bool {
    let Some(cell) = rows.cell(col::SIGN) else { return false };
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
