//! Workbooks through calamine.

use std::io::Cursor;

use calamine::{Data, DataRef, Dimensions, Reader, SheetType, SheetVisible};
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use super::grid::{Raw, Sheet, Visibility, Workbook};
use super::numfmt::{self, Shown};
use super::outcome::{Format, Refusal};
use super::sink::{Filling, Sink};
use crate::basis::place::Area;

/// Reads an xlsx or xlsm workbook, cell by cell.
pub(super) fn xlsx(bytes: &[u8]) -> Result<Workbook, Refusal> {
    let mut book = calamine::Xlsx::new(Cursor::new(bytes)).map_err(|e| match e {
        calamine::XlsxError::Password => Refusal::Encrypted,
        e => Refusal::Damaged(e.to_string()),
    })?;
    let mut sink = Sink::default();
    let mut sheets = Vec::new();
    let since_1904 = book.has_1904_epoch();
    for (number, meta) in book.sheets_metadata().to_vec().into_iter().enumerate() {
        let mut sheet = begin(&meta);
        if sheet.unreadable.is_none() {
            let mut filling = Filling::new(number);
            let mut read = || -> Result<(), calamine::XlsxError> {
                let mut reader = book.worksheet_cells_reader(&meta.name)?;
                let formats: Vec<Shown> = reader
                    .styles()
                    .iter()
                    .map(|style| {
                        let format = style.number_format.as_ref();
                        format
                            .and_then(|f| f.format_id)
                            .and_then(numfmt::builtin)
                            .unwrap_or_else(|| format.map_or(Shown::Plain, |f| numfmt::by_code(&f.format_code)))
                    })
                    .collect();
                loop {
                    let (cell, style) = match reader.next_cell_with_style_id() {
                        Ok(Some(next)) => next,
                        Ok(None) => break,
                        Err(
                            e @ (calamine::XlsxError::XmlEof(_)
                            | calamine::XlsxError::Xml(_)
                            | calamine::XlsxError::Io(_)),
                        ) => {
                            return Err(e);
                        }
                        Err(e) => {
                            sink.bad_cell(&mut filling, None, e.to_string());
                            continue;
                        }
                    };
                    let (row, col) = cell.get_position();
                    let raw = match cell.get_value() {
                        DataRef::Float(value) => {
                            formats.get(style).copied().unwrap_or_default().cell(*value, since_1904, &mut sink)
                        }
                        DataRef::SharedString(text) => sink.text(text),
                        value => convert(&value.clone().into(), since_1904, &mut sink),
                    };
                    if !sink.put(&mut filling, row, col, raw) {
                        break;
                    }
                }
                Ok(())
            };
            sheet.unreadable = read().err().map(|e| e.to_string());
            sink.end(filling, &mut sheet);
            sheet.merges = areas(book.merge_cells_by_sheet_name(&meta.name).unwrap_or_default());
        }
        sheets.push(sheet);
    }
    let properties = book.workbook_properties().map(|p| p.custom_properties).unwrap_or_default();
    Ok(finish(Format::Xlsx, sink, sheets, properties))
}

/// Reads an xlsb workbook, cell by cell.
pub(super) fn xlsb(bytes: &[u8]) -> Result<Workbook, Refusal> {
    let mut book = calamine::Xlsb::new(Cursor::new(bytes)).map_err(|e| Refusal::Damaged(e.to_string()))?;
    let mut sink = Sink::default();
    let mut sheets = Vec::new();
    let since_1904 = book.has_1904_epoch();
    for (number, meta) in book.sheets_metadata().to_vec().into_iter().enumerate() {
        let mut sheet = begin(&meta);
        if sheet.unreadable.is_none() {
            let mut filling = Filling::new(number);
            let mut read = || -> Result<(), calamine::XlsbError> {
                let mut reader = book.worksheet_cells_reader(&meta.name)?;
                while let Some(cell) = reader.next_cell()? {
                    let (row, col) = cell.get_position();
                    let raw = convert(&cell.get_value().clone().into(), since_1904, &mut sink);
                    if !sink.put(&mut filling, row, col, raw) {
                        break;
                    }
                }
                Ok(())
            };
            sheet.unreadable = read().err().map(|e| e.to_string());
            sink.end(filling, &mut sheet);
        }
        sheets.push(sheet);
    }
    let properties = book.workbook_properties().map(|p| p.custom_properties).unwrap_or_default();
    Ok(finish(Format::Xlsb, sink, sheets, properties))
}

/// Reads an Excel 97–2003 workbook.
pub(super) fn xls(bytes: &[u8]) -> Result<Workbook, Refusal> {
    let mut book = calamine::Xls::new(Cursor::new(bytes)).map_err(|e| match e {
        calamine::XlsError::Password => Refusal::Encrypted,
        e => Refusal::Damaged(e.to_string()),
    })?;
    let mut sink = Sink::default();
    let mut sheets = Vec::new();
    let since_1904 = book.has_1904_epoch();
    for (number, meta) in book.sheets_metadata().to_vec().into_iter().enumerate() {
        let mut sheet = begin(&meta);
        if sheet.unreadable.is_none() {
            match book.worksheet_range(&meta.name) {
                Ok(range) => fill(&range, number, since_1904, &mut sink, &mut sheet),
                Err(e) => sheet.unreadable = Some(e.to_string()),
            }
            sheet.merges = areas(book.merge_cells_by_sheet_name(&meta.name).unwrap_or_default());
        }
        sheets.push(sheet);
    }
    let properties = book.workbook_properties().map(|p| p.custom_properties).unwrap_or_default();
    Ok(finish(Format::Xls, sink, sheets, properties))
}

