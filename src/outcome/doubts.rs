//! Finds what a person could settle: the doubts behind findings and disputed tasks, each with its candidates.

use std::collections::BTreeMap;

use hashbrown::HashSet;

use super::Outcome;
use super::doubt::{Doubt, DoubtKey};
use super::rulings::Applied;
use crate::basis::finding::{Finding, Kind};
use crate::basis::place::SourceId;
use crate::basis::side_by_side;
use crate::basis::text::{code_key, heading_key, likeness, skeleton};
use crate::basis::{TaskId, UnitId};
use crate::check::{
    RunFile, c105_not_in_list, d403_late, d404_evidence_missing, f08_sender_unknown, r201_task_unmatched,
    r202_unit_unknown, r207_task_guessed, s11_heading_unknown, s12_heading_missing, x301_conflicting_reports,
};
use crate::division::lookup::{Candidate, ENOUGH_BACKED};
use crate::division::{Division, FieldType, fields};
use crate::ledger::{Attribution, Entry, Value, WhyUnread, unsettled};
use crate::obligation::State;
use crate::ruling::{Asker, Choice, Field, Line, RulingKind, codes, task_text};
use crate::table::Lexicon as _;

/// The least likeness of a candidate, in percent.
const WORTH: u8 = 25;
/// The least likeness of a heading to a known one that makes it a candidate.
const ALIKE: f64 = 0.5;
/// The states offered as candidates, in this order if none is like the wording.
const STATES: [&str; 7] = ["已完成", "正在推进", "未开始", "长期坚持", "零报告", "不涉及", "有异议"];
/// The most headings of one table that are asked about.
const MOST_HEADINGS: usize = 3;

/// What texts are like, each looked for once: a unit writes the same words row by row.
#[derive(Default)]
struct Alike<'a> {
    tasks: BTreeMap<&'a str, Vec<Candidate>>,
    units: BTreeMap<String, Candidates>,
    /// The lines by which tasks are offered.
    lines: BTreeMap<TaskId, String>,
    /// The words asked about in each file, by the unit whose they are: asked again they are the same doubt.
    asked: HashSet<(SourceId, Option<UnitId>, String)>,
    rows: Rows<'a>,
}

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

/// What is offered to choose from, with its likeness in percent.
type Candidates = Vec<(String, Option<u8>)>;

/// The doubts of a run, by kind, then in reading order.
pub(super) fn of(outcome: &Outcome, applied: &Applied) -> Vec<Doubt> {
    let (mut doubts, mut alike) = (Vec::new(), Alike::default());
    for issue in outcome.issues.iter().filter(|issue| issue.finding.ruling.is_none()) {
        behind(outcome, &issue.finding, &mut alike, &mut doubts);
    }
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

/// Rulings that no longer apply, by where they were given and by what they are about; of several the last.
struct Lapsed<'a> {
    by_place: BTreeMap<(RulingKind, &'a str, &'a str), &'a Line>,
    by_key: BTreeMap<DoubtKey, &'a Line>,
}

