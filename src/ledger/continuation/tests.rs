//! Continuations without a heading, drawn.

use crate::ledger::fixture::{file, records};

/// The records of a drawn file, then what is not read.
fn read(drawing: &str) -> (Vec<String>, Vec<String>) {
    let (division, reading) = file("综合科.xlsx", drawing);
    let unread = reading.sheets.iter().flat_map(|sheet| {
        let why = sheet.skipped.iter().map(|why| format!("{}: {why:?}", sheet.name));
        why.chain(sheet.unread.iter().map(|unread| format!("{} {:?}", unread.area, unread.why)))
    });
    (records(&division, &reading), unread.collect())
}

const FIRST: &str = "
=== 一
2014年8月台账 | < | < | < | <
序号 | 工作任务 | 责任单位 | 完成情况 | 备注
1 | 整治所辖楼宇和广场的广告牌，按比例投放公益广告 | 综合科 | 已完成 | 见附件
2 | 清理楼宇内外附着广告，墙面不贴告示 | 综合科 | 推进中 |
";

#[track_caller]
fn goes_on(second: &str, rows: &[&str]) {
    let (records, unread) = read(&format!("{FIRST}{second}"));
    assert_eq!(records[2..], *rows, "{second}");
    assert_eq!(unread, [""; 0], "{second}");
}

#[test]
fn a_page_with_the_columns_of_the_one_before_carries_it_on() {
    goes_on(
        "=== 二\n3 | 组织志愿服务 | 综合科 | 已完成 | 两次\n4 | 开展道德讲堂，学习宣传道德模范 | 管理一科 | 推进中 |\n",
        &["1 综合 2-3 text", "2 管理 2-2 like"],
    );
    goes_on("=== 二\n3 | 组织志愿服务 | 综合科 | 已完成 |\n", &["1 综合 2-3 text"]);
    goes_on(
        "=== 二\n（续表） | < | < | < | <\n3 | 组织志愿服务 | 综合科 | 已完成 |\n填表人：王某 | < | | 审核人： |\n",
        &["2 综合 2-3 text"],
    );
    // Numbered anew on each page, and without what tells them.
    goes_on(
        "=== 二\n1 | 组织志愿服务 | 后勤中心 | 已完成 |\n=== 三\n1 | 组织志愿服务 | 综合科 | 推进中 |\n",
        &["1 后勤 3-1 text", "1 综合 2-3 text"],
    );
}

#[test]
fn the_heading_of_the_table_before_is_no_record_where_it_stands_again() {
    let heading = "序号 | 受理日期 | 目的地 | 故障描述 | 维修人 | 完成日期";
    let row = |at: u32, task: &str, day: u32| {
        format!("{at} | @2014-08-{day:02} | 甲街 | {task} | 张三 | @2014-08-{:02}\n", day + 1)
    };
    let first = row(1, "组织志愿服务", 4)
        + &row(2, "整治所辖楼宇和广场的广告牌", 5)
        + &row(3, "清理楼宇内外附着广告，墙面不贴告示", 6)
        + &row(4, "组织志愿服务", 7);
    let second = row(1, "组织志愿服务", 20) + &row(2, "电脑重装", 21) + &row(3, "网络维护", 22);
    let (records, _) = read(&format!("=== 甲\n{heading}\n{first}=== 乙\n{heading}\n{second}"));
    assert_eq!(records.len(), 7, "{records:?}");
    assert!(records[4].ends_with("2-3 text"), "{records:?}");
}

#[test]
fn a_table_parted_in_two_behind_its_heading() {
    let (records, unread) =
        read("=== 一\n任务编号 | 工作任务 | 完成情况\n=== 二\n1-1 | 整治所辖楼宇和广场的广告牌 | 已完成\n");
    assert_eq!(records, ["1 综合 1-1 code"]);
    assert_eq!(unread, [""; 0]);
}

#[test]
fn rows_that_look_like_a_heading_carry_on_too() {
    let first = "
=== 一
工作任务 | 责任单位 | 完成情况 | 佐证材料
整治所辖楼宇和广场的广告牌，按比例投放公益广告 | 综合科 | 已完成 | 照片
清理楼宇内外附着广告，墙面不贴告示 | 后勤中心 | 推进中 | 通知
=== 二
开展道德讲堂活动 | 管理一科 | 按计划开展 | 照片
组织志愿服务 | 综合科 | 已完成 | 照片
宣传节粮节水节电 | 管理一科 | 已完成 | 照片
";
    let (records, unread) = read(first);
    assert_eq!(records.len(), 5, "{records:?} {unread:?}");
}

#[test]
fn a_row_taken_for_the_title_of_rows_that_carry_on_is_one_of_them() {
    let (records, unread) = read(
        "
=== 一
日期 | 序号 | 任务类别 | 工作任务 | 完成情况 | 收到时间
8月1日 | 1 | 优化 | 整治所辖楼宇和广场的广告牌 | 已完成 | 2014-08-01
 | 2 | 优化 | 组织志愿服务 | 已完成 | 2014-08-01

 | | 事项 | 开展道德讲堂，学习宣传道德模范
 | | 问题 | 老日期1970（不再出现）
 | | 优化 | 宣传节粮节水节电

8月2日 | 1 | 优化 | 组织志愿服务 | | 2014-08-02
 | 2 | 优化 | 清理楼宇内外附着广告 | 已完成 | 2014-08-02
",
    );
    assert_eq!(records.len(), 7, "{records:?} {unread:?}");
}

