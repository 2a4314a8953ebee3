//! The windows of files and sheets, drawn.

use super::*;
use crate::ledger::fixture::file;

#[test]
fn titles_of_the_other_months_sheets_say_nothing_about_the_file() {
    let (_, reading) = file(
        "综合科台账.xlsx",
        "
=== 7月
综合科2014年7月台账
任务编号 | 工作任务 | 完成情况
1-1 | | 已完成
=== 8月
综合科2014年8月台账
任务编号 | 工作任务 | 完成情况
1-2 | | 已完成
",
    );
    assert_eq!(reading.ledgers.len(), 1);
    assert_eq!(reading.window.map(|w| w.0.label()).as_deref(), Some("2014-08"));
}

#[test]
fn of_one_sheet_a_month_the_runs_own_is_read() {
    let (_, reading) = file(
        "综合科2014年台账.xlsx",
        "
=== 7月
任务编号 | 完成情况
1-1 | 已完成
=== 8月
任务编号 | 完成情况
1-2 | 已完成
",
    );
    assert_eq!(reading.sheets[0].skipped, Some(Skipped::OtherWindow("2014-07".into())));
    assert_eq!(reading.ledgers.len(), 1);
    assert_eq!(reading.window.map(|w| w.0.label()).as_deref(), Some("2014-08"));
}

#[test]
fn of_blocks_that_each_name_a_month_the_runs_own_is_read() {
    let block =
        |title: &str| format!("{title} | | \n任务编号 | 工作任务 | 完成情况\n1-1 | | 已完成\n1-2 | | 推进中\n\n");
    let read = |titles: &[&str]| {
        let (_, reading) = file("综合科.xlsx", &titles.iter().map(|title| block(title)).collect::<String>());
        let left: Vec<String> = reading.sheets[0]
            .unread
            .iter()
            .map(|unread| match &unread.why {
                WhyUnread::OtherWindow(label) => format!("{} {label}", unread.area),
                other => format!("{other:?}"),
            })
            .collect();
        let rows: Vec<u32> = reading.ledgers.iter().map(|ledger| ledger.heading.top + 1).collect();
        (rows, left, reading.window.map(|window| window.0.label()).unwrap_or_default())
    };
    let july = || vec!["A2:C4 2014-07".to_owned()];
    assert_eq!(read(&["2014年7月台账", "2014年8月台账"]), (vec![7], july(), "2014-08".into()));
    assert_eq!(read(&["2014年8月台账", "一、宣传"]), (vec![2, 7], vec![], "2014-08".into()));
    assert_eq!(read(&["2014年6月台账", "2014年7月台账"]), (vec![2, 7], vec![], "2014-06".into()), "nothing of August");
}

#[test]
fn a_block_filled_in_for_another_window_is_left_out_beside_one_of_the_run() {
    let read = |days: [&str; 2]| {
        let block = |day: &&str| {
            format!(
                "创建台账 | < | <\n填报单位：综合科 | | 填报时间：{day}\n任务编号 | 完成情况 | 备注\n1-1 | 已完成 |\n\n"
            )
        };
        let (_, reading) = file("综合科.xlsx", &format!("\n{}", days.iter().map(block).collect::<String>()));
        let rows: Vec<u32> = reading.ledgers.iter().flat_map(|ledger| &ledger.records).map(|r| r.row + 1).collect();
        let other = |unread: &&Unread| matches!(unread.why, WhyUnread::OtherWindow(_));
        let unread = reading.sheets[0].unread.iter().filter(other);
        let left: Vec<String> = unread.map(|unread| unread.area.to_string()).collect();
        (rows, left, reading.window.map_or("-".into(), |window| window.0.label()))
    };
    let first = || vec!["A3:C4".to_owned()];
    assert_eq!(read(["2014年7月31日", "2014年8月31日"]), (vec![9], first(), "2014-08-31".into()));
    assert_eq!(read(["2014年8月8日", "2014年8月31日"]), (vec![4, 9], vec![], "2014-08-31".into()));
    assert_eq!(read(["2014年8月2日", "2014年8月9日"]), (vec![4, 9], vec![], "2014-08-09".into()), "one a week");
    assert_eq!(read(["2014年8月2日", "2014年9月2日"]), (vec![9], first(), "2014-09-02".into()), "one a month");
    assert_eq!(
        read(["2014年6月30日", "2014年7月31日"]),
        (vec![4, 9], vec![], "2014-07-31".into()),
        "nothing of August"
    );
}