impl<'a> Lapsed<'a> {
    fn of(outcome: &'a Outcome, applied: &Applied) -> Lapsed<'a> {
        let mut lapsed = Lapsed { by_place: BTreeMap::new(), by_key: BTreeMap::new() };
        let lines = outcome.division.rulings.written.iter().flat_map(|written| &written.lines);
        for line in lines.filter(|line| line.is_ruled() && !applied.contains(line.id)) {
            let Some(kind) = RulingKind::parse(line.get(Field::Kind)) else { continue };
            lapsed.by_place.insert((kind, line.get(Field::File), line.get(Field::Place)), line);
            let unit = outcome.division.roster.find(line.get(Field::Unit));
            lapsed.by_key.extend(Doubt::key_of(line, unit).map(|key| (key, line)));
        }
        lapsed
    }

    /// The choice of a lapsed ruling on the place of a doubt or its words, as it is offered.
    fn choice(&self, outcome: &Outcome, doubt: &Doubt) -> Option<String> {
        let here = (doubt.kind, doubt.file.as_str(), doubt.place.as_str());
        let here = self.by_place.get(&here).filter(|_| !doubt.place.is_empty());
        let line = here.or_else(|| self.by_key.get(&doubt.key()))?;
        let words = crate::ruling::chosen(line)?;
        let division = &outcome.division;
        let offered = match doubt.kind {
            RulingKind::Task => chosen_task(division, line, &words).map(|task| task_line(outcome, task)),
            RulingKind::Sender => division.roster.find(&words).map(|unit| division.unit(unit).name.clone()),
            _ => None,
        };
        Some(offered.unwrap_or(words))
    }
}

/// The task that a lapsed line chose: the one with its text, else the one that has its code and whose text, if the line
/// gives one, may be that text reworded.
fn chosen_task(division: &Division, line: &Line, words: &str) -> Option<TaskId> {
    let (index, written) = (division.index(), words.trim_start());
    let (code, text) = written.split_once(char::is_whitespace).unwrap_or((written, ""));
    let text = skeleton(text);
    let task = |at| TaskId(at as u32);
    let equal = |task: &crate::division::Task| skeleton(&task_text(&task.text.value)) == text;
    if let Some(at) = division.tasks.iter().position(equal).filter(|_| !text.is_empty()) {
        return Some(task(at));
    }
    let same = *index.by_code(&code_key(line.renumbered.code(code)?)).first()?;
    let alike = || index.likest(&text).iter().any(|one| one.task == same && one.likeness >= ENOUGH_BACKED);
    (text.is_empty() || alike()).then_some(same)
}

/// The candidate of a kind that offers the same always.
fn only(kind: RulingKind) -> Candidates {
    kind.only_candidate().map(|words| (words.to_owned(), None)).into_iter().collect()
}

fn is(finding: &Finding, kind: &Kind) -> bool {
    std::ptr::eq(finding.kind, kind)
}

fn behind<'a>(outcome: &'a Outcome, finding: &Finding, alike: &mut Alike<'a>, out: &mut Vec<Doubt>) {
    let file = finding.place.source.0.checked_sub(1).and_then(|at| outcome.files.get(at as usize));
    let doubt = |kind, unit, text: String, candidates| {
        let name = outcome.name(finding.place);
        let place = [name.sheet, name.cell.as_deref()].into_iter().flatten().collect::<Vec<_>>().join("!");
        let file = if file.is_some() { name.file.into_owned() } else { String::new() };
        Doubt { kind, unit, file, place, text, candidates }
    };
    if is(finding, &r201_task_unmatched::KIND) || is(finding, &r207_task_guessed::KIND) {
        let entry = file.and_then(|file| alike.rows.of(file, finding).first().copied());
        let Some(entry) = entry else { return };
        let (unit, words) = (entry.ledger.sender(), entry.task_words());
        if alike.asked.insert((finding.place.source, unit, words.clone())) {
            out.push(doubt(RulingKind::Task, unit, words, tasks(outcome, entry, alike)));
        }
    } else if is(finding, &f08_sender_unknown::KIND) {
        let Some(file) = file else { return };
        let words = file.one().sender_words(finding.seen.as_deref());
        let name = words.rsplit('：').next().unwrap_or(&words).to_owned();
        out.push(doubt(RulingKind::Sender, None, words, units(outcome, &name, alike)));
    } else if is(finding, &r202_unit_unknown::KIND) {
        let Some(file) = file else { return };
        let mut asked = false;
        for (entry, column) in alike.rows.cells(file, finding) {
            let cx = outcome.context();
            let text = entry.text_of(entry.record.cells[column]);
            for name in unsettled(text, &cx, &entry.asker(&cx)) {
                asked = true;
                out.push(at(
                    doubt(RulingKind::Sender, entry.ledger.sender(), name.to_owned(), units(outcome, name, alike)),
                    outcome,
                    entry,
                    column,
                ));
            }
        }
        if let Some(name) = finding.seen.as_ref().filter(|_| !asked) {
            out.push(doubt(RulingKind::Sender, file.one().sender(), name.clone(), units(outcome, name, alike)));
        }
    } else if is(finding, &s11_heading_unknown::KIND) {
        let (Some(file), Some(heading)) = (file, &finding.seen) else { return };
        let candidates = headings(outcome, heading);
        if !candidates.is_empty() {
            out.push(doubt(RulingKind::Heading, file.one().sender(), heading.clone(), candidates));
        }
    } else if is(finding, &s12_heading_missing::KIND) {
        let Some(file) = file else { return };
        for heading in lacking(file, finding) {
            let name = |field| (outcome.division.fields.spec(field).name.clone(), None);
            let candidates = vec![name(fields::TASK), name(fields::CODE)];
            out.push(doubt(RulingKind::Heading, file.one().sender(), heading.clone(), candidates));
        }
    } else if is(finding, &c105_not_in_list::KIND) {
        let Some(file) = file else { return };
        for (entry, column) in alike.rows.cells(file, finding) {
            let field = entry.ledger.columns[column].field;
            let is_state = field.is_some_and(|field| outcome.division.fields.spec(field).kind == FieldType::Status);
            let cell = entry.record.cells[column];
            if is_state && { cell.value } == Value::Unfit {
                let text = entry.text_of(cell).to_owned();
                let candidates = states(&text);
                out.push(at(doubt(RulingKind::State, entry.ledger.sender(), text, candidates), outcome, entry, column));
            }
        }
    } else if is(finding, &x301_conflicting_reports::KIND) {
        let fact = |name| finding.fact_named(name).map_or("", |fact| fact.in_lang(outcome.settings.lang));
        let code = finding.task.map_or("", |task| outcome.division.task(task).code.as_str());
        let here = finding.seen.as_deref().unwrap_or_default();
        let words = crate::ruling::conflict(code, fact("heading"), here, fact("other"));
        out.push(doubt(RulingKind::Conflict, finding.unit, words, only(RulingKind::Conflict)));
    } else if is(finding, &d403_late::KIND) {
        let words = format!("{} {}", demanded(outcome, finding), finding.period.as_deref().unwrap_or_default());
        out.push(doubt(RulingKind::OnTime, finding.unit, words, only(RulingKind::OnTime)));
    } else if is(finding, &d404_evidence_missing::KIND) {
        let words = match (finding.task, &finding.period) {
            (Some(id), Some(period)) => {
                let task = outcome.division.task(id);
                format!("{} {period} {}", task.code, task_text(&task.text.value))
            }
            (Some(task), None) => task_line(outcome, task),
            (None, _) => demanded(outcome, finding),
        };
        out.push(doubt(RulingKind::Evidence, finding.unit, words, only(RulingKind::Evidence)));
    }
}

