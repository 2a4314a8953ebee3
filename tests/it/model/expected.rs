//! What a run of a campaign must come to, told from the contract and from nothing that the program computes.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, Weekday};

use super::campaign::{Asks, Campaign, Deadline, File, Holds, Names, Often, Row, Says, State};
use super::turn::{Span, Turn};
use super::written;

/// A fault of a duty: code, unit, task, period; the last two where the finding is about one.
pub(super) type Duty = (&'static str, String, String, String);
/// A fault of a row: code, file, row as the user counts.
pub(super) type AtRow = (&'static str, String, u32);

/// What must come out.
#[derive(Debug, Default)]
pub(super) struct Expected {
    /// Task, unit and period → due time and state.
    pub(super) obligations: BTreeMap<(String, String, String), (String, &'static str)>,
    /// Path below the inbox → state.
    pub(super) files: BTreeMap<String, &'static str>,
    /// Rows merged, unmatched, superseded.
    pub(super) rows: [usize; 3],
    pub(super) duties: BTreeMap<Duty, usize>,
    pub(super) at_rows: BTreeSet<AtRow>,
}

/// A row that came, with its file.
#[derive(Clone, Copy)]
struct Came<'a> {
    file: usize,
    nth: usize,
    row: &'a Row,
    unit: usize,
    live: bool,
}

/// An obligation before it has its state.
struct Owed {
    task: usize,
    unit: usize,
    turn: Turn,
    span: Span,
    due: NaiveDateTime,
    exempt: bool,
}

/// The rows that one obligation got.
#[derive(Default)]
struct Got {
    first: Option<NaiveDateTime>,
    states: Vec<State>,
}

struct Model<'a> {
    campaign: &'a Campaign,
    /// Of each file.
    states: Vec<&'static str>,
    /// Of each file those that replaced rows of it.
    replaced_by: Vec<BTreeSet<usize>>,
    rows: Vec<Came<'a>>,
    /// Rows of files of the window before.
    earlier: Vec<Came<'a>>,
    out: Expected,
}

/// What a run of the campaign must come to.
pub(super) fn of(campaign: &Campaign) -> Expected {
    let mut model = Model {
        campaign,
        states: Vec::new(),
        replaced_by: vec![BTreeSet::new(); campaign.files.len()],
        rows: Vec::new(),
        earlier: Vec::new(),
        out: Expected::default(),
    };
    model.judge_files();
    model.replace_rows();
    model.look_back();
    let owed = model.owed();
    let states = model.settle(&owed);
    model.duties(&owed, &states);
    model.evidence(&owed);
    model.indicators(&owed, &states);
    model.cells();
    model.out
}

impl Model<'_> {
    fn unit(&self, unit: usize) -> String {
        self.campaign.units[unit].name.to_owned()
    }

    fn due(&self, last: NaiveDate) -> NaiveDateTime {
        let campaign = self.campaign;
        let mut day = last + chrono::TimeDelta::days(campaign.due_days);
        let off =
            |day: NaiveDate| campaign.holidays.contains(&day) || matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        while campaign.weekend != "none" && off(day) {
            day = if campaign.weekend == "earlier" { day - Days::new(1) } else { day + Days::new(1) };
        }
        day.and_hms_opt(campaign.due_hour, 0, 0).expect("a time")
    }

    /// Who is known to have sent a file: of an empty one only what its path or the register says.
    fn sender(file: &File) -> Option<usize> {
        (!matches!(file.holds, Holds::Empty) || file.says != Says::Line).then_some(file.unit)
    }

    fn judge_files(&mut self) {
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
    fn is_of_another_window(&self, file: &File) -> bool {
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

    /// The turn that parts the records of a task within the window.
    fn parts(&self, task: usize) -> Option<Turn> {
        match self.campaign.tasks[task].often {
            Often::Each(turn) if turn < self.campaign.turn => Some(turn),
            _ => None,
        }
    }

    /// The turn within which a later report replaces an earlier one: what is counted week by week may be sent so.
    fn kept_by(&self, task: usize) -> Option<Turn> {
        let weekly = matches!(self.campaign.tasks[task].asks, Asks::Weekly(_) | Asks::On(_));
        self.parts(task).or(Some(Turn::Week).filter(|turn| weekly && *turn < self.campaign.turn))
    }

    /// The period that a record without a day is for: the one whose report is due next when it came.
    fn next_due(&self, turn: Turn, received: NaiveDateTime) -> Option<Span> {
        let spans = turn.within(self.campaign.window);
        spans.iter().find(|span| self.due(span.1) >= received).or(spans.last()).copied()
    }

    /// The later report wins row by row, within a period of its own for tasks reported several times in a window.
    fn replace_rows(&mut self) {
        let campaign = self.campaign;
        let mut order: Vec<usize> = (0..campaign.files.len()).filter(|&at| self.states[at] == "merged").collect();
        order.sort_by_key(|&at| std::cmp::Reverse((campaign.files[at].received, &campaign.files[at].path)));
        let mut taken: BTreeMap<(usize, usize, usize, Option<Span>), usize> = BTreeMap::new();
        for at in order {
            let file = &campaign.files[at];
            if let Holds::BlankForm(tasks) = &file.holds {
                // Rows that report nothing replace nothing.
                let by = |task: &usize| {
                    let part = self.parts(*task).and_then(|turn| self.next_due(turn, file.received));
                    taken.get(&(file.unit, file.unit, *task, part)).copied()
                };
                let by: Vec<usize> = tasks.iter().filter_map(by).collect();
                let replaced = by.len();
                self.replaced_by[at].extend(by);
                self.out.rows[0] += tasks.len() - replaced;
                self.out.rows[2] += replaced;
                if !tasks.is_empty() && replaced == tasks.len() {
                    self.states[at] = "superseded";
                }
            }
            let Holds::Rows(rows) = &file.holds else { continue };
            let mut mine = BTreeSet::new();
            let mut live = 0;
            for (nth, row) in rows.iter().enumerate() {
                let unit = row.unit.unwrap_or(file.unit);
                let mut came = Came { file: at, nth, row, unit, live: true };
                if let Names::Task(task) = row.names {
                    let part = match row.day {
                        Some(day) => self.kept_by(task).map(|turn| turn.around(day)),
                        None => self.parts(task).and_then(|turn| self.next_due(turn, file.received)),
                    };
                    let by = taken.get(&(file.unit, unit, task, part)).copied();
                    came.live = by.is_none();
                    self.replaced_by[at].extend(by);
                    mine.extend([(file.unit, unit, task, part), (file.unit, unit, task, None)]);
                }
                live += usize::from(came.live);
                self.rows.push(came);
            }
            taken.extend(mine.into_iter().map(|subject| (subject, at)));
            if live == 0 {
                self.states[at] = "superseded";
            }
        }
        self.rows.sort_by_key(|came| (came.file, came.nth));
    }

    /// Files of the window before that are still there: what they report done is done.
    fn look_back(&mut self) {
        let campaign = self.campaign;
        for (at, file) in campaign.files.iter().enumerate() {
            let before = file.title.is_some_and(|span| span.1 < campaign.window.0) && file.received <= campaign.as_of;
            let Holds::Rows(rows) = &file.holds else { continue };
            for (nth, row) in rows.iter().enumerate().filter(|_| before) {
                let unit = row.unit.unwrap_or(file.unit);
                self.earlier.push(Came { file: at, nth, row, unit, live: true });
            }
        }
    }

    fn earlier_of(&self, task: usize, unit: usize) -> impl Iterator<Item = &Came<'_>> {
        self.earlier.iter().filter(move |came| came.row.names == Names::Task(task) && came.unit == unit)
    }

    /// The state in the last report of the window before.
    fn last_word(&self, task: usize, unit: usize) -> Option<State> {
        let last = self.earlier_of(task, unit).max_by_key(|came| (self.campaign.files[came.file].received, came.nth));
        last.map(|came| came.row.state)
    }

    fn owed(&self) -> Vec<Owed> {
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
                    let mut this = Owed { task: at, unit, turn, span, due, exempt: false };
                    for waiver in campaign.waivers.iter().filter(|waiver| {
                        waiver.task.is_none_or(|task| task == at) && waiver.unit.is_none_or(|of| of == unit)
                    }) {
                        match waiver.until {
                            Some(day) if waiver.extends => this.due = this.due.max(end(day)),
                            until => this.exempt |= until.is_none_or(|until| span.1 <= until),
                        }
                    }
                    owed.push(this);
                }
            }
        }
        owed
    }

    /// The rows that concern an obligation.
    fn rows_of<'s>(&'s self, owed: &'s Owed) -> impl Iterator<Item = &'s Came<'s>> {
        self.rows.iter().filter(move |came| {
            let part = || match came.row.day {
                Some(day) => self.parts(owed.task).is_none_or(|turn| turn.around(day) == owed.span),
                None => self
                    .parts(owed.task)
                    .is_none_or(|turn| self.next_due(turn, self.campaign.files[came.file].received) == Some(owed.span)),
            };
            came.row.names == Names::Task(owed.task) && came.unit == owed.unit && part()
        })
    }

    fn got(&self, owed: &Owed) -> Got {
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

    /// Files of a unit that count, of one kind.
    fn files_of(&self, unit: usize, kind: impl Fn(&Holds) -> bool) -> impl Iterator<Item = &File> {
        let of = move |(file, state): &(&File, &&str)| {
            matches!(**state, "merged" | "refused") && Self::sender(file) == Some(unit) && kind(&file.holds)
        };
        self.campaign.files.iter().zip(&self.states).filter(of).map(|found| found.0)
    }

    fn settle(&mut self, owed: &[Owed]) -> Vec<(&'static str, bool)> {
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
    fn state(&self, owed: &Owed) -> (&'static str, bool) {
        let mut got = self.got(owed);
        if got.states.is_empty()
            && let Some(nil) = self.nils(owed.unit).min()
        {
            got.states.push(State::Nil);
            got.first = Some(got.first.map_or(nil, |first| first.min(nil)));
        }
        let in_time = got.first.is_some_and(|first| first <= owed.due);
        let all = |state: State| got.states.iter().all(|own| *own == state);
        if !got.states.is_empty() {
            return match () {
                () if all(State::Nil) => ("nil", in_time),
                () if all(State::Exempt) => ("exempt", in_time),
                () if all(State::Disputed) => ("disputed", in_time),
                () if in_time => ("on-time", true),
                () => ("late", false),
            };
        }
        // What came without a day is for the period that was due next, if the task is reported several times.
        let for_this = |received: NaiveDateTime| {
            self.parts(owed.task).is_none_or(|turn| self.next_due(turn, received) == Some(owed.span))
        };
        let good =
            self.rows.iter().filter(|came| came.unit == owed.unit || self.campaign.files[came.file].unit == owed.unit);
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
    fn nils(&self, unit: usize) -> impl Iterator<Item = NaiveDateTime> + '_ {
        let alone = move |came: &&Came<'_>| {
            let reports = |other: &Came<'_>| {
                other.file == came.file && other.unit == unit && matches!(other.row.names, Names::Task(_))
            };
            came.row.names == Names::Nothing && came.unit == unit && !self.rows.iter().any(reports)
        };
        let files = self.files_of(unit, |holds| matches!(holds, Holds::Nil)).map(|file| file.received);
        files.chain(self.rows.iter().filter(alone).map(|came| self.campaign.files[came.file].received))
    }

    /// The units from which anything came.
    fn heard(&self) -> BTreeSet<usize> {
        let files = self.campaign.files.iter().zip(&self.states).filter(|(_, state)| **state != "ignored");
        let senders = files.filter_map(|(file, _)| Self::sender(file));
        senders.chain(self.rows.iter().filter(|came| came.live).map(|came| came.unit)).collect()
    }

    fn add(&mut self, code: &'static str, unit: Option<usize>, task: Option<usize>, period: &str) {
        let unit = unit.map_or(String::new(), |unit| self.unit(unit));
        let task = task.map_or(String::new(), |task| self.campaign.tasks[task].code.clone());
        *self.out.duties.entry((code, unit, task, period.to_owned())).or_default() += 1;
    }

    fn duties(&mut self, owed: &[Owed], states: &[(&'static str, bool)]) {
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
            let late = state == "late" || matches!(state, "nil" | "disputed" | "exempt") && came && !in_time;
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
            let unit = Self::sender(file);
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
                self.add("F07", Some(self.campaign.files[*newer].unit), None, "");
            }
        }
    }

    /// Whether the unit of a file of no use has reported all that it owes, with a file that came later.
    fn is_made_good(&self, file: &File, owed: &[Owed], states: &[(&'static str, bool)]) -> bool {
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
                && (matches!(other.holds, Holds::Nil) || live(at))
        });
        later && all_reported
    }

    /// Tasks whose deadline has passed, or comes soon, and that were not reported done.
    fn deadlines(&mut self, owed: &[Owed], states: &[(&'static str, bool)]) {
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

    /// Kinds of evidence that no done row of a task gives; rows that give nothing are told one by one.
    fn evidence(&mut self, owed: &[Owed]) {
        let gives = |row: &Row| !matches!(row.evidence, "" | "无");
        let mut groups: BTreeMap<(usize, usize, Option<Span>), Vec<&Row>> = BTreeMap::new();
        for came in self.rows.iter().filter(|came| came.live && came.row.state == State::Done) {
            let Names::Task(at) = came.row.names else { continue };
            let task = &self.campaign.tasks[at];
            if !task.units.contains(&came.unit) || task.evidence.is_empty() {
                continue;
            }
            if !gives(came.row) {
                self.out.at_rows.insert(("D404", self.campaign.files[came.file].path.clone(), self.row(came)));
            }
            let part = self.parts(at).and_then(|turn| match came.row.day {
                Some(day) => Some(turn.around(day)),
                None => self.next_due(turn, self.campaign.files[came.file].received),
            });
            // rows of no period that is owed stand together
            let is_owed = |span: &Span| owed.iter().any(|one| (one.task, one.unit, one.span) == (at, came.unit, *span));
            let part = part.filter(is_owed);
            groups.entry((at, came.unit, part)).or_default().push(came.row);
        }
        let mut found = Vec::new();
        for ((task, unit, _), rows) in groups {
            let mentioned = |kind: &&str| rows.iter().any(|row| gives(row) && row.evidence.contains(*kind));
            if rows.iter().any(|row| gives(row)) && !self.campaign.tasks[task].evidence.iter().all(mentioned) {
                found.push((unit, task));
            }
        }
        for (unit, task) in found {
            self.add("D404", Some(unit), Some(task), "");
        }
    }

    /// 次数 counts records, 数量 sums them; while the window runs, in proportion to the days that have passed.
    fn indicators(&mut self, owed: &[Owed], states: &[(&'static str, bool)]) {
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
                let excused = owed
                    .iter()
                    .zip(states)
                    .any(|(one, state)| (one.task, one.unit) == (at, unit) && matches!(state.0, "exempt" | "disputed"));
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

    /// The row of a record as the user counts.
    fn row(&self, came: &Came<'_>) -> u32 {
        let above = if self.campaign.files[came.file].says == Says::Line { 3 } else { 2 };
        above + came.nth as u32 + 1
    }

    fn cells(&mut self) {
        let mut found = Vec::new();
        for came in &self.rows {
            let (file, row) = (&self.campaign.files[came.file], came.row);
            let at = self.row(came);
            let which = match (came.live, row.names) {
                (true, Names::Task(_)) => 0,
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
                    found.push((code, file.path.clone(), at));
                }
            }
            if let Names::Task(task) = row.names {
                let task = &self.campaign.tasks[task];
                // a group without members leaves nobody whose task it would be
                let owned = !task.units.is_empty();
                if owned && !task.units.contains(&came.unit) && task.supporting != Some(came.unit) {
                    found.push(("R205", file.path.clone(), at));
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

fn end(day: NaiveDate) -> NaiveDateTime {
    day.and_time(NaiveTime::from_hms_opt(23, 59, 59).expect("a time"))
}
