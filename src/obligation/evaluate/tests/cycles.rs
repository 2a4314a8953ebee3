//! Counts over windows, longer cycles and parts of a window.

use super::{check, moved_away, told, told_after};
use crate::ledger::Status;
use crate::obligation::PriorReports;
use crate::obligation::fixture::drawn;

#[test]
fn several_days_in_a_cell_count_each_and_a_range_once() {
    check(
        "2014-08 as of 2014-09-06
         1 | 甲科、乙科、丙科 | | | 次数≥3/月；每周五；人数≥10
         --- 甲科 2014-09-03T10:00 a.xlsx
         1 | 已完成 | 8月1日、8日、15日、22日、29日 | | | 人数=10
         --- 乙科 2014-09-03T10:00 b.xlsx
         1 | 已完成 | 8月1日-29日 | | | 人数=10
         --- 丙科 2014-09-03T10:00 c.xlsx
         1 | 已完成 | 8月上旬 | | | 人数=10
         1 | 已完成 | 8月8日、9日 | | | 人数=0",
        &[
            "甲科 2014-08 ✓",
            "甲科 2014-08 ✓",
            "甲科 2014-08 ✓",
            "乙科 2014-08 8月应不少于3次，已1次，缺2次",
            "乙科 2014-08 ✓",
            "乙科 2014-08 ✓",
            "丙科 2014-08 ✓",
            "丙科 2014-08 8月1日、8月15日、8月22日、8月29日没有记录，缺4次",
            "丙科 2014-08 ✓",
        ],
    );
}

#[test]
fn counts_in_full_when_the_cycle_ends() {
    check(
        "2014-08 as of 2014-09-06
         1 | 甲科、乙科、丙科 | | | 次数≥4/月
         --- 甲科 2014-09-03T10:00 a.xlsx
         1 | 已完成 | 2014-08-01
         1 | 已完成 | 2014-08-02
         1 | 推进中
         1 | 零报告
         --- 乙科 2014-09-03T10:00 b.xlsx
         1 | 已完成 | | | | 次数=4",
        &["甲科 2014-08 8月应不少于4次，已3次，缺1次", "乙科 2014-08 ✓"],
    );
}

#[test]
fn counts_to_date_against_the_share_that_has_passed() {
    let text = "2014-08 as of 2014-09-06
         1 | 甲科、乙科 | | | 次数≥4/年
         --- 甲科 2014-03-03T10:00 old.xlsx window=2014-02
         1 | 已完成
         1 | 已完成 | 2014-02-11
         --- 甲科 2014-09-03T10:00 a.xlsx
         1 | 已完成
         --- 乙科 2014-09-03T10:00 b.xlsx
         1 | 已完成 | 2014-03-01
         1 | 已完成 | 2014-08-01
         1 | 已完成 | 2013-08-01";
    check(text, &["甲科 2014 ✓", "乙科 2014 截至8月31日应不少于2.66次（2014年共不少于4次），已2次，缺1次"]);
}

#[test]
fn weeks_days_and_each_record_of_a_patrol_log() {
    check(
        "2014-08 as of 2014-08-24
         1 | 甲科 | 每日 | | 巡查次数≥2/周；每周巡查二天；巡查人数≥2/次
         --- 甲科 2014-08-24T10:00 a.xlsx
         1 | 已完成 | 2014-08-04 | | | 巡查人数=2
         1 | 已完成 | 2014-08-04 | | | 巡查人数=3
         1 | 已完成 | 2014-08-12 | | | 巡查人数=1
         1 | 已完成 | 2014-08-13 | | | 巡查人数=2
         1 | 已完成 | 2014-08-18
         1 | 已完成 | 2014-08-19 | | | 巡查人数=2",
        &[
            "甲科 2014-W32 ✓",
            "甲科 2014-W33 ✓",
            "甲科 2014-W34 ✓",
            "甲科 2014-W32 第32周（8月4日至10日）巡查应不少于2天，已1天，缺1天",
            "甲科 2014-W33 ✓",
            "甲科 2014-W34 ✓",
            "甲科 2014-08 巡查人数应不少于2，2条记录不符合（如1），其中1条未填",
        ],
    );
}

