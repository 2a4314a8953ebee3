//! Headings of cross-tabs: units, tasks or periods stand where a list has the names of its columns.

use super::evidence::is_month;
use super::heading::{Finder, Heading};
use super::numbered::{days, decimals, number_of};
use super::shape::{Axis, Column};
use super::shown::{is_blank, shown};
use super::words;
use crate::basis::text::{fold, heading_key};
use crate::read::{Raw, Row};
use chrono::Datelike;

/// So many running numbers side by side are days, as 1 to 31 under a month.
const RUN: usize = 5;

/// The columns that running numbers or days as decimals head.
fn running(columns: &[Column]) -> Vec<u32> {
    let number = |c: &Column| number_of(&c.heading);
    let runs =
        columns.chunk_by(|a, b| matches!((number(a), number(b)), (Some(a), Some(b)) if a.checked_add(1) == Some(b)));
    let numbers = runs.filter(|run| run.len() >= RUN).flatten().map(|c| c.col);
    numbers.chain(decimals(columns).into_iter().map(|day| day.0)).collect()
}

/// The columns of a row whose numbers or days run on by one or by a week, over the end of a month too: 29 30 31 1 2.
pub(super) fn running_cells(row: &Row) -> Vec<u32> {
    let numbers = row.cells.iter().filter_map(|&(col, raw)| match raw {
        Raw::Number { percent: false, value } if value.fract() == 0.0 => Some((col, value as i64)),
        Raw::Date(moment) => Some((col, i64::from(moment.date().num_days_from_ce()))),
        _ => None,
    });
    let numbers: Vec<(u32, i64)> = numbers.collect();
    let follows = |a: i64, b: i64| [1, 7].contains(&b.saturating_sub(a)) || b == 1 && (28..=31).contains(&a);
    let runs = numbers.chunk_by(|a, b| follows(a.1, b.1)).filter(|run| run.len() >= RUN);
    runs.flatten().map(|number| number.0).collect()
}

