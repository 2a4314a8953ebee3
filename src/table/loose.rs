//! Regions without a heading: a list, a form of labels and values, or lines of text.

use super::shape::{Loose, LooseKind};
use super::shown::is_blank;
use super::words;
use crate::basis::place::Area;
use crate::basis::pool::Texts;
use crate::basis::text::{fold, heading_key};
use crate::read::{Raw, Row};

/// Lines of text above a table are its titles.
pub(super) const TITLES: LooseKind = LooseKind::Words;

/// The regions formed by rows outside of all tables.
pub(super) fn regions(rows: &[&Row], texts: &Texts) -> Vec<Loose> {
    let mut found: Vec<Loose> = Vec::new();
    let mut from = 0;
    for to in 1..=rows.len() {
        if to < rows.len() && rows[to].index == rows[to - 1].index + 1 {
            continue;
        }
        let band = &rows[from..to];
        from = to;
        let Some(area) = extent(band, texts) else { continue };
        let kind = kind(band, texts);
        match found.last_mut() {
            Some(last) if last.kind == kind => {
                let (left, right) = (last.area.left.min(area.left), last.area.right.max(area.right));
                last.area = Area { left, right, bottom: area.bottom, ..last.area };
            }
            _ => found.push(Loose { area, kind }),
        }
    }
    found
}

/// The area of the non-empty cells of these rows.
fn extent(rows: &[&Row], texts: &Texts) -> Option<Area> {
    let cells = || rows.iter().flat_map(|row| row.cells.iter().filter(|cell| !is_blank(cell.1, texts)).map(|c| c.0));
    let held = |row: &&&Row| row.cells.iter().any(|cell| !is_blank(cell.1, texts));
    Some(Area {
        top: rows.iter().find(held)?.index,
        left: cells().min()?,
        bottom: rows.iter().rev().find(held)?.index,
        right: cells().max()?,
    })
}

fn kind(rows: &[&Row], texts: &Texts) -> LooseKind {
    let (mut many, mut labels, mut values) = (0usize, 0usize, 0usize);
    let (mut first, mut widths): (Vec<u32>, Vec<usize>) = (Vec::new(), Vec::new());
    for row in rows {
        let cells: Vec<&(u32, Raw)> = row.cells.iter().filter(|cell| !is_blank(cell.1, texts)).collect();
        if cells.len() < 2 {
            continue;
        }
        many += 1;
        labels += usize::from(is_labelled(&cells, texts));
        values += usize::from(cells.iter().any(|cell| !matches!(cell.1, Raw::Text(_))));
        first.push(cells[0].0);
        widths.push(cells.len());
    }
    if labels * 2 >= many && labels > 0 {
        return LooseKind::Form;
    }
    let alike = first.iter().filter(|col| **col == first[0]).count() * 5 >= first.len() * 3;
    let wide = widths.iter().filter(|width| **width >= 3).count() * 2 >= widths.len();
    if many >= 2 && alike && (values > 0 || wide) && many * 2 >= rows.len() {
        LooseKind::Rows
    } else {
        LooseKind::Words
    }
}

/// Whether the cells are labels with values: 工程名称 | 甲 | 编号 | 3, or texts that end in a colon.
fn is_labelled(cells: &[&(u32, Raw)], texts: &Texts) -> bool {
    let label = |cell: &(u32, Raw)| match cell.1 {
        Raw::Text(text) => {
            let text = texts.get(text).trim();
            words::has_label_colon(text)
                || text.chars().count() <= 12
                    && (words::is_about(&fold(text)) || words::is_headingish(&heading_key(text)))
        }
        _ => false,
    };
    let colon = |cell: &&(u32, Raw)| matches!(cell.1, Raw::Text(text) if words::has_label_colon(texts.get(text)));
    let found = cells.iter().filter(|cell| label(cell)).count();
    (label(cells[0]) || cells.iter().any(colon)) && found * 5 >= cells.len() * 2
}

#[cfg(test)]
mod tests;
