//! Tables side by side, each beside a neighbour that is one table.

use super::super::fixture::ask;
use super::*;

/// The column at which a second table begins to the right of the heading in the first rows.
fn begins(above: &[(u32, &str)], drawing: &str) -> Option<u32> {
    ask(drawing, |finder, rows| {
        let heading = finder.frame(0).expect("a heading");
        let below: Vec<&Row> = rows[heading.at.1..].iter().collect();
        let above: Vec<Line> = above.iter().map(|(col, text)| (0, *col, (*text).to_owned())).collect();
        cut(&heading.columns, &above, &below, finder.texts, finder.lexicon)
    })
}

fn check(cases: &[(&str, Option<u32>)]) {
    for (drawing, expected) in cases {
        assert_eq!(begins(&[], drawing), *expected, "{drawing}");
    }
}

#[test]
fn the_same_headings_again() {
    check(&[
        ("序号 | 任务 | 序号 | 任务", Some(2)),
        ("序号 | 任务 | 序号", None),
        ("序号 | 任务 | 情况 | 序号 | 任务 | 状态", None),
        ("序号 | 任务 | 情况 | 备注 | 序号 | 任务 | 情况 | 说明", Some(4)),
        ("序号 | 任务 | 情况 | 备注 | 序号 | 任务 | 情由 | 说明", None),
        ("序号 | 任务 | 情况 | 任务 | 序号 | 情况", None),
        ("组 | < | 伍 | <\n日期 | 地点 | 日期 | 地点", None),
        ("组 | < | 组 | <\n日期 | 地点 | 日期 | 地点", Some(2)),
    ]);
}

#[test]
fn a_second_number_with_rows_of_its_own() {
    let heading = "序号 | 任务 | 情况 | 序号 | 名称";
    check(&[
        (&format!("{heading}\n1 | 甲 | 子 | 1 | 丙\n2 | | | 2 | 丁\n3 | | | 3 | 戊"), Some(3)),
        (&format!("{heading}\n1 | 甲 | 子 | 1 | 丙\n2 | 乙 | 丑 | 2 | 丁\n3 | | | 3 | 戊"), None),
        ("序号 | 任务 | 序号 | 名称\n1 | 甲 | 1 | 丙\n2 | | 2 | 丁\n3 | | 3 | 戊", None),
    ]);
}

#[test]
fn titles_over_both_sides() {
    let drawing = "任务 | 情况 | | 原因 | 次数\n甲 | 子 | | 丙 | 丁\n乙 | 丑 | | 戊 | 己";
    for (above, expected) in [
        (vec![(0, "进度计划"), (3, "延误原因汇总")], Some(3)),
        (vec![(1, "进度计划"), (3, "延误原因汇总")], Some(3)),
        (vec![(2, "进度计划"), (3, "延误原因汇总")], None),
        (vec![(0, "进度计划"), (4, "延误原因汇总")], None),
        (vec![(0, "进度计划")], None),
        (vec![(0, "进度计划"), (3, "延误表")], None),
        (vec![(0, "进度计划"), (3, "单位：综合科")], None),
        (vec![(0, "进度计划"), (3, "填报单位")], None),
        (vec![(0, "进度计划"), (3, "填表说明二")], None),
    ] {
        assert_eq!(begins(&above, drawing), expected, "{above:?}");
    }
    let adjacent = drawing.replace("| | ", "| ");
    assert_eq!(begins(&[(0, "进度计划"), (2, "延误原因汇总")], &adjacent), None);
}

#[test]
fn a_summary_at_the_right() {
    check(&[
        // Rows of its own, each a text and a number.
        ("序号 | 任务 | 情况 | 类别二 | 处数\n1 | 甲 | 子 | 丙 | 3\n | | | 丁 | 4\n | | | 戊 | 5", Some(3)),
        ("序号 | 任务 | 情况 | 类别二 | 处数\n1 | 甲 | 子 | 丙 | 3\n | | | 丁 | 4\n2 | 乙 | 丑 | 戊 | 5", None),
        ("序号 | 任务 | 情况 | 类别二 | 处数\n1 | 甲 | 子 | 丙 | 3\n | | | 丁 | 四\n | | | 戊 | 5", None),
        // Behind a gap, full in the first rows and empty below.
        ("序号 | 任务 | 情况 | | 类别二 | 处数\n1 | 甲 | 子 | | 丙 | 3\n2 | 乙 | 丑\n3 | 丁 | 寅", Some(4)),
        ("序号 | 任务 | 情况 | | 类别二 | 处数\n1 | 甲 | 子 | | 丙 | 3\n2 | 乙 | 丑", None),
        ("序号 | 任务 | 情况 | | 类别二 | 处数\n1 | 甲 | 子 | | 丙 | 三\n2 | 乙 | 丑\n3 | 丁 | 寅", None),
        ("序号 | 任务 | 情况 | | 类别二 | 处数\n1 | 甲 | 子 | | 丙 | 3\n2 | 乙 | 丑\n3 | 丁 | 寅 | | 戊", None),
        ("序号 | 任务 | 情况 | | 类别二 | 处数\n1 | 甲 | 子 | | | 3\n2 | 乙 | 丑\n3 | 丁 | 寅", None),
        ("序号 | 任务 | 情况 | 类别二 | 处数\n1 | 甲 | 子 | 丙 | 3\n2 | 乙 | 丑\n3 | 丁 | 寅", None),
        // Its first row stands where the ledger has its heading.
        ("序号 | 任务 | 情况 | | 丙 | '3\n1 | 甲 | 子 | | 丁 | 4", Some(4)),
        ("序号 | 任务 | 情况 | | '2 | '3\n1 | 甲 | 子 | | 丁 | 4", None),
        ("序号 | 任务 | 情况 | 丙 | '3\n1 | 甲 | 子 | 丁 | 4", None),
        // What it counts may be named, but no other field.
        ("序号 | 任务 | 情况 | | 工作任务 | 处数\n1 | 甲 | 子 | | 丙 | 3\n2 | 乙 | 丑\n3 | 丁 | 寅", Some(4)),
        ("序号 | 任务 | 情况 | | 处数 | 工作任务\n1 | 甲 | 子 | | 3 | 丙\n2 | 乙 | 丑\n3 | 丁 | 寅", None),
    ]);
}