#[test]
fn what_is_to_be_met_exactly_is_open_while_its_cycle_runs() {
    for (window, times, expected) in [
        ("2014-08", 1, "✓"),
        ("2014-08", 2, "✓"),
        ("2014-08", 3, "截至8月31日应为2次，已3次，超1次"),
        ("2014-09", 1, "第三季度应为2次，已1次，缺1次"),
        ("2014-09", 2, "✓"),
    ] {
        let drawing = format!(
            "{window} as of 2014-12-06
             1 | 甲科 | | | 次数=2/季
             --- 甲科 2014-10-03T10:00 a.xlsx window={window}
             1 | 已完成 | | | | 次数={times}"
        );
        check(&drawing, &[&format!("甲科 2014-Q3 {expected}")]);
    }
}

#[test]
fn of_a_running_cycle_a_least_is_due_by_its_share_and_a_most_in_full() {
    // 62 of 92 days: 2.02 of 3.
    for (asked, times, reached) in
        [("次数≥3/季", 3, true), ("次数≥3/季", 2, false), ("次数≤3/季", 3, true), ("次数≤3/季", 4, false)]
    {
        let drawing = format!(
            "2014-08 as of 2014-12-06
             1 | 甲科 | | | {asked}
             --- 甲科 2014-09-03T10:00 a.xlsx
             1 | 已完成 | | | | 次数={times}"
        );
        assert_eq!(told(&drawn(&drawing)) == ["甲科 2014-Q3 ✓"], reached, "{asked} {times}");
    }
}

#[test]
fn a_row_without_a_day_counts_for_the_window_and_leaves_its_weeks_open() {
    let open = "? 有1行没有写明日期，分不清属于哪一期，无法按期核对";
    check(
        "2014-08 as of 2014-09-06
         1 | 甲科 | | | 次数≥1/周；次数≥1/月
         --- 甲科 2014-09-03T10:00 a.xlsx
         1 | 已完成
         1 | 已完成 | 2014-08-04",
        &[
            "甲科 2014-W32 ✓",
            &format!("甲科 2014-W33 {open}"),
            &format!("甲科 2014-W34 {open}"),
            &format!("甲科 2014-W35 {open}"),
            "甲科 2014-08 ✓",
        ],
    );
}

#[test]
fn what_a_row_without_a_day_could_not_make_up_for_is_missing() {
    check(
        "2014-08 as of 2014-09-06
         1 | 甲科 | | | 人数≥10/旬；人数≤10/旬
         --- 甲科 2014-09-03T10:00 a.xlsx
         1 | 已完成 | | | | 人数=4
         1 | 已完成 | 2014-08-01 | | | 人数=11
         1 | 已完成 | 2014-08-11 | | | 人数=6",
        &[
            "甲科 2014-08-T1 ✓",
            "甲科 2014-08-T2 ? 有1行没有写明日期，分不清属于哪一期，无法按期核对",
            "甲科 2014-08-T3 8月下旬人数应不少于10，已0，缺10",
            "甲科 2014-08-T1 8月上旬人数应不超过10，已11，超1",
            "甲科 2014-08-T2 ✓",
            "甲科 2014-08-T3 ✓",
        ],
    );
}

#[test]
fn a_part_of_the_window_leaves_its_own_parts_open() {
    check(
        "2014-08 as of 2014-09-06
         1 | 甲科 | | | 次数≥1/周
         --- 甲科 2014-09-03T10:00 a.xlsx
         1 | 已完成 | 8月中旬",
        &[
            "甲科 2014-W32 第32周（8月4日至10日）应不少于1次，已0次，缺1次",
            "甲科 2014-W33 ? 有1行没有写明日期，分不清属于哪一期，无法按期核对",
            "甲科 2014-W34 ✓",
            "甲科 2014-W35 第35周（8月25日至31日）应不少于1次，已0次，缺1次",
        ],
    );
}

#[test]
fn rates_and_ratios_are_due_in_full_while_the_window_runs() {
    check(
        "2014-08 as of 2014-08-13T12:00
         1 | 甲科 | | | 亮灯率≥99%；注册志愿者÷辖区人口≥10%
         --- 甲科 2014-08-12T10:00 a.xlsx
         1 | 已完成 | | | | 亮灯率=98% 注册志愿者=90 辖区人口=1000",
        &["甲科 2014-08 亮灯率应不低于99%，1条记录不符合（如98%）", "甲科 2014-08 应不低于10%，实为9%（90÷1000）"],
    );
}

