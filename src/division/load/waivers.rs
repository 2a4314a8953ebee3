//! Reads 延期豁免, the extensions and exemptions.

use chrono::{Datelike, Days, NaiveDate, NaiveTime};

use super::super::lint::cell_not_understood;
use super::super::roster::Roster;
use super::super::task::Task;
use super::super::waiver::{Waiver, WaiverKind};
use super::columns::waiver as col;
use super::lines::{Cell, Line, Lines};
use super::year::Year;
use super::{marks, units};
use crate::basis::calendar::window::end_of;
use crate::basis::calendar::{Deadline, DueRule, written};
use crate::basis::finding::Findings;
use crate::basis::text::{code_key, list, skeleton};
use crate::basis::{Bilingual, TaskId};
use crate::read::Workbook;

/// Reads the sheet. A line with a cell that cannot be understood is noted (P513) and has no effect, because treating the
/// cell as blank would excuse everybody.
pub(super) fn load(
    book: &Workbook,
    sheet: Option<u16>,
    (tasks, roster): (&[Task], &Roster),
    (year, due): (Year, &DueRule),
    out: &mut Findings,
) -> Vec<Waiver> {
    let Some(number) = sheet else { return Vec::new() };
    let lines = Lines::read(book, number, &col::columns());
    let mut granted = Vec::new();
    for line in lines.all() {
        let Line::Data(table, row) = line else { continue };
        let named = |id| lines.cell(table, row, id).filter(|cell| !marks::is_nothing(&cell.text));
        if [col::CODE, col::TASK, col::UNIT, col::KIND, col::UNTIL, col::REASON]
            .into_iter()
            .all(|id| named(id).is_none())
        {
            continue;
        }
        let reason = lines.text(table, row, col::REASON);
        let of = subjects(named(col::CODE).or_else(|| named(col::TASK)).into_iter(), "任务", out, |cell| {
            find(tasks, cell)
        });
        let to = subjects(named(col::UNIT).into_iter(), "单位", out, |cell| units::known_of_cell(cell, roster));
        let grant = grant(&lines, (table, row), (year, due), out);
        let (Some(of), Some(to), Some(grant)) = (of, to, grant) else { continue };
        let place = lines.row_place(table, row);
        if of.is_empty() && to.is_empty() {
            let why = Bilingual::fixed(
                "任务和单位都没有写，等于全部豁免",
                "neither task nor unit is named, which would excuse everybody",
            );
            cell_not_understood::note(place, "延期豁免", &reason, &why, Some(&cell_not_understood::NO_EFFECT), out);
            continue;
        }
        granted.push(Waiver { tasks: of, units: to, grant, reason, place });
    }
    granted
}

/// The tasks or units named in the cells; empty means all; none when no name is known. Unknown names are noted.
fn subjects<T>(
    cells: impl Iterator<Item = Cell>,
    column: &str,
    out: &mut Findings,
    find: impl Fn(&Cell) -> (Vec<T>, Vec<String>),
) -> Option<Vec<T>> {
    let (mut found, mut asked) = (Vec::new(), false);
    for cell in cells.filter(|cell| !means_all(&cell.text)) {
        asked = true;
        let (known, unknown) = find(&cell);
        let effect = if known.is_empty() {
            &cell_not_understood::NO_EFFECT
        } else {
            &Bilingual::fixed("其余照办", "the others count")
        };
        let reason = if column == "任务" {
            Bilingual::fixed("任务分工中没有这项任务", "the division has no such task")
        } else {
            Bilingual::fixed("名录和任务中没有这个单位", "neither roster nor tasks know this unit")
        };
        for name in unknown {
            cell_not_understood::note(cell.place, column, &name, &reason, Some(effect), out);
        }
        found.extend(known);
    }
    (!asked || !found.is_empty()).then_some(found)
}

