//! Determines the state of each obligation from the records received.

use std::collections::{BTreeMap, HashMap};

use chrono::{NaiveDate, NaiveDateTime};

use super::model::{Obligation, State};
use super::named::named_only;
use super::prior_reports::PriorReports;
use super::report::PriorReport;
use super::run_file::{FileState, RecordRef, RunFile};
use super::sub_periods::SubPeriods;
use crate::basis::calendar::Window;
use crate::basis::place::Place;
use crate::basis::{TaskId, UnitId};
use crate::division::Context;
use crate::ledger::{
    Entry, Ledger, Status,
    content::{self, Content},
};
use crate::read::Refusal;
use crate::ruling::{Asker, RulingKind};

/// What was received for one obligation.
#[derive(Clone, Copy, Debug, Default)]
struct Receipts {
    /// When the first usable report was received, even if it was superseded later.
    first: Option<NaiveDateTime>,
    /// Whether a usable report says that the task is done; none without any.
    done: Option<bool>,
    usable: u32,
    nil: u32,
    exempt: u32,
    disputed: u32,
    /// The number of rows in blank forms.
    in_blank_form: u32,
    useless: u32,
}

impl Receipts {
    /// Notes when a usable report was received; the first one counts.
    fn came(&mut self, received: NaiveDateTime) {
        self.first = Some(self.first.map_or(received, |first| first.min(received)));
    }

    fn usable(&mut self, report: &PriorReport) {
        self.done = self.done.max(Some(report.done));
        self.answer(report.received, report.status);
    }

    fn answer(&mut self, received: NaiveDateTime, status: Option<Status>) {
        self.came(received);
        self.usable += 1;
        match status {
            Some(Status::Nil) => self.nil += 1,
            Some(Status::Exempt) => self.exempt += 1,
            Some(Status::Disputed) => self.disputed += 1,
            _ => {}
        }
    }
}

/// What was received from a unit apart from rows for its obligations.
#[derive(Clone, Debug, Default)]
struct UnitReceipts {
    /// When the last file with a usable row was received.
    good: Option<NaiveDateTime>,
    /// A nil report for everything it owes: when it was received, where it says so, and its record if it is a row.
    nil: Option<(NaiveDateTime, Place, Option<RecordRef>)>,
    /// When the first such nil report was received, even if it was replaced later.
    first_nil: Option<NaiveDateTime>,
    /// When blank forms were received.
    blank: Vec<NaiveDateTime>,
    /// The files that brought no record.
    refused: Vec<Refused>,
    /// Whether this machine could not read one of its files, which may contain whatever is missing elsewhere.
    unread: bool,
}

/// A file that brought no record.
#[derive(Clone, Debug)]
struct Refused {
    received: NaiveDateTime,
    /// Whether it cannot contain a report (a picture, a letter).
    hopeless: bool,
    /// The first and last days that its rows are about; empty where a row does not tell.
    about: Vec<(NaiveDate, NaiveDate)>,
}

impl UnitReceipts {
    /// Notes a nil report; the first one counts.
    fn nil(&mut self, received: NaiveDateTime, place: Place, record: Option<RecordRef>, counts: bool) {
        self.first_nil = Some(self.first_nil.map_or(received, |first| first.min(received)));
        if counts && self.nil.is_none_or(|(first, ..)| received < first) {
            self.nil = Some((received, place, record));
        }
    }

    /// Notes a usable row.
    fn good(&mut self, received: NaiveDateTime) {
        self.good = Some(self.good.map_or(received, |last| last.max(received)));
    }
}