#[test]
fn a_line_that_stands_above_the_first_heading_too_begins_the_next_block() {
    let read = |lines: [&str; 2]| {
        let block = |line: &&str| format!("{line}\n序号 | 任务编号 | 地点 | 完成情况\n1 | 1-1 | 人民路 | 已完成\n");
        let (_, reading) = file("综合科.xlsx", &format!("\n{}", lines.iter().map(block).collect::<String>()));
        let rows: Vec<u32> = reading.ledgers.iter().flat_map(|ledger| &ledger.records).map(|r| r.row + 1).collect();
        (reading.ledgers.len(), rows, reading.window.map_or("-".into(), |window| window.0.label()))
    };
    assert_eq!(read(["报告期：2014年7月", "报告期：2014年8月"]), (1, vec![6], "2014-08".into()));
    assert_eq!(read(["2014年8月台账", "报告期：2014年7月"]), (1, vec![3], "2014-08".into()));
    assert_eq!(read(["日期：2014年8月4日", "日期：2014年8月11日"]), (2, vec![3, 6], "2014-08-11".into()));
    assert_eq!(read(["巡查人：甲某", "巡查人：乙某"]), (2, vec![3, 6], "-".into()));
    assert_eq!(read(["8月台账", "填表人：乙某"]), (1, vec![3, 6], "2014-08".into()), "the foot of a page");
}

#[test]
fn which_window_a_file_says() {
    let of = |name: &str, above: &str| {
        let (_, reading) = file(name, &format!("{above}\n任务编号 | 完成情况 | 备注\n1-1 | 已完成 |\n"));
        reading.window.map(|(window, from)| format!("{} {from:?}", window.label()))
    };
    assert_eq!(of("a.xlsx", "2014年7月台账").as_deref(), Some("2014-07 Title"));
    assert_eq!(of("a7月.xlsx", "创建台账").as_deref(), Some("2014-07 FileName"));
    assert_eq!(of("a7月.xlsx", "2014年创建台账").as_deref(), Some("2014-07 FileName"));
    assert_eq!(of("a.xlsx", "填报日期：2014年9月3日").as_deref(), Some("2014-09-03 FilledOn"));
    assert_eq!(of("a.xlsx", "2014年8月台账 | | 填报日期：2014年9月3日").as_deref(), Some("2014-08 Title"));
    assert_eq!(of("a.xlsx", "2013年创建台账").as_deref(), Some("2013 Title"));
    assert_eq!(of("a.xlsx", "创建台账"), None);
}

/// The sheets of a file with one ledger each that are read in an August run, and the file's window.
fn sheets(name: &str, names: &[&str]) -> String {
    let sheet = |name: &&str| format!("=== {name}\n任务编号 | 完成情况\n1-1 | 已完成\n");
    let (_, reading) = file(name, &format!("\n{}", names.iter().map(sheet).collect::<String>()));
    let read = reading.sheets.iter().filter(|sheet| sheet.skipped.is_none()).map(|sheet| sheet.name.as_str());
    let window = reading.window.map_or("-".into(), |window| window.0.label());
    format!("{} | {window}", read.collect::<Vec<_>>().join(" "))
}

#[test]
fn sheets_of_other_periods_are_left_out_beside_those_of_the_run() {
    assert_eq!(sheets("综合科.xlsx", &["7月", "8月"]), "8月 | 2014-08");
    assert_eq!(sheets("综合科.xlsx", &["一季度", "二季度", "三季度"]), "三季度 | 2014-Q3");
    assert_eq!(sheets("综合科.xlsx", &["上半年", "台账"]), "台账 | -");
    assert_eq!(sheets("综合科.xlsx", &["第一周", "第二周", "第三周", "第四周"]), "第一周 第二周 第三周 第四周 | -");
    assert_eq!(sheets("综合科.xlsx", &["8月第1周", "8月第2周", "7月第4周"]), "8月第1周 8月第2周 | 2014-W32");
    assert_eq!(sheets("综合科.xlsx", &["6月", "7月"]), "6月 7月 | 2014-06", "nothing of August is left");
}

#[test]
fn a_title_speaks_for_the_tables_after_it() {
    let read = |second: &str| {
        let ledger = "任务编号 | 完成情况\n1-1 | 已完成\n";
        let (_, reading) = file("综合科.xlsx", &format!("\n=== 甲\n2014年7月台账\n{ledger}=== 乙\n{second}{ledger}"));
        (reading.ledgers.len(), reading.window.map(|window| window.0.label()).unwrap_or_default())
    };
    // July as a whole, not half of it in August.
    assert_eq!(read(""), (2, "2014-07".into()));
    assert_eq!(read("2014年8月台账\n"), (1, "2014-08".into()));
}

