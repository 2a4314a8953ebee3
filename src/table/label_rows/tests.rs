//! Rows above headings, each beside a neighbour that is none of its kind.

use super::super::fixture::ask;

/// What the first row of a drawing is, above the second: `:` has a label with a colon, `v` a label and its value, `t` ends
/// like a title, `o` is one text over all, `s` titles side by side, `l` the label of a task, `p` pairs of labels and
/// values, `w` a label with its value over the rest, `u` a unit with its period, `a` a line about the table.
fn kinds(drawing: &str) -> String {
    ask(drawing, |finder, rows| {
        let (row, next) = (&rows[0], &rows[1]);
        let is = [
            (finder.is_about_row(row), ':'),
            (finder.has_labelled_value(row), 'v'),
            (finder.has_title(row), 't'),
            (finder.is_over_all(row, next), 'o'),
            (finder.holds_titles(row, next), 's'),
            (finder.is_labelled_value(row), 'l'),
            (finder.is_labels_with_values(row, next), 'p'),
            (finder.is_value_over_all(row, next), 'w'),
            (finder.is_unit_with_period(row, next), 'u'),
            (finder.is_about_line(row), 'a'),
        ];
        is.iter().filter(|(is, _)| *is).map(|(_, kind)| *kind).collect()
    })
}

