//! 人工认定.xlsx: the lines that a run adds, and the workbook they begin with.

use std::collections::BTreeMap;

use anyhow::Result;
use chrono::NaiveDateTime;

use super::package::{Content, Layout, Package, Patch, Unfit};
use super::workbook::{Book, Cell, Column, Page, Shape, Size, Table, Tone};
use crate::basis::Lang;
use crate::basis::settings::Settings;
use crate::ruling::{Choice, Field, Reach, SHEET, Written};

/// Rows below the last line that have drop-downs too, for lines that a person adds.
const SPARE: u32 = 200;
/// Row of the heading, below the title and the guide.
const HEAD: u32 = 2;

/// A line to be written: a text for each of some columns.
pub type NewLine = Vec<(Field, String)>;

/// The workbook with these lines, as it first appears.
///
/// # Errors
/// Of the writing library.
pub fn begin(settings: &Settings, as_of: NaiveDateTime, lines: &[NewLine]) -> Result<Vec<u8>> {
    let lang = settings.lang;
    let heading = |field: Field| {
        let (zh, en) = field.headings();
        lang.pick(zh, en)
    };
    let mut book = Book::new(settings, lang.pick("人工认定", "rulings"), as_of)?;
    let columns: Vec<Column> = Field::ALL.iter().map(|field| column(*field, heading(*field))).collect();
    let mut sheet = book.sheet(SHEET, Size::of(lines.len()), Page::A3)?;
    let wide = columns.len() as u16;
    sheet.title(0, wide, lang.pick("人工认定", "Rulings"))?;
    let guide = lang.pick(
        "在“认定”一栏选①②③、其他（在“认定为”写明）或不计，填写认定人和理由，保存后再运行。范围空白为仅此处。已认定的行请保留。",
        "Choose under ruling, name who ruled and why, save, and run again. A blank reach means here only. Keep settled lines.",
    );
    sheet.lines(1, 2)?;
    sheet.across(1, 0, wide, guide, Shape::Line, Tone::Plain)?;
    let rows: Vec<Vec<Cell<'_>>> = lines.iter().map(cells).collect();
    let mut table = Table::begin(&mut sheet, HEAD, &columns, &rows)?;
    for row in &rows {
        table.row(row)?;
    }
    table.end(0)?;
    let last = HEAD + lines.len() as u32 + SPARE;
    for (field, words) in drop_downs(lang) {
        let at = Field::ALL.iter().position(|one| *one == field).unwrap_or_default() as u16;
        sheet.drop_down((HEAD + 1, last), at, &words)?;
    }
    book.finish()
}

/// What the drop-downs of a column offer.
pub fn drop_downs(lang: Lang) -> [(Field, Vec<&'static str>); 2] {
    [
        (Field::Choice, Choice::words(lang).to_vec()),
        (Field::Reach, Reach::ALL.iter().map(|reach| reach.word(lang)).collect()),
    ]
}

fn cells(line: &NewLine) -> Vec<Cell<'_>> {
    let text = |field: Field| line.iter().find(|(known, _)| *known == field).map_or("", |(_, text)| text.as_str());
    let cell = |field: &Field| match (*field, text(*field).parse()) {
        (Field::Id, Ok(number)) => Cell::count(number),
        (Field::Choice | Field::Target | Field::Reach | Field::By | Field::On | Field::Reason, _) => {
            Cell::text(text(*field)).tone(Tone::Warn)
        }
        _ => Cell::text(text(*field)),
    };
    Field::ALL.iter().map(cell).collect()
}

fn column(field: Field, heading: &str) -> Column {
    match field {
        Field::Id => Column::number(heading),
        Field::Text => Column::new(heading, Shape::Text, 20.0, 36.0),
        Field::Candidates => Column::new(heading, Shape::Text, 24.0, 44.0),
        Field::File | Field::Target | Field::Reason => Column::new(heading, Shape::Text, 18.0, 28.0),
        Field::Unit => Column::center(heading, 18.0),
        Field::Place | Field::Reach | Field::On | Field::Until | Field::Kind => Column::center(heading, 14.0),
        Field::Choice | Field::By | Field::State | Field::Window => Column::center(heading, 10.0),
    }
}

/// The workbook as a person left it, with some cells set and new lines below its last one; everything else stays as it
/// is, byte for byte.
///
/// # Errors
/// [`Unfit`] when the workbook cannot be carried over.
pub fn carry(
    bytes: &[u8],
    standing: &Written,
    edits: &[(u32, Field, String)],
    new: &[NewLine],
) -> Result<Vec<u8>, Unfit> {
    let mut package = Package::open(bytes)?;
    let sheet = package.book()?.sheets.into_iter().find(|sheet| sheet.name == standing.sheet);
    let part = sheet.ok_or(Unfit("the sheet is not in the package".into()))?.part;
    let layout = Layout::of(&package.document(&part)?);
    let column = |field: Field| standing.columns.iter().find(|(known, _)| *known == field).map(|(_, col)| *col);
    let mut cells = BTreeMap::new();
    for (row, field, text) in edits {
        if let Some(col) = column(*field) {
            cells.insert((*row, col), Patch { content: content(*field, text), style: None });
        }
    }
    // New lines look like the last one.
    let model = standing.lines.last().map_or(standing.heading, |line| line.row);
    let first = standing.last + 1;
    for (row, line) in (first..).zip(new) {
        for &(field, col) in &standing.columns {
            let text = line.iter().find(|(known, _)| *known == field).map_or("", |(_, text)| text.as_str());
            let style = Some(layout.style(model, col)).filter(|_| !standing.lines.is_empty());
            cells.insert((row, col), Patch { content: content(field, text), style });
        }
    }
    package.patch(&part, &cells)?;
    let last = first + new.len() as u32 + SPARE;
    for (field, _) in drop_downs(Lang::Zh) {
        if let Some(col) = column(field) {
            package.lengthen_list(&part, col, last)?;
        }
    }
    package.finish()
}

fn content(field: Field, text: &str) -> Content {
    match text.parse::<u32>() {
        Ok(number) if field == Field::Id => Content::Number(f64::from(number)),
        _ if text.is_empty() => Content::Empty,
        _ => Content::Text(text.to_owned()),
    }
}
