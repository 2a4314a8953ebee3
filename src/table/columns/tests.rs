//! Columns under heading rows.

use super::super::fixture::ask;

/// The headings of the columns under the rows of a drawing.
fn headings(drawing: &str) -> Vec<String> {
    ask(drawing, |finder, rows| finder.columns(rows, (0, u32::MAX)).into_iter().map(|c| c.heading).collect())
}

#[test]
fn a_group_stands_over_its_columns() {
    for (drawing, expected) in [
        ("甲 | 组 | <\n^ | 乙 | 丙", "甲 组/乙 组/丙"),
        ("甲 | 组 | \n | 乙 | 丙", "甲 组/乙 组/丙"),
        ("甲 | 组 | \n | 乙 | ", "甲 组/乙"),
        ("甲 | 组 | | 丁\n | 乙 | 丙 | 戊", "甲 组/乙 组/丙 丁/戊"),
        ("组 | | | 伍\n乙 | | 丙 | 丁", "组/乙 丙 伍/丁"),
        ("甲 | 组\n^ | 组", "甲 组"),
        ("甲 | 2018 | @2014-08-01\n", "甲 2018 2014-08-01"),
    ] {
        assert_eq!(headings(drawing).join(" "), expected, "{drawing}");
    }
}

#[test]
fn what_is_merged_over_very_many_columns_is_a_title() {
    let merged = |columns: usize| headings(&format!("题{}\n甲", " | <".repeat(columns - 1))).len();
    assert_eq!((merged(61), merged(62)), (61, 1));
    let wide = |columns: usize| {
        let below = vec!["甲"; columns].join(" | ");
        headings(&format!("题\n{below}")).iter().filter(|heading| heading.starts_with('题')).count()
    };
    assert_eq!((wide(60), wide(61), wide(62)), (60, 61, 61));
}

#[test]
fn a_heading_is_told_by_its_parts() {
    let fields = |drawing: &str| {
        ask(drawing, |finder, rows| {
            let columns = finder.columns(rows, (0, u32::MAX));
            let set = crate::division::FieldSet::builtin();
            let names = columns.iter().map(|c| c.field.map_or("-".to_owned(), |field| set.spec(field).name.clone()));
            names.collect::<Vec<_>>().join(" ")
        })
    };
    for (drawing, expected) in [
        ("工作任务 | 责任 | <\n^ | 单位 | 人", "工作任务 责任单位 责任人"),
        ("工作任务 | 完成情况\n^ | 甲", "工作任务 完成情况"),
        ("工作任务 | 完成情况 | <\n^ | 甲 | 乙", "工作任务 - -"),
        ("工作任务 | 某 | 完成情况\n^ | ^ | 备注", "工作任务 - 备注"),
        // The second column under a merged heading continues the first.
        ("工作任务 | 完成情况 | < | 备注", "工作任务 完成情况 - 备注"),
        // A label beside other words has a place for its value.
        ("工作任务 | 编号：", "工作任务 -"),
        ("工作任务： | 编号：", "工作任务 序号"),
        // Of two columns for one field the one with its own name is used.
        ("任务 | 工作任务", "- 工作任务"),
        ("工作任务 | 任务", "工作任务 -"),
        ("工作任务 | 工作任务", "工作任务 -"),
    ] {
        assert_eq!(fields(drawing), expected, "{drawing}");
    }
}
