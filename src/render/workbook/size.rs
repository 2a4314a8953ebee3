//! How sheets are written.

/// The compression level: much faster than the default of 6, and little larger.
pub(in crate::render) const COMPRESSION: u8 = 3;
/// That of what is sent once, or taken apart at once: twice as fast, and a fifth larger.
pub(in crate::render) const QUICK: u8 = 1;
/// That of the rows of tables, which are nearly all of what is packed: once more by a third faster, and not a tenth larger.
pub(super) const OF_ROWS: u8 = 2;

/// How a sheet is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// In memory, with every cell framed.
    Small,
    /// Row by row to disk, with formats by column; for many thousand rows.
    Large,
}

impl Size {
    /// The size for a number of rows.
    pub fn of(rows: usize) -> Size {
        if rows > 20_000 { Size::Large } else { Size::Small }
    }
}