#[test]
fn the_year_of_a_files_name_is_that_of_its_sheets() {
    assert_eq!(sheets("综合科2013年.xlsx", &["7月", "8月"]), "7月 8月 | 2013-07");
    assert_eq!(sheets("综合科2014年.xlsx", &["7月", "8月"]), "8月 | 2014-08");
}

#[test]
fn periods_as_files_really_say_them() {
    let of = |name: &str, above: &str| {
        let (_, reading) = file(name, &format!("{above}\n任务编号 | 完成情况 | 备注\n1-1 | 已完成 |\n"));
        reading.window.map(|(window, from)| format!("{} {from:?}", window.label()))
    };
    assert_eq!(of("a.xlsx", "8月总结9月计划").as_deref(), Some("2014-08 Title"));
    assert_eq!(of("a.xlsx", "填报单位：综合科 | 报告期：2014-07").as_deref(), Some("2014-07 Title"));
    assert_eq!(of("a.xlsx", "填报单位：综合科 | 报告期：2014年7月").as_deref(), Some("2014-07 Title"));
    assert_eq!(of("8月.xlsx", "2013年创建台账").as_deref(), Some("2013-08 FileName"));
    assert_eq!(of("a.xlsx", "报告期 | 2014-07").as_deref(), Some("2014-07 Title"), "in two cells");
    assert_eq!(of("a.xlsx", "综合科 | | 2014年7月").as_deref(), Some("2014-07 Title"), "beside the unit");
    assert_eq!(of("附件3月度台账.xlsx", "一周情况"), None);
    assert_eq!(of("〔2014〕3号.xlsx", "十月国庆活动台账"), None);
}

#[test]
fn a_year_that_is_not_written_is_near_the_time_of_receipt() {
    let of = |received: &str| {
        let drawing = "8月台账\n任务编号 | 完成情况 | 备注\n1-1 | 已完成 |\n";
        let (_, reading) = crate::ledger::fixture::file_with("a.xlsx", drawing, |_, source| {
            source.received = received.parse().expect("a moment");
        });
        reading.window.map(|(window, _)| window.label())
    };
    assert_eq!(of("2014-08-31T10:00:00").as_deref(), Some("2014-08"));
    assert_eq!(of("2013-09-03T10:00:00").as_deref(), Some("2013-08"), "left over from last year");
    assert_eq!(of("2026-11-20T10:00:00").as_deref(), Some("2014-08"), "looked at again long after");
}

#[test]
fn what_is_planned_for_the_next_window_is_no_report_of_this_one() {
    let lines = |title: &str| {
        let (_, reading) = file(
            "综合科.xlsx",
            &format!(
                "
8月工作情况 | |
任务编号 | 工作任务 | 完成情况
1-1 | | 已完成

{title} | |
任务编号 | 工作任务 | 计划完成时间
1-1 | | 9月3日
1-2 | | 9月5日
"
            ),
        );
        let left: Vec<_> = reading.sheets[0].unread.iter().map(|unread| unread.why.clone()).collect();
        (reading.ledgers.len(), left)
    };
    let other = |label: &str| vec![WhyUnread::OtherWindow(label.into())];
    assert_eq!(lines("下月工作计划"), (1, other("2014-09")));
    assert_eq!(lines("下个月工作安排"), (1, other("2014-09")));
    assert_eq!(lines("下一步工作打算"), (1, other("2014-09")));
    assert_eq!(lines("上月完成情况"), (1, other("2014-07")));
    assert_eq!(lines("下周工作计划"), (1, vec![WhyUnread::Plan]));
    for title in [
        "本月小结及下月计划",
        "上月和下月",
        "工作计划",
        "下一步",
        "存在问题及下一步打算",
        "工作小结及下月计划",
        "上月遗留问题整改情况",
    ] {
        assert_eq!(lines(title), (2, vec![]), "{title}");
    }
}

#[test]
fn months_of_the_year_that_is_reported_are_not_those_of_the_next() {
    let settings = crate::basis::settings::Settings { cycle: Cycle::Year, ..Default::default() };
    let sheet = |month: u32| format!("=== {month}月\n任务编号 | 完成情况\n1-1 | 已完成\n");
    let drawing: String = (1..13).map(sheet).collect();
    let (_, reading) = crate::ledger::fixture::file_under(&settings, "综合科.xlsx", &drawing, |_, _| {});
    assert_eq!(reading.ledgers.len(), 12);
    let first = |ledger: &crate::ledger::Ledger| ledger.parts.first().map(|part| part.0.to_string());
    assert_eq!(first(&reading.ledgers[0]).as_deref(), Some("2014-01-01"));
}

