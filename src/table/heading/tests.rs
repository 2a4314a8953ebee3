//! Headings by their words, each beside a neighbour that is none.

use super::super::fixture::ask;

fn worded(drawing: &str) -> bool {
    ask(drawing, |finder, _| finder.worded_at(0, None).is_some())
}

#[test]
fn enough_of_the_words_are_known() {
    let text = |count: usize| "甲".repeat(count);
    for (drawing, is) in [
        ("工作任务 | 完成情况", true),
        ("工作任务", false),
        ("工作任务 | 甲", false),
        ("工作任务 | 甲 | 乙", true),
        (&format!("工作任务 | 甲 | {}", text(12)), true),
        (&format!("工作任务 | 甲 | {}", text(13)), false),
        // Without a column of tasks three fields, and three fifths of the columns.
        ("完成情况 | 备注", false),
        ("完成情况 | 备注 | 责任人", true),
        ("完成情况 | 备注 | 责任人 | 甲 | 乙", true),
        ("完成情况 | 备注 | 责任人 | 甲 | 乙 | 丙", false),
        // Numbers and long texts.
        ("工作任务 | 完成情况 | 1", false),
        ("工作任务 | 完成情况 | 备注 | 1", true),
        ("工作任务 | 完成情况 | #N/A", false),
        ("工作任务 | 完成情况 | @2014-08-01", false),
        (&format!("工作任务 | 完成情况 | {}", text(80)), true),
        (&format!("工作任务 | 完成情况 | {}", text(81)), false),
        // Labels and their values.
        ("工作任务： | 广告 | 完成情况", false),
    ] {
        assert_eq!(worded(drawing), is, "{drawing}");
    }
}

#[test]
fn labels_of_a_form_and_of_a_row_above() {
    for (drawing, is) in [
        // The row below has other labels in the same columns.
        ("工作任务 | 完成情况 | 甲\n责任单位 | 备注 | 乙", false),
        ("工作任务 | 完成情况 | 甲\n责任单位 | 丙 | 乙", false),
        ("工作任务 | 完成情况 | 甲\n丁 | 丙 | 乙", true),
        ("工作任务 | 完成情况 | 甲\n工作任务 | 丙 | 乙", true),
        ("工作任务 | 完成情况\n责任单位 | 备注", true),
        ("工作任务 | 甲 | 完成情况 | 乙\n责任人 | 丙 | 备注 | 丁", false),
        ("工作任务 | 甲 | 完成情况\n责任人 | 丙 | 备注", false),
        ("工作任务 | 完成情况\n甲 | 已完成 | 备注", true),
    ] {
        assert_eq!(worded(drawing), is, "{drawing}");
    }
}

#[test]
fn within_a_table_a_heading_knows_more() {
    let within = |row: &str| {
        ask(&format!("序号 | 工作任务 | 完成情况 | 备注\n1 | 甲 | 乙\n{row}"), |finder, rows| {
            let known = finder.worded_at(0, None).expect("a heading");
            finder.worded_at(rows.len() - 1, Some(&known)).is_some()
        })
    };
    assert!(within("工作任务 | 责任单位"));
    assert!(!within("工作任务 | 甲某 | 乙某"), "one field");
    assert!(within("责任单位 | 责任人 | 存在问题") && !within("责任单位 | 责任人"));
    assert!(!within("序号 | 工作任务 | 完成情况 | 备注"), "the same again");
    assert!(!within("工作任务 | 责任单位 | 责任人 | 1"), "a number");
}

#[test]
fn a_heading_repeats_where_most_of_its_texts_do() {
    let repeats = |row: &str| {
        ask(&format!("甲 | 乙 | 丙 | 丁 | 戊\n1\n{row}"), |finder, rows| {
            finder.frame(0).expect("a heading").is_repeated_by(&rows[2])
        })
    };
    assert!(repeats("甲 | 乙 | 丙 | 丁 | 戊") && repeats("甲 | 乙 | 丙"));
    assert!(!repeats("甲 | 乙"), "two of five");
    assert!(repeats("甲 | 乙 | 丙 | 子 | 丑"));
    assert!(!repeats("甲 | 乙 | 丙 | 子 | 丑 | 寅"), "half of the row");
    let narrow = |row: &str| {
        ask(&format!("甲 | 乙\n{row}"), |finder, rows| finder.frame(0).expect("a heading").is_repeated_by(&rows[1]))
    };
    assert!(narrow("甲 | 乙") && !narrow("甲"));
}

#[test]
fn rows_tied_together_by_merges() {
    let tied = |drawing: &str| ask(drawing, |finder, rows| finder.tied(rows[0].index));
    assert!(tied("甲 | 乙\n^ | 丙") && !tied("甲 | 乙\n丁 | 丙") && !tied("甲 | <\n丁 | 丙"));
    let rows = |count: usize| format!("甲 | 乙\n{}", "^ | 丙\n".repeat(count - 1));
    assert!(tied(&rows(7)) && !tied(&rows(8)));
}

