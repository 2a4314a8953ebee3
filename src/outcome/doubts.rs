//! Finds what a person could settle: the doubts behind findings and disputed tasks, each with its candidates.

use hashbrown::HashSet;

use super::Outcome;
use super::candidates::{Alike, Candidates, headings, only, states, task_line};
use super::doubt::Doubt;
use super::lapsed::Lapsed;
use super::rulings::Applied;
use crate::basis::UnitId;
use crate::basis::finding::{Finding, Kind};
use crate::basis::place::{Place, SourceId};
use crate::basis::side_by_side;
use crate::check::{
    RunFile, c105_not_in_list, d403_late, d404_evidence_missing, f08_sender_unknown, r201_task_unmatched,
    r202_unit_unknown, r207_task_guessed, s11_heading_unknown, s12_heading_missing, x301_conflicting_reports,
};
use crate::division::{FieldType, Task, fields};
use crate::ledger::{Entry, Value, WhyUnread, unsettled};
use crate::obligation::State;
use crate::ruling::{Asker, Choice, RulingKind, codes, task_text};
use crate::table::Lexicon as _;

/// The most headings of one table that are asked about.
const MOST_HEADINGS: usize = 3;

/// The records of the file that was looked at last that count: most findings stand in the file of the one before.
#[derive(Default)]
struct Rows<'a> {
    source: Option<SourceId>,
    entries: Vec<Entry<'a>>,
    /// The sheet and row of each, ascending, and its position.
    sorted: Vec<(u16, u32, usize)>,
}

impl<'a> Rows<'a> {
    /// The records in the rows of a finding, in reading order.
    fn of(&mut self, file: &'a RunFile, finding: &Finding) -> Vec<Entry<'a>> {
        let (Some(sheet), Some(area)) = (finding.place.sheet, finding.place.area) else { return Vec::new() };
        if self.source != Some(file.source.id) {
            let entries: Vec<Entry<'a>> = file.counting().map(|(_, entry)| entry).collect();
            let rows = entries.iter().enumerate().map(|(at, entry)| (entry.ledger.sheet, entry.record.row, at));
            let mut sorted: Vec<(u16, u32, usize)> = rows.collect();
            sorted.sort_unstable();
            *self = Rows { source: Some(file.source.id), entries, sorted };
        }
        let first = self.sorted.partition_point(|&(of, row, _)| (of, row) < (sheet, area.top));
        let here = self.sorted[first..].iter().take_while(|&&(of, row, _)| (of, row) <= (sheet, area.bottom));
        let mut here: Vec<usize> = here.map(|&(.., at)| at).collect();
        here.sort_unstable();
        here.into_iter().map(|at| self.entries[at]).collect()
    }

    /// The cells of records that a finding is about, each with the position of its column.
    fn cells(&mut self, file: &'a RunFile, finding: &Finding) -> Vec<(Entry<'a>, usize)> {
        let left = finding.place.area.map(|area| area.left);
        let cell = |entry: Entry<'a>| {
            let column = entry.ledger.columns.iter().position(|column| Some(column.col) == left)?;
            (!entry.record.repeats(column)).then_some((entry, column))
        };
        self.of(file, finding).into_iter().filter_map(cell).collect()
    }
}

/// The doubts of a run, by kind, then in reading order.
pub(super) fn of(outcome: &Outcome, applied: &Applied) -> Vec<Doubt> {
    let (alike, rows) = (Alike::default(), Rows::default());
    let mut search = Search { outcome, alike, asked: HashSet::new(), rows, found: Vec::new() };
    for issue in outcome.issues.iter().filter(|issue| issue.finding.ruling.is_none()) {
        search.behind(&issue.finding);
    }
    let mut doubts = search.found;
    told_by_content(outcome, &mut doubts);
    disputed(outcome, &mut doubts);
    doubts.sort_by(|a, b| (a.kind, a.unit, &a.file).cmp(&(b.kind, b.unit, &b.file)));
    let mut keys = side_by_side::map(&doubts, Doubt::key).into_iter();
    let mut known = HashSet::with_capacity(doubts.len());
    doubts.retain(|_| keys.next().is_some_and(|key| !key.3.0.is_empty() && known.insert(key)));
    let lapsed = Lapsed::of(outcome, applied);
    for doubt in &mut doubts {
        if let Some(before) = lapsed.choice(outcome, doubt) {
            doubt.candidates.retain(|(text, _)| *text != before);
            doubt.candidates.insert(0, (before, None));
        }
        doubt.candidates.truncate(Choice::CANDIDATES.len());
    }
    doubts
}

fn is(finding: &Finding, kind: &Kind) -> bool {
    std::ptr::eq(finding.kind, kind)
}

/// What is asked of a person, as far as it is found.
struct Search<'a> {
    outcome: &'a Outcome,
    alike: Alike<'a>,
    /// The words asked about in each file, by the unit whose they are: asked again they are the same doubt.
    asked: HashSet<(SourceId, Option<UnitId>, String)>,
    rows: Rows<'a>,
    found: Vec<Doubt>,
}

