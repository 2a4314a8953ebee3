//! Divides a sheet into tables and the regions around them.

use super::body::Body;
use super::heading::Finder;
use super::shape::{Line, Parted, Table};
use super::shown::lines;
use super::{Lexicon, loose};
use crate::basis::pool::Texts;
use crate::read::{Row, Sheet};

/// Finds the tables of a sheet that are worth reading, from top to bottom.
pub fn locate(sheet: &Sheet, texts: &Texts, lexicon: &dyn Lexicon) -> Vec<Table> {
    survey(sheet, texts, lexicon).into_iter().filter(|table| table.readable).collect()
}

/// Finds everything with a heading in a sheet, from top to bottom, including tables that lack the required columns (see
/// [`Table::readable`]).
pub fn survey(sheet: &Sheet, texts: &Texts, lexicon: &dyn Lexicon) -> Vec<Table> {
    part(sheet, texts, lexicon).tables
}

/// Divides a sheet into its tables and the regions that have no heading.
pub fn part(sheet: &Sheet, texts: &Texts, lexicon: &dyn Lexicon) -> Parted {
    let finder = Finder::new(sheet, texts, lexicon);
    let rows = &sheet.grid.rows;
    let mut parted = Parted::default();
    let mut open: Option<Body<'_>> = None;
    let mut above: Vec<&Row> = Vec::new();
    let mut at = 0;
    while let Some(row) = rows.get(at) {
        let known = open.as_ref().map(|body| &body.heading);
        let fresh = open.as_ref().is_none_or(|body| body.breaks_before(row));
        // The same heading again after a title or 填报单位 line begins the next block.
        let reopened = open.as_ref().is_some_and(|body| body.is_reopened_by(row, sheet));
        let shaped = known.is_some_and(|known| known.by_shape) && reopened;
        let titles = || open.as_ref().is_some_and(|body| body.heading.is_titled_by(row, rows.get(at + 1)));
        let known = known.filter(|_| !reopened);
        let unworded = || {
            let found = finder.shaped_at(at, known).or_else(|| finder.crossed_at(at, known));
            let found = found.or_else(|| finder.over_days_at(at));
            let found = found.filter(|_| known.is_none() || !finder.begins_next_group(row));
            found.or_else(|| if shaped { finder.again_at(at) } else { None })
        };
        let next = || known.and_then(|known| finder.next_block_at(at, known));
        let heading = finder.worded_at(at, known).or_else(next).or_else(|| if fresh { unworded() } else { None });
        let heading = heading.filter(|_| !titles());
        if let Some(heading) = heading {
            let (top, past) = (heading.area.top, heading.area.bottom);
            if let Some(body) = open.take() {
                above = body.close(&finder, Some(top), &mut parted);
            }
            above.retain(|row| row.index < top);
            parted.loose.extend(loose::regions(&above, texts).into_iter().filter(|l| l.kind != loose::TITLES));
            open = Some(Body::new(heading, lines(above.drain(..), texts), texts));
            at += rows[at..].partition_point(|r| r.index <= past);
        } else {
            match &mut open {
                Some(body) => body.push(row),
                None => above.push(row),
            }
            at += 1;
        }
    }
    match open {
        Some(body) => drop(body.close(&finder, None, &mut parted)),
        None => parted.loose.extend(loose::regions(&above, texts)),
    }
    drop_label_lines(&mut parted.tables);
    parted
}

/// Removes lines of labels above a real heading, which look like a heading without rows.
fn drop_label_lines(tables: &mut Vec<Table>) {
    if !tables.iter().any(|table| table.readable || !table.rows.is_empty()) {
        return;
    }
    let mut above: Vec<Line> = Vec::new();
    tables.retain_mut(|table| {
        above.append(&mut table.above);
        let real = table.readable || !table.rows.is_empty();
        if real {
            table.above = std::mem::take(&mut above);
        }
        real
    });
}
