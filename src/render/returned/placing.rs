//! Where proposals go into the copy of a file.

use super::order::CopyOrder;
use super::proposal::{Placed, Proposal};
use crate::basis::place::Area;
use crate::read::{Raw, Sheet, Workbook};

impl CopyOrder {
    /// The same order with its proposals where they fit into the file, and the list saying so.
    pub(super) fn placed(&self, original: &Workbook) -> CopyOrder {
        let mut order = self.clone();
        for proposal in &self.proposals {
            let Some(sheet) = original.sheets.get(proposal.sheet as usize) else { continue };
            let Some(placed) = place(proposal, sheet, original, &order.placed, self) else { continue };
            if let Some(fault) = order.faults.get_mut(proposal.fault) {
                let cell = Area::cell(placed.row, placed.col);
                let told = self.settings.lang.pick(
                    format!("本件已按建议在 {cell} 写上“{}”，不对的请改正。", placed.text),
                    format!(" This copy proposes {} in {cell}; correct it where it is wrong.", placed.text),
                );
                fault.advice.push_str(&told);
            }
            order.placed.push(placed);
        }
        order
    }
}

/// Where a proposal stands; none where the cells are taken.
fn place(
    proposal: &Proposal,
    sheet: &Sheet,
    original: &Workbook,
    taken: &[Placed],
    order: &CopyOrder,
) -> Option<Placed> {
    let Proposal { heading, instead, text, .. } = proposal;
    let lang = order.settings.lang;
    if let Some(area) = instead {
        let Raw::Text(old) = sheet.grid.get(area.top, area.left) else { return None };
        let old = original.texts.get(old);
        let note = lang.pick(
            format!("【建议】原列名“{old}”像是“{text}”，已代为改写；不对的请改回"),
            format!("Proposal: “{old}” seems to be {text} and was renamed; change it back where it is not"),
        );
        return Some(Placed { sheet: proposal.sheet, row: area.top, col: area.left, text: text.clone(), note });
    }
    let others = taken.iter().filter(|one| one.sheet == proposal.sheet && one.row == heading.top);
    let col = others.map(|one| one.col).max().map_or(heading.right, |col| col.max(heading.right)) + 1;
    let last = sheet.grid.extent().map_or(heading.bottom, |extent| extent.bottom);
    let free = |row: u32| sheet.grid.get(row, col) == Raw::Empty;
    let merged = sheet.merges.iter().any(|area| (area.left..=area.right).contains(&col));
    if merged || !(heading.top..=last).all(free) {
        return None;
    }
    let note = lang.pick(
        format!("【建议】缺少“{text}”列，已代为加上，请逐行填写"),
        format!("Proposal: the column {text} was added; fill it in row by row"),
    );
    Some(Placed { sheet: proposal.sheet, row: heading.top, col, text: text.clone(), note })
}