#[test]
fn a_count_given_once_for_several_days_counts_once() {
    check(
        "2014-08 as of 2014-09-06
         1 | 甲科 | | | 次数≥4/月
         --- 甲科 2014-09-03T10:00 a.xlsx
         1 | 已完成 | 8月1日、8日 | | | 次数=3",
        &["甲科 2014-08 8月应不少于4次，已3次，缺1次"],
    );
}

#[test]
fn a_ledger_without_the_column_counts_by_rows_beside_one_that_has_it() {
    check(
        "2014-08 as of 2014-09-06
         1 | 甲科 | | | 次数=3/季
         --- 甲科 2014-08-03T10:00 July.xlsx window=2014-07
         1 | 已完成 | 2014-07-20
         --- 甲科 2014-09-03T10:00 August.xlsx window=2014-08
         1 | 已完成 | 2014-08-20 | | | 次数=3",
        &["甲科 2014-Q3 截至8月31日应为3次，已4次，超1次"],
    );
}

#[test]
fn what_was_reported_in_files_moved_away_is_not_counted_as_nothing() {
    let of = |indicator: &str, july: Option<(&str, Status)>| {
        let campaign = drawn(&format!(
            "2014-09 as of 2014-10-06
             1 | 甲科 | | | {indicator}
             --- 甲科 2014-10-03T10:00 September.xlsx
             1 | 已完成 | 2014-09-20
             1 | 已完成 | 2014-09-21"
        ));
        told_after(&campaign, july.map_or_else(PriorReports::default, |(end, status)| moved_away(end, status)))
    };
    let (july, june) = (Some(("2014-07-31", Status::Done)), Some(("2014-06-30", Status::Done)));
    let untold =
        ["甲科 2014-Q3 ? 此前各期报送的文件已移出收件文件夹，其中的记录无法计入，不能核对；请将其放回后重新运行"];
    let short = ["甲科 2014-Q3 第三季度应不少于3次，已2次，缺1次"];
    assert_eq!(of("次数≥3/季", july), untold);
    assert_eq!(of("次数=3/季", july), untold);
    assert_eq!(of("次数≥3/季", None), short);
    assert_eq!(of("次数≥3/季", june), short, "of another quarter");
    assert_eq!(of("次数≥3/季", Some(("2014-07-31", Status::Nil))), short, "there was nothing to count");
    assert_eq!(of("次数≥2/季", july), ["甲科 2014-Q3 ✓"]);
    assert_eq!(of("次数≤1/季", july), ["甲科 2014-Q3 第三季度应不超过1次，已2次，超1次"], "whatever July had");
    assert_eq!(of("次数=1/季", july), ["甲科 2014-Q3 第三季度应为1次，已2次，超1次"]);
    assert_eq!(of("次数≥3/月", july), ["甲科 2014-09 9月应不少于3次，已2次，缺1次"]);
    assert_eq!(of("符合：次数≥3/季；基本符合：次数≥1/季", july), [""; 0], "the better grade may be reached");
    assert_eq!(of("符合：次数≥2/季；基本符合：次数≥1/季", july), ["甲科 符合 0/2"]);
}

#[test]
fn a_longer_period_is_judged_by_what_came_before_where_its_last_window_is_silent() {
    let of = |window: &str, september: &str| {
        told(&drawn(&format!(
            "{window} as of 2014-10-06
             1 | 甲科 | 每季 | | 次数≥4/季；处数≥9
             2 | 甲科
             --- 甲科 2014-08-03T10:00 July.xlsx window=2014-07
             1 | 推进中 | 2014-07-20 | | | 处数=3
             --- 甲科 2014-09-03T10:00 August.xlsx window=2014-08
             1 | 推进中 | 2014-08-20 | | | 处数=3
             --- 甲科 2014-10-03T10:00 September.xlsx window=2014-09
             {september}"
        )))
    };
    let short = ["甲科 2014-Q3 第三季度应不少于4次，已2次，缺2次", "甲科 2014-Q3 第三季度处数应不少于9，已6，缺3"];
    assert_eq!(of("2014-09", "2 | 已完成"), short);
    assert_eq!(of("2014-09", "1 | 零报告"), short);
    assert_eq!(of("2014-10", "2 | 已完成"), [""; 0], "no period of the task ends in October");
}
