//! Rows that go on with the record above them: a further problem or a further line of its text, with nothing of their own
//! that says what is reported.

use super::record::{Cell, Ledger};
use super::value::Value;
use crate::division::fields;
use crate::table::FieldId;

/// What says which task is reported, by whom, when and in what state, and who signed for it.
const SAID: &[FieldId] = &[
    fields::SERIAL,
    fields::CODE,
    fields::CATEGORY,
    fields::TASK,
    fields::LEADERS,
    fields::LEAD_UNITS,
    fields::UNITS,
    fields::SUBMITTER,
    fields::DATE,
    fields::DEADLINE,
    fields::STATUS,
    fields::DONE_ON,
    fields::SIGNED,
];
/// Of these, what makes a row a record of its own.
const OWN: &[FieldId] = &[
    fields::TASK,
    fields::SERIAL,
    fields::CODE,
    fields::CATEGORY,
    fields::UNITS,
    fields::SUBMITTER,
    fields::STATUS,
    fields::DATE,
    fields::DONE_ON,
];

/// Gives a row that goes on with the record right above it what that one says of both, as if the cells were merged.
/// Returns which of its cells (by position) only repeat that record: all that it leaves blank. What it tells must be text,
/// below text.
pub(super) fn carry_on(cells: &mut [Cell], ledger: &Ledger, row: u32) -> u64 {
    let is_blank = |cell: Cell| cell.text.is_empty() && matches!(cell.value, Value::Blank);
    let blank = |field| ledger.column(field).is_none_or(|at| is_blank(cells[at]));
    if ledger.column(fields::TASK).is_none() || !ledger.axes.is_empty() || !OWN.iter().all(|field| blank(*field)) {
        return 0;
    }
    let Some(above) = ledger.records.last().filter(|above| above.row + 1 == row) else { return 0 };
    let named = ledger.column(fields::TASK).is_some_and(|at| !above.cells[at].text.is_empty());
    let told = || cells.iter().zip(&above.cells).filter(|(cell, _)| !is_blank(**cell));
    let goes_on = told().all(|(cell, _)| matches!(cell.value, Value::Text))
        && told().any(|(_, above)| matches!(above.value, Value::Text));
    if !named || !goes_on {
        return 0;
    }
    let said = SAID.iter().filter_map(|field| ledger.column(*field));
    let mut repeats = 0;
    for at in (0..cells.len()).filter(|at| is_blank(cells[*at])) {
        repeats |= 1u64.checked_shl(at as u32).unwrap_or(0);
    }
    for at in said.filter(|at| repeats >> (*at).min(63) & 1 == 1) {
        cells[at] = above.cells[at];
    }
    repeats
}

#[cfg(test)]
mod tests {
    use crate::division::fields;
    use crate::ledger::fixture::{division, file, records};

    const A: &str = "整治所辖楼宇和广场的广告牌，按比例投放公益广告";
    const B: &str = "清理楼宇内外附着广告，墙面不贴告示";

    fn read(rows: &str) -> Vec<String> {
        let heading = "序号 | 工作任务 | 完成情况 | 日期 | 存在问题 | 整改措施 | 数量";
        let (division, reading) = file("综合科.xlsx", &format!("{heading}\n{rows}\n"));
        records(&division, &reading)
    }

    #[test]
    fn a_row_with_a_further_text_is_of_the_task_above() {
        let of =
            |more: &str| read(&format!("1 | {A} | 已完成 | 8月5日 | 甲 | 乙 | 3\n{more}\n2 | {B} | 已完成 | 8月6日"));
        let further = ["2 综合 1-1 text", "3 综合 1-1 text", "4 综合 1-2 text"];
        assert_eq!(of(" | | | | 丙 | 丁"), further);
        assert_eq!(of(" | | | | 丙"), further);
        for own in [" | | 正在推进 | | 丙", " | | | 8月7日 | 丙", " | | | | | | 5", "3 | | | | 丙"] {
            assert_eq!(of(own)[1], "3 综合 - none", "{own}");
        }
        assert_eq!(of("\n | | | | 丙 | 丁")[1], "4 综合 - none", "behind a gap");
        let all = read(&format!("1 | {A} | 已完成 | 8月5日 | 甲\n | | | | 乙 | 丙\n | | | | 丁 | 戊"));
        assert_eq!(all, ["2 综合 1-1 text", "3 综合 1-1 text", "4 综合 1-1 text"]);
        assert_eq!(read("1 | 慰问老党员 | 已完成 | 8月5日 | 甲\n | | | | 乙 | 丙")[1], "3 综合 - none");
    }

    #[test]
    fn it_repeats_what_is_said_of_both_and_nothing_more() {
        let drawing = format!(
            "序号 | 工作任务 | 完成情况 | 日期 | 存在问题 | 整改措施 | 数量\n1 | {A} | 已完成 | 8月5日 | 甲 | 乙 | 3\n | | | | 丙\n"
        );
        let (_, reading) = file("综合科.xlsx", &drawing);
        let ledger = &reading.ledgers[0];
        let (first, second) = (&ledger.records[0], &ledger.records[1]);
        for field in [fields::TASK, fields::STATUS, fields::DATE] {
            let at = ledger.column(field).expect("a column");
            assert_eq!(second.cells[at], first.cells[at]);
            assert!(second.repeats(at));
        }
        assert!(second.goes_on && !first.goes_on);
        for field in [fields::REMEDY, fields::AMOUNT] {
            let at = ledger.column(field).expect("a column");
            assert!(second.cells[at].text.is_empty() && second.repeats(at));
        }
        assert!(!second.repeats(ledger.column(fields::PROBLEM).expect("a column")));
        assert_eq!(division().tasks.len(), 6);
    }
}