/// The doubt placed at a cell of a record.
fn at(doubt: Doubt, outcome: &Outcome, entry: Entry<'_>, column: usize) -> Doubt {
    let name = outcome.name(entry.place_in(&entry.ledger.columns[column]));
    let place = [name.sheet, name.cell.as_deref()].into_iter().flatten().collect::<Vec<_>>().join("!");
    Doubt { place, ..doubt }
}

/// The codes of the tasks whose rows in the division are related places of a finding.
fn demanded(outcome: &Outcome, finding: &Finding) -> String {
    let at = |task: &&crate::division::Task| finding.related.iter().any(|place| task.is_demanded_at(*place));
    let tasks: Vec<&str> = outcome.division.tasks.iter().filter(at).map(|task| task.code.as_str()).collect();
    tasks.join("、")
}

fn task_line(outcome: &Outcome, task: TaskId) -> String {
    let task = outcome.division.task(task);
    format!("{} {}", task.code, task_text(&task.text.value))
}

/// The tasks that a row may report.
fn tasks<'a>(outcome: &Outcome, entry: Entry<'a>, alike: &mut Alike<'a>) -> Candidates {
    let index = outcome.division.index();
    let mut found: Vec<(TaskId, Option<u8>)> = Vec::new();
    match entry.record.by {
        Attribution::CodeAgainstText(other) => {
            found.extend(entry.record.task.map(|task| (task, None)));
            found.push((other, Some(100)));
        }
        Attribution::Likeness(percent) => found.extend(entry.record.task.map(|task| (task, Some(percent)))),
        _ => {}
    }
    let percent = |likeness: f64| (likeness * 100.0).round().clamp(0.0, 99.0) as u8;
    let text = entry.text(fields::TASK);
    let Alike { tasks, lines, .. } = alike;
    let alike = tasks.entry(text).or_insert_with(|| index.likest(&skeleton(text)));
    for candidate in alike.iter().filter(|candidate| percent(candidate.likeness) >= WORTH) {
        if !found.iter().any(|(task, _)| *task == candidate.task) {
            found.push((candidate.task, Some(percent(candidate.likeness))));
        }
    }
    let mut line = |task| lines.entry(task).or_insert_with(|| task_line(outcome, task)).clone();
    found.into_iter().map(|(task, percent)| (line(task), percent)).collect()
}

