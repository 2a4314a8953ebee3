//! Fixed days: 每月15日, 每周五.

use super::{check, told};
use crate::obligation::fixture::drawn;

#[test]
fn fixed_days_are_owed_when_they_are_over_and_worked() {
    let mut campaign = drawn(
        "2014-08 as of 2014-08-29T12:00
         1 | 甲科 | | | 每月15日；每周五
         --- 甲科 2014-08-28T10:00 a.xlsx
         1 | 已完成 | 2014-08-08
         1 | 已完成 | 2014-08-15",
    );
    assert_eq!(told(&campaign), ["甲科 2014-08 ✓", "甲科 2014-08 8月1日、8月22日没有记录，缺2次"]);
    campaign.settings.due.holidays = vec!["2014-08-01".parse().expect("a day")];
    assert_eq!(told(&campaign)[1], "甲科 2014-08 8月22日没有记录，缺1次");
}

#[test]
fn a_fixed_day_is_owed_when_it_is_over() {
    for (as_of, expected) in [
        ("2014-08-15T12:00", "甲科 2014-08 ✓"),
        ("2014-08-15T23:59", "甲科 2014-08 ✓"),
        ("2014-08-15", "甲科 2014-08 8月15日没有记录，缺1次"),
        ("2014-08-16T00:00", "甲科 2014-08 8月15日没有记录，缺1次"),
    ] {
        let drawing = format!(
            "2014-08 as of {as_of}
             1 | 甲科 | | | 每月15日
             --- 甲科 2014-08-03T10:00 a.xlsx
             1 | 已完成 | 2014-08-01"
        );
        check(&drawing, &[expected]);
    }
}

#[test]
fn in_a_short_month_its_last_day_is_asked() {
    check(
        "2014-09 as of 2014-12-06
         1 | 甲科、乙科 | | | 每月31日
         --- 甲科 2014-10-03T10:00 a.xlsx
         1 | 已完成 | 2014-09-30
         --- 乙科 2014-10-03T10:00 b.xlsx
         1 | 已完成 | 2014-09-29",
        &["甲科 2014-09 ✓", "乙科 2014-09 9月30日没有记录，缺1次"],
    );
}
