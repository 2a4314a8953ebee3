//! Merged regions: those that start in a row, and those that extend into the rows below.

use crate::basis::place::Area;

/// The merged regions of a sheet in reading order.
#[derive(Debug)]
pub(super) struct Merges(Vec<Area>);

impl Merges {
    pub(super) fn new(merges: &[Area]) -> Merges {
        let mut sorted = merges.to_vec();
        sorted.sort_unstable();
        Merges(sorted)
    }

    /// Whether anything is merged.
    pub(super) fn any(&self) -> bool {
        !self.0.is_empty()
    }

    /// The regions whose first row is `row`.
    pub(super) fn starting(&self, row: u32) -> &[Area] {
        let from = self.0.partition_point(|m| m.top < row);
        let to = self.0.partition_point(|m| m.top <= row);
        &self.0[from..to]
    }

    /// Whether a region of at most six rows that covers this column ends at this row and begins above it.
    pub(super) fn ends_above(&self, row: u32, col: u32) -> bool {
        let above = row.saturating_sub(6)..row;
        above
            .into_iter()
            .any(|top| self.starting(top).iter().any(|m| m.bottom == row && (m.left..=m.right).contains(&col)))
    }

    /// Whether a region over several rows of this column alone ends right above this row.
    pub(super) fn ends_before(&self, row: u32, col: u32) -> bool {
        let above = &self.0[..self.0.partition_point(|m| m.top < row)];
        above.iter().rev().any(|m| m.bottom + 1 == row && m.bottom > m.top && m.left == col && m.right == col)
    }

    /// The region that begins at this cell, or the cell itself.
    pub(super) fn anchored(&self, row: u32, col: u32) -> Area {
        self.starting(row).iter().find(|m| m.left == col).copied().unwrap_or(Area::cell(row, col))
    }
}

/// Goes down the rows of a sheet and keeps, for each column, the merged region that extends into the current row. Rows
/// must be visited in ascending order. The cost depends on the number of merges, not of rows.
#[derive(Debug)]
pub struct Spans {
    merges: Vec<Area>,
    next: usize,
    first_col: u32,
    active: Vec<Option<Area>>,
}

impl Spans {
    /// Starts above the first row, for the columns `left..=right`. A region over several columns counts for its first column.
    pub fn new(merges: &[Area], left: u32, right: u32) -> Spans {
        let mut tall: Vec<Area> =
            merges.iter().filter(|m| m.bottom > m.top && (left..=right).contains(&m.left)).copied().collect();
        tall.sort_unstable();
        Spans { merges: tall, next: 0, first_col: left, active: vec![None; (right - left + 1) as usize] }
    }

    /// Moves down to a row.
    pub fn go(&mut self, row: u32) {
        while let Some(&merge) = self.merges.get(self.next).filter(|m| m.top <= row) {
            self.active[(merge.left - self.first_col) as usize] = Some(merge);
            self.next += 1;
        }
    }

    /// The region over several rows in this column that contains the current row `row`.
    pub fn over(&self, row: u32, col: u32) -> Option<Area> {
        let at = col.checked_sub(self.first_col)? as usize;
        self.active.get(at).copied().flatten().filter(|m| m.bottom >= row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_by_their_first_and_last_rows() {
        let area = |top, left, bottom, right| Area { top, left, bottom, right };
        let merges = Merges::new(&[area(2, 1, 4, 2), area(2, 5, 2, 6), area(3, 8, 9, 8)]);
        assert_eq!(merges.starting(2), [area(2, 1, 4, 2), area(2, 5, 2, 6)]);
        assert_eq!((merges.starting(1).len(), merges.starting(3).len(), merges.any()), (0, 1, true));
        assert!(!Merges::new(&[]).any());
        for (row, col, ends) in [
            (4, 1, true),
            (4, 2, true),
            (4, 0, false),
            (4, 3, false),
            (3, 1, false),
            (5, 1, false),
            (2, 5, false),
            (9, 8, true),
        ] {
            assert_eq!(merges.ends_above(row, col), ends, "{row} {col}");
        }
        assert!(!Merges::new(&[area(2, 8, 9, 8)]).ends_above(9, 8), "seven rows above");
    }

    #[test]
    fn a_walk_knows_what_reaches_down() {
        let area = |top, left, bottom, right| Area { top, left, bottom, right };
        let merges = [area(5, 0, 7, 0), area(1, 0, 3, 0), area(1, 1, 1, 4), area(2, 2, 3, 3)];
        let mut spans = Spans::new(&merges, 0, 4);
        spans.go(2);
        assert_eq!(spans.over(2, 0), Some(area(1, 0, 3, 0)));
        assert_eq!(spans.over(2, 1), None, "one row high");
        assert_eq!(spans.over(2, 2), Some(area(2, 2, 3, 3)));
        spans.go(4);
        assert_eq!(spans.over(4, 0), None);
        spans.go(7);
        assert_eq!(spans.over(7, 0), Some(area(5, 0, 7, 0)));
        assert_eq!(Merges::new(&merges).anchored(1, 1), area(1, 1, 1, 4));
        assert_eq!(Merges::new(&merges).anchored(9, 9), Area::cell(9, 9));
    }
}
