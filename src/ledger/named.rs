//! The units named in the path of a file, whichever unit submits it.

use super::sender::in_words;
use crate::basis::UnitId;
use crate::basis::place::Source;
use crate::basis::text::list;
use crate::division::Roster;

/// The units named in the folders, archive and file name of a path, each once; a name may list several
/// (综合科、财务科.xlsx).
pub fn in_path(source: &Source, inbox: &str, roster: &Roster) -> Vec<UnitId> {
    let path = source.name.strip_prefix(inbox).unwrap_or(&source.name);
    let mut units = Vec::new();
    for part in path.split(['/', '!']) {
        // without the extension, which would become part of the last name
        let part = part.rsplit_once('.').map_or(part, |(stem, _)| stem);
        for unit in list(part).into_iter().chain([part]).filter_map(|words| in_words(words, roster)) {
            if !units.contains(&unit) {
                units.push(unit);
            }
        }
    }
    units
}
