//! Columns without a heading, each beside a neighbour that is told otherwise.

use super::super::layouts::see;

/// The columns of the only table.
fn columns(drawing: &str) -> String {
    let seen = see(drawing);
    let mut parts: Vec<&str> = seen[0].split(' ').collect();
    parts.pop();
    parts[1..].join(" ")
}

#[test]
fn running_numbers_at_the_left() {
    for (drawing, expected) in [
        (" | 工作任务 | 完成情况\n1 | 甲 | 子\n2 | 乙 | 丑", "=序号 工作任务 完成情况"),
        (" | 工作任务 | 完成情况\n1. | 甲 | 子\n2. | 乙 | 丑", "=序号 工作任务 完成情况"),
        (" | 工作任务 | 完成情况\n某 | 甲 | 子\n某 | 乙 | 丑", "=- 工作任务 完成情况"),
        (" | 工作任务 | 完成情况\nA1 | 甲 | 子\nA2 | 乙 | 丑", "=序号 工作任务 完成情况"),
        (" | 工作任务 | 完成情况\n某1 | 甲 | 子\n某2 | 乙 | 丑", "=- 工作任务 完成情况"),
        (" | 工作任务 | 完成情况\nA | 甲 | 子\nB | 乙 | 丑", "=- 工作任务 完成情况"),
        (
            " | 工作任务 | 完成情况\n3 | 甲 | 子\n7 | 乙 | 丑\n9 | 丙 | 寅\n某 | 丁 | 卯\n某 | 戊 | 辰",
            "=序号 工作任务 完成情况",
        ),
        (" | 工作任务 | 完成情况\n3 | 甲 | 子\n7 | 乙 | 丑\n某 | 丙 | 寅\n某 | 丁 | 卯", "=- 工作任务 完成情况"),
        ("工作任务 | 完成情况 | \n甲 | 子 | 1\n乙 | 丑 | 2", "工作任务 完成情况 =-"),
        (" | 工作任务 | 序号\n1 | 甲 | 子\n2 | 乙 | 丑", "=- 工作任务 序号"),
        (" | 工作任务 | 完成情况\n甲", "工作任务 完成情况"),
        ("号 | 工作任务 | 完成情况\n1 | 甲 | 子\n2 | 乙 | 丑", "号=序号 工作任务 完成情况"),
        ("某 | 工作任务 | 完成情况\n'1 | 甲 | 子\n'2 | 乙 | 丑", "某=序号 工作任务 完成情况"),
        ("某 | 工作任务 | 完成情况\n1 | 甲 | 子\n3 | 乙 | 丑", "某=- 工作任务 完成情况"),
        ("某 | 工作任务 | 完成情况\n2 | 甲 | 子\n3 | 乙 | 丑", "某=- 工作任务 完成情况"),
        ("某 | 工作任务 | 完成情况\n1 | 甲 | 子", "某=- 工作任务 完成情况"),
        ("工作任务 | 某 | 完成情况\n甲 | 1 | 子\n乙 | 2 | 丑", "工作任务 某=序号 完成情况"),
        ("工作任务 | 完成情况 | 某\n甲 | 子 | 1\n乙 | 丑 | 2", "工作任务 完成情况 某=-"),
    ] {
        assert_eq!(columns(drawing), expected, "{drawing}");
    }
}

#[test]
fn further_columns_of_a_merged_heading() {
    assert_eq!(columns("工作任务 | 完成情况 | < | 备注\n甲 | 子 | < | 丑\n乙 | 寅 | < | 卯"), "工作任务 完成情况 备注");
    assert_eq!(
        columns("工作任务 | 完成情况 | < | 备注\n甲 | 子 | < | 丑\n乙 | 寅 | 辰 | 卯"),
        "工作任务 完成情况 完成情况=- 备注",
        "which holds something"
    );
}
