//! Columns not decided by a heading: those without one, running numbers, and those merged into the column before.

use super::Lexicon;
use super::body::Body;
use super::shape::{Column, Told};
use super::shown::is_blank;
use crate::basis::place::Area;
use crate::read::Raw;

impl Body<'_> {
    /// Binds a column of running numbers at the left to 序号, whatever its heading: #, 问题No.
    pub(super) fn tell_serial(&mut self, lexicon: &dyn Lexicon) {
        let Some(field) = lexicon.field("序号") else { return };
        if self.heading.columns.iter().any(|c| c.field == Some(field)) {
            return;
        }
        let texts = self.texts;
        for column in self.heading.columns.iter_mut().take(2).filter(|c| c.field.is_none()) {
            // In each part of the table they may begin anew.
            let (mut count, mut runs, mut last, mut parted) = (0usize, true, 0.0f64, false);
            for row in self.rows.iter().take(40) {
                let number = match row.get(column.col) {
                    Raw::Number { value, percent: false } => Some(value),
                    Raw::Text(text) => texts.get(text).trim().parse().ok(),
                    _ => None,
                };
                let Some(number) = number else {
                    parted = true;
                    continue;
                };
                let follows = |last: f64| (number - last - 1.0).abs() < 1e-9;
                runs &= follows(last) || parted && last > 1.0 && follows(0.0);
                (count, last, parted) = (count + 1, number, false);
            }
            if count >= 2 && runs {
                (column.field, column.also, column.told_by) = (Some(field), None, Some(Told::Numbers));
                return;
            }
        }
    }

    /// Adds columns that have cells but no heading: running numbers at the left become 序号, others stay unnamed.
    pub(super) fn add_unnamed_columns(&mut self, lexicon: &dyn Lexicon) {
        /// The most columns of a sheet.
        const WIDTH: usize = 16_384;
        let Area { left, right, .. } = self.heading.area;
        let mut named = vec![false; WIDTH];
        for column in &self.heading.columns {
            if let Some(named) = named.get_mut(column.col as usize) {
                *named = true;
            }
        }
        self.drop_carried();
        self.leave_to_parts(lexicon);
        let mut found: Vec<(u32, usize, usize)> = Vec::new();
        let mut index: Vec<u16> = vec![0; WIDTH];
        for row in &self.rows {
            let mut cells = row.cells.iter().filter(|cell| !is_blank(cell.1, self.texts)).peekable();
            let Some(first) = cells.next() else { continue };
            // notes and titles beside or below the table are not columns
            if cells.peek().is_none() {
                continue;
            }
            for &(col, raw) in std::iter::once(first).chain(cells) {
                let at = col as usize;
                if at >= WIDTH || named[at] {
                    continue;
                }
                if index[at] == 0 {
                    found.push((col, 0, 0));
                    index[at] = found.len() as u16;
                }
                let entry = &mut found[index[at] as usize - 1];
                entry.1 += 1;
                entry.2 += usize::from(self.is_number_like(raw));
            }
        }
        let has_serial = self.heading.columns.iter().any(|c| c.field.is_some_and(|f| lexicon.is_serial(f)));
        found.sort_unstable();
        for (nth, (col, all, numbers)) in found.into_iter().enumerate() {
            let leads = nth == 0 && col <= left && numbers * 10 >= all * 6;
            let field = lexicon.field("序号").filter(|_| leads && !has_serial);
            let field = field.filter(|&field| self.heading.columns.iter().all(|c| c.field != Some(field)));
            self.heading.columns.push(Column {
                col,
                heading: String::new(),
                field,
                also: None,
                unit: None,
                area: Area { left: col, right: col, ..self.heading.area },
                told_by: field.map(|_| Told::Numbers),
                crossed: None,
                together: None,
                below: None,
            });
        }
        self.heading.columns.sort_by_key(|c| c.col);
        self.heading.area.left = self.heading.columns.first().map_or(left, |c| c.col.min(left));
        self.heading.area.right = self.heading.columns.last().map_or(right, |c| c.col.max(right));
    }

    /// Removes the further columns of a heading merged over several, where its cells are merged in the same way.
    fn drop_carried(&mut self) {
        let columns = &self.heading.columns;
        let carried = |at: usize| {
            at > 0 && columns[at].area.top == columns[at - 1].area.top && {
                let (before, own) = (columns[at - 1].area, columns[at].area);
                before.right == own.right && own.left > before.left && columns[at].field.is_none()
            }
        };
        let empty: Vec<u32> = (0..columns.len())
            .filter(|&at| carried(at))
            .map(|at| columns[at].col)
            .filter(|&col| self.rows.iter().all(|row| is_blank(row.get(col), self.texts)))
            .collect();
        self.heading.columns.retain(|c| !empty.contains(&c.col));
    }

    /// Gives the field that makes the table worth reading to the second column under its heading where the first holds
    /// names of groups: 工作任务 over 宣传 | 张贴海报, ^ | 悬挂横幅.
    fn leave_to_parts(&mut self, lexicon: &dyn Lexicon) {
        /// So many rows are looked at.
        const ROWS: usize = 60;
        let columns = &self.heading.columns;
        let parted = |at: &usize| {
            let (own, next) = (&columns[*at], &columns[*at + 1]);
            let one = (own.area.top, own.area.right) == (next.area.top, next.area.right) && own.heading == next.heading;
            one && next.field.is_none() && own.field.is_some_and(|field| lexicon.is_table(&[field]))
        };
        let Some(at) = (0..columns.len().saturating_sub(1)).find(parted) else { return };
        let (group, part) = (columns[at].col, columns[at + 1].col);
        let (mut parts, mut groups, mut both) = (0usize, 0usize, 0usize);
        for row in self.rows.iter().take(ROWS) {
            let (own, next) = (!is_blank(row.get(group), self.texts), row.get(part));
            let next = matches!(next, Raw::Text(_)) && !is_blank(next, self.texts);
            parts += usize::from(next);
            groups += usize::from(own);
            both += usize::from(own && next);
        }
        if both > 0 && parts >= 2 && groups < parts && (groups - both) * 4 <= parts {
            self.heading.columns[at + 1].field = self.heading.columns[at].field.take();
        }
    }

    fn is_number_like(&self, raw: Raw) -> bool {
        match raw {
            Raw::Number { .. } => true,
            Raw::Text(text) => {
                let text = self.texts.get(text);
                text.len() <= 24
                    && text.chars().any(char::is_numeric)
                    && !text.chars().any(|c| c.is_alphabetic() && !c.is_numeric() && !c.is_ascii())
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests;
