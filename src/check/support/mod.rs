//! Functions shared by several rules.

pub(super) mod columns;
pub(super) mod dated;
pub(super) mod deadlines;
pub(super) mod evidence;
pub(super) mod moments;
pub mod phrase;
pub mod refusal;

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::basis::calendar::Window;
use crate::basis::place::{Place, SourceId};
use crate::basis::{Bilingual, TaskId, UnitId};
use crate::check::{Batch, FileState, RunFile};
use crate::division::{Context, fields};
pub(super) use crate::ledger::content::{is_blank_form, is_nil_for_all, says_only_nil};
use crate::ledger::{Entry, Gap, Ledger, content::nil_in_words};
pub(super) use crate::obligation::problems::{no_problem, says_nothing};
use crate::obligation::{Obligation, RecordRef, State, run_file};
use crate::read::Refusal;

/// The records that count, in the order of the files.
pub(super) fn live<'a>(batch: &Batch<'a>) -> impl Iterator<Item = Entry<'a>> {
    batch.files.iter().flat_map(live_in)
}

/// The records of one file that count.
pub(super) fn live_in(file: &RunFile) -> impl Iterator<Item = Entry<'_>> {
    let merged = Some(file).filter(|file| file.state == FileState::Merged);
    merged.into_iter().flat_map(RunFile::counting).map(|(_, entry)| entry)
}

/// The pairs of unit and task reported in more than one file.
pub(super) fn in_two_files(batch: &Batch<'_>) -> BTreeSet<(UnitId, TaskId)> {
    let mut first: HashMap<(UnitId, TaskId), SourceId> = HashMap::new();
    let mut in_two = BTreeSet::new();
    let mut last = None;
    for entry in live(batch) {
        let about = (entry.unit(), entry.record.task, entry.source.id);
        // adjacent rows mostly report on the same task
        if last == Some(about) {
            continue;
        }
        last = Some(about);
        if let (Some(unit), Some(task), file) = about
            && *first.entry((unit, task)).or_insert(file) != file
        {
            in_two.insert((unit, task));
        }
    }
    in_two
}

/// The records of earlier windows whose files are still in the inbox, with their window, oldest first.
pub(super) fn earlier<'a>(cx: &Context<'_>, batch: &Batch<'a>) -> impl Iterator<Item = (Window, Entry<'a>)> {
    let files = run_file::earlier(batch.files, cx.window);
    files.into_iter().flat_map(|(window, file)| file.one().entries().map(move |entry| (window, entry)))
}

/// A record of the batch.
pub(super) fn record<'a>(batch: &Batch<'a>, at: RecordRef) -> Option<Entry<'a>> {
    crate::obligation::entry(batch.files, at)
}

/// The units that submitted something in this window: a file, usable or not, or rows in the ledger of another unit.
pub(super) fn heard_from(batch: &Batch<'_>) -> BTreeSet<UnitId> {
    let received = |obligation: &&Obligation| matches!(obligation.state, State::Blank | State::Unusable);
    let mut units: BTreeSet<UnitId> =
        batch.obligations.all.iter().filter(received).map(|obligation| obligation.unit).collect();
    for file in batch.files.iter().filter(|file| file.state != FileState::Ignored) {
        units.extend(file.unit);
        units.extend(file.reading.ledgers.iter().filter_map(Ledger::sender));
    }
    units.extend(read_of(batch.files));
    units
}

/// The units of which something was read in this window: a file of theirs, or rows in the ledger of another unit. Those
/// of which this machine did not read all that came are not among them.
pub(crate) fn read_of(files: &[RunFile]) -> BTreeSet<UnitId> {
    let mut units = BTreeSet::new();
    for file in files.iter().filter(|file| file.state == FileState::Merged) {
        units.extend(file.unit);
        units.extend(file.reading.ledgers.iter().filter_map(Ledger::sender));
        units.extend(file.reading.ledgers.iter().flat_map(|ledger| &ledger.gaps).map(|gap| gap.unit));
    }
    units.extend(untouched(files).flat_map(Entry::units));
    let mut last = None;
    for entry in files.iter().flat_map(live_in) {
        let unit = entry.unit();
        // adjacent rows mostly have the same unit
        if unit != last {
            units.extend(unit);
            last = unit;
        }
        units.extend(entry.record.also.iter().copied());
    }
    for file in files.iter().filter(|file| file.state == FileState::Refused) {
        if let (Some(Refusal::NotAccessible(_)), Some(unit)) = (&file.reading.refusal, file.unit) {
            units.remove(&unit);
        }
    }
    units
}

/// The rows of forms that nobody touched.
fn untouched(files: &[RunFile]) -> impl Iterator<Item = Entry<'_>> {
    let merged = files.iter().filter(|file| file.state == FileState::Merged);
    merged.flat_map(|file| file.one().untouched())
}

