//! Cross-tabs, drawn.

mod parts;

use crate::division::Division;
use crate::ledger::FileReading;
use crate::ledger::fixture::file;
use crate::table::Crossed;

/// Each record of a file of 综合科: cell, unit, task and what its own cells say.
fn read(drawing: &str) -> Vec<String> {
    let (division, reading) = file("综合科.xlsx", drawing);
    lines(&division, &reading)
}

fn lines(division: &Division, reading: &FileReading) -> Vec<String> {
    let mut lines = Vec::new();
    for ledger in &reading.ledgers {
        for record in &ledger.records {
            let at = record.col.map_or_else(
                || (record.row + 1).to_string(),
                |col| crate::basis::place::Area::cell(record.row, col).to_string(),
            );
            let unit = record
                .unit
                .map_or_else(|| "-".into(), |unit| division.unit(unit).name.chars().take(2).collect::<String>());
            let task = record.task.map_or("-", |task| division.task(task).code.as_str());
            let said: Vec<String> = ledger
                .columns
                .iter()
                .zip(&record.cells)
                .filter(|(column, cell)| {
                    let units = [Some(crate::division::fields::UNITS), Some(crate::division::fields::TASK)];
                    column.crossed.is_some()
                        && !cell.text.is_empty()
                        && (column.crossed == Some(Crossed::Cell) || !units.contains(&column.field))
                })
                .map(|(column, cell)| format!("{}={}", column.heading, reading.texts.get(cell.text)))
                .collect();
            lines.push(format!("{at} {unit} {task} {}", said.join(" ")).trim_end().to_owned());
        }
        let told = format!("{} seen, {} blank, {} form", ledger.rows_seen, ledger.rows_blank, ledger.furniture.len());
        lines.push(told);
    }
    lines
}

const A: &str = "整治所辖楼宇和广场的广告牌，按比例投放公益广告";
const B: &str = "清理楼宇内外附着广告，墙面不贴告示";

#[test]
fn a_row_for_each_task_and_units_as_columns() {
    assert_eq!(
        read(&format!(
            "
各单位任务完成情况 | < | < | < | <
序号 | 工作任务 | 综合科 | 后勤中心 | 管理一科
1 | {A} | √ | 8月15日 | —
2 | {B} | 5 | 无 | 正在组织人员清理，已清理三个楼宇
3 | 组织志愿服务 | | / |
合计 | | 5 | |
"
        )),
        [
            "C3 综合 1-1 完成情况=√",
            "D3 后勤 1-1 日期=8月15日",
            "C4 综合 1-2 数量=5",
            "D4 后勤 1-2 完成情况=无",
            "E4 管理 1-2 进展=正在组织人员清理，已清理三个楼宇",
            "7 seen, 1 blank, 1 form",
        ]
    );
}

#[test]
fn a_number_in_a_name_is_none_and_a_nil_report_is_one() {
    let said = |cell: &str| {
        let found = read(&format!("工作任务 | 综合科 | 后勤中心\n{A} | {cell} | √\n{B} | √ | √\n"));
        found[0].strip_prefix("B2 综合 1-1 ").map(ToOwned::to_owned)
    };
    for (field, cells) in [
        ("进展", &["八一慰问", "1号楼", "零星占道", "三下乡", "十佳评选", "①制定方案", "两会保障"][..]),
        ("完成情况", &["零报告", "无", "本月零报告", "5月启动"]),
        ("数量", &["5处", "5", "约5处", "三处", "5处隐患", "2个项目", "1.2万元", "12.5公里", "①20处", "8起", "5盆"]),
        ("数量", &["15㎡", "30平方", "4头", "20平米", "3平", "5厘米", "6盒", "2单", "8捆", "3盘", "4杆", "2顶", "9束"]),
        ("进展", &["3单元粉刷", "三平台联动"]),
        ("人数", &["20人", "20余人"]),
        ("次数", &["3次", "三场"]),
    ] {
        for cell in cells {
            assert_eq!(said(cell), Some(format!("{field}={cell}")));
        }
    }
}

