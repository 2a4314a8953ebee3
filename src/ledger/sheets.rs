//! Decides which regions of a sheet are ledgers, and why the others are not.

use std::collections::BTreeSet;

use super::about::{self, Note};
use super::amount::amount;
use super::axes;
use super::by_content;
use super::context::{self, Surroundings};
use super::feet;
use super::file_reading::{Skipped, Unread, WhyUnread};
use super::forms;
use super::free_columns;
use super::leaf;
use super::lexicon::Words;
use super::lines_outside::titles as titles_outside;
use super::nil;
use super::other_forms;
use super::people::are_people;
use super::section;
use super::status::status;
use super::turned;
use crate::basis::place::Area;
use crate::basis::pool::Texts;
use crate::basis::text::fold;
use crate::division::{Context, FieldSet, fields};
use crate::read::{Raw, Sheet};
use crate::ruling::Asker;
use crate::table::{
    Column, FieldId, Lexicon, Line, Loose, LooseKind, RowClass, Table, headless, is_label, join, lines, own_columns,
    part, shown,
};

/// The tables found in a sheet.
#[derive(Debug, Default)]
pub(super) struct Surveyed {
    /// The tables worth reading.
    pub(super) tables: Vec<Table>,
    /// For each of them the labelled values above and below.
    pub(super) notes: Vec<Vec<Note>>,
    /// Title lines: texts above the tables that are not labels.
    pub(super) titles: Vec<Line>,
    /// Why nothing is read from the sheet, if nothing is.
    pub(super) skipped: Option<Skipped>,
    /// The regions that are not read.
    pub(super) unread: Vec<Unread>,
    /// Of that, the tables whose rows are kept all the same.
    pub(super) aside: Vec<Kept>,
}

/// A table whose rows are no records, and are kept: nobody knows their task (S12) or what they are (S19).
#[derive(Debug)]
pub(super) struct Kept {
    /// Why they are no records, as in [`Surveyed::unread`].
    pub(super) unread: Unread,
    /// The table.
    pub(super) table: Table,
    /// What the lines around it say.
    pub(super) notes: Vec<Note>,
}

impl Surveyed {
    /// A sheet from which nothing is read.
    pub(super) fn none(why: Skipped) -> Surveyed {
        Surveyed { skipped: Some(why), ..Surveyed::default() }
    }
}

/// Fields that only reports have: a table with one of them is meant as a ledger even without 工作任务.
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
pub(super) fn survey(sheet: &Sheet, file: &str, texts: &Texts, cx: &Context<'_>, asker: Asker<'_>) -> Surveyed {
    let (division, set) = (cx.division, &cx.division.fields);
    let words = Words { division, asker: Some(asker) };
    let mut surveyed = Surveyed::default();
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
    let mut parted = part(sheet, texts, &words);
    let above = parted.tables.first().map(|table| table.above.clone());
    let first_lines = above.filter(|lines| !lines.is_empty()).unwrap_or_else(|| titles_outside(&sheet.before));
    let surroundings = Surroundings { titles: &first_lines, sheet: &sheet.name, file };
    for table in &mut parted.tables {
        join(table, sheet, texts, &words, |text| status(text).is_some(), fields::DATE);
        axes::take(table, cx);
        by_content::tell(table, sheet, texts, cx, &words);
        let named = |table: &Table| {
            context::task(table, surroundings, division).is_some()
                || section::any_names_task(table, sheet, texts, division)
        };
        if let Some(contents) = free_columns::contents(table, sheet, texts, cx, &words).filter(|_| named(table)) {
            free_columns::free_contents(table, contents, cx);
        }
        if table.axes.is_empty() && (table.readable || !reports(table, sheet, texts, set)) {
            continue;
        }
        let named = named(table);
        axes::settle(table, sheet, texts, cx, named);
        table.readable |= named && reports(table, sheet, texts, set);
    }
    forms::put(&mut parted, sheet, file, texts, (cx, &words));
    turned::put(&mut parted, sheet, file, texts, (cx, &words));
    if other_forms::is_other_form(sheet, texts, set, &parted) {
        surveyed.skipped = Some(Skipped::NotLedger);
        surveyed.unread = vec![Unread { area: sheet.grid.extent().unwrap_or(Area::cell(0, 0)), why: WhyUnread::Form }];
        return surveyed;
    }
    let named = |table: &Table| {
        let data = table.rows.iter().filter(|row| row.1 == RowClass::Data).map(|row| row.0);
        !table.readable && are_people(sheet, texts, data, (table.heading.left, table.heading.right))
    };
    let (people, mut tables): (Vec<Table>, Vec<Table>) =
        std::mem::take(&mut parted.tables).into_iter().partition(named);
    feet::give_back(&mut tables);
    surveyed.unread.extend(people.iter().map(|table| Unread { area: table.heading, why: WhyUnread::Other }));
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
        _ if !is_support(&sheet.name) && nil::cell(sheet, texts, &[]).is_some() => Some(Skipped::NilReport),
        _ if is_support(&sheet.name) || is_form() || !tables.is_empty() || !people.is_empty() => {
            Some(Skipped::NotLedger)
        }
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
    let support = is_support(&sheet.name);
    for table in tables {
        // a block beside a ledger that reports something is kept even without tasks; its rows are unmatched
        let reports = || telling(&table) && table.rows.iter().any(|row| row.1 == RowClass::Data);
        let keep = table.readable || any && reports();
        let notes = notes(&table);
        if !keep {
            let mut unread = unread(&table, sheet, texts, set, support);
            // A block for problems beside the ledger that nobody had to fill in.
            if any && data_rows(&table) == 0 {
                unread.why = WhyUnread::Other;
            }
            surveyed.unread.push(unread.clone());
            if matches!(unread.why, WhyUnread::Lacking { .. }) {
                surveyed.aside.push(Kept { unread, table, notes });
            }
            continue;
        }
        if first {
            surveyed.titles.extend(titles(&table));
            first = false;
        }
        surveyed.notes.push(notes);
        surveyed.tables.push(table);
    }
    keep_loose(&mut surveyed, std::mem::take(&mut parted.loose), sheet, texts, cx);
    surveyed
}

