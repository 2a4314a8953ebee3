//! Headings that a table lacks, as its marked copy proposes them: in place of the name that most likely means it, else in
//! a column of its own.

use serde::{Deserialize, Serialize};

use super::order::CopyOrder;
use crate::basis::Lang;
use crate::basis::place::Area;
use crate::check::s12_heading_missing;
use crate::division::fields;
use crate::ledger::WhyUnread;
use crate::obligation::RunFile;
use crate::outcome::{Issue, Outcome};
use crate::read::{Raw, Sheet, Workbook};

/// A missing heading.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Proposal {
    /// The finding that it answers, by its position in the list.
    fault: usize,
    /// The position of the sheet.
    sheet: u16,
    /// The heading of the table.
    heading: Area,
    /// The heading that most likely means it.
    instead: Option<Area>,
    /// The heading.
    text: String,
}

/// A proposal as it stands in the copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Placed {
    /// The position of the sheet.
    pub(super) sheet: u16,
    pub(super) row: u32,
    pub(super) col: u32,
    pub(super) text: String,
    pub(super) note: String,
}

impl Proposal {
    /// What findings of a file ask for.
    pub(super) fn all(outcome: &Outcome, file: &RunFile, issues: &[&Issue]) -> Vec<Proposal> {
        let missing =
            issues.iter().enumerate().filter(|(_, one)| one.finding.kind.code == s12_heading_missing::KIND.code);
        let name = |field| outcome.division.fields.spec(field).name.clone();
        let all = missing.filter_map(|(fault, issue)| {
            let finding = &issue.finding;
            let (sheet, heading) = finding.place.sheet.zip(finding.place.area)?;
            let here = |aside: &&crate::ledger::Aside| aside.ledger.sheet == sheet && aside.unread.area == heading;
            let (instead, text) = match file.reading.aside.iter().find(here) {
                Some(aside) => {
                    let likely = match &aside.unread.why {
                        WhyUnread::Lacking { likely, .. } => likely.as_ref(),
                        _ => None,
                    };
                    let column =
                        |heading: &String| aside.ledger.columns.iter().find(|column| column.heading == *heading);
                    match likely.and_then(column) {
                        Some(column) => (Some(column.area), name(fields::TASK)),
                        None => (None, name(fields::CODE)),
                    }
                }
                None => (None, finding.expected.as_ref()?.in_lang(Lang::Zh).trim_matches(['“', '”']).to_owned()),
            };
            Some(Proposal { fault, sheet, heading, instead, text })
        });
        all.collect()
    }
}

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
