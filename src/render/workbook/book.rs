//! Writes a workbook: fixed creation time, fonts, sheets, page setup.

use std::io::Write;

use anyhow::Result;
use chrono::{NaiveDate, NaiveDateTime};
use rust_xlsxwriter::{DataValidation, DocProperties, ExcelDateTime, Image, Note, Workbook, Worksheet};

use super::graft;
use super::palette::{Formats, Shape, Styles, Tone};
use super::paper::Page;
use super::rows::Body;
use super::size::{COMPRESSION, QUICK, Size};
use super::{fit, text};
use crate::basis::Lang;
use crate::basis::settings::Settings;
use crate::ledger::stamp::OUTPUT;
use crate::render::english;

/// A workbook being written.
pub struct Book {
    workbook: Workbook,
    properties: DocProperties,
    formats: Formats,
    styles: Styles,
    footer: String,
    /// The language of its fixed words.
    lang: Lang,
}

impl Book {
    /// An empty workbook in the fonts of the settings, with the date of the run.
    ///
    /// # Errors
    /// When a workbook cannot have that date.
    pub fn new(settings: &Settings, title: &str, as_of: NaiveDateTime) -> Result<Book> {
        let font = |fonts: &[String]| fonts.first().map_or_else(|| "宋体".to_owned(), Clone::clone);
        let mut workbook = Workbook::new();
        let earliest = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap_or_default();
        let created = ExcelDateTime::parse_from_str(&as_of.date().max(earliest).format("%Y-%m-%d").to_string())?;
        let properties = DocProperties::new()
            .set_title(text::clean(title))
            .set_author("taizhang")
            .set_creation_datetime(&created)
            .set_custom_property(OUTPUT, "workbook");
        workbook.set_properties(&properties);
        workbook.set_zip_compression_level(COMPRESSION);
        Ok(Book {
            workbook,
            properties,
            formats: Formats::new(&font(&settings.title_fonts), &font(&settings.body_fonts)),
            styles: Styles::default(),
            footer: text::clean(title).replace('&', "&&"),
            lang: Lang::Zh,
        })
    }

    /// The same workbook with its fixed words in a language.
    #[must_use]
    pub fn in_lang(self, lang: Lang) -> Book {
        Book { lang, ..self }
    }

    /// As [`Book::new`], for tables whose rows are written by [`Book::finish_with`].
    ///
    /// # Errors
    /// As [`Book::new`].
    pub fn of_tables(settings: &Settings, title: &str, as_of: NaiveDateTime) -> Result<Book> {
        let mut book = Book::new(settings, title, as_of)?;
        book.styles = Styles::of(&book.formats);
        // Before any sheet, so that their numbers in the workbook are those of the list; 0 is the library's own.
        for format in book.styles.formats() {
            book.workbook.register_format(format);
        }
        Ok(book)
    }

    /// Sets custom document properties.
    pub fn stamp(&mut self, properties: &[(String, String)]) {
        /// The most characters of a property.
        const LONGEST: usize = 255;
        for (name, value) in properties {
            let value: String = text::clean(value).chars().take(LONGEST).collect();
            self.properties = self.properties.clone().set_custom_property(name.as_str(), value);
        }
        self.workbook.set_properties(&self.properties);
    }

    /// Adds a sheet, printed one page wide. The name comes from [`super::Names`] or is one of the workbook's fixed names.
    ///
    /// # Errors
    /// When the name is invalid, or no temporary file can be created for a large sheet.
    pub fn sheet(&mut self, name: &str, size: Size, page: Page) -> Result<Sheet<'_>> {
        let index = self.workbook.worksheets().len();
        let worksheet = match size {
            // The rows of its tables are written past the library.
            Size::Large if self.styles.formats().is_empty() => self.workbook.add_worksheet_with_low_memory()?,
            Size::Small | Size::Large => self.workbook.add_worksheet(),
        };
        worksheet.set_name(english::sheet(name, self.lang))?;
        worksheet.set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
        worksheet.set_margins(0.35, 0.35, 0.5, 0.6, 0.3, 0.3);
        // a footer has at most 255 characters, and on an upright page the title must not reach the number in the middle
        let title = super::names::cut(&self.footer, if page == Page::A4Upright { 18 } else { 120 });
        let more = if title.len() < self.footer.len() { "…" } else { "" };
        let pages = self.lang.pick("第 &P 页 共 &N 页", "page &P of &N");
        worksheet.set_footer(format!("&L&11{title}{more}&C&11{pages}&R&11&A"));
        worksheet.set_header_footer_scale_with_doc(false);
        let mut sheet = Sheet { worksheet, index, formats: &self.formats, size, page, links: 0, lang: self.lang };
        sheet.lay_on(page);
        Ok(sheet)
    }

    /// The bytes of the finished workbook.
    ///
    /// # Errors
    /// When the library cannot write it.
    pub fn finish(mut self) -> Result<Vec<u8>> {
        Ok(self.workbook.save_to_buffer()?)
    }

    /// As [`Book::finish`], of a workbook that is taken apart at once.
    ///
    /// # Errors
    /// As [`Book::finish`].
    pub fn finish_loose(mut self) -> Result<Vec<u8>> {
        self.workbook.set_zip_compression_level(QUICK);
        self.finish()
    }

    /// Writes the finished workbook with the rows of its tables; the book is one [`Book::of_tables`].
    ///
    /// # Errors
    /// When the library cannot write it, or the rows not be written.
    pub fn finish_with(&mut self, bodies: &[Body<'_>], to: &mut dyn Write) -> Result<()> {
        graft::grafted(&self.workbook.save_to_buffer()?, bodies, &self.styles, to)
    }
}