impl<'a> Search<'a> {
    /// Adds what a person could settle behind a finding.
    fn behind(&mut self, finding: &Finding) {
        let number = finding.place.source.0.checked_sub(1);
        let file = number.and_then(|at| self.outcome.files.get(at as usize));
        match file {
            Some(file) if is(finding, &r201_task_unmatched::KIND) || is(finding, &r207_task_guessed::KIND) => {
                self.task(file, finding);
            }
            Some(file) if is(finding, &f08_sender_unknown::KIND) => self.sender(file, finding),
            Some(file) if is(finding, &r202_unit_unknown::KIND) => self.named_units(file, finding),
            Some(file) if is(finding, &s11_heading_unknown::KIND) => self.heading(file, finding),
            Some(file) if is(finding, &s12_heading_missing::KIND) => self.lacking(file, finding),
            Some(file) if is(finding, &c105_not_in_list::KIND) => self.states(file, finding),
            _ if is(finding, &x301_conflicting_reports::KIND) => self.conflict(finding),
            _ if is(finding, &d403_late::KIND) => {
                let period = finding.period.as_deref().unwrap_or_default();
                let words = format!("{} {period}", demanded(self.outcome, finding));
                self.ask(finding, RulingKind::OnTime, finding.unit, words, only(RulingKind::OnTime));
            }
            _ if is(finding, &d404_evidence_missing::KIND) => self.evidence(finding),
            _ => {}
        }
    }

    /// Adds a doubt at the place of a finding.
    fn ask(&mut self, finding: &Finding, kind: RulingKind, unit: Option<UnitId>, text: String, candidates: Candidates) {
        let name = self.outcome.name(finding.place);
        let place = name.spot();
        let is_of_file =
            finding.place.source.0.checked_sub(1).is_some_and(|at| (at as usize) < self.outcome.files.len());
        let file = if is_of_file { name.file.into_owned() } else { String::new() };
        self.found.push(Doubt { kind, unit, file, place, text, candidates });
    }

    /// Asks which task a row reports.
    fn task(&mut self, file: &'a RunFile, finding: &Finding) {
        let Some(entry) = self.rows.of(file, finding).first().copied() else { return };
        let (unit, words) = (entry.ledger.sender(), entry.task_words());
        if self.asked.insert((finding.place.source, unit, words.clone())) {
            let candidates = self.alike.tasks(self.outcome, entry);
            self.ask(finding, RulingKind::Task, unit, words, candidates);
        }
    }

    /// Asks who sent a file.
    fn sender(&mut self, file: &RunFile, finding: &Finding) {
        let words = file.one().sender_words(finding.seen.as_deref());
        let candidates = self.alike.units(self.outcome, words.rsplit('：').next().unwrap_or(&words));
        self.ask(finding, RulingKind::Sender, None, words, candidates);
    }

    /// Asks whom the unknown names in cells mean.
    fn named_units(&mut self, file: &'a RunFile, finding: &Finding) {
        let cx = self.outcome.context();
        let mut is_asked = false;
        for (entry, column) in self.rows.cells(file, finding) {
            for name in unsettled(entry.text_of(entry.record.cells[column]), &cx, &entry.asker(&cx)) {
                is_asked = true;
                let candidates = self.alike.units(self.outcome, name);
                self.ask_at(entry, column, RulingKind::Sender, name.to_owned(), candidates);
            }
        }
        if let Some(name) = finding.seen.as_ref().filter(|_| !is_asked) {
            let candidates = self.alike.units(self.outcome, name);
            self.ask(finding, RulingKind::Sender, file.one().sender(), name.clone(), candidates);
        }
    }

    /// Asks what an unknown heading means, where it is like a known one.
    fn heading(&mut self, file: &RunFile, finding: &Finding) {
        let Some(heading) = &finding.seen else { return };
        let candidates = headings(self.outcome, heading);
        if !candidates.is_empty() {
            self.ask(finding, RulingKind::Heading, file.one().sender(), heading.clone(), candidates);
        }
    }

    /// Asks which of the unknown headings of a table without task and code means them.
    fn lacking(&mut self, file: &RunFile, finding: &Finding) {
        for heading in lacking(file, finding) {
            let name = |field| (self.outcome.division.fields.spec(field).name.clone(), None);
            let candidates = vec![name(fields::TASK), name(fields::CODE)];
            self.ask(finding, RulingKind::Heading, file.one().sender(), heading.clone(), candidates);
        }
    }

    /// Asks which state an unknown wording means.
    fn states(&mut self, file: &'a RunFile, finding: &Finding) {
        for (entry, column) in self.rows.cells(file, finding) {
            let field = entry.ledger.columns[column].field;
            let is_state =
                field.is_some_and(|field| self.outcome.division.fields.spec(field).kind == FieldType::Status);
            let cell = entry.record.cells[column];
            if is_state && { cell.value } == Value::Unfit {
                let text = entry.text_of(cell).to_owned();
                let candidates = states(&text);
                self.ask_at(entry, column, RulingKind::State, text, candidates);
            }
        }
    }

