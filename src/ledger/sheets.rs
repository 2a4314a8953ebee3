//! Which regions of a sheet are ledgers, and why the others are not.

use super::about::{self, Note};
use super::by_content;
use super::file_reading::{Skipped, Unread, WhyUnread};
use super::forms;
use super::lexicon::Words;
use super::nil;
use crate::basis::place::Area;
use crate::basis::pool::Texts;
use crate::basis::text::fold;
use crate::division::{Context, FieldSet, fields};
use crate::read::{Sheet, Visibility};
use crate::table::{FieldId, Lexicon, LooseKind, Parted, RowClass, Table, is_label, lines, part};

/// A sheet as its tables were found.
#[derive(Debug)]
pub(super) struct Surveyed {
    /// The tables worth reading.
    pub(super) tables: Vec<Table>,
    /// For each of them what the lines above and below say.
    pub(super) notes: Vec<Vec<Note>>,
    /// Title lines: texts above the tables that are no labels.
    pub(super) titles: Vec<(u32, u32, String)>,
    /// Why nothing is read from it.
    pub(super) skipped: Option<Skipped>,
    /// What else stands in it and is not read.
    pub(super) unread: Vec<Unread>,
}

impl Surveyed {
    /// A sheet of which nothing is read.
    pub(super) fn none(why: Skipped) -> Surveyed {
        Surveyed { tables: Vec::new(), notes: Vec::new(), titles: Vec::new(), skipped: Some(why), unread: Vec::new() }
    }
}

/// Fields that only a report has: with one of them a table without 工作任务 was meant as a ledger.
const TELLING: &[FieldId] = &[
    fields::STATUS,
    fields::PROGRESS,
    fields::EVIDENCE,
    fields::DONE_ON,
    fields::PROBLEM,
    fields::REMEDY,
    fields::REMEDY_STATE,
    fields::DATE,
];

/// Finds the tables of a sheet and what is said about them.
pub(super) fn look(sheet: &Sheet, texts: &Texts, cx: &Context<'_>) -> Surveyed {
    let (division, set) = (cx.division, &cx.division.fields);
    let mut surveyed =
        Surveyed { tables: Vec::new(), notes: Vec::new(), titles: Vec::new(), skipped: None, unread: Vec::new() };
    if let Some(why) = &sheet.unreadable {
        surveyed.skipped = Some(Skipped::Unreadable(why.clone()));
        return surveyed;
    }
    if sheet.other.is_some() {
        surveyed.skipped = Some(Skipped::NotLedger);
        return surveyed;
    }
    if sheet.grid.rows.is_empty() {
        surveyed.skipped = Some(Skipped::Empty);
        return surveyed;
    }
    let mut parted = part(sheet, texts, &Words { division });
    for table in &mut parted.tables {
        by_content::tell(table, sheet, texts, cx);
    }
    if forms::is_other_form(sheet, texts, set, &parted) {
        surveyed.skipped = Some(Skipped::NotLedger);
        surveyed.unread = vec![Unread { area: sheet.grid.extent().unwrap_or(Area::cell(0, 0)), why: WhyUnread::Form }];
        return surveyed;
    }
    let tables = std::mem::take(&mut parted.tables);
    let missed = tables.iter().filter(|table| is_lacking(table, set)).max_by_key(|table| {
        let known = table.columns.iter().filter(|c| c.field.is_some()).count();
        (telling(table), data_rows(table).min(1), known)
    });
    let is_form = || is_form(sheet, texts, set);
    surveyed.skipped = match missed {
        _ if tables.iter().any(|table| table.readable) => None,
        Some(table) if !is_support(&sheet.name) || telling(table) => {
            Some(Skipped::HeadingMissing { heading: table.heading, found: found(table, set) })
        }
        _ if !is_support(&sheet.name) && nil::cell(sheet, texts).is_some() => Some(Skipped::NilReport),
        _ if is_support(&sheet.name) || is_form() || !tables.is_empty() => Some(Skipped::NotLedger),
        _ => Some(Skipped::NoHeading),
    };
    if surveyed.skipped == Some(Skipped::NilReport) {
        let lines = lines(&sheet.grid.rows, texts);
        let label = |line: &&(u32, u32, String)| !about::notes(&[(*line).clone()]).is_empty();
        surveyed.titles.extend(lines.iter().filter(|line| !label(line)).cloned());
        surveyed.notes.push(about::notes(&lines));
        return surveyed;
    }
    let mut first = true;
    let any = surveyed.skipped.is_none();
    for table in tables {
        // A block beside a ledger that reports something is kept, although it names no task: its rows match none.
        let reports = || telling(&table) && table.rows.iter().any(|row| row.1 == RowClass::Data);
        let keep = table.readable || any && reports();
        if !keep {
            surveyed.unread.push(unread(&table, set, is_support(&sheet.name)));
            continue;
        }
        // The last row of labels above counts most, so it comes first.
        let mut notes = about::notes(&table.above);
        notes.extend(about::notes(&table.below));
        if first {
            let label = |text: &str| about::notes(&[(0, 0, text.to_owned())]).is_empty();
            surveyed.titles.extend(table.above.iter().filter(|line| label(&line.2)).cloned());
            first = false;
        }
        surveyed.notes.push(notes);
        surveyed.tables.push(table);
    }
    surveyed.unread.extend(loose(&parted, sheet));
    surveyed.unread.sort_by_key(|unread| (unread.area.top, unread.area.left));
    surveyed
}