#[test]
fn a_row_for_each_unit_and_tasks_as_columns() {
    let expected = [
        "B2 综合 1-1 完成情况=√",
        "C2 综合 1-2 完成情况=进行中",
        "C3 后勤 1-2 完成情况=已完成",
        "3 seen, 0 blank, 0 form",
    ];
    assert_eq!(read(&format!("单位 | {A} | {B}\n综合科 | √ | 进行中\n后勤中心 | | 已完成\n")), expected);
    assert_eq!(read("责任单位 | 1-1 | 1-2\n综合科 | √ | 进行中\n后勤中心 | | 已完成\n"), expected, "codes");
    assert_eq!(read(&format!("单位\\任务 | {A} | {B}\n综合科 | √ | 进行中\n后勤中心 | | 已完成\n")), expected);
    assert_eq!(read(&format!(" | {A} | {B}\n综合科 | √ | 进行中\n后勤中心 | | 已完成\n")), expected, "no corner");
}

#[test]
fn beside_tasks_any_word_says_what_the_rows_begin_with() {
    let found = read(&format!(
        "
社区 | {A} | {B}
一社区 | √ | 8月6日
二社区 | 8月7日 | 无
"
    ));
    assert_eq!(found.last().map(String::as_str), Some("4 seen, 0 blank, 0 form"), "{found:?}");
}

#[test]
fn tasks_over_columns_of_fields_make_one_record_each() {
    assert_eq!(
        read(&format!(
            "
责任单位 | {A} | < | {B} | <
^ | 完成情况 | 备注 | 完成情况 | 备注
综合科 | 已完成 | 附照片 | |
后勤中心 | 推进中 | | 未开始 | 缺人手
"
        )),
        [
            "B3 综合 1-1 完成情况=已完成 备注=附照片",
            "B4 后勤 1-1 完成情况=推进中",
            "D4 后勤 1-2 完成情况=未开始 备注=缺人手",
            "3 seen, 0 blank, 0 form",
        ]
    );
}

#[test]
fn tasks_over_numbers_of_several_things_make_one_record_each() {
    assert_eq!(
        read(&format!(
            "
单位 | {A} | < | < | {B} | < | 备注
^ | 活动场次 | 参与人数 | 服务时长（小时） | 检查户数 | 隐患数 | ^
综合科 | 2 | 15 | 30 | 4 | 1 | 子
后勤中心 | 0 | 0 | 0 | | |
"
        )),
        [
            "B3 综合 1-1 次数=2 人数=15 时长=30",
            "E3 综合 1-2 检查户数=4 隐患数=1",
            "B4 后勤 1-1 次数=0 人数=0 时长=0",
            "3 seen, 0 blank, 0 form",
        ]
    );
    let one = read(&format!(
        "单位 | {A} | < | {B} | <\n^ | 次数 | 发放资料（份） | 次数 | 发放资料（份）\n综合科 | 2 | 200 | 1 | 9\n"
    ));
    assert_eq!(one, ["B3 综合 1-1 次数=2 数量=200", "D3 综合 1-2 次数=1 数量=9", "2 seen, 0 blank, 0 form"]);
    let parts = read(&format!("单位 | {A} | < | {B} | <\n^ | 城区 | 乡镇 | 城区 | 乡镇\n综合科 | 2 | 3 | 1 | 9\n"));
    assert_eq!(parts.len(), 5, "each part of a task is one: {parts:?}");
}

#[test]
fn units_over_what_was_asked_for_and_what_was_done() {
    assert_eq!(
        read(&format!(
            "
任务 | 综合科 | < | 后勤中心 | <
^ | 应 | 实 | 应 | 实
{A} | 10 | 8 | 6 | 6
{B} | 4 | | |
"
        )),
        ["C3 综合 1-1 应=10 数量=8", "E3 后勤 1-1 应=6 数量=6", "3 seen, 1 blank, 0 form"]
    );
}

#[test]
fn one_task_beside_a_column_of_units() {
    let expected = ["B2 综合 1-1 数量=10", "B3 后勤 1-1 完成情况=已完成", "2 seen, 0 blank, 0 form"];
    assert_eq!(read(&format!("单位 | {A}\n综合科 | 10\n后勤中心 | 已完成\n")), expected);
    assert_eq!(read(&format!("单位 | {A} | 备注\n综合科 | 10 | 子\n后勤中心 | 已完成 |\n")), expected);
    assert_eq!(
        read(&format!("单位 | {A} | <\n^ | 本月 | 累计\n综合科 | 10 | 48\n后勤中心 | 6 | 26\n")),
        ["B3 综合 1-1 数量=10 累计=48", "B4 后勤 1-1 数量=6 累计=26", "2 seen, 0 blank, 0 form"]
    );
    assert_eq!(read("单位 | 慰问老党员\n综合科 | 10\n后勤中心 | 6\n"), [""; 0], "no task of the campaign");
    let list = read(&format!("单位 | 工作任务 | 完成情况\n综合科 | {A} | 已完成\n后勤中心 | {A} | 已完成\n"));
    assert_eq!(list.last().map(String::as_str), Some("2 seen, 0 blank, 0 form"), "{list:?}");
}

