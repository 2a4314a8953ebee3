//! The findings about duties: missing, late, overdue, and about whole files.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;

use super::campaign::{Deadline, File, Holds, State};
use super::expected::{Model, Owed, end};
use super::turn::Span;

impl Model<'_> {
    pub(super) fn duties(&mut self, owed: &[Owed], states: &[(&'static str, bool)]) {
        let heard = self.heard();
        let window = self.campaign.turn.label(self.campaign.window);
        // Missing: one for a silent unit; else each task, those reported in turns summed up where two or more are due.
        for unit in 0..self.campaign.units.len() {
            let of_unit = || owed.iter().zip(states).filter(move |(one, _)| one.unit == unit);
            let missing = of_unit().filter(|(_, state)| state.0 == "missing").count();
            if missing > 0 && !heard.contains(&unit) {
                self.add("D401", Some(unit), None, &window);
                continue;
            }
            for (one, _) in of_unit().filter(|(_, state)| state.0 == "missing") {
                self.add("D402", Some(unit), Some(one.task), &one.turn.label(one.span));
            }
            for task in 0..self.campaign.tasks.len() {
                let turns: Vec<&str> = of_unit()
                    .filter(|(one, state)| {
                        one.task == task && one.turn < self.campaign.turn && !matches!(state.0, "not-due" | "exempt")
                    })
                    .map(|(_, state)| state.0)
                    .collect();
                if turns.len() > 1 && turns.contains(&"missing") {
                    self.add("D407", Some(unit), Some(task), &window);
                }
            }
        }
        // Late, unusable, nil: once for each unit and period.
        let mut groups: BTreeMap<(&'static str, usize, Span), Vec<usize>> = BTreeMap::new();
        for (one, &(state, in_time)) in owed.iter().zip(states) {
            let came = self.got(one).first.is_some() || state == "nil";
            // nobody is late with what is not his duty
            let ruled = state == "exempt" && self.campaign.ruled_off.contains(&(one.task, one.unit));
            let excused = matches!(state, "nil" | "disputed" | "exempt") && !ruled;
            let late = state == "late" || excused && came && !in_time;
            let codes = [("D403", late), ("D412", state == "unusable"), ("D413", state == "nil")];
            for (code, _) in codes.into_iter().filter(|code| code.1) {
                groups.entry((code, one.unit, one.span)).or_default().push(one.task);
            }
        }
        for ((code, unit, span), tasks) in groups {
            let turn =
                owed.iter().find(|one| one.unit == unit && one.span == span).map_or(self.campaign.turn, |one| one.turn);
            self.add(
                code,
                Some(unit),
                Some(tasks[0]).filter(|_| tasks.len() == 1 && code != "D412"),
                &turn.label(span),
            );
        }
        self.deadlines(owed, states);
        for (at, file) in self.campaign.files.iter().enumerate() {
            let unit = Self::owner(file);
            match (self.states[at], &file.holds) {
                ("duplicate", _) => self.add("F06", unit, None, ""),
                ("refused", _) | ("merged", Holds::BlankForm(_)) if self.is_made_good(file, owed, states) => {
                    self.add("F07", unit, None, "");
                    continue;
                }
                ("refused", _) => self.add("F01", unit, None, ""),
                ("merged", Holds::BlankForm(_)) => self.add("S18", unit, None, ""),
                _ => {}
            }
            // Where part of the earlier file counts still, each names the other.
            let by: Vec<usize> = self.replaced_by[at].iter().copied().collect();
            if !by.is_empty() {
                self.add("F07", unit, None, "");
            }
            if let ("merged", [newer]) = (self.states[at], by.as_slice()) {
                self.add("F07", Self::owner(&self.campaign.files[*newer]), None, "");
            }
        }
    }

    /// Whether the unit of a file of no use has reported all that it owes, with a file that came later.
    pub(super) fn is_made_good(&self, file: &File, owed: &[Owed], states: &[(&'static str, bool)]) -> bool {
        let Some(unit) = Self::sender(file) else { return false };
        let open = |one: &Owed, state| match state {
            "missing" | "unusable" | "blank" => true,
            "not-due" => self.rows_of(one).all(|came| !came.live),
            _ => false,
        };
        let all_reported = !owed.iter().zip(states).any(|(one, state)| one.unit == unit && open(one, state.0));
        let live = |at: usize| self.rows.iter().any(|came| came.file == at && came.live);
        let later = self.campaign.files.iter().enumerate().any(|(at, other)| {
            self.states[at] == "merged"
                && Self::sender(other) == Some(unit)
                && (other.received, &other.path) > (file.received, &file.path)
                && (matches!(other.holds, Holds::Nil) || other.nil_sheets().next().is_some() || live(at))
        });
        later && all_reported
    }

    /// Tasks whose deadline has passed, or comes soon, and that were not reported done.
    pub(super) fn deadlines(&mut self, owed: &[Owed], states: &[(&'static str, bool)]) {
        const SOON: i64 = 3;
        let window = self.campaign.turn.label(self.campaign.window);
        let (now, mut found) = (self.campaign.as_of, BTreeSet::new());
        let soon = |at: NaiveDateTime| at >= now && (at.date() - now.date()).num_days() <= SOON;
        for (one, _) in owed.iter().zip(states) {
            let Deadline::By(day) = self.campaign.tasks[one.task].deadline else { continue };
            let same = || owed.iter().zip(states).filter(|(other, _)| (other.task, other.unit) == (one.task, one.unit));
            let excused = same().all(|(_, state)| matches!(state.0, "exempt" | "disputed"));
            // rows sent before count where the period is longer than the window
            let done = same().any(|(other, _)| self.got(other).states.contains(&State::Done));
            let extended = self.campaign.waivers.iter().filter(|waiver| {
                waiver.extends
                    && waiver.task.is_none_or(|task| task == one.task)
                    && waiver.unit.is_none_or(|unit| unit == one.unit)
            });
            let until = extended.filter_map(|waiver| waiver.until).fold(end(day), |until, day| until.max(end(day)));
            if excused || done {
                continue;
            }
            let not_due = same().all(|(_, state)| state.0 == "not-due");
            if until < now && !not_due {
                found.insert(("D408", one.unit, one.task));
            } else if soon(until) {
                found.insert(("D409", one.unit, one.task));
            }
        }
        for (code, unit, task) in found {
            self.add(code, Some(unit), Some(task), &window);
        }
        let waiting: BTreeSet<(usize, Span)> = owed
            .iter()
            .zip(states)
            .filter(|(one, state)| state.0 == "not-due" && soon(one.due))
            .map(|(one, _)| (one.unit, one.span))
            .collect();
        for (unit, span) in waiting {
            let turn =
                owed.iter().find(|one| one.unit == unit && one.span == span).map_or(self.campaign.turn, |one| one.turn);
            self.add("D409", Some(unit), None, &turn.label(span));
        }
    }
}