/// The empty cells of cross-tabs and under 完成情况 in untouched rows of forms, by whose report on what is missing there.
pub(super) fn gaps(batch: &Batch<'_>) -> BTreeMap<(UnitId, TaskId), Vec<Place>> {
    let ledgers = batch.files.iter().filter(|file| file.state == FileState::Merged).flat_map(|f| &f.reading.ledgers);
    let cell =
        |ledger: &Ledger, gap: &Gap| ((gap.unit, gap.task), Place::cell(ledger.source, ledger.sheet, gap.row, gap.col));
    let cells = ledgers.flat_map(|ledger| ledger.gaps.iter().map(move |one| cell(ledger, one)));
    let rows =
        untouched(batch.files).filter_map(|row| Some(((row.unit()?, row.record.task?), row.place(fields::STATUS))));
    let mut gaps: BTreeMap<(UnitId, TaskId), Vec<Place>> = BTreeMap::new();
    for (of, place) in cells.chain(rows) {
        gaps.entry(of).or_default().push(place);
    }
    gaps
}

/// For each unit that says in words that it has nothing to report: the first file in which it does, and the cell.
pub(super) fn said_nil<'a>(batch: &Batch<'a>) -> BTreeMap<UnitId, (&'a RunFile, Place)> {
    let order = |file: &'a RunFile| (file.source.received, &file.source.name);
    let mut said: BTreeMap<UnitId, (&RunFile, Place)> = BTreeMap::new();
    for file in batch.files.iter().filter(|file| file.state == FileState::Merged) {
        for nil in nil_in_words(file.one()) {
            let Some(unit) = nil.unit else { continue };
            let first = said.entry(unit).or_insert((file, nil.place));
            if order(file) < order(first.0) {
                *first = (file, nil.place);
            }
        }
    }
    said
}

/// The file in which to look for what a unit sent; made once for all units.
pub(super) struct Sent<'a> {
    files: &'a [RunFile],
    /// The last usable file of each unit.
    own: HashMap<UnitId, &'a RunFile>,
    /// The first file with rows of each unit that sent none.
    rows: OnceCell<HashMap<UnitId, &'a RunFile>>,
}

impl<'a> Sent<'a> {
    pub(super) fn of(batch: &Batch<'a>) -> Sent<'a> {
        let order = |file: &'a RunFile| (file.source.received, &file.source.name);
        let mut own: HashMap<UnitId, &RunFile> = HashMap::new();
        let usable = |file: &&RunFile| matches!(file.state, FileState::Merged | FileState::Superseded);
        for file in batch.files.iter().filter(usable) {
            for unit in file.unit.into_iter().chain(file.reading.ledgers.iter().filter_map(Ledger::sender)) {
                let last = own.entry(unit).or_insert(file);
                if order(last) <= order(file) {
                    *last = file;
                }
            }
        }
        Sent { files: batch.files, own, rows: OnceCell::new() }
    }

    /// The last usable file of a unit, else the first with rows of the unit.
    pub(super) fn file(&self, unit: UnitId) -> Option<&'a RunFile> {
        let rows = || self.rows.get_or_init(|| self.with_rows()).get(&unit);
        self.own.get(&unit).or_else(rows).copied()
    }

    fn with_rows(&self) -> HashMap<UnitId, &'a RunFile> {
        let mut rows = HashMap::new();
        for file in self.files {
            for unit in live_in(file).filter_map(Entry::unit) {
                rows.entry(unit).or_insert(file);
            }
        }
        rows
    }
}

/// The cell of the division that names the units of an obligation.
pub(super) fn demand(cx: &Context<'_>, obligation: &Obligation) -> Place {
    cx.division.task(obligation.task).terms(obligation.unit).units_place
}

/// A list in a sentence: the first `most` items, and the total number if there are more.
pub(super) fn listing<T: AsRef<str>>(items: &[T], most: usize) -> Bilingual {
    let shown = |mark: &str| items.iter().take(most).map(AsRef::as_ref).collect::<Vec<_>>().join(mark);
    if items.len() <= most {
        return Bilingual::new(shown("、"), shown(", "));
    }
    Bilingual::new(
        format!("{}等 {} 项", shown("、"), items.len()),
        format!("{} and others, {} in all", shown(", "), items.len()),
    )
}

/// The task codes of some obligations, each once, in the order of the division.
pub(super) fn task_codes(cx: &Context<'_>, obligations: &[&Obligation]) -> Vec<String> {
    let tasks: BTreeSet<_> = obligations.iter().map(|obligation| obligation.task).collect();
    tasks.into_iter().map(|task| cx.division.task(task).code.clone()).collect()
}

/// The wanted obligations grouped by unit and period, in the order of the roster, then of time.
pub(super) fn by_unit_and_period<'a>(
    batch: &Batch<'a>,
    wanted: impl Fn(&Obligation) -> bool,
) -> Vec<Vec<&'a Obligation>> {
    let mut groups = BTreeMap::new();
    for obligation in batch.obligations.all.iter().filter(|obligation| wanted(obligation)) {
        groups
            .entry((obligation.unit, obligation.period.start, obligation.period.end))
            .or_insert_with(Vec::new)
            .push(obligation);
    }
    groups.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lists_say_how_many() {
        let expected = Bilingual::fixed("1-1、1-2等 3 项", "1-1, 1-2 and others, 3 in all");
        assert_eq!(listing(&["1-1", "1-2", "1-3"], 2), expected);
    }
}