#[test]
fn of_several_spans_of_time_the_windows_own_is_read() {
    assert_eq!(
        read(&format!(
            "
单位 | {A} | < | {B} | <
^ | 本月 | 累计 | 本月 | 累计
综合科 | 10 | 48 | 2 | 9
后勤中心 | | 26 | 1 | 3
"
        )),
        [
            "B3 综合 1-1 数量=10 累计=48",
            "D3 综合 1-2 数量=2 累计=9",
            "D4 后勤 1-2 数量=1 累计=3",
            "3 seen, 0 blank, 0 form",
        ]
    );
    for (other, more) in [("上月", "上月=7 "), ("去年同期", "去年同期=7 "), ("1-8月", "")] {
        let heading = format!("单位 | {A} | < | {B} | <\n^ | {other} | 8月 | {other} | 8月");
        let found = read(&format!("{heading}\n综合科 | 7 | 9 | 7 | \n"));
        assert_eq!(found, [&format!("C3 综合 1-1 {more}数量=9"), "1 seen, 0 blank, 0 form"], "{other}");
    }
}

#[test]
fn of_months_as_columns_the_runs_own_is_read() {
    let drawing = format!(
        "
2014年工作台账 | < | < | < | <
工作任务 | 责任单位 | 6月 | 7月 | 8月
{A} | 综合科 | √ | √ | √
{B} | 综合科 | √ | |
组织志愿服务 | 综合科 | | √ | 3
"
    );
    let (division, reading) = file("台账.xlsx", &drawing);
    assert_eq!(lines(&division, &reading), ["E3 综合 1-1 完成情况=√", "E5 综合 2-3 数量=3", "3 seen, 1 blank, 0 form"]);
    let left: Vec<String> =
        reading.sheets[0].unread.iter().map(|unread| format!("{} {:?}", unread.area, unread.why)).collect();
    assert_eq!(left, ["C2 OtherWindow(\"2014-06\")", "D2 OtherWindow(\"2014-07\")"]);
    assert_eq!(reading.window.map(|window| window.0.label()).as_deref(), Some("2014-08"));
}

#[test]
fn months_of_another_year_or_none_of_this_window() {
    let window = |heading: &str| {
        let (_, reading) = file("台账.xlsx", &format!("{heading}\n{A} | √ | √\n{B} | √ |\n"));
        (reading.window.map(|window| window.0.label()), reading.ledgers[0].records.len())
    };
    assert_eq!(window("工作任务 | 6月 | 7月"), (Some("2014-07".into()), 1), "the last with something in it");
    assert_eq!(window("工作任务 | 2013年8月 | 2013年9月"), (Some("2013-09".into()), 1));
    assert_eq!(window("工作任务 | 8月 | 9月"), (Some("2014-08".into()), 2));
    assert_eq!(window("工作任务 | 二季度 | 三季度"), (Some("2014-08".into()), 1));
}

#[test]
fn months_with_what_is_reported_of_each() {
    assert_eq!(
        read(&format!(
            "
工作任务 | 7月 | < | 8月 | <
^ | 完成情况 | 数量 | 完成情况 | 数量
{A} | 已完成 | 3 | 已完成 | 4
"
        )),
        ["D3 综合 1-1 完成情况=已完成 数量=4", "1 seen, 0 blank, 0 form"]
    );
    assert_eq!(
        read(&format!("工作任务 | 7月完成情况 | 8月完成情况\n{A} | 已完成 | 正在推进\n")),
        ["C2 综合 1-1 完成情况=正在推进", "1 seen, 0 blank, 0 form"]
    );
}

