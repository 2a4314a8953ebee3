//! The units whose names stand in a file's path, whoever turns out to have sent it.

use super::sender::in_words;
use crate::basis::UnitId;
use crate::basis::place::Source;
use crate::basis::text::list;
use crate::division::Roster;

/// The units that the parts of a path name, each once: folders, archives, the file itself; of a name that lists several
/// (综合科、财务科.xlsx) all of them.
pub fn in_path(source: &Source, inbox: &str, roster: &Roster) -> Vec<UnitId> {
    let path = source.name.strip_prefix(inbox).unwrap_or(&source.name);
    let mut units = Vec::new();
    for part in path.split(['/', '!']) {
        // The ending names nobody, and a dot would keep the last name of a list from being one.
        let part = part.rsplit_once('.').map_or(part, |(stem, _)| stem);
        for unit in list(part).into_iter().chain([part]).filter_map(|words| in_words(words, roster)) {
            if !units.contains(&unit) {
                units.push(unit);
            }
        }
    }
    units
}
