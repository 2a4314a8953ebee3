//! Writes cells into a sheet of the library.

use anyhow::Result;
use rust_xlsxwriter::Url;

use super::block::Sink;
use super::book::Sheet;
use super::cell::{Cell, What};
use super::link::{is_linked, location};
use super::palette::{Shape, Tone};
use super::size::Size;
use super::text;
use crate::basis::place::Area;
use crate::render::english;

impl Sink for Sheet<'_> {
    fn size(&self) -> Size {
        self.size
    }

    fn begin(&mut self, row: u32, height: Option<f64>) -> Result<()> {
        height.map_or(Ok(()), |height| self.height(row, height))
    }

    fn merge(&mut self, area: Area, shape: Shape, tone: Tone) -> Result<()> {
        let format = self.formats.cell(shape, tone);
        self.worksheet.merge_range(area.top, area.left as u16, area.bottom, area.right as u16, "", format)?;
        Ok(())
    }

    fn put(&mut self, row: u32, col: u16, cell: &Cell<'_>, shape: Shape) -> Result<()> {
        let by_column = self.size == Size::Large && cell.tone == Tone::Plain;
        let format = self.formats.cell(shape, cell.tone);
        let page = &mut *self.worksheet;
        match &cell.what {
            What::Empty if by_column => page,
            What::Empty => page.write_blank(row, col, format)?,
            What::Text(raw) => {
                let clean = text::clean(if shape == Shape::Head { english::word(raw, self.lang) } else { raw });
                match (text::is_risky(&clean), by_column) {
                    (true, _) => page.write_string_with_format(row, col, clean, &format.clone().set_quote_prefix())?,
                    (false, true) => page.write_string(row, col, clean)?,
                    (false, false) => page.write_string_with_format(row, col, clean, format)?,
                }
            }
            What::Number(number) if by_column => page.write_number(row, col, *number)?,
            What::Number(number) => page.write_number_with_format(row, col, *number, format)?,
            What::Rate(_, 0) => page.write_string_with_format(row, col, "—", format)?,
            What::Rate(numerator, denominator) => {
                let rate = f64::from(*numerator) / f64::from(*denominator);
                page.write_number_with_format(row, col, rate, format)?
            }
            What::Share(part) => {
                page.write_number_with_format(row, col, *part, self.formats.cell(Shape::Rate, cell.tone))?
            }
            What::Day(day) => page.write_date_with_format(row, col, day, self.formats.cell(Shape::Day, cell.tone))?,
            What::Link(raw, sheet, to_row, to_col) => {
                let clean = text::clean(english::word(raw, self.lang));
                let sheet = &*english::sheet(sheet, self.lang);
                self.links += 1;
                if is_linked(&clean, self.links) {
                    let link = Url::new(format!("internal:{}", location(sheet, *to_row, *to_col)));
                    page.write_url_with_options(row, col, link, &*clean, "", Some(format))?
                } else {
                    page.write_string_with_format(row, col, clean, format)?
                }
            }
        };
        Ok(())
    }
}

impl Sheet<'_> {
    /// Merges cells; they are written afterwards.
    ///
    /// # Errors
    /// Errors of the library.
    pub fn merge(&mut self, area: Area, shape: Shape) -> Result<()> {
        Sink::merge(self, area, shape, Tone::Plain)
    }

    /// Writes one cell. What strangers wrote never becomes a formula, not even when someone edits the cell.
    ///
    /// # Errors
    /// Errors of the library.
    pub fn put(&mut self, row: u32, col: u16, cell: &Cell<'_>, shape: Shape) -> Result<()> {
        Sink::put(self, row, col, cell, shape)
    }
}
