//! The sub-periods of cycles shorter than the window, and the sub-periods a row reports on.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;

use super::terms::is_owed;
use crate::basis::calendar::{Cycle, Occasion, Window};
use crate::division::indicator::{Asks, Condition, FixedDays, Indicator};
use crate::division::{Context, Task, Terms};
use crate::ledger::{Entry, content};

/// For each cycle shorter than the window that a task has: its sub-periods, each with the time at which a report on it
/// alone would be due. Reports are due with the window; these times only assign rows without a date to a sub-period.
#[derive(Clone, Debug)]
pub struct SubPeriods(BTreeMap<Cycle, Vec<(Window, NaiveDateTime)>>);

impl SubPeriods {
    /// The sub-periods of all tasks in the window of the run.
    pub fn new(cx: &Context<'_>) -> SubPeriods {
        SubPeriods::asked(cx, cx.division.tasks.iter().flat_map(Task::all_terms))
    }

    /// The sub-periods that these terms ask for.
    pub fn asked<'a>(cx: &Context<'_>, terms: impl Iterator<Item = &'a Terms>) -> SubPeriods {
        let cycles = terms.filter_map(|terms| terms.cycle);
        let mut of_cycle = BTreeMap::new();
        for cycle in cycles.filter(|cycle| *cycle < cx.window.cycle) {
            of_cycle.entry(cycle).or_insert_with(|| {
                let parts = cx.window.parts(cycle).into_iter();
                parts.map(|part| (part, cx.settings.due.due(&part))).collect()
            });
        }
        SubPeriods(of_cycle)
    }

    /// The sub-periods of a task in order, each with its own due time; none when the task is owed at most once in the window.
    pub fn of(&self, terms: &Terms) -> Option<&[(Window, NaiveDateTime)]> {
        self.0.get(&terms.cycle?).map(Vec::as_slice)
    }

    /// The positions of the sub-periods a row reports on: those of the part of the window it is about, else those that
    /// contain its days. Empty when the task has no sub-periods or the days lie in none of them. `window` is the window of the file.
    pub fn reported(&self, terms: &Terms, entry: Entry<'_>, window: &Window) -> Vec<usize> {
        let Some(sub_periods) = self.of(terms) else { return Vec::new() };
        let part = content::inherited(entry);
        let occasions = part.map_or_else(|| content::occasions(entry, window), |part| vec![part]);
        if occasions.is_empty() {
            return self.next_due(terms, entry.source.received).into_iter().collect();
        }
        let of = |occasion: &Occasion, part: &Window| {
            let first = if occasion.exact { occasion.first } else { occasion.last };
            first <= part.end && part.start <= occasion.last
        };
        let holds = |part: &Window| occasions.iter().any(|occasion| of(occasion, part));
        sub_periods.iter().enumerate().filter(|(_, (part, _))| holds(part)).map(|(at, _)| at).collect()
    }

    /// The position of the sub-period that was due next at a time, of those for which the task is owed; after the last due
    /// time, the last.
    pub fn next_due(&self, terms: &Terms, received: NaiveDateTime) -> Option<usize> {
        let all = self.of(terms)?;
        let mut owed: Vec<usize> = (0..all.len()).filter(|&at| is_owed(terms, &all[at].0, true, false)).collect();
        if owed.is_empty() {
            owed.extend(0..all.len());
        }
        let next = owed.partition_point(|&at| all[at].1 < received);
        owed.get(next).or(owed.last()).copied()
    }

    /// The sub-period of a row, so that rows on different sub-periods of a task do not supersede each other: that of the part
    /// it is about, or of its day, in the shortest cycle of the task or its indicators (a patrol log is sent week by week);
    /// without a day, if the task itself has sub-periods, the one that was due next when the file was received. `window` is
    /// that of its file.
    pub fn kept(&self, cx: &Context<'_>, terms: &Terms, entry: Entry<'_>, window: Window) -> Option<Window> {
        if let Some(day) = entry.part().map(|part| part.1).or(entry.day()) {
            let cycle = kept_by(terms).filter(|cycle| *cycle < cx.window.cycle)?;
            return Some(Window::containing(cycle, day));
        }
        let (received, all) = (entry.source.received, self.of(terms)?);
        if window == cx.window {
            return self.next_due(terms, received).map(|at| all[at].0);
        }
        Some(cx.settings.due.next(terms.cycle?, received))
    }
}

