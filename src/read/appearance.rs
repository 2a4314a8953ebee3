//! How a workbook looks: column widths, row heights, and the fonts, grounds and frames of its cells. Asked for only
//! where a form is to be written anew; see [`super::looks`].

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The looks of a workbook.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BookLook {
    /// The looks that its cells share.
    pub looks: Vec<Look>,
    /// Its sheets, in the order of [`super::Workbook::sheets`].
    pub sheets: Vec<SheetLook>,
    /// Whether some colour is named in a way that is not known here (a colour of the theme).
    pub colours_lost: bool,
}

/// The looks of a sheet.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SheetLook {
    /// Widths of columns in halves of a Chinese character, as (first column, last column, width), 0-based.
    pub widths: Vec<(u32, u32, f64)>,
    /// Heights of rows in points.
    pub heights: BTreeMap<u32, f64>,
    /// Which of [`BookLook::looks`] a cell has, by row and column.
    pub cells: BTreeMap<(u32, u32), u32>,
    /// Whether it is printed on its side.
    pub landscape: bool,
    /// The number of its paper size, as the format counts them: 8 is A3, 9 is A4.
    pub paper: Option<u8>,
}

/// How a cell looks.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Look {
    /// Name of its font.
    pub font: Option<String>,
    /// Size of its font in points.
    pub size: Option<f64>,
    /// Whether it is bold.
    pub bold: bool,
    /// Whether it is italic.
    pub italic: bool,
    /// Colour of its text, as RGB.
    pub colour: Option<u32>,
    /// Colour of its ground, as RGB.
    pub ground: Option<u32>,
    /// Its frame.
    pub frame: Frame,
    /// Where its text stands between left and right.
    pub across: Across,
    /// Where it stands between top and bottom.
    pub down: Down,
    /// Whether long text goes on in a new line.
    pub wraps: bool,
}

/// The lines around a cell: left, right, top, bottom.
pub type Frame = [Option<Line>; 4];

/// A line of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Line {
    /// Thin, and whatever has no line of its own here.
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
    /// As thin as can be.
    Hair,
}

/// Between left and right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Across {
    /// Numbers to the right, text to the left.
    #[default]
    General,
    /// To the left.
    Left,
    /// In the middle.
    Center,
    /// To the right.
    Right,
}

/// Between top and bottom.
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

impl BookLook {
    /// The look of a cell; none where the file gives it none.
    pub fn of(&self, sheet: usize, row: u32, col: u32) -> Option<&Look> {
        let number = *self.sheets.get(sheet)?.cells.get(&(row, col))?;
        self.looks.get(number as usize)
    }
}
