//! Rows written as XML, past the library: it makes a value of each cell and looks each format up anew, which took half
//! of a run. They are written when the workbook is finished, the sheets side by side, and never stand in memory.
//!
//! In a sheet of many thousand rows cells stand one after another without their names (A4, B4 …), as the format allows and
//! Excel's own services write them: a name is another one in every row, and without them a sheet is packed to half the size in
//! half the time.

use std::fmt::Write as _;
use std::io;
use std::ops::Range;

use anyhow::Result;
use chrono::NaiveDate;
use memchr::{memchr2, memchr3};

use super::block::{Form, Sink, Span};
use super::cell::{Cell, What};
use super::link::{is_linked, location};
use super::palette::{Shape, Styles, Tone};
use super::size::Size;
use super::text;
use crate::basis::place::Area;
use crate::render::english;

/// So many bytes are handed on at once.
const PORTION: usize = 1 << 16;

/// The rows of a table, to be written when the workbook is finished.
pub struct Body<'w> {
    /// The position of the sheet.
    pub(super) sheet: usize,
    pub(super) size: Size,
    pub(super) form: Form,
    /// The rows, 0-based.
    pub(super) rows: Range<u32>,
    pub(super) write: Box<Write<'w>>,
}

/// Writes the rows.
type Write<'w> = dyn Fn(&mut Rows<'_>) -> Result<()> + Sync + 'w;

/// Rows being written, from top to bottom.
pub struct Rows<'b> {
    form: &'b Form,
    size: Size,
    next: u32,
    /// The number of the row being written, as text.
    number: String,
    styles: &'b Styles,
    /// The names of the columns: A, B …
    columns: Vec<String>,
    out: &'b mut dyn io::Write,
    xml: String,
    open: bool,
    merged: Vec<Area>,
    links: u32,
    hyperlinks: String,
    /// The last text of each column, where cells have no names.
    last: Vec<Last>,
}

/// A text and the cell made of it: most texts stand in row after row.
#[derive(Clone, Default)]
struct Last {
    style: u32,
    raw: String,
    cell: String,
}

/// What stands below the rows of a sheet.
pub(super) struct Below {
    /// The merged cells.
    pub(super) merged: Vec<Area>,
    /// The elements of the links.
    pub(super) hyperlinks: String,
}

