use super::*;

#[test]
fn periods_are_told_from_names_and_codes() {
    for text in [
        "8月", "2014年8月", "8月份", "十二月", "第一周", "8月第2周", "8月4日", "4日", "三季度", "第三季度", "上半年",
        "下旬", "201408", "2014-08", "2014-08-04", "2014/8/4", "8.4-8.10", "周一", "星期三", "2014年",
    ] {
        assert!(is_period(text), "{text}");
    }
    for text in [
        "日期", "月份", "年度", "1-1", "8.4", "年月日", "3", "季度", "一", "第一", "201413", "8月计划", "2014-13-01",
        "2014-08-32",
    ] {
        assert!(!is_period(text), "{text}");
    }
}

/// The headings of the axis of the only ledger of a file, and the number of its records.
fn axis_of(drawing: &str) -> (Vec<String>, usize) {
    let (_, reading) = crate::ledger::fixture::file("8月.xlsx", drawing);
    let Some(ledger) = reading.ledgers.first() else { return (Vec::new(), 0) };
    (ledger.axes.iter().map(|axis| axis.heading.clone()).collect(), ledger.records.len())
}

#[test]
fn an_axis_needs_tasks_or_states_in_its_rows() {
    let of = |cells: &str| axis_of(&format!("工作任务 | 综合科 | 后勤中心\n{cells}")).0.len();
    let task = "清理楼宇内外附着广告，墙面不贴告示";
    for (cells, columns) in [
        (format!("{task} | 3 | 4\n修理冰箱 | 5 | 6"), 2),
        ("修理冰箱 | 已完成 | 子某\n修理门窗 | 丑某 | 已完成".to_owned(), 2),
        ("修理冰箱 | 已完成 | 子某\n修理门窗 | 丑某 | 寅某".to_owned(), 0),
        ("修理冰箱 | √ | \n修理门窗 | | √".to_owned(), 2),
        ("修理冰箱 | 3 | 4\n修理门窗 | 5 | 6".to_owned(), 0),
        ("修理冰箱 | ★ | \n修理门窗 | | ★".to_owned(), 0),
    ] {
        assert_eq!(of(&cells), columns, "{cells}");
    }
}

/// A plan has the work in its rows and days at its head; marks of any kind say on which of them.
#[test]
fn a_plan_is_answered_by_marks() {
    for days in [
        "8月4日 | 8月5日 | 8月6日 | 8月7日 | 8月8日",
        "@2014-08-04 | @2014-08-05 | @2014-08-06 | @2014-08-07 | @2014-08-08",
        "4 | 5 | 6 | 7 | 8",
        "8.4 | 8.5 | 8.6 | 8.7 | 8.8",
        "41855 | 41856 | 41857 | 41858 | 41859",
    ] {
        for (mark, records) in [("★", 4), ("■", 4), ("√", 4), ("1", 4), ("3", 2), ("甲某", 2), ("?", 2)] {
            let drawing = format!(
                "2014年8月工作安排\n工作任务 | 责任人 | {days}\n修理冰箱 | 子某 | {mark} | | | {mark} |\n修理门窗 | 丑某 | | {mark} | | | {mark}\n"
            );
            let (_, reading) = crate::ledger::fixture::file("综合科.xlsx", &drawing);
            let [ledger] = &reading.ledgers[..] else { panic!("one ledger: {drawing}") };
            assert_eq!(ledger.records.len(), records, "{drawing}");
            if records == 4 {
                let cells = ledger.records.iter().map(|record| (record.row, record.col.unwrap_or_default()));
                assert_eq!(cells.collect::<Vec<_>>(), [(2, 2), (2, 5), (3, 3), (3, 6)], "{drawing}");
                let date = ledger.column(fields::DATE).expect("a day for each record");
                let days = ledger.records.iter().filter_map(|record| record.cells[date].value.day());
                assert_eq!(days.map(|day| day.day()).collect::<Vec<_>>(), [4, 7, 5, 8], "{drawing}");
            }
        }
    }
}

#[test]
fn a_chart_of_bars_answers_beside_its_axis() {
    let task = "清理楼宇内外附着广告，墙面不贴告示";
    let of = |cells: &str| axis_of(&format!("工作任务 | 综合科 | 后勤中心 | 备注\n{task} | {cells}")).0.len();
    assert_eq!((of(" | | 已办"), of("√ | | 已办"), of(" | | ")), (0, 2, 2));
}

#[test]
fn sums_over_the_axis_are_no_records() {
    let task = "清理楼宇内外附着广告，墙面不贴告示";
    for sum in ["合计", "小计", "总计", "共计", "累计"] {
        let (axis, records) = axis_of(&format!("工作任务 | 综合科 | 后勤中心 | {sum}\n{task} | 3 | 4 | 7"));
        assert_eq!((axis.len(), records), (2, 2), "{sum}");
    }
    assert!(is_sum("处数/合计") && !is_sum("合计处数"));
    assert!(is_account(fields::PROGRESS, "工作进展") && !is_account(fields::PROGRESS, "甲/工作内容"));
    assert!(!is_account(fields::STATUS, "工作进展"));
}

#[test]
fn weeks_have_a_number() {
    assert_eq!((week("第2周"), week("第二周"), week("周"), week("第2")), (Some(2), Some(2), None, None));
}

#[test]
fn headings_that_name_one_unit() {
    let division = crate::ledger::fixture::division();
    for (text, one) in [
        ("综合管理科", true),
        ("综合科", true),
        ("综合科、后勤中心", false),
        ("综合科、某公司", false),
        ("某公司", false),
        ("科", false),
        (&format!("{}综合科", "、".repeat(38)), false),
    ] {
        assert_eq!(is_unit(text, &division), one, "{text}");
    }
}
