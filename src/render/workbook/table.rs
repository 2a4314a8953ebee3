//! Tables: a heading row, and column widths and row heights that fit the text.

use anyhow::Result;

use super::balance::{MEASURED, balance};
use super::block::{Form, Span};
use super::book::Sheet;
use super::cell::Cell;
use super::fit;
use super::palette::{Shape, Tone};
use super::paper::{self, Fit};
use super::rows::{Body, Rows};
use super::size::Size;
use crate::basis::Lang;
use crate::render::english;

/// A column of a table.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its heading.
    pub heading: String,
    /// The shape of its cells.
    pub shape: Shape,
    /// The least width, in characters of half width.
    pub least: f64,
    /// The greatest width, in the same unit.
    pub most: f64,
    /// Whether it is kept off the paper, in a group that folds; such columns are the last.
    pub aside: bool,
}

impl Column {
    /// A column with a width between two bounds.
    pub fn new(heading: impl Into<String>, shape: Shape, least: f64, most: f64) -> Column {
        Column { heading: heading.into(), shape, least, most, aside: false }
    }

    /// The same column, kept off the paper.
    pub fn aside(self) -> Column {
        Column { aside: true, ..self }
    }

    /// A column for long text.
    pub fn text(heading: impl Into<String>, most: f64) -> Column {
        Column::new(heading, Shape::Text, 8.0, most)
    }

    /// A column for short centred text.
    pub fn center(heading: impl Into<String>, most: f64) -> Column {
        Column::new(heading, Shape::Center, 6.0, most)
    }

    /// A column for telephone numbers: eleven digits stand on one line.
    pub fn phone(heading: impl Into<String>) -> Column {
        Column::new(heading, Shape::Center, 13.0, 16.0)
    }

    /// A column for counts.
    pub fn number(heading: impl Into<String>) -> Column {
        Column::new(heading, Shape::Number, 5.0, 14.0)
    }

    /// A column for rates.
    pub fn rate(heading: impl Into<String>) -> Column {
        Column::new(heading, Shape::Rate, 9.0, 14.0)
    }
}

/// How many columns stand on paper.
fn printed(columns: &[Column]) -> usize {
    columns.iter().take_while(|column| !column.aside).count()
}

/// The widths of columns for their headings and the rows of a sample, fitted on paper.
fn fitted<'c>(
    columns: &[Column],
    sample: impl IntoIterator<Item = impl AsRef<[Cell<'c>]>>,
    (page, lang): (paper::Page, Lang),
) -> Fit {
    // a heading breaks into two lines, in a narrow column into three, never into a column of single characters
    let parted = |column: &Column, parts: f64| {
        let full = fit::width(english::word(&column.heading, lang)) as f64;
        (full / parts).ceil().max(full.min(4.0 * (4.0 - parts))) + 2.0
    };
    let mut widths: Vec<f64> = columns.iter().map(|column| parted(column, 2.0).max(column.least)).collect();
    let mut least: Vec<f64> = columns.iter().map(|column| parted(column, 3.0).max(column.least)).collect();
    let mut measured: Vec<Vec<Vec<usize>>> = Vec::new();
    for row in sample {
        if measured.len() < MEASURED {
            let cells = row.as_ref().iter().take(printed(columns));
            measured.push(cells.map(|cell| fit::line_widths(&cell.shown())).collect());
        }
        for ((at, cell), column) in row.as_ref().iter().enumerate().zip(columns) {
            let (most, shown) = (column.most.max(column.least), cell.shown());
            // Most cells are told to fit by the number of their bytes.
            if widths[at] < most.min(shown.len() as f64 + 2.0) {
                widths[at] = widths[at].max(fit::column(&shown, column.least, most));
            }
            if cell.at_most(&shown, column.shape) > least[at] {
                let floor = cell.least(&shown, column.shape);
                (widths[at], least[at]) = (widths[at].max(floor), least[at].max(floor));
            }
        }
    }
    let on_paper = printed(columns);
    let mut fit = paper::fit(&widths[..on_paper], &least[..on_paper], page);
    balance(&mut fit.widths, &least, &measured);
    fit.widths.extend(&widths[on_paper..]);
    fit
}

/// A table being written.
pub struct Table<'s, 'a> {
    sheet: &'s mut Sheet<'a>,
    columns: &'s [Column],
    form: Form,
    head: u32,
    next: u32,
}

impl<'s, 'a> Table<'s, 'a> {
    /// Writes title, notes and heading row. The columns are fitted to the rows given as a sample.
    ///
    /// # Errors
    /// Of the library.
    pub fn titled<'c>(
        sheet: &'s mut Sheet<'a>,
        title: &str,
        notes: &[&str],
        columns: &'s [Column],
        sample: impl IntoIterator<Item = impl AsRef<[Cell<'c>]>>,
    ) -> Result<Table<'s, 'a>> {
        let fit = fitted(columns, sample, (sheet.page, sheet.lang));
        let over = paper::on_first(&fit.widths[..printed(columns)], fit.page);
        let room: f64 = fit.widths[..over].iter().sum();
        sheet.title(0, over as u16, title)?;
        sheet.height(0, 36.0 * fit::lines(title, room * paper::TYPE / 22.0) as f64)?;
        for (at, note) in notes.iter().enumerate() {
            let row = at as u32 + 1;
            sheet.lines(row, fit::lines(note, room))?;
            sheet.across(row, 0, over as u16, note, Shape::Line, Tone::Plain)?;
        }
        Table::laid(sheet, notes.len() as u32 + 1, columns, fit)
    }