/// Whether an area of two columns holds short names, each once, with a value behind each, and nothing of this campaign.
fn is_labels(sheet: &Sheet, texts: &Texts, area: Area, cx: &Context<'_>) -> bool {
    /// A label is no longer than this, in characters.
    const LABEL: usize = 12;
    let columns = own_columns(sheet, texts, area);
    let [first, second] = &columns[..] else { return false };
    let words = Words::of(cx.division);
    let mut labels = BTreeSet::new();
    let rows = sheet.grid.rows.iter().filter(|row| (area.top..=area.bottom).contains(&row.index));
    for row in rows {
        let (label, value) = (shown(row.get(first.col), texts), shown(row.get(second.col), texts));
        let short = matches!(row.get(first.col), Raw::Text(_)) && label.chars().count() <= LABEL;
        let known = |text: &str| words.is_value(text) || words.is_unit(text) || status(text).is_some();
        if !(label.is_empty() || short && labels.insert(label.to_string()))
            || known(&fold(&label))
            || known(&fold(&value))
        {
            return false;
        }
    }
    labels.len() >= 3
}

/// Whether an area holds nothing but names of people.
fn is_of_people(sheet: &Sheet, texts: &Texts, area: Area) -> bool {
    are_people(sheet, texts, area.top..=area.bottom, (area.left, area.right))
}

/// So many rows of labels beside a ledger are a form of their own.
const LABELS: u32 = 4;

/// Says of the regions without a heading what they are; rows that hold data are kept.
pub(super) fn keep_loose(
    surveyed: &mut Surveyed,
    mut loose: Vec<Loose>,
    sheet: &Sheet,
    texts: &Texts,
    cx: &Context<'_>,
) {
    let support = is_support(&sheet.name);
    loose.reverse();
    while let Some(region) = loose.pop() {
        let why = match region.kind {
            // Lists for drop-downs.
            LooseKind::Rows if support => WhyUnread::Other,
            LooseKind::Rows if is_labels(sheet, texts, region.area, cx) => WhyUnread::Form,
            LooseKind::Rows if is_of_people(sheet, texts, region.area) => WhyUnread::Other,
            LooseKind::Rows => {
                let columns = own_columns(sheet, texts, region.area);
                let (table, rest) = headless(sheet, texts, &Words::of(cx.division), region.area, columns);
                loose.extend(rest.into_iter().rev().filter(|rest| rest.area != region.area));
                let Some(table) = table else { continue };
                let unread = Unread { area: table.heading, why: WhyUnread::Headless(data_rows(&table) as u32) };
                surveyed.aside.push(Kept { unread: unread.clone(), notes: notes(&table), table });
                surveyed.unread.push(unread);
                continue;
            }
            // A few labels around a ledger belong to it.
            LooseKind::Form if !surveyed.tables.is_empty() && region.area.bottom < region.area.top + LABELS => {
                WhyUnread::Words
            }
            LooseKind::Form => WhyUnread::Form,
            LooseKind::Words => WhyUnread::Words,
        };
        surveyed.unread.push(Unread { area: region.area, why });
    }
    surveyed.unread.sort_by_key(|unread| (unread.area.top, unread.area.left));
}

/// The title lines above a table: those that are neither labels nor the values behind them.
pub(super) fn titles(table: &Table) -> impl Iterator<Item = Line> {
    let notes = about::notes(&table.above);
    let is_value = move |line: &Line| notes.iter().any(|note| (note.0, note.1) == (line.0, line.1));
    let is_label = |line: &Line| !about::notes(&[(0, 0, line.2.clone())]).is_empty();
    table.above.iter().filter(move |line| !is_label(line) && !is_value(line)).cloned()
}

/// What the lines around a table say. The last row of labels above counts most, so it comes first.
pub(super) fn notes(table: &Table) -> Vec<Note> {
    let mut notes = about::notes(&table.above);
    notes.extend(about::notes(&table.below));
    notes
}

