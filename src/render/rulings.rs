//! 人工认定.xlsx: the lines that a run adds, and the workbook they begin with.

use std::collections::BTreeMap;

use anyhow::Result;
use chrono::NaiveDateTime;

use super::package::{Below, Content, Layout, Package, Patch, Unfit};
use super::workbook::{Book, Cell, Column, Page, Rows, Shape, Size, Table, Tone, fit};
use crate::basis::Lang;
use crate::basis::settings::Settings;
use crate::ruling::{Choice, Field, Reach, SHEET, Written};

/// Rows below the last line that have drop-downs too, for lines that a person adds.
const SPARE: u32 = 200;
/// Pixels of a character in a column, about.
const PIXELS: f64 = 7.0;
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
    let mut book = Book::of_tables(settings, lang.pick("人工认定", "rulings"), as_of)?;
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
    let table = Table::begin(&mut sheet, HEAD, &columns, lines.iter().map(cells))?;
    let write = |rows: &mut Rows<'_>| lines.iter().try_for_each(|line| rows.row(&cells(line)));
    let (body, _) = table.later(lines.len(), 0, write)?;
    let last = HEAD + lines.len() as u32 + SPARE;
    for (field, words) in drop_downs(lang) {
        let at = Field::ALL.iter().position(|one| *one == field).unwrap_or_default() as u16;
        sheet.drop_down((HEAD + 1, last), at, &words)?;
    }
    let mut bytes = Vec::new();
    book.finish_with(&[body], &mut bytes)?;
    Ok(bytes)
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
        (Field::Choice | Field::Target | Field::Reach | Field::By | Field::On | Field::Reason | Field::Until, _) => {
            Cell::text(text(*field)).tone(Tone::Fill)
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
        Field::Place | Field::Kind => Column::center(heading, 14.0),
        Field::Reach | Field::On | Field::Until => Column::new(heading, Shape::Center, 15.0, 15.0),
        Field::Choice | Field::By => Column::new(heading, Shape::Center, 9.0, 10.0),
        Field::State | Field::Window => Column::center(heading, 10.0),
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
    let book = package.book()?;
    let at = book.sheets.iter().position(|sheet| sheet.name == standing.sheet);
    let at = at.ok_or(Unfit("the sheet is not in the package".into()))?;
    let part = book.sheets[at].part.clone();
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
    let mut heights = BTreeMap::new();
    for (row, line) in (first..).zip(new) {
        let mut lines = 1;
        for &(field, col) in &standing.columns {
            let text = line.iter().find(|(known, _)| *known == field).map_or("", |(_, text)| text.as_str());
            lines = lines.max(fit::lines(text, layout.width(col) / PIXELS));
            let style = Some(layout.style(model, col)).filter(|_| !standing.lines.is_empty());
            cells.insert((row, col), Patch { content: content(field, text), style });
        }
        heights.insert(row, fit::height(lines));
    }
    package.patch(&part, &cells)?;
    package.heights(&part, &heights)?;
    if !new.is_empty() {
        let below = Below { heading: standing.heading, was: standing.last, is: standing.last + new.len() as u32 };
        package.take_in_rows(&book, at, below)?;
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ruling::FILE;

    fn line(id: u32, candidates: &str) -> NewLine {
        let cells = [(Field::Kind, "状态用语"), (Field::Text, "尚可"), (Field::Candidates, candidates)];
        let cells = cells.into_iter().map(|(field, text)| (field, text.to_owned()));
        std::iter::once((Field::Id, id.to_string())).chain(cells).collect()
    }

    fn read(bytes: &[u8]) -> Written {
        let book = crate::read::read(bytes, FILE).expect("a workbook");
        Written::read(&book, FILE).expect("the sheet")
    }

    #[test]
    fn new_lines_stand_below_in_the_filter_and_high_enough() {
        let day = chrono::NaiveDate::from_ymd_opt(2014, 9, 6).and_then(|day| day.and_hms_opt(9, 0, 0)).expect("a day");
        let first = begin(&Settings::default(), day, &[line(1, "①已完成"), line(2, "①已完成")]).expect("written");
        let edits = [(3, Field::State, "有效".to_owned())];
        let new = [line(3, "①已完成\n②正在推进\n③未开始")];
        let carried = carry(&first, &read(&first), &edits, &new).expect("carried");
        let lines = read(&carried).lines;
        assert_eq!(lines.iter().map(|line| (line.row, line.id)).collect::<Vec<_>>(), [(3, 1), (4, 2), (5, 3)]);
        assert_eq!(lines[0].standing.state, "有效");
        let mut package = Package::open(&carried).expect("a package");
        let book = package.book().expect("a workbook");
        let part = |package: &mut Package<'_>, name: &str| {
            String::from_utf8(package.document(name).expect("a part")).expect("text")
        };
        let sheet = part(&mut package, &book.sheets[0].part);
        assert!(sheet.contains(r#"<autoFilter ref="A3:P6""#), "{sheet}");
        assert!(part(&mut package, &book.path).contains("!$A$3:$P$6<"), "its name as well");
        let height = |row: u32| -> f64 {
            let begin = sheet.split(&format!(r#"<row r="{row}""#)).nth(1).expect("the row");
            let height = begin.split(r#"ht=""#).nth(1).and_then(|rest| rest.split('"').next());
            height.and_then(|height| height.parse().ok()).expect("a height")
        };
        assert!(height(6) > height(5) * 2.0, "three candidates need three lines");
    }

    #[test]
    fn the_lines_of_a_large_workbook_are_found_again() {
        let day = chrono::NaiveDate::from_ymd_opt(2014, 9, 6).and_then(|day| day.and_hms_opt(9, 0, 0)).expect("a day");
        let many: Vec<NewLine> = (1..=20_001).map(|id| line(id, "①已完成")).collect();
        assert_eq!(Size::of(many.len()), Size::Large, "its cells are written without names");
        let first = begin(&Settings::default(), day, &many).expect("written");
        let standing = read(&first);
        assert_eq!(standing.lines.len(), many.len());
        let edits = [(20_003, Field::State, "有效".to_owned()), (20_003, Field::Choice, "①".to_owned())];
        let lines = read(&carry(&first, &standing, &edits, &[line(20_002, "①已完成")]).expect("carried")).lines;
        let [.., ruled, new] = lines.as_slice() else { panic!("no lines") };
        assert_eq!(
            (ruled.row, ruled.id, &*ruled.standing.state, ruled.get(Field::Choice)),
            (20_003, 20_001, "有效", "①")
        );
        assert_eq!((new.row, new.id, new.get(Field::Candidates)), (20_004, 20_002, "①已完成"));
    }
}
