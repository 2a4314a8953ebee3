//! Shapes of headings, each beside a neighbour that is none.

use chrono::{Days, NaiveDate};

use super::super::fixture::ask;
use super::{are_near, axis, axis_of_days, is_month};

fn shaped(row: &str) -> bool {
    ask(row, |finder, rows| finder.may_be_shaped(&rows[0]))
}

#[test]
fn what_may_be_a_heading_at_first_sight() {
    let text = |count: usize| "甲".repeat(count);
    for (row, may) in [
        ("甲 | 乙", true),
        ("甲", false),
        ("填报单位：综合科 | 乙 | 丙", false),
        (&format!("{} | 乙", text(16)), true),
        (&format!("{} | 乙", text(17)), false),
        (&format!("{} | 乙 | 丙 | 丁", text(17)), true),
        (&format!("{} | {} | 丙 | 丁", text(17), text(17)), false),
        (&format!("{} | 乙 | 丙 | 丁", text(80)), true),
        (&format!("{} | 乙 | 丙 | 丁", text(81)), false),
        ("甲 | 乙 | 50%", false),
        ("甲 | 乙 | #N/A", false),
        ("甲 | 乙 | 1.5", false),
        // Worked out behind a gap.
        ("甲 | 乙 | 丙 | 丁 | | 1.5", true),
        ("甲 | 乙 | 丙 | 丁 | | 1.5 | 20", true),
        ("甲 | 乙 | 丙 | 丁 | | 1.5 | 20 | 3", false),
        ("甲 | 乙 | 丙 | 丁 | 1.5", false),
        ("甲 | 乙 | 丙 | | 1.5", false),
        // Numbers that run on, one or two of which are values.
        ("甲 | 乙 | 1", false),
        ("甲 | 乙 | 1 | 2", false),
        ("甲 | 乙 | 1 | 2 | 3", true),
        ("甲 | 乙 | 1 | 2 | 4", false),
        ("甲 | 乙 | 1 | 8 | 15", true),
        ("甲 | 乙 | 24 | 31 | 7", true),
        ("甲 | 乙 | 24 | 31 | 8", false),
        ("甲 | 乙 | 15 | 22 | 7", true),
        ("甲 | 乙 | 14 | 21 | 7", false),
        // Years and months; a year alone is a value.
        ("甲 | 乙 | 2018", false),
        ("甲 | 乙 | 2018 | 2019", true),
        ("甲 | 乙 | 2018 | 2020", true),
        ("甲 | 乙 | 1990 | 2099", true),
        ("甲 | 乙 | 1990 | 1989", false),
        ("甲 | 乙 | 2099 | 2101", false),
        ("甲 | 乙 | 190001 | 210011", true),
        ("甲 | 乙 | 190001 | 190000", false),
        ("甲 | 乙 | 190001 | 210012", false),
        ("甲 | 乙 | 2018.9 | 2018.11", true),
        ("2018.9 | 2018.11", true),
        ("2018 | 2019", false),
        // Days that run on.
        ("甲 | 乙 | @2014-08-01", false),
        ("甲 | 乙 | @2014-08-01 | @2014-08-02", false),
        ("甲 | 乙 | @2014-08-01 | @2014-08-02 | @2014-08-03", true),
        ("@2014-08-01 | @2014-08-02 | @2014-08-03", true),
        ("甲 | @2014-08-02 | @2014-08-01 | @2014-08-03", false),
        ("甲 | @2014-08-02 | @2014-08-01 | @2014-08-03 | @2014-08-04", true),
        ("甲 | 乙 | @2014-08-02 | @2014-08-01 | @2014-08-03 | @2014-08-04", false),
        // The same days again, for something else.
        ("甲 | @2014-08-01 | @2014-08-02 | @2014-08-03 | @2014-08-01 | @2014-08-02 | @2014-08-03", true),
        ("甲 | @2014-08-01 | @2014-08-02 | @2014-08-03 | @2014-08-01 | @2014-08-02", false),
        ("甲 | @2014-08-02 | @2014-08-01 | @2014-08-03 | @2014-10-04", false),
    ] {
        assert_eq!(shaped(row), may, "{row}");
    }
}

#[test]
fn months_written_as_numbers() {
    for (value, month) in [
        (2018.9, true),
        (2018.1, true),
        (2018.11, true),
        (2018.12, true),
        (2018.13, false),
        (2018.0, false),
        (2018.95, false),
        (2018.123, false),
        (1990.1, true),
        (1989.9, false),
        (2099.12, true),
        (2100.1, false),
    ] {
        assert_eq!(is_month(value), month, "{value}");
    }
}

