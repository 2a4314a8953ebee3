//! Rows in the midst of a table that only name what the rows below them are about: 责任单位：综合科, 工作任务：清理小广告.

use super::in_view::View;
use super::row_hint::RowHint;
use super::shape::{Furniture, RowClass};
use super::shown::{filled, shown};
use super::words;
use crate::basis::pool::Texts;
use crate::basis::text::{fold, heading_key};
use crate::read::{Raw, Row};

/// What a row says that has one text, or a label and its value in two cells (责任单位 | 综合科, read as 责任单位：综合科), or such
/// a label and its value before others.
pub fn row_name(row: &Row, texts: &Texts) -> Option<String> {
    /// A label has no more characters than this.
    const LABEL: usize = 12;
    let mut cells = filled(row, texts);
    let &(_, Raw::Text(first)) = cells.next()? else { return None };
    let first = texts.get(first).trim();
    if !first.contains([':', '：']) && filled(row, texts).nth(2).is_some() {
        return None;
    }
    let others: Vec<Raw> = cells.map(|cell| cell.1).take(LABEL).collect();
    // the telephone beside the unit, or the day of filling in without a label
    let is_day = |text: &str| text.contains('年') && text.chars().all(|c| c.is_ascii_digit() || "年月日".contains(c));
    let about = |raw: &Raw| {
        let text = fold(&shown(*raw, texts));
        matches!(raw, Raw::Date(_)) || words::is_about(&text) || is_day(&text) || words::has_value(&text)
    };
    match others[..] {
        _ if words::has_value(first) && others.iter().all(about) => Some(first.to_owned()),
        [] => Some(first.to_owned()),
        [value @ (Raw::Text(_) | Raw::Date(_))] if first.chars().count() <= LABEL => {
            Some(format!("{}：{}", first.trim_end_matches([':', '：']), shown(value, texts)))
        }
        _ => None,
    }
}

impl View<'_, '_> {
    /// Of each row whether it only names the unit, the task or the period of the records right below it. A label that
    /// stands behind the records of each block, and one that stands once before them all, are lines about the table.
    pub(super) fn heads(&self, hints: &[RowHint]) -> Vec<bool> {
        let mut heads = vec![false; hints.len()];
        // Whether each row is a section with records right below it.
        let mut opens = heads.clone();
        let mut labels: Vec<(String, Vec<usize>)> = Vec::new();
        for at in (0..hints.len()).rev() {
            let numbered = matches!(
                hints[at],
                RowHint::Is(RowClass::Furniture(Furniture::Section)) | RowHint::Perhaps(Furniture::Section)
            );
            opens[at] = numbered && self.stands_over_records(at, true, &opens, hints);
            let Some(name) = self.name(at, hints[at]) else { continue };
            heads[at] = self.stands_over_records(at, words::has_label_colon(&name), &opens, hints);
            opens[at] |= heads[at];
            if let Some(label) = words::label(&fold(&name)).filter(|label| words::is_label(label)) {
                match labels.iter_mut().find(|known| known.0 == label) {
                    Some((_, rows)) => rows.push(at),
                    None => labels.push((label.to_owned(), vec![at])),
                }
            }
        }
        let record = |at: usize| {
            let labelled = || labels.iter().any(|label| label.1.contains(&at));
            hints[at] == RowHint::Is(RowClass::Data) && !labelled()
        };
        let mut lines: Vec<usize> = Vec::new();
        for (_, rows) in &labels {
            let (Some(&last), Some(&first)) = (rows.first(), rows.last()) else { continue };
            let (before, after) = ((0..first).any(record), (last + 1..hints.len()).any(record));
            if before && !after || !before && first == last {
                lines.extend(rows);
            }
        }
        for at in lines {
            heads[at] = false;
        }
        heads
    }

    /// What a row names, if it may name those below it.
    fn name(&self, at: usize, hint: RowHint) -> Option<String> {
        let row = self.body.rows[at];
        let may = match hint {
            RowHint::Is(RowClass::Furniture(what)) => matches!(what, Furniture::Footer | Furniture::Section),
            RowHint::Is(_) | RowHint::Perhaps(_) | RowHint::Lone => true,
            RowHint::Example => false,
        };
        let &(col, _) = filled(row, self.body.texts).next().filter(|_| may && !self.covered[at])?;
        // Under the tasks 工作任务：清理小广告 is a task.
        let lexicon = self.finder.lexicon;
        let field = self.body.heading.columns.iter().find(|c| c.col == col).and_then(|c| c.field);
        let own = |label: &str| field.is_some() && lexicon.field(&heading_key(label)) == field;
        let task = |name: &str| Some(col) == self.task && words::label(&fold(name)).is_some_and(own);
        let leads = |name: &String| col <= self.body.heading.area.left + 1 && !task(name);
        row_name(row, self.body.texts).filter(leads).filter(|name| lexicon.names_rows(name))
    }

    /// Whether records follow right below a row, or another section with records; below a name that nothing else tells they
    /// have something else in its place.
    fn stands_over_records(&self, at: usize, told: bool, opens: &[bool], hints: &[RowHint]) -> bool {
        let (row, texts) = (self.body.rows[at], self.body.texts);
        let Some(next) = self.body.rows.get(at + 1).filter(|next| next.index == row.index + 1) else { return false };
        let col = filled(row, texts).next().map_or(0, |cell| cell.0);
        let cells = |row| filled(row, texts).count();
        let record = || hints[at + 1] == RowHint::Is(RowClass::Data) && cells(next) > cells(row);
        let lexicon = self.finder.lexicon;
        let below = shown(next.get(col), texts);
        let other = || !below.is_empty() && !lexicon.is_unit(&fold(&below)) && !lexicon.names_rows(&below);
        let apart = || told || other();
        opens[at + 1] || record() && apart()
    }
}
