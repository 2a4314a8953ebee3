//! Marked copies (退回) sent back by a unit. They are recognised by their stamp; the first sheet has the answers of the
//! unit, the other sheets are its ledger again.

use serde::{Deserialize, Serialize};

use crate::basis::pool::Texts;
use crate::basis::text::heading_key;
use crate::read::{Raw, Sheet, Workbook, is_mangled};

/// The property with the hashes of the files it is a copy of, latest first, separated by spaces.
pub const COPY_OF: &str = "taizhang-copy-of";
/// The most generations of copies whose hashes fit into a property.
pub const GENERATIONS: usize = 3;

/// The name of the first sheet.
pub const INDEX: &str = "退回说明";
/// The heading of the column in which the unit answers.
pub const ANSWER: &str = "说明";
/// The heading of the codes of the findings.
pub const CODE: &str = "问题代码";
/// The heading of the sheets.
pub const SHEET: &str = "工作表";
/// The heading of the cells.
pub const CELL: &str = "单元格";
/// The heading of the previous content of the cells.
pub const SEEN: &str = "现值";
/// The heading of the ids of the findings.
pub const ID: &str = "问题编号";

/// A heading of the list in English.
pub fn in_english(heading: &str) -> &str {
    match heading {
        ANSWER => "Your answer",
        CODE => "Finding",
        SHEET => "Sheet",
        CELL => "Cell",
        SEEN => "Seen",
        ID => "Finding id",
        other => other,
    }
}

/// Shown in a copy in place of a formula without a result.
pub const UNCALCULATED: &str = "（公式没有结果）";
/// Shown in a copy in place of a picture, which it cannot contain.
pub const PICTURE: &str = "[图片]";

/// What was read from a marked copy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Returned {
    /// The hashes of the files it is a copy of, latest first.
    pub of: Vec<String>,
    /// The positions of the sheets that list the findings.
    pub index: Vec<u16>,
    /// The findings listed there, with the answers of the unit.
    pub answers: Vec<Answer>,
}

/// A line of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The id of the finding in the original file.
    pub id: String,
    /// The code of the finding.
    pub code: String,
    /// The name of the sheet; empty for a finding about the whole file.
    pub sheet: String,
    /// The A1 address; empty for a finding about a whole sheet.
    pub cell: String,
    /// The previous content.
    pub seen: String,
    /// The answer of the unit; empty if it wrote nothing.
    pub text: String,
}

/// Reads a marked copy; none if the workbook does not have its stamp.
pub(super) fn returned(book: &Workbook) -> Option<Returned> {
    let of = book.properties.get(COPY_OF)?.split_whitespace().take(GENERATIONS).map(str::to_owned).collect();
    let mut returned = Returned { of, ..Returned::default() };
    for (at, sheet) in book.sheets.iter().enumerate() {
        if let Some(answers) = answers(book, sheet) {
            returned.index.push(at as u16);
            returned.answers.extend(answers);
        }
    }
    Some(returned)
}

/// The lines of the list; none when the sheet is not the list. It may have been renamed and its columns moved.
fn answers(book: &Workbook, sheet: &Sheet) -> Option<Vec<Answer>> {
    /// The heading is searched in so many rows: it follows a title and two lines, and lines may have been inserted.
    const ABOVE: usize = 20;
    let text = |raw: Raw| match raw {
        Raw::Text(text) => book.texts.get(text).trim(),
        _ => "",
    };
    let rows = &sheet.grid.rows;
    let (at, columns) = rows.iter().take(ABOVE).enumerate().find_map(|(at, row)| {
        let column = |heading: &str| {
            let wanted = [heading, in_english(heading)].map(heading_key);
            let found = row.cells.iter().find(|(_, raw)| wanted.contains(&heading_key(text(*raw))));
            found.map(|(col, _)| *col)
        };
        let columns = [column(ID)?, column(CODE)?, column(SHEET)?, column(CELL)?, column(SEEN)?, column(ANSWER)?];
        Some((at, columns))
    })?;
    let lines = rows[at + 1..].iter().map(|row| {
        let [id, code, sheet, cell, seen, answer] = columns.map(|col| match row.get(col) {
            Raw::Number { value, .. } => value.to_string(),
            raw => text(raw).to_owned(),
        });
        Answer { id, code, sheet, cell, seen, text: answer }
    });
    Some(lines.filter(|line| !line.code.is_empty()).collect())
}

