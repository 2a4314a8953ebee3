//! Workbook → [`Division`]: finds and reads the sheets and notes every fault with its cell.

pub(crate) mod columns;
mod exclusions;
mod fields;
mod further;
mod items;
mod leading_sign;
mod lines;
mod marks;
mod names_alone;
mod numbering;
mod parameters;
mod roles;
mod roster;
mod rows;
mod sheets;
mod tasks;
mod unfinished;
mod units;
mod waivers;
mod year;

#[cfg(test)]
mod tests;

pub use parameters::parameters;
pub(super) use rows::Rows;
pub(super) use unfinished::{Draft, Drafts};

use super::Division;
use super::lint;
use crate::basis::finding::Findings;
use crate::basis::settings::Settings;
use crate::read::Workbook;

/// Loads a division and collects all its faults.
///
/// `hash` is `blake3:` and the digest of the workbook's bytes. Of the settings are used: the title and the window, for dates
/// without a year; when reports are due, for extensions; whether the first unit leads; and the expected total of the marks.
pub fn load(book: &Workbook, hash: &str, settings: &Settings) -> Division {
    let mut out = Findings::default();
    let sheets = sheets::find(book);
    let year = year::Year::of(book, &sheets, settings);
    let near = year.near;
    let mut roster = roster::load(book, sheets.roster, near, &mut out);
    let fields = fields::load(book, sheets.fields, &mut out);
    let mut drafts = unfinished::read(book, sheets.tasks);
    further::add(book, &sheets, near, &mut drafts, &mut out);
    numbering::number(&mut drafts);
    let rate = fields::only_rate(&fields);
    let tasks = tasks::build(&drafts, &mut roster, year, rate, settings, &mut out);
    let fields = fields::with_indicators(fields, &tasks);
    let waivers = waivers::load(book, sheets.waiver, (&tasks, &roster), (year, &settings.due), &mut out);
    // Last, so that short names do not influence how the division itself is read.
    super::roster::short_names::add(&mut roster);
    let mut division = Division {
        hash: hash.into(),
        sheets: book.sheets.iter().map(|sheet| sheet.name.clone()).collect(),
        tasks,
        roster,
        fields,
        waivers,
        rulings: crate::ruling::Rulings::default(),
        handed: Vec::new(),
        lookup: super::lookup::Lookup::default(),
        findings: Findings::default(),
    };
    lint::whole(&division, &drafts, settings, &mut out);
    out.0.sort_by_key(|finding| (finding.place, finding.kind.code));
    division.findings = out;
    division
}
