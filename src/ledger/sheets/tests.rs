use crate::basis::calendar::{Cycle, Window};
use crate::basis::place::Area;
use crate::basis::pool::Texts;
use crate::basis::settings::Settings;
use crate::division::Context;
use crate::ledger::fixture::division;
use crate::table::fixture;

#[test]
fn labels_beside_their_values() {
    let division = division();
    let settings = Settings::default();
    let window = Window::parse("2014-08", Cycle::Month).expect("a window");
    let as_of = crate::basis::calendar::window::end_of(window.end);
    let cx = Context { settings: &settings, division: &division, window, as_of };
    let labels = |drawing: &str| {
        let mut texts = Texts::default();
        let sheet = fixture::sheet(drawing, &mut texts);
        let area = sheet.grid.extent().unwrap_or(Area::cell(0, 0));
        super::is_labels(&sheet, &texts, area, &cx)
    };
    for (drawing, are) in [
        ("甲 | 1\n乙 | 2\n丙 | 3", true),
        ("甲 | 1\n乙 | 2", false),
        ("甲 | 1\n乙 | 2\n丙 | 3\n | 4", true),
        ("甲 | 1\n乙 | 2\n丙 | 3\n甲 | 4", false),
        ("甲 | 1 | 子\n乙 | 2\n丙 | 3", false),
        ("甲\n乙\n丙", false),
        ("甲 | 1\n乙 | 2\n3 | 3", false),
        ("一二三四五六七八九十甲乙 | 1\n乙 | 2\n丙 | 3", true),
        ("一二三四五六七八九十甲乙丙 | 1\n乙 | 2\n丙 | 3", false),
        ("甲 | 1\n乙 | 综合科\n丙 | 3", false),
        ("甲 | 1\n乙 | 已完成\n丙 | 3", false),
        ("甲 | 1\n乙 | 组织志愿服务\n丙 | 3", false),
        ("甲 | 1\n综合科 | 2\n丙 | 3", false),
    ] {
        assert_eq!(labels(drawing), are, "{drawing}");
    }
}

/// What is seen of the first table of a drawing.
fn ask<R>(drawing: &str, about: impl FnOnce(&super::Table, &super::Sheet, &Texts, &super::FieldSet) -> R) -> R {
    let (division, mut texts) = (division(), Texts::default());
    let sheet = fixture::sheet(drawing, &mut texts);
    let parted = super::part(&sheet, &texts, &super::Words::of(&division));
    about(parted.tables.first().expect("a table"), &sheet, &texts, &division.fields)
}

#[test]
fn the_column_where_the_tasks_most_likely_stand() {
    let of = |drawing: &str| ask(drawing, |table, sheet, texts, _| super::likely(table, sheet, texts));
    let drawn = |first: &str, second: &str| {
        format!("子目 | 丑目 | 完成情况 | 备注\n{first} | {second} | 已完成 | 好\n{first} | {second} | 已完成 | 好\n")
    };
    for (first, second, likely) in [
        ("一二三四", "一二三", Some("子目")),
        ("一二三", "一二三四", Some("丑目")),
        ("一二三四", "一二三四", Some("子目")),
        ("一二三", "一二三", None),
        ("12345", "一二三四", Some("丑目")),
    ] {
        assert_eq!(of(&drawn(first, second)).as_deref(), likely, "{first} {second}");
    }
}

