//! What the division asks beyond a report: evidence and indicators.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use super::campaign::{Asks, Names, Row, State};
use super::expected::{Model, Owed};
use super::turn::{Span, Turn};

impl Model<'_> {
    /// Kinds of evidence that no row of a task gives; done rows that give nothing are told one by one.
    pub(super) fn evidence(&mut self, owed: &[Owed]) {
        let gives = |row: &Row| !matches!(row.evidence, "" | "无");
        let mut groups: BTreeMap<(usize, usize, Option<Span>), Vec<&Row>> = BTreeMap::new();
        for came in self.rows.iter().filter(|came| came.live) {
            let Names::Task(at) = came.row.names else { continue };
            let task = &self.campaign.tasks[at];
            if !task.units.contains(&came.unit) || task.evidence.is_empty() {
                continue;
            }
            if came.row.state == State::Done && !gives(came.row) {
                self.out.at_rows.insert(("D404", self.path(came), self.row(came)));
            }
            let part = match came.row.day {
                Some(day) => self.parts(at).map(|turn| turn.around(day)),
                None => self.next_due(at, self.campaign.files[came.file].received),
            };
            // rows of no period that is owed stand together
            let is_owed = |span: &Span| owed.iter().any(|one| (one.task, one.unit, one.span) == (at, came.unit, *span));
            let part = part.filter(is_owed);
            groups.entry((at, came.unit, part)).or_default().push(came.row);
        }
        let mut found = Vec::new();
        for ((task, unit, _), rows) in groups {
            let mentioned = |kind: &&str| rows.iter().any(|row| gives(row) && row.evidence.contains(*kind));
            let told = |row: &&Row| row.state == State::Done && gives(row);
            if rows.iter().any(told) && !self.campaign.tasks[task].evidence.iter().all(mentioned) {
                found.push((unit, task));
            }
        }
        for (unit, task) in found {
            self.add("D404", Some(unit), Some(task), "");
        }
    }

    /// 次数 counts records, 数量 sums them; while the window runs, in proportion to the days that have passed.
    pub(super) fn indicators(&mut self, owed: &[Owed], states: &[(&'static str, bool)]) {
        let campaign = self.campaign;
        let whole = (campaign.window.1 - campaign.window.0).num_days() + 1;
        let passed = (campaign.as_of.date().min(campaign.window.1) - campaign.window.0).num_days() + 1;
        let share = passed as f64 / whole as f64;
        let today = campaign.as_of.date().min(campaign.window.1);
        let (mut found, mut graded) = (Vec::new(), Vec::new());
        for (at, task) in campaign.tasks.iter().enumerate() {
            for &unit in &task.units {
                let rows: Vec<&Row> = self
                    .rows
                    .iter()
                    .filter(|came| came.live && came.unit == unit && came.row.names == Names::Task(at))
                    .map(|came| came.row)
                    .collect();
                let excused = owed.iter().zip(states).any(|(one, state)| {
                    let waived = one.waived && one.turn >= campaign.turn;
                    (one.task, one.unit) == (at, unit) && (waived || matches!(state.0, "exempt" | "disputed"))
                });
                if rows.is_empty() || excused {
                    continue;
                }
                let counts = |row: &&&Row| {
                    !matches!(row.state, State::Nil | State::NotStarted | State::Exempt | State::Disputed)
                };
                let done = |first: NaiveDate, last: NaiveDate| {
                    let inside = |row: &&&Row| row.day.is_some_and(|day| (first..=last).contains(&day));
                    // what has no day lies in a period that is all of the window
                    let all = first <= campaign.window.0 && campaign.window.1 <= last;
                    rows.iter().filter(counts).filter(|row| all && row.day.is_none() || inside(row)).count()
                };
                let count = rows.iter().filter(counts).count() as f64;
                if let Asks::Grade(least) = task.asks {
                    if count < least as f64 * share {
                        graded.push((unit, at));
                    }
                    continue;
                }
                let short = match task.asks {
                    Asks::Nothing | Asks::Grade(_) => false,
                    Asks::Kinds(least) => {
                        let kinds: BTreeSet<&str> =
                            rows.iter().filter(counts).map(|row| row.form).filter(|form| !form.is_empty()).collect();
                        (kinds.len() as f64) < least as f64 * share
                    }
                    Asks::Rate(least) => rows.iter().filter(counts).any(|row| row.rate.is_none_or(|rate| rate < least)),
                    Asks::Ratio(least) => {
                        let counting = || rows.iter().filter(counts).map(|row| row.people);
                        let (part, whole) = counting().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
                        // nothing to divide by cannot be judged, which is a warning
                        whole == 0 || part * 100 < least * whole
                    }
                    Asks::Weekly(least) => Turn::Week.within(campaign.window).into_iter().any(|(first, last)| {
                        let passed = ((today.min(last) - first).num_days() + 1).max(0);
                        (done(first, last) as f64) < least as f64 * passed as f64 / 7.0
                    }),
                    Asks::Each(least) => {
                        rows.iter().filter(counts).any(|row| row.amount.is_none_or(|amount| amount < least))
                    }
                    Asks::On(day) => {
                        let days = campaign.window.0.iter_days().take_while(|day| *day <= today);
                        let asked = |on: &NaiveDate| on.weekday() == day && !campaign.holidays.contains(on);
                        days.filter(asked).any(|on| done(on, on) == 0)
                    }
                    Asks::Records(least) => count < least as f64 * share,
                    Asks::Amount(amount) => {
                        let sum: usize = rows.iter().filter(counts).filter_map(|row| row.amount).sum();
                        (sum as f64) < amount as f64 * share
                    }
                };
                if short {
                    found.push((unit, at));
                }
            }
        }
        for (unit, task) in found {
            self.add("D406", Some(unit), Some(task), "");
        }
        for (unit, task) in graded {
            self.add("D411", Some(unit), Some(task), "");
        }
    }
}
