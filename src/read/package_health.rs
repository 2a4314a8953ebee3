//! What of the health of a workbook stands in its package, beside the values.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::basis::place::Area;

/// Who saved a file last, and when, as the file says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// The name of the person; empty if it gives none.
    pub by: String,
    /// The moment as written (2014-09-03T10:00:00Z); empty if it gives none.
    pub at: String,
}

/// What of the health of one sheet stands in its package only.
#[derive(Debug, Default)]
pub(super) struct SheetHealth {
    /// The areas of filters that are set.
    pub(super) filters: Vec<Area>,
    /// Cells with text that is struck through.
    pub(super) struck: Vec<(u32, u32)>,
    /// Cells whose formula refers to another file.
    pub(super) linked: Vec<(u32, u32)>,
    /// The fill of each coloured cell, by 0-based row and column.
    pub(super) fills: BTreeMap<(u32, u32), u32>,
}

/// What of the health of a workbook stands in its package only.
#[derive(Debug, Default)]
pub(super) struct PackageHealth {
    /// Of each sheet.
    pub(super) sheets: Vec<SheetHealth>,
    /// The files that it is linked to.
    pub(super) links: Vec<String>,
    /// Who saved it last.
    pub(super) saved: Saved,
}
