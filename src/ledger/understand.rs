//! Workbook → [`FileReading`]: reads one file from its grids to its records.

use super::about::Note;
use super::attribute::Form;
use super::builder::{LedgerBuilder, TableContext};
use super::context::{self, Surroundings};
use super::file_reading::{Aside, FileReading, NilSentence, Picture, SheetReading, Skipped};
use super::nil;
use super::record::{Ledger, UnitFrom};
use super::senders::{Outside, Senders, Units};
use super::sheets::{self, Surveyed};
use super::window::{choose, file_window};
use super::{around, continuation, named, part, returned, ruled, stamp, untouched};
use crate::basis::UnitId;
use crate::basis::calendar::Window;
use crate::basis::place::{Place, Source};
use crate::division::Context;
use crate::read::{Format, Refusal, Sheet, Workbook};
use crate::ruling::{Asker, RulingKind};
use crate::table::Table;

/// Finds the ledgers of a file with all their records; a refused file gives a reading without ledgers.
pub fn understand(read: Result<Workbook, Refusal>, source: &Source, cx: &Context<'_>) -> FileReading {
    let mut asker = Asker { unit: None, file: &source.name, window: ruled::window(cx, source, None) };
    let outside = Outside::of(source, cx, &asker);
    let mut book = match read {
        Ok(book) => book,
        Err(refusal) => {
            return FileReading {
                refusal: Some(refusal),
                unit: outside.first().or(outside.path).or(outside.alike),
                window: file_window(source, &[], &[], None, cx),
                left_out: outside.left_out,
                ..FileReading::default()
            };
        }
    };
    let stamp = stamp::stamp(&book, cx.division);
    let returned = returned::returned(&book);
    if stamp.is_none() && returned.is_none() && book.properties.contains_key(stamp::OUTPUT) {
        return FileReading { format: Some(book.format), own_output: true, ..FileReading::default() };
    }
    // A marked copy says whose it is and for when, whatever it is called now.
    let property = |name| book.properties.get(name).filter(|_| stamp.is_some() || returned.is_some());
    let stamped_unit = property(stamp::UNIT).and_then(|name| cx.division.roster.find(name));
    let stamped_window = property(stamp::WINDOW).cloned();
    let mut sheets = std::mem::take(&mut book.sheets);
    if returned.is_some() {
        returned::restore(&mut sheets, &book.texts);
    }
    let survey = |asker: Asker<'_>| {
        let mut surveyed: Vec<Surveyed> =
            sheets.iter().map(|sheet| sheets::survey(sheet, &source.name, &book.texts, cx, asker)).collect();
        for &at in returned.iter().flat_map(|returned| &returned.index) {
            surveyed[at as usize] = Surveyed::none(Skipped::NotLedger);
        }
        continuation::join(&mut surveyed, &sheets, &book.texts, cx);
        around::add(&mut surveyed, &sheets);
        choose(source, &mut surveyed, &sheets, &book.texts, cx);
        let window = file_window(source, &surveyed, &sheets, stamped_window.as_deref(), cx);
        (surveyed, window)
    };
    let (mut surveyed, mut window) = survey(asker);
    asker.window = ruled::window(cx, source, window);
    let outside = Outside::of(source, cx, &asker).unless_named(&surveyed, source, cx);
    let senders =
        Senders { outside, stamp: stamped_unit, roster: &cx.division.roster, rulings: &cx.division.rulings, asker };
    let mut units: Vec<Units> = senders.all(&surveyed, &sheets, source);
    asker.unit = first_of(&units).or_else(|| senders.outside()).map(|(unit, _)| unit);
    if cx.division.rulings.any(RulingKind::Heading) && asker.unit.is_some() {
        // Whose headings they are is known only now.
        (surveyed, window) = survey(asker);
        units = senders.all(&surveyed, &sheets, source);
    }
    let form = match &stamp {
        None => Form::None,
        Some(stamp) if stamp.fits(cx.division) => Form::Current,
        Some(_) => Form::Outdated,
    };

    let named = named::in_sheets(&surveyed, &sheets, &book.texts, source, &cx.division.roster);
    let mut reading = FileReading {
        named,
        format: Some(book.format),
        notices: book.notices,
        window,
        stamp,
        returned,
        left_out: outside.left_out.filter(|_| asker.unit.is_none()),
        ..FileReading::default()
    };
    let mut texts = book.texts;
    let sender = first_of(&units);
    let of_file = sender.or_else(|| senders.outside()).or(outside.alike);
    for (at, ((sheet, surveyed), units)) in sheets.iter().zip(&surveyed).zip(&units).enumerate() {
        let alone = surveyed.skipped == Some(Skipped::NilReport);
        if !alone && (surveyed.tables.is_empty() || sheet.is_hidden()) {
            continue;
        }
        let Some((row, col)) = nil::cell(sheet, &texts, &surveyed.tables) else { continue };
        let unit = units.tables.first().copied().flatten().or(of_file);
        // In a workbook with a sheet for each unit a sheet's name tells whose it is.
        let titled = || context::titled_by(&surveyed.titles, &sheet.name, cx.division).filter(|_| alone);
        let unit = if is_stated(unit, at) { None } else { titled() }.or(unit.map(|(unit, _)| unit));
        reading.nil.push(NilSentence { place: Place::cell(source.id, at as u16, row, col), unit });
    }
    let guides: Vec<bool> = sheets.iter().map(|sheet| stamp::is_guide(sheet, &texts)).collect();
    let sheet_days = part::of_sheets(&sheets, &surveyed, &asker.window);
    let mut builder = LedgerBuilder::new(cx, &mut texts, asker);
    for (at, ((sheet, surveyed), units)) in sheets.iter().zip(surveyed).zip(units).enumerate() {
        reading.sheets.push(SheetReading {
            name: sheet.name.clone(),
            hidden: sheet.is_hidden(),
            hidden_rows: sheet.hidden_rows.iter().copied().filter(|&row| sheet.grid.row(row).is_some()).collect(),
            hidden_cells: sheet.hidden_cells.clone(),
            notes: surveyed.notes.iter().flatten().cloned().collect(),
            skipped: if guides[at] { Some(Skipped::Guide) } else { surveyed.skipped },
            unread: if guides[at] { Vec::new() } else { surveyed.unread },
        });
        let unmerged = book.format == Format::Csv;
        let received = source.received.date().min(cx.as_of.date());
        let surroundings = Surroundings { titles: &surveyed.titles, sheet: &sheet.name, file: &source.name };
        let days = part::of_blocks(&surveyed.tables, &surveyed.notes, &asker.window, cx.division);
        let context = |table: &Table, notes: &[Note], unit, day: Option<Window>| {
            let around = context::task(table, surroundings, cx.division);
            let titled = if is_stated(unit, at) { None } else { context::titled(table, &sheet.name, cx.division) };
            let part = day.or(sheet_days[at]);
            let part = part.or_else(|| part::of_table(table, notes, surroundings, &asker.window));
            TableContext { source: source.id, sheet: at as u16, unit, form, around, titled, part, received, unmerged }
        };
        let read = surveyed.tables.into_iter().zip(&surveyed.notes).zip(units.tables).zip(days);
        for (((table, notes), unit), day) in read {
            let context = context(&table, notes, unit, day);
            reading.ledgers.push(builder.ledger(table, sheet, &context, notes));
        }
        for (kept, unit) in surveyed.aside.into_iter().zip(units.aside) {
            let context = context(&kept.table, &kept.notes, unit, None);
            let ledger = builder.aside(kept.table, sheet, &context, &kept.notes);
            reading.aside.push(Aside { unread: kept.unread, ledger });
        }
    }
    sign_together(&mut reading.ledgers);
    texts.freeze();
    reading.texts = texts;
    // a form that lost its stamp is known by its guide
    let is_form = reading.stamp.is_some() || guides.contains(&true);
    untouched::set_aside(&mut reading, source, is_form);
    if cx.settings.pictures {
        reading.pictures = pictures(&sheets, &reading.ledgers);
    }
    // Sheets of several units say of none that it sends them all.
    let mut stated = reading.ledgers.iter().filter_map(|ledger| ledger.unit);
    let first = stated.next();
    let agreed = stated.all(|other| first.is_some_and(|first| first.0 == other.0));
    reading.unit = if agreed { first.or(of_file) } else { senders.outside() };
    reading
}

