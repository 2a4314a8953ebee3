//! What becomes of each file, and which rows a later one replaces.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Days;

use super::campaign::{File, Holds, Names};
use super::expected::{Came, Model};
use super::turn::Span;
use super::written;

impl Model<'_> {
    pub(super) fn judge_files(&mut self) {
        let campaign = self.campaign;
        let bytes: Vec<Vec<u8>> = (0..campaign.files.len()).map(|at| written::bytes(campaign, at)).collect();
        let mut order: Vec<usize> = (0..campaign.files.len()).collect();
        order.sort_by_key(|&at| (campaign.files[at].received, &campaign.files[at].path));
        let mut states = vec![""; campaign.files.len()];
        for (nth, &at) in order.iter().enumerate() {
            let file = &campaign.files[at];
            let twin = |&&other: &&usize| {
                let (a, b) = (Self::sender(&campaign.files[other]), Self::sender(file));
                !matches!(states[other], "ignored" | "duplicate")
                    && bytes[other] == bytes[at]
                    && (a == b || a.is_none() || b.is_none())
            };
            states[at] = if file.received > campaign.as_of || self.is_of_another_window(file) {
                "ignored"
            } else if order[..nth].iter().find(twin).is_some() {
                "duplicate"
            } else if matches!(file.holds, Holds::Empty) {
                "refused"
            } else {
                "merged"
            };
        }
        self.states = states;
    }

    /// Whether the title names another window; of an empty file only the time of receipt tells, and any time from the
    /// first day of the window to the run is of this one or of one before.
    pub(super) fn is_of_another_window(&self, file: &File) -> bool {
        if !matches!(file.holds, Holds::Empty) {
            return file.title.is_some_and(|span| span != self.campaign.window);
        }
        // taken as the window whose due time comes next; after the last due time that has passed, as the run's
        let turn = self.campaign.turn;
        let before = turn.around(self.campaign.window.0 - Days::new(1));
        let mut next = self.campaign.window;
        while self.due(next.1) < file.received {
            next = turn.around(next.1 + Days::new(1));
        }
        file.received <= self.due(before.1) || next != self.campaign.window && self.due(next.1) <= self.campaign.as_of
    }

    /// The later report wins row by row, within a period of its own for tasks reported several times in a window.
    pub(super) fn replace_rows(&mut self) {
        let campaign = self.campaign;
        let mut order: Vec<usize> = (0..campaign.files.len()).filter(|&at| self.states[at] == "merged").collect();
        order.sort_by_key(|&at| std::cmp::Reverse((campaign.files[at].received, &campaign.files[at].path)));
        let mut taken: BTreeMap<(usize, usize, usize, Option<Span>), usize> = BTreeMap::new();
        for at in order {
            let file = &campaign.files[at];
            if let Holds::BlankForm(tasks) = &file.holds {
                // Rows that report nothing are blank rows and replace nothing.
                let by = |task: &usize| {
                    let part = self.next_due(*task, file.received);
                    taken.get(&(file.unit, file.unit, *task, part)).copied()
                };
                let by: Option<Vec<usize>> = tasks.iter().map(by).collect();
                if let Some(by) = by.filter(|by| !by.is_empty()) {
                    self.replaced_by[at].extend(by);
                    self.states[at] = "superseded";
                }
            }
            if !matches!(file.holds, Holds::Rows(_) | Holds::Sheets(_)) {
                continue;
            }
            let mut mine = BTreeSet::new();
            let mut live = 0;
            for (sheet, sender, nth, row) in file.rows() {
                let unit = row.unit.unwrap_or(sender);
                let mut came = Came { file: at, sheet, sender, nth, row, unit, live: true };
                if let Names::Task(task) = row.names {
                    let part = match row.day {
                        Some(day) => self.kept_by(task).map(|turn| turn.around(day)),
                        None => self.next_due(task, file.received),
                    };
                    let by = taken.get(&(sender, unit, task, part)).copied();
                    came.live = by.is_none();
                    self.replaced_by[at].extend(by);
                    mine.extend([(sender, unit, task, part), (sender, unit, task, None)]);
                }
                live += usize::from(came.live);
                self.rows.push(came);
            }
            taken.extend(mine.into_iter().map(|subject| (subject, at)));
            if live == 0 && file.nil_sheets().next().is_none() {
                self.states[at] = "superseded";
            }
        }
        self.rows.sort_by_key(|came| (came.file, came.sheet, came.nth));
    }

    /// Files of the window before that are still there: what they report done is done.
    pub(super) fn look_back(&mut self) {
        let campaign = self.campaign;
        for (at, file) in campaign.files.iter().enumerate() {
            let before = file.title.is_some_and(|span| span.1 < campaign.window.0) && file.received <= campaign.as_of;
            for (sheet, sender, nth, row) in file.rows().into_iter().filter(|_| before) {
                let unit = row.unit.unwrap_or(sender);
                self.earlier.push(Came { file: at, sheet, sender, nth, row, unit, live: true });
            }
        }
    }
}
