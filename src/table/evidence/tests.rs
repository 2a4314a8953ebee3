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