/// Why a region with a heading is not a ledger.
fn unread(table: &Table, sheet: &Sheet, texts: &Texts, set: &FieldSet, support: bool) -> Unread {
    let why = if is_lacking(table, set) && (!support || telling(table)) {
        let unknown = table.columns.iter().filter(|c| c.field.is_none() && !c.heading.is_empty());
        WhyUnread::Lacking {
            found: found(table, set),
            unknown: unknown.map(|c| c.heading.clone()).collect(),
            likely: likely(table, sheet, texts),
            rows: data_rows(table) as u32,
        }
    } else {
        WhyUnread::Other
    };
    Unread { area: table.heading, why }
}

/// The heading under which the tasks most likely stand: of the columns of text that no field knows the one with most to
/// read in a cell.
fn likely(table: &Table, sheet: &Sheet, texts: &Texts) -> Option<String> {
    /// So many rows are looked at, and a task is said in no fewer characters on the average.
    const ROWS: usize = 60;
    const TASK: usize = 4;
    let rows: Vec<u32> = table.rows.iter().filter(|row| row.1 == RowClass::Data).map(|row| row.0).take(ROWS).collect();
    let length = |col: u32| {
        let texts = rows.iter().filter_map(|&row| match sheet.grid.get(row, col) {
            crate::read::Raw::Text(text) => Some(texts.get(text).chars().count()),
            _ => None,
        });
        texts.sum::<usize>()
    };
    let open = table.columns.iter().filter(|c| c.field.is_none() && !c.heading.is_empty());
    let longest = open.map(|c| (length(c.col), c)).max_by_key(|(length, c)| (*length, std::cmp::Reverse(c.col)))?;
    (longest.0 >= TASK * rows.len().max(1)).then(|| longest.1.heading.clone())
}

/// The names of the fields of a heading.
fn found(table: &Table, set: &FieldSet) -> Vec<String> {
    table.columns.iter().filter_map(|c| c.field).map(|f| set.spec(f).name.clone()).collect()
}

fn data_rows(table: &Table) -> usize {
    table.rows.iter().filter(|row| row.1 == RowClass::Data).count()
}

/// Whether a table looks like a ledger with an unknown heading for its tasks: it has a column that only reports have, or
/// three columns with rows that are not all numbers.
fn is_lacking(table: &Table, set: &FieldSet) -> bool {
    let known = table.columns.iter().filter_map(|c| c.field).filter(|field| !set.is_serial(*field)).count();
    !table.readable && (telling(table) || table.columns.len() >= 3 && (known > 0 || data_rows(table) > 0) || known > 2)
}

/// Whether the rows of a table report something, whatever names their task.
fn reports(table: &Table, sheet: &Sheet, texts: &Texts, set: &FieldSet) -> bool {
    let figure = |field: FieldId| set.is_amount(field) && field != fields::SCORE;
    telling(table) || table.columns.iter().filter_map(|c| c.field).any(figure) || finds(table, sheet, texts)
}

/// Whether units stand beside numbers of something, or anything beside what came of it: 科室 | 排查户数, 桥名 | 巡查结果.
fn finds(table: &Table, sheet: &Sheet, texts: &Texts) -> bool {
    let bound = |field| table.columns.iter().any(|c| c.field == Some(field));
    let by_unit = bound(fields::UNITS) || bound(fields::LEAD_UNITS);
    let any = |column: &Column, tells: &dyn Fn(&str) -> bool| {
        let data = table.rows.iter().filter(|row| row.1 == RowClass::Data);
        data.into_iter().any(|row| tells(&shown(sheet.grid.get(row.0, column.col), texts)))
    };
    let counts = |column: &Column| by_unit && leaf::is_of_numbers(column) && any(column, &|text| is_amount(text));
    let results = |column: &Column| leaf::is_of_results(column) && any(column, &|text| !text.is_empty());
    table.columns.iter().any(|column| counts(column) || results(column))
}

/// Whether a text is a number, measured or not.
fn is_amount(text: &str) -> bool {
    amount(text, None).is_some()
}

/// Whether a near miss has a column that only a report has.
fn telling(table: &Table) -> bool {
    table.columns.iter().filter_map(|c| c.field).any(|field| TELLING.contains(&field))
}

/// Whether a table without tasks was meant as a ledger; a list of telephone numbers was not.
pub(super) fn meant_as_ledger(found: &[String], set: &FieldSet) -> bool {
    TELLING.iter().any(|field| set.fields.get(field.0 as usize).is_some_and(|spec| found.contains(&spec.name)))
}

/// Whether the name of a sheet is that of instructions, a list for drop-downs or a cover.
fn is_support(name: &str) -> bool {
    let name = fold(name);
    ["说明", "须知", "选项", "字典", "封面", "目录", "参数", "下拉", "示例", "样例", "数据源", "名录", "索引", "readme"]
        .iter()
        .any(|word| name.contains(word))
}

/// Whether the sheet is a form of labels and values for a single task.
fn is_form(sheet: &Sheet, texts: &Texts, set: &FieldSet) -> bool {
    /// The most rows of a form.
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

#[cfg(test)]
mod tests;
