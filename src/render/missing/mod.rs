//! 缺项报告.xlsx: overview, missing items, ranking of units, matrix, and all findings.

mod overview;
mod list;
mod units;
mod grid;
mod problems;
mod changes;
mod closure;
mod rulings;
mod sheets;

use anyhow::Result;

use super::workbook::Book;
use super::{Output, RenderInput, Shelf};
pub use sheets::SHEETS;
pub(in crate::render) use sheets::title;

/// The output.
pub struct MissingBook;

impl Output for MissingBook {
    fn render(&self, from: RenderInput<'_>, to: &dyn Shelf) -> Result<()> {
        let title = title(from.outcome);
        let mut book =
            Book::of_tables(&from.outcome.settings, &title, from.outcome.as_of)?.in_lang(from.outcome.settings.lang);
        overview::write(&mut book, from, &title)?;
        let mut tables = list::write(&mut book, from)?;
        units::write(&mut book, from)?;
        grid::write(&mut book, from)?;
        tables.extend(problems::write(&mut book, from)?);
        closure::write(&mut book, from)?;
        rulings::write(&mut book, from)?;
        to.put("缺项报告.xlsx", &mut |to| book.finish_with(&tables, to))
    }
}