/// A sheet being written, from top to bottom.
pub struct Sheet<'a> {
    pub(super) worksheet: &'a mut Worksheet,
    /// Its position in the workbook.
    pub(super) index: usize,
    pub(super) formats: &'a Formats,
    pub(super) size: Size,
    pub(super) page: Page,
    pub(super) links: u32,
    pub(super) lang: Lang,
}

impl Sheet<'_> {
    /// Sets the paper.
    pub(super) fn lay_on(&mut self, page: Page) {
        self.page = page;
        match page {
            Page::A4Upright => self.worksheet.set_paper_size(9).set_portrait(),
            Page::A4 => self.worksheet.set_paper_size(9).set_landscape(),
            Page::A3 => self.worksheet.set_paper_size(8).set_landscape(),
        };
    }

    /// Sets the column widths from the left, in characters of half width.
    ///
    /// # Errors
    /// Errors of the library.
    pub fn widths(&mut self, widths: &[f64]) -> Result<()> {
        for (col, width) in widths.iter().enumerate() {
            self.worksheet.set_column_width(col as u16, *width)?;
        }
        Ok(())
    }

    /// Prints columns of these widths at a fixed scale, so that pages end where [`Sheet::break_before`] says. Returns how many
    /// points of rows stand on a page.
    pub fn scaled(&mut self, widths: &[f64]) -> f64 {
        let (scale, room) = super::paper::scaled(widths, self.page);
        self.worksheet.set_print_scale(scale);
        room
    }

    /// Begins new pages with these rows.
    ///
    /// # Errors
    /// Errors of the library.
    pub fn break_before(&mut self, rows: &[u32]) -> Result<()> {
        if !rows.is_empty() {
            self.worksheet.set_page_breaks(rows)?;
        }
        Ok(())
    }

    /// Sets the height of a row for a number of lines.
    ///
    /// # Errors
    /// Errors of the library.
    pub fn lines(&mut self, row: u32, lines: usize) -> Result<()> {
        self.height(row, fit::height(lines))
    }

    /// Sets the height of a row in points.
    ///
    /// # Errors
    /// Errors of the library.
    pub fn height(&mut self, row: u32, points: f64) -> Result<()> {
        self.worksheet.set_row_height(row, points.min(409.0))?;
        Ok(())
    }

    /// Writes a title over a number of columns.
    ///
    /// # Errors
    /// Errors of the library.
    pub fn title(&mut self, row: u32, columns: u16, title: &str) -> Result<()> {
        self.height(row, 36.0)?;
        self.across(row, 0, columns, title, Shape::Title, Tone::Plain)
    }

    /// Writes a text over a number of columns of a row.
    ///
    /// # Errors
    /// Errors of the library.
    pub fn across(&mut self, row: u32, col: u16, columns: u16, text: &str, shape: Shape, tone: Tone) -> Result<()> {
        let (clean, format) = (text::clean(english::word(text, self.lang)), self.formats.cell(shape, tone));
        if columns < 2 {
            self.worksheet.write_string_with_format(row, col, clean, format)?;
        } else {
            self.worksheet.merge_range(row, col, row, col + columns - 1, &clean, format)?;
        }
        Ok(())
    }

    /// Adds a note to a cell.
    ///
    /// # Errors
    /// Errors of the library.
    pub fn note(&mut self, row: u32, col: u16, text: &str) -> Result<()> {
        let text = text::clean(text);
        let lines = fit::lines(&text, 42.0) as u32;
        let note = Note::new(super::names::cut(&text, 4_000))
            .add_author_prefix(false)
            .set_width(300)
            .set_height((lines * 18 + 14).clamp(40, 400));
        self.worksheet.insert_note(row, col, &note)?;
        Ok(())
    }

    /// Freezes the rows above `row` and the columns before `col`, and repeats `rows` on every printed page.
    ///
    /// # Errors
    /// Errors of the library.
    pub fn freeze(&mut self, row: u32, col: u16, rows: Option<(u32, u32)>) -> Result<()> {
        self.worksheet.set_freeze_panes(row, col)?;
        if let Some((first, last)) = rows {
            self.worksheet.set_repeat_rows(first, last)?;
        }
        Ok(())
    }

    /// Lets the cells of some rows (first and last) of a column offer a list; other words are taken too.
    ///
    /// # Errors
    /// Of the library.
    pub fn drop_down(&mut self, rows: (u32, u32), col: u16, words: &[&str]) -> Result<()> {
        let list = DataValidation::new().allow_list_strings(words)?.show_error_message(false);
        self.worksheet.add_data_validation(rows.0, col, rows.1, col, &list)?;
        Ok(())
    }

    /// Places a picture at a cell, at most `most` pixels wide and high. Returns false for formats the library does not know.
    ///
    /// # Errors
    /// Errors of the library.
    pub fn picture(&mut self, row: u32, col: u16, bytes: &[u8], most: (f64, f64)) -> Result<bool> {
        let Ok(image) = Image::new_from_buffer(bytes) else { return Ok(false) };
        let (width, height) = (image.width().max(1.0), image.height().max(1.0));
        let scale = (most.0 / width).min(most.1 / height).min(1.0);
        let image = image.set_scale_width(scale).set_scale_height(scale).set_alt_text("佐证图片");
        self.worksheet.insert_image_with_offset(row, col, &image, 3, 3)?;
        Ok(true)
    }

    /// Places a chart at a cell.
    ///
    /// # Errors
    /// Errors of the library.
    pub fn chart(&mut self, row: u32, col: u16, chart: &super::chart::Drawing) -> Result<()> {
        self.worksheet.insert_chart(row, col, &chart.0)?;
        Ok(())
    }

    /// Hides the gridlines on screen.
    pub fn without_gridlines(&mut self) {
        self.worksheet.set_screen_gridlines(false);
    }
}