/// The units that a name may mean.
fn units(outcome: &Outcome, name: &str, known: &mut Alike<'_>) -> Candidates {
    if let Some(found) = known.units.get(name) {
        return found.clone();
    }
    let key = skeleton(name);
    let likest = |unit: &crate::division::Unit| {
        let names = std::iter::once(&unit.name).chain(&unit.aliases).map(|name| skeleton(name));
        names.map(|own| alike(&key, &own)).fold(0.0, f64::max)
    };
    let found = ranked(outcome.division.roster.units.iter().map(|unit| (unit.name.clone(), likest(unit))));
    known.units.insert(name.to_owned(), found.clone());
    found
}

/// The fields that a heading may mean.
fn headings(outcome: &Outcome, heading: &str) -> Candidates {
    let leaf = heading_key(heading.rsplit('/').next().unwrap_or(heading));
    let set = &outcome.division.fields;
    let likest = |spec: &crate::division::FieldSpec| {
        let names = std::iter::once(&spec.name).chain(&spec.synonyms).map(|name| heading_key(name));
        names.map(|name| alike(&leaf, &name)).fold(0.0, f64::max)
    };
    let known = set.fields.iter().filter(|spec| !set.field(&spec.name).is_some_and(|field| set.is_serial(field)));
    let alike = known.map(|spec| (spec.name.clone(), likest(spec))).filter(|(_, likeness)| *likeness >= ALIKE);
    ranked(alike)
}

/// The likeness of two short names: by shared pairs of characters, or because one contains the other.
fn alike(a: &str, b: &str) -> f64 {
    let (short, long) = if a.chars().count() <= b.chars().count() { (a, b) } else { (b, a) };
    let within = if short.chars().count() >= 2 && long.contains(short) { 0.6 } else { 0.0 };
    likeness(a, b).max(within)
}

fn ranked(all: impl Iterator<Item = (String, f64)>) -> Candidates {
    let percent = |likeness: f64| (likeness * 100.0).round().clamp(0.0, 99.0) as u8;
    let mut all: Vec<(String, u8)> = all.map(|(name, likeness)| (name, percent(likeness))).collect();
    all.retain(|(_, percent)| *percent >= WORTH);
    // The sort is stable: equally like candidates keep their order.
    all.sort_by_key(|(_, percent)| std::cmp::Reverse(*percent));
    all.into_iter().take(Choice::CANDIDATES.len()).map(|(name, percent)| (name, Some(percent))).collect()
}

/// The states that a wording may mean.
fn states(wording: &str) -> Candidates {
    let found = ranked(STATES.iter().map(|state| ((*state).to_owned(), likeness(&skeleton(wording), state))));
    let rest = STATES.iter().map(|state| ((*state).to_owned(), None));
    let known: Vec<String> = found.iter().map(|(state, _)| state.clone()).collect();
    let rest = rest.filter(|(state, _)| !known.contains(state));
    found.iter().cloned().chain(rest).take(Choice::CANDIDATES.len()).collect()
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
                let place = crate::basis::place::Place::sheet(ledger.source, ledger.sheet).at(column.area);
                let name = outcome.name(place);
                out.push(Doubt {
                    kind: RulingKind::Heading,
                    unit: file.one().sender(),
                    place: [name.sheet, name.cell.as_deref()].into_iter().flatten().collect::<Vec<_>>().join("!"),
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
            place: place.map_or_else(String::new, |name| {
                [name.sheet, name.cell.as_deref()].into_iter().flatten().collect::<Vec<_>>().join("!")
            }),
            text,
            candidates: only(RulingKind::Responsibility),
        });
    }
}