/// Sets the state of every obligation and the records that fulfil it.
pub(super) fn settle(
    cx: &Context<'_>,
    sub_periods: &SubPeriods,
    prior: &PriorReports,
    files: &[RunFile],
    obligations: &mut [Obligation],
) {
    let mut first_of: HashMap<(TaskId, UnitId), usize> = HashMap::new();
    for (at, obligation) in obligations.iter().enumerate() {
        first_of.entry((obligation.task, obligation.unit)).or_insert(at);
    }
    let told = Told { cx, sub_periods };
    let mut receipts = vec![Receipts::default(); obligations.len()];
    let mut unit_receipts: BTreeMap<UnitId, UnitReceipts> = BTreeMap::new();
    for file in files {
        match file.state {
            // What came holds rows, and none of them is a record.
            FileState::Merged if file.is_useless() => {
                if let Some(unit) = file.unit {
                    let refused = Refused { received: file.source.received, hopeless: true, about: about(cx, file) };
                    unit_receipts.entry(unit).or_default().refused.push(refused);
                }
            }
            FileState::Merged | FileState::Superseded => {
                gather(&told, file, &first_of, obligations, &mut receipts, &mut unit_receipts);
            }
            FileState::Refused => {
                let hopeless =
                    matches!(file.reading.refusal, None | Some(Refusal::NotATable(_) | Refusal::SpecialFile));
                if let Some(unit) = file.unit {
                    unit_receipts.entry(unit).or_default().unread |= file.reading.is_out_of_reach();
                    let refused = Refused { received: file.source.received, hopeless, about: Vec::new() };
                    unit_receipts.entry(unit).or_default().refused.push(refused);
                }
            }
            FileState::Duplicate | FileState::Ignored => {}
        }
    }
    let named = named_only(cx, files);
    for (obligation, receipts) in obligations.iter_mut().zip(&mut receipts) {
        if obligation.period.cycle > cx.window.cycle {
            for earlier in prior.of(obligation.task, obligation.unit) {
                if obligation.period.contains(earlier.window_end) {
                    receipts.usable(earlier);
                    obligation.records.extend(earlier.record);
                    obligation.earlier.push(earlier.clone());
                }
            }
        }
        let of_unit = unit_receipts.get(&obligation.unit);
        if let Some((received, place, record)) =
            of_unit.and_then(|of_unit| of_unit.nil).filter(|_| receipts.usable == 0)
        {
            receipts.answer(received, Some(Status::Nil));
            obligation.records.extend(record);
            obligation.nil = Some(place);
        }
        if let Some(first) = of_unit.and_then(|of_unit| of_unit.first_nil).filter(|_| receipts.usable > 0) {
            receipts.came(first);
        }
        let period = (obligation.task, obligation.unit, obligation.period.label());
        if let Some(&first) = prior.first.get(&period).filter(|_| receipts.usable > 0) {
            receipts.came(first);
        }
        obligation.reported = receipts.first;
        obligation.done = receipts.done;
        (obligation.state, obligation.in_time) = state(cx, sub_periods, obligation, receipts, of_unit);
        follow_rulings(cx, obligation, receipts);
        // a unit named in a path of the inbox submitted something that could not be attributed to it
        if obligation.state == State::Missing && named.contains_key(&obligation.unit) {
            obligation.state = State::Unusable;
        }
    }
}

/// Lets the state follow what a person settled: a duty that is not the unit's, a late report that counts as in time.
fn follow_rulings(cx: &Context<'_>, obligation: &mut Obligation, receipts: &Receipts) {
    if cx.division.rulings.is_empty() {
        return;
    }
    if obligation.ruling.is_some() {
        // What the unit reported all the same counts as reported.
        match obligation.state {
            State::Disputed => obligation.state = State::Exempt,
            State::Exempt => {}
            _ => obligation.ruling = None,
        }
    }
    let late = obligation.state == State::Late
        || matches!(obligation.state, State::Nil | State::Exempt | State::Disputed)
            && !obligation.in_time
            && receipts.usable > 0;
    if late && obligation.ruling.is_none() {
        let asker = Asker { unit: Some(obligation.unit), file: "", window: cx.window };
        let words = format!("{} {}", cx.division.task(obligation.task).code, obligation.period.label());
        if let Some(ruling) = cx.division.rulings.find(RulingKind::OnTime, &words, &asker) {
            obligation.ruling = Some(ruling.id);
            obligation.in_time = true;
            if obligation.state == State::Late {
                obligation.state = State::OnTime;
            }
        }
    }
}

fn gather(
    told: &Told<'_>,
    file: &RunFile,
    first_of: &HashMap<(TaskId, UnitId), usize>,
    obligations: &mut [Obligation],
    receipts: &mut [Receipts],
    unit_receipts: &mut BTreeMap<UnitId, UnitReceipts>,
) {
    let received = file.source.received;
    let blank_form = content::is_blank_form(file.one());
    if file.state == FileState::Merged {
        for (unit, place) in content::nil_in_words(file.one()).filter_map(|nil| Some((nil.unit?, nil.place))) {
            unit_receipts.entry(unit).or_default().nil(received, place, None, true);
        }
    }
    for (at, entry) in file.entries() {
        let (usable, counts) = (Content::of(entry) == Content::Usable, file.counts(at));
        for unit in file.units(at, entry) {
            if usable {
                unit_receipts.entry(unit).or_default().good(received);
            }
            if content::is_nil_for_all(entry) {
                unit_receipts.entry(unit).or_default().nil(received, entry.row_place(), Some(at), counts);
            }
            let first = entry.record.task.and_then(|task| first_of.get(&(task, unit)));
            let Some(&first) = first else { continue };
            for concerned in told.concerned(obligations, first, entry, file.window) {
                let (obligation, receipts) = (&mut obligations[concerned], &mut receipts[concerned]);
                match (usable, counts) {
                    (true, true) => receipts.usable(&PriorReport::of(entry, told.cx.window.end)),
                    // superseded, but lateness is judged by the first report
                    (true, false) => receipts.came(received),
                    (false, true) if blank_form => receipts.in_blank_form += 1,
                    (false, true) => receipts.useless += 1,
                    (false, false) => {}
                }
                if counts {
                    obligation.records.push(at);
                }
            }
        }
        if usable && let Some(sender) = entry.ledger.sender() {
            unit_receipts.entry(sender).or_default().good(received);
        }
    }
    for entry in file.one().untouched().filter(|_| blank_form && file.state == FileState::Merged) {
        for unit in entry.units() {
            let first = entry.record.task.and_then(|task| first_of.get(&(task, unit)));
            let Some(&first) = first else { continue };
            for concerned in told.concerned(obligations, first, entry, file.window) {
                receipts[concerned].in_blank_form += 1;
            }
        }
    }
    for sender in file.reading.ledgers.iter().filter(|_| blank_form).filter_map(Ledger::sender) {
        unit_receipts.entry(sender).or_default().blank.push(received);
    }
}

