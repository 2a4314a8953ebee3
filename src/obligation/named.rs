//! Units that reported nothing but whose name occurs in a path of the inbox. They are not told that they submitted nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::run_file::{FileState, RunFile};
use crate::basis::UnitId;
use crate::division::Context;
use crate::ledger::in_path;

/// The units named in the path of a file of this window that submitted nothing else, each with the position of the file
/// received last. Files left aside (evidence, another window) do not count.
pub fn named_only(cx: &Context<'_>, files: &[RunFile]) -> BTreeMap<UnitId, usize> {
    let of_window = |file: &&RunFile| file.state != FileState::Ignored;
    let mut named: BTreeMap<UnitId, usize> = BTreeMap::new();
    for (at, file) in files.iter().enumerate().filter(|(_, file)| of_window(file)) {
        for unit in in_path(&file.source, &cx.settings.inbox, &cx.division.roster) {
            let last = named.entry(unit).or_insert(at);
            if files[*last].source.received < file.source.received {
                *last = at;
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
        for ledger in &file.reading.ledgers {
            heard.extend(ledger.unit.map(|(unit, _)| unit));
            for record in &ledger.records {
                heard.extend(record.unit);
                heard.extend(record.also.iter().copied());
            }
        }
    }
    heard
}
