//! The roster (单位名录): units, their aliases and groups, and when they existed.

pub(in crate::division) mod collective;
pub(crate) mod loose_names;
pub(crate) mod name_variants;
pub(in crate::division) mod short_names;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::basis::UnitId;
use crate::basis::place::Place;
use crate::basis::text::name_key;

/// A unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// Its name as reports print it.
    pub name: String,
    /// 别名.
    pub aliases: Vec<String>,
    /// 分组.
    pub groups: Vec<String>,
    /// 上级单位.
    pub parent: Option<UnitId>,
    /// 人数.
    pub headcount: Option<f64>,
    /// 联系人.
    pub contact: String,
    /// 联系电话.
    pub phone: String,
    /// 起用日期: the first day the unit existed.
    pub from: Option<NaiveDate>,
    /// 停用日期: the last day the unit existed.
    pub until: Option<NaiveDate>,
    /// Its row in 单位名录, else the first cell of a task that names it.
    pub place: Place,
}

impl Unit {
    /// A unit with only a name.
    pub fn named(name: &str, place: Place) -> Unit {
        Unit {
            name: name.to_owned(),
            aliases: Vec::new(),
            groups: Vec::new(),
            parent: None,
            headcount: None,
            contact: String::new(),
            phone: String::new(),
            from: None,
            until: None,
            place,
        }
    }

    /// Whether the unit existed on a day.
    pub fn in_use(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

/// The units and their names.
#[derive(Clone, Debug, Default)]
pub struct Roster {
    /// The units in the order of the roster, else of their first mention.
    pub units: Vec<Unit>,
    /// Whether the division has a 单位名录; without one the units are those named in the tasks.
    pub given: bool,
    /// Whether it has the sheet 单位名录, be it without any unit.
    pub listed: bool,
    /// How many of the units 单位名录 names. Those that only tasks name stand behind them, and no collective name means them.
    pub named: usize,
    /// Folded name or alias → unit.
    pub names: BTreeMap<String, UnitId>,
    /// Folded group name (without 各, 全体 and 所有) → its units, in roster order.
    pub groups: BTreeMap<String, Vec<UnitId>>,
}

/// What an item of a list of units means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// One unit, by its name or an alias.
    Unit(UnitId),
    /// A group or collective name with its units, never empty.
    Group(Vec<UnitId>),
    /// A collective name that cannot be expanded (P503).
    Unexpandable,
    /// An unknown name (P502 if there is a roster).
    Unknown,
}

/// Words that make a name collective, wherever they occur in it.
const EACH: &[&str] = &["全体", "所有", "全部", "各个", "各级", "各"];

/// Folds a group name for comparison and removes 各, 全体 and 所有 (委属各单位 equals 各委属单位).
pub(in crate::division) fn group_key(name: &str) -> String {
    let mut key = name_key(name);
    for word in EACH {
        key = key.replace(word, "");
    }
    key
}

impl Roster {
    /// Finds a unit by name or alias; width, brackets, white space and a full stop at the end are ignored.
    pub fn find(&self, name: &str) -> Option<UnitId> {
        self.names.get(&name_key(name)).copied()
    }

    /// Adds a unit with its name and aliases. A name that is already used stays with its first unit; such names are returned.
    pub fn add(&mut self, unit: Unit) -> (UnitId, Vec<String>) {
        let id = UnitId(self.units.len() as u32);
        let mut taken = Vec::new();
        for name in std::iter::once(&unit.name).chain(&unit.aliases) {
            let owner = *self.names.entry(name_key(name)).or_insert(id);
            if owner != id {
                taken.push(name.clone());
            }
        }
        for group in &unit.groups {
            let members = self.groups.entry(group_key(group)).or_default();
            if members.last() != Some(&id) {
                members.push(id);
            }
        }
        self.units.push(unit);
        (id, taken)
    }

    /// The units directly or indirectly below a unit, in roster order.
    pub fn below(&self, parent: UnitId) -> Vec<UnitId> {
        let is_below = |mut at: UnitId| {
            // Bounded, because two units may be given as each other's parent.
            for _ in 0..self.units.len() {
                match self.units[at.0 as usize].parent {
                    Some(up) if up == parent => return true,
                    Some(up) => at = up,
                    None => return false,
                }
            }
            false
        };
        (0..self.units.len() as u32).map(UnitId).filter(|&id| id != parent && is_below(id)).collect()
    }
}
