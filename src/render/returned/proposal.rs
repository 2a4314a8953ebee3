//! Headings that a table lacks, as its marked copy proposes them: in place of the name that most likely means it, else in
//! a column of its own.

use serde::{Deserialize, Serialize};

use crate::basis::Lang;
use crate::basis::place::Area;
use crate::check::s12_heading_missing;
use crate::division::fields;
use crate::ledger::WhyUnread;
use crate::obligation::RunFile;
use crate::outcome::{Issue, Outcome};

/// A missing heading.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Proposal {
    /// The finding that it answers, by its position in the list.
    pub(super) fault: usize,
    /// The position of the sheet.
    pub(super) sheet: u16,
    /// The heading of the table.
    pub(super) heading: Area,
    /// The heading that most likely means it.
    pub(super) instead: Option<Area>,
    /// The heading.
    pub(super) text: String,
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
