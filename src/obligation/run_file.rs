//! The files of the run, their states, and references to their records.

use crate::basis::calendar::Window;
use crate::basis::place::Source;
use crate::basis::{Bilingual, UnitId};
use crate::ledger::{Entry, FileReading, OneFile};

/// A reference to a record of the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordRef {
    /// The position of the file among the files of the run.
    pub file: u32,
    /// The position of the ledger in the file.
    pub ledger: u32,
    /// The position of the record in the ledger.
    pub record: u32,
}

/// The state of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileState {
    /// At least one of its rows counts, or the file as a whole is a report.
    Merged,
    /// It could not be used.
    Refused,
    /// Every row was superseded by a later file.
    Superseded,
    /// Another file has the same bytes.
    Duplicate,
    /// It belongs to another window, is a lock file, or is evidence.
    Ignored,
}

impl FileState {
    /// All of them.
    pub const ALL: [FileState; 5] =
        [FileState::Merged, FileState::Refused, FileState::Superseded, FileState::Duplicate, FileState::Ignored];

    /// The name used in `run.json`.
    pub fn name(self) -> &'static str {
        match self {
            FileState::Merged => "merged",
            FileState::Refused => "refused",
            FileState::Superseded => "superseded",
            FileState::Duplicate => "duplicate",
            FileState::Ignored => "ignored",
        }
    }
}

/// A file of the run with its state.
#[derive(Clone, Debug)]
pub struct RunFile {
    /// What is known about it without reading it.
    pub source: Source,
    /// What was read from it.
    pub reading: FileReading,
    /// The unit that submits the file as a whole; none when unknown.
    pub unit: Option<UnitId>,
    /// The window it belongs to; none when it was left aside before that was determined.
    pub window: Option<Window>,
    /// What became of it in the run.
    pub state: FileState,
    /// The reason for the state, where one is needed besides the refusal.
    pub why: Option<Bilingual>,
    /// The positions of the files that superseded rows of this one, or of which it is a duplicate.
    pub replaced_by: Vec<u32>,
    /// For each record of each ledger: whether it counts, that is, was not superseded by a later file.
    pub live: Vec<Vec<bool>>,
    /// Whether the rows left aside ([`FileReading::aside`]) count.
    pub aside_counts: bool,
    /// Whether it was refused or a blank form, and a later file reports all that its unit owes: what was found in it is
    /// history.
    pub made_good: bool,
    /// The records that stand in the ledger but do not count for a unit, since a person settled that another report does.
    pub overruled: Vec<(RecordRef, UnitId)>,
}

impl RunFile {
    /// The file as the rules see it.
    pub fn one(&self) -> OneFile<'_> {
        OneFile { source: &self.source, reading: &self.reading }
    }

    /// All its records in reading order, whether they count or not.
    pub fn entries(&self) -> impl Iterator<Item = (RecordRef, Entry<'_>)> {
        // sources are numbered from 1; the division is 0
        let file = self.source.id.0.saturating_sub(1);
        self.reading.ledgers.iter().enumerate().flat_map(move |(l, ledger)| {
            let at = move |r| RecordRef { file, ledger: l as u32, record: r as u32 };
            self.one().entries_of(ledger).enumerate().map(move |(r, entry)| (at(r), entry))
        })
    }

    /// Whether what it says counts: it is of this window, or of another and left aside for that alone.
    pub fn tells(&self) -> bool {
        match self.state {
            FileState::Merged | FileState::Superseded => true,
            FileState::Ignored => !self.reading.ledgers.is_empty(),
            FileState::Refused | FileState::Duplicate => false,
        }
    }

    /// Whether it came and nothing of it can be used, for a reason that its sender can mend.
    pub fn is_useless(&self) -> bool {
        match self.state {
            FileState::Refused => true,
            FileState::Merged => self.reading.is_useless(),
            FileState::Superseded | FileState::Duplicate | FileState::Ignored => false,
        }
    }

    /// The rows left aside that count.
    pub fn left_aside(&self) -> impl Iterator<Item = RecordRef> {
        let file = self.source.id.0.saturating_sub(1);
        let tables = (self.reading.ledgers.len() as u32..).zip(&self.reading.aside).filter(|_| self.aside_counts);
        tables.flat_map(move |(ledger, aside)| {
            (0..aside.ledger.records.len() as u32).map(move |record| RecordRef { file, ledger, record })
        })
    }

    /// Whether one of its records counts.
    pub fn counts(&self, at: RecordRef) -> bool {
        let ledger = self.live.get(at.ledger as usize);
        ledger.and_then(|records| records.get(at.record as usize)).is_none_or(|live| *live)
    }

    /// The units for which a record counts, if it counts at all.
    pub fn units<'a>(&'a self, at: RecordRef, entry: Entry<'a>) -> impl Iterator<Item = UnitId> + 'a {
        entry.units().filter(move |unit| !self.overruled.contains(&(at, *unit)))
    }

    /// Its records that count.
    pub fn counting(&self) -> impl Iterator<Item = (RecordRef, Entry<'_>)> {
        self.entries().filter(|(at, _)| self.counts(*at))
    }
}

/// The files of windows before this one that are still in the inbox, with their window, oldest first.
pub fn earlier(files: &[RunFile], window: Window) -> Vec<(Window, &RunFile)> {
    let before = |file: &RunFile| file.window.filter(|of| file.state == FileState::Ignored && of.start < window.start);
    let mut earlier: Vec<_> = files.iter().filter_map(|file| Some((before(file)?, file))).collect();
    earlier.sort_by_key(|(window, file)| (window.start, file.source.received));
    earlier
}

/// The record a reference points to, with its ledger and file.
pub fn entry(files: &[RunFile], at: RecordRef) -> Option<Entry<'_>> {
    let file = files.get(at.file as usize)?;
    let ledger = file.reading.table(at.ledger as usize)?;
    Some(file.one().entry(ledger, ledger.records.get(at.record as usize)?))
}
