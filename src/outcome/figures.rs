//! Numbers used by several outputs: coverage by unit, category and lead official, and the issues of each unit.

use std::collections::BTreeMap;

use super::Outcome;
use super::{Gap, Matrix};
use crate::basis::UnitId;
use crate::basis::finding::Severity;
use crate::obligation::{Coverage, Obligation};

/// The coverage of a unit, category or official, with its rank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranked<K> {
    /// The unit, category or official.
    pub key: K,
    /// The counts of its obligations by state.
    pub coverage: Coverage,
    /// The rank, 1 for the best. Equal rates share a rank, and the next rank counts all before it. None where nothing was
    /// expected.
    pub rank: Option<u32>,
    /// The number of errors among the issues.
    pub errors: u32,
    /// The number of warnings among the issues.
    pub warnings: u32,
}

/// Everything computed from an [`Outcome`] that several outputs print.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// Units that owe something, best first: by reporting rate, then by on-time rate, then in roster order.
    pub units: Vec<Ranked<UnitId>>,
    /// Categories in division order.
    pub categories: Vec<Ranked<String>>,
    /// Lead officials in the order of the division; a task with several counts for each.
    pub leaders: Vec<Ranked<String>>,
    /// Task × unit.
    pub matrix: Matrix,
    /// 缺项清单.
    pub gaps: Vec<Gap>,
}

impl Figures {
    /// Computes the numbers.
    pub fn of(outcome: &Outcome) -> Figures {
        let division = &outcome.division;
        let mut units: BTreeMap<UnitId, Vec<&Obligation>> = BTreeMap::new();
        let mut categories = Groups::default();
        let mut leaders = Groups::default();
        for task in &division.tasks {
            categories.open(&task.category);
            task.all_terms().flat_map(|terms| &terms.leaders).for_each(|leader| leaders.open(leader));
        }
        for obligation in &outcome.obligations.all {
            let task = division.task(obligation.task);
            units.entry(obligation.unit).or_default().push(obligation);
            categories.add(&task.category, obligation);
            let terms = task.terms(obligation.unit);
            terms.leaders.iter().for_each(|leader| leaders.add(leader, obligation));
        }
        let mut ranked: Vec<Ranked<UnitId>> =
            units.into_iter().map(|(unit, obligations)| Ranked::new(unit, Coverage::of(obligations))).collect();
        let mut counts: BTreeMap<UnitId, (u32, u32)> = BTreeMap::new();
        for issue in outcome.issues.iter().filter(|issue| issue.counts()) {
            if let Some(unit) = issue.finding.unit {
                let (errors, warnings) = counts.entry(unit).or_default();
                *errors += u32::from(issue.severity == Severity::Error);
                *warnings += u32::from(issue.severity == Severity::Warning);
            }
        }
        for unit in &mut ranked {
            (unit.errors, unit.warnings) = counts.get(&unit.key).copied().unwrap_or_default();
        }
        rank(&mut ranked);
        Figures {
            units: ranked,
            categories: categories.ranked(),
            leaders: leaders.ranked(),
            matrix: Matrix::of(outcome),
            gaps: Gap::all(outcome),
        }
    }
}

/// Obligations by name, in the order in which the names were added.
#[derive(Default)]
struct Groups<'a> {
    at: BTreeMap<&'a str, usize>,
    all: Vec<(&'a str, Vec<&'a Obligation>)>,
}

impl<'a> Groups<'a> {
    fn open(&mut self, name: &'a str) {
        let Groups { at, all } = self;
        at.entry(name).or_insert_with(|| {
            all.push((name, Vec::new()));
            all.len() - 1
        });
    }

    fn add(&mut self, name: &'a str, obligation: &'a Obligation) {
        if let Some(&at) = self.at.get(name) {
            self.all[at].1.push(obligation);
        }
    }

    /// The names with obligations and their ranks, in the order of the names.
    fn ranked(self) -> Vec<Ranked<String>> {
        let mut ranked: Vec<(usize, Ranked<String>)> = self
            .all
            .into_iter()
            .filter(|(_, obligations)| !obligations.is_empty())
            .map(|(name, obligations)| Ranked::new(name.to_owned(), Coverage::of(obligations)))
            .enumerate()
            .collect();
        let mut by_rate: Vec<Ranked<usize>> =
            ranked.iter().map(|(at, group)| Ranked::new(*at, group.coverage)).collect();
        rank(&mut by_rate);
        for group in by_rate {
            ranked[group.key].1.rank = group.rank;
        }
        ranked.into_iter().map(|(_, group)| group).collect()
    }
}

impl<K> Ranked<K> {
    fn new(key: K, coverage: Coverage) -> Ranked<K> {
        Ranked { key, coverage, rank: None, errors: 0, warnings: 0 }
    }
}

/// Sorts by reporting rate, then by on-time rate, and sets the ranks. Rates are compared as fractions, so that 1/3 and
/// 2/6 are equal.
fn rank<K>(ranked: &mut [Ranked<K>]) {
    let rates = |coverage: &Coverage| {
        let base = u64::from(coverage.base());
        (base > 0).then_some((u64::from(coverage.actual()), u64::from(coverage.timely()), base))
    };
    let order = |a: &Coverage, b: &Coverage| match (rates(a), rates(b)) {
        (Some((actual_a, timely_a, base_a)), Some((actual_b, timely_b, base_b))) => {
            (actual_b * base_a, timely_b * base_a).cmp(&(actual_a * base_b, timely_a * base_b))
        }
        (a, b) => b.is_some().cmp(&a.is_some()),
    };
    ranked.sort_by(|a, b| order(&a.coverage, &b.coverage));
    for at in 0..ranked.len() {
        let same = at > 0 && order(&ranked[at - 1].coverage, &ranked[at].coverage).is_eq();
        ranked[at].rank = match rates(&ranked[at].coverage) {
            None => None,
            Some(_) if same => ranked[at - 1].rank,
            Some(_) => Some(at as u32 + 1),
        };
    }
}

/// A rate as printed in reports: `85.7%`; `—` if the denominator is 0.
pub fn percent(numerator: u32, denominator: u32) -> String {
    if denominator == 0 {
        return "—".to_owned();
    }
    format!("{:.1}%", f64::from(numerator) * 100.0 / f64::from(denominator))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(on_time: u32, late: u32, missing: u32) -> Ranked<&'static str> {
        Ranked::new("", Coverage { on_time, late, missing, ..Coverage::default() })
    }

    #[test]
    fn equal_rates_share_a_rank_and_who_owes_nothing_has_none() {
        let mut all = [share(0, 0, 0), share(1, 0, 2), share(3, 0, 0), share(2, 0, 4), share(2, 1, 0)];
        rank(&mut all);
        let ranks: Vec<_> = all.iter().map(|r| (r.coverage.base(), r.rank)).collect();
        assert_eq!(ranks, [(3, Some(1)), (3, Some(2)), (3, Some(3)), (6, Some(3)), (0, None)]);
    }
}
