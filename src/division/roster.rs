//! The roster (单位名录): units, their other names, their groups, and when they were in use.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::basis::UnitId;
use crate::basis::place::Place;

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
    /// 起用日期: the first day it was in use.
    pub from: Option<NaiveDate>,
    /// 停用日期: the last day it was in use.
    pub until: Option<NaiveDate>,
    /// Its line in 单位名录, or the cell of the task that names it first.
    pub place: Place,
}

/// The units, and the names by which they are called.
#[derive(Clone, Debug, Default)]
pub struct Roster {
    /// The units in the order of the roster, else of their first mention.
    pub units: Vec<Unit>,
    /// Whether the division has a 单位名录; without one the units are those named in the tasks.
    pub given: bool,
    /// Folded name or alias → unit.
    pub names: BTreeMap<String, UnitId>,
    /// Folded group name → its units, in roster order.
    pub groups: BTreeMap<String, Vec<UnitId>>,
}
