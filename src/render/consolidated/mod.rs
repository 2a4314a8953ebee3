//! 汇总台账.xlsx: the consolidated workbook for the municipal office.

mod cover;
mod statistics;
mod lines;
mod plan;
mod units;
mod evidence;
mod unmatched;
mod sources;

use anyhow::Result;

use super::workbook::Book;
use super::{Output, RenderInput, Shelf};

pub(super) use lines::{reference_cell, state_tone, value_cell};
use plan::Plan;
pub use plan::SHEETS;
pub use units::UnitBooks;

/// The output.
pub struct LedgerBook;

impl Output for LedgerBook {
    fn render(&self, from: RenderInput<'_>, to: &dyn Shelf) -> Result<()> {
        let outcome = from.outcome;
        let work = outcome.settings.title.trim_end_matches("工作台账").trim_end_matches("台账");
        let title = outcome.settings.lang.pick(format!("{work}汇总台账"), format!("{work}: consolidated ledger"));
        let plan = Plan::new(from, title);
        let mut book = Book::of_tables(&outcome.settings, &plan.title, outcome.as_of)?.in_lang(outcome.settings.lang);
        cover::write(&mut book, &plan)?;
        statistics::write(&mut book, &plan)?;
        let mut tables = lines::write(&mut book, &plan)?;
        tables.extend(units::write(&mut book, &plan)?);
        tables.extend(evidence::write(&mut book, &plan)?);
        tables.extend(unmatched::write(&mut book, &plan)?);
        tables.push(sources::write(&mut book, &plan)?);
        to.put("汇总台账.xlsx", &mut |to| book.finish_with(&tables, to))
    }
}