impl<'b> Rows<'b> {
    pub(super) fn of(body: &'b Body<'_>, styles: &'b Styles, out: &'b mut dyn io::Write) -> Rows<'b> {
        let name = |col: usize| Area::cell(0, col as u32).to_string().trim_end_matches('1').to_owned();
        Rows {
            form: &body.form,
            size: body.size,
            next: body.rows.start,
            number: String::new(),
            styles,
            columns: (0..body.form.shapes.len()).map(name).collect(),
            out,
            xml: String::with_capacity(PORTION * 2),
            open: false,
            merged: Vec::new(),
            links: 0,
            hyperlinks: String::new(),
            last: vec![Last::default(); body.form.shapes.len()],
        }
    }

    /// Whether cells are merged in this table: not in a sheet of many thousand rows.
    pub fn merges(&self) -> bool {
        self.size == Size::Small
    }

    /// Writes one row.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn row(&mut self, cells: &[Cell<'_>]) -> Result<()> {
        let form = self.form;
        form.row(self, self.next, cells)?;
        self.next += 1;
        Ok(())
    }

    /// Writes rows that belong together, with the cells of each span merged into one.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn block<'c>(&mut self, rows: &[impl AsRef<[Cell<'c>]>], spans: &[Span]) -> Result<()> {
        let form = self.form;
        form.block(self, self.next, rows, spans)?;
        self.next += rows.len() as u32;
        Ok(())
    }

    /// Ends the last row. Returns what is to stand below.
    pub(super) fn end(mut self) -> Result<Below> {
        self.close();
        self.out.write_all(self.xml.as_bytes())?;
        Ok(Below { merged: self.merged, hyperlinks: self.hyperlinks })
    }

    fn close(&mut self) {
        if self.open {
            self.xml.push_str("</row>");
        }
        self.open = false;
    }

    /// Writes the start of a cell up to its style.
    fn cell(&mut self, col: u16, style: u32) {
        self.xml.push_str("<c ");
        if self.size == Size::Small {
            self.xml.push_str("r=\"");
            self.xml.push_str(&self.columns[usize::from(col)]);
            self.xml.push_str(&self.number);
            self.xml.push_str("\" ");
        }
        self.xml.push_str("s=\"");
        digits(&mut self.xml, style);
        self.xml.push('"');
    }

    /// Writes a text; `quoted` is the style of one that a spreadsheet would take for a formula.
    fn text(&mut self, col: u16, style: u32, quoted: u32, raw: &str) {
        let last = &self.last[usize::from(col)];
        if last.style == style && last.raw == raw {
            return self.xml.push_str(&last.cell);
        }
        let start = self.xml.len();
        let clean = text::clean(raw);
        self.string(col, if text::is_risky(&clean) { quoted } else { style }, &clean);
        if self.size == Size::Large {
            let last = &mut self.last[usize::from(col)];
            last.style = style;
            raw.clone_into(&mut last.raw);
            last.cell.clear();
            last.cell.push_str(&self.xml[start..]);
        }
    }

    fn string(&mut self, col: u16, style: u32, text: &str) {
        self.cell(col, style);
        let edges = [' ', '\n'];
        let kept = text.starts_with(edges) || text.ends_with(edges);
        self.xml.push_str(" t=\"inlineStr\"><is><t");
        self.xml.push_str(if kept { " xml:space=\"preserve\">" } else { ">" });
        escape(&mut self.xml, text);
        self.xml.push_str("</t></is></c>");
    }

    fn number(&mut self, col: u16, style: u32, number: f64) {
        self.cell(col, style);
        self.xml.push_str("><v>");
        if number.fract() == 0.0 && (0.0..1e9).contains(&number) {
            digits(&mut self.xml, number as u32);
        } else {
            let _ = write!(self.xml, "{number}");
        }
        self.xml.push_str("</v></c>");
    }
}

impl Sink for Rows<'_> {
    fn size(&self) -> Size {
        self.size
    }

    fn begin(&mut self, row: u32, height: Option<f64>) -> Result<()> {
        self.close();
        if self.xml.len() > PORTION {
            self.out.write_all(self.xml.as_bytes())?;
            self.xml.clear();
        }
        self.number.clear();
        digits(&mut self.number, row + 1);
        self.xml.push_str("<row r=\"");
        self.xml.push_str(&self.number);
        self.xml.push('"');
        if let Some(height) = height {
            let _ = write!(self.xml, " ht=\"{height}\" customHeight=\"1\"");
        }
        self.xml.push('>');
        self.open = true;
        Ok(())
    }

    fn merge(&mut self, area: Area, _: Shape, _: Tone) -> Result<()> {
        self.merged.push(area);
        Ok(())
    }

    fn put(&mut self, row: u32, col: u16, cell: &Cell<'_>, shape: Shape) -> Result<()> {
        let by_column = self.size == Size::Large && cell.tone == Tone::Plain;
        let framed = |shape| self.styles.cell(shape, cell.tone);
        let style = if by_column { self.styles.column(shape) } else { framed(shape) };
        match &cell.what {
            What::Empty => {
                self.cell(col, style);
                self.xml.push_str("/>");
            }
            What::Text(raw) => self.text(col, style, self.styles.quoted(shape, cell.tone), raw),
            What::Number(number) => self.number(col, style, *number),
            What::Rate(_, 0) => self.string(col, framed(shape), "—"),
            What::Rate(numerator, denominator) => {
                self.number(col, framed(shape), f64::from(*numerator) / f64::from(*denominator));
            }
            What::Share(part) => self.number(col, framed(Shape::Rate), *part),
            What::Day(day) => match serial(*day) {
                Some(days) => self.number(col, framed(Shape::Day), f64::from(days)),
                None => self.string(col, framed(Shape::Day), &day.to_string()),
            },
            // LibreOffice takes longer to open some ten thousand links than all else of a workbook.
            What::Link(raw, ..) if self.size == Size::Large => {
                let plain = Tone::Plain;
                self.text(col, self.styles.column(shape), self.styles.quoted(shape, plain), raw);
            }
            What::Link(raw, sheet, to_row, to_col) => {
                let clean = text::clean(raw);
                self.links += 1;
                if is_linked(&clean, self.links) {
                    let at = Area::cell(row, u32::from(col));
                    let _ = write!(self.hyperlinks, "<hyperlink ref=\"{at}\" location=\"");
                    escape(&mut self.hyperlinks, &location(&english::sheet(sheet, self.form.lang), *to_row, *to_col));
                    self.hyperlinks.push_str("\"/>");
                }
                let style = framed(shape);
                self.text(col, style, style, raw);
            }
        }
        Ok(())
    }
}

