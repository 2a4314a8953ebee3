//! Workbook → [`Division`]: sheets are found, narrowed once, and every fault is noted with its cell.

pub(crate) mod columns;
mod fields;
mod items;
mod lines;
mod marks;
mod numbering;
mod parameters;
mod roster;
mod sheets;
mod tasks;
mod unfinished;
mod units;
mod waivers;
mod year;

#[cfg(test)]
mod tests;

pub use parameters::parameters;
pub(super) use unfinished::{Draft, Drafts};

use super::Division;
use super::lint;
use crate::basis::finding::Findings;
use crate::basis::settings::Settings;
use crate::read::Workbook;

/// Loads a division and collects every fault in it; never stops at the first.
///
/// `hash` is `blake3:` and the digest of the workbook's bytes. The settings give the window's year for dates without
/// one, whether the first unit leads, and what the marks should total.
pub fn load(book: &Workbook, hash: &str, settings: &Settings) -> Division {
    let mut out = Findings::default();
    let sheets = sheets::find(book);
    let near = year::near(book, &sheets, settings);
    let mut roster = roster::load(book, sheets.roster, near, &mut out);
    let fields = fields::load(book, sheets.fields, &mut out);
    let mut drafts = unfinished::read(book, sheets.tasks);
    numbering::number(&mut drafts);
    let rate = fields::only_rate(&fields);
    let tasks = tasks::build(&drafts, &mut roster, near, rate, settings, &mut out);
    let fields = fields::with_indicators(fields, &tasks);
    let waivers = waivers::load(book, sheets.waiver, &tasks, &roster, near, &mut out);
    // Last, so that they settle nothing within the division itself.
    super::roster::short_names::add(&mut roster);
    let mut division = Division {
        hash: hash.into(),
        sheets: book.sheets.iter().map(|sheet| sheet.name.clone()).collect(),
        tasks,
        roster,
        fields,
        waivers,
        lookup: super::lookup::Lookup::default(),
        findings: Findings::default(),
    };
    lint::whole(&division, &drafts, settings, &mut out);
    out.0.sort_by_key(|finding| (finding.place, finding.kind.code));
    division.findings = out;
    division
}
