//! A file of the run and what became of it.

use super::model::RecordRef;
use crate::basis::calendar::Window;
use crate::basis::place::Source;
use crate::basis::{Bilingual, UnitId};
use crate::ledger::{Entry, FileReading, OneFile};

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileState {
    /// At least one of its rows counts (or it reports by being there).
    Merged,
    /// Could not be used.
    Refused,
    /// Every row was replaced by a later file.
    Superseded,
    /// The same bytes came earlier or later under another name.
    Duplicate,
    /// Of another window, a lock file, evidence.
    Ignored,
}

impl FileState {
    /// Its name in run.json.
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

/// A file of the run, with its fate.
#[derive(Clone, Debug)]
pub struct RunFile {
    /// What is known of it from outside.
    pub source: Source,
    /// What was seen in it.
    pub reading: FileReading,
    /// The unit that submits it as a whole; none when nobody can tell.
    pub unit: Option<UnitId>,
    /// The window it belongs to; none when it was left aside before that was asked.
    pub window: Option<Window>,
    /// What became of it.
    pub state: FileState,
    /// Why, where the state needs a reason.
    pub why: Option<Bilingual>,
    /// Positions in the run's files of those that replaced rows of this one, or whose twin it is.
    pub replaced_by: Vec<u32>,
    /// For each ledger, for each record: whether it counts (false = a later file replaced it).
    pub live: Vec<Vec<bool>>,
    /// Whether the rows left aside ([`FileReading::aside`]) count.
    pub aside_counts: bool,
}

impl RunFile {
    /// The file as the rules see it.
    pub fn one(&self) -> OneFile<'_> {
        OneFile { source: &self.source, reading: &self.reading }
    }

    /// All its records in reading order, whether they count or not.
    pub fn entries(&self) -> impl Iterator<Item = (RecordRef, Entry<'_>)> {
        // Files are numbered from 1; the division is number 0.
        let file = self.source.id.0.saturating_sub(1);
        self.reading.ledgers.iter().enumerate().flat_map(move |(l, ledger)| {
            let at = move |r| RecordRef { file, ledger: l as u32, record: r as u32 };
            self.one().entries_of(ledger).enumerate().map(move |(r, entry)| (at(r), entry))
        })
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

    /// Its records that no later file replaced.
    pub fn counting(&self) -> impl Iterator<Item = (RecordRef, Entry<'_>)> {
        self.entries().filter(|(at, _)| self.counts(*at))
    }
}

/// A record of the run where it stands.
pub fn entry(files: &[RunFile], at: RecordRef) -> Option<Entry<'_>> {
    let file = files.get(at.file as usize)?;
    let ledger = file.reading.table(at.ledger as usize)?;
    Some(file.one().entry(ledger, ledger.records.get(at.record as usize)?))
}