#[test]
fn a_month_that_is_not_over_is_that_of_the_long_window_reported() {
    let of = |text: &str, day: &str, run: &str| {
        let run = Window::parse(run, Cycle::Month).expect("a window");
        Near { year: None, day: day.parse().expect("a day"), run }.named(text).map(|named| named.window.label())
    };
    for (text, day, run, label) in [
        ("1月", "2022-01-03", "2021", "2021-01"),
        ("1月", "2022-01-31", "2021", "2021-01"),
        ("1月", "2022-02-01", "2021", "2022-01"),
        ("3月", "2022-01-03", "2021", "2021-03"),
        ("2022年3月", "2022-01-03", "2021", "2022-03"),
        ("12月", "2022-01-03", "2021", "2021-12"),
        ("1月", "2022-01-03", "2022", "2022-01"),
        ("1月", "2022-01-03", "2021-01", "2022-01"),
    ] {
        assert_eq!(of(text, day, run).as_deref(), Some(label), "{text} {day} {run}");
    }
}

/// The rows of the records, and of what is not read the area and why.
fn rows_and_left(drawing: &str) -> (Vec<u32>, Vec<String>) {
    let (_, reading) = file("综合科8月.xlsx", drawing);
    let rows = reading.ledgers.iter().flat_map(|ledger| &ledger.records).map(|record| record.row + 1).collect();
    let left = reading.sheets.iter().flat_map(|sheet| &sheet.unread);
    (rows, left.map(|unread| format!("{} {:?}", unread.area, unread.why)).collect())
}

#[test]
fn what_is_planned_for_the_next_week_is_no_report_of_the_month() {
    let heading = "任务编号 | 工作任务 | 完成情况";
    for (title, plan) in [
        ("二、下周工作计划", true),
        ("下周计划", true),
        ("下一周工作安排：", true),
        ("下个周重点工作", true),
        ("下周问题整改计划", false),
        ("本周工作及下周计划", false),
        ("本周工作", false),
        ("天下周刊", false),
    ] {
        let blocks = format!(
            "8月工作周报 | < | <\n一、本周工作 | < | <\n{heading}\n1-1 | | 已完成\n{title} | < | <\n{heading}\n1-2 | | 张某\n"
        );
        let left = if plan { vec!["A6:C7 Plan".to_owned()] } else { vec![] };
        assert_eq!(rows_and_left(&blocks), (if plan { vec![4] } else { vec![4, 7] }, left.clone()), "{title}");
        let rows = format!("{heading}\n一、本周工作 | < | <\n1-1 | | 已完成\n{title} | < | <\n1-2 | | 张某\n");
        let left = if plan { vec!["A4:C5 Plan".to_owned()] } else { vec![] };
        assert_eq!(rows_and_left(&rows), (if plan { vec![3] } else { vec![3, 5] }, left), "{title}");
    }
    let sheets = format!("=== 本周工作\n{heading}\n1-1 | | 已完成\n=== 下周工作计划\n{heading}\n1-2 | | 张某\n");
    assert_eq!(rows_and_left(&sheets), (vec![2], vec!["A1:C2 Plan".to_owned()]));
    let alone = format!("下周工作计划 | < | <\n{heading}\n1-2 | | 张某\n");
    assert_eq!(rows_and_left(&alone), (vec![3], vec![]), "nothing else");
}

#[test]
fn a_block_of_what_was_left_open_in_another_month_is_of_this_one() {
    let heading = "任务编号 | 工作任务 | 完成情况";
    let read = |title: &str| {
        rows_and_left(&format!(
            "综合科8月台账 | < | <\n{heading}\n1-1 | | 已完成\n\n{title} | < | <\n{heading}\n1-2 | | 已完成\n"
        ))
    };
    for title in [
        "二、7月遗留任务完成情况",
        "7月份遗留问题整改情况",
        "7月未完成任务进展情况",
        "7月份未完成事项",
        "7月交办事项办理情况",
        "7月督办事项办理进展",
    ] {
        assert_eq!(read(title), (vec![3, 7], vec![]), "{title}");
    }
    for title in ["7月台账", "7月工作完成情况", "7月交办事项"] {
        assert_eq!(read(title).0, [3], "{title}");
    }
    let first =
        format!("7月遗留任务 | < | <\n{heading}\n1-1 | | 已完成\n\n8月任务 | < | <\n{heading}\n1-2 | | 已完成\n");
    assert_eq!(rows_and_left(&first).0, [7], "the title of the whole");
}
