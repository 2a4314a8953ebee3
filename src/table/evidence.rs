//! Recognises headings by their shape and the cells below them, where their words are not known.

mod axis;

pub(super) use axis::{axis_of_days, is_month};

use self::axis::{are_near, axis, stand_twice};
use super::below::{Below, ROWS_BELOW};
use super::heading::{Finder, Heading, cells, leaf};
use super::shape::Column;
use super::shown::{is_blank, is_lone, shown};
use super::words;
use crate::basis::text::heading_key;
use crate::read::{Raw, Row};

/// At least three quarters of the cells of a heading have at most so many characters.
const LONG: usize = 16;
/// A number as the value of a label has no more digits.
const DIGITS: usize = 3;
/// A row of a form has no more labels and values.
const FORM: usize = 6;
/// The most rows of labels above the actual heading.
const LABELS: usize = 5;
/// So many rows or columns of one kind are no accident.
const MANY: usize = 3;
/// So many rows of a name and a number are a list.
const COUNTED: usize = 5;

/// Whether the rows below are no wider than a heading of so many texts allows.
fn wide(below: &Below, named: usize) -> bool {
    below.cells <= below.rows * (named * 2 + 1)
}

impl Finder<'_> {
    /// The heading that begins at this row position, judged by its shape. Within a table (`inside`) its texts must also
    /// look like headings.
    pub(super) fn shaped_at(&self, at: usize, inside: Option<&Heading>) -> Option<Heading> {
        let row = &self.sheet.grid.rows[at];
        if !self.may_be_shaped(row)
            || self.has_labelled_value(row)
            || self.is_labels_alone(row)
            || self.is_pair_of_labels_at(at)
            || self.holds_tall(row)
            || inside.is_some_and(|known| known.is_repeated_by(row))
        {
            return None;
        }
        let heading = self.with_groups(self.frame(at)?);
        if !self.is_shaped(&heading, inside.is_some()) || self.is_form(heading.at.1, &heading.columns) {
            return None;
        }
        // Titles and rows of labels look like narrow headings: take the widest of the nearby rows.
        let width = named(&heading);
        let mut last = heading.area.bottom;
        for (below, row) in self.sheet.grid.rows.iter().enumerate().skip(heading.at.1).take(LABELS) {
            if row.index > last + 1 || !self.may_be_shaped(row) {
                break;
            }
            last = row.index;
            let better = |other: &Heading| other.readable || named(other) > width;
            if self.worded_at(below, None).is_some_and(|other| better(&other))
                || self.frame(below).is_some_and(|other| named(&other) > width && self.is_shaped(&other, false))
            {
                return None;
            }
        }
        Some(Heading { by_shape: true, ..heading })
    }

    /// Adds the row of merged groups of numbers above a heading: 2018 | 2019 over months.
    pub(super) fn with_groups(&self, heading: Heading) -> Heading {
        let grouped = |row: &Row| {
            let mut cells = row.cells.iter().filter(|cell| !is_blank(cell.1, self.texts)).peekable();
            let merged = |&(col, raw): &(u32, Raw)| {
                let number = match raw {
                    Raw::Number { .. } => true,
                    Raw::Text(text) => self.texts.get(text).trim().starts_with(|c: char| c.is_ascii_digit()),
                    _ => false,
                };
                let area = self.merges.anchored(row.index, col);
                number && area.right > area.left && area.bottom == area.top && area.left >= heading.area.left
            };
            let many = row.cells.iter().filter(|cell| !is_blank(cell.1, self.texts)).count() > 1;
            many && cells.peek().is_some() && cells.all(merged)
        };
        let above = heading.at.0.checked_sub(1);
        match above.filter(|&above| {
            let row = &self.sheet.grid.rows[above];
            row.index + 1 == heading.area.top && grouped(row)
        }) {
            Some(above) => self.spanning(above, &heading).unwrap_or(heading),
            None => heading,
        }
    }

    /// The same heading with one more row above it.
    fn spanning(&self, above: usize, heading: &Heading) -> Option<Heading> {
        let rows = &self.sheet.grid.rows[above..heading.at.1];
        let columns = self.columns(rows, (0, u32::MAX));
        let mut area = heading.area;
        area.top = rows.first()?.index;
        area.left = columns.iter().map(|c| c.col).min()?;
        area.right = columns.iter().map(|c| c.col).max()?;
        let fields: Vec<_> = columns.iter().filter_map(|c| c.field).collect();
        Some(Heading {
            area,
            why: super::heading::why(area, &columns),
            texts: rows.iter().map(|row| self.words(row).collect()).collect(),
            known: fields.len(),
            readable: self.lexicon.is_table(&fields),
            columns,
            by_shape: heading.by_shape,
            at: (above, heading.at.1),
            first: heading.first,
        })
    }

    /// A cheap first check: short texts, no values, no `label: value`.
    fn may_be_shaped(&self, row: &Row) -> bool {
        let (mut cells, mut long, mut years, mut running, mut last) = (0usize, 0usize, 0usize, 0usize, f64::NAN);
        let closing = self.closing_day(row);
        let decimals = self.days_of(row);
        let aside = self.numbers_aside(row);
        let mut days: Vec<chrono::NaiveDate> = Vec::new();
        let (mut dated, mut plain) = (0usize, 0usize);
        for &(col, raw) in &row.cells {
            match raw {
                Raw::Date(moment) if closing == Some(moment) => {}
                Raw::Number { .. } if decimals.contains(&col) => dated += 1,
                Raw::Number { .. } if aside.is_some_and(|from| col >= from) => {}
                Raw::Empty => {}
                Raw::Text(text) => {
                    let text = self.texts.get(text).trim();
                    if text.is_empty() {
                        continue;
                    }
                    if text.len() > 240 || words::is_label_with_value(text) {
                        return false;
                    }
                    cells += 1;
                    plain += usize::from(text.len() <= DIGITS && text.bytes().all(|b| b.is_ascii_digit()));
                    let own = |key: &str| words::without_translation(key).unwrap_or(key).chars().count();
                    long += usize::from(text.chars().count() > LONG && own(&heading_key(text)) > LONG);
                }
                // Running days or weeks, years, months such as 201802.
                Raw::Number { value, percent: false } => {
                    let period = (190_001.0..210_012.0).contains(&value) || (1990.0..2100.0).contains(&value);
                    // A week after the day before, or early in the next month.
                    let weekly = (value - last - 7.0).abs() < 1e-9 || value < last && value <= 7.0 && last > 21.0;
                    let follows = last.is_nan() || (value - last - 1.0).abs() < 1e-9 || weekly;
                    if value.fract() != 0.0 && !is_month(value) || !(period || follows) {
                        return false;
                    }
                    last = value;
                    dated += usize::from(value.fract() != 0.0);
                    years += usize::from(period);
                    running += usize::from(!period);
                }
                Raw::Date(moment) => days.push(moment.date()),
                _ => return false,
            }
        }
        // Two days are the first and the last of something; an axis of days runs on.
        let axis = days.is_empty()
            || days.len() >= 3 && days.is_sorted_by(|a, b| a < b)
            || days.len() >= 4 && days.len() > 2 * cells && (are_near(&days) || stand_twice(&days));
        // So does one of numbers, but two years stand side by side; one in digits is the value of a label: 编号 | 01.
        let axis = axis && years != 1 && !(1..=2).contains(&running) && plain != 1;
        cells + usize::from(axis) * (days.len() + dated) >= 2 && axis && long * 4 <= cells
    }

    /// The first column of the one or two numbers that somebody worked out behind the texts of a row and a gap.
    fn numbers_aside(&self, row: &Row) -> Option<u32> {
        let last =
            row.cells.iter().rposition(|cell| matches!(cell.1, Raw::Text(_)) && !is_blank(cell.1, self.texts))?;
        let (texts, rest) = row.cells.split_at(last + 1);
        let right = self.merges.anchored(row.index, texts[last].0).right;
        let numbers = rest.iter().filter(|cell| !is_blank(cell.1, self.texts)).collect::<Vec<_>>();
        let [first, ..] = numbers[..] else { return None };
        let few = numbers.len() <= 2 && numbers.iter().all(|cell| matches!(cell.1, Raw::Number { .. }));
        (few && texts.len() > MANY && first.0 > right + 1).then_some(first.0)
    }

    /// The day at the end of a row with its name before it, behind a gap: 股票名称 | 买入价格 | | 统计时间 | 11月13日.
    fn closing_day(&self, row: &Row) -> Option<chrono::NaiveDateTime> {
        let [.., (last, _), (before, Raw::Text(label)), (col, Raw::Date(day))] = row.cells[..] else { return None };
        let named = words::names_a_day(self.texts.get(label));
        (last + 1 < before && before + 1 == col && row.cells.len() > 4 && named).then_some(day)
    }

    /// Whether the texts of a heading and the rows below it are those of a real heading.
    fn is_shaped(&self, heading: &Heading, inside: bool) -> bool {
        let columns = &heading.columns;
        let leaves: Vec<String> = columns.iter().map(leaf).collect();
        let reads = |c: &Column| c.field.is_some() || c.also.is_some() || words::is_headingish(&leaf(c));
        // Two headings are two, over however many columns they are merged.
        let heads: Vec<&Column> = cells(columns).into_iter().filter(|c| !c.heading.is_empty()).collect();
        let (named, like) = if heads.len() <= 2 {
            (heads.len(), heads.iter().filter(|c| reads(c)).count())
        } else {
            (named(heading), columns.iter().filter(|c| reads(c)).count())
        };
        if named < 2 {
            return false;
        }
        let below = self.below(heading);
        // Labels and values alternate too, but then a label begins every row below; a group begins few.
        let labels = below.first.1 > 0 || below.rows < MANY || below.labelled * 2 > below.rows;
        if alternates(columns) && labels {
            return false;
        }
        let like = like + axis(&leaves);
        // 值班人员（白班） and 值班人员（夜班） are two.
        let mut distinct: Vec<&String> = columns.iter().map(|c| &c.heading).filter(|text| !text.is_empty()).collect();
        distinct.sort_unstable();
        distinct.dedup();
        let block = words::of_one_block(&leaves);
        let of_block = named.min(block);
        // 已完成 and 未完成 are headings over numbers only.
        let value = |(at, leaf): (usize, &String)| !below.counted[at] && self.lexicon.is_value(leaf);
        if distinct.len() * 3 < of_block * 2 && distinct.len() < 4 || leaves.iter().enumerate().any(value) {
            return false;
        }
        // A row like those below it is one of them.
        if below.repeats >= 2 || below.repeats == 1 && like * 2 < named {
            return false;
        }
        // A form of labels and values looks like a heading with labels below.
        let paired = below.first.0 >= 2 && below.first.0 * 2 > distinct.len() && below.first.1 * 2 >= below.first.0;
        if distinct.len() <= FORM && !below.valued && paired && !below.numbered {
            return false;
        }
        // A heading alone, to be filled in.
        let alone = || self.sheet.grid.rows.len() == heading.at.1;
        let wide_enough = || named >= 4 && like * 5 >= named * 3 || named == 3 && like == 3 && alone();
        let left_blank = || wide_enough() && self.is_left_blank(heading);
        if below.rows == 0 || below.full == 0 && left_blank() {
            return left_blank();
        }
        // The same headings again, block by block: 姓名 签到 签退 姓名 签到 签退.
        if block >= MANY && block < columns.len() && below.full >= 1 && wide(&below, named) {
            return true;
        }
        let wide = wide(&below, named);
        match named {
            // One more column may have no name; or numbers stand under the second.
            2 => {
                let counted = below.rows >= COUNTED && below.figures == 1 && below.numbers_last == below.rows;
                let one = below.rows >= 3 && (below.wider * 5 >= below.rows * 3 || heading.readable && !inside);
                let listed = || !inside && (self.lists_names(heading) || self.lists_by_number(heading, &below));
                // A label beside a value that is merged over the rest of a form is no heading.
                let merged = heads.len() < columns.len();
                let read = like == 2 && !(merged && below.labelled > 0);
                wide && below.full >= 2 && (read || like == 1 && !merged && (one || counted && !inside || listed()))
            }
            _ if inside => wide && below.rows >= 1 && (like * 5 >= named * 3 || self.counts(heading)),
            _ => {
                wide && below.rows >= 1
                    && (like * 2 >= named
                        || below.values >= 1
                        || like * 4 >= named && self.is_built(heading)
                        || like * 4 >= named && below.figures >= 1 && below.full >= 2
                        || below.figures * 2 >= named && below.full >= 2
                        || is_of_names(heading, &leaves, &below)
                        || runs_below(heading, &leaves, &below)
                        || self.counts_from_one(heading)
                        || like * 2 >= distinct.len() && distinct.len() >= 4 && below.rows >= 2
                        || named == 3
                            && like >= 1
                            && below.rows >= MANY
                            && below.cells == below.rows * named
                            && self.has_lines_above(heading.at.0)
                        || named >= 4 && below.full >= 3 && below.cells * 2 >= below.rows * cells(columns).len())
            }
        }
    }

    /// Whether nothing stands above a row but a few lines of one cell each: titles and labels.
    fn has_lines_above(&self, at: usize) -> bool {
        /// So many lines are no list.
        const LINES: usize = 12;
        at <= LINES && self.sheet.grid.rows[..at].iter().all(|row| is_lone(row, self.texts))
    }

    /// Whether the rows of a heading are held together by cells merged down and by groups merged over several columns.
    fn is_built(&self, heading: &Heading) -> bool {
        let (top, bottom) = (heading.area.top, heading.area.bottom);
        let starting = self.merges.starting(top);
        bottom > top
            && starting.iter().filter(|m| m.bottom == bottom).count() >= 2
            && starting.iter().any(|m| m.bottom < bottom && m.right > m.left)
    }

    /// Whether the first of two headings reads like one and the rows below it are pairs whose first texts are different
    /// and no headings themselves: 姓名 | github over names and accounts.
    fn lists_names(&self, heading: &Heading) -> bool {
        let [first, second] = &heading.columns[..] else { return false };
        let mut names: Vec<&str> = Vec::new();
        let pairs = self.sheet.grid.rows.iter().skip(heading.at.1).take(ROWS_BELOW).take_while(|row| {
            let (Raw::Text(name), false) = (row.get(first.col), is_blank(row.get(second.col), self.texts)) else {
                return false;
            };
            let name = self.texts.get(name).trim();
            let new = !words::is_headingish(&heading_key(name)) && !names.contains(&name);
            names.push(name);
            new
        });
        let pairs = pairs.count();
        let rest = self.sheet.grid.rows.get(heading.at.1 + pairs).filter(|_| pairs < ROWS_BELOW);
        let ended = rest.is_none_or(|row| row.index > heading.area.bottom + pairs as u32 + 1);
        pairs > MANY && ended && words::is_headingish(&leaf(first))
    }

    /// Whether one of the headings is that of the running number and a number stands right below it.
    fn counts(&self, heading: &Heading) -> bool {
        let serial = |c: &&Column| c.field.is_some_and(|field| self.lexicon.is_serial(field));
        let below = |c: &Column| self.sheet.grid.get(heading.area.bottom + 1, c.col);
        heading.columns.iter().filter(serial).any(|c| matches!(below(c), Raw::Number { .. }))
    }

    /// Whether the first heading is that of the running number and 1 stands right below it.
    fn counts_from_one(&self, heading: &Heading) -> bool {
        let first = &heading.columns[0];
        let serial = first.field.is_some_and(|field| self.lexicon.is_serial(field));
        serial && shown(self.sheet.grid.get(heading.area.bottom + 1, first.col), self.texts).trim() == "1"
    }

    /// Whether the first of two headings is the running number and numbered texts stand below: 序号 | 变更.
    fn lists_by_number(&self, heading: &Heading, below: &Below) -> bool {
        let serial = heading.columns[0].field.is_some_and(|field| self.lexicon.is_serial(field));
        serial && below.counted == [true, false] && below.rows >= MANY && below.full == below.rows && below.long > 0
    }

    /// Whether nothing is filled in below a heading: blank rows, running numbers or lines of one text.
    fn is_left_blank(&self, heading: &Heading) -> bool {
        let several = |row: &&Row| row.cells.iter().filter(|cell| !is_blank(cell.1, self.texts)).count() > 1;
        let rows = self.sheet.grid.rows.iter().skip(heading.at.1).take(ROWS_BELOW);
        rows.take_while(|row| !several(row) || row.index == heading.area.bottom + 1).all(|row| !several(&row))
    }
}