#[test]
fn days_of_two_months() {
    let first = NaiveDate::from_ymd_opt(2014, 8, 1).expect("a day");
    let near = |days: &[u64]| are_near(&days.iter().map(|days| first + Days::new(*days)).collect::<Vec<_>>());
    assert!(near(&[62, 0, 3]) && !near(&[63, 0, 3]));
    assert!(!near(&[3, 0, 3]), "twice the same");
}

#[test]
fn axes_of_days() {
    let leaves = |texts: &str| texts.split(' ').map(str::to_owned).collect::<Vec<_>>();
    for (texts, count) in [
        ("1日 2日 3日", 3),
        ("1日 2日", 0),
        ("甲 1日 2日 3日 乙 4日 5日", 3),
        ("1日 2日 3日 乙 4日 5日 6日", 6),
        ("一二三四五六七八九1 2日 3日 4日", 4),
        ("一二三四五六七八九十1 2日 3日", 0),
    ] {
        assert_eq!(axis(&leaves(texts)), count, "{texts}");
    }
    for (row, columns) in [
        ("甲 | 1日 | 2日 | 3日", Some((1, 3))),
        ("甲 | 1日 | 2日", None),
        ("周一 | 周二 | 周三 | 乙", Some((0, 2))),
        ("第一 | 第二 | 第三 | 乙 | 1日 | 2日 | 3日 | 4日", Some((4, 7))),
        ("一二三四五六七八九1 | 2日 | 3日", Some((0, 2))),
        ("一二三四五六七八九十1 | 2日 | 3日", None),
    ] {
        assert_eq!(ask(row, |finder, rows| axis_of_days(&finder.columns(rows, (0, u32::MAX)))), columns, "{row}");
    }
}

fn is_heading(drawing: &str) -> bool {
    ask(drawing, |finder, _| finder.shaped_at(0, None).is_some())
}

/// So many rows alike below a heading.
fn below(heading: &str, row: &str, count: usize) -> String {
    format!("{heading}\n{}", format!("{row}\n").repeat(count))
}

#[test]
fn two_columns_are_a_table_with_much_below() {
    for (drawing, is) in [
        (below("姓名 | 地点", "甲 | 乙", 2), true),
        (below("姓名 | 地点", "甲 | 乙", 1), false),
        (below("姓名 | 地点 | < | <", "甲 | 乙 | < | <", 2), true),
        (below("姓名 | 地点 | < | <", "性别 | 乙 | < | <", 2), false),
        (below("姓名 | 某某 | < | <", "甲 | 乙 | 丙 | 丁", 4), false),
        (below("某子 | 某丑", "甲 | 乙", 9), false),
        (below("姓名 | 某某", "甲 | 乙 | 丙", 3), true),
        (below("姓名 | 某某", "甲 | 乙 | 丙", 2), false),
        (below("姓名 | 某某", "甲 | 乙 | 丙", 3) + &"甲 | 乙\n".repeat(2), true),
        (below("姓名 | 某某", "甲 | 乙 | 丙", 2) + &"甲 | 乙\n".repeat(3), false),
        (below("某某 | 数量", "甲 | 3", 5), true),
        (below("某某 | 数量", "甲 | 3", 4), false),
        (below("某某 | 数量", "1 | 3", 5), false),
        ("姓名 | 某某\n甲 | 1a\n乙 | 2a\n丙 | 3a\n丁 | 4a".to_owned(), true),
        ("姓名 | 某某\n甲 | 1a\n乙 | 2a\n丙 | 3a".to_owned(), false),
        ("姓名 | 某某\n甲 | 1a\n乙 | 2a\n丙 | 3a\n甲 | 4a".to_owned(), false),
        ("姓名 | 某某\n甲 | 1a\n乙 | 2a\n丙 | 3a\n性别 | 4a".to_owned(), false),
        ("姓名 | 某某\n甲 | 1a\n乙 | 2a\n丙 | 3a\n丁 | 4a\n戊".to_owned(), false),
        ("姓名 | 某某\n甲 | 1a\n乙 | 2a\n丙 | 3a\n丁 | 4a\n\n戊".to_owned(), true),
        (below("姓名 | 地点", "甲 | 乙 | 丙 | 丁 | 戊", 2), true),
        (below("姓名 | 地点", "甲 | 乙 | 丙 | 丁 | 戊 | 己", 2), false),
    ] {
        assert_eq!(is_heading(&drawing), is, "{drawing}");
    }
}

