//! What columns hold over all rows, on both sides of each share.

use super::super::fixture::ask;
use super::*;

/// Of the rows below the heading in the first row all but the last are counted; what is asked is about the last.
fn of<R>(drawing: &str, about: impl Fn(&Profile, &Row, &Texts) -> R) -> R {
    ask(drawing, |finder, rows| {
        let heading = finder.frame(0).expect("a heading");
        let serial = heading.columns.iter().find(|c| c.field.is_some_and(|field| finder.lexicon.is_serial(field)));
        let mut profile = Profile::new(&heading.columns, serial.map(|c| c.col));
        let (last, records) = rows[heading.at.1..].split_last().expect("rows");
        for row in records {
            profile.add(row, finder.texts);
        }
        about(&profile.settled(), last, finder.texts)
    })
}

const HEADING: &str = "序号 | 任务 | 情况 | 备注";

#[test]
fn columns_filled_in_nearly_every_row() {
    let core = |rows: &str, last: &str| of(&format!("{HEADING}\n{rows}\n{last}"), Profile::core);
    let rows = |filled: usize, all: usize| {
        let row = |at: usize| format!("1 | 甲 | {}", if at < filled { "乙" } else { " | 丙" });
        (0..all).map(row).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(core(&rows(4, 5), "1 | 甲 | 乙"), (3, 3));
    assert_eq!(core(&rows(3, 5), "1 | 甲 | 乙"), (2, 2), "three of five are too few");
    assert_eq!(core(&rows(4, 5), " | 甲"), (3, 1));
    assert_eq!(core("1 | 甲 | 乙", "1"), (0, 0), "one row tells nothing");
    assert_eq!(core("1 | 甲 | 乙\n2 | 丙 | 丁", "1"), (3, 1));
    // Rows of two cells count where the table is narrow.
    assert_eq!(core("1 | 甲 | 乙\n2 | 丙 | 丁\n3 | 戊\n4 | 己", "1"), (3, 1));
    assert_eq!(of("任务 | 情况 | 备注\n甲 | 乙\n丙 | 丁\n戊", Profile::core), (2, 1));
}

#[test]
fn columns_filled_in_most_rows() {
    let usual = |rows: &str| of(&format!("{HEADING}\n{rows}\n1"), |profile, _, _| profile.usual_columns().to_vec());
    assert_eq!(usual("1 | 甲 | 乙\n2 | 甲 | | 丙"), [0, 1]);
    assert_eq!(usual("1 | 甲 | 乙\n2 | 甲 | | 丙\n3 | 甲 | 乙"), [0, 1, 2]);
}

#[test]
fn whether_records_are_numbered() {
    let numbered = |rows: &str| of(&format!("{HEADING}\n{rows}\n1"), |profile, _, _| profile.numbered());
    assert!(numbered("1 | 甲 | 乙\n2 | 甲 | 丙"));
    assert!(!numbered("1 | 甲 | 乙\n | 甲 | 丙 | 丁"));
    assert!(!of("任务 | 情况 | 备注\n甲 | 乙 | 子\n丙 | 丁 | 丑\n戊", |profile, _, _| profile.numbered()));
}

#[test]
fn rows_that_begin_as_records_do() {
    let leads = |last: &str| of(&format!("{HEADING}\n1 | 甲 | 乙\n2 | 丙 | 丁\n{last}"), Profile::leads);
    assert!(leads("1") && leads(" | 甲") && !leads(" | | 乙") && !leads(" | | | 丙"));
    let numbers = |last: &str| of(&format!("{HEADING}\n1 | 3 | 乙\n2 | 4 | 丁\n{last}"), Profile::leads);
    assert!(numbers(" | | 乙") && !numbers(" | | | 丙"), "the first column of texts");
}

#[test]
fn a_number_among_texts_and_a_text_among_numbers() {
    let odd = |rows: &str, last: &str| of(&format!("{HEADING}\n{rows}\n{last}"), Profile::is_at_odds);
    let rows = "1 | 甲 | 5\n2 | 乙 | 6";
    assert!(odd(rows, "3 | 4") && odd(rows, "3 | 丙 | 丁"));
    assert!(!odd(rows, "3 | 丙 | 7") && !odd(rows, "3 | 丙 | '7"));
    // Three fifths are most.
    let mixed = |texts: usize| {
        let row = |at: usize| format!("1 | {} | 5", if at < texts { "甲" } else { "9" });
        (0..5).map(row).collect::<Vec<_>>().join("\n")
    };
    assert!(odd(&mixed(3), "3 | 4") && !odd(&mixed(2), "3 | 4"));
    assert!(odd(&mixed(2), "3 | 丙") && !odd(&mixed(3), "3 | 丙"));
}

#[test]
fn rows_that_were_printed_before() {
    let printed = |rows: &str, last: &str| of(&format!("{HEADING}\n{rows}\n{last}"), Profile::is_printed);
    let days = "1 | @2014-08-01 | 甲\n2 | @2014-08-02 | 乙\n3 | @2014-08-03 | 丙\n4 | @2014-08-04 | 丁";
    for (last, expected) in [
        ("5", true),
        ("5 | @2014-08-05", true),
        ("5 | 8月5日", true),
        ("5 | @2014-08-05 | 0", true),
        ("5 | @2014-08-05 | ——", true),
        ("5 | @2014-08-05 | /", true),
        ("5 | @2014-08-05 | 1", false),
        ("5 | @2014-08-05 | 甲", false),
        ("5 | | @2014-08-05", false),
        ("5 | | #N/A", false),
    ] {
        assert_eq!(printed(days, last), expected, "{last}");
    }
    // Three steps make a run, if three fifths of the cells are in it.
    let three = "1 | @2014-08-01 | 甲\n2 | @2014-08-02 | 乙\n3 | @2014-08-03 | 丙";
    assert!(!printed(three, "5 | @2014-08-05"), "two steps");
    let gaps = |count: usize| format!("{days}\n{}", "1 | @2014-08-20 | 甲\n".repeat(count).trim_end());
    assert!(printed(&gaps(1), "5 | @2014-08-05") && !printed(&gaps(2), "5 | @2014-08-05"));
    // A number of texts is none.
    for (text, number) in
        [("5", true), ("5.5", true), ("甲5", false), (&"5".repeat(20), true), (&"5".repeat(21), false)]
    {
        let mut texts = Texts::default();
        let raw = Raw::Text(texts.intern(text));
        assert_eq!(running(raw, &texts).is_some(), number, "{text}");
    }
    assert!(is_dash(" —-_/／") && !is_dash("-1") && !is_dash("—甲"));
}
