//! 缺项报告.xlsx: overview, missing items, ranking of units, matrix, and all findings.

mod overview;
mod list;
mod units;
mod grid;
mod problems;
mod rulings;

use anyhow::Result;

use super::workbook::Book;
use super::{Output, RenderInput, Rendered};
use crate::outcome::Outcome;

/// Its sheets, in order.
pub const SHEETS: [&str; 5] = ["概况", "缺项清单", "单位情况", "任务×单位", "问题清单"];
/// The heading row in the lists, below the title and caption.
const HEAD: u32 = 2;
/// The most rows of a sheet; further ones go to another sheet.
const MOST_ROWS: usize = 1_000_000;

/// The output.
pub struct MissingBook;

impl Output for MissingBook {
    fn render(&self, from: RenderInput<'_>) -> Result<Vec<Rendered>> {
        let title = title(from.outcome);
        let mut book = Book::new(&from.outcome.settings, &title, from.outcome.as_of)?;
        overview::write(&mut book, from, &title)?;
        list::write(&mut book, from)?;
        units::write(&mut book, from)?;
        grid::write(&mut book, from)?;
        problems::write(&mut book, from)?;
        rulings::write(&mut book, from)?;
        Ok(vec![Rendered::new("缺项报告.xlsx", book.finish()?)])
    }
}

/// The title of the report.
pub(in crate::render) fn title(outcome: &Outcome) -> String {
    format!("{}缺项报告", outcome.settings.title.trim_end_matches("工作台账").trim_end_matches("台账"))
}

/// The name of the n-th sheet of a list.
fn nth(name: &str, at: usize) -> String {
    if at == 0 { name.to_owned() } else { format!("{name}（续{at}）") }
}
