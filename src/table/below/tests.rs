//! The counts below a heading.

use super::super::fixture::ask;

/// The counts below the heading in the first row: rows full cells wider figures first valued values repeats led
/// numbers-last long length.
fn counts(drawing: &str) -> String {
    ask(drawing, |finder, _| {
        let below = finder.below(&finder.frame(0).expect("a heading"));
        let (texts, like) = below.first;
        format!(
            "{} {} {} {} {} {texts}/{like} {} {} {} {} {} {} {}",
            below.rows,
            below.full,
            below.cells,
            below.wider,
            below.figures,
            u8::from(below.valued),
            below.values,
            below.repeats,
            below.led,
            below.numbers_last,
            below.long,
            below.length
        )
    })
}

#[test]
fn what_stands_below_is_counted() {
    let heading = "工作任务 | 完成情况 | 数量";
    for (rows, expected) in [
        ("", "0 0 0 0 0 0/0 0 0 0 0 0 0 0"),
        ("甲某 | 乙某某 | 3", "1 1 3 1 1 2/0 1 0 0 1 1 1 3"),
        ("甲某", "1 0 1 0 0 1/0 0 0 0 1 0 0 0"),
        ("7", "1 1 1 0 1 0/0 1 0 0 1 0 0 0"),
        ("'7", "1 1 1 0 0 1/0 0 0 0 1 0 0 0"),
        (" | 7", "1 0 1 0 1 0/0 1 0 0 0 0 0 0"),
        (" | 甲某 | 乙", "1 1 2 0 0 2/0 0 0 0 0 0 2 3"),
        ("甲某 | | | 旁", "1 1 2 0 0 1/0 0 0 0 1 0 0 0"),
        ("| | | 旁", "1 0 1 0 0 0/0 0 0 0 0 0 0 0"),
        ("广告整治 | 已完成 | 综合科", "1 1 3 1 0 3/0 0 3 0 1 0 2 6"),
        ("备注 | 甲： | 乙", "1 1 3 1 0 3/2 0 0 0 1 0 2 3"),
        ("甲乙丙丁戊己庚辛壬癸情况 | 子", "1 1 2 0 0 2/1 0 0 0 1 0 1 1"),
        ("甲乙丙丁戊己庚辛壬癸子情况 | 子", "1 1 2 0 0 2/0 0 0 0 1 0 1 1"),
        ("工作任务 | 甲 | 乙 | 丙", "1 1 4 1 0 3/1 0 0 1 1 0 2 2"),
        ("工作任务 | 完成情况 | 数量", "1 1 3 1 0 3/3 0 0 0 1 0 2 6"),
        ("甲 | 乙\n\n丙 | 丁", "2 2 4 0 0 2/0 0 0 0 2 0 2 2"),
        ("甲 | 乙\n\n\n丙 | 丁", "1 1 2 0 0 2/0 0 0 0 1 0 1 1"),
        ("甲某 | '3 | '0.5%", "1 1 3 1 2 3/0 0 0 0 1 0 2 5"),
        ("甲某 | '3处", "1 1 2 0 0 2/0 0 0 0 1 0 1 2"),
        ("注：甲", "0 0 0 0 0 0/0 0 0 0 0 0 0 0"),
        ("甲 | 乙\n丙 | 丁 | @2014-08-01", "2 2 5 1 1 2/0 0 0 0 2 1 2 2"),
    ] {
        assert_eq!(counts(&format!("{heading}\n{rows}")), expected, "{rows}");
    }
    let many = |count: usize| counts(&format!("{heading}\n{}", "甲 | 乙\n".repeat(count)));
    assert!(many(10).starts_with("10 10 20 ") && many(11).starts_with("10 10 20 "), "ten rows are looked at");
}

#[test]
fn labels_columns_of_numbers_and_digits_at_the_beginning() {
    let of = |rows: &str| {
        ask(&format!("工作任务 | 完成情况 | 数量\n{rows}"), |finder, _| {
            let below = finder.below(&finder.frame(0).expect("a heading"));
            let counted: String = below.counted.iter().map(|counted| if *counted { '#' } else { '-' }).collect();
            (below.labelled, u8::from(below.numbered), counted)
        })
    };
    for (rows, labelled, numbered, counted) in [
        ("备注 | 甲\n甲： | 乙", 2, 0, "---"),
        ("甲 | 备注", 0, 0, "---"),
        ("6.14甲 | 乙 | 3\n甲 | 乙 | 4", 0, 1, "--#"),
        ("甲 | 乙 | 3\n6.14甲 | 乙 | 4", 0, 0, "--#"),
        ("甲 | 3 | 3\n乙 | 丙 | 4", 0, 0, "--#"),
        ("1 | 3 | 3\n2 | 4 | 甲", 0, 0, "##-"),
    ] {
        assert_eq!(of(rows), (labelled, numbered, counted.to_owned()), "{rows}");
    }
}
