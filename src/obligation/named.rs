//! Units that reported nothing but whose name occurs in a path of the inbox. They are not told that they submitted nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::run_file::{FileState, RunFile};
use crate::basis::UnitId;
use crate::basis::place::Place;
use crate::division::Context;
use crate::ledger::in_path;

/// Where a unit that reported nothing is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Naming {
    /// The position of the file, the one received last of several.
    pub file: usize,
    /// Its sheet or cell; none where only its path names the unit.
    pub place: Option<Place>,
}

/// The units that are named in a file of this window or in its path and from which nothing else came. A file that was
/// left aside (evidence, another window) names nobody.
pub fn named_only(cx: &Context<'_>, files: &[RunFile]) -> BTreeMap<UnitId, Naming> {
    let of_window = |file: &&RunFile| file.state != FileState::Ignored;
    let mut named: BTreeMap<UnitId, Naming> = BTreeMap::new();
    for (at, file) in files.iter().enumerate().filter(|(_, file)| of_window(file)) {
        let in_path = in_path(&file.source, &cx.settings.inbox, &cx.division.roster);
        let inside = file.reading.named.iter().map(|&(unit, place)| (unit, Some(place)));
        for (unit, place) in inside.chain(in_path.into_iter().map(|unit| (unit, None))) {
            let last = named.entry(unit).or_insert(Naming { file: at, place });
            if files[last.file].source.received < file.source.received {
                *last = Naming { file: at, place };
            }
        }
    }
    if !named.is_empty() {
        let heard = heard(files);
        named.retain(|unit, _| !heard.contains(unit));
    }
    named
}

/// The units that submitted a file or are named in a row of one.
fn heard(files: &[RunFile]) -> BTreeSet<UnitId> {
    let mut heard = BTreeSet::new();
    for file in files.iter().filter(|file| file.state != FileState::Ignored) {
        heard.extend(file.unit);
        heard.extend(file.reading.nil.iter().filter_map(|nil| nil.unit));
        for ledger in &file.reading.ledgers {
            heard.extend(ledger.unit.map(|(unit, _)| unit));
            for record in ledger.records.iter().chain(&ledger.untouched) {
                heard.extend(record.unit);
                heard.extend(record.also.iter().copied());
            }
        }
    }
    heard
}
