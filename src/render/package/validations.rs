//! Drop-downs that reach further down.

use super::splices::{Splices, retagged};
use super::{Package, Unfit};
use crate::basis::place::column_letters;
use crate::read::reference;
use crate::read::xml::{Mark, spans};

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
    fn a_drop_down_reaches_down_and_others_stay() {
        assert_eq!(lengthened("H4:H204", 7, 300), "H4:H301");
        assert_eq!(lengthened("H4:H20 J4 H30:H40", 7, 99), "H4:H20 J4 H30:H100");
        assert_eq!(lengthened("H4:H204", 7, 100), "H4:H204");
        assert_eq!(lengthened("G4:H204", 7, 300), "G4:H204");
        assert_eq!(lengthened("", 7, 300), "");
    }
}
