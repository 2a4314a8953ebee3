//! Tables side by side under one heading row: the same table twice, or a summary beside a ledger.

use super::Lexicon;
use super::shape::{Column, Line};
use super::shown::is_blank;
use super::words;
use crate::basis::pool::Texts;
use crate::basis::text::{fold, heading_key};
use crate::read::{Raw, Row};

/// The most columns of a summary beside a ledger.
const TALLY: usize = 4;

/// The position at which a second table begins to the right, if there is one.
pub(super) fn cut(
    columns: &[Column],
    above: &[Line],
    rows: &[&Row],
    texts: &Texts,
    lexicon: &dyn Lexicon,
) -> Option<u32> {
    if columns.len() < 4 {
        return None;
    }
    let leaf = |c: &Column| heading_key(c.heading.rsplit('/').next().unwrap_or(&c.heading));
    let leaves: Vec<String> = columns.iter().map(leaf).collect();
    repeated(columns, &leaves)
        .or_else(|| numbered_again(columns, &leaves, rows, texts, lexicon))
        .or_else(|| titled(columns, above))
        .or_else(|| tally(columns, rows, texts, lexicon))
        .map(|at| columns[at].col)
}

/// Where the headings repeat: 序号 任务 序号 任务.
fn repeated(columns: &[Column], leaves: &[String]) -> Option<usize> {
    let again = (2..=leaves.len() / 2).find(|&at| {
        let same = leaves[..at].iter().zip(&leaves[at..]).filter(|(a, b)| a == b && !a.is_empty()).count();
        // 出发/日期 and 到达/日期 are columns of one table.
        let grouped = columns[..at].iter().zip(&columns[at..]).all(|(a, b)| a.heading != b.heading);
        !grouped && leaves[0] == leaves[at] && !leaves[0].is_empty() && same * 4 >= at * 3 && same >= 2
    })?;
    Some(again)
}

/// Behind an empty column, where each side has a title of its own above it: 进度计划 and 延误原因汇总.
fn titled(columns: &[Column], above: &[Line]) -> Option<usize> {
    let title = |line: &&Line| {
        let folded = fold(&line.2);
        folded.chars().count() > 3
            && !folded.contains(':')
            && !words::is_about(&folded)
            && !words::is_instruction(&folded)
    };
    (2..columns.len().saturating_sub(1)).find(|&at| {
        let (left, right) = (&columns[at - 1], &columns[at]);
        let apart = right.col > left.area.right + 1;
        let over = |line: &Line| line.1 == right.col;
        apart
            && above.iter().filter(title).any(over)
            && above.iter().filter(title).any(|line| line.1 <= columns[0].col + 1)
    })
}

/// A second 序号 that numbers rows of its own, not one within the first.
fn numbered_again(
    columns: &[Column],
    leaves: &[String],
    rows: &[&Row],
    texts: &Texts,
    lexicon: &dyn Lexicon,
) -> Option<usize> {
    let first = columns.iter().position(|c| c.field.is_some_and(|field| lexicon.is_serial(field)))?;
    let second = (first + 3..columns.len()).find(|&at| leaves[at] == leaves[first])?;
    let titled = || is_titled_again(columns, first, second);
    (titled() || alone(columns, first, second, rows, texts).0 >= 2).then_some(second)
}

/// Whether two running numbers stand each at the beginning of its own group: 工作总结/序号 and 数据统计/序号.
fn is_titled_again(columns: &[Column], first: usize, second: usize) -> bool {
    let group = |at: usize| columns[at].heading.rsplit_once('/').map(|parts| parts.0);
    let (own, other) = (group(first), group(second));
    own.is_some() && other.is_some() && own != other && (0..second).all(|at| group(at) == own)
}

/// The number of rows that are filled from the column `from` on but empty before it, except for the running number; and
/// whether each of these begins with a text and ends with a number.
fn alone(columns: &[Column], serial: usize, from: usize, rows: &[&Row], texts: &Texts) -> (usize, bool) {
    let (number, right) = (columns[serial].col, columns[from].col);
    let (mut count, mut tallied) = (0, true);
    for row in rows {
        let mut cells = row.cells.iter().filter(|cell| cell.0 != number && !is_blank(cell.1, texts));
        let Some(&(col, first)) = cells.next() else { continue };
        if col < right {
            continue;
        }
        count += 1;
        let last = cells.next_back().map(|cell| cell.1);
        tallied &= matches!((first, last), (Raw::Text(_), Some(Raw::Number { .. })));
    }
    (count, tallied)
}

/// A summary at the right: after an empty column and with fewer rows than the ledger, or with rows of its own.
fn tally(columns: &[Column], rows: &[&Row], texts: &Texts, lexicon: &dyn Lexicon) -> Option<usize> {
    let serial = columns.iter().position(|c| c.field.is_some_and(|field| lexicon.is_serial(field))).unwrap_or(0);
    let from = columns.len().saturating_sub(TALLY).max(3);
    for at in from..columns.len() - 1 {
        let gap = columns[at].col > columns[at - 1].area.right + 1;
        // Behind a gap a tally may name what it counts: 类别 | 件数.
        let named = columns[at..].iter().skip(usize::from(gap));
        if named.into_iter().any(|c| c.field.is_some_and(|field| !lexicon.is_amount(field))) {
            continue;
        }
        let (alone, tallied) = alone(columns, serial, at, rows, texts);
        if alone >= 2 && tallied {
            return Some(at);
        }
        // Its first row may stand where the ledger has its heading.
        let figure = |c: &Column| c.heading.trim().parse::<f64>().is_ok();
        let risen = gap && columns.len() - at == 2 && !figure(&columns[at]) && figure(&columns[at + 1]);
        if risen || gap && is_short_block(columns, at, rows, texts) {
            return Some(at);
        }
    }
    None
}

/// Whether the columns from `at` on have a full block of texts and numbers in the first rows and nothing below, while the
/// table continues for at least two rows.
fn is_short_block(columns: &[Column], at: usize, rows: &[&Row], texts: &Texts) -> bool {
    let right = &columns[at..];
    let held = |row: &&Row| right.iter().filter(|c| !is_blank(row.get(c.col), texts)).count();
    let full = rows.iter().take_while(|row| held(row) == right.len()).count();
    let rest = rows.get(full..).unwrap_or_default();
    let numbers = right.iter().any(|c| rows.first().is_some_and(|row| matches!(row.get(c.col), Raw::Number { .. })));
    full > 0 && rest.len() >= 2 && numbers && rest.iter().all(|row| held(row) == 0)
}

#[cfg(test)]
mod tests;
