//! Lines around a table that are outside of all cells, as in a Word document; read like titles and labels in cells.

use super::about;
use super::sheets::Surveyed;
use crate::basis::place::{Area, Place, SourceId};
use crate::read::Sheet;

/// The first of the row numbers used for such lines; no grid has so many rows.
const OUTSIDE: u32 = u32::MAX - 10_000;
/// A longer line, in characters, is body text.
const LONGEST: usize = 100;
/// A longer line, in characters, is not a title.
const LONGEST_TITLE: usize = 50;

/// The cell of a line about a table; none if it is outside of all cells.
pub fn line_cell(row: u32, col: u32) -> Option<Area> {
    (row < OUTSIDE).then(|| Area::cell(row, col))
}

/// The place of a line about a table: its cell, or the sheet.
pub fn line_place(source: SourceId, sheet: u16, row: u32, col: u32) -> Place {
    let place = Place::sheet(source, sheet);
    line_cell(row, col).map_or(place, |cell| place.at(cell))
}

/// Adds the labels and titles in lines around tables. Lines before a table belong to the first ledger of its sheet, lines
/// after it to the last. A signature after a table belongs to it even if another table follows.
pub(super) fn add(surveyed: &mut [Surveyed], sheets: &[Sheet]) {
    for (at, (sheet, surveyed)) in sheets.iter().zip(surveyed).enumerate() {
        let own = sheet.before.len() - before(sheets, at).len();
        let next = sheets.get(at + 1).map(|next| &next.before[..next.before.len() - before(sheets, at + 1).len()]);
        let before = &sheet.before[own..];
        let behind = next.unwrap_or(&sheet.after);
        if let Some(notes) = surveyed.notes.first_mut() {
            notes.extend(notes_of(before));
        }
        if let Some(notes) = surveyed.notes.last_mut() {
            notes.extend(notes_of(behind));
        }
        if !surveyed.notes.is_empty() {
            surveyed.titles.extend(titles(before));
        }
    }
}

/// The lines before a table, without the signatures of the preceding table.
fn before(sheets: &[Sheet], at: usize) -> &[String] {
    let lines = sheets[at].before.as_slice();
    // a nested table has the same lines as the outer one
    let follows = at.checked_sub(1).is_some_and(|above| sheets[above].before != lines);
    let signs = |line: &&String| {
        let notes = about::notes(&[(0, 0, (*line).clone())]);
        !notes.is_empty() && !notes.iter().any(|note| about::names_sender(&note.2))
    };
    &lines[if follows { lines.iter().take_while(signs).count() } else { 0 }..]
}

fn is_running(line: &str, longest: usize) -> bool {
    line.chars().count() > longest || line.trim_end().ends_with(['。', '；', ';', '，']) || line.contains('。')
}

fn notes_of(lines: &[String]) -> Vec<about::Note> {
    let lines = (OUTSIDE..).zip(lines).filter(|(_, line)| !is_running(line, LONGEST));
    about::notes(&lines.map(|(row, line)| (row, 0, line.clone())).collect::<Vec<_>>())
}

/// The titles among the lines before a table: first those after the last paragraph of body text, then the others.
fn titles(lines: &[String]) -> Vec<(u32, u32, String)> {
    let nearest = lines.iter().rposition(|line| is_running(line, LONGEST)).map_or(0, |at| at + 1);
    let title =
        |line: &&String| !is_running(line, LONGEST_TITLE) && about::notes(&[(0, 0, (*line).clone())]).is_empty();
    let lines = lines[nearest..].iter().chain(&lines[..nearest]);
    (OUTSIDE..).zip(lines.filter(title)).map(|(row, line)| (row, 0, line.clone())).collect()
}

#[cfg(test)]
mod tests {
    use crate::ledger::fixture::{file_with, records, sender};

