//! The findings about single rows.

use std::collections::BTreeSet;

use super::campaign::{Holds, Names, Says, State};
use super::expected::{Came, Model, Owed};

impl Model<'_> {
    /// The file of a record, of one with several sheets that too.
    pub(super) fn path(&self, came: &Came<'_>) -> String {
        let file = &self.campaign.files[came.file];
        match &file.holds {
            Holds::Sheets(sheets) => format!("{}!{}", file.path, self.unit(sheets[came.sheet].0)),
            _ => file.path.clone(),
        }
    }

    /// The row of a record as the user counts.
    pub(super) fn row(&self, came: &Came<'_>) -> u32 {
        let above = if self.campaign.files[came.file].says == Says::Line { 3 } else { 2 };
        above + came.nth as u32 + 1
    }

    /// The row (file, number) in which a unit says that it has nothing to report, if that answers for something: of several
    /// such reports the first.
    fn nil_row(&self, unit: usize, owed: &[Owed]) -> Option<(usize, usize, usize)> {
        let answers = |one: &&Owed| one.unit == unit && self.got(one).states.is_empty();
        owed.iter().find(answers)?;
        let key = |at: usize| (self.campaign.files[at].received, &self.campaign.files[at].path);
        let says = |at: &usize| {
            let file = &self.campaign.files[*at];
            let whole = matches!(file.holds, Holds::Nil) && Self::sender(file) == Some(unit);
            self.states[*at] == "merged" && (whole || file.nil_sheets().any(|own| own == unit))
        };
        let sentences = (0..self.states.len()).filter(says).map(|at| (key(at), None));
        let rows = self.nil_rows(unit).map(|came| (key(came.file), Some((came.file, came.sheet, came.nth))));
        sentences.chain(rows).min()?.1
    }

    pub(super) fn cells(&mut self, owed: &[Owed]) {
        let mut found = Vec::new();
        let nil: BTreeSet<_> = (0..self.campaign.units.len()).filter_map(|unit| self.nil_row(unit, owed)).collect();
        for came in &self.rows {
            let row = came.row;
            let at = self.row(came);
            let which = match (came.live, row.names) {
                (true, Names::Task(_)) => 0,
                (true, Names::Nothing) if nil.contains(&(came.file, came.sheet, came.nth)) => 0,
                (true, Names::Other(_) | Names::Nothing) => 1,
                (false, _) => 2,
            };
            self.out.rows[which] += 1;
            if !came.live {
                continue;
            }
            let undone = row.state == State::Done && row.day.is_none() && row.date.is_empty();
            let counted = row.state == State::Nil && row.amount.is_some_and(|amount| amount > 0);
            let late = row.state == State::Done && row.day.is_some_and(|day| day > self.campaign.as_of.date());
            for (code, is) in [
                ("C101", row.state == State::Blank),
                ("C102", !row.date.is_empty() && row.day.is_none()),
                ("C105", row.state == State::Unknown),
                ("R203", undone || counted || late),
            ] {
                if is {
                    found.push((code, self.path(came), at));
                }
            }
            if let Names::Task(task) = row.names {
                let task = &self.campaign.tasks[task];
                // a group without members leaves nobody whose task it would be
                let given = !task.units.is_empty();
                if given && !task.units.contains(&came.unit) && task.supporting != Some(came.unit) {
                    found.push(("R205", self.path(came), at));
                }
            }
        }
        self.out.at_rows.extend(found);
        // A text that is no task is asked about once in a file and for a unit.
        let others: BTreeSet<(usize, usize, &str)> = self
            .rows
            .iter()
            .filter(|came| came.live)
            .filter_map(|came| match came.row.names {
                Names::Other(text) => Some((came.file, came.unit, text)),
                Names::Task(_) | Names::Nothing => None,
            })
            .collect();
        for (_, unit, _) in others {
            self.add("R201", Some(unit), None, "");
        }
        self.out.files =
            self.campaign.files.iter().zip(&self.states).map(|(file, state)| (file.path.clone(), *state)).collect();
    }
}
