//! Indicators (考核指标): what a task must reach, in a small language close to the wording of official documents.
//!
//! | written | becomes |
//! |---|---|
//! | `次数≥4/年` | [`Measure::Count`], at least 4, in each year |
//! | `巡查次数≥3/周` · `每周巡查三天` | [`Measure::Count`], [`Measure::Days`] in each week |
//! | `巡查人数≥2/次` · `装灯率=100%` | [`Measure::Each`]: every record by itself |
//! | `平均得分≥90` | [`Measure::Each`]: averages do not add up |
//! | `志愿服务时长≥2/人/月` | [`Measure::Sum`] in each month, divided by the unit's headcount |
//! | `公益广告处数≥5` · `宣传形式≥3种` | [`Measure::Sum`] · [`Measure::Distinct`] |
//! | `注册志愿者÷辖区人口≥10%` | [`Measure::Ratio`] of two sums |
//! | `每月15日` · `每周五` | [`FixedDays`]: a record dated on each such day |
//! | `符合：… 且 …；基本符合：…；否则：不符合` | [`Asks::Grades`]: the first line that holds |
//!
//! Several are separated by `；` or line breaks. Spaces and width do not matter. 不少于 不低于 至少 达到 mean `≥`, 不超过 至多
//! mean `≤`; `每年不少于4次`, `不少于4次/年` and `每次巡查人数2人` are also accepted.

mod comparison;
mod days;
mod grammar;
mod input;
mod numbers;
mod periods;
mod quantity;
mod spread;
mod within;
mod words;

pub(crate) use comparison::is_rate;
pub use grammar::{Unreadable, parse};
pub use input::Expected;

use chrono::Weekday;

use crate::basis::calendar::Cycle;

/// One indicator of a task.
#[derive(Clone, Debug, PartialEq)]
pub struct Indicator {
    /// As written, trimmed: `次数≥4/年`.
    pub text: String,
    /// What it asks.
    pub asks: Asks,
}

/// What an indicator asks.
#[derive(Clone, Debug, PartialEq)]
pub enum Asks {
    /// A condition must hold.
    Condition(Condition),
    /// A record dated on each such day of the window.
    Days(FixedDays),
    /// Grades from best to worst, never empty; the first whose condition holds is given.
    Grades(Vec<Grade>),
}

/// A grade and its condition.
#[derive(Clone, Debug, PartialEq)]
pub struct Grade {
    /// Its name: 符合.
    pub name: String,
    /// The condition; none for 否则, which always holds.
    pub when: Option<Condition>,
}

/// A condition.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// One comparison.
    Test(Test),
    /// All hold: 且.
    All(Vec<Condition>),
    /// At least one holds: 或.
    Any(Vec<Condition>),
}

/// A comparison: what is measured, over what, and the bound.
#[derive(Clone, Debug, PartialEq)]
pub struct Test {
    /// What is measured.
    pub measure: Measure,
    /// The relation to the bound.
    pub relation: Relation,
    /// The bound; a percentage is a rate, 1.0 for 100 %.
    pub bound: f64,
    /// The unit of the bound as written: 次, 种, 处, 小时, 万元, %.
    pub unit: Option<String>,
    /// What it is measured per.
    pub per: Per,
    /// As written: `次数≥4/年`.
    pub text: String,
}

/// What is measured. A field is given by the headings it may have in a ledger ([`Names`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Measure {
    /// The number of records; where the ledger has a column with the first of the names, the sum of that column.
    Count(Names),
    /// The number of distinct days on which records are dated; where the ledger has a column with the first of the names,
    /// or one with another of them that holds numbers, the sum of that column.
    Days(Names),
    /// The sum of a field.
    Sum(Names),
    /// The number of distinct values of a field; a cell may list several.
    Distinct(Names),
    /// A field of every record: each record is compared with the bound by itself.
    Each(Names),
    /// The sum of the first field divided by the sum of the second.
    Ratio(Names, Names),
}

