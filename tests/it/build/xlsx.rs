//! A source as a workbook: the same source gives the same bytes.

use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Note, Workbook,
    Worksheet, XlsxError,
};
use taizhang::render::package::Package;
use unicode_width::UnicodeWidthStr;

use super::source::{self, Cell, Look, Row, Sheet, Source};

/// The bytes of the workbook.
pub(crate) fn workbook(source: &Source) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let created = ExcelDateTime::from_ymd(2014, 1, 1)?.and_hms(0, 0, 0)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&created));
    for sheet in &source.sheets {
        write(book.add_worksheet().set_name(&sheet.name)?, sheet)?;
    }
    let bytes = book.save_to_buffer()?;
    Ok(if source.grows { growing(&bytes) } else { bytes })
}

/// The workbook with rows that keep their height until someone writes in them: the writing library can only set heights
/// that stay.
fn growing(bytes: &[u8]) -> Vec<u8> {
    let mut package = Package::open(bytes).expect("a package");
    for sheet in package.book().expect("a workbook").sheets {
        let rows = String::from_utf8(package.document(&sheet.part).expect("a sheet")).expect("text");
        package.set(&sheet.part, rows.replace(" customHeight=\"1\"", "").into_bytes());
    }
    package.finish().expect("written")
}

fn write(out: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    out.set_hidden(sheet.hidden).set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    let columns = sheet.columns();
    let widths = widths(sheet, columns);
    for (at, width) in widths.iter().enumerate() {
        out.set_column_width(at as u16, *width)?;
    }
    for (at, row) in sheet.rows.iter().enumerate() {
        let line = at as u32;
        out.set_row_height(line, height(sheet, at, &widths))?;
        if row.hidden {
            out.set_row_hidden(line)?;
        }
        for col in 0..row.cells.len() {
            put(out, sheet, at, col, columns)?;
        }
    }
    if sheet.freeze > 0 {
        out.set_freeze_panes(sheet.freeze, 0)?;
        out.set_repeat_rows(0, sheet.freeze - 1)?;
    }
    for (range, values) in &sheet.lists {
        let (top, left, bottom, right) = corners(range);
        let list = DataValidation::new().allow_list_strings(values)?.ignore_blank(true);
        out.add_data_validation(top, left, bottom, right, &list)?;
    }
    for (cell, text) in &sheet.notes {
        let (row, col, ..) = corners(cell);
        out.insert_note(row, col, &Note::new(text).set_author("").add_author_prefix(false))?;
    }
    Ok(())
}

/// Writes the cell at (row, column) with the merged region it opens.
fn put(out: &mut Worksheet, sheet: &Sheet, at: usize, col: usize, columns: usize) -> Result<(), XlsxError> {
    let row = &sheet.rows[at];
    let cell = &row.cells[col];
    if matches!(cell, Cell::MergedLeft | Cell::MergedUp) {
        return Ok(());
    }
    let format = format(row.look, cell);
    let right = match row.look {
        Look::Title | Look::Line if row.cells.len() == 1 => columns - 1,
        _ => col + row.cells[col + 1..].iter().take_while(|c| **c == Cell::MergedLeft).count(),
    };
    let merged_up = |row: &&Row| row.cells.get(col) == Some(&Cell::MergedUp);
    let bottom = at + sheet.rows[at + 1..].iter().take_while(merged_up).count();
    let (line, column) = (at as u32, col as u16);
    if (bottom, right) != (at, col) {
        out.merge_range(line, column, bottom as u32, right as u16, "", &format)?;
    }
    match cell {
        Cell::Text(text) => out.write_with_format(line, column, text, &format)?,
        Cell::Number(n) | Cell::Percent(n) => out.write_with_format(line, column, *n, &format)?,
        Cell::Day(day, _) => out.write_with_format(line, column, day, &format)?,
        Cell::Formula(formula, result) => {
            out.write_with_format(line, column, Formula::new(formula).set_result(result), &format)?
        }
        Cell::Empty | Cell::MergedLeft | Cell::MergedUp if row.look == Look::Body => {
            out.write_blank(line, column, &format)?
        }
        Cell::Empty | Cell::MergedLeft | Cell::MergedUp => out,
    };
    Ok(())
}

