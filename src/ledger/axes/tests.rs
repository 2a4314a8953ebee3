use super::*;
use crate::table::fixture::column;

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
fn of_months_beside_a_state_that_of_the_window_is_read() {
    use crate::ledger::by_content::tests::{TASKS, columns};
    let of = |headings: &str| {
        let rows = [0, 1].map(|at| format!("{} | 查甲{at}家 | 查乙{at}家 | 正在推进\n", TASKS[at])).concat();
        let all = columns(&format!("工作任务 | {headings}\n{rows}"));
        all[1..].iter().map(|column| column.rsplit(' ').next().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(of("7月进展 | 8月进展 | 完成情况"), ["-", "进展", "完成情况"]);
    assert_eq!(of("8月进展 | 7月进展 | 是否完成"), ["进展", "-", "完成情况"]);
    assert_eq!(of("7月份工作进展 | 8月份工作进展 | 完成情况"), ["-", "进展", "完成情况"]);
    assert_eq!(of("6月进展 | 7月进展 | 完成情况"), ["进展", "-", "完成情况"], "none of the window");
    assert_eq!(of("7月进展 | 8月数量 | 完成情况"), ["进展", "数量", "完成情况"], "of another field");
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
fn periods_written_otherwise() {
    for (text, period) in [
        ("第1周(8.4-8.8)", Some("8.4-8.8")),
        ("8月(8.1-8.31)", Some("8.1-8.31")),
        ("第1周(甲)", None),
        ("甲(8.4-8.8)", None),
        ("w31", Some("第31周")),
        ("week7", Some("第7周")),
        ("w.7", Some("第7周")),
        ("w54", None),
        ("w0", None),
        ("w", None),
        ("wa1", None),
    ] {
        assert_eq!(written_otherwise(text).as_deref(), period, "{text}");
    }
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

#[test]
fn digits_that_are_periods() {
    for (text, is) in [
        ("201412", true),
        ("201400", false),
        ("191412", true),
        ("181412", false),
        ("20141", false),
        ("2014121", false),
        ("2014-12", true),
        ("2014-13", false),
        ("2014-0", false),
        ("1814-12", false),
        ("14-12", false),
        ("8.4-8.10", true),
        ("13.4-8.10", false),
        ("8.4-13.10", false),
        ("8.4-8.", false),
        ("8.-8.10", false),
        ("1.2.3", false),
        ("2014年", true),
        ("年2014", false),
        ("上半年", true),
        ("半年", false),
        ("中旬", true),
        ("下半月", true),
        ("月", false),
        ("二〇一四年十二月三十一日至二〇一五年", true),
        ("二〇一四年十二月三十一日至二〇一五年一", false),
        ("星期一", true),
        ("星期天", false),
    ] {
        assert_eq!(is_period(text), is, "{text}");
    }
}

#[test]
fn periods_at_the_beginning_of_a_heading() {
    let division = crate::ledger::fixture::division();
    for (heading, period) in [
        ("8月完成情况", Some("8月")),
        ("8月份完成情况", Some("8月份")),
        ("第二周进展", Some("第二周")),
        ("12月进展", Some("12月")),
        ("三季度完成情况", Some("三季度")),
        ("完成情况", None),
        ("8月备注", None),
        ("某月完成情况", None),
    ] {
        assert_eq!(part_of_heading(heading, &division).as_deref(), period, "{heading}");
    }
}

#[test]
fn names_of_columns_are_no_axis() {
    let division = crate::ledger::fixture::division();
    let long = |bytes: usize| format!("{}完成", "x".repeat(bytes - 6));
    for (text, seen) in [
        ("", None),
        ("综合科", Some(Axis::Unit)),
        ("8月", Some(Axis::Period)),
        ("1-1", Some(Axis::Task)),
        ("清理楼宇内外附着广告，墙面不贴告示", Some(Axis::Task)),
        ("完成情况", None),
        ("某某", None),
        ("x", None),
        (&long(600), None),
    ] {
        assert_eq!(axis(text, &division), seen, "{text}");
    }
}

/// The windows of periods at the head of columns, in a run of this window.
fn windows(run: &str, texts: &[&str]) -> Vec<String> {
    use crate::basis::calendar::window::end_of;
    let (division, settings) = (crate::ledger::fixture::division(), crate::basis::settings::Settings::default());
    let window = Window::parse(run, Cycle::Month).expect("a window");
    let cx = Context { settings: &settings, division: &division, window, as_of: end_of(window.end) };
    let axis = |text: &&str| AxisColumn {
        column: column(0, text, None),
        unit: None,
        task: None,
        period: Some((*text).into()),
        days: None,
    };
    let columns: Vec<AxisColumn> = texts.iter().map(axis).collect();
    let named = |text: &str, year: Option<i32>| {
        crate::basis::calendar::parse::period::period(text, year, window.start, window.cycle)
    };
    periods(&columns, named, &cx).into_iter().map(|(text, named)| format!("{text}={}", named.window.label())).collect()
}

#[test]
fn periods_without_a_year_follow_each_other() {
    for (run, texts, seen) in [
        ("2014-08", &["7月", "8月", "9月"][..], &["7月=2014-07", "8月=2014-08", "9月=2014-09"][..]),
        ("2015-01", &["11月", "12月", "1月", "2月"], &["11月=2014-11", "12月=2014-12", "1月=2015-01", "2月=2015-02"]),
        (
            "2014-11",
            &["10月", "11月", "12月", "1月", "2月"],
            &["10月=2014-10", "11月=2014-11", "12月=2014-12", "1月=2015-01", "2月=2015-02"],
        ),
        ("2014-08", &["8月", "8月", "9月"], &["8月=2014-08", "9月=2014-09"]),
        ("2014-08", &["2013年8月", "9月"], &["2013年8月=2013-08", "9月=2014-09"]),
        ("2014-08", &["没有", "9月"], &["9月=2014-09"]),
        ("2014-08", &["没有"], &[]),
        ("2014-08", &["第二周", "下旬"], &["第二周=2014-W33", "下旬=2014-08-T3"]),
        ("2014-W33", &["周一", "星期三", "周日"], &["周一=2014-08-11", "星期三=2014-08-13", "周日=2014-08-17"]),
        ("2014-08", &["周一"], &[]),
        ("2014-W33", &["周八", "第二周"], &["第二周=2015-W02"]),
    ] {
        assert_eq!(windows(run, texts), seen, "{run} {texts:?}");
    }
}

#[test]
fn two_units_tasks_or_periods_make_an_axis() {
    let (a, b) = ("清理楼宇内外附着广告，墙面不贴告示", "开展道德讲堂，学习宣传道德模范和身边好人");
    for (heading, cells, columns) in [
        ("工作任务 | 综合科 | 后勤中心", "√ | √", 2),
        ("工作任务 | 综合科 | 综合科", "√ | √", 0),
        ("工作任务 | 综合科 | 综合管理科", "√ | √", 2),
        ("工作任务 | 综合科 | 备注", "√ | √", 0),
        ("工作任务 | 7月 | 8月", "√ | √", 1),
        ("工作任务 | 8月 | 备注", "√ | √", 0),
        ("工作任务 | 日期 | 综合科 | 后勤中心", "8月1日 | √ | √", 2),
        ("工作任务 | 日期 | 7月 | 8月", "8月1日 | √ | √", 0),
        ("工作任务 | 工作进展 | 综合科 | 后勤中心", "子某 | √ | √", 0),
        ("工作任务 | 工作内容 | 综合科 | 后勤中心", "子某 | √ | √", 2),
    ] {
        assert_eq!(axis_of(&format!("{heading}\n{a} | {cells}")).0.len(), columns, "{heading}");
    }
    for (heading, columns) in [
        (format!("单位 | {a} | {b}"), 2),
        (format!("单位 | {a} | 清理楼宇内外附着广告，墙面不贴告示！"), 0),
        (format!("单位 | {a} | {a}"), 0),
        (format!("单位 | {a} | 备注"), 1),
        ("单位 | 清理楼宇内外的附着广告，墙面不贴告示 | 备注".to_owned(), 0),
    ] {
        assert_eq!(axis_of(&format!("{heading}\n综合科 | √ | 已完成")).0.len(), columns, "{heading}");
    }
    assert_eq!(axis_of(&format!("{a} | {b}\n√ | 已完成")).0.len(), 0, "two columns");
}
