//! Decides which regions of a sheet are ledgers, and why the others are not.

use std::collections::BTreeSet;

use super::about::{self, Note};
use super::axes;
use super::by_content;
use super::context::{self, Surroundings};
use super::file_reading::{Skipped, Unread, WhyUnread};
use super::forms;
use super::lexicon::Words;
use super::nil;
use super::other_forms;
use super::people::are_people;
use super::status::status;
use crate::basis::place::Area;
use crate::basis::pool::Texts;
use crate::basis::text::fold;
use crate::division::{Context, FieldSet, fields};
use crate::read::{Raw, Sheet};
use crate::ruling::Asker;
use crate::table::{
    FieldId, Lexicon, Line, Loose, LooseKind, RowClass, Table, headless, is_label, join, lines, own_columns, part,
    shown,
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
    let first_lines = parted.tables.first().map_or_else(Vec::new, |table| table.above.clone());
    let surroundings = Surroundings { titles: &first_lines, sheet: &sheet.name, file };
    for table in &mut parted.tables {
        join(table, sheet, texts, &words, |text| status(text).is_some(), fields::DATE);
        axes::take(table, cx);
        by_content::tell(table, sheet, texts, cx, &words);
        let section =
            |row: u32| lines(sheet.grid.row(row), texts).first().map_or_else(String::new, |line| line.2.clone());
        let named =
            context::task(table, surroundings, division).is_some() || context::has_section(table, section, division);
        axes::settle(table, sheet, texts, cx, named);
        table.readable |= named && reports(table, set);
    }
    forms::put(&mut parted, sheet, file, texts, (cx, &words));
    if other_forms::is_other_form(sheet, texts, set, &parted) {
        surveyed.skipped = Some(Skipped::NotLedger);
        surveyed.unread = vec![Unread { area: sheet.grid.extent().unwrap_or(Area::cell(0, 0)), why: WhyUnread::Form }];
        return surveyed;
    }
    let named = |table: &Table| {
        let data = table.rows.iter().filter(|row| row.1 == RowClass::Data).map(|row| row.0);
        !table.readable && are_people(sheet, texts, data, (table.heading.left, table.heading.right))
    };
    let (people, tables): (Vec<Table>, Vec<Table>) = std::mem::take(&mut parted.tables).into_iter().partition(named);
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
        _ if !is_support(&sheet.name) && nil::cell(sheet, texts).is_some() => Some(Skipped::NilReport),
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
            let unread = unread(&table, sheet, texts, set, support);
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
fn reports(table: &Table, set: &FieldSet) -> bool {
    let figure = |field: FieldId| set.is_amount(field) && field != fields::SCORE;
    telling(table) || table.columns.iter().filter_map(|c| c.field).any(figure)
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
mod tests {
    use crate::basis::calendar::{Cycle, Window};
    use crate::basis::place::Area;
    use crate::basis::pool::Texts;
    use crate::basis::settings::Settings;
    use crate::division::Context;
    use crate::ledger::fixture::division;
    use crate::table::fixture;

    #[test]
    fn labels_beside_their_values() {
        let division = division();
        let settings = Settings::default();
        let window = Window::parse("2014-08", Cycle::Month).expect("a window");
        let as_of = crate::basis::calendar::window::end_of(window.end);
        let cx = Context { settings: &settings, division: &division, window, as_of };
        let labels = |drawing: &str| {
            let mut texts = Texts::default();
            let sheet = fixture::sheet(drawing, &mut texts);
            let area = sheet.grid.extent().unwrap_or(Area::cell(0, 0));
            super::is_labels(&sheet, &texts, area, &cx)
        };
        for (drawing, are) in [
            ("甲 | 1\n乙 | 2\n丙 | 3", true),
            ("甲 | 1\n乙 | 2", false),
            ("甲 | 1\n乙 | 2\n丙 | 3\n | 4", true),
            ("甲 | 1\n乙 | 2\n丙 | 3\n甲 | 4", false),
            ("甲 | 1 | 子\n乙 | 2\n丙 | 3", false),
            ("甲\n乙\n丙", false),
            ("甲 | 1\n乙 | 2\n3 | 3", false),
            ("一二三四五六七八九十甲乙 | 1\n乙 | 2\n丙 | 3", true),
            ("一二三四五六七八九十甲乙丙 | 1\n乙 | 2\n丙 | 3", false),
            ("甲 | 1\n乙 | 综合科\n丙 | 3", false),
            ("甲 | 1\n乙 | 已完成\n丙 | 3", false),
            ("甲 | 1\n乙 | 组织志愿服务\n丙 | 3", false),
            ("甲 | 1\n综合科 | 2\n丙 | 3", false),
        ] {
            assert_eq!(labels(drawing), are, "{drawing}");
        }
    }

    /// What is seen of the first table of a drawing.
    fn ask<R>(drawing: &str, about: impl FnOnce(&super::Table, &super::Sheet, &Texts, &super::FieldSet) -> R) -> R {
        let (division, mut texts) = (division(), Texts::default());
        let sheet = fixture::sheet(drawing, &mut texts);
        let parted = super::part(&sheet, &texts, &super::Words::of(&division));
        about(parted.tables.first().expect("a table"), &sheet, &texts, &division.fields)
    }

    #[test]
    fn the_column_where_the_tasks_most_likely_stand() {
        let of = |drawing: &str| ask(drawing, |table, sheet, texts, _| super::likely(table, sheet, texts));
        let drawn = |first: &str, second: &str| {
            format!(
                "子目 | 丑目 | 完成情况 | 备注\n{first} | {second} | 已完成 | 好\n{first} | {second} | 已完成 | 好\n"
            )
        };
        for (first, second, likely) in [
            ("一二三四", "一二三", Some("子目")),
            ("一二三", "一二三四", Some("丑目")),
            ("一二三四", "一二三四", Some("子目")),
            ("一二三", "一二三", None),
            ("12345", "一二三四", Some("丑目")),
        ] {
            assert_eq!(of(&drawn(first, second)).as_deref(), likely, "{first} {second}");
        }
    }

    #[test]
    fn tables_that_were_meant_as_ledgers() {
        let of = |drawing: &str| {
            ask(drawing, |table, _, _, set| {
                (super::is_lacking(table, set), super::telling(table), super::reports(table, set))
            })
        };
        for (drawing, seen) in [
            ("序号 | 完成情况\n1 | 已完成\n2 | 已完成", (true, true, true)),
            ("姓名 | 联系电话 | 数量\n甲 | 123 | 4\n乙 | 456 | 5", (true, false, true)),
            ("姓名 | 联系电话\n甲 | 123\n乙 | 456", (false, false, false)),
            ("工作任务 | 完成情况\n甲 | 已完成\n乙 | 已完成", (false, true, true)),
            ("姓名 | 性别 | 得分\n甲 | 子 | 4\n乙 | 丑 | 5", (true, false, false)),
        ] {
            assert_eq!(of(drawing), seen, "{drawing}");
        }
        let set = division().fields;
        assert!(super::meant_as_ledger(&["序号".into(), "完成情况".into()], &set));
        assert!(!super::meant_as_ledger(&["序号".into(), "联系电话".into()], &set));
    }

    #[test]
    fn names_of_sheets_that_support_others() {
        for (name, is) in [("填表说明", true), ("下拉选项", true), ("README", true), ("8月台账", false)] {
            assert_eq!(super::is_support(name), is, "{name}");
        }
    }

    #[test]
    fn a_sheet_of_labels_is_a_form() {
        let form = |drawing: &str| {
            let mut texts = Texts::default();
            super::is_form(&fixture::sheet(drawing, &mut texts), &texts, &division().fields)
        };
        let rows = |count: usize| "\n".to_owned() + &"某\n".repeat(count) + "工作任务 | 甲\n完成情况 | 乙\n备注 | 丙\n";
        assert!(form("工作任务 | 甲\n完成情况 | 乙\n备注 | 丙") && !form("工作任务 | 甲\n完成情况 | 乙"));
        assert!(form("填表人 | 甲\n完成情况 | 乙\n备注 | 丙") && !form("某人 | 甲\n完成情况 | 乙\n备注 | 丙"));
        assert!(form(&rows(57)) && !form(&rows(58)), "sixty rows");
        assert!(!form("1 | 甲\n完成情况 | 乙\n备注 | 丙"));
    }

    #[test]
    fn a_few_labels_beside_a_ledger_belong_to_it() {
        let unread = |labels: usize, ledger: bool| {
            let lines: String = [
                "姓名 | 甲 | 电话 | 乙\n",
                "性别 | 子 | 地址 | 丑\n",
                "籍贯 | 寅 | 学历 | 卯\n",
                "专业 | 辰 | 部门 | 巳\n",
                "职务 | 午 | 备注 | 未\n",
            ][..labels]
                .concat();
            let ledger = if ledger {
                "\n\n任务编号 | 工作任务 | 完成情况\n1-1 | | 已完成\n1-2 | | 已完成\n"
            } else {
                ""
            };
            let (_, reading) = crate::ledger::fixture::file("综合科.xlsx", &format!("{lines}{ledger}"));
            reading.sheets[0].unread.iter().map(|unread| format!("{:?}", unread.why)).collect::<Vec<_>>()
        };
        assert_eq!(unread(5, true), ["Form"]);
        assert_eq!(unread(5, false), ["Form"]);
        assert!(unread(3, true).iter().all(|why| why == "Words"), "{:?}", unread(3, true));
    }
}