/// Whether names of people or places head the columns (日期 | 甲某 | 乙某): the corner says what each row begins with,
/// the others are short and the cells below them longer.
fn is_of_names(heading: &Heading, leaves: &[String], below: &Below) -> bool {
    /// A name has no more characters than this.
    const NAME: usize = 6;
    let [corner, names @ ..] = leaves else { return false };
    let headed = heading.columns[0].field.is_some() || words::is_headingish(corner);
    headed
        && names.iter().all(|name| name.chars().count() <= NAME)
        && below.full >= MANY
        && below.led == below.rows
        && below.length >= NAME * below.long.max(1)
        && below.long > 0
}

/// Whether the first heading is that of days or numbers and nothing else stands below it, in every row: 日期 | 首页 | 列表页.
fn runs_below(heading: &Heading, leaves: &[String], below: &Below) -> bool {
    let named = heading.columns[0].field.is_some() || words::is_headingish(&leaves[0]);
    named
        && below.counted.first() == Some(&true)
        && below.rows >= MANY
        && below.led == below.rows
        && below.full * 2 >= below.rows
}

/// Whether the cells of a heading alternate as labels and values do.
fn alternates(columns: &[Column]) -> bool {
    let heads = cells(columns);
    let known: Vec<bool> = heads.iter().map(|c| c.field.is_some()).collect();
    let leaves: Vec<String> = heads.iter().map(|c| leaf(c)).collect();
    words::alternates(&known, &leaves)
}

/// How many columns of a heading have a text.
fn named(heading: &Heading) -> usize {
    heading.columns.iter().filter(|c| !c.heading.is_empty()).count()
}

#[cfg(test)]
mod tests;
