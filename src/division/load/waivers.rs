//! 延期豁免 → what was granted.

use chrono::NaiveDate;

use super::super::roster::Roster;
use super::super::task::Task;
use super::super::waiver::{Waiver, WaiverKind};
use super::columns::waiver as col;
use super::lines::{Line, Lines};
use super::{marks, units};
use crate::basis::TaskId;
use crate::basis::finding::Findings;
use crate::basis::text::{code_key, list, skeleton};
use crate::read::Workbook;

/// Reads the sheet. A line whose task or unit is not one of the division's is left out: it would excuse everybody.
pub(super) fn load(
    book: &Workbook,
    sheet: Option<u16>,
    tasks: &[Task],
    roster: &mut Roster,
    near: NaiveDate,
    out: &mut Findings,
) -> Vec<Waiver> {
    let Some(number) = sheet else { return Vec::new() };
    let lines = Lines::read(book, number, &col::columns());
    let mut granted = Vec::new();
    for line in lines.all() {
        let Line::Data(table, row) = line else { continue };
        let named = |id| lines.cell(table, row, id).filter(|cell| !marks::is_nothing(&cell.text));
        let (task_cells, unit_cell) = ([named(col::CODE), named(col::TASK)], named(col::UNIT));
        let of: Vec<TaskId> = task_cells.iter().flatten().flat_map(|cell| find(tasks, &cell.code())).collect();
        let all_tasks = task_cells.iter().flatten().all(|cell| means_all(&cell.text));
        let all_units = unit_cell.as_ref().is_none_or(|cell| means_all(&cell.text));
        let to = match unit_cell {
            Some(cell) if !all_units => units::of_cell(&cell, roster, out),
            _ => Vec::new(),
        };
        let unknown = of.is_empty() && !all_tasks || to.is_empty() && !all_units;
        if unknown || all_tasks && all_units {
            continue;
        }
        let until = named(col::UNTIL).and_then(|cell| cell.day(near));
        let reason = lines.text(table, row, col::REASON);
        let kind = lines.text(table, row, col::KIND);
        let extends = if kind.is_empty() { until.is_some() && !exempts(&reason) } else { !exempts(&kind) };
        let grant = match until {
            Some(day) if extends => WaiverKind::Extension(day),
            // An extension without a day extends nothing.
            None if extends && !kind.is_empty() => continue,
            until => WaiverKind::Exemption(until),
        };
        granted.push(Waiver { tasks: of, units: to, grant, reason, place: lines.row_place(table, row) });
    }
    granted
}

fn exempts(text: &str) -> bool {
    ["豁免", "免报", "免于", "不报", "免除", "免"].iter().any(|word| text.contains(word))
}

fn means_all(text: &str) -> bool {
    matches!(
        crate::basis::text::fold(text).as_str(),
        "全部" | "所有" | "全部任务" | "所有任务" | "全部单位" | "所有单位" | "各单位"
    )
}

/// The tasks that codes or a text name.
fn find(tasks: &[Task], text: &str) -> Vec<TaskId> {
    let by = |same: &dyn Fn(&Task) -> bool| tasks.iter().position(same).map(|at| TaskId(at as u32));
    let one = |text: &str| {
        by(&|task| task.code_key == code_key(text)).or_else(|| by(&|task| skeleton(&task.text.value) == skeleton(text)))
    };
    one(text).map_or_else(|| list(text).into_iter().filter_map(one).collect(), |task| vec![task])
}