    /// Reads two tables with these lines before each and after the last.
    #[track_caller]
    fn read(lines: [&[&str]; 3]) -> (Vec<String>, Vec<String>, Vec<bool>, Option<String>) {
        let drawing = "
=== 表1
任务编号 | 工作任务 | 完成情况
1-1 | | 已完成
=== 表2
任务编号 | 工作任务 | 完成情况
1-2 | | 已完成
";
        let (division, reading) = file_with("8月台账.docx", drawing, |book, _| {
            let lines = lines.map(|lines| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>());
            let [first, between, last] = lines;
            (book.sheets[0].before, book.sheets[1].before, book.sheets[1].after) = (first, between, last);
        });
        let senders = reading.ledgers.iter().map(|ledger| sender(&division, ledger)).collect();
        let signed = reading.ledgers.iter().map(|ledger| ledger.signed).collect();
        (records(&division, &reading), senders, signed, reading.window.map(|window| window.0.label()))
    }

    #[test]
    fn titles_and_labels_around_tables_count_like_those_in_cells() {
        let (records, senders, signed, window) = read([
            &["附件2", "某市创建工作台账（2014年7月）", "填报单位：综合科    填报日期：2014年8月2日"],
            &["填表人：王某　审核签字：张某", "填报单位：管理一科"],
            &["牵头领导签字：____"],
        ]);
        assert_eq!(records, ["2 综合 1-1 code", "2 管理 1-2 code"]);
        assert_eq!(senders, ["综合管理科 sheet", "管理一科 sheet"]);
        assert_eq!(signed, [true, false]);
        assert_eq!(window.as_deref(), Some("2014-07"));
    }

    #[test]
    fn running_text_is_no_title() {
        let prose = "截至2014年6月，各科室认真落实责任，取得了明显成效。";
        let (_, senders, _, window) =
            read([&[prose, "责任单位：综合科负责落实以上各项，每月报送。", "2014年7月"], &[], &[]]);
        assert_eq!(senders, ["-", "-"]);
        assert_eq!(window.as_deref(), Some("2014-07"));
    }

    #[test]
    fn body_text_and_titles_by_length_and_marks() {
        let text = |count: usize| "某".repeat(count);
        for (line, longest, running) in [
            (text(100), 100, false),
            (text(101), 100, true),
            ("某事。".into(), 100, true),
            ("某事。 ".into(), 100, true),
            ("某事，".into(), 100, true),
            ("某事；".into(), 100, true),
            ("某。某".into(), 100, true),
            ("某，某".into(), 100, false),
        ] {
            assert_eq!(super::is_running(&line, longest), running, "{line}");
        }
        let titles = |lines: &[&str]| {
            let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
            super::titles(&lines).into_iter().map(|line| line.2).collect::<Vec<_>>()
        };
        assert_eq!(titles(&["甲台账", "某事。", "乙台账"]), ["乙台账", "甲台账"], "the nearest first");
        assert_eq!(titles(&["甲台账", "乙台账"]), ["甲台账", "乙台账"]);
        assert_eq!(titles(&["甲台账", "填报单位：综合科"]), ["甲台账"]);
        assert_eq!(titles(&[&text(50)]).len(), 1);
        assert_eq!(titles(&[&text(51)]).len(), 0);
        let notes = super::notes_of(&["填表人：王某".into(), format!("填表人：{}", text(97)), "审核人：李某".into()]);
        let rows: Vec<u32> = notes.iter().map(|note| note.0 - super::OUTSIDE).collect();
        assert_eq!(rows, [0, 2]);
        assert!(super::line_cell(super::OUTSIDE, 0).is_none() && super::line_cell(super::OUTSIDE - 1, 0).is_some());
    }

    #[test]
    fn signatures_before_a_table_are_those_of_the_one_above() {
        let lines = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let sheet = |texts: &[&str]| crate::read::Sheet { before: lines(texts), ..crate::read::Sheet::default() };
        let own = |first: &[&str], second: &[&str]| super::before(&[sheet(first), sheet(second)], 1).to_vec();
        assert_eq!(own(&["甲"], &["填表人：王某", "审核人：李某", "乙台账"]), ["乙台账"]);
        assert_eq!(own(&["甲"], &["填报单位：综合科", "填表人：王某"]), ["填报单位：综合科", "填表人：王某"]);
        assert_eq!(own(&["甲"], &["乙台账", "填表人：王某"]), ["乙台账", "填表人：王某"]);
        assert_eq!(own(&["填表人：王某"], &["填表人：王某"]), ["填表人：王某"], "a nested table");
        assert_eq!(super::before(&[sheet(&["填表人：王某"])], 0), ["填表人：王某"], "nothing is above the first");
    }
}
