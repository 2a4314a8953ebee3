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

#[test]
fn a_day_at_the_end_with_its_name_before_it() {
    let day = |row: &str| ask(row, |finder, rows| finder.closing_day(&rows[0]).is_some());
    for (row, is) in [
        ("甲 | 乙 | 丙 | | 统计时间 | @2014-11-13", true),
        ("甲 | 乙 | | 统计时间 | @2014-11-13", false),
        ("甲 | 乙 | 丙 | 统计时间 | @2014-11-13", false),
        ("甲 | 乙 | 丙 | | 统计时间 | | @2014-11-13", false),
        ("甲 | 乙 | 丙 | | 统计对象 | @2014-11-13", false),
        ("甲 | 乙 | 丙 | | 统计时间 | 11月13日", false),
        ("甲 | 乙 | 丙 | 丁 | | 统计时间 | @2014-11-13", true),
    ] {
        assert!(is <= shaped(row), "{row}");
        assert_eq!(day(row), is, "{row}");
    }
}

#[test]
fn nothing_is_filled_in_below() {
    let blank = |rows: &str| {
        ask(&format!("甲 | 乙 | 丙\n{rows}"), |finder, _| finder.is_left_blank(&finder.frame(0).expect("a heading")))
    };
    for (rows, is) in [
        ("", true),
        ("1\n2\n3", true),
        ("1 | 子", false),
        ("1\n2 | 子", true),
        ("\n1 | 子", true),
        ("1\n2\n3 | 子\n4", true),
    ] {
        assert_eq!(blank(rows), is, "{rows}");
    }
}

#[test]
fn running_numbers_right_below_their_heading() {
    let counts = |drawing: &str| ask(drawing, |finder, _| finder.counts(&finder.frame(0).expect("a heading")));
    for (drawing, is) in [
        ("序号 | 甲 | 乙\n1 | 子 | 丑", true),
        ("甲 | 序号 | 乙\n子 | 1 | 丑", true),
        ("序号 | 甲 | 乙\n'1 | 子 | 丑", false),
        ("序号 | 甲 | 乙\n\n1 | 子 | 丑", false),
        ("甲 | 乙\n1 | 子", false),
    ] {
        assert_eq!(counts(drawing), is, "{drawing}");
    }
}

#[test]
fn numbered_texts_below_two_headings() {
    let rows = |count: usize| (1..=count).map(|at| format!("{at} | 某项变更{at}\n")).collect::<Vec<_>>().concat();
    assert!(is_heading(&format!("序号 | 某更\n{}", rows(3))) && !is_heading(&format!("序号 | 某更\n{}", rows(2))));
    assert!(!is_heading("序号 | 某更\n1 | 2\n2 | 3\n3 | 4"), "numbers");
    assert!(!is_heading(&format!("某号 | 某更\n{}", rows(3))), "no running number");
}

#[test]
fn groups_of_numbers_over_a_heading() {
    let top =
        |drawing: &str| ask(drawing, |finder, _| finder.with_groups(finder.frame(1).expect("a heading")).area.top);
    let lower = "某项 | 一 | 二 | 一 | 二";
    for (upper, seen) in [
        (" | 2018 | < | 2019 | <", 0),
        (" | 2018年 | < | 2019年 | <", 0),
        (" | 甲年 | < | 乙年 | <", 1),
        (" | 2018 | < | 2019", 1),
        (" | 2018 | < | <", 1),
        ("2017 | 2018 | < | 2019 | <", 1),
    ] {
        assert_eq!(top(&format!("{upper}\n{lower}")), seen, "{upper}");
    }
    assert_eq!(top(&format!(" | 2018 | < | 2019 | <\n\n{lower}")), 2, "a gap between them");
}

#[test]
fn names_over_longer_texts() {
    let of = |drawing: &str| {
        ask(drawing, |finder, _| {
            let heading = finder.frame(0).expect("a heading");
            let below = finder.below(&heading);
            let leaves: Vec<String> = heading.columns.iter().map(super::leaf).collect();
            (super::is_of_names(&heading, &leaves, &below), super::runs_below(&heading, &leaves, &below))
        })
    };
    let rows = |cell: &str, count: usize| format!("8月1日 | {cell} | {cell}\n").repeat(count);
    for (drawing, names) in [
        (format!("日期 | 甲某 | 乙某\n{}", rows("一二三四五六", 3)), true),
        (format!("日期 | 甲某 | 乙某\n{}", rows("一二三四五", 3)), false),
        (format!("日期 | 甲某 | 乙某\n{}", rows("一二三四五六", 2)), false),
        (format!("日期 | 甲某 | 一二三四五六七\n{}", rows("一二三四五六", 3)), false),
        (format!("某某 | 甲某 | 乙某\n{}", rows("一二三四五六", 3)), false),
        (format!("日期 | 甲某 | 乙某\n{} | 一二三四五六 | 一二三四五六", rows("一二三四五六", 3)), false),
        ("日期 | 甲某 | 乙某\n8月1日 | 3 | 4\n8月2日 | 3 | 4\n8月3日 | 3 | 4".to_owned(), false),
    ] {
        assert_eq!(of(&drawing).0, names, "{drawing}");
    }
    let numbered = |first: &str, rows: usize, full: usize| {
        let row = |at: usize| {
            format!(
                "{first}{} | {}\n",
                if first.is_empty() { (at + 1).to_string() } else { at.to_string() },
                if at < full { "子" } else { "" }
            )
        };
        format!("日期 | 首页 | 列表页\n{}", (0..rows).map(row).collect::<String>())
    };
    for (drawing, runs) in [
        (numbered("", 4, 4), true),
        (numbered("", 4, 2), true),
        (numbered("", 2, 2), false),
        (numbered("甲", 4, 4), false),
        (numbered("", 4, 4).replace("日期", "某某"), false),
        (format!("{} | 子 | 丑\n", numbered("", 4, 4)), false),
    ] {
        assert_eq!(of(&drawing).1, runs, "{drawing}");
    }
}