#[test]
fn the_sender_of_the_page_before_is_that_of_the_next() {
    let (division, reading) = file(
        "台账.xlsx",
        "
=== 一
填报单位：后勤中心
任务编号 | 工作任务 | 完成情况
1-1 | | 已完成
=== 二
1-2 | | 推进中
=== 三
填报单位：管理一科
任务编号 | 工作任务 | 完成情况
2-1 | | 已完成
",
    );
    assert_eq!(records(&division, &reading), ["3 后勤 1-1 code", "1 后勤 1-2 code", "3 管理 2-1 code"]);
}

#[test]
fn other_things_do_not_carry_a_ledger_on() {
    for (second, rows) in [
        ("横幅 | 12\n海报 | 7\n", false),
        ("√ | 已完成\n△ | 推进中\n", false),
        ("填表人 | 王某 | 审核人 | 李某\n", false),
        ("1 | 王某 | 13800000000 | 东街\n2 | 李某 | 13900000000 | 西街\n", true),
        ("东湖路 | 12 | 3 | 王某 | 好\n西湖路 | 10 | 2 | 李某 | 好\n", true),
        (
            "3 | 组织志愿服务 | 综合科 | 已完成 | 两次 | 多出的一列\n4 | 组织志愿服务 | 综合科 | 已完成 | 一次 | 多出的一列\n",
            true,
        ),
        ("一、请各单位于每月5日前报送。\n二、完成情况如实填写。\n", false),
    ] {
        let (division, reading) = file("综合科.xlsx", &format!("{FIRST}=== 二\n{second}"));
        assert_eq!(records(&division, &reading).len(), 2, "{second}");
        assert_eq!(!reading.aside.is_empty(), rows, "{second}");
    }
}

/// The number of records that a second page brings under four columns, of which the first page fills the last so often
/// in five rows.
fn brought(last_filled: usize, page: &str) -> usize {
    const TASK: &str = "组织志愿服务";
    let row = |at: usize| format!("{} | {TASK} | 综合科 | {}\n", at + 1, if at < last_filled { "附件" } else { "" });
    let first: String = (0..5).map(row).collect();
    read(&format!("\n=== 一\n序号 | 工作任务 | 责任单位 | 备注\n{first}=== 二\n{page}")).0.len() - 5
}

#[test]
fn a_page_fills_three_fifths_of_what_every_row_fills() {
    let page = "6 | 清理楼宇内外附着广告\n7 | 清理楼宇内外附着广告\n";
    assert_eq!((brought(3, page), brought(4, page)), (2, 0), "two of three, two of four");
    let wider = "6 | 清理楼宇内外附着广告 | 综合科\n7 | 清理楼宇内外附着广告 | 综合科\n";
    assert_eq!((brought(3, wider), brought(4, wider)), (2, 2));
    let outside = "6 | 清理楼宇内外附着广告 | 综合科 | | 旁\n7 | 清理楼宇内外附着广告 | 综合科\n";
    assert_eq!(brought(4, outside), 0, "a cell beside the columns");
    let other = "6 | 3 | 综合科\n7 | 4 | 综合科\n";
    assert_eq!(brought(4, other), 0, "numbers where the tasks were");
}

mod kinds {
    use super::super::*;
    use crate::basis::calendar::{Cycle, Window, window::end_of};
    use crate::basis::settings::Settings;
    use crate::ledger::fixture::division;
    use crate::table::fixture;

