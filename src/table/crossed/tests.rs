//! Numbers in headings of cross-tabs.

use super::super::fixture::ask;
use super::{number_of, running};

#[test]
fn the_number_above_the_weekday() {
    for (heading, number) in [
        ("5月/4/日", Some(4)),
        ("4/周日", Some(4)),
        ("4/星期一", Some(4)),
        ("周日/4", Some(4)),
        ("4", Some(4)),
        (" 4 ", Some(4)),
        ("4/甲", None),
        ("甲/4", Some(4)),
        ("日", None),
        ("4.5", None),
    ] {
        assert_eq!(number_of(heading), number, "{heading}");
    }
}

#[test]
fn five_running_numbers_are_days() {
    for (row, columns) in [
        ("甲 | 1 | 2 | 3 | 4 | 5", 5),
        ("甲 | 1 | 2 | 3 | 4", 0),
        ("甲 | 1 | 2 | 3 | 4 | 6", 0),
        ("甲 | 5 | 4 | 3 | 2 | 1", 0),
        ("1 | 2 | 3 | 4 | 5 | 甲 | 7 | 8", 5),
    ] {
        assert_eq!(ask(row, |finder, rows| running(&finder.columns(rows, (0, u32::MAX))).len()), columns, "{row}");
    }
}

#[test]
fn a_row_has_an_axis() {
    for (row, axis) in [
        ("甲 | 1 | 2 | 3 | 4 | 5", true),
        ("甲 | 1 | 9 | 3 | 4 | 5", true),
        ("甲 | 1 | 2 | 3 | 4", false),
        ("甲 | 1 | 2 | 3 | 4 | 5.5", false),
        ("甲 | 2018.9 | 2018.11", true),
        ("甲 | 2018.9 | 11", false),
    ] {
        assert_eq!(ask(row, |finder, rows| finder.has_axis(&rows[0])), axis, "{row}");
    }
}

#[test]
fn rows_begin_under_an_empty_corner() {
    let led = |drawing: &str, first: u32| {
        ask(drawing, |finder, _| finder.is_led(&finder.frame(0).expect("a heading"), first))
    };
    assert!(led(" | 甲 | 乙\n丙 | 1 | 2", 1));
    assert!(!led(" | 甲 | 乙\n丙 | 1 | 2", 0), "no corner");
    assert!(!led(" | 甲 | 乙\n3 | 1 | 2", 1), "a number");
    assert!(led(" | 甲 | 乙\n | 1\n | 1\n丙 | 1", 1));
    assert!(!led(" | 甲 | 乙\n | 1\n | 1\n | 1\n丙 | 1", 1), "the fourth row");
}
