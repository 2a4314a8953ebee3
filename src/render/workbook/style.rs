//! Cell styles copied from a workbook that was read.

use anyhow::Result;
use rust_xlsxwriter::{Color, DataValidation, Format, FormatAlign, FormatBorder, Formula};

use super::book::Sheet;
use super::cell::{Cell, What};
use super::size::Size;
use super::text;
use crate::basis::place::Area;
use crate::read::appearance::{Across, CellAppearance, Down, Line, PrintSetup};

/// A cell style, ready to be written.
#[derive(Clone, Debug)]
pub struct Style(Format);

impl Style {
    /// Makes a style of the appearance that was read.
    pub fn of(style: &CellAppearance) -> Style {
        let mut format = Format::new();
        if let Some(font) = &style.font {
            format = format.set_font_name(text::clean(font));
        }
        if let Some(size) = style.size {
            format = format.set_font_size(size);
        }
        if style.bold {
            format = format.set_bold();
        }
        if style.italic {
            format = format.set_italic();
        }
        if let Some(colour) = style.colour {
            format = format.set_font_color(Color::RGB(colour));
        }
        if let Some(ground) = style.ground {
            format = format.set_background_color(Color::RGB(ground));
        }
        let [left, right, top, bottom] = style.frame.map(|line| line.map_or(FormatBorder::None, border));
        format = format.set_border_left(left).set_border_right(right).set_border_top(top).set_border_bottom(bottom);
        format = match style.across {
            Across::General => format,
            Across::Left => format.set_align(FormatAlign::Left),
            Across::Center => format.set_align(FormatAlign::Center),
            Across::Right => format.set_align(FormatAlign::Right),
        };
        format = match style.down {
            Down::Top => format.set_align(FormatAlign::Top),
            Down::Center => format.set_align(FormatAlign::VerticalCenter),
            Down::Bottom => format.set_align(FormatAlign::Bottom),
        };
        Style(if style.wraps { format.set_text_wrap() } else { format })
    }
}

fn border(line: Line) -> FormatBorder {
    match line {
        Line::Thin => FormatBorder::Thin,
        Line::Medium => FormatBorder::Medium,
        Line::Thick => FormatBorder::Thick,
        Line::Double => FormatBorder::Double,
        Line::Dashed => FormatBorder::Dashed,
        Line::Dotted => FormatBorder::Dotted,
        Line::Hair => FormatBorder::Hair,
    }
}

impl Sheet<'_> {
    /// Writes a cell with its own style.
    ///
    /// # Errors
    /// Errors of the library.
    pub fn styled(&mut self, row: u32, col: u16, cell: &Cell<'_>, style: &Style) -> Result<()> {
        let (page, format) = (&mut *self.worksheet, &style.0);
        match &cell.what {
            What::Empty | What::Rate(_, 0) => page.write_blank(row, col, format)?,
            What::Text(raw) | What::Link(raw, ..) => {
                let clean = text::clean(raw);
                let risky = text::is_risky(&clean);
                let quoted = risky.then(|| format.clone().set_quote_prefix());
                page.write_string_with_format(row, col, clean, quoted.as_ref().unwrap_or(format))?
            }
            What::Number(number) => page.write_number_with_format(row, col, *number, format)?,
            What::Rate(part, whole) => {
                let share = f64::from(*part) / f64::from(*whole);
                page.write_number_with_format(row, col, share, &format.clone().set_num_format("0.0%"))?
            }
            What::Share(part) => {
                page.write_number_with_format(row, col, *part, &format.clone().set_num_format("0.0%"))?
            }
            What::Day(day) => {
                page.write_date_with_format(row, col, day, &format.clone().set_num_format("yyyy-mm-dd"))?
            }
        };
        Ok(())
    }

    /// Merges cells with their own style; their content is written afterwards.
    ///
    /// # Errors
    /// Errors of the library.
    pub fn merge_styled(&mut self, area: Area, style: &Style) -> Result<()> {
        self.worksheet.merge_range(area.top, area.left as u16, area.bottom, area.right as u16, "", &style.0)?;
        Ok(())
    }

    /// Sets the width of columns, in characters of half width.
    ///
    /// # Errors
    /// Errors of the library.
    pub fn width(&mut self, first: u16, last: u16, width: f64) -> Result<()> {
        self.worksheet.set_column_range_width(first, last, width)?;
        Ok(())
    }

    /// Sets the paper size, by its number in the format, and the orientation.
    pub fn paper(&mut self, size: u8, landscape: bool) {
        self.worksheet.set_paper_size(size);
        if landscape {
            self.worksheet.set_landscape()
        } else {
            self.worksheet.set_portrait()
        };
    }

    /// Prints as another workbook does: fitted or scaled, with its margins, page header and footer.
    ///
    /// # Errors
    /// Errors of the library.
    pub fn print_as(&mut self, print: &PrintSetup) -> Result<()> {
        let page = &mut *self.worksheet;
        match (print.fit, print.scale) {
            (Some((wide, high)), _) => page.set_print_fit_to_pages(wide, high),
            (None, scale) => page.set_print_fit_to_pages(0, 0).set_print_scale(scale.unwrap_or(100).clamp(10, 400)),
        };
        if let Some([left, right, top, bottom, header, footer]) = print.margins {
            page.set_margins(left, right, top, bottom, header, footer);
        }
        page.set_print_center_horizontally(print.centred.0).set_print_center_vertically(print.centred.1);
        // the format allows so many characters
        let most = 255;
        page.set_header(super::names::cut(&text::clean(&print.header), most));
        page.set_footer(super::names::cut(&text::clean(&print.footer), most));
        Ok(())
    }

    /// Offers a list in some cells, from the source that the format writes: words in quotation marks, or cells.
    ///
    /// # Errors
    /// Errors of the library.
    pub fn choices(&mut self, area: Area, source: &str, strict: bool) -> Result<()> {
        let source = source.trim();
        let list = DataValidation::new().show_error_message(strict).ignore_blank(true);
        let list = match source.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
            Some(words) => {
                let words: Vec<&str> = words.split(',').map(str::trim).filter(|word| !word.is_empty()).collect();
                let length: usize = words.iter().map(|word| word.encode_utf16().count() + 1).sum();
                if words.is_empty() || length > 255 {
                    return Ok(());
                }
                list.allow_list_strings(&words)?
            }
            None => list.allow_list_formula(Formula::new(source)),
        };
        let (top, left, bottom, right) = (area.top, area.left as u16, area.bottom, area.right as u16);
        self.worksheet.add_data_validation(top, left, bottom, right, &list)?;
        Ok(())
    }

    /// Makes this the sheet shown when the workbook is opened.
    pub fn show_first(&mut self) {
        self.worksheet.set_active(true);
    }

    /// Whether rows must be written in order.
    pub fn is_large(&self) -> bool {
        self.size == Size::Large
    }

    /// Hides the sheet.
    pub fn hide(&mut self) {
        self.worksheet.set_hidden(true);
    }
}
