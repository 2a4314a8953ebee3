//! Excel binary workbooks (xlsb), through calamine.

use std::io::Cursor;

use super::grid::{Raw, Sheet, Visibility, Workbook};
use super::iso;
use super::numfmt::Shown;
use super::outcome::{Format, Refusal};
use super::package::Package;
use super::sink::{Filling, Sink};
use calamine::{Data, Reader, SheetType, SheetVisible};

/// Reads an xlsb workbook, cell by cell.
pub(super) fn read(bytes: &[u8]) -> Result<Workbook, Refusal> {
    // calamine reads parts without looking at their checksums or sizes
    Package::open(bytes)?.check()?;
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
    let properties = book.workbook_properties().map(|p| p.custom_properties.into_iter().collect()).unwrap_or_default();
    Ok(sink.finish(Format::Xlsb, sheets, properties))
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
        Data::DateTimeIso(text) => iso::moment(text).map_or_else(|| sink.text(text), Raw::Date),
        Data::DurationIso(text) => iso::duration(text).map_or_else(|| sink.text(text), Raw::Duration),
        Data::Error(error) => sink.fault(&error.to_string()),
    }
}
