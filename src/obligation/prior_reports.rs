//! Reports of earlier windows: they show tasks that are already done, and count for longer periods that end now.

use std::collections::{BTreeMap, HashSet};

use chrono::{NaiveDate, NaiveDateTime};

use super::Coverage;
use super::numbered::NumberedOtherwise;
use super::problems::Problem;
use super::report::{PriorReport, is_work};
use super::run_file::{FileState, RunFile};
use super::terms::counts_for;
use crate::basis::calendar::Window;
use crate::basis::{TaskId, UnitId};
use crate::division::Context;
use crate::ledger::Status;
use crate::ledger::content::Content;

/// When a usable report on a task by a unit was first received, by the label of the period.
pub type FirstReports = BTreeMap<(TaskId, UnitId, String), NaiveDateTime>;

/// The reports of earlier windows, from the history and from files of earlier windows that are still in the inbox.
#[derive(Clone, Debug, Default)]
pub struct PriorReports {
    /// The reports by task and unit, oldest first.
    pub reports: BTreeMap<(TaskId, UnitId), Vec<PriorReport>>,
    /// From the history: when reports of this window were first received that have since been corrected, moved or removed.
    pub first: FirstReports,
    /// From the history: the totals of earlier windows of the same length, oldest first.
    pub windows: Vec<(Window, Coverage)>,
    /// From the history: the problems that earlier windows reported, in the order in which they were found.
    pub problems: Vec<Problem>,
    /// From the history: the windows whose files tell tasks by other codes than those of today.
    pub numbered: BTreeMap<Window, NumberedOtherwise>,
}

impl PriorReports {
    /// Adds the reports in files of earlier windows. What was in a file of the same name and window before it was corrected
    /// in place is left out.
    pub fn with_files(mut self, cx: &Context<'_>, files: &[RunFile]) -> PriorReports {
        let here: HashSet<(&str, NaiveDate)> = files
            .iter()
            .filter(|file| file.tells())
            .filter_map(|file| Some((file.source.name.as_str(), file.window?.end)))
            .collect();
        for reports in self.reports.values_mut() {
            reports.retain(|report| !here.contains(&(&*report.file, report.window_end)));
        }
        for file in files {
            let Some(window) = file.window.filter(|window| window.start < cx.window.start) else { continue };
            if file.state != FileState::Ignored {
                continue;
            }
            for (at, entry) in file.counting() {
                let Some(task) = entry.record.task.filter(|_| entry.unit().is_some()) else { continue };
                if Content::of(entry) != Content::Usable {
                    continue;
                }
                let report = PriorReport { record: Some(at), ..PriorReport::of(entry, window.end) };
                for unit in file.units(at, entry) {
                    self.reports.entry((task, unit)).or_default().push(report.clone());
                }
            }
        }
        for reports in self.reports.values_mut() {
            reports.sort_by_key(|report| (report.window_end, report.received, report.record));
        }
        self
    }

    /// The reports of a unit on a task, oldest first.
    pub fn of(&self, task: TaskId, unit: UnitId) -> &[PriorReport] {
        self.reports.get(&(task, unit)).map_or(&[], Vec::as_slice)
    }

    /// The reports that count for a period longer than the window, of which this window is a part, by task and unit.
    pub fn of_longer_periods(&self, cx: &Context<'_>) -> BTreeMap<(TaskId, UnitId), Vec<PriorReport>> {
        let counting = |(&(task, unit), reports): (&(TaskId, UnitId), &Vec<PriorReport>)| {
            let period = counts_for(cx.division.task(task).terms(unit), cx.window);
            let counts = |report: &&PriorReport| period.cycle > cx.window.cycle && period.contains(report.window_end);
            let reports: Vec<PriorReport> = reports.iter().filter(counts).cloned().collect();
            (!reports.is_empty()).then_some(((task, unit), reports))
        };
        self.reports.iter().filter_map(counting).collect()
    }

    /// The last days of the windows in which a unit reported work on a task in files that are no longer in the inbox.
    pub fn away(&self, task: TaskId, unit: UnitId) -> Vec<NaiveDate> {
        let away = self.of(task, unit).iter().filter(|report| report.record.is_none() && is_work(report.status));
        away.map(|report| report.window_end).collect()
    }

    /// Whether a task was reported as done and nothing since says that it is not: a row that stays in the ledger with 无,
    /// 不涉及 or 长期坚持 says nothing of that.
    pub fn is_done(&self, task: TaskId, unit: UnitId) -> bool {
        let is_open = |status| matches!(status, None | Some(Status::InProgress | Status::NotStarted));
        let telling = self.of(task, unit).iter().filter(|report| report.done || is_open(report.status));
        telling.max_by_key(|report| report.order()).is_some_and(|report| report.done)
    }
}
