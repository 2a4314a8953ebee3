//! The grid position of the cells of a Word table, and its merged regions.

use std::collections::BTreeMap;

use super::props::{Merge, OfCell};
use crate::basis::place::Area;
use crate::read::sink::MAX_COLS;

/// The state of a table while its rows are read.
#[derive(Debug)]
pub(super) struct Grid {
    /// The number of the table in the document.
    pub(super) number: usize,
    /// The number of rows begun.
    pub(super) rows: u32,
    /// The number of columns of the widest row.
    pub(super) columns: u32,
    col: u32,
    line: Vec<(Area, Merge, Merge)>,
    /// Merged regions that include the row above, by their first column.
    down: BTreeMap<u32, Area>,
}

impl Grid {
    /// An empty table.
    pub(super) fn new(number: usize) -> Grid {
        Grid { number, rows: 0, columns: 0, col: 0, line: Vec::new(), down: BTreeMap::new() }
    }

    /// Begins a row.
    pub(super) fn begin_row(&mut self) {
        self.rows = self.rows.saturating_add(1);
        self.col = 0;
    }

    /// Skips columns at the start of a row (gridBefore).
    pub(super) fn leave(&mut self, columns: u32) {
        self.col = columns.min(MAX_COLS);
    }

    /// The row and column of the next cell.
    pub(super) fn here(&self) -> (u32, u32) {
        (self.rows.saturating_sub(1), self.col)
    }

    /// Places a cell. Returns whether it is the start of a merged region or not merged at all.
    pub(super) fn put(&mut self, of: OfCell) -> bool {
        let (row, left) = self.here();
        let span = of.span.unwrap_or(1).clamp(1, MAX_COLS);
        self.col = left.saturating_add(span);
        self.columns = self.columns.max(self.col.min(MAX_COLS));
        let merged = span > 1 || of.down != Merge::Alone || of.across != Merge::Alone;
        if left < MAX_COLS && (merged || self.line.last().is_some_and(|last| last.2 != Merge::Alone)) {
            let area = Area { top: row, left, bottom: row, right: (self.col - 1).min(MAX_COLS - 1) };
            self.line.push((area, of.down, of.across));
        }
        span > 1 || of.down == Merge::First || of.across == Merge::First
    }

    /// Ends a row and returns the merged regions that are now complete.
    pub(super) fn end_row(&mut self) -> Vec<Area> {
        let row = self.rows.saturating_sub(1);
        let mut complete = Vec::new();
        let mut whole: Vec<(Area, Merge)> = Vec::new();
        for (area, down, across) in self.line.drain(..) {
            match whole.last_mut() {
                Some((before, _)) if across == Merge::Goes && before.right + 1 == area.left => {
                    before.right = area.right;
                }
                _ => whole.push((area, down)),
            }
        }
        for (area, down) in whole {
            match (down, self.down.get_mut(&area.left)) {
                (Merge::Goes, Some(above)) if above.bottom + 1 == row && above.right == area.right => {
                    above.bottom = row;
                }
                (Merge::First, _) => complete.extend(self.down.insert(area.left, area)),
                _ => complete.push(area),
            }
        }
        self.down.retain(|_, area| {
            let goes_on = area.bottom == row;
            if !goes_on {
                complete.push(*area);
            }
            goes_on
        });
        complete.retain(|area| (area.top, area.left) != (area.bottom, area.right));
        complete
    }

    /// Ends the table and returns the merged regions that include its last row.
    pub(super) fn end(&mut self) -> Vec<Area> {
        let open = std::mem::take(&mut self.down);
        open.into_values().filter(|area| (area.top, area.left) != (area.bottom, area.right)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of cells such as `2`, `v`, `^`, `2v`, `2^`, `h`, `<`, with `+n` for columns left free.
    fn regions(rows: &[&str]) -> Vec<String> {
        let mut grid = Grid::new(0);
        let mut all = Vec::new();
        for row in rows {
            grid.begin_row();
            for cell in row.split_whitespace() {
                if let Some(free) = cell.strip_prefix('+') {
                    grid.leave(free.parse().expect("a number"));
                    continue;
                }
                let span = cell.trim_end_matches(|c: char| !c.is_ascii_digit()).parse().ok();
                let sign = |first, goes| match () {
                    () if cell.contains(first) => Merge::First,
                    () if cell.contains(goes) => Merge::Goes,
                    () => Merge::Alone,
                };
                grid.put(OfCell { span, down: sign('v', '^'), across: sign('h', '<'), deleted: false });
            }
            all.extend(grid.end_row());
        }
        all.extend(grid.end());
        all.sort_unstable();
        all.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn merges_come_out_as_regions() {
        assert_eq!(regions(&["v 2 .", "^ . .", ". . ."]), ["A1:A2", "B1:C1"]);
        assert_eq!(regions(&["2v .", "2^ .", "2v .", "2^ ."]), ["A1:B2", "A3:B4"], "two, one below the other");
        assert_eq!(regions(&["+1 v .", "+1 ^ ."]), ["B1:B2"]);
        assert_eq!(regions(&["h < < .", ". . . ."]), ["A1:C1"]);
        assert_eq!(regions(&["hv <v .", "h^ <^ ."]), ["A1:B2"]);
    }

    #[test]
    fn what_does_not_fit_the_cell_above_stands_alone() {
        assert_eq!(regions(&["v .", "2^"]), ["A2:B2"]);
        assert_eq!(regions(&["^ .", "< ."]), [""; 0]);
        assert_eq!(regions(&["v .", ". .", "^ ."]), [""; 0], "a row between");
    }

    #[test]
    fn the_first_cell_of_a_merge_is_told() {
        let first = |span: Option<u32>, down: Merge, across: Merge| {
            let mut grid = Grid::new(0);
            grid.begin_row();
            grid.put(OfCell { span, down, across, deleted: false })
        };
        assert!(!first(None, Merge::Alone, Merge::Alone) && !first(Some(1), Merge::Alone, Merge::Alone));
        assert!(first(Some(2), Merge::Alone, Merge::Alone) && first(Some(2), Merge::Goes, Merge::Goes));
        assert!(first(None, Merge::First, Merge::Alone) && first(None, Merge::Alone, Merge::First));
        assert!(!first(None, Merge::Goes, Merge::Alone) && !first(None, Merge::Alone, Merge::Goes));
    }

    #[test]
    fn rows_and_columns_are_counted() {
        let mut grid = Grid::new(3);
        assert_eq!(grid.here(), (0, 0));
        for cells in [2, 3, 1] {
            grid.begin_row();
            for _ in 0..cells {
                grid.put(OfCell { span: None, down: Merge::Alone, across: Merge::Alone, deleted: false });
            }
            assert_eq!(grid.here(), (grid.rows - 1, cells));
            assert!(grid.end_row().is_empty());
        }
        assert_eq!((grid.rows, grid.columns), (3, 3));
    }

    #[test]
    fn wild_spans_stay_in_the_grid() {
        assert_eq!(regions(&["4000000000 4000000000v .", "4000000000 4000000000^ ."]), ["A1:XFD1", "A2:XFD2"]);
    }
}
