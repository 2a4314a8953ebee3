//! Reads the units of a task by role; groups and collective names are expanded through the roster.

use std::collections::BTreeSet;

use super::super::lint::{group_unexpandable, name_variant, unit_not_in_roster};
use super::super::roster::{Meaning, Roster, Unit};
use super::columns::task as col;
use super::items::{self, Item};
use super::lines::Cell;
use super::roles::Role;
use super::rows::Rows;
use crate::basis::UnitId;
use crate::basis::finding::Findings;
use crate::basis::place::Place;

/// Distinct units in the order written.
#[derive(Clone, Debug, Default)]
pub(super) struct Named {
    /// All of them.
    pub(super) units: Vec<UnitId>,
    seen: BTreeSet<UnitId>,
    /// Those given by name or alias, not through a group.
    by_name: BTreeSet<UnitId>,
}

/// The units of a task.
#[derive(Clone, Debug, Default)]
pub(super) struct Owners {
    /// Leading units.
    pub(super) lead: Named,
    /// Responsible units.
    pub(super) responsible: Named,
    /// Supporting units.
    pub(super) supporting: Named,
    /// The first item under 责任单位, if it is the name of a single unit.
    pub(super) first: Option<UnitId>,
}

impl Owners {
    /// The units that owe a report, leading units first.
    pub(super) fn owing(&self) -> Vec<UnitId> {
        let mut seen = BTreeSet::new();
        self.lead.units.iter().chain(&self.responsible.units).copied().filter(|unit| seen.insert(*unit)).collect()
    }

    /// Those of them given only through a group or collective name.
    pub(super) fn collective(&self) -> Vec<UnitId> {
        let named = |unit: &UnitId| self.lead.by_name.contains(unit) || self.responsible.by_name.contains(unit);
        self.owing().into_iter().filter(|unit| !named(unit)).collect()
    }
}

/// Reads the units that rows of a task name. An unknown name becomes a new unit, so that its obligation is not lost (P502 if there is a
/// roster). A collective name that cannot be expanded gives no units (P503).
pub(super) fn of_rows(rows: &Rows, roster: &mut Roster, out: &mut Findings) -> Owners {
    let mut owners = Owners::default();
    for (id, role) in [(col::LEAD, Role::Lead), (col::UNITS, Role::Owe), (col::SUPPORT, Role::Support)] {
        let mut first = id == col::UNITS;
        for cell in rows.cells(id) {
            let mut items = items_of(cell, rows.leads, roster);
            if rows.people {
                leave_people_out(&mut items, roster);
            }
            for item in items {
                let meant = resolve(&item, cell.place, roster, out);
                let role = item.role.unwrap_or(role);
                if std::mem::take(&mut first) && role == Role::Owe {
                    owners.first = meant.first().copied().filter(|_| meant.len() == 1 && item.except.is_empty());
                }
                let list = match role {
                    Role::Lead => &mut owners.lead,
                    Role::Owe => &mut owners.responsible,
                    Role::Support => &mut owners.supporting,
                };
                let collective = !matches!(roster.meaning(&item.name), Meaning::Unit(_)) || meant.is_empty();
                for unit in meant {
                    if list.seen.insert(unit) {
                        list.units.push(unit);
                    }
                    if !collective {
                        list.by_name.insert(unit);
                    }
                }
            }
        }
    }
    owners
}

/// The known units of one cell, with groups expanded, and the unknown names. Nothing is added to the roster.
pub(super) fn known_of_cell(cell: &Cell, roster: &Roster) -> (Vec<UnitId>, Vec<String>) {
    let (mut known, mut unknown): (Vec<UnitId>, Vec<String>) = (Vec::new(), Vec::new());
    for item in items_of(cell, None, roster) {
        let meant = match roster.meaning(&item.name) {
            Meaning::Unit(unit) => vec![unit],
            Meaning::Group(units) => units,
            Meaning::Unexpandable | Meaning::Unknown => {
                unknown.push(item.name.clone());
                Vec::new()
            }
        };
        let out = left_out(&item, roster);
        known.extend(meant.into_iter().filter(|unit| !out.contains(unit)));
    }
    (known, unknown)
}

