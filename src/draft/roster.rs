//! 单位名录: every unit once, then the collective names whose members a person has to fill in.

use serde::{Deserialize, Serialize};

use super::rows::Row;
use super::units;
use crate::basis::text::name_key;

/// A name of the draft's roster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// The name as written at its first occurrence.
    pub name: String,
    /// Whether it stands for several units, which the plan does not name.
    pub collective: bool,
    /// The doubt: a name that may mean the same unit.
    pub note: String,
}

/// Prefixes of a name written with its superior body: 镇党政办, 市教育局.
const BEFORE: &[&str] = &["市", "县", "区", "镇", "乡", "街道", "局", "校", "院", "委", "省", "州"];

/// The names of all rows in their order, collective ones last.
pub(super) fn of(rows: &[Row]) -> Vec<Named> {
    let mut found: Vec<Named> = Vec::new();
    for name in rows.iter().flat_map(Row::all_units) {
        if found.iter().all(|known| name_key(&known.name) != name_key(&name)) {
            found.push(Named { collective: units::is_collective(&name), name, note: String::new() });
        }
    }
    let names: Vec<String> =
        found.iter().filter(|named| !named.collective).map(|named| name_key(&named.name)).collect();
    for named in found.iter_mut().filter(|named| !named.collective) {
        let key = name_key(&named.name);
        let short = BEFORE
            .iter()
            .filter_map(|before| key.strip_prefix(before))
            .find(|short| names.iter().any(|name| name == short));
        if let Some(short) = short {
            named.note = format!("可能与“{short}”是同一单位；如是，在“别名”栏填写，并删去另一行");
        }
    }
    found.sort_by_key(|named| named.collective);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_once_and_likely_twins_are_said() {
        let row = |units: &[&str]| Row { units: units.iter().map(ToString::to_string).collect(), ..Row::default() };
        let roster = of(&[row(&["镇党政办", "各村"]), row(&["党政办", "财政所", "各村"])]);
        let shown: Vec<&str> = roster.iter().map(|named| named.name.as_str()).collect();
        assert_eq!(shown, ["镇党政办", "党政办", "财政所", "各村"]);
        assert!(roster[0].note.contains("党政办") && roster[1].note.is_empty() && roster[3].collective);
    }
}