#[test]
fn tables_that_were_meant_as_ledgers() {
    let of = |drawing: &str| {
        ask(drawing, |table, sheet, texts, set| {
            (super::is_lacking(table, set), super::telling(table), super::reports(table, sheet, texts, set))
        })
    };
    for (drawing, seen) in [
        ("序号 | 完成情况\n1 | 已完成\n2 | 已完成", (true, true, true)),
        ("姓名 | 联系电话 | 数量\n甲 | 123 | 4\n乙 | 456 | 5", (true, false, true)),
        ("姓名 | 联系电话\n甲 | 123\n乙 | 456", (false, false, false)),
        ("工作任务 | 完成情况\n甲 | 已完成\n乙 | 已完成", (false, true, true)),
        ("姓名 | 性别 | 得分\n甲 | 子 | 4\n乙 | 丑 | 5", (true, false, false)),
        ("科室 | 排查户数 | 检查点（个）\n综合科 | 90 | 4\n管理一科 | 20 | 5", (true, false, true)),
        ("科室 | 排查户数 | 检查点\n综合科 | | 4\n管理一科 | | 5", (true, false, false)),
        ("科室 | 目标数 | 应检查数\n综合科 | 6 | 4\n管理一科 | 6 | 5", (true, false, false)),
        ("店名 | 排查户数 | 检查点（个）\n甲 | 90 | 4\n乙 | 20 | 5", (true, false, false)),
        ("桥名 | 巡查结果 | 等级\n甲 | 正常 | 一\n乙 | 破损 | 二", (true, false, true)),
        ("桥名 | 巡查结果 | 等级\n甲 | | 一\n乙 | | 二", (true, false, false)),
    ] {
        assert_eq!(of(drawing), seen, "{drawing}");
    }
    let set = division().fields;
    assert!(super::meant_as_ledger(&["序号".into(), "完成情况".into()], &set));
    assert!(!super::meant_as_ledger(&["序号".into(), "联系电话".into()], &set));
}

#[test]
fn names_of_sheets_that_support_others() {
    for (name, is) in [("填表说明", true), ("下拉选项", true), ("README", true), ("8月台账", false)] {
        assert_eq!(super::is_support(name), is, "{name}");
    }
}

#[test]
fn a_sheet_of_labels_is_a_form() {
    let form = |drawing: &str| {
        let mut texts = Texts::default();
        super::is_form(&fixture::sheet(drawing, &mut texts), &texts, &division().fields)
    };
    let rows = |count: usize| "\n".to_owned() + &"某\n".repeat(count) + "工作任务 | 甲\n完成情况 | 乙\n备注 | 丙\n";
    assert!(form("工作任务 | 甲\n完成情况 | 乙\n备注 | 丙") && !form("工作任务 | 甲\n完成情况 | 乙"));
    assert!(form("填表人 | 甲\n完成情况 | 乙\n备注 | 丙") && !form("某人 | 甲\n完成情况 | 乙\n备注 | 丙"));
    assert!(form(&rows(57)) && !form(&rows(58)), "sixty rows");
    assert!(!form("1 | 甲\n完成情况 | 乙\n备注 | 丙"));
}

#[test]
fn a_few_labels_beside_a_ledger_belong_to_it() {
    let unread = |labels: usize, ledger: bool| {
        let lines: String = [
            "姓名 | 甲 | 电话 | 乙\n",
            "性别 | 子 | 地址 | 丑\n",
            "籍贯 | 寅 | 学历 | 卯\n",
            "专业 | 辰 | 部门 | 巳\n",
            "职务 | 午 | 备注 | 未\n",
        ][..labels]
            .concat();
        let ledger = if ledger {
            "\n\n任务编号 | 工作任务 | 完成情况\n1-1 | | 已完成\n1-2 | | 已完成\n"
        } else {
            ""
        };
        let (_, reading) = crate::ledger::fixture::file("综合科.xlsx", &format!("{lines}{ledger}"));
        reading.sheets[0].unread.iter().map(|unread| format!("{:?}", unread.why)).collect::<Vec<_>>()
    };
    assert_eq!(unread(5, true), ["Form"]);
    assert_eq!(unread(5, false), ["Form"]);
    assert!(unread(3, true).iter().all(|why| why == "Words"), "{:?}", unread(3, true));
}

#[test]
fn a_block_beside_a_ledger_that_nobody_filled_in_lacks_nothing() {
    let why = |row: &str| {
        let ledger = "任务编号 | 工作任务 | 完成情况\n1-1 | | 已完成\n1-2 | | 已完成\n";
        let drawing = format!("{ledger}\n\n序号 | 存在问题 | 整改措施 | 整改时限\n{row}\n");
        let (_, reading) = crate::ledger::fixture::file("综合科.xlsx", &drawing);
        let whys = reading.sheets[0].unread.iter().map(|unread| format!("{:?}", unread.why));
        whys.map(|why| why.split(' ').next().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(why("1 | | |"), ["Other"]);
    assert_eq!(why("1 | 子某 | 丑某 | 寅某"), [""; 0], "its rows are kept, and no task is told");
}
