//! How each obligation stands.

use std::collections::BTreeSet;

use chrono::NaiveDateTime;

use super::campaign::{File, Holds, Names, State};
use super::expected::{Came, Model, Owed};

impl Model<'_> {
    /// Files of a unit that count, of one kind.
    pub(super) fn files_of(&self, unit: usize, kind: impl Fn(&Holds) -> bool) -> impl Iterator<Item = &File> {
        let of = move |(file, state): &(&File, &&str)| {
            matches!(**state, "merged" | "refused") && Self::sender(file) == Some(unit) && kind(&file.holds)
        };
        self.campaign.files.iter().zip(&self.states).filter(of).map(|found| found.0)
    }

    pub(super) fn settle(&mut self, owed: &[Owed]) -> Vec<(&'static str, bool)> {
        let mut states = Vec::new();
        for one in owed {
            let state = self.state(one);
            let key = (self.campaign.tasks[one.task].code.clone(), self.unit(one.unit), one.turn.label(one.span));
            self.out.obligations.insert(key, (one.due.format("%Y-%m-%dT%H:%M").to_string(), state.0));
            states.push(state);
        }
        states
    }

    /// The state of an obligation, and whether what came was in time.
    pub(super) fn state(&self, owed: &Owed) -> (&'static str, bool) {
        let mut got = self.got(owed);
        if got.states.is_empty()
            && let Some(nil) = self.nils(owed.unit).min()
        {
            got.states.push(State::Nil);
            got.first = Some(got.first.map_or(nil, |first| first.min(nil)));
        }
        // the first report counts, whatever was reported after it
        if let (Some(nil), Some(first)) = (self.nils(owed.unit).min(), got.first) {
            got.first = Some(first.min(nil));
        }
        let in_time = got.first.is_some_and(|first| first <= owed.due);
        let all = |state: State| got.states.iter().all(|own| *own == state);
        if !got.states.is_empty() {
            return match () {
                () if all(State::Nil) => ("nil", in_time),
                () if all(State::Exempt) => ("exempt", in_time),
                // whose duty it is has been settled
                () if all(State::Disputed) && self.campaign.ruled_off.contains(&(owed.task, owed.unit)) => {
                    ("exempt", in_time)
                }
                () if all(State::Disputed) => ("disputed", in_time),
                () if in_time => ("on-time", true),
                () => ("late", false),
            };
        }
        // What came without a day is for the period that was due next, if the task is reported several times.
        let for_this =
            |received: NaiveDateTime| self.next_due(owed.task, received).is_none_or(|span| span == owed.span);
        let good = self.rows.iter().filter(|came| came.unit == owed.unit || came.sender == owed.unit);
        let good = good.map(|came| self.campaign.files[came.file].received).max();
        let forms = || self.files_of(owed.unit, |holds| matches!(holds, Holds::BlankForm(_)));
        let names = |file: &&File| matches!(&file.holds, Holds::BlankForm(tasks) if tasks.contains(&owed.task));
        if forms().filter(names).any(|file| for_this(file.received)) {
            return ("blank", false);
        }
        if owed.exempt {
            return ("exempt", false);
        }
        let broken = self.files_of(owed.unit, |holds| matches!(holds, Holds::Empty)).map(|file| file.received);
        let unusable = |received: NaiveDateTime| good.is_none_or(|good| for_this(received) && good < received);
        if broken.into_iter().any(unusable) {
            return ("unusable", false);
        }
        if good.is_none() && forms().next().is_some() {
            return ("blank", false);
        }
        (if self.campaign.as_of > owed.due { "missing" } else { "not-due" }, false)
    }

    /// When a unit said that it has nothing to report at all: a file that says no more, or a row without a task in a
    /// ledger that reports none of its tasks.
    pub(super) fn nils(&self, unit: usize) -> impl Iterator<Item = NaiveDateTime> + '_ {
        let files = self.files_of(unit, |holds| matches!(holds, Holds::Nil)).map(|file| file.received);
        let merged = self.campaign.files.iter().zip(&self.states).filter(|(_, state)| **state == "merged");
        let sheets = merged.filter(move |(file, _)| file.nil_sheets().any(|own| own == unit));
        files
            .chain(sheets.map(|(file, _)| file.received))
            .chain(self.nil_rows(unit).map(|came| self.campaign.files[came.file].received))
    }

    /// The rows without a task in ledgers that report none of a unit's tasks.
    pub(super) fn nil_rows(&self, unit: usize) -> impl Iterator<Item = &Came<'_>> {
        let alone = move |came: &&Came<'_>| {
            let reports = |other: &Came<'_>| {
                other.file == came.file && other.unit == unit && matches!(other.row.names, Names::Task(_))
            };
            came.row.names == Names::Nothing && came.unit == unit && !self.rows.iter().any(reports)
        };
        self.rows.iter().filter(alone)
    }

    /// What says only that there is nothing at all is replaced once its units have reported row by row all that they owe.
    pub(super) fn replace_nil(&mut self, owed: &[Owed], states: &[(&'static str, bool)]) {
        let files = &self.campaign.files;
        let mut replaced = Vec::new();
        for (at, file) in files.iter().enumerate().filter(|(at, _)| self.states[*at] == "merged") {
            let mine = || self.rows.iter().filter(|came| came.file == at);
            let nothing = mine().all(|came| came.row.names == Names::Nothing);
            let units: BTreeSet<usize> = match file.holds {
                Holds::Nil => Self::sender(file).into_iter().collect(),
                Holds::Rows(_) if nothing => mine().map(|came| came.unit).collect(),
                _ => continue,
            };
            let live = |one| self.rows_of(one).filter(|came| came.live);
            let later = |came: &&Came<'_>| {
                let other = &files[came.file];
                (other.received, &other.path) > (file.received, &file.path)
            };
            let own = owed.iter().zip(states).filter(|(one, state)| {
                units.contains(&one.unit) && (state.0 != "exempt" || live(one).next().is_some())
            });
            let by: Option<Vec<usize>> = own.map(|(one, _)| live(one).find(later).map(|came| came.file)).collect();
            replaced.extend(by.filter(|by| !by.is_empty()).map(|by| (at, by)));
        }
        for (at, by) in replaced {
            self.states[at] = "superseded";
            self.replaced_by[at].extend(by);
            self.rows.iter_mut().filter(|came| came.file == at).for_each(|came| came.live = false);
        }
    }

    /// The units from which anything came.
    pub(super) fn heard(&self) -> BTreeSet<usize> {
        let files = self.campaign.files.iter().zip(&self.states).filter(|(_, state)| **state != "ignored");
        let senders = files.flat_map(|(file, _)| Self::sender(file).into_iter().chain(file.nil_sheets()));
        senders.chain(self.rows.iter().filter(|came| came.live).map(|came| came.unit)).collect()
    }
}
