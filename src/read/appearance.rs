//! The appearance of a workbook: column widths, row heights, and the fonts, fills and borders of its cells. Read only
//! where the municipal form is to be written; see [`super::appearance`](fn@super::appearance).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::basis::place::Area;

/// The appearance of a workbook.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BookAppearance {
    /// The distinct appearances of its cells.
    pub styles: Vec<CellAppearance>,
    /// Its sheets, in the order of [`super::Workbook::sheets`].
    pub sheets: Vec<SheetAppearance>,
    /// Whether it uses a colour that is not understood here (a theme colour), which is therefore lost.
    pub colours_lost: bool,
}

/// The appearance of a sheet.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SheetAppearance {
    /// Column widths as (first column, last column, width): 0-based, in characters of half width.
    pub widths: Vec<(u32, u32, f64)>,
    /// Row heights in points, by 0-based row.
    pub heights: BTreeMap<u32, f64>,
    /// The index into [`BookAppearance::styles`] of each cell, by 0-based row and column.
    pub cells: BTreeMap<(u32, u32), u32>,
    /// Landscape orientation.
    pub landscape: bool,
    /// The paper size by its number in the format: 8 is A3, 9 is A4.
    pub paper: Option<u8>,
    /// What else is set for printing.
    pub print: PrintSetup,
    /// Its drop-down lists.
    pub choices: Vec<Choices>,
}

/// How a sheet is printed, beside its paper.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PrintSetup {
    /// Over how many pages it is fitted in width and height; 0 is any number, none not fitted.
    pub fit: Option<(u16, u16)>,
    /// The scale in per cent, where it is not fitted.
    pub scale: Option<u16>,
    /// Margins in inches: left, right, top, bottom, header, footer.
    pub margins: Option<[f64; 6]>,
    /// Whether it is centred horizontally and vertically.
    pub centred: (bool, bool),
    /// The page header, in the codes of the format.
    pub header: String,
    /// The page footer.
    pub footer: String,
}

/// A drop-down list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Choices {
    /// The cells that offer it.
    pub areas: Vec<Area>,
    /// Where its words come from, as the format writes it: `"甲,乙"`, `$K$1:$K$4`, `选项!$A$1:$A$4`.
    pub source: String,
    /// Whether other words are refused.
    pub strict: bool,
}

/// The appearance of a cell.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CellAppearance {
    /// The name of the font.
    pub font: Option<String>,
    /// The font size in points.
    pub size: Option<f64>,
    /// Whether it is bold.
    pub bold: bool,
    /// Whether it is italic.
    pub italic: bool,
    /// The text colour as RGB.
    pub colour: Option<u32>,
    /// The fill colour as RGB.
    pub ground: Option<u32>,
    /// The borders.
    pub frame: Frame,
    /// The horizontal alignment.
    pub across: Across,
    /// The vertical alignment.
    pub down: Down,
    /// Whether long text wraps.
    pub wraps: bool,
}

/// The borders of a cell: left, right, top, bottom.
pub type Frame = [Option<Line>; 4];

/// The style of a border.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Line {
    /// Thin; also every style that has no variant here.
    Thin,
    /// Medium.
    Medium,
    /// Thick.
    Thick,
    /// Two lines.
    Double,
    /// Dashed.
    Dashed,
    /// Dotted.
    Dotted,
    /// Hairline.
    Hair,
}

/// Horizontal alignment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Across {
    /// By type: numbers to the right, text to the left.
    #[default]
    General,
    /// To the left.
    Left,
    /// In the middle.
    Center,
    /// To the right.
    Right,
}

/// Vertical alignment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Down {
    /// At the top.
    Top,
    /// In the middle.
    Center,
    /// At the bottom.
    #[default]
    Bottom,
}

impl BookAppearance {
    /// The appearance of a cell; none where the file sets none.
    pub fn of(&self, sheet: usize, row: u32, col: u32) -> Option<&CellAppearance> {
        let number = *self.sheets.get(sheet)?.cells.get(&(row, col))?;
        self.styles.get(number as usize)
    }
}
