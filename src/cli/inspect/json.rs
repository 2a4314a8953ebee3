//! `taizhang inspect` as JSON.

use serde_json::{Value, json};

use crate::basis::Lang;
use crate::basis::place::{Area, column_letters};
use crate::check::support::refusal;
use crate::division::Context;
use crate::ledger::{Attribution, Entry, FileReading, Ledger, OneFile, TaskFrom, UnitFrom, line_cell};
use crate::outcome::labels;
use crate::pipeline::TakenIn;
use crate::read::SecondReading;

/// All files, and the fields with their headings.
pub(super) fn files(taken: &[TakenIn], cx: &Context<'_>) -> Value {
    let fields: Vec<Value> =
        cx.division.fields.fields.iter().map(|spec| json!({"field": spec.name, "synonyms": spec.synonyms})).collect();
    json!({ "files": taken.iter().map(|file| one(file, cx)).collect::<Vec<_>>(), "fields": fields })
}

fn one(file: &TakenIn, cx: &Context<'_>) -> Value {
    let reading = &file.reading;
    let sheets: Vec<Value> = reading
        .sheets
        .iter()
        .enumerate()
        .map(|(at, sheet)| {
            let notes: Vec<Value> = sheet
                .notes
                .iter()
                .map(|(row, col, label, value)| json!({"cell": line_cell(*row, *col).map(|cell| cell.to_string()), "label": label, "value": value}))
                .collect();
            let ledgers: Vec<Value> =
                reading.ledgers.iter().filter(|l| usize::from(l.sheet) == at).map(|l| ledger(file.one(), l, cx)).collect();
            json!({
                "name": sheet.name,
                "hidden": sheet.hidden,
                "state": if sheet.skipped.is_some() { "skipped" } else { "ledger" },
                "why": labels::why_unread(sheet, cx.settings.lang),
                "hidden_rows": sheet.hidden_rows.iter().map(|row| row + 1).collect::<Vec<_>>(),
                "notes": notes,
                "ledgers": ledgers,
            })
        })
        .collect();
    json!({
        "path": file.source.name,
        "hash": file.source.hash,
        "format": reading.format.map(crate::read::Format::extension),
        "refused": reading.refusal.as_ref().map(|why| refusal::words(why).in_lang(cx.settings.lang).to_owned()),
        "ignored": file.ignored.as_ref().map(|why| why.in_lang(cx.settings.lang)),
        "unit": file.one().sender().map(|unit| cx.division.unit(unit).name.clone()),
        "unit_from": reading.unit.map(|(_, from)| unit_from(from)),
        "window": reading.window.map(|(window, _)| window.label()),
        "second_reader": reading.second.as_ref().map(|second| second_reader(second, reading)),
        "sheets": sheets,
    })
}

/// What the second reader saw.
fn second_reader(second: &SecondReading, reading: &FileReading) -> Value {
    let differing: Vec<Value> = second
        .differing
        .iter()
        .map(|cell| {
            let sheet = reading.sheets.get(cell.sheet as usize).map(|sheet| sheet.name.as_str());
            let place = Area::cell(cell.row, cell.col).to_string();
            json!({"sheet": sheet, "cell": place, "first": cell.ours, "second": cell.theirs})
        })
        .collect();
    json!({
        "agreed": second.agreed,
        "differing": differing,
        "known_faults": second.excused.values().sum::<u32>(),
        "silent": second.silent,
    })
}

fn unit_from(from: UnitFrom) -> &'static str {
    match from {
        UnitFrom::Ruling(_) => "ruling",
        UnitFrom::Register => "register",
        UnitFrom::Sheet(_) => "sheet",
        UnitFrom::Stamp => "stamp",
        UnitFrom::FileName => "file-name",
        UnitFrom::Folder => "folder",
    }
}

fn ledger(file: OneFile<'_>, ledger: &Ledger, cx: &Context<'_>) -> Value {
    let columns: Vec<Value> = ledger
        .shown_columns()
        .into_iter()
        .map(|column| {
            json!({
                "column": column_letters(column.col),
                "cell": ledger.form_cell(column).map(|cell| cell.to_string()),
                "heading": column.heading,
                "field": column.field.map(|field| cx.division.fields.spec(field).name.clone()),
                "unit": column.unit,
            })
        })
        .collect();
    let furniture: Vec<Value> = ledger
        .furniture
        .iter()
        .map(|(row, what)| json!({"row": row + 1, "is": labels::furniture(*what, Lang::En)}))
        .collect();
    json!({
        "heading": ledger.own_heading().map(|heading| heading.to_string()),
        "why": ledger.why,
        "unit": ledger.sender().map(|unit| cx.division.unit(unit).name.clone()),
        "signed": ledger.signed,
        "columns": columns,
        "rows_seen": ledger.rows_seen,
        "rows_blank": ledger.rows_blank,
        "furniture": furniture,
        "records": file.entries_of(ledger).map(|entry| record(entry, cx)).collect::<Vec<_>>(),
    })
}

fn record(entry: Entry<'_>, cx: &Context<'_>) -> Value {
    let (by, likeness) = match entry.record.by {
        Attribution::Code => ("code", None),
        Attribution::CodeAgainstText(_) => ("code-against-text", None),
        Attribution::Text => ("text", None),
        Attribution::Likeness(percent) => ("likeness", Some(percent)),
        Attribution::Around(TaskFrom::Section) => ("section", None),
        Attribution::Around(TaskFrom::Title) => ("title", None),
        Attribution::Around(TaskFrom::Label) => ("label", None),
        Attribution::Around(TaskFrom::Sheet) => ("sheet-name", None),
        Attribution::Around(TaskFrom::File) => ("file-name", None),
        Attribution::Stamp => ("stamp", None),
        Attribution::Ruling(_) => ("ruling", None),
        Attribution::None { likeness, .. } => ("none", Some(likeness)),
    };
    let units: Vec<&str> = entry.units().map(|unit| cx.division.unit(unit).name.as_str()).collect();
    let shown = |column: &crate::table::Column| entry.reading.texts.get(entry.record.shown(column, entry.ledger));
    let cells: Vec<&str> = entry.ledger.shown_columns().into_iter().map(shown).collect();
    json!({
        "row": entry.row_number(),
        "cell": entry.record.col.map(|_| entry.reference()),
        "task": entry.record.task.map(|task| cx.division.task(task).code.clone()),
        "by": by,
        "likeness": likeness,
        "units": units,
        "date": entry.day().map(|day| day.to_string()),
        "cells": cells,
    })
}
