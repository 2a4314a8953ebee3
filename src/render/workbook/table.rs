//! Tables: a heading row, and column widths and row heights that fit the text.

use std::collections::BTreeMap;

use anyhow::Result;
use rust_xlsxwriter::Url;

use super::book::{Sheet, Size};
use super::cell::{Cell, What};
use super::palette::{Shape, Tone};
use super::paper::{self, Fit};
use super::{fit, text};
use crate::basis::place::Area;

/// The most links of a sheet, slightly below the limit of Excel.
const MOST_LINKS: u32 = 65_000;
/// Long text in at least so many merged rows is aligned to the top, since in the middle it would be out of view.
const MANY_ROWS: usize = 12;

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

    /// A column for counts.
    pub fn number(heading: impl Into<String>) -> Column {
        Column::new(heading, Shape::Number, 5.0, 14.0)
    }

    /// A column for rates.
    pub fn rate(heading: impl Into<String>) -> Column {
        Column::new(heading, Shape::Rate, 9.0, 14.0)
    }
}

/// Rows of a block whose cells in one column are merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The column.
    pub col: usize,
    /// The first of the rows, within the block.
    pub first: usize,
    /// How many.
    pub rows: usize,
}

impl Span {
    /// The spans of a block in some columns: runs of rows with equal keys.
    pub fn runs<K: PartialEq>(keys: &[K], columns: &[usize]) -> Vec<Span> {
        let mut spans = Vec::new();
        let mut first = 0;
        for run in keys.chunk_by(|a, b| a == b) {
            spans.extend(columns.iter().map(|&col| Span { col, first, rows: run.len() }));
            first += run.len();
        }
        spans
    }
}

/// How many columns stand on paper.
fn printed(columns: &[Column]) -> usize {
    columns.iter().take_while(|column| !column.aside).count()
}

/// The widths of columns for their headings and the rows of a sample, fitted on paper.
fn fitted<'c>(columns: &[Column], sample: impl IntoIterator<Item = impl AsRef<[Cell<'c>]>>, page: paper::Page) -> Fit {
    // a heading breaks into two lines, in a narrow column into three, never into a column of single characters
    let parted = |column: &Column, parts: f64| {
        let full = fit::width(&column.heading) as f64;
        (full / parts).ceil().max(full.min(4.0 * (4.0 - parts))) + 2.0
    };
    let mut widths: Vec<f64> = columns.iter().map(|column| parted(column, 2.0).max(column.least)).collect();
    let mut least: Vec<f64> = columns.iter().map(|column| parted(column, 3.0).max(column.least)).collect();
    for row in sample {
        for ((at, cell), column) in row.as_ref().iter().enumerate().zip(columns) {
            let floor = cell.least(column.shape);
            let wanted = fit::column(&cell.shown(), column.least, column.most.max(column.least));
            widths[at] = widths[at].max(wanted).max(floor);
            least[at] = least[at].max(floor);
        }
    }
    let on_paper = printed(columns);
    let mut fit = paper::fit(&widths[..on_paper], &least[..on_paper], page);
    fit.widths.extend(&widths[on_paper..]);
    fit
}