#[test]
fn what_may_begin_a_heading_by_its_words() {
    let may = |row: &str, within: bool| ask(row, |finder, rows| finder.may_be_heading(&rows[0], within));
    let long = |bytes: usize| format!("序号 | {}", "x".repeat(bytes));
    for (row, list, within) in [
        ("序号 | 甲", true, false),
        ("序号 | 工作任务", true, true),
        ("甲 | 乙", false, false),
        ("序号", false, false),
        ("甲 | < | 乙", true, true),
        ("甲 | 乙\n^ | 丙", false, false),
        ("序号 | 工作任务 | 备注 | 3", true, false),
        ("序号 | 工作任务 | 3", false, false),
        ("序号 | 工作任务 | 85%", false, false),
        ("序号 | 工作任务 | @2014-08-01", false, false),
        (&long(240), true, false),
        (&long(241), false, false),
    ] {
        assert_eq!((may(row, false), may(row, true)), (list, within), "{row}");
    }
}

#[test]
fn a_title_over_all_columns_of_a_heading() {
    let title = |drawing: &str| {
        ask(drawing, |finder, _| {
            let mut heading = finder.frame(0).and_then(|heading| heading.within(finder, 1, 9)).expect("a heading");
            let line = heading.take_title(finder).map(|line| line.2);
            (line, heading.area.to_string(), heading.columns[0].heading.clone(), heading.known)
        })
    };
    let below = "^ | 工作任务 | 完成情况 | 备注";
    let taken = title(&format!("侧 | 某题 | < | <\n{below}"));
    assert_eq!(taken, (Some("某题".into()), "B2:D2".into(), "工作任务".into(), 3));
    for (why, drawing) in [
        ("two texts", format!("侧 | 某题 | < | 乙\n{below}")),
        ("not over all", format!("侧 | 某题 | < |\n{below}")),
        ("not from the first", format!("侧 | | 某题 | <\n{below}")),
        ("merged down", "侧 | 某题 | < | <\n^ | ^ | ^ | ^".to_owned()),
    ] {
        let (line, area, ..) = title(&drawing);
        assert!(line.is_none() && area.contains('1'), "{why}: {area}");
    }
}

#[test]
fn why_it_was_taken_for_a_heading() {
    let why = |drawing: &str| ask(drawing, |finder, _| finder.frame(0).expect("a heading").why);
    assert_eq!(why("工作任务 | 某某 | 备注"), "第1行：3 个列名中识别出 2 个");
    assert_eq!(why("工作任务 | 组 | <\n^ | 完成情况 | 某某"), "第1至2行：3 个列名中识别出 2 个");
}

#[test]
fn words_in_two_languages_and_units_behind_a_slash() {
    let seen = |drawing: &str| super::super::layouts::see(drawing);
    assert_eq!(
        seen("Task Name\u{20}工作任务 | Status 完成情况 | Remark备注\n甲 | 已完成 | 无\n"),
        ["A1:C1 Task Name 工作任务=工作任务 Status 完成情况=完成情况 Remark备注=备注 R"]
    );
    assert_eq!(seen("项目 | 费用/元 | 说明\n人力 | | 十人两月\n设备 | | 租用\n")[0].split(' ').next(), Some("A1:C1"));
}

#[test]
fn a_list_of_roles_or_of_pairs_is_no_form() {
    for (drawing, is) in [
        (
            "工作任务 | 月薪 | 数量 | 月数 | 合计\n项目经理 | 6000 | 1 | 3 | 18000\n前端工程师 | 6000 | 1 | 3 | 18000",
            true,
        ),
        ("工作任务 | 月薪 | 数量 | 月数 | 合计\n项目经理 | 甲 | 组长 | 乙 | 丙\n工程师 | 甲 | 主管 | 乙 | 丙", false),
        ("工作任务 | 数据 | 备注\n短信费 | 3\n预计工期 | 2", true),
        ("工作任务 | 数据 | 备注\n短信费 | 3\n预计工期 | 甲", false),
        ("工作任务 | 数据 | 备注\n短信费 | 3\n\n预计工期 | 2", false),
        ("工作任务 | 期望 | 备注\n新用户名 | 可用 | 无\n老用户名 | 已有 | 无\n长用户名 | 不行 | 无", true),
        ("工作任务 | 期望 | 备注\n新用户名 | 可用 | 无\n老用户名 | 已有 | 无", false),
        ("工作任务 | 期望 | 备注\n新用户名 | 可用 | 无\n老用户名 | 已有 | 无\n长用户名 | 不行 | 无 | 甲", false),
    ] {
        assert_eq!(worded(drawing), is, "{drawing}");
    }
}
