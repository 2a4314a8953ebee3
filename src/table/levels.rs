//! How many rows a heading has: its levels, by merged cells and by what stands in the next row.

use super::crossed::running_cells;
use super::heading::{Finder, TALLEST};
use super::shown::is_blank;
use super::words;
use crate::basis::place::Area;
use crate::basis::text::heading_key;
use crate::read::{Raw, Row};

impl Finder<'_> {
    /// The last row of a heading that begins at the row at this position.
    pub(super) fn bottom(&self, at: usize) -> u32 {
        let rows = &self.sheet.grid.rows;
        let top = rows[at].index;
        let mut bottom = top;
        loop {
            let merged = (top..=bottom)
                .flat_map(|row| self.merges.starting(row))
                .filter(|m| m.bottom > bottom && m.bottom < top + TALLEST && !self.is_empty(m.top, m.left))
                .map(|m| m.bottom)
                .max();
            let next = rows[at..].iter().take(TALLEST as usize + 1).find(|r| r.index > bottom);
            match (merged, next) {
                (Some(merged), _) => bottom = merged,
                (None, Some(next))
                    if next.index == bottom + 1
                        && next.index < top + TALLEST
                        && self.is_lower_row(self.sheet.grid.row(bottom), next) =>
                {
                    bottom = next.index;
                }
                _ => return bottom,
            }
        }
    }

    /// Whether a row begins a region merged down over more rows than a heading has.
    pub(super) fn holds_tall(&self, row: &Row) -> bool {
        let tall = |m: &Area| m.bottom >= m.top + TALLEST && !self.is_empty(m.top, m.left);
        self.merges.starting(row.index).iter().any(tall)
    }

    /// Whether a row begins a group merged down right below another in the same column: both are of the same table.
    pub(super) fn begins_next_group(&self, row: &Row) -> bool {
        let tall = |m: &&Area| m.bottom > m.top && m.left == m.right;
        self.merges.starting(row.index).iter().filter(tall).any(|m| self.merges.ends_before(m.top, m.left))
    }

    /// Whether a merged cell of a row begins under one merged cell of the row above and ends under another: what belongs to a
    /// group stands within it, so the row above is of another table (日期 | < | 5月2日 | < | 评审人 above 序号 | 位置 | < | 描述 | <).
    fn straddles(&self, row: &Row, next: &Row) -> bool {
        let upper: Vec<Area> = self.words(row).map(|(col, _)| self.merges.anchored(row.index, col)).collect();
        let crosses = |m: &Area| {
            let over: Vec<&Area> = upper.iter().filter(|area| area.left <= m.right && area.right >= m.left).collect();
            over.len() > 1 && over.iter().any(|area| area.left < m.left || area.right > m.right)
        };
        // Two texts may be a label and its value.
        self.words(next).count() > 2
            && self.merges.starting(next.index).iter().any(|m| !self.is_empty(m.top, m.left) && crosses(m))
    }

    /// Whether `next` continues the heading row above it: every cell is below a heading merged over several columns, below
    /// an empty cell, or is itself a known heading, and the row looks like a heading.
    pub(super) fn is_lower_row(&self, row: Option<&Row>, next: &Row) -> bool {
        let Some(row) = row else { return false };
        if self.is_under_days(row, next) {
            return true;
        }
        let titled = self.has_title(row) || self.is_over_all(row, next);
        let about = self.is_labels_with_values(row, next)
            || self.is_value_over_all(row, next)
            || self.is_unit_with_period(row, next)
            || self.is_row_of_pairs(row, next)
            || self.is_pair_of_labels(row, next)
            || self.ends_with_day(row);
        let titled = titled || self.holds_titles(row, next);
        let apart = self.holds_tall(next) || self.straddles(row, next);
        if titled || self.is_labelled_value(row) || about || self.is_about_line(row) || apart {
            return false;
        }
        let wide = |m: &&Area| m.right > m.left && !self.is_empty(m.top, m.left);
        let groups: Vec<Area> = self.merges.starting(row.index).iter().filter(wide).copied().collect();
        let (mut cells, mut known, mut grouped, mut under_gap) = (0usize, 0usize, 0usize, 0usize);
        let mut bound = false;
        let running = running_cells(next);
        for &(col, raw) in &next.cells {
            let text = match raw {
                Raw::Text(text) => text,
                // Under 8月, or under nothing, stand its days.
                _ if running.contains(&col) => {
                    let of_group = groups.iter().any(|g| (g.left..=g.right).contains(&col));
                    if !of_group && !self.is_empty(row.index, col) {
                        return false;
                    }
                    (cells, known) = (cells + 1, known + 1);
                    (grouped, under_gap) = (grouped + usize::from(of_group), under_gap + usize::from(!of_group));
                    continue;
                }
                raw if is_blank(raw, self.texts) => continue,
                _ => return false,
            };
            let shown = self.texts.get(text).trim();
            if shown.is_empty() {
                continue;
            }
            if shown.len() > 90 || words::is_label_with_value(shown) || shown.chars().all(|c| c.is_ascii_digit()) {
                return false;
            }
            // What is merged down to the row above has no further level.
            if self.merges.ends_above(row.index, col) {
                return false;
            }
            cells += 1;
            bound |= self.field(text).is_some();
            let is_known = self.field(text).is_some() || words::is_headingish(&heading_key(shown));
            known += usize::from(is_known);
            if groups.iter().any(|g| (g.left..=g.right).contains(&col)) {
                grouped += 1;
            } else if self.is_empty(row.index, col) {
                under_gap += 1;
            } else if !is_known && !self.is_empty(row.index, col + 1) {
                return false;
            }
        }
        // The name of a part stands alone in its row.
        if cells == 1 && grouped == 0 && (self.merges.any() || !bound) {
            return false;
        }
        // A row of groups has at least one group over several columns, and covers most of the columns below.
        let splits = |g: &Area| {
            next.cells.iter().filter(|c| (g.left..=g.right).contains(&c.0) && !is_blank(c.1, self.texts)).count() > 1
        };
        if !groups.is_empty() && !self.tied(row.index) && (!groups.iter().any(splits) || under_gap * 2 > grouped) {
            return false;
        }
        let of_row = self.words(row).count();
        // Groups are merged where anything is; a few words right above full headings are the title of a small table.
        let over_full = || groups.is_empty() && self.merges.any() && under_gap + of_row == cells;
        if of_row <= 2 && cells >= 3 * of_row && over_full() {
            return false;
        }
        cells > 0
            && (grouped == cells && (known > 0 || of_row > 1)
                || known > 0 && under_gap + grouped > 0 && known * 2 >= cells)
    }

    /// Whether the row above is one of running days or numbers and `next` has the names of their weekdays, nothing else or
    /// with the names of the other columns, over which that row is empty.
    fn is_under_days(&self, row: &Row, next: &Row) -> bool {
        /// The name of a column has no more characters than this.
        const NAME: usize = 10;
        let days = running_cells(row);
        let (mut weekdays, mut names, mut like) = (0usize, 0usize, 0usize);
        for &(col, raw) in next.cells.iter().filter(|cell| !is_blank(cell.1, self.texts)) {
            let Raw::Text(text) = raw else { return false };
            let text = self.texts.get(text).trim();
            if days.contains(&col) && words::is_weekday(text) {
                weekdays += 1;
            } else if self.is_empty(row.index, col) && text.chars().count() <= NAME {
                names += 1;
                like += usize::from(words::is_headingish(&heading_key(text)));
            } else {
                return false;
            }
        }
        let alone = || row.cells.iter().all(|cell| days.contains(&cell.0) || is_blank(cell.1, self.texts));
        weekdays * 2 > days.len() && (names == 0 || like * 2 >= names && alone())
    }

    /// Whether rows are items one below the other beside the name of their group, not levels of a heading.
    pub(super) fn is_stacked(&self, rows: &[Row]) -> bool {
        /// No heading has more levels in one column without a group over several.
        const LEVELS: usize = 3;
        let plain = |row: &Row, col: u32| {
            let area = self.merges.anchored(row.index, col);
            area.left == area.right && area.top == area.bottom
        };
        let Some(last) = rows.last().filter(|_| rows.len() > LEVELS) else { return false };
        let levels =
            |col: u32| rows.iter().filter(|row| !is_blank(row.get(col), self.texts) && plain(row, col)).count();
        // A legend may stand in one or two of the columns.
        self.words(last).filter(|&(col, _)| levels(col) > LEVELS).count() * 2 >= self.words(last).count().max(1)
    }
}

#[cfg(test)]
mod tests;