fn format(look: Look, cell: &Cell) -> Format {
    let format = Format::new().set_align(FormatAlign::VerticalCenter);
    let format = match look {
        Look::Head | Look::Body => format.set_text_wrap(),
        _ => format,
    };
    let format = match look {
        Look::Title => format.set_font_name("黑体").set_font_size(16).set_align(FormatAlign::Center),
        Look::Line | Look::Plain => format.set_font_name("宋体").set_font_size(11),
        Look::Head => format
            .set_font_name("宋体")
            .set_bold()
            .set_border(FormatBorder::Thin)
            .set_align(FormatAlign::Center)
            .set_background_color(Color::RGB(0xF2_F2F2)),
        Look::Body => format.set_font_name("宋体").set_font_size(10.5).set_border(FormatBorder::Thin),
    };
    match cell {
        Cell::Number(_) => format.set_align(FormatAlign::Center),
        Cell::Percent(_) => format.set_num_format("0%"),
        Cell::Day(_, source::Format::Text(shown)) => format.set_num_format(shown),
        Cell::Day(_, source::Format::BuiltIn(number)) => format.set_num_format_index(*number),
        _ => format,
    }
}

/// Column widths: as given, else the widest line of the bordered cells within reason.
fn widths(sheet: &Sheet, columns: usize) -> Vec<f64> {
    let content = |col: usize| {
        let rows = sheet.rows.iter().filter(|row| matches!(row.look, Look::Head | Look::Body));
        let cells = rows.filter_map(|row| row.cells.get(col));
        let lines = cells.flat_map(|cell| cell.text().lines().map(UnicodeWidthStr::width).collect::<Vec<_>>());
        (lines.max().unwrap_or(0) as f64 + 2.0).clamp(7.0, 38.0)
    };
    (0..columns).map(|col| sheet.widths.get(col).copied().unwrap_or_else(|| content(col))).collect()
}

/// Height of a row: as many lines as its cells need in their widths; a cell merged over rows shares its lines out.
fn height(sheet: &Sheet, at: usize, widths: &[f64]) -> f64 {
    let row = &sheet.rows[at];
    let lines = |col: usize| {
        let opens = sheet.rows[..=at].iter().rposition(|row| row.cells.get(col) != Some(&Cell::MergedUp)).unwrap_or(at);
        let rows = 1 + sheet.rows[opens + 1..].iter().take_while(|r| r.cells.get(col) == Some(&Cell::MergedUp)).count();
        let cell = sheet.rows[opens].cells.get(col).map_or(String::new(), Cell::text);
        let wrapped = |line: &str| (line.width() as f64 / (widths[col] - 1.0)).ceil().max(1.0);
        (cell.lines().map(wrapped).sum::<f64>() / rows as f64).ceil()
    };
    match row.look {
        Look::Title => 28.0,
        Look::Line | Look::Plain => 18.0,
        Look::Head | Look::Body => (0..row.cells.len()).map(lines).fold(1.0, f64::max) * 14.5 + 4.0,
    }
}

/// `C4:C60` or `C4` as (top, left, bottom, right), 0-based; one-letter columns are enough for samples.
fn corners(range: &str) -> (u32, u16, u32, u16) {
    let corner = |text: &str| {
        let (letter, number) = text.split_at(1);
        (number.parse::<u32>().expect("row") - 1, u16::from(letter.as_bytes()[0] - b'A'))
    };
    let (first, last) = range.split_once(':').unwrap_or((range, range));
    let ((top, left), (bottom, right)) = (corner(first), corner(last));
    (top, left, bottom, right)
}