/// What a line grants; none if it cannot be understood, which is noted.
fn grant(
    lines: &Lines<'_>,
    (table, row): (usize, u32),
    (year, due): (Year, &DueRule),
    out: &mut Findings,
) -> Option<WaiverKind> {
    let filled = |id| lines.cell(table, row, id).filter(|cell| !marks::is_nothing(&cell.text));
    let mut told = |place, column, seen: &str, reason: &Bilingual| {
        cell_not_understood::note(place, column, seen, reason, Some(&cell_not_understood::NO_EFFECT), out);
        None
    };
    let until = match filled(col::UNTIL) {
        Some(cell) => match until(&cell, year.near) {
            Some(day) => Some((cell, day)),
            None => return told(cell.place, "截止日期", &cell.text, &cell_not_understood::DAY),
        },
        None => None,
    };
    let place = || lines.cell(table, row, col::KIND).map_or(lines.row_place(table, row), |cell| cell.place);
    let kind = filled(col::KIND).map(|cell| cell.text).unwrap_or_default();
    let has = |words: &[&str]| words.iter().any(|word| kind.contains(word));
    match (has(&["延期", "延长", "延后", "推迟", "展期"]), has(&["豁免", "免报", "免于", "不报", "免除", "免"]))
    {
        (true, false) => match until {
            Some((cell, day)) => {
                let day = extended(&cell, year, due).unwrap_or(day);
                Some(WaiverKind::Extension(clock(&cell, day).map_or(end_of(day), |clock| day.and_time(clock))))
            }
            None => told(
                lines.row_place(table, row),
                "延期",
                &kind,
                &Bilingual::fixed("没有写截止日期", "its day is missing"),
            ),
        },
        (false, true) => Some(WaiverKind::Exemption(until.map(|(cell, day)| exempted(&cell, day, year, due)))),
        _ => told(place(), "类型", &kind, &Bilingual::fixed("应为延期或豁免", "延期 or 豁免 belongs here")),
    }
}

/// The last day of the date in a cell: a day, a month, 9月底前.
fn until(cell: &Cell, near: NaiveDate) -> Option<NaiveDate> {
    let written = || match Deadline::parse(&cell.text, near)? {
        Deadline::By(at) => Some(at.date()),
        Deadline::Phase(_, last) if last != NaiveDate::MAX => Some(last),
        _ => None,
    };
    cell.days(near).map(|(_, last)| last).or_else(written)
}

/// The time of day that a cell names beside its day, stored or written: 9月10日下午3点.
fn clock(cell: &Cell, near: NaiveDate) -> Option<NaiveTime> {
    match cell.moment() {
        Some(moment) => Some(moment.time()).filter(|clock| *clock != NaiveTime::MIN),
        None => written::moment(&cell.text, near)?.1,
    }
}

/// By no more days a day without a year lies in a later year than that of the campaign, counted from when reports are due.
const INTO_NEXT: u64 = 92;

/// The last day of an exemption, which without a year is of the year of the campaign; one that was over before the window
/// is of the next where that is near (1月31日 for December).
fn exempted(cell: &Cell, own: NaiveDate, year: Year, due: &DueRule) -> NaiveDate {
    let next = year.window.filter(|window| own < window.start).and_then(|window| {
        let latest = due.due(&window).date().checked_add_days(Days::new(INTO_NEXT))?;
        until(cell, year.near.with_year(year.near.year() + 1)?).filter(|day| *day <= latest)
    });
    next.unwrap_or(own)
}

/// The day of an extension, which without a year is the one nearest to when the reports of the window are due (1月10日 for
/// December is next year's): none before a year that a title names, nor long after them in a later one.
fn extended(cell: &Cell, year: Year, due: &DueRule) -> Option<NaiveDate> {
    let due = due.due(&year.window?).date();
    let latest = due.checked_add_days(Days::new(INTO_NEXT))?;
    let own = year.near.year();
    let days = (own - i32::from(!year.is_titled)..=own.max(latest.year())).filter_map(|other| {
        let day = until(cell, year.near.with_year(other)?)?;
        (other <= own || day <= latest).then_some(day)
    });
    days.min_by_key(|day| (*day - due).abs())
}

fn means_all(text: &str) -> bool {
    matches!(
        crate::basis::text::fold(text).as_str(),
        "全部" | "所有" | "全部任务" | "所有任务" | "全部单位" | "所有单位" | "各单位"
    )
}

/// The tasks given by codes or text, and the items that match no task.
fn find(tasks: &[Task], cell: &Cell) -> (Vec<TaskId>, Vec<String>) {
    let text = cell.code();
    let by = |same: &dyn Fn(&Task) -> bool| tasks.iter().position(same).map(|at| TaskId(at as u32));
    let one = |text: &str| {
        by(&|task| task.code_key == code_key(text)).or_else(|| by(&|task| skeleton(&task.text.value) == skeleton(text)))
    };
    if let Some(task) = one(&text) {
        return (vec![task], Vec::new());
    }
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for item in list(&text) {
        match one(item) {
            Some(task) => known.push(task),
            None => unknown.push(item.to_owned()),
        }
    }
    (known, unknown)
}
