//! Which rows end a table and which begin the next.

use super::super::fixture::ask;
use super::*;

/// What a body that has the rows between the heading and the last says of the last row of a drawing.
fn of<R>(drawing: &str, about: impl FnOnce(&Body<'_>, &Row, &Sheet) -> R) -> R {
    ask(drawing, |finder, rows| {
        let heading = finder.frame(0).expect("a heading");
        let (last, between) = rows[heading.at.1..].split_last().expect("rows");
        let mut body = Body::new(heading, Vec::new(), finder.texts);
        for row in between {
            body.push(row);
        }
        about(&body, last, finder.sheet)
    })
}

const HEADING: &str = " | 工作任务 | 完成情况 | 备注 | 日期";

#[test]
fn another_table_may_begin() {
    let breaks = |rows: &str| of(&format!("{HEADING}\n{rows}"), |body, row, _| body.breaks_before(row));
    for (rows, expected) in [
        ("1 | 甲 | 乙\n子 | 丑", false),
        ("1 | 甲 | 乙\n\n子 | 丑", true),
        ("1\n子 | 丑", true),
        ("1 | 甲\n子 | 丑", false),
        ("1 | 甲\n\n某某 | 某表\n子 | 丑", true),
        ("1 | 甲\n\n合计 | 某表\n子 | 丑", false),
        ("1 | 甲\n\n某某 | 3\n子 | 丑", false),
        ("1 | 甲\n\n某某 | 某表 | 甲\n子 | 丑", false),
        ("1 | 甲\n某某 | 某表\n子 | 丑", false),
        ("子 | 丑", false),
    ] {
        assert_eq!(breaks(rows), expected, "{rows}");
    }
}

#[test]
fn title_lines_of_the_next_table() {
    let told = |row: &str| {
        of(&format!("{HEADING}\n{row}"), |body, row, sheet| {
            (body.opens_next(row, sheet), body.surely_opens(row, sheet))
        })
    };
    for (row, expected, sure) in [
        (" | 某题", true, false),
        (" | | 某题", false, false),
        (" | | 某题 | <", false, false),
        (" | | 某题 | < | <", true, true),
        (" | | 一、某题", true, true),
        (" | 附件2", true, true),
        (" | 填报单位：综合科 | 甲", true, true),
        (" | 某题 | 甲", false, false),
        (" | 审核人：甲", false, false),
        (" | 合计", false, false),
        (" | 注：甲", false, false),
        (" | 3", false, true),
    ] {
        assert_eq!(told(row), (expected, sure), "{row}");
    }
    let foot = |row: &str| of(&format!("{HEADING}\n{row}"), |body, row, _| body.is_page_foot(row));
    assert!(foot("甲 | 第1页") && !foot("甲 | 1"));
}

#[test]
fn rows_that_come_before_the_next_title() {
    let last = |rows: &str| {
        of(&format!("{HEADING}\n{rows}\n子 | 丑 | 寅"), |body, row, sheet| body.last_of_table(row.index, sheet))
    };
    for (rows, expected) in [
        (" | 甲 | 乙\n | 丙 | 丁", 2),
        (" | 甲 | 乙\n | 某题", 1),
        (" | 甲 | 乙\n | 某题\n | 又题", 2),
        (" | 甲 | 乙\n\n | 某题\n | 又题", 1),
        (" | 甲 | 乙\n | 某题\n | 附件2\n | 又题", 2),
        (" | 甲 | 乙\n | 某题\n", 2),
        (" | 甲 | 乙\n\n | 某某 | 某表", 1),
    ] {
        assert_eq!(last(rows), expected, "{rows}");
    }
}