#[test]
fn weeks_and_days_as_columns_are_dated() {
    assert_eq!(
        read(&format!("工作任务 | 第一周 | 第二周 | 第三周 | 第四周\n{A} | √ | | √ |\n")),
        ["B2 综合 1-1 日期=第一周 完成情况=√", "D2 综合 1-1 日期=第三周 完成情况=√", "2 seen, 0 blank, 0 form"]
    );
    assert_eq!(
        read(&format!("工作任务 | W31 | W32 | 第33周（8.11-8.15）\n{A} | √ | | √\n")),
        ["B2 综合 1-1 日期=第31周 完成情况=√", "D2 综合 1-1 日期=8.11-8.15 完成情况=√", "2 seen, 0 blank, 0 form"]
    );
    assert_eq!(
        read(&format!("任务 | 8月4日 | 8月11日 | 9月1日\n{A} | √ | 3处 | √\n")),
        ["B2 综合 1-1 日期=8月4日 完成情况=√", "C2 综合 1-1 日期=8月11日 数量=3处", "2 seen, 0 blank, 0 form"]
    );
    assert_eq!(
        read(&format!("工作任务 | 1 | 2 | 3 | 4 | 5 | 6\n{A} | √ | | | √ | |\n")),
        ["B2 综合 1-1 日期=1日 完成情况=√", "E2 综合 1-1 日期=4日 完成情况=√", "2 seen, 0 blank, 0 form"]
    );
}

#[test]
fn tasks_over_months() {
    assert_eq!(
        read(&format!(
            "
单位 | {A} | < | {B} | <
^ | 7月 | 8月 | 7月 | 8月
综合科 | √ | √ | | 5
后勤中心 | √ | | √ |
"
        )),
        ["C3 综合 1-1 完成情况=√", "E3 综合 1-2 数量=5", "3 seen, 1 blank, 0 form"]
    );
}

#[test]
fn a_number_is_of_the_field_that_its_row_or_a_column_of_indicators_names() {
    assert_eq!(
        read(&format!("工作任务 | 指标 | 综合科 | 后勤中心\n{A} | 人数 | 20 | 15\n{A} | 次数 | 2 | √\n")),
        [
            "C2 综合 1-1 人数=20",
            "D2 后勤 1-1 人数=15",
            "C3 综合 1-1 次数=2",
            "D3 后勤 1-1 完成情况=√",
            "4 seen, 0 blank, 0 form",
        ]
    );
}

#[test]
fn merged_cells_speak_for_all_they_cover() {
    assert_eq!(
        read(&format!("工作任务 | 综合科 | 后勤中心 | 管理一科\n{A} | 已完成 | < | 未开始\n{B} | ^ | ^ | √\n")),
        [
            "B2 综合 1-1 完成情况=已完成",
            "C2 后勤 1-1 完成情况=已完成",
            "D2 管理 1-1 完成情况=未开始",
            "B3 综合 1-2 完成情况=已完成",
            "C3 后勤 1-2 完成情况=已完成",
            "D3 管理 1-2 完成情况=√",
            "6 seen, 0 blank, 0 form",
        ]
    );
}

#[test]
fn good_neighbours_stay_lists() {
    // A row that reports by itself is a record, whatever months stand beside it.
    let list = read(&format!("工作任务 | 完成情况 | 7月 | 8月\n{A} | 已完成 | 3 | 4\n"));
    assert_eq!(list, ["2 综合 1-1", "1 seen, 0 blank, 0 form"]);
    // Figures by month or unit that are about no task.
    let of = |drawing: &str| file("综合科.xlsx", drawing).1.ledgers.iter().all(|l| l.axes.is_empty());
    assert!(of("项目 | 7月 | 8月\n用电量 | 300 | 320\n用水量 | 20 | 21\n"));
    assert!(of("统计项 | 综合科 | 后勤中心 | 合计\n应报数 | 3 | 4 | 7\n实报数 | 3 | 2 | 5\n"));
    // Units in two columns of a list.
    let units = read(&format!("工作任务 | 牵头单位 | 责任单位 | 完成情况\n{A} | 综合科 | 后勤中心 | 已完成\n"));
    assert_eq!(units, ["2 后勤 1-1", "1 seen, 0 blank, 0 form"]);
    // What comes next month is no report on it.
    let plan = read(&format!("工作任务 | 8月完成情况 | 9月工作计划\n{A} | 已完成 | 继续\n"));
    assert_eq!(plan, ["2 综合 1-1", "1 seen, 0 blank, 0 form"]);
}