/// What a row needs to be told which obligations it reports on.
struct Told<'a> {
    cx: &'a Context<'a>,
    sub_periods: &'a SubPeriods,
}

impl Told<'_> {
    /// The positions of the obligations a row reports on; `first` is the first of its task and unit. A row with several days
    /// reports on each sub-period that contains one. `window` is the window of its file.
    fn concerned(
        &self,
        obligations: &[Obligation],
        first: usize,
        entry: Entry<'_>,
        window: Option<Window>,
    ) -> Vec<usize> {
        let Obligation { task, unit, period, .. } = obligations[first];
        let terms = self.cx.division.task(task).terms(unit);
        let Some(all) = self.sub_periods.of(terms) else { return vec![first] };
        let reported = self.sub_periods.reported(terms, entry, &window.unwrap_or(period));
        let mine = || obligations[first..].iter().take_while(|other| other.task == task && other.unit == unit);
        let of = |at: &usize| mine().position(|obligation| obligation.period == all[*at].0).map(|at| first + at);
        reported.iter().filter_map(of).collect()
    }
}

/// The days that the rows of a file without records are about; none where a row does not tell.
fn about(cx: &Context<'_>, file: &RunFile) -> Vec<(NaiveDate, NaiveDate)> {
    let window = file.window.unwrap_or(cx.window);
    let mut days = Vec::new();
    for entry in file.reading.aside.iter().flat_map(|aside| file.one().entries_of(&aside.ledger)) {
        let occasions = content::occasions(entry, &window);
        if occasions.is_empty() {
            return Vec::new();
        }
        days.extend(occasions.iter().map(|occasion| (occasion.first, occasion.last)));
    }
    days
}

fn state(
    cx: &Context<'_>,
    sub_periods: &SubPeriods,
    obligation: &Obligation,
    receipts: &Receipts,
    unit_receipts: Option<&UnitReceipts>,
) -> (State, bool) {
    if receipts.usable > 0 {
        let in_time = receipts.first.is_some_and(|first| first <= obligation.due);
        let state = match receipts.usable {
            all if all == receipts.nil => State::Nil,
            all if all == receipts.exempt => State::Exempt,
            all if all == receipts.disputed => State::Disputed,
            _ if in_time => State::OnTime,
            _ => State::Late,
        };
        return (state, in_time);
    }
    if receipts.useless > 0 {
        return (State::Unusable, false);
    }
    if receipts.in_blank_form > 0 {
        return (State::Blank, false);
    }
    if obligation.state == State::Exempt {
        return (State::Exempt, false);
    }
    if let Some(unit_receipts) = unit_receipts {
        if unit_receipts.unread {
            return (State::Unusable, false);
        }
        // A file without rows counts for the whole window; if there is also a usable file, for the sub-period that was due next
        // when it was received.
        let terms = cx.division.task(obligation.task).terms(obligation.unit);
        let concerns = |received: NaiveDateTime| match sub_periods.of(terms).filter(|_| unit_receipts.good.is_some()) {
            Some(all) => sub_periods.next_due(terms, received).is_some_and(|at| all[at].0 == obligation.period),
            None => true,
        };
        // a picture next to a usable ledger is not a report; an encrypted workbook received later may contain the rest
        let within =
            |days: &(NaiveDate, NaiveDate)| days.0 <= obligation.period.end && obligation.period.start <= days.1;
        let refused = |file: &Refused| {
            let about = if file.about.is_empty() { concerns(file.received) } else { file.about.iter().any(within) };
            about && unit_receipts.good.is_none_or(|good| !file.hopeless && good < file.received)
        };
        if unit_receipts.refused.iter().any(refused) {
            return (State::Unusable, false);
        }
        if unit_receipts.good.is_none() && unit_receipts.blank.iter().any(|received| concerns(*received)) {
            return (State::Blank, false);
        }
    }
    (if cx.as_of > obligation.due { State::Missing } else { State::NotDue }, false)
}

#[cfg(test)]
mod tests;
