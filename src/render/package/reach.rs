//! Drop-downs, filters and tables that reach further down.

use super::splices::{Splices, retagged};
use super::unfit::Unfit;
use super::{Book, Package};
use crate::basis::place::{Area, column_letters};
use crate::read::xml::{Mark, Span, spans};
use crate::read::{decimal, reference};

impl Package<'_> {
    /// Lets the drop-downs of a column reach down to a row, both from 0; where there are none, none come.
    ///
    /// # Errors
    /// As [`Package::document`].
    pub fn lengthen_list(&mut self, sheet: &str, col: u32, row: u32) -> Result<(), Unfit> {
        let document = self.document(sheet)?;
        let mut cut = Splices::of(&document);
        for span in spans(&document) {
            let (Mark::Start(tag) | Mark::Empty(tag)) = span.mark else { continue };
            if tag.name != b"dataValidation" {
                continue;
            }
            let ranges = tag.text("sqref").unwrap_or_default();
            let longer = lengthened(&ranges, col, row);
            if longer != ranges {
                let begin = retagged(&document[span.at.clone()], &[("sqref", Some(&longer))]);
                cut.replace(span.at, &begin);
            }
        }
        let longer = cut.finish();
        self.set(sheet, longer);
        Ok(())
    }
}

/// Rows that come below those that a filter or a table reaches, all from 0.
#[derive(Clone, Copy, Debug)]
pub struct Below {
    /// The heading of the rows.
    pub heading: u32,
    /// The last row before.
    pub was: u32,
    /// The last row now.
    pub is: u32,
}

impl Below {
    /// A range that begins at the heading and held every row before, with the new ones; none for another range.
    fn lengthened(self, range: &str) -> Option<String> {
        let (first, last) = range.split_once(':')?;
        let ((top, left), (bottom, right)) = reference(first.as_bytes()).zip(reference(last.as_bytes()))?;
        let held = top == self.heading && (self.was..self.is).contains(&bottom);
        held.then(|| Area { top, left, bottom: self.is, right }.to_string())
    }
}

impl Package<'_> {
    /// Lets the filter of a sheet, and tables on it, take in new rows. `at` is the position of the sheet.
    ///
    /// # Errors
    /// As [`Package::document`].
    pub fn take_in_rows(&mut self, book: &Book, at: usize, below: Below) -> Result<(), Unfit> {
        let Some(sheet) = book.sheets.get(at) else { return Ok(()) };
        self.lengthen(&sheet.part, &[b"autoFilter"], below)?;
        for relation in self.relations(&sheet.part)?.into_iter().filter(|relation| relation.word() == "table") {
            // below the last row of a table with totals there is no room for another
            let table = self.document(&relation.target)?;
            let totals =
                |span: Span<'_>| matches!(span.mark, Mark::Start(tag) if tag.attribute("totalsRowCount").is_some());
            if !spans(&table).any(totals) {
                self.lengthen(&relation.target, &[b"table", b"autoFilter"], below)?;
            }
        }
        let document = self.document(&book.path)?;
        let mut cut = Splices::of(&document);
        let mut walk = spans(&document);
        while let Some(span) = walk.next() {
            let Mark::Start(tag) = span.mark else { continue };
            let local = tag.attribute("localSheetId").and_then(decimal) == u32::try_from(at).ok();
            if tag.name != b"definedName" || !local || tag.text("name").as_deref() != Some("_xlnm._FilterDatabase") {
                continue;
            }
            let Some(end) = walk.next() else { break };
            let text = String::from_utf8_lossy(&document[span.at.end..end.at.start]).into_owned();
            // the name of a sheet may hold exclamation marks, its cells not
            let Some((name, range)) = text.rsplit_once('!') else { continue };
            if let Some(longer) = below.lengthened(&range.replace('$', "")) {
                let corners: Vec<String> = longer.split(':').map(fixed).collect();
                cut.replace(span.at.end..end.at.start, &format!("{name}!{}", corners.join(":")));
            }
        }
        let longer = cut.finish();
        self.set(&book.path, longer);
        Ok(())
    }

    /// Lengthens the `ref` of elements with these names.
    fn lengthen(&mut self, part: &str, names: &[&[u8]], below: Below) -> Result<(), Unfit> {
        let document = self.document(part)?;
        let mut cut = Splices::of(&document);
        for span in spans(&document) {
            let (Mark::Start(tag) | Mark::Empty(tag)) = span.mark else { continue };
            let longer =
                tag.text("ref").filter(|_| names.contains(&tag.name)).and_then(|range| below.lengthened(&range));
            if let Some(longer) = longer {
                cut.replace(span.at.clone(), &retagged(&document[span.at], &[("ref", Some(&longer))]));
            }
        }
        let longer = cut.finish();
        self.set(part, longer);
        Ok(())
    }
}

/// `$A$3` of `A3`.
fn fixed(cell: &str) -> String {
    let digits = cell.find(|c: char| c.is_ascii_digit()).unwrap_or(cell.len());
    format!("${}${}", &cell[..digits], &cell[digits..])
}

/// Ranges such as `H4:H204 J4`, of which the one that stands in a column alone and ends last reaches down to a row.
fn lengthened(ranges: &str, col: u32, row: u32) -> String {
    let corners = |range: &str| {
        let (first, last) = range.split_once(':').unwrap_or((range, range));
        reference(first.as_bytes()).zip(reference(last.as_bytes()))
    };
    let of_column = ranges.split_whitespace().enumerate().filter_map(|(nth, range)| {
        let ((top, left), (bottom, right)) = corners(range)?;
        (left == col && right == col).then_some((nth, top, bottom))
    });
    let Some((last, top, _)) = of_column.max_by_key(|(.., bottom)| *bottom).filter(|(.., bottom)| *bottom < row) else {
        return ranges.to_owned();
    };
    let letters = column_letters(col);
    let longer = format!("{letters}{}:{letters}{}", top + 1, row + 1);
    let all = ranges.split_whitespace().enumerate();
    all.map(|(nth, range)| if nth == last { longer.as_str() } else { range }).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_takes_in_the_rows_below_it() {
        let below = Below { heading: 2, was: 8, is: 11 };
        let of = |range: &str| below.lengthened(range);
        assert_eq!(of("A3:P9").as_deref(), Some("A3:P12"));
        assert_eq!(["A3:P8", "A2:P9", "A3:P12", "A3"].map(of), [None, None, None, None]);
        assert_eq!(fixed("AB12"), "$AB$12");
    }

    #[test]
    fn a_drop_down_reaches_down_and_others_stay() {
        assert_eq!(lengthened("H4:H204", 7, 300), "H4:H301");
        assert_eq!(lengthened("H4:H20 J4 H30:H40", 7, 99), "H4:H20 J4 H30:H100");
        assert_eq!(lengthened("H4:H204", 7, 100), "H4:H204");
        assert_eq!(lengthened("G4:H204", 7, 300), "G4:H204");
        assert_eq!(lengthened("", 7, 300), "");
    }
}
