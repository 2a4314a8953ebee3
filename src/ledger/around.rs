//! Lines around a table that are outside of all cells, as in a Word document; read like titles and labels in cells.

use super::about;
use super::lines_outside::{notes_of, titles};
use super::sheets::Surveyed;
use crate::read::Sheet;

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