/// The headings a field may have, the one as written (or the most likely) first. Never empty.
pub type Names = Vec<String>;

/// How a value compares with the bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// ≥, 不少于, 至少, 达到.
    AtLeast,
    /// ≤, 不超过, 至多.
    AtMost,
    /// =.
    Equal,
    /// >, 超过.
    More,
    /// <, 低于.
    Less,
}

/// What a value is measured per.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Per {
    /// Divided by the unit's headcount (`/人`).
    pub person: bool,
    /// In each period of a cycle (`/月`, `/2年`); none = over the window.
    pub turn: Option<Turn>,
}

/// One or more consecutive periods of a cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// How many, from 1: 2 for `/2年`.
    pub count: u32,
    /// The cycle.
    pub cycle: Cycle,
}

/// Days on each of which a record is required.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FixedDays {
    /// 每周五, 每周一、三、五: weekdays in order.
    Week(Vec<Weekday>),
    /// 每月15日: days of the month from 1 to 31, ascending; one beyond the end of a month (每月底 is 31) means its last day.
    Month(Vec<u32>),
}

/// Whether a name is that of an average: 平均得分.
pub fn is_average(name: &str) -> bool {
    name.split_once("平均").is_some_and(|(_, what)| !what.is_empty())
}

impl Relation {
    /// Whether a value has this relation to a bound. Sums of decimal fractions are not exact, so values that differ by less
    /// than a billionth are equal.
    pub fn holds(self, value: f64, bound: f64) -> bool {
        let near = (value - bound).abs() <= 1e-9 * bound.abs().max(1.0);
        match self {
            Relation::AtLeast => value > bound || near,
            Relation::AtMost => value < bound || near,
            Relation::Equal => near,
            Relation::More => value > bound && !near,
            Relation::Less => value < bound && !near,
        }
    }

    /// Its sign.
    pub fn sign(self) -> &'static str {
        match self {
            Relation::AtLeast => "≥",
            Relation::AtMost => "≤",
            Relation::Equal => "=",
            Relation::More => ">",
            Relation::Less => "<",
        }
    }
}

impl Condition {
    /// Its comparisons, in the order written.
    pub fn tests(&self) -> Vec<&Test> {
        match self {
            Condition::Test(test) => vec![test],
            Condition::All(parts) | Condition::Any(parts) => parts.iter().flat_map(Condition::tests).collect(),
        }
    }
}

impl Indicator {
    /// Its comparisons, those of all its grades.
    pub fn tests(&self) -> Vec<&Test> {
        match &self.asks {
            Asks::Condition(condition) => condition.tests(),
            Asks::Days(_) => Vec::new(),
            Asks::Grades(grades) => {
                grades.iter().filter_map(|grade| grade.when.as_ref()).flat_map(Condition::tests).collect()
            }
        }
    }
}

impl Measure {
    /// The names of the columns it needs; counts and days need none.
    pub fn needs(&self) -> Vec<&Names> {
        match self {
            Measure::Count(_) | Measure::Days(_) => Vec::new(),
            _ => self.names(),
        }
    }

    /// The names of the columns it reads where a ledger has them.
    pub fn names(&self) -> Vec<&Names> {
        match self {
            Measure::Count(names)
            | Measure::Days(names)
            | Measure::Sum(names)
            | Measure::Distinct(names)
            | Measure::Each(names) => vec![names],
            Measure::Ratio(over, under) => vec![over, under],
        }
    }

    /// The field it measures, by its most likely heading; of a ratio, the first.
    pub fn name(&self) -> &str {
        self.names().first().and_then(|names| names.first()).map_or("", String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_of_decimals_reach_their_bound() {
        assert!(Relation::AtLeast.holds(0.1 + 0.2 + 0.7, 1.0) && Relation::Equal.holds(0.99 + 0.01, 1.0));
        assert!(
            !Relation::AtLeast.holds(0.999, 1.0) && !Relation::More.holds(1.0, 1.0) && !Relation::Less.holds(1.0, 1.0)
        );
    }
}
