//! Labels of the sender at the foot of each block: 填报单位：综合科 below the rows it speaks for.

use super::about::{self, Note};
use super::sender;
use crate::basis::UnitId;
use crate::division::Roster;
use crate::table::{Line, RowClass, Table};

/// Gives the labels between the tables of a sheet back to the table above them, where none stands above the first and one
/// stands below the last: whoever labels the foot of the last block labels that of each.
pub(super) fn give_back(tables: &mut [Table]) {
    let label = |lines: &[Line]| about::notes(lines).iter().any(|note| about::names_sender(&note.2));
    let [first, others @ ..] = &*tables else { return };
    let last = others.last();
    let each = others.iter().all(|table| label(&table.above));
    if !each || label(&first.above) || !last.is_some_and(|last| label(&last.below)) {
        return;
    }
    for at in 1..tables.len() {
        let foot = foot(&tables[at].above);
        let feet: Vec<Line> = tables[at].above.extract_if(.., |line| line.0 <= foot).collect();
        tables[at - 1].below.extend(feet);
    }
}

/// The last of the rows of labels that follow one another from that of the sender.
fn foot(above: &[Line]) -> u32 {
    let notes = about::notes(above);
    let mut rows = notes.iter().skip_while(|note| !about::names_sender(&note.2)).map(|note| note.0);
    let first = rows.next().unwrap_or_default();
    rows.fold(first, |last, row| if row <= last + 1 { row } else { last })
}

/// The unit at the foot of each block of rows below one heading, with the row of its label; none where the labels stand
/// otherwise, or all rows have one foot.
pub(super) fn within(table: &Table, roster: &Roster) -> Vec<(u32, UnitId)> {
    let unit = |note: &Note| {
        let named = roster.find(&note.3).or_else(|| sender::in_words(&note.3, roster));
        named.filter(|_| about::names_sender(&note.2)).map(|unit| (note.0, unit))
    };
    let feet: Vec<(u32, UnitId)> = about::notes(&table.below).iter().filter_map(unit).collect();
    let data: Vec<u32> = table.rows.iter().filter(|row| row.1 == RowClass::Data).map(|row| row.0).collect();
    let mut from = 0;
    let each = feet.iter().all(|&(row, _)| {
        let to = data.partition_point(|data| *data < row);
        std::mem::replace(&mut from, to) < to
    });
    if each && feet.len() > 1 && from == data.len() { feet } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use crate::ledger::fixture::{file, records};

    const A: &str = "整治所辖楼宇和广场的广告牌，按比例投放公益广告";
    const B: &str = "清理楼宇内外附着广告，墙面不贴告示";
    const HEADING: &str = "序号 | 工作任务 | 完成情况 | 完成时间";

    #[track_caller]
    fn check(drawing: &str, expected: &[&str]) {
        let (division, reading) = file("八月.xlsx", drawing);
        assert_eq!(records(&division, &reading), expected, "{drawing}");
    }

    #[test]
    fn a_label_at_the_foot_of_each_block_is_that_of_the_rows_above() {
        let block = format!("{HEADING}\n1 | {A} | 已完成 | 8月5日\n2 | {B} | 已完成 | 8月6日\n");
        for foot in ["填报单位：*", "填报单位：*    填报日期：2014-08-29", "责任单位：*\n填表人：王某"]
        {
            let foot = |unit: &str| foot.replace('*', unit);
            let (one, other) = (foot("综合科"), foot("后勤中心"));
            let rows = 3 + one.lines().count() as u32;
            let of = |title: &str, expected: [u32; 4]| {
                let title = if title.is_empty() { String::new() } else { format!("{title}\n") };
                let names = ["综合 1-1", "综合 1-2", "后勤 1-1", "后勤 1-2"];
                let expected: Vec<String> =
                    expected.iter().zip(names).map(|(row, name)| format!("{row} {name} text")).collect();
                let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
                check(&format!("{title}{block}{one}\n\n{title}{block}{other}\n"), &expected);
            };
            of("", [2, 3, rows + 3, rows + 4]);
            of("创建工作台账 | < | < | <", [3, 4, rows + 5, rows + 6]);
        }
    }

    #[test]
    fn a_label_above_each_block_stays_there() {
        let block = format!("{HEADING}\n1 | {A} | 已完成 | 8月5日\n");
        let expected = ["3 综合 1-1 text", "7 后勤 1-1 text"];
        check(&format!("填报单位：综合科\n{block}\n填报单位：后勤中心\n{block}"), &expected);
        check(&format!("填报单位：综合科\n{block}\n填报单位：后勤中心\n{block}填报单位：后勤中心\n"), &expected);
    }

    #[test]
    fn feet_between_the_rows_below_one_heading() {
        let row = format!("1 | {A} | 已完成 | 8月5日\n");
        let of = |lines: [&str; 3], expected: &[&str]| {
            let [first, second, third] = lines;
            check(&format!("{HEADING}\n{first}{row}{second}{row}{third}"), expected);
        };
        let (one, other) = ("填报单位：综合科\n", "填报单位：后勤中心\n");
        of(["", one, other], &["2 综合 1-1 text", "4 后勤 1-1 text"]);
        of([one, other, ""], &["3 综合 1-1 text", "5 后勤 1-1 text"]);
    }
}