/// The unit of the first table that has one.
fn first_of(units: &[Units]) -> Option<(UnitId, UnitFrom)> {
    units.iter().flat_map(|units| units.tables.iter().chain(&units.aside)).flatten().next().copied()
}

/// Whether a sheet (by position) itself, the register or a ruling states a unit, which says more than a title.
fn is_stated(unit: Option<(UnitId, UnitFrom)>, sheet: usize) -> bool {
    match unit {
        Some((_, UnitFrom::Sheet(place))) => place.sheet == Some(sheet as u16),
        Some((_, UnitFrom::Register | UnitFrom::Ruling(_))) => true,
        _ => false,
    }
}

/// A signature on one page of a ledger is that of all its pages.
fn sign_together(ledgers: &mut [Ledger]) {
    for pages in ledgers.chunk_by_mut(|_, next| next.headless) {
        let signed = pages.iter().any(|page| page.signed);
        for page in pages {
            page.signed = signed;
        }
    }
}

/// The small pictures in records.
fn pictures(sheets: &[Sheet], ledgers: &[Ledger]) -> Vec<Picture> {
    let mut all = Vec::new();
    for (at, sheet) in (0u16..).zip(sheets) {
        let is_record = |row: u32| {
            let here = ledgers.iter().filter(|ledger| ledger.sheet == at);
            here.flat_map(|ledger| ledger.records.binary_search_by_key(&row, |record| record.row)).next().is_some()
        };
        let of_records = sheet.images.iter().filter(|image| is_record(image.row));
        all.extend(of_records.map(|image| Picture { sheet: at, row: image.row, bytes: image.bytes.clone() }));
    }
    all
}

#[cfg(test)]
mod tests;