    /// Asks which of two reports holds.
    fn conflict(&mut self, finding: &Finding) {
        let fact = |name| finding.fact_named(name).map_or("", |fact| fact.in_lang(self.outcome.settings.lang));
        let code = finding.task.map_or("", |task| self.outcome.division.task(task).code.as_str());
        let here = finding.seen.as_deref().unwrap_or_default();
        let words = crate::ruling::conflict(code, fact("heading"), here, fact("other"));
        self.ask(finding, RulingKind::Conflict, finding.unit, words, only(RulingKind::Conflict));
    }

    /// Asks whether the evidence was there on paper.
    fn evidence(&mut self, finding: &Finding) {
        let words = match (finding.task, &finding.period) {
            (Some(id), Some(period)) => {
                let task = self.outcome.division.task(id);
                format!("{} {period} {}", task.code, task_text(&task.text.value))
            }
            (Some(task), None) => task_line(self.outcome, task),
            (None, _) => demanded(self.outcome, finding),
        };
        self.ask(finding, RulingKind::Evidence, finding.unit, words, only(RulingKind::Evidence));
    }

    /// Adds a doubt at the cell of a record.
    fn ask_at(&mut self, entry: Entry<'_>, column: usize, kind: RulingKind, text: String, candidates: Candidates) {
        let name = self.outcome.name(entry.place_in(&entry.ledger.columns[column]));
        let place = name.spot();
        let unit = entry.ledger.sender();
        self.found.push(Doubt { kind, unit, file: name.file.into_owned(), place, text, candidates });
    }
}

/// The codes of the tasks whose rows in the division are related places of a finding.
fn demanded(outcome: &Outcome, finding: &Finding) -> String {
    let at = |task: &&Task| finding.related.iter().any(|place| task.is_demanded_at(*place));
    let tasks: Vec<&str> = outcome.division.tasks.iter().filter(at).map(|task| task.code.as_str()).collect();
    tasks.join("、")
}

/// The unknown headings of a table that has neither task nor code.
fn lacking<'a>(file: &'a RunFile, finding: &Finding) -> Vec<&'a String> {
    let Some((sheet, area)) = finding.place.sheet.zip(finding.place.area) else { return Vec::new() };
    let regions = file.reading.sheets.get(sheet as usize).map_or(&[][..], |sheet| &sheet.unread[..]);
    let here = regions.iter().filter(|region| region.area == area);
    let unknown = here.flat_map(|region| match &region.why {
        WhyUnread::Lacking { unknown, .. } => &unknown[..],
        _ => &[],
    });
    unknown.take(MOST_HEADINGS).collect()
}

/// Headings recognised by the contents of their columns; once a person confirms one, it need not be guessed again.
fn told_by_content(outcome: &Outcome, out: &mut Vec<Doubt>) {
    let merged = outcome.files.iter().filter(|file| file.state == crate::check::FileState::Merged);
    for file in merged {
        for ledger in &file.reading.ledgers {
            for column in ledger.columns.iter().filter(|column| column.told_by.is_some() && !column.heading.is_empty())
            {
                let Some(field) = column.field.filter(|field| !outcome.division.fields.is_serial(*field)) else {
                    continue;
                };
                let place = Place::sheet(ledger.source, ledger.sheet).at(column.area);
                let name = outcome.name(place);
                out.push(Doubt {
                    kind: RulingKind::Heading,
                    unit: file.one().sender(),
                    place: name.spot(),
                    file: name.file.into_owned(),
                    text: column.heading.clone(),
                    candidates: vec![(outcome.division.fields.spec(field).name.clone(), None)],
                });
            }
        }
    }
}

/// Tasks that a unit disputes and that nobody has settled.
fn disputed(outcome: &Outcome, out: &mut Vec<Doubt>) {
    for obligation in outcome.obligations.all.iter().filter(|owed| owed.state == State::Disputed) {
        let text = task_line(outcome, obligation.task);
        let asker = Asker { unit: Some(obligation.unit), file: "", window: outcome.window };
        let code = codes(&text).first().copied().unwrap_or_default();
        if outcome.division.rulings.find(RulingKind::Responsibility, code, &asker).is_some() {
            continue;
        }
        let entry = obligation.records.first().map(|&at| outcome.entry(at));
        let place = entry.map(|entry| outcome.name(entry.row_place()));
        out.push(Doubt {
            kind: RulingKind::Responsibility,
            unit: Some(obligation.unit),
            file: place.as_ref().map_or_else(String::new, |name| name.file.to_string()),
            place: place.map_or_else(String::new, |name| name.spot()),
            text,
            candidates: only(RulingKind::Responsibility),
        });
    }
}