/// Restores what a copy shows as text: error values, formulas without a result, pictures.
pub(super) fn restore(sheets: &mut [Sheet], texts: &Texts) {
    for sheet in sheets {
        for row in &mut sheet.grid.rows {
            for (col, raw) in &mut row.cells {
                let Raw::Text(text) = *raw else { continue };
                let shown = texts.get(text);
                if shown == UNCALCULATED {
                    *raw = Raw::Uncalculated;
                } else if is_mangled(shown) {
                    *raw = Raw::DigitsLost(text);
                } else if FAULTS.contains(&shown) {
                    *raw = Raw::Fault(text);
                } else if shown.starts_with(PICTURE) && shown.replace(PICTURE, "").is_empty() {
                    let count = shown.len() / PICTURE.len();
                    sheet.pictures.extend(std::iter::repeat_n((row.index, *col), count.min(MOST_PICTURES)));
                    *raw = Raw::Empty;
                }
            }
            row.cells.retain(|(_, raw)| *raw != Raw::Empty);
        }
        sheet.grid.rows.retain(|row| !row.cells.is_empty());
        sheet.pictures.sort_unstable();
    }
}

/// Error values as displayed.
const FAULTS: &[&str] = &["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"];
/// The most pictures shown for one cell.
pub const MOST_PICTURES: usize = 100;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Value;
    use crate::ledger::fixture::{file_with, records};

    const DRAWING: &str = "
=== 退回说明
台账退回修改说明

序号 | 级别 | 问题代码 | 工作表 | 单元格 | 问题 | 现值 | 应为 | 怎么改 | 说明 | 问题编号
1 | 核实 | R201 | 台账 | B2 | 对不上 | 食堂检查 | | 请填编号 | 该任务由后勤中心负责 | 0123456789abcdef
2 | 强制 | C102 | 台账 | C2 | 不是日期 | 近期 | | 请改 | | 0123456789abcdee
=== 台账
任务编号 | 工作任务 | 完成情况
1-1 | 整治所辖楼宇和广场的广告牌，按比例投放公益广告 | 已完成
";

    #[test]
    fn the_list_of_faults_is_no_ledger_and_its_answers_are_read() {
        let (division, seen) = file_with("退回综合.xlsx", DRAWING, |book, _| {
            book.properties.insert(COPY_OF.into(), "blake3:01 blake3:02".into());
            book.properties.insert(crate::ledger::stamp::UNIT.into(), "管理一科".into());
            book.properties.insert(crate::ledger::stamp::WINDOW.into(), "2014-07".into());
        });
        assert_eq!(records(&division, &seen), ["2 管理 1-1 code"]);
        assert_eq!(seen.window.map(|(window, _)| window.label()).as_deref(), Some("2014-07"));
        assert!(seen.stamp.is_none());
        let returned = seen.returned.expect("a marked copy");
        assert_eq!((returned.of.len(), returned.index, returned.answers.len()), (2, vec![0], 2));
        let first = &returned.answers[0];
        assert_eq!(
            [&first.id, &first.code, &first.sheet, &first.cell, &first.seen, &first.text],
            ["0123456789abcdef", "R201", "台账", "B2", "食堂检查", "该任务由后勤中心负责"]
        );
    }

    #[test]
    fn what_a_copy_cannot_carry_is_taken_back() {
        let drawing = "任务编号 | 完成情况 | 人数 | 佐证材料 | 联系电话\n1-1 | #N/A | （公式没有结果） | [图片][图片] | '1.38E+12\n";
        let values = |stamp: bool| {
            let (_, seen) = file_with("综合科.xlsx", drawing, |book, _| {
                if stamp {
                    book.properties.insert(COPY_OF.into(), "blake3:01".into());
                }
            });
            let record = &seen.ledgers[0].records[0];
            (record.cells[2].value, record.pictures, record.cells[4].value)
        };
        assert_eq!(values(true), (Value::Uncalculated, 2, Value::DigitsLost));
        assert_eq!(values(false), (Value::Unfit, 0, Value::Text));
    }

    #[test]
    fn without_the_stamp_it_is_a_file_like_any_other() {
        let (_, seen) = file_with("退回综合.xlsx", DRAWING, |_, _| {});
        assert!(seen.returned.is_none());
    }
}