#[test]
fn three_columns_and_more() {
    let five = "姓名 | 某子 | 某丑 | 某寅 | 某卯";
    for (drawing, is) in [
        (below("姓名 | 某某 | 地点", "甲 | 乙 | 丙", 1), true),
        ("姓名 | 某某 | 地点".to_owned(), false),
        ("姓名 | 性别 | 地点".to_owned(), true),
        ("姓名 | 性别 | 地点 | 某某".to_owned(), true),
        ("姓名 | 性别 | 某子 | 某某".to_owned(), false),
        (below("姓名 | 某子 | 某丑", "甲 | 乙 | 丙", 1), false),
        (below("姓名 | 某子 | 某丑", "甲 | 综合科 | 丙", 1), true),
        (below("姓名 | 某子 | 某丑 | 某寅", "甲 | 乙 | 3", 2), true),
        (below("姓名 | 某子 | 某丑 | 某寅", "甲 | 乙 | 3", 1), false),
        (below(five, "甲 | 乙 | 3", 2), false),
        (below(five, "甲 | 乙 | 3", 3), true),
        (below(five, "甲 | 乙", 3), false),
        (below("某辰 | 某子 | 某丑", "甲 | 3 | 4", 2), true),
        (below("某辰 | 某子 | 某丑", "甲 | 3 | 4", 1), false),
        (below("某辰 | 某子 | 某丑", "甲 | 3 | 乙", 2), false),
        // A list to be filled in, whose numbers are printed.
        ("序号 | 某子 | 某丑\n1\n2".to_owned(), true),
        ("序号 | 某子 | 某丑\n'1\n'2".to_owned(), true),
        ("序号 | 某子 | 某丑\n'2\n'3".to_owned(), false),
        ("某寅 | 某子 | 某丑\n1\n2".to_owned(), false),
        // The same texts again are rows of the same kind.
        ("姓名 | 地点 | 某子 | 某丑\n姓名 | 乙 | 丙 | 丁".to_owned(), true),
        ("姓名 | 某寅 | 某子 | 某丑\n姓名 | 乙 | 丙 | 丁\n3 | 4 | 5 | 6".to_owned(), false),
        ("姓名 | 地点 | 某子 | 某丑\n姓名 | 地点 | 丙 | 丁".to_owned(), false),
        // Labels and their values.
        ("姓名 | 甲 | 地点 | 乙\n性别 | 丙 | 电话 | 丁".to_owned(), false),
        ("姓名 | 地点 | 某子\n性别 | 电话 | 甲".to_owned(), false),
        ("姓名 | 地点 | 某子\n性别 | 甲 | 乙".to_owned(), true),
        ("姓名 | 广告整治 | 地点\n甲 | 乙 | 丙".to_owned(), false),
        ("姓名 | 姓名 | 姓名\n甲 | 乙 | 丙\n甲 | 乙 | 丙".to_owned(), false),
    ] {
        assert_eq!(is_heading(&drawing), is, "{drawing}");
    }
}

#[test]
fn names_of_people_over_longer_texts() {
    let of = |name: &str, cell: &str, rows: usize| {
        let drawing = below(&format!("日期 | 甲某 | {name}"), &format!("8月1日 | {cell} | {cell}"), rows);
        // three columns that are all filled are headed anyway
        is_heading(&format!("{drawing}\n8月2日"))
    };
    let text = |count: usize| "丑".repeat(count);
    let name = |count: usize| "寅".repeat(count);
    assert!(of("乙某", &text(6), 3));
    assert!(!of("乙某", &text(5), 3), "no longer than names");
    assert!(!of("乙某", &text(6), 2), "two rows");
    assert!(of(&name(6), &text(6), 3) && !of(&name(7), &text(6), 3), "six characters");
    assert!(!is_heading(&below("某日 | 甲某 | 乙某", "8月1日 | 一二三四五六 | 一二三四五六", 3)), "no corner");
    assert!(!is_heading(
        &(below("日期 | 甲某 | 乙某", "8月1日 | 一二三四五六 | 一二三四五六", 3) + " | 一二三四五六七 | 七")
    ));
}

#[test]
fn headings_held_together_by_merges() {
    let built = |drawing: &str| ask(drawing, |finder, _| finder.is_built(&finder.frame(0).expect("a heading")));
    assert!(built("甲 | 乙 | 组 | <\n^ | ^ | 丙 | 丁"));
    assert!(!built("甲 | 组 | <\n^ | 丙 | 丁"), "one column merged down");
    assert!(!built("甲 | 乙 | 组\n^ | ^ | 丙"), "no group");
    assert!(!built("甲 | 乙 | 组 | <"), "one row");
}
