//! The columns under heading rows: their heading texts, and the field each is bound to.

use std::collections::BTreeMap;

use super::heading::Finder;
use super::measures::unit_of;
use super::shape::Column;
use super::shown::is_blank;
use super::{Decided, FieldId, Lexicon, shown, words};
use crate::basis::place::Area;
use crate::basis::text::heading_key;
use crate::read::{Raw, Row};

/// A heading cell merged over more columns than this is a title.
const WIDEST: u32 = 60;

/// What the groups over the lowest row of a heading make of it.
pub fn by_group(heading: &str, lexicon: &dyn Lexicon) -> Option<Decided> {
    let mut parts = heading.rsplit('/').map(heading_key);
    let leaf = parts.next()?;
    parts.find_map(|group| lexicon.within(&group, &leaf))
}

/// One part of a column's heading: its text and area.
type Part = (String, Area);

impl Finder<'_> {
    /// The columns under the heading rows, bound to fields.
    pub(super) fn columns(&self, rows: &[Row], range: (u32, u32)) -> Vec<Column> {
        let parts = self.parts(rows, range);
        let span = |part: &Part| part.1.right - part.1.left;
        let mut columns = Vec::with_capacity(parts.len());
        let mut keys: Vec<String> = Vec::with_capacity(parts.len());
        let mut seen: Option<Area> = None;
        for (&col, parts) in &parts {
            let Some(&(_, area)) = parts.last() else { continue };
            let (key, field) = self.meaning(parts, span);
            // The second column under a merged heading continues the first.
            let carried = seen == Some(area);
            seen = Some(area);
            let heading = Self::heading_text(parts);
            let unit = unit_of(&heading);
            let measured = unit.as_deref().and_then(|unit| self.lexicon.measured(&key, unit));
            let (key, field) = measured.map_or((key, field), |decided| (String::new(), decided.field()));
            columns.push(Column {
                col,
                unit,
                heading,
                field: field.filter(|_| !carried),
                also: None,
                area: Area { left: col, right: area.right.max(col), ..area },
                told_by: None,
                crossed: None,
                together: None,
                below: None,
            });
            keys.push(if carried { String::new() } else { key });
        }
        // 编号： beside other words is a label with a place for its value.
        let label = |c: &Column| c.heading.ends_with([':', '：']);
        if columns.iter().any(|c| !c.heading.is_empty() && !label(c)) {
            for column in columns.iter_mut().filter(|c| label(c)) {
                column.field = None;
            }
        }
        self.settle(&mut columns, &keys);
        columns
    }

    /// For each column the parts of its heading, from top to bottom.
    fn parts(&self, rows: &[Row], range: (u32, u32)) -> BTreeMap<u32, Vec<Part>> {
        let mut parts: BTreeMap<u32, Vec<Part>> = BTreeMap::new();
        for (nth, row) in rows.iter().enumerate() {
            let below = rows.get(nth + 1);
            for &(col, raw) in &row.cells {
                let text = match raw {
                    Raw::Text(text) => self.texts.get(text).trim(),
                    // Years, months and days head columns too.
                    Raw::Number { .. } | Raw::Date(_) => &shown(raw, self.texts),
                    _ => continue,
                };
                if text.is_empty() || !(range.0..=range.1).contains(&col) {
                    continue;
                }
                let mut area = self.merges.anchored(row.index, col);
                if area.right - area.left > WIDEST {
                    area.right = area.left;
                }
                area.right = area.right.min(range.1);
                if let Some(below) = below
                    && area.left == area.right
                    && !is_blank(below.get(col), self.texts)
                {
                    // Without merges, a group extends over the empty cells to its right that have headings below.
                    while area.right - area.left < WIDEST
                        && is_blank(row.get(area.right + 1), self.texts)
                        && !is_blank(below.get(area.right + 1), self.texts)
                        && !parts.contains_key(&(area.right + 1))
                    {
                        area.right += 1;
                    }
                }
                for col in area.left..=area.right {
                    parts.entry(col).or_default().push((text.to_owned(), area));
                }
            }
        }
        parts
    }

    /// The heading as shown, without line breaks, its rows joined by `/`.
    fn heading_text(parts: &[Part]) -> String {
        let mut shown: Vec<String> = Vec::new();
        for (text, _) in parts {
            let text: String = text.trim().chars().filter(|c| !c.is_control()).collect();
            if shown.last() != Some(&text) {
                shown.push(text);
            }
        }
        shown.join("/")
    }

    /// The field of a heading with several parts, and the folded text that decided it: the parts joined if they are known
    /// (责任|单位), else the lowest part, else the part above it if it covers only this column.
    fn meaning(&self, parts: &[Part], span: impl Fn(&Part) -> u32) -> (String, Option<FieldId>) {
        let keys: Vec<String> = parts.iter().map(|part| heading_key(&part.0)).collect();
        let labelled = parts.iter().any(|part| words::is_label_with_value(&part.0));
        let leaf = keys.last().cloned().unwrap_or_default();
        if labelled {
            return (leaf, None);
        }
        for from in 0..keys.len().saturating_sub(1) {
            let joined = keys[from..].concat();
            if let Some(field) = self.lexicon.field(&joined) {
                return (joined, Some(field));
            }
        }
        if let Some(decided) = keys.iter().rev().skip(1).find_map(|group| self.lexicon.within(group, &leaf)) {
            return (leaf, decided.field());
        }
        if let Some(field) = self.named(&leaf) {
            let group = keys.iter().rev().skip(1).find_map(|key| self.lexicon.field(key).map(|group| (key, group)));
            return match group {
                Some((key, group)) if self.lexicon.group_wins(group, field, &leaf) => (key.clone(), Some(group)),
                _ => (leaf, Some(field)),
            };
        }
        for (part, key) in parts.iter().zip(&keys).rev().skip(1) {
            let turned = format!("{leaf}{key}");
            if let Some(field) = self.lexicon.field(&turned) {
                return (turned, Some(field));
            }
            if span(part) == 0
                && let Some(field) = self.lexicon.field(key)
            {
                return (key.clone(), Some(field));
            }
        }
        (leaf, None)
    }

    /// Resolves headings by their neighbours and leaves each field to its best column.
    fn settle(&self, columns: &mut [Column], keys: &[String]) {
        let mut fields: Vec<Option<FieldId>> = columns.iter().map(|c| c.field).collect();
        let names: Vec<&str> = keys.iter().map(String::as_str).collect();
        self.lexicon.settle(&names, &mut fields);
        let mut best: BTreeMap<FieldId, (u8, usize)> = BTreeMap::new();
        for (at, field) in fields.iter().enumerate() {
            if let &Some(field) = field {
                let rank = (self.lexicon.rank(field, &keys[at]), at);
                best.entry(field).and_modify(|known| *known = (*known).min(rank)).or_insert(rank);
            }
        }
        for (at, (column, field)) in columns.iter_mut().zip(fields).enumerate() {
            let wins = field.is_some_and(|field| best.get(&field).is_some_and(|best| best.1 == at));
            (column.field, column.also) = if wins { (field, None) } else { (None, field) };
        }
    }
}

#[cfg(test)]
mod tests;
