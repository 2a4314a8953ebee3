//! What is owed, and the rows that each obligation gets.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveDateTime};

use super::campaign::{Asks, Deadline, Names, Often, State};
use super::expected::{Came, Got, Model, Owed, end};
use super::turn::{Span, Turn};

impl Model<'_> {
    /// The turn that parts the records of a task within the window.
    pub(super) fn parts(&self, task: usize) -> Option<Turn> {
        match self.campaign.tasks[task].often {
            Often::Each(turn) if turn < self.campaign.turn => Some(turn),
            _ => None,
        }
    }

    /// The turn within which a later report replaces an earlier one: what is counted week by week may be sent so.
    pub(super) fn kept_by(&self, task: usize) -> Option<Turn> {
        let weekly = matches!(self.campaign.tasks[task].asks, Asks::Weekly(_) | Asks::On(_));
        self.parts(task).or(Some(Turn::Week).filter(|turn| weekly && *turn < self.campaign.turn))
    }

    /// The period that a record without a day is for: of those owed the one whose report is due next when it came.
    pub(super) fn next_due(&self, task: usize, received: NaiveDateTime) -> Option<Span> {
        let mut spans = self.parts(task)?.within(self.campaign.window);
        let ahead = |span: &Span| match self.campaign.tasks[task].deadline {
            Deadline::By(day) => span.0 <= day,
            _ => true,
        };
        if spans.iter().any(ahead) {
            spans.retain(ahead);
        }
        spans.iter().find(|span| self.due(span.1) >= received).or(spans.last()).copied()
    }

    pub(super) fn earlier_of(&self, task: usize, unit: usize) -> impl Iterator<Item = &Came<'_>> {
        self.earlier.iter().filter(move |came| came.row.names == Names::Task(task) && came.unit == unit)
    }

    /// The state in the last report of the window before that tells whether the task is done.
    pub(super) fn last_word(&self, task: usize, unit: usize) -> Option<State> {
        let says_nothing = |state| matches!(state, State::Nil | State::Exempt | State::Disputed | State::Standing);
        let telling = self.earlier_of(task, unit).filter(|came| !says_nothing(came.row.state));
        let last = telling.max_by_key(|came| self.order(came));
        last.map(|came| came.row.state)
    }

    /// The last report tells, of whose rows one that says done is enough.
    fn order(&self, came: &Came<'_>) -> (NaiveDate, NaiveDateTime, bool, NaiveDate) {
        let file = &self.campaign.files[came.file];
        let end = file.title.map_or(self.campaign.window.1, |span| span.1);
        (end, file.received, came.row.state == State::Done, came.row.day.unwrap_or(end))
    }

    pub(super) fn owed(&self) -> Vec<Owed> {
        let campaign = self.campaign;
        let due = self.due(campaign.window.1);
        let mut owed = Vec::new();
        for (at, task) in campaign.tasks.iter().enumerate() {
            let parted = self.parts(at).is_some();
            let (turn, spans) = match task.often {
                Often::Each(turn) if turn < campaign.turn => (turn, turn.within(campaign.window)),
                // in the window in which it ends
                Often::Each(turn) if turn > campaign.turn => {
                    let ends = |span: &Span| span.1 >= campaign.window.0 && span.1 <= campaign.window.1;
                    let spans = [turn.around(campaign.window.0), turn.around(campaign.window.1)];
                    let found: BTreeSet<Span> = spans.into_iter().filter(ends).collect();
                    (turn, found.into_iter().collect())
                }
                Often::Once if let Deadline::By(day) = task.deadline => {
                    (campaign.turn, Some(campaign.window).filter(|window| day <= window.1).into_iter().collect())
                }
                // without a deadline once in the year; a week may hold the end of one
                Often::Once => {
                    let years = [Turn::Year.around(campaign.window.0), Turn::Year.around(campaign.window.1)];
                    let ends = |year: &Span| year.1 >= campaign.window.0 && year.1 <= campaign.window.1;
                    let found: BTreeSet<Span> = years.into_iter().filter(ends).collect();
                    (Turn::Year, found.into_iter().collect())
                }
                _ => (campaign.turn, vec![campaign.window]),
            };
            for &unit in &task.units {
                let open = &campaign.units[unit];
                let in_use = |day: NaiveDate| {
                    open.from.is_none_or(|from| from <= day) && open.until.is_none_or(|until| day <= until)
                };
                // owed until reported done; what recurs is owed while its deadline is ahead, done or not
                let recurs = matches!(task.often, Often::Each(_));
                let finished =
                    matches!(task.deadline, Deadline::By(_)) && self.last_word(at, unit) == Some(State::Done);
                if finished && !recurs {
                    continue;
                }
                for &span in spans.iter().filter(|span| in_use(campaign.window.1) && in_use(span.1)) {
                    let over = matches!(task.deadline, Deadline::By(day) if span.0 > day);
                    if over && (parted || finished) {
                        continue;
                    }
                    let exempt = campaign.ruled_off.contains(&(at, unit));
                    let mut this = Owed { task: at, unit, turn, span, due, exempt, waived: false };
                    for waiver in campaign.waivers.iter().filter(|waiver| {
                        waiver.task.is_none_or(|task| task == at) && waiver.unit.is_none_or(|of| of == unit)
                    }) {
                        match waiver.until {
                            Some(day) if waiver.extends => this.due = this.due.max(end(day)),
                            until => this.waived |= until.is_none_or(|until| span.1 <= until),
                        }
                    }
                    this.exempt |= this.waived;
                    owed.push(this);
                }
            }
        }
        owed
    }

    /// The rows that concern an obligation.
    pub(super) fn rows_of<'s>(&'s self, owed: &'s Owed) -> impl Iterator<Item = &'s Came<'s>> {
        self.rows.iter().filter(move |came| {
            let part = || match came.row.day {
                Some(day) => self.parts(owed.task).is_none_or(|turn| turn.around(day) == owed.span),
                None => self
                    .next_due(owed.task, self.campaign.files[came.file].received)
                    .is_none_or(|span| span == owed.span),
            };
            came.row.names == Names::Task(owed.task) && came.unit == owed.unit && part()
        })
    }

    pub(super) fn got(&self, owed: &Owed) -> Got {
        let mut got = Got::default();
        for came in self.rows_of(owed) {
            let received = self.campaign.files[came.file].received;
            got.first = Some(got.first.map_or(received, |first| first.min(received)));
            if came.live {
                got.states.push(came.row.state);
            }
        }
        // rows sent before are merged where the period is longer than the window
        for came in self.earlier_of(owed.task, owed.unit).filter(|_| owed.turn > self.campaign.turn) {
            let (file, window) = (&self.campaign.files[came.file], self.campaign.window);
            if file.title.is_some_and(|span| span.1 >= owed.span.0 && span.1 < window.0) {
                got.first = Some(got.first.map_or(file.received, |first| first.min(file.received)));
                got.states.push(came.row.state);
            }
        }
        got
    }
}