/// The number of a day in a workbook; none before 1900. The 29 February 1900, which never was, has one too.
fn serial(day: NaiveDate) -> Option<u32> {
    let eve = NaiveDate::from_ymd_opt(1899, 12, 31)?;
    let days = u32::try_from((day - eve).num_days()).ok().filter(|days| *days > 0)?;
    Some(if days > 59 { days + 1 } else { days })
}

/// Appends a whole number: what the formatter makes of it costs more than all else of a cell.
fn digits(out: &mut String, number: u32) {
    if number > 9 {
        digits(out, number / 10);
    }
    out.push(char::from(b'0' + (number % 10) as u8));
}

/// Appends a text as XML. `_x000D_` would mean a character.
fn escape(out: &mut String, text: &str) {
    let bytes = text.as_bytes();
    // nearly no text has any of them, and whole texts are searched sixteen bytes at a time
    if memchr3(b'&', b'<', b'>', bytes).or_else(|| memchr2(b'"', b'_', bytes)).is_none() {
        return out.push_str(text);
    }
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let instead = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'_' if is_code(&text.as_bytes()[at..]) => "_x005F_",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(instead);
        from = at + 1;
    }
    out.push_str(&text[from..]);
}

/// Whether bytes begin with a character code: `_x000D_`.
fn is_code(bytes: &[u8]) -> bool {
    matches!(bytes, [b'_', b'x', digits @ .., ] if digits.len() >= 5 && digits[4] == b'_' && digits[..4].iter().all(u8::is_ascii_hexdigit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_numbered_as_excel_does() {
        let of = |y, m, d| serial(NaiveDate::from_ymd_opt(y, m, d).expect("a day"));
        let numbers = [of(1899, 12, 31), of(1900, 1, 1), of(1900, 2, 28), of(1900, 3, 1), of(2014, 8, 15)];
        assert_eq!(numbers, [None, Some(1), Some(59), Some(61), Some(41_866)]);
    }

    #[test]
    fn whole_numbers_are_written_out() {
        for number in [0, 7, 10, 99, 100, 1_048_576, u32::MAX] {
            let mut out = String::from("A");
            digits(&mut out, number);
            assert_eq!(out, format!("A{number}"));
        }
    }

    #[test]
    fn texts_are_escaped() {
        for (text, shown) in [
            ("甲<乙>&\"丙\"", "甲&lt;乙&gt;&amp;&quot;丙&quot;"),
            ("a_x000D_b _x00 _xyz1_ 末_x0041_", "a_x005F_x000D_b _x00 _xyz1_ 末_x005F_x0041_"),
            ("", ""),
        ] {
            let mut out = String::new();
            escape(&mut out, text);
            assert_eq!(out, shown);
        }
    }
}