    /// Writes the heading row at `head`. The columns are fitted to the rows given as a sample.
    ///
    /// # Errors
    /// Of the library.
    pub fn begin<'c>(
        sheet: &'s mut Sheet<'a>,
        head: u32,
        columns: &'s [Column],
        sample: impl IntoIterator<Item = impl AsRef<[Cell<'c>]>>,
    ) -> Result<Table<'s, 'a>> {
        let fit = fitted(columns, sample, (sheet.page, sheet.lang));
        Table::laid(sheet, head, columns, fit)
    }

    fn laid(sheet: &'s mut Sheet<'a>, head: u32, columns: &'s [Column], fit: Fit) -> Result<Table<'s, 'a>> {
        sheet.widths(&fit.widths)?;
        sheet.lay_on(fit.page);
        if sheet.size == Size::Large {
            for (col, column) in columns.iter().enumerate() {
                sheet.worksheet.set_column_format(col as u16, sheet.formats.column(column.shape))?;
            }
            sheet.worksheet.set_print_gridlines(true);
        }
        let shapes = columns.iter().map(|column| column.shape).collect();
        let form = Form { shapes, widths: fit.widths, page: fit.page, lang: sheet.lang };
        let mut table = Table { sheet, columns, form, head, next: head };
        table.heading()?;
        Ok(table)
    }

    /// Writes the heading row in the next row, and makes it the one that filters and repeats.
    fn heading(&mut self) -> Result<()> {
        let lines = self
            .columns
            .iter()
            .zip(&self.form.widths)
            .map(|(column, width)| fit::lines(english::word(&column.heading, self.sheet.lang), *width));
        let lines = lines.max().unwrap_or(1);
        self.head = self.next;
        self.sheet.height(self.head, fit::height(lines) + 4.0)?;
        for (col, column) in self.columns.iter().enumerate() {
            self.sheet.across(self.head, col as u16, 1, &column.heading, Shape::Head, Tone::Plain)?;
        }
        self.next += 1;
        Ok(())
    }

    /// The row that comes next, 0-based.
    pub fn next_row(&self) -> u32 {
        self.next
    }

    /// Whether cells are merged in this table: not in a sheet of many thousand rows.
    pub fn merges(&self) -> bool {
        self.sheet.size == Size::Small
    }

    /// Writes one row.
    ///
    /// # Errors
    /// Of the library.
    pub fn row(&mut self, cells: &[Cell<'_>]) -> Result<()> {
        self.form.row(self.sheet, self.next, cells)?;
        self.next += 1;
        Ok(())
    }

    /// Writes rows that belong together, with the cells of each span merged into one.
    ///
    /// # Errors
    /// Of the library.
    pub fn block<'c>(&mut self, rows: &[impl AsRef<[Cell<'c>]>], spans: &[Span]) -> Result<()> {
        self.form.block(self.sheet, self.next, rows, spans)?;
        self.next += rows.len() as u32;
        Ok(())
    }

    /// Ends the table with rows that are written when the workbook is finished. Returns them, and the row after them.
    ///
    /// # Errors
    /// Of the library.
    pub fn later<'w>(
        mut self,
        rows: usize,
        frozen: u16,
        write: impl Fn(&mut Rows<'_>) -> Result<()> + Sync + 'w,
    ) -> Result<(Body<'w>, u32)> {
        let (sheet, size, form, first) = (self.sheet.index, self.sheet.size, self.form.clone(), self.next);
        self.next += rows as u32;
        let next = self.end(frozen)?;
        Ok((Body { sheet, size, form, rows: first..next, write: Box::new(write) }, next))
    }

    /// Ends the table: filter buttons over its rows, heading and first columns kept in view, the heading printed on each
    /// page, and where columns go over several pages in width the first ones repeated. Returns the row after it.
    ///
    /// # Errors
    /// Of the library.
    pub fn end(self, frozen: u16) -> Result<u32> {
        let worksheet = &mut *self.sheet.worksheet;
        if self.next > self.head + 1 && !self.columns.is_empty() {
            worksheet.autofilter(self.head, 0, self.next - 1, self.columns.len() as u16 - 1)?;
        }
        let printed = printed(self.columns);
        let pages = paper::pages(&self.form.widths[..printed], usize::from(frozen), self.sheet.page);
        if pages > 1 {
            worksheet.set_print_fit_to_pages(pages, 0);
            worksheet.set_repeat_columns(0, frozen.max(1) - 1)?;
        } else if self.sheet.size == Size::Large {
            // To fit a sheet to a page LibreOffice lays out all its pages several times, which takes a minute for 100,000 rows.
            worksheet.set_print_scale(paper::on_one(&self.form.widths[..printed], self.sheet.page));
        }
        if printed < self.columns.len() {
            worksheet.set_print_area(0, 0, self.next.max(1) - 1, printed as u16 - 1)?;
            worksheet.group_columns(printed as u16, self.columns.len() as u16 - 1)?;
        }
        self.sheet.freeze(self.head + 1, frozen, Some((self.head, self.head)))?;
        Ok(self.next)
    }

    /// Ends the table without filter buttons. Returns the row after it.
    pub fn end_plain(self) -> u32 {
        self.next
    }
}
