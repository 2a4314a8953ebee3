//! A cell of units → units: lists, groups and collective names through the roster, marks that name nobody.

use super::super::lint::{group_unexpandable, name_variant, unit_not_in_roster};
use super::super::roster::{Meaning, Roster, Unit};
use super::lines::Cell;
use super::marks;
use crate::basis::UnitId;
use crate::basis::finding::Findings;
use crate::basis::text::{list, name_key};

/// The units of a list, each once, in the order written.
#[derive(Clone, Debug, Default)]
pub(super) struct Named {
    /// All of them.
    pub(super) units: Vec<UnitId>,
    /// Those reached only through a group or collective name.
    pub(super) collective: Vec<UnitId>,
    /// The first item when it is one unit by name.
    pub(super) first: Option<UnitId>,
}

/// Reads cells of units. A name that nobody bears becomes a unit, so that its duty is not lost (P502 where there is
/// a roster); a collective name that cannot be expanded stands for nobody (P503).
pub(super) fn read(cells: &[Cell], roster: &mut Roster, out: &mut Findings) -> Named {
    let mut named = Named::default();
    let mut by_name: Vec<UnitId> = Vec::new();
    let mut first_item = true;
    for cell in cells {
        for item in items(&cell.text) {
            match roster.meaning(&item) {
                Meaning::Unit(unit) => {
                    name_variant::note_other_name(cell.place, &item, unit, roster, out);
                    by_name.push(unit);
                }
                Meaning::Group(units) => {
                    named.units.extend(&units);
                    named.collective.extend(units);
                    first_item = false;
                    continue;
                }
                Meaning::Unexpandable => {
                    group_unexpandable::note(cell.place, &item, roster.given, out);
                    first_item = false;
                    continue;
                }
                Meaning::Unknown => {
                    let (unit, _) = roster.add(Unit::named(&item, cell.place));
                    if roster.given {
                        unit_not_in_roster::note(cell.place, unit, roster, out);
                    }
                    by_name.push(unit);
                }
            }
            named.units.extend(by_name.last());
            if first_item {
                named.first = by_name.last().copied();
            }
            first_item = false;
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    named.units.retain(|unit| seen.insert(*unit));
    seen.clear();
    named.collective.retain(|unit| !by_name.contains(unit) && seen.insert(*unit));
    named
}

/// The items of a cell of units: what names nobody is left out, a full stop at the end and 等 too; names of officials
/// in brackets behind a unit are not part of its name.
fn items(text: &str) -> Vec<String> {
    let mut items = Vec::new();
    for item in list(text) {
        // 牵头：综合科 and 责任单位：综合科 say again what the column says.
        let item = item.rsplit(['：', ':']).next().unwrap_or(item);
        for item in item.split('。') {
            let item = item.trim().trim_end_matches(['.', '等', '。']).trim();
            if !marks::is_nothing(item) && !marks::is_open(item) && !name_key(item).is_empty() {
                items.push(item.to_owned());
            }
        }
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_lose_what_is_no_name() {
        assert_eq!(items("综合科、管理一科，后勤中心等。"), ["综合科", "管理一科", "后勤中心"]);
        assert_eq!(items("牵头：综合科；××局；——"), ["综合科"]);
        assert!(items("无").is_empty() && items("____").is_empty() && items("").is_empty());
    }
}
