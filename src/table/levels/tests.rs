//! The rows of headings.

use super::super::fixture::ask;

/// The number of rows of the heading that begins in the first.
fn height(drawing: &str) -> u32 {
    ask(drawing, |finder, rows| finder.bottom(0) + 1 - rows[0].index)
}

#[test]
fn a_heading_goes_on_under_its_groups() {
    for (drawing, expected) in [
        ("甲 | 乙情况\n1 | 2", 1),
        ("甲 | 组 | <\n^ | 乙 | 丙", 2),
        ("甲 | 组 | <\n甲二 | 乙 | 丙", 1),
        ("序号 | 工作 | <\n | 任务 | 情况", 2),
        ("序号 | 工作 | <\n\n | 任务 | 情况", 1),
        ("序号 | 工作 | <\n | 任务 | 3", 1),
        ("序号 | 工作 | <\n | 任务 | '3", 1),
        ("序号 | 工作 | <\n | 任务 | 填报单位：甲", 1),
        // Where nothing is merged, below empty cells and with known headings.
        ("序号 | 工作 | | 备注\n | 任务 | 情况", 2),
        ("序号 | 工作 | | 备注\n | 甲某 | 乙某", 1),
        ("序号 | 工作 | | 备注\n | 任务 | 乙某 | 丙某", 1),
        // Days under their month, or under nothing, and their weekdays.
        ("任务 | 8月 | < | < | < | <\n | 4 | 5 | 6 | 7 | 8", 2),
        ("任务 | 8月 | < | < | < | <\n | 41855 | 41856 | 41857 | 41858 | 41859", 2),
        ("任务 | 8月 | < | < | < | <\n | 4 | 5 | 6 | 7 | 9", 1),
        ("任务 | 8月 | < | < | < | <\n甲 | 4 | 5 | 6 | 7 | 8", 1),
        ("任务 | 计划\n | 开始 | 4 | 5 | 6 | 7 | 8", 2),
        ("任务 | 计划 | 甲 | 乙 | 丙 | 丁 | 戊\n | 开始 | 4 | 5 | 6 | 7 | 8", 1),
        ("任务 | 4 | 5 | 6 | 7 | 8\n | 一 | 二 | 三 | 四 | 五", 2),
        ("任务 | 4 | 5 | 6 | 7 | 8\n | 周一 | 周二 | 周三", 2),
        ("任务 | 4 | 5 | 6 | 7 | 8\n | 一 | 二", 1),
        ("任务 | 4 | 5 | 6 | 7 | 8\n甲 | 一 | 二 | 三 | 四 | 五", 1),
        (" | 4 | 5 | 6 | 7 | 8\n任务 | 一 | 二 | 三 | 四 | 五", 2),
        // A word alone is the name of a part.
        ("序号 | 组 | < | 备注\n情况", 1),
        // A group over one column only is none.
        ("序号 | 组 | < | 备注\n | 情况", 1),
        // Titles and lines about the table.
        ("二〇一四年工作情况表 | | \n序号 | 任务 | 情况", 1),
        ("题 | < | <\n序号 | 任务 | 情况", 1),
        ("填报单位：综合科 | <\n任务 | 情况", 1),
        ("综合科\n序号 | 工作任务 | 完成情况", 1),
        ("工作任务 | 广告整治\n序号 | 情况", 1),
        ("项目名称 | < | 准备日期 | <\n编号 | 活动 | 描述 | 备注", 1),
        (
            "项目名称 | < | 准备日期 | < | 项目名称 | < | 准备日期 | <\n编号 | 活动 | 描述 | 备注 | 编号 | 活动 | 描述 | 备注",
            1,
        ),
        ("项目名称 | < | 计划日期 | <\n编号 | 活动 | 起 | 止", 2),
        ("项目名称： | < | 准备日期： | <\n编号 | 活动 | 描述 | 备注", 1),
    ] {
        assert_eq!(height(drawing), expected, "{drawing}");
    }
    let long = |count: usize| height(&format!("序号 | 组 | <\n | 任务 | {}", "情".repeat(count)));
    assert_eq!((long(30), long(31)), (2, 1), "ninety bytes");
}

#[test]
fn a_heading_has_at_most_six_rows() {
    let merged = |rows: usize| height(&format!("甲 | 乙\n{}丙 | 丁", "^ | 戊\n".repeat(rows - 1)));
    assert_eq!((merged(2), merged(6), merged(7)), (2, 6, 1));
    for (rows, tall) in [(6, false), (7, true)] {
        let drawing = format!("甲 | 乙\n{}", "^ | 丙\n".repeat(rows - 1));
        assert_eq!(ask(&drawing, |finder, rows| finder.holds_tall(&rows[0])), tall, "{rows} rows");
    }
}

#[test]
fn items_below_one_another_are_no_levels() {
    for (drawing, stacked) in [
        ("组 | 甲\n^ | 乙\n^ | 丙\n^ | 丁", true),
        ("组 | 甲\n^ | 乙\n^ | 丙", false),
        ("组 | 甲 | <\n^ | 乙 | 戊\n^ | 丙 | 己\n^ | 丁 | 庚", false),
        ("组 | 甲 | 子 | 丑\n^ | 乙\n^ | 丙\n^ | 丁 | 寅 | 卯", false),
        ("组 | 甲 | 子\n^ | 乙\n^ | 丙\n^ | 丁 | 寅", true),
    ] {
        assert_eq!(ask(drawing, |finder, rows| finder.is_stacked(rows.as_ref())), stacked, "{drawing}");
    }
}