/// Reads an OpenDocument spreadsheet.
pub(super) fn ods(bytes: &[u8]) -> Result<Workbook, Refusal> {
    let mut book = calamine::Ods::new(Cursor::new(bytes)).map_err(|e| match e {
        calamine::OdsError::Password => Refusal::Encrypted,
        e => Refusal::Damaged(e.to_string()),
    })?;
    let mut sink = Sink::default();
    let mut sheets = Vec::new();
    let since_1904 = false;
    for (number, meta) in book.sheets_metadata().to_vec().into_iter().enumerate() {
        let mut sheet = begin(&meta);
        match book.worksheet_range(&meta.name) {
            Ok(range) => fill(&range, number, since_1904, &mut sink, &mut sheet),
            Err(e) => sheet.unreadable = Some(e.to_string()),
        }
        sheets.push(sheet);
    }
    let properties = book.workbook_properties().map(|p| p.custom_properties).unwrap_or_default();
    Ok(finish(Format::Ods, sink, sheets, properties))
}

fn begin(meta: &calamine::Sheet) -> Sheet {
    Sheet {
        name: meta.name.clone(),
        visibility: match meta.visible {
            SheetVisible::Visible => Visibility::Visible,
            SheetVisible::Hidden | SheetVisible::VeryHidden => Visibility::Hidden,
        },
        unreadable: match meta.typ {
            SheetType::WorkSheet => None,
            SheetType::ChartSheet => Some("chart sheet".into()),
            SheetType::MacroSheet | SheetType::Vba => Some("macro sheet".into()),
            SheetType::DialogSheet => Some("dialog sheet".into()),
        },
        ..Sheet::default()
    }
}

fn finish(
    format: Format,
    sink: Sink,
    sheets: Vec<Sheet>,
    properties: impl IntoIterator<Item = (String, String)>,
) -> Workbook {
    Workbook { format, texts: sink.texts, sheets, notices: sink.notices, properties: properties.into_iter().collect() }
}

fn fill(range: &calamine::Range<Data>, number: usize, since_1904: bool, sink: &mut Sink, sheet: &mut Sheet) {
    let mut filling = Filling::new(number);
    let (top, left) = range.start().unwrap_or_default();
    for (row, col, value) in range.used_cells() {
        let raw = convert(value, since_1904, sink);
        if !sink.put(&mut filling, top + row as u32, left + col as u32, raw) {
            break;
        }
    }
    sink.end(filling, sheet);
}

fn areas(regions: Vec<Dimensions>) -> Vec<Area> {
    let area = |d: Dimensions| Area { top: d.start.0, left: d.start.1, bottom: d.end.0, right: d.end.1 };
    regions.into_iter().map(area).filter(|a| a.top <= a.bottom && a.left <= a.right).collect()
}

fn convert(value: &Data, since_1904: bool, sink: &mut Sink) -> Raw {
    match value {
        Data::Empty => Raw::Empty,
        Data::Int(value) => sink.number(*value as f64, false),
        Data::Float(value) => sink.number(*value, false),
        Data::String(text) => sink.text(text),
        Data::Bool(truth) => Raw::Truth(*truth),
        Data::DateTime(stored) => {
            let shown = if stored.is_duration() { Shown::Duration } else { Shown::Moment };
            shown.cell(stored.as_f64(), since_1904, sink)
        }
        Data::DateTimeIso(text) => iso_moment(text).map_or_else(|| sink.text(text), Raw::Date),
        Data::DurationIso(text) => iso_duration(text).map_or_else(|| sink.text(text), Raw::Duration),
        Data::Error(error) => sink.fault(&error.to_string()),
    }
}

/// `2014-08-15`, `2014-08-15T17:00:00` with or without fraction and zone.
pub(super) fn iso_moment(text: &str) -> Option<NaiveDateTime> {
    let text = text.trim().trim_end_matches('Z');
    ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
        .or_else(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?.and_hms_opt(0, 0, 0))
}

/// `PT12H30M00S`, as OpenDocument stores times of day and durations.
pub(super) fn iso_duration(text: &str) -> Option<TimeDelta> {
    let mut rest = text.trim().strip_prefix("PT")?;
    let mut seconds = 0.0;
    for (unit, factor) in [('H', 3600.0), ('M', 60.0), ('S', 1.0)] {
        if let Some((number, after)) = rest.split_once(unit) {
            seconds += number.replace(',', ".").parse::<f64>().ok()? * factor;
            rest = after;
        }
    }
    (rest.is_empty() && seconds.abs() < 1e11).then(|| TimeDelta::milliseconds((seconds * 1000.0).round() as i64))
}