impl Finder<'_> {
    /// The heading that begins at the row at this position by its axis, if one does: two units, tasks or periods side by
    /// side and the name of another column. Within a table (`inside`) that name must be known.
    pub(super) fn crossed_at(&self, at: usize, inside: Option<&Heading>) -> Option<Heading> {
        /// Where no table has begun by then, none begins with an axis.
        const FIRST: usize = 60;
        if inside.is_none() && at >= FIRST {
            return None;
        }
        let rows = &self.sheet.grid.rows;
        let row = &rows[at];
        let grouped = || {
            let tied = self.merges.starting(row.index).iter().any(|m| m.right > m.left || m.bottom > m.top);
            tied && {
                let bottom = self.bottom(at).max(row.index + 1);
                rows[at + 1..].iter().take_while(|next| next.index <= bottom).any(|next| self.has_axis(next))
            }
        };
        let alone = inside.is_none() && self.has_one_task(at);
        if inside.is_some_and(|known| known.is_repeated_by(row)) || !(alone || self.has_axis(row) || grouped()) {
            return None;
        }
        let heading = self.frame(at)?;
        let days = running(&heading.columns);
        let axis = |column: &Column| {
            if days.contains(&column.col) { Some(Axis::Period) } else { self.axis_of(&column.heading) }
        };
        let mut named: Vec<(Axis, &str)> = Vec::new();
        for column in &heading.columns {
            if let Some(kind) = axis(column)
                && !named.contains(&(kind, &column.heading))
            {
                named.push((kind, &column.heading));
            }
        }
        let enough = |kind| named.iter().filter(|one| one.0 == kind).count() >= 2;
        let first = heading.columns.iter().find(|c| axis(c).is_some()).map_or(0, |c| c.col);
        let others = || heading.columns.iter().filter(|c| axis(c).is_none() && !c.heading.is_empty());
        let fits = |c: &Column| {
            let leaf = heading_key(c.heading.rsplit('/').next().unwrap_or(&c.heading));
            !self.lexicon.is_value(&leaf) && !leaf.chars().all(|c| c.is_ascii_digit())
        };
        // Beside units or tasks of the campaign any short word names what the rows begin with: 社区, 点位.
        let sure = [Axis::Unit, Axis::Task].into_iter().any(enough) && self.is_led(&heading, first);
        let corner = |c: &Column| {
            let key = heading_key(&c.heading);
            let short = || key.chars().count() <= 6 && !self.lexicon.is_unit(&fold(&c.heading));
            c.col < first
                && (c.field.is_some()
                    || words::is_headingish(&key)
                    || key.contains(['/', '\\'])
                    || sure && inside.is_none() && short())
        };
        let led = others().any(corner) || inside.is_none() && others().count() == 0 && self.is_led(&heading, first);
        // Months alone stand over the days, or over all the names, of the row below.
        if others().count() == 0
            && rows.get(heading.at.1).is_some_and(|next| next.index == heading.area.bottom + 1)
            && self.shaped_at(heading.at.1, inside).is_some_and(|below| below.area.top == heading.area.top)
        {
            return None;
        }
        let known = inside.is_none() || others().any(|c| c.field.is_some());
        let found = alone || [Axis::Unit, Axis::Task, Axis::Period].into_iter().any(enough);
        (found && led && known && others().all(fits)).then_some(Heading { by_shape: true, ..heading })
    }

    /// What a heading is on an axis: all of it, else one of its rows.
    fn axis_of(&self, heading: &str) -> Option<Axis> {
        let axis = |part: &str| self.lexicon.axis(&fold(part));
        heading.split('/').find_map(axis).or_else(|| axis(heading))
    }

    /// The columns of a row that hold days as decimals: 8.1, 8.2 …
    pub(super) fn days_of(&self, row: &Row) -> Vec<u32> {
        let decimal = |cell: &&(u32, Raw)| match cell.1 {
            Raw::Number { percent: false, value } => value.fract() != 0.0 && value < 13.0,
            _ => false,
        };
        if row.cells.iter().filter(decimal).take(RUN).count() < RUN {
            return Vec::new();
        }
        let cells = row.cells.iter().map(|&(col, raw)| (col, shown(raw, self.texts).into_owned()));
        days(cells).into_iter().map(|day| day.0).collect()
    }

    /// Whether two texts of a row are of an axis.
    fn has_axis(&self, row: &Row) -> bool {
        let asked = |text| {
            let known = self.axes.borrow().get(&text).copied();
            known.unwrap_or_else(|| {
                let axis = self.lexicon.axis(&fold(self.texts.get(text)));
                self.axes.borrow_mut().insert(text, axis);
                axis
            })
        };
        let number =
            |cell: &&(u32, Raw)| matches!(cell.1, Raw::Number { percent: false, value } if value.fract() == 0.0);
        let month = |cell: &&(u32, Raw)| matches!(cell.1, Raw::Number { percent: false, value } if is_month(value));
        if row.cells.iter().filter(number).take(RUN).count() == RUN
            || row.cells.iter().filter(month).nth(1).is_some()
            || !self.days_of(row).is_empty()
        {
            return true;
        }
        let axis = |cell: &&(u32, Raw)| matches!(cell.1, Raw::Text(text) if asked(text).is_some());
        row.cells.len() >= 2 && row.cells.iter().filter(axis).take(2).count() == 2
    }

    /// Whether one task of the campaign and a known name stand side by side in the row at this position, the name over a
    /// unit and the task over its report: 单位 | 广告整治.
    fn has_one_task(&self, at: usize) -> bool {
        let rows = &self.sheet.grid.rows;
        if !self.words(&rows[at]).any(|word| self.field(word.1).is_some()) {
            return false;
        }
        let bottom = self.bottom(at);
        let Some(below) = rows[at..].iter().find(|row| row.index > bottom) else { return false };
        let told = |col: u32, tells: &dyn Fn(&str) -> bool| match below.get(col) {
            Raw::Text(text) => tells(&fold(self.texts.get(text))),
            _ => false,
        };
        let is_task = |text: &str| self.lexicon.is_task(text);
        let over_units = |(col, text)| self.field(text).is_some() && told(col, &|text| self.lexicon.is_unit(text));
        let tasks = || self.words(&rows[at]).filter(|word| is_task(&fold(self.texts.get(word.1))));
        self.words(&rows[at]).any(over_units) && tasks().count() == 1 && tasks().all(|word| !told(word.0, &is_task))
    }

    /// Whether an empty corner stands over texts that the next rows begin with.
    fn is_led(&self, heading: &Heading, first: u32) -> bool {
        let text = |cell: &(u32, Raw)| matches!(cell.1, Raw::Text(_)) && !is_blank(cell.1, self.texts);
        let below = self.sheet.grid.rows.iter().skip(heading.at.1).take(3);
        first > 0 && below.filter(|row| row.cells.iter().any(|cell| cell.0 < first && text(cell))).count() >= 1
    }
}

#[cfg(test)]
mod tests;
