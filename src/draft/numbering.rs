//! 任务编号: the plan's own numbers where they tell the tasks apart, else category and number, as the loader numbers them.

use std::collections::{BTreeMap, BTreeSet};

use super::rows::Row;
use crate::basis::text::{code_key, fold};

/// Gives every row a unique code.
pub(super) fn number(rows: &mut [Row]) {
    let plain = |row: &Row| -> String {
        let key = code_key(&row.number);
        if key.contains('-') { row.number.clone() } else { key }
    };
    let keys: BTreeSet<String> = rows.iter().map(|row| code_key(&row.number)).filter(|key| !key.is_empty()).collect();
    if keys.len() == rows.len() {
        for row in rows.iter_mut() {
            row.code = plain(row);
        }
        return;
    }
    let mut positions: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows.iter() {
        let next = positions.len() + 1;
        positions.entry(fold(&row.category)).or_insert(next);
    }
    let one_category = positions.len() < 2;
    let bases: Vec<String> = rows
        .iter()
        .map(|row| {
            let position = positions.get(&fold(&row.category)).copied().unwrap_or(1);
            let own = plain(row);
            let is_code = own.contains(|c: char| !c.is_alphanumeric());
            match (own.is_empty(), one_category || is_code) {
                (true, true) => String::new(),
                (true, false) => format!("{position}-"),
                (false, true) => own,
                (false, false) => format!("{position}-{own}"),
            }
        })
        .collect();
    let mut shared: BTreeMap<&str, usize> = BTreeMap::new();
    for base in &bases {
        *shared.entry(base).or_default() += 1;
    }
    let mut taken: BTreeSet<String> = BTreeSet::new();
    // Where the search for a free number stopped, so that a plan of thousands of equal numbers takes no longer.
    let mut next: BTreeMap<&str, usize> = BTreeMap::new();
    for (row, base) in rows.iter_mut().zip(&bases) {
        let from = next.entry(base).or_insert(1);
        // A number over several tasks numbers their group: 1-1, 1-2.
        let group = shared.get(base.as_str()).is_some_and(|rows| *rows > 1);
        let candidates = (*from..).map(|turn: usize| match (base.is_empty() || base.ends_with('-'), turn) {
            (true, turn) => format!("{base}{turn}"),
            (false, 1) if !group => base.clone(),
            (false, turn) => format!("{base}-{turn}"),
        });
        let free = candidates.enumerate().find(|(_, code)| taken.insert(code_key(code)));
        let (tried, code) = free.unwrap_or_default();
        *from += tried + 1;
        row.code = code;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(rows: &[(&str, &str)]) -> String {
        let row = |(category, number): &(&str, &str)| Row {
            category: (*category).into(),
            number: (*number).into(),
            ..Row::default()
        };
        let mut rows: Vec<Row> = rows.iter().map(row).collect();
        number(&mut rows);
        rows.iter().map(|row| row.code.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn numbers_that_restart_are_told_apart_by_their_category() {
        assert_eq!(codes(&[("甲", "1"), ("甲", "2"), ("乙", "3")]), "1 2 3");
        assert_eq!(codes(&[("甲", "1"), ("甲", "2"), ("乙", "1")]), "1-1 1-2 2-1");
        assert_eq!(codes(&[("甲", "一"), ("甲", "一"), ("乙", "")]), "1-1-1 1-1-2 2-1");
        assert_eq!(codes(&[("甲", "Ⅱ-1-1)-①"), ("甲", "Ⅱ-1-1)-②")]), "Ⅱ-1-1)-① Ⅱ-1-1)-②");
        assert_eq!(codes(&[("", ""), ("", "")]), "1 2");
        assert_eq!(codes(&[("", "1"), ("", "1"), ("", "2")]), "1-1 1-2 2");
    }
}
