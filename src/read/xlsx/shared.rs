//! What all sheets of a workbook share.

use std::collections::BTreeMap;

use crate::basis::pool::Text;
use crate::read::numfmt::Shown;

/// Data shared by all sheets of a workbook.
#[derive(Default)]
pub(super) struct Shared {
    pub(super) strings: Vec<Text>,
    pub(super) styles: Vec<Shown>,
    pub(super) since_1904: bool,
    /// Whether error cells with a rich value (`vm`) are pictures placed in cells.
    pub(super) rich_pictures: bool,
    /// The files of pictures placed in cells, by name (WPS).
    pub(super) cell_images: BTreeMap<String, String>,
}