/// The units excluded by an item.
fn left_out(item: &Item, roster: &Roster) -> Vec<UnitId> {
    let units = |name: &String| match roster.meaning(name) {
        Meaning::Unit(unit) => vec![unit],
        Meaning::Group(units) => units,
        Meaning::Unexpandable | Meaning::Unknown => Vec::new(),
    };
    item.except.iter().flat_map(units).collect()
}

/// The items of a cell; names that share an ending are written in full: 城东、城西街道, 城东和城西两街道.
fn items_of(cell: &Cell, leads: Option<char>, roster: &Roster) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for item in items::items(&cell.text, leads, &|name| is_known(roster, name)) {
        let unknown = roster.meaning(&item.name) == Meaning::Unknown;
        let joined = if unknown { roster.joined(&item.name) } else { None };
        let Some(joined) = joined else {
            // 各乡镇（街道）: each kind is looked up by itself, so that one that nobody knows is told
            match roster.kinds(&item.name) {
                Some(kinds) => items.extend(kinds.into_iter().map(|name| Item { name, ..item.clone() })),
                None => items.push(item),
            }
            continue;
        };
        let full = |unit: UnitId| Item { name: roster.units[unit.0 as usize].name.clone(), ..item.clone() };
        items.extend(joined.into_iter().map(full));
    }
    for at in 0..items.len() {
        let others = items[at + 1..].iter().chain(items[..at].iter().rev());
        let others: Vec<&str> = others.map(|item| item.name.as_str()).collect();
        let unknown = roster.meaning(&items[at].name) == Meaning::Unknown;
        let unit = roster.by_ending_of(&items[at].name, &others).filter(|_| unknown);
        if let Some(unit) = unit {
            items[at].name.clone_from(&roster.units[unit.0 as usize].name);
        }
    }
    items
}

/// Leaves out persons, who stand behind their units: 综合科（张某）, 综合科：张某.
fn leave_people_out(items: &mut Vec<Item>, roster: &Roster) {
    let is_person = |name: &str| {
        let han = name.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c) || c == '·');
        han && (2..=4).contains(&name.chars().count()) && !items::is_unit_like(name)
    };
    let is_open = |name: &str| roster.meaning(name) == Meaning::Unknown;
    let mut left = Vec::with_capacity(items.len());
    for mut item in items.drain(..) {
        if is_open(&item.name) {
            let bare = item.name.split(['（', '(', ' ', '\u{3000}']).next().unwrap_or_default();
            let behind = item.name[bare.len()..].trim_matches(['（', '）', '(', ')', ' ', '\u{3000}']);
            if !bare.is_empty() && behind.split_whitespace().all(&is_person) && !behind.is_empty() {
                let end = bare.len();
                item.name.truncate(end);
            } else if !left.is_empty() && is_person(&item.name) {
                continue;
            }
        }
        left.push(item);
    }
    *items = left;
}

fn is_known(roster: &Roster, name: &str) -> bool {
    matches!(roster.meaning(name), Meaning::Unit(_) | Meaning::Group(_))
}

/// The units an item means.
fn resolve(item: &Item, place: Place, roster: &mut Roster, out: &mut Findings) -> Vec<UnitId> {
    let name = &item.name;
    let mut meant = match roster.meaning(name) {
        Meaning::Unit(unit) => {
            name_variant::note_other_name(place, name, unit, roster, out);
            vec![unit]
        }
        Meaning::Group(units) => units,
        Meaning::Unexpandable => {
            group_unexpandable::note(place, name, roster.listed, out);
            Vec::new()
        }
        Meaning::Unknown => {
            let (unit, _) = roster.add(Unit::named(name, place));
            if roster.given {
                unit_not_in_roster::note(place, unit, roster, out);
            }
            vec![unit]
        }
    };
    let open = |name: &&String| matches!(roster.meaning(name), Meaning::Unexpandable | Meaning::Unknown);
    for name in item.except.iter().filter(open) {
        group_unexpandable::note(place, name, roster.listed, out);
    }
    let left_out = left_out(item, roster);
    meant.retain(|unit| !left_out.contains(unit));
    meant
}
