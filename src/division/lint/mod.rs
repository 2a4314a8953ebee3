//! The faults of a division (codes P…), one kind in each file. Faults of single cells are noted while the division is
//! loaded; faults of the division as a whole are found here.

pub mod cell_not_understood;
pub mod cycle_unknown;
pub mod deadline_unreadable;
pub mod group_unexpandable;
pub mod indicator_unreadable;
pub mod marks_do_not_total;
pub mod name_variant;
pub mod no_tasks;
pub mod numbering_gap;
pub mod placeholder_left;
pub mod sheet_not_read;
pub mod task_repeated;
pub mod task_unassigned;
pub mod terms_differ;
pub mod unit_not_in_roster;

#[cfg(test)]
mod tests;

use super::Division;
use super::load::Drafts;
use crate::basis::finding::{Findings, Kind};
use crate::basis::settings::Settings;

/// Every kind of fault of a division, in the order of the documentation.
pub static KINDS: &[&Kind] = &[
    &task_unassigned::KIND,
    &unit_not_in_roster::KIND,
    &group_unexpandable::KIND,
    &task_repeated::KIND,
    &cycle_unknown::KIND,
    &indicator_unreadable::KIND,
    &marks_do_not_total::KIND,
    &deadline_unreadable::KIND,
    &placeholder_left::KIND,
    &numbering_gap::KIND,
    &name_variant::KIND,
    &no_tasks::KIND,
    &cell_not_understood::KIND,
    &terms_differ::KIND,
    &sheet_not_read::KIND,
];

/// Checks a division as a whole.
pub(super) fn whole(division: &Division, drafts: &Drafts, settings: &Settings, out: &mut Findings) {
    no_tasks::check(drafts, out);
    task_unassigned::check(division, drafts, out);
    marks_do_not_total::check(division, drafts, settings, out);
    numbering_gap::check(drafts, out);
    name_variant::check(division, out);
}
