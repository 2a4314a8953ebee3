//! Items with attributions → rows, in the order of the plan, with an account of every paragraph.

use std::collections::BTreeMap;

use super::document::{Block, Document, Spot};
use super::marker::marker;
use super::phrase::BY_MARK;
use super::plan::Plan;
use super::rows::Row;
use super::wording::{is_annex, is_heading};
use super::{Draft, numbering, roster, rules, stated, tables};
use crate::basis::text::unnumbered;

/// A row and where it stands among the blocks of the document.
struct Placed {
    order: (usize, u32),
    row: Row,
}

/// Drafts a division.
pub(super) fn draft(document: &Document) -> Draft {
    let mut paragraphs: Vec<(Spot, String)> = Vec::new();
    let mut blocks: BTreeMap<Spot, usize> = BTreeMap::new();
    let (mut placed, mut reader) = (Vec::new(), tables::Reader::default());
    // The numbered heading that a table stands under, and those under which tables have tasks.
    let (mut above, mut over_tables): (Option<(Spot, &str)>, Vec<Spot>) = (None, Vec::new());
    for (at, block) in document.blocks.iter().enumerate() {
        match block {
            Block::Paragraph(text) => {
                let spot = Spot { table: 0, line: paragraphs.len() as u32 + 1 };
                blocks.insert(spot, at);
                if is_annex(text) {
                    // another document begins
                    above = None;
                } else if marker(text).is_some() {
                    above = Some((spot, unnumbered(text).trim())).filter(|(_, heading)| is_heading(heading));
                }
                paragraphs.push((spot, text.clone()));
            }
            Block::Table(table) => {
                let mut rows = reader.read(table);
                if let Some((spot, heading)) = above.filter(|_| !rows.is_empty()) {
                    over_tables.push(spot);
                    for row in rows.iter_mut().filter(|row| row.category.is_empty()) {
                        heading.clone_into(&mut row.category);
                    }
                }
                placed.extend(
                    rows.into_iter()
                        .map(|row| Placed { order: (at, row.spots.first().map_or(0, |spot| spot.line)), row }),
                );
            }
        }
    }
    let mut plan = Plan::new(&paragraphs, !placed.is_empty());
    plan.emit();
    let order = |row: &Row| (row.spots.first().and_then(|spot| blocks.get(spot)).copied().unwrap_or(0), 0);
    placed.extend(std::mem::take(&mut plan.rows).into_iter().map(|row| Placed { order: order(&row), row }));
    placed.sort_by_key(|placed| placed.order);
    let standing: Vec<usize> = placed.iter().map(|placed| placed.order.0).collect();
    let mut rows: Vec<Row> = placed.into_iter().map(|placed| placed.row).collect();
    numbering::number(&mut rows);

    let (in_text, mut headings) = plan.uses();
    headings.extend(over_tables.into_iter().filter(|spot| !in_text.contains(spot)));
    let mut unused = plan.unused(&paragraphs, &in_text, &headings);
    unused.extend(reader.unused);
    unused.sort_by_key(|one| {
        let block = blocks.get(&one.spot).copied();
        (block.unwrap_or_else(|| reader_block(document, one.spot)), one.spot)
    });
    let notes = unused.iter().map(|one| (one.spot, one.text.clone()));
    let stated: Vec<(Spot, String)> =
        paragraphs.iter().cloned().chain(notes.filter(|(spot, _)| spot.table > 0)).collect();
    if rules::marked_leads(stated.iter().map(|(_, text)| text.as_str())) {
        for row in &mut rows {
            row.doubts.retain(|doubt| doubt != BY_MARK);
        }
    }
    let counted: Vec<(Spot, &str, usize)> =
        paragraphs.iter().map(|(spot, text)| (*spot, text.as_str(), blocks[spot])).collect();
    let of_tables = reader.lines;
    Draft {
        roster: roster::of(&rows),
        fewer: stated::fewer(&counted, &standing),
        parameters: rules::of(&stated, &rows),
        paragraphs: paragraphs.len() + of_tables,
        in_tasks: in_text.len() + reader.in_tasks,
        headings: headings.len() + reader.headings,
        unused,
        rows,
    }
}

/// The block of a table's row.
fn reader_block(document: &Document, spot: Spot) -> usize {
    let tables = document.blocks.iter().enumerate().filter(|(_, block)| matches!(block, Block::Table(_)));
    tables.map(|(at, _)| at).nth((spot.table as usize).saturating_sub(1)).unwrap_or(usize::MAX)
}