#[test]
fn what_makes_up_for_headings_that_nobody_knows() {
    let eight = "某卯 | 某辰 | 某巳 | 某午 | 某未 | 某申";
    for (drawing, is) in [
        // a fourth of them read like headings, and there are figures
        (below(&format!("姓名 | 地点 | {eight}"), "甲 | 乙 | 3", 2), true),
        (below(&format!("姓名 | 地点 | {eight}"), "甲 | 乙 | 丙", 2), false),
        (below(&format!("姓名 | 地点 | {eight}"), "甲 | 乙 | 3", 1), false),
        (below(&format!("姓名 | 某丑 | {eight}"), "甲 | 乙 | 3", 2), false),
        // figures under half of them
        (below("某子 | 某丑 | 某寅 | 某卯", "甲 | 3 | 4", 2), true),
        (below("某子 | 某丑 | 某寅 | 某卯", "甲 | 3 | 4", 1), false),
        (below("某子 | 某丑 | 某寅 | 某卯", "甲 | 3", 2), false),
        // three columns that are all filled
        (below("姓名 | 某子 | 某丑", "甲 | 乙 | 丙", 3), true),
        (below("姓名 | 某子 | 某丑", "甲 | 乙 | 丙", 2), false),
        (below("姓名 | 某子 | 某丑", "甲 | 乙 | 丙", 3) + "丁 | 戊", false),
        (below("某寅 | 某子 | 某丑", "甲 | 乙 | 丙", 3), false),
        // four and more that are filled by half
        (below("某寅 | 某子 | 某丑 | 某卯", "甲 | 乙", 3), true),
        (below("某寅 | 某子 | 某丑 | 某卯", "甲 | 乙", 2), false),
        (below("某寅 | 某子 | 某丑 | 某卯 | 某辰", "甲 | 乙", 3), false),
        // labels and values
        ("姓名 | 地点 | 性质 | 规格 | 某寅 | 某卯\n性别 | 年龄 | 职务 | 学历".to_owned(), false),
        ("姓名 | 地点 | 性质 | 规格 | 某寅 | 某卯 | 某辰\n性别 | 年龄 | 职务 | 学历".to_owned(), true),
        ("姓名 | 地点 | 性质 | 规格 | 某寅 | 某卯\n性别 | 年龄 | 职务 | 学历 | 3".to_owned(), true),
        ("姓名 | 地点 | 性质 | 规格 | 某寅 | 某卯\n性别 | 某甲 | 某乙 | 某丙".to_owned(), true),
        ("姓名 | 地点 | 性质 | 规格 | 某寅 | 某卯\n性别 | 年龄".to_owned(), true),
    ] {
        assert_eq!(is_heading(&drawing), is, "{drawing}");
    }
}

#[test]
fn headings_within_a_table_read_like_headings() {
    let within = |drawing: &str| {
        ask(drawing, |finder, _| {
            let known = finder.frame(0).expect("a heading");
            finder.shaped_at(1, Some(&known)).is_some()
        })
    };
    for (drawing, is) in [
        ("某子 | 某丑 | 某寅 | 某卯 | 某辰\n姓名 | 地点 | 性质 | 某巳 | 某午\n甲 | 乙 | 丙 | 丁", true),
        ("某子 | 某丑 | 某寅 | 某卯 | 某辰\n姓名 | 地点 | 某未 | 某巳 | 某午\n甲 | 乙 | 丙 | 丁", false),
        ("某子 | 某丑 | 某寅 | 某卯 | 某辰\n序号 | 某未 | 某申 | 某巳 | 某午\n1 | 乙 | 丙 | 丁", true),
        ("某子 | 某丑 | 某寅 | 某卯 | 某辰\n某子 | 某丑 | 某寅 | 某卯 | 某辰\n甲 | 乙 | 丙 | 丁", false),
    ] {
        assert_eq!(within(drawing), is, "{drawing}");
    }
}

#[test]
fn the_widest_of_the_rows_of_labels_is_the_heading() {
    let rows = "甲 | 乙 | 丙\n丁 | 戊 | 己\n庚 | 辛 | 壬";
    assert!(is_heading(&format!("姓名 | 地点 | 性质\n{rows}")));
    assert!(
        !is_heading(&format!("姓名 | 地点 | 性质\n工作任务 | 完成情况 | 备注\n{rows}")),
        "one of known words below"
    );
}

#[test]
fn a_number_alone_is_the_value_of_a_label() {
    assert!(
        !shaped("检查序号 | '01 | 情况") && shaped("检查序号 | '0101 | 情况") && shaped("检查序号 | '1 | '2 | 情况")
    );
}
