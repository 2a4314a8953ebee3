//! The further sheets of tasks of a workbook: each category, group or period may have one of its own.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use super::super::FieldSet;
use super::super::fields;
use super::super::lint::sheet_not_read;
use super::columns::task as col;
use super::lines::Lines;
use super::numbering::plain;
use super::sheets::Sheets;
use super::unfinished::{self, Draft, Drafts};
use super::year::only_year;
use crate::basis::Bilingual;
use crate::basis::finding::Findings;
use crate::basis::text::{code_key, fold, heading_key, skeleton};
use crate::read::{Visibility, Workbook};
use crate::table::Lexicon as _;

/// Words in the name of a sheet that is kept beside the one in use.
const ASIDE: &[&str] = &[
    "旧", "备份", "作废", "废止", "历史", "底稿", "草稿", "原稿", "示例", "样表", "样例", "模板", "说明", "上年",
    "去年", "修改前", "修订前", "调整前",
];
/// Words in names that say nothing of the tasks on a sheet.
const GENERAL: &[&str] = &["任务分工", "任务分解", "责任分工", "责任清单", "任务清单", "分工", "sheet", "工作表", "续"];

/// Adds the tasks of the other visible sheets that carry the first one on, in the order of the workbook; `任务分工` comes
/// first. A sheet that holds tasks nobody else holds and is not read is noted (P518).
pub(super) fn add(book: &Workbook, sheets: &Sheets, near: NaiveDate, drafts: &mut Drafts, out: &mut Findings) {
    let Some(first) = sheets.tasks else { return };
    let mut parts = BTreeMap::from([(first, std::mem::take(&mut drafts.tasks))]);
    for number in (0..book.sheets.len() as u16).filter(|number| !sheets.all().contains(number)) {
        if book.sheets[number as usize].visibility != Visibility::Visible {
            continue;
        }
        let more = unfinished::read(book, Some(number)).tasks;
        let owned = |draft: &Draft| [col::LEAD, col::UNITS].iter().any(|id| draft.whole.cell(*id).is_some());
        let known: BTreeSet<String> = parts.values().flatten().map(text).collect();
        let again = more.iter().filter(|draft| known.contains(&text(draft))).count();
        // another view of the tasks, or a list for which nobody answers
        if again == more.len() || !more.iter().any(owned) {
            continue;
        }
        let lines = Lines::read(book, number, &col::columns());
        let name = book.sheets[number as usize].name.trim();
        let reason = aside(&lines, name, near).or_else(|| repeats(book, &parts, (number, &more), again));
        if let Some(reason) = reason {
            let place = lines.tables.first().map_or(lines.place(), |table| lines.place().at(table.heading));
            sheet_not_read::note(place, name, &reason, out);
        } else {
            parts.insert(number, more);
        }
    }
    if parts.len() > 1 {
        let clash = clash(book, drafts_of(&parts), |name| !is_general(name)).is_some();
        let categorised = |number: &u16| clash || !is_general(&book.sheets[*number as usize].name);
        for (number, tasks) in parts.iter_mut().filter(|(number, _)| categorised(number)) {
            let name = book.sheets[*number as usize].name.trim();
            for task in tasks.iter_mut().filter(|task| task.category.is_empty()) {
                name.clone_into(&mut task.category);
            }
        }
    }
    let named = sheets.named.then(|| parts.remove(&first)).flatten();
    drafts.tasks = named.into_iter().chain(parts.into_values()).flatten().collect();
}

fn text(draft: &Draft) -> String {
    skeleton(&draft.text.text)
}

/// The tasks of each sheet.
fn drafts_of(parts: &BTreeMap<u16, Vec<Draft>>) -> impl Iterator<Item = (u16, &Draft)> {
    parts.iter().flat_map(|(number, drafts)| drafts.iter().map(|draft| (*number, draft)))
}

fn is_general(name: &str) -> bool {
    let folded = fold(name);
    GENERAL.iter().any(|word| folded.contains(word))
}

/// Why a sheet is no part of the division, by its name and headings.
fn aside(lines: &Lines<'_>, name: &str, near: NaiveDate) -> Option<Bilingual> {
    if let Some(word) = ASIDE.iter().find(|word| name.contains(**word)) {
        return Some(Bilingual::new(format!("表名有“{word}”"), format!("its name says {word}")));
    }
    if let Some(year) = only_year(name).filter(|year| *year != near.year()) {
        return Some(Bilingual::new(format!("是{year}年的"), format!("it is of {year}")));
    }
    let built_in = FieldSet::builtin();
    let reported = |heading: &str| {
        let field = built_in.field(&heading_key(heading));
        matches!(field, Some(fields::STATUS | fields::PROGRESS | fields::DONE_ON))
    };
    let is_ledger = lines.unknown().into_iter().any(|(heading, _)| reported(heading));
    is_ledger
        .then(|| Bilingual::fixed("有完成情况一类的栏，像台账", "with columns for progress it looks like a ledger"))
}

/// Why the tasks of a sheet cannot follow those read before: most are the same, or a code is taken.
fn repeats(
    book: &Workbook,
    parts: &BTreeMap<u16, Vec<Draft>>,
    (number, more): (u16, &[Draft]),
    again: usize,
) -> Option<Bilingual> {
    if again * 2 > more.len() {
        return Some(Bilingual::new(
            format!("{}项任务中有{again}项已在别的表里，像是另一稿", more.len()),
            format!("{again} of its {} tasks stand in another sheet: it looks like another version", more.len()),
        ));
    }
    let more = more.iter().map(|draft| (number, draft));
    let code = clash(book, drafts_of(parts).chain(more), |_| true)?;
    Some(Bilingual::new(
        format!("编号“{code}”在别的表里是另一项任务"),
        format!("code “{code}” stands for another task in another sheet"),
    ))
}

/// A code that stands for two tasks of different sheets. Numbers count within their category; a sheet without categories is
/// one if `is_category` says so of its name.
fn clash<'a>(
    book: &'a Workbook,
    drafts: impl Iterator<Item = (u16, &'a Draft)>,
    is_category: impl Fn(&str) -> bool,
) -> Option<String> {
    let mut seen: BTreeMap<(&str, String), (u16, String)> = BTreeMap::new();
    for (number, draft) in drafts.filter(|(_, draft)| !draft.code.is_empty()) {
        let name = book.sheets[number as usize].name.trim();
        let category = match draft.category.as_str() {
            _ if plain(&draft.code).is_none() => "",
            "" if is_category(name) => name,
            own => own,
        };
        let (sheet, first) = seen.entry((category, code_key(&draft.code))).or_insert((number, text(draft))).clone();
        if sheet != number && first != text(draft) {
            return Some(draft.code.clone());
        }
    }
    None
}
