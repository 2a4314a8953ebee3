//! The stamp of a blank form: custom document properties that identify a returned form even if renamed.

use super::file_reading::Stamp;
use crate::basis::pool::Texts;
use crate::division::Division;
use crate::read::{Raw, Sheet, Workbook};

/// Property with the fingerprint of what the unit owes.
pub const OWED: &str = "taizhang-owed";
/// Property with the hash of the division, by which older forms are known.
pub const DIVISION: &str = "taizhang-division";
/// The property with the name of the unit it was made for.
pub const UNIT: &str = "taizhang-unit";
/// The property with the label of its window.
pub const WINDOW: &str = "taizhang-window";

/// The property that marks other outputs of this program, so that one in the inbox is set aside.
pub const OUTPUT: &str = "taizhang-output";

/// Name of the sheet with the filling guide in a blank form.
pub const GUIDE: &str = "填表说明";

/// The first rule of that guide, by which it is known where a form has lost its stamp.
pub const RULE: &str = "1. 灰色单元格由办公室填好，请勿改动；白色单元格由填报单位填写。";

/// Whether a sheet is the guide of a blank form.
pub(super) fn is_guide(sheet: &Sheet, texts: &Texts) -> bool {
    let says = |row, wanted: &str| matches!(sheet.grid.get(row, 0), Raw::Text(text) if texts.get(text) == wanted);
    says(0, GUIDE) && says(1, RULE)
}

/// The stamp a workbook carries.
pub(super) fn stamp(book: &Workbook, division: &Division) -> Option<Stamp> {
    let (owed, hash) = (book.properties.get(OWED).cloned(), book.properties.get(DIVISION).cloned());
    if owed.is_none() && hash.is_none() {
        return None;
    }
    Some(Stamp {
        owed,
        division: hash,
        unit: book.properties.get(UNIT).and_then(|name| division.roster.find(name)),
        window: book.properties.get(WINDOW).cloned().unwrap_or_default(),
    })
}