/// Compares the first rows with their kinds, all above the same second row.
fn check(next: &str, rows: &[(&str, &str)]) {
    let wrong: Vec<String> = rows
        .iter()
        .map(|(row, expected)| (row, *expected, kinds(&format!("{row}\n{next}"))))
        .filter(|(_, expected, seen)| expected != seen)
        .map(|(row, expected, seen)| format!("{row}: {seen:?} instead of {expected:?}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn labels_with_a_colon() {
    check(
        "甲 | 乙",
        &[
            ("填报单位：综合科 | 日期：8月", ":a"),
            ("币种： | 人民币", ":va"),
            ("币种： | < | 人民币", ":va"),
            ("币种： | | 人民币", ":a"),
            ("币种： | 单位：", ":a"),
            ("币种 | 人民币", ""),
            ("甲：1 | 乙 | 丙", ":"),
            ("甲：1 | 乙：2 | 丙", ":a"),
            ("其中：甲 | 乙", ":"),
            ("工作(一：甲 | 乙", ":"),
            ("单位盖章 | 甲", "a"),
            ("(章) | 甲", "a"),
            ("盖章处 | 甲", ""),
        ],
    );
}

#[test]
fn a_value_over_the_rest_of_a_form() {
    check(
        "检查动作 | 期望 | 实际",
        &[
            ("前提 | 无 | <", "w"),
            ("前提 | 无 |", ""),
            ("前提 | < | 无", ""),
            ("责任人 | 甲某 | <", ""),
            ("前提 | 完成情况 | <", ""),
            ("前提 | 无 | 有", ""),
            (" | 无 | <", ""),
        ],
    );
    check("检查动作 | 期望", &[("前提 | 无 | <", "")]);
    check(" | 期望 | 实际 | 甲", &[("前提 | 无 | < | <", "")]);
    check("检查动作 | 期望 | 实际 | 甲", &[("前提 | 无 | <", "")]);
}

#[test]
fn titles_over_one_table_and_over_several() {
    check(
        "甲 | 乙 | 丙",
        &[
            ("一二三四五月表", "t"),
            ("一二三四月表", ""),
            ("一二三四五月表格", ""),
            ("1 | 一二三四五月表", ""),
            ("题 | < | <", "o"),
            ("题 | <", ""),
            ("题 | < | < | 注", ""),
            ("题 | 甲 | 乙", ""),
        ],
    );
    check("甲 | 乙", &[("题 | <", "")]);
    check("甲 | 乙 | | 丙 | 丁", &[("上 | < | | 下 | <", "s"), ("上 | | | 下 | <", ""), ("上 | < | 中 | 下 | <", "")]);
    check("甲 | 乙 | 注 | 丙 | 丁", &[("上 | < | | 下 | <", "")]);
    check("甲 | 乙 | 丙 | 丁", &[("上 | < | 下 | <", "")]);
}

#[test]
fn labels_beside_their_values() {
    check(
        "工作任务 | 完成情况",
        &[
            ("工作任务 | 广告整治", "l"),
            ("工作任务 | 广告", ""),
            ("工作任务 | 广告整治 | 甲", ""),
            ("工作任务 | 广告整治 | <", ""),
            ("任意 | 广告整治", ""),
            ("填报单位 | 综合科", "p"),
            ("填报单位(盖章) | 综合科", "pa"),
            ("填报单位： | 综合科", ":vpa"),
            ("填报单位 | 综合科 | 联系人", ""),
            ("填报单位 | 联系人", ""),
            ("填报单位 | 工作任务", ""),
            ("任意 | 综合科", ""),
        ],
    );
    check("甲 | 乙", &[("填报单位 | 综合科", "")]);
}

#[test]
fn a_unit_with_its_period() {
    check(
        "序号 | 工作任务 | 完成情况",
        &[
            ("综合科", "u"),
            ("综合科 | | 2014年8月", "u"),
            ("综合科 | 第三季度", "u"),
            ("综合科 | 8月 | 9月", ""),
            ("综合科 | 后勤中心", ""),
            ("综合科 | 甲", ""),
            ("8月 | 9月", ""),
        ],
    );
    check("序号 | 工作任务 | 完成情况 | 备注", &[("综合科 | 8月 | 9月", "u")]);
    check("工作任务 | 完成情况", &[("综合科", "")]);
}

#[test]
fn days_and_long_values() {
    let text = |count: usize| "要".repeat(count);
    check(
        "甲 | 乙",
        &[
            ("2014.8.1 | 2014.8.2", "a"),
            ("10月11日 | 10月12日", "a"),
            ("8月1日 | 8月2日", ""),
            ("2014.8.1 | 甲", ""),
            ("2014.8.1起 | 2014.8.2起", ""),
            ("2014年8月1日至2014年8月9日 | 甲 | 乙", "a"),
            ("2014.8.1 ~ 2014.8.9 | 甲", "a"),
            ("某公司库存材料 | 2014/8/1-2014/8/31", "a"),
            ("某公司 | 2014-8-1-2014-8-31", ""),
            ("2014年8月1日至8月9日 | 甲 | 乙", ""),
            ("2014.8.1至2014.8.5至2014.8.9 | 甲", ""),
            (&format!("基本要求 | {}", text(17)), "a"),
            (&format!("基本要求 | {}", text(16)), ""),
            (&format!("基本要求 | {} | 甲", text(17)), ""),
            (&format!("某甲 | {}", text(17)), ""),
            (&format!("{}情况 | {}", "甲".repeat(12), text(17)), "a"),
            (&format!("{}情况 | {}", "甲".repeat(15), text(17)), ""),
        ],
    );
}

#[test]
fn rows_that_end_in_the_name_of_a_day_and_that_day() {
    let ends = |row: &str| ask(row, |finder, rows| finder.ends_with_day(&rows[0]));
    for (row, is) in [
        ("报告人 | 王某 | 报告日期 | @2014-04-12", true),
        ("王某 | 报告日期 | @2014-04-12", true),
        ("报告日期 | @2014-04-12", false),
        ("@2014-04-01 | 王某 | 报告日期 | @2014-04-12", false),
        ("报告人 | 王某 | 报告日期 | | @2014-04-12", false),
        ("报告人 | 王某 | 报告日期 | < | @2014-04-12", true),
        ("报告人 | 王某 | 报告对象 | @2014-04-12", false),
        ("报告人 | 王某 | 报告日期 | 4月12日", false),
        ("报告人 | 3 | 报告日期 | @2014-04-12", false),
    ] {
        assert_eq!(ends(row), is, "{row}");
    }
}
