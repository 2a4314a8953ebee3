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
use super::{Output, RenderInput, Rendered};
pub use sheets::SHEETS;
pub(in crate::render) use sheets::title;

/// The output.
pub struct MissingBook;

impl Output for MissingBook {
    fn render(&self, from: RenderInput<'_>) -> Result<Vec<Rendered>> {
        let title = title(from.outcome);
        let mut book =
            Book::new(&from.outcome.settings, &title, from.outcome.as_of)?.in_lang(from.outcome.settings.lang);
        overview::write(&mut book, from, &title)?;
        list::write(&mut book, from)?;
        units::write(&mut book, from)?;
        grid::write(&mut book, from)?;
        problems::write(&mut book, from)?;
        closure::write(&mut book, from)?;
        rulings::write(&mut book, from)?;
        Ok(vec![Rendered::new("缺项报告.xlsx", book.finish()?)])
    }
}