    /// What cells are told about a row in August 2014.
    fn ask<R>(row: &str, about: impl FnOnce(&Cells<'_>, &Sheet) -> R) -> R {
        let (division, settings, mut texts) = (division(), Settings::default(), Texts::default());
        let window = Window::parse("2014-08", Cycle::Month).expect("a window");
        let cx = Context { settings: &settings, division: &division, window, as_of: end_of(window.end) };
        let sheet = fixture::sheet(row, &mut texts);
        about(&Cells { texts: &texts, cx: &cx }, &sheet)
    }

    #[test]
    fn what_a_cell_holds() {
        for (cell, kind) in [
            ("3", Some(Kind::Number)),
            ("85%", Some(Kind::Number)),
            ("'3.5", Some(Kind::Number)),
            ("@2014-08-15", Some(Kind::Day)),
            ("8月15日", Some(Kind::Day)),
            ("8/15", Some(Kind::Day)),
            ("8.15", Some(Kind::Number)),
            ("'8月", Some(Kind::Text(2))),
            ("1-1", Some(Kind::Task)),
            ("'9-9", Some(Kind::Day)),
            ("甲-9", Some(Kind::Text(3))),
            ("已完成", Some(Kind::State)),
            ("综合科", Some(Kind::Unit)),
            ("综合科、某公司", Some(Kind::Text(7))),
            ("整治楼宇和广场的广告牌，按比例投放公益广告", Some(Kind::Task)),
            ("志愿服务", Some(Kind::Task)),
            ("志愿服", Some(Kind::Text(3))),
            ("#N/A", Some(Kind::Text(4))),
            ("' ", None),
        ] {
            assert_eq!(ask(cell, |cells, sheet| cells.kind(sheet.grid.get(0, 0))), kind, "{cell}");
        }
        for (text, state) in [("已完成全部工作内容的整治", true), ("已完成全部工作内容的整治了", false)]
        {
            assert_eq!(
                ask(text, |cells, sheet| cells.kind(sheet.grid.get(0, 0))) == Some(Kind::State),
                state,
                "{text}"
            );
        }
    }

    #[test]
    fn numbers_that_may_run_on() {
        for (cell, number) in [
            ("3", Some(3.0)),
            ("'4", Some(4.0)),
            ("' 5 ", Some(5.0)),
            ("85%", None),
            ("甲", None),
            ("@2014-08-15", None),
        ] {
            assert_eq!(ask(cell, |cells, sheet| cells.number(sheet, 0, 0)), number, "{cell}");
        }
    }

    #[test]
    fn kinds_that_fit_and_that_tell() {
        use Kind::{Day, Mixed, Number, State, Task, Text, Unit};
        for (a, b, fits) in [
            (Text(2), Text(12), true),
            (Text(2), Text(13), false),
            (Text(1), Text(12), true),
            (Text(3), Text(18), true),
            (Text(3), Text(19), false),
            (Task, Text(9), true),
            (Unit, Text(9), false),
            (Mixed, Day, true),
            (Number, Number, true),
            (Number, Day, false),
            (State, Unit, false),
        ] {
            assert_eq!((a.fits(b), b.fits(a)), (fits, fits), "{a:?} {b:?}");
        }
        assert!([Day, State, Unit, Task].into_iter().all(Kind::is_telling));
        assert!(![Number, Text(3), Mixed].into_iter().any(Kind::is_telling));
    }

    #[test]
    fn the_kind_of_most_cells() {
        use Kind::{Mixed, Number, State, Text};
        assert_eq!(dominant(&[]), None);
        assert_eq!(dominant(&[Number, Number, Number, State, State]), Some(Number));
        assert_eq!(dominant(&[Number, Number, State, State, Text(3)]), Some(Mixed));
        assert_eq!(dominant(&[Text(2), Text(4), Text(9), State]), Some(Text(5)));
    }

    #[test]
    fn kinds_expected_of_fields() {
        for (field, kind) in [
            (fields::STATUS, Some(Kind::State)),
            (fields::UNITS, Some(Kind::Unit)),
            (fields::LEAD_UNITS, Some(Kind::Unit)),
            (fields::SUBMITTER, Some(Kind::Unit)),
            (fields::TASK, Some(Kind::Task)),
            (fields::CODE, Some(Kind::Task)),
            (fields::DATE, Some(Kind::Day)),
            (fields::DONE_ON, Some(Kind::Day)),
            (fields::SERIAL, Some(Kind::Number)),
            (fields::REMARK, None),
        ] {
            assert_eq!(expected(field), kind, "{field:?}");
        }
    }

    #[test]
    fn columns_that_nearly_every_row_fills() {
        let rows =
            |filled: usize| [0, 1, 2, 3, 4].map(|at| format!("甲 | {}\n", if at < filled { "3" } else { "" })).concat();
        for (filled, core) in [(3, false), (4, true), (5, true)] {
            let seen = ask(&rows(filled), |cells, sheet| {
                let column = fixture::column(1, "数量", Some(fields::AMOUNT));
                let profiles = cells.profiles(sheet, &[column], &[0, 1, 2, 3, 4]);
                (profiles[0].core, profiles[0].kind, profiles[0].last)
            });
            assert_eq!(seen, (core, Some(Kind::Number), (filled == 5).then_some(3.0)), "{filled}");
        }
    }
}

#[test]
fn numbers_that_run_on_over_several_pages() {
    let row = |number: u32, task: &str| format!("{number} | {task} | 某注\n");
    let of = |second: u32, third: u32| {
        let first = row(1, "组织志愿服务") + &row(2, "组织志愿服务");
        let second = row(second, "某事项一") + &row(second + 1, "某事项二");
        let third = row(third, "某事项三") + &row(third + 1, "某事项四");
        let (_, reading) =
            file("综合科.xlsx", &format!("\n=== 一\n序号 | 工作任务 | 备注\n{first}=== 二\n{second}=== 三\n{third}"));
        reading.ledgers.iter().map(|ledger| ledger.records.len()).collect::<Vec<_>>()
    };
    assert_eq!(of(3, 5), [2, 2, 2]);
    assert_eq!(of(3, 6), [2, 2], "a number is left out");
    assert_eq!(of(4, 6), [2]);
    assert_eq!(of(3, 3), [2, 2], "the same page again");
}
