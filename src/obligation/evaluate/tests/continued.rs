//! Ledgers that repeat rows of earlier windows, and rows sent late.

use super::{check, told};
use crate::obligation::fixture::drawn;

/// How many records of 2014-Q3 count at the end of August: July's ledger has these rows, August's those.
#[track_caller]
fn counted(july: &str, august: &str, expected: usize) {
    let drawing = format!(
        "2014-08 as of 2014-09-06
         1 | 甲科 | | | 次数≤0/季
         --- 甲科 2014-08-03T10:00 July.xlsx window=2014-07
         {july}
         --- 甲科 2014-09-03T10:00 August.xlsx window=2014-08
         {august}"
    );
    let said = format!("甲科 2014-Q3 截至8月31日应不超过0次，已{expected}次，超{expected}次");
    assert_eq!(told(&drawn(&drawing)), [said], "{drawing}");
}

#[test]
fn a_ledger_kept_on_counts_its_earlier_rows_once() {
    check(
        "2014-08 as of 2014-09-06
         1 | 甲科、乙科 | | | 次数=3/季
         --- 甲科 2014-08-03T10:00 July.xlsx window=2014-07
         1 | 已完成 | 2014-07-20
         1 | 已完成 | 2014-07-21
         --- 甲科 2014-09-03T10:00 August.xlsx window=2014-08
         1 | 已完成 | 2014-07-20
         1 | 已完成 | 2014-07-21
         1 | 已完成 | 2014-08-20
         --- 乙科 2014-09-03T10:00 b.xlsx
         1 | 已完成 | 2014-07-20
         1 | 已完成 | 2014-07-21
         1 | 已完成 | 2014-07-22
         1 | 已完成 | 2014-08-20",
        &["甲科 2014-Q3 ✓", "乙科 2014-Q3 截至8月31日应为3次，已4次，超1次"],
    );
}

#[test]
fn a_row_sent_late_adds_to_what_was_sent_before() {
    let july = "1 | 已完成 | 2014-07-20 | | | 地点=甲街
                1 | 已完成 | 2014-07-21 | | | 地点=乙街";
    for late in ["2014-07-31 | | | 地点=甲街", "2014-07-20 | | | 地点=丙街", "2014-06-30 | | | 地点=甲街"] {
        let outside = usize::from(late.starts_with("2014-06"));
        counted(july, &format!("1 | 已完成 | {late}\n1 | 已完成 | 2014-08-20"), 4 - outside);
    }
    counted(july, "1 | 已完成 | 2014-07-20 | | | 地点=甲街\n1 | 已完成 | 2014-08-20", 3);
    counted(july, "1 | 已完成 | 2014-08-01", 3);
}

#[test]
fn what_a_continued_ledger_repeats_replaces_the_month() {
    let july = "1 | 已完成 | 2014-07-20 | | | 地点=甲街
                1 | 已完成 | 2014-07-21 | | | 地点=乙街
                1 | 已完成 | 2014-07-22 | | | 地点=丙街";
    let repeated = "1 | 已完成 | 2014-07-20 | | | 地点=甲街\n1 | 已完成 | 2014-07-21 | | | 地点=乙街";
    // the third was taken back, moved to another day, reworded
    counted(july, repeated, 2);
    counted(july, &format!("{repeated}\n1 | 已完成 | 2014-07-23 | | | 地点=丙街"), 3);
    counted(july, &format!("{repeated}\n1 | 已完成 | 2014-07-22 | | | 地点=丙街口"), 3);
    // half of a month is not most of it
    let of_four = format!("{july}\n1 | 已完成 | 2014-07-23 | | | 地点=丁街");
    counted(&of_four, repeated, 4);
}

#[test]
fn numbers_of_a_day_may_be_corrected_and_a_day_named_later() {
    counted("1 | 已完成 | 2014-07-20 | | | 人数=5", "1 | 推进中 | 2014-07-20 | | | 人数=6", 1);
    counted("1 | 已完成 | 2014-07-20\n1 | 已完成 | 2014-07-20", "1 | 已完成 | 2014-07-20", 2);
    counted("1 | 已完成 | | | | 地点=甲街", "1 | 已完成 | 2014-07-20 | | | 地点=甲街", 1);
    counted("1 | 已完成 | | | | 地点=甲街", "1 | 已完成 | 2014-07-20 | | | 地点=乙街", 2);
    counted("1 | 已完成 | 2014-07-20、7月21日", "1 | 已完成 | 2014-07-21", 3);
    counted("1 | 已完成 | 2014-07-20、7月21日", "1 | 已完成 | 2014-07-20、7月21日", 2);
}

#[test]
fn rows_sent_late_in_an_earlier_window_count() {
    check(
        "2014-09 as of 2014-10-06
         1 | 甲科 | | | 次数≤0/季
         --- 甲科 2014-08-03T10:00 July.xlsx window=2014-07
         1 | 已完成 | 2014-07-20
         --- 甲科 2014-09-03T10:00 August.xlsx window=2014-08
         1 | 已完成 | 2014-07-20
         1 | 已完成 | 2014-07-31
         1 | 已完成 | 2014-08-20
         1 | 已完成 | 2014-09-20
         --- 甲科 2014-10-03T10:00 September.xlsx window=2014-09
         1 | 已完成 | 2014-09-20",
        &["甲科 2014-Q3 第三季度应不超过0次，已4次，超4次"],
    );
}