/// A table being written.
pub struct Table<'s, 'a> {
    sheet: &'s mut Sheet<'a>,
    columns: &'s [Column],
    widths: Vec<f64>,
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
        let fit = fitted(columns, sample, sheet.page);
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
        let fit = fitted(columns, sample, sheet.page);
        Table::laid(sheet, head, columns, fit)
    }

    fn laid(sheet: &'s mut Sheet<'a>, head: u32, columns: &'s [Column], fit: Fit) -> Result<Table<'s, 'a>> {
        sheet.widths(&fit.widths)?;
        sheet.lay_on(fit.page);
        if sheet.size == Size::Large {
            for (col, column) in columns.iter().enumerate() {
                sheet.worksheet.set_column_format(col as u16, sheet.looks.column(column.shape))?;
            }
            sheet.worksheet.set_print_gridlines(true);
        }
        let mut table = Table { sheet, columns, widths: fit.widths, head, next: head };
        table.heading()?;
        Ok(table)
    }

    /// Writes the heading row in the next row, and makes it the one that filters and repeats.
    fn heading(&mut self) -> Result<()> {
        let lines = self.columns.iter().zip(&self.widths).map(|(column, width)| fit::lines(&column.heading, *width));
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
        self.block(&[cells], &[])
    }

    /// Writes rows that belong together, with the cells of each span merged into one. The merged cells keep their text
    /// in every row, so that a filter still finds each.
    ///
    /// # Errors
    /// Of the library.
    pub fn block<'c>(&mut self, rows: &[impl AsRef<[Cell<'c>]>], spans: &[Span]) -> Result<()> {
        let spans = if self.sheet.size == Size::Small { spans } else { &[] };
        let spans: Vec<&Span> = spans.iter().filter(|span| span.rows > 1).collect();
        // For each column with spans, the span of each row.
        let mut owners: BTreeMap<usize, Vec<Option<&Span>>> = BTreeMap::new();
        for span in &spans {
            let of_column = owners.entry(span.col).or_insert_with(|| vec![None; rows.len()]);
            of_column[span.first..span.first + span.rows].fill(Some(span));
        }
        let span_of = |row: usize, col: usize| owners.get(&col).and_then(|of_column| of_column[row]);
        let mut lines: Vec<usize> = Vec::with_capacity(rows.len());
        for (at, row) in rows.iter().enumerate() {
            let cells = row.as_ref().iter().enumerate().filter(|(col, _)| span_of(at, *col).is_none());
            lines.push(cells.map(|(col, cell)| fit::lines(&cell.shown(), self.widths[col])).max().unwrap_or(1));
        }
        // Narrow spans first: what they add also serves the wide ones.
        let mut by_rows = spans.clone();
        by_rows.sort_by_key(|span| span.rows);
        for span in by_rows {
            let text = rows[span.first].as_ref().get(span.col).map_or("".into(), Cell::shown);
            let own = &mut lines[span.first..span.first + span.rows];
            let lacking = fit::lines(&text, self.widths[span.col]).saturating_sub(own.iter().sum());
            let more = lacking.div_ceil(span.rows);
            for count in own {
                *count += more;
            }
        }
        for (at, row) in rows.iter().enumerate() {
            // Rows of one line in a large sheet keep the usual height, which costs nothing.
            if self.sheet.size == Size::Small || lines[at] > 1 {
                self.sheet.lines(self.next, lines[at])?;
            }
            for (col, cell) in row.as_ref().iter().enumerate() {
                let mut shape = self.columns[col].shape;
                if let Some(span) = span_of(at, col) {
                    if span.rows > MANY_ROWS && shape == Shape::Text {
                        shape = Shape::Tall;
                    }
                    if at == span.first {
                        let (format, last) =
                            (self.sheet.looks.cell(shape, cell.tone), self.next + span.rows as u32 - 1);
                        self.sheet.worksheet.merge_range(self.next, col as u16, last, col as u16, "", format)?;
                    }
                }
                self.sheet.put(self.next, col as u16, cell, shape)?;
            }
            self.next += 1;
        }
        Ok(())
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
        let pages = paper::pages(&self.widths[..printed], usize::from(frozen), self.sheet.page);
        if pages > 1 {
            worksheet.set_print_fit_to_pages(pages, 0);
            worksheet.set_repeat_columns(0, frozen.max(1) - 1)?;
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

impl Sheet<'_> {
    /// Writes one cell. What strangers wrote never becomes a formula, not even when someone edits the cell.
    ///
    /// # Errors
    /// Of the library.
    pub fn put(&mut self, row: u32, col: u16, cell: &Cell<'_>, shape: Shape) -> Result<()> {
        let by_column = self.size == Size::Large && cell.tone == Tone::Plain;
        let format = self.looks.cell(shape, cell.tone);
        let page = &mut *self.worksheet;
        match &cell.what {
            What::Empty if by_column => page,
            What::Empty => page.write_blank(row, col, format)?,
            What::Text(raw) => {
                let clean = text::clean(raw);
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
                page.write_number_with_format(row, col, *part, self.looks.cell(Shape::Rate, cell.tone))?
            }
            What::Day(day) => page.write_date_with_format(row, col, day, self.looks.cell(Shape::Day, cell.tone))?,
            What::Link(raw, sheet, to_row, to_col) => {
                let clean = text::clean(raw);
                self.links += 1;
                // A link shows less text than a cell holds; and a sheet holds only so many.
                if self.links > MOST_LINKS || clean.encode_utf16().count() > 255 || clean.is_empty() {
                    page.write_string_with_format(row, col, clean, format)?
                } else {
                    let to = Area::cell(*to_row, u32::from(*to_col));
                    let link = Url::new(format!("internal:'{}'!{to}", sheet.replace('\'', "''")));
                    page.write_url_with_options(row, col, link, &*clean, "", Some(format))?
                }
            }
        };
        Ok(())
    }
}
