//! Layouts as offices make them, in `tests/layouts`: what is read in each, and in each when its headings are reworded.
//!
//! A layout is drawn as in [`crate::table::fixture`], with `file: name` before it, `=== name` before each sheet, `> ` before
//! rows of headings and `{1-1}` for the text of a task of [`super::fixture`]. Below `---` stands what is read: for each
//! record its place, unit, task, how the task was found and what it answers, then what was not read, then the rows seen,
//! blank and of the form.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::division::{Division, fields};
use crate::ledger::fixture::{division, file};
use crate::ledger::{FileReading, WhyUnread};

/// A layout.
pub(super) struct Layout {
    pub(super) name: String,
    pub(super) file: String,
    /// Its lines as drawn.
    pub(super) drawn: Vec<String>,
    pub(super) expected: String,
}

pub(super) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/layouts")
}

/// All layouts, by name.
pub(super) fn all() -> Vec<Layout> {
    let entries = std::fs::read_dir(folder()).expect("the layouts").map(|entry| entry.expect("an entry").path());
    let mut paths: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|end| end == "txt")).collect();
    paths.sort();
    paths.iter().map(|path| layout(path)).collect()
}

fn layout(path: &Path) -> Layout {
    let text = std::fs::read_to_string(path).expect("a layout");
    let (drawn, expected) = text.split_once("\n---\n").expect("--- above what is read");
    let mut lines = drawn.lines().skip_while(|line| line.starts_with('#'));
    let file = lines.next().and_then(|line| line.strip_prefix("file: ")).expect("file: name").to_owned();
    let division = division();
    let drawn = lines.map(|line| with_tasks(line, &division)).collect();
    let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
    Layout { name, file, drawn, expected: expected.trim_end().to_owned() }
}

/// A line with the texts of the tasks whose codes stand in it: {1-1}.
fn with_tasks(line: &str, division: &Division) -> String {
    let mut line = line.to_owned();
    for task in &division.tasks {
        line = line.replace(&format!("{{{}}}", task.code), &task.text.value);
    }
    line
}

/// The drawing without the marks of its headings.
pub(super) fn drawing(lines: &[String]) -> String {
    let plain: Vec<&str> = lines.iter().map(|line| line.strip_prefix("> ").unwrap_or(line)).collect();
    format!("\n{}\n", plain.join("\n"))
}

/// What is read of a file, one line each.
pub(super) fn seen(division: &Division, reading: &FileReading) -> String {
    let mut out = String::new();
    for ledger in &reading.ledgers {
        for record in &ledger.records {
            let _ = writeln!(out, "{}", line(division, reading, ledger, record));
        }
    }
    for (sheet, unread) in reading.sheets.iter().flat_map(|sheet| sheet.unread.iter().map(move |one| (sheet, one))) {
        let why = match &unread.why {
            WhyUnread::Lacking { found, likely, .. } => {
                format!("S12 found {}, likely {}", found.join("、"), likely.as_deref().unwrap_or("-"))
            }
            WhyUnread::Headless(rows) => format!("S19 {rows} rows"),
            WhyUnread::Other => "another table".into(),
            WhyUnread::Form => "a form".into(),
            WhyUnread::Words => continue,
            WhyUnread::OtherWindow(label) => format!("of {label}"),
            WhyUnread::Plan => "a plan".into(),
        };
        let _ = writeln!(out, "{}!{}: {why}", sheet.name, unread.area);
    }
    let count = |of: &dyn Fn(&crate::ledger::Ledger) -> u32| reading.ledgers.iter().map(of).sum::<u32>();
    let (seen, blank) = (count(&|ledger| ledger.rows_seen), count(&|ledger| ledger.rows_blank));
    let form = count(&|ledger| ledger.furniture.len() as u32);
    let _ = write!(out, "{seen} seen, {blank} blank, {form} of the form");
    out
}

fn line(
    division: &Division,
    reading: &FileReading,
    ledger: &crate::ledger::Ledger,
    record: &crate::ledger::Record,
) -> String {
    let at = record.col.map_or_else(
        || (record.row + 1).to_string(),
        |col| crate::basis::place::Area::cell(record.row, col).to_string(),
    );
    let short = |unit| division.unit(unit).name.chars().take(2).collect::<String>();
    let unit = record.unit.map_or_else(|| "-".to_owned(), short);
    let task = record.task.map_or("-", |task| division.task(task).code.as_str());
    let known = [fields::SERIAL, fields::CODE, fields::TASK, fields::UNITS, fields::CATEGORY];
    let cells = ledger.columns.iter().zip(&record.cells).filter(|(column, cell)| {
        !reading.texts.get(cell.text).is_empty() && !column.field.is_some_and(|field| known.contains(&field))
    });
    let said = cells.map(|(column, cell)| {
        let name =
            column.field.map_or(format!("“{}”", column.heading), |field| division.fields.spec(field).name.clone());
        let value = match cell.value {
            super::Value::Status(status) => format!("{status:?}"),
            _ => reading.texts.get(cell.text).replace('\n', "⏎"),
        };
        format!("{name}={value}")
    });
    let said: Vec<String> = said.collect();
    format!("{at} {unit} {task} {}", said.join(" ")).trim_end().to_owned()
}

#[test]
fn layouts_are_read_as_people_read_them() {
    let mut wrong = String::new();
    let layouts = all();
    assert!(layouts.len() >= 30, "{} layouts", layouts.len());
    for layout in &layouts {
        let (division, reading) = file(&layout.file, &drawing(&layout.drawn));
        let seen = seen(&division, &reading);
        if seen != layout.expected {
            let _ = writeln!(wrong, "--- {}\n{seen}\n-- expected\n{}", layout.name, layout.expected);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