/// A region with a heading that is no ledger.
fn unread(table: &Table, set: &FieldSet, support: bool) -> Unread {
    let why = if is_lacking(table, set) && (!support || telling(table)) {
        let unknown = table.columns.iter().filter(|c| c.field.is_none() && !c.heading.is_empty());
        WhyUnread::Lacking {
            found: found(table, set),
            unknown: unknown.map(|c| c.heading.clone()).collect(),
            rows: data_rows(table) as u32,
        }
    } else {
        WhyUnread::Other
    };
    Unread { area: table.heading, why }
}

/// The regions without a heading.
fn loose<'a>(parted: &'a Parted, sheet: &'a Sheet) -> impl Iterator<Item = Unread> + 'a {
    parted.loose.iter().map(|loose| {
        let in_area = |row: &&crate::read::Row| (loose.area.top..=loose.area.bottom).contains(&row.index);
        let rows = sheet.grid.rows.iter().filter(in_area).count() as u32;
        let why = match loose.kind {
            LooseKind::Rows => WhyUnread::Headless(rows),
            LooseKind::Form => WhyUnread::Form,
            LooseKind::Words => WhyUnread::Words,
        };
        Unread { area: loose.area, why }
    })
}

/// The fields a heading names.
fn found(table: &Table, set: &FieldSet) -> Vec<String> {
    table.columns.iter().filter_map(|c| c.field).map(|f| set.spec(f).name.clone()).collect()
}

fn data_rows(table: &Table) -> usize {
    table.rows.iter().filter(|row| row.1 == RowClass::Data).count()
}

/// Whether a table looks like a ledger that only names its task otherwise: it has a column that only a report has, or
/// three columns with rows below, not all of them figures.
fn is_lacking(table: &Table, set: &FieldSet) -> bool {
    let known = table.columns.iter().filter_map(|c| c.field).filter(|field| !set.is_serial(*field)).count();
    !table.readable && (telling(table) || table.columns.len() >= 3 && (known > 0 || data_rows(table) > 0) || known > 2)
}

/// Whether a near miss has a column that only a report has.
fn telling(table: &Table) -> bool {
    table.columns.iter().filter_map(|c| c.field).any(|field| TELLING.contains(&field))
}

/// Whether a near miss was meant as a ledger although it names no task; a list of telephone numbers was not.
pub(super) fn meant_as_ledger(found: &[String], set: &FieldSet) -> bool {
    TELLING.iter().any(|field| set.fields.get(field.0 as usize).is_some_and(|spec| found.contains(&spec.name)))
}

/// Whether the sheet's name says that it helps others: instructions, lists for drop-downs, a cover.
fn is_support(name: &str) -> bool {
    let name = fold(name);
    ["说明", "须知", "选项", "字典", "封面", "目录", "参数", "下拉", "示例", "样例", "数据源", "名录", "索引", "readme"]
        .iter()
        .any(|word| name.contains(word))
}

/// Whether the sheet is a form of labels with a value beside each, for a single task.
fn is_form(sheet: &Sheet, texts: &Texts, set: &FieldSet) -> bool {
    /// A form is not longer than this.
    const ROWS: usize = 60;
    let labels = sheet.grid.rows.iter().take(ROWS).filter(|row| {
        row.cells.first().is_some_and(|&(_, raw)| match raw {
            crate::read::Raw::Text(text) => {
                let key = crate::basis::text::heading_key(texts.get(text));
                key.chars().count() <= 12 && (set.field(&key).is_some() || is_label(&key))
            }
            _ => false,
        })
    });
    labels.count() >= 3
}

/// Whether users see the sheet.
pub(super) fn is_hidden(sheet: &Sheet) -> bool {
    sheet.visibility == Visibility::Hidden
}
