//! The obligations of a window, before submissions are considered: exempted ones are `Exempt`, all others `NotDue`.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime};

use super::model::{Obligation, State};
use super::prior_reports::PriorReports;
use super::sub_periods::SubPeriods;
use crate::basis::calendar::window::end_of;
use crate::basis::calendar::{Cycle, Deadline, Window};
use crate::basis::{TaskId, UnitId};
use crate::division::{Context, Task, Unit, WaiverKind};
use crate::ruling::{Asker, RulingKind, Target};

/// The obligations of the window in the order of the division, then of the task's units, then of periods.
pub(super) fn owed(cx: &Context<'_>, sub_periods: &SubPeriods, prior: &PriorReports) -> Vec<Obligation> {
    // reports owed several times in a window are submitted with the window and share its due time
    let due = cx.settings.due.due(&cx.window);
    let mut all = Vec::new();
    for (at, task) in cx.division.tasks.iter().enumerate() {
        let id = TaskId(at as u32);
        let periods = periods(cx, sub_periods, id, task);
        for &unit in &task.units {
            let who = cx.division.unit(unit);
            let finished = prior.is_done(id, unit);
            for &period in periods.iter().filter(|period| in_use(who, &cx.window) && in_use(who, period)) {
                if is_owed(task, &period, period.cycle < cx.window.cycle, finished) {
                    let (due, excused) = relieved(cx, (id, unit), &period, due);
                    let ruling = ruled_off(cx, id, unit);
                    let state = if excused || ruling.is_some() { State::Exempt } else { State::NotDue };
                    let records = Vec::new();
                    all.push(Obligation { task: id, unit, period, due, state, in_time: false, records, ruling });
                }
            }
        }
    }
    all
}

/// The periods of a task that end in the window.
fn periods(cx: &Context<'_>, sub_periods: &SubPeriods, id: TaskId, task: &Task) -> Vec<Window> {
    if let Some(sub_periods) = sub_periods.of(id) {
        return sub_periods.iter().map(|(sub_period, _)| *sub_period).collect();
    }
    match (task.cycle, &task.deadline) {
        (None, _) => vec![cx.window],
        // 一次性 is owed at its deadline, or at the end of the year if it has none
        (Some(Cycle::Once), Deadline::By(_) | Deadline::Phase(..)) => {
            let ends = |at: NaiveDateTime| at <= end_of(cx.window.end);
            let ended = task.deadline.moment(&cx.window).is_some_and(ends);
            if ended { vec![cx.window] } else { Vec::new() }
        }
        (Some(cycle), _) if cycle == cx.window.cycle => vec![cx.window],
        (Some(cycle), _) => cx.window.parts(cycle),
    }
}

/// The due time with extensions applied, and whether the report is exempted.
fn relieved(
    cx: &Context<'_>,
    (task, unit): (TaskId, UnitId),
    period: &Window,
    due: NaiveDateTime,
) -> (NaiveDateTime, bool) {
    // Who was given the duty by a ruling owes it, whatever was granted before.
    let given = cx.division.handed.iter().any(|handed| handed.task == task && handed.to == unit);
    let granted = cx.division.waivers.iter().filter(|waiver| !given && waiver.covers(task, unit));
    granted.fold((due, false), |(due, excused), waiver| match waiver.grant {
        // an extension to a day before the due time was granted for an earlier report
        WaiverKind::Extension(day) => (due.max(end_of(day)), excused),
        WaiverKind::Exemption(until) => (due, excused || until.is_none_or(|until| period.end <= until)),
    })
}

/// The ruling that says that a task is not a unit's.
fn ruled_off(cx: &Context<'_>, task: TaskId, unit: UnitId) -> Option<u32> {
    let rulings = &cx.division.rulings;
    if !rulings.any(RulingKind::Duty) {
        return None;
    }
    let asker = Asker { unit: Some(unit), file: "", window: cx.window };
    let ruling = rulings.find(RulingKind::Duty, &cx.division.task(task).code, &asker)?;
    (ruling.target == Target::Agreed).then_some(ruling.id)
}

/// Whether a task is owed for a period by its deadline. `part`: the period is one of several in the window; `finished`:
/// the task was reported done in an earlier window.
fn is_owed(task: &Task, period: &Window, part: bool, finished: bool) -> bool {
    let begins = period.start.and_time(NaiveTime::MIN);
    // a recurring task does not end when it is done once, but with its deadline
    let recurs = task.cycle.is_some_and(|cycle| cycle != Cycle::Once);
    let (first, last) = match &task.deadline {
        Deadline::Each { cycle: Cycle::Month, except, .. } => {
            return period.cycle > Cycle::Month || !except.contains(&period.end.month());
        }
        Deadline::Standing | Deadline::Each { .. } => return true,
        Deadline::By(at) => (NaiveDate::MIN, *at),
        Deadline::Phase(first, last) => (*first, end_of(*last)),
    };
    period.end >= first && (recurs && begins <= last || !part && !finished)
}

/// Whether a unit existed on the last day of a period.
fn in_use(unit: &Unit, stretch: &Window) -> bool {
    unit.from.is_none_or(|from| from <= stretch.end) && unit.until.is_none_or(|until| until >= stretch.end)
}