#[test]
fn a_field_named_by_the_row_in_any_free_column() {
    let of =
        |heading: &str| read(&format!("工作任务 | {heading} | 综合科 | 后勤中心\n{A} | 人数 | 20 | 15\n"))[0].clone();
    assert_eq!((of("指标"), of("任务类别")), ("C2 综合 1-1 人数=20".into(), "C2 综合 1-1 人数=20".into()));
    assert_eq!(of("备注"), "C2 综合 1-1 数量=20", "a remark names nothing");
    let named = read(&format!("工作任务 | 综合科 | 后勤中心\n{A} | 1 | 2\n人数 | 20 | 15\n"));
    assert!(named.contains(&"B3 综合 - 人数=20".to_owned()), "{named:?}");
}

#[test]
fn the_same_as_above_under_an_axis() {
    let found = read(&format!(
        "工作任务 | 综合科 | 后勤中心\n{A} | 同上 | 已完成\n{B} | √ | 同上\n组织志愿服务 | 同上 | 同上\n"
    ));
    assert_eq!(
        found,
        [
            "B2 综合 1-1 进展=同上",
            "C2 后勤 1-1 完成情况=已完成",
            "B3 综合 1-2 完成情况=√",
            "C3 后勤 1-2 完成情况=已完成",
            "B4 综合 2-3 完成情况=√",
            "C4 后勤 3-1 完成情况=已完成",
            "6 seen, 0 blank, 0 form",
        ]
    );
}

#[test]
fn empty_cells_of_units_and_tasks_are_gaps() {
    let gaps = |drawing: &str| {
        let (_, reading) = file("综合科.xlsx", drawing);
        let gap = |gap: &crate::ledger::Gap| crate::basis::place::Area::cell(gap.row, gap.col).to_string();
        reading.ledgers[0].gaps.iter().map(gap).collect::<Vec<_>>()
    };
    assert_eq!(gaps(&format!("工作任务 | 综合科 | 后勤中心\n{A} | √ | \n{B} | √ | √")), ["C2"]);
    let fields = format!(
        "责任单位 | {A} | < | {B} | <\n^ | 完成情况 | 备注 | 完成情况 | 备注\n综合科 | 已完成 | | |\n后勤中心 | | 好 | 已完成 |"
    );
    assert_eq!(gaps(&fields), ["D3"], "one cell of a group is enough");
    assert!(gaps(&format!("工作任务 | 8月4日 | 8月11日\n{A} | √ |")).is_empty(), "days are no gaps");
}

#[test]
fn days_and_weeks_that_an_axis_gives() {
    let days = |heading: &str| {
        let (_, reading) = file("综合科.xlsx", &format!("工作任务 | {heading}\n{A} | √ | √"));
        let ledger = &reading.ledgers[0];
        let at = ledger.column(crate::division::fields::DATE).expect("a column of days");
        let value = |record: &crate::ledger::Record| {
            let value = record.cells[at].value;
            format!("{value:?}")
        };
        ledger.records.iter().map(value).collect::<Vec<_>>()
    };
    assert_eq!(days("8月4日 | 8月11日"), ["Day(2014-08-04)", "Day(2014-08-11)"]);
    let weeks = days("第一周 | 第二周");
    assert!(weeks.iter().all(|week| week.starts_with("Days {")), "{weeks:?}");
}

#[test]
fn what_each_record_shows_under_the_columns_of_its_sheet() {
    let shown = |drawing: &str| {
        let (_, reading) = file("综合科.xlsx", drawing);
        let ledger = &reading.ledgers[0];
        let columns = ledger.shown_columns();
        let row = |record: &crate::ledger::Record| {
            columns.iter().map(|column| reading.texts.get(record.shown(column, ledger))).collect::<Vec<_>>().join("|")
        };
        ledger.records.iter().map(row).collect::<Vec<_>>()
    };
    let axis = shown(&format!("工作任务 | 综合科 | 后勤中心 | 备注\n{A} | √ | 3 | 好"));
    assert_eq!(axis, [format!("{A}|√||好"), format!("{A}||3|好")]);
    let list = shown(&format!("工作任务 | 完成情况 | 备注\n{A} | 已完成 | 好"));
    assert_eq!(list, [format!("{A}|已完成|好")]);
}