/// The shortest cycle of a task or its indicators.
fn kept_by(terms: &Terms) -> Option<Cycle> {
    fn counted(condition: &Condition) -> Option<Cycle> {
        condition.tests().iter().filter_map(|test| test.per.turn).map(|turn| turn.cycle).min()
    }
    let asked = |indicator: &Indicator| match &indicator.asks {
        Asks::Condition(condition) => counted(condition),
        Asks::Days(FixedDays::Week(_)) => Some(Cycle::Week),
        Asks::Days(FixedDays::Month(_)) => Some(Cycle::Month),
        Asks::Grades(grades) => grades.iter().filter_map(|grade| grade.when.as_ref()).filter_map(counted).min(),
    };
    terms.indicators.iter().filter_map(asked).chain(terms.cycle).min()
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::obligation::fixture::{check, drawn};

    #[test]
    fn every_moment_lies_before_one_due_time() {
        let mut campaign = drawn("2014-08 as of 2014-09-06\n1 | 甲科");
        for (cycle, days) in [(Cycle::Week, -2), (Cycle::TenDays, 9), (Cycle::Month, 40), (Cycle::Day, 1)] {
            campaign.settings.due.days = days;
            campaign.window = Window::containing(cycle, campaign.window.start);
            let cx = campaign.context();
            for hour in 0..2000 {
                let at = campaign.as_of + TimeDelta::hours(hour);
                let window = cx.settings.due.next(cycle, at);
                let due = |window: &Window| cx.settings.due.due(window);
                assert!(due(&window) >= at && due(&window.previous()) < at, "{cycle:?} {at}");
            }
        }
    }

    #[test]
    fn short_cycles_are_owed_turn_by_turn() {
        // Week 31 began in July; 1 September lies in no week of August. A row without a date belongs to the week that was due
        // next when it was received. A blank form is blank for every week.
        check(
            "2014-08 as of 2014-09-06
             1 | 甲科、乙科 | 每周
             --- 乙科 2014-08-20T10:00 blank.xlsx
             1 |
             --- 甲科 2014-08-20T10:00 a.xlsx
             1 | 已完成 | 2014-08-01
             1 | 已完成 | 2014-08-05
             1 | 已完成 | 2014-09-01
             1 | 已完成 |
             --- 甲科 2014-09-06T10:00 b.xlsx
             1 | 已完成 | 2014-08-27",
            "1 甲科 2014-W32 on-time 1
             1 甲科 2014-W33 on-time 1
             1 甲科 2014-W34 missing 0
             1 甲科 2014-W35 late 1
             1 乙科 2014-W32 blank 0
             1 乙科 2014-W33 blank 0
             1 乙科 2014-W34 blank 0
             1 乙科 2014-W35 blank 0",
        );
    }

    #[test]
    fn a_row_without_a_day_is_about_the_last_week_that_is_owed() {
        let drawing = |received: &str, until: &str| {
            format!(
                "2014-08 as of 2014-09-06
                 1 | 甲科 | 每周 | {until}
                 --- 甲科 {received} a.xlsx window=2014-08
                 1 | 推进中 | 2014-08-06
                 1 | 已完成 |"
            )
        };
        let weeks = |states: &[&str]| {
            let line = |(week, state): (u32, &&str)| format!("1 甲科 2014-W{week} {state}");
            (32..).zip(states).map(line).collect::<Vec<_>>().join("\n")
        };
        let (came, none) = ("on-time 1", "missing 0");
        check(&drawing("2014-09-03T10:00", "2014年8月20日"), &weeks(&[came, none, came]));
        check(&drawing("2014-09-03T10:00", "2014年12月31日"), &weeks(&[came, none, none, came]));
        // a week that begins after the deadline is not owed, and the one before it is due
        check(&drawing("2014-08-16T10:00", "2014年8月20日"), &weeks(&[came, came, none]));
        let phase = drawing("2014-08-12T10:00", "2014年8月20日至12月31日");
        check(&phase, "1 甲科 2014-W34 on-time 1\n1 甲科 2014-W35 missing 0");
    }

    #[test]
    fn several_days_in_a_row_report_each_of_their_weeks() {
        check(
            "2014-08 as of 2014-09-06
             1 | 甲科、乙科 | 每周
             --- 甲科 2014-08-10T10:00 a.xlsx
             1 | 已完成 | 8月5日、8月20日
             --- 乙科 2014-08-10T10:00 b.xlsx
             1 | 已完成 | 8月5日-20日",
            "1 甲科 2014-W32 on-time 1
             1 甲科 2014-W33 missing 0
             1 甲科 2014-W34 on-time 1
             1 甲科 2014-W35 missing 0
             1 乙科 2014-W32 on-time 1
             1 乙科 2014-W33 on-time 1
             1 乙科 2014-W34 on-time 1
             1 乙科 2014-W35 missing 0",
        );
    }

    #[test]
    fn a_row_without_a_day_is_about_the_sub_period_that_is_due_next() {
        // The report on the first half of August by itself would be due on the 20th at 17:00.
        for (moment, half) in [("2014-08-20T17:00", "H1"), ("2014-08-20T17:01", "H2"), ("2014-09-06T09:00", "H2")] {
            let drawing = format!(
                "2014-08 as of 2014-09-07
                 1 | 甲科 | 每半月
                 --- 甲科 {moment} a.xlsx window=2014-08
                 1 | 推进中"
            );
            let (_, settled) = drawn(&drawing).settle();
            let reported = settled.all.iter().filter(|one| !one.records.is_empty()).map(|one| one.period.label());
            assert_eq!(reported.collect::<Vec<_>>(), [format!("2014-08-{half}")], "{moment}");
        }
    }
}
