//! Heights of rows.

use std::collections::BTreeMap;

use super::Package;
use super::splices::{Splices, retagged};
use super::unfit::Unfit;
use crate::read::decimal;
use crate::read::xml::{Mark, spans};

impl Package<'_> {
    /// Gives rows of a sheet a height, in points; rows that the sheet does not name stay as they are.
    ///
    /// # Errors
    /// As [`Package::document`].
    pub fn heights(&mut self, sheet: &str, heights: &BTreeMap<u32, f64>) -> Result<(), Unfit> {
        let document = self.document(sheet)?;
        let mut cut = Splices::of(&document);
        for span in spans(&document) {
            let (Mark::Start(tag) | Mark::Empty(tag)) = span.mark else { continue };
            let row = tag.attribute("r").and_then(decimal).and_then(|row| row.checked_sub(1));
            let Some(points) = row.filter(|_| tag.name == b"row").and_then(|row| heights.get(&row)) else { continue };
            let points = points.to_string();
            let changes = [("ht", Some(points.as_str())), ("customHeight", Some("1"))];
            cut.replace(span.at.clone(), &retagged(&document[span.at], &changes));
        }
        let changed = cut.finish();
        self.set(sheet, changed);
        Ok(())
    }
}
